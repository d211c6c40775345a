"""Small values that a session hands out or keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kamsim.engine.explain import Why
from kamsim.engine.ledger import Ledger
from kamsim.engine.moves import Refusal
from kamsim.engine.world import World
from kamsim.game.commands import Command
from kamsim.game.events import Event

IDLE: Final = 120.0
"""Seconds without a sign of life after which nobody is thought to be thinking."""


@dataclass(frozen=True)
class Answer:
    """What came of a move: why it was refused (`Refusal.NONE` if it was made), and what happened."""

    refusal: Refusal
    events: tuple[Event, ...]


@dataclass(frozen=True, eq=False)
class Report:
    """A closed quarter: its books, why each account's booked profit moved, and everything that happened, the opening
    of the next quarter last."""

    quarter: int
    ledger: Ledger
    whys: tuple[Why, ...]
    events: tuple[Event, ...]


@dataclass
class Thinking:
    """Seconds of thought since the last command: time between signs of life, each gap capped at `IDLE`."""

    clock: Callable[[], float]
    spent: float = 0.0
    last: float = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.clock()

    def alive(self) -> None:
        """Somebody is there."""
        now = self.clock()
        self.spent += min(max(0.0, now - self.last), IDLE)
        self.last = now

    def so_far(self) -> float:
        """Seconds up to now."""
        self.alive()
        return round(self.spent, 2)


@dataclass(frozen=True, eq=False)
class Step:
    """A move of this quarter that can be taken back: the world before it, and what it told."""

    command: Command
    before: World
    happened: tuple[Event, ...]
