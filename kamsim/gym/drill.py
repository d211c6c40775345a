"""A drill and what comes of it, as plain values: the situation posed, who read the answer, what it came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from kamsim.game.events.declared import Event

YEAR: Final = 4
"""Quarters that are played ahead."""


@dataclass(frozen=True)
class Drill:
    """One situation. ``seed``: of its world; ``bot``: who played it until ``quarter``; ``person``: whose face: somebody
    of the customer's, or who signs for our desk; ``about``: an initiative, moment or talk, '' where a purchase is to be
    chosen; ``twist``: what has just changed."""

    number: int
    kind: str
    scenario: str
    seed: int
    level: int
    skill: str
    """What it was chosen for."""
    bot: str
    quarter: int
    account: str
    """'' where it is about several customers."""
    twist: str
    person: str
    about: str
    audience: str
    page: dict[str, Any] = field(default_factory=dict)
    """The page as it opens, where one is written."""
    levers: tuple[str, ...] = ()
    """Fields of the page that are asked for, in the order of a page."""
    choices: tuple[str, ...] = ()
    """Opportunities to choose from."""
    facts: tuple[int, ...] = ()
    """Rows of facts that the situation needs, the most important first."""


@dataclass(frozen=True)
class Reading:
    """What a reader made of a page: points 0..100, those needed, and the criteria that cost most."""

    id: str
    score: float
    bar: float
    costly: tuple[str, ...]

    @property
    def says(self) -> bool:
        """Whether it was enough for this reader."""
        return self.score >= self.bar


@dataclass(frozen=True)
class Part:
    """One thing that was weighed: how well it was met, 0..1, how well the facts would have let it be met, and its
    weight."""

    name: str
    met: float
    best: float
    weight: float


@dataclass(frozen=True)
class Ahead:
    """The year after an answer: whose it was; account profit by quarter in cents, on the drill's own luck (``profit``)
    and in the middle of several lots of luck (``usual``), the same for all answers; whether something was
    signed or won."""

    name: str
    """yours, bot or nothing."""
    bot: str
    profit: tuple[int, ...]
    usual: tuple[int, ...]
    signed: bool

    @property
    def year(self) -> int:
        """Account profit of all its quarters, cents."""
        return sum(self.profit)


@dataclass(frozen=True)
class Feedback:
    """What came of an answer. ``mark``, ``habit`` and ``borne``: 0..100 of the answer, of the habitual one, and of the
    best that the facts would have borne."""

    drill: Drill
    reaction: tuple[Event, ...]
    readers: tuple[Reading, ...]
    parts: tuple[Part, ...]
    mark: float
    habit: float
    borne: float
    answer: tuple[dict[str, Any], ...]
    """Moves that were made, as ``move`` and ``args``."""
    borne_answer: tuple[dict[str, Any], ...]
    """Moves that would have had it, as ``move`` and ``args``."""
    ahead: tuple[Ahead, ...]
    met: dict[str, float]
    """By skill that it showed, 0..1."""
    next_time: str
    """The skill to work on."""
    expected: tuple[int, int] | None
    truth: int
    """Account profit of the year ahead with the answer, cents."""
    thought: float

    @property
    def inside(self) -> bool | None:
        """Whether the truth lay inside the range; None where none was given."""
        return None if self.expected is None else self.expected[0] <= self.truth <= self.expected[1]
