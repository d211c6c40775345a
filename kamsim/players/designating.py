"""A bot that names every customer key, and spreads a programme over all of them."""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.lanes import Flags
from kamsim.players.seat import Seat
from kamsim.players.sellers import ValueSeller

FEW: Final = 3
"""Customers to whom there are hours enough to be close."""
CHOSEN_IN: Final = 4
"""Quarter from which key customers are named: a year's first figures and talks are in."""


class OverDesignator(ValueSeller):
    """A value seller who names every customer key, and gives them all the same hours."""

    name = "over_designator"

    def play(self, seat: Seat) -> None:
        """Key status once it may be given, then as any value seller."""
        self._designate(seat)
        super().play(seat)

    def chosen(self, seat: Seat) -> Flags:
        """Whom it wants key (A, L)."""
        return np.ones((len(seat.seen.params.accounts), seat.seen.lanes), dtype=bool)

    def _designate(self, seat: Seat) -> None:
        if seat.quarter < CHOSEN_IN or "programme" not in seat.seen.params.own.parts:
            return
        if (seat.seen.own["key_since"] > 0).any():
            return
        wanted = self.chosen(seat)
        for row, account in enumerate(seat.seen.params.accounts):
            was = seat.seen.own["key"][row] > 0
            seat.do("end_key", where=was & ~wanted[row], account=account)
            seat.do("name_key", where=wanted[row] & ~was, account=account)

    def _coverage(self, seat: Seat) -> None:
        """Hours to key customers: the close rhythm where they are few, the normal one where everybody is."""
        key = seat.seen.own["key"].astype(np.float64)
        if not key.any():
            super()._coverage(seat)
            return
        few = key.sum(axis=0) <= FEW
        for rhythm, where in (("light", key == 0), ("normal", (key > 0) & ~few), ("close", (key > 0) & few)):
            for row, account in enumerate(seat.seen.params.accounts):
                seat.do("set_rhythm", where=where[row], account=account, rhythm=rhythm)
