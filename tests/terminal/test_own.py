"""Our own side as text: its words lead there from anywhere, and what can be done there is done."""

from __future__ import annotations

from pathlib import Path

from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.scenario.models import Scenario
from kamsim.terminal.app import play_text
from tests.engine.organised import only, organised
from tests.terminal.table import END, SKIP, WIDTH, Pipe


def played(scenario: Scenario, folder: Path, answers: list[str]) -> tuple[str, Session]:
    pipe = Pipe([*SKIP, *answers, *END])
    session = Session.start(scenario, seed=7, log_dir=folder, quarters=8)
    assert play_text(lambda: session, pipe.read, pipe.write, width=WIDTH) == 0
    return pipe.text, session


def test_who_looks_after_whom_and_how_they_are(tmp_path: Path) -> None:
    """Reviews, coaching, a hand-over and a specialist, each by its word."""
    answers = ["team", "review_team", "coach", "ilse dahl", "assign", "orvik", "bo", "borrow", "mara", "1", "0"]
    text, session = played(organised(), tmp_path, answers)
    made = [one.move for one in session.commands]
    assert made[:3] == ["review_team", "coach", "assign"], (made, text[-3000:])
    assert "OUR SIDE: THE TEAM" in text and verify(session.log_path).ok


def test_a_plan_is_written_and_shown_in_words(tmp_path: Path) -> None:
    """Three parts, one answer each; then shared, and somebody else sees to it for little."""
    answers = ["plans", "1", "write", "aune", "1", "quiet_ships", "meeting", "you", "1", "share", "y", "who", "bo"]
    text, session = played(organised(), tmp_path, [*answers, "0", "0"])
    assert [one.move for one in session.commands] == ["write_plan", "share_plan", "write_plan"], text[-3000:]
    assert session.commands[-1].args["owner"] == "bo" and bool(session.seen.plans.shared[0, 0])
    assert "Bo Renn sees to it; how well, you haven't seen yet" in " ".join(text.split())


def test_without_a_part_its_word_means_nothing(tmp_path: Path) -> None:
    """No word, no page, no help."""
    text, session = played(only(), tmp_path, ["team", "programme", "joint", "plans", "list", "help"])
    assert text.count("is not among the answers") >= 4 and not session.commands
    assert "OUR SIDE" not in text and "who looks after whom" not in text
