"""Charts of a business case: futures with it and without, and the lines that lead from one profit to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kamsim.desktop.kit.charts import Say
from kamsim.desktop.kit.gfx import Painter, Rect, Style, smooth
from kamsim.desktop.kit.node import Metrics

NUMBER: Final = Style(13, "SemiBold", "ink", 1.3)
AXIS: Final = Style(12, "Regular", "ink3", 1.3)
NOTE: Final = Style(12, "Medium", "ink2", 1.3)
NAME: Final = Style(12.5, "Regular", "ink2", 1.3)
TITLE: Final = Style(15, "SemiBold", "ink", 1.35)
TICKS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Futures:
    """Quantiles by quarter (10, 25, 50, 75, 90 of a hundred), the middle without the case (() where it is the ground),
    and the quarters' names."""

    given: tuple[tuple[float, ...], ...]
    without: tuple[float, ...]
    names: tuple[str, ...]
    years: tuple[str, ...]
    """A name below the first quarter of each year, '' elsewhere."""
    words: tuple[str, str, str, str] = ("1 in 10 above", "with it", "1 in 10 below", "without")
    ink: str = "accent"


def ticks(low: float, high: float) -> list[float]:
    """Three to five round values."""
    reach = (high - low) or 1.0
    unit = 10.0 ** np.floor(np.log10(reach / 4))
    step = next((unit * tick for tick in TICKS if reach / (unit * tick) <= 4.6), unit * 10)
    return [float(step * n) for n in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def futures(painter: Painter, rect: Rect, data: Futures, say: Say) -> None:
    """Half of the futures dark, eight in ten light, the middle one a line; the same without the case as a grey line.
    The ends are labelled."""
    given: NDArray[np.float64] = np.array(data.given)
    shown = [*given.ravel(), *data.without, 0.0]
    top, low = max(shown), min(shown)
    reach = (top - low) or 1.0
    two = rect.h > (4 if data.without else 3) * END + 22
    ends = _ends(data, say, short=not two)
    told = [max(painter.wide(end.figure, NUMBER.like(size=15)), painter.wide(end.words, NOTE)) if two else
            painter.wide(f"{end.figure}  {end.words}", NUMBER) + 6 for end in ends]  # fmt: skip
    side = max(told) + 16
    levels = ticks(low, top)
    lead = max(painter.wide(say(tick), AXIS) for tick in levels) + 8
    left, right, head = rect.x + lead, rect.right - side, rect.y + 10
    foot = rect.bottom - (40 if any(data.years) else 24)

    def level(value: NDArray[np.float64] | float) -> NDArray[np.float64]:
        return np.asarray(foot - (np.asarray(value) - low) / reach * (foot - head))

    for tick in levels:
        y = float(level(tick))
        painter.level(left, y, right - left, "line2" if tick == 0 else "grid")
        painter.text(left - 8, y, say(tick), AXIS, "r")
    xs = np.linspace(left + 6, right - 6, given.shape[1])
    fine = np.linspace(xs[0], xs[-1], 61)
    rows = level(smooth(xs, given, fine))
    painter.band(fine, rows[4], rows[0], data.ink, 42)
    painter.band(fine, rows[3], rows[1], data.ink, 70)
    if data.without:
        before = level(smooth(xs, data.without, fine))
        painter.curve(list(fine), [float(y) for y in before], "ink3", 1.6)
    painter.curve(list(fine), [float(y) for y in rows[2]], data.ink, 2.4)
    _label_ends(
        painter, rect, ends, float(xs[-1]), right, [float(level(end.value)) for end in ends], two=two, ink=data.ink
    )
    step = 1 if (xs[1] - xs[0]) >= painter.wide("Q4", AXIS) + 6 else 2
    for place, name in enumerate(data.names):
        if place % step == 0:
            painter.text(float(xs[place]), foot + 14, name, AXIS, "c")
        if data.years[place]:
            painter.text(float(xs[place]) - 7, foot + 31, data.years[place], AXIS.like(weight="Medium"))


@dataclass(frozen=True)
class _End:
    """What is written at the right end of a line."""

    value: float
    figure: str
    words: str
    kind: str


def _ends(data: Futures, say: Say, *, short: bool) -> list[_End]:
    """The ends of the lines that are labelled."""
    given, (above, middle, below, without) = data.given, data.words
    above, below = ("", "") if short else (above, below)
    made = [
        _End(given[4][-1], say(given[4][-1]), above, "edge"),
        _End(given[2][-1], say(given[2][-1]), middle, "with"),
        _End(given[0][-1], say(given[0][-1]), below, "edge"),
    ]
    if data.without:
        made.append(_End(data.without[-1], say(data.without[-1]), without, "without"))
    return made


END: Final = 33.0
YEARS: Final = 34.0
"""What the names of quarters and years take below a chart."""


def _label_ends(
    painter: Painter, rect: Rect, ends: list[_End], x: float, right: float, levels: list[float], *, two: bool, ink: str
) -> None:
    """Figures with their words below, or beside them where it is low, as near to their ends as they fit."""
    high = END if two else 18.0
    ordered = sorted(zip(levels, ends, strict=True), key=lambda pair: pair[0])
    first, foot = rect.y + high / 2 + 2, rect.bottom - high / 2
    last = min(foot - 8, max(foot - YEARS, first + high * (len(ordered) - 1)))  # above the years, where they fit there
    placed = spread([at for at, _ in ordered], high, first, last)
    for (at, end), y in zip(ordered, placed, strict=True):
        strong = end.kind == "with"
        tint = "ink3" if end.kind == "without" else ink
        painter.disc(x, at, 5 if strong else 3.5, "card", 2.2, tint)
        style = NUMBER.like(colour=ink if strong else "ink", size=15 if strong and two else None)
        wide = painter.text(right + 8, y - (7.5 if two else 0), end.figure, style)
        words = NOTE.like(colour=ink if strong else "ink3")
        place = (right + 8, y + 9) if two else (right + 14 + wide, y)
        painter.text(*place, end.words, words)


def spread(wanted: Sequence[float], high: float, first: float, last: float) -> list[float]:
    """Places as near to the wanted ones as fit one below the other."""
    placed = []
    floor = first
    for place in wanted:
        placed.append(max(place, floor))
        floor = placed[-1] + high
    roof = last
    for row in range(len(placed) - 1, -1, -1):
        placed[row] = min(placed[row], roof)
        roof = placed[row] - high
    return placed


@dataclass(frozen=True)
class Bridge:
    """Lines of account profit without the case and with it; the last is the sum of the others."""

    rows: tuple[tuple[str, float, float], ...]
    title: str = ""
    heads: tuple[str, str, str] = ("without", "with it", "difference")


ROW: Final = 20.5
HEAD: Final = 24.0


def bridge_high(data: Bridge) -> float:
    """How high a bridge is."""
    return HEAD + ROW * len(data.rows) + 5


def bridge(painter: Painter, rect: Rect, data: Bridge, say: Say, more: Say) -> None:
    """Line by line: without, with, and how the differences lead from one profit to the other, step by step."""
    metrics = Metrics(painter.scale)
    names = max(metrics.wide(name, NAME.like(weight="SemiBold")) for name, *_ in data.rows) + 6
    shown = [metrics.wide(say(value), NUMBER) for row in data.rows for value in row[1:]]
    heads = [metrics.wide(head, AXIS) for head in data.heads]
    figures = max(*shown, heads[0], heads[1]) + 12
    changes = max(*(metrics.wide(more(now - old), NUMBER) for _, old, now in data.rows), heads[2]) + 8
    names = min(names, max(70.0, rect.w - figures - changes))
    both = rect.w - names - 2 * figures - changes >= 0
    first = rect.x + names + (figures if both else 0.0)
    second = first + figures
    left, right = second + 14, rect.right - changes - 2
    if metrics.wide(data.title, TITLE) + heads[0] < first - rect.x - 12 or not both:
        painter.text(rect.x, rect.y + 10, data.title, TITLE, room=second - rect.x - heads[1] - 10)
    if both:
        painter.text(first, rect.y + 10, data.heads[0], AXIS, "r")
    painter.text(second, rect.y + 10, data.heads[1], AXIS, "r")
    painter.text(rect.right, rect.y + 10, data.heads[2], AXIS, "r")
    edges = _steps(data)
    low, high = min(min(pair) for pair in edges), max(max(pair) for pair in edges)
    reach = max(high - low, 1.0)

    def across(value: float) -> float:
        return left + (value - low) / reach * (right - left)

    y = rect.y + HEAD
    for place, ((name, old, now), (start, end)) in enumerate(zip(data.rows, edges, strict=True)):
        last = place == len(data.rows) - 1
        middle = y + ROW / 2 + (4 if last else 0)
        if last:
            painter.level(rect.x, y + 1, rect.w, "line2")
        style = NAME.like(weight="SemiBold", colour="ink") if last else NAME
        painter.text(rect.x, middle, name, style, room=names - 6)
        figure = NUMBER if last else NUMBER.like(weight="Medium")
        if both:
            painter.text(first, middle, say(old), figure.like(colour="ink2"), "r")
        painter.text(second, middle, say(now), figure, "r")
        change = now - old
        nothing = abs(change) < 50
        if right - left > 30:
            if not last:
                painter.upright(across(end), middle, ROW, "ghost")
            x0, x1 = across(min(start, end)), across(max(start, end))
            _step(painter, Rect(x0, middle - 6, x1 - x0, 12), change, last=last, nothing=nothing)
        ink = "ink3" if nothing else "neg" if change < 0 else "pos"
        painter.text(rect.right, middle, "as it is" if nothing else more(change), figure, "r", colour=ink)
        y += ROW


def _steps(data: Bridge) -> list[tuple[float, float]]:
    """Where each difference starts and ends; the last one stands on the ground."""
    edges, at = [], 0.0
    for _, old, now in data.rows[:-1]:
        edges.append((at, at + now - old))
        at += now - old
    _, old, now = data.rows[-1]
    return [*edges, (0.0, now - old)]


def _step(painter: Painter, rect: Rect, change: float, *, last: bool, nothing: bool) -> None:
    if nothing:
        return
    bar = Rect(rect.x, rect.y, max(2.0, rect.w), rect.h)
    if change < 0:
        painter.box(bar, 2.5, "neg_soft", "neg")
        painter.hatch(bar.inset(1.5), "neg", 80)
    else:
        painter.box(bar, 2.5, "total" if last else "pos")
