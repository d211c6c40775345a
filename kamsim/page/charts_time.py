"""Charts over time: lines, decisions as flags, a fan. Every line and band is named where it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kamsim.look.widths import broken, shortened
from kamsim.page.canvas import DASHES, LEADING, SMALL, Anchor, Box, Canvas, apart, scale, thinned, widest
from kamsim.page.charts import WIDTHS, Show, figure

Place = Callable[[float, float], tuple[float, float]]
"""From a step and a value to a place on the drawing."""
MARGIN: Final = 10.0
CLOTH: Final = 15.0
SPAN: Final = 21.0
FOOT: Final = 38.0
"""Height of a flag's cloth, its breadth with the gap to the next, and the height of the years below."""
LABELLED: Final = 6
"""Flags that carry their words; the others carry their figure where there is room."""


@dataclass(frozen=True)
class Series:
    """A named row of values; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Flag:
    """A decision: its words, the steps (from 0) between which it was taken, and what it was worth. ``mark``: a number
    by which the text around refers to it."""

    name: str
    first: int
    last: int
    worth: float
    mark: str = ""


def _axes(
    canvas: Canvas, across: Sequence[str], ticks: Sequence[float], show: Show, right: float, tall: float
) -> Place:
    """Level rules with their values, names below; where a step and a value lie. ``right``: room for what is named."""
    told = [show(tick) for tick in ticks]
    left, top = widest(told) + 8.0, MARGIN
    last = widest(across[-1:]) / 2.0
    wide = canvas.width - left - max(right, last + 2.0)
    span = ticks[-1] - ticks[0]

    def at(step: float, value: float) -> tuple[float, float]:
        part = step / max(1, len(across) - 1)
        return left + wide * part, top + tall * (1.0 - (value - ticks[0]) / span)

    for tick, words in zip(ticks, told, strict=True):
        y = at(0, tick)[1]
        canvas.across(left, y, wide, "zero" if tick == 0 else "rule")
        canvas.write(left - 6.0, y + 4.0, words, anchor="end", role="soft")
    every = thinned(across, wide / max(1, len(across) - 1))
    for step in range(0, len(across), every):
        x = max(at(step, ticks[0])[0], widest(across[step : step + 1]) / 2.0)
        canvas.write(x, top + tall + 18.0, across[step], anchor="middle", role="soft")
    return at


def lines(
    title: str, said: str, across: Sequence[str], series: Sequence[Series], show: Show, *, floor: float | None = None,
    widths: Sequence[float] = WIDTHS,
) -> str:  # fmt: skip
    """Lines over time, each named at its end."""
    known = [value for one in series for value in one.values if value is not None]
    if not known:
        return ""
    low = min(known) if floor is None else min(floor, *known)
    ticks = scale(low, max(known))

    def draw(canvas: Canvas) -> None:
        room = 92.0 if canvas.narrow else 150.0
        names = [broken(one.name, SMALL, room, most=2) for one in series]
        tall = max(210.0, sum(len(name) for name in names) * SMALL * LEADING + 8.0)
        at = _axes(canvas, across, ticks, show, widest([line for name in names for line in name]) + 26.0, tall)
        ends = []
        for row, one in enumerate(series):
            points = [at(step, value) for step, value in enumerate(one.values) if value is not None]
            if points:
                canvas.path(
                    "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), f"ln c{row % 6}", DASHES[row % len(DASHES)]
                )
                for x, y in points:
                    canvas.mark(x, y, row, solid=False)
                ends.append((points[-1][1], row))
        _end_names(canvas, at(max(0, len(across) - 1), ticks[0])[0], ends, names, tall)

    columns = ["Line", *across]
    rows = [[one.name, *("" if value is None else show(value) for value in one.values)] for one in series]
    return figure(title, said, draw, columns, rows, widths=widths)


def _end_names(
    canvas: Canvas, x: float, ends: Sequence[tuple[float, int]], names: Sequence[Sequence[str]], tall: float
) -> None:
    """The names of lines beside their ends, moved apart where they would lie on each other."""
    wanted = [(y, len(names[row]) * SMALL * LEADING) for y, row in ends]
    for (y, row), top in zip(ends, apart(wanted, 0.0, MARGIN + tall + 10.0), strict=True):
        first = top + SMALL
        middle = top + len(names[row]) * SMALL * LEADING / 2.0
        if abs(middle - y) > 3.0:
            canvas.path(f"M{x + 5:.1f} {y:.1f}L{x + 12:.1f} {middle:.1f}", "lead")
        canvas.mark(x + 17.0, middle, row, solid=False)
        canvas.write(x + 25.0, first, names[row])


def flags(
    title: str, said: str, across: Sequence[str], years: Sequence[tuple[str, str, int, int]], items: Sequence[Flag],
    show: Show, *, each: str = "", widths: Sequence[float] = WIDTHS, tall: float = 200.0,
) -> str:  # fmt: skip
    """Decisions over time, each a flag as high as what it was worth: up for what brought, down for what cost.

    ``across``: the steps; ``years``: (name, what it came to, first step, step after the last); ``each``: what the
    years' figures are."""

    def draw(canvas: Canvas) -> None:
        _flags(canvas, across, years, items, show, each, tall)

    rows = [[one.name, _when(across, one), show(one.worth)] for one in items]
    return figure(title, said, draw, ["Decision", "When", "Worth"], rows, widths=widths)


def _when(across: Sequence[str], one: Flag) -> str:
    return across[one.first] if one.first == one.last else f"{across[one.first]} to {across[one.last]}"


def _flags(
    canvas: Canvas, across: Sequence[str], years: Sequence[tuple[str, str, int, int]], items: Sequence[Flag],
    show: Show, each: str, tall: float,
) -> None:  # fmt: skip
    up = max((one.worth for one in items), default=0.0)
    down = max((-one.worth for one in items), default=0.0)
    top = 40.0 if up > 0 else 14.0
    lower = 26.0 if down > 0 else 0.0
    reach = (tall - top - lower - FOOT) / max(max(up, 0.0) + max(down, 0.0), 1e-9)
    zero = top + max(up, 0.0) * reach
    canvas.height = tall
    step = canvas.width / max(1, len(across))
    for number, (name, came, first, after) in enumerate(years):
        left, wide = first * step, (after - first) * step
        if number % 2 == 0:
            canvas.bar(left, 0.0, wide, tall, "year")
        words = _year(name, came, each, wide - 12.0)
        canvas.write(left + 6.0, tall - 8.0 - (len(words) - 1) * SMALL * LEADING, words, bold=True)
    canvas.across(0.0, zero, canvas.width, "zero")
    canvas.solid.append(Box(0.0, zero - 1.0, canvas.width, zero + 1.0))
    poles = _poles(items, step, canvas.width)
    for pole, x in poles:
        _flag(canvas, x, zero, pole.worth * reach, pole.mark)
    for rank, (pole, x) in enumerate(sorted(poles, key=lambda item: -abs(item[0].worth))):
        _flag_words(canvas, pole, x, zero, pole.worth * reach, show, named=rank < (2 if canvas.narrow else LABELLED))


def _year(name: str, came: str, each: str, room: float) -> list[str]:
    """A year and what it came to, in as many words as fit."""
    for said in (f"{name} \N{MIDDLE DOT} {each} {came}", f"{name} \N{MIDDLE DOT} {came}"):
        if widest([said], bold=True) <= room:
            return [said]
    return [shortened(one, SMALL, room + 4.0, "SemiBold") for one in (name, came)]


def _poles(items: Sequence[Flag], step: float, wide: float) -> list[tuple[Flag, float]]:
    """Where each flag stands: in its step, beside the others there, and no cloth on another of its side."""
    made: list[tuple[Flag, float]] = []
    for way in (1.0, -1.0):
        side = sorted((one for one in items if one.worth * way > 0), key=lambda one: (one.last, one.worth))
        crowd = [sum(other.last == one.last for other in side) for one in side]
        place = [sum(other.last == one.last for other in side[:row]) for row, one in enumerate(side)]
        wanted = [
            ((one.last + (row + 1) / (many + 1)) * step, SPAN)
            for one, row, many in zip(side, place, crowd, strict=True)
        ]
        made += [(one, left + 2.0) for one, left in zip(side, apart(wanted, 0.0, wide), strict=True)]
    return made


def _flag(canvas: Canvas, x: float, zero: float, high: float, mark: str) -> None:
    """A pole with its cloth: up for what brought, down for what cost."""
    end = zero - high
    gain = high >= 0
    deep = min(CLOTH, max(3.0, abs(high)))
    canvas.path(f"M{x:.1f} {zero:.1f}V{end:.1f}", f"thick {'up' if gain else 'dn'}")
    tip = end if gain else end - deep
    canvas.path(f"M{x - 1.5:.1f} {tip:.1f}h19v{deep:.1f}h-19z", "updot" if gain else "dndot")
    if mark and deep == CLOTH:
        canvas.write(x + 8.5, tip + 11.5, mark, anchor="middle", bold=True, role="on")
    else:
        canvas.solid.append(Box(x - 1.0, tip, x + 17.0, tip + deep))
    canvas.solid.append(Box(x - 1.5, min(zero, end), x + 1.5, max(zero, end)))


def _flag_words(canvas: Canvas, one: Flag, x: float, zero: float, high: float, show: Show, *, named: bool) -> None:
    """What a flag was worth and, for the larger ones, what it was: beside the cloth, or where there is room."""
    end, gain = zero - high, high >= 0
    base = end + 10.0 if gain else end - 3.0
    beside: list[tuple[float, float, Anchor]] = []
    for lift in (0.0, -14.0, 14.0, -28.0, 28.0, -42.0):
        beside += [(x + 21.0, base + lift, "start"), (x - 5.0, base + lift, "end")]
    beside += [(x + 8.0, (end - 6.0) if gain else end + 13.0, "middle")]
    role = "gain" if gain else "cost"
    side = (0.0, zero - 1.0) if gain else (zero + 1.0, canvas.height - FOOT)
    for room, most in ((150.0, 2), (104.0, 3)) if named else ():
        if canvas.place(beside, one.name, room=room, bold=show(one.worth), role=role, most=most, within=side):
            return
    canvas.place([*beside[:6], beside[-1]], "", room=80.0, bold=show(one.worth), role=role, within=side)


def fan(
    title: str, said: str, across: Sequence[str], bands: Sequence[Sequence[float]], show: Show, *,
    names: Sequence[str] = ("1 in 10 above", "the middle one", "1 in 10 below"), line: Series | None = None,
    widths: Sequence[float] = WIDTHS,
) -> str:  # fmt: skip
    """How values spread over time: ``bands`` are five rows of values (1 in 10, 1 in 4, the middle, 3 in 4, 9 in 10),
    named where they end; ``line`` is one's own among them."""
    own = [value for value in line.values if value is not None] if line else []
    ticks = scale(min(0.0, *bands[0], *own), max(*bands[4], *own))

    def draw(canvas: Canvas) -> None:
        ends = [(bands[4][-1], names[0]), (bands[2][-1], names[1]), (bands[0][-1], names[2])]
        if line and own:
            ends.append((own[-1], line.name))
        told = [[show(value), *broken(name, SMALL, 120.0, most=2)] for value, name in ends]
        at = _axes(canvas, across, ticks, show, widest([line for one in told for line in one], bold=True) + 16.0, 210.0)
        for low, high, role in ((0, 4, "band1"), (1, 3, "band2")):
            there = [at(step, value) for step, value in enumerate(bands[low])]
            back = [at(step, value) for step, value in enumerate(bands[high])][::-1]
            canvas.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (*there, *back)) + "z", role)
        _way(canvas, at, bands[2], "ln c0")
        if line and own:
            _way(canvas, at, own, "ln c1", DASHES[1])
        x = at(len(across) - 1, 0.0)[0] + 10.0
        wanted = [
            (at(0, value)[1], len(words) * SMALL * LEADING + 3.0) for (value, _), words in zip(ends, told, strict=True)
        ]
        for (value, _), words, top in zip(ends, told, apart(wanted, 0.0, 236.0), strict=True):
            y = canvas.write(x, top + SMALL, words[0], bold=True)
            canvas.write(x, y, words[1:], role="soft")
            canvas.path(f"M{x - 8:.1f} {at(0, value)[1]:.1f}L{x - 2:.1f} {top + 10:.1f}", "lead")

    heads = ["Line", *across]
    rows = [[name, *map(show, bands[row])] for name, row in zip(names, (4, 2, 0), strict=True)]
    if line:
        rows.append([line.name, *("" if value is None else show(value) for value in line.values)])
    return figure(title, said, draw, heads, rows, widths=widths)


def _way(canvas: Canvas, at: Place, values: Sequence[float], role: str, dash: str = "") -> None:
    points = [at(step, value) for step, value in enumerate(values)]
    canvas.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), role, dash)
