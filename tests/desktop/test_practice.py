"""Practice in the window and in text: marked everywhere, left as one came, and nothing of it kept."""

from __future__ import annotations

import json
import shutil

from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.debrief import DebriefPage
from kamsim.desktop.screens.practice import PracticePage, choose_quarter
from kamsim.game.session import Session
from kamsim.view import practice
from tests.desktop.tour import flown, played
from tests.terminal.table import play


def kept(pilot: Pilot) -> str:
    """What is remembered of places, and the log."""
    config = pilot.app.config.place(pilot.app.play.session.log_path)
    return json.dumps(config) + pilot.app.play.session.log_path.read_text(encoding="utf-8")


def settle(pilot: Pilot) -> None:
    for _ in range(20):
        pilot.settle(0.3)


def test_it_is_marked_on_every_page_and_leads_back_to_where_one_was(tmp_path):
    with flown(5, tmp_path) as pilot:
        app = pilot.app
        app.go_account("mira")
        app.open("account", account="mira", tab="history")
        was, before, table = app.screen.key(), kept(pilot), app.play
        pilot.press("P", "2")
        assert app.play.session.practised and app.play.quarter == 2
        for name, args in (("desk", {}), ("portfolio", {}), ("pipeline", {}), ("notes", {}), ("why", {}),
                           ("account", {"account": "orvik"}), ("promises", {}), ("radar", {})):  # fmt: skip
            app.show(app.page(name, **args), over=False)
            assert practice.COUNTS_NOT in pilot.describe(), name
        app.play.do("meet", person="aksel", agenda="results")
        app.go_desk()
        pilot.press("Ctrl Enter", "Enter")
        assert isinstance(app.screen, PracticePage)
        settle(pilot)
        told = pilot.describe()
        assert practice.COUNTS_NOT in told and "as you played it" in told and "what you have banked" in told
        pilot.press("R")
        assert app.play.quarter == 2 and app.play.session.practised
        pilot.press("Esc", "Enter")
        assert app.screen.key() == was and app.play is table and kept(pilot) == before
        assert practice.COUNTS_NOT not in pilot.describe()
        choose_quarter(app)
        pilot.press("1")
        app.quit()
    Session.resume(table.session.log_path).close()


def test_a_finished_session_is_practised_from_its_last_page(tmp_path):
    with flown(8, tmp_path, length=8) as pilot:
        before = kept(pilot)
        pilot.press("P", "8")
        assert pilot.app.play.last_quarter and practice.COUNTS_NOT in pilot.describe()
        pilot.press("Ctrl Enter", "Enter")
        settle(pilot)
        assert "The same." not in pilot.describe().partition("account profit")[0]
        pilot.press("Enter")
        assert pilot.app.screen.key() == "FinalPage" and kept(pilot) == before
        pilot.press("Enter")
        assert isinstance(pilot.app.screen, DebriefPage)  # what the close leads to, not away from it
        pilot.press("Enter", "D")
        assert isinstance(pilot.app.screen, DebriefPage)


def test_the_text_session_practises_too(tmp_path):
    log = tmp_path / "played.jsonl"
    shutil.copy(played(3), log)
    before = log.read_bytes()
    text = play(tmp_path, ["practise", "2", "orvik", "meet", "1", "1", "desk", "end", "yes"], log=log).text
    told = text.partition("Play a past quarter again")[2]
    assert "PRACTICE: Q2 2026, QUARTER 2" in told and "Practice, Desk>" in told
    assert "PRACTICE: Q2 2026 IS CLOSED" in told and "as you played it" in told and "what you have banked" in told
    assert "Desk, Q4 2026" in told.partition("You are back in your session.")[2]
    after = log.read_bytes()
    assert after.startswith(before) and after[len(before) :].count(b"\n") <= 1, "only that it was resumed"
    again = play(tmp_path, ["practise", "1", "leave", "practise", "0", "quit"], log=log).text
    assert "Nothing of the practice stays." in again and "Practice, Desk>" in again
