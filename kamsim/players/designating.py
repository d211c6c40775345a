"""Bots that name key customers: a value seller with a programme, who differs in whom it names."""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.lanes import Flags, Lanes
from kamsim.players.seat import Seat
from kamsim.players.sellers import ValueSeller

NAMED: Final = 3
"""Customers that a bot names which chooses: as many as a programme serves well."""
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
        few = key.sum(axis=0) <= NAMED
        for rhythm, where in (("light", key == 0), ("normal", (key > 0) & ~few), ("close", (key > 0) & few)):
            for row, account in enumerate(seat.seen.params.accounts):
                seat.do("set_rhythm", where=where[row], account=account, rhythm=rhythm)


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
    """The `NAMED` accounts with the largest figure (A, L); of equals the earlier."""
    ranks = np.argsort(np.argsort(-figure, axis=0, kind="stable"), axis=0, kind="stable")
    chosen: Flags = ranks < NAMED
    return chosen
