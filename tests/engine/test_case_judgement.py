"""How cases are judged: what may never go the wrong way, whatever the account, the page and the audience (economics C)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine import forecast, judgement
from kamsim.engine.appraisal import appraise, haircut
from kamsim.engine.judgement import Judgement, evidence, forecast_claims, judge_company, judge_customer
from kamsim.engine.levers import LEVERS
from kamsim.engine.page import ALTERNATIVES, ANGLES, AT, GATES, INACTION, METRICS, PROFIT, PROOFS, SENSITIVITY, VOLUME
from kamsim.engine.params import MEASURES
from kamsim.engine.standing import Standing
from tests.engine import casebook
from tests.engine.casebook import ORVIK, page, random_pages, random_standing, standing, wide
from tests.engine.worlds import Array

LANES = 300
JUDGES: dict[str, Callable[..., Judgement]] = {"customer": judge_customer, "company": judge_company}
SEEDS = st.integers(0, 2**32)
EXAMPLES = settings(max_examples=6, deadline=None)
both = pytest.mark.parametrize("audience", JUDGES)
TINY = 1e-9


def drawn(seed: int, audience: str) -> tuple[Standing, Array, np.random.Generator]:
    """Any account, any page that this audience may be shown."""
    rng = np.random.default_rng(seed)
    desk = audience == "company"
    metrics = range(len(MEASURES), len(METRICS)) if desk else range(len(MEASURES))
    return random_standing(rng, LANES), random_pages(rng, LANES, desk=desk, initiatives=1, metrics=metrics), rng


def changed(made: Array, **values: Array | float) -> Array:
    """A page with some fields replaced."""
    other = made.copy()
    for name, value in values.items():
        other[AT[name]] = value
    return other


def never_lower(better: Judgement, worse: Judgement, where: Array | None = None) -> None:
    """In no lane does any reader give the better one less."""
    lower = better.score < worse.score - TINY
    lower &= True if where is None else where
    assert not lower.any(), np.argwhere(lower)[:5]


@both
@EXAMPLES
@given(seed=SEEDS)
def test_every_point_is_explained(audience: str, seed: int) -> None:
    """For every reader score, losses over the nine criteria and doubt are 100; criteria lie in 0..1, a verdict in
    -1..1; weights add up to 100."""
    made, said, rng = drawn(seed, audience)
    found = JUDGES[audience](made, said, rng.integers(0, 7, LANES).astype(float))
    assert np.allclose(found.score + found.loss.sum(axis=0) + found.doubt, 100.0, rtol=0, atol=1e-9)
    assert ((found.criteria >= 0) & (found.criteria <= 1 + TINY)).all() and (np.abs(found.verdict) <= 1).all()
    assert (found.loss >= -TINY).all() and (found.doubt >= 0).all() and (found.score >= 0).all()
    assert (judgement.WEIGHTS.sum(axis=0) == 100).all()
    assert np.allclose(found.verdict, np.clip((found.score - found.bar) / judgement.SPREAD, -1, 1))


@both
@EXAMPLES
@given(seed=SEEDS)
def test_better_evidence_never_lowers_a_score(audience: str, seed: int) -> None:
    """A page whose proof is of a higher grade, all else equal, is never scored lower; nor is one whose proof has become
    fresher or known since."""
    made, said, rng = drawn(seed, audience)
    judge = JUDGES[audience]
    first, second = (changed(said, proof=rng.integers(0, len(PROOFS), LANES).astype(float)) for _ in range(2))
    better = evidence(made, second) >= evidence(made, first)
    never_lower(judge(made, second), judge(made, first), better)
    for name, value in (
        ("kept_age", np.minimum(made.kept_age, rng.integers(0, 9, LANES))),
        ("pilot_age", np.minimum(made.pilot_age, rng.integers(0, 9, LANES))),
        ("own_figures", np.ones_like(made.own_figures)),
        ("reference", np.ones_like(made.reference)),
        ("drivers_known", np.ones_like(made.drivers_known)),
        ("sensitivity_known", np.ones_like(made.sensitivity_known)),
        ("rival_known", np.ones_like(made.rival_known)),
    ):
        never_lower(judge(replace(made, **{name: value}), said), judge(made, said))


@both
@EXAMPLES
@given(seed=SEEDS)
def test_a_kept_promise_never_lowers_a_score(audience: str, seed: int) -> None:
    """A better word raises every reader's score, or leaves it. Where more volume loses money even believing it all the
    way is worth less than not; those lanes are left out of the desk's, and of no other's."""
    made, said, rng = drawn(seed, audience)
    judge = JUDGES[audience]
    word = np.minimum(1.0, made.credibility + rng.uniform(0, 0.5, LANES))
    own = np.minimum(1.0, made.own_credibility + rng.uniform(0, 0.5, LANES))
    better = replace(made, credibility=word, own_credibility=own, kept_age=np.minimum(made.kept_age, 1.0))
    pays = np.ones(LANES, dtype=bool)
    if audience == "company":
        worked = appraise(made, said)
        pays = worked.npv >= worked.costs_only
        assert pays.mean() > 0.5
    never_lower(judge(better, said), judge(made, said), pays)
    assert (judge(better, said).doubt <= judge(made, said).doubt + TINY).all()
    assert float(haircut(np.array(0.0))) == 0.5 and float(haircut(np.array(1.0))) == 1.0


@both
@pytest.mark.parametrize(("word", "doubted"), [(0.0, 30.0), (0.5, 15.0), (1.0, 0.0)])
def test_a_word_of_no_weight_costs_thirty_points_of_a_hundred(audience: str, word: float, doubted: float) -> None:
    """Who wavers in nothing is believed for .7 and .3 of the word's weight: 70, 85 and 100 points can be had (C)."""
    made, said, _rng = drawn(5, audience)
    made = replace(
        made, credibility=np.full_like(made.credibility, word), own_credibility=np.full_like(made.own_credibility, word)
    )
    assert JUDGES[audience](made, said, np.zeros(LANES)).doubt == pytest.approx(doubted)


@both
@pytest.mark.parametrize(("wavered", "doubted"), [(0.0, 0.0), (1.0, 5.0), (3.0, 15.0), (4.0, 20.0), (9.0, 20.0)])
def test_wavering_costs_five_points_each_and_never_more_than_twenty(
    audience: str, wavered: float, doubted: float
) -> None:
    """M falls by .05 each time and not below .80; nothing else is doubted where the word has all its weight (C)."""
    made, said, _rng = drawn(5, audience)
    made = replace(made, credibility=np.ones_like(made.credibility), own_credibility=np.ones_like(made.own_credibility))
    assert JUDGES[audience](made, said, np.full(LANES, wavered)).doubt == pytest.approx(doubted)


def test_the_desks_bar_is_sixty_and_five_for_each_further_tier_and_for_a_recession() -> None:
    """tau (C), and z, which is a reader's distance from it in units of 25 points, cut at -1 and 1."""
    made, said, _rng = drawn(5, "company")
    found = judge_company(made, said)
    assert set(np.unique(found.tier)) > {0.0, 1.0}
    further = np.maximum(0.0, found.tier - 1.0)
    assert found.bar[:] == pytest.approx(60.0 + 5.0 * made.recession + 5.0 * further)
    assert found.verdict == pytest.approx(np.clip((found.score - found.bar) / 25.0, -1.0, 1.0))


def test_a_page_written_for_another_state_keeps_half_its_alignment() -> None:
    """What a canned case loses (C, agility): where the state it was written for is no longer so, alignment is halved,
    unless the page is about what holds the initiative back."""
    made, said, _rng = drawn(5, "customer")
    said = changed(said, initiative=0.0)
    now = made.state[0].astype(float)
    row, owed = judgement.CRITERIA.index("alignment"), said[AT["angle"]] != ANGLES.index("obstacle")
    written = judge_customer(made, changed(said, state=now)).criteria[row][:, owed]
    canned = judge_customer(made, changed(said, state=(now + 1.0) % 5.0)).criteria[row][:, owed]
    assert written.max() > 0.5 and canned == pytest.approx(0.5 * written)


@both
@EXAMPLES
@given(seed=SEEDS)
def test_a_truer_cost_of_inaction_never_lowers_a_score(audience: str, seed: int) -> None:
    """A figure nearer to what can be known is never worth less; said is worth no less than silence, dated no less than
    said, as long as it is no more than twice the truth, which is worth nothing."""
    made, said, rng = drawn(seed, audience)
    judge = JUDGES[audience]
    true = appraise(made, said).worth
    far, near = rng.uniform(-1.0, 3.0, LANES), rng.uniform(0.0, 1.0, LANES)
    said = changed(said, inaction=rng.integers(1, len(INACTION), LANES).astype(float))
    worse = changed(said, inaction_value=np.maximum(0.0, true * (1 + far)))
    better = changed(said, inaction_value=np.maximum(0.0, true * (1 + far * near)))
    real = true > 1.0
    never_lower(judge(made, better), judge(made, worse), real)
    honest = changed(said, inaction_value=np.maximum(0.0, true))
    silent, told, dated = (judge(made, changed(honest, inaction=float(kind))) for kind in range(3))
    never_lower(told, silent)
    never_lower(dated, told)
    twice = judge(made, changed(said, inaction=2.0, inaction_value=2.01 * np.maximum(true, 1.0) + 3.0))
    assert (twice.criteria[2] == 0).all()


@both
@EXAMPLES
@given(seed=SEEDS)
def test_wavering_never_raises_a_score(audience: str, seed: int) -> None:
    """Each re-cut without a reason costs, down to the least confidence; none ever helps."""
    made, said, _ = drawn(seed, audience)
    before = JUDGES[audience](made, said, np.zeros(LANES))
    assert (before.doubt >= 0).all()
    for times in range(1, 8):
        after = JUDGES[audience](made, said, np.full(LANES, float(times)))
        never_lower(before, after)
        confidence = max(judgement.LEAST_CONFIDENCE, 1 - times * judgement.WAVERING)
        first = JUDGES[audience](made, said, np.zeros(LANES))
        assert np.allclose(after.score, confidence * first.score)
        before = after


@both
@EXAMPLES
@given(seed=SEEDS)
def test_arithmetic_is_recomputed(audience: str, seed: int) -> None:
    """A claim changes no value, no payback, no gate and no tier; and an exaggerated one is never scored above the honest
    one, nor a larger exaggeration above a smaller."""
    made, said, rng = drawn(seed, audience)
    judge = JUDGES[audience]
    worked = appraise(made, said)
    profit, volume = forecast_claims(worked)
    metric = said[AT["metric"]]
    honest = np.where(metric == PROFIT, profit, np.where(metric == VOLUME, volume, worked.claimed_worth))
    more, most = np.sort(rng.uniform(0.0, 4.0, (2, LANES)), axis=0) * np.maximum(np.abs(honest), 1e5)
    told = [judge(made, changed(said, claim=honest + extra)) for extra in (0.0, more, most)]
    for one in told[1:]:
        for name in ("npv", "judged", "costs_only", "customer_npv", "worth", "concession", "break_even"):
            assert np.array_equal(getattr(one.appraisal, name), getattr(told[0].appraisal, name), equal_nan=True), name
        assert np.array_equal(one.gate, told[0].gate) and np.array_equal(one.tier, told[0].tier)
    never_lower(told[0], told[1])
    never_lower(told[1], told[2])
    wild = judge(made, changed(said, claim=honest + 2.0 * np.maximum(np.abs(honest), 0.05 * made.sales)))
    heard = told[0].criteria[1] > 0
    assert (wild.criteria[1] < told[0].criteria[1])[heard].all() and heard.any()


@both
@EXAMPLES
@given(seed=SEEDS)
def test_a_dead_initiative_never_passes(audience: str, seed: int) -> None:
    """Linked to what has not begun, has ended or was cancelled, any page falls at the first gate, and it has a name."""
    made, said, rng = drawn(seed, audience)
    dead = np.array(judgement.DEAD, dtype=float)
    made = replace(made, state=rng.choice(dead, made.state.shape))
    found = JUDGES[audience](made, changed(said, initiative=float(made.initiatives[0])))
    assert (found.gate == 1 + GATES.index("dead_initiative")).all()
    unlinked = JUDGES[audience](made, changed(said, initiative=-1.0))
    assert not (unlinked.gate == 1 + GATES.index("dead_initiative")).any()


PLAIN = {"state": 3.0, "floor": 0.0, "people": 0.0, "programme": 0.0, "utilisation": 0.5, "share": 0.3, "pooled": 0.0}
GATED = {
    "dead_initiative": ({"initiative": 0, "programme": 20}, {"state": 8.0}, {}),
    "negative_value": ({"commitment": 0.15, "length": 12}, {}, {}),
    "below_floor": ({"price": 0.08}, {"floor": 0.9}, {}),
    "no_approver": ({"initiative": 0, "people": 1}, {"people": 0.0}, {"people": 1.0}),
    "no_capacity": ({"initiative": 0, "programme": 30, "commitment": 0.05}, {"utilisation": 0.99, "share": 0.1}, {}),
    "double_counted": ({"initiative": 0, "programme": 10}, {"programme": 10.0}, {}),
}  # fmt: skip
"""By gate: a page, what of an account stops it, and what would let it pass."""


def test_every_gate_has_a_case_that_it_stops() -> None:
    """Each gate of the list stops the page that deserves it, and the same page passes where its cause is gone."""
    assert set(GATED) == set(GATES)
    for name, (said, cause, cure) in GATED.items():
        stopped = judge_customer(standing(ORVIK, **{**PLAIN, **cause}), page(**said))
        good = {"initiative": 0, "programme": 30} if name == "negative_value" else said
        passed = judge_customer(standing(ORVIK, **{**PLAIN, **cure}), page(**good))
        assert GATES[int(stopped.gate[0]) - 1] == name
        assert passed.gate[0] == 0, name


@EXAMPLES
@given(seed=SEEDS)
def test_longer_payment_never_raises_value(seed: int) -> None:
    """Whatever else a page says, more days never raise what it is worth to us, and never cost the customer anything."""
    made, said, _ = drawn(seed, "company")
    before = None
    for days in (30.0, 45.0, 60.0, 75.0, 90.0, 120.0):
        worked = appraise(made, changed(said, days=days))
        if before is not None:
            for name in ("npv", "costs_only", "judged"):
                assert (getattr(worked, name) <= getattr(before, name) + 1e-6).all(), name
            assert (worked.receivables >= before.receivables).all() and (worked.worth >= before.worth - 1e-6).all()
        before = worked


@EXAMPLES
@given(seed=SEEDS)
def test_a_deeper_cut_never_costs_less(seed: int) -> None:
    """If nothing comes back, each further half point costs more, and opens no smaller precedent."""
    made, said, _ = drawn(seed, "company")
    before = None
    for price in np.arange(0.0, 0.16, 0.025):
        worked = appraise(made, changed(said, price=price))
        if before is not None:
            assert (worked.costs_only <= before.costs_only + 1e-6).all()
            assert (worked.concession >= before.concession - 1e-12).all()
            assert (worked.precedent >= before.precedent - 1e-6).all()
        before = worked


@both
@EXAMPLES
@given(seed=SEEDS)
def test_more_hours_or_people_never_cost_nothing(audience: str, seed: int) -> None:
    """No lever of our own work is free, and none of a customer's benefits is negative by it."""
    made, said, _ = drawn(seed, audience)
    made = casebook.changed(made, people=np.zeros(LANES), programme=np.zeros(LANES), bespoke=np.zeros(LANES))
    bare = changed(said, programme=0.0, people=0.0, bespoke=0.0)
    nothing = appraise(made, bare)
    for lever, value in (("programme", 10.0), ("people", 1.0), ("bespoke", 1.0)):
        worked = appraise(made, changed(bare, **{lever: value}))
        if lever != "bespoke" or made.params.bespoke_cost[made.account, 0] > 0:
            assert (worked.costs_only < nothing.costs_only).all(), lever
        assert (worked.worth >= nothing.worth - 1e-6).all(), lever


@both
@EXAMPLES
@given(seed=SEEDS)
def test_a_page_without_levers_moves_nothing(audience: str, seed: int) -> None:
    """No value, no worth, no cost, linked to nothing and pulling nothing: the account goes as it goes without, except
    that signed Terms slow losses down, which is taken out here."""
    made, said, _ = drawn(seed, audience)
    none = dict.fromkeys((*LEVERS, "commitment"), 0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forecast, "SIGNED_LOSS", 1.0)
        worked = appraise(made, changed(said, **none, initiative=-1.0))
        assert np.allclose(worked.flows, 0.0, atol=1e-6 * np.maximum(1.0, made.sales))
    assert np.allclose(worked.worth, 0.0) and np.allclose(worked.costs_only, 0.0, atol=1e-3)
    assert (
        np.allclose(worked.precedent, 0.0) and np.allclose(worked.spill, 0.0) and np.allclose(worked.receivables, 0.0)
    )


EXTREMES = {
    "nothing bought": {"volume": 0.0, "profit": 0.0, "service_cost": 0.0},
    "nearly all of it ours": {"share": 0.95},
    "nobody believes us": {"credibility": 0.0, "own_credibility": 0.0},
    "everybody believes us": {"credibility": 1.0, "own_credibility": 1.0},
    "three times full": {"utilisation": 3.0, "free": 0.0},
    "no share to speak of": {"share": 0.0},
    "no trust, no fit": {"trust": 0.0, "fit": 0.0, "delivered": 0.0},
    "an absurd expectation": {"expected": 500.0},
    "no expectation at all": {"expected": -500.0},
    "nobody kept anything": {"kept_age": np.inf, "pilot_age": np.inf},
    "a price at cost": {"unit_cost": 10_000.0, "floor": 1.05},
}


@both
@pytest.mark.parametrize("name", EXTREMES)
def test_extremes_stay_finite(audience: str, name: str) -> None:
    """Shares in 0..1, money, scores and verdicts finite, a gate that has a name: whatever the account is like."""
    rng = np.random.default_rng(5)
    desk = audience == "company"
    metrics = range(len(MEASURES), len(METRICS)) if desk else range(len(MEASURES))
    said = random_pages(rng, 200, desk=desk, initiatives=1, metrics=metrics)
    check_sane(JUDGES[audience](wide(standing(ORVIK, **EXTREMES[name]), 200), said))


def check_sane(found: Judgement) -> None:
    worked = found.appraisal
    for path in (worked.given, worked.without):
        assert ((path.share >= 0) & (path.share <= 1)).all()
        assert np.isfinite(path.volume).all() and np.isfinite(path.money).all() and (path.volume >= 0).all()
    for value in (
        "npv",
        "costs_only",
        "judged",
        "receivables",
        "precedent",
        "spill",
        "concession",
        "worth",
        "customer_npv",
    ):
        assert np.isfinite(getattr(worked, value)).all(), value
    assert np.isfinite(found.score).all() and np.isfinite(found.verdict).all() and np.isfinite(found.loss).all()
    assert ((found.gate >= 0) & (found.gate <= len(GATES))).all()


@both
def test_an_account_without_initiatives_and_a_company_without_a_desk(audience: str) -> None:
    """Kestrel of the plain minimal scenario: no initiative, no desk, no part of its own."""
    from tests.engine.casebook import true_of
    from tests.engine.worlds import minimal, start

    game = start(minimal(), [1], policy="steady", quarters=2)
    made = true_of(game, 1)
    assert not made.initiatives and not made.params.approvers
    said = random_pages(
        np.random.default_rng(1), 50, desk=audience == "company", initiatives=0, metrics=range(len(MEASURES))
    )
    found = JUDGES[audience](wide(made, 50), said)
    check_sane(found)
    if audience == "company":
        assert found.score.shape == (0, 50)


@EXAMPLES
@given(seed=SEEDS)
def test_a_tier_climbs_with_what_is_given_away(seed: int) -> None:
    """Each band that the concession passes is a tier, and small asks that together pass the first are noticed."""
    made, said, _ = drawn(seed, "company")
    made = replace(made, recession=False)
    worked = appraise(made, said)
    tier, noticed = judgement.tier_of(made, worked)
    bands = made.params.bands
    by_hand = sum((worked.concession > band).astype(float) for band in bands)
    pieces = (by_hand == 0) & (made.asked > 0) & (worked.concession + made.asked > bands[0])
    assert np.array_equal(noticed, pieces) and np.array_equal(tier, np.where(pieces, 1.0, by_hand))
    found = judge_company(made, said)
    step = judgement.TIER_STEP * np.maximum(0.0, tier - 1)
    assert np.allclose(found.bar, judgement.BAR + step)
    harder = judge_company(replace(made, recession=True), said)
    assert np.allclose(harder.bar - found.bar, judgement.RECESSION_STEP)


def test_words_of_the_page_are_those_of_the_rules() -> None:
    """Every word that a page may hold is one that the criteria know."""
    assert set(judgement.PROOF_GRADES) <= set(PROOFS) and set(judgement.BRIEF) == {"one_page", "three_pages", "deck"}
    made = wide(standing(ORVIK, state=3.0, pooled=0.0), len(ALTERNATIVES))
    options = judge_customer(made, page(len(ALTERNATIVES), programme=20, alternative="none"))
    assert (options.criteria[3] == 0).all()
    levels = [
        judge_customer(standing(ORVIK), page(programme=20, sensitivity=word)).criteria[5, 0, 0] for word in SENSITIVITY
    ]
    assert levels == sorted(levels) and levels[0] == 0


@both
def test_a_page_of_another_season_loses_a_part_of_its_alignment(audience: str) -> None:
    """Written for another state of its initiative than it is in, a page is aligned by that factor less; one that names
    no state is not punished."""
    judge = JUDGES[audience]
    made = standing(ORVIK, state=3.0, force=0.0)
    scores = []
    for written in (-1.0, 3.0, 2.0):
        said = page(initiative=0, programme=20, metric="profit" if audience == "company" else "uptime")
        said[AT["state"]] = written
        scores.append(judge(made, said).criteria[0, 0, 0])
    assert scores[0] == scores[1] > scores[2]
    if audience == "customer":
        assert scores[2] == pytest.approx(judgement.YESTERDAY * scores[1])


def test_a_reference_counts_more_for_the_same_measure() -> None:
    """A promise kept elsewhere on the claimed measure is better evidence than one on another; none is a brochure."""
    made = standing(ORVIK, reference=0.0)
    none = evidence(made, page(proof="reference", metric="uptime"))[0]
    lists = [0.0] * len(METRICS)
    lists[METRICS.index("uptime")] = 1.0
    known = standing(ORVIK, reference=lists)
    same, other = (evidence(known, page(proof="reference", metric=name))[0] for name in ("uptime", "quality"))
    assert same > other > none == judgement.PROOF_GRADES["brochure"]


def test_evidence_halves_with_age() -> None:
    """A kept promise is worth 1, a pilot .9, each half of it six quarters later, and never less than a brochure."""
    for age, part in ((0.0, 1.0), (6.0, 0.5), (12.0, 0.25), (np.inf, 0.0)):
        made = standing(ORVIK, kept_age=age, pilot_age=age)
        for proof in ("result", "pilot"):
            grade = judgement.PROOF_GRADES[proof]
            expected = max(judgement.PROOF_GRADES["brochure"], grade * part)
            assert evidence(made, page(proof=proof))[0] == pytest.approx(expected)
