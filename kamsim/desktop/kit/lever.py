"""A slider whose track is marked with what its values mean: where it breaks even, how far one may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kamsim.desktop.kit import gfx
from kamsim.desktop.kit.controls import Mark, Slider
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Look, Metrics

TEXT: Final = Style(12, "Medium", "ink2", 1.3)
ROW: Final = 17.0


@dataclass(kw_only=True, eq=False)
class Lever(Slider):
    """Marks are drawn as ticks, their words below in as many lines as they need; the one named in ``good`` in blue."""

    good: str = ""

    def measure(self, metrics: Metrics, width: float) -> float:
        heads = self._heads(metrics, width)
        return 20.0 * heads + 30 + (ROW * len(self._rows(metrics, width)) + 2 if self.marks else 0)

    def _rows(self, metrics: Metrics, width: float) -> list[list[tuple[float, Mark]]]:
        """The words of the marks in lines, each with where it starts from the left edge: below their marks where one
        line has room for all, else one below the other."""
        rows: list[list[tuple[float, Mark]]] = []
        ends: list[float] = []
        marks = sorted(self.marks, key=lambda item: item.value)
        for mark in marks:
            wide = metrics.wide(mark.text, TEXT)
            part = (mark.value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
            x = max(0.0, min(9 + part * (width - 18) - wide / 2, width - wide))
            row = next((n for n, end in enumerate(ends) if x > end + 10), len(rows))
            if row == len(rows):
                rows.append([])
                ends.append(0.0)
            rows[row].append((x, mark))
            ends[row] = x + wide
        return rows if len(rows) < 2 else [[(0.0, mark)] for mark in marks]

    def paint(self, painter: Painter, look: Look) -> None:
        rect, focus, metrics = self.rect, look.focus == self.name, Metrics(painter.scale)
        if focus:
            painter.box(rect.inset(-10, -6), 8, "accent_soft", "accent", 1.6)
        heads = self._heads(metrics, rect.w)
        painter.text(rect.x, rect.y + 10, self.label, gfx.LABEL, colour="ink" if focus else "ink2", room=rect.w)
        place = (rect.right, rect.y + 10, "r") if heads == 1 else (rect.x, rect.y + 30, "l")
        painter.text(
            place[0], place[1], self.format(self.value), gfx.STRONG, place[2], colour="accent" if focus else "ink"
        )
        y = rect.y + 20 * heads + 14
        painter.box(Rect(rect.x, y - 2, rect.w, 4), 2, "line2" if focus else "track")
        start = rect.x if self.origin is None else self._at(max(self.low, min(self.high, self.origin)))
        left, right = sorted((start, self._at(self.value)))
        if right - left > 4:
            painter.box(Rect(left, y - 2, right - left, 4), 2, "accent")
        for row, marks in enumerate(self._rows(metrics, rect.w)):
            for x, mark in marks:
                tint = "accent" if mark.text == self.good else "ink3"
                painter.fill(Rect(self._at(mark.value) - 1, y - 8, 2, 16), tint)
                words = TEXT.like(colour="accent" if mark.text == self.good else "ink2")
                painter.text(rect.x + x, y + 21 + ROW * row, mark.text, words)
        painter.disc(self._at(self.value), y, 8.5, "card", 3 if focus else 2.2, "accent")
