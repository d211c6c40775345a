"""Bots that sell by business cases: what a value-seller adds when it writes, re-cuts and keeps its promises.

``retailored`` writes from fresh facts and re-cuts a page when the customer's initiative moves; ``canned`` writes each
page once and presents it again and again; ``static`` knows what it learned in the first quarters and nothing since.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine.belief import believed_standing
from kamsim.engine.effects import ABOUT, KINDS, customer_worth
from kamsim.engine.initiatives import FRESH_LIVE
from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.page import AT, CONDITIONAL, DUE_NOW, PENDING, THOUSAND, coded
from kamsim.engine.params import MEASURES
from kamsim.players.policies import ValueSeller
from kamsim.players.seat import Seat

PROGRAMME: Final = 20
SPARE: Final = 120.0
"""Hours that must be left before another case is written."""
AT_ONCE: Final = 3
"""Programmes that a team of this size can carry."""
STATIC_UNTIL: Final = 2
"""Last quarter in which the static bot learns anything about initiatives."""


class Retailored(ValueSeller):
    """Sells by cases made of fresh facts, and re-cuts them when the facts change."""

    name = "retailored"
    fresh_for = 1
    """Quarters for which a fact about an initiative may go into a page."""
    recuts = True

    def play(self, seat: Seat) -> None:
        """What must be answered; promises and cases; then what is true, and the people who can act on it."""
        self._before(seat)
        self._promises(seat)
        if seat.quarter >= 2:
            self._cases(seat)
        self._discover(seat)
        self._executives(seat)

    def _before(self, seat: Seat) -> None:
        from kamsim.players.policies import put_right  # noqa: PLC0415

        put_right(seat, 40, "credit")
        self._requests(seat)
        self._coverage(seat)
        self._tenders(seat)

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
        params = seat.seen.params
        for account in range(len(params.accounts)):
            for initiative in params.account_initiatives[account]:
                self._case(seat, account, initiative)

    def _case(self, seat: Seat, account: int, initiative: int) -> None:
        """Present a case for one initiative where it is live as far as we know, or re-cut one that lies there."""
        seen = seat.seen
        usable = self.usable(seat, initiative)
        lying = seen.case_stage[account] == PENDING
        carrying = np.zeros(seen.lanes)
        for hours in seen.programme:
            carrying = carrying + (hours > 0)
        wanted = usable & (seen.case_stage[account] == 0) & (seen.promise[account] != 1)
        wanted &= (seen.hours_left >= SPARE) & (carrying < AT_ONCE) & ~self.tired(seat, account)
        if wanted.any():
            self._write(seat, "present_case", account, initiative, wanted)
        if not self.recuts:
            return
        other = seen.case_page[AT["initiative"], account] != initiative
        state, age = seen.known("state", initiative)
        moved = (age == 0) & (seen.case_presented[account] < seen.quarter)
        again = lying & usable & (other | moved) & self.stale(seat, account)
        if again.any():
            self._write(seat, "recut_case", account, initiative, again)
        del state

    def usable(self, seat: Seat, initiative: int) -> Flags:
        """Where we know the initiative well enough, and believe it to be live."""
        state, age = seat.seen.known("state", initiative)
        live = np.zeros(seat.seen.lanes, dtype=bool)
        for code in FRESH_LIVE:
            live |= state == code
        fresh: Flags = live & (age <= self.fresh_for)
        return fresh

    def stale(self, seat: Seat, account: int) -> Flags:
        """Where the initiative of the page that lies there has changed since, as far as we know."""
        seen = seat.seen
        changed = np.zeros(seen.lanes, dtype=bool)
        for row in seen.params.account_initiatives[account]:
            state, age = seen.known("state", row)
            dead = (state >= 7) | (state == 0)
            changed |= (seen.case_page[AT["initiative"], account] == row) & (age == 0) & (dead | (age == 0))
        return changed

    def tired(self, seat: Seat, account: int) -> Flags:
        """Where a case was answered this quarter already, so that another would only annoy."""
        answered: Flags = seat.seen.case_presented[account] >= seat.quarter - 1
        return answered

    def _write(self, seat: Seat, kind: str, account: int, initiative: int, where: Flags) -> None:
        """The page, lane by lane as the facts are: the owner's measure where known, the best proof there is."""
        seen, params = seat.seen, seat.seen.params
        about = ABOUT[KINDS[params.initiative_kind[initiative]]]
        owner = int(params.initiative_owner[initiative])
        measure, _ = seen.known("measure", owner)
        metric = np.full(seen.lanes, MEASURES.index(about[0]))
        for name in about:
            metric = np.where(measure == MEASURES.index(name), MEASURES.index(name), metric)
        proof = self._proof(seat, account)
        for code in np.unique(metric[where]).tolist():
            for word in ("result", "reference", "their_figures"):
                lanes = where & (metric == code) & (proof == word)
                if lanes.any():
                    self._present(seat, kind, account, initiative, MEASURES[code], word, lanes)

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
        seen, params = seat.seen, seat.seen.params
        page: dict[str, Any] = {
            "initiative": initiative,
            "programme": PROGRAMME,
            "commitment": 0.05,
            "length": 8,
            "metric": metric,
            "proof": proof,
            "alternative": "pilot",
            "inaction": "dated",
            "sensitivity": "downside",
            "body": "one_page",
            "due": 4,
        }
        if metric in ("savings", "footprint", "delivery") and not seen.pooled[account].any():
            page["pooled"] = "yes"
        page |= self.figures(seat, account, page)
        page["initiative"] = params.initiatives[initiative]
        seat.do(kind, where=where, account=params.accounts[account], **page)

    def figures(self, seat: Seat, account: int, page: dict[str, Any]) -> dict[str, Lanes]:
        """Claim and cost of doing nothing as our facts imply them, thousands by lane."""
        standing = believed_standing(seat.seen, account)
        claimed, worth = customer_worth(standing, coded(page, seat.seen.lanes))
        return {
            "claim": np.clip(np.rint(claimed / THOUSAND), 0.0, 20_000.0),
            "inaction_value": np.clip(np.rint(worth / THOUSAND), 0.0, 20_000.0),
        }


class Canned(Retailored):
    """Writes each page once and brings it again, whatever has changed since."""

    name = "canned"
    fresh_for = 4
    recuts = False


class Static(Retailored):
    """Goes on with what it learned about the initiatives in the first quarters."""

    name = "static"
    fresh_for = 40
    recuts = False

    def _discover(self, seat: Seat) -> None:
        """Nothing new about initiatives after the first quarters."""
        if seat.quarter <= STATIC_UNTIL:
            super()._discover(seat)

    def usable(self, seat: Seat, initiative: int) -> Flags:
        """Everything that it once heard of is live to it."""
        known: Flags = ~np.isnan(seat.seen.known("state", initiative)[0])
        return known
