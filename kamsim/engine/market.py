"""How much each customer buys, and from whom: wallet, attraction shares with inertia, reference price.

`Conditions` is everything that one quarter's trade depends on; `trade` is a pure function of it. A bot's
thousand lanes, a person's one lane, and the lanes in which causes are replaced one by one to explain a
quarter all go through the same function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from kamsim.engine.lanes import NOUGHT, ONE, Lanes, Where, cut, grouped, some, total, unit
from kamsim.engine.levers import FIRST
from kamsim.engine.organisation import USUAL_SUPPORT
from kamsim.engine.params import Params
from kamsim.engine.truth import (
    ATTRIBUTES,
    FIT,
    INNOVATION,
    QUALITY,
    RELATIONSHIP,
    SERVICE,
    Truth,
    on_time,
    service_attribute,
)

REFERENCE_WEIGHT: Final = 1.0
"""Eta: pull of paying less than expected (economics B4)."""
LOSS_AVERSION: Final = 2.0
"""Lambda: paying more than expected weighs this much more."""
CHEAPER_SOON: Final = 0.35
DEARER_SLOWLY: Final = 0.80
"""Theta down and up: how much of the old expectation stays after a quarter at a lower or higher price."""
CATEGORY_ELASTICITY: Final = 0.2
"""Epsilon of the whole wallet (economics B1); applied to first order."""
DEMAND_NOISE: Final = 0.06
"""Largest chance move of a cell's wallet in a quarter; triangular."""
COMMITTED_PACE: Final = 0.15
"""Rho with which a signed commitment is filled."""
RECONSIDERED: Final = 1.5
"""Factor on rho when a customer has been given reason to reconsider (economics B7)."""
SIGNED_LOSS: Final = 0.70
"""Factor on rho for losses while signed Terms run."""
SHELTER: Final = 0.20
"""Flight to trusted suppliers in a recession, per point of trust above one half (economics B22)."""
MOST_CARVED: Final = 0.6
"""Largest part of a cell's wallet that awarded purchases may take."""
LARGEST_UTILITY: Final = 50.0
"""Keeps exp finite at absurd prices."""
FIRST_KEEPS: Final = 0.5
"""Part of late deliveries that going first puts on time."""
PUSHED_BACK: Final = 0.015
"""Part of deliveries that each account with priority makes late for every other."""
JOINT_PULL: Final = 0.25
"""Attraction that a joint initiative in full swing adds (economics B18: .2 to .3)."""
SUPPORTED: Final = 0.24
"""Orders on time for all of our company's support: 0.6 on the service attribute, which spans 0.4 (economics B21)."""


@dataclass(eq=False)
class Conditions:
    """Inputs of one quarter's trade. Cells (C, L), accounts (A, L), lines (P, L); the lane axis may be 1."""

    wallet: Lanes
    """Units the category would buy by growth, economy and season."""
    project_demand: Lanes
    """Factor from initiatives."""
    noise: Lanes
    """Factor from chance."""
    tender_units: Lanes
    tender_sensitivity: Lanes
    """Price sensitivity of what is bought by tender; those units are bought apart from the usual ones."""
    awarded: Lanes
    """Units of purchases that initiatives brought, whoever was awarded them: carved from the wallet."""
    won: Lanes
    """Units of these that are ours."""
    won_off: Lanes
    """The same times the points of list that our bids gave off."""
    unit_cost: Lanes
    shelter: Lanes
    rival_price: Lanes
    rival_fit: Lanes
    price: Lanes
    discount: Lanes
    rebate: Lanes
    reference: Lanes
    committed: Lanes
    loss_pace: Lanes
    sensitivity: Lanes
    weights: Lanes
    service: Lanes
    relationship: Lanes
    fit: Lanes
    share_before: Lanes
    pace: Lanes
    expedite: Lanes
    levers: Mapping[str, Lanes]
    """By lever on which trade or books depend (`levers.SERVED`): how far it is pulled."""
    hours: Lanes
    specialists: Lanes
    """Cents for specialists on the account."""
    projects: Lanes
    """Cents for bespoke work and its upkeep."""
    days: Lanes
    credit: Lanes
    joint: Lanes
    """How far what we built with a customer is in swing, 0..1."""
    joint_gain: Lanes
    """Our part of what it brings, as a share of what the customer spends."""
    joint_spending: Lanes
    """Cents that what is being built takes."""
    support: Lanes
    """(L,) how far our company helps to deliver."""
    key: Lanes
    """How far an account's orders go first because it is key."""
    preferred: Lanes
    """Attraction that key status adds."""

    def copy(self) -> Conditions:
        """The same values in arrays of their own: moves of the next quarter change prices in place."""
        return self.each(lambda values: values.copy())

    @property
    def rows(self) -> dict[str, Lanes]:
        """Every array by its name, those of levers by theirs."""
        made = {**self.__dict__, **self.levers}
        del made["levers"]
        return made

    def take(self, lanes: Where) -> Conditions:
        """Some lanes only; arrays that all lanes share stay shared."""
        return self.each(lambda values: values if values.shape[-1] == 1 else cut(values, lanes))

    def each(self, change: Callable[[Lanes], Lanes]) -> Conditions:
        """The same with every array changed."""
        return self.of({name: change(values) for name, values in self.rows.items()})

    def of(self, rows: dict[str, Lanes]) -> Conditions:
        """Those with other arrays, as `rows` has them."""
        levers = {name: rows.pop(name) for name in self.levers}
        return Conditions(**rows, levers=levers)


@dataclass(eq=False)
class Trade:
    """What was bought. Cells (C, L), lines (P, L), accounts (A, L)."""

    wallet: Lanes
    """Units that the customer bought from anybody."""
    target: Lanes
    """The share at which it would come to rest."""
    share: Lanes
    volume: Lanes
    """Units delivered."""
    won_off: Lanes
    """Units delivered of what we won, times the points of list that our bids gave off."""
    utilisation: Lanes
    """Load over capacity by line, before rationing."""
    delivered: Lanes
    """Share of orders on time and in full, by account."""

    def take(self, lanes: Where) -> Trade:
        """Some lanes only."""
        return Trade(**{name: cut(values, lanes) for name, values in self.__dict__.items()})


def attraction(params: Params, truth: Truth, now: Conditions) -> tuple[Lanes, Lanes]:
    """The utilities V of our offer (C, L) and of each rival's (J, C, L), economics B2-B4; the outside option is 0."""
    account = params.cell_account
    weights = now.weights
    common = weights[SERVICE] * service_attribute(now.service)
    common += weights[FIT] * now.fit
    common += weights[RELATIONSHIP] * now.relationship
    common += now.shelter
    if some(now.joint):
        common += JOINT_PULL * now.joint
    if some(now.preferred):
        common += now.preferred
    by_cell = weights.take(account, 1)
    own = common.take(account, 0)
    scratch = by_cell[QUALITY] * truth.own_quality
    own += scratch
    own += np.multiply(by_cell[INNOVATION], truth.own_innovation, out=scratch)
    own -= reference_pull(now.price - now.reference)
    np.subtract(now.price, truth.market, out=scratch)
    own -= np.multiply(scratch, now.sensitivity, out=scratch)
    own += truth.attraction
    rivals = (weights[FIT] * now.rival_fit).take(account, 1)
    dearer = np.empty_like(rivals)
    for attribute in range(len(ATTRIBUTES)):
        rivals += np.multiply(by_cell[attribute], truth.rival_attributes[:, attribute], out=dearer)
    np.add(now.rival_price, truth.rival_stands, out=dearer)
    rivals -= np.multiply(dearer, now.sensitivity, out=dearer)
    rivals += truth.rival_attraction
    return own, rivals


def trade(params: Params, truth: Truth, now: Conditions) -> Trade:
    """Shares, volumes and deliveries of one quarter (economics B1, B2, B16)."""
    own, rivals = attraction(params, truth, now)
    np.minimum(own, LARGEST_UTILITY, out=own)
    pull = np.exp(own, out=own)
    everything = pull + ONE
    level = now.share_before * now.price
    others = ONE - now.share_before
    others /= len(rivals)
    np.exp(np.minimum(rivals, LARGEST_UTILITY, out=rivals), out=rivals)
    for other, price in zip(rivals, now.rival_price, strict=True):
        everything += other
        level += others * price
    target = np.divide(pull, everything, out=pull)
    pace = now.pace
    if some(now.committed) or some(now.loss_pace != ONE):
        lost = now.loss_pace.take(params.cell_account, 0)
        target, pace = under_contract(target, pace, now.share_before, now.committed, lost)
    share = target - now.share_before
    share *= pace
    share += now.share_before
    level *= -CATEGORY_ELASTICITY
    level += ONE
    wallet = np.maximum(level, NOUGHT, out=level)
    wallet *= now.wallet
    wallet *= now.project_demand
    wallet *= now.noise
    placed = [now.levers[name] for name in FIRST]
    first = np.maximum(now.expedite, now.key) if some(now.key) else now.expedite
    for level in placed:
        first = np.maximum(first, level)
    usual, ours, off = carved(wallet, now)
    wanted = usual * share
    if ours is not None:
        wanted += ours
    if some(now.tender_units):
        wanted += now.tender_units * _tendered(params, truth, now)
        wallet = wallet + now.tender_units
    volume, utilisation = _ration(params, wanted, first)
    if some(off):
        off = off * np.where(wanted > 0.0, volume / np.maximum(wanted, 1e-9), 0.0)
    punctual = on_time(utilisation)
    late = grouped(truth.sales_part * punctual.take(params.cell_line, 0), params.account_cells)
    delivered = np.minimum(0.99, late + FIRST_KEEPS * (1.0 - late) * first)
    if some(now.support != USUAL_SUPPORT):
        delivered = unit(delivered + SUPPORTED * (now.support - USUAL_SUPPORT))
    for level in placed:
        if some(level):
            delivered = np.maximum(0.0, delivered - PUSHED_BACK * (total(level) - level))
    return Trade(wallet, target, share, volume, off, utilisation, delivered)


def carved(wallet: Lanes, now: Conditions) -> tuple[Lanes, Lanes | None, Lanes]:
    """What is left of a wallet (C, L) to be bought as usual once purchases were awarded; what of these is ours, None
    where nothing runs anywhere; and that times the points of list given off."""
    if not some(now.awarded):
        return wallet, None, now.won_off
    taken = np.minimum(now.awarded, MOST_CARVED * wallet)
    part = np.where(now.awarded > 0.0, taken / np.maximum(now.awarded, 1e-9), 0.0)
    return wallet - taken, now.won * part, now.won_off * part


def _tendered(params: Params, truth: Truth, now: Conditions) -> Lanes:
    """Our share of what is bought by tender (C, L): chosen anew, by what is on the table that day alone. What was
    committed is a floor under usual purchases, never under these."""
    chosen = replace(now, sensitivity=now.tender_sensitivity, reference=now.price)
    own, rivals = attraction(params, truth, chosen)
    pull: Lanes = np.exp(np.minimum(own, LARGEST_UTILITY))
    everything = pull + 1.0
    for other in np.exp(np.minimum(rivals, LARGEST_UTILITY)):
        everything += other
    return pull / everything


def reference_pull(gap: Lanes) -> Lanes:
    """What a price above (+) or below the expected one, in logs, takes from our attraction (economics B4)."""
    pull: Lanes = np.multiply(gap, REFERENCE_WEIGHT)
    pull += REFERENCE_WEIGHT * (LOSS_AVERSION - 1.0) * np.maximum(gap, NOUGHT)
    return pull


def gap_after(gap: Lanes, quarters: Lanes) -> Lanes:
    """A gap to the expected price, in logs, after some quarters at one price: what `expected_price` leaves of it."""
    kept = np.where(gap > 0.0, DEARER_SLOWLY, CHEAPER_SOON)
    left: Lanes = gap * np.exp(quarters * np.log(kept))
    return left


def under_contract(
    target: Lanes, pace: Lanes, before: Lanes, committed: Lanes, loss_pace: Lanes
) -> tuple[Lanes, Lanes]:
    """Resting share and pace while Terms run: what was committed is filled, and losses are slow."""
    target = np.maximum(target, committed)
    if some(loss_pace != ONE):
        pace = pace * np.where(target < before, loss_pace, ONE)
    if not some(committed):
        return target, pace
    return target, np.where((committed > before) & (pace < COMMITTED_PACE), COMMITTED_PACE, pace)


def _ration(params: Params, wanted: Lanes, ahead_of: Lanes) -> tuple[Lanes, Lanes]:
    """Volume that capacity allows, ahead for accounts that go first, and the utilisation asked for, by line."""
    load = grouped(wanted, params.line_cells)
    free = params.free_capacity
    utilisation = (load + params.other_load) / params.capacity
    short = load > free
    if not some(short):
        return wanted, utilisation
    first = ahead_of.take(params.cell_account, 0) > 0
    ahead = grouped(np.where(first, wanted, 0.0), params.line_cells)
    ahead_factor = np.minimum(1.0, free / np.maximum(ahead, 1e-9))
    rest = np.maximum(load - ahead, 1e-9)
    rest_factor = np.minimum(1.0, np.maximum(0.0, free - ahead) / rest)
    line = params.cell_line
    factor = np.where(first, ahead_factor.take(line, 0), rest_factor.take(line, 0))
    return wanted * np.where(short.take(line, 0), factor, ONE), utilisation


def expected_price(reference: Lanes, price: Lanes) -> Lanes:
    """The reference price after a quarter at ``price`` (economics B4), in logs: quick to fall, slow to rise."""
    gap = price - reference
    moved: Lanes = reference + (1.0 - DEARER_SLOWLY) * gap
    moved += (DEARER_SLOWLY - CHEAPER_SOON) * np.minimum(gap, NOUGHT)
    return moved
