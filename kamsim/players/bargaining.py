"""How a bot that sells on value bargains over several issues: it asks once, trades, improves once, and leaves."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Flags
from kamsim.engine.terms import DAYS, ISSUES, TALK_OPEN
from kamsim.players.seat import Seat

FIRST: Final[dict[str, Any]] = {
    "price": 0.0, "commitment": 0.10, "length": 8, "service": "priority", "exclusive": "no", "data": "no", "help": 0,
}  # fmt: skip
"""No price: the first place in the plan and two years, for ten points of their wallet."""
ASKED: Final = "service"
NEEDED: Final = 40.0
"""Hours for a question and up to three proposals."""


def bargain(seat: Seat, better: dict[str, Any]) -> None:
    """Every open talk in one go. ``better``: what the second proposal adds to the first."""
    params = seat.seen.params
    for row, talk in enumerate(params.talks):
        waiting = (seat.seen.talk[row] == TALK_OPEN) & (seat.seen.hours_left >= NEEDED)
        if not waiting.any():
            continue
        unknown = waiting & np.isnan(seat.seen.known("worth", row * len(ISSUES) + ISSUES.index(ASKED))[1])
        if unknown.any():
            seat.do("ask_table", where=unknown, talk=talk, issue=ASKED)
        for proposal in (FIRST, {**FIRST, **better}):
            _propose(seat, row, talk, proposal, waiting)
        left = waiting & (seat.seen.talk[row] == TALK_OPEN)
        if left.any():
            seat.do("leave_table", where=left, talk=talk)


def _propose(seat: Seat, row: int, talk: str, proposal: dict[str, Any], waiting: Flags) -> None:
    """The same proposal in every lane that still waits, with payment as it is."""
    account = int(seat.seen.params.talk_account[row])
    for days in DAYS:
        lanes = waiting & (seat.seen.talk[row] == TALK_OPEN) & (seat.seen.days[account] == days)
        if lanes.any():
            seat.do("propose", where=lanes, talk=talk, days=days, **proposal)
