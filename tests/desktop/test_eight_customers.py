"""The desktop with more customers than Halden has: eight of them, one with four regions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamsim.desktop.app import App
from kamsim.desktop.config import Config
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.answers import RequestPage
from kamsim.desktop.screens.close import ClosePage, close_quarter
from kamsim.desktop.screens.title import Title
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from tests.desktop.lint import faults
from tests.engine.worlds import portfolio


def begun(pilot: Pilot) -> Iterator[str]:
    """The first page with the second scenario chosen, its briefing, and a first quarter."""
    pilot.focus("scenario")
    pilot.press("Right")
    screen = pilot.app.screen
    assert isinstance(screen, Title) and screen.chosen == "portfolio"
    yield "title"
    assert "eight customers" in pilot.describe()
    screen.start()
    for step in ("job", "ranking", "breakeven", "range"):
        yield f"briefing {step}"
        pilot.press("Enter")
    yield "desk 1"
    pilot.app.go_portfolio()
    yield "portfolio 1"
    close_quarter(pilot.app)
    yield from closing(pilot)
    assert pilot.app.play is not None and pilot.app.play.quarter == 2


def closing(pilot: Pilot) -> Iterator[str]:
    while isinstance(pilot.app.screen, ClosePage):
        yield f"close {pilot.app.screen.step}"
        pilot.press("Enter")


def pages(app: App) -> Iterator[str]:
    """Every page whose width or length goes by the number of customers, regions or requests."""
    for name in ("desk", "portfolio", "notes", "radar", "why", "cases"):
        app.go(name)
        yield name
    for account in ("corwen", "juniper"):
        for tab in ("customer", "money", "timeline", "history"):
            app.open("account", account=account, tab=tab)
            yield f"{account} {tab}"
        app.open("offer", account=account)
        yield f"{account} offer"
    for kind in ("set_discount", "set_rebate"):
        app.open("price", account="corwen", kind=kind)
        yield f"corwen {kind}"
    app.show(RequestPage(app, "corwen_one_price"))
    yield "one price"


@pytest.mark.parametrize(
    ("theme", "size", "zoom"), [("light", (1280, 720), 1.0), ("contrast", (1280, 720), 2.0)], ids=["plain", "large"]
)
def test_eight_customers_and_four_regions_have_room(theme, size, zoom, tmp_path: Path) -> None:
    """On every page no two texts lie over each other, none is cut, and the customers' names stand in one line where the
    window is wide enough."""
    config = Config(theme=theme, zoom=zoom, motion=False)
    with Pilot(log_dir=tmp_path, size=size, config=config) as pilot:
        for name in begun(pilot):
            assert not faults(pilot.app), f"{name}: {faults(pilot.app)}"
    with Session.start(portfolio(), seed=7, player="Ada", log_dir=tmp_path, quarters=16) as session:
        while session.quarter < 4:
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
        log = session.log_path
    with Pilot(log_dir=tmp_path, size=size, config=config, session=Session.resume(log)) as pilot:
        for name in pages(pilot.app):
            pilot.app.frame()
            assert not faults(pilot.app), f"{name}: {faults(pilot.app)}"
            if name == "corwen customer" and zoom == 1.0:
                names = pilot.app.stage.on_screen("customers")
                assert names is not None and names.h < 50
        pilot.app.go_desk()
        close_quarter(pilot.app)
        for name in closing(pilot):
            assert not faults(pilot.app), f"{name}: {faults(pilot.app)}"
