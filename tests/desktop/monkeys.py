"""Hands that do anything: legal inputs by name, and raw keys and clicks."""

from __future__ import annotations

import random

import pygame

from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.title import Title
from kamsim.game.session import Session
from tests.engine.worlds import halden

KEYS = [
    pygame.K_TAB, pygame.K_RETURN, pygame.K_SPACE, pygame.K_ESCAPE, pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_PAGEUP,
    pygame.K_PAGEDOWN, pygame.K_HOME, pygame.K_END, pygame.K_BACKSPACE, pygame.K_DELETE, pygame.K_F1, pygame.K_F2, pygame.K_F5, pygame.K_PLUS,
    pygame.K_MINUS, pygame.K_0, *range(pygame.K_a, pygame.K_z + 1), *range(pygame.K_1, pygame.K_9 + 1),
]  # fmt: skip
"""All but Ctrl+Q, which closes the window, and F11."""
TEXTS = ("a", "7", "€", "ß", "\u202e", "漢", "😀", "", "12.5 %", "long " * 30)
LONGEST = 3


def started(folder, seed: int) -> Pilot:
    """A pilot in a fresh session."""
    return Pilot(
        log_dir=folder, session=Session.start(halden(), seed=seed, quarters=8, log_dir=folder), size=(1280, 800)
    )


def legal_inputs(pilot: Pilot, count: int, seed: int) -> None:
    """Press what can be pressed, by mouse or by keys, wherever it leads."""
    chance = random.Random(seed)
    for _ in range(count):
        names = [name for name in pilot.names() if name not in ("leave.quit", "quit", "set.full", "demo", "set.zoom")]
        name = chance.choice(names)
        if chance.random() < 0.5:
            pilot.click(name, at=(chance.uniform(0.05, 0.95), chance.uniform(0.1, 0.9)))
        else:
            pilot.app.stage.set_focus(name, by_keys=True)
            pilot.press(chance.choice(["Enter", "Enter", "Left", "Right", "Shift Right"]))
        back_to_play(pilot)


def raw_inputs(pilot: Pilot, count: int, seed: int) -> None:
    """Keys, clicks, wheels, texts and sizes without sense."""
    chance = random.Random(seed)
    for _ in range(count):
        roll = chance.random()
        wide, high = pilot.app.presenter.surface.get_size()
        place = (chance.randrange(wide), chance.randrange(high))
        if roll < 0.5:
            mods = chance.choice([0, 0, 0, pygame.KMOD_SHIFT, pygame.KMOD_CTRL, pygame.KMOD_ALT])
            pilot.strike(chance.choice(KEYS), mods)
        elif roll < 0.8:
            button = chance.choice([1, 1, 1, 2, 3])
            pilot._send(pygame.MOUSEBUTTONDOWN, pos=place, button=button)
            pilot._send(
                pygame.MOUSEMOTION, pos=(chance.randrange(wide), chance.randrange(high)), rel=(0, 0), buttons=(1, 0, 0)
            )
            if chance.random() < 0.9:
                pilot._send(pygame.MOUSEBUTTONUP, pos=place, button=button)
        elif roll < 0.9:
            pilot._send(pygame.MOUSEWHEEL, x=0, y=chance.choice([-3, -1, 1, 3]))
        elif roll < 0.97:
            pilot._send(pygame.TEXTINPUT, text=chance.choice(TEXTS))
        elif roll < 0.975:
            pilot.resize(chance.choice([640, 1280, 1920]), chance.choice([360, 720, 1080]))
        pilot.clock.now += chance.choice([0.0, 0.01, 0.5, 3.0])
        pilot.app.frame()
        back_to_play(pilot)


def back_to_play(pilot: Pilot) -> None:
    """Out of the first page, or the closed window, into the session again."""
    if not pilot.app.running:
        pilot.app.running, pilot.app.dialog = True, None
        pilot.app.leave_session()
    if (
        isinstance(pilot.app.screen, Title)
        and pilot.app.dialog is None
        and pilot.app.demo is None
        and pilot.app.screen.kept
    ):
        newest = pilot.app.screen.kept[0]
        pilot.app.screen.resume(newest.path)
        pilot.app.frame()
