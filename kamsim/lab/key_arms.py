"""A value seller with a programme, twice: who differ in which three customers they name key (rows 13 and 14)."""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.lanes import Flags, Lanes
from kamsim.players.designating import CHOSEN_IN, FEW, OverDesignator
from kamsim.players.seat import Seat


class KeyBySales(OverDesignator):
    """The same with key status for the three largest by sales."""

    name = "key_by_sales"

    def chosen(self, seat: Seat) -> Flags:
        """By last quarter's sales."""
        return largest(seat.seen.sales)


class KeyByPromise(OverDesignator):
    """The same with key status for the three with the most room, and the will to work together for years."""

    name = "key_by_promise"

    def play(self, seat: Seat) -> None:
        """Before anybody is named, it asks everywhere how they buy, and whether they think in years."""
        if seat.quarter < CHOSEN_IN:
            self._ask_around(seat)
        super().play(seat)

    def _ask_around(self, seat: Seat) -> None:
        seen = seat.seen
        for row in range(len(seen.params.accounts)):
            unknown = np.isnan(seen.known("orientation", row)[0]) | np.isnan(seen.known("collaboration", row)[0])
            for person in seen.params.working_level(row)[:1]:
                seat.do("meet", where=unknown, person=seen.params.people[person], agenda="buying")

    def chosen(self, seat: Seat) -> Flags:
        """Room for margin, times collaboration and orientation, as far as they are known."""
        seen = seat.seen
        promise = np.zeros((len(seen.params.accounts), seen.lanes))
        for row in range(len(seen.params.accounts)):
            wallet, collaboration, orientation = (
                seen.known(kind, row)[0] for kind in ("wallet", "collaboration", "orientation")
            )
            room = np.where(np.isnan(wallet), seen.sales[row], wallet - seen.sales[row])
            margin = seen.margin[row] / np.maximum(seen.sales[row], 1.0)
            promise[row] = room * margin * np.nan_to_num(collaboration, nan=0.4) * np.nan_to_num(orientation, nan=0.4)
        return largest(promise)


def largest(figure: Lanes) -> Flags:
    """The `FEW` accounts with the largest figure (A, L); of equals the earlier."""
    ranks = np.argsort(np.argsort(-figure, axis=0, kind="stable"), axis=0, kind="stable")
    chosen: Flags = ranks < FEW
    return chosen


ARMS: Final = (KeyBySales, KeyByPromise)
"""Arms that claims name."""
