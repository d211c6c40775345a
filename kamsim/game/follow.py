"""A log's lines followed one by one, through the same code that wrote them: the heart of resuming and of verifying.

A log is one or more stretches, each played under one set of rules; a new stretch begins where a session was
restored from its last checkpoint. A stretch is *replayed* (every command computed again and compared) or
*believed* (state taken from its checkpoints, books and events from its lines).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kamsim.engine.ledger import Ledger
from kamsim.engine.moves import Refusal
from kamsim.engine.world import World, first_day
from kamsim.errors import IllegalMove, LogChanged, LogError, ScenarioError
from kamsim.game import records
from kamsim.game.books import NEAR, differences, ledger_data, ledger_from, state_differences
from kamsim.game.commands import Command, plain_args, plain_guess, plain_page
from kamsim.game.course import Course
from kamsim.game.drafting import Draft
from kamsim.game.events.ending import GuessMade
from kamsim.game.log import LogFile
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import scenario_from_canonical


def scenario_of(found: LogFile, *, to_play: bool = False) -> Scenario:
    """The scenario in a log's header, within today's bounds if it is ``to_play`` on. Raises LogChanged if it is not the
    one that was played, LogError for a length that it does not allow, and ScenarioError."""
    header = found.header
    text = records.canonical_text(header.scenario)
    if hashlib.sha256(text.encode()).hexdigest() != header.scenario_sha256:
        raise LogChanged(f"{found.path}: line 1 holds another scenario than the session was played with")
    scenario, beyond = _scenario(text)
    if beyond and to_play:
        raise LogError(
            f"{found.path} can't be played on: its scenario lies beyond the bounds of this kamsim ({beyond[:160]}). "
            "Replay, debrief and export still open it"
        )
    if not scenario.length.shortest <= header.quarters <= scenario.length.longest:
        raise LogError(f"{found.path}: line 1 plans {header.quarters} quarters, which its scenario does not allow")
    return scenario


@lru_cache(maxsize=8)
def _scenario(text: str) -> tuple[Scenario, str]:
    """The scenario of a canonical text, and what keeps it from being played on, in words, if anything does; the logs of
    a class, and a log that is taken up again, have one."""
    data = json.loads(text)
    try:
        return scenario_from_canonical(data), ""
    except ScenarioError as error:
        return scenario_from_canonical(data, played=True), str(error.findings[0].message)


def stretches(lines: Sequence[records.AnyLine]) -> list[int]:
    """The rules of each stretch of a log."""
    rules = [line.rules for line in lines if isinstance(line, records.Header)]
    return rules + [line.rules for line in lines if isinstance(line, records.Resumed) and line.restored]


@dataclass
class Follower:
    """Brings a course forward line by line. ``replays`` says which stretches, by number from 0, are replayed.

    ``mismatches``: what came out otherwise than the log holds, in words. After one, a replayed stretch goes on from
    what was computed, never from what a log claims.
    """

    course: Course
    replays: Callable[[int], bool]
    stretch: int = 0
    mismatches: list[str] = field(default_factory=list)

    def follow(self, found: LogFile) -> None:
        """Apply every line after the header. Raises LogError, naming the line, for one that cannot stand there."""
        steps: dict[type, Callable[[Any], None]] = {
            records.Opened: self._opened,
            records.Moved: self._moved,
            records.Undone: self._taken_back,
            records.Reset: self._taken_back,
            records.Guessed: self._guessed,
            records.Drafted: self._drafted,
            records.Coached: self._noted,
            records.Clocked: self._noted,
            records.Closed: self._closed,
            records.Resumed: self._resumed,
            records.Finished: self._finished,
        }
        for number, line in enumerate(found.lines[1:], start=2):
            try:
                steps[type(line)](line)
            except _Impossible as error:
                raise LogError(f"{found.path}: line {number} {error}") from None

    @property
    def replaying(self) -> bool:
        """Whether the present stretch is computed again."""
        return self.replays(self.stretch)

    def _opened(self, line: records.Opened) -> None:
        course = self.course
        if self.replaying:
            world, _ = course.begin()
            self._compare(1, line.checkpoint, world)
        else:
            world = self._restored(line.checkpoint, None)
        course.open(world, tuple(line.events))

    def _moved(self, line: records.Moved) -> None:
        course = self.course
        if line.n != course.numbered + 1 or line.quarter != course.quarter:
            raise _Impossible("is a move out of its order")
        command = Command(line.n, line.quarter, line.move, dict(line.args))
        happened = tuple(line.events)
        if not self.replaying:
            course.apply(command, course.world.copy(), happened)
            return
        where = f"quarter {line.quarter}: move {line.n}, {line.move.replace('_', ' ')},"
        try:
            args = plain_args(course.params, line.move, line.args)
        except IllegalMove as error:
            raise _Impossible(f"is a move that does not exist: {error}") from None
        outcome, before, replayed = course.attempt(line.move, args)
        if before is None:
            reason = Refusal(int(outcome.refused[0])).name.lower().replace("_", " ")
            self.mismatches.append(f"{where} is refused now ({reason})")
            before = course.world.copy()
        elif replayed != happened and not _same(
            *([event.to_dict() for event in told] for told in (replayed, happened))
        ):
            self.mismatches.append(f"{where} came out otherwise")
        course.apply(command, before, happened)

    def _taken_back(self, line: records.Undone | records.Reset) -> None:
        stack = [step.command.number for step in self.course.stack]
        count = len(line.takes_back)
        if not count or stack[-count:] != line.takes_back:
            raise _Impossible("takes back moves that cannot be taken back")
        self.course.forget(count)

    def _guessed(self, line: records.Guessed) -> None:
        params = self.course.params
        try:
            value = plain_guess(params.accounts, params.opportunities, line.name, line.value)
        except IllegalMove as error:
            raise _Impossible(f"is a guess that does not exist: {error}") from None
        self.course.note_guess(GuessMade(guess=line.name, value=value))

    def _drafted(self, line: records.Drafted) -> None:
        course = self.course
        try:
            plain_page(course.params, line.account, line.audience, line.page)
        except IllegalMove as error:
            raise _Impossible(f"is a draft that cannot be: {error}") from None
        course.drafts[line.name] = Draft(line.name, line.account, line.audience, line.quarter, dict(line.page))

    def _noted(self, _line: records.Coached | records.Clocked) -> None:
        """What changes nothing in the session: only a debrief reads it."""

    def _closed(self, line: records.Closed) -> None:
        course = self.course
        if line.quarter != course.quarter or line.ledger.quarter != line.quarter or line.quarter > course.quarters:
            raise _Impossible("is a quarter out of its order")
        happened = tuple(line.events)
        if line.opening > len(happened):
            raise _Impossible("counts more events than it holds")
        held: Ledger = ledger_from(line.ledger, course.params)
        if self.replaying:
            made = course.closing()
            world, ledger = made.world, made.ledger
            self.mismatches += differences(line.ledger, ledger_data(ledger))
            self._compare(line.quarter, line.checkpoint, world)
        else:
            world, ledger = self._restored(line.checkpoint, held), held
        if world.quarter != line.quarter + 1:
            raise _Impossible("has the checkpoint of another quarter")
        split = len(happened) - line.opening
        course.close_books(world, ledger, happened[:split], happened[split:])

    def _resumed(self, line: records.Resumed) -> None:
        course = self.course
        if line.quarter != course.quarter:
            raise _Impossible("resumes another quarter")
        if not line.restored:
            return
        open_moves = [command.number for command in course.commands if command.quarter == course.quarter]
        if line.takes_back != open_moves:
            raise _Impossible("takes back other moves than the quarter has")
        course.restart_quarter()
        self.stretch += 1

    def _finished(self, line: records.Finished) -> None:
        if self.course.quarter <= self.course.quarters:
            raise _Impossible("is a score before the end")
        self.course.end(line.score)

    def _restored(self, held: records.Checkpoint, ledger: Ledger | None) -> World:
        """The world of a checkpoint."""
        course = self.course
        world = first_day(course.scenario, course.params, 1)
        try:
            world.restore(held.data)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError, RecursionError):
            raise _Impossible("has a checkpoint that this version of kamsim cannot read") from None
        world.ledger = ledger
        return world

    def _compare(self, quarter: int, held: records.Checkpoint, world: World) -> None:
        """Note where the world is another than its checkpoint."""
        try:
            self.mismatches += [f"quarter {quarter}: {text}" for text in state_differences(held, world)]
        except (ValueError, RecursionError):
            raise _Impossible("has a checkpoint that kamsim did not write") from None


class _Impossible(Exception):  # it becomes a LogError where the line's number is known
    """A sound line that cannot stand where it stands."""


def _same(one: Any, two: Any) -> bool:
    """Whether two pieces of plain data are equal, numbers within `NEAR`."""
    if one == two:
        return True
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_same(one[key], two[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(two, list | tuple):
        return len(one) == len(two) and all(map(_same, one, two))
    if isinstance(one, float) or isinstance(two, float):
        numbers = isinstance(one, int | float) and isinstance(two, int | float)
        return numbers and math.isclose(one, two, rel_tol=NEAR, abs_tol=NEAR)
    return False
