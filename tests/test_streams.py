"""Standard streams that are closed, full or broken, and signals: one sentence or silence, the right status, and never a
traceback."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kamsim import errors, streams
from kamsim.cli import main
from kamsim.errors import KamsimError, shortened
from kamsim.game.session import Session
from kamsim.signals import ToldToStopError, tidy_endings, uninterrupted
from tests.every import every
from tests.scenario.minimal import write_minimal

KAMSIM = f"{sys.executable} -m kamsim"
posix = pytest.mark.skipif(os.name == "nt", reason="shells close and fill streams otherwise there")


class Broken(io.StringIO):
    """A stream that takes nothing."""

    encoding = "utf-8"

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def write(self, text: str) -> int:
        raise OSError(self.number, os.strerror(self.number))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log with one move."""
    with Session.start(write_minimal(tmp_path / "minimal"), seed=1, log_dir=tmp_path / "logs") as session:
        return session.log_path


def run(line: str, folder: Path) -> tuple[int, str]:
    """A command line through the shell: its status, and what it said on standard error."""
    done = subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr, done.stderr
    return done.returncode, done.stderr


@posix
@every(
    "line, status, said",
    [
        ("check minimal > /dev/full", 1, "standard output cannot be written: no space left on device\n"),
        ("replay LOG >&-", 1, "standard output is closed, so the result cannot be shown\n"),
        ("--help > /dev/full", 1, "standard output cannot be written: no space left on device\n"),
        ("replay LOG 2> /dev/full", 0, ""),
        ("check nowhere 2>&- >&-", 1, ""),
        ("play --text minimal --seed 1 --log-dir new <&-", 0, ""),
    ],
)
def test_streams_of_a_shell(line: str, status: int, said: str, log: Path, tmp_path: Path) -> None:
    assert run(f"{KAMSIM} {line.replace('LOG', str(log))}", tmp_path) == (status, said)


@every("stream, number, status", [("stdout", errno.ENOSPC, 1), ("stdout", errno.EIO, 1), ("stdout", errno.EPIPE, 0),
                                  ("stderr", errno.ENOSPC, 1), ("stderr", errno.EPIPE, 1)])  # fmt: skip
def test_streams_that_break(
    stream: str, number: int, status: int, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever stream breaks in whichever way, the status says whether the input or the output was at fault."""
    monkeypatch.setattr(streams.os, "dup2", lambda *_: None)
    with monkeypatch.context() as patch:
        patch.setattr(sys, stream, Broken(number))
        assert main(["replay", str(log) if stream == "stdout" else str(tmp_path / "none.jsonl")]) == status


@every("gone", [None, Broken(errno.EIO), "closed"])
def test_standard_input_that_is_gone_is_the_end_of_it(gone: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def readline(self, *_: Any) -> str:
            raise OSError(errno.EIO, "gone") if gone != "closed" else ValueError("I/O operation on closed file")

    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", None if gone is None else Gone())
        assert streams.read_line() is None


@posix
def test_a_signal_ends_a_session_in_one_sentence_and_all_is_there(tmp_path: Path) -> None:
    """SIGTERM and SIGHUP at a prompt: status 128 and the signal's number, and the log goes on."""
    write_minimal(tmp_path / "minimal")
    for number in (signal.SIGTERM, signal.SIGHUP):
        logs = tmp_path / str(int(number))
        command = [sys.executable, "-m", "kamsim", "play", "minimal", "--text", "--seed", "1", "--log-dir", str(logs)]
        with subprocess.Popen(
            command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as child:
            assert child.stdout is not None and child.stderr is not None
            while b"> " not in child.stdout.read1():
                pass
            child.send_signal(number)
            assert child.wait() == 128 + number
            assert child.stderr.read() == b"Told to stop.\n"
        (log,) = logs.iterdir()
        Session.resume(log).close()


def test_signals_wait_for_what_must_not_be_left_half_done() -> None:
    """Ctrl-C and SIGTERM in an uninterrupted block, nested ones too, come through when it is done."""
    done = []
    with tidy_endings():
        for number, error in ((signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, ToldToStopError)):
            with pytest.raises(error), uninterrupted():
                with uninterrupted():
                    signal.raise_signal(number)
                    done.append(number)
                done.append(number)
    assert done == [signal.SIGINT] * 2 + [signal.SIGTERM] * 2
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


LONG = "x" * 1_000_000


@every(
    "arguments",
    [
        ["play", LONG], ["check", LONG], ["run", "halden", "--policy", LONG], ["claims", LONG],
        ["export", "a", "--out", "b", "--format", LONG], ["replay", LONG], [LONG], ["debrief", LONG, "--out", LONG],
        ["play", "--size", LONG], ["run", "halden", "--policy", f"{LONG}.py:{LONG}"], ["play", "--seed", LONG],
        ["run", "halden", "--policy", "it's \"so\" " * 100_000], ["export", LONG, "--out", LONG, "--format", "csv"],
    ],
    lambda case: " ".join(case)[:60],
)  # fmt: skip
def test_no_sentence_repeats_a_megabyte(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) in (1, 2)
    out, err = capsys.readouterr()
    assert 0 < len(out + err) < 6_000


def test_sentences_quote_at_most_two_hundred_characters() -> None:
    """Quotations are shortened, prose with apostrophes is not, and the interface for programs keeps to it too."""
    prose = "the players' logs " + "are told in words " * 20 + "that aren't 'quoted'"
    assert shortened(prose) == prose
    for quote in "'\"":
        told = shortened(f"there is no move {quote}{'y ' * 5000}{quote}; known are a, b")
        assert len(told) < errors.MOST_QUOTED + 60 and told.endswith(f"…{quote}; known are a, b")
    assert len(str(KamsimError("z" * 10**6))) < 2_000


OWN = """
class Raises:
    name = "raises"
    def play(self, seat):
        return 1 / 0          # line 5

class Signature:
    name = "signature"
    def play(self):           # line 9
        pass

class Move:
    name = "move"
    def play(self, seat):
        seat.do("fly")        # line 15

class Leaves:
    name = "leaves"
    def play(self, seat):
        raise SystemExit(3)   # line 20

class Made:
    def __init__(self):
        raise OSError("no")   # line 24
    def play(self, seat):
        pass
"""


@every("name, line", [("Raises", 5), ("Signature", 9), ("Move", 15), ("Leaves", 20), ("Made", 24)])
def test_a_policy_of_ones_own_fails_at_its_own_line(
    name: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence with file and line, status 1, and no log is left, nor the folder that was made for it."""
    (tmp_path / "mine.py").write_text(OWN)
    monkeypatch.chdir(tmp_path)
    for more in ([], ["--logs", "logs/deep"]):
        arguments = ["run", "halden", "--policy", f"mine.py:{name}", "--seeds", "1", "--quarters", "8", *more]
        assert main(arguments) == 1
        said = capsys.readouterr().err
        assert f"mine.py:{line}" in said and said.count("\n") == 1, said
    assert not (tmp_path / "logs").exists()
