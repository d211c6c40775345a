"""Drills: made, answered, told of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kamsim.engine import moments
from kamsim.engine.moves import Refusal
from kamsim.engine.page import GATES
from kamsim.errors import IllegalMove, KamsimError
from kamsim.game.events.cases import CaseAnswered
from kamsim.gym import pages
from kamsim.gym.bout import Bout
from kamsim.gym.feedback import feedback, habit, stopped_by
from kamsim.gym.kinds import KINDS, SKILLS
from kamsim.gym.players import BOTS, play
from kamsim.gym.staging import can_stage, stage
from kamsim.gym.training import Training
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import load_scenario, shipped
from kamsim.view.case.sentences import gate_words
from kamsim.view.case.short import short_form
from kamsim.view.gym.told import thoughts, weighed
from kamsim.view.table import Table
from kamsim.view.words import gym as words

SEED = 4_000_001


def scenarios() -> list[Scenario]:
    return [load_scenario(name) for name in shipped()]


@pytest.fixture(scope="module")
def bouts() -> list[Bout]:
    """A drill of every kind, at every level, in every scenario."""
    made = []
    for number, kind in enumerate(KINDS):
        scenario = scenarios()[number % len(shipped())]
        skill = KINDS[kind].skills[number % len(KINDS[kind].skills)]
        made.append(stage(scenario, number=1, kind=kind, seed=SEED + 100 * number, level=1 + number % 3, skill=skill))
    return made


def test_a_drill_stands_in_the_middle_of_a_year_and_can_be_read_in_a_minute(bouts: list[Bout]) -> None:
    """A face, a customer, facts with their ages, in at most 150 words; a year lies ahead."""
    for bout in bouts:
        drill, told = bout.drill, words.brief(Table(bout), bout.drill)
        assert told.words <= words.MOST_WORDS, (drill, told)
        assert 3 <= drill.quarter <= bout.quarters - 3
        assert told.head and told.task and told.lines
        assert drill.person in (*bout.params.people, *bout.params.approvers)
        assert all(bout.seen.seen_at[row, 0] >= 0 for row in drill.facts)


def test_the_same_arguments_make_the_same_drill(bouts: list[Bout]) -> None:
    """What a log says of a drill stages it again, to the last value of its page."""
    for bout in bouts[::2]:
        drill = bout.drill
        scenario = load_scenario(drill.scenario)
        again = stage(
            scenario, number=1, kind=drill.kind, seed=drill.seed, level=drill.level, skill=drill.skill
        )  # fmt: skip
        assert again.drill == drill


def test_a_page_asks_for_the_levers_that_matter_and_can_be_handed_in(bouts: list[Bout]) -> None:
    """The short form has a question for each open lever; the page as it opens is legal, and the best is better."""
    for bout in bouts:
        drill = bout.drill
        if not drill.audience:
            continue
        table = Table(bout.again())
        form = short_form(table, drill)
        assert [question.name for question in form.questions()] == list(drill.levers)
        assert 1 <= len(drill.levers) <= pages.OPEN[drill.level] + 1
        assert {name: form.work.page.get(name) for name in drill.levers} == {
            name: drill.page.get(name) for name in drill.levers
        }
        for question in form.questions():
            if question.options:
                form.answer(question.name, question.options[-1].value)


def test_only_what_the_drill_is_about_can_be_done(bouts: list[Bout]) -> None:
    """Any other move is refused as locked, changes nothing, and does not answer the drill."""
    for bout in bouts:
        again = bout.again()
        hours = float(again.seen.hours_left[0])
        assert again.do("scan", account=again.params.accounts[0]).refusal is Refusal.LOCKED
        assert not again.answered and not again.said and float(again.seen.hours_left[0]) == hours
        again.leave()
        assert again.answered and again.moves == ()
        with pytest.raises(IllegalMove):
            again.leave()


def test_what_comes_of_an_answer_is_told_whole(bouts: list[Bout]) -> None:
    """Every bot's answer, and none at all, has marks in their bounds, three years on the same luck, and one thing to do
    next time; nobody is better than what the facts would have borne; doing nothing differs from nothing by nothing."""
    for number, bout in enumerate(bouts):
        for bot in (BOTS[0], "nobody")[: 1 + number % 2]:
            again = bout.again()
            again.expect(*again.usual)
            if bot == "nobody":
                again.leave()
            else:
                play(again, bot)
            told = feedback(again)
            assert 0.0 <= told.habit <= 100.0 and 0.0 <= told.mark <= told.borne <= 100.0
            assert [way.name for way in told.ahead] == ["yours", "bot", "nothing"]
            assert all(len(way.profit) == len(way.usual) == 4 for way in told.ahead)
            assert set(told.met) <= set(SKILLS) and told.next_time in SKILLS
            assert told.inside == (told.expected[0] <= told.truth <= told.expected[1])  # type: ignore[index]
            if bot == "nobody":
                assert told.ahead[0].profit == told.ahead[2].profit and not told.answer
            table = Table(again)
            lines = [*words.borne_lines(table, told), words.ahead_line(table, told), words.next_line(table, told)]
            lines += [thought.line for thought in thoughts(table, told)]
            lines += [item.name for item in weighed(table, told)]
            assert all(line.strip() for line in lines)
            assert "Here, because" not in " ".join(lines)
            if bout.drill.kind == "moment":
                held = moments.held(bout.staged_seen, bout.params.moments.index(bout.drill.about))
                best = {pick: said for one in told.borne_answer for pick, said in one["args"].items()}
                assert all(held.get(pick, True) for pick in best.items()), "only what the notes hold is advised"


def test_what_stopped_a_page_is_what_to_take_along(bouts: list[Bout]) -> None:
    """Whatever was met least besides."""
    bout = next(bout for bout in bouts if bout.drill.kind == "case")
    again = bout.again()
    again.expect(*again.usual)
    play(again, BOTS[0])
    told = feedback(again)
    for gate in GATES:
        answers = [event for event in told.reaction if isinstance(event, CaseAnswered)]
        stopped = tuple(CaseAnswered(**{**vars(event), "gate": gate, "outcome": "stopped"}) for event in answers)
        assert stopped and stopped_by(stopped) == gate
        said = words.next_line(Table(again), replace(told, reaction=stopped))
        assert "before anybody weighs it" in said and gate_words(gate, "customer") in said, said


def test_a_grant_that_costs_its_specialist_is_told_as_that() -> None:
    """Where an ask is granted and the year is worse for it by the fee, the fee is what is told."""
    bout = stage(load_scenario("halden"), number=1, kind="ask", seed=310_000, level=1, skill="alignment")
    play(bout, "dynamic")
    told, fee = feedback(bout), 4 * bout.params.specialist_cost
    lost = sum(told.ahead[2].usual) - sum(told.ahead[0].usual)
    assert told.ahead[0].signed and 0.9 * fee < lost < 1.1 * fee
    table = Table(bout)
    assert f"That counts {table.money(fee)} for 1 specialist" in words.ahead_line(table, told)


def test_doing_nothing_leaves_the_staged_world_alone(bouts: list[Bout]) -> None:
    """Feedback plays on copies: the drill can be answered again from its beginning, with the same result."""
    bout = bouts[0]
    first, second = bout.again(), bout.again()
    for again in (first, second):
        for kind, args in habit(again):
            again.make(kind, args)
    told = [feedback(first), feedback(second)]
    assert told[0] == replace(told[1], thought=told[0].thought)


def test_what_cannot_be_is_said_before_anything_is_written(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A kind, a count, a level or a scenario that gives no drill: one sentence, and no log."""
    folder = tmp_path_factory.mktemp("none")
    short = scenarios()[0].model_copy(update={"length": scenarios()[0].length.model_copy(update={"longest": 4})})
    for said in ({"kind": "dance"}, {"count": 0}, {"level": 9}, {"scenario": short}):
        with pytest.raises(KamsimError):
            Training.start(log_dir=folder, **said)  # type: ignore[arg-type]
    assert not list(folder.iterdir())
    assert not any(can_stage(short, kind) for kind in KINDS)
