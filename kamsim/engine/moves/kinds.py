"""What a move is: its fields, why it may be refused, what can come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from kamsim.engine.knowledge import MEETING
from kamsim.engine.lanes import Codes, Flags, Lanes, Where
from kamsim.engine.luck import Luck
from kamsim.engine.params import Params
from kamsim.engine.sight import Seen
from kamsim.engine.world import World


class Refusal(IntEnum):
    """Why a move cannot be made; the game words each with what would help."""

    NONE = 0
    ENDED = 1
    LOCKED = 2
    NO_HOURS = 3
    NO_CHANGE = 4
    DOOR_CLOSED = 5
    DOOR_SHUT = 6
    DOOR_OPEN = 7
    NOT_EXECUTIVE = 8
    NO_INSIGHT = 9
    SCANNED = 10
    REVIEWED = 11
    NOT_BOUGHT = 12
    BEYOND_AUTHORITY = 13
    BELOW_FLOOR = 14
    BELOW_AGREED = 15
    OFFER_PENDING = 16
    NO_REQUEST = 17
    TRADE_TRIED = 18
    NO_INCIDENT = 19
    HANDLED = 20
    EXPEDITED = 21
    UNDER_CONTRACT = 22
    ALREADY_MET = 23
    ALREADY_AGREED = 24
    CASE_PENDING = 25
    PROMISE_OPEN = 26
    PROMISES_FULL = 27
    TOO_MANY_LEVERS = 28
    NOT_THEIRS = 29
    NO_DESK = 30
    NOTHING_BESPOKE = 31
    WITHIN_AUTHORITY = 32
    DAYS_BEYOND = 33
    NO_CASE = 34
    NO_CONDITION = 35
    NOT_DUE = 36
    NO_MOMENT = 37
    NO_BOOKS = 38
    NO_REFEREE = 39
    NOT_LEAVING = 40
    HANDED_OVER = 41
    NOT_FOR_CORRIDOR = 42
    IT_IS_OVER = 43
    NO_STORY = 44
    ALREADY_BUILT = 45
    BROUGHT = 46
    NOT_ITS_FORCE = 47
    FORCE_UNKNOWN = 48
    ALREADY_BACKED = 49
    NO_NEWS = 50
    OLD_NEWS = 51
    ALREADY_LINKED = 52
    NO_TALK = 53
    TOLD_ALREADY = 54
    NO_OPPORTUNITY = 55
    TOO_EARLY = 56
    DECIDED = 57
    NOT_HERE = 58
    LEAVES_US = 59
    COACHED = 60
    TEAM_REVIEWED = 61
    SPECIALIST_BUSY = 62
    SPECIALIST_TAKEN = 63
    HELPED_ALREADY = 64
    NETWORKED = 65
    NO_COLLEAGUE = 66
    LEADER_ASKED = 67
    BUILT_TOGETHER = 68
    ONE_AT_A_TIME = 69
    ASKED_TODAY = 70
    NOTHING_BUILT = 71
    NO_PLAN = 72
    PLAN_SHARED = 73
    UNTOLD = 74


class Result(IntEnum):
    """What came of a move that was made."""

    DONE = 0
    LEARNED = 1
    NOTHING_NEW = 2
    DOOR_OPENED = 3
    DECLINED = 4
    STALE = 5
    GRANTED = 6
    TRADED = 7
    TRADE_REFUSED = 8
    TURNED_DOWN = 9
    TURNED_DOWN_BADLY = 10
    ANSWERED = 11
    KEPT = 12
    MISSED = 13
    PASSED = 14
    WON = 15
    HELD = 16
    LOST = 17
    WASTED = 18
    NO_REFERRAL = 19
    LANDED = 20
    BACKED = 21
    LINKED = 22
    AGREED = 23
    COUNTERED = 24
    WALKED = 25
    NOT_YET = 26


@dataclass(frozen=True)
class Field:
    """One argument of a move. ``kind``: account, line, region, person, request, initiative, moment, force, news, talk,
    opportunity, colleague, specialist, joint (names); choice (one of ``choices``); number (``low``..``high`` in steps
    of ``step``). A ``free`` field never decides whether a move is allowed at all. One that is ``by_lane`` the move
    takes as an array too, of row numbers (-1 for none), of numbers, or of the places of words, counted from
    ``first``."""

    name: str
    kind: str
    choices: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    optional: bool = False
    free: bool = False
    by_lane: bool = False
    first: int = 0

    @property
    def said(self) -> str:
        """The field and what it may hold, as a list shows it; in brackets where it may be left out."""
        text = self.name
        if self.choices:
            text += "=" + "|".join(
                f"{choice:g}" if isinstance(choice, float) else f"{choice}" for choice in self.choices
            )
        elif self.kind == "number":
            text += f"={self.low:g}..{self.high:g} by {self.step:g}"
        return f"[{text}]" if self.optional else text


@dataclass(frozen=True)
class Outcome:
    """What happened to one move, by lane.

    ``refused`` (L,) holds `Refusal` codes, 0 where the move was made (-1 where it was not asked for); ``result``
    (L,) `Result` codes; ``hours`` (L,) charged; ``facts`` row numbers in ``params.facts`` that it could reveal, and
    ``learned`` (facts, L) which it did.
    """

    refused: Codes
    result: Codes
    hours: Lanes
    facts: tuple[int, ...]
    learned: Flags

    @property
    def done(self) -> Flags:
        """Lanes in which the move was made."""
        made: Flags = self.refused == 0
        return made


Bound = dict[str, Any]
Effect = tuple[Any, tuple[int, ...], Any]
"""Result codes, facts tried, facts learned, all over the lanes touched."""
NOTHING: Final[tuple[int, ...]] = ()


@dataclass(frozen=True)
class Move:
    """One kind of move. ``answered``: somebody answers or something is revealed at once, so it cannot be undone.
    ``probe``: values of optional free fields with which one may ask whether the move can be made at all. ``reveals``:
    it changes nothing but what is known; ``source``: from where it has that (index into `knowledge.SOURCES`)."""

    kind: str
    takes: str
    """Its hours as a list shows them: "10, 20"."""
    fields: tuple[Field, ...]
    answered: bool
    hours: Callable[[Seen, Bound], Any]
    refuse: Callable[[Seen, Bound], Sequence[tuple[Any, Refusal]]]
    apply: Callable[[World, Params, Luck, Bound, Where], Effect]
    probe: Mapping[str, Any] = field(default_factory=dict)
    reveals: bool = False
    source: int = MEETING
    part: str = ""
    """Which of `organisation.PARTS` a scenario must have for the move to be there at all; empty for none."""


def no_hours(_seen: Seen, _bound: Bound) -> float:
    """A move that takes no time."""
    return 0.0
