"""The real desktop without a display: press, click, type, look, photograph.

    with Pilot(log_dir=tmp, size=(1280, 800)) as pilot:
        pilot.click("start")
        pilot.press("Enter")
        pilot.shot(tmp / "briefing.png")

Events go through the same door as those of a window, and time is the pilot's own.
"""

from __future__ import annotations

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from pathlib import Path
from typing import Self

import pygame

from kamsim.desktop.app import App
from kamsim.desktop.config import Config
from kamsim.desktop.events import take
from kamsim.desktop.keys import NAMES
from kamsim.desktop.present import Picture
from kamsim.desktop.screens.places import enter
from kamsim.desktop.screens.title import Title
from kamsim.game.session import Session

KEYS = {
    **{name: key for key, name in NAMES.items()},
    "Tab": pygame.K_TAB,
    "Up": pygame.K_UP,
    "Down": pygame.K_DOWN,
    "Left": pygame.K_LEFT,
    "Right": pygame.K_RIGHT,
    "PageUp": pygame.K_PAGEUP,
    "PageDown": pygame.K_PAGEDOWN,
    "Home": pygame.K_HOME,
    "End": pygame.K_END,
    "Backspace": pygame.K_BACKSPACE,
    "Delete": pygame.K_DELETE,
    "Enter": pygame.K_RETURN,
    "+": pygame.K_PLUS,
    "-": pygame.K_MINUS,
}
MODS = {"Ctrl": pygame.KMOD_CTRL, "Shift": pygame.KMOD_SHIFT, "Alt": pygame.KMOD_ALT}


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Pilot:
    """Drives an app as a person would, by mouse or by keys."""

    def __init__(
        self,
        *,
        log_dir: Path,
        size: tuple[int, int] = (1280, 800),
        config: Config | None = None,
        session: Session | None = None,
        motion: bool = False,
        threads: bool = False,
    ) -> None:
        """``threads``: whether what takes long runs beside the window, as it does in a real one."""
        pygame.display.init()
        self.clock = Clock()
        chosen = config or Config(motion=motion)
        self.app = App(Picture(size), chosen, clock=self.clock, log_dir=log_dir, threads=threads)
        if session is None:
            self.app.show(Title(self.app), over=False)
        else:
            self.app.take(session)
            enter(self.app)
        pygame.event.clear()
        self.app.frame(force=True)
        self.clicks = self.keys = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.app.quit()

    def settle(self, seconds: float = 1.0) -> None:
        """Let time pass until nothing moves."""
        self.clock.now += seconds
        self.app.frame()
        if self.app.stage.pictures.behind:
            self.app.frame()

    def _send(self, kind: int, **what: object) -> None:
        take(self.app, pygame.event.Event(kind, what))

    # --- keys -------------------------------------------------------------------------------------------------

    def press(self, *names: str) -> None:
        """Press keys, such as "Tab", "Ctrl Enter", "M"."""
        for name in names:
            *held, key = name.split(" ")
            mods = sum(MODS[mod] for mod in held)
            code = KEYS.get(key) or pygame.key.key_code(key.lower())
            self.keys += 1
            self.strike(code, mods)

    def strike(self, code: int, mods: int) -> None:
        """A key goes down and up, by its code."""
        self.app.frame()
        self._send(pygame.KEYDOWN, key=code, mod=mods, unicode="")
        self._send(pygame.KEYUP, key=code, mod=mods)
        self.app.frame()

    def type(self, text: str) -> None:
        """Type text into what has the focus."""
        self.keys += len(text)
        self.app.frame()
        self._send(pygame.TEXTINPUT, text=text)
        self.app.frame()

    def focus(self, name: str) -> None:
        """Press Tab until something has the focus. Raises LookupError if it never has."""
        for _ in range(len(self.app.stage.order()) + 1):
            if self.app.stage.focus == name:
                return
            self.press("Tab")
        raise LookupError(
            f"Tab does not lead to {name}; it leads to {[node.name for _, node in self.app.stage.order()]}"
        )

    # --- mouse ------------------------------------------------------------------------------------------------

    def click(self, name: str, at: tuple[float, float] = (0.5, 0.5)) -> None:
        """Click on something, after turning the wheel until it is in sight. Raises LookupError if it is not there."""
        self.bring(name, at[1])
        rect = self.app.stage.on_screen(name)
        assert rect is not None
        self.click_at(rect.x + rect.w * at[0], rect.y + rect.h * at[1])

    def bring(self, name: str, part: float = 0.5) -> None:
        """Turn the wheel until a part of something (0 its upper edge, 1 its lower) is in sight."""
        self.app.frame()
        for _ in range(200):
            found = self.app.stage.find(name)
            if found is None:
                raise LookupError(
                    f"there is no {name} here; there are {[node.name for _, node in self.app.stage.order()]}"
                )
            layer, node = found
            rect = node.rect.moved(0, -self.app.stage.offset(layer))
            middle = rect.y + rect.h * part
            if not layer.scrolls or layer.rect.y + 2 <= middle <= layer.rect.bottom - 2:
                return
            self.move(layer.rect.x + layer.rect.w / 2, layer.rect.y + layer.rect.h / 2)
            before = self.app.stage.offset(layer)
            self._send(pygame.MOUSEWHEEL, x=0, y=1 if middle < layer.rect.y else -1)
            self.app.frame()
            if before == self.app.stage.offset(layer):
                raise LookupError(f"{name} cannot be scrolled into sight")

    def click_at(self, x: float, y: float) -> None:
        """Click at a place, logical."""
        self.clicks += 1
        self.app.frame()
        place = self._pixels(x, y)
        self.move(x, y)
        self._send(pygame.MOUSEBUTTONDOWN, pos=place, button=1)
        self._send(pygame.MOUSEBUTTONUP, pos=place, button=1)
        self.app.frame()

    def drag(self, name: str, to: float) -> None:
        """Drag a slider's handle to a part of its way, 0 to 1."""
        self.bring(name)
        rect = self.app.stage.on_screen(name)
        assert rect is not None
        y = rect.y + rect.h / 2
        self._send(pygame.MOUSEBUTTONDOWN, pos=self._pixels(rect.x + rect.w / 2, y), button=1)
        self.app.frame()
        self.move(rect.x + 9 + (rect.w - 18) * to, y)
        self._send(pygame.MOUSEBUTTONUP, pos=self._pixels(rect.x, y), button=1)
        self.app.frame()

    def move(self, x: float, y: float) -> None:
        """Move the pointer, logical."""
        self._send(pygame.MOUSEMOTION, pos=self._pixels(x, y), rel=(0, 0), buttons=(0, 0, 0))
        self.app.frame()

    def hover(self, name: str) -> None:
        """Rest the pointer on something until it is explained."""
        self.bring(name)
        rect = self.app.stage.on_screen(name)
        assert rect is not None
        self.move(rect.x + rect.w / 2, rect.y + rect.h / 2)
        self.settle()

    def _pixels(self, x: float, y: float) -> tuple[int, int]:
        scale = self.app.stage.scale
        return round(x * scale), round(y * scale)

    # --- looking ----------------------------------------------------------------------------------------------

    def resize(self, wide: int, high: int) -> None:
        """Another size of the window, in device pixels."""
        self._send(pygame.VIDEORESIZE, size=(wide, high), w=wide, h=high)
        self.app.frame()

    def shot(self, path: Path | str) -> None:
        """A picture of the window."""
        self.settle()
        pygame.image.save(self.app.presenter.surface, str(path))

    def describe(self) -> str:
        """What a voice would say of everything on screen."""
        self.app.frame()
        return self.app.stage.describe()

    def names(self) -> list[str]:
        """Everything that takes the focus, in its order."""
        self.app.frame()
        return [node.name for _, node in self.app.stage.order()]
