"""A session on one desktop: the table as any face sees it, and what only a window has, its cursors and soft clocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kamsim.view import alarms
from kamsim.view.desk import due_now, how_many
from kamsim.view.open_cases import left_alone
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
        self.unfolded: set[str] = set()
        """Headlines of the desk that were opened, by quarter and name."""
        self._digits: dict[str, str] = {}
        self._digits_of = 0
        self._badges: tuple[int, dict[str, int]] = (-1, {})

    @property
    def badges(self) -> dict[str, int]:
        """By place of the rail how much waits there; counted anew once something has changed."""
        if self._badges[0] != self.version:
            counts = {
                "desk": how_many(self), "promises": len(due_now(self)), "pipeline": len(left_alone(self.seen)),
                "own": alarms.how_many(self),
            }  # fmt: skip
            self._badges = self.version, counts
        return self._badges[1]

    def unfold(self, name: str) -> None:
        """Open a headline of this quarter, or close it."""
        self.unfolded ^= {f"{self.quarter}.{name}"}
        self.changed()

    def open_now(self, name: str) -> bool:
        """Whether a headline of this quarter is open."""
        return f"{self.quarter}.{name}" in self.unfolded

    def digits(self, names: Sequence[str]) -> dict[str, str]:
        """By name of what waits on the desk: the digit that leads there, '' beyond nine. Each keeps its own for the
        quarter, whatever of the rest is answered."""
        if self._digits_of != self.quarter:
            self._digits, self._digits_of = {}, self.quarter
        for name in names:
            number = len(self._digits) + 1
            self._digits.setdefault(name, str(number) if number <= 9 else "")
        return self._digits
