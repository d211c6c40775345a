"""Behaviours for experiments only: one thing differs from a bot that it is compared with.

They play through the seat like every policy. Those of row 7, who try executives' doors, count for themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from kamsim.engine.appraisal import appraise
from kamsim.engine.belief import believed_standing
from kamsim.engine.forecast import project
from kamsim.engine.initiatives import FRESH_LIVE
from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.levers import NONE_OFFERED
from kamsim.engine.moves import Outcome
from kamsim.engine.page import CONDITIONAL, coded
from kamsim.engine.params import OPEN
from kamsim.engine.terms import COMMITMENTS, PRICE_STEP
from kamsim.lab import agility, key_arms, team_arms
from kamsim.lab.doors import AcumenDoor, ColdDoor, InsightDoor, ReferredDoor
from kamsim.players.building import NothingJoint
from kamsim.players.case_sellers import Retailored
from kamsim.players.narrow import Farmer
from kamsim.players.pursuing import bid
from kamsim.players.seat import Policy, Seat
from kamsim.players.selective import SelectiveSeat
from kamsim.players.sellers import Steady, Typical, ValueSeller, answer_all, cut_prices, put_right, rhythms_by

KEY_DISCOUNT: Final = 0.08
"""What a key status brings the customer, in points of list (rows 1 and 2 of economics E)."""
CUTS: Final = (0.0, 0.02, 0.04, 0.06, 0.08, 0.10)
"""What a chaser of revenue may offer on top, in points of list."""


def _close_contact(seat: Seat, where: Flags | None = None) -> None:
    """The closest rhythm everywhere, and the hours that are left with the people below the executives."""
    params = seat.seen.params
    for row, account in enumerate(params.accounts):
        if seat.quarter == 1:
            seat.do("set_rhythm", where=where, account=account, rhythm="close")
        for person in params.working_level(row):
            seat.do("meet", where=where, person=params.people[person], agenda="results")


class OldProgramme:
    """Key status as it used to be: 8% off, a team of one's own, and nothing else that is new (row 1)."""

    name = "old_programme"

    def play(self, seat: Seat) -> None:
        """As `Steady` answers and mends, at key-account prices and with all the hours there are."""
        if seat.quarter == 1:
            cut_prices(seat, KEY_DISCOUNT)
        answer_all(seat, "decline")
        put_right(seat, 20, "none")
        _close_contact(seat)


class RevenueChaser(Typical):
    """Does whatever sells for most next quarter, as far as it can work that out (row 18).

    For each account it takes the Terms with the largest revenue next quarter among those that leave the customer
    something; it wins every tender by price, trades for volume, and keeps its hours for the largest.
    """

    name = "revenue_chaser"

    def play(self, seat: Seat) -> None:
        """Offers and tenders first, then hours as `Typical` spends them."""
        self._tenders(seat)
        self._requests(seat)
        put_right(seat, 20, "none")
        if seat.quarter > 1:
            self._deals(seat)
            count = len(seat.seen.params.accounts)
            pattern = ("close", "normal", "normal", *("light",) * max(0, count - 3))[:count]
            if seat.quarter % 4 == 2:
                rhythms_by(seat, seat.seen.sales, pattern)
        largest = np.argmax(seat.seen.sales, axis=0)
        params = seat.seen.params
        for row in range(len(params.accounts)):
            for person in params.working_level(row)[:2]:
                seat.do("meet", where=largest == row, person=params.people[person], agenda="results")
        for off in reversed(CUTS):
            bid(seat, off)

    def _tenders(self, seat: Seat) -> None:
        """As deep as authority reaches, and back."""
        params = seat.seen.params
        for row, cell in enumerate(params.tender_cell):
            due = seat.seen.tender_quarter[row, 0]
            cut_tender(seat, int(cell), due)

    def _deals(self, seat: Seat) -> None:
        """The best Terms for next quarter's revenue, account by account."""
        seen, params = seat.seen, seat.seen.params
        for row, account in enumerate(params.accounts):
            free = (seen.contract_until[row] < seat.quarter) & (seen.offer[row] == 0)
            if not free.any():
                continue
            standing = believed_standing(seen, row)
            best = project(standing, None).money[:3, 0].sum(axis=0)
            chosen: Lanes = np.full(seen.lanes, -1.0)
            terms = [(cut, asked) for asked in COMMITMENTS for cut in CUTS]
            for place, (cut, asked) in enumerate(terms):
                page = coded({"price": cut, "commitment": asked, "length": 4}, seen.lanes)
                worked = appraise(standing, page)
                revenue = worked.given.money[:3, 0].sum(axis=0)
                better = (worked.worth > worked.burden) & (revenue > best)
                best, chosen = np.where(better, revenue, best), np.where(better, float(place), chosen)
            for place, (cut, asked) in enumerate(terms):
                for days in np.unique(seen.days[row]).tolist():
                    here = free & (chosen == place) & (seen.days[row] == days)
                    if here.any():
                        seat.do(
                            "offer_terms", where=here, account=account, change=cut, commitment=asked, length=4,
                            days=int(days), **NONE_OFFERED,
                        )  # fmt: skip


def cut_tender(seat: Seat, cell: int, due: float) -> None:
    """A cut in the quarter of a tender, as deep as authority reaches; the quarter after, the price goes back."""
    params = seat.seen.params
    account, region, line = params.cells[cell]
    if due == seat.quarter:
        top = params.start_discount[cell] + params.authority_discount
        top = np.minimum(top, 1.0 - params.floor[cell] / (1.0 - seat.seen.rebate[cell]))
        deepest = np.broadcast_to(np.floor(top / PRICE_STEP + 1e-6) * PRICE_STEP, (seat.seen.lanes,))
        seat.do("set_discount", account=account, line=line, region=region, discount=deepest.copy())
    elif due == seat.quarter - 1:
        back = np.ceil(seat.seen.agreed[cell] / PRICE_STEP - 1e-6) * PRICE_STEP
        seat.do("set_discount", account=account, line=line, region=region, discount=back)


class HoldsTenders(ValueSeller):
    """A value seller who cuts in no tender."""

    name = "holds_tenders"

    def _tenders(self, seat: Seat) -> None:
        """The price stands."""


class CutsAllTenders(ValueSeller):
    """A value seller who cuts in every tender, rich or not."""

    name = "cuts_all_tenders"

    def _tenders(self, seat: Seat) -> None:
        """As deep as authority reaches."""
        for row, cell in enumerate(seat.seen.params.tender_cell):
            cut_tender(seat, int(cell), seat.seen.tender_quarter[row, 0])


class LowTouch(Steady):
    """As `Steady`, with a light touch for the largest account."""

    name = "low_touch"

    def play(self, seat: Seat) -> None:
        """From the first books on."""
        super().play(seat)
        if seat.quarter == 2:
            for row, account in enumerate(seat.seen.params.accounts):
                seat.do("set_rhythm", where=_largest(seat) == row, account=account, rhythm="light")


class KeyStatus(Steady):
    """As `Steady`, with key status for the largest account: 8% off, closest contact, its requests granted."""

    name = "key_status"

    def play(self, seat: Seat) -> None:
        """From the first books on."""
        params = seat.seen.params
        for row, request in enumerate(params.requests):
            waiting = (seat.seen.request[row] == OPEN) & (_largest(seat) == params.request_account[row])
            if waiting.any() and seat.quarter > 1:
                seat.do("answer_request", where=waiting, request=request, answer="grant")
        super().play(seat)
        if seat.quarter != 2:
            return
        for row, account in enumerate(params.accounts):
            here = _largest(seat) == row
            seat.do("set_rhythm", where=here, account=account, rhythm="close")
            for cell in params.account_cells[row]:
                _, region, line = params.cells[cell]
                top = min(KEY_DISCOUNT, params.authority_discount)
                top = min(params.start_discount[cell, 0] + top, 1.0 - params.floor[cell, 0])
                wanted = np.floor(top / PRICE_STEP + 1e-6) * PRICE_STEP
                seat.do("set_discount", where=here, account=account, line=line, region=region, discount=wanted)


def _largest(seat: Seat) -> Lanes:
    """Row of the account with the largest sales last quarter, by lane."""
    rows: Lanes = np.argmax(seat.seen.sales, axis=0)
    return rows


class UnevenCoverage(Steady):
    """As `Steady` in the same hours, half of the accounts at the close rhythm and half at the light one, by sales."""

    name = "uneven_coverage"

    def play(self, seat: Seat) -> None:
        """Reordered once a year."""
        super().play(seat)
        if seat.quarter > 1 and seat.quarter % 4 == 2:
            count = len(seat.seen.params.accounts)
            middle = ("normal",) * (count % 2)
            rhythms_by(seat, seat.seen.sales, ("close",) * (count // 2) + middle + ("light",) * (count // 2))


class OnePrice(ValueSeller):
    """A value seller who grants a headquarters one price for all its regions at once (row 4)."""

    name = "one_price"
    answers: tuple[dict[str, str], ...] = ({"answer": "grant"},)
    """What is tried in turn when a headquarters asks for one price."""

    def _requests(self, seat: Seat) -> None:
        """Headquarters first, the others as a value seller."""
        for row, request in enumerate(seat.seen.params.requests):
            for answer in self.answers if (seat.seen.request_global[row] > 0).any() else ():
                waiting = seat.seen.request[row] == OPEN
                if waiting.any():
                    seat.do("answer_request", where=waiting, request=request, **answer)
        super()._requests(seat)


class Corridor(OnePrice):
    """A value seller who gives a headquarters a corridor, for a volume commitment or at least a longer term."""

    name = "corridor"
    answers = tuple({"answer": "trade", "get": get} for get in ("volume_commitment", "longer_term"))


class Pitcher(Farmer):
    """A farmer who also brings each account an idea of its own every half-year (row 25)."""

    name = "pitcher"

    def play(self, seat: Seat) -> None:
        """Ideas before visits, since both take hours."""
        if seat.quarter > 1:
            params = seat.seen.params
            for row in range(len(params.accounts)):
                if (seat.quarter + row) % 2 == 0:
                    self._pitch(seat, row)
        super().play(seat)

    def _pitch(self, seat: Seat, account: int) -> None:
        """Options on something of theirs that was seen alive this quarter, for its owner or the nearest contact."""
        params = seat.seen.params
        self.visit(seat, account)
        owed = np.ones(seat.seen.lanes, dtype=bool)
        for initiative in params.account_initiatives[account]:
            state, age = seat.seen.known("state", initiative)
            alive = owed & np.isin(state, FRESH_LIVE) & (age <= 0)
            if not alive.any():
                continue
            name, owner = params.initiatives[initiative], int(params.initiative_owner[initiative])
            seat.do("build_insight", where=alive, initiative=name, form="options")
            for person in (owner, *params.account_people[account]):
                here = alive & owed & seat.seen.may_meet(person)
                if here.any():
                    brought = seat.do("bring_insight", where=here, person=params.people[person], initiative=name)
                    owed = owed & ~brought.done


class NeverMeasures(Retailored):
    """Sells by cases, and never shows what came of them."""

    name = "never_measures"

    def _promises(self, seat: Seat) -> None:
        """Agrees to a "yes, if", and leaves it there."""
        for row, account in enumerate(seat.seen.params.accounts):
            offered = seat.seen.case_stage[row] == CONDITIONAL
            if offered.any():
                seat.do("accept_condition", where=offered, account=account, audience="customer")


class ArguedAsks(Retailored):
    """Sells on value, lays no case before a customer, and asks our own desk for a specialist with a full page."""

    name = "argued_asks"

    def _cases(self, seat: Seat) -> None:
        """None."""


class NoAsks(ArguedAsks):
    """The same, and asks our own desk for nothing."""

    name = "no_asks"

    def _escalate(self, seat: Seat) -> None:
        """Nothing."""


class BareAsks(ArguedAsks):
    """Asks our own desk for the same, with a wish and no page."""

    name = "bare_asks"

    def play(self, seat: Seat) -> None:
        """The page is left out wherever the desk is asked."""
        super().play(BareSeat(seat))


class BareSeat(SelectiveSeat):
    """A seat whose player brings our own desk no more than the wish."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, lambda _person: True)

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """The move; an ask keeps only what is asked for."""
        if kind == "ask_desk":
            args = {name: args[name] for name in ("account", "people", "length")}
        return super().do(kind, where=where, **args)


BEHAVIOURS: Final[dict[str, Callable[[], Policy]]] = {
    made.name: made
    for made in (
        OldProgramme,
        RevenueChaser,
        HoldsTenders,
        CutsAllTenders,
        LowTouch,
        KeyStatus,
        UnevenCoverage,
        NeverMeasures,
        NoAsks,
        ArguedAsks,
        BareAsks,
        ColdDoor,
        AcumenDoor,
        InsightDoor,
        ReferredDoor,
        OnePrice,
        Corridor,
        Pitcher,
        NothingJoint,
        *agility.ARMS,
        *team_arms.ARMS,
        *key_arms.ARMS,
    )
}
"""By name, as ``claims.toml`` has them."""
