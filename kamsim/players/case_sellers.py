"""Bots that sell by business cases: what a value-seller adds when it writes, re-cuts and keeps its promises.

``retailored`` writes from fresh facts and re-cuts a page when the customer's initiative moves; ``canned`` writes each
page once and presents it again and again; ``static`` knows what it learned in its first quarter and nothing since.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, Final

import numpy as np

from kamsim.engine.appraisal import Worth, appraise
from kamsim.engine.belief import believed_stake, believed_standing
from kamsim.engine.effects import ABOUT
from kamsim.engine.initiatives import DELAYED, FRESH_LIVE, UNDERMINED
from kamsim.engine.judgement import forecast_claims
from kamsim.engine.lanes import Flags, Rows
from kamsim.engine.levers import LEVERS
from kamsim.engine.page import AT, CONDITIONAL, DUE_NOW, HIGHEST_CLAIM, OPEN, PENDING, PROOFS, THOUSAND, coded
from kamsim.engine.params import KINDS, MEASURES, STATES
from kamsim.players.bargaining import STEP_BY_STEP, bargain
from kamsim.players.pursuing import bid, pursued, renew
from kamsim.players.seat import Seat
from kamsim.players.sellers import ValueSeller, put_right

PROGRAMME: Final = 20
POOLED_SERVES: Final = np.array([LEVERS["pooled"].worth.get(name, 0.0) > 0.0 for name in MEASURES])
"""By measure, whether larger deliveries serve it."""
CASE: Final[dict[str, Any]] = {
    "length": 4, "due": 2, "alternative": "pilot", "inaction": "dated", "sensitivity": "downside", "body": "one_page",
}  # fmt: skip
SPECIALIST: Final[dict[str, Any]] = {**CASE, "people": 1, "due": 4, "metric": "profit", "proof": "their_figures"}
"""What every page says, to a customer and to our own desk."""
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
            initiatives = params.account_initiatives[account]
            for initiative in initiatives if self.recuts else ():
                where = pursued(seat, initiative) == chased
                self._ask_again(seat, account, initiative, where)
                lying = where & (seat.seen.case_stage[account] == PENDING)
                again = lying & self.usable(seat, initiative) & self.moved_on(seat, account, initiative)
                self._write(seat, "recut_case", account, {initiative: again})
            wanted = self._wanted(seat, account)
            tries = {
                initiative: wanted & self.usable(seat, initiative) & (pursued(seat, initiative) == chased)
                for initiative in initiatives
            }
            self._write(seat, "present_case", account, tries)

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
            free = ~elsewhere & (seen.hours_left >= SPARE)
            free &= (seen.case_stage[desk] == 0) & (seen.case_presented[desk] < seat.quarter - 1)
            free &= (seen.promise[desk] != OPEN) & (seen.promise[desk] != DUE_NOW)
            initiatives = params.account_initiatives[row]
            self._internal(seat, row, {initiative: free & self.usable(seat, initiative) for initiative in initiatives})

    def _internal(self, seat: Seat, account: int, tries: dict[int, Flags]) -> None:
        """The internal page: one specialist for a year, no volume counted that nobody has promised, and the profit that
        our facts imply."""
        lanes, page = _pairs(tries, lambda _initiative, _lanes: {})
        if not lanes.size:
            return
        page |= SPECIALIST
        worked = appraise(believed_standing(seat.seen, account, lanes), coded(page, len(lanes)))
        profit, _ = forecast_claims(worked)
        page["claim"] = np.clip(np.rint(profit / THOUSAND), -HIGHEST_CLAIM, HIGHEST_CLAIM)
        page["inaction_value"] = np.clip(np.rint(worked.worth / THOUSAND), 0.0, HIGHEST_CLAIM)
        worth_it = worked.judged > WORTH_ASKING * np.maximum(0.0, -worked.costs_only)
        _bring(seat, "ask_desk", account, lanes, page, worth_it)

    def _ask_again(self, seat: Seat, account: int, initiative: int, where: Flags) -> None:
        """Before they decide: where this quarter brought no news of the initiative on the page, ask the nearest contact
        how it stands, its owner first."""
        seen = seat.seen
        linked = seen.case_page[AT["initiative"], account] == initiative
        lying = (seen.case_stage[account] == PENDING) & (seen.case_presented[account] < seat.quarter) & linked
        self._ask(seat, initiative, where & lying)

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

    def _write(self, seat: Seat, kind: str, account: int, tries: dict[int, Flags]) -> None:
        """Lay a page on the first of these initiatives that leaves them something before them, asking for as much
        commitment as it can carry."""
        lanes, page = _pairs(tries, lambda initiative, lanes: self._page(seat, account, initiative, lanes))
        if not lanes.size:
            return
        asks, always = np.array(self.asks), {**CASE, "programme": self.programme}
        everywhere = np.tile(lanes, len(asks))
        trials = {name: np.tile(values, len(asks)) for name, values in page.items()}
        trials |= {**always, "commitment": np.repeat(asks, len(lanes))}
        worked = Worth(believed_stake(seat.seen, account, everywhere), coded(trials, len(everywhere)))
        left = worked.customer_npv / np.maximum(4.0 * seat.seen.sales[account, everywhere], 1.0)
        for name, value in (("claim", worked.claimed_worth), ("inaction_value", worked.worth)):
            # what is asked for changes neither
            page[name] = np.clip(np.rint(value[: len(lanes)] / THOUSAND), 0.0, HIGHEST_CLAIM)
        leaves = (left.reshape(len(asks), len(lanes)) > LEAVES) | self._settled(page, lanes)
        page |= {**always, "commitment": asks[np.argmax(leaves, axis=0)]}
        self._keep(page, lanes, _bring(seat, kind, account, lanes, page, leaves.any(axis=0)))

    def _page(self, seat: Seat, account: int, initiative: int, lanes: Rows) -> dict[str, Any]:
        """What the page says in some lanes, as the facts are: the owner's measure where known, the best proof there
        is, larger deliveries where they serve it, and what holds the initiative back."""
        level, metric = seat.seen.level, self._metric(seat, initiative)[lanes]
        return {
            "metric": metric,
            "proof": self._proof(seat, account)[lanes],
            "pooled": ((level["pooled"][account, lanes] == 0) & POOLED_SERVES[metric]).astype(np.intp),
            "angle": self._held_back(seat, initiative)[lanes].astype(np.intp),
            "people": (level["people"][account, lanes] > 0).astype(np.intp),
        }

    def _settled(self, page: dict[str, Any], lanes: Rows) -> Flags:  # noqa: ARG002  # it writes each page anew
        """Where a page is brought as it once was, whatever it leaves them."""
        return np.zeros(len(lanes), dtype=bool)

    def _keep(self, page: dict[str, Any], lanes: Rows, brought: Flags) -> None:
        """Remember what was written; of these pages, those ``brought`` lie there now."""

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
        result, reference, figures = (PROOFS.index(name) for name in ("result", "reference", "their_figures"))
        return np.where(lately[account], result, np.where(elsewhere, reference, figures))

    def _held_back(self, seat: Seat, initiative: int) -> Flags:
        """Where we know that something holds the initiative back: then the page is about that."""
        state, _ = seat.seen.known("state", initiative)
        force, _ = seat.seen.known("force", initiative)
        held: Flags = ((state == DELAYED) | (state == UNDERMINED)) & (force < 0.0)
        return held


def _pairs(tries: dict[int, Flags], say: Callable[[int, Rows], dict[str, Any]]) -> tuple[Rows, dict[str, Any]]:
    """A page for each initiative in each lane in which it is tried, those of the first initiative first: the lanes, and
    by field what the pages say."""
    lanes = [np.flatnonzero(where) for where in tries.values()]
    pages = [
        {"initiative": np.full(len(here), initiative), **say(initiative, here)}
        for initiative, here in zip(tries, lanes, strict=True)
        if len(here)
    ]
    page = {name: np.concatenate([page[name] for page in pages]) for name in (pages[0] if pages else ())}
    return np.concatenate([*lanes, np.zeros(0, dtype=np.intp)]), page


def _bring(seat: Seat, kind: str, account: int, lanes: Rows, page: dict[str, Any], good: Flags) -> Flags:
    """Make the move with the first page that is good in a lane; where it is refused, with the next. Which it was."""
    brought = np.zeros(len(lanes), dtype=bool)
    while good.any():
        left = np.flatnonzero(good)
        first = left[np.unique(lanes[left], return_index=True)[1]]
        where = np.zeros(seat.seen.lanes, dtype=bool)
        where[lanes[first]] = True
        said = dict(page)
        for name, values in page.items():
            if isinstance(values, np.ndarray):
                said[name] = np.full(seat.seen.lanes, values[0])
                said[name][lanes[first]] = values[first]
        made = seat.do(kind, where=where, account=seat.seen.params.accounts[account], **said)
        good[first], brought[first] = False, made.done[lanes[first]]
        good &= ~made.done[lanes]
    return brought


class Canned(Retailored):
    """Writes each page once and brings it again, whatever has changed since: its reasons, measure and figures are those
    of the first day."""

    name = "canned"
    recuts = False

    def __init__(self) -> None:
        self._first: dict[str, Any] = {}
        """What its pages said on the first day, by initiative and lane."""

    def play(self, seat: Seat) -> None:
        """As its parent; the pages of another game are forgotten."""
        if seat.quarter == 1 or not self._first:
            shape = len(seat.seen.params.initiatives), seat.seen.lanes
            kinds = {"written": np.bool_, "metric": np.intp, "claim": np.float64, "inaction_value": np.float64}
            self._first = {name: np.zeros(shape, dtype=kind) for name, kind in kinds.items()}
        super().play(seat)

    def usable(self, seat: Seat, initiative: int) -> Flags:
        """Where a page about it was written, or can be."""
        written: Flags = self._first["written"][initiative]
        return written | super().usable(seat, initiative)

    def _metric(self, seat: Seat, initiative: int) -> Any:
        """That of the first page, where there is one."""
        first = self._first["metric"][initiative]
        return np.where(self._first["written"][initiative], first, super()._metric(seat, initiative))

    def _held_back(self, seat: Seat, initiative: int) -> Flags:  # noqa: ARG002  # the page is what it was
        """Its page is about the goal, as it always was."""
        return np.zeros(seat.seen.lanes, dtype=bool)

    def _settled(self, page: dict[str, Any], lanes: Rows) -> Flags:
        """Where it was written before, with the figures of that day."""
        at = page["initiative"], lanes
        old: Flags = self._first["written"][at]
        for name in ("claim", "inaction_value"):
            page[name] = np.where(old, self._first[name][at], page[name])
        return old

    def _keep(self, page: dict[str, Any], lanes: Rows, brought: Flags) -> None:
        """All that was written before one of them was brought in its lane."""
        last = np.full(len(self._first["written"][0]), len(lanes))
        last[lanes[brought]] = np.flatnonzero(brought)
        written = np.arange(len(lanes)) <= last[lanes]
        at = page["initiative"][written], lanes[written]
        for name in ("metric", "claim", "inaction_value"):
            self._first[name][at] = page[name][written]
        self._first["written"][at] = True


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
