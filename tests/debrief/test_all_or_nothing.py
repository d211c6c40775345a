"""Several files are replaced together or not at all: whatever is locked, full, stopped or killed on the way, the old
ones stand whole, and nothing is left behind."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kamsim import aside
from kamsim.aside import Aside, tidy, write_whole
from kamsim.cli import main
from kamsim.debrief.exports import FORMATS, export
from kamsim.debrief.pages import write_debrief
from kamsim.errors import KamsimError
from kamsim.signals import ToldToStopError
from tests.debrief.logs import bot_log, team_log
from tests.every import every

Held = dict[str, bytes | None]


def held(folder: Path) -> Held:
    """Everything in a folder, hidden things too; None stands for a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def lay(folder: Path, **texts: str) -> Held:
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text)
    return held(folder)


def exchange(folder: Path) -> None:
    """a and b are replaced, c is new, d goes; e is somebody else's."""
    with Aside(folder) as work:
        for name in "abc":
            work.new(name).write_text(f"new {name}")
        work.remove("d")
        work.publish()


OLD = {"a": "old a", "b": "old b", "d": "old d", "e": "of another"}
NEW: Held = {"a": b"new a", "b": b"new b", "c": b"new c", "e": b"of another"}


@contextmanager
def failing(patch: pytest.MonkeyPatch, step: int, fault: Callable[[], object]) -> Iterator[list[int]]:
    """Every move of a file counts as a step; at one of them something happens. Gives how many there were."""
    real, count = Path.rename, [0]

    def rename(path: Path, target: Path) -> Path:
        count[0] += 1
        if count[0] == step:
            fault()
        return real(path, target)

    with patch.context() as inner:
        inner.setattr(Path, "rename", rename)
        yield count


def locked() -> None:
    raise PermissionError(errno.EACCES, "The file is open in another program")


def test_an_exchange_puts_all_in_place(tmp_path: Path) -> None:
    lay(tmp_path / "x", **OLD)
    exchange(tmp_path / "x")
    assert held(tmp_path / "x") == NEW


@every("step", range(1, 7))
def test_a_lock_at_any_step_undoes_all_of_them(step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three files are taken away and three put in place: a lock at any of these leaves the folder as it was."""
    old = lay(tmp_path / str(step), **OLD)
    with failing(monkeypatch, step, locked) as count, pytest.raises(OSError, match="open in another program"):
        exchange(tmp_path / str(step))
    assert count[0] >= step and held(tmp_path / str(step)) == old


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked there")
@every("step", range(1, 7))
def test_a_kill_at_any_step_is_undone_by_the_next_command(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A killed process leaves files of one kind only, old or new, never both; whoever writes there next finds the old
    ones whole first."""
    folder = tmp_path / str(step)
    old = lay(folder, **OLD)
    child = os.fork()
    if not child:
        with failing(monkeypatch, step, lambda: os._exit(9)):
            exchange(folder)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = {path.name: path.read_text() for path in folder.iterdir() if path.name in "abc"}
    assert len({text.split()[0] for text in left.values()}) <= 1, left
    tidy(folder)
    assert held(folder) == old
    exchange(folder)
    assert held(folder) == NEW


def test_what_others_are_writing_is_left_alone_and_what_a_stranger_left_goes_nowhere(tmp_path: Path) -> None:
    """A folder of a running process, or of another computer, stays; names that lead out of the folder are not followed."""
    for name, owner in (("running", f"{os.uname().nodename} {os.getpid()}"), ("elsewhere", "elsewhere 1")):
        work = tmp_path / f".kamsim-{name}"
        (work / "new").mkdir(parents=True)
        (work / "owner").write_text(owner)
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    evil = tmp_path / "in" / ".kamsim-evil"
    (evil / "old").mkdir(parents=True)
    (evil / "owner").write_text(f"{os.uname().nodename} {child}")
    (tmp_path / "outside").write_text("mine")
    (evil / "names").write_text(f'[["../outside", "{tmp_path}/outside"], []]')
    (evil / "new").mkdir()
    tidy(tmp_path)
    tidy(tmp_path / "in")
    assert (tmp_path / "outside").read_text() == "mine" and not evil.exists()
    assert (tmp_path / ".kamsim-running").is_dir() and (tmp_path / ".kamsim-elsewhere").is_dir()


def test_what_cannot_be_undone_is_said_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the way back is barred too, the sentence names the files, and where the old ones lie."""
    old = lay(tmp_path / "x", **OLD)
    monkeypatch.setattr(Path, "replace", lambda *_: locked())
    with failing(monkeypatch, 5, locked), pytest.raises(KamsimError, match="not in place are") as told:
        exchange(tmp_path / "x")
    where = Path(str(told.value).split(" lie in ")[1])
    assert {name: (where / name).read_bytes() for name in "abd"} == {name: old[name] for name in "abd"}


def test_folders_made_for_nothing_go_again(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Aside(tmp_path / "a" / "b") as work:
        work.new("c").write_text(str(1 // 0))
    assert held(tmp_path) == {}


@every("blocked", ["decisions.csv", "dictionary.csv", "players.csv"])
def test_a_table_that_is_open_elsewhere_stops_all_tables(blocked: str, tmp_path: Path) -> None:
    """A folder in the place of one table stands for a file that Windows keeps locked: no table is replaced."""
    out = tmp_path / blocked
    export(team_log(), "csv", out)
    (out / blocked).unlink()
    (out / blocked).mkdir()
    before = held(out)
    with pytest.raises(KamsimError, match=f"{blocked} is not a file; nothing there was changed"):
        export(bot_log(), "csv", out)
    assert held(out) == before


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_replaced_whole_or_not_at_all(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock at the last step, a full disk, Ctrl-C, SIGTERM: the old export stands, and nothing lies beside it."""
    export(team_log(), form, tmp_path)
    old = held(tmp_path)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def stop(number: int) -> Callable[..., None]:
        return lambda *_: signal.raise_signal(number)

    ways: list[tuple[Any, type[BaseException]]] = [(full, KamsimError), (stop(signal.SIGINT), KeyboardInterrupt)]
    for fault, error in ways:
        with monkeypatch.context() as patch:
            patch.setattr(aside, "_sync", fault)
            with pytest.raises(error):
                export(bot_log(), form, tmp_path)
        assert held(tmp_path) == old
    with monkeypatch.context() as patch:
        patch.setattr(aside, "_check", lambda *_: locked())
        with pytest.raises(KamsimError, match="nothing there was changed"):
            export(bot_log(), form, tmp_path)
    assert held(tmp_path) == old
    with monkeypatch.context() as patch:
        patch.setattr("kamsim.debrief.exports.sink.Sink.fault_rows", stop(signal.SIGTERM))
        patch.setattr("kamsim.debrief.exports.xapi.XapiFile.publish", stop(signal.SIGTERM))
        assert main(["export", str(bot_log()), "--format", form, "--out", str(tmp_path)]) == 128 + signal.SIGTERM
    assert held(tmp_path) == old


def test_a_page_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old page stands where the new one cannot be written; a link stays a link, and a device is no page."""
    page = tmp_path / "page.html"
    write_debrief([team_log()], page)
    old = held(tmp_path)
    for name, fault in (("_sync", locked), ("_check", locked)):
        with monkeypatch.context() as patch:
            patch.setattr(aside, name, lambda *_, fault=fault: fault())
            with pytest.raises(KamsimError, match="cannot be written"):
                write_debrief([bot_log()], page)
        assert held(tmp_path) == old
    with monkeypatch.context() as patch:
        patch.setattr(aside, "_sync", lambda *_: (_ for _ in ()).throw(ToldToStopError(15)))
        with pytest.raises(ToldToStopError):
            write_debrief([bot_log()], page)
    assert held(tmp_path) == old
    (tmp_path / "latest.html").symlink_to(page)
    write_whole({tmp_path / "latest.html": b"new"})
    assert (tmp_path / "latest.html").is_symlink() and page.read_bytes() == b"new"
    write_whole({Path(os.devnull): b"x"})
    with pytest.raises(OSError, match="not a file"):
        write_whole({tmp_path: b"x"})
    shutil.rmtree(tmp_path)
