"""The window itself: what takes long runs beside it, it fits the screen, and it comes back as it was left."""

from __future__ import annotations

import threading
from pathlib import Path

import pygame
import pytest

from kamsim.desktop import events
from kamsim.desktop.app import App
from kamsim.desktop.background import UNSEEN
from kamsim.desktop.config import Config, load
from kamsim.desktop.kit.brand import icon
from kamsim.desktop.main import fitting
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.present import Picture, Window
from kamsim.desktop.screens.close import ClosePage
from kamsim.errors import KamsimError
from kamsim.game.session import Session
from tests.desktop.test_held_keys import post, tap, turn

LENGTH = 8


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Those beside whom the end is scored wait until it is opened."""
    opened, real = threading.Event(), Session.others_play

    def others_play(session: Session) -> None:
        assert threading.current_thread() is not threading.main_thread()
        opened.wait(60)
        real(session)

    monkeypatch.setattr(Session, "others_play", others_play)
    return opened


def last_quarter(folder: Path) -> Session:
    """A session in its last quarter."""
    session = Session.start("halden", seed=3, quarters=LENGTH, log_dir=folder)
    session.guess("breakeven", 25)
    while session.quarter < LENGTH:
        session.end_quarter()
    return session


def test_the_end_is_compared_beside_the_window(tmp_path: Path, gate: threading.Event) -> None:
    """While others play the same luck the window draws, says so and takes nothing; then the close is there, unread."""
    with Pilot(log_dir=tmp_path, session=last_quarter(tmp_path), threads=True) as pilot:
        app = pilot.app
        app.go_desk()
        pilot.press("Ctrl Enter")
        post(pygame.KEYDOWN, "Enter")
        turn(pilot)
        assert app.task is not None and app.play is not None and not app.play.session.finished
        pilot.clock.now += UNSEEN
        app.frame()
        assert "Others play your luck" in pilot.describe()
        post(pygame.KEYUP, "Enter")
        drawn = app.presenter.shown
        for _ in range(5):
            tap("Enter", "Esc", "Tab")
            turn(pilot)
        assert app.presenter.shown >= drawn + 5 and not app.play.session.finished
        gate.set()
        while (task := app.task) is not None:  # then what could have been built is worked out
            task.wait()
            tap("Enter")
            turn(pilot, 2)
        assert app.play.session.finished
        assert isinstance(app.screen, ClosePage) and app.screen.step == app.screen.steps[0]


def test_what_fails_aside_is_told_and_what_is_open_ends_with_the_window(tmp_path: Path) -> None:
    """An error of the player's is a dialog, any other comes through; a window that closes waits for what runs."""
    with Pilot(log_dir=tmp_path, threads=True) as pilot:
        app, done = pilot.app, []

        def refuse() -> None:
            raise KamsimError("the folder is gone")

        app.aside("Something is read", refuse, done.append)
        app.task.wait()
        turn(pilot)
        assert app.dialog is not None and "The folder is gone" in pilot.describe() and not done
        app.aside("Something is read", lambda: 1 / 0, done.append)
        app.task.wait()
        with pytest.raises(ZeroDivisionError):
            events.turn(app)
        app.aside("Something is written", lambda: done.append("written"), done.append)
        app.quit()
        assert done == ["written"]


def test_it_fits_the_screen_beside_its_bars() -> None:
    """At first with room around it, later as it was left, and never larger than the screen without its bars."""
    assert fitting(None, [(1280, 800)]) == (1280, 736)
    wide, high = fitting(None, [(1920, 1080)])
    assert 1280 < wide < 1920 and 800 < high < 1016
    assert fitting((1500, 900), [(1920, 1080)]) == (1500, 900)
    assert fitting((2500, 1400), [(1920, 1080)]) == (1920, 1016)
    assert fitting(None, []) == (1280, 736)


def test_it_is_opened_as_it_was_left(tmp_path: Path) -> None:
    """Size and maximising are kept, that of the whole room is not the size to go back to, and oddities are no sizes."""
    window = Window((1200, 700))
    window.resize((1000, 650))
    assert window.left_at() == ((1000, 650), False)
    window.resize((1920, 1016))
    window.maximised(True)
    window.resize((1920, 1017))
    assert window.left_at() == ((1000, 650), True)
    window.maximised(False)
    window.resize((1000, 650))
    assert window.left_at() == ((1000, 650), False)
    assert Window((900, 600), asked=True).left_at() is None
    config = Config(path=tmp_path / "desktop.json", size=(1000, 650), maximised=True)
    config.save()
    found = load(config.path)
    assert found.size == (1000, 650) and found.maximised
    for odd in ('{"size": [1, 2]}', '{"size": "large"}', '{"size": [900, "x"], "maximised": 1}'):
        config.path.write_text(odd, encoding="utf-8")
        assert load(config.path).size is None and not load(config.path).maximised


def test_it_has_an_icon_of_its_own() -> None:
    """Blue with rounded corners and a white letter."""
    made = icon()
    side = made.get_width()
    assert made.get_at((0, 0)).a == 0 and made.get_at((side // 2, 6))[:3] == (0x1B, 0x5F, 0xC1)
    assert any(made.get_at((x, side // 2))[:3] == (255, 255, 255) for x in range(side))


def test_a_larger_window_shows_more_and_is_larger(tmp_path: Path) -> None:
    """From 1920 by 1080 on letters grow, and so does the room for them."""
    before = None
    for size in ((1280, 800), (1920, 1080), (2560, 1440)):
        app = App(Picture(size), Config(), log_dir=tmp_path)
        now = (app.stage.scale, *app.room())
        assert before is None or all(new > 1.1 * old for new, old in zip(now, before, strict=True)), (before, now)
        before = now


def test_a_window_that_nobody_touches_rests_and_wakes(tmp_path, monkeypatch):
    """It sleeps between few looks for events, takes the first key at the next look, and waits closely after it."""
    naps = []
    with Pilot(log_dir=tmp_path) as pilot:
        pilot.settle(2 * events.AWAKE)

        def nap(seconds):
            naps.append(seconds)
            if len(naps) == 3:
                pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode=""))

        monkeypatch.setattr(events.time, "sleep", nap)
        event = events.awaited(pilot.app)
        assert event.type == pygame.KEYDOWN and naps == [events.DOZE] * 3
        events.take(pilot.app, event)
        pilot.app.frame()
        assert events.awaited(pilot.app).type == pygame.NOEVENT and len(naps) == 3
