"""Two hundred hostile files and more, read and exported within fixed bounds of memory and time."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kamsim.debrief.folder import read_logs
from kamsim.debrief.tables import tables_of
from tests.debrief.hostile import lay, spoil
from tests.debrief.logs import bot_log, forge, team_log
from tests.game.forging import mutate

MOST_MEMORY = 500
"""MiB."""
MEASURED = """
import resource, sys
from kamsim.cli import main
status = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


def fill(folder: Path, count: int) -> None:
    """One of every sort of hostile file, and logs spoiled by chance, ``count`` in all."""
    named = len(list(lay(folder)))
    dice = random.Random(6)
    for number in range(count - named):
        source = forge(bot_log(), folder / "source.jsonl", lambda lines, seed=number: lines[0].update(seed=5000 + seed))
        (folder / f"chance_{number:03d}.jsonl").write_bytes(spoil(source.read_bytes(), dice))
        source.unlink()


def test_two_hundred_hostile_files(tmp_path: Path) -> None:
    """Each file but the one sound session is named; nothing is a traceback."""
    folder = tmp_path / "class"
    folder.mkdir()
    fill(folder, 200)
    found = read_logs(folder)
    files = {path for path in folder.iterdir() if not path.is_dir()}
    assert len(files) >= 200
    unnamed = files - {fault.path for fault in found.faults}
    assert {path.name for path in unnamed} == {"session_a.jsonl"}
    tables_of(found)


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as POSIX has it")
@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "xapi", "otree"])
def test_hostile_files_exhaust_no_memory(form: str, tmp_path: Path) -> None:
    """The command, with lines of a gigabyte among its input, stays under 500 MiB."""
    folder = tmp_path / "class"
    folder.mkdir()
    fill(folder, 200)
    given = ["export", str(folder), "--format", form, "--out", str(tmp_path / "out")]
    command = [sys.executable, "-c", MEASURED, *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr[-2000:]
    memory = int(done.stderr.splitlines()[-1]) / 1024
    assert memory < MOST_MEMORY, f"{memory:.0f} MiB"


def test_logs_forged_by_chance_behind_a_sound_chain(tmp_path: Path) -> None:
    """Hundreds of chance values anywhere in a log: read as far as they can stand, and every table and export is made."""
    from kamsim.debrief.exports import FORMATS, export

    dice = random.Random(66)
    for number in range(400):
        source = (bot_log(), team_log())[number % 2]

        def change(lines: list[Any]) -> None:
            lines[0]["seed"] = 1
            mutate(lines, dice)

        path = forge(source, tmp_path / "forged.jsonl", change)
        found = read_logs(path)
        tables_of(found)
        if found.logs and number % 20 == 0:
            for form in FORMATS:
                export(path, form, tmp_path / form)
