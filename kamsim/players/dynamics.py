"""The best play that we know: a light routine everywhere, so that the hours go into knowing and into cases.

``dynamic`` keeps fresh facts from several people at each account, builds insights on them, helps against what holds an
initiative back, opens doors with them, and asks for all that a case can carry before it asks for less.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.lanes import Flags
from kamsim.players.case_sellers import Retailored
from kamsim.players.seat import Seat
from kamsim.players.sellers import build_on

CONTACTS: Final = 2
"""People below the executives who are asked how things stand, at each account."""
TALK: Final = 30.0
"""Hours that must be left before one more of them is asked."""
LEFT_OVER: Final = 80.0
"""Hours that must be left before an insight is built for nobody's request."""


class Dynamic(Retailored):
    """Everything that moves is used: facts, insights, forces, people, cases that are re-cut."""

    name = "dynamic"
    asks = (0.15, 0.10, 0.05, 0.0)
    at_once = 5
    programme = 30

    def play(self, seat: Seat) -> None:
        """As a seller by cases; people who go are followed up, and ideas fill the hours that are left."""
        self._hand_overs(seat)
        super().play(seat)
        self._owners(seat)
        self._ideas(seat)

    def _talks(self, seat: Seat) -> None:
        """Owners come after the working level, which knows first what has changed."""

    def _owners(self, seat: Seat) -> None:
        """Each picture to the owner of its initiative, as far as hours reach."""
        super()._talks(seat)

    def _coverage(self, seat: Seat) -> None:
        """The lightest rhythm: named meetings do more for the same hours."""
        if seat.quarter == 1:
            for account in seat.seen.params.accounts:
                seat.do("set_rhythm", account=account, rhythm="light")

    def _executives(self, seat: Seat) -> None:
        """How things stand, from one contact everywhere before a second one anywhere."""
        params = seat.seen.params
        for place in range(CONTACTS):
            for account in range(len(params.accounts)):
                contacts = params.working_level(account)
                if place < len(contacts):
                    self._ask_one(seat, contacts[place])

    def _ask_one(self, seat: Seat, person: int) -> None:
        spare = seat.seen.hours_left >= TALK
        if spare.any():
            seat.do("meet", where=spare, person=seat.seen.params.people[person], agenda="results")

    def _hand_overs(self, seat: Seat) -> None:
        """Whoever is known to be leaving introduces the successor."""
        seen = seat.seen
        for row, person in enumerate(seen.params.people):
            leaving, _ = seen.known("leaving", row)
            going = (leaving > 0.0) & (seen.handed[row] == 0) & seen.may_meet(row)
            if going.any():
                seat.do("hand_over", where=going, person=person)

    def _ideas(self, seat: Seat) -> None:
        """An insight for the owner of each initiative that we know well, while there are hours."""
        params = seat.seen.params
        for initiative in range(len(params.initiatives)):
            owner = int(params.initiative_owner[initiative])
            wanted: Flags = self.usable(seat, initiative) & seat.seen.may_meet(owner)
            wanted &= seat.seen.hours_left >= LEFT_OVER
            if np.any(wanted):
                build_on(seat, initiative, wanted)
                name = params.initiatives[initiative]
                seat.do("bring_insight", where=wanted, person=params.people[owner], initiative=name)
