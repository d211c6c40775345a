"""Bots about what is built jointly: one who builds with customers who think ahead, and one who takes orders."""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.joint import ENABLERS, LIVE, SHARES, known_enablers
from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.moves.together import START_HOURS
from kamsim.engine.params import EXECUTIVE
from kamsim.players.dynamics import Dynamic
from kamsim.players.seat import Seat
from kamsim.players.sellers import answer_all, build_on, put_right

ASKED: Final = SHARES[1]
"""Of the gain, what the builder asks for first; the least after a no."""
MAY_LACK: Final = 1
"""Of what a start needs, how much may be missing or unknown."""
IN_A_HURRY: Final = 4
"""Quarter from which twice as much may be missing: what is begun late pays late."""
WILLING, TRUST, INITIATIVE = (ENABLERS.index(name) for name in ("willing", "trust", "initiative"))


class JointBuilder(Dynamic):
    """As ``dynamic``; and finds out with whom something can be built, and builds it, one after the other."""

    name = "joint_builder"

    def _executives(self, seat: Seat) -> None:
        """With hours left: what can be built, before one more visit."""
        if seat.seen.params.own.joints:
            self._find_out(seat)
            self._build(seat)
        super()._executives(seat)

    def _order(self, seat: Seat) -> list[int]:
        """Rows of joints, those at the customers with the largest known wallet first."""
        seen, own = seat.seen, seat.seen.params.own
        spent = [float(np.nanmean(np.append(seen.known("wallet", int(row))[0], 0.0))) for row in own.joint_account]
        return sorted(range(len(spent)), key=lambda row: -spent[row])

    def _idle(self, seat: Seat) -> Flags:
        """Where nothing is being built (L,)."""
        phases = seat.seen.joint.phase
        idle: Flags = ~((phases > 0) & (phases < LIVE)).any(axis=0)
        return idle

    def _find_out(self, seat: Seat) -> None:
        """Whether a customer thinks ahead, from whoever receives us; how far they trust us, from the sponsor."""
        params = seat.seen.params
        for row in range(len(params.own.joints)):
            account = int(params.own.joint_account[row])
            free = self._idle(seat) & (seat.seen.joint.phase[row] == 0)
            for person in params.working_level(account):
                unknown = free & np.isnan(known_enablers(seat.seen, row)[WILLING])
                if unknown.any():
                    seat.do("meet", where=unknown, person=params.people[person], agenda="buying")

    def _build(self, seat: Seat) -> None:
        """The first that is ready: its sponsor's door, their mood, then the question."""
        params = seat.seen.params
        for row in range(len(params.own.joints)):
            met = known_enablers(seat.seen, row)
            wanted = self._idle(seat) & (met[WILLING] == 1.0) & (met[INITIATIVE] == 1.0)
            wanted &= (seat.seen.joint.phase[row] == 0) & (seat.seen.hours_left >= START_HOURS)
            if wanted.any():
                self._reach(seat, row, wanted)
                self._ask_for(seat, row, wanted)

    def _reach(self, seat: Seat, row: int, where: Flags) -> None:
        """The sponsor receives us, and says what could go wrong."""
        params = seat.seen.params
        sponsor = int(params.own.joint_sponsor[row])
        name = params.people[sponsor]
        shut = where & ~seat.seen.may_meet(sponsor) & ~seat.seen.out_of_reach(sponsor)
        if params.person_level[sponsor] == EXECUTIVE and shut.any():
            build_on(seat, int(params.own.joint_initiative[row]), shut)
            seat.do("seek_executive", where=shut, person=name, approach="insight")
        met = known_enablers(seat.seen, row)
        unsure = where & seat.seen.may_meet(sponsor) & (met[:-2] != 1.0).any(axis=0)
        if unsure.any():
            seat.do("meet", where=unsure, person=name, agenda="provocative")

    def _ask_for(self, seat: Seat, row: int, where: Flags) -> None:
        """Ask, where little enough is missing: less of the gain after a no."""
        met = known_enablers(seat.seen, row)
        lacking: Lanes = np.zeros(seat.seen.lanes)
        for there in met:
            lacking = lacking + (there != 1.0)
        may = MAY_LACK if seat.quarter < IN_A_HURRY else 2 * MAY_LACK
        ready = where & (met[TRUST] != 0.0) & (lacking <= may)
        again = seat.seen.joint.asked[row] > 0
        for share, here in ((ASKED, ready & ~again), (SHARES[0], ready & again)):
            if here.any():
                seat.do("start_joint", where=here, joint=seat.seen.params.own.joints[row], share=share)


class NothingJoint(JointBuilder):
    """The same seller, who builds nothing together."""

    name = "nothing_joint"

    def _build(self, seat: Seat) -> None:
        """Nothing."""

    def _find_out(self, seat: Seat) -> None:
        """Nothing."""


class Transactional:
    """Takes orders: standing contact as it was, requests and incidents by the book, nothing that nobody asked for."""

    name = "transactional"

    def play(self, seat: Seat) -> None:
        """What comes in."""
        answer_all(seat, "decline")
        put_right(seat, 20, "none")
