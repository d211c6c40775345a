"""What each decision brought so far: the session with one lane as played, one without anything, and one without each.

Quarter by quarter in one run of the engine, so that a close that follows it costs one more close, however much was
decided before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kamsim.engine.lanes import total
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.moves import act
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.world import World
from kamsim.game.commands import Command
from kamsim.game.course import Course

NOTHING_DECIDED = 1
"""The lane in which nothing is decided; lane 0 is as played."""
FIRST = 2


@dataclass(frozen=True)
class Credit:
    """One decision, by its ``key``. Cents of account profit that its quarters would have missed without it: in the
    last closed quarter, and in all since it was made."""

    key: int
    made: int
    last: float
    whole: float


class Credits:
    """What decisions brought, followed from close to close with `follow`."""

    def __init__(self, course: Course) -> None:
        self.quarters = 0
        self._keys: list[tuple[int, int]] = []
        self._profit: list[np.ndarray] = []
        """By quarter: account profit by lane, cents; lanes that came later were as lane 0 until then."""
        self._seed = course.seed
        self._world = first_quarter(course.scenario, course.params, self._luck(FIRST))
        self.sound = True
        """Whether lane 0 still is the session as it was played; not where that was under other rules."""

    def _luck(self, lanes: int) -> Luck:
        return Luck([self._seed] * lanes)

    def follow(self, course: Course, grouped: Mapping[int, int]) -> None:
        """Take the next closed quarter of a course. ``grouped``: by a move's number the key of its decision; moves with
        one key in one quarter are left out together."""
        quarter = self.quarters + 1
        made = [command for command in course.commands if command.quarter == quarter]
        keys = list(dict.fromkeys(grouped[command.number] for command in made))
        before = self._world.lanes
        world = self._world.take(np.concatenate([np.arange(before), np.zeros(len(keys), dtype=np.intp)]))
        luck = self._luck(world.lanes)
        self._play(world, course, made, luck, [grouped[command.number] for command in made], keys, before)
        ledger = close_quarter(world, course.params, luck)
        self._keys += [(key, quarter) for key in keys]
        self._profit.append(total(ledger.contribution))
        self._world, self.quarters = world, quarter
        self.sound = self.sound and _same(ledger, course.history[quarter - 1])

    @staticmethod
    def _play(
        world: World, course: Course, made: Sequence[Command], luck: Luck, own: Sequence[int],
        keys: Sequence[int], before: int,
    ) -> None:  # fmt: skip
        for command, key in zip(made, own, strict=True):
            where = np.ones(world.lanes, dtype=bool)
            where[[NOTHING_DECIDED, before + keys.index(key)]] = False
            act(world, course.params, luck, command.move, command.args, where)

    @property
    def last(self) -> tuple[float, float]:
        """Account profit of the last closed quarter as played, and with nothing decided at all, cents."""
        profit = self._profit[-1]
        return float(profit[0]), float(profit[NOTHING_DECIDED])

    def all(self) -> list[Credit]:
        """Every decision so far, in order."""
        return [self._credit(lane, *key) for lane, key in enumerate(self._keys, FIRST)]

    def _credit(self, lane: int, key: int, made: int) -> Credit:
        missed = [float(profit[0] - profit[lane]) for profit in self._profit[made - 1 :]]
        return Credit(key, made, missed[-1], sum(missed))


def _same(made: Ledger, played: Ledger) -> bool:
    """Whether lane 0 came to the books that were played, to the cent."""
    return bool(np.all(np.abs(made.contribution[:, 0] - played.contribution[:, 0]) < 1.0))
