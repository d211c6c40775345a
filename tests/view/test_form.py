"""A business case is one form: both faces ask exactly its questions, with its words, whatever they are about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from kamsim.desktop.kit.controls import Segmented, Switch
from kamsim.desktop.kit.field import TextField
from kamsim.desktop.kit.lever import Lever
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.pick import Pick
from kamsim.desktop.kit.stepping import Stepping
from kamsim.desktop.kit.words import Text
from kamsim.desktop.screens.asking import Asking
from kamsim.engine.levers import ASKS, LEVERS
from kamsim.engine.page import CHOICES, NUMBERS
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.terminal.asking import ask, ask_part
from kamsim.terminal.talk import Talk
from kamsim.view import offers, pricing
from kamsim.view.case.form import SLOTS, Form
from kamsim.view.case.gives import EVERYWHERE
from kamsim.view.case.working import opening
from kamsim.view.questions import OWN, Option, Part, Question
from kamsim.view.table import Table
from kamsim.view.words.names import Cast, capital
from tests.terminal.table import Pipe

AUDIENCES = ("customer", "desk")


@cache
def session(scenario: str) -> Session:
    """A session some quarters on, when something is known of everybody."""
    made = Session.start(scenario, seed=7, log_dir=Path(mkdtemp()))
    for _ in range(3):
        named_policy("value_seller").play(made.seat)
        made.end_quarter()
    return made


def forms(scenario: str) -> Iterator[Form]:
    """A page for every account and audience, as it opens and with everything asked that may be."""
    made = session(scenario)
    for account in made.params.accounts:
        for audience in AUDIENCES:
            form = Form(made, Cast(made.scenario, made.events), opening(made.seen, account, audience))
            yield form
            form.answer("tone", OWN)
            form.answer("inaction", "dated")
            form.answer("harm", OWN)
            yield form
            form.answer("initiative", None)
            yield form


def told(form: Form, slot: str, answers: list[str]) -> tuple[str, list[tuple[str, Any]]]:
    """What the text session says when a part is asked and answered so; and what was answered."""
    pipe, got = Pipe(answers), []
    ask_part(
        Talk(pipe.read, pipe.write, width=100),
        SLOTS[slot],
        form.part(slot),
        lambda *said: got.append(said),
        form.cast.money,
    )
    return " ".join(pipe.text.split()), got


def asked(part: Part) -> list[Question]:
    """Every question of a part that stands open."""
    return [item for question in part.questions for item in question.open()]


def controls(form: Form, slot: str) -> list[Node]:
    """What the desktop shows of a part."""
    return Asking(form.answer, form.cast.money).part(form.part(slot))


def shown(node: Node) -> list[tuple[Any, str]]:
    """Values and words of a control."""
    if isinstance(node, Pick):
        return [(way.value, way.title) for way in node.options]
    assert isinstance(node, Segmented | Stepping)
    return list(node.options)


def words_of(option: Option) -> list[str]:
    return [text for text in (option.title, option.note, option.lacks) if text]


@pytest.mark.parametrize("scenario", ["halden", "portfolio"])
def test_the_desktop_shows_every_question_of_the_form_with_its_words(scenario: str) -> None:
    """For every part, audience and account: one control for each question, with its label, its answers and their words,
    the answer now and the limits; what there is no room for stands in the tip."""
    for form in forms(scenario):
        for slot in SLOTS:
            part = form.part(slot)
            nodes = {node.name: node for node in controls(form, slot) if not isinstance(node, Text) and node.name}
            said = " ".join(node.text for node in controls(form, slot) if isinstance(node, Text))
            assert part.help in said and part.barred in said
            assert set(nodes) == {question.name for question in asked(part)}
            for question in asked(part):
                node = nodes[question.name]
                assert node.label == question.label  # type: ignore[attr-defined]
                tip = " ".join(node.tip.lines) if node.tip else ""
                assert question.help in tip
                assert not question.note or capital(question.note) in said
                if isinstance(node, Lever):
                    limits = question.limits
                    assert limits is not None and (node.low, node.high, node.step) == (
                        limits.low,
                        limits.high,
                        limits.step,
                    )
                    assert [(m.value, m.text) for m in node.marks] == [(m.value, m.text) for m in limits.marks]
                elif isinstance(node, Switch):
                    assert node.value == (question.value == question.options[0].value)
                elif not isinstance(node, TextField):
                    assert shown(node) == [(option.value, option.title) for option in question.options]
                    assert node.value == question.value  # type: ignore[attr-defined]
                    there = tip + " ".join(
                        f"{w.note} {w.lacks}" for w in getattr(node, "options", ()) if hasattr(w, "lacks")
                    )
                    assert all(
                        text in there or capital(text) in there for o in question.options for text in words_of(o)[1:]
                    )


@pytest.mark.parametrize("scenario", ["halden", "portfolio"])
def test_the_text_session_asks_every_question_of_the_form_with_its_words(scenario: str) -> None:
    """For every part, audience and account: by itself or from the list, each question with its label, help, answers,
    their words and the marks of its range."""
    for form in forms(scenario):
        for slot in SLOTS:
            part = form.part(slot)
            text = told(form, slot, ["0"])[0]
            assert part.help in text and part.barred in text
            for place, question in enumerate(part.questions):
                said = text
                if len(part.questions) > 2:
                    assert question.label.rstrip("?") in text and question.note in text
                    said += told(form, slot, [question.words[0] if question.words else "1", "0"])[0]
                elif place:
                    said = told(form, slot, ["1", "0"])[0]
                assert question.label in said and question.help in said
                limits = question.limits
                assert all(mark.text.casefold() in said.casefold() for mark in (limits.marks if limits else ()))
                for option in question.options:
                    assert all(word in said for word in words_of(option)), (slot, option)
                    for more in option.then.options if option.then else ():
                        assert more.title.casefold() in said.casefold(), (slot, more)


@pytest.mark.parametrize("scenario", ["halden", "portfolio"])
def test_the_form_offers_what_the_rules_know_and_no_more(scenario: str) -> None:
    """Every lever that an account can have is asked, with every choice of the engine; so is every other choice."""
    for form in forms(scenario):
        questions = {q.name: q for slot in SLOTS for question in form.part(slot).questions for q in question.open()}
        made = form.cast.accounts[form.work.account].bespoke
        assert {name for name in LEVERS if name in questions} == {
            n for n, x in LEVERS.items() if made or x.one_off is None
        }
        for name, choices in {**CHOICES, **NUMBERS}.items():
            if name in questions and name not in ("days", "metric"):
                assert {option.value for option in questions[name].options} == set(choices), name
        if "region" in questions:
            assert questions["region"].options[0].value == EVERYWHERE


def test_the_same_answers_by_either_face_make_the_same_page(tmp_path: Path) -> None:
    """What is typed, and what is clicked, comes to the same page."""
    made = session("halden")
    typed, clicked = (Form(made, Cast(made.scenario), opening(made.seen, "kestrel", "customer")) for _ in range(2))
    answers = {
        "give": (["programme", "3"], {"programme": 20}),
        "get": (["3", "1"], {"commitment": 0.10, "length": 4}),
        "worth": (["own", "500k"], {"tone": OWN, "claim": 500.0}),
        "otherwise": (["3", "dated"], {"alternative": "price_only", "inaction": "dated", "harm": "plain"}),
        "paper": (["3"], {"body": "one_page", "sensitivity": "downside"}),
    }
    for slot, (words, values) in answers.items():
        pipe = Pipe(words)
        assert ask_part(Talk(pipe.read, pipe.write), slot, typed.part(slot), typed.answer, typed.cast.money)
        for name, value in values.items():
            nodes = {node.name: node for node in controls(clicked, slot)}
            nodes[name].type(f"{value:g}k") if isinstance(nodes[name], TextField) else nodes[name].change(value)  # type: ignore[attr-defined]
    assert typed.work.page == clicked.work.page
    assert (
        (typed.work.tone, typed.work.inaction_tone) == (clicked.work.tone, clicked.work.inaction_tone) == (OWN, "plain")
    )


@pytest.mark.parametrize("scenario", ["halden", "portfolio"])
def test_an_offer_asks_the_same_on_both_faces(scenario: str) -> None:
    """Price, volume, years, days and deliveries: one control for each, and the same words in the text session; what an
    offer and a page both ask is named alike."""
    table = Table(session(scenario))
    for account in table.accounts:
        part = pricing.offer(table, account, offers.today(table.seen, account))
        nodes = {node.name: node for node in Asking(lambda *_: None, table.money).part(part) if node.name}
        page = {
            q.name: q
            for slot in SLOTS
            for q in Form(table.session, table.cast, opening(table.seen, account, "customer")).part(slot).questions
        }
        assert list(nodes) == [question.name for question in part.questions]
        for question in part.questions:
            pipe = Pipe(["0", "back"])
            ask(Talk(pipe.read, pipe.write, width=100), question, lambda *_: None, mark="")
            said = " ".join(pipe.text.split())
            assert question.label in said and question.help in said
            assert all(text in said for option in question.options for text in words_of(option))
            if question.options:
                assert shown(nodes[question.name]) == [(option.value, option.title) for option in question.options]
            if question.name in ASKS:
                same = page[question.name]
                assert (same.label, same.help, same.options) == (question.label, question.help, question.options)
