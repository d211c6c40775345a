"""Every move with its hours and arguments as text, for whoever writes a policy."""

from __future__ import annotations

import textwrap
from typing import Final

from kamsim.engine.moves import MOVES, Field

COLUMNS: Final = (18, 8)
"""Letters that the names and the hours take."""
WIDE: Final = 106
UNBROKEN: Final = "\N{NO-BREAK SPACE}"
LONG: Final = 20
"""More arguments than these are told once: a move with the same ones refers to it."""


def listing() -> str:
    """A line for each move, in the order of `MOVES`: its name, its hours, its arguments."""
    name, hours = COLUMNS
    rows, told = [f"{'move':{name}}{'hours':{hours}}arguments"], dict[tuple[Field, ...], str]()
    for kind, move in MOVES.items():
        said = ", ".join(map(_argument, move.fields))
        if len(move.fields) > LONG and move.fields in told:
            said = f"as {told[move.fields]}"
        told[move.fields] = kind
        first = f"{kind:{name}}{move.takes:{hours}}"
        rows += textwrap.wrap(said, WIDE, initial_indent=first, subsequent_indent=" " * sum(COLUMNS))
    return "\n".join(rows).replace(UNBROKEN, " ")


def _argument(field: Field) -> str:
    text = field.name
    if field.kind == "choice":
        text += "=" + "|".join(f"{choice:g}" if isinstance(choice, float) else str(choice) for choice in field.choices)
    if field.kind == "number":
        text += f"={field.low:g}..{field.high:g} by {field.step:g}"
    return (f"[{text}]" if field.optional else text).replace(" ", UNBROKEN)
