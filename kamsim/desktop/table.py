"""A session on one desktop: the table as any face sees it, and what only a window has, its cursors and soft clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.view.table import Table

if TYPE_CHECKING:
    from kamsim.desktop.kit.grid import Cursor
    from kamsim.game.session import Session
    from kamsim.gym.bout import Bout
    from kamsim.view.softclock import SoftClock


class WindowTable(Table):
    """One session on one desktop."""

    def __init__(self, session: Session | Bout) -> None:
        super().__init__(session)
        self.cursors: dict[str, Cursor] = {}
        """Where the cursors of grids stand."""
        self.clocks: dict[str, SoftClock] = {}
        """Soft clocks of moments that were looked at."""
