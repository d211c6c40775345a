"""The HTML shell: one self-contained document, readable by a screen reader, printable, in light and dark.

Nothing is taken from outside: no script, no font, no picture, no link. All text goes through `text`, which escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1a1d21; --soft: #4a5159; --line: #8a929b; --paper: #ffffff; --tint: #f2f4f6; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef1f4; --soft: #c3cad2; --line: #808a95; --paper: #16191d; --tint: #22272d; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 46rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; padding-top: .5rem; border-top: 1px solid var(--line); }
p { margin: .5rem 0; }
.under { color: var(--soft); margin: 0 0 1.25rem; }
dl { margin: 0; }
dt { font-weight: 700; margin-top: .75rem; }
dd { margin: .1rem 0 0; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding: .25rem 0; }
th, td { text-align: right; padding: .35rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
thead th { border-bottom: 2px solid var(--ink); }
tbody tr:last-child > * { font-weight: 700; }
tbody.plain tr:last-child > * { font-weight: inherit; }
.wide { overflow-x: auto; }
footer { margin-top: 2rem; color: var(--soft); font-size: .875rem; }
@media print {
  :root { --ink: #000; --soft: #333; --line: #777; --paper: #fff; --tint: #fff; }
  body { padding: 0; max-width: none; font-size: 10.5pt; }
  .leaf { break-before: page; }
  tr, dt, dd { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""
"""Contrast of text on paper is above 7:1 in both schemes."""


def text(value: object) -> str:
    """Any text, made harmless."""
    return escape(str(value), quote=True)


def document(title: str, body: str, *, language: str = "en", style: str = "", role: str = "") -> str:
    """A whole page around a body that is HTML already; ``style`` is added, ``role`` is the body's class."""
    kind = f' class="{text(role)}"' if role else ""
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{text(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{text(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body{kind}>\n{body}\n</body>\n</html>\n"
    )


def heading(title: str, level: int = 2) -> str:
    """A heading."""
    return f"<h{level}>{text(title)}</h{level}>"


def paragraph(words: str, role: str = "") -> str:
    """A paragraph; ``role`` is a class of the style sheet."""
    kind = f' class="{text(role)}"' if role else ""
    return f"<p{kind}>{text(words)}</p>"


def named_lines(rows: Sequence[tuple[str, str]]) -> str:
    """Names and what is said of each."""
    inner = "".join(f"<dt>{text(name)}</dt>\n<dd>{text(said)}</dd>\n" for name, said in rows)
    return f"<dl>\n{inner}</dl>"


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, total: bool = False) -> str:
    """A table with a caption, a heading for each column and for each row; ``total`` sets the last row apart."""
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in columns)
    lines = []
    for row in rows:
        cells = "".join(f"<td>{text(cell)}</td>" for cell in row[1:])
        lines.append(f'<tr><th scope="row">{text(row[0])}</th>{cells}</tr>\n')
    kind = "" if total else ' class="plain"'
    return (
        f'<div class="wide"><table>\n<caption>{text(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody{kind}>\n{''.join(lines)}</tbody>\n</table></div>"
    )
