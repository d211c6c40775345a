"""Two windows on one log, with the system's lock, with a file in its place, and with nothing between them: no move that
was shown is lost, and the chain holds."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kamsim.errors import LogLocked, LogLost, LogUnwritable
from kamsim.game import lock
from kamsim.game import log as log_module
from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.scenario.models import Scenario
from tests.every import every
from tests.game.play import whole


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without locks, as some shared folders are."""
    monkeypatch.setattr(lock, "_by_system", lambda *_: False)


@pytest.fixture
def nothing_between(no_locks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor can a file be made beside the log, or the other window is on a computer that does not see it."""
    monkeypatch.setattr(lock.Lock, "_by_file", lambda *_: "nothing keeps a second window off this log")


def started(scenario: Scenario, logs: Path) -> Session:
    session = Session.start(scenario, seed=1, log_dir=logs, quarters=4)
    session.do("set_rhythm", account="orvik", rhythm="close")
    return session


def beside(session: Session) -> Path:
    return session.log_path.with_name(f"{session.log_path.name}.lock")


@pytest.mark.usefixtures("no_locks")
def test_a_file_keeps_the_second_window_off(scenario: Scenario, logs: Path) -> None:
    """Where there are no locks a file beside the log is one; it is told once, and goes with the session."""
    with started(scenario, logs) as session:
        assert len(session.notices) == 1 and "no file locks" in session.notices[0]
        with pytest.raises(LogLocked, match="another window"):
            Session.resume(session.log_path)
        assert beside(session).exists()
    assert not beside(session).exists()
    with Session.resume(session.log_path) as again:
        assert len(again.notices) == 1 and beside(session).exists()
        again.end_quarter()
    assert not beside(session).exists() and verify(session.log_path).ok


@pytest.mark.usefixtures("no_locks")
def test_a_lock_file_left_behind(scenario: Scenario, logs: Path) -> None:
    """The file of a process of this computer that has ended does not count; any other does, and stays."""
    with started(scenario, logs) as session:
        pass
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for owner in (f"elsewhere {ended.pid}", f"{socket.gethostname()} {os.getpid()}", "", "no number", f"{'9' * 30}"):
        beside(session).write_text(owner)
        with pytest.raises(LogLocked, match="remove"):
            Session.resume(session.log_path)
        assert beside(session).read_text() == owner
    beside(session).write_text(f"{socket.gethostname()} {ended.pid}")
    with Session.resume(session.log_path) as again:
        assert beside(again).read_text() == f"{socket.gethostname()} {os.getpid()}"
        beside(again).write_text("elsewhere 1")  # somebody removed it and has their own now
    assert beside(session).exists()


@pytest.mark.usefixtures("no_locks")
def test_a_folder_where_no_lock_file_can_be_made(
    scenario: Scenario, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Play goes on, and the player knows that nothing keeps a second window off."""

    real = Path.open

    def refused(path: Path, mode: str = "r", **how: Any) -> Any:
        if mode == "x":
            raise OSError(errno.EACCES, "no")
        return real(path, mode, **how)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refused)
        session = Session.start(scenario, seed=1, log_dir=logs, quarters=4)
    with session:
        assert "only" in session.notices[0] and not beside(session).exists()


def test_with_locks_there_is_nothing_to_tell(scenario: Scenario, logs: Path) -> None:
    """No notice and no file."""
    with started(scenario, logs) as session:
        assert session.notices == [] and not beside(session).exists()


@pytest.mark.usefixtures("nothing_between")
@pytest.mark.parametrize("same", [False, True])
def test_the_moves_of_another_window_stay(scenario: Scenario, logs: Path, same: bool) -> None:
    """A window that finds the moves of another refuses, again and again, leaves the file as it is, and the other plays
    on; even where both do the same."""
    first = started(scenario, logs)
    second = Session.resume(first.log_path)
    second.do("scan", account="orvik")
    held, shown = first.log_path.read_bytes(), whole(first)
    for _ in range(2):
        with pytest.raises(LogUnwritable, match="another program") as refused:
            first.do("scan", account="orvik" if same else "kestrel")
        assert "\n" not in str(refused.value) and not isinstance(refused.value, LogLost)
        assert first.log_path.read_bytes() == held and whole(first) == shown
    second.do("scan", account="kestrel")
    second.end_quarter()
    state = whole(second)
    first.close()
    second.close()
    assert verify(first.log_path).ok
    with Session.resume(first.log_path) as again:
        assert whole(again) == state


@pytest.mark.usefixtures("nothing_between")
@pytest.mark.parametrize("when", ["before", "half", "after"])
def test_another_window_writes_in_the_middle_of_a_write(
    scenario: Scenario, logs: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Between our look at the end of the file and our last byte another one writes: what it wrote stays, also when our
    own line cannot be written or made safe; our own is taken out where it lies last."""
    first = started(scenario, logs)
    sound, other = first.log_path.read_bytes(), b'{"kind":"of another"}\n'
    real = os.write

    def meddle() -> None:
        with first.log_path.open("ab") as file:
            file.write(other)

    def write(descriptor: int, data: Any) -> int:
        if when == "before":
            meddle()
            return real(descriptor, data)
        count = real(descriptor, bytes(data)[: len(data) // (2 if when == "half" else 1)])
        meddle()
        return count

    def failing(_descriptor: int) -> None:
        raise OSError(errno.EIO, "no")

    with monkeypatch.context() as patch:
        patch.setattr(log_module.os, "write", write)
        if when == "after":
            patch.setattr(log_module.os, "fsync", failing)
        with pytest.raises(LogUnwritable, match="did not happen"):
            first.do("scan", account="kestrel")
    left = first.log_path.read_bytes()
    assert left.startswith(sound) and left.count(other) >= 1
    if when == "before":
        assert left == sound + other
    with pytest.raises(LogUnwritable, match="another program"):
        first.do("scan", account="kestrel")
    assert first.log_path.read_bytes() == left


@pytest.mark.usefixtures("nothing_between")
def test_what_a_failed_write_left_is_cut_only_while_it_is_ours(
    scenario: Scenario, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a line that could not be cut off at once is cut later, unless another has written behind it."""
    first = started(scenario, logs)
    sound = first.log_path.read_bytes()
    real, calls = os.write, [0]

    def half(descriptor: int, data: Any) -> int:
        calls[0] += 1
        return no() if calls[0] > 1 else real(descriptor, bytes(data)[: len(data) // 2])

    def no(*_: Any) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(log_module.os, "write", half)
        patch.setattr(log_module.os, "ftruncate", no)
        with pytest.raises(LogUnwritable, match="Make room"):
            first.do("scan", account="kestrel")
    torn = first.log_path.read_bytes()
    assert torn.startswith(sound) and len(torn) > len(sound)
    with first.log_path.open("ab") as file:
        file.write(b"of another\n")
    with pytest.raises(LogUnwritable, match="another program"):
        first.do("scan", account="kestrel")
    assert first.log_path.read_bytes() == torn + b"of another\n"
    os.truncate(first.log_path, len(torn))
    first.do("scan", account="kestrel")
    first.close()
    assert verify(first.log_path).ok


Vanishing = Callable[[Path], object]
VANISHED: dict[str, tuple[Vanishing, str, str]] = {
    "removed": (Path.unlink, "removed or moved", ".jsonl"),
    "moved": (lambda path: path.rename(path.with_suffix(".away")), "removed or moved", ".jsonl"),
    "its folder removed": (lambda path: shutil.rmtree(path.parent), "removed or moved", ".jsonl"),
    "its folder moved": (lambda path: path.parent.rename(path.parent.with_name("away")), "removed or moved", ".jsonl"),
    "replaced by another": (
        lambda path: (path.rename(path.with_suffix(".away")), path.write_text("of another")),
        "replaced by another file",
        "-2.jsonl",
    ),
    "replaced by a folder": (lambda path: (path.unlink(), path.mkdir()), "replaced by another file", "-2.jsonl"),
}


@every("what", VANISHED)
def test_a_log_that_vanished_is_written_anew(what: str, scenario: Scenario, tmp_path: Path) -> None:
    """From the open file, with every move, in its place or beside what stands there now; it is said, and it is true."""
    vanish, told, ending = VANISHED[what]
    logs = tmp_path / what / "logs"
    with started(scenario, logs) as session:
        before = session.log_path
        vanish(before)
        session.do("scan", account="kestrel")
        assert told in session.notices[-1] and str(session.log_path) in session.notices[-1]
        assert session.untold() == session.notices and session.untold() == []
        assert session.log_path.name == before.stem + ending and session.log_path.parent == before.parent
        with pytest.raises(LogLocked):
            Session.resume(session.log_path)
        session.end_quarter()
        state = whole(session)
    assert verify(session.log_path).ok
    with Session.resume(session.log_path) as again:
        assert whole(again) == state
    if "another" in what:
        assert before.read_text() == "of another"


def test_a_log_that_cannot_be_written_anew_is_not_told_as_safe(
    scenario: Scenario, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step did not happen, nothing half lies about, and once there is room the same window goes on."""
    with started(scenario, logs) as session:
        session.log_path.unlink()
        with monkeypatch.context() as patch:
            patch.setattr(log_module.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No room")))
            with pytest.raises(LogLost, match="no room") as refused:
                session.end_quarter()
        assert "not safe" in str(refused.value) and "all else is safe" not in str(refused.value)
        assert session.quarter == 1 and list(logs.iterdir()) == []
        session.end_quarter()
    assert verify(session.log_path).ok


def test_a_log_changed_in_its_place_is_lost_and_said_to_be(scenario: Scenario, logs: Path) -> None:
    """What the open file does not hold any more cannot be written anew; put back as it was, the log goes on."""
    with started(scenario, logs) as session:
        path, sound = session.log_path, session.log_path.read_bytes()
        for changed in (sound[:-9] + b"x" + sound[-8:], sound[:-40], b""):
            path.write_bytes(changed)
            with pytest.raises(LogLost, match="changed") as refused:
                session.end_quarter()
            assert "all else is safe" not in str(refused.value) and session.quarter == 1
            assert path.read_bytes() == changed
        path.write_bytes(sound)
        session.end_quarter()


@every("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL])
def test_every_way_of_having_no_locks_is_noticed(
    number: int, scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NFS without its daemon, kernels and FUSE mounts answer differently: each is told, and the file is used."""
    fcntl = pytest.importorskip("fcntl")

    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refused)
    with started(scenario, tmp_path / str(number)) as session:
        assert "no file locks" in session.notices[0]
        with pytest.raises(LogLocked):
            Session.resume(session.log_path)


@every("where", ["open", "Lock", "fsync"])
def test_a_session_that_fails_while_it_is_made_leaves_nothing(
    where: str, scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No log, no lock, no folder, wherever it fails."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        if where == "open":
            patch.setattr(Session, "open", full)
        elif where == "Lock":
            patch.setattr(log_module, "Lock", full)
        else:
            patch.setattr(log_module.os, "fsync", full)
        with pytest.raises((LogUnwritable, OSError)):
            Session.start(scenario, seed=1, log_dir=tmp_path / where / "a" / "b", quarters=4)
    assert not (tmp_path / where).exists()
