"""What the command line writes where: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import Any, Final, TextIO

import click

from kamsim.errors import KamsimError

PLAIN: Final = {
    "\u2212": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "€": "EUR ",
    "£": "GBP ",
}
"""What stands for a character that the terminal's encoding lacks."""


def forgiving(stream: Any) -> None:
    """Characters that a stream cannot hold never end a session."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")


def make_standard() -> None:
    """Give standard streams that are closed a place, so that no file that is opened later takes their number."""
    with suppress(OSError):
        for number in range(3):
            try:
                os.fstat(number)
            except OSError:
                os.open(os.devnull, os.O_RDWR)


def hang_up(stream: Any = None) -> None:
    """Nobody reads standard output any more, or it cannot be written: let the rest, and the flush at exit, go
    nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


def tell(message: str) -> None:
    """A line on standard error; where that cannot be written, nobody is told, and nothing else changes."""
    try:
        click.echo(fit(message, sys.stderr), err=True)
    except OSError:
        hang_up(sys.stderr)


def show(text: str, *, end: str = "\n") -> None:
    """A result, on standard output. Raises KamsimError where it cannot be written, and BrokenPipeError where nobody
    reads on."""
    if sys.stdout is None:
        raise KamsimError("standard output is closed, so the result cannot be shown")
    try:
        click.echo(fit(text, sys.stdout) + end, nl=False)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise unshown(error) from None


def unshown(error: Exception) -> KamsimError:
    """The sentence for a standard output that cannot be written; it is let go of."""
    hang_up()
    reason = getattr(error, "strerror", None) or "it is closed"
    return KamsimError(f"standard output cannot be written: {reason[0].lower()}{reason[1:]}")


def show_json(data: dict[str, Any]) -> None:
    """A result as one JSON object."""
    show(json.dumps(data, indent=2, ensure_ascii=True, allow_nan=False))


def read_line() -> str | None:
    """The next line of standard input; None at its end, and where it is closed or has gone."""
    try:
        return sys.stdin.readline() or None
    except (AttributeError, OSError, ValueError):
        return None


def fit(text: str, stream: TextIO | None) -> str:
    """Text as the stream's encoding can hold it: EUR for the sign, a hyphen for the minus."""
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        for sign, plain in PLAIN.items():
            text = text.replace(sign, plain)
    return text
