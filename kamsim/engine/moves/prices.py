"""Moves on price: a discount or rebate within authority, and Terms laid before a buying centre."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes, Rows, Where, run
from kamsim.engine.levers import kept
from kamsim.engine.luck import Luck
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.params import Params
from kamsim.engine.sight import Seen
from kamsim.engine.world import World

OFFER_HOURS: Final = 30.0


def price_limits(seen: Seen, cells: Sequence[int], discount: Any, rebate: Any) -> list[tuple[Any, Refusal]]:
    """The rules that every price must keep: our authority, the floor, and what the customer holds us to. ``discount``
    and ``rebate`` (c, L), or one for all cells."""
    rows = run(tuple(cells))
    beyond = (discount > discount_limit(seen, rows) + 1e-9) & (discount > seen.discount[rows] + 1e-9)
    kept = (1.0 - discount) * (1.0 - rebate)
    floor = (kept < seen.params.floor[rows] - 1e-9) & (discount + rebate > 0.0)
    return [(beyond.any(axis=0), Refusal.BEYOND_AUTHORITY), (floor.any(axis=0), Refusal.BELOW_FLOOR)]


def discount_limit(seen: Seen, cell: int | slice | Rows) -> Lanes:
    """The deepest discount that we may give in a cell (L,), or in some (c, L): our own authority, and what the desk has
    granted."""
    params = seen.params
    granted = seen.granted_discount[params.cell_account[cell]]
    limit: Lanes = params.start_discount[cell] + params.authority_discount + granted
    return limit


def refuse_discount(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A line they buy, no offer of ours under study, a real change, not above what they hold us to, within authority
    and floor."""
    cells, value = bound["cells"], bound["discount"]
    if not cells:
        return [(True, Refusal.NOT_BOUGHT)]
    rows = run(cells)
    return [
        (seen.offer[bound["account"]] > 0, Refusal.OFFER_PENDING),
        (seen.case_stage[bound["account"]] > 0, Refusal.CASE_PENDING),
        ((np.abs(seen.discount[rows] - value) < 1e-9).all(axis=0), Refusal.NO_CHANGE),
        ((value < seen.agreed[rows] - 1e-9).any(axis=0), Refusal.BELOW_AGREED),
        *price_limits(seen, cells, value, seen.rebate[rows]),
    ]


def set_discount(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """A new on-invoice discount for a line, at once."""
    for cell in bound["cells"]:
        world.market.discount[cell][lanes] = at(bound["discount"], lanes)
    world.reprice(params, bound["cells"], lanes)
    return Result.DONE, NOTHING, None


def refuse_rebate(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """As for discounts, within the authority for rebates; not while an offer lies open, whose floor counted on it. A
    line that they buy from us alone keeps its rebate."""
    cells, value = bound["cells"], bound["rebate"]
    if not cells:
        return [(True, Refusal.NOT_BOUGHT)]
    rows, params = run(cells), seen.params
    alone = seen.exclusive_until[rows] >= seen.quarter
    least = np.where(alone, seen.rebate[rows], params.start_rebate[rows])
    own = np.maximum(params.authority_rebate, params.start_rebate[rows])
    beyond = (value > own + 1e-9) & (value > seen.rebate[rows] + 1e-9)
    return [
        ((np.abs(seen.rebate[rows] - value) < 1e-9).all(axis=0), Refusal.NO_CHANGE),
        ((value < least - 1e-9).any(axis=0), Refusal.BELOW_AGREED),
        (seen.offer[bound["account"]] > 0, Refusal.OFFER_PENDING),
        (seen.case_stage[bound["account"]] > 0, Refusal.CASE_PENDING),
        (beyond.any(axis=0), Refusal.BEYOND_AUTHORITY),
        price_limits(seen, cells, seen.discount[rows], value)[1],
    ]


def set_rebate(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """A new yearly volume rebate for a line, at once."""
    for cell in bound["cells"]:
        world.market.rebate[cell][lanes] = at(bound["rebate"], lanes)
    world.reprice(params, bound["cells"], lanes)
    return Result.DONE, NOTHING, None


def at(value: Any, lanes: Where) -> Any:
    """A number for some lanes, given once or by lane."""
    return value if np.ndim(value) == 0 else value[lanes]


def offer_hours(_seen: Seen, _bound: Bound) -> float:
    """Writing and presenting Terms."""
    return OFFER_HOURS


def refuse_offer(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """One offer at a time, with something in it, within authority and floor."""
    account = bound["account"]
    cells = seen.params.account_cells[account]
    now = seen.discount[run(cells)]
    same = (np.maximum(0.0, now + bound["change"]) == now).all(axis=0)
    nothing = same & (bound["commitment"] == 0.0) & (bound["days"] == seen.days[account])
    for lever, _ in kept("offered"):
        nothing &= seen.level[lever.name][account] == lever.choices.index(bound[lever.name])
    return [
        (seen.offer[account] > 0, Refusal.OFFER_PENDING),
        (seen.case_stage[account] > 0, Refusal.CASE_PENDING),
        (nothing, Refusal.NO_CHANGE),
        (bound["days"] > days_allowed(seen, account), Refusal.DAYS_BEYOND),
        ((bound["change"] < 0.0) & (seen.contract_until[account] >= seen.quarter), Refusal.UNDER_CONTRACT),
        *price_limits(seen, cells, now + bound["change"], seen.rebate[run(cells)]),
    ]


def days_allowed(seen: Seen, account: int) -> Lanes:
    """Payment days that may be given without asking, or as the desk has granted, (L,)."""
    own = seen.params.start_days[account] + seen.params.authority_days
    allowed: Lanes = np.maximum(np.maximum(own, seen.days[account]), seen.granted_days[account])
    return allowed


def offer(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Put Terms before a buying centre, which answers when the quarter closes."""
    account, dealings = bound["account"], world.dealings
    for cell in params.account_cells[account]:
        dealings.offer_price[cell][lanes] = np.maximum(
            0.0, world.market.discount[cell][lanes] + at(bound["change"], lanes)
        )
    dealings.offer_commitment[account][lanes] = bound["commitment"]
    dealings.offer_length[account][lanes] = bound["length"]
    dealings.offer_days[account][lanes] = bound["days"]
    for lever, _ in kept("offered"):
        world.levers.offered[lever.name][account][lanes] = lever.choices.index(bound[lever.name])
    dealings.offer[account][lanes] = 1
    return Result.DONE, NOTHING, None
