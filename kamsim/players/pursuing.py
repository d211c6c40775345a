"""How bots pursue purchases: bids for those they know of, signed cases renewed for what their initiative has become."""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.initiatives import ANNOUNCED, UNDERMINED
from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.terms import COMPARISON, DECISION, REQUIREMENTS
from kamsim.players.seat import Seat

SOONEST: Final = (DECISION, COMPARISON, REQUIREMENTS)
"""Stages in which a bid can be laid, the most pressing first."""


def alive(state: Lanes) -> Flags:
    """Where an initiative is believed to be alive; unknown is not."""
    live: Flags = (state >= ANNOUNCED) & (state <= UNDERMINED)
    return live


def bid(seat: Seat, off: float, stages: tuple[int, ...] = SOONEST, *, qualified: bool = False) -> None:
    """A bid with ``off`` points of list given off for every purchase that we know to be in one of ``stages`` and have
    no bid for; where ``qualified``, only for initiatives that we believe to be alive."""
    seen, params = seat.seen, seat.seen.params
    for stage in stages:
        for row, name in enumerate(params.opportunities):
            known, _ = seen.known("stage", row)
            wanted = (known == stage) & (seen.bid[row] == 0)
            if qualified:
                wanted &= alive(seen.known("state", int(params.opportunity_initiative[row]))[0])
            if wanted.any():
                seat.do("bid", where=wanted, opportunity=name, discount=off)


def pursued(seat: Seat, initiative: int) -> Flags:
    """Where we know of a purchase that an initiative brings, not decided yet (L,)."""
    open_ = np.zeros(seat.seen.lanes, dtype=bool)
    for row in seat.seen.params.initiative_opportunities[initiative]:
        stage, _ = seat.seen.known("stage", row)
        open_ |= (stage > 0) & (stage <= DECISION)
    return open_


def renew(seat: Seat, initiative: int, fresh_for: int) -> None:
    """Bring what was signed for an initiative up to its state as we know it, where it still brings something."""
    seen, params = seat.seen, seat.seen.params
    state, age = seen.known("state", initiative)
    signed = seen.written_for[initiative]
    wanted = (signed > 0) & (signed != state + 1.0) & (age <= fresh_for) & alive(state) & pursued(seat, initiative)
    if wanted.any():
        account = params.accounts[int(params.initiative_account[initiative])]
        seat.do("renew_case", where=wanted, account=account, initiative=params.initiatives[initiative])
