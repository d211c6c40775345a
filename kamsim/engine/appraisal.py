"""The arithmetic of a case: what a controller recomputes (economics A and C).

Flows are cents by quarter (T, N), the first one a quarter from now; rates are yearly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from kamsim.engine.effects import amounts, certain_worth, customer_burden, customer_worth, worth_by_measure
from kamsim.engine.forecast import HORIZON, Path, price_change, project, receivables_charge, without
from kamsim.engine.lanes import Lanes, Rows, total
from kamsim.engine.page import AT
from kamsim.engine.regions import LEAK, WIDTH, excess
from kamsim.engine.standing import Stake, Standing

GOSSIP: Final = 0.06
"""Part of a gap between us and another buyer's discount in the same line that its next round asks for."""
_CLAIMED: Final = 1.0 - (1.0 - LEAK) ** np.arange(HORIZON)[:, None]
"""Part of a gap that is closed by quarter and kind of contract (T, 3)."""
SWITCHING: Final = 0.005
"""What it costs a customer once to take up a case, as a share of a year's purchases."""
NO_BREAK_EVEN: Final = ("", "nothing_to_repay", "margin_gone", "beyond_wallet", "beyond_capacity")
NOTHING_TO_REPAY, MARGIN_GONE, BEYOND_WALLET, BEYOND_CAPACITY = range(1, len(NO_BREAK_EVEN))


def npv(flows: Lanes, rate: Lanes | float) -> Lanes:
    """Net present value (N,): ``sum CF_t / (1 + r)^(t/4)`` (economics A)."""
    quarters = np.arange(1.0, flows.shape[0] + 1.0).reshape(-1, *([1] * (flows.ndim - 1)))
    return total(flows * np.exp(-quarters / 4.0 * np.log1p(rate)))


def payback(flows: Lanes) -> Lanes:
    """First quarter by which the flows so far add up to nothing or more, counted from 1 (N,); NaN for never, 0 where
    there never was anything to pay back."""
    reached: Lanes = np.full(flows.shape[1:], np.nan)
    running = np.zeros(flows.shape[1:])
    owed = np.zeros(flows.shape[1:], dtype=bool)
    for quarter in range(flows.shape[0]):
        running = running + flows[quarter]
        owed |= running < 0.0
        first = np.isnan(reached) & (running >= 0.0) & owed
        reached = np.where(first, quarter + 1.0, reached)
        reached = np.where(running < 0.0, np.nan, reached)
    return np.where(owed, reached, 0.0)


def irr(flows: Lanes) -> tuple[Lanes, Lanes]:
    """The yearly rate at which the NPV is nothing, and how often the flows change sign; both (N,). The rate is NaN
    where there is none, or more than one may exist (economics A: report none or multiple honestly)."""
    signs = np.sign(flows)
    changes = np.zeros(flows.shape[1:])
    last = np.zeros(flows.shape[1:])
    for quarter in range(flows.shape[0]):
        changes = changes + ((signs[quarter] * last) < 0.0)
        last = np.where(signs[quarter] != 0.0, signs[quarter], last)
    low, high = np.full(flows.shape[1:], -0.99), np.full(flows.shape[1:], 100.0)
    at_low = np.sign(npv(flows, low))
    single = (changes == 1.0) & (at_low != np.sign(npv(flows, 100.0)))
    if single.any():
        for _ in range(60):
            middle = 0.5 * (low + high)
            same = np.sign(npv(flows, middle)) == at_low
            low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.where(single, 0.5 * (low + high), np.nan), changes


def harmonisation_spill(prices: Lanes, units: Lanes, list_price: Lanes, harmony: Lanes) -> Lanes:
    """What a customer's regions under one contract claim of their prices by quarter (T, N), cents: a gap closes by h a
    quarter, from the second one on, so ``(1 - (1 - h)^t) (P_r - min P) Q_r`` is lost in quarter t, summed over regions
    (r, N); only what a corridor does not allow counts (economics B5). ``harmony`` (N,): nothing leaks without one."""
    kind = np.asarray(harmony, dtype=np.intp)
    claimed = total(excess(prices, WIDTH[kind] * list_price) * units)
    lost: Lanes = _CLAIMED[:, kind] * claimed
    return lost


def haircut(credibility: Lanes) -> Lanes:
    """What readers believe of our word: ``.5 + .5 Cred`` (economics C)."""
    believed: Lanes = 0.5 + 0.5 * credibility
    return believed


@dataclass(frozen=True, eq=False)
class Worth:
    """What one case is worth to the customer, each figure when somebody first asks for it; N lanes, cents."""

    standing: Stake
    page: Lanes

    @cached_property
    def pulled(self) -> Lanes:
        """(levers, N) how far each lever is pulled, see `effects.amounts`."""
        return amounts(self.standing, self.page)

    @cached_property
    def _worth(self) -> tuple[Lanes, Lanes]:
        return customer_worth(self.standing, self.page, self.pulled)

    @property
    def claimed_worth(self) -> Lanes:
        """(N,) to the customer a year, on the claimed measure."""
        return self._worth[0]

    @property
    def worth(self) -> Lanes:
        """(N,) to the customer a year, all in."""
        return self._worth[1]

    @cached_property
    def by_measure(self) -> Lanes:
        """(metrics, N) the same by what it is measured on, at full swing."""
        return worth_by_measure(self.standing, self.pulled)

    @cached_property
    def certain(self) -> Lanes:
        """(N,) to the customer a year, of money alone."""
        return certain_worth(self.standing, self.pulled)

    @cached_property
    def burden(self) -> Lanes:
        """(N,) on the customer a year."""
        return customer_burden(self.standing, self.page)

    @cached_property
    def customer_npv(self) -> Lanes:
        """(N,) at their hurdle after their haircut: what the customer's finance people work out. Money, and as much of
        the rest as they believe, less the burden, over the contract, less what taking it up costs once."""
        standing, certain = self.standing, self.certain
        yearly = certain + haircut(standing.credibility) * (self.worth - certain) - self.burden
        quarters = np.arange(HORIZON)[:, None]
        flows = np.where(quarters < self.page[AT["length"]], yearly / 4.0, 0.0)
        value: Lanes = npv(flows, standing.hurdle) - SWITCHING * 4.0 * standing.sales
        return value


@dataclass(frozen=True, eq=False)
class Appraisal(Worth):
    """One case worked out, each figure when somebody first asks for it; N lanes, cents unless said."""

    standing: Standing

    @cached_property
    def given(self) -> Path:
        """The account with the case."""
        return project(self.standing, self.page)

    @property
    def without(self) -> Path:
        """The account without it."""
        return without(self.standing)

    @cached_property
    def _bare(self) -> Path:
        """With the case, if nothing came back."""
        return project(self.standing, self.page, growth=False)

    @cached_property
    def flows(self) -> Lanes:
        """(T, N) account profit with less without."""
        return self.given.profit - self.without.profit

    @cached_property
    def npv(self) -> Lanes:
        """(N,) at our own hurdle."""
        return npv(self.flows, self.standing.params.hurdle)

    @cached_property
    def costs_only(self) -> Lanes:
        """(N,) the same if nothing came back."""
        flat = without(self.standing, growth=False)
        return npv(self._bare.profit - flat.profit, self.standing.params.hurdle)

    @cached_property
    def judged(self) -> Lanes:
        """(N,) after the desk's haircut for our word, less precedent and spill."""
        others = np.repeat(self.precedent[None] / -4.0, HORIZON, axis=0) - self._spilt
        extras = npv(others, self.standing.params.hurdle)
        believed = haircut(self.standing.own_credibility) * (self.npv - self.costs_only)
        worth: Lanes = self.costs_only + believed + extras
        return worth

    @cached_property
    def payback(self) -> Lanes:
        """(N,) quarters, NaN never."""
        return payback(self.flows)

    @cached_property
    def _even(self) -> tuple[Lanes, Lanes]:
        return _break_even(self.standing, self.costs_only, self._bare)

    @property
    def break_even(self) -> Lanes:
        """(N,) extra volume as a share of today's that repays the case within the horizon, NaN none."""
        return self._even[0]

    @property
    def no_break_even(self) -> Lanes:
        """(N,) index into NO_BREAK_EVEN."""
        return self._even[1]

    @cached_property
    def receivables(self) -> Lanes:
        """(N,) a quarter."""
        said, now = self.page[AT["days"]], self.standing.days
        rate = self.standing.params.cost_of_capital
        return receivables_charge(self.standing.sales, np.where(said > 0.0, said - now, 0.0), rate)

    @cached_property
    def load(self) -> Lanes:
        """(c, N) highest utilisation of each cell's line."""
        return _load(self.standing, self.given)

    @cached_property
    def precedent(self) -> Lanes:
        """(N,) a year: what other buyers would learn."""
        return _precedent(self.standing, self.page)

    @cached_property
    def _spilt(self) -> Lanes:
        return _spill(self.standing, self.page)

    @cached_property
    def spill(self) -> Lanes:
        """(N,) a year over the horizon: regions of the same customer under one contract."""
        return total(self._spilt) * (4.0 / HORIZON)

    @cached_property
    def concession(self) -> Lanes:
        """(N,) what it gives away, as a share of yearly sales."""
        yearly = np.maximum(4.0 * self.standing.sales, 1.0)
        lasting = np.maximum(self.page[AT["length"]], 1.0) / 4.0
        given: Lanes = np.maximum(0.0, -self.costs_only) / (yearly * np.minimum(lasting, HORIZON / 4.0))
        return given

    @cached_property
    def _rate(self) -> tuple[Lanes, Lanes]:
        return irr(self.flows)

    @property
    def irr(self) -> Lanes:
        """Internal rate of return (N,), yearly; NaN for none or several."""
        return self._rate[0]

    @property
    def sign_changes(self) -> Lanes:
        """How often the flows change sign (N,)."""
        return self._rate[1]


def appraise(standing: Standing, page: Lanes) -> Appraisal:
    """A page (G, N) worked out from a standing. One code for previews, the desk, the customer and the debrief."""
    return Appraisal(standing, page)


def _break_even(standing: Standing, costs: Lanes, bare: Path) -> tuple[Lanes, Lanes]:
    """Extra volume, all cells alike, whose margin at the new price repays what the case costs if nothing comes back."""
    hurdle = standing.params.hurdle
    base = np.maximum(total(standing.volume * standing.list_price), 1e-9)
    unit = npv(bare.money[0] + bare.money[1] + bare.money[2] + bare.money[3], hurdle)
    service = npv(-standing.service_cost * standing.variable_service * bare.money[0] / base, hurdle)
    gained = unit + service
    repaid = np.where(gained > 0.0, -costs / np.where(gained > 0.0, gained, 1.0), np.nan)
    wallet = total(standing.volume / np.maximum(standing.share, 1e-9) * standing.list_price)
    room = (wallet - base) / base
    spare = np.min(standing.free / np.maximum(standing.volume, 1e-9), axis=0)
    reason = np.where(
        costs >= 0.0,
        NOTHING_TO_REPAY,
        np.where(gained <= 0.0, MARGIN_GONE, np.where(repaid > room, BEYOND_WALLET, 0)),
    )
    reason = np.where((reason == 0) & (repaid > spare), BEYOND_CAPACITY, reason)
    return np.where(reason == 0, repaid, np.nan), reason.astype(np.float64)


def _load(standing: Standing, given: Path) -> Lanes:
    """Highest utilisation of each cell's line over the horizon, other customers as they are."""
    capacity = standing.params.capacity[standing.params.cell_line[list(standing.cells)]]
    most = given.volume[0]
    for quarter in range(1, HORIZON):
        most = np.maximum(most, given.volume[quarter])
    loaded: Lanes = standing.utilisation + (most - standing.volume) / capacity
    return loaded


def _precedent(standing: Standing, page: Lanes) -> Lanes:
    """What other buyers of the same lines would ask for, having heard, a year."""
    change = price_change(standing, page)
    loss: Lanes = np.zeros(change.shape[1:])
    lines: Rows = standing.params.cell_line[list(standing.cells)]
    for cell, line in enumerate(lines):
        new, there = standing.discount[cell] + change[cell], np.flatnonzero(standing.peer_line == line)
        old_gap = np.maximum(0.0, standing.discount[cell] - standing.peer_discount[there])
        gap = np.maximum(0.0, new - standing.peer_discount[there])
        for lost in GOSSIP * (gap - old_gap) * standing.peer_sales[there] * 4.0:
            loss = loss + lost
    return np.maximum(0.0, loss)


def _spill(standing: Standing, page: Lanes) -> Lanes:
    """What the customer's other regions would claim by quarter (T, N), where one region's price goes below the others
    under one contract."""
    params = standing.params
    change = price_change(standing, page)
    loss: Lanes = np.zeros((HORIZON, *change.shape[1:]))
    rows = list(standing.cells)
    if not params.global_price[standing.account] or not standing.harmony.any():
        return loss
    for line in sorted({int(params.cell_line[row]) for row in rows}):
        same = [place for place, row in enumerate(rows) if params.cell_line[row] == line]
        if len(same) < 2:
            continue
        keep = (1.0 - standing.rebate[same]) * standing.list_price[same]
        units = standing.volume[same]
        listed = standing.list_price[same[0]]
        before = harmonisation_spill(keep * (1.0 - standing.discount[same]), units, listed, standing.harmony)
        after = harmonisation_spill(
            keep * (1.0 - standing.discount[same] - change[same]), units, listed, standing.harmony
        )
        loss = loss + (after - before)
    return np.maximum(0.0, loss)
