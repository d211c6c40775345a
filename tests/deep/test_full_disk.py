"""A disk that is full at every step of every command that writes: the old files stand whole, nothing is left behind, and
the sentence says so. It needs a small file system of its own, so it runs where one may be mounted."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamsim.cli import main
from tests.debrief.logs import bot_log, team_log
from tests.debrief.test_all_or_nothing import held

SIZE = 24 << 20
FORMATS = ("csv", "xlsx", "parquet", "xapi", "otree")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MiB in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, free: int) -> None:
    """Leave so many bytes."""
    (disk / "full").unlink(missing_ok=True)
    space = os.statvfs(disk)
    with (disk / "full").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, space.f_bavail * space.f_frsize - free))


def steps() -> Iterator[int]:
    """Bytes that are free: a page more each time, then in growing steps."""
    free = 0
    while free < SIZE // 2:
        yield free
        free += max(4096, free // 3 // 4096 * 4096)


COMMANDS = {
    **{form: ["export", "--format", form, "--out", "out"] for form in FORMATS},
    "debrief": ["debrief", "--out", "out/page.html"],
    "class": ["debrief", "--class", "--out", "out/page.html"],
    "slides": ["debrief", "--slides", "--out", "out/page.html"],
    "forget": ["forget", "retailored", "class"],
    "run": ["run", "halden", "--policy", "do_nothing", "--seeds", "2", "--quarters", "8", "--logs", "new"],
    "parquet of a run": ["run", "halden", "--policy", "do_nothing", "--seeds", "2", "--quarters", "4", "--out", "out/lanes.parquet"],
}  # fmt: skip


# XlsxWriter leaves the file that it could not write to the garbage collector
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_at_every_step(
    name: str, disk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(disk)
    command = COMMANDS[name]
    logs = [str(bot_log()), str(team_log())]
    (disk / "out").mkdir()
    (disk / "class").mkdir()
    for log in logs:
        shutil.copy(log, disk / "class")
    if name in FORMATS:
        assert main([*command, logs[1]]) == 0
    if name == "forget":
        assert main(["export", "class", "--format", "csv", "--out", "class/csv"]) == 0
    (disk / "out" / "page.html").write_text("old")
    capsys.readouterr()
    before, tried = {path: data for path, data in held(disk).items() if path != "full"}, 0
    given = logs if command[0] in ("export", "debrief") else []
    for free in steps():
        fill(disk, free)
        status = main([*command, *given])
        err = capsys.readouterr().err
        after = {path: data for path, data in held(disk).items() if path != "full"}
        if status == 0:
            break
        tried += 1
        assert status == 1 and "Traceback" not in err and "pace" in err, (free, err)
        assert after == before, (free, err, set(after) ^ set(before))
    assert status == 0 and tried and after != before
    print(f"{name}: {tried} steps of a full disk before {free >> 10} KiB were enough")  # noqa: T201
