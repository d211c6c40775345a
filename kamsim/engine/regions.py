"""A headquarters and its regions: one price contract for all of them, what leaks between their prices, and how much of
it the regions live by (economics B5).

Without a contract nothing moves from one region to another. With one, a region that pays more than the cheapest comes
down a part of the gap each quarter; a corridor lets prices stand apart a little. The headquarters signs, but its
regions buy: a region complies less when the contract cost it an advantage or when nobody there was heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine.lanes import Lanes, Where, cut, total, unit
from kamsim.engine.params import Params

if TYPE_CHECKING:
    from kamsim.engine.truth import Truth
    from kamsim.engine.world import World

HARMONIES: Final = ("none", "corridor", "one_price")
CORRIDOR, ONE_PRICE = 1, 2
LEAK: Final = np.array([0.0, 0.25, 0.5])
"""h of economics B5 by kind of contract: part of the gap to the cheapest region that closes in a quarter."""
WIDTH: Final = np.array([0.0, 0.05, 0.0])
"""How far above the cheapest region another may stay, as a share of list price: a corridor is five points wide."""
GLOBAL_TERM: Final = 8
"""Quarters for which a headquarters signs."""
COMPLIANCE_PACE: Final = 0.3
LOST_EDGE: Final = 4.0
"""Compliance lost for each point of list by which a region bought cheaper than its sisters and no longer does."""
UNHEARD: Final = 0.4
"""Compliance lost where the region's people are wholly against us and do not know us."""
HEARD: Final = 0.15
"""Compliance won back in a quarter in which we met the region's people."""
NOBODY: Final = 0.5
"""Voice of a region that has nobody to speak for it."""
LEAST: Final = 0.3


def prices(world: World, cells: list[int], lanes: Where) -> Lanes:
    """Pocket prices as shares of list (cells, N)."""
    market = world.market
    kept: Lanes = (1.0 - cut(market.discount[cells], lanes)) * (1.0 - cut(market.rebate[cells], lanes))
    return kept


def excess(paid: Lanes, width: Lanes | float) -> Lanes:
    """How far each region (r, N) pays above the cheapest and what a corridor allows, all in one unit."""
    lowest = paid[0]
    for region in range(1, paid.shape[0]):
        lowest = np.minimum(lowest, paid[region])
    above: Lanes = np.maximum(0.0, paid - (lowest + width))
    return above


def by_line(params: Params, account: int, line: int = -1) -> list[list[int]]:
    """Cells of an account by line, for lines that it buys in several regions; ``line`` -1 for all of them."""
    cells = params.account_cells[account]
    lines = sorted({int(params.cell_line[cell]) for cell in cells if line < 0 or params.cell_line[cell] == line})
    groups = [[cell for cell in cells if params.cell_line[cell] == each] for each in lines]
    return [group for group in groups if len(group) > 1]


def one_price(params: Params, account: int, line: int, discount: Lanes, rebate: Lanes) -> dict[int, Lanes]:
    """The discount (N,) by cell that gives every region the lowest pocket price of its line. ``discount`` and
    ``rebate`` (C, N): as they stand."""
    wanted = {}
    for group in by_line(params, account, line):
        paid = (1.0 - discount[group]) * (1.0 - rebate[group])
        above = excess(paid, 0.0)
        for place, cell in enumerate(group):
            lower = discount[cell] + above[place] / (1.0 - rebate[cell])
            wanted[cell] = np.where(above[place] > 1e-12, lower, discount[cell])
    return wanted


def sign(world: World, params: Params, account: int, lanes: NDArray[np.intp], harmony: int) -> None:
    """A headquarters' contract begins: a corridor, or one price everywhere from now on. A stricter one stays."""
    dealings = world.dealings
    for group in by_line(params, account):
        paid = prices(world, group, lanes)
        mean = total(paid) / len(group)
        for place, cell in enumerate(group):
            fresh = dealings.harmony[account, lanes] == 0
            edge = np.maximum(0.0, mean - paid[place])
            dealings.edge[cell, lanes] = np.where(fresh, edge, dealings.edge[cell, lanes])
    dealings.harmony[account, lanes] = np.maximum(dealings.harmony[account, lanes], np.int8(harmony))
    end = world.quarter + GLOBAL_TERM - 1.0
    dealings.contract_until[account, lanes] = np.maximum(dealings.contract_until[account, lanes], end)


def settle(world: World, params: Params) -> None:
    """As a quarter closes: prices of regions under one contract move toward the cheapest, and compliance follows what
    the regions lost and whether anybody listened to them."""
    harmony = world.dealings.harmony
    if not params.bound or not harmony.any():
        return
    for account in np.flatnonzero((harmony > 0).any(axis=1)):
        lanes = np.flatnonzero(harmony[account] > 0)
        _comply(world, params, int(account), lanes)
        _leak(world, params, int(account), lanes)


def _leak(world: World, params: Params, account: int, lanes: NDArray[np.intp]) -> None:
    market, dealings = world.market, world.dealings
    kind = dealings.harmony[account, lanes]
    for group in by_line(params, account):
        fall = LEAK[kind] * excess(prices(world, group, lanes), WIDTH[kind])
        for place, cell in enumerate(group):
            lower = market.discount[cell, lanes] + fall[place] / (1.0 - market.rebate[cell, lanes])
            falls = fall[place] > 1e-9
            market.discount[cell, lanes] = np.where(falls, lower, market.discount[cell, lanes])
            held = np.maximum(lower, dealings.agreed[cell, lanes])
            dealings.agreed[cell, lanes] = np.where(falls, held, dealings.agreed[cell, lanes])
            # an offer that lies with them moves along, or it would have become a price rise
            offered = np.maximum(dealings.offer_price[cell, lanes], market.discount[cell, lanes])
            open_ = falls & (dealings.offer[account, lanes] > 0)
            dealings.offer_price[cell, lanes] = np.where(open_, offered, dealings.offer_price[cell, lanes])
        world.reprice(params, group, lanes)


def voice(world: World, params: Params, region: int, lanes: Where) -> tuple[Lanes, Lanes]:
    """How well a bound region's people speak of us and know us, 0..1, and 1 where we met one of them this quarter; both
    (N,). Its best advocate counts."""
    people = np.flatnonzero(params.person_bound == region)
    width = world.work.left[lanes].shape
    heard, met = np.full(width, NOBODY), np.zeros(width)
    for place, person in enumerate(people):
        warm = unit(0.5 * (1.0 + world.people.stance[person, lanes]) + 0.5 * world.people.tie[person, lanes])
        heard = warm if place == 0 else np.maximum(heard, warm)
        met = np.maximum(met, (world.people.met[person, lanes] > 0).astype(np.float64))
    return heard, met


def target(lost: Lanes, heard: Lanes, met: Lanes) -> Lanes:
    """Where compliance is heading (N,). ``lost``: advantage over its sisters that a region no longer has, as a share of
    list price."""
    aim: Lanes = unit(1.0 - LOST_EDGE * lost - UNHEARD * (1.0 - heard) + HEARD * met, LEAST)
    return aim


def _comply(world: World, params: Params, account: int, lanes: NDArray[np.intp]) -> None:
    """Headquarters' own region does what it signed; the others as far as they see a reason."""
    dealings = world.dealings
    lost = {}
    for group in by_line(params, account):
        paid = prices(world, group, lanes)
        mean = total(paid) / len(group)
        for place, cell in enumerate(group):
            edge = np.maximum(0.0, mean - paid[place])
            lost[cell] = np.maximum(0.0, dealings.edge[cell, lanes] - edge)
    for region, (owner, _) in enumerate(params.bound):
        if owner != account:
            continue
        heard, met = voice(world, params, region, lanes)
        for cell in np.flatnonzero(params.cell_bound == region).tolist():
            aim = target(lost.get(cell, np.zeros(lanes.shape)), heard, met)
            now = dealings.compliance[cell, lanes]
            dealings.compliance[cell, lanes] = now + COMPLIANCE_PACE * (aim - now)


def expire(world: World, params: Params) -> None:
    """What ends with a contract: its prices stay where they are, but nothing leaks any more and nobody must comply."""
    dealings = world.dealings
    ended = (dealings.harmony > 0) & (dealings.contract_until < world.quarter)
    if ended.any():
        dealings.harmony = np.where(ended, 0, dealings.harmony).astype(np.int8)
        dealings.compliance = np.where(ended[params.cell_account], 1.0, dealings.compliance)
        dealings.edge = np.where(ended[params.cell_account], 0.0, dealings.edge)


def compliance(world: World, params: Params, region: int, lanes: Where) -> Lanes:
    """Compliance of a bound region (N,), its cells weighed by what they bought at the start."""
    cells = np.flatnonzero(params.cell_bound == region).tolist()
    part = world.truth.sales_part
    kept: Lanes = total(part[cells] * cut(world.dealings.compliance[cells], lanes)) / total(part, cells)
    return kept


def local_say(params: Params, truth: Truth, account: int, power: Lanes, region: Lanes) -> Lanes:
    """What ``power`` (s, 1 or N) an account's people have (s, N) over something that concerns one region (its place
    among the account's, (N,); below 0 for all of them).

    Over the whole customer it stays as it is. Over one region's own terms people of other regions have no say, and
    those of the region the more of it the smaller their region is: a buyer with a tenth of the say at a customer that
    buys a quarter there has four tenths of it there. The rest is normalised.
    """
    rows = params.account_people[account]
    if not params.bound or not (region >= 0).any():
        return power
    local: Lanes = np.broadcast_to(power, (len(rows), region.shape[0])).copy()
    names = params.regions[account]
    for place, person in enumerate(rows):
        home = int(params.person_bound[person])
        if home < 0:
            continue
        cells = np.flatnonzero(params.cell_bound == home).tolist()
        part = max(float(total(truth.sales_part, cells)[0]), 1e-9)
        own = np.where(region == names.index(params.bound[home][1]), np.minimum(1.0, power[place] / part), 0.0)
        local[place] = np.where(region >= 0, own, local[place])
    everybody = total(local)
    weighed: Lanes = np.where(everybody > 1e-9, local / np.maximum(everybody, 1e-9), power)
    return weighed
