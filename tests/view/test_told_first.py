"""What is told before hours are spent: what a yes locks, how far a picture holds, what a talk can bring, what is asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kamsim.engine.luck import Luck
from kamsim.engine.params import STATES, compile_params
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.terminal import casework, moves
from kamsim.view import open_cases
from kamsim.view.case.bringing import locks
from kamsim.view.case.form import Form
from kamsim.view.table import Table
from kamsim.view.words import agenda, ages, doors
from tests.engine.worlds import halden
from tests.view.rendered import Reader


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three quarters by a careful bot."""
    with Session.start(halden(), seed=7, log_dir=tmp_path_factory.mktemp("first"), quarters=8) as session:
        while session.quarter < 4:
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
        return session.log_path


def test_how_far_a_picture_holds_is_what_was_measured() -> None:
    """Of living initiatives in 120 worlds, as many still stand as they were seen as the words for each age say."""
    params, luck = compile_params(halden()), Luck(list(range(120)))
    world = first_quarter(halden(), params, luck)
    states = [np.broadcast_to(world.initiatives.state, (len(params.initiatives), 120)).copy()]
    for _ in range(8):
        close_quarter(world, params, luck)
        states.append(np.broadcast_to(world.initiatives.state, states[0].shape).copy())
    history = np.array(states)
    for old, told in enumerate(ages.HOLDS):
        then, now = history[: len(history) - old], history[old:]
        living = (then > 0) & (then < STATES.index("completed"))
        assert abs(float(np.mean((then == now)[living])) - told) < 0.06, old
    assert len(ages.STILL_SO) == len(ages.HOLDS) and "half" in ages.still_so(1) and ages.still_so(9) == ages.still_so(4)


def test_a_talk_says_what_it_can_bring_and_an_executive_what_is_asked(played: Path) -> None:
    """Known initiatives alone are named, as theirs where they run them; whoever has nothing to bring is told so."""
    with Session.resume(played) as session:
        table = Table(session)
        cast, seen = table.cast, session.seen
        for name in table.accounts:
            living = {
                item.name
                for item in cast.accounts[name].initiatives
                if 0 < np.nan_to_num(seen.known("state", seen.params.initiatives.index(item.id))[0][0]) < 7
            }
            for person in cast.accounts[name].people:
                for topic in ("results", "provocative", "buying"):
                    said = agenda.brings(cast, seen, person.id, topic)
                    named = {item.name for item in cast.accounts[name].initiatives if item.name in said}
                    assert said.startswith("May bring ") and named <= living
                needs = agenda.requires(cast, seen, person.id)
                assert bool(needs) == (person.level == "executive")
                assert not needs or ("You come with this" in needs) != ("You have nothing" in needs)
        page = Reader(session).page(moves.meet, "kestrel")
        assert "Wanjiru Kamau" in page


def test_a_yes_says_what_it_locks_and_what_lies_past_the_end(played: Path) -> None:
    """Prices, the next page, and that there is none where the promise is counted after the session."""
    with Session.resume(played) as session:
        table = Table(session)
        work = table.cases.open("kestrel", "customer")
        said = locks(table.cast, session.seen, work, due=True)
        assert "no price of theirs goes up" in said and "takes no second case" in said
        work.change(session.seen, due=6, length=12)
        late = locks(table.cast, session.seen, work, due=True)
        assert "after your time" in late and "none in this session" in late
        assert "second" not in locks(table.cast, session.seen, work, due=False)
        desk = table.cases.open("kestrel", "desk")
        assert "they have not signed" in locks(table.cast, session.seen, desk, due=True)


def test_a_page_that_was_sent_back_comes_with_what_was_missed(tmp_path: Path) -> None:
    """The same page lies open again, with the comments beside it on the text session's page; until it is brought."""
    for seed in range(12):
        with Session.start(halden(), seed=seed, log_dir=tmp_path, quarters=8) as session:
            for _ in range(2):
                session.end_quarter()
            for name in session.params.accounts:
                if not open_cases.lying(session.seen, name, "customer"):
                    session.do("present_case", account=name, **Table(session).cases.open(name, "customer").said)
            for _ in range(2):
                session.end_quarter()
            table = Table(session)
            for name in table.accounts:
                back = open_cases.sent_back(session.events, name, "customer", session.quarter)
                if back is None or back.outcome != "returned":
                    continue
                form = Form(session, table.cast, table.cases.open(name, "customer"))
                last = open_cases.page(session.seen, name, "customer")
                assert {key: form.work.page[key] for key in ("length", "proof", "body")} == {
                    key: last[key] for key in ("length", "proof", "body")
                }
                assert len(form.comments()) == 1 + len(back.criteria)
                assert all(line in Reader(session).page(casework.show, form) for line in form.comments())
                session.do("present_case", account=name, **form.work.said)
                assert open_cases.sent_back(session.events, name, "customer", session.quarter) is None
                return
    raise AssertionError("no page was sent back")


def test_a_door_tells_how_far_what_is_brought_still_holds(played: Path) -> None:
    """By the age of what was seen, not by whether it was built of it."""
    with Session.resume(played) as session:
        table = Table(session)
        person = next(item.id for item in table.cast.accounts["kestrel"].people if item.level == "executive")
        said = doors.door_odds(table.cast, session.seen, "insight", person, fresh=True)
        assert ages.still_so(doors.insight_age(session.seen, "kestrel")) in said
