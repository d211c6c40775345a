"""A business case on paper: one page and an appendix, as text and as HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kamsim.aside import Aside
from kamsim.errors import LogUnwritable
from kamsim.page import shell
from kamsim.view.case.basis import rests
from kamsim.view.case.figures import (
    customer_line,
    driver_lines,
    fan_lines,
    halved_lines,
    payback_line,
    price_line,
    side_lines,
    waterfall,
    worth_line,
)
from kamsim.view.case.sentences import CASE_SLOTS, SENSITIVITY_ORDER, case_value, sentences
from kamsim.view.words.names import Cast, capital

if TYPE_CHECKING:
    from kamsim.engine.preview import Preview
    from kamsim.engine.sight import Seen
    from kamsim.game.session import Session
    from kamsim.view.case.working import Working

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
    """What is printed, before it is text or HTML: a title, a line under it, the page, the appendix, and on a leaf of
    its own what only we should read."""

    title: str
    under: str
    page: tuple[tuple[str, str], ...]
    """The sentences of the page, each with its name."""
    appendix: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Headings and their paragraphs."""
    ours: tuple[str, ...] = ()
    grid: Grid | None = None
    ours_title: str = "For our eyes only"
    foot: str = ""


def case_sheet(
    cast: Cast,
    seen: Seen,
    account: str,
    audience: str,
    page: Mapping[str, Any],
    made: Preview,
    *,
    author: str = "",
) -> Sheet:
    """A page as it would be handed over, and its appendix as far as the page has one; then what only we should read."""
    name, desk = cast.account(account), audience == "desk"
    said = sentences(cast, seen, account, audience, page)
    by = f", {author}" if author else ""
    ours = [
        worth_line(cast, made, hurdle=seen.params.hurdle),
        payback_line(cast, made, seen.quarter),
        *side_lines(cast, made),
        customer_line(cast, seen, account, made, page),
        rests(seen, account, page),
    ]
    return Sheet(
        f"An ask about {name}" if desk else f"A case for {name}",
        f"{cast.scenario.company.name}{by}. {cast.quarter(seen.quarter)}.",
        tuple((CASE_SLOTS[slot], text) for slot, text in said.items()),
        _appendix(cast, seen, account, desk, page, made),
        tuple(ours),
        _grid(cast, made),
        "The figures behind it" if desk else "For our eyes only, not to be handed over",
        "Figures from what was known when this was printed.",
    )


def write_case(session: Session, cast: Cast, work: Working, made: Preview) -> tuple[Path, Path]:
    """Write a page and its appendix beside the log, as text and as HTML; where they are."""
    seen, audience = session.seen, work.audience
    sheet = case_sheet(cast, seen, work.account, audience, work.page, made, author=session.player)
    stem = f"{session.log_path.stem}-{cast.quarter(seen.quarter).replace(' ', '-')}-{work.account}"
    return write(sheet, session.log_path.parent, stem + ("-desk" if audience == "desk" else ""))


def _appendix(
    cast: Cast, seen: Seen, account: str, desk: bool, page: Mapping[str, Any], made: Preview
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Break-even, the bad case, what drives it: as deep as the page says, in the reader's own money."""
    depth = SENSITIVITY_ORDER.index(str(case_value(page, "sensitivity")))
    even, half = halved_lines(cast, account, made)
    price = price_line(made, page)
    parts: list[tuple[str, tuple[str, ...]]] = [
        (
            "Break-even",
            (payback_line(cast, made, seen.quarter), *([price] if price else [])) if desk else (even,),
        ),
        ("The bad case", tuple(fan_lines(cast, made)) if desk else (half,)),
        ("What drives it", tuple(driver_lines(cast, seen, account, inside=desk))),
    ]
    return tuple(parts[:depth])


def _grid(cast: Cast, made: Preview) -> Grid:
    rows = [
        (
            capital(line),
            cast.money(old, exact=True),
            cast.money(new, exact=True),
            cast.money(new - old, plus=True, exact=True),
        )
        for line, old, new in waterfall(made)
    ]
    columns = ("Line", "Without", "With", "Difference")
    return Grid("Account profit, a quarter of the second year", columns, tuple(rows), total=True)


def as_text(sheet: Sheet) -> str:
    """The sheet as plain text."""
    lines = [*_wrapped(sheet.title.upper()), *_wrapped(sheet.under), ""]
    for number, (name, said) in enumerate(sheet.page, 1):
        lines += _wrapped(f"{number}. {name}: {said}", 3)
    if sheet.appendix:
        lines += ["", "APPENDIX"]
    for title, paragraphs in sheet.appendix:
        lines += ["", title]
        for said in paragraphs:
            lines += _wrapped(said, 2, 2)
    lines += ["", "", sheet.ours_title.upper(), ""]
    for said in sheet.ours:
        lines += _wrapped(said, 2, 2)
    if sheet.grid is not None:
        lines += ["", *_columns(sheet.grid)]
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
    ]
    if sheet.appendix:
        parts += ['<section class="leaf" aria-label="Appendix">', shell.heading("Appendix")]
        for title, paragraphs in sheet.appendix:
            parts.append(shell.heading(title, 3))
            parts += [shell.paragraph(said) for said in paragraphs]
        parts.append("</section>")
    parts += [f'<section class="leaf" aria-label="{shell.text(sheet.ours_title)}">', shell.heading(sheet.ours_title)]
    parts += [shell.paragraph(said) for said in sheet.ours]
    if sheet.grid is not None:
        parts.append(shell.table(sheet.grid.caption, sheet.grid.columns, sheet.grid.rows, total=sheet.grid.total))
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
        with Aside(folder) as aside:
            for path, made in zip(paths, (as_text(sheet), as_html(sheet)), strict=True):
                aside.new(path.name).write_text(made, encoding="utf-8")
            aside.publish()
    except OSError as error:
        raise LogUnwritable(f"{paths[0].parent} cannot be written to ({error.strerror})") from error
    return paths
