"""A session: undo, reset, resume, guesses, the end."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from kamsim.engine.moves import MOVES, Refusal
from kamsim.errors import IllegalMove, KamsimError, LogUnwritable
from kamsim.game import parts
from kamsim.game import session as session_module
from kamsim.game.log import LogWriter, read_log
from kamsim.game.records import Moved
from kamsim.game.session import Session
from kamsim.players.policies import POLICIES, named_policy
from kamsim.scenario.models import Scenario
from tests.game.play import any_move, play_quarter, state, try_move, whole

QUIET = [kind for kind, move in MOVES.items() if not move.answered]


def start(scenario: Scenario, logs: Path, seed: int = 1, quarters: int = 4, **more: object) -> Session:
    return Session.start(scenario, seed=seed, log_dir=logs, quarters=quarters, **more)  # type: ignore[arg-type]


def test_undo_is_as_if_it_had_never_been_done(scenario: Scenario, logs: Path) -> None:
    """Taking back a move, whatever it is, restores the state to the bit and forgets what it told."""
    dice = random.Random(5)
    with start(scenario, logs) as session:
        for _ in range(2):
            undone = set()
            for _ in range(60):
                before = whole(session)
                answer = try_move(session, dice)
                if answer is None or not session.can_undo or session.commands[-1] != session.stack[-1].command:
                    continue
                undone.add(session.commands[-1].move)
                assert session.undo()
                after = whole(session)
                assert after.pop("numbered") > before.pop("numbered")
                assert after == before
            assert undone <= set(QUIET) and len(undone) >= 4
            session.end_quarter()


def test_reset_takes_back_the_quarter_as_far_as_nobody_answered(scenario: Scenario, logs: Path) -> None:
    """Reset returns to the quarter's beginning, or to the last move that somebody answered, and says how many moves."""
    with start(scenario, logs) as session:
        first = state(session)
        assert not session.can_undo and session.reset_quarter() == 0 and not session.undo()
        session.do("set_rhythm", account="orvik", rhythm="close")
        session.do("set_discount", account="orvik", line="bearings", region="north", discount=0.18)
        assert session.reset_quarter() == 2
        assert state(session) == first and session.commands == []
        session.do("set_rhythm", account="orvik", rhythm="close")
        session.do("meet", person="aune", agenda="results")
        assert not session.can_undo
        floor = state(session)
        session.do("set_rhythm", account="orvik", rhythm="light")
        session.do("set_rhythm", account="kestrel", rhythm="close")
        assert session.reset_quarter() == 2
        assert state(session) == floor and [command.move for command in session.commands] == ["set_rhythm", "meet"]


def test_a_quarter_once_closed_cannot_be_undone(scenario: Scenario, logs: Path) -> None:
    """Undo never crosses the end of a quarter."""
    with start(scenario, logs) as session:
        session.do("set_rhythm", account="orvik", rhythm="close")
        session.end_quarter()
        assert not session.can_undo and not session.undo() and session.reset_quarter() == 0


def test_a_refused_move_leaves_no_trace(scenario: Scenario, logs: Path) -> None:
    """What the rules refuse is not logged and changes nothing; what does not exist is an IllegalMove."""
    with start(scenario, logs) as session:
        before, size = whole(session), session.log_path.stat().st_size
        answer = session.do("set_rhythm", account="orvik", rhythm="normal")
        assert answer.refusal == Refusal.NO_CHANGE and answer.events == ()
        for kind, args in (
            ("fly", {}),
            ("meet", {"person": "nobody", "agenda": "results"}),
            ("meet", {"person": "aune", "agenda": ["results"]}),
            ("set_discount", {"account": "orvik", "line": "bearings", "discount": float("nan")}),
            ("set_discount", {"account": "orvik", "line": "bearings", "discount": np.array([0.1, 0.2])}),
        ):
            with pytest.raises(IllegalMove):
                session.do(kind, **args)
        assert whole(session) == before and session.log_path.stat().st_size == size


@pytest.mark.parametrize("seed", range(4))
def test_resumed_at_any_point_it_goes_on_as_if_it_had_never_stopped(scenario: Scenario, logs: Path, seed: int) -> None:
    """A session stopped and resumed after every few moves equals, to the bit, one that never stopped; undo included."""
    dice, same_dice = random.Random(seed), random.Random(seed)
    stopping = random.Random(seed + 100)
    steady, stopped = start(scenario, logs, seed), start(scenario, logs, seed)
    for quarter in range(4):
        for _ in range(3):
            play_quarter(steady, dice, 3)
            play_quarter(stopped, same_dice, 3)
            if stopping.random() < 0.6:
                before = whole(stopped)
                stopped.close()
                stopped = Session.resume(stopped.log_path)
                assert whole(stopped) == before and stopped.notices == []
        for session in (steady, stopped):
            session.guess("profit_range", [quarter * 100, 10**7])
            session.end_quarter()
        one, two = whole(steady), whole(stopped)
        one.pop("events"), two.pop("events")
        assert one == two
    assert [e.to_dict() for e in steady.events[:-1]] == [e.to_dict() for e in stopped.events[:-1]]
    steady.close(), stopped.close()
    with Session.resume(stopped.log_path) as again:
        assert whole(again) == whole(stopped) and again.finished


def test_the_end(scenario: Scenario, logs: Path) -> None:
    """The last quarter brings score, purses and the discounter; after it nothing can be done."""
    with start(scenario, logs, quarters=4) as session:
        for _ in range(3):
            named_policy("typical").play(session.seat)
            assert session.end_quarter().events[-1].kind != "finished"
        named_policy("typical").play(session.seat)
        report = session.end_quarter()
        assert session.finished and session.quarter == 5
        finished = report.events[-1]
        assert finished.kind == "finished" and finished.plain()["score"] == 50.0
        assert (
            finished.plain()["value"]
            == finished.plain()["typical"]
            == finished.plain()["banked"] + finished.plain()["left"]
        )
        assert finished.plain()["you"]["profit"] == sum(int(ledger.contribution.sum()) for ledger in session.history)
        assert finished.plain()["empty_chair"]["value"] > finished.plain()["discounter"]["value"]
        assert {"revealed", "reviewed"} <= {event.kind for event in report.events}
        assert session.do("scan", account="orvik").refusal == Refusal.ENDED
        for late in (session.end_quarter, lambda: session.guess("breakeven", 20)):
            with pytest.raises(IllegalMove):
                late()


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_a_policy_plays_through_the_log(scenario: Scenario, logs: Path, policy: str) -> None:
    """A bot in the session's seat does to the cent what the same bot does in a simulation, and every move is logged."""
    from kamsim.players.simulate import simulate

    bot = named_policy(policy)  # one for the whole session: some remember what they wrote
    with start(scenario, logs, seed=3) as session:
        while not session.finished:
            bot.play(session.seat)
            session.end_quarter()
        made = np.array([ledger.contribution[:, 0] for ledger in session.history])
        assert np.array_equal(made, simulate(scenario, policy, [3], quarters=4).nac[0])
        moves = [line for line in read_log(session.log_path).lines if isinstance(line, Moved)]
        assert len(moves) == len(session.commands)


def test_what_was_seen_follows_the_moves(scenario: Scenario, logs: Path) -> None:
    """A `Seen` that a policy holds shows its moves, and their undoing, as one in any other seat does."""
    with start(scenario, logs) as session:
        seen, hours = session.seen, float(session.seen.hours_left[0])
        session.do("scan", account="orvik")
        assert seen.hours_left[0] == hours - 10.0 and seen.insight[0, 0]
        session.do("expedite", account="orvik")
        assert seen.hours_left[0] == hours - 20.0
        session.undo()
        assert seen.hours_left[0] == hours - 10.0 and not seen.expedited[0, 0]


def test_guesses(scenario: Scenario, logs: Path) -> None:
    """The three guesses are kept, and come back beside the facts at the end of the year; nonsense is refused."""
    with start(scenario, logs) as session:
        session.guess("ranking", ["kestrel", "orvik"])
        session.guess("breakeven", 15)
        session.guess("profit_range", [0, 5_000_000])
        for name, value in (
            ("ranking", ["orvik"]), ("ranking", "orvik"), ("breakeven", True), ("breakeven", float("nan")),
            ("breakeven", -1), ("profit_range", [5, 1]), ("profit_range", 7), ("weather", 1),
        ):  # fmt: skip
            with pytest.raises(IllegalMove):
                session.guess(name, value)
        for _ in range(4):
            report = session.end_quarter()
        told = {event.kind: event.plain() for event in report.events}
        assert told["revealed"]["guess"] == ["kestrel", "orvik"]
        assert sorted(told["revealed"]["by_profit"]) == ["kestrel", "orvik"]
        assert told["reviewed"]["range"] == [0, 5_000_000] and told["reviewed"]["range_quarter"] == 1


def test_a_session_killed_before_its_score_gets_it_on_resuming(scenario: Scenario, logs: Path) -> None:
    """If all quarters are closed and the score is missing, resuming adds it: the same one."""
    with start(scenario, logs) as session:
        while not session.finished:
            session.end_quarter()
    lines = session.log_path.read_bytes().splitlines(keepends=True)
    session.log_path.write_bytes(b"".join(lines[:-1]) + lines[-1][:100])
    with Session.resume(session.log_path) as again:
        assert again.finished and again.events[-1] == session.events[-1]


def test_a_session_that_owes_hours_resumes(logs: Path) -> None:
    """A team that lost somebody has fewer hours than its standing contact takes; every move made then is in the log."""
    with Session.start("portfolio", seed=1, log_dir=logs, quarters=12) as session:
        owed, left = False, 12
        while not owed and left:
            for account in session.params.accounts:
                session.seat.do("set_rhythm", account=account, rhythm="close")
            session.seat.do("set_target", target="personal")
            owed, left = bool(session.seen.hours_left[0] < 0), left - 1
            if owed:
                assert session.seat.do("set_rhythm", account=session.params.accounts[0], rhythm="light").done[0]
            session.end_quarter()
        assert owed, "nobody left"
        there = state(session)
    with Session.resume(session.log_path) as again:
        assert state(again) == there


def test_the_shipped_scenario_resumes(logs: Path) -> None:
    """A team plays Halden by chance for a while; resumed in the middle of a quarter everything is there."""
    dice = random.Random(6)
    with Session.start("halden", seed=2026, members=("Ada", "Ben"), log_dir=logs) as session:
        for _ in range(5):
            play_quarter(session, dice, 8)
            session.end_quarter()
        play_quarter(session, dice, 4)
        before = whole(session)
    with Session.resume(session.log_path) as again:
        assert whole(again) == before and again.members == ("Ada", "Ben")


def test_open_matters(scenario: Scenario, logs: Path) -> None:
    """Before a close the session says what would be left undone: requests due now, incidents, hours."""
    with start(scenario, logs) as session:
        assert session.open_matters() and session.open_matters().requests == ()
        session.end_quarter()
        assert session.open_matters().requests == ()  # asked in quarter 2, due in 3
        session.end_quarter()
        assert session.open_matters().requests == ("six_per_cent",)
        session.do("answer_request", request="six_per_cent", answer="decline")
        assert session.open_matters().requests == ()
        session.end_quarter()
        assert session.open_matters().incidents == ("orvik",)
        session.do("handle_incident", account="orvik", effort=10, redress="none")
        assert session.open_matters().incidents == ()


def test_teams_and_odd_names(scenario: Scenario, logs: Path) -> None:
    """A team's members and any name in any script are kept; the file's name is plain; no log is ever overwritten."""
    paths = set()
    for player, members in (("", ("Ada", "Łukasz", "李雷")), ("../../Ünal\x00\n", ()), ("\udcff", ()), ("", ())):
        with start(scenario, logs, player=player, members=members) as session:
            paths.add(session.log_path)
            assert session.log_path.parent == logs and session.log_path.name.isascii()
            assert session.members == members and session.player.isprintable()
        with Session.resume(session.log_path) as again:
            assert (again.player, again.members) == (session.player, session.members)
    assert len(paths) == 4
    with pytest.raises(KamsimError):
        start(scenario, logs, members=tuple("abcdefg"))


def test_lengths_and_seeds_that_cannot_be(scenario: Scenario, logs: Path) -> None:
    """A length outside the scenario's range or an impossible seed is said in a sentence; no file is made."""
    for more in ({"quarters": 3}, {"quarters": 13}, {"seed": -1}, {"seed": 2**63}, {"seed": True}):
        with pytest.raises(KamsimError):
            start(scenario, logs, **more)  # type: ignore[arg-type]
    assert not logs.exists()


def test_thinking_time_leaves_out_absence(scenario: Scenario, logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thought is measured between commands; a gap counts at most two minutes, and signs of life divide it."""
    clock = [1000.0]
    monkeypatch.setattr(session_module.time, "monotonic", lambda: clock[0])
    with start(scenario, logs) as session:
        clock[0] += 30
        session.do("set_rhythm", account="orvik", rhythm="close")
        clock[0] += 4000
        session.do("set_rhythm", account="orvik", rhythm="light")
        for _ in range(5):
            clock[0] += 100
            session.touch()
        session.do("set_rhythm", account="orvik", rhythm="close")
        lines = [line for line in read_log(session.log_path).lines if isinstance(line, Moved)]
        assert [line.thought for line in lines] == [30.0, parts.IDLE, 500.0]


def test_what_cannot_be_written_did_not_happen(scenario: Scenario, logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the log cannot be written nothing advances: not by a move, an undo, a guess or a close; later it goes on."""
    dice = random.Random(1)
    with start(scenario, logs) as session:
        session.do("set_rhythm", account="orvik", rhythm="close")
        before = whole(session)

        def full(*_: object) -> None:
            raise LogUnwritable("the disk is full")

        with monkeypatch.context() as patch:
            patch.setattr(LogWriter, "append", full)
            move = any_move(session, dice)
            assert move is not None
            for attempt in (
                lambda: session.do(move[0], **move[1]), session.undo, session.reset_quarter, session.end_quarter,
                lambda: session.guess("breakeven", 20),
            ):  # fmt: skip
                with pytest.raises(LogUnwritable):
                    attempt()
                assert whole(session) == before
        session.end_quarter()
        assert session.quarter == 2
