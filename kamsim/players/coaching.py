"""A bot that leads a team as many do who were good sellers: with a quota for everybody, and coaching in between."""

from __future__ import annotations

from kamsim.players.seat import Seat
from kamsim.players.sellers import ValueSeller


class PlayerCoach(ValueSeller):
    """Sells on value, with a quota for everybody, coaches the team in between, and asks the sales leader for more help
    once a year; where nobody works with us it is a value seller."""

    name = "player_coach"

    def play(self, seat: Seat) -> None:
        """Quotas once, the sales leader every year, coaching every quarter, then customers."""
        own = seat.seen.params.own
        if seat.quarter == 1 and own.has("team"):
            seat.do("set_target", target="personal")
        if own.has("support"):
            seat.do("ask_leader", wish="support")
        for colleague in own.colleagues:
            seat.do("coach", colleague=colleague)
        super().play(seat)
