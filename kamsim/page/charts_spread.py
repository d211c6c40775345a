"""Charts of who stands where: a slope between rankings, a class as dots, profit cumulated account by account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from kamsim.look.widths import Weight, broken, shortened, width
from kamsim.page.canvas import LEADING, SMALL, Anchor, Canvas, scale, thinned, widest
from kamsim.page.charts import WIDTHS, Show, figure

At = Callable[[float], float]
"""From a value to its place across."""


def slope(
    title: str, said: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[int | None]]], *,
    told: Sequence[str] = (), widths: Sequence[float] = WIDTHS,
) -> str:  # fmt: skip
    """Ranks from column to column: (name, rank by column, None where there is none); rank 1 on top. The row that falls
    furthest between the first and the last column and the one that rises furthest stand out. ``told``: what stands
    beside the names at the right, in the order of ``rows``."""
    moved = [_moved(ranks) for _, ranks in rows]
    loud = {moved.index(end) for end in (max(moved, default=0), min(moved, default=0)) if end}
    ends = [f"{name}, {more}" if more else name for (name, _), more in zip(rows, told or [""] * len(rows), strict=True)]

    def draw(canvas: Canvas) -> None:
        # a narrow drawing names the rows at the right only
        left = 34.0 if canvas.narrow else widest([name for name, _ in rows], most=200.0, bold=True) + 26.0
        right = widest(ends, most=canvas.width * (0.58 if canvas.narrow else 0.36), bold=True) + 26.0
        across = (canvas.width - left - right) / max(1, len(heads) - 1)
        xs = [left + across * column for column in range(len(heads))]
        first, gap = _heads(canvas, heads, xs) + 6.0, 20.0 if canvas.narrow else 23.0
        for row, ((name, ranks), end, fall) in enumerate(zip(rows, ends, moved, strict=True)):
            places = [(x, first + gap * (rank - 1)) for x, rank in zip(xs, ranks, strict=True) if rank is not None]
            line, dot, words = _look(fall if row in loud else 0)
            canvas.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places), line)
            for x, y in places:
                canvas.parts.append(f'<circle class="{dot}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
            bold = row in loud
            weight: Weight = "SemiBold" if bold else "Regular"
            if ranks[0] is not None:
                said = "" if canvas.narrow else f"{shortened(name, SMALL, left - 24.0, weight)}  "
                y = first + gap * (ranks[0] - 1) + 4.2
                canvas.write(left - 10.0, y, f"{said}{ranks[0]}", anchor="end", bold=bold, role=words)
            if ranks[-1] is not None:
                said = shortened(end, SMALL, right - 26.0, weight)
                y = first + gap * (ranks[-1] - 1) + 4.2
                canvas.write(xs[-1] + 10.0, y, f"{ranks[-1]}  {said}", bold=bold, role=words)
        canvas.height = first + gap * (len(rows) - 1) + 8.0

    table = [[name, *("none" if rank is None else str(rank) for rank in ranks)] for name, ranks in rows]
    return figure(title, said, draw, ["Account", *heads], table, widths=widths)


def _moved(ranks: Sequence[int | None]) -> int:
    """Places lost from the first column to the last."""
    first, last = ranks[0], ranks[-1]
    return 0 if first is None or last is None else last - first


def _look(fall: int) -> tuple[str, str, str]:
    """Classes of a row's line, its dots and its words."""
    return (
        ("thick dn", "dndot", "cost")
        if fall > 0
        else ("thick up", "updot", "gain")
        if fall
        else ("quiet", "quietdot", "soft")
    )


def _heads(canvas: Canvas, heads: Sequence[str], xs: Sequence[float]) -> float:
    """The names of the columns, one word a line where they stand close; where the first row begins."""
    room = (xs[-1] - xs[0]) / max(1, len(xs) - 1) - 8.0
    lines = [broken(head, SMALL, room, "SemiBold", most=3) for head in heads]
    deep = max(len(one) for one in lines)
    for x, words in zip(xs, lines, strict=True):
        middle = max(x, widest(words, bold=True) / 2.0)
        canvas.write(middle, SMALL + (deep - len(words)) * SMALL * LEADING, words, anchor="middle", bold=True)
    return SMALL + deep * SMALL * LEADING


def dots(
    title: str, said: str, rows: Sequence[tuple[str, Sequence[tuple[str, float]]]], show: Show, *,
    marks: Sequence[tuple[str, float]] = (), table: Sequence[Sequence[object]] = (), columns: Sequence[object] = (),
    widths: Sequence[float] = WIDTHS, tall: float = 1e9,
) -> str:  # fmt: skip
    """A class as dots: for each row (name, [(mark, value)]), with the middle of the row named. All rows share one
    scale, and dots that would lie on each other are stacked, closer where a stack would be higher than ``tall``.
    ``marks``: values to compare with, each a line with its name."""
    values = [value for _, items in rows for _, value in items]
    if not values:
        return ""
    ticks = scale(min(values + [value for _, value in marks]), max(values + [value for _, value in marks]))

    def draw(canvas: Canvas) -> None:
        alone = len(rows) == 1
        edge = max(widest([show(tick) for tick in ticks[:1]]), widest([show(tick) for tick in ticks[-1:]])) / 2.0 + 2.0
        left = edge if alone or canvas.narrow else widest([name for name, _ in rows], most=190.0) + 14.0
        wide = canvas.width - left - edge
        span = ticks[-1] - ticks[0]

        def at(value: float) -> float:
            return left + wide * (value - ticks[0]) / span

        y = _marks(canvas, marks, at, show)
        top = y
        for row, (name, items) in enumerate(rows):
            if not alone and canvas.narrow:
                y = canvas.write(0.0, y + SMALL, broken(name, SMALL, canvas.width, most=2)) - 4.0
            base = _heap(canvas, [value for _, value in items], at, show, y, row, tall)
            if not alone and not canvas.narrow:
                canvas.write(left - 12.0, base, broken(name, SMALL, left - 14.0, most=2), anchor="end")
            canvas.across(left, base + 6.0, wide)
            y = base + 12.0
        for _, value in marks:
            canvas.down(at(value), top - 2.0, y - top - 4.0, "lead", "3 3")
        for tick in ticks[:: thinned([show(tick) for tick in ticks], wide / max(1, len(ticks) - 1))]:
            canvas.write(at(tick), y + 12.0, show(tick), anchor="middle", role="soft")

    found = []
    for name, items in rows:
        ordered = sorted(value for _, value in items)
        if ordered:
            found.append([name, show(ordered[0]), show(median(ordered)), show(ordered[-1]), str(len(ordered))])
    heads = columns or ["Figure", "Lowest", "Middle", "Highest", "Players"]
    return figure(title, said, draw, heads, table or found, widths=widths)


def _marks(canvas: Canvas, marks: Sequence[tuple[str, float]], at: At, show: Show) -> float:
    """Names of what is compared with, each over its line, on as many lines as it takes; where the dots may begin."""
    y = 2.0
    for name, value in sorted(marks, key=lambda mark: mark[1]):
        words = f"{name} {show(value)}"
        half = width(words, SMALL) / 2.0
        x = min(max(at(value), half), canvas.width - half)
        spots: list[tuple[float, float, Anchor]] = [(x, 12.0 + 16.0 * line, "middle") for line in range(len(marks))]
        canvas.place(spots, words, room=canvas.width, role="soft", most=1)
        y = 4.0 + canvas.height
    return y


def _heap(canvas: Canvas, values: Sequence[float], at: At, show: Show, y: float, row: int, tall: float) -> float:
    """Dots over a line, heaped where they meet, and the middle one named; the line's height."""
    size = 9.0
    taken: dict[int, int] = {}
    placed = []
    for value in sorted(values):
        slot = int(at(value) // size)
        placed.append((slot * size + size / 2.0, taken.get(slot, 0)))
        taken[slot] = taken.get(slot, 0) + 1
    most = max(taken.values(), default=1)
    pitch = min(size, tall / most)
    base = y + 22.0 + size + pitch * (most - 1)
    for x, level in placed:
        canvas.mark(x, base - pitch * level, row % 6, solid=False)
    middle = median(values)
    x, words = at(middle), f"middle {show(middle)}"
    canvas.down(x, y + 16.0, base - y - 8.0, "zero")
    half = width(words, SMALL, "SemiBold") / 2.0
    canvas.write(min(max(x, half), canvas.width - half), y + 12.0, words, anchor="middle", bold=True, role="halo")
    return base


def whale(
    title: str, said: str, points: Sequence[tuple[str, float]], show: Show, *, widths: Sequence[float] = WIDTHS,
    tall: float = 170.0,
) -> str:  # fmt: skip
    """Cumulated profit over accounts, the best first: where it bends down, money is lost. ``tall``: the curve's
    height."""
    sums = [0.0]
    for _, value in points:
        sums.append(sums[-1] + value)
    rows = [[name, show(value), show(sums[step + 1])] for step, (name, value) in enumerate(points)]

    def draw(canvas: Canvas) -> None:
        slot = canvas.width / max(1, len(points))
        if slot < max(62.0, widest([show(value) for _, value in points], bold=True) + 8.0):
            _whale_as_steps(canvas, points, sums, show)
        else:
            _whale_curve(canvas, points, sums, show, slot, tall)

    return figure(title, said, draw, ["Account", "Profit", "All so far"], rows, widths=widths)


def _whale_curve(
    canvas: Canvas, points: Sequence[tuple[str, float]], sums: Sequence[float], show: Show, slot: float, tall: float
) -> None:
    """The curve, with each account's name and figure below the stretch that it adds."""
    low, high = min(sums), max(sums)
    top = 24.0
    span = max(high - low, 1e-9)

    def at(step: float, value: float) -> tuple[float, float]:
        return slot * step, top + tall * (1.0 - (value - low) / span)

    for step, ((before, after), (_, value)) in enumerate(zip(pairwise(sums), points, strict=True)):
        (x, y), (_, end) = at(step, before), at(step, after)
        canvas.bar(x, min(y, end), slot - 2.0, max(1.5, abs(end - y)), "step" if value >= 0 else "neg")
    zero = at(0, 0.0)[1]
    canvas.across(0.0, zero, canvas.width, "zero")
    canvas.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (at(n, v) for n, v in enumerate(sums))), "ln c0")
    foot = top + tall + 18.0
    for step, (name, value) in enumerate(points):
        x = at(step + 0.5, 0.0)[0]
        words = broken(name, SMALL, slot - 8.0, most=3)
        y = canvas.write(x, foot, show(value), anchor="middle", bold=True, role="gain" if value >= 0 else "cost")
        canvas.write(x, y, words, anchor="middle")


def _whale_as_steps(canvas: Canvas, points: Sequence[tuple[str, float]], sums: Sequence[float], show: Show) -> None:
    """The same lying down, for many accounts or little room: each bar begins where the one before ended."""
    low, high = min(0.0, *sums), max(sums)
    figures = widest([show(value) for _, value in points], bold=True) + 8.0
    unit = (canvas.width - 4.0 - figures) / max(high - low, 1e-9)
    y = 2.0
    for (name, value), (before, after) in zip(points, pairwise(sums), strict=True):
        top = canvas.write(2.0, y + SMALL, broken(name, SMALL, canvas.width - 4.0, most=1)) - SMALL * 0.6
        left, right = (2.0 + (edge - low) * unit for edge in sorted((before, after)))
        canvas.bar(left, top, max(1.5, right - left), 13.0, "pos" if value >= 0 else "neg")
        canvas.write(right + 5.0, top + 11.0, show(value), bold=True, role="gain" if value >= 0 else "cost")
        y = top + 19.0
    canvas.down(2.0 - low * unit, 0.0, y - 4.0, "zero")
    canvas.height = y
