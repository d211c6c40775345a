"""The year ahead as several ways through it: a line each from today on, told apart by thickness and dash, named at its
end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.desktop.kit.case_charts import AXIS, NOTE, NUMBER, spread, ticks
from kamsim.desktop.kit.charts import Say
from kamsim.desktop.kit.gfx import Painter, Rect, smooth

HIGH: Final = 230.0
END: Final = 34.0
"""How high a figure and the name below it are."""
INKS: Final = {"main": "accent", "other": "total", "ground": "ink3"}
THICK: Final = {"main": 3.2, "other": 2.0, "ground": 1.6}
DASH: Final = {"main": 0.0, "other": 9.0, "ground": 3.0}
"""By kind of way: its colour, how thick it is, and how long a dash (0: none)."""
FINE: Final = 2.0
"""Logical pixels between two points of a line."""


@dataclass(frozen=True)
class Way:
    """One way through the year: its kind (main, other, ground), its name, money in cents by quarter, added up, and what
    is written at its end."""

    kind: str
    name: str
    values: tuple[float, ...]
    figure: str


@dataclass(frozen=True)
class YearAhead:
    """The ways, the most important last so that it lies on top; the names of the quarters, today's first; and cents
    that are spanned at least."""

    ways: tuple[Way, ...]
    names: tuple[str, ...]
    least: float


def year_ahead(painter: Painter, rect: Rect, data: YearAhead, say: Say) -> None:
    """Draw all ways on one scale."""
    shown = [value for way in data.ways for value in way.values] + [0.0]
    top, low = max(shown), min(shown)
    spare = max(0.0, data.least - (top - low)) / 2
    top, low = top + spare, low - spare
    reach = top - low
    levels = ticks(low, top)
    lead = max(painter.wide(say(tick), AXIS) for tick in levels) + 8
    side = max(max(painter.wide(way.figure, NUMBER), painter.wide(way.name, NOTE)) for way in data.ways) + 18
    left, right, head, foot = rect.x + lead, rect.right - side, rect.y + 12, rect.bottom - 26

    def level(value: float) -> float:
        return foot - (value - low) / reach * (foot - head)

    for tick in levels:
        painter.level(left, level(tick), right - left, "line2" if tick == 0 else "grid")
        painter.text(left - 8, level(tick), say(tick), AXIS, "r")
    xs = np.linspace(left + 6, right - 8, len(data.names))
    for place, name in enumerate(data.names):
        painter.text(float(xs[place]), foot + 15, name, AXIS, "c")
    for way in data.ways:
        _line(painter, xs, [level(value) for value in way.values], way.kind)
    ends = sorted(data.ways, key=lambda way: -way.values[-1])
    placed = spread([level(way.values[-1]) for way in ends], END, rect.y + END / 2, rect.bottom - END / 2)
    for way, y in zip(ends, placed, strict=True):
        ink = INKS[way.kind]
        painter.disc(float(xs[-1]), level(way.values[-1]), 5 if way.kind == "main" else 3.5, "card", 2.2, ink)
        painter.text(right + 8, y - 7, way.figure, NUMBER, colour=ink)
        painter.text(right + 8, y + 9, way.name, NOTE, colour=ink)


def _line(painter: Painter, xs: np.ndarray[tuple[int], np.dtype[np.float64]], ys: list[float], kind: str) -> None:
    """A smooth line, in dashes where its kind has some."""
    fine = np.arange(xs[0], xs[-1] + FINE / 2, FINE)
    path = smooth(xs, ys, np.minimum(fine, xs[-1]))
    dash = round(DASH[kind] / FINE)
    if not dash:
        painter.curve(list(fine), [float(y) for y in path], INKS[kind], THICK[kind])
        return
    for start in range(0, len(fine), 2 * dash):
        part = slice(start, start + dash + 1)
        painter.curve(list(fine[part]), [float(y) for y in path[part]], INKS[kind], THICK[kind])
