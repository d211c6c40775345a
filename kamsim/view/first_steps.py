"""What to try in the first quarters, on every face: only what can be done there by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.engine.moves import MOVES
from kamsim.view.words.help import FIRST_STEPS, NEW, OWN_STEPS
from kamsim.view.words.names import unlock

if TYPE_CHECKING:
    from kamsim.view.table import Table

Steps = tuple[str, tuple[tuple[str, str], ...]]
"""A title, and what to try: by what it is known to be done, and in words."""


def first_steps(table: Table) -> Steps | None:
    """What to try this quarter; None where there is nothing, or all of it comes later."""
    title, steps = FIRST_STEPS.get(table.quarter, (NEW, ()))
    able = tuple((name, line) for name, line in steps if name not in MOVES or table.unlocked(name))
    ours = [(name, line) for name, line in OWN_STEPS if _opens(table, name) == table.quarter]
    able += tuple(ours[:1])
    return (title, able) if able else None


def _opens(table: Table, kind: str) -> int:
    """The quarter in which a move of our own side is suggested: when it opens, after the first steps; 0 for never."""
    return max(len(FIRST_STEPS) + 1, unlock(table.cast, kind)[0]) if table.has(MOVES[kind].part) else 0
