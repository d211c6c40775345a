"""Our own side in the window: each tab and the plan have room at every size, and what can be done there is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kamsim.desktop.app import App
from kamsim.desktop.config import Config
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.close import ClosePage, close_quarter
from kamsim.game.session import Session
from kamsim.scenario.models import Scenario
from kamsim.view import own
from tests.desktop.lint import faults
from tests.engine.organised import only, organised

TABS = ("team", "programme", "joint", "plans")
PLAN: dict[str, Any] = {
    "account": "orvik", "person": "aune", "aim": "know", "initiative": "quiet_ships", "step": "meeting", "due": 1,
}  # fmt: skip


def piloted(folder: Path, scenario: Scenario, **window: Any) -> Pilot:
    """A window in a first quarter, its guesses behind it."""
    session = Session.start(scenario, seed=7, player="Ada", log_dir=folder, quarters=12)
    pilot = Pilot(log_dir=folder, session=session, **window)
    pilot.app.show(pilot.app.page("desk"), over=False)
    return pilot


def pages(app: App) -> Iterator[str]:
    """Every page of our own side, before and after something was done on it."""
    assert app.play is not None
    for tab in TABS:
        app.go_own(tab)
        yield tab
    app.open("plan", account="orvik")
    yield "plan"
    app.play.do("review_team")
    app.play.do("borrow", account="orvik", specialist=_free(app))
    app.go_own("team")
    yield "team told"
    app.play.do("network", function="finance")
    app.play.do("name_key", account="kestrel")
    app.go_own("programme")
    yield "programme told"
    app.play.do("write_plan", **PLAN)
    app.open("plan", account="orvik")
    yield "plan written"
    app.play.do("share_plan", account="orvik")
    app.open("plan", account="orvik")
    yield "plan shared"
    app.play.do("meet", person="moen", agenda="buying")
    app.play.do("start_joint", joint="one_crane", share=0.3)
    app.go_own("joint")
    yield "joint told"
    app.go_account("kestrel")
    yield "account"
    close_quarter(app)
    while isinstance(app.screen, ClosePage):
        yield f"close {app.screen.step}"
        app.screen.forward()
    for tab in TABS:
        app.go_own(tab)
        yield f"{tab} 2"


def _free(app: App) -> str:
    assert app.play is not None
    return next(way.args["specialist"] for way in own.doable(app.play, "borrow", account="orvik") if not way.off)


@pytest.mark.parametrize(
    ("theme", "size", "zoom"),
    [("light", (1280, 720), 1.0), ("dark", (1280, 800), 1.5), ("contrast", (900, 700), 1.25)],
)
def test_every_page_of_our_own_side_has_room(theme: str, size: tuple[int, int], zoom: float, tmp_path: Path) -> None:
    """No two texts lie over each other, none is cut."""
    found = []
    with piloted(tmp_path, organised(), size=size, config=Config(theme=theme, zoom=zoom, motion=False)) as pilot:
        for name in pages(pilot.app):
            pilot.app.frame()
            found += [f"{name}: {fault}" for fault in faults(pilot.app)]
    assert not found, "\n".join(map(str, found))


def test_a_scenario_shows_what_it_has_and_no_more(tmp_path: Path) -> None:
    """The rail, the tabs, help, the glossary: with one part only what goes with it, with none no trace of any."""
    shown = {(): [], ("team",): ["team"], ("pool",): ["team"], ("programme",): ["programme"], ("joint",): ["joint"],
             ("support",): ["programme"], ("plans",): ["plans"]}  # fmt: skip
    for parts, tabs in shown.items():
        with piloted(tmp_path / "_".join(("own", *parts)), only(*parts)) as pilot:
            app = pilot.app
            assert app.play is not None
            assert [name for name, _ in own.tabs(app.play)] == tabs, parts
            app.go_desk()
            app.frame()
            assert ("Our side" in pilot.describe()) == bool(tabs), parts
            app.open_help()
            assert ("Ctrl+O" in pilot.describe()) == bool(tabs), parts
            for tab in tabs:
                app.close_dialog()
                app.go_own(tab)
                app.frame()
                assert not faults(app), (parts, tab)


def test_moves_of_our_own_side_are_made_with_the_mouse(tmp_path: Path) -> None:
    """Somebody else looks after a customer; it can be taken back; a colleague is coached."""
    with piloted(tmp_path, organised(), size=(1280, 800)) as pilot:
        app = pilot.app
        assert app.play is not None
        session = app.play.session
        pilot.press("Ctrl O")
        pilot.click("lead.orvik")
        pilot.click("way.2")
        assert [(one.move, one.args["account"]) for one in session.commands] == [("assign", "orvik")]
        pilot.press("Ctrl Z")
        assert not session.commands
        pilot.click("coach.ilse")
        assert [one.move for one in session.commands] == ["coach"]
