"""Charts of bars, each with its figure at its end: levels beside each other, a waterfall, what brought and what cost,
what a whole is made of, ranges against what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kamsim.look.widths import Weight, broken, width
from kamsim.page.canvas import LEADING, SMALL, Canvas, widest
from kamsim.page.charts import WIDTHS, Show, figure

LABELS: Final = 200.0
"""Most room that names on the left may take."""


class _Rows:
    """Rows one below the other: the name at the left where the drawing is wide, above where it is narrow."""

    def __init__(self, canvas: Canvas, names: Sequence[str], right: float) -> None:
        self.canvas = canvas
        self.left = 2.0 if canvas.narrow else widest(names, most=LABELS, bold=True) + 12.0
        self.wide = canvas.width - self.left - right
        self._foot = 0.0

    def name(self, words: str, y: float, tall: float, *, bold: bool = False) -> float:
        """Write a row's name beside ``tall`` of bars, or above them; their top."""
        weight: Weight = "SemiBold" if bold else "Regular"
        if self.canvas.narrow:
            lines = broken(words, SMALL, self.canvas.width - 8.0, weight, most=2)
            return self.canvas.write(self.left + 4.0, y + SMALL, lines, bold=bold) - SMALL * 0.6
        lines = broken(words, SMALL, self.left - 12.0, weight, most=2)
        high = len(lines) * SMALL * LEADING
        self.canvas.write(self.left - 10.0, y + max(0.0, (tall - high) / 2.0) + SMALL, lines, anchor="end", bold=bold)
        self._foot = y + high
        return y + max(0.0, (high - tall) / 2.0)

    def after(self, foot: float, gap: float) -> float:
        """Where the next row begins, below bars that end at ``foot`` and below the name."""
        return max(foot, self._foot) + gap


def bars(
    title: str, said: str, rows: Sequence[tuple[str, float, str]], show: Show, *, widths: Sequence[float] = WIDTHS
) -> str:
    """Levels beside each other: (name, value, ``"own"`` for the one that it is about or ``""``)."""
    low, high = min(0.0, *(value for _, value, _ in rows)), max(0.0, *(value for _, value, _ in rows))

    def draw(canvas: Canvas) -> None:
        figures = widest([show(value) for _, value, _ in rows], bold=True) + 8.0
        place = _Rows(canvas, [name for name, _, _ in rows], figures)
        less = figures if low < 0 else 0.0
        unit = (place.wide - less) / max(high - low, 1e-9)
        zero, y, thick = place.left + less - low * unit, 2.0, 11.0 if canvas.narrow else 16.0
        for name, value, kind in rows:
            top = place.name(name, y, thick, bold=kind == "own")
            wide = abs(value) * unit
            canvas.bar(
                zero if value >= 0 else zero - wide, top, max(1.0, wide), thick, "pos" if kind == "own" else "other"
            )
            x = zero + wide + 6.0 if value >= 0 else zero - wide - 6.0
            canvas.write(
                x, top + thick / 2.0 + 4.3, show(value), bold=kind == "own", anchor="start" if value >= 0 else "end"
            )
            y = place.after(top + thick, 3.0 if canvas.narrow else 8.0)
        canvas.down(zero, 0.0, y - 6.0, "zero")
        canvas.height = y

    return figure(title, said, draw, ["Row", "Value"], [[name, show(value)] for name, value, _ in rows], widths=widths)


def waterfall(
    title: str, said: str, steps: Sequence[tuple[str, Sequence[float], bool]], names: Sequence[str], show: Show, *,
    widths: Sequence[float] = WIDTHS,
) -> str:  # fmt: skip
    """From a price down to what is kept, for one or two periods: (name, value by period, whether it is a level)."""
    spans = _spans(steps, len(names))
    flat = [edge for row in spans for span in row for edge in span]
    low, high = min(0.0, *flat), max(flat)
    thick = 13.0 if len(names) > 1 else 17.0

    def draw(canvas: Canvas) -> None:
        told = [f"{show(value)} in {name}" for name, value in zip(names, steps[0][1], strict=True)]
        told += [show(value) for _, values, _ in steps for value in values]
        place = _Rows(canvas, [name for name, _, _ in steps], widest(told, bold=True) + 8.0)
        unit = place.wide / max(high - low, 1e-9)
        y, tall = 2.0, (thick + 2.0) * len(names)
        for number, ((name, values, level), row) in enumerate(zip(steps, spans, strict=True)):
            top = place.name(name, y, tall, bold=level)
            for period, (start, end) in enumerate(row):
                x, wide = place.left + (min(start, end) - low) * unit, abs(end - start) * unit
                now = period == len(names) - 1
                role = ("total" if level else "neg" if end < start else "pos") if now else "other"
                canvas.bar(x, top, max(1.0, wide), thick, role)
                when = f" in {names[period]}" if number == 0 else ""
                canvas.write(
                    x + max(1.0, wide) + 5.0, top + thick - 2.8, f"{show(values[period])}{when}", bold=level and now
                )
                top += thick + 2.0
            y = place.after(top, 8.0)
        canvas.down(place.left - low * unit, 0.0, y - 6.0, "zero")

    rows = [[name, *(show(value) for value in values)] for name, values, _ in steps]
    return figure(title, said, draw, ["Step", *names], rows, widths=widths)


def _spans(steps: Sequence[tuple[str, Sequence[float], bool]], periods: int) -> list[list[tuple[float, float]]]:
    """By step and period: where its bar begins and ends."""
    levels, spans = [0.0] * periods, []
    for _, values, level in steps:
        row = []
        for period in range(periods):
            start = 0.0 if level else levels[period]
            levels[period] = values[period] if level else start + values[period]
            row.append((start, levels[period]))
        spans.append(row)
    return spans


def diverging(
    title: str, said: str, rows: Sequence[tuple[str, float]], show: Show, *, widths: Sequence[float] = WIDTHS
) -> str:
    """Bars to the right for what brought, to the left for what cost; the names stand above their bars."""
    edges = [0.0, *(value for _, value in rows)]
    low, high = min(edges), max(edges)

    def draw(canvas: Canvas) -> None:
        figures = widest([show(value) for _, value in rows], bold=True) + 8.0
        left = figures if low < 0 else 2.0
        unit = (canvas.width - left - figures) / max(high - low, 1e-9)
        zero, y = left - low * unit, 2.0
        for name, value in rows:
            top = canvas.write(2.0, y + SMALL, broken(name, SMALL, canvas.width - 4.0, most=2)) - SMALL * 0.6
            wide = max(1.0, abs(value) * unit)
            canvas.bar(zero if value >= 0 else zero - wide, top, wide, 13.0, "pos" if value >= 0 else "neg")
            canvas.down(zero, top - 2.0, 17.0, "zero")
            if value >= 0:
                canvas.write(zero + wide + 6.0, top + 11.0, show(value), bold=True, role="gain")
            else:
                canvas.write(zero - wide - 6.0, top + 11.0, show(value), bold=True, role="cost", anchor="end")
            y = top + 20.0
        canvas.height = y

    return figure(title, said, draw, ["Thread", "Worth"], [[name, show(value)] for name, value in rows], widths=widths)


def stacked(
    title: str, said: str, rows: Sequence[tuple[str, Sequence[float]]], kinds: Sequence[str], show: Show, *,
    widths: Sequence[float] = WIDTHS,
) -> str:  # fmt: skip
    """Bars by row, split by kind; every kind has a colour, a pattern and a place, every bar its sum."""
    most = max((sum(values) for _, values in rows), default=1.0) or 1.0
    used = [kind for kind in range(len(kinds)) if any(values[kind] for _, values in rows)]

    def draw(canvas: Canvas) -> None:
        place = _Rows(
            canvas, [name for name, _ in rows], widest([show(sum(values)) for _, values in rows], bold=True) + 8.0
        )
        y = _key(canvas, [(kind, kinds[kind]) for kind in used]) + 8.0
        for name, values in rows:
            top, x = place.name(name, y, 17.0), place.left
            for kind in used:
                wide = place.wide * max(0.0, values[kind]) / most
                if wide > 0:
                    canvas.bar(x, top, max(0.5, wide - 1.0), 17.0, f"f{kind % 6}")
                x += wide
            canvas.write(x + 5.0, top + 13.0, show(sum(values)), bold=True)
            y = place.after(top + 17.0, 10.0)
        canvas.height = y

    table = [[name, *(show(value) for value in values), show(sum(values))] for name, values in rows]
    return figure(title, said, draw, ["Row", *kinds, "Together"], table, widths=widths)


def _key(canvas: Canvas, kinds: Sequence[tuple[int, str]]) -> float:
    """What each pattern stands for, in as many lines as it takes; where the next row begins."""
    x, y = 2.0, 4.0
    for kind, name in kinds:
        wide = 17.0 + width(name, SMALL) + 16.0
        if x > 2.0 and x + wide - 16.0 > canvas.width:
            x, y = 2.0, y + 19.0
        canvas.bar(x, y, 12.0, 12.0, f"f{kind % 6}")
        canvas.write(x + 17.0, y + 10.5, broken(name, SMALL, canvas.width - x - 19.0, most=1), role="soft")
        x += wide
    return y + 16.0


def ranges(
    title: str, said: str, rows: Sequence[tuple[str, float, float, float | None, float]], show: Show, *,
    widths: Sequence[float] = WIDTHS,
) -> str:  # fmt: skip
    """Ranges said and what came: (name, low, high, middle or None, actual), each drawn on the scale of its own range,
    so that a wide promise and a narrow one can be compared."""
    told = [f"{show(actual)}, {_held(low, high, actual)}" for _, low, high, _, actual in rows]

    def draw(canvas: Canvas) -> None:
        place = _Rows(canvas, [name for name, *_ in rows], widest(told) + 12.0)
        inner, edge = place.wide * 0.4, place.wide * 0.3
        for x, words in ((edge, "low"), (edge + inner, "high")):
            canvas.write(place.left + x, 12.0, words, anchor="middle", role="soft")
        y = 18.0
        for (name, low, high, middle, actual), words in zip(rows, told, strict=True):
            y = place.name(name, y, 16.0)

            def at(value: float, low: float = low, wide: float = max(high - low, 1e-9)) -> float:
                return place.left + edge + inner * min(1.7, max(-0.7, (value - low) / wide))

            canvas.across(place.left, y + 8.0, place.wide)
            canvas.bar(at(low), y + 3.0, inner, 10.0, "track")
            if middle is not None:
                canvas.down(at(middle), y + 1.0, 14.0, "zero")
            inside = low <= actual <= high
            canvas.mark(at(actual), y + 8.0, 0 if inside else 1)
            canvas.write(place.left + place.wide + 8.0, y + 12.0, words, role="" if inside else "cost")
            y = place.after(y + 16.0, 9.0)
        canvas.height = y

    table = [
        [name, show(low), show(high), show(actual), _held(low, high, actual)] for name, low, high, _, actual in rows
    ]
    return figure(title, said, draw, ["Range", "Low", "High", "Came to", "Held"], table, widths=widths)


def _held(low: float, high: float, actual: float) -> str:
    return "inside" if low <= actual <= high else "above" if actual > high else "below"
