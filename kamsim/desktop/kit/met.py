"""How well something was met: a bar with a mark where it could have come to, and how that went from time to time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kamsim.desktop.kit.gfx import Painter, Rect, Style

NAME: Final = Style(13, "Regular", "ink2", 1.3)
FIGURE: Final = Style(12.5, "SemiBold", "ink", 1.3)
ROW: Final = 27.0
"""How high a bar is, with its name."""
BAR: Final = 9.0
DOT: Final = 2.6


def met_bars(painter: Painter, rect: Rect, items: Sequence[tuple[str, float, float]]) -> None:
    """A row for each name, with how well it was met and how well it could have been, 0 to 1."""
    names = min(rect.w * 0.5, max(painter.wide(name, NAME) for name, _, _ in items) + 12)
    for place, (name, met, best) in enumerate(items):
        middle = rect.y + (place + 0.5) * ROW
        painter.text(rect.x, middle, name, NAME, room=names - 8)
        met_bar(painter, Rect(rect.x + names, middle - BAR / 2, rect.w - names - 34, BAR), met, best)
        painter.text(rect.right, middle, f"{met * 100:.0f}", FIGURE, "r")


def met_bar(painter: Painter, rect: Rect, met: float, best: float) -> None:
    """One bar: full as far as it was met, hatched on to where it could have come."""
    painter.box(rect, rect.h / 2, "track")
    there, could = (max(0.0, min(1.0, part)) * rect.w for part in (met, best))
    if could > there + 3:
        painter.hatch(Rect(rect.x + there, rect.y, could - there, rect.h), "accent", 110)
    if there > 1:
        painter.box(Rect(rect.x, rect.y, max(rect.h, there), rect.h), rect.h / 2, "accent")
    if could > 1:
        painter.fill(Rect(rect.x + could - 1, rect.y - 4, 2, rect.h + 8), "ink")


def spark(painter: Painter, rect: Rect, values: Sequence[float], ink: str = "accent") -> None:
    """How something went from time to time, 0 to 1, the oldest on the left; the middle as a hairline."""
    painter.level(rect.x, rect.y + rect.h / 2, rect.w, "grid")
    painter.level(rect.x, rect.bottom - 1, rect.w, "line")
    if not values:
        return
    step = rect.w - 2 * DOT - 2
    xs = [rect.x + DOT + 1 + step * (place / max(1, len(values) - 1)) for place in range(len(values))]
    ys = [rect.bottom - DOT - 2 - max(0.0, min(1.0, value)) * (rect.h - 2 * DOT - 4) for value in values]
    painter.curve(xs, ys, ink, 1.8)
    for x, y in zip(xs[:-1], ys[:-1], strict=True):
        painter.disc(x, y, DOT - 0.8, ink)
    painter.disc(xs[-1], ys[-1], DOT + 1.2, "card", 2, ink)
