"""A sentence of a page that can be chosen, to be said otherwise."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from kamsim.desktop.kit.buttons import KEYCAP, Control
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Act, Look, Metrics


@dataclass(kw_only=True, eq=False)
class Sentence(Control):
    """Its number, its name, what it says; ``footing``: firm or loose, and a word or two on that."""

    number: str = ""
    label: str = ""
    text: str = ""
    footing: tuple[str, str] | None = None
    chosen: bool = False
    act: Act | None = None
    shortcut: str = ""

    LABEL = Style(12, "SemiBold", "ink3", 1.35)
    TEXT = Style(13.5, "Regular", "ink", 1.4)
    SIDE: Final = 12.0
    LEAD: Final = 34.0

    def natural(self, _metrics: Metrics) -> float:
        return 300.0

    def _beside(self, metrics: Metrics, width: float) -> bool:
        """Whether the footing stands beside the name."""
        if self.footing is None:
            return True
        wide = metrics.wide(self.label, self.LABEL) + metrics.wide(self.footing[1], self.LABEL) + 40
        return wide <= width - self.LEAD - self.SIDE

    def measure(self, metrics: Metrics, width: float) -> float:
        head = 17.0 if self._beside(metrics, width) else 34.0
        return head + metrics.high(self.text, self.TEXT, width - self.LEAD - self.SIDE) + 15

    def paint(self, painter: Painter, look: Look) -> None:
        rect, metrics = self.rect, Metrics(painter.scale)
        focus, hover = look.focus == self.name, look.hover == self.name
        if focus or self.chosen:
            painter.box(rect, 8, "accent_soft", "accent", 1.6 if focus else 1.1)
        elif hover:
            painter.box(rect, 8, "card2", "line2")
        if self.chosen:
            painter.box(Rect(rect.right - 2, rect.y + rect.h / 2 - 9, 4, 18), 2, "accent")
        x, y = rect.x + self.LEAD, rect.y + 8
        edge = "accent" if self.chosen else "line2"
        painter.box(Rect(rect.x + 8, y - 2, 19, 19), 5, "accent" if self.chosen else "card2", edge)
        ink = "accent_ink" if self.chosen else "ink2"
        painter.text(rect.x + 17.5, y + 7.5, self.number, KEYCAP, "c", colour=ink)
        painter.text(x, y + 7, self.label, self.LABEL, colour="accent" if self.chosen else "ink3")
        if self.footing is not None:
            self._paint_footing(painter, metrics, x, y)
        y += 17 if self._beside(metrics, rect.w) else 34
        painter.paragraph(x, y, self.text, self.TEXT, rect.w - self.LEAD - self.SIDE)

    def _paint_footing(self, painter: Painter, metrics: Metrics, x: float, y: float) -> None:
        assert self.footing is not None
        how, words = self.footing
        tint = "accent" if how == "firm" else "neg"
        wide = metrics.wide(words, self.LABEL)
        if self._beside(metrics, self.rect.w):
            left = self.rect.right - self.SIDE - wide
            painter.text(left, y + 7, words, self.LABEL, colour=tint)
            painter.disc(left - 9, y + 7, 4, tint if how == "firm" else "card", 1.5, tint)
            return
        painter.disc(x + 4, y + 24, 4, tint if how == "firm" else "card", 1.5, tint)
        painter.text(x + 14, y + 24, words, self.LABEL, colour=tint)

    def activate(self) -> bool:
        if self.act is None:
            return False
        self.act()
        return True

    def shows(self) -> Hashable:
        return ("sentence", self.name, self.number, self.label, self.text, self.footing, self.chosen)

    def describe(self) -> str:
        rests = f" ({self.footing[0]}: {self.footing[1]})" if self.footing else ""
        return f"{self.number}. {self.label}{rests}: {self.text}{' Open beside it.' if self.chosen else ''}"
