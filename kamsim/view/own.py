"""Our own side: which of its pages there are, and what can be done on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.moves import MOVES
from kamsim.view.menu.lines import Way, ways

if TYPE_CHECKING:
    from kamsim.view.table import Table

TABS: Final = (
    ("team", "Team", ("team", "pool")),
    ("programme", "Programme", ("programme", "support")),
    ("joint", "Built together", ("joint",)),
    ("plans", "Account plans", ("plans",)),
)
"""By name: a page of our own side, its title, and the parts of the organisation of which any makes it."""
TITLE: Final = "Our side"
SUBTITLE: Final = "Who does it, who is looked after, which customer is key, what we build together"


def tabs(table: Table) -> list[tuple[str, str]]:
    """The pages of our own side that this scenario has, by name; none where it has no part of an organisation."""
    has = table.seen.params.own.has
    return [(name, title) for name, title, parts in TABS if any(has(part) for part in parts)]


def has(table: Table, part: str) -> bool:
    """Whether the scenario has a part of the organisation."""
    return table.seen.params.own.has(part)


def doable(table: Table, kind: str, **known: Any) -> list[Way]:
    """Every way to make a kind of move with what is ``known``, allowed or not, called by what is left to choose; none
    where the scenario has no such part."""
    if not has(table, MOVES[kind].part):
        return []
    return ways(table.cast, table.seen, kind, table.every(kind, **known), ("account", *known) if known else ())
