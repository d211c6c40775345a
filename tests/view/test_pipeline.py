"""The pipeline: what is known of opportunities, told alike on both faces; bids, forecasts, and what became of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kamsim.debrief.folder import read_logs
from kamsim.debrief.record import read_play
from kamsim.debrief.tables import tables_of
from kamsim.desktop.pilot import Pilot
from kamsim.engine.params import STATES
from kamsim.engine.terms import DECISION, REASONS, STAGES_OF_PURCHASE
from kamsim.errors import IllegalMove, LogError
from kamsim.game.commands import FORESEEN
from kamsim.game.events.declared import of
from kamsim.game.events.opportunities import LineOpened, OpportunityAwarded
from kamsim.game.log import read_log
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.terminal import pursuit
from kamsim.terminal.table import TextTable
from kamsim.terminal.talk import Talk
from kamsim.view import closing, desk, open_cases, pipeline
from kamsim.view.table import Table
from kamsim.view.words import opportunities as words
from kamsim.view.words.names import Cast
from kamsim.view.words.news import body, headline
from tests.engine.worlds import halden

CAST = Cast(halden())
NAMES = list(CAST.opportunities)


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> Path:
    """Six quarters by a careful bot that says of everything it knows that it will be won."""
    with Session.start(halden(), seed=7, log_dir=tmp_path_factory.mktemp("pipeline"), quarters=8) as session:
        for _ in range(6):
            named_policy("value_seller").play(session.seat)
            table = Table(session)
            for item in pipeline.prospects(table):
                pipeline.foresee(table, item, "won", item.worth)
            session.end_quarter()
        return session.log_path


@pytest.fixture
def session(played, tmp_path):
    log = tmp_path / played.name
    log.write_bytes(played.read_bytes())
    with Session.resume(log) as found:
        yield found


def text_of(session: Session, answers: list[str]) -> tuple[TextTable, list[str]]:
    """A table of the text session that is answered from a list, and what it says."""
    said: list[str] = []
    given = iter(answers)
    return TextTable(session, Talk(lambda: next(given, None), said.append, width=100)), said


def plain(text: str) -> str:
    return " ".join(text.split())


def test_both_faces_tell_every_opportunity_alike(session, tmp_path):
    """Title, stage with its age, amount, decider and what speaks for us; and no face says how likely an award is."""
    table, said = text_of(session, ["0"])
    pursuit.show_pipeline(table)
    text = plain("".join(said))
    with Pilot(log_dir=tmp_path, session=session) as pilot:
        pilot.app.go_pipeline()
        page = plain(pilot.describe())
        found = pipeline.prospects(pilot.app.play)
        assert found
        for item in found:
            for told in (text, page):
                assert item.title in told and pipeline.stage_line(item, session.quarter) in told
                assert table.money(item.worth) in told and table.money(item.whole) in told
                assert table.cast.person(item.decider) in told
            for name, mark in item.marks:
                assert re.search(rf"{pipeline.MARKS[mark]}: [a-z, ]*{name.lower()}", pipeline.marks_line(item))
        for one in pipeline.running(table):
            assert one.line in text and all(part in page for part in (one.what, one.whose, one.end, one.money))
        for line in pipeline.signed(table):
            assert line.line in text and line.line in page
        pilot.app.open("opportunity", opportunity=found[0].name)
        whole = plain(pilot.describe())
        assert all(line in whole for line in (*found[0].speaks, *found[0].missing, *found[0].lapses))
        assert not [word for word in ("likely", "chance of", "probab") if word in (text + page + whole).casefold()]


def test_only_what_was_heard_is_in_the_pipeline(session):
    """Each opportunity is one that a fact tells of, no older than the last award of its slot, with that fact's age."""
    table, seen = Table(session), session.seen
    for item in pipeline.prospects(table):
        row = seen.params.opportunities.index(item.name)
        stage, ages = seen.known("stage", row)
        assert item.stage == stage[0] and item.seen_at == session.quarter - ages[0] > seen.award_at[row, 0]
    ordered = [item for _, items in pipeline.by_decision(table) for item in items]
    assert sorted(map(id, ordered)) == sorted(id(item) for _, items in pipeline.by_customer(table) for item in items)
    dated = [item.decides for item in ordered if item.decides]
    assert dated == sorted(dated)


def until_alone(session: Session) -> Table:
    """Close quarters without a move until a window is known in which no bid of ours lies."""
    session.end_quarter()
    while not open_cases.left_alone(session.seen):
        for person in session.params.people:
            if session.seen.may_meet(session.params.people.index(person))[0]:
                session.do("meet", person=person, agenda="results")
        if not open_cases.left_alone(session.seen):
            session.end_quarter()
    return Table(session)


def test_decisions_stand_first_on_the_desk_and_are_answered_with_a_bid(tmp_path):
    """On both faces; left alone they are named before the quarter ends, and once a bid lies there they wait no more."""
    with Session.start(halden(), seed=3, log_dir=tmp_path) as session:
        table = until_alone(session)
        waiting = desk.waiting_for_answer(table)
        assert waiting[0].kind == "window" and desk.how_many(table) == len(waiting)
        assert desk.decision_lines(table)[0].startswith(f"{waiting[0].title}, ")
        with Pilot(log_dir=tmp_path, session=session) as pilot:
            pilot.app.go_desk()
            page = plain(pilot.describe())
            assert page.index(waiting[0].title) < page.index("Your customers")
            pilot.press(next(part.shortcut for layer in pilot.app.stage.layers for part in layer.root.walk()
                             if part.name == f"window.{waiting[0].name}"))  # fmt: skip
            assert pilot.app.screen.key() == f"opportunity/{waiting[0].name}"
            pilot.press("Right", "Right", "Ctrl Enter")
            assert "holds if you are chosen" in plain(pilot.describe())
            pilot.press("Enter")
        row = session.params.opportunities.index(waiting[0].name)
        assert session.seen.bid[row, 0] and session.seen.bid_off[row, 0] == 0.01
        after = [item.name for item in desk.waiting_for_answer(table) if item.kind == "window"]
        assert waiting[0].name not in after
        hint = desk.may_count(table)
        assert any(item.title in hint and not item.closing for item in pipeline.prospects(table)), hint
        told = pipeline.prospect(table, waiting[0].name)
        assert told is not None and told.bid == 0.01, "a table that has looked before the move tells the old page"


def test_a_bid_in_the_text_session(tmp_path):
    """Its meaning is told before it goes out; the same bid again is refused in a sentence."""
    with Session.start(halden(), seed=3, log_dir=tmp_path) as session:
        name = desk.waiting_for_answer(until_alone(session))[0].name
        table, said = text_of(session, ["2", "yes", "2", "back"])
        assert pursuit.bid_for(table, name)
        assert "is margin" in plain("".join(said)) and "lies with" in plain("".join(said))
        assert not pursuit.bid_for(table, name)
        assert "lies there already" in plain("".join(said))


@pytest.mark.parametrize("outcome", STAGES_OF_PURCHASE[-3:])
def test_whatever_decides_an_award_has_words(outcome):
    """The decider speaks, the money stands there, the reason in a sentence, and what could have been known and when."""
    for number, reason in enumerate(REASONS):
        name = NAMES[number % len(NAMES)]
        for seen in (None, 2):
            event = OpportunityAwarded(
                opportunity=name, outcome=outcome, reason=reason, rival="sudo" if outcome == "lost" else None,
                units=40.0, worth=12_000_000, runs=6, until=0 if outcome == "undecided" else 9, bid=0.02 if seen else None,
                arose=1, window=3, seen=seen, stage="comparison" if seen else None,
            )  # fmt: skip
            lines = body(CAST, event, 3)
            assert CAST.opportunities[name].title in headline(CAST, event)
            assert not [line for line in lines if "{" in line or "None" in line]
            assert (CAST.person(CAST.decider(name)) in lines[0]) or reason == "cancelled"
            assert any("€120,000 a quarter for 6 quarters, €720,000 in all" in line for line in lines)
            assert ("You never heard of it" in lines[-1]) == (seen is None)


def test_what_became_of_it_is_told_at_the_close_with_the_forecast_beside_it(session):
    """Every award of a close is among its answers, and what the player had said of it among the guesses."""
    table = Table(session)
    for item in pipeline.prospects(table):
        pipeline.foresee(table, item, "lost", item.worth)
    while not session.finished:
        closed = closing.end_quarter(table)
        awards = of(OpportunityAwarded, closed.report.events)
        told = of(OpportunityAwarded, closing.answers(table, closed))
        assert all(event.seen is None and event.outcome == "undecided" for event in awards if event not in told)
        assert [STAGES_OF_PURCHASE.index(event.outcome) for event in told] == sorted(
            STAGES_OF_PURCHASE.index(event.outcome) for event in told
        )
        guessed = closing.guessed(table, closed).forecasts
        seen = [event for event in awards if event.seen is not None and event.bid is not None]
        for event in seen:
            lines = [line for line in guessed if table.cast.opportunities[event.opportunity].title in line]
            assert not lines or ("Not as you saw it" in lines[0]) == (
                event.outcome != "lost" and "said lost" in lines[0]
            )


def test_a_forecast_is_kept_checked_and_scored(played, tmp_path):
    """A log holds it, resuming keeps it, the debrief scores it; what cannot be said is refused, in a log too."""
    log = tmp_path / played.name
    log.write_bytes(played.read_bytes())
    with Session.resume(log) as session:
        assert session.guesses["forecast"]
        good = {"opportunity": session.params.opportunities[0], "outcome": "won", "amount": 5}
        for wrong in ({"opportunity": "none"}, {"outcome": "sure"}, {"amount": -1}, {"amount": "much"}):
            with pytest.raises(IllegalMove):
                session.guess("forecast", good | wrong)
    rows = tables_of(read_logs(str(log)))["opportunities"]
    scored = [place for place, foreseen in enumerate(rows["foreseen"]) if foreseen is not None]
    assert scored
    for place in scored:
        assert rows["foreseen"][place] == (rows["outcome"][place] == "won") and rows["forecast"][place] == "won"
        gap = rows["forecast_gap"][place]
        assert (gap is None) == (rows["outcome"][place] == "undecided")
        assert gap is None or gap == rows["forecast_amount"][place] - rows["worth"][place]
    for never, seen in zip(rows["never_seen"], rows["first_seen"], strict=True):
        assert never == (seen is None)
    lines = log.read_text(encoding="utf-8").splitlines()
    place, line = next((at, json.loads(text)) for at, text in enumerate(lines) if '"forecast"' in text)
    line["value"]["outcome"] = "certain"
    lines[place] = json.dumps(line)
    log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(LogError):
        read_log(log)


def test_the_stages_of_a_debrief_lead_to_the_award(played):
    """Each opportunity from its need on, stages never going back, bids between need and decision, each award once."""
    play = read_play(played)
    assert len([item for item in play.pursuits if item.award]) == len(play.of(OpportunityAwarded))
    for item in play.pursuits:
        steps = [STAGES_OF_PURCHASE.index(at.stage) for _, at in item.stages]
        assert steps == sorted(steps) and steps[-1] <= DECISION
        assert all(item.holds(quarter) for quarter, _ in item.bids) and all(map(item.holds, item.seen))
        assert item.outcome in ("won", "lost", "undecided", "open")


def test_a_no_without_a_reason_sends_the_line_to_tender(tmp_path):
    """It is told with the answer, and stands among what is against us where that line is bought next."""
    with Session.start(halden(), seed=7, log_dir=tmp_path) as session:
        table = Table(session)
        while not table.requests():
            session.end_quarter()
            table = Table(session)
        told = table.do("answer_request", request=table.requests()[0], answer="decline")
        opened = of(LineOpened, told.events)
        assert opened and all(headline(table.cast, event) in told.lines for event in opened)
        assert any("tender" in line for line in told.lines)


def test_a_signed_case_is_told_by_what_it_speaks_to(session):
    """By the state of its initiative as last seen: it speaks, it is outdated and can be renewed, or it is over."""
    table, world = Table(session), session.world
    row = next(row for row in range(len(session.params.initiatives)) if session.seen.known("state", row)[1][0] >= 0)
    fact = session.params.fact_blocks["state"][row]
    for written, state, told, renews in (
        ("funded", "funded", "speaks to it as it is", False),
        ("announced", "delayed", "counts for half at most", True),
        ("executing", "cancelled", "has been cancelled", False),
    ):
        world.opportunities.written_for[row, 0] = 1 + STATES.index(written)
        world.knowledge.value[fact, 0] = STATES.index(state)
        table.changed()
        item = next(item for item in pipeline.signed(table) if item.initiative == session.params.initiatives[row])
        assert told in item.line and item.renews is renews and open_cases.outdated(session.seen, row) is renews
    assert set(words.FORESEEN_WORDS) == set(FORESEEN)
