"""Nodes that only show: texts, figures, lines, chips, drawings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final

from kamsim.desktop.kit import gfx
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Look, Metrics, Node
from kamsim.letters import curled

STYLES: Final = {
    "hero": gfx.HERO,
    "head": gfx.HEAD,
    "title": gfx.TITLE,
    "body": gfx.BODY,
    "strong": gfx.STRONG,
    "label": gfx.LABEL,
    "small": gfx.SMALL,
    "tiny": gfx.TINY,
    "ink": gfx.BODY.like(colour="ink"),
    "quote": Style(15, "Regular", "ink", 1.55),
    "spoken": Style(18, "Regular", "ink", 1.5),
    "lead": Style(16, "Regular", "ink2", 1.5),
    "pos": gfx.STRONG.like(colour="pos"),
    "neg": gfx.STRONG.like(colour="neg"),
    "warn": Style(13.5, "Medium", "warn", 1.45),
    "accent": Style(13, "SemiBold", "accent", 1.4),
    "huge": Style(54, "Display", "ink", 1.15),
}


@dataclass(kw_only=True, eq=False)
class Text(Node):
    """A paragraph."""

    text: str = ""
    style: str = "body"
    colour: str = ""
    align: str = "l"

    def __post_init__(self) -> None:
        self.text = curled(self.text)

    @property
    def set(self) -> Style:
        """How it is set."""
        style = STYLES[self.style]
        return style.like(colour=self.colour) if self.colour else style

    def natural(self, metrics: Metrics) -> float:
        return max(metrics.wide(line, self.set) for line in self.text.split("\n")) + 1

    def measure(self, metrics: Metrics, width: float) -> float:
        return metrics.high(self.text, self.set, width)

    def paint(self, painter: Painter, look: Look) -> None:  # the same for all nodes
        style, rect = self.set, self.rect
        if self.align == "l":
            painter.paragraph(rect.x, rect.y, self.text, style, rect.w)
            return
        step = style.size * style.leading
        x = rect.right if self.align == "r" else rect.x + rect.w / 2
        for row, line in enumerate(painter.lines(self.text, style, rect.w)):
            painter.text(x, rect.y + (row + 0.5) * step, line, style, self.align)

    def shows(self) -> Hashable:
        return (self.text, self.style, self.colour, self.align)

    def describe(self) -> str:
        return self.text


@dataclass(kw_only=True, eq=False)
class Gap(Node):
    """Nothing, of some height."""

    high: float = 8.0

    def measure(self, _metrics: Metrics, _width: float) -> float:
        return self.high

    def natural(self, _metrics: Metrics) -> float:
        return self.high

    def shows(self) -> Hashable:
        return self.high


@dataclass(kw_only=True, eq=False)
class Rule(Node):
    """A hairline."""

    def measure(self, _metrics: Metrics, _width: float) -> float:
        return 1.0

    def paint(self, painter: Painter, look: Look) -> None:
        painter.level(self.rect.x, self.rect.y, self.rect.w, "line")


@dataclass(kw_only=True, eq=False)
class Mark(Node):
    """A ring, or a check where something is done."""

    done: bool = False
    span: float = 22.0

    def natural(self, _metrics: Metrics) -> float:
        return 22.0

    def measure(self, _metrics: Metrics, _width: float) -> float:
        return 22.0

    def paint(self, painter: Painter, look: Look) -> None:
        x, y = self.rect.x + 11, self.rect.y + 11
        painter.disc(x, y, 9.5, "accent" if self.done else "card", 1.6, "accent")
        if self.done:
            painter.icon(x, y, "check", 13, "accent_ink", 3)

    def shows(self) -> Hashable:
        return self.done

    def describe(self) -> str:
        return "Done:" if self.done else "To do:"


@dataclass(kw_only=True, eq=False)
class Chip(Node):
    """A word or two on a pill. ``tone``: plain, good, bad, warn, accent."""

    text: str = ""
    tone: str = "plain"
    icon: str = ""
    span: float = 0.0

    STYLE = Style(12, "SemiBold", "ink2", 1.3)

    def natural(self, metrics: Metrics) -> float:
        return metrics.wide(self.text, self.STYLE) + 18 + (18 if self.icon else 0)

    def measure(self, _metrics: Metrics, _width: float) -> float:
        return 23.0

    def paint(self, painter: Painter, look: Look) -> None:
        fill, ink = {
            "plain": ("card2", "ink2"), "good": ("pos_soft", "pos"), "bad": ("neg_soft", "neg"),
            "warn": ("warn_soft", "warn"), "accent": ("accent_soft", "accent"),
        }[self.tone]  # fmt: skip
        border = "line2" if self.tone == "plain" or painter.theme.name == "contrast" else None
        rect = Rect(
            self.rect.x,
            self.rect.y + (self.rect.h - 23) / 2,
            min(self.rect.w, self.natural(Metrics(painter.scale))),
            23,
        )
        painter.box(rect, 11.5, fill, border)
        x = rect.x + 9
        if self.icon:
            painter.icon(x + 6, rect.y + 11.5, self.icon, 13, ink, 2.4)
            x += 18
        painter.text(x, rect.y + 11.5, self.text, self.STYLE, room=rect.right - x - 6, colour=ink)

    def shows(self) -> Hashable:
        return (self.text, self.tone, self.icon)

    def describe(self) -> str:
        return self.text


@dataclass(kw_only=True, eq=False)
class Figure(Node):
    """A name, a large figure below it, and a remark."""

    label: str = ""
    value: str = ""
    note: str = ""
    tone: str = ""
    size: float = 23.0

    @property
    def focusable(self) -> bool:  # type: ignore[override]  # only where there is something to explain
        return bool(self.name and self.tip)

    def _styles(self) -> tuple[Style, Style, Style]:
        ink = {"": "ink", "good": "pos", "bad": "neg"}[self.tone]
        return gfx.LABEL.like(weight="Regular"), Style(self.size, "Display", ink, 1.25), gfx.SMALL

    def natural(self, metrics: Metrics) -> float:
        label, value, note = self._styles()
        return max(metrics.wide(self.label, label), metrics.wide(self.value, value), metrics.wide(self.note, note)) + 2

    def measure(self, metrics: Metrics, width: float) -> float:
        label, value, note = self._styles()
        high = metrics.high(self.label, label, width) + metrics.high(self.value, value, width)
        return high + (metrics.high(self.note, note, width) + 2 if self.note else 0)

    def paint(self, painter: Painter, look: Look) -> None:
        if self.name and look.focus == self.name:
            painter.box(self.rect.inset(-8, -5), 8, "accent_soft", "accent", 1.5)
        label, value, note = self._styles()
        x, y, room = self.rect.x, self.rect.y, self.rect.w
        y += painter.paragraph(x, y, self.label, label, room)
        y += painter.paragraph(x, y, self.value, value, room)
        if self.note:
            painter.paragraph(x, y + 2, self.note, note, room)

    def shows(self) -> Hashable:
        return (self.name, self.label, self.value, self.note, self.tone, self.size)

    def describe(self) -> str:
        return f"{self.label}: {self.value}{'. ' + self.note if self.note else ''}"


@dataclass(kw_only=True, eq=False)
class Drawing(Node):
    """Something drawn by a function of its own: a chart, a picture.

    ``draws``: what the picture depends on; ``high``: its height, or a function of its width; ``says``: what a voice
    would say, or a function where it takes long to find words.
    """

    draws: Hashable = ()
    high: float | Callable[[float], float] = 100.0
    wide: float = 100.0
    brush: Callable[[Painter, Rect, Look], None] = lambda _p, _r, _l: None
    says: str | Callable[[], str] = ""
    live: bool = False

    @property
    def moving(self) -> bool:  # type: ignore[override]
        return self.live

    def natural(self, _metrics: Metrics) -> float:
        return self.wide

    def measure(self, _metrics: Metrics, width: float) -> float:
        return self.high(width) if callable(self.high) else self.high

    def paint(self, painter: Painter, look: Look) -> None:
        self.brush(painter, self.rect, look)

    def shows(self) -> Hashable:
        return (self.draws, self.high if isinstance(self.high, float | int) else 0)

    def describe(self) -> str:
        return self.says() if callable(self.says) else self.says


@dataclass(kw_only=True, eq=False)
class Facts(Node):
    """Names on the left, values on the right, a line each; value below its name where there is no room."""

    rows: Sequence[tuple[str, str]] = ()

    def _two(self, metrics: Metrics, row: tuple[str, str], width: float) -> tuple[bool, float]:
        """Whether a pair stands in two columns, and how high it is."""
        name, value = row
        label, strong = STYLES["label"].like(weight="Regular"), STYLES["strong"]
        if metrics.wide(name, label) + metrics.wide(value, strong) + 16 <= width:
            return True, 25.0
        return False, metrics.high(name, label, width) + metrics.high(value, strong, width) + 6

    def measure(self, metrics: Metrics, width: float) -> float:
        return sum(self._two(metrics, row, width)[1] for row in self.rows)

    def natural(self, _metrics: Metrics) -> float:
        return 220.0

    def paint(self, painter: Painter, look: Look) -> None:
        metrics = Metrics(painter.scale)
        label, strong = STYLES["label"].like(weight="Regular"), STYLES["strong"]
        x, y, room = self.rect.x, self.rect.y, self.rect.w
        for place, (name, value) in enumerate(self.rows):
            both, high = self._two(metrics, (name, value), room)
            if place:
                painter.level(x, y, room, "line")
            if both:
                painter.text(x, y + high / 2, name, label)
                painter.text(x + room, y + high / 2, value, strong, "r")
            else:
                down = painter.paragraph(x, y + 3, name, label, room)
                painter.paragraph(x, y + 3 + down, value, strong, room)
            y += high

    def shows(self) -> Hashable:
        return tuple(self.rows)

    def describe(self) -> str:
        return "\n".join(f"{name}: {value}" for name, value in self.rows)
