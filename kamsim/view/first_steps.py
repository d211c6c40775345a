"""What to try in the first quarters, on every face: only what can be done there by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.engine.moves import MOVES
from kamsim.view.words.help import FIRST_STEPS

if TYPE_CHECKING:
    from kamsim.view.table import Table

Steps = tuple[str, tuple[tuple[str, str], ...]]
"""A title, and what to try: by what it is known to be done, and in words."""


def first_steps(table: Table) -> Steps | None:
    """What to try this quarter; None where there is nothing, or all of it comes later."""
    found = FIRST_STEPS.get(table.quarter)
    if found is None:
        return None
    title, steps = found
    able = tuple((name, line) for name, line in steps if name not in MOVES or table.unlocked(name))
    return (title, able) if able else None
