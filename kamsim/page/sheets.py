"""A business case on paper: one page and an appendix, as text and as HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kamsim.errors import LogUnwritable
from kamsim.game import wording
from kamsim.page import shell

if TYPE_CHECKING:
    from kamsim.engine.preview import Preview
    from kamsim.engine.sight import Seen

WIDTH: Final = 78


@dataclass(frozen=True)
class Grid:
    """A table: caption, column names, rows of texts; ``total``: whether the last row sums up the others."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: bool = False


@dataclass(frozen=True)
class Sheet:
    """What is printed, before it is text or HTML: a title, a line under it, the page, the appendix."""

    title: str
    under: str
    page: tuple[tuple[str, str], ...]
    """The sentences of the page, each with its name."""
    figures: tuple[str, ...]
    appendix: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Headings and their paragraphs."""
    grids: tuple[Grid, ...] = field(default=())
    foot: str = ""


def case_sheet(
    cast: wording.Cast,
    seen: Seen,
    account: str,
    audience: str,
    page: Mapping[str, Any],
    made: Preview,
    *,
    author: str = "",
) -> Sheet:
    """A page as it would be handed over, and its appendix as far as the page has one; then what only we should read."""
    name = cast.account(account)
    title = f"An ask about {name}" if audience == "desk" else f"A case for {name}"
    said = wording.sentences(cast, seen, account, audience, page)
    by = f", {author}" if author else ""
    under = f"{cast.scenario.company.name}{by}. {cast.quarter(seen.quarter)}."
    appendix: list[tuple[str, tuple[str, ...]]] = []
    depth = wording.SENSITIVITY_ORDER.index(str(wording.case_value(page, "sensitivity")))
    if depth >= 1:
        price = wording.price_line(made, page)
        lines = (wording.payback_line(cast, made, seen.quarter), *([price] if price else []))
        appendix.append(("Break-even", lines))
    if depth >= 2:
        appendix.append(("The bad case", tuple(wording.fan_lines(cast, made))))
    if depth >= 3:
        appendix.append(("What drives it", tuple(wording.driver_lines(cast, seen, account))))
    grid = Grid(
        "Account profit, a quarter of the second year",
        ("Line", "Without", "With", "Difference"),
        tuple(
            (wording.capital(line), cast.money(old), cast.money(new), cast.money(new - old, plus=True))
            for line, old, new in wording.waterfall(made)
        ),
        total=True,
    )
    own = (
        wording.worth_line(cast, made, hurdle=seen.params.hurdle),
        *wording.side_lines(cast, made),
        wording.rests(seen, account, page),
    )
    return Sheet(
        title,
        under,
        tuple((wording.CASE_SLOTS[slot], text) for slot, text in said.items()),
        (wording.customer_line(cast, seen, account, made, page),),
        (*appendix, ("For our eyes only", own)),
        (grid,),
        "Figures from what was known when this was printed.",
    )


def as_text(sheet: Sheet) -> str:
    """The sheet as plain text."""
    lines = [sheet.title.upper(), sheet.under, ""]
    for number, (name, said) in enumerate(sheet.page, 1):
        lines += _wrapped(f"{number}. {name}: {said}", 3)
    lines.append("")
    for said in sheet.figures:
        lines += _wrapped(said)
    lines += ["", "APPENDIX"]
    for title, paragraphs in sheet.appendix:
        lines += ["", title]
        for said in paragraphs:
            lines += _wrapped(said, 2, 2)
    for grid in sheet.grids:
        lines += ["", *_columns(grid)]
    if sheet.foot:
        lines += ["", sheet.foot]
    return "\n".join(lines) + "\n"


def _wrapped(words: str, hang: int = 0, indent: int = 0) -> list[str]:
    start, later = " " * indent, " " * (indent + hang)
    return textwrap.wrap(
        " ".join(words.split()), WIDTH, initial_indent=start, subsequent_indent=later, break_long_words=False
    )


def _columns(grid: Grid) -> list[str]:
    table: Sequence[Sequence[str]] = (grid.columns, *grid.rows)
    widths = [max(len(row[place]) for row in table) for place in range(len(grid.columns))]
    lines = [grid.caption]
    for row in table:
        first = row[0].ljust(widths[0])
        rest = "  ".join(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        lines.append(f"  {first}  {rest}".rstrip())
    return lines


def as_html(sheet: Sheet) -> str:
    """The sheet as one self-contained page."""
    parts = [
        "<main>",
        shell.heading(sheet.title, 1),
        shell.paragraph(sheet.under, "under"),
        shell.named_lines(sheet.page),
        *(shell.paragraph(said) for said in sheet.figures),
        '<section class="appendix" aria-label="Appendix">',
        shell.heading("Appendix"),
    ]
    for title, paragraphs in sheet.appendix:
        parts.append(shell.heading(title, 3))
        parts += [shell.paragraph(said) for said in paragraphs]
    for grid in sheet.grids:
        parts.append(shell.table(grid.caption, grid.columns, grid.rows, total=grid.total))
    parts += ["</section>", "</main>"]
    if sheet.foot:
        parts.append(f"<footer>{shell.text(sheet.foot)}</footer>")
    return shell.document(sheet.title, "\n".join(parts))


def write(sheet: Sheet, folder: Path, stem: str) -> tuple[Path, Path]:
    """Write a sheet as text and as HTML under a name that is not taken yet, and say where. Raises LogUnwritable."""
    for number in range(1, 1000):
        name = stem if number == 1 else f"{stem}-{number}"
        paths = folder / f"{name}.txt", folder / f"{name}.html"
        if not any(path.exists() for path in paths):
            break
    try:
        paths[0].write_text(as_text(sheet), encoding="utf-8")
        paths[1].write_text(as_html(sheet), encoding="utf-8")
    except OSError as error:
        raise LogUnwritable(f"{paths[0].parent} cannot be written to ({error.strerror})") from error
    return paths
