"""One person's or team's session: one world, every command in the log before anybody sees what came of it.

    with Session.start("halden", seed=7, player="Ada") as session:
        session.do("meet", person="brandl", agenda="results")
        report = session.end_quarter()

A command is computed, written, and only then stands; so what was shown is on disk, and what could not be written is
taken back: it did not happen.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import numpy as np

from kamsim.engine.moves import Outcome, Refusal
from kamsim.errors import IllegalMove, KamsimError, LogError, LogUnwritable
from kamsim.game import records
from kamsim.game.books import checkpoint, ledger_data
from kamsim.game.commands import Command, plain_args, plain_guess
from kamsim.game.course import Course
from kamsim.game.events.declared import Event
from kamsim.game.events.ending import GuessMade
from kamsim.game.follow import Follower, scenario_of, stretches
from kamsim.game.log import LogFile, LogWriter, new_header, now, read_log
from kamsim.game.paperwork import Paperwork
from kamsim.game.parts import Answer, Report, Thinking
from kamsim.game.records import RULES
from kamsim.paths import log_folder, version
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import load_scenario
from kamsim.signals import uninterrupted

__all__ = ["Answer", "Report", "Session"]

MOST_MEMBERS: Final = 6
MOST_SEED: Final = 2**63 - 1


class Session(Paperwork):
    """A session in progress, or finished. Made by `start` and `resume`; close it, or use it in a ``with``.

    Attributes, to be read only:

    - ``scenario``, ``params``: what is played, as written and as arrays; ``seed``, ``luck``: with which luck;
    - ``header``: the first line of the log;
    - ``words``: the seed by which things are put this way or that, None in a log of before;
    - ``player``, ``members``, ``pace``, ``quarters``: who plays, at what pace, for how many quarters in all;
    - ``quarter``, ``seen``, ``seat``: the quarter being played, what the player sees, and the chair for a policy;
      ``world``: as it is, hidden truths among it;
    - ``hours``: those of the team in the quarter being played; ``found_out``: which facts were ever known (F,);
    - ``inbox``: events of this quarter's opening; ``events``: all events so far, in order;
    - ``history``: the ledgers of the closed quarters; ``commands``: moves that stand, undone ones left out;
      ``numbered``: the number of the last one made; ``open_moves``: those of this quarter, by number; ``stack``: those
      that can be taken back;
    - ``drafts``: pages of business cases put aside, by name;
    - ``guesses``: by name, a list of (quarter, value); ``can_undo``: whether a move of this quarter can be taken back;
    - ``finished``: whether the last quarter is closed; then ``score`` and ``purses``, None before;
    - ``log_path``: where the log is; ``notices``: what was mended when the session was resumed, where a folder offers
      no locks, and where a log that vanished was written anew.
    """

    practised = False
    """Whether it is a past quarter played once more (see `practice.Practice`), of which nothing counts."""

    def __init__(
        self, scenario: Scenario, header: records.Header, log_path: Path, writer: LogWriter | None = None
    ) -> None:
        super().__init__(scenario, header.seed, header.quarters)
        self.header = header
        self.words = header.words
        self.pace, self.player, self.members = header.pace, header.player, tuple(header.members)
        self.notices: list[str] = []
        self._notices_told = 0
        self._log_path, self._writer = log_path, writer
        self._thinking = Thinking(time.monotonic)

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
        policy: str = "",
    ) -> Session:
        """A new session with a new log. ``policy``: the name of the policy that plays, where it is no person.

        Raises ScenarioError, KamsimError for a length or seed that cannot be, and LogUnwritable.
        """
        if not isinstance(scenario, Scenario):
            scenario = load_scenario(scenario)
        length = scenario.length
        planned = length.standard if quarters is None else quarters
        if not length.shortest <= planned <= length.longest:
            text = f"{scenario.title} can be played for {length.shortest} to {length.longest} quarters, not {planned}"
            raise KamsimError(text)
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MOST_SEED:
            raise KamsimError(f"a seed is a whole number from 0 to {MOST_SEED}, not {seed!r}")
        if len(members) > MOST_MEMBERS:
            raise KamsimError(f"a team has at most {MOST_MEMBERS} members, not {len(members)}")
        header = new_header(
            scenario, seed=seed, player=player, members=members, quarters=planned, pace=pace, policy=policy
        )
        course = Course(scenario, seed, planned)
        world, inbox = course.begin()
        opened = records.Opened(events=list(inbox), checkpoint=checkpoint(world))
        writer = LogWriter.create(log_folder() if log_dir is None else Path(log_dir), header, opened)
        try:
            session = cls(scenario, header, writer.path, writer)
            session.notices += writer.notices()
            session.open(world, inbox)
        except BaseException:
            writer.discard()
            raise
        return session

    @classmethod
    def resume(cls, path: Path | str) -> Session:
        """The session that a log holds, as if it had never stopped. ``notices`` says what was mended.

        Raises LogError (LogChanged, LogLocked, LogUnwritable among them) and ScenarioError.
        """
        writer, found = LogWriter.continue_(Path(path), read_log)
        try:
            return _resumed(writer, found)
        except BaseException:
            writer.close()
            raise

    @property
    def log_path(self) -> Path:
        """Where the log is."""
        return self._log_path if self._writer is None else self._writer.path

    def discard(self) -> None:
        """Take back the session as if it had never begun: its log goes, and the folders that were made for it."""
        if self._writer is not None:
            self._writer.discard()

    def close(self) -> None:
        """Let go of the log. Nothing needs saving: everything shown is in it."""
        if self._writer is not None:
            self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def untold(self) -> list[str]:
        """The notices that no face has shown yet."""
        new, self._notices_told = self.notices[self._notices_told :], len(self.notices)
        return new

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

    def make(self, kind: str, args: Mapping[str, Any]) -> tuple[Outcome, tuple[Event, ...]]:
        """The same as `do`, with the engine's own account of what happened."""
        chosen = plain_args(self.params, kind, args)
        outcome, before, happened = self.attempt(kind, chosen)
        if before is None:
            return outcome, ()
        command = Command(self.numbered + 1, self.quarter, kind, chosen)
        hours, facts = float(before.work.left[0]), int(np.count_nonzero(before.knowledge.seen_at[:, 0] >= 0))
        line = records.Moved(
            n=command.number,
            quarter=command.quarter,
            move=kind,
            args=chosen,
            events=list(happened),
            thought=self._thinking.so_far(),
            seen={"hours_left": hours, "facts": facts},
        )
        with uninterrupted():
            try:
                self.write(line)
            except BaseException:
                self.withdraw(before)
                raise
            self._thinking.spent = 0.0
            self.apply(command, before, happened)
        return outcome, happened

    def undo(self) -> bool:
        """Take back the last move of this quarter; False where none can be. Raises LogUnwritable."""
        if not self.can_undo:
            return False
        with uninterrupted():
            self.write(records.Undone(quarter=self.quarter, takes_back=[self.stack[-1].command.number]))
            self.forget(1)
        return True

    def reset_quarter(self) -> int:
        """Take back every move of this quarter that can be; returns how many. Raises LogUnwritable."""
        count = len(self.stack)
        if not count or self.finished:
            return 0
        numbers = [step.command.number for step in self.stack]
        with uninterrupted():
            self.write(records.Reset(quarter=self.quarter, takes_back=numbers))
            self.forget(count)
        return count

    def guess(self, name: str, value: Any) -> Event:
        """Note one of the player's own guesses: ranking, breakeven, profit_range or forecast (see
        `commands.plain_guess`).

        Raises IllegalMove for a guess that does not exist, and LogUnwritable.
        """
        if self.finished:
            raise IllegalMove("the session is over; there is nothing left to guess")
        made = plain_guess(self.params.accounts, self.params.opportunities, name, value)
        event = GuessMade(guess=name, value=made)
        with uninterrupted():
            self.write(records.Guessed(quarter=self.quarter, name=name, value=made, thought=self._thinking.so_far()))
            self._thinking.spent = 0.0
            self.note_guess(event)
        return event

    def end_quarter(self) -> Report:
        """Close the quarter and open the next; with the planned last one comes the score.

        Raises IllegalMove when the session is over, and LogUnwritable, after which the quarter is still open.
        """
        if self.finished:
            raise IllegalMove("the session is over; its quarters are all closed")
        closing = self.closing()
        world, ledger, closed, inbox = closing.world, closing.ledger, closing.closed, closing.inbox
        lines: list[records.Line] = [
            records.Closed(
                quarter=ledger.quarter,
                thought=self._thinking.so_far(),
                ledger=ledger_data(ledger),
                events=[*closed, *inbox],
                opening=len(inbox),
                checkpoint=checkpoint(world),
            )
        ]
        finish = None
        if ledger.quarter == self.quarters:
            finish = self.scored([*self.history, ledger], world, self.log_path.name)
            lines.append(records.Finished(score=finish))
        with uninterrupted():
            self.write(*lines)
            self._thinking.spent = 0.0
            self.close_books(world, ledger, closed, inbox)
            if finish is not None:
                self.end(finish)
        return Report(ledger.quarter, ledger, closing.whys, closed + inbox + ((finish,) if finish else ()))

    def write(self, *lines: records.Line) -> None:
        """Append lines to the log. Raises LogUnwritable."""
        if self._writer is None:
            raise LogUnwritable(f"{self.log_path} was opened for reading only")
        with uninterrupted():
            self._writer.append(*lines)
        self.notices += self._writer.notices()


# --- going on from a log ----------------------------------------------------------------------------------------


def _resumed(writer: LogWriter, found: LogFile) -> Session:
    """The session of a log: every command of its last stretch computed again and compared with the checkpoints. Where
    that cannot be (other rules) or gives other figures, it goes on from the last checkpoint, and says so."""
    notices = []
    if found.torn:
        notices.append(
            "The last line of the log was cut short when the program stopped. What it held was never shown; "
            "everything before it is here."
        )
    rules = stretches(found.lines)
    session, why = None, f"this session was played under rules {rules[-1]}, and kamsim now has rules {RULES}"
    if rules[-1] == RULES:
        session, mismatches = _followed(writer, found, len(rules) - 1)
        if mismatches:
            session, why = None, f"its moves give other figures on this computer ({mismatches[0]})"
    restored = session is None
    if session is None:
        session, _ = _followed(writer, found, None)
        if not session.finished:
            notices.append(_restart(session, why))
    session.notices = [*writer.notices(), *notices]
    if session.finished:
        return session
    lines: list[records.Line] = [_line(session, notices, restored)]
    if restored:
        session.restart_quarter()
        _rehearse(session)
    finish = None
    if session.quarter > session.quarters:
        finish = session.scored(session.history, session.world, session.log_path.name)
        lines.append(records.Finished(score=finish))
    session.write(*lines)
    if finish is not None:
        session.end(finish)
    return session


def _rehearse(session: Session) -> None:
    """See that the rules of today can play a checkpoint that they did not make. Raises LogError."""
    if session.quarter > session.quarters:
        return
    try:
        with np.errstate(invalid="raise", over="raise", divide="raise"):
            session.open_matters()
            close = session.closing()
            checkpoint(close.world), ledger_data(close.ledger)
    except (ArithmeticError, LookupError, TypeError, ValueError, StopIteration) as error:
        raise LogError(
            f"{session.log_path}: the last checkpoint cannot be played on with this version of kamsim; "
            "install the version that the log's first line names"
        ) from error


def _followed(writer: LogWriter, found: LogFile, replayed: int | None) -> tuple[Session, list[str]]:
    session = Session(scenario_of(found, to_play=True), found.header, found.path, writer)
    follower = Follower(session, lambda stretch: stretch == replayed)
    follower.follow(found)
    return session, follower.mismatches


def _restart(session: Session, why: str) -> str:
    count = len(session.open_moves)
    moves = {0: "No move was lost.", 1: "The move made in it since is taken back."}
    taken = moves.get(count, f"The {count} moves made in it since are taken back.")
    return f"The session goes on from the beginning of quarter {session.quarter}, because {why}. {taken}"


def _line(session: Session, notices: list[str], restored: bool) -> records.Resumed:
    return records.Resumed(
        quarter=session.quarter,
        at=now(),
        rules=RULES,
        kamsim=version(),
        restored=restored,
        takes_back=session.open_moves if restored else [],
        notices=notices,
    )
