"""The gym as text: a set by a script, stopped and taken up again, progress, and practising beside a session."""

from __future__ import annotations

from pathlib import Path

from kamsim.gym.training import Training
from kamsim.terminal.gym import play_text_drills
from tests.desktop.tour import played
from tests.terminal.table import WIDTH, Pipe, play

SEED = 5
ANSWERS = {
    "case": ["bring", "0", "1"],
    "recut": ["bring", "0", "1"],
    "ask": ["bring", "0", "1"],
    "moment": ["1"] * 6,
    "talk": ["ask", "1", "2", "2", "propose", "leave", "2"],
    "pursue": ["1", "1"],
}
"""By kind: an answer, whatever is refused."""


def drill(training: Training, *answers: str) -> str:
    """Give some answers; all that was said."""
    pipe = Pipe(answers)
    assert play_text_drills(lambda: training, pipe.read, pipe.write, width=WIDTH, echo=True) == 0
    return pipe.text


def test_a_drill_of_each_kind_by_a_script(tmp_path):
    """What is so, a range, an answer, the reaction before anything else, and the mark last of all."""
    for kind, answers in ANSWERS.items():
        training = Training.start(kind=kind, seed=SEED, count=1, log_dir=tmp_path)
        asked = training.pose().usual
        ends = [str(round(value / 100_000)) for value in asked]
        told = " ".join(drill(training, *ends, *answers, "0").split())
        assert "made a mistake" not in told
        assert told.index("They read it") < told.index("What the facts would have borne") < told.index("The one thing")
        assert "You said" in told and told.index("The one thing") < told.rindex(" of 100; the habitual answer")
        assert len(training.done) == 1, f"{kind}: {told[-800:]}"


def test_stopped_in_the_middle_it_goes_on(tmp_path):
    """At the end of the input the drill stays open; the next run comes back to it and knows what was said."""
    training = Training.start(kind="moment", seed=SEED, count=1, log_dir=tmp_path)
    first = drill(training, "back", "1", "1")
    assert "kamsim drill --text goes on" in first
    again = Training.resume(training.log_path)
    told = drill(again, *["1"] * 4, "0")
    assert "Not below" not in told and len(again.done) == 1


def test_progress_is_shown_exported_and_deleted(tmp_path):
    """Nine criteria and five behaviours, a file with all of it, and nothing left of it where that is wanted."""
    training = Training.start(kind="pursue", seed=SEED, count=1, player="Ada", log_dir=tmp_path)
    told = drill(training, "back", *ANSWERS["pursue"], "progress", "export", "progress", "delete", "yes", "0")
    assert told.count("HOW THE GYM GOES") == 2 and "1 drill so far" in told
    assert (tmp_path / "progress.json").exists() and "Your progress is deleted." in told
    assert not list(tmp_path.glob("*.jsonl"))


def test_practising_beside_a_case_leaves_the_session(tmp_path):
    """One drill in the middle of writing a case; the session's log is the same as without it."""

    def log(folder: Path, *between: str) -> list[str]:
        folder.mkdir()
        kept = folder / "kept.jsonl"
        kept.write_bytes(played(3).read_bytes())
        play(folder, ["tessaro", "case", *between, "0", "0", "quit"], log=kept)
        return [line.split('"hash"')[0] for line in kept.read_text(encoding="utf-8").splitlines()[1:]]

    practised = log(tmp_path / "with", "drill", "back", *ANSWERS["case"])
    without = log(tmp_path / "without")
    assert [line for line in practised if "resumed" not in line] == [line for line in without if "resumed" not in line]
    assert list((tmp_path / "with" / "drills").glob("*.jsonl"))


def test_a_mistake_of_ours_is_said_in_a_sentence_and_kept_beside_the_log(tmp_path, monkeypatch):
    """As in a session: no traceback, the details in a file, and the way to go on."""
    monkeypatch.setattr("kamsim.terminal.gym.play_one", lambda *_: 1 // 0)
    training = Training.start(kind="moment", seed=SEED, count=1, log_dir=tmp_path)
    pipe = Pipe(())
    assert play_text_drills(lambda: training, pipe.read, pipe.write, width=WIDTH) == 1
    assert "kamsim has made a mistake (ZeroDivisionError)" in pipe.text and "kamsim drill --text" in pipe.text
    assert "1 // 0" in training.log_path.with_suffix(".error.txt").read_text(encoding="utf-8")
