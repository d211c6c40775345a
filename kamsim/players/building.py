"""Bots about what is built jointly: one who builds with customers who think ahead, and one who takes orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from kamsim.engine.initiatives import DELAYED
from kamsim.engine.joint import (
    BUILD,
    DESIGN,
    ENABLERS,
    FAILED,
    LIVE,
    SHARES,
    WORKS,
    WORKS_TOGETHER,
    known_enablers,
)
from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.params import EXECUTIVE
from kamsim.engine.parts_joint import OPEN
from kamsim.players.seat import Seat
from kamsim.players.sellers import Steady, answer_all, build_on, put_right

FIRST_ASKED, ASKED_AGAIN = SHARES[2], SHARES[1]
"""Of the gain, what the builder asks for first, and after a no."""
TOO_LATE: Final = 12
"""Quarter from which it begins nothing more that would run long before it pays."""
BRINGS, TAKES = 0.27, 0.07
"""What it expects one that works to bring us in all, and any to take, as shares of what a customer spends a quarter."""
AGAIN: Final = 1
"""Quarters after which it asks once more how far they trust us."""
UNKNOWN_COLLABORATION: Final = 0.5
WILLING, TRUST, INITIATIVE, SPONSOR, INSIDE, RESOURCES = range(len(ENABLERS))
FUNCTIONS: Final = ("sales", "finance", "operations", "product")
"""Of our own company, as `params.DESK_SEATS`."""


class NothingJoint(Steady):
    """As ``steady``, who builds nothing together with anybody."""

    name = "nothing_joint"


class JointBuilder(NothingJoint):
    """The same keeper of customers, who spends the hours that are left on what can be built: finds out with whom, and
    builds it, one after the other."""

    name = "joint_builder"

    def play(self, seat: Seat) -> None:
        """What comes in, then what is to be built."""
        super().play(seat)
        self.build(seat, range(len(seat.seen.params.own.joints)))

    def build(self, seat: Seat, rows: Sequence[int]) -> None:
        """A quarter's work on some joint initiatives, by their rows: finding out, asking, mending."""
        if not rows or seat.quarter >= TOO_LATE:
            return
        self._find_out(seat, rows)
        best = self._best(seat, rows)
        for row in rows:
            if seat.quarter > 1:
                self._begin(seat, row, best == row)
            self._mend(seat, row)
            self._plan(seat, row)

    def _find_out(self, seat: Seat, rows: Sequence[int]) -> None:
        """Whether a customer thinks ahead and works with suppliers, trusts us, and what it would serve goes on, from
        whoever receives us."""
        params, own = seat.seen.params, seat.seen.params.own
        for row in rows:
            account = int(own.joint_account[row])
            for person in params.account_people[account]:
                for need, agenda in ((WILLING, "buying"), (TRUST, "provocative"), (INITIATIVE, "results")):
                    met = known_enablers(seat.seen, row)
                    age = seat.seen.known("trust", account)[1]
                    unsure = np.isnan(met[need]) | ((need == TRUST) & (met[TRUST] == 0.0) & (age >= AGAIN))
                    unknown = self._idle(seat, row) & unsure & (met[WILLING] != 0.0) & seat.seen.may_meet(person)
                    if unknown.any():
                        seat.do("meet", where=unknown, person=params.people[person], agenda=agenda)

    def _idle(self, seat: Seat, row: int) -> Flags:
        """Where nothing is being built, and this neither runs nor is over but for a try that failed (L,)."""
        phases = seat.seen.joint.phase
        free = (phases[row] == 0) | (seat.seen.joint.why[row] == FAILED)
        idle: Flags = ~((phases > 0) & (phases < LIVE)).any(axis=0) & free
        return idle

    def _best(self, seat: Seat, rows: Sequence[int]) -> Lanes:
        """The row of what promises most, of those that could be begun; -1 for none (L,)."""
        promise = np.array([self._promise(seat, row) for row in rows])
        ready = np.array([self._ready(seat, row) for row in rows])
        best: Lanes = np.where(ready.any(axis=0), np.array(rows)[np.where(ready, promise, -1.0).argmax(axis=0)], -1)
        return best

    def _ready(self, seat: Seat, row: int) -> Flags:
        """Where they could say yes (L,): whoever has not heard how they buy asks all the same."""
        met = known_enablers(seat.seen, row)
        state, _ = seat.seen.known("state", int(seat.seen.params.own.joint_initiative[row]))
        ready: Flags = (met[WILLING] != 0.0) & (met[TRUST] == 1.0) & (state > 0) & (state <= DELAYED)
        return ready & self._idle(seat, row)

    def _promise(self, seat: Seat, row: int) -> Lanes:
        """What building it should be worth to us, cents (L,)."""
        seen = seat.seen
        account = int(seen.params.own.joint_account[row])
        wallet = seen.known("wallet", account)[0]
        wallet = np.where(np.isnan(wallet), seen.sales[account] / seen.params.priors.share, wallet)
        together = np.nan_to_num(seen.known("collaboration", account)[0], nan=UNKNOWN_COLLABORATION)
        worth: Lanes = wallet * ((WORKS + WORKS_TOGETHER * together) * BRINGS - TAKES)
        return worth

    def _begin(self, seat: Seat, row: int, where: Flags) -> None:
        """The sponsor's door, and then the question: less of the gain after a no."""
        params, own = seat.seen.params, seat.seen.params.own
        sponsor = int(own.joint_sponsor[row])
        shut = where & ~seat.seen.may_meet(sponsor) & ~seat.seen.out_of_reach(sponsor)
        if params.person_level[sponsor] == EXECUTIVE and shut.any():
            self._refresh(seat, row, shut)
            build_on(seat, int(own.joint_initiative[row]), shut)
            seat.do("seek_executive", where=shut, person=params.people[sponsor], approach="insight")
        asked = seat.seen.joint.asked[row] > 0
        for share, here in ((FIRST_ASKED, where & ~asked), (ASKED_AGAIN, where & asked)):
            if here.any():
                seat.do("start_joint", where=here, joint=own.joints[row], share=share)

    def _refresh(self, seat: Seat, row: int, where: Flags) -> None:
        """How their initiative stands today, from whoever receives us: an insight on what was would shut the door."""
        params, own = seat.seen.params, seat.seen.params.own
        for person in params.working_level(int(own.joint_account[row])):
            stale = where & (seat.seen.known("state", int(own.joint_initiative[row]))[1] > 0)
            if stale.any():
                seat.do("meet", where=stale, person=params.people[person], agenda="results")

    def _mend(self, seat: Seat, row: int) -> None:
        """What a design still lacks: their sponsor, somebody of ours who wants it, and people of ours for it."""
        params, own = seat.seen.params, seat.seen.params.own
        met, designed = known_enablers(seat.seen, row), seat.seen.joint.phase[row] == DESIGN
        last = designed & (seat.seen.joint.until[row] == seat.quarter)
        cool = designed & (met[SPONSOR] != 1.0)
        if cool.any():
            seat.do("meet", where=cool, person=params.people[own.joint_sponsor[row]], agenda="provocative")
        if own.has("support") and (last & (met[INSIDE] == 0.0)).any():
            seat_of = own.seats.index(int(own.joint_inside[row]))
            seat.do("network", where=last & (met[INSIDE] == 0.0), function=FUNCTIONS[seat_of])
        for specialist in own.specialists:
            missing = last & (known_enablers(seat.seen, row)[RESOURCES] == 0.0)
            if missing.any():
                account = params.accounts[own.joint_account[row]]
                seat.do("borrow", where=missing, account=account, specialist=specialist)

    def _plan(self, seat: Seat, row: int) -> None:
        """While it is designed or built: a plan with their sponsor, written on together, and kept."""
        params, own = seat.seen.params, seat.seen.params.own
        if not own.has("plans"):
            return
        account, sponsor, at = int(own.joint_account[row]), int(own.joint_sponsor[row]), seat.seen.joint
        building = (at.phase[row] == DESIGN) | (at.phase[row] == BUILD)
        wanted = building & (seat.seen.plans.status[account] != OPEN)
        wanted &= (seat.seen.plans.written[account] < at.since[row]) & seat.seen.may_meet(sponsor)
        if wanted.any():
            parts = {"person": params.people[sponsor], "initiative": params.initiatives[own.joint_initiative[row]]}
            name = params.accounts[account]
            made = seat.do("write_plan", where=wanted, account=name, **parts, aim="win", step="meeting", due=2)
            seat.do("share_plan", where=made.done, account=name)
        held = seat.seen.plans.status[account] == OPEN
        if held.any():
            seat.do("meet", where=held, person=params.people[sponsor], agenda="results")


class Transactional:
    """Takes orders: standing contact as it was, requests and incidents by the book, nothing that nobody asked for."""

    name = "transactional"

    def play(self, seat: Seat) -> None:
        """What comes in."""
        answer_all(seat, "decline")
        put_right(seat, 20, "none")
