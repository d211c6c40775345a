"""What a case would do to an account, quarter by quarter: with it and without it, in one lane or in thousands.

The same projection stands behind the fan that a player sees (believed lanes, with luck), the arithmetic that the deal
desk recomputes (the true standing, without) and the break-even on every lever. Its rules are the engine's own: how
shares move, how expected prices follow, how rivals close a gap, what an hour costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from kamsim.engine.effects import SIGNED_GAIN, linked
from kamsim.engine.initiatives import ENGAGEMENT_KEPT, FIT_GAIN, FIT_WEAR
from kamsim.engine.lanes import Flags, Lanes, run, total, unit
from kamsim.engine.levers import BESPOKE_UPKEEP, FIRST, KEPT, RESERVED, engagement_gain, rushing
from kamsim.engine.market import (
    FIRST_KEEPS,
    LARGEST_UTILITY,
    SIGNED_LOSS,
    gap_after,
    reference_pull,
    under_contract,
)
from kamsim.engine.opportunities import filled_part
from kamsim.engine.page import AT
from kamsim.engine.relations import FIT_PACE, SERVICE_MEMORY
from kamsim.engine.rivals import CLOSES, RECOVERS, VISIBLE_CUT
from kamsim.engine.standing import Standing, intensity
from kamsim.engine.truth import on_time

HORIZON: Final = 12
"""Quarters that a case is worked out for."""
MONEY: Final = ("list_sales", "on_invoice", "off_invoice", "variable_cost", "service", "team", "projects", "capital")
"""Lines of a projection; they add up to account profit."""
FADE: Final = 0.95
"""An initiative's intensity is expected to last this far from one quarter to the next."""
_FADES: Final = np.array([FADE**t for t in range(HORIZON)])[:, None]
_LATER: Final = np.arange(1.0, HORIZON + 1.0)[:, None, None]
"""By quarter, axes (T, 1) and (T, 1, 1)."""

MOST_OFF: Final = 0.99
"""The deepest discount that a page is worked out with; what goes below the floor is refused, and still previewed."""


@dataclass(frozen=True, eq=False)
class Noise:
    """What chance may do over the horizon. ``wallet``: factors (T, c, N); ``follows``: whether rivals follow (T, N);
    ``live``: factor on the initiative's intensity (T, N)."""

    wallet: Lanes
    follows: Flags
    live: Lanes


@dataclass(frozen=True, eq=False)
class Path:
    """One future, its money counted when somebody asks. T quarters from the one now being played on, c cells, N lanes;
    cents."""

    standing: Standing
    page: Lanes | None
    volume: Lanes  # (T, c, N) units
    share: Lanes  # (T, c, N), 1 long in T where all quarters are alike, as volume

    @cached_property
    def _lines(self) -> tuple[Lanes, ...]:
        return _books(self.standing, self.page, self.volume)

    @cached_property
    def money(self) -> Lanes:
        """(lines, T, N)."""
        return np.array(np.broadcast_arrays(*self._lines))

    @cached_property
    def profit(self) -> Lanes:
        """(T, N) account profit."""
        profit: Lanes = np.zeros(np.broadcast_shapes(*(line.shape for line in self._lines)))
        for line in self._lines:
            profit += line
        return profit

    @property
    def list_sales(self) -> Lanes:
        """(T, N), 1 long in T where all quarters are alike."""
        return self._lines[0]


def price_change(standing: Standing, page: Lanes | None) -> Lanes:
    """Points of list given by a page in each cell, (c, N)."""
    if page is None:
        return np.zeros(standing.discount.shape)
    region, codes = page[AT["region"]], standing.params.region_codes[run(standing.cells)]
    change = np.where((region < 0) | (region == codes[:, None]), page[AT["price"]], 0.0)
    return np.minimum(np.maximum(change, -standing.discount), MOST_OFF - standing.discount)


def project(standing: Standing, page: Lanes | None, noise: Noise | None = None, *, growth: bool = True) -> Path:
    """The account's 12 quarters from this one on, with a page signed now, or without any (None). Without ``growth`` our
    share stays as it is: what the case costs if nothing comes back."""
    quarters = np.arange(1.0, HORIZON + 1.0)
    if growth:
        change = price_change(standing, page)
        given = np.log((1.0 - standing.discount - change) / (1.0 - standing.discount))
        share = _shares(standing, page, _utility(standing, page, given, quarters, noise), given, noise)
    else:
        share = standing.share[None]
    if noise is None and not standing.growth.any():
        quarters = quarters[:1]  # every quarter is like the first
    wallet = standing.volume / np.maximum(standing.share, 1e-9)
    wallets = wallet * np.exp(np.log1p(standing.growth) * quarters[:, None, None])
    if noise is not None:
        wallets = wallets * noise.wallet
    volume = np.minimum(share * wallets, standing.volume + standing.free)
    return Path(standing, page, volume, share)


def without(standing: Standing, *, growth: bool = True) -> Path:
    """The account without any case: the same for every page, and so worked out once for a standing."""
    path: Path = standing.kept(("without", growth), lambda: project(standing, None, growth=growth))
    return path


def _served(standing: Standing, page: Lanes | None, noise: Noise | None) -> Lanes:
    """Fit above today's by quarter, (T, N): what our work on the linked initiative earns (as `initiatives.served_fit`
    and `relations.settle_fit` have it)."""
    lanes = standing.lanes if page is None else max(standing.lanes, page.shape[-1])
    if noise is not None:
        lanes = max(lanes, noise.live.shape[-1])
    strength = intensity(standing.state) if standing.state.size else standing.state
    running: Lanes = engagement_gain(standing.now)
    gains = added = running * _strongest(strength)
    length: Lanes | float = HORIZON
    engaged, levels = standing.engagement, standing.now
    if page is not None:
        length = page[AT["length"]]
        levels = {name: np.maximum(now, page[AT[name]]) for name, now in standing.now.items()}
        rows = np.array(standing.initiatives, dtype=np.float64).reshape(-1, 1)
        here, unlinked = page[AT["initiative"]] == rows, page[AT["initiative"]] < 0
        added = np.where(unlinked, gains, engagement_gain(levels) * here)
        gains = np.where(unlinked, gains, running * here)
        engaged = engaged + SIGNED_GAIN * (1.0 - engaged) * here
    rest: Lanes | float = 0.5
    for lever in KEPT:
        if lever.fit:
            rest = rest + lever.fit * levels[lever.name]
    live = (_FADES if noise is None else noise.live)[:, None]
    path: Lanes = np.zeros((HORIZON, lanes))
    fit: Lanes = np.zeros(lanes) + standing.fit
    works = live * strength * (FIT_GAIN * _engaged(engaged, np.where(length > _LATER, added, gains)) - FIT_WEAR)
    heading = np.zeros(path.shape) + rest
    for place in range(works.shape[1]):
        heading = heading + works[:, place]
    for t, towards in enumerate(unit(heading)):
        path[t] = fit
        fit = fit + FIT_PACE * (towards - fit)
    return path - standing.fit


def _engaged(engaged: Lanes, gains: Lanes) -> Lanes:
    """Engagement with each initiative by quarter, (T, k, N), from today's (k, N) on."""
    path = np.empty((HORIZON, *np.broadcast_shapes(engaged.shape, gains.shape[1:])))
    for t, gain in enumerate(gains):
        path[t] = engaged
        kept = ENGAGEMENT_KEPT * engaged
        engaged = kept + gain * (1.0 - kept)
    return path


def _strongest(strength: Lanes) -> Lanes:
    """By initiative (k, N), 1 for the one in fullest swing, the first of equals: what runs now is thought to work for
    it."""
    chosen = np.zeros(strength.shape)
    if strength.size:
        fullest = np.argmax(strength, axis=0)
        chosen[fullest, np.arange(len(fullest))] = 1.0
    return chosen


def _utility(standing: Standing, page: Lanes | None, given: Lanes, quarters: Lanes, noise: Noise | None) -> Lanes:
    """How far our attraction moves from today's, (T, c, N)."""
    fit = _served(standing, page, noise) * standing.fit_weight
    for name in FIRST:
        if page is not None and (page[AT[name]] > 0).any():
            fit = fit + _punctual(standing, page, name, fit.shape[1:])
    gap = given - standing.expected
    moved = fit[:, None, :]
    if given.any():
        moved = moved - standing.sensitivity * given
    if gap.any():
        late = gap_after(gap, quarters[:, None, None] - 1.0)
        moved = moved - (reference_pull(late) - reference_pull(-standing.expected))
    return moved


def _punctual(standing: Standing, page: Lanes, lever: str, lanes: tuple[int, ...]) -> Lanes:
    """What is remembered of deliveries on time where a lever puts the account's orders first, (T, N)."""
    worst = np.max(1.0 - on_time(standing.utilisation), axis=0)
    better = FIRST_KEEPS * worst / 0.4 * page[AT[lever]] * (1.0 - standing.now[lever])
    path: Lanes = np.zeros((HORIZON, *np.broadcast_shapes(lanes, better.shape)))
    remembered: Lanes = np.zeros(better.shape)
    for t in range(HORIZON):
        path[t] = standing.service_weight * remembered
        here = better * (page[AT["length"]] > t)
        remembered = SERVICE_MEMORY * remembered + (1.0 - SERVICE_MEMORY) * here
    return path


def _rivals(standing: Standing, given: Lanes, noise: Noise | None) -> Lanes | None:
    """Rivals' prices below today's, in logs (T, c, N), as they follow a cut; None where there is none to follow."""
    visible = given < -VISIBLE_CUT
    if not visible.any():
        return None
    path = np.zeros((HORIZON, *np.broadcast_shapes(given.shape, standing.follow.shape[-1:])))
    if noise is not None:
        path = np.zeros((HORIZON, given.shape[0], noise.follows.shape[-1]))
    price = path[0]
    for t in range(1, HORIZON):
        price = price * (1.0 - RECOVERS)
        follows = standing.follow if noise is None else noise.follows[t]
        gap = given - price
        price = price + CLOSES * gap * follows * (visible & (gap < -VISIBLE_CUT))
        path[t] = price
    return path


def _shares(standing: Standing, page: Lanes | None, utility: Lanes, given: Lanes, noise: Noise | None) -> Lanes:
    """Our share of wallet by quarter, (T, c, N)."""
    lanes = np.broadcast_shapes(utility.shape[-1:], standing.share.shape[-1:])[-1]
    share: Lanes = np.zeros((standing.share.shape[0], lanes)) + standing.share
    path = np.empty((HORIZON, *share.shape))
    pull = standing.share * np.exp(unit(utility, -LARGEST_UTILITY, LARGEST_UTILITY))
    rivals = _rivals(standing, given, noise)
    others = 1.0 - standing.share
    target = pull / (pull + (others if rivals is None else others * np.exp(-standing.sensitivity * rivals)))
    if page is None:
        for t in range(HORIZON):
            pace = standing.pace * np.where(target[t] < share, standing.loyalty, 1.0)
            share = share + pace * (target[t] - share)
            path[t] = share
        return path
    added, runs = page[AT["commitment"]], _running(page)
    committed = np.where(added > 0.0, np.minimum(0.95, standing.share + added), standing.committed)
    held = np.where(runs[:, None], committed * standing.compliance, 0.0)
    empty: Lanes | None = None
    if standing.params.opportunities:
        empty = 1.0 - filled_part(linked(standing, page, intensity(standing.state), 0.0))
    slower = np.where(runs, standing.loyalty * SIGNED_LOSS, standing.loyalty)
    for t in range(HORIZON):
        promised = held[t] if empty is None else held[t] - np.maximum(0.0, held[t] - share) * empty
        heading, pace = under_contract(target[t], standing.pace, share, promised, slower[t])
        share = share + pace * (heading - share)
        path[t] = share
    return path


def _books(standing: Standing, page: Lanes | None, volume: Lanes) -> tuple[Lanes, ...]:
    """The money of a path, (T, N) or 1 long in T each, line by line as the ledger has them."""
    params, discount = standing.params, standing.discount + price_change(standing, page)
    shape = (HORIZON, volume.shape[-1])
    by_cell = volume * standing.list_price
    list_sales = _cells(by_cell)
    on_invoice = -_cells(by_cell * discount)
    off_invoice = -_cells(by_cell * (1.0 - discount) * standing.rebate)
    variable = -_cells(volume * standing.unit_cost)
    now = np.maximum(total(standing.volume * standing.list_price), 1e-9)
    moving = standing.variable_service * list_sales / now
    service = -standing.service_cost * _serving(standing, page, moving)
    team, projects, days = np.zeros(shape), np.zeros(shape), standing.days
    if page is not None:
        team, projects = _work(standing, page, team, projects)
        days = np.where(page[AT["days"]] > 0.0, page[AT["days"]], days)
    sales = list_sales + on_invoice + off_invoice
    capital = -receivables_charge(sales, days, params.cost_of_capital)
    return list_sales, on_invoice, off_invoice, variable, service, team, projects, capital


def receivables_charge(sales: Lanes, days: Lanes, rate: float) -> Lanes:
    """Cost of capital of a quarter's sales paid after some days, cents: ``sales/90 * DSO * WACC/4`` (economics A)."""
    charge: Lanes = sales * days * (rate / 4.0 / 90.0)
    return charge


def _serving(standing: Standing, page: Lanes | None, moving: Lanes) -> Lanes:
    """Cost to serve as a share of today's (T, N), of which ``moving`` goes with volume."""
    part: Lanes = 1.0 - standing.variable_service
    if page is None:
        return part + moving
    orders, runs = standing.order_service, _running(page)
    for lever in KEPT:
        now, said = standing.now[lever.name], page[AT[lever.name]]
        then = np.where(runs, np.maximum(now, said), now)
        if lever.effort is not None:
            moving = moving * (lever.effort(orders, then) / lever.effort(orders, now))
        if lever.first:
            moving = moving * (rushing(orders, RESERVED * then) / rushing(orders, RESERVED * now))
    part = part + moving
    for lever in KEPT:
        if lever.overhead:
            part = part + lever.overhead * np.maximum(0.0, page[AT[lever.name]] - standing.now[lever.name])
    return part


def _work(standing: Standing, page: Lanes, team: Lanes, projects: Lanes) -> tuple[Lanes, Lanes]:
    """What a page's levers cost in people and in work for this customer alone, (T, N) both; hours of our own team begin
    in the quarter after the yes."""
    params, paid, hours = standing.params, team, 0.0
    for lever in KEPT:
        more = np.maximum(0.0, page[AT[lever.name]] - standing.now[lever.name])
        if lever.hours:
            paid, hours = paid + more * params.hourly_cost, hours + more * params.hourly_cost
        if lever.fee is not None:
            paid = paid + more * lever.fee(params)
        if lever.one_off is not None:
            cost = lever.one_off(params)[standing.account] * more
            projects = projects - cost * BESPOKE_UPKEEP
            projects[0] -= cost * (1.0 - BESPOKE_UPKEEP)
    team = np.where(_running(page), -paid, 0.0)
    team[0] += hours
    return team, projects


def _running(page: Lanes) -> Flags:
    """Whether the Terms of a page run, by quarter (T, N)."""
    quarters = np.arange(HORIZON)[:, None]
    running: Flags = quarters < page[AT["length"]]
    return running


def _cells(values: Lanes) -> Lanes:
    """Sum over the cells of (T, c, N), in index order."""
    result: Lanes = values[:, 0].copy()
    for cell in range(1, values.shape[1]):
        result += values[:, cell]
    return result
