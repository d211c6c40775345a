"""What can be pressed or moved: buttons, rows of a list, segmented choices, sliders, steppers, switches."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pygame

from kamsim.desktop.kit import gfx
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
        told = max(painter.wide(line, self.STYLE) for line in painter.lines(self.label, self.STYLE, self._room(metrics, rect.w)))
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
        key = keycap_wide(metrics, self.shortcut) + 10 if self.shortcut else 0.0
        note = metrics.wide(self.note, self.NOTE) + 14 if self.note else 0.0
        return key + (note if self._beside(metrics, width) else 0.0)

    def _beside(self, metrics: Metrics, width: float) -> bool:
        wide = metrics.wide(self.note, self.NOTE)
        return wide < 0.42 * (width - self._lead())

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
        edge = "accent" if focus or self.chosen else "ghost" if hover and not self.off else "line"
        painter.box(rect, 9, fill, edge, 1.6 if focus or self.chosen else 1)
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
        return ("item", self.name, self.title, self.text, self.note, self.icon, self.draws, self.face_size, self.shortcut,
                self.off, self.tone, self.chosen)  # fmt: skip

    def describe(self) -> str:
        parts = [self.title, self.text, self.note, f"not now: {self.off}" if self.off else "", "chosen" if self.chosen else ""]
        return "Choice: " + ". ".join(filter(None, parts))


@dataclass(kw_only=True, eq=False)
class Segmented(Control):
    """One of a few, side by side; one below the other where there is no room."""

    label: str = ""
    options: Sequence[tuple[Hashable, str]] = ()
    value: Hashable = None
    change: Callable[[Hashable], None] = lambda _value: None
    off: frozenset[Hashable] = frozenset()
    tip_of: Callable[[Hashable], str] | None = None

    STYLE = Style(13, "Regular", "ink2", 1.3)

    def _index(self) -> int:
        return next((row for row, (value, _) in enumerate(self.options) if value == self.value), -1)

    def _down(self, metrics: Metrics, width: float) -> bool:
        """Whether the choices stand one below the other."""
        widest = max((metrics.wide(text, self.STYLE.like(weight="SemiBold")) for _, text in self.options), default=0)
        return (width - 4) / max(1, len(self.options)) < widest + 12

    def _top(self) -> float:
        return 24.0 if self.label else 0.0

    def natural(self, metrics: Metrics) -> float:
        widest = max((metrics.wide(text, self.STYLE.like(weight="SemiBold")) for _, text in self.options), default=0)
        return (widest + 26) * len(self.options) + 4

    def _cell(self, metrics: Metrics, width: float) -> float:
        room = width - 24 if self._down(metrics, width) else (width - 4) / max(1, len(self.options)) - 4
        style = self.STYLE.like(weight="SemiBold")
        return max(28.0, *(metrics.high(text, style, room) + 10 for _, text in self.options)) if self.options else 28.0

    def measure(self, metrics: Metrics, width: float) -> float:
        cell = self._cell(metrics, width)
        rows = len(self.options) if self._down(metrics, width) else 1
        return self._top() + rows * cell + 4

    def _cells(self, metrics: Metrics) -> list[Rect]:
        rect, cell = self.rect, self._cell(metrics, self.rect.w)
        y = rect.y + self._top() + 2
        if self._down(metrics, rect.w):
            return [Rect(rect.x + 2, y + row * cell, rect.w - 4, cell) for row in range(len(self.options))]
        wide = (rect.w - 4) / max(1, len(self.options))
        return [Rect(rect.x + 2 + row * wide, y, wide, cell) for row in range(len(self.options))]

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        self._placed = self._cells(metrics)

    _placed: list[Rect] = field(default_factory=list, repr=False)

    def paint(self, painter: Painter, look: Look) -> None:
        rect, focus = self.rect, look.focus == self.name
        if self.label:
            painter.text(rect.x, rect.y + 10, self.label, gfx.LABEL, room=rect.w)
        body = Rect(rect.x, rect.y + self._top(), rect.w, rect.h - self._top())
        if focus:
            painter.box(body.inset(-3), 10, "accent_soft", "accent", 1.6)
        painter.box(body, 7, "track")
        for (value, text), cell in zip(self.options, self._placed, strict=True):
            on = value == self.value
            if on:
                painter.box(cell, 6, "card", "line2")
            style = self.STYLE.like(weight="SemiBold" if on else "Regular", colour="accent" if on and focus else "ink")
            if value in self.off:
                style = style.like(colour="ink2")
            lines = painter.lines(text, style, cell.w - 4)
            step = style.size * style.leading
            y = cell.y + cell.h / 2 - (len(lines) - 1) * step / 2
            for row, line in enumerate(lines):
                painter.text(cell.x + cell.w / 2, y + row * step, line, style, "c")

    def press(self, x: float, y: float) -> bool:
        for (value, _), cell in zip(self.options, self._placed, strict=True):
            if cell.holds(x, y):
                return self._pick(value)
        return False

    def _pick(self, value: Hashable) -> bool:
        if value != self.value:
            self.change(value)
            return True
        return False

    def key(self, key: int, _mods: int) -> bool:
        step = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(key)
        if step is None or not self.options:
            return False
        row = max(0, min(len(self.options) - 1, self._index() + step))
        self._pick(self.options[row][0])
        return True

    def activate(self) -> bool:
        return False

    def shows(self) -> Hashable:
        return ("segmented", self.name, self.label, tuple(self.options), self.value, self.off)

    def describe(self) -> str:
        chosen = next((text for value, text in self.options if value == self.value), "none")
        return f"{self.label or 'Choice'}: {chosen}; of {', '.join(text for _, text in self.options)}"


@dataclass(frozen=True)
class Mark:
    """A place on a slider's track that means something: today's value, where it pays."""

    value: float
    text: str


@dataclass(kw_only=True, eq=False)
class Slider(Control):
    """A number between two others. Left and Right move it, with Shift five steps; Home and End go to the ends."""

    label: str = ""
    value: float = 0.0
    low: float = 0.0
    high: float = 1.0
    step: float = 0.1
    origin: float | None = None
    marks: Sequence[Mark] = ()
    change: Callable[[float], None] = lambda _value: None
    format: Callable[[float], str] = str

    def natural(self, _metrics: Metrics) -> float:
        return 240.0

    def measure(self, metrics: Metrics, width: float) -> float:
        return 20.0 * self._heads(metrics, width) + 30 + (20 if self.marks else 0)

    def _heads(self, metrics: Metrics, width: float) -> int:
        wide = metrics.wide(self.label, gfx.LABEL) + metrics.wide(self.format(self.value), gfx.STRONG) + 16
        return 1 if wide <= width else 2

    def _at(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return self.rect.x + 9 + part * (self.rect.w - 18)

    def paint(self, painter: Painter, look: Look) -> None:
        rect, focus = self.rect, look.focus == self.name
        if focus:
            painter.box(rect.inset(-10, -6), 8, "accent_soft", "accent", 1.6)
        heads = self._heads(Metrics(painter.scale), rect.w)
        painter.text(rect.x, rect.y + 10, self.label, gfx.LABEL, colour="ink" if focus else "ink2", room=rect.w)
        place = (rect.right, rect.y + 10, "r") if heads == 1 else (rect.x, rect.y + 30, "l")
        painter.text(place[0], place[1], self.format(self.value), gfx.STRONG, place[2], colour="accent" if focus else "ink")
        y = rect.y + 20 * heads + 14
        painter.box(Rect(rect.x, y - 2, rect.w, 4), 2, "line2" if focus else "track")
        start = rect.x if self.origin is None else self._at(max(self.low, min(self.high, self.origin)))
        left, right = sorted((start, self._at(self.value)))
        if right - left > 4:
            painter.box(Rect(left, y - 2, right - left, 4), 2, "accent")
        for mark in self.marks:
            x = self._at(mark.value)
            painter.fill(Rect(x - 0.75, y - 8, 1.5, 16), "ink3")
            wide = painter.wide(mark.text, gfx.TINY)
            painter.text(max(rect.x, min(x - wide / 2, rect.right - wide)), y + 20, mark.text, gfx.TINY, room=rect.w)
        painter.disc(self._at(self.value), y, 8.5, "card", 3 if focus else 2.2, "accent")

    def _set(self, value: float) -> bool:
        snapped = self.low + round((value - self.low) / self.step) * self.step
        made = round(max(self.low, min(self.high, snapped)), 9)
        if made != self.value:
            self.value = made
            self.change(made)
        return True

    def press(self, x: float, y: float) -> bool:
        return self.drag(x, y)

    def drag(self, x: float, _y: float) -> bool:
        part = (x - self.rect.x - 9) / max(1.0, self.rect.w - 18)
        return self._set(self.low + part * (self.high - self.low))

    def key(self, key: int, mods: int) -> bool:
        steps = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1, pygame.K_PAGEDOWN: -10, pygame.K_PAGEUP: 10}.get(key)
        if steps is not None:
            return self._set(self.value + steps * self.step * (5 if mods & pygame.KMOD_SHIFT else 1))
        if key in (pygame.K_HOME, pygame.K_END):
            return self._set(self.low if key == pygame.K_HOME else self.high)
        return False

    def activate(self) -> bool:
        return False

    def shows(self) -> Hashable:
        return ("slider", self.name, self.label, self.value, self.low, self.high, self.origin, tuple(self.marks),
                self.format(self.value))  # fmt: skip

    def describe(self) -> str:
        marks = "".join(f"; {mark.text} at {self.format(mark.value)}" for mark in self.marks)
        return f"{self.label}: {self.format(self.value)}, from {self.format(self.low)} to {self.format(self.high)}{marks}"


@dataclass(kw_only=True, eq=False)
class Stepper(Control):
    """A number with a minus and a plus."""

    label: str = ""
    value: float = 0
    low: float = 0
    high: float = 10
    step: float = 1
    change: Callable[[float], None] = lambda _value: None
    format: Callable[[float], str] = str

    WIDE = 152.0

    def natural(self, metrics: Metrics) -> float:
        return metrics.wide(self.label, gfx.LABEL) + self.WIDE + 20

    def _down(self, metrics: Metrics, width: float) -> bool:
        return metrics.wide(self.label, gfx.LABEL) + self.WIDE + 12 > width

    def measure(self, metrics: Metrics, width: float) -> float:
        return 62.0 if self._down(metrics, width) else 36.0

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        down = self._down(metrics, rect.w)
        wide = min(self.WIDE, rect.w)
        self._box = Rect(rect.x if down else rect.right - wide, rect.bottom - 33, wide, 32)

    _box: Rect = field(default=gfx.NOWHERE, repr=False)

    def paint(self, painter: Painter, look: Look) -> None:
        box, focus = self._box, look.focus == self.name
        painter.text(self.rect.x, self.rect.y + (10 if box.x == self.rect.x else self.rect.h / 2), self.label, gfx.LABEL)
        if focus:
            painter.box(box.inset(-3), 10, "accent_soft", "accent", 1.6)
        painter.box(box, 7, "card", "line2")
        middle = box.y + box.h / 2
        painter.text(box.x + box.w / 2, middle, self.format(self.value), gfx.STRONG, "c")
        for x, sign, end in ((box.x + 16, "−", self.low), (box.right - 16, "+", self.high)):
            painter.text(x, middle, sign, Style(16, "Medium", "ink3" if self.value == end else "ink"), "c")
        painter.upright(box.x + 32, box.y + 1, box.h - 2)
        painter.upright(box.right - 32, box.y + 1, box.h - 2)

    def _move(self, steps: float) -> bool:
        made = max(self.low, min(self.high, round(self.value + steps * self.step, 9)))
        if made != self.value:
            self.change(made)
        return True

    def press(self, x: float, _y: float) -> bool:
        if x > self._box.right - 34:
            return self._move(1)
        return self._move(-1) if self._box.x <= x < self._box.x + 34 else False

    def key(self, key: int, mods: int) -> bool:
        step = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(key)
        return False if step is None else self._move(step * (5 if mods & pygame.KMOD_SHIFT else 1))

    def shows(self) -> Hashable:
        return ("stepper", self.name, self.label, self.value, self.low, self.high, self.format(self.value))

    def describe(self) -> str:
        return f"{self.label}: {self.format(self.value)}"


@dataclass(kw_only=True, eq=False)
class Switch(Control):
    """On or off."""

    label: str = ""
    value: bool = False
    change: Callable[[bool], None] = lambda _value: None
    off: str = ""

    def natural(self, metrics: Metrics) -> float:
        return metrics.wide(self.label, gfx.LABEL) + 110

    def measure(self, metrics: Metrics, width: float) -> float:
        return max(34.0, metrics.high(self.label, gfx.LABEL, width - 100) + 8)

    def paint(self, painter: Painter, look: Look) -> None:
        rect, middle = self.rect, self.rect.y + self.rect.h / 2
        lines = painter.lines(self.label, gfx.LABEL, rect.w - 100)
        for row, line in enumerate(lines):
            painter.text(rect.x, middle + (row - (len(lines) - 1) / 2) * 18, line, gfx.LABEL)
        painter.text(rect.right - 52, middle, "On" if self.value else "Off", gfx.STRONG, "r")
        if look.focus == self.name:
            painter.box(Rect(rect.right - 45, middle - 14, 48, 28), 14, "accent_soft", "accent", 1.6)
        painter.box(Rect(rect.right - 42, middle - 11, 42, 22), 11, "accent" if self.value else "ghost")
        painter.disc(rect.right - (11.5 if self.value else 30.5), middle, 8, "card")

    def activate(self) -> bool:
        self.change(not self.value)
        return True

    def key(self, key: int, _mods: int) -> bool:
        return self.activate() if key in (pygame.K_LEFT, pygame.K_RIGHT) else False

    def shows(self) -> Hashable:
        return ("switch", self.name, self.label, self.value)

    def describe(self) -> str:
        return f"{self.label}: {'on' if self.value else 'off'}"


