"""The text session with eight customers, one of them in four regions."""

from __future__ import annotations

import re
from pathlib import Path

from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.terminal.app import play_text
from tests.engine.worlds import portfolio
from tests.terminal.table import WIDTH, Pipe


def played(folder: Path, answers: list[str], quarter: int = 1) -> tuple[int, str, Path]:
    """Status, text and log of a session that a bot has played up to some quarter, and these answers from there on."""
    with Session.start(portfolio(), seed=7, player="Ada", log_dir=folder, quarters=16) as session:
        while session.quarter < quarter:
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
        log = session.log_path
    pipe = Pipe(answers)
    status = play_text(lambda: Session.resume(log), pipe.read, pipe.write, width=WIDTH)
    return status, pipe.text, log


def sound(text: str) -> bool:
    """Nothing wider than the terminal, but for paths and what follows a prompt; no figure that is none."""
    wide = [line for line in text.splitlines() if len(line) > WIDTH and "/" not in line and "> " not in line]
    return not wide and not re.search(r"\bnan\b|Traceback", text)


def test_a_first_quarter_can_be_played_with_words_alone(tmp_path: Path) -> None:
    """Guess, look at every customer, meet somebody at the regional one, end the quarter."""
    guesses = ["1 2 3 4 5 6 7 8", "12", "1.4m 2.2m"]
    customers = ["brackwater", "corwen", "pallister", "ostra", "velmond", "tolland", "kellan", "juniper"]
    answers = [*guesses, *customers, "corwen", "meet", "1", "1", "portfolio", "notes", "desk", "end", "yes"]
    status, text, log = played(tmp_path, answers)
    assert status == 0 and sound(text)
    for name in ("Brackwater Household", "Corwen Personal Care", "Juniper Lane", "Céleste Aubry"):
        assert name in text
    assert verify(log).ok
    with Session.resume(log) as again:
        assert again.quarter == 2


def test_what_comes_up_later_can_be_read_and_ended(tmp_path: Path) -> None:
    """In the fourth quarter one price is asked for, two tenders are decided, and the year is reviewed."""
    status, text, log = played(
        tmp_path, ["skip", "skip", "skip", "corwen", "desk", "portfolio", "end", "yes", "skip"], 4
    )
    assert status == 0 and sound(text)
    assert "Four tracks, one gauge" in text and "Sealed bids for the dosing heads" in text
    assert "YOUR REVIEW, YEAR 1" in text
    assert verify(log).ok
