"""Four ways to an executive's door (row 7 of economics E): cold, with basic acumen, with a live insight, and with an
insight and somebody who puts in a word.

All four keep the same contact with the people below; they differ in what they bring to the door. Each counts its own
attempts, by lane: those that its approach stands for, and how many of these led to a meeting.
"""

from __future__ import annotations

import numpy as np

from kamsim.engine.initiatives import FRESH_LIVE
from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.moves import Outcome, Result
from kamsim.engine.params import EXECUTIVE
from kamsim.players.seat import Seat


class Door:
    """Asks for every executive whose door is neither open nor shut."""

    approach = "cold"

    def __init__(self) -> None:
        self.tally: dict[str, Lanes] = {}

    def play(self, seat: Seat) -> None:
        """The lightest rhythm, so that there are hours for doors; then contact, then the doors."""
        if seat.quarter == 1:
            self.tally = {"tried": np.zeros(seat.seen.lanes), "opened": np.zeros(seat.seen.lanes)}
            for account in seat.seen.params.accounts:
                seat.do("set_rhythm", account=account, rhythm="light")
        self.prepare(seat)
        for person in np.flatnonzero(seat.seen.params.person_level == EXECUTIVE).tolist():
            ready = self.ready(seat, person) & ~seat.seen.may_meet(person) & ~seat.seen.out_of_reach(person)
            if ready.any():
                self.ask(seat, person, ready)

    def prepare(self, seat: Seat) -> None:
        """A talk with one contact at each account."""
        self.talk(seat, ("results",))

    def talk(self, seat: Seat, agendas: tuple[str, ...]) -> None:
        """The contact below the executives, on each of these."""
        for people in seat.seen.params.account_people:
            for person in [p for p in people if seat.seen.params.person_level[p] != EXECUTIVE][:1]:
                for agenda in agendas:
                    seat.do("meet", person=seat.seen.params.people[person], agenda=agenda)

    def ready(self, seat: Seat, person: int) -> Flags:  # noqa: ARG002  # others look who it is
        """Where this door is tried."""
        return np.ones(seat.seen.lanes, dtype=bool)

    def ask(self, seat: Seat, person: int, where: Flags) -> None:
        """One attempt, counted."""
        self.count(seat.do("seek_executive", where=where, person=self.name_of(seat, person), approach=self.approach))

    def name_of(self, seat: Seat, person: int) -> str:
        """Their name in moves."""
        return seat.seen.params.people[person]

    def count(self, asked: Outcome, where: Flags | None = None) -> None:
        """Doors that were really tried."""
        tried = asked.done & (asked.result != Result.NO_REFERRAL)
        if where is not None:
            tried &= where
        self.tally["tried"] += tried
        self.tally["opened"] += tried & (asked.result == Result.DOOR_OPENED)


class ColdDoor(Door):
    """Asks without a reason, and has not asked what anybody is judged on."""

    name = "door_cold"

    def prepare(self, seat: Seat) -> None:
        """The same contact, about how they buy."""
        self.talk(seat, ("buying",))

    def ask(self, seat: Seat, person: int, where: Flags) -> None:
        """Counted where it knows nothing of this executive's measure."""
        known = ~np.isnan(seat.seen.known("measure", person)[0])
        self.count(seat.do("seek_executive", where=where, person=self.name_of(seat, person), approach="cold"), ~known)


class AcumenDoor(Door):
    """Knows what the executive is judged on: counted from where it does."""

    name = "door_acumen"

    def ask(self, seat: Seat, person: int, where: Flags) -> None:
        """Cold until the measure is known; only then is it this approach."""
        known = ~np.isnan(seat.seen.known("measure", person)[0])
        self.count(seat.do("seek_executive", where=where, person=self.name_of(seat, person), approach="cold"), known)
        inside = where & seat.seen.may_meet(person)
        if inside.any():
            seat.do("meet", where=inside, person=self.name_of(seat, person), agenda="results")


class InsightDoor(Door):
    """Brings an insight on something of theirs that was seen alive this quarter."""

    name = "door_insight"
    approach = "insight"

    def prepare(self, seat: Seat) -> None:
        """The same contact, and the trade press."""
        self.talk(seat, ("results",))
        for account in seat.seen.params.accounts:
            seat.do("scan", account=account)

    def fresh(self, seat: Seat, initiative: int) -> Flags:
        """Where an initiative was seen alive this quarter."""
        state, age = seat.seen.known("state", initiative)
        alive: Flags = np.isin(state, FRESH_LIVE) & (age <= 0)
        return alive

    def ready(self, seat: Seat, person: int) -> Flags:
        """Where there is such a thing, and an insight on it is made of it."""
        params = seat.seen.params
        able = np.zeros(seat.seen.lanes, dtype=bool)
        closed = ~seat.seen.may_meet(person) & ~seat.seen.out_of_reach(person)
        for initiative in params.account_initiatives[params.person_account[person]]:
            fresh = self.fresh(seat, initiative) & closed & ~able
            if not fresh.any():
                continue
            name = params.initiatives[initiative]
            able |= seat.do("build_insight", where=fresh, initiative=name, form="options").done
        return able


class ReferredDoor(InsightDoor):
    """The same insight, and the word of somebody who means us well."""

    name = "door_both"
    approach = "both"

    def prepare(self, seat: Seat) -> None:
        """The contact is met on two things, so that there is somebody to ask."""
        self.talk(seat, ("results", "provocative"))
        for account in seat.seen.params.accounts:
            seat.do("scan", account=account)

    def ask(self, seat: Seat, person: int, where: Flags) -> None:
        """Through the first contact who is known to stand well with us."""
        params = seat.seen.params
        for other in params.account_people[params.person_account[person]]:
            if params.person_level[other] == EXECUTIVE:
                continue
            stance, tie = seat.seen.known("stance", other)[0], seat.seen.known("tie", other)[0]
            through = where & (stance > 0.3) & (tie > 0.5)
            if through.any():
                asked = seat.do(
                    "seek_executive",
                    where=through,
                    person=self.name_of(seat, person),
                    approach=self.approach,
                    through=self.name_of(seat, other),
                )
                self.count(asked)
                where = where & ~through
