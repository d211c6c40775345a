"""The shipped bots: reference players, opponents on the same luck, and calibrators. All see and do what a person can.

A policy plays one quarter in all lanes of its seat. Where lanes differ it makes the same move ``where`` a
condition holds.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.initiatives import COMING, FRESH_LIVE, WORKING
from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.levers import NONE_OFFERED
from kamsim.engine.moves import MOVES
from kamsim.engine.params import OPEN, TRADED, TRADES
from kamsim.engine.terms import COMPARISON, DAYS, DECISION, PRICE_STEP, REQUIREMENTS
from kamsim.players.bargaining import ONE_STEP, Proposals, bargain
from kamsim.players.filling import Choose, Draw, fill
from kamsim.players.pursuing import bid
from kamsim.players.seat import Seat


def _any(flags: Flags) -> bool:
    return bool(np.count_nonzero(flags))


def rhythms_by(seat: Seat, order: Lanes, pattern: tuple[str, ...]) -> None:
    """Give the rhythms of ``pattern`` to accounts by falling ``order`` (A, L); ties go to the earlier account."""
    ranks = np.argsort(np.argsort(-order, axis=0, kind="stable"), axis=0, kind="stable")
    for calmer_first in sorted(set(pattern), key=("light", "normal", "close").index):
        for row, account in enumerate(seat.seen.params.accounts):
            wanted = np.array([pattern[rank] == calmer_first for rank in ranks[row]])
            if _any(wanted):
                seat.do("set_rhythm", where=wanted, account=account, rhythm=calmer_first)


def cut_prices(seat: Seat, points: float) -> None:
    """Every price down by ``points`` of list from the day of taking over, as far as authority and floor allow."""
    params = seat.seen.params
    for row, (account, region, line) in enumerate(params.cells):
        first, current = params.start_discount[row], seat.seen.discount[row]
        top = np.minimum(first + params.authority_discount, 1.0 - params.floor[row] / (1.0 - seat.seen.rebate[row]))
        steps = np.minimum(np.rint((first + points) / PRICE_STEP), np.floor(top / PRICE_STEP + 1e-6))
        wanted = np.maximum(current, steps * PRICE_STEP)
        where = wanted > current + 1e-9
        if _any(where):
            price = np.where(where, wanted, 0.0)
            seat.do("set_discount", where=where, account=account, line=line, region=region, discount=price)


def answer_all(seat: Seat, answer: str) -> None:
    """The same answer to every open request, or a refusal where it cannot be given."""
    for row, request in enumerate(seat.seen.params.requests):
        waiting = seat.seen.request[row] == OPEN
        if _any(waiting):
            made = seat.do("answer_request", where=waiting, request=request, answer=answer)
            left = waiting & ~made.done
            if _any(left):
                seat.do("answer_request", where=left, request=request, answer="decline")


def put_right(seat: Seat, effort: int, redress: str) -> None:
    """The same response to every open incident; where there are no hours for it, contact there gets lighter first, and
    the least is done."""
    for row, account in enumerate(seat.seen.params.accounts):
        waiting = (seat.seen.incident[row] > 0) & ~seat.seen.handled[row]
        if _any(waiting):
            made = seat.do("handle_incident", where=waiting, account=account, effort=effort, redress=redress)
            short = waiting & ~made.done
            if _any(short):
                seat.do("set_rhythm", where=short, account=account, rhythm="light")
                seat.do("handle_incident", where=short, account=account, effort=10, redress=redress)


def build_on(seat: Seat, initiative: int, where: Flags) -> None:
    """An insight on an initiative as we now believe it to be: a story where there is a result to tell, else options.
    What was built of the same state a quarter ago will do."""
    seen = seat.seen
    state, _ = seen.known("state", initiative)
    held = (seen.insight_built[initiative] >= seen.quarter - 1) & (seen.insight_built[initiative] > 0)
    missing = where & ~(held & (seen.insight_state[initiative] == state))
    for form in ("story", "options"):
        if _any(missing):
            built = seat.do("build_insight", where=missing, initiative=seen.params.initiatives[initiative], form=form)
            missing = missing & ~built.done


class DoNothing:
    """Leaves everything as the predecessor left it."""

    name = "do_nothing"

    def play(self, seat: Seat) -> None:
        """Nothing."""


class Steady:
    """Par coverage everywhere, no initiative: answers by refusing, mends by the book."""

    name = "steady"

    def play(self, seat: Seat) -> None:
        """Normal rhythm for all, decline requests, standard response to incidents."""
        if seat.quarter == 1:
            for account in seat.seen.params.accounts:
                seat.do("set_rhythm", account=account, rhythm="normal")
        answer_all(seat, "decline")
        put_right(seat, 20, "none")


class Decliner:
    """Takes one trade, says no to everything else, and does nothing that nobody asks for."""

    name = "decliner"

    def __init__(self) -> None:
        self._traded: Flags | None = None

    def play(self, seat: Seat) -> None:
        """The first request is traded for volume; the others are declined, incidents mended by the book."""
        if seat.quarter == 1 or self._traded is None:
            self._traded = np.zeros(seat.seen.lanes, dtype=bool)
        for row, request in enumerate(seat.seen.params.requests):
            first = (seat.seen.request[row] == OPEN) & ~self._traded
            if _any(first):
                seat.do("answer_request", where=first, request=request, answer="trade", get="volume_commitment")
                self._traded = self._traded | (seat.seen.request[row] == TRADED)
        answer_all(seat, "decline")
        put_right(seat, 20, "none")


class Discounter:
    """Buys volume: 8% off everything, grants whatever its authority still allows, hours to the biggest."""

    name = "discounter"

    def play(self, seat: Seat) -> None:
        """Cut at once, then say yes."""
        if seat.quarter == 1:
            cut_prices(seat, 0.08)
        answer_all(seat, "grant")
        put_right(seat, 10, "credit")
        bid(seat, DISCOUNTED_OFF)
        _hours_by_sales(seat)


class Typical:
    """The habitual KAM: 3% off, hours by past sales, meets the buyers it knows, never looks behind the figures.

    Asked for a lower price it reaches for the usual counter, a volume commitment for a part of it, and declines when
    that fails.
    """

    name = "typical"

    def play(self, seat: Seat) -> None:
        """A little discount, a lot of the largest account."""
        if seat.quarter == 1:
            cut_prices(seat, 0.03)
        self._requests(seat)
        put_right(seat, 20, "none")
        _hours_by_sales(seat)
        params = seat.seen.params
        largest = np.argmax(seat.seen.sales, axis=0)
        for row in range(len(params.accounts)):
            contacts = params.working_level(row)
            for person in contacts[:2]:
                seat.do("meet", where=largest == row, person=params.people[person], agenda="results")
            for person in contacts[:1]:
                seat.do("meet", where=largest != row, person=params.people[person], agenda="buying")
        bid(seat, TYPICAL_OFF)

    def _requests(self, seat: Seat) -> None:
        """A part for volume, or no."""
        for row, request in enumerate(seat.seen.params.requests):
            waiting = seat.seen.request[row] == OPEN
            if not _any(waiting):
                continue
            seat.do("answer_request", where=waiting, request=request, answer="trade", get="volume_commitment")
            seat.do("answer_request", where=waiting, request=request, answer="decline")


def _hours_by_sales(seat: Seat) -> None:
    if seat.quarter > 1 and seat.quarter % 4 == 2:
        count = len(seat.seen.params.accounts)
        rhythms_by(seat, seat.seen.sales, ("close", "normal", "normal", *("light",) * max(0, count - 3))[:count])


class ValueSeller:
    """Sells on value: finds out first, spends hours where they can grow, holds prices, trades instead of giving."""

    name = "value_seller"
    proposals: Proposals = ONE_STEP
    """What it says at a table."""

    def play(self, seat: Seat) -> None:
        """What must be answered, then what is true, then the people who can act on it."""
        put_right(seat, 40, "credit")
        self._requests(seat)
        bargain(seat, self.proposals)
        self._coverage(seat)
        self._tenders(seat)
        self._discover(seat)
        bid(seat, 0.0, LATE_STAGES, qualified=True)
        self._talks(seat)
        self._executives(seat)
        self._offers(seat)

    def _requests(self, seat: Seat) -> None:
        """Ask what is behind it; trade for volume, or for fewer deliveries where they cost most; else hold."""
        params = seat.seen.params
        for row, request in enumerate(params.requests):
            waiting = seat.seen.request[row] == OPEN
            if not _any(waiting):
                continue
            person = int(params.request_person[row])
            unknown = waiting & np.isnan(seat.seen.known("interest", row)[0])
            if _any(unknown):
                seat.do("meet", where=unknown, person=params.people[person], agenda="buying")
            interest = seat.seen.known("interest", row)[0]
            account = int(params.request_account[row])
            share = -seat.seen.cost_to_serve[account] / np.maximum(seat.seen.sales[account], 1.0)
            costly = seat.seen.reviewed[account] & (share > COSTLY)
            for trade in ("fewer_deliveries", "volume_commitment"):
                fits = waiting & (interest == TRADES.index(trade)) & (costly | (trade == "volume_commitment"))
                if _any(fits):
                    seat.do("answer_request", where=fits, request=request, answer="trade", get=trade)
            rest = seat.seen.request[row] == OPEN
            if _any(rest):
                seat.do("answer_request", where=rest, request=request, answer="decline")

    def _coverage(self, seat: Seat) -> None:
        """Hours to where there is room to grow with people who want to: wallet not yet ours, then collaboration."""
        seen = seat.seen
        params = seen.params
        if seat.quarter not in (1, 3, 5, 9):
            return
        if seat.quarter == 1:
            for account in params.accounts:
                seat.do("set_rhythm", account=account, rhythm="normal")
            return
        promise = np.zeros((len(params.accounts), seen.lanes))
        for row in range(len(params.accounts)):
            wallet, _ = seen.known("wallet", row)
            collaboration, _ = seen.known("collaboration", row)
            room = np.nan_to_num(wallet, nan=0.0) - seen.sales[row]
            margin = seen.margin[row] / np.maximum(seen.sales[row], 1.0)
            promise[row] = room * margin * np.nan_to_num(collaboration, nan=0.5)
        count = len(params.accounts)
        rhythms_by(seat, promise, ("close", "normal", "normal", "normal", *("light",) * max(0, count - 4))[:count])

    def _discover(self, seat: Seat) -> None:
        """Keep a recent picture of every initiative."""
        params = seat.seen.params
        for row, account in enumerate(params.accounts):
            if seat.quarter == 1:
                contact = params.working_level(row)[0]
                seat.do("meet", person=params.people[contact], agenda="buying")
                continue
            stale = np.zeros(seat.seen.lanes, dtype=bool)
            for initiative in params.account_initiatives[row]:
                _, age = seat.seen.known("state", initiative)
                stale |= ~(age <= 0)
            if _any(stale):
                seat.do("scan", where=stale, account=account)
            if seat.quarter == 2:
                largest = np.argmax(seat.seen.sales, axis=0) == row
                seat.do("review_costs", where=largest, account=account)

    def _talks(self, seat: Seat) -> None:
        """Bring each picture to the owner of its initiative."""
        for row in range(len(seat.seen.params.initiatives)):
            self._talk(seat, row)
        for row in range(len(seat.seen.params.initiatives)):
            self._back(seat, row)

    def _back(self, seat: Seat, initiative: int) -> None:
        """With hours to spare, our people against what was lately heard to push an initiative that we believe alive."""
        seen = seat.seen
        params = seen.params
        state, age = seen.known("state", initiative)
        live = (state > 0) & (state < FRESH_LIVE[-1] + 1) & (age <= 1)
        for force in params.initiative_forces[initiative]:
            acts, heard = seen.known("acts", force)
            known = live & (heard <= 1) & ((acts == COMING) | (acts == WORKING)) & (seat.seen.hours_left >= SPARE)
            if _any(known):
                seat.do("back_initiative", where=known, initiative=params.initiatives[initiative],
                        force=params.forces[force])  # fmt: skip

    def _talk(self, seat: Seat, initiative: int) -> None:
        """A meeting with the owner of an initiative that we believe to be alive."""
        params = seat.seen.params
        state, age = seat.seen.known("state", initiative)
        live = np.zeros(seat.seen.lanes, dtype=bool)
        for code in FRESH_LIVE:
            live |= (state == code) & (age <= 1)
        owner = int(params.initiative_owner[initiative])
        name = params.people[owner]
        welcome = seat.seen.may_meet(owner)
        if _any(live & welcome):
            seat.do("meet", where=live & welcome, person=name, agenda="provocative")
        blocked = live & ~welcome & ~seat.seen.out_of_reach(owner)
        blocked &= seat.seen.hours_left >= DOOR_TAKES
        if _any(blocked):
            build_on(seat, initiative, blocked)
            opened = seat.do("seek_executive", where=blocked, person=name, approach="insight")
            now = opened.done & seat.seen.may_meet(owner)
            if _any(now):
                seat.do("meet", where=now, person=name, agenda="provocative")

    def _executives(self, seat: Seat) -> None:
        """With hours left, refresh the picture through the working level."""
        params = seat.seen.params
        for row in range(len(params.accounts)):
            contacts = params.working_level(row)
            for person in contacts[:1]:
                spare = seat.seen.hours_left >= 60.0
                if _any(spare):
                    seat.do("meet", where=spare, person=params.people[person], agenda="results")

    def _tenders(self, seat: Seat) -> None:
        """A tender on a rich, cheap line is the one place where a cut pays; afterwards the price goes back."""
        params = seat.seen.params
        for row, cell in enumerate(params.tender_cell):
            due = seat.seen.tender_quarter[row, 0]
            account, region, line = params.cells[cell]
            rich = params.floor[cell, 0] < 0.60
            if due == seat.quarter and rich:
                top = params.start_discount[cell, 0] + params.authority_discount
                seat.do("set_discount", account=account, line=line, region=region, discount=round(top * 200) / 200)
            elif due == seat.quarter - 1 and rich:
                back = np.ceil(seat.seen.agreed[cell] / PRICE_STEP - 1e-6) * PRICE_STEP
                seat.do("set_discount", account=account, line=line, region=region, discount=back)

    def _offers(self, seat: Seat) -> None:
        """Once trust allows, two points for a commitment and two years, where we have little of a large wallet."""
        seen = seat.seen
        params = seen.params
        if seat.quarter < 3:
            return
        for row, account in enumerate(params.accounts):
            wallet, _ = seen.known("wallet", row)
            margin = seen.margin[row] / np.maximum(seen.sales[row], 1.0)
            fits = (seen.contract_until[row] < seat.quarter) & (seen.sales[row] < 0.3 * wallet) & (margin > 0.3)
            terms = {"account": account, "change": 0.02, "commitment": 0.05, "length": 8, **NONE_OFFERED}
            for days in DAYS:
                as_now = fits & (seen.days[row] == days)
                if _any(as_now):
                    seat.do("offer_terms", where=as_now, days=days, **terms)


class RandomLegal:
    """Makes legal moves by chance: the floor that any sensible play must beat."""

    name = "random_legal"

    def play(self, seat: Seat) -> None:
        """Every kind of move, every way to make it, each with a small chance."""
        for kind in MOVES:
            options = seat.legal(kind).options
            labels = [".".join([kind, *map(str, option.args.values())]) for option in options]
            coins = seat.chance(*labels)
            for label, coin, option in zip(labels, coins, options, strict=True):
                wanted = (option.refused == 0) & (coin < CHANCE)
                if _any(wanted):
                    choose, draw = _choosing(sum(label.encode()) + seat.quarter), _drawing(seat, label)
                    seat.do(kind, where=wanted, **fill(seat.seen.params, kind, option, choose, draw))


def _choosing(turn: int) -> Choose:
    """Choices that change from quarter to quarter and from option to option, the same in every lane."""
    return lambda name, count: (turn + len(name)) % count


def _drawing(seat: Seat, label: str) -> Draw:
    """Draws by lane for one option."""
    return lambda name: seat.chance(f"{label}.{name}")[0]


DISCOUNTED_OFF: Final = 0.02
"""Points of list that the discounter gives off in a bid, on top of what it has cut: all that its authority leaves."""
TYPICAL_OFF: Final = 0.005
"""Points of list that the habitual KAM gives off in a bid."""
LATE_STAGES: Final = (DECISION, COMPARISON, REQUIREMENTS)
"""Stages from which a purchase is worth a value-seller's bid."""
DOOR_TAKES: Final = 110.0
"""Hours from which an executive's door is worth trying: an insight, the approach, the meeting, and as much again."""
SPARE: Final = 100.0
"""Hours that must be left before our people go to work on a customer's trouble."""
COSTLY: Final = 0.12
"""Cost to serve, as a share of sales, from which fewer deliveries are worth a concession."""
CHANCE: Final = 0.5
"""A coin is flipped for each legal way to move; hours run out before the options do."""
