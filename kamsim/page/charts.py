"""Charts as SVG of our own: each a figure with a title, a sentence for who cannot see it, and its numbers as a table.

No script, no font, no colour alone: lines differ by dash and marker and carry their name, bars carry their figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from kamsim.page.shell import text

WIDTH: Final = 720
DASHES: Final = ("", "7 4", "2 3", "10 3 2 3", "4 2", "1 4", "12 4", "6 2 1 2")
_IDS = count(1)

STYLE: Final = """
figure.chart { margin: 1rem 0 1.5rem; }
figure.chart > figcaption { font-weight: 700; margin-bottom: .15rem; }
figure.chart .said { margin: 0 0 .35rem; color: var(--soft); font-weight: 400; }
figure.chart svg { width: 100%; height: auto; max-width: 46rem; display: block; color: var(--ink); }
figure.chart svg text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  fill: currentColor; }
figure.chart svg .small { font-size: 12px; }
.axis { stroke: var(--line); stroke-width: 1; fill: none; }
.ln { fill: none; stroke-width: 2.25; }
.c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); } .c3 { stroke: var(--c3); }
.c4 { stroke: var(--c4); } .c5 { stroke: var(--c5); } .c6 { stroke: var(--c0); } .c7 { stroke: var(--c1); }
.f0 { fill: var(--c0); } .f1 { fill: var(--c1); } .f2 { fill: var(--c2); } .f3 { fill: var(--c3); }
.f4 { fill: var(--c4); } .f5 { fill: var(--c5); } .f6 { fill: var(--c0); } .f7 { fill: var(--c1); }
.hollow { fill: var(--paper); stroke-width: 2; }
:root { --c0: #1f5fa8; --c1: #b4500f; --c2: #3c7a3c; --c3: #7a3f98; --c4: #5b6670; --c5: #8a6d00; }
@media (prefers-color-scheme: dark) {
  :root { --c0: #7db4f0; --c1: #f0a066; --c2: #8fd08f; --c3: #cfa0e8; --c4: #b5bfc9; --c5: #e0c35a; }
}
details.numbers { margin: .25rem 0; }
details.numbers > summary { cursor: pointer; color: var(--soft); }
@media print {
  :root { --c0: #1f5fa8; --c1: #b4500f; --c2: #3c7a3c; --c3: #7a3f98; --c4: #5b6670; --c5: #8a6d00; }
  figure.chart { break-inside: avoid; }
  details.numbers { display: none; }
}
"""


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def cell(value: object) -> str:
    """A table's cell: HTML as it is, anything else made harmless."""
    return str(value) if isinstance(value, Html) else text(value)


def grid(caption: str, columns: Sequence[object], rows: Sequence[Sequence[object]], *, role: str = "") -> str:
    """A table with a caption and headings for columns and rows; wide ones scroll, by keyboard too."""
    head = "".join(f'<th scope="col">{cell(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{cell(row[0])}</th>{"".join(f"<td>{cell(item)}</td>" for item in row[1:])}</tr>\n'
        for row in rows
    )
    kind = f' class="{text(role)}"' if role else ""
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{text(caption)}{_mark()}"><table{kind}>'
        f"<caption>{text(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f'<tbody class="plain">\n{body}</tbody></table></div>'
    )


def _mark() -> str:
    """Regions are told apart by number."""
    return f" (table {next(_IDS)})"


def fresh_numbers() -> None:
    """Number tables from 1 again, so that the same page is the same bytes."""
    global _IDS  # noqa: PLW0603
    _IDS = count(1)


def figure(
    title: str, said: str, drawing: str, height: float, columns: Sequence[object], rows: Sequence[Sequence[object]]
) -> str:
    """A chart: title, what it says, the drawing, its numbers."""
    return (
        f'<figure class="chart"><figcaption>{text(title)}<p class="said">{text(said)}</p></figcaption>\n'
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{text(title)}. {text(said)}">{drawing}</svg>\n'
        f'<details class="numbers"><summary>{text(title)}: the numbers</summary>\n'
        f"{grid(title, columns, rows)}</details></figure>\n"
    )


@dataclass(frozen=True)
class Series:
    """A named row of values; None where there is none."""

    name: str
    values: tuple[float | None, ...]


def scale(low: float, high: float, steps: int = 4) -> list[float]:
    """Round figures that cover a range."""
    if high <= low:
        high = low + 1.0
    raw = (high - low) / steps
    power = 10.0 ** _power(raw)
    step = next(unit * power for unit in (1.0, 2.0, 2.5, 5.0, 10.0) if unit * power >= raw * 0.999)
    first = step * (low // step)
    ticks = [first]
    while ticks[-1] < high - 1e-9 * step:
        ticks.append(ticks[-1] + step)
    return ticks


def _power(value: float) -> int:
    power = 0
    while value >= 10.0:
        value, power = value / 10.0, power + 1
    while value < 1.0:
        value, power = value * 10.0, power - 1
    return power


def marker(x: float, y: float, row: int) -> str:
    """A small mark whose shape differs by row."""
    kind = f'class="f{row % 8}"'
    shapes = (
        f'<circle {kind} cx="{x:.1f}" cy="{y:.1f}" r="3.4"/>',
        f'<rect {kind} x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"/>',
        f'<path {kind} d="M{x:.1f} {y - 4.4:.1f}l4 7h-8z"/>',
        f'<path {kind} d="M{x:.1f} {y - 4.5:.1f}l4.5 4.5-4.5 4.5-4.5-4.5z"/>',
        f'<path {kind} d="M{x:.1f} {y + 4.4:.1f}l4-7h-8z"/>',
        f'<rect {kind} x="{x - 4.5:.1f}" y="{y - 1.6:.1f}" width="9" height="3.2"/>',
    )
    return shapes[row % len(shapes)]


def lines(
    title: str, said: str, across: Sequence[str], series: Sequence[Series], show: object, *, floor: float | None = None
) -> str:
    """Lines over time, each named at its end. ``show`` turns a value into words."""
    told = show if callable(show) else str
    known = [value for one in series for value in one.values if value is not None]
    if not known:
        return ""
    low = min(known) if floor is None else min(floor, *known)
    ticks = scale(low, max(known))
    left, right, top, height = 62.0, 150.0, 10.0, 250.0
    wide, tall = WIDTH - left - right, height - top - 28.0
    span = ticks[-1] - ticks[0]

    def at(step: int, value: float) -> tuple[float, float]:
        across_part = step / max(1, len(across) - 1)
        return left + wide * across_part, top + tall * (1.0 - (value - ticks[0]) / span)

    parts = []
    for tick in ticks:
        y = at(0, tick)[1]
        parts.append(f'<path class="axis" d="M{left:.0f} {y:.1f}h{wide:.0f}"/>')
        parts.append(
            f'<text class="small" x="{left - 6:.0f}" y="{y + 4:.1f}" text-anchor="end">{text(told(tick))}</text>'
        )
    every = max(1, -(-len(across) // 8))
    for step, name in enumerate(across):
        if step % every == 0:
            x = at(step, ticks[0])[0]
            parts.append(
                f'<text class="small" x="{x:.1f}" y="{height - 8:.0f}" text-anchor="middle">{text(name)}</text>'
            )
    ends: list[tuple[float, int]] = []
    for row, one in enumerate(series):
        points = [at(step, value) for step, value in enumerate(one.values) if value is not None]
        if not points:
            continue
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        dash = f' stroke-dasharray="{DASHES[row % 8]}"' if DASHES[row % 8] else ""
        parts.append(f'<path class="ln c{row % 8}"{dash} d="M{way}"/>')
        parts += [marker(x, y, row) for x, y in points]
        ends.append((points[-1][1], row))
    for y, row in _apart(ends, 15.0, top + 6.0, top + tall + 6.0):
        x = left + wide + 14.0
        parts.append(marker(x, y - 4.0, row))
        parts.append(f'<text x="{x + 9:.0f}" y="{y:.1f}">{text(_short(series[row].name, 17))}</text>')
    columns = ["Line", *across]
    rows = [[one.name, *("" if value is None else told(value) for value in one.values)] for one in series]
    return figure(title, said, "".join(parts), height, columns, rows)


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def _apart(ends: Sequence[tuple[float, int]], gap: float, low: float, high: float) -> list[tuple[float, int]]:
    """Heights moved so that names do not lie on each other."""
    made: list[tuple[float, int]] = []
    for y, row in sorted(ends):
        made.append((max(y, made[-1][0] + gap) if made else max(y, low), row))
    over = made[-1][0] - high if made else 0.0
    if over > 0:
        for place in range(len(made) - 1, -1, -1):
            ceiling = high if place == len(made) - 1 else made[place + 1][0] - gap
            made[place] = (min(made[place][0], ceiling), made[place][1])
    return made


def whale(title: str, said: str, points: Sequence[tuple[str, float]], show: object) -> str:
    """Cumulated profit over accounts, the best first: where it bends down, money is lost. Values in cents."""
    told = show if callable(show) else str
    sums, total = [0.0], 0.0
    for _, value in points:
        total += value
        sums.append(total)
    ticks = scale(min(sums), max(sums))
    left, top, height = 74.0, 22.0, 270.0
    wide, tall = WIDTH - left - 90.0, height - top - 46.0
    span = ticks[-1] - ticks[0]

    def at(step: float, value: float) -> tuple[float, float]:
        return left + wide * step / max(1, len(points)), top + tall * (1.0 - (value - ticks[0]) / span)

    parts = []
    for tick in ticks:
        y = at(0, tick)[1]
        parts.append(f'<path class="axis" d="M{left:.0f} {y:.1f}h{wide:.0f}"/>')
        parts.append(
            f'<text class="small" x="{left - 6:.0f}" y="{y + 4:.1f}" text-anchor="end">{text(told(tick))}</text>'
        )
    way = "L".join(f"{at(step, value)[0]:.1f} {at(step, value)[1]:.1f}" for step, value in enumerate(sums))
    parts.append(f'<path class="ln c0" d="M{way}"/>')
    for step, (name, value) in enumerate(points):
        x, y = at(step + 1, sums[step + 1])
        parts.append(marker(x, y, 0 if value >= 0 else 1))
        middle = at(step + 0.5, 0)[0]
        parts.append(
            f'<text class="small" x="{middle:.1f}" y="{height - 24:.0f}" text-anchor="middle">'
            f"{text(_short(name, 15))}</text>"
            f'<text class="small" x="{middle:.1f}" y="{height - 8:.0f}" text-anchor="middle">{text(told(value))}</text>'
        )
    rows = [[name, told(value), told(sums[step + 1])] for step, (name, value) in enumerate(points)]
    return figure(title, said, "".join(parts), height, ["Account", "Profit", "All so far"], rows)
