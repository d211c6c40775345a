"""The ways to play that a scenario is tried with: every shipped bot, good ones without one thing, and a plain routine
with one thing added in every quarter.

What a thing is worth shows where it is taken away from whoever uses it well; whether a single habit can win shows where
it is all that somebody does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Flags, Rows
from kamsim.engine.levers import LEVERS as CASE_LEVERS
from kamsim.engine.levers import NONE_OFFERED
from kamsim.engine.moves import Outcome
from kamsim.engine.params import OPEN, TRADES
from kamsim.engine.terms import DAYS, PRICE_STEP
from kamsim.lab.behaviours import BEHAVIOURS
from kamsim.players.policies import POLICIES
from kamsim.players.pursuing import bid
from kamsim.players.seat import Policy, Seat
from kamsim.players.selective import LaneSeat
from kamsim.players.sellers import Steady, answer_all, cut_prices
from kamsim.view.words.levers import WORDS

BEST: Final = "dynamic"
"""The best play that we know."""
GOOD: Final = "value_seller"
USUAL: Final = "typical"
ROUTINE: Final = "steady"
"""What a single habit is added to."""


CASES: Final = ("present_case", "recut_case", "accept_condition")
ON_A_PAGE: Final = (*CASE_LEVERS, "commitment")
"""What a page before a customer may pull, or ask."""


def on_a_page(name: str) -> str:
    """How what a page pulls is counted."""
    return f"on a page: {name}"


class CountedSeat(Seat):
    """A seat that counts the moves that are made in it, by kind and over all lanes."""

    def __init__(self, seat: Seat, made: Counter[str]) -> None:
        super().__init__(seat._world, seat._params, seat._luck)  # the same chair
        self._made = made

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """The move, counted, and what its page pulls."""
        outcome = super().do(kind, where=where, **args)
        self._made[kind] += int(np.count_nonzero(outcome.done))
        for name in ON_A_PAGE if kind in CASES else ():
            if name in args:
                pulled = outcome.done & ~np.isin(np.asarray(args[name]), (0, 0.0, "no"))
                self._made[on_a_page(name)] += int(np.count_nonzero(pulled))
        return outcome


class Counted:
    """Any policy, with its moves counted."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.name = policy, policy.name
        self.made: Counter[str] = Counter()

    def play(self, seat: Seat) -> None:
        """As the policy does."""
        self.policy.play(CountedSeat(seat, self.made))


@dataclass(frozen=True)
class Lever:
    """Something that a player can do, in a facilitator's words, and the moves of the catalogue that it stands for."""

    name: str
    says: str
    kinds: tuple[str, ...]
    host: str = BEST
    """The bot that uses it, from which it is taken away."""
    field: str = ""
    """What of a page is left out; its moves stay."""
    habit: str = ""
    """The habit that shows it, too."""


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


LEVERS: Final = (
    Lever("contact", "meeting people", ("meet",)),
    Lever("reading", "reading up on what customers have under way", ("scan",), GOOD),
    Lever("insights", "building insights and bringing them to their owners", ("build_insight", "bring_insight"), GOOD),
    Lever("doors", "going to see executives", ("seek_executive",), GOOD),
    Lever("help", "helping what customers have under way", ("back_initiative",), GOOD),
    Lever("terms", "offers of Terms", ("offer_terms",), GOOD, habit="Terms"),
    Lever("cases", "business cases before customers", CASES),
    Lever("desk", "asks at our own deal desk", ("ask_desk", "recut_ask")),
    Lever("promises", "measuring what was promised", ("measure_promise",)),
    Lever("bids", "bidding for purchases", ("bid", "renew_case")),
    Lever("table", "negotiating at the table", ("propose",)),
    Lever("requests", "answering requests for a lower price", ("answer_request",)),
    Lever("incidents", "putting incidents right", ("handle_incident",)),
    Lever("successors", "being introduced to successors", ("hand_over",)),
    Lever("commitments", "asking for commitments of volume in cases", (on_a_page("commitment"),), field="commitment"),
    *(Lever(name, f"in cases: {_small(WORDS[name].label)}", (on_a_page(name),), field=name) for name in CASE_LEVERS),
)
"""What bots do, each to be left out once."""


class _LackingSeat(Seat):
    """A seat whose player lacks a lever, another one in each lane. ``lacks``: lanes by lever."""

    def __init__(self, seat: Seat, lacks: Sequence[tuple[Lever, Flags]]) -> None:
        super().__init__(seat._world, seat._params, seat._luck)  # the same chair
        self._lacks = lacks

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """The move in the lanes that have it, with pages that say what they can."""
        there = np.ones(self.seen.lanes, dtype=bool) if where is None else where
        for lever, lanes in self._lacks:
            if kind in lever.kinds:
                there = there & ~lanes
            if lever.field in args and kind in CASES:
                args[lever.field] = _blanked(args[lever.field], lanes)
        return super().do(kind, where=there, **args)


def _blanked(said: Any, lanes: Flags) -> Any:
    """What a page says by lane, and nothing of it in some; words are said by their place, or as they are."""
    by_lane = np.broadcast_to(np.asarray(said), lanes.shape).copy()
    by_lane[lanes] = "no" if by_lane.dtype.kind == "U" else 0
    return by_lane


class WithoutEach:
    """A bot that lacks another lever in each lane; -1 in ``lacking`` (L,) stands for none. Lanes never influence each
    other, so that this is the same as one run for each lever, in a fraction of the time."""

    def __init__(self, host: str, lacking: Rows) -> None:
        self.name = f"{host}, each lever left out"
        self._policy = POLICIES[host]()
        self._lacks = [(lever, lacking == row) for row, lever in enumerate(LEVERS) if (lacking == row).any()]

    def play(self, seat: Seat) -> None:
        """As the bot, which is refused what it lacks."""
        self._policy.play(_LackingSeat(seat, self._lacks))


class HabitEach(Steady):
    """A plain routine, and another thing in each lane in every quarter; -1 in ``habits`` (L,) stands for none."""

    name = "each habit"

    def __init__(self, habits: Rows) -> None:
        self._lanes = [(habit, habits == row) for row, habit in enumerate(HABITS) if (habits == row).any()]

    def play(self, seat: Seat) -> None:
        """The habit first, so that it finds hours and requests untouched."""
        for habit, lanes in self._lanes:
            habit.does(LaneSeat(seat, lanes))
        super().play(seat)


def _cuts(points: float) -> Callable[[Seat], object]:
    return lambda seat: cut_prices(seat, points)


def _rebates(seat: Seat) -> None:
    params = seat.seen.params
    top = np.floor(params.authority_rebate / PRICE_STEP + 1e-6) * PRICE_STEP
    for row, (account, region, line) in enumerate(params.cells):
        wanted = seat.seen.rebate[row] < top - 1e-9
        if wanted.any():
            seat.do("set_rebate", where=wanted, account=account, line=line, region=region, rebate=top)


def _grants(seat: Seat) -> None:
    answer_all(seat, "grant")


def _trades(seat: Seat) -> None:
    for row, request in enumerate(seat.seen.params.requests):
        for get in TRADES:
            waiting = seat.seen.request[row] == OPEN
            if waiting.any():
                seat.do("answer_request", where=waiting, request=request, answer="trade", get=get)


def _contact(rhythm: str) -> Callable[[Seat], object]:
    def does(seat: Seat) -> None:
        if seat.quarter == 2:
            for account in seat.seen.params.accounts:
                seat.do("set_rhythm", account=account, rhythm=rhythm)

    return does


def _visits(seat: Seat) -> None:
    params = seat.seen.params
    for account in range(len(params.accounts)):
        for person in params.working_level(account):
            seat.do("meet", person=params.people[person], agenda="results")


def _rushes(seat: Seat) -> None:
    for account in seat.seen.params.accounts:
        seat.do("expedite", account=account)


def _bids(seat: Seat) -> None:
    bid(seat, 0.0)


def _terms(seat: Seat) -> None:
    """Two points and two years for five points of wallet, wherever nothing is signed."""
    seen = seat.seen
    for row, account in enumerate(seen.params.accounts):
        free = (seen.contract_until[row] < seat.quarter) & (seen.offer[row] == 0)
        for days in DAYS:
            here = free & (seen.days[row] == days)
            if here.any():
                seat.do("offer_terms", where=here, account=account, change=0.02, commitment=0.05, length=8, days=days,
                        **NONE_OFFERED)  # fmt: skip


def _answers(seat: Seat) -> None:
    """Whoever asks on the spot gets a cautious answer about their own goal."""
    for row, moment in enumerate(seat.seen.params.moments):
        asked = seat.seen.moment[row] > 0
        if asked.any():
            seat.do("answer_moment", where=asked, moment=moment, why="their_goal", number="cautious")
            seat.do("press_moment", where=asked, moment=moment, stand="recut", proof="their_figures", ask="meeting")
            seat.do("close_moment", where=asked, moment=moment, reply="admit")


@dataclass(frozen=True)
class Habit:
    """One thing that somebody does in every quarter, in a facilitator's words."""

    name: str
    says: str
    does: Callable[[Seat], object]


HABITS: Final = (
    Habit("cuts by 3%", "3% off every price from the first day", _cuts(0.03)),
    Habit("cuts by 8%", "8% off every price from the first day", _cuts(0.08)),
    Habit("rebates", "the largest yearly rebate for everybody", _rebates),
    Habit("grants", "a yes to every request", _grants),
    Habit("trades", "something asked in return for every request", _trades),
    Habit("close contact", "the closest contact with everybody", _contact("close")),
    Habit("light contact", "the lightest contact with everybody", _contact("light")),
    Habit("visits", "a visit to everybody below the executives", _visits),
    Habit("rushes", "rushed deliveries for everybody", _rushes),
    Habit("Terms", "the same Terms offered to everybody", _terms),
    Habit("answers", "an answer to everybody who asks on the spot", _answers),
    Habit("bids", "a bid for every purchase, whatever it is", _bids),
)


def policy_of(arm: str) -> Policy:
    """A shipped bot, its moves counted, or a behaviour that is for experiments only."""
    return Counted(POLICIES[arm]()) if arm in POLICIES else BEHAVIOURS[arm]()
