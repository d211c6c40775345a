"""The course of a session, without log and clock: what commands do to the world, and what is kept of it.

A `Session` plays on one and writes each step down before it stands; a `Follower` brings one forward along a log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from kamsim.engine.explain import Recorder
from kamsim.engine.lanes import Flags
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.moves import MOVES, Outcome, Refusal
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.sight import Seen
from kamsim.engine.world import World, first_day
from kamsim.errors import ReplayMismatch
from kamsim.game import telling
from kamsim.game.books import differences, ledger_data
from kamsim.game.commands import Command, OpenMatters, plain_args
from kamsim.game.drafting import Draft
from kamsim.game.events import ending, opening
from kamsim.game.events.closing import QuarterClosed, booked_whys
from kamsim.game.events.declared import Event, of
from kamsim.game.parts import Close, LoggedSeat, Step, not_made
from kamsim.players.outcomes import compiled
from kamsim.players.scoring import Purses, purses_of
from kamsim.players.seat import Domain, Seat
from kamsim.scenario.models import Scenario


class Course:
    """What has been played of a session, and what can be done next. A step is computed by one call (`attempt`,
    `closing`) and stands by another (`apply`, `close_books`), so that it can be written in between; `withdraw`
    takes back what could not.

    Its attributes, to be read only, are those of a `Session` that has no log and no player.
    """

    def __init__(self, scenario: Scenario, seed: int, quarters: int) -> None:
        self.scenario, self.params = scenario, compiled(scenario)
        self.seed, self.quarters = seed, quarters
        self.luck = Luck([seed])
        self.words: int | None = seed
        """The seed by which its words are drawn; None in a session begun under rules that drew none."""
        self.finished = False
        self.events: list[Event] = []
        self.inbox: tuple[Event, ...] = ()
        self.history: list[Ledger] = []
        self._played: list[World] = []
        """Each closed quarter's world as it was closed, its moves made; not to be changed."""
        self.commands: list[Command] = []
        self.drafts: dict[str, Draft] = {}
        self.guesses: dict[str, list[tuple[int, Any]]] = {}
        self.numbered = 0
        self.stack: list[Step] = []
        """The moves of this quarter that can be taken back."""
        self._beside: ending.Beside | None = None
        self._whole = True
        """Whether all of it was played under one set of rules."""
        self._opening_world = first_day(scenario, self.params, 1)
        self._opening_end = 0
        self._seat = LoggedSeat(self._opening_world, self.params, self.luck, self.make)

    # --- what a player sees -----------------------------------------------------------------------------

    @property
    def hours(self) -> float:
        """Hours that the team has in the quarter that is open, standing contact included."""
        work = self._opening_world.work
        return float(work.left[0] + work.spent[:, 0].sum())

    @property
    def seat(self) -> Seat:
        """The chair, for policies: ``policy.play(session.seat)``."""
        return self._seat

    @property
    def world(self) -> World:
        """The world as it is now, hidden truths among it."""
        return self._seat.world

    @property
    def seen(self) -> Seen:
        """What the player sees now."""
        return self._seat.seen

    @property
    def quarter(self) -> int:
        """The quarter being played, from 1; after the end, one more than were played."""
        return self._seat.quarter

    def legal(self, kind: str) -> Domain:
        """What this kind of move could be now, allowed or refused with a reason."""
        return self._seat.legal(kind)

    @property
    def can_undo(self) -> bool:
        """Whether a move of this quarter can be taken back: not across one that somebody answered."""
        return bool(self.stack) and not self.finished

    @property
    def score(self) -> float | None:
        """After the end: 50 is play as good as the bot ``typical`` on the same luck. None before."""
        finished = of(ending.SessionFinished, self.events)
        return finished[-1].score if finished else None

    @property
    def purses(self) -> Purses | None:
        """After the end: what the session was worth, cents in one lane (1,). None before."""
        if not self.finished:
            return None
        return purses_of(self.history, self.world, self.params)

    @property
    def open_moves(self) -> list[int]:
        """Numbers of this quarter's moves."""
        return [command.number for command in self.commands if command.quarter == self.quarter]

    def open_matters(self) -> OpenMatters:
        """What would be left undone if the quarter closed now; false when nothing is."""
        seen = self.seen
        due = [row for row in np.flatnonzero(seen.request[:, 0] == 1) if seen.request_due[row, 0] <= seen.quarter]
        waiting = np.flatnonzero((seen.incident[:, 0] > 0) & ~seen.handled[:, 0])
        requests = tuple(self.params.requests[row] for row in due)
        incidents = tuple(self.params.accounts[row] for row in waiting)
        tables = [row for row in np.flatnonzero(seen.talk[:, 0] == 1) if seen.talk_due[row, 0] <= seen.quarter]
        return OpenMatters(
            requests, incidents, float(seen.hours_left[0]), tuple(self.params.talks[row] for row in tables)
        )

    def holder_name(self, person: str) -> str:
        """The name of whoever holds a person's post now."""
        holder = int(self.seen.holder[self.params.people.index(person), 0])
        return opening.holder_name(self.scenario, self.seed, person, holder)

    # --- moves ------------------------------------------------------------------------------------------

    def make(self, kind: str, args: Mapping[str, Any]) -> tuple[Outcome, tuple[Event, ...]]:
        """Make a move: the engine's own account of it, and what happened; a refused one changes nothing.

        Raises IllegalMove for what does not exist.
        """
        chosen = plain_args(self.params, kind, args)
        outcome, before, happened = self.attempt(kind, chosen)
        if before is not None:
            self.apply(Command(self.numbered + 1, self.quarter, kind, chosen), before, happened)
        return outcome, happened

    def attempt(self, kind: str, args: dict[str, Any]) -> tuple[Outcome, World | None, tuple[Event, ...]]:
        """A move, what it told, and the world before it; None where it was refused and changed nothing."""
        if self.finished or self.quarter > self.quarters:
            return not_made(Refusal.ENDED), None, ()
        before = self.world.copy()
        try:
            outcome = self._seat.act(kind, args)
            happened = self._told(before, kind, args, outcome) if outcome.done[0] else ()
        except BaseException:
            self.withdraw(before)
            raise
        return outcome, before if outcome.done[0] else None, happened

    def withdraw(self, before: World) -> None:
        """A move that was attempted never happened."""
        self._seat.become(before)

    def _told(self, before: World, kind: str, args: dict[str, Any], outcome: Outcome) -> tuple[Event, ...]:
        """What a move told that was made; a gap is not split where part of the session was played under other rules and
        cannot be played again."""
        happened = telling.of_move(self.params, before, self.world, kind, args, outcome)
        if not self._whole:
            return happened
        played = lambda quarter: self._played[quarter - 1]  # noqa: E731
        return tuple(telling.explained(event, self.params, self.seed, played, self.commands) for event in happened)

    def apply(self, command: Command, before: World, happened: tuple[Event, ...]) -> None:
        """Let a move stand that was attempted."""
        self.numbered = command.number
        self.stack.append(Step(command, before, happened))
        if command.move not in MOVES or MOVES[command.move].answered:
            self.stack.clear()
        self.commands.append(command)
        self.events.extend(happened)

    def forget(self, count: int) -> None:
        """Go back before the last ``count`` moves: they never happened, and nor did what they told."""
        steps = self.stack[-count:]
        gone = {id(event) for step in steps for event in step.happened}
        self.events = [event for event in self.events if id(event) not in gone]
        del self.stack[-count:]
        del self.commands[-count:]
        self._seat.become(steps[0].before)

    def note_guess(self, event: ending.GuessMade) -> None:
        """Keep one of the player's own guesses."""
        self.guesses.setdefault(event.guess, []).append((self.quarter, event.value))
        self.events.append(event)

    # --- quarters ---------------------------------------------------------------------------------------

    def begin(self) -> tuple[World, tuple[Event, ...]]:
        """The first morning, and what is new on it."""
        world = first_quarter(self.scenario, self.params, self.luck)
        return world, self._news(self._opening_world, world)

    def _news(self, before: World, after: World) -> tuple[Event, ...]:
        return telling.of_opening(self.scenario, self.params, self.seed, before, after)

    def closing(self) -> Close:
        """The quarter's close on a copy of the world."""
        before, world, recorder = self.world, self.world.copy(), Recorder()
        ledger = close_quarter(world, self.params, self.luck, recorder)
        whys = booked_whys(recorder, self.params, before.knowledge.reviewed)[0]
        history = [*self.history, ledger]
        closed = telling.of_close(self.scenario, self.params, before, world, history, whys, self.guesses)
        if ledger.quarter >= self.quarters:
            return Close(world, ledger, whys, closed + telling.of_end(self.params, self.luck, world), ())
        inbox = self._news(before, world)
        return Close(world, ledger, whys, closed, inbox)

    def close_books(self, world: World, ledger: Ledger, closed: Sequence[Event], inbox: tuple[Event, ...]) -> None:
        """Take a close: the books, what happened, and the next quarter's first morning."""
        self.history.append(ledger)
        self._played.append(self.world)
        self.events.extend(closed)
        self.open(world, inbox)

    def open(self, world: World, inbox: tuple[Event, ...]) -> None:
        """Begin a quarter."""
        self.stack.clear()
        self.inbox = inbox
        self.events.extend(inbox)
        self._opening_world, self._opening_end = world.copy(), len(self.events)
        self._seat.move_to(world)

    def go_back(self, origin: Course, quarter: int) -> None:
        """Stand on the first morning of a quarter that another course of this scenario, seed and length has closed.

        Raises ReplayMismatch where that morning does not come out again, because it was played under other rules.
        """
        earlier = quarter - 1
        self.commands = [command for command in origin.commands if command.quarter < quarter]
        self.numbered = max((command.number for command in self.commands), default=0)
        self.drafts = {name: draft for name, draft in origin.drafts.items() if draft.quarter < quarter}
        self.guesses = {
            name: [(when, value) for when, value in made if when < quarter] for name, made in origin.guesses.items()
        }
        self.guesses = {name: made for name, made in self.guesses.items() if made}
        self._whole = origin._whole
        if not earlier:
            self.open(*self.begin())
            return
        self.history, self._played = origin.history[: earlier - 1], origin._played[: earlier - 1]
        self._seat.move_to(origin._played[earlier - 1])
        made = self.closing()
        if any(differences(ledger_data(origin.history[earlier - 1]), ledger_data(made.ledger))):
            raise ReplayMismatch(f"quarter {earlier} gives other figures now, so quarter {quarter} cannot be practised")
        closes = [isinstance(event, QuarterClosed) for event in made.closed]
        at = next(
            place
            for place, event in enumerate(origin.events)
            if isinstance(event, QuarterClosed) and event.quarter == earlier
        )
        self.events = origin.events[: at - closes.index(True)]
        self.close_books(made.world, made.ledger, made.closed, made.inbox)

    @property
    def found_out(self) -> Flags:
        """Which facts were ever found out (F,), of people who have left since too."""
        known: Flags = self.world.knowledge.seen_at[:, 0] >= 0
        for world in self._played:
            known = known | (world.knowledge.seen_at[:, 0] >= 0)
        return known

    def so_far(self) -> Purses:
        """What the closed quarters came to, and what a successor could expect on the first morning of this one."""
        return purses_of(self.history, self._opening_world, self.params)

    def restart_quarter(self) -> None:
        """Go back to the quarter's first morning, across answered moves too: for a session that must be restored."""
        self.commands = [command for command in self.commands if command.quarter != self.quarter]
        self.events[self._opening_end :] = of(ending.GuessMade, self.events[self._opening_end :])
        self.stack.clear()
        self._whole = False
        self._seat.become(self._opening_world)

    def others_play(self) -> None:
        """Play those beside whom the end is scored, so that the last close need not: it takes longest of all, and asks
        nothing of what was played, so that it may run beside it."""
        self._beside = ending.bots_beside(self.scenario, [self.seed], self.quarters)

    def scored(self, history: Sequence[Ledger], world: World, log: str) -> ending.SessionFinished:
        """The score after all quarters; ``log``: the log's name."""
        if self._beside is None or len(history) != self.quarters:
            self._beside = ending.bots_beside(self.scenario, [self.seed], len(history))
        beside = self._beside
        return ending.of_end(self.params, history, world, beside, 0, log)

    def end(self, event: ending.SessionFinished) -> None:
        """The session is over."""
        self.events.append(event)
        self.finished = True
