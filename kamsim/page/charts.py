"""Charts as figures: each has a title, a sentence that says what it shows, a drawing, and its numbers as a table.

What is drawn stands in charts_time.py (over time), charts_bars.py (what adds up) and charts_spread.py (who stands
where). No script and no colour alone: lines differ by dash and marker and carry their name, bars carry their figure,
what costs is hatched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Final

from kamsim.page.canvas import NARROW, WIDE, Canvas
from kamsim.page.shell import text

Show = Callable[[float], str]
"""A value as words."""
WIDTHS: Final = (WIDE, NARROW)
_IDS = count(1)

_ROWS: Final = "".join(
    f".c{row}{{stroke:var(--c{row})}} .m{row},.s-p{row} .g{{fill:var(--c{row})}} .f{row}{{fill:url(#p{row})}}\n"
    for row in range(6)
)
STYLE: Final = (
    _ROWS
    + """
figure.chart { margin: 1rem 0 1.5rem; container-type: inline-size; }
figure.chart > figcaption { font-weight: 600; margin-bottom: .15rem; line-height: 1.35; }
figure.chart .said { margin: 0 0 .5rem; color: var(--ink2); font-weight: 400; }
figure.chart > svg { width: 100%; height: auto; display: block; max-width: 46rem; overflow: visible; }
figure.chart text { fill: var(--ink); font-family: inherit; }
figure.chart svg.slim { display: none; max-width: 28rem; }
@container (max-width: 619px) {
  figure.chart > svg.slim { display: block; }
  figure.chart > svg.full:not(:last-of-type) { display: none; }
}
.soft { fill: var(--ink2) !important; } .gain { fill: var(--pos) !important; } .cost { fill: var(--neg) !important; }
.on { fill: var(--accent-ink) !important; }
.axis { stroke: var(--line); stroke-width: 1; fill: none; } .zero { stroke: var(--ink3); stroke-width: 1; fill: none; }
.rule { stroke: var(--grid); stroke-width: 1; fill: none; }
.lead { stroke: var(--line2); stroke-width: 1; fill: none; }
.ln { fill: none; stroke-width: 2.25; stroke-linejoin: round; }
.quiet { stroke: var(--ghost); stroke-width: 1.5; fill: none; } .quietdot { fill: var(--ghost); }
.up { stroke: var(--pos); } .dn { stroke: var(--neg); } .thick { stroke-width: 3; fill: none; }
.total { fill: var(--total); } .pos { fill: var(--pos); } .updot { fill: var(--pos); } .dndot { fill: var(--neg); }
.neg { fill: url(#hatch); stroke: var(--neg); stroke-width: 1; }
.other { fill: url(#ghost); stroke: var(--ghost); stroke-width: 1; }
.band1 { fill: var(--accent); opacity: .16; } .band2 { fill: var(--accent); opacity: .34; }
.year { fill: var(--card2); } .track { fill: var(--track); }
pattern path { stroke: var(--card); stroke-width: 3; fill: none; } pattern circle { fill: var(--card); }
.s-hatch .g { fill: var(--neg-soft); } .s-hatch path { stroke: var(--neg); }
.s-ghost .g { fill: var(--card); } .s-ghost path { stroke: var(--ghost); stroke-width: 1.2; }
.halo { paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
.step { fill: var(--pos); opacity: .22; }
details.numbers { margin: .25rem 0; font-size: .875rem; }
details.numbers > summary { cursor: pointer; color: var(--ink2); }
@media print {
  figure.chart { break-inside: avoid; }
  details.numbers { display: none; }
}
"""
)


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
    title: str, said: str, draw: Callable[[Canvas], None], columns: Sequence[object],
    rows: Sequence[Sequence[object]], *, widths: Sequence[float] = WIDTHS,
) -> str:  # fmt: skip
    """A chart: title, what it says, the drawing at each width (the page shows the one that fits), its numbers."""
    label, drawn = f"{title}. {said}", []
    for place, width in enumerate(widths):
        canvas = Canvas(width)
        draw(canvas)
        drawn.append(canvas.svg(label, "slim" if place else "full"))
    summary = f'<span class="of">{text(title)}: </span>the numbers'
    return (
        f'<figure class="chart"><figcaption>{text(title)}<p class="said">{text(said)}</p></figcaption>\n'
        f'{"".join(drawn)}\n<details class="numbers"><summary>{summary}</summary>\n'
        f"{grid(title, columns, rows)}</details></figure>\n"
    )
