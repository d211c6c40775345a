"""Bots that sell by business cases: what a value-seller adds when it writes, re-cuts and keeps its promises.

``retailored`` writes from fresh facts and re-cuts a page when the customer's initiative moves; ``canned`` writes each
page once and presents it again and again; ``static`` knows what it learned in its first quarter and nothing since.
"""

from __future__ import annotations

from itertools import product
from typing import Any, Final

import numpy as np

from kamsim.engine.appraisal import appraise
from kamsim.engine.belief import believed_standing
from kamsim.engine.effects import ABOUT
from kamsim.engine.initiatives import DELAYED, FRESH_LIVE, UNDERMINED
from kamsim.engine.judgement import forecast_claims
from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.levers import LEVERS
from kamsim.engine.page import AT, CONDITIONAL, DUE_NOW, HIGHEST_CLAIM, OPEN, PENDING, THOUSAND, coded
from kamsim.engine.params import KINDS, MEASURES, STATES
from kamsim.players.bargaining import STEP_BY_STEP, bargain
from kamsim.players.pursuing import bid, pursued, renew
from kamsim.players.seat import Seat
from kamsim.players.sellers import ValueSeller, put_right

PROGRAMME: Final = 20
PROOF_ORDER: Final = ("result", "reference", "their_figures")
POOLED_SERVES: Final = tuple(measure for measure, worth in LEVERS["pooled"].worth.items() if worth > 0.0)
ENDED: Final = STATES.index("completed")
"""State codes from here on are of initiatives that are over."""
ASKS: Final = (0.05, 0.0)
"""Commitments of wallet that are asked for, the most first, where they leave the customer something."""
LEAVES: Final = 0.0
"""Of a year's purchases: what a case must leave the customer, as far as we know."""
WORTH_ASKING: Final = 6.0
"""A specialist is asked for where the case earns this many times what it costs, our own optimism considered."""
MOST_ASKED: Final = 3
"""People who are asked how an initiative stands before a decision."""
SPARE: Final = 50.0
"""Hours that must be left before another case is written."""
AT_ONCE: Final = 3
"""Programmes that a team of this size can carry."""
STATIC_UNTIL: Final = 1
"""Last quarter in which the static bot takes in anything about initiatives: that of taking over."""


class Retailored(ValueSeller):
    """Sells by cases made of fresh facts, and re-cuts them when the facts change."""

    name = "retailored"
    fresh_for = 1
    """Quarters for which a fact about an initiative may go into a page."""
    recuts = True
    asks: tuple[float, ...] = ASKS
    at_once = AT_ONCE
    programme = PROGRAMME
    proposals = STEP_BY_STEP

    def __init__(self) -> None:
        self._worked: dict[tuple[Any, ...], tuple[dict[str, Lanes], Flags]] = {}

    def play(self, seat: Seat) -> None:
        """What must be answered; promises; what is true; cases; then the people who can act on it."""
        put_right(seat, 40, "credit")
        self._requests(seat)
        bargain(seat, self.proposals)
        self._coverage(seat)
        self._tenders(seat)
        self._promises(seat)
        self._discover(seat)
        self._chase(seat)
        if seat.quarter >= 2:
            self._cases(seat)
        if seat.quarter >= 3:
            self._escalate(seat)
        self._talks(seat)
        self._executives(seat)

    def _chase(self, seat: Seat) -> None:
        """A bid wherever a window may open; what was signed follows its initiative."""
        bid(seat, 0.0, qualified=True)
        for initiative in range(len(seat.seen.params.initiatives) if self.recuts else 0):
            self._ask(seat, initiative, (seat.seen.written_for[initiative] > 0) & pursued(seat, initiative))
            renew(seat, initiative, self.fresh_for)

    def _promises(self, seat: Seat) -> None:
        """Show the figures that fell due; agree to what a "yes, if" asks."""
        for row, account in enumerate(seat.seen.params.accounts):
            due = seat.seen.promise[row] == DUE_NOW
            if due.any():
                seat.do("measure_promise", where=due, account=account, audience="customer")
            offered = seat.seen.case_stage[row] == CONDITIONAL
            if offered.any():
                seat.do("accept_condition", where=offered, account=account, audience="customer")

    def _cases(self, seat: Seat) -> None:
        """Pages that lie there are re-cut, new ones written: first for initiatives that bring something to be won."""
        params = seat.seen.params
        for chased, account in product((True, False), range(len(params.accounts))):
            for initiative in params.account_initiatives[account]:
                where = pursued(seat, initiative) == chased
                if self.recuts and where.any():
                    self._ask_again(seat, account, initiative)
                    lying = where & (seat.seen.case_stage[account] == PENDING)
                    again = lying & self.usable(seat, initiative) & self.moved_on(seat, account, initiative)
                    if again.any():
                        self._write(seat, "recut_case", account, initiative, again)
                wanted = where & self._wanted(seat, account) & self.usable(seat, initiative)
                if wanted.any():
                    self._write(seat, "present_case", account, initiative, wanted)

    def _escalate(self, seat: Seat) -> None:
        """Ask our own desk for a specialist where a customer's live initiative would use one, one at a time."""
        seen, params = seat.seen, seat.seen.params
        for row, account in enumerate(params.accounts):
            desk = len(params.accounts) + row
            elsewhere = np.zeros(seen.lanes, dtype=bool)
            for place in range(len(params.accounts)):
                elsewhere |= (seen.level["people"][place] > 0) | (seen.case_stage[len(params.accounts) + place] > 0)
            offered = seen.case_stage[desk] == CONDITIONAL
            if offered.any():
                seat.do("accept_condition", where=offered, account=account, audience="desk")
            due = seen.promise[desk] == DUE_NOW
            if due.any():
                seat.do("measure_promise", where=due, account=account, audience="desk")
            for initiative in params.account_initiatives[row]:
                free = self.usable(seat, initiative) & ~elsewhere & (seen.hours_left >= SPARE)
                free &= (seen.case_stage[desk] == 0) & (seen.case_presented[desk] < seat.quarter - 1)
                free &= (seen.promise[desk] != OPEN) & (seen.promise[desk] != DUE_NOW)
                if free.any():
                    self._internal(seat, row, initiative, free)

    def _internal(self, seat: Seat, account: int, initiative: int, where: Flags) -> None:
        """The internal page: one specialist for a year, no volume counted that nobody has promised, and the profit that
        our facts imply."""
        page: dict[str, Any] = {
            "initiative": initiative,
            "people": 1,
            "length": 4,
            "due": 4,
            "metric": "profit",
            "proof": "their_figures",
            "alternative": "pilot",
            "inaction": "dated",
            "sensitivity": "downside",
            "body": "one_page",
        }
        standing, column = believed_standing(seat.seen, account), coded(page, seat.seen.lanes)
        worked = appraise(standing, column)
        profit, _ = forecast_claims(standing, column, worked)
        params = seat.seen.params
        worth_it = where & (worked.judged > WORTH_ASKING * np.maximum(0.0, -worked.costs_only))
        if worth_it.any():
            figures = {
                "claim": np.clip(np.rint(profit / THOUSAND), -HIGHEST_CLAIM, HIGHEST_CLAIM),
                "inaction_value": np.clip(np.rint(worked.worth / THOUSAND), 0.0, HIGHEST_CLAIM),
            }
            named = {**page, **figures, "initiative": params.initiatives[initiative]}
            seat.do("ask_desk", where=worth_it, account=params.accounts[account], **named)

    def _ask_again(self, seat: Seat, account: int, initiative: int) -> None:
        """Before they decide: where this quarter brought no news of the initiative on the page, ask the nearest contact
        how it stands, its owner first."""
        seen = seat.seen
        linked = seen.case_page[AT["initiative"], account] == initiative
        lying = (seen.case_stage[account] == PENDING) & (seen.case_presented[account] < seat.quarter) & linked
        self._ask(seat, initiative, lying)

    def _ask(self, seat: Seat, initiative: int, where: Flags) -> None:
        """How an initiative stands, from its owner first, where this quarter brought no news of it."""
        params = seat.seen.params
        owner, account = int(params.initiative_owner[initiative]), int(params.initiative_account[initiative])
        contacts = [owner, *(row for row in params.account_people[account] if row != owner)]
        for person in contacts[:MOST_ASKED]:
            open_ = where & ~(seat.seen.known("state", initiative)[1] <= 0) & seat.seen.may_meet(person)
            if open_.any():
                seat.do("meet", where=open_, person=params.people[person], agenda="results")

    def _wanted(self, seat: Seat, account: int) -> Flags:
        """Where another case can be carried: nothing lies there, no promise runs, there are hours for a programme."""
        seen = seat.seen
        carrying = np.zeros(seen.lanes)
        for hours in seen.level["programme"]:
            carrying = carrying + (hours > 0)
        free = (seen.case_stage[account] == 0) & (seen.promise[account] != OPEN) & (seen.promise[account] != DUE_NOW)
        rested = seen.case_presented[account] < seat.quarter - 1
        idle = seen.level["programme"][account] == 0
        wanted: Flags = free & rested & (seen.hours_left >= SPARE) & (carrying < self.at_once) & idle
        return wanted

    def usable(self, seat: Seat, initiative: int) -> Flags:
        """Where we know the initiative well enough, and believe it to be live."""
        state, age = seat.seen.known("state", initiative)
        live = np.zeros(seat.seen.lanes, dtype=bool)
        for code in FRESH_LIVE:
            live |= state == code
        fresh: Flags = live & (age <= self.fresh_for)
        return fresh

    def moved_on(self, seat: Seat, account: int, initiative: int) -> Flags:
        """Where the page that lies there is about another initiative that has ended since, or about this one and its
        facts are newer than the page."""
        seen = seat.seen
        linked = seen.case_page[AT["initiative"], account]
        over = np.zeros(seen.lanes, dtype=bool)
        for row in seen.params.account_initiatives[account]:
            state, _ = seen.known("state", row)
            over |= (linked == row) & (row != initiative) & ((state >= ENDED) | (state == 0))
        _, age = seen.known("state", initiative)
        newer = (linked == initiative) & (age == 0) & (seen.case_presented[account] < seat.quarter)
        moved: Flags = over | newer
        return moved

    def _write(self, seat: Seat, kind: str, account: int, initiative: int, where: Flags) -> None:
        """The page, lane by lane as the facts are: the owner's measure where known, the best proof there is."""
        metric, proof = self._metric(seat, initiative), self._proof(seat, account)
        self._worked.clear()
        for code in np.unique(metric[where]).tolist():
            for word in PROOF_ORDER:
                lanes = where & (metric == code) & (proof == word)
                if lanes.any():
                    self._present(seat, kind, account, initiative, MEASURES[code], word, lanes)

    def _metric(self, seat: Seat, initiative: int) -> Any:
        """What the owner is judged on, where we know it and such an initiative serves it; else what it is about."""
        params = seat.seen.params
        about = ABOUT[KINDS[params.initiative_kind[initiative]]]
        measure, _ = seat.seen.known("measure", int(params.initiative_owner[initiative]))
        metric = np.full(seat.seen.lanes, MEASURES.index(about[0]))
        for name in about:
            metric = np.where(measure == MEASURES.index(name), MEASURES.index(name), metric)
        return metric

    def _proof(self, seat: Seat, account: int) -> Any:
        seen = seat.seen
        lately = [(kept > 0) & (seen.quarter - kept <= 5) for kept in seen.kept_at[: len(seen.params.accounts)]]
        elsewhere = np.zeros(seen.lanes, dtype=bool)
        for row, kept in enumerate(lately):
            elsewhere |= kept & (row != account)
        return np.where(lately[account], "result", np.where(elsewhere, "reference", "their_figures"))

    def _present(
        self, seat: Seat, kind: str, account: int, initiative: int, metric: str, proof: str, where: Flags
    ) -> None:
        """Lay it before them, asking for a commitment where that leaves them something."""
        seen, params = seat.seen, seat.seen.params
        page: dict[str, Any] = {
            "initiative": initiative,
            "programme": self.programme,
            "commitment": 0.05,
            "length": 4,
            "due": 2,
            "metric": metric,
            "proof": proof,
            "alternative": "pilot",
            "inaction": "dated",
            "sensitivity": "downside",
            "body": "one_page",
        }
        poolable = where & (seen.level["pooled"][account] == 0) & (metric in POOLED_SERVES)
        held = self._held_back(seat, initiative)
        there = seen.level["people"][account] > 0
        for pooled, angle, people in product(("yes", "no"), ("goal", "obstacle"), (0, 1)):
            left = (poolable if pooled == "yes" else where & ~poolable) & (held == (angle == "obstacle"))
            left = left & (there == (people > 0))
            for asked in self.asks if left.any() else ():
                trial = {**page, "pooled": pooled, "commitment": asked, "angle": angle, "people": people}
                figures, leaves = self._figures(seat, account, trial)
                chosen = left & leaves
                if chosen.any():
                    named = {**trial, **figures, "initiative": params.initiatives[initiative]}
                    seat.do(kind, where=chosen, account=params.accounts[account], **named)
                left = left & ~leaves

    def _held_back(self, seat: Seat, initiative: int) -> Flags:
        """Where we know that something holds the initiative back: then the page is about that."""
        state, _ = seat.seen.known("state", initiative)
        force, _ = seat.seen.known("force", initiative)
        held: Flags = ((state == DELAYED) | (state == UNDERMINED)) & (force < 0.0)
        return held

    def _figures(self, seat: Seat, account: int, page: dict[str, Any]) -> tuple[dict[str, Lanes], Flags]:
        """Claim and cost of doing nothing as our facts imply them, thousands by lane; and where, as far as we know, the
        case leaves the customer something by its own arithmetic."""
        key = page["metric"], page["pooled"], page["commitment"], page["people"]
        if key in self._worked:
            return self._worked[key]
        worked = appraise(believed_standing(seat.seen, account), coded(page, seat.seen.lanes))
        figures = {
            "claim": np.clip(np.rint(worked.claimed_worth / THOUSAND), 0.0, HIGHEST_CLAIM),
            "inaction_value": np.clip(np.rint(worked.worth / THOUSAND), 0.0, HIGHEST_CLAIM),
        }
        left = worked.customer_npv / np.maximum(4.0 * seat.seen.sales[account], 1.0)
        self._worked[key] = figures, left > LEAVES
        return self._worked[key]


class Canned(Retailored):
    """Writes each page once and brings it again, whatever has changed since: its reasons, measure and figures are those
    of the first day."""

    name = "canned"
    recuts = False

    def __init__(self) -> None:
        super().__init__()
        self._first: dict[tuple[int, int], tuple[Any, dict[str, Lanes], Flags]] = {}

    def play(self, seat: Seat) -> None:
        """As its parent; the pages of another game are forgotten."""
        if seat.quarter == 1:
            self._first = {}
        super().play(seat)

    def usable(self, seat: Seat, initiative: int) -> Flags:
        """Where a page about it was written, or can be."""
        account = int(seat.seen.params.initiative_account[initiative])
        written = self._first.get((account, initiative))
        fresh = super().usable(seat, initiative)
        return fresh if written is None else fresh | written[2]

    def _write(self, seat: Seat, kind: str, account: int, initiative: int, where: Flags) -> None:
        """The first page again, where there is one."""
        metric = self._metric(seat, initiative)
        nothing = np.zeros(seat.seen.lanes)
        place = (account, initiative)
        old, figures, written = self._first.get(
            place, (metric, {"claim": nothing, "inaction_value": nothing}, np.zeros(seat.seen.lanes, dtype=bool))
        )
        self._first[place] = np.where(written, old, metric), figures, written
        super()._write(seat, kind, account, initiative, where)
        metric, figures, written = self._first[place]
        self._first[place] = metric, figures, written | where

    def _metric(self, seat: Seat, initiative: int) -> Any:
        """That of the first page, where there is one."""
        fresh = super()._metric(seat, initiative)
        account = int(seat.seen.params.initiative_account[initiative])
        held = self._first.get((account, initiative))
        return fresh if held is None else np.where(held[2], held[0], fresh)

    def _held_back(self, seat: Seat, initiative: int) -> Flags:  # noqa: ARG002  # the page is what it was
        """Its page is about the goal, as it always was."""
        return np.zeros(seat.seen.lanes, dtype=bool)

    def _figures(self, seat: Seat, account: int, page: dict[str, Any]) -> tuple[dict[str, Lanes], Flags]:
        """Those of the first page, where there is one."""
        figures, leaves = super()._figures(seat, account, page)
        metric, held, written = self._first[(account, int(page["initiative"]))]
        kept = {name: np.where(written, held[name], figures[name]) for name in figures}
        self._first[(account, int(page["initiative"]))] = metric, kept, written
        return kept, leaves | written


class Static(Canned):
    """Goes on with what it knew about the initiatives when it took over, whatever it hears later."""

    name = "static"

    def __init__(self) -> None:
        super().__init__()
        self._at_first: dict[int, Flags] = {}

    def play(self, seat: Seat) -> None:
        """As its parent, in a picture that was taken once."""
        super().play(seat)
        if seat.quarter <= STATIC_UNTIL:
            count = len(seat.seen.params.initiatives)
            self._at_first = {row: ~np.isnan(seat.seen.known("state", row)[0]) for row in range(count)}

    def _discover(self, seat: Seat) -> None:
        """Nothing new about initiatives after the first quarter."""
        if seat.quarter <= STATIC_UNTIL:
            super()._discover(seat)

    def _talks(self, seat: Seat) -> None:
        """It talks to the owners of what it once heard of."""
        if seat.quarter <= STATIC_UNTIL:
            super()._talks(seat)

    def usable(self, seat: Seat, initiative: int) -> Flags:
        """Everything that it had heard of by then is live to it."""
        return self._at_first.get(initiative, np.zeros(seat.seen.lanes, dtype=bool))
