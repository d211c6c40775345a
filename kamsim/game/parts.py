"""Small values that a session hands out or keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from kamsim.engine.explain import Why
from kamsim.engine.lanes import Codes, Flags
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.moves import Outcome, Refusal, act
from kamsim.engine.params import Params
from kamsim.engine.sight import Seen, observe
from kamsim.engine.world import World
from kamsim.game.commands import Command
from kamsim.game.events.declared import Event
from kamsim.players.seat import Seat, check_where

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


@dataclass(frozen=True, eq=False)
class Close:
    """A quarter's close: the world after it, the books, why each account's booked profit moved, the events of the close
    and of the opening after it."""

    world: World
    ledger: Ledger
    whys: tuple[Why, ...]
    closed: tuple[Event, ...]
    inbox: tuple[Event, ...]


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


class LoggedSeat(Seat):
    """The session's chair: what a policy needs. Its moves go through the log like a person's.

    ``make`` is that of its `Course`, or of the session that logs it.
    """

    def __init__(self, world: World, params: Params, luck: Luck, make: Callable[..., tuple[Outcome, object]]) -> None:
        super().__init__(world, params, luck)
        self._make = make
        self._sight: Seen | None = None
        """What moves are checked by. It follows them; ``seen`` is another one after each, so that pages can tell."""

    @property
    def seen(self) -> Seen:
        """What the player sees now; another one after each move, although its views would follow."""
        if self._seen is None or self._seen.quarter != self.quarter:
            self._seen = copy(observe(self._world, self._params))
        return self._seen

    @property
    def world(self) -> World:
        """The world that it sits in."""
        return self._world

    def move_to(self, world: World) -> None:
        """Sit in another world from now on."""
        self._world = world
        self._seen = self._sight = None

    def become(self, world: World) -> None:
        """Let this world be as another of the same quarter, in place: a `Seen` that somebody holds follows."""
        self._world.become(world)
        self._seen = self._sight = None

    def act(self, kind: str, args: Mapping[str, Any]) -> Outcome:
        """Make a move in place, without the log; a refused one changes nothing."""
        if self._sight is None or self._sight.quarter != self.quarter:
            self._sight = observe(self._world, self._params)
        outcome = act(self._world, self._params, self._luck, kind, args, seen=self._sight)
        self._seen = None
        return outcome

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """Make a move unless ``where`` says no; a refused one changes nothing and is not logged."""
        check_where(kind, where, 1)
        if where is not None and not bool(np.asarray(where).all()):
            return not_made(-1)
        return self._make(kind, args)[0]


def not_made(code: int) -> Outcome:
    """The outcome of a move that was refused with ``code`` (-1: it was not asked for)."""
    refused: Codes = np.array([code], dtype=np.int8)
    nothing: Codes = np.zeros(1, dtype=np.int8)
    return Outcome(refused, nothing, np.zeros(1), (), np.zeros((0, 1), dtype=bool))
