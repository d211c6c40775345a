"""Bots about what is built jointly: one who builds with customers who think ahead, and one who takes orders."""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.joint import ENABLERS, LIVE, SHARES, known_enablers
from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.page import CONDITIONAL
from kamsim.players.case_sellers import Retailored
from kamsim.players.seat import Seat
from kamsim.players.sellers import ValueSeller, answer_all, put_right

FIRST_ASKED: Final = SHARES[2]
"""Of the gain, what the builder asks for first; the step below after a no."""
PATIENCE: Final = 4
"""Quarter from which it begins with more missing: what is begun late pays late."""
TOO_LATE: Final = 11
"""Quarter from which it begins nothing more that would run long before it pays."""
WILLING, TRUST, INITIATIVE, SPONSOR, _, RESOURCES = range(len(ENABLERS))


class NothingJoint(Retailored):
    """As ``value_seller``, who builds nothing together with anybody."""

    name = "nothing_joint"

    def play(self, seat: Seat) -> None:
        """As a value seller."""
        ValueSeller.play(self, seat)


class JointBuilder(NothingJoint):
    """As ``value_seller``; and finds out with whom something can be built, and builds it, one after the other."""

    name = "joint_builder"

    def _talks(self, seat: Seat) -> None:
        """What is to be built before other talks, since it takes longest."""
        if seat.seen.params.own.joints and seat.quarter < TOO_LATE:
            self._find_out(seat)
            for row in range(len(seat.seen.params.own.joints)):
                self._build(seat, row)
        super()._talks(seat)

    def _open(self, seat: Seat, row: int) -> Flags:
        """Where nothing is being built, and this is neither running nor over (L,)."""
        phases = seat.seen.joint.phase
        idle: Flags = ~((phases > 0) & (phases < LIVE)).any(axis=0) & (phases[row] == 0)
        return idle

    def _find_out(self, seat: Seat) -> None:
        """Whether a customer thinks ahead and works with suppliers, from whoever receives us."""
        params = seat.seen.params
        for row, account in enumerate(params.own.joint_account.tolist()):
            for person in params.account_people[account]:
                unknown = self._open(seat, row) & np.isnan(known_enablers(seat.seen, row)[WILLING])
                unknown &= seat.seen.may_meet(person)
                if unknown.any():
                    seat.do("meet", where=unknown, person=params.people[person], agenda="buying")

    def _build(self, seat: Seat, row: int) -> None:
        """Win the sponsor, get our own people signed for, and ask."""
        own = seat.seen.params.own
        met = known_enablers(seat.seen, row)
        wanted = self._open(seat, row) & (met[WILLING] == 1.0) & (met[INITIATIVE] == 1.0)
        if not wanted.any():
            return
        initiative = int(own.joint_initiative[row])
        self._talk(seat, initiative)
        if seat.quarter > 1:
            self._staff(seat, row, wanted & (met[RESOURCES] == 0.0))
        self._ask_for(seat, row, wanted)

    def _staff(self, seat: Seat, row: int, where: Flags) -> None:
        """A specialist of our own for it, from our desk."""
        own, params = seat.seen.params.own, seat.seen.params
        account, initiative = int(own.joint_account[row]), int(own.joint_initiative[row])
        desk = len(params.accounts) + account
        offered = where & (seat.seen.case_stage[desk] == CONDITIONAL)
        if offered.any():
            seat.do("accept_condition", where=offered, account=params.accounts[account], audience="desk")
        free = where & (seat.seen.case_stage[desk] == 0) & (seat.seen.case_presented[desk] < seat.quarter - 1)
        free &= self.usable(seat, initiative)
        if free.any():
            self._internal(seat, account, {initiative: free})

    def _ask_for(self, seat: Seat, row: int, where: Flags) -> None:
        """Ask, where little enough is missing: less of the gain after a no."""
        met, at = known_enablers(seat.seen, row), seat.seen.joint
        lacking: Lanes = np.zeros(seat.seen.lanes)
        for there in met:
            lacking = lacking + (there != 1.0)
        ready = where & (met[TRUST] == 1.0) & (lacking <= (1 if seat.quarter < PATIENCE else 2))
        asked = at.asked[row] > 0
        for share, here in ((FIRST_ASKED, ready & ~asked), (SHARES[1], ready & asked)):
            if here.any():
                seat.do("start_joint", where=here, joint=seat.seen.params.own.joints[row], share=share)


class Transactional:
    """Takes orders: standing contact as it was, requests and incidents by the book, nothing that nobody asked for."""

    name = "transactional"

    def play(self, seat: Seat) -> None:
        """What comes in."""
        answer_all(seat, "decline")
        put_right(seat, 20, "none")
