"""What somebody new stumbles over: keys that do what they say, forms that start with today, pages that fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamsim.desktop.config import Config
from kamsim.desktop.frame import Hints
from kamsim.desktop.kit.faces import portrait
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.people import face
from kamsim.game.session import Session
from kamsim.view import desk, pipeline
from kamsim.view.closing import end_quarter
from tests.engine.worlds import halden


@pytest.fixture
def pilot(tmp_path: Path):
    session = Session.start(halden(), seed=9, log_dir=tmp_path, quarters=12)
    with Pilot(log_dir=tmp_path, session=session, size=(1280, 720)) as made:
        while made.app.screen.rail == "locked":
            made.press("S" if made.app.stage.node("skip") else "Enter")
        yield made


@pytest.mark.parametrize("name", ["settings", "name", "start"])
def test_the_keys_on_start_start_whatever_has_the_focus(tmp_path: Path, name: str) -> None:
    with Pilot(log_dir=tmp_path) as pilot:
        pilot.focus(name)
        pilot.press("Ctrl Enter")
        assert pilot.app.play is not None


def test_start_is_in_sight_in_a_small_window_with_large_letters(tmp_path: Path) -> None:
    with Pilot(log_dir=tmp_path, size=(1280, 720), config=Config(motion=False, zoom=1.5)) as pilot:
        rect = pilot.app.stage.on_screen("start")
        assert rect is not None
        assert rect.bottom <= 720 / pilot.app.stage.scale


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
def test_what_to_ask_and_what_was_said_stand_in_sight(pilot: Pilot, zoom: float) -> None:
    pilot.app.config.zoom = zoom
    pilot.app.rescale()
    pilot.app.open("meet", person="aksel")
    pilot.app.frame()
    body = next(layer for layer in pilot.app.stage.layers if layer.name == "body")
    first = pilot.app.stage.on_screen("ask.results")
    assert first is not None
    assert first.bottom <= body.rect.bottom
    pilot.app.stage.scroll_page(1e6)
    pilot.press("B")
    layer = next(layer for layer in pilot.app.stage.layers if layer.name == "body")
    assert pilot.app.stage.offset(layer) == 0
    assert "Learned" in pilot.describe()


def test_meeting_somebody_asks_whom(pilot: Pilot) -> None:
    pilot.app.go_account("orvik")
    pilot.press("M")
    assert pilot.app.dialog is not None
    pilot.press("2")
    assert pilot.app.screen.key().startswith("meet/goran")


def test_the_door_says_from_when_it_opens(pilot: Pilot) -> None:
    pilot.app.go_account("orvik")
    assert "not now: From Q3 2026" in pilot.describe()
    before = pilot.app.screen.key()
    pilot.press("2")
    assert pilot.app.screen.key() == before


def test_the_buttons_for_the_size_stay_below_the_pointer(pilot: Pilot) -> None:
    pilot.press("F2")
    rect = pilot.app.stage.on_screen("set.zoom")
    for _ in range(3):
        pilot.click("set.zoom", at=(0.97, 0.5))
        assert pilot.app.stage.on_screen("set.zoom") == rect
    pilot.press("Esc")
    assert pilot.app.stage.scale == pytest.approx(1.3)


def test_hints_name_only_what_works(pilot: Pilot) -> None:
    def hinted() -> str:
        pilot.app.frame()
        foot = next(layer for layer in pilot.app.stage.layers if layer.name == "foot")
        keys = next(part.keys for part in foot.root.walk() if hasattr(part, "keys"))
        return " ".join(what for _, what in keys)

    def digits() -> set[str]:
        return {part.shortcut for node in pilot.app.stage.layers for part in node.root.walk()
                if getattr(part, "shortcut", "").isdigit()}  # fmt: skip

    assert "go there" in hinted() and {"1", "2"} <= digits()
    assert "undo" not in hinted()
    pilot.click("request.orvik_q1")
    pilot.press("D", "Enter")
    for item in desk.waiting_for_answer(pilot.app.play):
        pilot.app.play.do("bid", opportunity=item.name, discount=0.0)
    pilot.app.go_desk()
    assert "go there" in hinted() and digits(), "what they decide by themselves keeps its digit"


def test_an_offer_that_changes_nothing_cannot_be_made(pilot: Pilot) -> None:
    pilot.click("request.orvik_q1")
    pilot.press("T")
    pilot.click("get.fewer_deliveries")
    pilot.press("Enter")
    end_quarter(pilot.app.play)
    pilot.app.go_desk()
    pilot.app.open("offer", account="orvik")
    pilot.app.frame()
    pooled = pilot.app.stage.node("pooled")
    assert pooled.value == "yes"
    assert pilot.app.stage.node("offer").off
    pilot.press("Right")
    assert "today" not in pilot.app.stage.node("offer").off


def test_colleagues_do_not_look_alike(pilot: Pilot) -> None:
    cast = pilot.app.play.cast
    for account in cast.accounts.values():
        skins = [portrait(face(cast, person.id), 96).get_at((48, 56))[:3] for person in account.people]
        assert len(set(skins)) == len(skins)


def test_a_key_is_named_only_where_it_does_something_and_changes_nothing_unseen(tmp_path: Path) -> None:
    """PgDn is told where a page is longer than its room; an arrow first brings what it changes into sight."""
    session = Session.start(halden(), seed=9, log_dir=tmp_path, quarters=12)
    with Pilot(log_dir=tmp_path, session=session, config=Config(motion=False, zoom=1.5)) as pilot:
        app = pilot.app
        while app.screen.rail == "locked":
            pilot.press("S" if app.stage.node("skip") else "Enter")
        app.go("promises")
        for size, more in (((1280, 500), True), ((1280, 1500), False)):
            pilot.resize(*size)
            named = [node.keys for layer in app.stage.layers for node in layer.root.walk() if isinstance(node, Hints)]
            assert (("PgDn", "more") in named[0]) is more, size
        app.open("opportunity", opportunity=pipeline.prospects(app.play)[0].name)
        pilot.resize(1280, 560)
        page = app.screen
        given = page.bid["discount"]
        assert app.stage.focus == "discount" and not app.stage.in_sight("discount")
        pilot.press("Right")
        assert app.stage.in_sight("discount") and page.bid["discount"] == given
        pilot.press("Right")
        assert page.bid["discount"] > given
