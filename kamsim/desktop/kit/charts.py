"""Charts that paint into a box: waterfall, paired bars, a fan, a range beside the truth, ranks that cross."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kamsim.desktop.kit import gfx
from kamsim.desktop.kit.gfx import Painter, Rect, Style, smooth
from kamsim.desktop.kit.node import Metrics

NUMBER: Final = Style(12, "SemiBold", "ink", 1.3)
NAME: Final = Style(12, "Regular", "ink2", 1.25)
Say = Callable[[float], str]


@dataclass(frozen=True)
class Step:
    """A step of a waterfall: its name, its amount; a total stands on the ground."""

    name: str
    value: float
    total: bool = False


def waterfall_high(steps: Sequence[Step], metrics: Metrics, width: float, say: Say) -> float:
    """How high a waterfall is: lying down where its columns would be too narrow for their names."""
    return 34.0 * len(steps) + 4 if _lies(steps, metrics, width, say) else 260.0


def _lies(steps: Sequence[Step], metrics: Metrics, width: float, say: Say) -> bool:
    column = width / max(1, len(steps)) - 6
    widest = max(
        (metrics.wide(word, NAME.like(weight="SemiBold")) for step in steps for word in step.name.split(" ")), default=0
    )
    figures = max((metrics.wide(say(step.value), NUMBER) for step in steps), default=0)
    return max(widest, figures) > column or column < 46


def waterfall(painter: Painter, rect: Rect, steps: Sequence[Step], say: Say, motion: float = 1.0) -> None:
    """A waterfall from the first total to the last; what takes is hatched and signed."""
    metrics = Metrics(painter.scale)
    if _lies(steps, metrics, rect.w, say):
        _waterfall_lying(painter, rect, steps, say)
        return
    edges = _running(steps)
    low, high = min(0.0, *(min(pair) for pair in edges)), max(max(pair) for pair in edges)
    reach = (high - low) or 1.0
    names = max(len(painter.lines(step.name, NAME.like(weight="SemiBold"), rect.w / len(steps) - 4)) for step in steps)
    foot, head = rect.bottom - 10 - 16 * names, rect.y + 22

    def level(value: float) -> float:
        return foot - (value - low) / reach * (foot - head)

    column = rect.w / len(steps)
    bar = min(52.0, column - 14)
    shown = max(1.0, motion * len(steps))
    for place, (step, (start, end)) in enumerate(zip(steps, edges, strict=True)):
        if place >= shown:
            break
        x = rect.x + place * column + (column - bar) / 2
        top, bottom = sorted((level(start), level(end)))
        _bar(painter, Rect(x, top, bar, max(2.0, bottom - top)), step)
        if place < len(steps) - 1 and place + 1 < shown:
            painter.level(x + bar + 2, level(end), column - bar - 4, "ghost")
        ink = "ink" if step.total else "neg" if step.value < 0 else "pos"
        painter.text(x + bar / 2, top - 10, say(step.value), NUMBER, "c", colour=ink)
        style = NAME.like(weight="SemiBold", colour="ink") if step.total else NAME
        for row, line in enumerate(painter.lines(step.name, style, column - 4)):
            painter.text(x + bar / 2, foot + 16 + 15 * row, line, style, "c")
    painter.level(rect.x, level(0.0), rect.w, "line2")


def _running(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Where each step starts and ends."""
    edges, at = [], 0.0
    for step in steps:
        if step.total:
            edges.append((0.0, step.value))
            at = step.value
        else:
            edges.append((at, at + step.value))
            at += step.value
    return edges


def _bar(painter: Painter, rect: Rect, step: Step) -> None:
    if step.total:
        painter.box(rect, 3, "total" if step.value >= 0 else "neg")
    elif step.value < 0:
        painter.box(rect, 2.5, "neg_soft", "neg")
        painter.hatch(rect.inset(1.5), "neg", 80)
    else:
        painter.box(rect, 2.5, "pos")


def _waterfall_lying(painter: Painter, rect: Rect, steps: Sequence[Step], say: Say) -> None:
    edges = _running(steps)
    low, high = min(0.0, *(min(pair) for pair in edges)), max(max(pair) for pair in edges)
    reach = (high - low) or 1.0
    names = max(painter.wide(step.name, NAME.like(weight="SemiBold")) for step in steps) + 8
    figures = max(painter.wide(say(step.value), NUMBER) for step in steps) + 8
    left, right = rect.x + names, rect.right - figures
    y = rect.y
    for step, (start, end) in zip(steps, edges, strict=True):
        style = NAME.like(weight="SemiBold", colour="ink") if step.total else NAME
        painter.text(rect.x, y + 17, step.name, style)
        if right - left > 30:
            x0, x1 = sorted(left + (value - low) / reach * (right - left) for value in (start, end))
            _bar(painter, Rect(x0, y + 8, max(2.0, x1 - x0), 18), step)
        ink = "ink" if step.total else "neg" if step.value < 0 else "pos"
        painter.text(rect.right, y + 17, say(step.value), NUMBER, "r", colour=ink)
        y += 34


@dataclass(frozen=True)
class Pair:
    """Two amounts under one name, in full and as they are written."""

    name: str
    first: float
    second: float
    first_text: str
    second_text: str


PAIR_NAME: Final = gfx.LABEL.like(colour="ink")


def pairs_high(items: Sequence[Pair]) -> Callable[[float], float]:
    """How high paired bars are at a width; where there is no first of the two, its bar is left out."""

    def high(width: float) -> float:
        metrics = Metrics(1.0)
        names = sum(metrics.high(item.name, PAIR_NAME, width) for item in items)
        return names + sum(40.0 if item.first_text else 26.0 for item in items)

    return high


def pairs(painter: Painter, rect: Rect, items: Sequence[Pair], motion: float = 1.0) -> None:
    """Two bars below each name, on one scale: the first plain, the second strong (hatched where negative)."""
    most = max((max(abs(item.first), abs(item.second)) for item in items), default=1.0) or 1.0
    texts = [text for item in items for text in (item.first_text, item.second_text)]
    figures = max((painter.wide(text, NUMBER) for text in texts), default=0.0) + 10
    room = max(20.0, rect.w - figures)
    y = rect.y
    for item in items:
        y += painter.paragraph(rect.x, y, item.name, PAIR_NAME, rect.w)
        bars = [(item.first, item.first_text, "ghost")] if item.first_text else []
        for row, (value, text, fill) in enumerate([*bars, (item.second, item.second_text, "accent")]):
            top = y + 3 + row * 16
            wide = max(2.0, abs(value) / most * room * motion)
            bar = Rect(rect.x, top, wide, 12)
            if value < 0:
                painter.box(bar, 2.5, "neg_soft", "neg")
                painter.hatch(bar.inset(1), "neg", 80)
            else:
                painter.box(bar, 2.5, fill)
            ink = "neg" if value < 0 else "ink2" if fill == "ghost" else "accent"
            painter.text(bar.right + 8, top + 6, text, NUMBER, colour=ink)
        y += 40 if item.first_text else 26


def span(painter: Painter, rect: Rect, low: float, high: float, truth: float, say: Say, words: tuple[str, str]) -> None:
    """A guessed range on a line, and the truth beside it. ``words``: what the range and the truth are called."""
    first, last = min(low, truth), max(high, truth)
    pad = max((last - first) * 0.18, 1.0)
    first, last = first - pad, last + pad

    def at(value: float) -> float:
        return rect.x + (value - first) / (last - first) * rect.w

    y = rect.y + 46
    painter.box(Rect(rect.x, y - 3, rect.w, 6), 3, "track")
    painter.box(Rect(at(low), y - 9, max(4.0, at(high) - at(low)), 18), 5, "accent_soft", "accent")
    inside = low <= truth <= high
    ink = "accent" if inside else "neg"
    painter.upright(at(truth) - 0.5, y - 20, 40, ink)
    painter.disc(at(truth), y, 7, ink, 2, "card")
    told = f"{words[1]} {say(truth)}"
    wide = painter.wide(told, NUMBER)
    painter.text(max(rect.x, min(at(truth) - wide / 2, rect.right - wide)), y - 32, told, NUMBER, colour=ink)
    said = f"{words[0]} {say(low)} to {say(high)}"
    middle = (at(low) + at(high)) / 2
    wide = painter.wide(said, NAME)
    painter.text(max(rect.x, min(middle - wide / 2, rect.right - wide)), y + 32, said, NAME, room=rect.w)


SPAN_HIGH: Final = 92.0


@dataclass(frozen=True)
class Ranked:
    """One name in two rankings, its amounts as written, and where it was guessed (-1 where nobody guessed)."""

    name: str
    left: int
    right: int
    left_text: str
    right_text: str
    guess: int = -1


def _rank_side(width: float) -> float:
    """Room for the names on each side."""
    return max(96.0, min(width * 0.36, 230.0))


RANKS_HEAD: Final = 40.0
MOST_APART: Final = 96.0
"""How far two places of a ranking lie apart at most."""


def _rank_step(items: Sequence[Ranked], metrics: Metrics, width: float) -> float:
    """How far two places lie apart."""
    room = _rank_side(width) - 4
    names = max(metrics.high(f"{len(items)}  {item.name}", gfx.STRONG, room) for item in items)
    return max(52.0, names + 32)


def ranks_high(items: Sequence[Ranked], room: float) -> Callable[[float], float]:
    """How high crossing ranks are at a width: they take what room there is, as far as lines stay together."""
    most = min(room, RANKS_HEAD + MOST_APART * len(items))
    return lambda width: max(most, RANKS_HEAD + _rank_step(items, Metrics(1.0), width) * len(items))


def ranks(painter: Painter, rect: Rect, items: Sequence[Ranked], heads: tuple[str, str], motion: float = 1.0) -> None:
    """Two rankings side by side; a line joins each name's places. What fell is burnt orange and thicker."""
    side, step = _rank_side(rect.w), (rect.h - RANKS_HEAD) / max(1, len(items))
    left, right = rect.x + side, rect.right - side
    painter.text(left, rect.y + 10, heads[0], gfx.TINY, "r")
    painter.text(right, rect.y + 10, heads[1], gfx.TINY, "l")

    def level(place: int) -> float:
        return rect.y + 30 + step * (place + 0.5)

    for item in items:
        fell = item.right > item.left
        ink = "neg" if fell else "accent" if item.right < item.left else "ghost"
        y0, y1 = level(item.left), level(item.right)
        end_x, end_y = left + 10 + (right - left - 20) * motion, y0
        if end_x - left > 12:
            line = np.linspace(left + 10, end_x, 60)
            part = (line - left - 10) / max(1.0, right - left - 20)
            eased = part * part * (3 - 2 * part)
            painter.curve(list(line), list(y0 + (y1 - y0) * eased), ink, 3 if fell else 2.2)
            end_y = y0 + (y1 - y0) * float(eased[-1])
        painter.disc(left + 10, y0, 5, ink)
        painter.disc(end_x, end_y, 5, ink)
        _rank_name(painter, left - 4, y0, f"{item.left + 1}  {item.name}", item.left_text, "r", side - 4)
        told = f"{item.right + 1}  {item.name}"
        _rank_name(painter, right + 4, y1, told, item.right_text, "l", side - 4, "neg" if fell else "ink")


def _rank_name(
    painter: Painter, x: float, y: float, name: str, figure: str, align: str, room: float, ink: str = "ink"
) -> None:
    """A name over its figure, their middle at ``y``."""
    lines = painter.lines(name, gfx.STRONG, room)
    step = gfx.STRONG.size * gfx.STRONG.leading
    top = y - (len(lines) * step + 18) / 2 + step / 2
    for row, line in enumerate(lines):
        painter.text(x, top + row * step, line, gfx.STRONG, align, colour=ink)
    painter.text(x, top + len(lines) * step - 1, figure, gfx.SMALL, align, room=room)


@dataclass(frozen=True)
class Fan:
    """Futures by quarter: the 10th, 25th, 50th, 75th and 90th of a hundred, as rows; and the quarters' names."""

    rows: tuple[tuple[float, ...], ...]
    names: tuple[str, ...]
    floor: float | None = None
    floor_text: str = ""
    without: tuple[float, ...] = ()
    """The middle one without it, as a line to compare with."""


def fan(painter: Painter, rect: Rect, data: Fan, say: Say, cursor: int = -1) -> None:
    """Where it may lead: half of the futures dark, eight of ten light, the middle one a line, its end labelled."""
    values: NDArray[np.float64] = np.array(data.rows)
    edges = [float(values.max()), float(values.min()), data.floor or 0.0, 0.0, *data.without]
    top, low = max(edges), min(edges)
    reach = (top - low) or 1.0
    side = max(painter.wide(say(float(row[-1])), gfx.STRONG) for row in data.rows) + 14
    left, right, head, foot = rect.x + 8, rect.right - side, rect.y + 12, rect.bottom - 26

    def level(value: NDArray[np.float64] | float) -> NDArray[np.float64]:
        return np.asarray(foot - (np.asarray(value) - low) / reach * (foot - head))

    xs = np.linspace(left + 8, right - 8, values.shape[1])
    fine = np.linspace(xs[0], xs[-1], 121)
    rows = [level(smooth(xs, row, fine)) for row in values]
    painter.level(left, float(level(0.0)), right - left, "line2")
    painter.band(fine, rows[4], rows[0], "accent", 42)
    painter.band(fine, rows[3], rows[1], "accent", 70)
    if data.floor is not None:
        painter.level(left, float(level(data.floor)), right - left, "neg", 4)
        painter.text(left + 6, float(level(data.floor)) - 10, data.floor_text, NAME.like(colour="neg"))
    if data.without:
        ghost = level(smooth(xs, np.array(data.without), fine))
        painter.curve(list(fine), [float(y) for y in ghost], "ink3", 1.8)
        painter.text(float(fine[70]), float(ghost[70]) - 12, "without it", NAME.like(colour="ink2"), "r")
    painter.curve(list(fine), [float(y) for y in rows[2]], "accent", 2.4)
    at = cursor if cursor >= 0 else values.shape[1] - 1
    used: list[float] = []
    for row in (4, 2, 0):
        y = float(level(float(values[row][at])))
        painter.disc(float(xs[at]), y, 5 if row == 2 else 3.5, "card", 2.2, "accent")
        while any(abs(y - other) < 18 for other in used):
            y += 6
        used.append(y)
        style = gfx.STRONG if row == 2 else NUMBER
        painter.text(right + 4, y, say(float(values[row][at])), style, colour="accent" if row == 2 else "ink2")
    apart = (right - left - 16) / max(1, len(data.names) - 1)
    every = 1 if apart > max(painter.wide(name, NAME.like(weight="SemiBold")) for name in data.names) + 8 else 2
    for place, name in enumerate(data.names):
        if (at - place) % every:
            continue
        painter.text(float(xs[place]), foot + 16, name, NAME.like(weight="SemiBold" if place == at else "Regular"), "c")


def weeks(painter: Painter, rect: Rect, total: int, left: float, ink: str = "accent", empty: str = "track") -> None:
    """A quarter as its weeks: those still free are filled, the last one in part."""
    gap = 3.0
    wide = (rect.w - gap * (total - 1)) / total
    for week in range(total):
        box = Rect(rect.x + week * (wide + gap), rect.y, wide, rect.h)
        painter.box(box, 2.5, empty)
        part = max(0.0, min(1.0, left - week))
        if part > 0.04:
            painter.box(Rect(box.x, box.y, max(3.0, wide * part), rect.h), 2.5, ink)
