"""Nodes that hold others: columns, rows, flows and cards."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.node import GAP, Look, Metrics, Node
from kamsim.desktop.kit.words import Text

MOST_BESIDE = 110.0
"""What a child as wide as it needs leaves to each of its neighbours in a row."""


@dataclass(kw_only=True, eq=False)
class Column(Node):
    """One below the other."""

    children: Sequence[Node] = ()
    gap: float = 8.0
    pad: float = 0.0

    @property
    def parts(self) -> Sequence[Node]:
        return self.children

    def natural(self, metrics: Metrics) -> float:
        return max((child.natural(metrics) for child in self.children), default=0.0) + 2 * self.pad

    def measure(self, metrics: Metrics, width: float) -> float:
        room = width - 2 * self.pad
        gaps = self.gap * max(0, len(self.children) - 1)
        return sum(child.height(metrics, room) for child in self.children) + gaps + 2 * self.pad

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        y, room = rect.y + self.pad, rect.w - 2 * self.pad
        stretchy = [child for child in self.children if isinstance(child, Spring)]
        spare = max(0.0, rect.h - self.height(metrics, rect.w)) / max(1, len(stretchy))
        for child in self.children:
            high = child.height(metrics, room) + (spare if isinstance(child, Spring) else 0.0)
            child.place(metrics, Rect(rect.x + self.pad, y, room, high))
            y += high + self.gap

    def shows(self) -> Hashable:
        return (self.gap, self.pad, *(child.shows() for child in self.children))

    def describe(self) -> str:
        return "\n".join(filter(None, (child.describe() for child in self.children)))


@dataclass(kw_only=True, eq=False)
class Row(Node):
    """Side by side; one below the other where there is less room than ``stack`` says."""

    children: Sequence[Node] = ()
    gap: float = GAP
    stack: float = 0.0
    align: str = "stretch"
    """top, middle or stretch."""
    stack_gap: float | None = None
    _shared: dict[tuple[float, float], list[float]] = field(default_factory=dict, repr=False)

    @property
    def parts(self) -> Sequence[Node]:
        return self.children

    def natural(self, metrics: Metrics) -> float:
        return sum(_want(child, metrics) for child in self.children) + self.gap * max(0, len(self.children) - 1)

    def _widths(self, metrics: Metrics, width: float) -> list[float]:
        """How wide each child is, worked out once for a width and scale."""
        key = width, metrics.scale
        known = self._shared.get(key)
        if known is None:
            known = self._shared[key] = self._share(metrics, width)
        return known

    def _share(self, metrics: Metrics, width: float) -> list[float]:
        asked = [0.0 if 0 < child.span <= 1 else _want(child, metrics) for child in self.children]
        if sum(asked) + self.gap * max(0, len(asked) - 1) > width + 0.5 - MOST_BESIDE * asked.count(0.0):
            most = max(60.0, width - MOST_BESIDE * max(0, len(asked) - 1))
            asked = [min(wide, most) for wide in asked]
        left = width - sum(asked) - self.gap * max(0, len(asked) - 1)
        parts = sum(child.span for child in self.children if 0 < child.span <= 1)
        return [
            max(1.0, left * child.span / parts) if 0 < child.span <= 1 else want
            for child, want in zip(self.children, asked, strict=True)
        ]

    def _stacked(self, width: float) -> bool:
        return width < self.stack

    def _stack_gap(self) -> float:
        return self.gap if self.stack_gap is None else self.stack_gap

    def measure(self, metrics: Metrics, width: float) -> float:
        if self._stacked(width):
            gaps = self._stack_gap() * max(0, len(self.children) - 1)
            return sum(child.height(metrics, width) for child in self.children) + gaps
        widths = self._widths(metrics, width)
        heights = [child.height(metrics, w) for child, w in zip(self.children, widths, strict=True)]
        return max(heights, default=0.0)

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        if self._stacked(rect.w):
            y = rect.y
            for child in self.children:
                high = child.height(metrics, rect.w)
                child.place(metrics, Rect(rect.x, y, rect.w, high))
                y += high + self._stack_gap()
            return
        x = rect.x
        for child, wide in zip(self.children, self._widths(metrics, rect.w), strict=True):
            high = rect.h if self.align == "stretch" else child.height(metrics, wide)
            y = rect.y + (rect.h - high) / 2 if self.align == "middle" else rect.y
            child.place(metrics, Rect(x, y, wide, high))
            x += wide + self.gap

    def shows(self) -> Hashable:
        return (self.gap, self.stack, self.align, *((child.span, child.shows()) for child in self.children))

    def describe(self) -> str:
        return "\n".join(filter(None, (child.describe() for child in self.children)))


def _want(child: Node, metrics: Metrics) -> float:
    return child.span if child.span > 1 else child.natural(metrics)


@dataclass(kw_only=True, eq=False)
class Flow(Node):
    """Side by side, each as wide as it needs, going on below where the line is full."""

    children: Sequence[Node] = ()
    gap: float = 8.0
    right: bool = False

    @property
    def parts(self) -> Sequence[Node]:
        return self.children

    def natural(self, metrics: Metrics) -> float:
        return sum(child.natural(metrics) for child in self.children) + self.gap * max(0, len(self.children) - 1)

    def _rows(self, metrics: Metrics, width: float) -> list[list[tuple[Node, float]]]:
        rows: list[list[tuple[Node, float]]] = [[]]
        used = 0.0
        for child in self.children:
            wide = min(width, _want(child, metrics) if child.span != 1 else child.natural(metrics))
            if rows[-1] and used + self.gap + wide > width + 0.01:
                rows.append([])
                used = 0.0
            used += wide + (self.gap if rows[-1] else 0.0)
            rows[-1].append((child, wide))
        return rows

    def measure(self, metrics: Metrics, width: float) -> float:
        rows = [row for row in self._rows(metrics, width) if row]
        highs = [max(child.height(metrics, wide) for child, wide in row) for row in rows]
        return sum(highs) + self.gap * max(0, len(highs) - 1)

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        y = rect.y
        for row in self._rows(metrics, rect.w):
            if not row:
                continue
            high = max(child.height(metrics, wide) for child, wide in row)
            used = sum(wide for _, wide in row) + self.gap * (len(row) - 1)
            x = rect.right - used if self.right else rect.x
            for child, wide in row:
                own = child.height(metrics, wide)
                child.place(metrics, Rect(x, y + (high - own) / 2, wide, own))
                x += wide + self.gap
            y += high + self.gap

    def shows(self) -> Hashable:
        return (self.gap, self.right, *(child.shows() for child in self.children))

    def describe(self) -> str:
        return "\n".join(filter(None, (child.describe() for child in self.children)))


@dataclass(kw_only=True, eq=False)
class Centred(Column):
    """A column no wider than it should be read, in the middle."""

    most: float = 880.0

    def measure(self, metrics: Metrics, width: float) -> float:
        return super().measure(metrics, min(self.most, width))

    def place(self, metrics: Metrics, rect: Rect) -> None:
        wide = min(self.most, rect.w)
        super().place(metrics, Rect(rect.x + (rect.w - wide) / 2, rect.y, wide, rect.h))


@dataclass(kw_only=True, eq=False)
class Spring(Node):
    """Empty space that takes what is left in a column."""

    least: float = 0.0

    def measure(self, _metrics: Metrics, _width: float) -> float:
        return self.least

    def natural(self, metrics: Metrics) -> float:
        return self.least

    def shows(self) -> Hashable:
        return self.least


@dataclass(kw_only=True, eq=False)
class Card(Node):
    """A card: what is redrawn as one piece, and only when something in it looks different.

    ``tone``: card, plain (no frame, on the page's ground), soft, warn or bar (edge to edge, for the frame of the page).
    """

    children: Sequence[Node] = ()
    title: str = ""
    tone: str = "card"
    gap: float = 10.0
    pad: float = 18.0
    down: float = 16.0
    """Space above and below, where there is any to the sides."""
    align: str = "top"
    """Where the content lies when the card is higher than it: top or middle."""
    late: str = ""
    """A name, where it takes long to draw and may come a picture later than what was moved."""
    inner: Column = field(init=False, repr=False)

    def __post_init__(self) -> None:

        head: list[Node] = [Text(text=self.title, style="title")] if self.title else []
        self.inner = Column(children=[*head, *self.children], gap=self.gap)

    @property
    def parts(self) -> Sequence[Node]:
        return (self.inner,)

    def _pad(self) -> float:
        return 0.0 if self.tone == "plain" else self.pad

    def natural(self, metrics: Metrics) -> float:
        return self.inner.natural(metrics) + 2 * self._pad()

    def measure(self, metrics: Metrics, width: float) -> float:
        return self.inner.height(metrics, width - 2 * self._pad()) + 2 * min(self._pad(), self.down)

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        pad = self._pad()
        down = min(pad, self.down)
        high = self.inner.height(metrics, rect.w - 2 * pad)
        if self.align == "middle":
            down += max(0.0, rect.h - 2 * down - high) / 2
            self.inner.place(metrics, Rect(rect.x + pad, rect.y + down, rect.w - 2 * pad, high))
        else:
            self.inner.place(metrics, Rect(rect.x + pad, rect.y + down, rect.w - 2 * pad, max(high, rect.h - 2 * down)))

    def paint(self, painter: Painter, look: Look) -> None:
        if self.tone == "card":
            painter.shadow(self.rect, 10)
            painter.box(self.rect, 10, "card", "edge")
        elif self.tone in ("soft", "warn"):
            fill = {"soft": "accent_soft", "warn": "warn_soft"}[self.tone]
            painter.box(self.rect, 10, fill, "line2" if painter.theme.name == "contrast" else None)
        elif self.tone in ("bar", "foot"):
            painter.fill(self.rect, "card")
            painter.level(
                self.rect.x, self.rect.y if self.tone == "foot" else self.rect.bottom - 1, self.rect.w, "line2"
            )
        elif self.tone == "rail":
            painter.fill(self.rect, "rail")

    def draws_on(self) -> Hashable:
        return self.tone

    def shows(self) -> Hashable:
        return (self.tone, self.pad, self.align, self.inner.shows())

    def describe(self) -> str:
        return self.inner.describe()
