"""No step of the window's own thread takes longer than a person notices, over a whole session, its end and its debrief:
``pytest tests/deep/test_blocked.py -s`` prints the longest. Processor time of that thread is counted, not the clock.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kamsim.desktop import events
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.close import ClosePage, close_quarter
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from tests.desktop.visits import ours
from tests.engine.worlds import halden

MOST = 0.05
"""Seconds."""
TABS = ("customer", "money", "timeline", "history")
PAGES = ("portfolio", "pipeline", "notes", "why", "cases", "promises", "deal", "radar")


class Watch:
    """Steps of the window, each with what it took."""

    def __init__(self, pilot: Pilot) -> None:
        self.pilot, self.steps = pilot, list[tuple[float, str]]()

    def step(self, what: str, act: Callable[[], object]) -> None:
        """Something is done and drawn; then whatever runs aside goes on to its end, each turn of the loop a step."""
        self._timed(what, lambda: (act(), self.pilot.app.frame()))
        while self.pilot.app.task is not None:
            time.sleep(0.005)
            self.pilot.clock.now += 0.02
            self._timed(f"{what}, meanwhile", lambda: events.turn(self.pilot.app))

    def _timed(self, what: str, act: Callable[[], object]) -> None:
        began = time.thread_time()
        act()
        self.steps.append((time.thread_time() - began, what))


def quarter(watch: Watch, bot: str) -> None:
    """Every page of a quarter, its moves, and its close."""
    pilot, app = watch.pilot, watch.pilot.app
    assert app.play is not None
    session = app.play.session
    named_policy(bot).play(session.seat)
    where = f"quarter {session.quarter}"
    watch.step(f"{where}: desk", app.go_desk)
    for name in PAGES:
        watch.step(f"{where}: {name}", lambda name=name: app.go(name))
    for page, args in ours(app.play):
        watch.step(f"{where}: {page} {' '.join(args.values())}", lambda page=page, args=args: app.open(page, **args))
    for account in app.play.accounts:
        for tab in TABS:
            watch.step(f"{where}: {account}, {tab}", lambda a=account, t=tab: app.go("account", account=a, tab=t))
        for keys in ("Ctrl B", "Ctrl D"):
            watch.step(f"{where}: {account}, {keys}", lambda keys=keys: pilot.press(keys))
            watch.step(f"{where}: {account}, {keys} at rest", pilot.settle)
    app.go_desk()
    watch.step(f"{where}: close", lambda: close_quarter(app))
    while isinstance(app.screen, ClosePage):
        told = f"{where}: close, {app.screen.step}"
        watch.step(f"{told} at rest", pilot.settle)
        watch.step(told, lambda: pilot.press("Enter"))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("scenario", "bot"), [("halden", "retailored"), ("portfolio", "joint_builder")])
def test_nothing_blocks_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scenario: str, bot: str) -> None:
    """Opening, two or three years of every page, the end, its debrief, back to the first page, and going on with another."""
    monkeypatch.setattr("webbrowser.open", lambda _url: False)
    other = Session.start(halden(), seed=5, quarters=20, log_dir=tmp_path)
    for _ in range(12):
        named_policy("retailored").play(other.seat)
        other.end_quarter()
    other.close()
    with Pilot(log_dir=tmp_path, threads=True) as pilot:
        watch, app = Watch(pilot), pilot.app
        app.screen.chosen = scenario
        app.screen.quarters = max(8, app.screen.scenario.length.shortest)
        app.changed()
        events.warm()
        watch.step("start", lambda: pilot.click("start"))
        while app.screen.rail == "locked":
            watch.step("briefing", lambda: pilot.press("S" if app.stage.node("skip") else "Enter"))
        while not app.play.session.finished:
            quarter(watch, bot)
        watch.step("debrief", lambda: pilot.press("D"))
        watch.step("to the first page", app.leave_session)
        watch.step("going on with another", lambda: app.screen.resume(other.log_path))
        watch.step("to the first page again", app.leave_session)
        watch.step("the demonstration opens", app.screen.demo)
    watch.steps.sort(reverse=True)
    for seconds, what in watch.steps[:25]:
        sys.stdout.write(f"{seconds * 1e3:7.1f} ms  {what}\n")
    sys.stdout.write(f"{len(watch.steps)} steps\n")
    over = [f"{what}: {seconds * 1e3:.0f} ms" for seconds, what in watch.steps if seconds > MOST]
    assert not over, "\n".join(over)
