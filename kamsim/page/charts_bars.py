"""Charts of bars, ranges and dots: waterfall, stacked bars, ranges against what came, a class as dots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kamsim.page.charts import WIDTH, figure, marker, scale
from kamsim.page.shell import text

Show = Callable[[float], str]
LABELS: Final = 190.0
"""Room for the names on the left."""


def _label(name: str, y: float) -> str:
    short = name if len(name) <= 28 else f"{name[:27]}\N{HORIZONTAL ELLIPSIS}"
    return f'<text x="{LABELS - 8:.0f}" y="{y:.1f}" text-anchor="end">{text(short)}</text>'


def waterfall(
    title: str, said: str, steps: Sequence[tuple[str, Sequence[float], bool]], names: Sequence[str], show: Show
) -> str:
    """From a price down to what is kept, for one or two periods: (name, value by period, whether it is a level)."""
    periods = len(names)
    levels = [0.0] * periods
    spans: list[list[tuple[float, float]]] = []
    for _, values, level in steps:
        row = []
        for period in range(periods):
            start = 0.0 if level else levels[period]
            end = values[period] if level else start + values[period]
            row.append((start, end))
            levels[period] = end
        spans.append(row)
    flat = [edge for row in spans for span in row for edge in span]
    low, high = min(0.0, *flat), max(flat)
    wide = WIDTH - LABELS - 92.0
    thick = 9.0 if periods > 1 else 13.0
    tall = thick * periods + 10.0
    parts, y = [], 22.0

    def at(value: float) -> float:
        return LABELS + wide * (value - low) / max(high - low, 1e-9)

    for period, name in enumerate(names):
        x = LABELS + 150.0 * period
        parts.append(f'<rect class="f{period}" x="{x:.0f}" y="4" width="12" height="10"/>')
        parts.append(f'<text class="small" x="{x + 17:.0f}" y="13">{text(name)}</text>')
    bottom = y + tall * len(steps)
    parts.append(f'<path class="axis" d="M{at(0.0):.1f} {y:.0f}V{bottom:.0f}"/>')
    for (name, values, level), row in zip(steps, spans, strict=True):
        parts.append(_label(name, y + tall / 2.0 + 2.0))
        for period, (start, end) in enumerate(row):
            x, w = at(min(start, end)), max(1.0, abs(at(end) - at(start)))
            look = f'class="f{period}"' if level else f'class="hollow c{period}"'
            top = y + period * (thick + 1.5)
            parts.append(f'<rect {look} x="{x:.1f}" y="{top:.1f}" width="{w:.1f}" height="{thick:.1f}"/>')
            parts.append(
                f'<text class="small" x="{max(x + w, at(max(start, end))) + 4:.1f}" y="{top + thick - 0.5:.1f}">'
                f"{text(show(values[period]))}</text>"
            )
        y += tall
    rows = [[name, *(show(value) for value in values)] for name, values, _ in steps]
    return figure(title, said, "".join(parts), bottom + 6.0, ["Step", *names], rows)


def diverging(title: str, said: str, rows: Sequence[tuple[str, float]], show: Show) -> str:
    """Bars to the right for what brought, to the left for what cost; the names stand above their bars."""
    edges = [0.0, *(value for _, value in rows)]
    low, high = min(edges), max(edges)
    left, wide = 90.0, WIDTH - 180.0
    parts, y = [], 4.0

    def at(value: float) -> float:
        return left + wide * (value - low) / max(high - low, 1e-9)

    for name, value in rows:
        short = name if len(name) <= 96 else f"{name[:95]}\N{HORIZONTAL ELLIPSIS}"
        parts.append(f'<text class="small" x="4" y="{y + 12:.1f}">{text(short)}</text>')
        x, w = at(min(0.0, value)), max(1.0, abs(at(value) - at(0.0)))
        look = 'class="f0"' if value >= 0 else 'class="hollow c1"'
        parts.append(f'<rect {look} x="{x:.1f}" y="{y + 17:.1f}" width="{w:.1f}" height="11"/>')
        parts.append(f'<path class="axis" d="M{at(0.0):.1f} {y + 15:.1f}v15"/>')
        place, anchor = (x + w + 5, "start") if value >= 0 else (x - 5, "end")
        parts.append(
            f'<text class="small" x="{place:.1f}" y="{y + 27:.1f}" text-anchor="{anchor}">{text(show(value))}</text>'
        )
        y += 36.0
    return figure(
        title, said, "".join(parts), y + 4.0, ["Thread", "Worth"], [[name, show(value)] for name, value in rows]
    )


def stacked(
    title: str, said: str, rows: Sequence[tuple[str, Sequence[float]]], kinds: Sequence[str], show: Show
) -> str:
    """Bars by row, split by kind; every kind has a colour and a place, every bar its sum."""
    most = max((sum(values) for _, values in rows), default=0.0) or 1.0
    wide = WIDTH - LABELS - 80.0
    parts, y, x = [], 14.0, 4.0
    for row, kind in enumerate(kinds):
        length = 26.0 + 6.8 * len(kind)
        if x + length > WIDTH:
            x, y = 4.0, y + 18.0
        parts.append(f'<rect class="f{row % 8}" x="{x:.0f}" y="{y - 9:.0f}" width="12" height="10"/>')
        parts.append(f'<text class="small" x="{x + 16:.0f}" y="{y:.0f}">{text(kind)}</text>')
        x += length
    y += 14.0
    for name, values in rows:
        parts.append(_label(name, y + 14.0))
        x = LABELS
        for row, value in enumerate(values):
            width = wide * value / most
            if width > 0:
                long = max(width - 1.2, 0.6)
                parts.append(f'<rect class="f{row % 8}" x="{x:.1f}" y="{y:.1f}" width="{long:.1f}" height="18"/>')
            x += width
        parts.append(f'<text class="small" x="{x + 5:.1f}" y="{y + 14:.1f}">{text(show(sum(values)))}</text>')
        y += 26.0
    table = [[name, *(show(value) for value in values), show(sum(values))] for name, values in rows]
    return figure(title, said, "".join(parts), y + 4.0, ["Row", *kinds, "Together"], table)


def ranges(title: str, said: str, rows: Sequence[tuple[str, float, float, float | None, float]], show: Show) -> str:
    """Ranges said and what came: (name, low, high, middle or None, actual), each drawn on the scale of its own range,
    so that a wide promise and a narrow one can be compared."""
    parts, y = [], 20.0
    left, wide = LABELS + 10.0, WIDTH - LABELS - 150.0
    inner, edge = wide * 0.4, wide * 0.3
    parts.append(f'<text class="small" x="{left + edge:.0f}" y="12" text-anchor="middle">low</text>')
    parts.append(f'<text class="small" x="{left + edge + inner:.0f}" y="12" text-anchor="middle">high</text>')
    table = []
    for name, low, high, middle, actual in rows:
        width = max(high - low, 1e-9)

        def at(value: float, low: float = low, width: float = width) -> float:
            part = min(1.7, max(-0.7, (value - low) / width))
            return left + edge + inner * part

        inside = low <= actual <= high
        parts.append(_label(name, y + 9.0))
        parts.append(f'<path class="axis" d="M{left:.0f} {y + 5:.1f}h{wide:.0f}"/>')
        parts.append(
            f'<rect class="f4" x="{at(low):.1f}" y="{y + 1:.1f}" width="{inner:.1f}" height="8" opacity=".45"/>'
        )
        if middle is not None:
            parts.append(f'<path class="axis" d="M{at(middle):.1f} {y - 2:.1f}v14" stroke-width="2"/>')
        parts.append(marker(at(actual), y + 5.0, 0 if inside else 3))
        note = "inside" if inside else "above" if actual > high else "below"
        parts.append(
            f'<text class="small" x="{left + wide + 10:.0f}" y="{y + 9:.1f}">{text(show(actual))}, {note}</text>'
        )
        table.append([name, show(low), show(high), show(actual), note])
        y += 24.0
    return figure(title, said, "".join(parts), y + 2.0, ["Range", "Low", "High", "Came to", "Held"], table)


def dots(
    title: str, said: str, rows: Sequence[tuple[str, Sequence[tuple[str, float]]]], show: Show, *,
    table: Sequence[Sequence[object]] = (), columns: Sequence[object] = (),
) -> str:  # fmt: skip
    """A class as dots: for each row (name, [(mark, value)]), with the middle of the row as a bar. All rows share one
    scale, and dots that would lie on each other are stacked."""
    values = [value for _, items in rows for _, value in items]
    if not values:
        return ""
    ticks = scale(min(values), max(values))
    left, wide = LABELS, WIDTH - LABELS - 40.0
    span = ticks[-1] - ticks[0]
    parts, y = [], 16.0

    def at(value: float) -> float:
        return left + wide * (value - ticks[0]) / span

    found = []
    for row, (name, items) in enumerate(rows):
        taken: dict[int, int] = {}
        placed = []
        for mark, value in sorted(items, key=lambda item: item[1]):
            slot = int(at(value) // 9)
            level = taken.get(slot, 0)
            taken[slot] = level + 1
            placed.append((mark, value, level))
        deep = max(taken.values(), default=1)
        base = y + 10.0 * deep + 4.0
        ordered = sorted(value for _, value in items)
        middle = _middle(ordered)
        parts.append(_label(name, base))
        parts.append(f'<path class="axis" d="M{left:.0f} {base + 6:.1f}h{wide:.0f}"/>')
        parts += [marker(left + 9 * (int(at(value) // 9) - left / 9) + 4, base - 10.0 * level, row % 6)
                  for _, value, level in placed]  # fmt: skip
        parts.append(f'<path class="ln c{row % 8}" d="M{at(middle):.1f} {y:.1f}V{base + 10:.1f}"/>')
        found.append([name, show(ordered[0]), show(middle), show(ordered[-1]), str(len(ordered))])
        y = base + 18.0
    for tick in ticks:
        parts.append(
            f'<text class="small" x="{at(tick):.1f}" y="{y + 12:.1f}" text-anchor="middle">{text(show(tick))}</text>'
        )
    heads = columns or ["Figure", "Lowest", "Middle", "Highest", "Players"]
    return figure(title, said, "".join(parts), y + 20.0, heads, table or found)


def _middle(ordered: Sequence[float]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2.0
