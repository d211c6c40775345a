"""Logs from any folder: each used as far as it is sound, and each fault named in one sentence."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kamsim
from kamsim.debrief.files import MOST_LINE
from kamsim.debrief.folder import read_logs
from kamsim.debrief.tables import tables_of
from kamsim.game.log import read_log
from kamsim.game.replay import standing
from kamsim.game.session import Session
from tests.debrief.hostile import lay, spoil
from tests.debrief.logs import ADA, bot_log, forge, opened, sealed_lines, team_log
from tests.engine.worlds import halden

OLD_LOG = Path(__file__).parent.parent / "golden" / "old_logs" / "rules_1.jsonl"


def test_a_sound_log_is_what_the_session_was() -> None:
    """Header, moves, books and score come as they were; what was taken back does not stand."""
    found = read_logs(bot_log())
    (log,) = found.logs
    whole = read_log(bot_log())
    assert not found.faults and log.finished and log.quarter == 9 and len(log.books) == 8
    assert log.commands == standing(whole.lines) and log.header == whole.header
    assert log.scenario.id == "halden" and log.same_rules
    assert log.score is not None and log.score == whole.lines[-1].score  # type: ignore[union-attr]
    again = kamsim.replay(log.log_file)
    assert round(float(again.value[0])) == log.score.value


def test_an_unfinished_session_of_a_team() -> None:
    found = read_logs([team_log()])
    (log,) = found.logs
    assert [fault.kind for fault in found.faults] == ["unfinished"] and found.faults[0].used == "all"
    assert "after 2 of 8 quarters" in found.faults[0].sentence
    assert log.name == ADA and not log.finished and log.quarter == 3
    assert log.undone == {3} and 3 not in [move.n for move in log.moves]
    assert not any(event.number == 3 for event in log.events)
    assert kamsim.replay(log.log_file).quarters == 2


def test_every_hostile_file_is_named_with_its_fault(tmp_path: Path) -> None:
    """A folder of sixty sorts of hostile files: no traceback, and each is named once, with what is used of it."""
    expected = dict(lay(tmp_path))
    found = read_logs([tmp_path])
    for path, (kind, used) in expected.items():
        faults = [fault for fault in found.faults if fault.path == path]
        told = [(fault.kind, fault.used) for fault in faults]
        assert (kind, used) in told, f"{path.name}: {[str(fault) for fault in faults]}"
        assert (path in [log.path for log in found.logs]) == (used != "none"), path.name
        assert all("\n" not in fault.sentence and len(fault.sentence) < 400 for fault in faults)
    sound = {path for path in tmp_path.iterdir() if path.is_file()} - set(expected)
    assert {path.name for path in sound} == {"session_a.jsonl"}
    tables_of(found)


@pytest.mark.parametrize("seed", range(15))
def test_chance_faults_are_named(tmp_path: Path, seed: int) -> None:
    """A log spoiled by chance is never silently taken for whole, and what is used of it is its sound beginning."""
    path = tmp_path / "spoiled.jsonl"
    path.write_bytes(spoil(bot_log().read_bytes(), random.Random(seed)))
    found = read_logs(path)
    whole = read_logs(bot_log()).logs[0]
    assert found.faults
    for log in found.logs:
        assert log.lines == whole.lines[: len(log.lines)] and log.session == whole.session


def test_files_folders_and_globs_each_once(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    shutil.copy(bot_log(), tmp_path / "deep" / "er" / "one.jsonl")
    shutil.copy(team_log(), tmp_path / "two[1].jsonl")
    (tmp_path / ".hidden").write_text("x")
    found = read_logs([tmp_path, tmp_path / "two[1].jsonl", f"{tmp_path}/*.jsonl", f"{tmp_path}/**/*.jsonl"])
    assert [log.path.name for log in found.logs] == ["two[1].jsonl", "one.jsonl"]
    assert [fault.kind for fault in found.faults] == ["unfinished"]
    missing = read_logs([tmp_path / "no.jsonl", f"{tmp_path}/*.log", "\0", "x" * 5000])
    assert not missing.logs and len(missing.faults) == 4
    assert len(read_logs([tmp_path / "deep"]).logs) == 1
    (tmp_path / "bare").mkdir()
    assert read_logs(tmp_path / "bare").faults[0].kind == "missing"


def test_the_longest_of_a_session_is_kept_wherever_it_lies(tmp_path: Path) -> None:
    """Copies made on the way are left out, named with the file that is used instead."""
    lines = team_log().read_bytes().splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines[:9]))
    (tmp_path / "z.jsonl").write_bytes(b"".join(lines))
    found = read_logs(tmp_path)
    assert [log.path.name for log in found.logs] == ["z.jsonl"]
    fault = next(fault for fault in found.faults if fault.kind == "duplicate")
    assert fault.path.name == "a.jsonl" and "z.jsonl" in fault.sentence
    assert read_logs(tmp_path / "a.jsonl").logs[0].session == found.logs[0].session


@pytest.mark.parametrize("way", ["longer", "as_long", "otherwise"])
def test_a_forged_copy_takes_no_sessions_place(tmp_path: Path, way: str) -> None:
    """A copy with a value that cannot be is named and left out, and the sound log beside it is used."""
    shutil.copy(team_log(), tmp_path / "z.jsonl")

    def change(lines: list[Any]) -> None:
        lines[-1 if way != "otherwise" else 5]["thought"] = -1.0
        if way == "longer":
            lines.append(lines[-1])

    forge(team_log(), tmp_path / "a.jsonl", change)
    found = read_logs(tmp_path)
    assert [log.path.name for log in found.logs] == ["z.jsonl"]
    assert [path.name for path in found.left_out] == ["a.jsonl"]
    assert "duplicate" not in {fault.kind for fault in found.faults}


def test_two_people_who_began_in_one_second_are_two_sessions(tmp_path: Path) -> None:
    """The same name, seed and second: told apart by their ids, and in logs that have none by their first move."""
    for name, thought in (("a", 1.0), ("b", 5.5)):

        def without_id(lines: list[Any], thought: float = thought) -> None:
            del lines[0]["id"], lines[0]["policy"]
            lines[2]["thought"] = thought

        (tmp_path / f"{name}.jsonl").write_bytes(sealed_lines(changed(opened(bot_log()), without_id)))
    found = read_logs(tmp_path)
    assert len(found.logs) == 2 and not found.faults
    assert len({log.session for log in found.logs}) == 2
    ids = set()
    for _ in range(2):
        with Session.start(halden(), seed=7, player="Ada", log_dir=tmp_path / "new") as session:
            ids.add(read_logs(session.log_path).logs[0].session)
    assert len(ids) == 2


def changed(lines: list[Any], change: Callable[[list[Any]], None]) -> list[Any]:
    change(lines)
    return lines


def test_one_id_is_one_session(tmp_path: Path) -> None:
    """Two files with one id are one session, whatever else their first lines say."""
    lines = opened(bot_log())
    for name, player in (("a", "Ada"), ("b", "Eve")):
        lines[0]["player"] = player
        (tmp_path / f"{name}.jsonl").write_bytes(sealed_lines(lines))
    found = read_logs(tmp_path)
    assert len(found.logs) == 1 and [fault.kind for fault in found.faults] == ["duplicate"]
    assert "has the id of the session in" in found.faults[0].sentence


def test_a_log_of_other_rules_is_read_and_named() -> None:
    found = read_logs(OLD_LOG)
    (log,) = found.logs
    assert {fault.kind for fault in found.faults} == {"rules", "unfinished"} and not log.same_rules
    assert len(log.books) == 3
    rows = tables_of(found)["quarters"]
    assert sum(rows["profit"]) == sum(sum(map(sum, books.money)) for books in log.books)


def test_a_changed_log_is_used_up_to_the_changed_line(tmp_path: Path) -> None:
    lines = bot_log().read_bytes().splitlines(keepends=True)
    lines[20] = lines[20].replace(b'"quarter":', b'"quarter" :', 1)
    path = tmp_path / "changed.jsonl"
    path.write_bytes(b"".join(lines))
    found = read_logs(path)
    fault = found.faults[0]
    assert (fault.kind, fault.used, fault.line) == ("changed", "part", 21)
    assert "line 21" in fault.sentence and "20 lines before it are used" in fault.sentence
    assert len(found.logs[0].lines) == 20


def test_a_missing_last_newline_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl"
    path.write_bytes(bot_log().read_bytes().removesuffix(b"\n"))
    found = read_logs(path)
    assert found.logs[0].finished and [fault.kind for fault in found.faults] == ["line_endings"]


def test_a_long_line_is_not_taken_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading stops one byte behind the longest line that is allowed."""
    asked: list[int] = []

    class Recorded:
        def readline(self, most: int) -> bytes:
            asked.append(most)
            return b"x" * most

    from kamsim.debrief import files

    assert sum(map(len, files._lines(Recorded()))) == MOST_LINE + 1 and asked == [MOST_LINE + 1]  # type: ignore[arg-type]
