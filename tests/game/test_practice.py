"""A past quarter as practice: the same morning and luck, nothing of it in the log, and what it would have come to."""

from __future__ import annotations

import numpy as np
import pytest

from kamsim.engine.moves import Refusal
from kamsim.errors import IllegalMove
from kamsim.game.practice import Practice
from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from tests.engine.worlds import halden


@pytest.fixture
def played(tmp_path):
    """Five quarters, the sixth begun, with a guess and a draft."""
    with Session.start(halden(), seed=7, log_dir=tmp_path) as session:
        session.guess("profit_range", [10_000_000, 90_000_000])
        for _ in range(5):
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
        session.do("scan", account="mira")
        yield session


def last(practice):
    """The last word of a practice."""
    *_, told = practice.onward()
    return told


@pytest.mark.parametrize("resumed", [False, True])
def test_the_same_moves_come_to_the_same_and_nothing_is_written(played, resumed):
    session = played
    if resumed:
        played.close()
        session = Session.resume(played.log_path)
    before = session.log_path.read_bytes()
    for quarter in (1, 3, 5):
        practice = Practice(session, quarter)
        assert practice.inbox and practice.quarter == quarter and len(practice.history) == quarter - 1
        for command in [one for one in session.commands if one.quarter == quarter]:
            assert practice.do(command.move, **command.args).refusal == 0
        practice.end_quarter()
        assert np.array_equal(practice.history[-1].money, session.history[quarter - 1].money)
        told = last(practice)
        assert told.lost == 0 and np.allclose(told.was.value, told.would.value)
    assert session.log_path.read_bytes() == before
    session.close()
    assert verify(played.log_path).ok


def test_other_moves_come_to_something_else_and_the_session_stays(played):
    """Nobody acting in the first quarter, with the rest as it was; then the session goes on where it was."""
    worth, events = played.so_far().value.copy(), list(played.events)
    practice = Practice(played, 1)
    practice.guess("ranking", ["orvik", "brandt", "tessaro", "mira", "kestrel"])
    practice.do("meet", person="aksel", agenda="results")
    assert practice.undo() is False and practice.do("set_rhythm", account="orvik", rhythm="light").refusal == 0
    assert practice.undo()
    practice.end_quarter()
    told = last(practice)
    assert told.would.value[0] != pytest.approx(worth[0]) and told.was.value[0] == pytest.approx(worth[0])
    assert practice.finished and practice.score is None
    with pytest.raises(IllegalMove):
        practice.end_quarter()
    assert played.events == events and np.array_equal(played.so_far().value, worth)
    assert played.do("scan", account="orvik").refusal == 0 and verify(played.log_path).ok


def test_only_closed_quarters_can_be_practised(played):
    for quarter in (0, 6, 40):
        with pytest.raises(IllegalMove):
            Practice(played, quarter)


def test_closing_a_practice_lets_go_of_the_session(played):
    practice = Practice(played, 2)
    practice.close()
    Session.resume(played.log_path).close()


def test_practice_tells_nothing_that_a_running_session_has_not_found_out(tmp_path):
    """Who was never asked is asked in practice only once the session is over; what is known already may be heard again."""
    with Session.start(halden(), seed=7, log_dir=tmp_path, quarters=8) as session:
        session.do("meet", person="aksel", agenda="results")
        session.end_quarter()
        practice = Practice(session, 1)
        assert practice.do("meet", person="aksel", agenda="results").refusal == Refusal.NONE
        known, left = practice.seen.seen_at.copy(), practice.seen.hours_left.copy()
        for move, args in (("scan", {"account": "mira"}), ("read_room", {"account": "orvik"}),
                           ("review_costs", {"account": "orvik"})):  # fmt: skip
            assert practice.do(move, **args).refusal in (Refusal.UNTOLD, Refusal.LOCKED), move
        assert np.array_equal(practice.seen.seen_at, known) and np.array_equal(practice.seen.hours_left, left)
        while not session.finished:
            session.end_quarter()
        assert Practice(session, 1).do("scan", account="mira").refusal == Refusal.NONE
