"""Every page of a session in the window, whatever its scenario: what is shown is looked at, nothing is judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.close import ClosePage, close_quarter
from kamsim.desktop.screens.desk import confirm_end
from kamsim.desktop.table import WindowTable
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.view import own
from kamsim.view.case.form import SLOTS

NO_FIGURE = re.compile(r"\b(nan|inf)\b")


def visit_all(session: Session, folder: Path, bot: str, quarters: tuple[int, ...]) -> None:
    """Play a session to its end with a bot, and open every page in these quarters, at each close, and at the end."""
    with Pilot(log_dir=folder, size=(1280, 800), session=session) as pilot:
        app = pilot.app
        look(pilot)
        while app.play is not None and not session.finished:
            if session.quarter in quarters:
                for page, args in pages(session, app.play):
                    app.open(page, **args)
                    look(pilot)
                    if page in ("offer", "price"):
                        pilot.press("Right", "Right", "Left")
                confirm_end(app)
                look(pilot)
                app.close_dialog()
            named_policy(bot).play(session.seat)
            app.play.changed()
            app.go_desk()
            close_quarter(app)
            while isinstance(app.screen, ClosePage):
                look(pilot)
                pilot.press("Enter")
        look(pilot)


def look(pilot: Pilot) -> None:
    """Draw what is open; whatever a voice would say of it has figures that are some."""
    told = pilot.describe()
    assert told and not NO_FIGURE.search(told), told


def pages(session: Session, play: WindowTable) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every page that can be opened now, with what it is opened for."""
    for page in ("desk", "portfolio", "notes", "why", "radar", "examples", "cases", "promises", "deal"):
        yield page, {}
    yield from ours(play)
    scenario = session.scenario
    for account in scenario.accounts:
        for tab in ("customer", "money", "timeline", "history"):
            yield "account", {"account": account.id, "tab": tab}
        for kind in ("usual", "new"):
            yield "people", {"account": account.id, "kind": kind}
        yield "offer", {"account": account.id}
        for kind in ("set_discount", "set_rebate"):
            yield "price", {"account": account.id, "kind": kind}
        for slot in SLOTS:
            yield "case", {"account": account.id, "slot": slot}
        if scenario.desk:
            yield "case", {"account": account.id, "audience": "desk", "slot": "give"}
        for person in account.people:
            yield "door" if person.level == "executive" else "meet", {"person": person.id}
    for request in play.requests():
        yield "request", {"request": request}
    for account in play.incidents():
        yield "incident", {"account": account}
    for moment in play.moments():
        yield "moment", {"moment": moment}
    for talk in play.talks():
        yield "talk", {"talk": talk}


def ours(play: WindowTable) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every page of our own side."""
    for tab, _ in own.tabs(play):
        yield "own", {"tab": tab}
    for account in play.accounts if play.has("plans") else ():
        yield "plan", {"account": account}
