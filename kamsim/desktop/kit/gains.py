"""Charts of what came of something, drawn as it came: gains one after the other, a run quarter by quarter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kamsim.desktop.kit.gfx import BODY, Painter, Rect, Style
from kamsim.desktop.kit.node import Metrics

NAME: Final = BODY.like(colour="ink")
NUMBER: Final = Style(13, "SemiBold", "ink", 1.35)
BAR: Final = 12.0
ROW: Final = 38.0
"""How high a row of gains is at least: its name, and its bar below."""
QUARTER: Final = Style(11.5, "Medium", "ink2", 1.3)
BLOCK: Final = 30.0
RUN_HIGH: Final = 58.0
"""How high a run is."""


@dataclass(frozen=True)
class Gain:
    """What one thing brought: its name, its size (below zero it cost), and the size as written."""

    name: str
    value: float
    text: str


def part_of(motion: float, place: int, count: int) -> float:
    """How far one of several things has come that follow each other in one motion."""
    return max(0.0, min(1.0, motion * count - place))


def gains_high(items: Sequence[Gain]) -> Callable[[float], float]:
    """How high gains are at a width."""
    metrics = Metrics(1.0)
    return lambda width: sum(metrics.high(item.name, NAME, width) + BAR + 12 for item in items)


def gains(painter: Painter, rect: Rect, items: Sequence[Gain], motion: float = 1.0) -> None:
    """Bars from a common middle, gains to the right and losses hatched to the left, one growing after the other."""
    most = max((abs(item.value) for item in items), default=0.0) or 1.0
    told = max(painter.wide(item.text, NUMBER) for item in items) + 10
    losses = any(item.value < 0 for item in items)
    middle = rect.x + (rect.w - told) * (0.4 if losses else 0.0)
    reach = min(rect.x + rect.w - told - middle, middle - rect.x) if losses else rect.w - told
    y = rect.y
    for place, item in enumerate(items):
        y += painter.paragraph(rect.x, y, item.name, NAME, rect.w)
        wide = max(2.0, abs(item.value) / most * reach * part_of(motion, place, len(items)))
        if item.value < 0:
            bar = Rect(middle - wide, y + 2, wide, BAR)
            painter.box(bar, 2.5, "neg_soft", "neg")
            painter.hatch(bar.inset(1), "neg", 80)
        else:
            bar = Rect(middle, y + 2, wide, BAR)
            painter.box(bar, 2.5, "pos")
        painter.upright(middle, y, BAR + 4, "line2")
        ink = "neg" if item.value < 0 else "pos"
        painter.text(max(bar.right, middle) + 8, y + 2 + BAR / 2, item.text, NUMBER, colour=ink)
        y += BAR + 12


def run(
    painter: Painter, rect: Rect, names: Sequence[str], *, ours: bool, say: Callable[[float], str], each: float,
    motion: float = 1.0,
) -> None:  # fmt: skip
    """What each quarter of a run brings, a block each: they fill one after the other, and the sum beside them grows."""
    count = len(names)
    widest = painter.wide(say(each * count), Style(20, "Display", "ink")) + 18
    wide = min(96.0, (rect.w - widest) / max(1, count) - 4)
    fits = max(painter.wide(name, QUARTER) for name in names) <= wide
    for place, name in enumerate(names):
        box = Rect(rect.x + place * (wide + 4), rect.y, wide, BLOCK)
        done = part_of(motion, place, count)
        painter.box(box, 4, "track")
        if done > 0.05:
            filled = Rect(box.x, box.y, max(5.0, box.w * done), box.h)
            painter.box(filled, 4, "pos" if ours else "neg_soft", None if ours else "neg")
            if not ours:
                painter.hatch(filled.inset(1), "neg", 80)
        if fits:
            painter.text(box.x + box.w / 2, box.bottom + 14, name, QUARTER, "c")
    if not fits:
        painter.text(rect.x, rect.y + BLOCK + 14, f"{names[0]} to {names[-1]}", QUARTER)
    so_far = each * sum(part_of(motion, place, count) for place in range(count))
    at = rect.x + count * (wide + 4) + 10
    painter.text(at, rect.y + BLOCK / 2, say(so_far), Style(20, "Display", "pos" if ours else "neg"))
