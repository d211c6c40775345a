"""Sessions of a bot that plays many seeds at once, each with the log that it would have alone.

The bot sits in one chair for all lanes. What a move or a close did in a lane is told from that lane's own world, a
quarter at a time, by what tells it in a session.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np

from kamsim.engine.explain import Recorder, Why
from kamsim.engine.lanes import Flags
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.moves import Outcome
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


class Scribe(Seat):
    """The chair of a bot, for all ``seeds``. Each lane's log is whole, or not there at all: used by ``with``, which
    removes those of sessions that were not finished.

    Raises LogUnwritable.
    """

    def __init__(self, scenario: Scenario, seeds: Sequence[int], quarters: int, player: str, folder: Path) -> None:
        params, luck = compiled(scenario), Luck(seeds)
        super().__init__(first_quarter(scenario, params, luck), params, luck)
        self._scenario, self._quarters = scenario, quarters
        self._played: list[World] = []
        self._lanes: list[_Lane] = []
        morning = first_day(scenario, params, 1)
        self._before = self._world.copy()
        for lane, seed in enumerate(seeds):
            world = self._world.take(_only(lane))
            inbox = telling.of_opening(scenario, params, seed, morning, world)
            header = new_header(scenario, seed=seed, player=player, members=(), quarters=quarters, pace="self")
            opened = records.Opened(events=list(inbox), checkpoint=checkpoint(world))
            writer = LogWriter.create(folder, header, opened)
            self._lanes.append(_Lane(seed, writer, world, self._before.take(_only(lane))))

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
        for lane in self._lanes:
            lane.writer.close()
            if not self.finished:
                lane.writer.path.unlink(missing_ok=True)

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """Make a move, and note it in the lanes in which it was made."""
        self._before.become(self._world)
        outcome = super().do(kind, where, **args)
        hours, facts = self._before.work.left, np.count_nonzero(self._before.knowledge.seen_at >= 0, axis=0)
        for lane in np.flatnonzero(outcome.done).tolist():
            plain = plain_args(self._params, kind, {name: _of_lane(value, lane) for name, value in args.items()})
            seen = {"hours_left": float(hours[lane]), "facts": int(facts[lane])}
            self._note(self._lanes[lane], kind, plain, _outcome_of(outcome, lane), seen)
        return outcome

    def _note(self, lane: _Lane, kind: str, args: dict[str, Any], outcome: Outcome, seen: dict[str, float]) -> None:
        params, place = self._params, _only(self._lanes.index(lane))
        told = telling.of_move(params, lane.before, lane.world, kind, args, outcome)
        played = lambda quarter: self._played[quarter - 1].take(place)  # noqa: E731
        events = [telling.explained(event, params, lane.seed, played, lane.commands) for event in told]
        command = Command(len(lane.commands) + 1, self.quarter, kind, args)
        lane.commands.append(command)
        lane.lines.append(
            records.Moved(
                n=command.number, quarter=command.quarter, move=kind, args=args, events=events, thought=0.0, seen=seen
            )
        )

    def close(self) -> None:
        """Close the quarter in all lanes and write it down; with the last one comes the score."""
        before, recorder = self._world, Recorder()
        self._world = before.copy()
        ledger = close_quarter(self._world, self._params, self._luck, recorder)
        whys = booked_whys(recorder, self._params, before.knowledge.reviewed)
        self._played.append(before)
        self._before = self._world.copy()
        seeds = [lane.seed for lane in self._lanes]
        beside = ending.bots_beside(self._scenario, seeds, self._quarters) if self.finished else None
        for place, lane in enumerate(self._lanes):
            only = _only(place)
            lane.world, lane.before, was = self._world.take(only), self._before.take(only), lane.world
            lane.history.append(ledger.take(only))
            lines = [*lane.lines, self._closed(lane, was, whys[place])]
            if beside is not None:
                trust, name = lane.world.relations.trust, lane.writer.path.name
                finish = ending.of_end(self._params, lane.history, trust, beside, place, name)
                lines.append(records.Finished(score=finish))
            lane.writer.append(*lines)
            lane.lines.clear()

    def _closed(self, lane: _Lane, was: World, whys: Sequence[Why]) -> records.Closed:
        scenario, params, ledger = self._scenario, self._params, lane.history[-1]
        closed = telling.of_close(scenario, params, was, lane.world, lane.history, whys, {})
        inbox: tuple[Event, ...] = ()
        if not self.finished:
            inbox = telling.of_opening(scenario, params, lane.seed, was, lane.world)
        return records.Closed(
            quarter=ledger.quarter,
            thought=0.0,
            ledger=ledger_data(ledger),
            events=[*closed, *inbox],
            opening=len(inbox),
            checkpoint=checkpoint(lane.world),
        )


def _only(lane: int) -> slice:
    return slice(lane, lane + 1)


def _of_lane(value: Any, lane: int) -> Any:
    """An argument as it is in one lane."""
    return value[lane] if isinstance(value, np.ndarray) and value.size > 1 else value


def _outcome_of(outcome: Outcome, lane: int) -> Outcome:
    only = _only(lane)
    refused, result, hours = outcome.refused[only], outcome.result[only], outcome.hours[only]
    return Outcome(refused, result, hours, outcome.facts, outcome.learned[:, only])
