"""How bots that sell on value bargain over several issues: they ask once, trade, improve, and leave."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Flags
from kamsim.engine.terms import DAYS, ISSUES, TALK_OPEN
from kamsim.players.seat import Seat

Proposals = tuple[dict[str, Any], ...]
_BASE: Final[dict[str, Any]] = {
    "price": 0.0, "commitment": 0.10, "length": 8, "service": "priority", "exclusive": "no", "data": "no", "help": 0,
}  # fmt: skip
"""No price: the first place in the plan and two years, for ten points of their wallet."""
ONE_STEP: Final[Proposals] = (_BASE, {**_BASE, "length": 12, "help": 30})
"""One improvement, in hours and years."""
STEP_BY_STEP: Final[Proposals] = (
    {**_BASE, "commitment": 0.05},
    {**_BASE, "help": 10},
    {**_BASE, "commitment": 0.15, "length": 12, "help": 30},
)
"""Each concession asks for one."""
ASKED: Final = "service"
NEEDED: Final = 40.0
"""Hours for a question and up to three proposals."""


def bargain(seat: Seat, proposals: Proposals) -> None:
    """Every open talk in one go: the proposals one after the other, until one is signed or none is left."""
    params = seat.seen.params
    for row, talk in enumerate(params.talks):
        waiting = (seat.seen.talk[row] == TALK_OPEN) & (seat.seen.hours_left >= NEEDED)
        if not waiting.any():
            continue
        unknown = waiting & np.isnan(seat.seen.known("worth", row * len(ISSUES) + ISSUES.index(ASKED))[1])
        if unknown.any():
            seat.do("ask_table", where=unknown, talk=talk, issue=ASKED)
        for proposal in proposals:
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
