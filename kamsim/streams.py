"""What the command line writes where: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Final, TextIO

import click

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


def hang_up() -> None:
    """Nobody reads standard output any more: let the rest, and the flush at exit, go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def tell(message: str) -> None:
    """A line on standard error."""
    click.echo(fit(message, sys.stderr), err=True)


def show(text: str) -> None:
    """A result, on standard output."""
    click.echo(fit(text, sys.stdout))


def show_json(data: dict[str, Any]) -> None:
    """A result as one JSON object."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=True, allow_nan=False))


def fit(text: str, stream: TextIO) -> str:
    """Text as the stream's encoding can hold it: EUR for the sign, a hyphen for the minus."""
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        for sign, plain in PLAIN.items():
            text = text.replace(sign, plain)
    return text
