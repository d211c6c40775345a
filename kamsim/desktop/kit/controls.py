"""What can be changed: segmented choices, sliders, steppers, switches."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

import pygame

from kamsim.desktop.kit import gfx
from kamsim.desktop.kit.buttons import Control
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Look, Metrics


@dataclass(kw_only=True, eq=False)
class Segmented(Control):
    """One of a few, side by side; one below the other where there is no room."""

    tip_by_keys = False
    repeats = False

    label: str = ""
    options: Sequence[tuple[Hashable, str]] = ()
    value: Hashable = None
    change: Callable[[Hashable], None] = lambda _value: None
    off: frozenset[Hashable] = frozenset()

    STYLE = Style(13, "Regular", "ink2", 1.3)

    def _index(self) -> int:
        return next((row for row, (value, _) in enumerate(self.options) if value == self.value), -1)

    def _down(self, metrics: Metrics, width: float) -> bool:
        """Whether the choices stand one below the other."""
        widest = max((metrics.wide(text, self.STYLE.like(weight="SemiBold")) for _, text in self.options), default=0)
        return (width - 4) / max(1, len(self.options)) < widest + 12

    def _top(self, metrics: Metrics, width: float) -> float:
        return metrics.high(self.label, gfx.LABEL, width) + 5.0 if self.label else 0.0

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
        return self._top(metrics, width) + rows * cell + 4

    def _cells(self, metrics: Metrics) -> list[Rect]:
        rect, cell = self.rect, self._cell(metrics, self.rect.w)
        y = rect.y + self._top(metrics, rect.w) + 2
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
            painter.paragraph(rect.x, rect.y, self.label, gfx.LABEL, rect.w)
        top = self._top(Metrics(painter.scale), rect.w)
        body = Rect(rect.x, rect.y + top, rect.w, rect.h - top)
        if focus:
            painter.box(body.inset(-3), 10, "accent_soft", "accent", 1.6)
        painter.box(body, 7, "track")
        for (value, text), cell in zip(self.options, self._placed, strict=True):
            on = value == self.value
            if on:
                painter.box(cell, 6, "chosen", "chosen_edge")
            style = self.STYLE.like(weight="SemiBold" if on else "Regular", colour="chosen_ink" if on else "ink")
            if value in self.off and not on:
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

    tip_by_keys = False
    sets = True

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
        return 20.0 * self._heads(metrics, width) + 30 + (4 + 16 * len(self.marks) if self.marks else 0)

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
        painter.text(
            place[0], place[1], self.format(self.value), gfx.STRONG, place[2], colour="accent" if focus else "ink"
        )
        y = rect.y + 20 * heads + 14
        painter.box(Rect(rect.x, y - 2, rect.w, 4), 2, "line2" if focus else "track")
        start = rect.x if self.origin is None else self._at(max(self.low, min(self.high, self.origin)))
        left, right = sorted((start, self._at(self.value)))
        if right - left > 4:
            painter.box(Rect(left, y - 2, right - left, 4), 2, "accent")
        for row, mark in enumerate(self.marks):
            x = self._at(mark.value)
            painter.fill(Rect(x - 0.75, y - 8, 1.5, 16), "ink3")
            wide = painter.wide(mark.text, gfx.TINY)
            painter.text(
                max(rect.x, min(x - wide / 2, rect.right - wide)), y + 20 + 16 * row, mark.text, gfx.TINY, room=rect.w
            )
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
        steps = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(key)
        if steps is not None:
            return self._set(self.value + steps * self.step * (5 if mods & pygame.KMOD_SHIFT else 1))
        if key in (pygame.K_HOME, pygame.K_END):
            return self._set(self.low if key == pygame.K_HOME else self.high)
        return False

    def activate(self) -> bool:
        return False

    def shows(self) -> Hashable:
        return (
            "slider",
            self.name,
            self.label,
            self.value,
            self.low,
            self.high,
            self.origin,
            tuple(self.marks),
            self.format(self.value),
        )

    def describe(self) -> str:
        marks = "".join(f"; {mark.text} at {self.format(mark.value)}" for mark in self.marks)
        return (
            f"{self.label}: {self.format(self.value)}, from {self.format(self.low)} to {self.format(self.high)}{marks}"
        )


ROOMY, CLOSE = 190.0, 140.0


def stepper_width(room: float) -> float:
    """How wide a minus, a value and a plus are beside a label that leaves so much room: one of two widths, so that
    those below each other have one edge."""
    return ROOMY if room >= ROOMY else CLOSE


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

    def natural(self, metrics: Metrics) -> float:
        return metrics.wide(self.label, gfx.LABEL) + CLOSE + 20

    def _down(self, metrics: Metrics, width: float) -> bool:
        return metrics.wide(self.label, gfx.LABEL) + CLOSE + 12 > width

    def measure(self, metrics: Metrics, width: float) -> float:
        return 62.0 if self._down(metrics, width) else 36.0

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        down = self._down(metrics, rect.w)
        wide = rect.w if down else stepper_width(rect.w - metrics.wide(self.label, gfx.LABEL) - 12)
        wide = min(wide, ROOMY)
        self._box = Rect(rect.x if down else rect.right - wide, rect.bottom - 33, wide, 32)

    _box: Rect = field(default=gfx.NOWHERE, repr=False)

    def paint(self, painter: Painter, look: Look) -> None:
        box, focus = self._box, look.focus == self.name
        painter.text(
            self.rect.x, self.rect.y + (10 if box.x == self.rect.x else self.rect.h / 2), self.label, gfx.LABEL
        )
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

    tip_by_keys = False
    repeats = False
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
