"""Bots that see only a part of a customer: headquarters, one contact, or what there is already."""

from __future__ import annotations

from typing import Final

from kamsim.engine.params import EXECUTIVE, Params
from kamsim.players.seat import Seat
from kamsim.players.selective import SelectiveSeat
from kamsim.players.sellers import ValueSeller, put_right

USERS: Final = 2
"""Column of `Params.person_column` for those who work with what we deliver."""
MOST_HOURS: Final = 40
"""A farmer leaves nothing broken."""


class HqOnly(ValueSeller):
    """Talks to executives and to the desks at headquarters, and never to a region or to those who use what we sell."""

    name = "hq_only"

    def play(self, seat: Seat) -> None:
        """As a value seller who never leaves headquarters."""
        params = seat.seen.params
        super().play(SelectiveSeat(seat, lambda person: _at_headquarters(params, params.people.index(person))))


def _at_headquarters(params: Params, person: int) -> bool:
    """An executive, or neither of a region that headquarters may bind nor a user."""
    regional = params.person_bound[person] >= 0
    return bool(params.person_level[person] == EXECUTIVE or (params.person_column[person] != USERS and not regional))


class SingleThread(ValueSeller):
    """One contact at each account, for everything."""

    name = "single_thread"

    def play(self, seat: Seat) -> None:
        """As a value seller who knows one person everywhere: the first below the executives."""
        params = seat.seen.params
        contacts = {
            params.people[(*params.working_level(account), *people)[0]]
            for account, people in enumerate(params.account_people)
        }
        super().play(SelectiveSeat(seat, lambda person: person in contacts))


class Farmer(ValueSeller):
    """Looks after what there is: contact, deliveries, contracts, requests. It pitches nothing."""

    name = "farmer"

    def play(self, seat: Seat) -> None:
        """What must be answered, normal contact everywhere, and time for the people it knows."""
        if seat.quarter == 1:
            for account in seat.seen.params.accounts:
                seat.do("set_rhythm", account=account, rhythm="normal")
        put_right(seat, MOST_HOURS, "credit")
        self._requests(seat)
        self._look_in(seat)

    def _look_in(self, seat: Seat) -> None:
        """How things stand, everywhere."""
        for account in range(len(seat.seen.params.accounts)):
            self.visit(seat, account)

    def visit(self, seat: Seat, account: int) -> None:
        """How things stand at one account, from whoever is below the executives."""
        params = seat.seen.params
        for person in params.working_level(account):
            seat.do("meet", person=params.people[person], agenda="results")
