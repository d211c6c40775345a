"""A line of text to type into."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import pygame

from kamsim.desktop.kit import gfx
from kamsim.desktop.kit.buttons import Control
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Look, Metrics

MOST = 60


@dataclass(eq=False)
class Typed:
    """What was typed, and where the caret stands; the screen keeps it."""

    text: str = ""
    caret: int = 0

    def set(self, text: str) -> None:
        """Another text."""
        self.text, self.caret = text, len(text)


@dataclass(kw_only=True, eq=False)
class TextField(Control):
    """A line to type into. ``change`` is told of every new text, ``enter`` of the Return key."""

    label: str = ""
    typed: Typed
    hint: str = ""
    note: str = ""
    change: Callable[[str], None] = lambda _text: None
    enter: Callable[[], None] | None = None
    accepts: str = ""
    """Characters that may be typed; all where it is empty."""
    typing = True

    STYLE = Style(15, "Regular", "ink", 1.4)

    def natural(self, _metrics: Metrics) -> float:
        return 220.0

    def measure(self, metrics: Metrics, width: float) -> float:
        note = metrics.high(self.note, gfx.SMALL, width) + 4 if self.note else 0.0
        return (22.0 if self.label else 0.0) + 38 + note

    def _box(self) -> Rect:
        return Rect(self.rect.x, self.rect.y + (22 if self.label else 0), self.rect.w, 38)

    def paint(self, painter: Painter, look: Look) -> None:
        box, focus = self._box(), look.focus == self.name
        if self.label:
            painter.text(self.rect.x, self.rect.y + 9, self.label, gfx.LABEL, room=self.rect.w)
        painter.box(box, 8, "card", "accent" if focus else "line2", 2 if focus else 1)
        before = self.typed.text[: self.typed.caret]
        start, room = 0, box.w - 26
        while painter.wide(before[start:], self.STYLE) > room and start < len(before):
            start += 1
        shown = self.typed.text[start:]
        while shown and painter.wide(shown, self.STYLE) > room:
            shown = shown[:-1]
        middle = box.y + box.h / 2
        if shown:
            painter.text(box.x + 12, middle, shown, self.STYLE)
        elif self.hint:
            painter.text(box.x + 12, middle, self.hint, self.STYLE, colour="ink3", room=room)
        if focus:
            x = box.x + 12 + painter.wide(before[start:], self.STYLE)
            painter.fill(Rect(x, middle - 9, 1.5, 18), "accent")
        if self.note:
            painter.paragraph(self.rect.x, box.bottom + 4, self.note, gfx.SMALL, self.rect.w)

    def type(self, text: str) -> bool:
        """Put in what was typed."""
        kept = "".join(sign for sign in text if sign.isprintable() and (not self.accepts or sign in self.accepts))
        typed = self.typed
        kept = kept[: max(0, MOST - len(typed.text))]
        typed.text = typed.text[: typed.caret] + kept + typed.text[typed.caret :]
        typed.caret += len(kept)
        self.change(typed.text)
        return True

    def key(self, key: int, mods: int) -> bool:
        typed = self.typed
        if key == pygame.K_BACKSPACE:
            cut = 0 if mods & pygame.KMOD_CTRL else max(0, typed.caret - 1)
            typed.text, typed.caret = typed.text[:cut] + typed.text[typed.caret :], cut
        elif key == pygame.K_DELETE:
            typed.text = typed.text[: typed.caret] + typed.text[typed.caret + 1 :]
        elif key in (pygame.K_LEFT, pygame.K_RIGHT):
            typed.caret = max(0, min(len(typed.text), typed.caret + (1 if key == pygame.K_RIGHT else -1)))
        elif key in (pygame.K_HOME, pygame.K_END):
            typed.caret = 0 if key == pygame.K_HOME else len(typed.text)
        elif key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.enter is not None:
            self.enter()
        elif key == pygame.K_v and mods & pygame.KMOD_CTRL:
            return self.type(_pasted())
        else:
            return False
        self.change(typed.text)
        return True

    def press(self, x: float, _y: float) -> bool:
        metrics = Metrics(1.0)
        wide = x - self._box().x - 12
        self.typed.caret = min(
            range(len(self.typed.text) + 1), key=lambda n: abs(metrics.wide(self.typed.text[:n], self.STYLE) - wide)
        )
        return True

    def shows(self) -> Hashable:
        return ("field", self.name, self.label, self.typed.text, self.typed.caret, self.hint, self.note)

    def describe(self) -> str:
        return f"{self.label}: {self.typed.text or 'empty'}{'. ' + self.note if self.note else ''}"


def _pasted() -> str:
    """The first line of the clipboard, '' where there is none."""
    try:
        text = pygame.scrap.get_text()
    except pygame.error:
        return ""
    return text.splitlines()[0] if text else ""
