"""Keyboards of other countries: letters stand in fields, and nothing that writes commands."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from kamsim.desktop.events import take
from kamsim.desktop.pilot import Pilot

ALTGR = pygame.KMOD_LCTRL | pygame.KMOD_RALT
VOLUME = 0x40000080


def strike(pilot: Pilot, key: int, mod: int = 0, text: str = "") -> None:
    """A key goes down, writes, and goes up, as the system sends it."""
    take(pilot.app, pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=text))
    if text:
        take(pilot.app, pygame.event.Event(pygame.TEXTINPUT, text=text))
    take(pilot.app, pygame.event.Event(pygame.KEYUP, key=key, mod=0))
    pilot.app.frame()


@pytest.mark.parametrize(
    ("key", "text"), [(0xFC, "ü"), (0xE4, "ä"), (0xDF, "ß"), (0x44F, "я"), (0x131, "ı"), (0xE9, "é"), (VOLUME, "")]
)
def test_a_key_without_a_name_presses_nothing(tmp_path: Path, key: int, text: str) -> None:
    """On the title it writes into the field; on the desk it does nothing at all."""
    with Pilot(log_dir=tmp_path) as pilot:
        pilot.focus("name")
        strike(pilot, pygame.K_j, text="J")
        strike(pilot, key, text=text)
        assert pilot.app.screen.name.text == f"J{text}"
        assert pilot.app.demo is None


@pytest.mark.parametrize(
    ("key", "mod", "text"),
    [
        (pygame.K_q, ALTGR, "@"),
        (pygame.K_e, ALTGR, "€"),
        (pygame.K_z, pygame.KMOD_RALT, "ż"),
        (pygame.K_PLUS, ALTGR, "~"),
        (pygame.K_q, pygame.KMOD_MODE, "@"),
    ],
)
def test_altgr_is_text(tmp_path: Path, key: int, mod: int, text: str) -> None:
    """With RALT or MODE held a key writes: the window stays open, nothing is taken back, nothing zooms."""
    with Pilot(log_dir=tmp_path) as pilot:
        pilot.focus("name")
        zoom = pilot.app.config.zoom
        strike(pilot, key, mod, text)
        assert pilot.app.running
        assert pilot.app.config.zoom == zoom
        assert pilot.app.screen.name.text == text


def test_altgr_takes_no_move_back(tmp_path: Path) -> None:
    """The Polish z with a dot is no Ctrl Z."""
    with Pilot(log_dir=tmp_path) as pilot:
        pilot.click("start")
        while type(pilot.app.screen).__name__ != "Desk":
            pilot.press("Enter")
        session = pilot.app.play.session
        session.do("set_rhythm", account="orvik", rhythm="light")
        strike(pilot, pygame.K_z, ALTGR, "ż")
        assert len(session.commands) == 1
        strike(pilot, pygame.K_z, pygame.KMOD_LCTRL)
        assert not session.commands


def test_cmd_is_ctrl_in_a_field_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pasting and clearing as a Mac sends them."""
    from kamsim.desktop.kit import field

    monkeypatch.setattr(field, "_pasted", lambda: "Team Blue")
    with Pilot(log_dir=tmp_path) as pilot:
        pilot.focus("name")
        strike(pilot, pygame.K_v, pygame.KMOD_LMETA)
        assert pilot.app.screen.name.text == "Team Blue"
        strike(pilot, pygame.K_BACKSPACE, pygame.KMOD_RMETA)
        assert pilot.app.screen.name.text == ""
