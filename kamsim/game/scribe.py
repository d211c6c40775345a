"""Sessions of a bot that plays many seeds at once, each with the log that it would have alone.

The bot sits in one chair for all lanes. What a move or a close did in a lane is told from that lane's own world, a
quarter at a time, by what tells it in a session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np

from kamsim.engine.explain import Recorder, Why
from kamsim.engine.lanes import Flags
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.moves import Outcome
from kamsim.engine.params import Params
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.world import World, first_day
from kamsim.game import records, telling
from kamsim.game.books import checkpoint, ledger_data
from kamsim.game.commands import Command, plain_args
from kamsim.game.events import ending
from kamsim.game.events.closing import booked_whys
from kamsim.game.events.declared import Event
from kamsim.game.log import LogWriter, new_header
from kamsim.players.outcomes import compiled
from kamsim.players.seat import Seat
from kamsim.scenario.models import Scenario

Note = Callable[[str, Mapping[str, Any], Outcome], None]


@dataclass(eq=False)
class _Lane:
    """One seed's session: its log, and what later events need of it."""

    seed: int
    writer: LogWriter
    world: World
    """As it is in this quarter, in the arrays of all lanes."""
    before: World
    """The same before the last move."""
    commands: list[Command] = field(default_factory=list)
    history: list[Ledger] = field(default_factory=list)
    lines: list[records.Line] = field(default_factory=list)
    """Of this quarter's moves."""


class Scribe:
    """The sessions of a bot, one for each of ``seeds``: ``bot.play(scribe.seat)``, then `end_quarter`, until they are
    ``finished``. Each log is whole, or not there at all: used by ``with``, which removes those that were not finished.

    Raises LogUnwritable.
    """

    def __init__(self, scenario: Scenario, seeds: Sequence[int], quarters: int, player: str, folder: Path) -> None:
        params, self._luck = compiled(scenario), Luck(seeds)
        self._scenario, self._params, self._quarters = scenario, params, quarters
        world = first_quarter(scenario, params, self._luck)
        self.seat = _Chair(world, params, self._luck, self._note)
        """The chair, for the bot."""
        self._played: list[World] = []
        self._lanes: list[_Lane] = []
        morning = first_day(scenario, params, 1)
        try:
            for place, seed in enumerate(seeds):
                lane = world.take(_only(place))
                inbox = telling.of_opening(scenario, params, seed, morning, lane)
                header = new_header(
                    scenario, seed=seed, player=player, members=(), quarters=quarters, pace="self", policy=player
                )
                opened = records.Opened(events=list(inbox), checkpoint=checkpoint(lane))
                writer = LogWriter.create(folder, header, opened)
                self._lanes.append(_Lane(seed, writer, lane, self.seat.before.take(_only(place))))
        except BaseException:
            self._discard()
            raise

    @property
    def finished(self) -> bool:
        """Whether all quarters are closed."""
        return len(self._played) == self._quarters

    @property
    def logs(self) -> list[Path]:
        """Where the logs are, in the order of the seeds."""
        return [lane.writer.path for lane in self._lanes]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.finished:
            self._discard()
        for lane in self._lanes:
            lane.writer.close()

    def _discard(self) -> None:
        """Take all logs away, the first one last: the folder may have been made for it."""
        for lane in reversed(self._lanes):
            lane.writer.discard()

    def _note(self, kind: str, args: Mapping[str, Any], outcome: Outcome) -> None:
        """Keep a move for the logs of the lanes in which it was made."""
        before = self.seat.before
        facts = np.count_nonzero(before.knowledge.seen_at >= 0, axis=0)
        for place in np.flatnonzero(outcome.done).tolist():
            lane, only = self._lanes[place], _only(place)
            plain = plain_args(self._params, kind, {name: _of_lane(value, place) for name, value in args.items()})
            told = telling.of_move(self._params, lane.before, lane.world, kind, plain, _outcome_of(outcome, only))
            command = Command(len(lane.commands) + 1, self.seat.quarter, kind, plain)
            played = lambda quarter, only=only: self._played[quarter - 1].take(only)  # noqa: E731
            lane.lines.append(
                records.Moved(
                    n=command.number,
                    quarter=command.quarter,
                    move=kind,
                    args=plain,
                    events=[telling.explained(e, self._params, lane.seed, played, lane.commands) for e in told],
                    thought=0.0,
                    seen={"hours_left": float(before.work.left[place]), "facts": int(facts[place])},
                )
            )
            lane.commands.append(command)

    def end_quarter(self) -> None:
        """Close the quarter in all lanes and write it down; with the last one comes the score."""
        before, world, recorder = self.seat.world, self.seat.world.copy(), Recorder()
        ledger = close_quarter(world, self._params, self._luck, recorder)
        whys = booked_whys(recorder, self._params, before.knowledge.reviewed)
        self._played.append(before)
        self.seat.move_to(world)
        seeds = [lane.seed for lane in self._lanes]
        beside = ending.bots_beside(self._scenario, seeds, self._quarters) if self.finished else None
        for place, lane in enumerate(self._lanes):
            only, was = _only(place), lane.world
            lane.world, lane.before = world.take(only), self.seat.before.take(only)
            lane.history.append(ledger.take(only))
            lines = [*lane.lines, self._closed(lane, was, whys[place])]
            if beside is not None:
                name = lane.writer.path.name
                finish = ending.of_end(self._params, lane.history, lane.world, beside, place, name)
                lines.append(records.Finished(score=finish))
            lane.writer.append(*lines)
            lane.lines.clear()

    def _closed(self, lane: _Lane, was: World, whys: Sequence[Why]) -> records.Closed:
        scenario, params, ledger = self._scenario, self._params, lane.history[-1]
        closed = telling.of_close(scenario, params, was, lane.world, lane.history, whys, {})
        inbox: tuple[Event, ...] = ()
        if self.finished:
            closed += telling.of_end(params, Luck([lane.seed]), lane.world)
        else:
            inbox = telling.of_opening(scenario, params, lane.seed, was, lane.world)
        return records.Closed(
            quarter=ledger.quarter,
            thought=0.0,
            ledger=ledger_data(ledger),
            events=[*closed, *inbox],
            opening=len(inbox),
            checkpoint=checkpoint(lane.world),
        )


class _Chair(Seat):
    """A seat that tells of each move, and keeps the worlds as they were before it."""

    def __init__(self, world: World, params: Params, luck: Luck, note: Note) -> None:
        super().__init__(world, params, luck)
        self._note = note
        self.before = world.copy()

    @property
    def world(self) -> World:
        """The worlds that the bot sits in."""
        return self._world

    def move_to(self, world: World) -> None:
        """Sit in the next quarter's."""
        self._world, self.before = world, world.copy()

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """Make a move as `Seat.do` does."""
        self.before.become(self._world)
        outcome = super().do(kind, where, **args)
        self._note(kind, args, outcome)
        return outcome


def _only(place: int) -> slice:
    return slice(place, place + 1)


def _of_lane(value: Any, place: int) -> Any:
    """An argument as it is in one lane, as an array of one: its numbers may stand for names."""
    return value[place : place + 1] if isinstance(value, np.ndarray) and value.size > 1 else value


def _outcome_of(outcome: Outcome, only: slice) -> Outcome:
    refused, result, hours = outcome.refused[only], outcome.result[only], outcome.hours[only]
    return Outcome(refused, result, hours, outcome.facts, outcome.learned[:, only])
