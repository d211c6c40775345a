"""One bot with a team that is led in different ways: ``dynamic`` in rows 26 and 29, and in row 27, whose effect is
smaller than what luck does to cases, ``farmer``."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Flags, Rows
from kamsim.engine.moves import Outcome
from kamsim.engine.organisation import CASES, RELATIONS
from kamsim.engine.page import PENDING
from kamsim.engine.params import Params
from kamsim.engine.parts_team import PLAYER
from kamsim.engine.team import PAR, seen_load
from kamsim.players.dynamics import Dynamic
from kamsim.players.narrow import Farmer
from kamsim.players.seat import Seat
from kamsim.players.selective import SeatBehind

OWED: Final = ("handle_incident", "answer_request", "accept_condition", "measure_promise", "set_rhythm")
"""Moves that are made however busy somebody is."""
FULL: Final = 1.0
"""Load that rest and reviews make up for."""
BETTER: Final = 0.1
"""By how much somebody must be better with people for a customer to change hands."""
STEP: Final = 10.0
"""Hours of the least that anything takes."""


class Overloads(Dynamic):
    """Every customer lies with a colleague, and everybody has a quota of their own."""

    name = "overloads"

    def play(self, seat: Seat) -> None:
        """The player's own customers go to whoever has the most hours for each that they have."""
        params = seat.seen.params
        if seat.quarter == 1:
            seat.do("set_target", target="personal")
            for row, account in enumerate(params.accounts):
                mine = seat.seen.team["lead"][row] == PLAYER
                if mine.any():
                    seat.do("assign", where=mine, account=account, colleague=_freest(seat))
        super().play(seat)


def _freest(seat: Seat) -> Rows:
    """Row of the colleague with the most hours for each customer, one more counted (L,)."""
    seen = seat.seen
    own = seen.params.own.colleague_hours
    led = np.array([(seen.team["lead"] == row).sum(axis=0) for row in range(len(own))])
    rows: Rows = np.argmax(own / (led + 1.0), axis=0)
    return rows


class ProtectsTeam(Dynamic):
    """Nobody carries more than they can: the team is reviewed, and what is too much is left undone."""

    name = "protects_team"

    def play(self, seat: Seat) -> None:
        """As ``dynamic``, on a seat that minds the load."""
        seat.do("review_team")
        super().play(ProtectiveSeat(seat))


class ProtectiveSeat(SeatBehind):
    """A seat whose player makes no move that would load a colleague beyond what does not wear them out, but for what is
    owed to a customer."""

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """The move, where whoever looks after that customer has the hours for it."""
        row = _account(self.seen.params, args)
        if kind not in OWED and row is not None:
            free = self._free(row)
            where = free if where is None else where & free
        return super().do(kind, where=where, **args)

    def _free(self, account: int) -> Flags:
        """Where the lead of an account has ten more hours for it (L,); the player has while nobody carries too much."""
        seen = self.seen
        lead, loads = seen.team["lead"][account], seen_load(seen)
        free = np.ones(seen.lanes, dtype=bool)
        for row, own in enumerate(seen.params.own.colleague_hours[:, 0].tolist()):
            more = np.where(lead == row, STEP / (own * seen.team["ramp"][row]), 0.0)
            free &= ((lead != row) & (lead != PLAYER)) | (loads[row] + more <= FULL)
        return free


def _account(params: Params, args: dict[str, Any]) -> int | None:
    """The row of the customer that a move is about; None where it is about none."""
    if "account" in args:
        return params.accounts.index(args["account"])
    if "person" in args:
        return int(params.person_account[params.people.index(args["person"])])
    if "initiative" in args:
        return int(params.initiative_account[params.initiatives.index(args["initiative"])])
    return None


class Coaches(Farmer):
    """Looks after what there is, with three hours of coaching a month for everybody."""

    name = "coaches"

    def play(self, seat: Seat) -> None:
        """Coaching first; the visits at the end of the list go without."""
        for colleague in seat.seen.params.own.colleagues:
            seat.do("coach", colleague=colleague)
        super().play(seat)


class NeverCoaches(Farmer):
    """The same team, and nobody coaches anybody."""

    name = "never_coaches"


class Generalists(Dynamic):
    """Everybody does everything for their own customers."""

    name = "generalists"


class SumOfParts(Dynamic):
    """Whoever is best at it does it: customers go to whom they get on with, and specialists are borrowed for pages and
    for what is under way."""

    name = "sum_of_parts"

    def play(self, seat: Seat) -> None:
        """A review every half-year tells who is good at what; then as ``dynamic``."""
        if seat.quarter % 2 == 1:
            seat.do("review_team")
            _by_people(seat)
        super().play(seat)

    def _cases(self, seat: Seat) -> None:
        """Once a page lies there, somebody who is good at pages works on it."""
        super()._cases(seat)
        seen = seat.seen
        for account in range(len(seen.params.accounts)):
            lies = (seen.case_stage[account] == PENDING) & (seen.case_presented[account] == seat.quarter)
            _borrow(seat, CASES, account, lies)
        for initiative, account in enumerate(seen.params.initiative_account.tolist()):
            _borrow(seat, RELATIONS, account, self.usable(seat, initiative))


def _by_people(seat: Seat) -> None:
    """Customers of whoever is well below par with people go to the player."""
    params = seat.seen.params
    for row, account in enumerate(params.accounts):
        skill = seat.seen.team["seen_skill"][RELATIONS]
        lead = seat.seen.team["lead"][row]
        weak = np.zeros(seat.seen.lanes, dtype=bool)
        for place in range(len(params.own.colleagues)):
            weak |= (lead == place) & (skill[place] < PAR - BETTER)
        if weak.any():
            seat.do("assign", where=weak, account=account)


def _borrow(seat: Seat, kind: int, account: int, where: Flags) -> None:
    """A specialist for this kind of work, where one can be had."""
    own = seat.seen.params.own
    for row in np.flatnonzero(own.specialist_skill == kind).tolist():
        if where.any():
            name = own.specialists[row]
            made = seat.do("borrow", where=where, account=seat.seen.params.accounts[account], specialist=name)
            where = where & ~made.done


ARMS: Final = (Overloads, ProtectsTeam, Coaches, NeverCoaches, Generalists, SumOfParts)
