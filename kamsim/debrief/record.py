"""One session as a debrief reads it: the moves that stand, what happened in their order, and the books. No replay."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from kamsim.debrief.pursuits import Pursuit, pursuits
from kamsim.debrief.reading import E_co, Happening
from kamsim.engine.knowledge import NOTES
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.moves import MOVES
from kamsim.engine.params import Params, compile_params
from kamsim.engine.quarter import first_quarter
from kamsim.engine.world import World
from kamsim.errors import LogError
from kamsim.game import records
from kamsim.game.books import ledger_from
from kamsim.game.commands import Command, account_row
from kamsim.game.events.closing import TrueBooks, TruthKept
from kamsim.game.events.contact import Fact, MoveMade, learned_with
from kamsim.game.events.declared import Event
from kamsim.game.events.ending import SessionFinished
from kamsim.game.follow import scenario_of, stretches
from kamsim.game.log import LogFile, read_log
from kamsim.game.records import RULES
from kamsim.game.replay import standing
from kamsim.scenario.models import Scenario
from kamsim.view.words.names import Cast

YEAR = 4
"""Quarters."""


@dataclass(frozen=True, eq=False)
class Play:
    """A session from its log. Money in cents; quarters count from 1."""

    log: LogFile
    scenario: Scenario
    params: Params
    commands: tuple[Command, ...]
    """The moves that stand."""
    happenings: tuple[Happening[Event], ...]
    """Every event that stands, in the order in which it happened."""
    ledgers: tuple[Ledger, ...]
    """Of the closed quarters, one lane."""
    guesses: dict[str, list[tuple[int, Any]]]
    """By name of the guess: (quarter, value)."""
    thought: dict[int, float]
    """Seconds of thinking before each move, by its number."""
    score: SessionFinished | None
    """None while the session is not."""

    @property
    def name(self) -> str:
        """Who played, short enough for a table."""
        return " ".join(self.log.header.player.split())[:60] or "Unnamed"

    @property
    def seed(self) -> int:
        """The luck."""
        return self.log.header.seed

    @property
    def quarters(self) -> int:
        """Closed quarters."""
        return len(self.ledgers)

    @property
    def same_world(self) -> tuple[str, int, int]:
        """What two sessions must share to be compared: scenario, luck, and how long they lasted."""
        return (self.log.header.scenario_sha256, self.seed, self.quarters)

    @property
    def kind(self) -> tuple[str, tuple[int, ...]]:
        """What two sessions must share to stand in one table: scenario and rules."""
        return (self.log.header.scenario_sha256, tuple(dict.fromkeys(stretches(self.log.lines))))

    @property
    def replayable(self) -> bool:
        """Whether it can be played again by this version's rules."""
        return self.quarters > 0 and stretches(self.log.lines) == [RULES]

    @cached_property
    def cast(self) -> Cast:
        """Names, as they stood at the end."""
        return Cast(self.scenario, [item.event for item in self.happenings], self.log.header.words)

    def cast_at(self, quarter: int) -> Cast:
        """Names, as they stood in a quarter."""
        told = [item.event for item in self.happenings if item.quarter <= quarter]
        return Cast(self.scenario, told, self.log.header.words)

    @cached_property
    def first_cast(self) -> Cast:
        """Names, as they stood on the first day."""
        return Cast(self.scenario, seed=self.log.header.words)

    def of(self, *kinds: type[E_co]) -> list[Happening[E_co]]:
        """What happened of some kinds."""
        return [item for item in self.happenings if isinstance(item.event, kinds)]  # type: ignore[misc]  # narrows no generic

    @cached_property
    def moved(self) -> dict[int, MoveMade]:
        """What came of each move, by its number."""
        return {item.number: item.event for item in self.of(MoveMade) if item.number is not None}

    def result(self, command: Command) -> str:
        """What came of a move, in a word; '' where the log does not tell."""
        made = self.moved.get(command.number)
        return made.result if made else ""

    @cached_property
    def learned(self) -> list[tuple[Happening[Event], Fact]]:
        """Every fact that was learned, with what brought it, in the order of the session."""
        return [(item, fact) for item in self.happenings for fact in learned_with(item.event)]

    @cached_property
    def first_day(self) -> World:
        """The world as the first quarter opens, hidden truths among it."""
        return first_quarter(self.scenario, self.params, Luck([self.seed]))

    @cached_property
    def noted(self) -> dict[str, float]:
        """Facts that the predecessor's notes held on the first day, by name, with their values."""
        known = self.first_day.knowledge
        rows = np.flatnonzero((known.seen_at[:, 0] >= 0) & (known.source[:, 0] == NOTES))
        return {self.params.facts[row].name: float(known.value[row, 0]) for row in rows.tolist()}

    @cached_property
    def by_number(self) -> dict[int, Command]:
        """The moves by their number."""
        return {command.number: command for command in self.commands}

    @cached_property
    def pursuits(self) -> list[Pursuit]:
        """Every opportunity that its customers had, from the need to what became of it."""
        return pursuits(self.happenings, self.guesses.get("forecast", ()))

    def scenario_person(self, moment: str) -> str:
        """Who asks at a moment, by id."""
        return self.first_cast.moments[moment].person

    def account(self, command: Command) -> str:
        """The account that a move was about; '' where it was about our own side."""
        return self._accounts[command.number]

    @cached_property
    def _accounts(self) -> dict[int, str]:
        rows = {command.number: account_row(self.params, command) for command in self.commands}
        return {number: "" if row is None else self.params.accounts[row] for number, row in rows.items()}

    @cached_property
    def repriced(self) -> tuple[tuple[Command, float, float], ...]:
        """Every change of a discount that we made ourselves: the move, the discount before, and after."""
        params = self.params
        level = {cell: float(params.start_discount[row, 0]) for row, cell in enumerate(params.cells)}
        made = []
        for command in self.commands:
            if command.move == "set_discount":
                args, after = command.args, float(command.args["discount"])
                hit = [
                    cell
                    for cell in level
                    if cell[0] == args["account"] and cell[2] == args["line"] and args.get("region") in (None, cell[1])
                ]
                before = max((level[cell] for cell in hit), default=0.0)
                made.append((command, before, after))
                level |= dict.fromkeys(hit, after)
        return tuple(made)

    @cached_property
    def profit(self) -> Any:
        """(quarter, account) account profit, cents."""
        return np.array([ledger.contribution[:, 0] for ledger in self.ledgers])

    @cached_property
    def sales(self) -> Any:
        """(quarter, account) pocket sales, cents."""
        return np.array([ledger.sales[:, 0] for ledger in self.ledgers])

    @cached_property
    def truths(self) -> list[dict[str, TrueBooks]]:
        """By quarter: trust and share of wallet of each account, as they were."""
        return [item.event.accounts for item in self.of(TruthKept)]

    def lines(self, quarters: slice) -> dict[str, Any]:
        """Money by ledger line over some quarters: (account,) cents."""
        chosen = self.ledgers[quarters]
        return {name: sum(ledger.accounts[row, :, 0] for ledger in chosen) for row, name in enumerate(chosen[0].names)}


def read_play(log: Path | str | LogFile) -> Play:
    """A log as a debrief reads it. Raises LogError and ScenarioError."""
    found = log if isinstance(log, LogFile) else read_log(log)
    scenario = scenario_of(found)
    params = compile_params(scenario)
    gone: set[int] = set()
    for line in found.lines:
        if isinstance(line, records.Undone | records.Reset | records.Resumed):
            gone.update(line.takes_back)
    happenings: list[Happening[Event]] = []
    ledgers, guesses, thought = [], {}, {}  # type: ignore[var-annotated]
    score = None
    for line in found.lines:
        if isinstance(line, records.Opened):
            happenings += [Happening(1, item) for item in line.events]
        elif isinstance(line, records.Moved) and line.n not in gone:
            happenings += [Happening(line.quarter, item, line.n) for item in line.events]
            thought[line.n] = max(0.0, line.thought)
        elif isinstance(line, records.Guessed):
            guesses.setdefault(line.name, []).append((line.quarter, line.value))
        elif isinstance(line, records.Closed):
            split = len(line.events) - line.opening
            for place, item in enumerate(line.events):
                happenings.append(Happening(line.quarter + (place >= split), item))
            ledgers.append(ledger_from(line.ledger, params))
        elif isinstance(line, records.Finished):
            score = line.score
    commands = standing(found.lines)
    for command in commands:
        if command.move not in MOVES:
            raise LogError(f"{found.path}: this version of kamsim knows no move {command.move[:40]!r}")
    return Play(found, scenario, params, commands, tuple(happenings), tuple(ledgers), guesses, thought, score)
