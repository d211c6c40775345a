"""One person's or team's session: one world, every command in the log before anybody sees what came of it.

    with Session.start("halden", seed=7, player="Ada") as session:
        session.do("meet", person="brandl", agenda="results")
        report = session.end_quarter()

A command is computed on a copy of the world, written, and only then made the world; so what was shown is on
disk, and what could not be written did not happen.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Self

import numpy as np

from kamsim.engine.explain import Recorder, Why
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.moves import MOVES, Outcome, Refusal, act
from kamsim.engine.params import compile_params
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.sight import Seen
from kamsim.engine.world import World, first_day
from kamsim.errors import IllegalMove, KamsimError, LogUnwritable
from kamsim.game import case_events, closing, events, records, talk_events
from kamsim.game.books import checkpoint, ledger_data
from kamsim.game.commands import Command, OpenMatters, plain_args, plain_guess
from kamsim.game.events import Event, told
from kamsim.game.finish import finish_data
from kamsim.game.gap import split_gap
from kamsim.game.log import LogWriter, new_header
from kamsim.game.paperwork import Paperwork
from kamsim.game.parts import Answer, LoggedSeat, Report, Step, Thinking, not_made
from kamsim.paths import log_folder
from kamsim.players.scoring import Purses, purses
from kamsim.players.seat import Domain, Seat
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import load_scenario

__all__ = ["Answer", "Report", "Session"]

MOST_MEMBERS: Final = 6
MOST_SEED: Final = 2**63 - 1


class Session(Paperwork):
    """A session in progress, or finished. Made by `start` and `resume`; close it, or use it in a ``with``.

    Attributes, to be read only:

    - ``scenario``, ``params``: what is played, as written and as arrays; ``seed``, ``luck``: with which luck;
    - ``player``, ``members``, ``pace``, ``quarters``: who plays, at what pace, for how many quarters in all;
    - ``quarter``, ``seen``, ``seat``: the quarter being played, what the player sees, and the chair for a policy;
    - ``inbox``: events of this quarter's opening; ``events``: all events so far, in order;
    - ``history``: the ledgers of the closed quarters; ``commands``: moves that stand, undone ones left out;
    - ``drafts``: pages of business cases put aside, by name;
    - ``guesses``: by name, a list of (quarter, value); ``can_undo``: whether a move of this quarter can be taken back;
    - ``finished``: whether the last quarter is closed; then ``score`` and ``purses``, None before;
    - ``log_path``: where the log is; ``notices``: what was mended when the session was resumed, and where a
      folder offers no locks.
    """

    def __init__(
        self, scenario: Scenario, header: records.Header, log_path: Path, writer: LogWriter | None = None
    ) -> None:
        self.scenario, self.params = scenario, compile_params(scenario)
        self.seed, self.quarters, self.pace = header.seed, header.quarters, header.pace
        self.player, self.members = header.player, tuple(header.members)
        self.luck = Luck([header.seed])
        self.log_path = log_path
        self.notices: list[str] = []
        self.finished = False
        self.events: list[Event] = []
        self.inbox: tuple[Event, ...] = ()
        self.history: list[Ledger] = []
        self.commands: list[Command] = []
        self.guesses: dict[str, list[tuple[int, Any]]] = {}
        super().__init__()
        self._writer = writer
        self._whole = True
        self._numbered = 0
        self._stack: list[Step] = []
        self._thinking = Thinking(time.monotonic)
        self._opening_world = first_day(scenario, self.params, 1)
        self._opening_end = 0
        self._seat = LoggedSeat(self._opening_world, self.params, self.luck, self.make)

    # --- beginning and end ------------------------------------------------------------------------------

    @classmethod
    def start(
        cls,
        scenario: Scenario | str | Path,
        *,
        seed: int,
        player: str = "",
        members: Sequence[str] = (),
        log_dir: Path | None = None,
        quarters: int | None = None,
        pace: str = "self",
    ) -> Session:
        """A new session with a new log.

        Raises ScenarioError, KamsimError for a length or seed that cannot be, and LogUnwritable.
        """
        if not isinstance(scenario, Scenario):
            scenario = load_scenario(scenario)
        params = compile_params(scenario)
        length = scenario.length
        planned = length.standard if quarters is None else quarters
        if not length.shortest <= planned <= length.longest:
            text = f"{scenario.title} can be played for {length.shortest} to {length.longest} quarters, not {planned}"
            raise KamsimError(text)
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MOST_SEED:
            raise KamsimError(f"a seed is a whole number from 0 to {MOST_SEED}, not {seed!r}")
        if len(members) > MOST_MEMBERS:
            raise KamsimError(f"a team has at most {MOST_MEMBERS} members, not {len(members)}")
        luck = Luck([seed])
        world = first_quarter(scenario, params, luck)
        day = first_day(scenario, params, 1)
        inbox = events.of_opening(scenario, params, seed, day, world)
        inbox += tuple(case_events.of_case_opening(params, day, world))
        inbox += tuple(talk_events.of_talk_opening(params, day, world))
        header = new_header(scenario, seed=seed, player=player, members=members, quarters=planned, pace=pace)
        opened = records.Opened(events=plain(inbox), checkpoint=checkpoint(world))
        writer = LogWriter.create(log_folder() if log_dir is None else Path(log_dir), header, opened)
        session = cls(scenario, header, writer.path, writer)
        session.notices += filter(None, [writer.notice])
        session._open(world, inbox)
        return session

    @classmethod
    def resume(cls, path: Path | str) -> Session:
        """The session that a log holds, as if it had never stopped. ``notices`` says what was mended.

        Raises LogError (LogChanged, LogLocked, LogUnwritable among them) and ScenarioError.
        """
        from kamsim.game.resume import resume  # noqa: PLC0415  # resuming builds a Session

        return resume(Path(path))

    def close(self) -> None:
        """Let go of the log. Nothing needs saving: everything shown is in it."""
        if self._writer is not None:
            self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- what a player sees -----------------------------------------------------------------------------

    @property
    def seat(self) -> Seat:
        """The chair, for policies: ``policy.play(session.seat)``."""
        return self._seat

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
        return bool(self._stack) and not self.finished

    @property
    def score(self) -> float | None:
        """After the end: 50 is play as good as the bot ``typical`` on the same luck. None before."""
        if not self.finished:
            return None
        score = next((event.data.get("score") for event in reversed(self.events) if event.kind == "finished"), None)
        return float(score) if isinstance(score, int | float) else None

    @property
    def purses(self) -> Purses | None:
        """After the end: what the session was worth, cents in one lane (1,). None before."""
        if not self.finished:
            return None
        profit = np.array([ledger.contribution for ledger in self.history])
        return purses(profit, self._world.relations.trust, self.params)

    def open_matters(self) -> OpenMatters:
        """What would be left undone if the quarter closed now; false when nothing is."""
        seen = self.seen
        due = [row for row in np.flatnonzero(seen.request[:, 0] == 1) if seen.request_due[row, 0] <= seen.quarter]
        waiting = np.flatnonzero((seen.incident[:, 0] > 0) & ~seen.handled[:, 0])
        requests = tuple(self.params.requests[row] for row in due)
        incidents = tuple(self.params.accounts[row] for row in waiting)
        tables = [row for row in np.flatnonzero(seen.talk[:, 0] == 1) if seen.talk_due[row, 0] <= seen.quarter]
        talks = tuple(self.params.talks[row] for row in tables)
        return OpenMatters(requests, incidents, float(seen.hours_left[0]), talks)

    def holder_name(self, person: str) -> str:
        """The name of whoever holds a person's post now."""
        holder = int(self.seen.holder[self.params.people.index(person), 0])
        return events.holder_name(self.scenario, self.seed, person, holder)

    def touch(self) -> None:
        """A face tells that somebody is there (a key, the mouse), so that long thought is not taken for absence."""
        self._thinking.alive()

    # --- what a player does -----------------------------------------------------------------------------

    def do(self, kind: str, **args: Any) -> Answer:
        """Make a move. A refused one changes nothing and is not logged.

        Raises IllegalMove for what does not exist and LogUnwritable, after which nothing has changed.
        """
        outcome, happened = self.make(kind, args)
        return Answer(Refusal(int(outcome.refused[0])), happened)

    def make(self, kind: str, args: dict[str, Any]) -> tuple[Outcome, tuple[Event, ...]]:
        """The same as `do`, with the engine's own account of what happened."""
        chosen = plain_args(self.params, kind, args)
        outcome, world, happened = self._try(kind, chosen)
        if world is None:
            return outcome, ()
        command = Command(self._numbered + 1, self.quarter, kind, chosen)
        hours = float(self.seen.hours_left[0])
        self._write(
            records.Moved(
                n=command.number,
                quarter=command.quarter,
                move=kind,
                args=chosen,
                events=plain(happened),
                thought=self._thinking.so_far(),
                seen={"hours_left": hours, "facts": int(np.count_nonzero(self.seen.seen_at[:, 0] >= 0))},
            )
        )
        self._thinking.spent = 0.0
        self._apply(command, world, happened)
        return outcome, happened

    def _try(self, kind: str, args: dict[str, Any]) -> tuple[Outcome, World | None, tuple[Event, ...]]:
        """A move on a copy of the world; None where it was refused."""
        if self.finished or self.quarter > self.quarters:
            return not_made(Refusal.ENDED), None, ()
        world = self._world.copy()
        outcome = act(world, self.params, self.luck, kind, args)
        if not outcome.done[0]:
            return outcome, None, ()
        happened = events.of_move(self.params, self._world, world, kind=kind, args=args, outcome=outcome)
        brought = case_events.of_case_move(self.params, world, kind, args)
        brought += talk_events.of_talk_move(self.params, self._world, world, kind, args)
        if kind == "measure_promise":
            brought = tuple(self._explained(event) for event in brought)
        return outcome, world, happened + brought

    def _explained(self, measured: Event) -> Event:
        """A measured promise with its gap split into causes; without, where part of the session was played under other
        rules and cannot be played again."""
        if not self._whole:
            return measured
        place = case_events.place_of(self.params, measured.data["account"], measured.data["audience"])
        signed, due = measured.data["signed"], measured.data["due"]
        split = split_gap(self.scenario, self.params, self.seed, self.commands, place, signed, due)
        return told("measured", **measured.data, split=split)

    def _apply(self, command: Command, world: World, happened: tuple[Event, ...]) -> None:
        self._numbered = command.number
        self._stack.append(Step(command, self._world.copy(), happened))
        if command.move not in MOVES or MOVES[command.move].answered:
            self._stack.clear()
        self.commands.append(command)
        self.events.extend(happened)
        self._seat.become(world)

    def undo(self) -> bool:
        """Take back the last move of this quarter; False where none can be. Raises LogUnwritable."""
        if not self.can_undo:
            return False
        self._write(records.Undone(quarter=self.quarter, takes_back=[self._stack[-1].command.number]))
        self._forget(1)
        return True

    def reset_quarter(self) -> int:
        """Take back every move of this quarter that can be; returns how many. Raises LogUnwritable."""
        count = len(self._stack)
        if not count or self.finished:
            return 0
        numbers = [step.command.number for step in self._stack]
        self._write(records.Reset(quarter=self.quarter, takes_back=numbers))
        self._forget(count)
        return count

    def _forget(self, count: int) -> None:
        """Go back before the last ``count`` moves: they never happened, and nor did what they told."""
        steps = self._stack[-count:]
        gone = {id(event) for step in steps for event in step.happened}
        self.events = [event for event in self.events if id(event) not in gone]
        del self._stack[-count:]
        del self.commands[-count:]
        self._seat.become(steps[0].before)

    def _restart_quarter(self) -> None:
        """Go back to the quarter's first morning, across answered moves too: for a session that must be restored."""
        self.commands = [command for command in self.commands if command.quarter != self.quarter]
        since = [event for event in self.events[self._opening_end :] if event.kind == "guessed"]
        self.events[self._opening_end :] = since
        self._stack.clear()
        self._whole = False
        self._seat.become(self._opening_world)

    def guess(self, name: str, value: Any) -> Event:
        """Note one of the player's own guesses: ranking, breakeven or profit_range (see `commands.plain_guess`).

        Raises IllegalMove for a guess that does not exist, and LogUnwritable.
        """
        if self.finished:
            raise IllegalMove("the session is over; there is nothing left to guess")
        made = plain_guess(self.params, name, value)
        event = told("guessed", guess=name, value=made)
        self._write(records.Guessed(quarter=self.quarter, name=name, value=made, thought=self._thinking.so_far()))
        self._thinking.spent = 0.0
        self._note_guess(event)
        return event

    def _note_guess(self, event: Event) -> None:
        self.guesses.setdefault(event.data["guess"], []).append((self.quarter, event.data["value"]))
        self.events.append(event)

    def end_quarter(self) -> Report:
        """Close the quarter and open the next; with the planned last one comes the score.

        Raises IllegalMove when the session is over, and LogUnwritable, after which the quarter is still open.
        """
        if self.finished:
            raise IllegalMove("the session is over; its quarters are all closed")
        world, ledger, whys, closed, inbox = self._closing()
        lines: list[records.Line] = [
            records.Closed(
                quarter=ledger.quarter,
                thought=self._thinking.so_far(),
                ledger=ledger_data(ledger),
                events=plain(closed + inbox),
                opening=len(inbox),
                checkpoint=checkpoint(world),
            )
        ]
        finish: tuple[Event, ...] = ()
        if ledger.quarter == self.quarters:
            finish = (self._score([*self.history, ledger], world),)
            lines.append(records.Finished(score=finish[0].data))
        self._write(*lines)
        self._thinking.spent = 0.0
        self._close(world, ledger, closed, inbox)
        if finish:
            self._end(finish[0])
        return Report(ledger.quarter, ledger, whys, closed + inbox + finish)

    def _closing(self) -> tuple[World, Ledger, tuple[Why, ...], tuple[Event, ...], tuple[Event, ...]]:
        """The quarter's close on a copy of the world: that world, the books, their whys, and the events of the close
        and of the opening after it."""
        before, world, recorder = self._world, self._world.copy(), Recorder()
        ledger = close_quarter(world, self.params, self.luck, recorder)
        whys = closing.booked_whys(recorder, self.params, before.knowledge.reviewed[:, 0])
        closed = closing.of_close(self.scenario, self.params, before, world, ledger, whys)
        closed += closing.of_year(self.params, [*self.history, ledger], self.guesses)
        inbox: tuple[Event, ...] = ()
        if ledger.quarter < self.quarters:
            inbox = events.of_opening(self.scenario, self.params, self.seed, before, world)
            inbox += tuple(case_events.of_case_opening(self.params, before, world))
            inbox += tuple(talk_events.of_talk_opening(self.params, before, world))
        return world, ledger, whys, closed, inbox

    def _close(self, world: World, ledger: Ledger, closed: Sequence[Event], inbox: tuple[Event, ...]) -> None:
        self.history.append(ledger)
        self.events.extend(closed)
        self._open(world, inbox)

    def _open(self, world: World, inbox: tuple[Event, ...]) -> None:
        self._stack.clear()
        self.inbox = inbox
        self.events.extend(inbox)
        self._opening_world, self._opening_end = world.copy(), len(self.events)
        self._seat.move_to(world)

    def _score(self, history: Sequence[Ledger], world: World) -> Event:
        data = finish_data(self.scenario, self.params, self.seed, history, world.relations.trust)
        return told("finished", **data, log=self.log_path.name)

    def _end(self, event: Event) -> None:
        self.events.append(event)
        self.finished = True

    def _write(self, *lines: records.Line) -> None:
        if self._writer is None:
            raise LogUnwritable(f"{self.log_path} was opened for reading only")
        self._writer.append(*lines)

    @property
    def _world(self) -> World:
        return self._seat._world


def plain(happened: Sequence[Event]) -> list[records.Told]:
    """Events as lines hold them."""
    return [records.Told(kind=event.kind, audience=event.audience, data=event.data) for event in happened]
