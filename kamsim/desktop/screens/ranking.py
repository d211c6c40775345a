"""A list to put in order: by dragging, by its arrows, or by keys."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import pygame

from kamsim.desktop.kit import gfx
from kamsim.desktop.kit.buttons import Control
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Look, Metrics

ROW = 56.0


@dataclass
class Hand:
    """Which row is chosen; the screen keeps it."""

    row: int = 0


@dataclass(kw_only=True, eq=False)
class RankList(Control):
    """Names from the best down."""

    order: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    change: Callable[[list[str]], None] = lambda _order: None
    hand: Hand = field(default_factory=Hand)
    step: float = ROW

    def natural(self, _metrics: Metrics) -> float:
        return 300.0

    def _row(self, metrics: Metrics, width: float) -> float:
        """How high a row is: all as high as the longest name needs."""
        names = (metrics.high(name, gfx.STRONG, self._room(width)) for name in self.names.values())
        return max(ROW, max(names, default=0.0) + 38)

    def _room(self, width: float) -> float:
        return max(40.0, width - 44 - 84)

    def measure(self, metrics: Metrics, width: float) -> float:
        return self._row(metrics, width) * len(self.order)

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        self.step = self._row(metrics, rect.w)

    def paint(self, painter: Painter, look: Look) -> None:
        focus = look.focus == self.name
        for place, name in enumerate(self.order):
            box = Rect(self.rect.x, self.rect.y + place * self.step + 3, self.rect.w, self.step - 6)
            on = focus and place == self.hand.row
            painter.box(box, 9, "accent_soft" if on else "card2", "accent" if on else "line", 1.6 if on else 1)
            middle = box.y + box.h / 2
            painter.text(box.x + 22, middle, str(place + 1), Style(17, "Display", "accent" if on else "ink3"), "c")
            room = self._room(box.w)
            high = len(painter.lines(self.names[name], gfx.STRONG, room)) * gfx.STRONG.size * gfx.STRONG.leading
            painter.paragraph(box.x + 44, middle - (high + 18) / 2, self.names[name], gfx.STRONG, room)
            painter.text(box.x + 44, middle + (high + 18) / 2 - 9, self.notes.get(name, ""), gfx.SMALL, room=room)
            for x, icon, end in (
                (box.right - 58, "up", place == 0),
                (box.right - 22, "down", place == len(self.order) - 1),
            ):
                painter.box(Rect(x - 15, middle - 15, 30, 30), 7, "card", "line2")
                painter.icon(x, middle, icon, 15, "line2" if end else "ink2", 2.2)

    def _place(self, y: float) -> int:
        return max(0, min(len(self.order) - 1, int((y - self.rect.y) // self.step)))

    def press(self, x: float, y: float) -> bool:
        self.hand.row = self._place(y)
        right = self.rect.right
        if right - 78 <= x < right - 40:
            return self._move(-1)
        if x >= right - 40:
            return self._move(1)
        return True

    def drag(self, x: float, y: float) -> bool:
        if x >= self.rect.right - 78:
            return False
        wanted = self._place(y)
        while wanted != self.hand.row:
            self._move(1 if wanted > self.hand.row else -1)
        return True

    def _move(self, step: int) -> bool:
        row = self.hand.row
        if 0 <= row + step < len(self.order):
            order = list(self.order)
            order[row], order[row + step] = order[row + step], order[row]
            self.order, self.hand.row = order, row + step
            self.change(order)
        return True

    def key(self, key: int, _mods: int) -> bool:
        if key in (pygame.K_LEFT, pygame.K_RIGHT):
            return self._move(-1 if key == pygame.K_LEFT else 1)
        step = {pygame.K_UP: -1, pygame.K_DOWN: 1}.get(key, 0)
        self.hand.row = max(0, min(len(self.order) - 1, self.hand.row + step))
        return bool(step)

    def shows(self) -> Hashable:
        return (tuple(self.order), self.hand.row)

    def describe(self) -> str:
        return "Order: " + ", ".join(f"{place}. {self.names[name]}" for place, name in enumerate(self.order, 1))
