"""How one account stands: what a business case is worked out and judged from.

A `Standing` is either true (`true_standing`, from World: what the desk's controllers and the customer's own people
know) or believed (`belief.believed_standing`, from Seen). Forecast, arithmetic and judgement take a Standing and
nothing else, so a preview and the verdict are one code, and a preview cannot see what is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from kamsim.engine import team
from kamsim.engine.initiatives import INTENSITY
from kamsim.engine.lanes import EVERYWHERE, Lanes, Rows, Where, cut, run, total
from kamsim.engine.levers import KEPT
from kamsim.engine.organisation import CASES
from kamsim.engine.page import METRICS
from kamsim.engine.params import Params
from kamsim.engine.truth import FIT, SERVICE, service_attribute, trusting

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.engine.world import World

RECENT = 2
"""Quarters for which a fact still carries weight in a case."""


@dataclass(eq=False)
class Stake:
    """What one account has of us, on which alone hangs what a page is worth to it; axes and units as in `Standing`."""

    params: Params
    account: int

    list_price: Lanes  # (c, 1)
    discount: Lanes  # (c, N)
    rebate: Lanes
    volume: Lanes  # (c, N) units a quarter now
    days: Lanes  # (N,)
    now: Mapping[str, Lanes]  # (N,) by lever of `levers.KEPT`: how far it is pulled
    state: Lanes  # (k, N) codes
    credibility: Lanes  # (N,) of our word there
    hurdle: Lanes  # (N,) the customer's, a year

    @property
    def cells(self) -> tuple[int, ...]:
        """Rows of its cells in ``params.cells``."""
        return self.params.account_cells[self.account]

    @property
    def initiatives(self) -> tuple[int, ...]:
        """Rows of its initiatives."""
        return self.params.account_initiatives[self.account]

    @cached_property
    def sales(self) -> Lanes:
        """Pocket sales a quarter (N,)."""
        return total(self.volume * self.list_price * (1.0 - self.discount) * (1.0 - self.rebate))


@dataclass(eq=False)
class Standing(Stake):
    """One account in N lanes; money in cents, rates per quarter unless said. Axes: c its cells, k its initiatives, s
    its people, d the desk's approvers, m other accounts' cells in the same lines; the lane axis is last, N or 1
    long."""

    quarter: int
    recession: bool

    unit_cost: Lanes  # (c, N)
    floor: Lanes  # (c, 1) lowest pocket price as a share of list
    share: Lanes  # (c, N) of wallet now
    growth: Lanes  # (c, N) of the wallet a quarter
    sensitivity: Lanes  # (c, N) beta with trust and initiatives counted
    pace: Lanes  # (c, N) rho
    loyalty: Lanes  # (N,) factor on rho where shares fall
    expected: Lanes  # (c, N) log of the expected price over today's
    free: Lanes  # (c, N) units of its line that the plant could still make
    utilisation: Lanes  # (c, N) of its line
    follow: Lanes  # (N,) chance a quarter that rivals follow a cut

    service_cost: Lanes  # (N,) cost to serve
    variable_service: Lanes  # (N,) part of it that moves with volume
    order_service: Lanes  # (N,) part of what moves that comes from orders
    profit: Lanes  # (N,) account profit of last quarter as booked

    trust: Lanes  # (N,)
    fit: Lanes
    delivered: Lanes  # (N,) delivery as an attribute 0..1
    fit_weight: Lanes
    service_weight: Lanes
    force: Lanes  # (k, N)
    engagement: Lanes  # (k, N)
    measure: Lanes  # (s, N) codes
    power: Lanes  # (s, N) adds to 1
    veto: Lanes  # (s, N)
    tie: Lanes  # (s, N)
    own_credibility: Lanes  # (N,) of our word at the desk

    granted_discount: Lanes  # (N,) authority beyond the ordinary, points of list
    granted_days: Lanes  # (N,)
    committed: Lanes  # (c, N)
    compliance: Lanes  # (c, N) share of a commitment that is really bought
    harmony: Lanes  # (N,) index into `regions.HARMONIES`
    asked: Lanes  # (N,) signed inside the first band this year, share of yearly sales
    desk: Lanes  # (d, N) stances

    own_figures: Lanes  # (k, N) 1 where state and a person's measure are known afresh
    drivers_known: Lanes  # (N,) 1 where price sensitivity or a force is known afresh
    sensitivity_known: Lanes  # (N,) 1 where price sensitivity is known
    rival_known: Lanes  # (N,) 1 where a rival's move is known afresh
    rival_offer: Lanes  # (N,) 1 where a rival truly has one on the table
    kept_age: Lanes  # (N,) quarters since a promise was kept here, inf for never
    pilot_age: Lanes
    reference: Lanes  # (metrics, N) 1 where a promise of that measure was kept elsewhere lately
    peer_sales: Lanes  # (m, N) list sales a quarter
    peer_discount: Lanes  # (m, N)
    peer_line: Rows  # (m,)
    craft: Lanes  # (N,) how much more a page is believed for whoever makes it

    @property
    def people_rows(self) -> tuple[int, ...]:
        """Rows of its people."""
        return self.params.account_people[self.account]

    @property
    def lanes(self) -> int:
        """How many lanes there are."""
        return max(int(self.volume.shape[-1]), int(self.trust.shape[-1]))

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    def kept(self, name: Hashable, make: Callable[[], Any]) -> Any:
        """What depends on this standing alone, worked out once for it."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]


def intensity(state: Lanes) -> Lanes:
    """I of economics B13 by state code; what has just ended counts as at its end."""
    table = np.array(INTENSITY)
    return table[np.asarray(state, dtype=np.intp)]


def peers(params: Params, account: int) -> list[int]:
    """Cells of other accounts in lines that this account buys."""
    lines = {int(params.cell_line[cell]) for cell in params.account_cells[account]}
    return [
        cell
        for cell, owner in enumerate(params.cell_account)
        if owner != account and int(params.cell_line[cell]) in lines
    ]


def places(params: Params, wanted: Mapping[str, Sequence[int]]) -> tuple[list[int], dict[str, slice]]:
    """Facts of some kinds, ``wanted`` by the rows that they are about, to be looked up together: their places among
    ``params.facts``, and which of these belong to each kind."""
    rows: list[int] = []
    parts = {}
    for kind, about in wanted.items():
        block = params.fact_blocks[kind]
        parts[kind] = slice(len(rows), len(rows) + len(about))
        rows += [block[row] for row in about]
    return rows, parts


def _own(values: Any, lanes: Where) -> Any:
    """Never a view of what goes on."""
    return values.copy() if lanes is EVERYWHERE or values.shape[-1] == 1 else cut(values, lanes)


def stake_known(seen: Seen, account: int, lanes: Where = EVERYWHERE) -> dict[str, Any]:
    """The parts of a stake that any player knows."""
    cells = run(seen.params.account_cells[account])
    return {
        "params": seen.params,
        "account": account,
        "list_price": seen.params.list_price[cells],
        "discount": _own(seen.discount[cells], lanes),
        "rebate": _own(seen.rebate[cells], lanes),
        "volume": _own(seen.volume[cells], lanes),
        "days": _own(seen.days[account], lanes),
        "now": {lever.name: seen.in_force(lever.name, account, lanes) for lever in KEPT},
        "credibility": _own(seen.credibility[account], lanes),
    }


def true_stake(world: World, seen: Seen, account: int, lanes: Where = EVERYWHERE) -> Stake:
    """What an account truly has of us; see `true_standing`."""
    rows = run(seen.params.account_initiatives[account])
    state = cut(world.initiatives.state[rows], lanes).astype(np.float64)
    return Stake(**stake_known(seen, account, lanes), state=state, hurdle=world.truth.hurdle[account])


def known_to(seen: Seen, account: int, lanes: Where = EVERYWHERE) -> dict[str, Any]:
    """The parts of a standing that any player knows: prices, mandates, what was found out, promises. From Seen alone,
    so they are the same for a true standing and a believed one."""
    params, quarter = seen.params, seen.quarter
    cells, others = run(params.account_cells[account]), peers(params, account)
    lines = params.cell_line[cells]

    initiatives_, people = params.account_initiatives[account], params.account_people[account]
    wanted = {"price_sensitivity": (account,), "attack": (account,), "state": initiatives_, "force": initiatives_}
    facts, of = places(params, {**wanted, "measure": people})
    at = cut(seen.seen_at[facts], lanes)
    told = at >= 0
    recent = told & (quarter - at <= RECENT)
    sensitivity = told[0]
    load = _own(seen.utilisation, lanes)[lines]
    width = seen.hours_left[lanes].shape[0]
    kept = _own(seen.kept_at[account], lanes)
    piloted = _own(seen.pilot_at[account], lanes)
    reference = np.zeros((len(METRICS), width))
    elsewhere = cut(seen.kept_at, lanes)
    lately = (elsewhere > 0) & (quarter - elsewhere <= 6)
    lately[account] = False
    if lately.any():
        metrics = cut(seen.kept_metric, lanes)[lately]
        reference[metrics, np.nonzero(lately)[1]] = 1.0
    return {
        **stake_known(seen, account, lanes),
        "quarter": quarter,
        "recession": seen.recession,
        "unit_cost": _own(seen.unit_cost[cells], lanes),
        "floor": params.floor[cells],
        "free": np.maximum(0.0, (1.0 - load) * params.capacity[lines]),
        "utilisation": load,
        "profit": _own(seen.profit[account], lanes),
        "own_credibility": _own(seen.credibility[-1], lanes),
        "granted_discount": _own(seen.granted_discount[account], lanes),
        "granted_days": _own(seen.granted_days[account], lanes),
        "committed": _own(seen.committed[cells], lanes),
        "harmony": _own(seen.harmony[account], lanes),
        "asked": _own(seen.asked[account], lanes),
        "desk": _own(seen.desk, lanes),
        "own_figures": (recent[of["state"]] & recent[of["measure"]].any(axis=0)).astype(np.float64),
        "drivers_known": (sensitivity | recent[of["force"]].any(axis=0)).astype(np.float64),
        "sensitivity_known": sensitivity.astype(np.float64),
        "rival_known": recent[of["attack"]][0].astype(np.float64),
        "kept_age": np.where(kept > 0, quarter - kept, np.inf),
        "pilot_age": np.where(piloted > 0, quarter - piloted, np.inf),
        "reference": reference,
        "peer_sales": _own(seen.volume[others], lanes) * params.list_price[others],
        "peer_discount": _own(seen.discount[others], lanes),
        "peer_line": params.cell_line[others],
    }


def true_standing(
    world: World, seen: Seen, account: int, lanes: Where = EVERYWHERE, place: int | None = None
) -> Standing:
    """How an account truly stands. ``seen``: what is seen of the same worlds, in the same quarter; ``place``: where the
    case that is judged lies, as well made as it was, None for one that would be made now."""
    params, truth, at = seen.params, world.truth, world.relations
    cells, people = list(params.account_cells[account]), list(params.account_people[account])
    rows = list(params.account_initiatives[account])

    def there(values: Any) -> Any:
        return values if values.shape[-1] == 1 else cut(values, lanes)

    state = there(world.initiatives.state[rows]).astype(np.float64)
    strength = intensity(state)
    shift: Lanes = np.ones(seen.hours_left[lanes].shape)
    for row, owner, effect in truth.initiative_price:
        if owner == account:
            shift = shift + effect * strength[rows.index(row)]
    trust = there(at.trust[account])
    ledger = world.ledger
    variable = total(total(truth.activity_variable), cells)
    fixed = total(total(truth.activity_fixed), cells)
    orders = total(total(truth.activity_variable * truth.activity_orders[:, :, None]), cells)
    orders = orders / np.maximum(variable, 1e-9)
    rivals_there = truth.rival_sells[:, cells].any(axis=1)
    strongest = np.max(np.where(rivals_there, truth.rival_follow, 0.0), axis=0)
    attack = there(at.attack[account])
    cheaper = np.min(there(world.market.rival_price[:, cells]).min(axis=1), axis=0) < -0.02
    return Standing(
        **known_to(seen, account, lanes),
        share=there(world.market.share[cells]),
        growth=truth.growth[cells] - 1.0,
        sensitivity=truth.price_sensitivity[cells] * trusting(trust) * shift,
        pace=truth.inertia[cells],
        loyalty=truth.loss_pace[account],
        compliance=there(world.dealings.compliance[cells]),
        expected=there(world.market.reference[cells]) - there(world.market.price[cells]),
        follow=strongest,
        service_cost=-there(ledger.cost_to_serve[account]) if ledger is not None else variable + fixed,
        variable_service=variable / np.maximum(variable + fixed, 1e-9),
        order_service=orders,
        trust=trust,
        fit=there(at.fit[account]),
        delivered=service_attribute(there(at.service[account])),
        fit_weight=truth.importance[FIT, account],
        service_weight=truth.importance[SERVICE, account],
        state=state,
        force=there(world.initiatives.pressure[rows]),
        engagement=there(world.initiatives.engagement[rows]),
        measure=there(world.people.measure[people]).astype(np.float64),
        power=truth.power[people],
        veto=truth.veto[people],
        tie=there(world.people.tie[people]),
        hurdle=truth.hurdle[account],
        rival_offer=((attack > 0) | cheaper).astype(np.float64),
        craft=team.page_craft(team.craft(world, params, CASES, account, lanes))
        if place is None
        else world.team.page_craft[place, lanes],
    )
