"""What can be pressed: buttons, and rows of a list that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Act, Look, Metrics, Node

KEYCAP: Final = Style(11.5, "Medium", "ink2", 1.3)
Brush = Callable[[Painter, Rect], None]


def keycap(painter: Painter, right: float, middle: float, key: str, *, ink: str = "ink2", fill: str = "card2") -> float:
    """A key as on a keyboard, its right edge at a place; returns how wide it is."""
    wide = max(22.0, painter.wide(key, KEYCAP) + 12)
    painter.box(Rect(right - wide, middle - 11, wide, 22), 5, fill, "line2")
    painter.text(right - wide / 2, middle, key, KEYCAP, "c", colour=ink)
    return wide


def keycap_wide(metrics: Metrics, key: str) -> float:
    """How wide a key is."""
    return max(22.0, metrics.wide(key, KEYCAP) + 12) if key else 0.0


@dataclass(kw_only=True, eq=False)
class Control(Node):
    """A node that takes the focus."""

    focusable = True

    def ring(self, painter: Painter, look: Look, rect: Rect, radius: float = 9) -> None:
        """The mark of the focus: tinted ground and a line around."""
        if look.focus == self.name:
            painter.box(rect, radius, "accent_soft", "accent", 1.6)


@dataclass(kw_only=True, eq=False)
class Button(Control):
    """A button. ``kind``: primary, normal, quiet. ``off``: why it cannot be used now; pressing it then says so."""

    label: str = ""
    act: Act | None = None
    kind: str = "normal"
    shortcut: str = ""
    icon: str = ""
    off: str = ""
    span: float = 0.0

    STYLE = Style(14, "SemiBold", "ink", 1.3)

    def natural(self, metrics: Metrics) -> float:
        wide = metrics.wide(self.label, self.STYLE) + 34 + (24 if self.icon else 0)
        return wide + (keycap_wide(metrics, self.shortcut) + 10 if self.shortcut else 0)

    def _room(self, metrics: Metrics, width: float) -> float:
        wide = width - 34 - (24 if self.icon else 0)
        return wide - (keycap_wide(metrics, self.shortcut) + 10 if self.shortcut else 0)

    def measure(self, metrics: Metrics, width: float) -> float:
        return max(38.0, metrics.high(self.label, self.STYLE, self._room(metrics, width)) + 19)

    def paint(self, painter: Painter, look: Look) -> None:
        rect, hover = self.rect, look.hover == self.name and not self.off
        if look.focus == self.name:
            painter.box(rect.inset(-4), 12, "card", "accent", 2)
        ink = "ink"
        if self.off:
            painter.box(rect, 8, "card2", "line2")
            ink = "ink3"
        elif self.kind == "primary":
            painter.box(rect, 8, "accent_down" if hover else "accent")
            ink = "accent_ink"
        else:
            edge = "accent" if hover else "line2"
            painter.box(rect, 8, "card2" if hover else "card", edge if self.kind == "normal" or hover else "edge")
            ink = "accent" if hover else "ink" if self.kind == "normal" else "ink2"
        metrics = Metrics(painter.scale)
        lead = 24 if self.icon else 0
        key = keycap_wide(metrics, self.shortcut) + 10 if self.shortcut else 0
        told = max(
            painter.wide(line, self.STYLE)
            for line in painter.lines(self.label, self.STYLE, self._room(metrics, rect.w))
        )
        x = rect.x + max(17.0, (rect.w - key - lead - told) / 2)
        if self.icon:
            painter.icon(x + 7, rect.y + rect.h / 2, self.icon, 17, ink, 2)
            x += lead
        lines = painter.lines(self.label, self.STYLE, self._room(metrics, rect.w))
        step = self.STYLE.size * self.STYLE.leading
        y = rect.y + rect.h / 2 - (len(lines) - 1) * step / 2
        for row, line in enumerate(lines):
            painter.text(x, y + row * step, line, self.STYLE, colour=ink)
        if self.shortcut:
            strong = self.kind == "primary" and not self.off
            face = "accent_down" if strong and not hover else "accent" if strong else "card2"
            keycap(painter, rect.right - 10, rect.y + rect.h / 2, self.shortcut, ink=ink, fill=face)

    def activate(self) -> bool:
        if self.off or self.act is None:
            return False
        self.act()
        return True

    def shows(self) -> Hashable:
        return ("button", self.name, self.label, self.kind, self.shortcut, self.icon, self.off)

    def describe(self) -> str:
        return f"Button: {self.label}{f' (not now: {self.off})' if self.off else ''}"


LEAST_TITLE = 150.0
"""Room that the title of an item has beside its remark, if it needs as much."""


@dataclass(kw_only=True, eq=False)
class Item(Control):
    """A row of a list that leads somewhere: a picture, a title, a line below, a remark on the right.

    ``face`` draws a picture of ``face_size``; ``draws`` is what that picture depends on. ``off``: why not now.
    """

    title: str = ""
    text: str = ""
    note: str = ""
    act: Act | None = None
    icon: str = ""
    face: Brush | None = None
    draws: Hashable = ()
    face_size: float = 40.0
    shortcut: str = ""
    off: str = ""
    tone: str = ""
    chosen: bool = False

    TITLE = Style(14, "SemiBold", "ink", 1.4)
    TEXT = Style(13, "Regular", "ink2", 1.45)
    NOTE = Style(12.5, "Medium", "ink2", 1.4)

    def _lead(self) -> float:
        return self.face_size + 14 if self.face else 38.0 if self.icon else 0.0

    def _side(self, metrics: Metrics, width: float) -> float:
        """Room on the right for the remark and the key; none where the row is narrow."""
        note = metrics.wide(self.note, self.NOTE) + 14 if self.note else 0.0
        return self._key(metrics) + (note if self._beside(metrics, width) else 0.0)

    def _key(self, metrics: Metrics) -> float:
        return keycap_wide(metrics, self.shortcut) + 10 if self.shortcut else 0.0

    def _beside(self, metrics: Metrics, width: float) -> bool:
        """Whether the remark stands on the right: it takes less than half, and leaves the title its room."""
        wide, room = metrics.wide(self.note, self.NOTE), width - self._lead()
        left = room - wide - 38 - self._key(metrics)
        return wide < 0.42 * room and left >= min(metrics.wide(self.title, self.TITLE), LEAST_TITLE)

    def _below(self, metrics: Metrics, width: float) -> list[str]:
        under = [text for text in (self.text, self.off) if text]
        if self.note and not self._beside(metrics, width):
            under.append(self.note)
        return under

    def natural(self, _metrics: Metrics) -> float:
        return 280.0

    def measure(self, metrics: Metrics, width: float) -> float:
        room = width - 24 - self._lead() - self._side(metrics, width)
        high = metrics.high(self.title, self.TITLE, room)
        high += sum(metrics.high(text, self.TEXT, room) + 1 for text in self._below(metrics, width))
        return max(high + 18, (self.face_size + 14) if self.face else 40.0)

    def paint(self, painter: Painter, look: Look) -> None:
        rect, metrics = self.rect, Metrics(painter.scale)
        hover, focus = look.hover == self.name, look.focus == self.name
        base = {"": "card2", "warn": "warn_soft", "soft": "accent_soft"}[self.tone]
        fill = "accent_soft" if focus or self.chosen else base
        plain = "warn" if self.tone == "warn" else "line"
        edge = "accent" if focus or self.chosen else "ghost" if hover and not self.off else plain
        painter.box(rect, 9, fill, edge, 1.6 if focus or self.chosen else 1)
        if self.tone == "warn":
            painter.box(Rect(rect.x + 1, rect.y + 8, 4, rect.h - 16), 2, "warn")
        x, middle = rect.x + 12, rect.y + rect.h / 2
        if self.face:
            self.face(painter, Rect(x, middle - self.face_size / 2, self.face_size, self.face_size))
        elif self.icon:
            ink = "ghost" if self.off else "warn" if self.tone == "warn" else "accent"
            painter.icon(x + 11, middle, self.icon, 21, ink, 1.8)
        x += self._lead()
        room = rect.w - 24 - self._lead() - self._side(metrics, rect.w)
        under = self._below(metrics, rect.w)
        high = metrics.high(self.title, self.TITLE, room) + sum(metrics.high(t, self.TEXT, room) + 1 for t in under)
        y = middle - high / 2
        y += painter.paragraph(x, y, self.title, self.TITLE.like(colour="ink2" if self.off else "ink"), room)
        for text in under:
            y += painter.paragraph(x, y + 1, text, self.TEXT, room) + 1
        right = rect.right - 12
        if self.shortcut:
            right -= keycap(painter, right, middle, self.shortcut) + 10
        if self.note and self._beside(metrics, rect.w):
            painter.text(right, middle, self.note, self.NOTE, "r")

    def activate(self) -> bool:
        if self.act is None:
            return False
        self.act()
        return True

    def shows(self) -> Hashable:
        return (
            "item",
            self.name,
            self.title,
            self.text,
            self.note,
            self.icon,
            self.draws,
            self.face_size,
            self.shortcut,
            self.off,
            self.tone,
            self.chosen,
        )

    def describe(self) -> str:
        parts = [
            self.title,
            self.text,
            self.note,
            f"not now: {self.off}" if self.off else "",
            "chosen" if self.chosen else "",
        ]
        return "Choice: " + ". ".join(part.removesuffix(".") for part in parts if part)
