"""Replay: a session played again, and what would have happened otherwise."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import kamsim
from kamsim.engine.moves import Refusal
from kamsim.errors import IllegalMove, LogError
from kamsim.game.replay import replay, verify
from kamsim.game.session import Session
from kamsim.scenario.models import Scenario
from tests.game.play import play_quarter, state, state_digest


def play(scenario: Scenario, logs: Path, seed: int, quarters: int = 4) -> Session:
    dice = random.Random(seed)
    with Session.start(scenario, seed=seed, log_dir=logs, quarters=quarters) as session:
        while not session.finished:
            play_quarter(session, dice, 7)
            session.end_quarter()
    return session


@pytest.mark.parametrize("seed", range(6))
def test_any_legal_session_replays_to_the_same_digest(scenario: Scenario, logs: Path, seed: int) -> None:
    """A session of random legal moves, some taken back, gives the same figures again, and verify says so."""
    session = play(scenario, logs, seed, 5)
    verdict = verify(session.log_path)
    assert verdict.ok and verdict.details == ()
    assert (verdict.quarters, verdict.commands) == (5, len(session.commands))
    again = replay(session.log_path)
    assert state_digest(again.world.plain()) == state_digest(state(session))


def test_lane_0_is_the_session_alone_or_among_edits(scenario: Scenario, logs: Path) -> None:
    """The lane as played equals the session to the bit, and is the same alone as among many edits."""
    session = play(scenario, logs, 3)
    numbers = [command.number for command in session.commands]
    alone = replay(session.log_path)
    many = replay(
        session.log_path,
        drop=[*numbers, tuple(numbers[:3])],
        neutral=["demand", ("incident", "attack", "turnover")],
    )
    books = np.array([ledger.contribution[:, 0] for ledger in session.history])
    assert np.array_equal(alone.nac[0], books)
    for name in ("nac", "revenue", "volume", "trust"):
        assert np.array_equal(getattr(alone, name)[0], getattr(many, name)[0])
    lane = many.world.take(np.array([0]))
    assert state_digest(lane.plain()) == state_digest(alone.world.plain()) == state_digest(state(session))
    assert many.value[0] == alone.value[0] and many.refused[0] == ()
    assert round(float(alone.value[0])) == session.events[-1].plain()["value"]
    assert len(many.labels) == len(set(many.labels)) == len(numbers) + 4


def test_an_edited_lane_is_the_session_that_was_edited(scenario: Scenario, logs: Path) -> None:
    """Leaving a move out, or changing it, gives to the bit what a session without it, or with the other value, does."""
    moves = [
        ("set_rhythm", {"account": "orvik", "rhythm": "close"}),
        ("set_discount", {"account": "orvik", "line": "bearings", "region": "north", "discount": 0.2}),
        ("meet", {"person": "aune", "agenda": "buying"}),
    ]

    def run(chosen: list[int], discount: float = 0.2) -> Session:
        with Session.start(scenario, seed=8, log_dir=logs, quarters=4) as session:
            for row in chosen:
                kind, args = moves[row]
                session.do(kind, **({**args, "discount": discount} if kind == "set_discount" else args))
            while not session.finished:
                session.end_quarter()
        return session

    made = replay(run([0, 1, 2]).log_path, drop=[1, (1, 3)], change=[(2, {"discount": 0.16})])
    others = [run([0, 1, 2]), run([1, 2]), run([1]), run([0, 1, 2], 0.16)]
    for lane, other in enumerate(others):
        assert np.array_equal(made.nac[lane], [ledger.contribution[:, 0] for ledger in other.history])
        digest = state_digest(made.world.take(np.array([lane])).plain())
        assert digest == state_digest(state(other))
    assert made.labels[1:] == (
        "without move 1 (set rhythm)",
        "without moves 1 (set rhythm), 3 (meet)",
        "move 2 (set discount) with discount 0.16",
    )


def test_moves_that_an_edit_makes_impossible_are_listed(scenario: Scenario, logs: Path) -> None:
    """A move that is refused once an earlier one is changed is left out in that lane and named with its reason."""
    with Session.start(scenario, seed=8, log_dir=logs, quarters=4) as session:
        session.do("set_rhythm", account="orvik", rhythm="close")
        session.do("set_rhythm", account="orvik", rhythm="light")
        session.end_quarter()
    made = replay(session.log_path, drop=[1], change=[(1, {"rhythm": "light"})])
    assert made.refused == ((), (), ((2, Refusal.NO_CHANGE),))


def test_undone_moves_never_happened(scenario: Scenario, logs: Path) -> None:
    """What was taken back is in the log, but cannot be left out or changed in a replay: it is not there."""
    with Session.start(scenario, seed=8, log_dir=logs, quarters=4) as session:
        session.do("set_rhythm", account="orvik", rhythm="close")
        session.undo()
        session.do("set_rhythm", account="kestrel", rhythm="close")
        with pytest.raises(LogError):
            replay(session.log_path)  # no quarter is closed yet
        session.end_quarter()
    assert verify(session.log_path).commands == 1
    for wrong in ({"drop": [1]}, {"drop": [7]}, {"change": [(1, {"rhythm": "light"})]}, {"neutral": ["weather"]},
                  {"change": [(2, {"rhythm": "loud"})]}, {"change": [(2, {"colour": "red"})]}):  # fmt: skip
        with pytest.raises(IllegalMove):
            replay(session.log_path, **wrong)  # type: ignore[arg-type]


def test_neutral_luck(scenario: Scenario, logs: Path) -> None:
    """Middling luck in one stream changes its own lane only, and only what that stream decides."""
    session = play(scenario, logs, 5)
    made = replay(session.log_path, neutral=["demand", "policy"])
    assert np.array_equal(made.nac[0], made.nac[2])
    assert not np.array_equal(made.nac[0], made.nac[1])


def test_a_single_edit_needs_no_list(scenario: Scenario, logs: Path) -> None:
    """One number, one pair and one stream are taken as a list of one; tuples and lists of several as before."""
    with Session.start(scenario, seed=2, log_dir=logs, quarters=4) as session:
        session.do("set_rhythm", account="orvik", rhythm="close")
        session.do("scan", account="orvik")
        session.end_quarter()
    log, change = session.log_path, (1, {"rhythm": "light"})
    for one, many in (
        ({"drop": 1}, {"drop": [1]}),
        ({"drop": np.int64(1)}, {"drop": (1,)}),
        ({"drop": [[1, 2]]}, {"drop": [(1, 2)]}),
        ({"change": change}, {"change": [change]}),
        ({"change": list(change)}, {"change": (change,)}),
        ({"neutral": "demand"}, {"neutral": ["demand"]}),
        ({"neutral": [["demand", "attack"]]}, {"neutral": [("demand", "attack")]}),
    ):
        left, right = replay(log, **one), replay(log, **many)
        assert left.edits == right.edits and len(left.labels) == 2
        assert np.array_equal(left.nac, right.nac)
    assert len(replay(log, drop=(1, 2)).labels) == 3


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ({"drop": None}, "drop takes one edit or a list"),
        ({"drop": "1"}, "drop takes one edit or a list"),
        ({"drop": ["1"]}, "named by its number in the log, not by '1'"),
        ({"drop": True}, "named by its number"),
        ({"drop": [1.0]}, "named by its number"),
        ({"drop": 99}, "no move 99 that stands"),
        ({"change": 1}, "change takes one edit or a list"),
        ({"change": {1: {}}}, "change takes one edit or a list"),
        ({"change": (1, 2)}, "a change is a move's number and new values"),
        ({"change": [(1, "close")]}, "a change is a move's number and new values"),
        ({"change": (1, {3: "close"})}, "a change is a move's number and new values"),
        ({"change": (1, {"colour": "blue"})}, "takes no colour"),
        ({"change": ("1", {})}, "named by its number"),
        ({"neutral": 5}, "neutral takes one edit or a list"),
        ({"neutral": "weather"}, "no stream of luck 'weather'; known are"),
        ({"neutral": [5]}, "no stream of luck 5; known are"),
    ],
)
def test_edits_that_cannot_be_are_told(scenario: Scenario, logs: Path, edits: dict[str, object], said: str) -> None:
    """Every slip in an edit is an IllegalMove in one sentence."""
    with Session.start(scenario, seed=2, log_dir=logs, quarters=4) as session:
        session.do("set_rhythm", account="orvik", rhythm="close")
        session.end_quarter()
    with pytest.raises(IllegalMove, match=said):
        replay(session.log_path, **edits)


def test_the_example_of_replay_runs(scenario: Scenario, logs: Path) -> None:
    """Word for word, on a log that has those moves."""
    with Session.start(scenario, seed=2, log_dir=logs, quarters=4) as session:
        session.do("set_rhythm", account="orvik", rhythm="close")
        for account in ("orvik", "kestrel"):
            session.do("scan", account=account)
        session.do("expedite", account="orvik")
        session.do("expedite", account="kestrel")
        assert len(session.commands) == 5
        session.end_quarter()
    code = re.findall(r"^ +(again = .*)$", str(replay.__doc__), re.MULTILINE)
    assert len(code) == 1
    names: dict[str, Any] = {"kamsim": kamsim, "log": session.log_path}
    exec(code[0], names)  # the docstring is ours
    assert [len(edit.drop) for edit in names["again"].edits] == [0, 1, 2, 0]
    assert len(names["again"].labels) == 4


def test_a_log_that_stops_early_is_sound_so_far(scenario: Scenario, logs: Path) -> None:
    """Verify tells how far a sound log goes, and says nothing of a stop where the session ended."""
    session = play(scenario, logs, 4)
    lines = session.log_path.read_bytes().splitlines(keepends=True)
    closes = [row for row, line in enumerate(lines) if b'"kind":"quarter"' in line]
    assert "stops" not in verify(session.log_path).sentence
    for count in (1, 3):
        session.log_path.write_bytes(b"".join(lines[: closes[count - 1] + 1]))
        verdict = verify(session.log_path)
        quarters = "1 quarter" if count == 1 else "3 quarters"
        assert verdict.ok and verdict.quarters == count
        assert verdict.sentence.startswith(f"The log is sound: {quarters} of 4; it stops there. ")
    session.log_path.write_bytes(b"".join(lines[:2]))
    assert verify(session.log_path).sentence.startswith("The log is sound: 0 quarters of 4; it stops there. ")
    session.log_path.write_bytes(b"".join(lines[:-1]))
    assert verify(session.log_path).sentence.startswith(
        "The log is sound: 4 quarters of 4; it stops there, before the score"
    )


def test_a_log_is_named_by_a_path() -> None:
    """Anything else is a LogError."""
    for log in (5, None, ["x"]):
        with pytest.raises(LogError, match="path"):
            replay(log)
