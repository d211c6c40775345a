"""The HTML shell: one self-contained document, readable by a screen reader, printable, in light and dark.

Nothing is taken from outside: no script, no picture, no link; the letters are inside. All text goes through `text`,
which escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from kamsim.page import style as look

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
"""Nothing but our own styles and letters."""


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
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{text(title)}</title>\n<style>{look.sheet()}{style}</style>\n</head>\n<body{kind}>\n{look.patterns()}\n{body}\n</body>\n</html>\n"
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
