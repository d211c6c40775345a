"""Seats for policies that leave something out of the seat behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.moves import Outcome
from kamsim.engine.sight import Seen
from kamsim.players.seat import Domain, Seat


class SeatBehind(Seat):
    """A seat that shows what the seat behind it shows, and makes its moves there."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat

    @property
    def seen(self) -> Seen:
        """As the seat behind it."""
        return self._seat.seen

    @property
    def quarter(self) -> int:
        """As the seat behind it."""
        return self._seat.quarter

    def chance(self, *labels: str) -> Lanes:
        """As the seat behind it."""
        return self._seat.chance(*labels)

    def legal(self, kind: str) -> Domain:
        """As the seat behind it."""
        return self._seat.legal(kind)

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """As the seat behind it."""
        return self._seat.do(kind, where=where, **args)


class LaneSeat(SeatBehind):
    """A seat whose moves are made in some lanes only."""

    def __init__(self, seat: Seat, lanes: Flags) -> None:
        super().__init__(seat)
        self._lanes = lanes

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """The move, in these lanes."""
        return super().do(kind, where=self._lanes if where is None else where & self._lanes, **args)


class SelectiveSeat(SeatBehind):
    """A seat from which some people of the customers are never spoken to."""

    def __init__(self, seat: Seat, spoken_to: Callable[[str], bool]) -> None:
        super().__init__(seat)
        people = seat.seen.params.people
        self._spoken_to = [row for row, person in enumerate(people) if spoken_to(person)]

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """The move, in no lane where it is about somebody who is not spoken to."""
        if "person" in args:
            said, people = np.asarray(args["person"]), np.array(self.seen.params.people)
            known = self._spoken_to if said.dtype.kind in "iu" else people[self._spoken_to]
            where = np.broadcast_to(np.isin(said, known), (self.seen.lanes,)) & (True if where is None else where)
        return super().do(kind, where=where, **args)
