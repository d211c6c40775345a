"""Trainings: logged, killed, gone on with, verified, learned from, debriefed, forgotten."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kamsim.cli import main
from kamsim.debrief.drills import class_page, page
from kamsim.debrief.drills.reading import trainees
from kamsim.errors import LogError
from kamsim.game.log import rewritten
from kamsim.gym.kinds import CALIBRATES, KINDS, SKILLS
from kamsim.gym.players import answer, play
from kamsim.gym.progress import Done, Progress, delete_progress, export_progress, level_of, progress, skills
from kamsim.gym.records import read_training
from kamsim.gym.training import Training, unfinished
from kamsim.gym.verifying import verify
from tests.gym.trained import trained

SEED, COUNT = 7_000_001, 3


def copied(to: Path, *bots: str) -> list[Path]:
    return [Path(shutil.copy(trained(bot, SEED, COUNT), to)) for bot in bots]


def test_a_set_is_the_same_for_everybody() -> None:
    """With a seed, kind, customer, page and level follow from it alone, whoever answers and however."""
    one, other = (read_training(trained(bot, SEED, COUNT)) for bot in ("dynamic", "random_legal"))
    assert [drilled.drill for drilled in one.drills] == [drilled.drill for drilled in other.drills]
    assert len({drilled.drill.kind for drilled in one.drills}) == COUNT


def test_a_log_is_verified_and_what_was_changed_is_named(tmp_path: Path) -> None:
    """Every drill comes out the same again; a line that was changed, or forged with its chain, is found."""
    (log,) = copied(tmp_path, "dynamic")
    assert main(["replay", str(log)]) == 0
    text = log.read_text(encoding="utf-8")
    log.write_text(text.replace('"mark":', '"mark": ', 1), encoding="utf-8")
    assert not verify(log).ok
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        line.pop("hash")
        if line["kind"] == "judged":
            line["mark"] = 100.0 if line["mark"] < 50 else 1.0
    log.write_bytes(rewritten(lines))
    verdict = verify(log)
    assert not verdict.ok and "mark" in verdict.sentence
    lines[-1]["next_time"] = {"not": "a text"}
    log.write_bytes(rewritten(lines))
    with pytest.raises(LogError):
        read_training(log)


def test_killed_anywhere_nothing_is_lost(tmp_path: Path) -> None:
    """From any line, and from a line that is cut short, the training goes on: what was told stays, the open drill is
    staged again with its moves, and what follows comes out as it did."""
    (log,) = copied(tmp_path, "dynamic")
    whole = log.read_bytes().splitlines(keepends=True)
    judged = [place for place, line in enumerate(whole) if b'"kind":"judged"' in line]
    for cut in (judged[0] + 2, judged[1]):
        log.write_bytes(b"".join(whole[:cut]) + whole[cut][: len(whole[cut]) // 2])
        left = unfinished("dynamic", tmp_path)
        assert left is not None and left.path == log
        with Training.resume(log) as training:
            assert len(training.done) == sum(place < cut for place in judged)
            bout = training.pose()
            if bout.expected is None:
                bout.expect(*bout.usual)
            for kind, args in answer(bout, "dynamic")[len(bout.said) :]:
                bout.make(kind, args)
            told = training.feedback()
            was = read_training(trained("dynamic", SEED, COUNT)).drills[told.drill.number - 1].told
            assert was is not None and (told.drill, told.mark, told.ahead) == (was.drill, was.mark, was.ahead)
    with Training.resume(log) as training:
        last = training.last()
        assert last is not None and last[0].answered and last[1] == training.done[-1]


def test_progress_is_folded_from_logs_exported_and_deleted(tmp_path: Path) -> None:
    """Skills, when they are due and ranges come from the logs alone, the same every time; a foreign file is named and
    left alone; what is deleted is gone, and nobody else's."""
    copied(tmp_path, "dynamic", "random_legal")
    (tmp_path / "notes.jsonl").write_text('{"kind":"training","format":1}\n', encoding="utf-8")
    at = datetime(2030, 1, 1, tzinfo=UTC)
    found, again = progress("dynamic", tmp_path, at), progress("dynamic", tmp_path, at)
    assert found == again and len(found.drills) == COUNT and len(found.faults) == 1
    assert found.calibration[1] == COUNT and found.next is not None
    shown = {name for done in found.drills for name in done.met}
    assert {name for name, skill in found.skills.items() if skill.series} == shown
    assert all((skill.due is not None) == (name in shown) for name, skill in found.skills.items())
    export_progress("dynamic", tmp_path / "mine.json", tmp_path)
    assert len(json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))["drills"]) == COUNT
    assert delete_progress("dynamic", tmp_path) == 1
    assert not progress("dynamic", tmp_path).drills and progress("random_legal", tmp_path).drills
    assert (tmp_path / "notes.jsonl").exists()


def test_a_weak_spot_comes_back_soon_and_what_is_known_comes_later() -> None:
    """The scheduler's plan follows from the reviews: what was met badly is due before what was met well; what comes next
    is what is weak, harder once it is met well twice."""
    at = datetime(2030, 1, 1, tzinfo=UTC)

    def done(day: int, met: dict[str, float], level: int = 1) -> Done:
        return Done(at + timedelta(days=day), "case", level, "orvik", 50.0, 20.0, 80.0, met, None, 30.0)

    drills = [done(day, {**dict.fromkeys(SKILLS, 0.95), "evidence": 0.1}) for day in range(3)]
    found = skills(drills, at + timedelta(days=3))
    assert found["evidence"].due < found["brevity"].due  # type: ignore[operator]
    assert found == skills(drills, at + timedelta(days=3))
    known = Progress("Ada", tuple(drills), found, (), ())
    coming = known.next
    assert coming is not None and (coming.skill, coming.why, coming.level) == ("evidence", "weak", 1)
    assert coming.kind in [name for name, kind in KINDS.items() if "evidence" in kind.skills] and coming.kind != "case"
    assert level_of(drills, "brevity") == 2 and level_of([], CALIBRATES) == 1


def test_what_comes_next_follows_the_player(tmp_path: Path) -> None:
    """Without a seed the second drill is for what the first left weak, in another coat."""
    with Training.start(player="Ada", scenario="halden", count=2, log_dir=tmp_path) as training:
        play(training.pose(), "random_legal")
        training.feedback()
        coming = training.progress().next
        drill = training.pose().drill
    assert coming is not None and (drill.skill, drill.kind) == (coming.skill, coming.kind)


def test_debrief_export_and_forget_know_drills(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One player's page, a class's with handouts, tables; and a person who is forgotten is gone from all of it."""
    logs = copied(tmp_path, "dynamic", "random_legal")
    people, faults = trainees([*logs, logs[0]])
    assert [one.name for one in people] == ["dynamic", "random_legal"] and [fault.kind for fault in faults] == [
        "duplicate"
    ]
    one = page.player_page(people[0])
    assert "dynamic" in one and one.count("<svg") >= 4
    both, hidden = class_page.class_page(people), class_page.class_page(people, projector=True)
    assert "Who improved at what" in both and "random_legal" in both
    assert "random_legal" not in hidden and "Player 2" in hidden
    assert class_page.handouts_page(people).count('class="sheet"') == 2
    assert main(["debrief", *map(str, logs), "--out", str(tmp_path / "class.html")]) == 0
    assert {path.name for path in tmp_path.glob("*.html")} == {"class.html", "class-handouts.html"}
    assert main(["export", *map(str, logs), "--format", "csv", "--out", str(tmp_path / "tables")]) == 0
    rows = (tmp_path / "tables" / "drills.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + 2 * COUNT and "random_legal" in "".join(rows)
    assert main(["forget", "random_legal", str(tmp_path)]) == 0
    left = {path: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()}
    assert logs[0] in left and logs[1] not in left
    assert not [path for path, text in left.items() if "random_legal" in text and path.suffix in (".csv", ".html")]
    assert "situation" in capsys.readouterr().err
