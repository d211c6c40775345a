"""Moves that pursue a purchase: a bid for it, and a signed case made to speak to what an initiative has become."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine import knowledge, opportunities
from kamsim.engine.initiatives import COMPLETED
from kamsim.engine.lanes import Where
from kamsim.engine.luck import Luck
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.moves.prices import price_limits
from kamsim.engine.page import AT, PENDING
from kamsim.engine.params import Params
from kamsim.engine.sight import Seen
from kamsim.engine.terms import REQUIREMENTS, WON
from kamsim.engine.world import World

BID_HOURS: Final = 10.0
RENEW_HOURS: Final = 10.0
OUTDATED: Final = 0.03
"""Credibility with a customer that a renewal for a state that is no longer so costs."""


def bid_hours(_seen: Seen, _bound: Bound) -> float:
    """A day and a bit: what is asked, what it costs, who signs."""
    return BID_HOURS


def refuse_bid(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A purchase that we know of, whose requirements stand and which we do not know to be decided; another bid than
    lies there; a price within authority and floor."""
    row, off = bound["opportunity"], bound["discount"]
    stage, _ = seen.known("stage", row)
    cell = int(seen.params.opportunity_cell[row])
    same = (seen.bid[row] > 0) & (np.abs(seen.bid_off[row] - off) < 1e-9)
    return [
        (np.isnan(stage), Refusal.NO_OPPORTUNITY),
        (stage < REQUIREMENTS, Refusal.TOO_EARLY),
        (stage >= WON, Refusal.DECIDED),
        (same, Refusal.NO_CHANGE),
        *price_limits(seen, [cell], seen.discount[cell] + off, seen.rebate[cell]),
    ]


def bid(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Lay our bid, or another one. Whoever brings it sees how the purchase stands; it is for nothing where that is
    decided or dead."""
    row = bound["opportunity"]
    off = np.broadcast_to(bound["discount"], world.work.left.shape)[lanes]
    open_ = opportunities.bid(world, row, off, lanes)
    numbers = np.arange(world.lanes)[lanes]
    knowledge.about_purchase(world, params, row, numbers, knowledge.MEETING)
    facts = (params.fact_blocks["stage"][row],)
    return np.where(open_, Result.DONE, Result.STALE), facts, np.ones((1, len(numbers)), dtype=bool)


def renew_hours(_seen: Seen, _bound: Bound) -> float:
    """The page stands; its reasons change."""
    return RENEW_HOURS


def refuse_renewal(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A case that they signed, or that lies with them, for an initiative of theirs that has changed its state since, as
    far as we know, and is not over."""
    account, row = bound["account"], bound["initiative"]
    if seen.params.initiative_account[row] != account:
        return [(True, Refusal.NOT_THEIRS)]
    state, _ = seen.known("state", row)
    page = seen.case_page[:, account]
    lies = (seen.case_stage[account] == PENDING) & (page[AT["initiative"]] == row)
    signed = seen.written_for[row] > 0
    current = ~(signed & (seen.written_for[row] != state + 1.0)) & ~(lies & (page[AT["state"]] != state))
    return [
        (~signed & ~lies, Refusal.NO_CASE),
        (np.isnan(state), Refusal.NO_INSIGHT),
        (state >= COMPLETED, Refusal.IT_IS_OVER),
        (current, Refusal.NO_CHANGE),
    ]


def renew(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Make what was signed, and what lies with them, speak to the state that we take the initiative to be in. It works
    where that is so; an outdated picture halves what the case still says, and costs our word (economics B28)."""
    account, row = bound["account"], bound["initiative"]
    at, cases = world.opportunities, world.cases
    state = world.knowledge.value[params.fact_blocks["state"][row], lanes]
    signed = at.written_for[row, lanes] > 0
    true = state == world.initiatives.state[row, lanes]
    numbers = np.arange(world.lanes)[lanes]
    opportunities.renew(world, row, state[signed], numbers[signed])
    lies = (cases.stage[account, lanes] == PENDING) & (cases.page[AT["initiative"], account, lanes] == row)
    page = cases.page[AT["state"], account, lanes]
    cases.page[AT["state"], account, lanes] = np.where(lies, state, page)
    word = world.standings.credibility
    word[account, lanes] = np.where(true, word[account, lanes], np.maximum(0.0, word[account, lanes] - OUTDATED))
    return np.where(true, Result.LANDED, Result.STALE), NOTHING, None
