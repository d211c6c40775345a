"""Opportunities: what customers' initiatives bring to be bought, how far each has come, and what became of it."""

from typing import Final

import numpy as np

from kamsim.engine.params import Params
from kamsim.engine.terms import REASONS, STAGES_OF_PURCHASE, TWISTS_OF_PURCHASE, WON
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.declared import Event

NOT_DECIDED: Final = 3
"""What became of an opportunity that nobody has, as `parts.Opportunities.award` holds it."""


class OpportunityMoved(Event, kind="opportunity", audience="debrief"):
    """It has come to another stage, or was begun anew, as a quarter opens."""

    opportunity: may_be.Opportunity
    stage: may_be.Stage
    units: may_be.Amount
    """A quarter."""
    runs: may_be.Count
    """Quarters."""
    decides: may_be.Coming
    """At whose close it is decided; 0 while nobody can say."""
    twist: may_be.Turn
    rivals: list[may_be.Rival]
    """Who bids."""


class OpportunityAwarded(Event, kind="awarded"):
    """What became of it at the close, why, and what could have been known when."""

    opportunity: may_be.Opportunity
    outcome: may_be.Awarded
    reason: may_be.Deciding
    units: may_be.Amount
    """A quarter."""
    worth: may_be.Cents
    """A quarter at our price there, less what the bid gave off."""
    runs: may_be.Count
    """Quarters."""
    until: may_be.Coming
    """Last quarter of it; 0 where it was not decided."""
    bid: may_be.Share | None
    """Points of list that our bid gave off; None where none lay there."""
    arose: may_be.SeenIn
    window: may_be.SeenIn
    """Quarter in which its decision opened; 0 where it never did."""
    seen: may_be.SeenIn | None
    """Quarter in which we last heard of it; None for never."""
    stage: may_be.Stage | None
    """How far it had come, as we last heard."""
    rival: may_be.Rival | None = None
    """Who has it, where we lost; who has the rest of it, where we won a part."""
    asked: may_be.Amount | None = None
    """Units a quarter that were up for decision: more than ``units`` where not all lots were bought."""
    part: may_be.Share | None = None
    """Ours of what was bought."""


class LineOpened(Event, kind="line_opened"):
    """What was refused without shown value opens a line: its next opportunity goes to tender."""

    account: may_be.Account
    region: may_be.Region
    line: may_be.Line
    until: may_be.Coming


def of_opportunity_opening(params: Params, before: World, after: World) -> list[OpportunityMoved]:
    """How far opportunities have come as a quarter opens, where that has changed."""
    at, was = after.opportunities, before.opportunities
    moved = (at.stage[:, 0] != was.stage[:, 0]) | ((at.stage[:, 0] > 0) & (at.arose[:, 0] != was.arose[:, 0]))
    return [
        OpportunityMoved(
            opportunity=params.opportunities[row],
            stage=STAGES_OF_PURCHASE[int(at.stage[row, 0])],
            units=round(float(at.units[row, 0]), 3),
            runs=int(at.runs[row, 0]),
            decides=int(at.decides[row, 0]),
            twist=TWISTS_OF_PURCHASE[int(at.twist[row, 0])],
            rivals=[name for bit, name in enumerate(params.rivals) if int(at.bidders[row, 0]) >> bit & 1],
        )
        for row in np.flatnonzero(moved).tolist()
    ]


def of_opportunity_close(params: Params, before: World, after: World) -> list[OpportunityAwarded]:
    """What became of opportunities at a close. ``before`` is the world as it was played."""
    decided = np.flatnonzero(after.opportunities.award_at[:, 0] == before.quarter)
    return [_awarded(params, before, after, row) for row in decided.tolist()]


def _awarded(params: Params, before: World, after: World, row: int) -> OpportunityAwarded:
    at, known, fact = after.opportunities, before.knowledge, params.fact_blocks["stage"][row]
    winner, arose = int(at.award_winner[row, 0]), int(at.award_arose[row, 0])
    seen_at = int(known.seen_at[fact, 0])
    heard = seen_at >= arose
    units = float(at.award_units[row, 0])
    off = float(before.opportunities.bid_off[row, 0]) if before.opportunities.bid[row, 0] else None
    return OpportunityAwarded(
        opportunity=params.opportunities[row],
        outcome=STAGES_OF_PURCHASE[WON - 1 + int(at.award[row, 0])],
        reason=REASONS[int(at.award_reason[row, 0])],
        rival=params.rivals[winner - 1] if winner else None,
        units=round(units, 3),
        worth=round(units * _price(params, before, int(params.opportunity_cell[row]), off or 0.0)),
        runs=int(at.award_until[row, 0] - at.award_at[row, 0]),  # the slot may hold the next one already
        until=int(at.award_until[row, 0]) if at.award[row, 0] != NOT_DECIDED else 0,
        bid=None if off is None else round(off, 4),
        arose=arose,
        window=int(at.award_window[row, 0]),
        seen=seen_at if heard else None,
        stage=STAGES_OF_PURCHASE[int(known.value[fact, 0])] if heard else None,
        asked=round(float(before.opportunities.units[row, 0]), 3),
        part=round(float(at.award_part[row, 0]), 4),
    )


def _price(params: Params, world: World, cell: int, off: float) -> float:
    """Cents that are left of a unit's list price, with ``off`` given besides the usual discount."""
    discount, rebate = float(world.market.discount[cell, 0]), float(world.market.rebate[cell, 0])
    return float(params.list_price[cell, 0]) * (1.0 - discount - off) * (1.0 - rebate)


def opened(params: Params, before: World, after: World) -> tuple[LineOpened, ...]:
    """Lines that a refusal has opened."""
    until = after.opportunities.opened[:, 0]
    return tuple(
        LineOpened(
            account=params.cells[row][0], region=params.cells[row][1], line=params.cells[row][2], until=int(until[row])
        )
        for row in np.flatnonzero(until > before.opportunities.opened[:, 0]).tolist()
    )
