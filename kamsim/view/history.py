"""What was done at an account, quarter by quarter: the moves that stand, and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.game.events.contact import MoveMade
from kamsim.view.menu.catalogue import history_line
from kamsim.view.open_cases import by_quarter
from kamsim.view.words import letters
from kamsim.view.words.names import account_of
from kamsim.view.words.news import headline

if TYPE_CHECKING:
    from kamsim.game.events.declared import Event
    from kamsim.view.table import Table
    from kamsim.view.words.names import Cast

TOLD: Final = (
    "answered", "lapsed", "neglected", "tendered", "struck", "awarded", "line_opened", *letters.EVENTS_OF_HISTORY,
)  # fmt: skip
"""Kinds of event that stand in a history beside the moves."""


def done_at(table: Table, account: str) -> list[tuple[int, list[str]]]:
    """By quarter, the latest first: a line for each move and each thing that happened there."""
    found: dict[int, list[str]] = {}
    for quarter, event in by_quarter(table.session.events):
        if _about(table.cast, event) == account:
            line = _line(table.cast, event)
            found.setdefault(quarter, []).extend([line] if line else [])
    return [(quarter, found[quarter]) for quarter in sorted(found, reverse=True)]


def _line(cast: Cast, event: Event) -> str:
    return history_line(cast, event) if isinstance(event, MoveMade) else headline(cast, event)


def _about(cast: Cast, event: Event) -> str:
    """The account that a move or an event of a history is about; '' for any other event."""
    if isinstance(event, MoveMade):
        return account_of(cast, event.args)
    if event.kind not in TOLD:
        return ""
    data = event.plain()
    named = next((data[name] for name in ("opportunity", "request", "tender", "moment", "talk") if name in data), "")
    return cast.home.get(str(named), "") if named else str(data.get("account", ""))
