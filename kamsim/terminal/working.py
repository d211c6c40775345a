"""The pages of business cases that lie open on the terminal's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kamsim.view.case.working import OWN, Working, carried_on, opening

if TYPE_CHECKING:
    from kamsim.terminal.context import Table

__all__ = ["OWN", "Working", "opened", "taken_up"]


def opened(table: Table, account: str, audience: str) -> Working:
    """The page as it was left this quarter, or as it opens: written already."""
    held = table.pages.get((account, audience))
    if held is not None and not held.recut:
        held.refresh(table.seen)
        return held
    made = table.pages[account, audience] = opening(table.seen, account, audience)
    return made


def taken_up(table: Table, account: str, audience: str, page: dict[str, Any], *, recut: bool = False) -> Working:
    """A page that was kept, or that lies with its audience, with its own figures."""
    made = table.pages[account, audience] = carried_on(table.seen, account, audience, page, recut=recut)
    return made
