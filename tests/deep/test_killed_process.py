"""A process killed at any moment: whatever it had shown is there when the session is resumed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kamsim.game.replay import verify
from kamsim.game.session import Session
from tests.scenario.minimal import write_minimal

CHILD = """
import json, random, sys
from pathlib import Path
from kamsim.game.session import Session
from tests.game.play import any_move

def show(**what):
    print(json.dumps(what), flush=True)

folder, seed = Path(sys.argv[1]), int(sys.argv[2])
dice = random.Random(seed)
session = Session.start(folder / "minimal", seed=seed, log_dir=folder / "logs", quarters=12)
show(path=str(session.log_path), quarter=1, inbox=[event.to_dict() for event in session.inbox])
while not session.finished:
    for _ in range(6):
        move = any_move(session, dice)
        if move is None:
            continue
        answer = session.do(move[0], **move[1])
        if answer.refusal == 0:
            show(quarter=session.quarter, number=session.commands[-1].number,
                 events=[event.to_dict() for event in answer.events], hours=float(session.seen.hours_left[0]))
        if dice.random() < 0.2 and session.can_undo:
            gone = session.stack[-1].command.number
            session.undo()
            show(quarter=session.quarter, undone=gone, hours=float(session.seen.hours_left[0]))
    report = session.end_quarter()
    show(closed=report.quarter, company=float(report.ledger.company[0]),
         events=[event.to_dict() for event in report.events])
show(done=True)
"""
TEARING = """
import os, signal, sys
import kamsim.game.log as log

whole, left = os.write, [int(sys.argv[3])]

def torn(descriptor, data):
    left[0] -= 1
    if left[0] < 0:
        whole(descriptor, bytes(data)[: max(1, len(data) * int(sys.argv[4]) // 100)])
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(descriptor, data)

os.write = torn
"""
PRACTISING = CHILD.replace(
    "    report = session.end_quarter()\n",
    """    report = session.end_quarter()
    if len(session.history) == 3:
        show(closed=report.quarter, company=float(report.ledger.company[0]),
             events=[event.to_dict() for event in report.events])
        break
""",
).replace(
    "show(done=True)",
    """show(practising=session.log_path.stat().st_size)
from kamsim.game.practice import Practice
while True:
    practice = Practice(session, dice.randint(1, 3))
    for _ in range(6):
        move = any_move(practice, dice)
        if move is not None:
            practice.do(move[0], **move[1])
            practice.undo()
    practice.end_quarter()
    list(practice.onward())
""",
)
"""Three quarters of a session, then nothing but practice."""
MOMENTS = 50
TORN = 60
PRACTISED = 12


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not there")
def test_nothing_that_was_shown_is_lost(tmp_path: Path) -> None:
    """A child plays legal moves by chance and is killed (SIGKILL) at 50 chance moments; each time every move, undo and
    close that it had shown is in the resumed session, at most one step more, and the log verifies."""
    write_minimal(tmp_path / "minimal")
    dice = random.Random(1)
    torn = 0
    for moment in range(MOMENTS):
        shown = _killed(tmp_path, moment, dice)
        if not shown:
            continue
        path = Path(shown[0]["path"])
        with Session.resume(path) as session:
            torn += bool(session.notices)
            _check(session, shown)
            if not session.finished:
                session.end_quarter()
            if not session.finished:
                session.end_quarter()
        assert verify(path).ok
    print(f"{torn} torn lines in {MOMENTS} kills")  # noqa: T201  # told with -s


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not there")
def test_a_line_torn_by_a_kill_costs_that_line_alone(tmp_path: Path) -> None:
    """A child is killed after a chance share of the bytes of a chance write: what it had shown is in the resumed
    session, which says that a line was cut off wherever one was."""
    write_minimal(tmp_path / "minimal")
    dice = random.Random(2)
    torn = 0
    for moment in range(TORN):
        writes, share = str(dice.randrange(2, 90)), str(dice.randrange(100))
        command = [sys.executable, "-c", TEARING + CHILD, str(tmp_path), str(moment), writes, share]
        shown = _lines(subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout)
        if not shown:
            continue
        path = Path(shown[0]["path"])
        cut = not path.read_bytes().endswith(b"\n")
        with Session.resume(path) as session:
            assert bool(session.notices) == cut
            torn += cut
            _check(session, shown)
            if not session.finished:
                session.end_quarter()
        assert verify(path).ok
    print(f"{torn} torn lines in {TORN} kills in mid-write")  # noqa: T201  # told with -s
    assert torn > TORN // 2


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not there")
def test_a_kill_in_the_middle_of_practising_loses_nothing(tmp_path: Path) -> None:
    """A child practises past quarters and is killed at chance moments: its log is to the byte what it was before, and
    the session goes on from there."""
    write_minimal(tmp_path / "minimal")
    dice = random.Random(3)
    for moment in range(PRACTISED):
        with subprocess.Popen(
            [sys.executable, "-c", PRACTISING, str(tmp_path), str(moment)], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            raw = b""
            while b"practising" not in raw:
                line = child.stdout.readline()
                assert line, "the child ended before it practised"
                raw += line
            time.sleep(dice.random() * 0.2)
            child.send_signal(signal.SIGKILL)
        *shown, before = _lines(raw)
        path = Path(shown[0]["path"])
        assert path.stat().st_size == before["practising"]
        with Session.resume(path) as session:
            assert not session.notices and session.quarter == 4
            _check(session, shown)
            session.end_quarter()
        assert verify(path).ok


def _lines(raw: bytes) -> list[dict[str, Any]]:
    """What a child showed, whole lines only."""
    return [json.loads(line) for line in raw.split(b"\n")[:-1] if line]


def _killed(folder: Path, seed: int, dice: random.Random) -> list[dict[str, Any]]:
    """What a child showed before it was killed."""
    command = [sys.executable, "-c", CHILD, str(folder), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(dice.random() * 0.35)
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
    return _lines(first + rest)


def _check(session: Session, shown: list[dict[str, Any]]) -> None:
    """Every step shown is in the session."""
    told = [event.to_dict() for event in session.events]
    undone = {step["undone"] for step in shown if "undone" in step}
    standing = {command.number: command for command in session.commands}
    moves = [step for step in shown if "number" in step and step["number"] not in undone]
    closes = [step for step in shown if "closed" in step]
    assert all(event in told for event in shown[0]["inbox"])
    last_move = max((step["number"] for step in shown if "number" in step), default=0)
    missing = [step["number"] for step in moves if step["number"] not in standing]
    assert missing in ([], [last_move])  # the very last one may have been taken back, unseen, before the kill
    for step in moves:
        if step["number"] in standing:
            assert all(event in told for event in step["events"])
    assert not undone & set(standing)
    assert len(standing) - (len(moves) - len(missing)) <= 1
    for step in closes:
        assert float(session.history[int(step["closed"]) - 1].company[0]) == step["company"]
        assert all(event in told for event in step["events"])
    assert len(session.history) - len(closes) <= 1
    if len(session.commands) == len(moves) and len(session.history) == len(closes) and "hours" in shown[-1]:
        assert float(session.seen.hours_left[0]) == shown[-1]["hours"]
