"""What a key is made of: chapters of paragraphs, named lines and tables, as text and as a page."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kamsim.page import charts, shell

WIDTH: Final = 100


@dataclass(frozen=True)
class Said:
    """A paragraph; ``role``: how it looks on a page, such as ``under``."""

    words: str
    role: str = ""


@dataclass(frozen=True)
class Named:
    """Names with what is said of each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table; its first column names the rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Head:
    """A heading within a chapter."""

    words: str


Block = Said | Named | Grid | Head


@dataclass(frozen=True)
class Chapter:
    """A part of the key that can be folded; ``name`` leads to it."""

    name: str
    title: str
    blocks: tuple[Block, ...]


STYLE: Final = (
    charts.STYLE
    + """
body { max-width: 54rem; }
details.chapter { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: .6rem 0; }
details.chapter > summary { padding: .6rem 1rem; cursor: pointer; }
details.chapter > summary h2 { display: inline; margin: 0; font-size: 1.08rem; }
details.chapter > div { padding: 0 1rem 1rem; }
.secret { background: var(--warn-soft); border: 1px solid var(--warn); border-radius: .5rem; padding: .4rem .8rem; }
table { font-size: .88rem; } td, th { overflow-wrap: break-word; }
table.words td, table.words th { text-align: left; } tbody.plain tr > * { font-weight: 400; }
tbody.plain tr > th { font-weight: 600; }
@media print { details.chapter::details-content { content-visibility: visible; } details.chapter { border: 0; }
  details.chapter > div { padding: 0; } details.chapter + details.chapter { break-before: page; } }
"""
)
NOT_FOR_PLAYERS: Final = "For the facilitator alone: it tells what players are to find out."


def as_html(title: str, under: str, chapters: Sequence[Chapter]) -> str:
    """The key as one self-contained page."""
    charts.fresh_numbers()
    parts = [
        "<main>",
        shell.heading(title, 1),
        shell.paragraph(under, "under"),
        shell.paragraph(NOT_FOR_PLAYERS, "secret"),
        *map(_chapter, chapters),
        "</main>",
    ]
    return shell.document(title, "\n".join(parts), style=STYLE)


def _chapter(one: Chapter) -> str:
    name = shell.text(one.name)
    inner = "\n".join(map(_html, one.blocks))
    return (
        f'<details class="chapter" id="{name}" open><summary><h2>{shell.text(one.title)}</h2></summary>'
        f"<div>\n{inner}\n</div></details>"
    )


def _html(block: Block) -> str:
    match block:
        case Said(words, role):
            return shell.paragraph(words, role)
        case Named(rows):
            return shell.named_lines(rows)
        case Head(words):
            return shell.heading(words, 3)
        case Grid(caption, heads, rows):
            return charts.grid(caption, heads, rows, role="words") if rows else ""


def as_text(title: str, under: str, chapters: Sequence[Chapter]) -> str:
    """The key as plain text."""
    lines = [title.upper(), *_wrapped(under), *_wrapped(NOT_FOR_PLAYERS)]
    for one in chapters:
        lines += ["", "", one.title.upper()]
        for block in one.blocks:
            lines += _text(block)
    return "\n".join(lines)


def _text(block: Block) -> list[str]:
    match block:
        case Said(words, _):
            return ["", *_wrapped(words)]
        case Head(words):
            return ["", words]
        case Named(rows):
            return ["", *(line for name, said in rows for line in _wrapped(f"{name}: {said}", 2, 4))]
        case Grid(caption, heads, rows):
            told = [_wrapped(_row(heads, row), 2, 4) for row in rows]
            return ["", caption, *(line for lines in told for line in lines)] if rows else []


def _row(heads: Sequence[str], row: Sequence[str]) -> str:
    """A row of a table as a sentence: its name, then each column that holds something."""
    if len(row) == 2:
        return f"{row[0]}: {row[1]}"
    rest = [f"{head}: {cell}" if head else cell for head, cell in zip(heads[1:], row[1:], strict=True) if cell]
    return f"{row[0]}. {'; '.join(rest)}" if rest else row[0]


def _wrapped(words: str, indent: int = 0, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        " ".join(words.split()), WIDTH, initial_indent=" " * indent, subsequent_indent=" " * hang,
        break_long_words=False,
    )  # fmt: skip
