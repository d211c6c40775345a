"""One of several, each on a line of its own with what there is to say about it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pygame

from kamsim.desktop.kit.buttons import Control
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Look, Metrics


@dataclass(frozen=True)
class Way:
    """A choice: its value, its name, a remark, and what is missing behind it ('' where nothing is)."""

    value: Hashable
    title: str
    note: str = ""
    lacks: str = ""


@dataclass(kw_only=True, eq=False)
class Pick(Control):
    """One of several, one below the other. Left and Right go through them; a click takes one."""

    tip_by_keys = False
    repeats = False

    label: str = ""
    options: Sequence[Way] = ()
    value: Hashable = None
    change: Callable[[Hashable], None] = lambda _value: None

    TITLE = Style(13.5, "Medium", "ink", 1.35)
    NOTE = Style(12.5, "Regular", "ink3", 1.4)
    LABEL = Style(13, "Medium", "ink2", 1.4)
    LEAD: Final = 36.0
    DOWN: Final = 7.0

    _placed: list[Rect] = field(default_factory=list, repr=False)

    def natural(self, _metrics: Metrics) -> float:
        return 260.0

    def _top(self, metrics: Metrics, width: float) -> float:
        return metrics.high(self.label, self.LABEL, width) + 5.0 if self.label else 0.0

    def _high(self, metrics: Metrics, way: Way, width: float) -> float:
        room = width - self.LEAD - 10
        weight = "SemiBold" if way.value == self.value else "Medium"
        high = metrics.high(way.title, self.TITLE.like(weight=weight), room)
        return high + sum(metrics.high(text, self.NOTE, room) for text in self._under(way)) + 2 * self.DOWN

    @staticmethod
    def _under(way: Way) -> list[str]:
        return [text for text in (way.note, way.lacks) if text]

    def measure(self, metrics: Metrics, width: float) -> float:
        return self._top(metrics, width) + sum(self._high(metrics, way, width) for way in self.options) + 2

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        self._placed = []
        y = rect.y + self._top(metrics, rect.w) + 1
        for way in self.options:
            high = self._high(metrics, way, rect.w)
            self._placed.append(Rect(rect.x, y, rect.w, high))
            y += high

    def paint(self, painter: Painter, look: Look) -> None:
        rect, focus, metrics = self.rect, look.focus == self.name, Metrics(painter.scale)
        top = self._top(metrics, rect.w)
        if self.label:
            painter.paragraph(rect.x, rect.y, self.label, self.LABEL, rect.w)
        body = Rect(rect.x, rect.y + top, rect.w, rect.h - top)
        if focus:
            painter.box(body.inset(-3), 10, "accent_soft", "accent", 1.6)
        painter.box(body, 8, "card2", "line")
        for row, (way, cell) in enumerate(zip(self.options, self._placed, strict=True)):
            on = way.value == self.value
            if on:
                painter.box(cell.inset(1, 1), 7, "accent_soft", "accent", 1.2)
            elif row and self.options[row - 1].value != self.value:
                painter.level(cell.x + 10, cell.y, cell.w - 20, "line")
            y = cell.y + self.DOWN
            middle = y + self.TITLE.size * self.TITLE.leading / 2
            painter.disc(cell.x + 18, middle, 7, "card", 1.6, "accent" if on else "ghost")
            if on:
                painter.disc(cell.x + 18, middle, 3.6, "accent")
            room = cell.w - self.LEAD - 10
            title = self.TITLE.like(weight="SemiBold" if on else "Medium")
            y += painter.paragraph(cell.x + self.LEAD, y, way.title, title, room)
            for text in self._under(way):
                tint = "warn" if on and way.lacks and text != way.note else "ink2" if on else "ink3"
                style = self.NOTE.like(colour=tint)
                if tint == "warn" and painter.theme.name == "light":
                    style = self.NOTE.like(colour="neg")
                y += painter.paragraph(cell.x + self.LEAD, y, text, style, room)

    def _pick(self, value: Hashable) -> bool:
        if value == self.value:
            return False
        self.change(value)
        return True

    def press(self, x: float, y: float) -> bool:
        for way, cell in zip(self.options, self._placed, strict=True):
            if cell.holds(x, y):
                return self._pick(way.value)
        return False

    def key(self, key: int, _mods: int) -> bool:
        step = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(key)
        if step is None or not self.options:
            return False
        now = next((row for row, way in enumerate(self.options) if way.value == self.value), -1)
        self._pick(self.options[max(0, min(len(self.options) - 1, now + step))].value)
        return True

    def shows(self) -> Hashable:
        return ("pick", self.name, self.label, tuple(self.options), self.value)

    def describe(self) -> str:
        said = []
        for way in self.options:
            under = ". ".join(self._under(way))
            on = " (chosen)" if way.value == self.value else ""
            said.append(f"{way.title}{on}{f': {under}' if under else ''}")
        return f"{self.label or 'Choice'}: {'; '.join(said)}"
