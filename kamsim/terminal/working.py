"""The pages of business cases that lie open on the terminal's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kamsim.view.case.working import OWN, Working, carried_on, opening

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable

__all__ = ["OWN", "Working", "opened", "taken_up"]


def opened(table: TextTable, account: str, audience: str) -> Working:
    """The page as it was left this quarter, or as it opens: written already."""
    held = table.pages.get((account, audience, False))
    if held is not None:
        held.refresh(table.seen)
        return held
    made = table.pages[account, audience, False] = opening(table.seen, account, audience)
    return made


def taken_up(table: TextTable, account: str, audience: str, page: dict[str, Any], *, recut: bool = False) -> Working:
    """A page that was kept, or that lies with its audience, with its own figures."""
    made = table.pages[account, audience, recut] = carried_on(table.seen, account, audience, page, recut=recut)
    return made
