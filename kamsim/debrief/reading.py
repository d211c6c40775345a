"""A session read line by line without computing it again: what stands, what was taken back, and whether each line can
stand where it stands. What a line's values may be was seen to at the log's door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from kamsim.engine.ledger import AFTER, BEFORE, JOINT
from kamsim.game import records
from kamsim.game.events.declared import Event
from kamsim.game.events.ending import GuessMade, SessionFinished
from kamsim.scenario.models import Scenario

E_co = TypeVar("E_co", bound=Event, covariant=True)


class OddLineError(Exception):
    """A line of a sound chain that kamsim would not have written; it becomes a `Fault`."""


def activities_of(names: Sequence[str]) -> list[str]:
    """The cost-to-serve lines among the lines of some books. Those of older rules lack some of the others."""
    return [name for name in names if name not in (*BEFORE, *AFTER, *JOINT)]


@dataclass(frozen=True)
class Happening(Generic[E_co]):
    """An event, the quarter it belongs to, the move that brought it, if one did, and the log's line that tells it."""

    quarter: int
    event: E_co
    number: int | None = None
    line: int = 0


@dataclass
class Reading:
    """A session as far as it has been read. ``shape``: cells, accounts and product lines of its books."""

    scenario: Scenario
    shape: tuple[int, int, int]
    planned: int
    quarter: int = 1
    events: list[Happening[Event]] = field(default_factory=list)
    moves: list[records.Moved] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)
    books: list[records.Books] = field(default_factory=list)
    score: SessionFinished | None = None
    _numbered: int = 0

    def __post_init__(self) -> None:
        length = self.scenario.length
        if not length.shortest <= self.planned <= length.longest:
            raise OddLineError(f"line 1 plans {self.planned} quarters, which its scenario does not allow")

    def follow(self, line: records.AnyLine, number: int) -> None:
        """Take one line. Raises OddLineError, after which nothing of the line was taken."""
        if self.score is not None:
            raise OddLineError(f"line {number} stands after the end of the session")
        if (number == 2) != isinstance(line, records.Opened) or isinstance(line, records.Header):
            raise OddLineError(f"line {number} is a {line.kind!r} line, which cannot stand there")
        _STEPS[type(line)](self, line, number)

    def _opened(self, line: records.Opened, number: int) -> None:
        self._tell(line.events, number, 1)

    def _tell(self, events: Sequence[Event], number: int, quarter: int, move: int | None = None) -> None:
        self.events += [Happening(quarter, event, move, number) for event in events]

    def _here(self, quarter: int, number: int) -> None:
        if quarter != self.quarter:
            raise OddLineError(f"line {number} belongs to quarter {quarter}, but quarter {self.quarter} is open")

    def _moved(self, line: records.Moved, number: int) -> None:
        self._here(line.quarter, number)
        if line.n != self._numbered + 1 or self.quarter > self.planned:
            raise OddLineError(f"line {number} is a move out of its order")
        self._numbered = line.n
        self.moves.append(line)
        self._tell(line.events, number, line.quarter, line.n)

    def _open_moves(self) -> list[int]:
        return [move.n for move in self.moves if move.quarter == self.quarter]

    def _forget(self, numbers: Sequence[int]) -> None:
        gone = set(numbers)
        self.undone |= gone
        self.moves = [move for move in self.moves if move.n not in gone]
        self.events = [event for event in self.events if event.number not in gone]

    def _taken_back(self, line: records.Undone | records.Reset, number: int) -> None:
        self._here(line.quarter, number)
        count = len(line.takes_back)
        if not count or self._open_moves()[-count:] != line.takes_back:
            raise OddLineError(f"line {number} takes back moves that cannot be taken back")
        self._forget(line.takes_back)

    def _guessed(self, line: records.Guessed, number: int) -> None:
        self._here(line.quarter, number)
        self._tell([GuessMade(guess=line.name, value=line.value)], number, line.quarter)

    def _noted(self, line: records.Drafted | records.Coached | records.Clocked, number: int) -> None:
        self._here(line.quarter, number)

    def _closed(self, line: records.Closed, number: int) -> None:
        self._here(line.quarter, number)
        if line.ledger.quarter != line.quarter or line.quarter > self.planned:
            raise OddLineError(f"line {number} is a quarter out of its order")
        if line.opening > len(line.events):
            raise OddLineError(f"line {number} counts more events than it holds")
        self._check_books(line.ledger, number)
        split = len(line.events) - line.opening
        self.books.append(line.ledger)
        self._tell(line.events[:split], number, line.quarter)
        self._tell(line.events[split:], number, line.quarter + 1)
        self.quarter += 1

    def _check_books(self, books: records.Books, number: int) -> None:
        cells, accounts, lines = self.shape
        sound = (
            set(BEFORE) <= set(books.names)
            and set(activities_of(books.names)) <= {activity.id for activity in self.scenario.activities}
            and len(set(books.names)) == len(books.names) == len(books.money)
            and all(len(row) == cells > 0 for row in books.money)
            and len(books.volume) == len(books.wallet) == len(books.share) == cells
            and len(books.delivered) == len(books.trust) == accounts
            and len(books.utilisation) == lines
        )
        if not sound:
            raise OddLineError(f"line {number} has books that do not belong to its scenario")
        if self.books and books.names != self.books[0].names:
            raise OddLineError(f"line {number} has books with other lines than those before")

    def _resumed(self, line: records.Resumed, number: int) -> None:
        self._here(line.quarter, number)
        if not line.restored:
            return
        if line.takes_back != self._open_moves():
            raise OddLineError(f"line {number} takes back other moves than the quarter has")
        self._forget(line.takes_back)

    def _finished(self, line: records.Finished, number: int) -> None:
        if self.quarter != self.planned + 1:
            raise OddLineError(f"line {number} is a score before the end")
        self.score = line.score
        self._tell([line.score], number, self.planned)


_STEPS: Final[dict[type, Callable[[Reading, Any, int], None]]] = {
    records.Opened: Reading._opened,
    records.Moved: Reading._moved,
    records.Undone: Reading._taken_back,
    records.Reset: Reading._taken_back,
    records.Guessed: Reading._guessed,
    records.Drafted: Reading._noted,
    records.Coached: Reading._noted,
    records.Clocked: Reading._noted,
    records.Closed: Reading._closed,
    records.Resumed: Reading._resumed,
    records.Finished: Reading._finished,
}
