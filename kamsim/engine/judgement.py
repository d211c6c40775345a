"""How a case is judged (economics C): gates, nine criteria, a weight for each reader, and every point explained.

`judge` works on any standing: on the true one for the verdict, on a believed one for a preview. No free text is graded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.engine.appraisal import NOTHING_TO_REPAY, Appraisal, appraise
from kamsim.engine.effects import linked, of_metric, subject
from kamsim.engine.forecast import price_change, receivables_charge
from kamsim.engine.lanes import Codes, Flags, Lanes, total, unit
from kamsim.engine.levers import KEPT, Lever
from kamsim.engine.page import (
    ALTERNATIVES,
    ANGLES,
    AT,
    BODIES,
    CRITERIA,
    GATES,
    INACTION,
    METRICS,
    PROFIT,
    PROOFS,
    SENSITIVITY,
    VOLUME,
    levers_used,
)
from kamsim.engine.params import STATES
from kamsim.engine.standing import Standing

CUSTOMER_READERS: Final = ("ceo", "cfo", "coo", "cpo")
"""Kinds of customer; their columns of weights come first, then those of the desk's seats."""
WEIGHTS: Final = np.array(
    [
        [25, 10, 15, 10, 20, 10, 10, 20],
        [15, 15, 20, 10, 10, 15, 15, 15],
        [15, 10, 10, 5, 10, 5, 5, 5],
        [10, 10, 10, 15, 10, 10, 10, 15],
        [10, 25, 10, 25, 20, 30, 10, 10],
        [5, 15, 5, 10, 5, 15, 10, 5],
        [5, 10, 15, 15, 10, 10, 10, 10],
        [5, 0, 10, 5, 5, 0, 25, 15],
        [10, 5, 5, 5, 10, 5, 5, 5],
    ],
    dtype=np.float64,
)
"""By criterion and reader, in points of 100 (economics C)."""
STATE_FACTOR: Final = {
    "announced": 0.6, "funded": 0.9, "executing": 1.0, "accelerated": 1.0, "delayed": 0.5, "undermined": 0.6,
    "completed": 0.2,
}  # fmt: skip
NOT_MINE: Final = 0.8
"""Factor on alignment for an initiative that is somebody else's."""
UNALIGNED: Final = 0.2
YESTERDAY: Final = 0.5
"""Factor on alignment for a page that was written for another state of its initiative: it answers a question that was
asked last spring (economics C, agility: a canned case loses the difference)."""
BAR, TIER_STEP, RECESSION_STEP, SPREAD = 60.0, 5.0, 5.0, 25.0
"""tau, what each tier and a recession add to it, and the spread of z."""
WAVERING: Final = 0.05
LEAST_CONFIDENCE: Final = 0.80
BRIEF: Final = {"one_page": 1.0, "three_pages": 0.7, "deck": 0.3}
PROOF_GRADES: Final = {"brochure": 0.15, "pilot": 0.9, "result": 1.0}
WIDE, SAYS_LITTLE = 0.3, 0.7
"""Half a range, as a share of the claim, above which it counts less."""
NO_FIGURE: Final = 0.5
"""Factor on finance for a page that claims nothing: there is nothing to reckon with."""
HALF_LIFE: Final = 6.0
"""Quarters in which evidence halves."""
FULL_LOAD, HIGH_LOAD = 1.0, 0.93
CROWDED: Final = 1.05
"""Load above which nobody's orders can go first."""
RETURNS: Final = tuple(lever for lever in KEPT if lever.returns)
BY_TEAM: Final = tuple(lever for lever in KEPT if lever.carried_by == "team")
BY_PLANT: Final = tuple(lever for lever in KEPT if lever.carried_by == "plant")
CROWDING: Final = tuple(lever for lever in KEPT if lever.crowds)
UNSIGNED: Final = tuple(lever for lever in KEPT if lever.needs_desk)
"""Levers by what matters in a judgement."""
DEAD: Final = tuple(STATES.index(name) for name in ("dormant", "completed", "cancelled"))
OPEN_WINDOW: Final = tuple(STATES.index(name) for name in ("funded", "executing", "accelerated"))


@dataclass(frozen=True, eq=False)
class Judgement:
    """What readers make of a case; r readers, N lanes.

    For each reader ``score + loss over the criteria + doubt`` is 100 exactly, up to rounding of floats.
    """

    appraisal: Appraisal
    gate: Codes  # (N,) 0, or 1 + an index into GATES
    criteria: Lanes  # (9, r, N) 0..1
    loss: Lanes  # (9, r, N) points that each criterion cost
    doubt: Lanes  # (N,) points that wavering and low credibility cost
    score: Lanes  # (r, N) 0..100
    bar: Lanes  # (N,) points needed
    verdict: Lanes  # (r, N) z, -1..1
    tier: Lanes  # (N,) 0..3, of internal cases
    noticed: Flags  # (N,) a deal cut in pieces


def judge_customer(standing: Standing, page: Lanes, wavered: Lanes | float = 0.0) -> Judgement:
    """A case as each member of the customer's buying centre reads it."""
    params = standing.params
    columns = [int(params.person_column[row]) for row in standing.people_rows]
    owners = [standing.people_rows.index(int(params.initiative_owner[row])) for row in standing.initiatives]
    worked = appraise(standing, page)
    readers = len(columns)
    aligned, cause = _alignment(standing, page), _customer_cause(standing, page, worked)
    finance = _customer_finance(standing, page, worked)
    common = _common(standing, page, worked)
    lanes = finance.shape[-1]
    criteria = np.empty((len(CRITERIA), readers, lanes))
    for reader in range(readers):
        mine: Lanes = np.full(page.shape[1:], NOT_MINE)
        for place, owner in enumerate(owners):
            if owner == reader:
                mine = np.where(page[AT["initiative"]] == standing.initiatives[place], 1.0, mine)
        criteria[0, reader] = aligned * mine
        criteria[1, reader] = cause[reader]
        criteria[4, reader] = finance
        for row, values in common.items():
            criteria[row, reader] = values
    return _scored(
        worked, _customer_gates(standing, page, worked), criteria, columns, standing.credibility, wavered,
        standing.craft, BAR + RECESSION_STEP * standing.recession, np.zeros(lanes), np.zeros(lanes, dtype=bool),
    )  # fmt: skip


def judge_company(standing: Standing, page: Lanes, wavered: Lanes | float = 0.0) -> Judgement:
    """A case as each member of our own deal desk reads it."""
    params = standing.params
    columns = [int(column) for column in params.approver_column]
    worked = appraise(standing, page)
    common = _common(standing, page, worked)
    goal = params.goal_metrics[min((standing.quarter - 1) // 4, len(params.goal_metrics) - 1)]
    fits = (page[AT["metric"]] == goal) | (goal < 0)
    aligned = 0.5 * np.where(fits, 1.0, 0.4) + 0.5 * _alignment(standing, page)
    lanes = worked.judged.shape[-1]
    criteria = np.empty((len(CRITERIA), len(columns), lanes))
    cause, finance = _company_cause(standing, page, worked), _company_finance(standing, page, worked)
    for reader in range(len(columns)):
        criteria[0, reader], criteria[1, reader], criteria[4, reader] = aligned, cause, finance
        for row, values in common.items():
            criteria[row, reader] = values
    tier, noticed = tier_of(standing, worked)
    bar = BAR + RECESSION_STEP * standing.recession + TIER_STEP * np.maximum(0.0, tier - 1.0)
    gate = _company_gates(standing, page, worked)
    return _scored(
        worked, gate, criteria, columns, standing.own_credibility, wavered, standing.craft, bar, tier, noticed
    )


def stopped(standing: Standing, page: Lanes, *, desk: bool) -> tuple[Appraisal, Codes]:
    """What can be told of a case before anybody reads it, our ``desk`` or the customer: its arithmetic, and which gate
    would stop it (N,), 0 or 1 + an index into GATES."""
    worked = appraise(standing, page)
    return worked, (_company_gates if desk else _customer_gates)(standing, page, worked)


def _scored(
    worked: Appraisal, gate: Codes, criteria: Lanes, columns: list[int], credibility: Lanes, wavered: Lanes | float,
    craft: Lanes, bar: Lanes | float, tier: Lanes, noticed: Flags,
) -> Judgement:  # fmt: skip
    weights = WEIGHTS[:, columns][:, :, None]
    confidence = np.maximum(LEAST_CONFIDENCE, 1.0 - WAVERING * np.asarray(wavered))
    believed = np.minimum(1.0, confidence * (0.7 + 0.3 * credibility) + craft)
    score = total(weights * criteria) * believed
    loss = weights * (1.0 - criteria) * believed
    doubt = np.broadcast_to(100.0 * (1.0 - believed), score.shape[1:])
    bars = np.broadcast_to(np.asarray(bar, dtype=np.float64), score.shape[1:])
    verdict = unit((score - bars) / SPREAD, -1.0)
    return Judgement(worked, gate, criteria, loss, doubt, score, bars, verdict, tier, noticed)


def tier_of(standing: Standing, worked: Appraisal) -> tuple[Lanes, Flags]:
    """Which tier of authority an ask needs, 0..3, and whether a deal was cut in pieces to stay under the first band."""
    bands = standing.params.bands
    alone = total(np.array([(worked.concession > band).astype(np.float64) for band in bands]))
    together = worked.concession + standing.asked
    noticed = (alone == 0.0) & (standing.asked > 0.0) & (together > bands[0])
    return np.where(noticed, 1.0, alone), noticed


# --- the criteria -----------------------------------------------------------------------------------------


def _is(page: Lanes, field: str, names: tuple[str, ...], word: str) -> Flags:
    chosen: Flags = page[AT[field]] == names.index(word)
    return chosen


def _alignment(standing: Standing, page: Lanes) -> Lanes:
    """1: the linked initiative, by its state; against what holds it back where something does."""
    state = linked(standing, page, standing.state, -1.0)
    force = linked(standing, page, np.broadcast_to(standing.force, standing.state.shape), 0.0)
    factor: Lanes = np.where(page[AT["initiative"]] < 0, UNALIGNED, 0.0)
    for name, value in STATE_FACTOR.items():
        factor = np.where(state == STATES.index(name), value, factor)
    written = page[AT["state"]]
    factor = np.where((written >= 0) & (written != state), factor * YESTERDAY, factor)
    obstacle = _is(page, "angle", ANGLES, "obstacle") & (page[AT["initiative"]] >= 0)
    held = obstacle & (force < 0.0)
    factor = np.where(held & (state == STATES.index("undermined")), 1.0, factor)
    factor = np.where(held & (state == STATES.index("delayed")), 0.8, factor)
    return np.where(obstacle & ~held, factor * NOT_MINE, factor)


def _customer_cause(standing: Standing, page: Lanes, worked: Appraisal) -> Lanes:
    """2 (r, N): levers move the claimed measure; the initiative is about it; the reader is judged on something they
    move; the claim is what they give. A claim on a measure that the levers make worse is nothing."""
    metric, by_measure = page[AT["metric"]], worked.by_measure
    claimed = of_metric(by_measure, metric)
    about = np.where(page[AT["initiative"]] < 0, 0.0, of_metric(subject(standing, page), metric))
    near = _near(page[AT["claim"]], worked.claimed_worth) * _committal(page)
    served = unit(of_metric(by_measure, standing.measure) / np.maximum(0.012 * (4.0 * standing.sales), 1.0)) * 0.7
    mine = np.where(standing.measure == metric, 1.0, served)
    points: Lanes = np.where(claimed > 0.0, 0.25 * (1.0 + about + mine + near), 0.0)
    return points


def _near(claim: Lanes, true: Lanes) -> Lanes:
    """1 where a claim is within a quarter of what can be worked out, falling to 0 at twice or nothing."""
    off = np.abs(claim - true) / np.maximum(np.abs(true), 1.0)
    close: Lanes = unit(1.0 - (off - 0.25) / 0.75)
    return close


def _committal(page: Lanes) -> Lanes:
    """A range so wide that it cannot be missed says little."""
    said: Lanes = np.where(page[AT["width"]] > WIDE, SAYS_LITTLE, 1.0)
    return said


def _company_cause(standing: Standing, page: Lanes, worked: Appraisal) -> Lanes:
    """2 for the desk: something is asked in return; what is given moves a measure of the initiative; the claim is what
    the desk works out; a price alone is no cause."""
    asks = (page[AT["commitment"]] > 0.0) | (page[AT["length"]] > 4.0) | _gives(page, RETURNS, standing.now)
    serves: Lanes = (worked.worth > 0.01 * 4.0 * standing.sales).astype(np.float64)
    profit, volume = forecast_claims(worked)
    claim = page[AT["claim"]]
    scale = np.maximum(0.03 * standing.sales, 1.0)
    target = np.where(page[AT["metric"]] == VOLUME, volume, profit)
    off = np.abs(claim - target) / np.maximum(np.abs(target), scale)
    near = unit(1.0 - (off - 0.15) / 0.6) * _committal(page)
    more = (levers_used(page, standing.days) > (page[AT["price"]] > 0.0)).astype(np.float64)
    score: Lanes = 0.25 * (asks + serves + near + more)
    return score


def forecast_claims(worked: Appraisal) -> tuple[Lanes, Lanes]:
    """What the projection gives for our own measures in the quarter that a page names as due, cents (N,): account
    profit as it is booked today plus what changes, and sales at list price."""
    due = worked.page[AT["due"]].astype(np.intp)
    width = np.broadcast_shapes(due.shape, worked.given.profit.shape[1:])
    lanes = np.arange(width[0])
    due = np.broadcast_to(due, width)
    profit = np.broadcast_to(worked.given.profit, (worked.given.profit.shape[0], *width))[due, lanes]
    volume = np.broadcast_to(worked.given.list_sales, (worked.given.profit.shape[0], *width))[due, lanes]
    return profit + booked_apart(worked.standing), volume


def implied_claim(worked: Appraisal) -> Lanes:
    """What a standing's facts imply for the claim of a page, cents (N,): a year for the customer's measures, a quarter
    for ours."""
    metric = worked.page[AT["metric"]]
    if (metric < PROFIT).all():
        return worked.claimed_worth
    profit, volume = forecast_claims(worked)
    return np.where(metric == PROFIT, profit, np.where(metric == VOLUME, volume, worked.claimed_worth))


def booked_apart(standing: Standing) -> Lanes:
    """What today's booked account profit holds beyond the lines of a projection, cents a quarter (N,): the team's
    hours, credits, and rounding."""
    sales = standing.sales
    margin = sales - total(standing.volume * standing.unit_cost)
    capital = receivables_charge(sales, standing.days, standing.params.cost_of_capital)
    apart: Lanes = standing.profit - (margin - standing.service_cost - capital)
    return apart


def _customer_finance(standing: Standing, page: Lanes, worked: Appraisal) -> Lanes:
    """5: what the case is worth to them by their own arithmetic, a year, against what they buy."""
    years = page[AT["length"]] / 4.0
    a_year = worked.customer_npv / np.maximum(years * 4.0 * standing.sales, 1.0)
    nothing = (page[AT["claim"]] == 0.0) | (worked.claimed_worth <= 0.0)
    scored: Lanes = unit(0.45 + 18.0 * a_year) * np.where(nothing, NO_FIGURE, 1.0)
    return scored


def _company_finance(standing: Standing, page: Lanes, worked: Appraisal) -> Lanes:
    """5: net present value after the haircut, and payback within two years."""
    yearly = np.maximum(4.0 * standing.sales, 1.0)
    value = unit(0.5 + 8.0 * worked.judged / yearly)
    soon = np.where(np.isnan(worked.payback), 0.0, unit(1.0 - (worked.payback - 4.0) / 8.0))
    blended: Lanes = (0.7 * value + 0.3 * soon) * np.where(page[AT["claim"]] == 0.0, NO_FIGURE, 1.0)
    return blended


def _common(standing: Standing, page: Lanes, worked: Appraisal) -> dict[int, Lanes]:
    """Criteria that every reader scores alike: inaction, options, sensitivity, evidence, delivery, brevity."""
    return {
        2: _inaction(page, worked),
        3: _options(standing, page),
        5: _sensitivity(standing, page, worked),
        6: evidence(standing, page),
        7: _delivery(standing, page, worked),
        8: _brevity(standing, page),
    }


def _inaction(page: Lanes, worked: Appraisal) -> Lanes:
    """3: a cost of doing nothing .4, near what can be known .4, dated .2; more than twice the truth is nothing."""
    kind, stated = page[AT["inaction"]], page[AT["inaction_value"]]
    true = np.maximum(worked.worth, 1.0)
    off = np.abs(stated - true) / true
    near = unit(1.0 - (off - 0.25) / 0.75)
    score = np.where(kind > 0, 0.4 + 0.4 * near, 0.0) + np.where(_is(page, "inaction", INACTION, "dated"), 0.2, 0.0)
    return np.where((kind > 0) & (stated > 2.0 * true), 0.0, score)


def _options(standing: Standing, page: Lanes) -> Lanes:
    """4: a real alternative beside doing nothing, with what speaks for and against it; a straw man is none."""
    bare = levers_used(page, standing.days)
    only_price = (page[AT["price"]] != 0.0) & (bare == 1.0)
    score: Lanes = np.where(_is(page, "alternative", ALTERNATIVES, "do_nothing"), 0.45, 0.0)
    pilot = _is(page, "alternative", ALTERNATIVES, "pilot")
    score = np.where(pilot, 0.7 + 0.3 * standing.drivers_known, score)
    cheap = _is(page, "alternative", ALTERNATIVES, "price_only")
    honest = np.where(only_price, 0.0, 0.6 + 0.4 * standing.sensitivity_known)
    score = np.where(cheap, honest, score)
    rival = _is(page, "alternative", ALTERNATIVES, "rival")
    real = np.where(standing.rival_offer > 0.0, 0.6 + 0.4 * standing.rival_known, 0.2)
    return np.where(rival, real, score)


def _sensitivity(standing: Standing, page: Lanes, worked: Appraisal) -> Lanes:
    """6: break-even .2, downside .2, and the drivers that matter .6, for which one has to know them."""
    break_even = np.where(worked.no_break_even <= NOTHING_TO_REPAY, 0.2, 0.1)
    level = page[AT["sensitivity"]]
    score = np.where(level >= SENSITIVITY.index("break_even"), break_even, 0.0)
    score = score + np.where(level >= SENSITIVITY.index("downside"), 0.2, 0.0)
    drivers = np.where(standing.drivers_known > 0.0, 0.6, 0.3)
    return score + np.where(level >= SENSITIVITY.index("drivers"), drivers, 0.0)


def evidence(standing: Standing, page: Lanes) -> Lanes:
    """7: a promise kept here 1, a pilot .9, a promise kept elsewhere .6 or .4, their own figures .6, a brochure .15;
    what is old counts half every six quarters, and what is not there counts as a brochure."""
    brochure = PROOF_GRADES["brochure"]
    score: Lanes = np.where(page[AT["proof"]] > 0, brochure, 0.0)
    kept = PROOF_GRADES["result"] * 0.5 ** (standing.kept_age / HALF_LIFE)
    pilot = PROOF_GRADES["pilot"] * 0.5 ** (standing.pilot_age / HALF_LIFE)
    score = np.where(_is(page, "proof", PROOFS, "result"), np.maximum(brochure, kept), score)
    score = np.where(_is(page, "proof", PROOFS, "pilot"), np.maximum(brochure, pilot), score)
    figures = linked(standing, page, standing.own_figures, 0.0)
    score = np.where(_is(page, "proof", PROOFS, "their_figures"), np.where(figures > 0.0, 0.6, 0.25), score)
    same: Lanes = np.zeros(page.shape[1:])
    other = standing.reference[0] * 0.0
    for metric in range(len(METRICS)):
        same = np.where(page[AT["metric"]] == metric, standing.reference[metric], same)
        other = np.maximum(other, standing.reference[metric])
    grade = np.maximum(np.where(other > 0.0, 0.4, brochure), np.where(same > 0.0, 0.6, brochure))
    return np.where(_is(page, "proof", PROOFS, "reference"), grade, score)


def _delivery(standing: Standing, page: Lanes, worked: Appraisal) -> Lanes:
    """8: somebody's hours .35, capacity .35, and a path inside the initiative's window .3."""
    hours = np.where(_gives(page, BY_TEAM), 0.35, np.where(_gives(page, BY_PLANT), 0.0, 0.2))
    load = np.max(worked.load, axis=0)
    capacity = np.where(load <= HIGH_LOAD, 0.35, np.where(load <= FULL_LOAD, 0.2, 0.0))
    state = linked(standing, page, standing.state, -1.0)
    window: Lanes = np.where(page[AT["initiative"]] < 0, 0.15, 0.1)
    for code in OPEN_WINDOW:
        window = np.where(state == code, 0.3, window)
    return hours + capacity + window


def _brevity(standing: Standing, page: Lanes) -> Lanes:
    """9: one page 1; a third page or a deck costs, and so does each lever after the second."""
    score: Lanes = np.zeros(page.shape[1:])
    for name, value in BRIEF.items():
        score = np.where(_is(page, "body", BODIES, name), value, score)
    return unit(score - 0.1 * np.maximum(0.0, levers_used(page, standing.days) - 2.0))


# --- the gates --------------------------------------------------------------------------------------------


def _gate(*conditions: tuple[str, Flags]) -> Codes:
    """The first gate that closes, as 1 + its index; 0 for none."""
    code: Codes = np.zeros(np.broadcast_shapes(*(flags.shape for _, flags in conditions)), dtype=np.int8)
    for name, flags in conditions:
        code = np.where((code == 0) & flags, np.int8(GATES.index(name) + 1), code)
    return code


def _dead(standing: Standing, page: Lanes) -> Flags:
    state = linked(standing, page, standing.state, -1.0)
    dead: Flags = np.zeros(state.shape, dtype=bool)
    for code in DEAD:
        dead = dead | (state == code)
    return dead


def _below_floor(standing: Standing, page: Lanes) -> Flags:
    change = price_change(standing, page)
    pocket = (1.0 - standing.discount - change) * (1.0 - standing.rebate)
    under = (pocket < standing.floor - 1e-9) & (change > 1e-9)
    anywhere: Flags = np.max(under, axis=0)
    return anywhere


def _no_capacity(standing: Standing, page: Lanes, worked: Appraisal) -> Flags:
    """What is committed, or put first, could not be made."""
    capacity = standing.params.capacity[standing.params.cell_line[list(standing.cells)]]
    wallet = standing.volume / np.maximum(standing.share, 1e-9)
    wanted = standing.utilisation + page[AT["commitment"]] * wallet / capacity
    full = np.max(wanted, axis=0) > FULL_LOAD
    first = _gives(page, CROWDING) & (np.max(worked.load, axis=0) > CROWDED)
    stopped: Flags = (full & (page[AT["commitment"]] > 0.0)) | first
    return stopped


def _gives(page: Lanes, levers: Iterable[Lever], now: Mapping[str, Lanes] | None = None) -> Flags:
    """Where a page gives any of these levers; more of one than is in force, where ``now`` tells that."""
    given: Flags = np.zeros(page.shape[1:], dtype=bool)
    for lever in levers:
        given = given | (page[AT[lever.name]] > (0.0 if now is None else now[lever.name]))
    return given


def _counted_twice(standing: Standing, page: Lanes, *, desk: bool) -> Flags:
    """A benefit that they have already; to a customer, what the desk has signed is offered for the first time."""
    twice: Flags = np.zeros(page.shape[1:], dtype=bool)
    for lever in KEPT:
        if desk or not lever.needs_desk:
            twice = twice | (_gives(page, (lever,)) & ~_gives(page, (lever,), standing.now))
    return twice


def _customer_gates(standing: Standing, page: Lanes, worked: Appraisal) -> Codes:
    return _gate(
        ("dead_initiative", _dead(standing, page)),
        ("below_floor", _below_floor(standing, page)),
        ("no_approver", _gives(page, UNSIGNED, standing.now)),
        ("no_capacity", _no_capacity(standing, page, worked)),
        ("double_counted", _counted_twice(standing, page, desk=False)),
        ("negative_value", worked.customer_npv < 0.0),
    )


def _company_gates(standing: Standing, page: Lanes, worked: Appraisal) -> Codes:
    return _gate(
        ("dead_initiative", _dead(standing, page)),
        ("below_floor", _below_floor(standing, page)),
        ("no_capacity", _no_capacity(standing, page, worked)),
        ("double_counted", _counted_twice(standing, page, desk=True)),
        ("negative_value", worked.judged < 0.0),
    )
