"""Promises: locked when a case is signed, told by the books of the quarter in which they fall due, measured when the
player takes the trouble, and remembered (economics C, the credibility ledger)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine.effects import IDLE_WORTH, claimed_parts
from kamsim.engine.lanes import Lanes, cut, rows_where, unit
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.page import (
    AT,
    DUE_NOW,
    GUARANTEE,
    KEPT,
    MISSED,
    OPEN,
    PILOT,
    PROFIT,
    UNMEASURED,
    VOLUME,
)
from kamsim.engine.params import Params
from kamsim.engine.sight import observe
from kamsim.engine.standing import intensity, true_stake
from kamsim.engine.truth import service_attribute
from kamsim.engine.world import World

PACE: Final = 0.25
"""How far credibility moves toward what a promise turned out to be."""
FORGOTTEN: Final = 0.4
"""What a promise that nobody measured counts for."""
PATIENCE: Final = 2
"""Quarters after its own in which a due promise can still be measured."""
BENEFIT_NOISE: Final = 0.2
"""Largest chance part of a customer's measured benefit; triangular."""
GUARANTEED: Final = 0.02
"""What a missed guarantee costs us, as a share of a year's sales."""
LEVEL: Final = 0.2
"""alpha of the interval score: a claimed range should hold eight times in ten."""
ENOUGH: Final = 0.85
"""Part of the claim from which a promise counts as kept."""
NARROW: Final = 0.25
"""A range that held counts as kept too, down to this far below the claim: a wider one is no promise."""
MODEST: Final = 1.0
"""A claim that was beaten by more than this, as a share of it, was kept, and proves nothing."""


def lock(
    world: World, params: Params, place: int, page: Lanes, condition: NDArray[np.int8], lanes: NDArray[np.intp]
) -> None:
    """Write down what was claimed; a page that claims nothing promises nothing."""
    at, quarter = world.promises, float(world.quarter)
    claims = page[AT["claim"]] != 0.0
    lanes, page, condition = lanes[claims], page[:, claims], condition[claims]
    if not lanes.size:
        return
    claim, margin = page[AT["claim"]], page[AT["width"]] * np.abs(page[AT["claim"]])
    at.status[place][lanes] = OPEN
    at.metric[place][lanes] = page[AT["metric"]]
    at.value[place][lanes] = claim
    at.low[place][lanes] = claim - margin
    at.high[place][lanes] = claim + margin
    at.signed[place][lanes] = quarter
    at.due[place][lanes] = quarter + page[AT["due"]]
    at.actual[place][lanes] = 0.0
    at.guarantee[place][lanes] = condition == GUARANTEE
    at.pilot[place][lanes] = condition == PILOT
    if place < len(params.accounts):
        stake = true_stake(world, observe(world, params), place, lanes)
        at.certain[place][lanes], at.rate[place][lanes] = claimed_parts(stake, page)
        at.delivered[place][lanes] = service_attribute(world.relations.service[place][lanes])


def told(world: World, params: Params, luck: Luck, ledger: Ledger) -> None:
    """At a close: promises due this quarter get their figure; those left unmeasured too long are forgotten badly."""
    at, quarter = world.promises, world.quarter
    stale = (at.status == DUE_NOW) & (at.due + PATIENCE <= quarter)
    for place in rows_where(stale):
        lanes = np.flatnonzero(stale[place])
        _believe(world, params, place, np.full(lanes.shape, FORGOTTEN), lanes)
        at.status[place][lanes] = UNMEASURED
    falling = (at.status == OPEN) & (at.due <= quarter)
    for place in rows_where(falling):
        lanes = np.flatnonzero(falling[place])
        at.actual[place][lanes] = np.rint(_figure(world, params, luck, ledger, place, lanes))
        at.status[place][lanes] = DUE_NOW


@dataclass(frozen=True)
class Settled:
    """What a promise comes to that nobody had measured when a session ended."""

    place: int
    actual: float
    """Cents, as the promise has them."""
    kept: bool
    inside: bool
    """Whether it lies in the claimed range."""
    early: bool
    """Whether it was not due yet: then it is what the last quarter's books come to, as if they went on."""


def settle(world: World, params: Params, luck: Luck, ledger: Ledger) -> list[Settled]:
    """After the last close of a session of one lane: every promise that is still open, on the run-rate of its last
    books, and those that fell due and were not measured yet. It moves nothing: the session is over."""
    at, lanes, made = world.promises, np.zeros(1, dtype=np.intp), []
    for place in np.flatnonzero((at.status[:, 0] == OPEN) | (at.status[:, 0] == DUE_NOW)).tolist():
        early = int(at.status[place, 0]) == OPEN
        actual = np.rint(_figure(world, params, luck, ledger, place, lanes)) if early else at.actual[place][lanes]
        kept, inside, _ = _verdict(world, params, ledger, place, actual, lanes)
        made.append(Settled(place, float(actual[0]), bool(kept[0]), bool(inside[0]), early))
    return made


def _figure(world: World, params: Params, luck: Luck, ledger: Ledger, place: int, lanes: NDArray[np.intp]) -> Lanes:
    """What a promise comes to by some books, cents (N,)."""
    account, metric = place % len(params.accounts), world.promises.metric[place][lanes]
    actual: Lanes = ledger.contribution[account][lanes]
    actual = np.where(metric == VOLUME, ledger.line("list_sales")[account, lanes], actual)
    if place < len(params.accounts):
        benefit = _benefit(world, params, luck, ledger, place, lanes)
        actual = np.where((metric == PROFIT) | (metric == VOLUME), actual, benefit)
    return actual


def _verdict(
    world: World, params: Params, ledger: Ledger, place: int, actual: Lanes, lanes: NDArray[np.intp]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Lanes]:
    """Whether a promise was kept, whether it ended inside its range, and how far off it was (N,)."""
    at = world.promises
    scale = 0.01 * ledger.sales[place % len(params.accounts), lanes]
    off = error(at.value[place][lanes], actual, scale)
    inside = (at.low[place][lanes] <= actual) & (actual <= at.high[place][lanes])
    kept: NDArray[np.bool_] = (off >= ENOUGH - 1.0) | (inside & (off >= -NARROW))
    return kept, inside, off


def _benefit(world: World, params: Params, luck: Luck, ledger: Ledger, place: int, lanes: NDArray[np.intp]) -> Lanes:
    """What the customer's own people measure, cents a year: the money, and the other levers' worth at the initiative's
    present swing, by how well we delivered, with some luck."""
    at = world.promises
    rows = params.account_initiatives[place]
    linked = world.cases.page[AT["initiative"], place, lanes]
    strength = np.zeros(lanes.shape)
    for row in rows:
        state = world.initiatives.state[row][lanes].astype(np.float64)
        strength = np.where(linked == row, intensity(state), strength)
    swing = IDLE_WORTH + (1.0 - IDLE_WORTH) * np.minimum(1.0, strength)
    delivered = service_attribute(world.relations.service[place][lanes])
    kept = unit(delivered / np.maximum(at.delivered[place][lanes], 0.05), 0.5, 1.1)
    noise = luck.triangular("benefit", ledger.quarter, params.account_keys[place : place + 1])[0, lanes]
    sales = ledger.sales[place][lanes]
    earned = at.rate[place][lanes] * swing * kept * (1.0 + BENEFIT_NOISE * noise)
    worth: Lanes = 4.0 * sales * (at.certain[place][lanes] + earned)
    return worth


def error(value: Lanes, actual: Lanes, scale: Lanes) -> Lanes:
    """e of economics C: how far the actual lies above (+) or below the claim, as a share of it; ``scale`` keeps claims
    near zero from exploding."""
    off: Lanes = (actual - value) / np.maximum(np.abs(value), scale)
    return off


def hit(off: Lanes) -> Lanes:
    """0..1: a shortfall of half is a miss, an overshoot costs little (economics C)."""
    made: Lanes = np.where(
        off < 0.0, 1.0 - np.minimum(1.0, np.abs(off) / 0.5), 1.0 - np.minimum(0.3, np.maximum(off, 0.0) / 3.0)
    )
    return made


def interval_score(low: Lanes, high: Lanes, actual: Lanes) -> Lanes:
    """A proper score of a claimed range, lower is better: its width, and 2/alpha times how far outside we ended."""
    outside = np.maximum(0.0, low - actual) + np.maximum(0.0, actual - high)
    score: Lanes = (high - low) + 2.0 / LEVEL * outside
    return score


def measure(world: World, params: Params, place: int, lanes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """The player lays the figures on the table. Returns where the promise was kept."""
    at, standings = world.promises, world.standings
    account = place % len(params.accounts)
    ledger = world.ledger
    assert ledger is not None
    value, actual = at.value[place][lanes], at.actual[place][lanes]
    scale = 0.01 * ledger.sales[account][lanes]
    kept, inside, off = _verdict(world, params, ledger, place, actual, lanes)
    proves = kept & (off <= MODEST)
    _believe(world, params, place, hit(off), lanes)
    at.status[place][lanes] = np.where(kept, KEPT, MISSED)
    at.kept_at[place][lanes] = np.where(proves, world.quarter, at.kept_at[place][lanes])
    at.kept_metric[place][lanes] = np.where(proves, at.metric[place][lanes], at.kept_metric[place][lanes])
    piloted = proves & (at.pilot[place][lanes] > 0)
    at.pilot_at[place][lanes] = np.where(piloted, world.quarter, at.pilot_at[place][lanes])
    standings.claims[lanes] += 1.0
    standings.inside[lanes] += inside
    width = np.maximum(np.abs(value), np.maximum(scale, 1.0))
    standings.interval[lanes] += interval_score(at.low[place][lanes], at.high[place][lanes], actual) / width
    paying = ~kept & (at.guarantee[place][lanes] > 0)
    if paying.any():
        owed = np.rint(GUARANTEED * 4.0 * np.maximum(0.0, ledger.sales[account][lanes]))
        world.dealings.credit[account][lanes] += np.where(paying, owed, 0.0)
    return kept


def _believe(world: World, params: Params, place: int, worth: Lanes, lanes: NDArray[np.intp]) -> None:
    """Credibility moves toward what was found; the desk remembers who kept their word."""
    row = place if place < len(params.accounts) else len(params.accounts)
    at = world.standings.credibility
    at[row][lanes] = at[row][lanes] + PACE * (worth - at[row][lanes])
    if place >= len(params.accounts):
        world.standings.desk[:, lanes] = unit(cut(world.standings.desk, lanes) + 0.15 * (worth - 0.5), -1.0)
    else:
        trust = world.relations.trust
        trust[place][lanes] = unit(trust[place][lanes] + 0.06 * (worth - 0.5))
