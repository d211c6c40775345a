"""A bout: one drill being played. To every view it is a session that stands in the middle of a bot's year."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from kamsim.engine.moves import MOVES, Outcome, Refusal
from kamsim.engine.page import CLOSING
from kamsim.engine.sight import Seen, observe
from kamsim.engine.terms import TALK_OPEN
from kamsim.engine.world import World
from kamsim.errors import IllegalMove
from kamsim.game import records
from kamsim.game.commands import MOST_CENTS, Command, plain_args
from kamsim.game.events.cases import named_page
from kamsim.game.events.declared import Event
from kamsim.game.paperwork import Paperwork
from kamsim.game.parts import Answer, LoggedSeat, Thinking, not_made
from kamsim.gym.drill import YEAR, Drill
from kamsim.gym.kinds import KINDS
from kamsim.players.seat import Policy
from kamsim.scenario.models import Scenario

LEAVE = "leave"
"""The answer that nothing is done, as a drill's log calls it."""
T = TypeVar("T")
Write = Callable[[str, dict[str, Any], float], None]
"""Writes down what was done (a move, or `LEAVE`), its arguments and the seconds thought, before it stands."""


class Bout(Paperwork):
    """One drill being played. Attributes are those of a `Session`, to be read only; besides:

    - ``drill``: what is posed; ``moves``: kinds of move that it lets; ``answered``: whether nothing is left to say;
    - ``staged``: the world as the drill opened; ``said``: what was done since, in order;
    - ``expected``: the range that was named, cents, or None; ``usual``: a first one, from the books as they are seen.
    """

    drill: Drill

    def __init__(self, scenario: Scenario, seed: int) -> None:
        super().__init__(scenario, seed, scenario.length.longest)
        self._thinking = Thinking(time.monotonic)
        self.player, self.members, self.pace = "", (), "self"
        self.log_path = Path()
        self.notices: list[str] = []
        self.said: list[tuple[str, dict[str, Any]]] = []
        self.expected: tuple[int, int] | None = None
        self.thought = 0.0
        self._write: Write | None = None
        self._left = False
        self._posed = False
        self._kept: dict[str, Any] = {}
        self.open(*self.begin())

    # --- staging ------------------------------------------------------------------------------------------------

    def played_by(self, policy: Policy) -> None:
        """A quarter by a bot, to its close and the next morning."""
        policy.play(self.seat)
        close = self.closing()
        self.close_books(close.world, close.ledger, close.closed, close.inbox)

    def changed(self, world: World) -> None:
        """Something has just come about in the quarter that opened: ``world`` is as it is now."""
        self._seat.move_to(world)

    def pose(self, drill: Drill) -> None:
        """From here on it is the player's."""
        self.drill, self._posed = drill, True
        self.staged = self.world.copy()
        self._began, self._made = len(self.events), self.numbered
        self._thinking = Thinking(time.monotonic)

    def again(self) -> Bout:
        """The same drill from its beginning, apart from this one and from its log."""
        made: Bout = object.__new__(Bout)
        made.__dict__.update(self.__dict__)
        made.events, made.commands = self.events[: self._began], [c for c in self.commands if c.number <= self._made]
        made.stack, made.said, made.expected, made._left = [], [], None, False
        made._write, made._futures, made._thinking = None, {}, Thinking(time.monotonic)
        made._seat = LoggedSeat(self.staged.copy(), self.params, self.luck, made.make)
        return made

    def kept_by(self, write: Write, player: str, path: Path) -> None:
        """From here on every move is written down first."""
        self._write, self.player, self.log_path = write, player, path

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """Something that depends on the drill as it opened, worked out once."""
        if name not in self._kept:
            self._kept[name] = make()
        made: T = self._kept[name]
        return made

    # --- what may be done ---------------------------------------------------------------------------------------

    @property
    def moves(self) -> tuple[str, ...]:
        """Kinds of move that the drill lets; none once it is answered."""
        return () if self.answered else KINDS[self.drill.kind].moves

    def lets(self, kind: str, args: Mapping[str, Any]) -> bool:
        """Whether the drill is about this move."""
        about = {"account": self.drill.account, "moment": self.drill.about, "talk": self.drill.about}
        named = [args[name] == value for name, value in about.items() if name in args]
        if "opportunity" in args:
            named.append(args["opportunity"] in self.drill.choices)
        return kind in KINDS[self.drill.kind].moves and all(named)

    @property
    def drill_move(self) -> str:
        """The first kind of move of the drill: the one that brings a page, where there is one."""
        return KINDS[self.drill.kind].moves[0]

    @cached_property
    def staged_seen(self) -> Seen:
        """What was seen as the drill opened."""
        return observe(self.staged, self.params)

    @cached_property
    def lying(self) -> dict[str, Any]:
        """The page that lay with its readers as the drill opened; empty where none did."""
        if self.drill.kind != "recut":
            return {}
        row = self._row
        return named_page(self.params, row, self.staged.cases.page[:, row, 0])

    @property
    def answered(self) -> bool:
        """Whether nothing is left to say."""
        if self._left:
            return True
        kind, about = self.drill.kind, self.drill.about
        if kind == "moment":
            return int(self.seen.moment[self.params.moments.index(about), 0]) > CLOSING
        if kind == "talk":
            return int(self.seen.talk[self.params.talks.index(about), 0]) != TALK_OPEN
        return bool(self.said)

    @property
    def told(self) -> tuple[Event, ...]:
        """What has happened since the drill opened."""
        return tuple(self.events[self._began :])

    # --- what a player does -------------------------------------------------------------------------------------

    def make(self, kind: str, args: Mapping[str, Any]) -> tuple[Outcome, tuple[Event, ...]]:
        """Make a move: the engine's own account of it, and what happened; a refused one changes nothing. What the drill
        is not about is refused as locked. Raises IllegalMove for what does not exist, and LogUnwritable."""
        if not self._posed:
            return super().make(kind, args)
        chosen = plain_args(self.params, kind, args)
        if self.answered or not self.lets(kind, chosen):
            return not_made(Refusal.LOCKED), ()
        outcome, before, happened = self.attempt(kind, chosen)
        if before is None:
            return outcome, ()
        try:
            self._note(kind, chosen)
        except BaseException:
            self.withdraw(before)
            raise
        self.apply(Command(self.numbered + 1, self.quarter, kind, chosen), before, happened)
        self.stack.clear()
        return outcome, happened

    def do(self, kind: str, **args: Any) -> Answer:
        """Make a move, as a session's `do`."""
        outcome, happened = self.make(kind, args)
        return Answer(Refusal(int(outcome.refused[0])), happened)

    def leave(self) -> None:
        """Leave it: nothing is brought, or what was begun ends here. Raises IllegalMove once it is answered."""
        if self.answered:
            raise IllegalMove("this drill is answered already")
        if self.drill.kind == "talk" and self.said:
            self.make("leave_table", {"talk": self.drill.about})
            return
        self._note(LEAVE, {})
        self._left = True

    def expect(self, low: int, high: int) -> None:
        """Name the range, in cents, in which account profit of the year ahead will lie (8 times in 10). Raises
        IllegalMove for what is no range."""
        if not -MOST_CENTS <= low <= high <= MOST_CENTS:
            raise IllegalMove("a range is two amounts, the lower first")
        self._note("expect", {"low": low, "high": high})
        self.expected = low, high

    def _note(self, what: str, args: dict[str, Any]) -> None:
        thought = self._thinking.so_far()
        if self._write is not None:
            self._write(what, args, thought)
        self.thought += thought
        self._thinking.spent = 0.0
        if what != "expect":
            self.said.append((what, args))

    @property
    def usual(self) -> tuple[int, int]:
        """A first range for account profit of the year ahead, cents: four times last quarter's, a tenth either way."""
        profit = self.seen.profit[:, 0]
        rows = range(len(self.params.accounts)) if not self.drill.account else [self._row]
        year = YEAR * sum(float(profit[row]) for row in rows)
        return round(year - 0.1 * abs(year)), round(year + 0.1 * abs(year))

    @property
    def _row(self) -> int:
        return self.params.accounts.index(self.drill.account)

    # --- what a face asks of a session --------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Never: what was said was said."""
        return False

    def undo(self) -> bool:
        """Nothing is taken back."""
        return False

    def touch(self) -> None:
        """Somebody is there."""
        self._thinking.alive()

    def untold(self) -> list[str]:
        """Notices: a bout has none of its own."""
        return []

    def write(self, *lines: records.Line) -> None:
        """Paperwork on the way to an answer is not kept: the answer is."""


assert set(KINDS["case"].moves) <= set(MOVES)
