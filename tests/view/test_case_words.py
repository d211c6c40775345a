"""Business cases, promises and moments have words for everything that can happen, and the words add up."""

from __future__ import annotations

import dataclasses
import re
from itertools import product
from typing import get_args

import numpy as np
import pytest

from kamsim.engine import levers as engine_levers
from kamsim.engine.appraisal import NO_BREAK_EVEN
from kamsim.engine.forecast import MONEY
from kamsim.engine.levers import LEVERS
from kamsim.engine.luck import Luck
from kamsim.engine.moments import ASKS, NUMBERS, REPLIES, STANDS, WHYS
from kamsim.engine.page import (
    ALTERNATIVES,
    BODIES,
    COMPANY_METRICS,
    CONDITIONS,
    CRITERIA,
    GATES,
    INACTION,
    METRICS,
    OUTCOMES,
    PROOFS,
    SENSITIVITY,
    TIERS,
)
from kamsim.engine.params import compile_params
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.sight import observe
from kamsim.engine.truth import TWISTS
from kamsim.game import drafting, promise_gap
from kamsim.game.events.declared import KINDS
from kamsim.scenario.vocabulary import Condition, Gate
from kamsim.view.case import answers, choices, coach, examples, figures
from kamsim.view.case import sentences as cases
from kamsim.view.case.basis import rests
from kamsim.view.case.verdicts import example_verdict
from kamsim.view.case.working import Working
from kamsim.view.questions import OWN
from kamsim.view.words import levers, moments, news
from kamsim.view.words.names import Cast
from kamsim.view.words.promises import track_line
from tests.engine.worlds import halden
from tests.told import told

HALDEN = halden()
PARAMS = compile_params(HALDEN)
CAST = Cast(HALDEN)
ROUGH = re.compile(r"\b(nan|None|inf)\b|[{}\u2014]")
ACCOUNTS = PARAMS.accounts


@pytest.fixture(scope="module")
def seen():
    luck = Luck([3])
    world = first_quarter(HALDEN, PARAMS, luck)
    for _ in range(2):
        close_quarter(world, PARAMS, luck)
    return observe(world, PARAMS)


def pages(seen, account, audience):
    """The opening page, and one with everything else said."""
    opening = drafting.opening_page(seen, account, audience)
    yield opening
    more = {"angle": "obstacle", "days": 90, "pooled": "yes", "bespoke": "yes", "priority": "yes", "people": 2,
            "commitment": 0.0, "inaction": "dated", "inaction_value": 120.0, "body": "deck"}  # fmt: skip
    yield {**opening, **more}
    yield {**opening, "initiative": None, "claim": 0.0, "proof": "none", "alternative": "none"}
    for name, words in (("proof", PROOFS), ("alternative", ALTERNATIVES), ("sensitivity", SENSITIVITY)):
        for word in words:
            yield {**opening, name: word}


def test_every_choice_on_a_page_has_words():
    assert set(cases.PROOF_WORDS) == set(PROOFS) and set(cases.ALTERNATIVE_WORDS) == set(ALTERNATIVES)
    assert set(choices.INACTION_TITLES) == set(INACTION) and set(choices.BODY_TITLES) == set(BODIES)
    assert tuple(choices.HOW_BOLD) == tuple(cases.TONES) and set(choices.COMPANY_WORDS) == set(COMPANY_METRICS)
    assert set(cases.SENSITIVITY_WORDS) == set(SENSITIVITY)
    assert cases.SENSITIVITY_ORDER == SENSITIVITY and set(cases.BODY_WORDS) == set(BODIES)
    assert set(cases.METRIC_WORDS) == set(METRICS) and set(levers.WORDS) == {*LEVERS, *engine_levers.ASKS}
    assert set(cases.GATE_WORDS) == set(cases.GATE_HELP) == set(GATES) == set(get_args(Gate))
    assert set(coach.QUESTIONS) == set(coach.STANDS) == set(answers.PLAIN_CRITERIA) == set(CRITERIA)
    assert set(answers.CONDITION_WORDS) == set(answers.PLAIN_CONDITIONS) == set(CONDITIONS) == set(get_args(Condition))
    assert set(figures.NO_BREAK_EVEN_WORDS) == set(NO_BREAK_EVEN) - {""} and set(figures.MONEY_WORDS) == set(MONEY)
    assert set(figures.TIER_WORDS) == set(TIERS)
    for names, words in ((WHYS, moments.WHY_WORDS), (NUMBERS, moments.NUMBER_WORDS), (STANDS, moments.STAND_WORDS),
                         (ASKS, moments.ASK_WORDS), (REPLIES, moments.REPLY_WORDS), (TWISTS, moments.TWIST_WORDS)):  # fmt: skip
        assert set(names) == set(words)


@pytest.mark.parametrize(("account", "audience"), list(product(ACCOUNTS, ("customer", "desk"))))
def test_every_page_reads_as_seven_sentences_with_figures_and_a_coach(seen, account, audience):
    futures = drafting.futures(seen, account)
    for page in pages(seen, account, audience):
        said = cases.sentences(CAST, seen, account, audience, page)
        assert list(said) == list(cases.CASE_SLOTS) and len(said) == 7
        made = futures.preview(drafting.page_of(seen, account, page), desk=audience == "desk", lanes=16)
        lines = [*said.values(), cases.paper(page), rests(seen, account, page)]
        lines += figures.figure_lines(CAST, seen, account, audience, page, made, 20.0)
        lines += figures.short_lines(CAST, account, audience, page, made)
        lines += [*figures.fan_lines(CAST, made), *figures.waterfall_lines(CAST, made)]
        lines += figures.driver_lines(CAST, seen, account, inside=True)
        lines += [*figures.driver_lines(CAST, seen, account, inside=False), *figures.halved_lines(CAST, account, made)]
        lines += figures.nothing_and_away(CAST, seen, account, made)
        names = (*CRITERIA, *GATES, "too_many_levers")
        lines += [
            coach.coach_line(CAST, seen, Working(account, audience, dict(page), tone=OWN, inaction_tone=OWN), name)
            for name in names
        ]
        for line in lines:
            assert line.endswith(".") and not ROUGH.search(line), line


def test_the_waterfall_adds_up(seen):
    page = drafting.opening_page(seen, "kestrel", "customer")
    made = drafting.futures(seen, "kestrel").preview(drafting.page_of(seen, "kestrel", page), desk=False, lanes=8)
    *rows, total = figures.waterfall(made)
    assert total[1] == pytest.approx(sum(row[1] for row in rows)) and total[2] == pytest.approx(sum(r[2] for r in rows))


def test_no_figure_tells_the_chance_of_a_yes(seen):
    """Whoever saw that would climb it; what is told is money, never how likely a yes is."""
    page = drafting.opening_page(seen, "brandt", "customer")
    made = drafting.futures(seen, "brandt").preview(drafting.page_of(seen, "brandt", page), desk=False, lanes=8)
    said = " ".join(figures.figure_lines(CAST, seen, "brandt", "customer", page, made, 20.0)).lower()
    assert not re.search(r"chance|likely|probab|score|points of 100", said)


def speakers(audience):
    if audience == "desk":
        return [(ACCOUNTS[0], item.id) for item in HALDEN.desk.approvers]
    return [(account.id, person.id) for account in HALDEN.accounts for person in account.people]


def answer(account, audience, outcome, speaker, **more):
    page = {
        "price": 0.03,
        "commitment": 0.10,
        "length": 12,
        "people": 2,
        "claim": 90.0,
        "width": 0.25,
        "metric": "savings",
    }
    data = {"account": account, "audience": audience, "outcome": outcome, "speaker": speaker, "gate": None,
            "condition": None, "criteria": list(CRITERIA[:3]), "noticed": False, "page": page}  # fmt: skip
    return told("case_answered", {**data, **more})


def answered(cast):
    """Every answer that anybody can give."""
    for audience in ("customer", "desk"):
        for account, speaker in speakers(audience):
            for outcome in OUTCOMES[1:]:
                for gate in GATES if outcome == "stopped" else (None,):
                    for condition in CONDITIONS if outcome == "conditional" else (None,):
                        yield answer(account, audience, outcome, speaker, gate=gate, condition=condition)
            for criterion in CRITERIA:
                yield answer(account, audience, "returned", speaker, criteria=[criterion])
    yield answer(ACCOUNTS[0], "desk", "approved", HALDEN.desk.approvers[0].id, noticed=True)


def test_every_answer_has_a_head_and_a_letter_in_every_quarter():
    for event, quarter in product(answered(CAST), (1, 2, 9)):
        assert not ROUGH.search(news.headline(CAST, event))
        lines = news.body(CAST, event, quarter)
        assert lines and all(not ROUGH.search(line) and len(line) > 10 for line in lines), lines
        assert news.group(CAST, event) == "answers"


def test_a_successor_answers_in_plain_words():
    person = HALDEN.accounts[0].people[0]
    cast = Cast(HALDEN, [told("left", {"person": person.id, "holder": 1, "name": "Ada New"})])
    for outcome in OUTCOMES[1:-1]:
        event = answer(HALDEN.accounts[0].id, "customer", outcome, person.id, gate="dead_initiative", condition="cap")
        letter = news.body(cast, event, 2)[0]
        assert letter.startswith("Ada New,") and not ROUGH.search(letter)
        own = [*person.case.approves, *person.case.returns, *person.case.rejects, *person.case.criteria.values()]
        assert not any(line[:30] in letter for line in own)


def test_an_author_may_leave_everything_out():
    bare = HALDEN.model_copy(
        update={
            "desk": None,
            "accounts": tuple(
                account.model_copy(
                    update={"people": tuple(p.model_copy(update={"case": type(p.case)()}) for p in account.people)}
                )
                for account in HALDEN.accounts
            ),
        }
    )
    cast = Cast(bare)
    for event in answered(cast):
        assert all(len(line) > 10 for line in news.body(cast, event, 3))
    moment = next(m for account in HALDEN.accounts for m in account.moments)
    cast.moments[moment.id] = moment.model_copy(update={"objections": {}, "twist_text": None})
    for criterion in CRITERIA:
        assert len(moments.objection(cast, moment.id, criterion)) > 20
    for twist in TWISTS:
        assert moments.twist_line(cast, moment.id, twist)


def test_a_condition_says_what_the_rules_do():
    page = {"price": 0.035, "commitment": 0.10, "length": 12, "people": 2, "claim": 90.0, "width": 0.25}
    said = {(a, c): answers.condition_terms(CAST, a, c, page)[0] for a in ("customer", "desk") for c in CONDITIONS}
    assert (
        "one year instead of 3 years" in said["customer", "pilot"]
        and "5% committed instead of 10%" in said["customer", "cap"]
    )
    assert "2 points instead of 3.5 points" in said["desk", "cap"] and "one specialist" in said["desk", "cap"]
    assert "2% of a year's sales" in said["customer", "guarantee"]


def promise(**more):
    data = {"account": "kestrel", "audience": "customer", "metric": "uptime", "value": 15_000_000, "low": 12_000_000,
            "high": 18_000_000, "signed": 3, "due": 7}  # fmt: skip
    return {**data, **more}


def test_promises_have_words_for_every_metric_and_both_audiences():
    for metric, audience, kind in product(
        METRICS, ("customer", "desk"), ("signed", "promise_due", "promise_forgotten")
    ):
        event = told(kind, promise(metric=metric, audience=audience))
        assert "€" in news.headline(CAST, event) and not ROUGH.search(news.headline(CAST, event))
        assert not any(ROUGH.search(line) for line in news.body(CAST, event, 7))
    ending = Cast(HALDEN)
    ending.last = 6
    assert "after your time" in news.headline(ending, told("signed", promise()))


def test_the_split_of_a_gap_adds_up_in_thousands():
    rng = np.random.default_rng(4)
    for _ in range(300):
        value = int(rng.integers(-30_000_000, 30_000_000))
        split = {name: int(rng.integers(-9_000_000, 9_000_000)) for name in promise_gap.PARTS}
        actual = value + sum(split.values())
        more = {"actual": actual, "kept": True, "inside": True, "claims": 8, "claims_inside": 5, "split": split}
        said = news.body(CAST, told("measured", promise(value=value, **more)), 7)[0]
        figures_ = [int(sign + digits.replace(",", "")) for sign, digits in
                    re.findall(r"([+-]?)€([\d,]+)", said.replace("\N{MINUS SIGN}", "-"))]  # fmt: skip
        if "nothing moved it" not in said:
            _, whole, *parts = figures_
            assert whole == sum(parts), said


def test_eight_times_in_ten_is_told_beside_what_happened():
    assert "8 would land inside" in track_line(10, 5) and "5 did" in track_line(10, 5)
    assert "first promise" in track_line(1, 0)
    measured = promise(actual=9_600_000, kept=False, inside=False, claims=2, claims_inside=0, split=None)
    said = news.headline(CAST, told("measured", measured))
    assert "between €120,000 and €180,000; measured: €96,000" in said and "missed, below your range" in said
    early = news.headline(CAST, told("measured", {**measured, "settled": True, "early": True}))
    assert "counted early" in early and "the last quarter's books come to €96,000" in early and "missed" in early


@pytest.mark.parametrize(
    "moment", [item for account in HALDEN.accounts for item in account.moments], ids=lambda m: m.id
)
def test_every_moment_can_be_played_in_words(seen, moment):
    cards = [*moments.why_cards(CAST, seen, moment.id), *moments.number_cards(seen, moment.id)]
    cards += [*moments.proof_cards(seen, moment.id), *moments.ask_cards(seen, moment.id)]
    cards += [*moments.reply_cards(seen, moment.id), *moments.stand_cards("none"), *moments.stand_cards("paused")]
    assert all(card.label and not ROUGH.search(card.label) for card in cards)
    for kind, more in (("moment", {}), ("moment_turned", {"twist": moment.twist})):
        event = told(kind, {"moment": moment.id, **more})
        assert news.headline(CAST, event) and news.group(CAST, event) == "spot"
    for phase in ("won", "held", "lost", "passed"):
        event = told("moment_ended", {"moment": moment.id, "phase": phase})
        assert len(news.headline(CAST, event)) > 20 and news.body(CAST, event, 3)
    for criterion in CRITERIA:
        event = told("moment_objected", {"moment": moment.id, "criterion": criterion})
        assert len(news.headline(CAST, event)) > 20


def test_an_initiative_that_nobody_told_of_is_not_named_on_a_card(seen):
    unknown = dataclasses.replace(seen, seen_at=np.full_like(seen.seen_at, -1))
    names = [item.name for account in HALDEN.accounts for item in account.initiatives]
    for account in HALDEN.accounts:
        for moment in account.moments:
            said = " ".join(card.label for card in moments.why_cards(CAST, unknown, moment.id))
            assert not any(name in said for name in names)


def test_a_card_is_prepared_when_its_facts_are_known_and_fresh(seen):
    moment = HALDEN.accounts[0].moments[0]
    row = PARAMS.moments.index(moment.id)
    initiative, person = PARAMS.initiatives.index(moment.initiative), int(PARAMS.moment_person[row])
    places = [PARAMS.fact_blocks["state"][initiative], PARAMS.fact_blocks["measure"][person]]
    for quarters, ready in ((0, True), (2, True), (4, False)):
        seen_at, fact = seen.seen_at.copy(), seen.fact.copy()
        late = dataclasses.replace(seen, quarter=9, seen_at=seen_at, fact=fact)
        seen_at[places], fact[places] = 9 - quarters, 3
        cards = {card.choice: card for card in moments.why_cards(CAST, late, moment.id)}
        assert cards["their_goal"].prepared == ready and cards["their_measure"].prepared
        assert "prepared" not in " ".join(card.label for card in cards.values())


@pytest.mark.parametrize("example", HALDEN.examples, ids=lambda item: item.id)
def test_the_judge_agrees_with_the_library(example):
    """Every good page would be said yes to, and every bad one falls short by ten points at least."""
    good, bad = examples.judged(PARAMS, example, "good"), examples.judged(PARAMS, example, "bad")
    assert good.passes and not bad.passes
    assert bad.score <= bad.bar - 10.0
    for verdict in (good, bad):
        said = example_verdict(verdict)
        assert said.endswith(".") and not ROUGH.search(said)


def test_every_kind_of_event_for_a_player_has_a_headline_and_a_body():
    """What is declared for a player is said by somebody: here, at a close, or as the outcome of a move."""
    kinds = set(KINDS)
    elsewhere = {
        "moved",
        "closed",
        "truth",
        "why",
        "revealed",
        "reviewed",
        "guessed",
        "finished",
        "case_judged",
        "table_judged",
        "opportunity",
    }
    assert {"measured", "signed", "moment", "case_answered"} < kinds
    assert kinds - elsewhere <= set(news.HEADLINES) == set(news.BODIES)
