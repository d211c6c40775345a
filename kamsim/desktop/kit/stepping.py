"""One of several, shown one at a time between a minus and a plus."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

import pygame

from kamsim.desktop.kit import gfx
from kamsim.desktop.kit.buttons import Control
from kamsim.desktop.kit.controls import stepper_width
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Look, Metrics


@dataclass(kw_only=True, eq=False)
class Stepping(Control):
    """Left and Right, or its two ends, go through the options in their order. What differs from ``usual`` is blue."""

    tip_by_keys = False
    repeats = False

    label: str = ""
    options: Sequence[tuple[Hashable, str]] = ()
    value: Hashable = None
    usual: Hashable = None
    change: Callable[[Hashable], None] = lambda _value: None

    STYLE = Style(13.5, "SemiBold", "ink", 1.3)
    END = 28.0

    _box: Rect = field(default=gfx.NOWHERE, repr=False)

    def _wide(self, metrics: Metrics) -> float:
        return max((metrics.wide(text, self.STYLE) for _, text in self.options), default=20.0) + 2 * self.END + 14

    def _down(self, metrics: Metrics, width: float) -> bool:
        return metrics.wide(self.label, gfx.LABEL) + self._wide(metrics) + 10 > width

    def _lines(self, metrics: Metrics, width: float) -> int:
        room = width - 2 * self.END - 10
        return max((len(metrics.lines(text, self.STYLE, room)) for _, text in self.options), default=1)

    def natural(self, metrics: Metrics) -> float:
        return metrics.wide(self.label, gfx.LABEL) + self._wide(metrics) + 12

    def measure(self, metrics: Metrics, width: float) -> float:
        if not self._down(metrics, width):
            return 32.0
        return metrics.high(self.label, gfx.LABEL, width) + 5 + 12 + 18.0 * self._lines(metrics, width)

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        if self._down(metrics, rect.w):
            top = metrics.high(self.label, gfx.LABEL, rect.w) + 5
            self._box = Rect(rect.x, rect.y + top, rect.w, rect.h - top)
        else:
            room = rect.w - metrics.wide(self.label, gfx.LABEL) - 10
            wide = max(self._wide(metrics), min(stepper_width(room), room))
            self._box = Rect(rect.right - wide, rect.y + 1, wide, 30)

    def _row(self) -> int:
        return next((row for row, (value, _) in enumerate(self.options) if value == self.value), 0)

    def paint(self, painter: Painter, look: Look) -> None:
        rect, box, focus = self.rect, self._box, look.focus == self.name
        if box.y > rect.y + 4:
            painter.paragraph(rect.x, rect.y, self.label, gfx.LABEL, rect.w)
        else:
            painter.text(rect.x, rect.y + rect.h / 2, self.label, gfx.LABEL)
        if focus:
            painter.box(box.inset(-3), 10, "accent_soft", "accent", 1.6)
        painter.box(box, 7, "card", "line2")
        middle, row = box.y + box.h / 2, self._row()
        text = self.options[row][1] if self.options else ""
        style = self.STYLE.like(colour="accent" if self.value != self.usual else "ink")
        lines = painter.lines(text, style, box.w - 2 * self.END - 10)
        for place, line in enumerate(lines):
            painter.text(box.x + box.w / 2, middle + (place - (len(lines) - 1) / 2) * 18, line, style, "c")
        for x, sign, off in (
            (box.x + self.END / 2, "−", row == 0),
            (box.right - self.END / 2, "+", row == len(self.options) - 1),
        ):
            painter.text(x, middle, sign, Style(16, "Medium", "ink3" if off else "ink"), "c")
        painter.upright(box.x + self.END, box.y + 1, box.h - 2)
        painter.upright(box.right - self.END, box.y + 1, box.h - 2)

    def _move(self, steps: int) -> bool:
        row = max(0, min(len(self.options) - 1, self._row() + steps))
        value = self.options[row][0]
        if value != self.value:
            self.change(value)
        return True

    def press(self, x: float, _y: float) -> bool:
        if x > self._box.right - self.END - 4:
            return self._move(1)
        return self._move(-1) if self._box.x <= x < self._box.x + self.END + 4 else False

    def key(self, key: int, _mods: int) -> bool:
        step = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(key)
        return False if step is None else self._move(step)

    def shows(self) -> Hashable:
        return ("stepping", self.name, self.label, tuple(self.options), self.value, self.usual)

    def describe(self) -> str:
        said = self.options[self._row()][1] if self.options else "nothing"
        return f"{self.label}: {said}; of {', '.join(text for _, text in self.options)}"
