"""A past quarter again, as practice: which there are, and what came of it beside what was played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kamsim.game.events.closing import QuarterClosed
from kamsim.game.events.declared import of
from kamsim.game.practice import Practice
from kamsim.view.words.names import apart, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kamsim.game.practice import Onward
    from kamsim.game.session import Session
    from kamsim.view.table import Table

MARK: Final = "Practice"
COUNTS_NOT: Final = "Practice: nothing counts"
OFFER: Final = "Play a past quarter again, as practice"
SHORT: Final = "Practise a quarter"
LEAVE: Final = "Leave practice"
AGAIN: Final = "Once more"
INTRO: Final = "The same morning, the same luck. Nothing of it is written into your session; leave whenever you like."


@dataclass(frozen=True)
class Beside:
    """An account's profit in the quarter as booked, cents: as it was played, and in practice."""

    account: str
    was: float
    now: float


@dataclass(frozen=True)
class Compared:
    """A practised quarter beside the one that was played, by account and in all, cents."""

    quarter: int
    rows: tuple[Beside, ...]
    was: float
    now: float


def quarters(table: Table) -> list[int]:
    """The quarters that can be played again: all that are closed, the latest first; none within practice."""
    return [] if table.session.practised else list(range(len(table.session.history), 0, -1))


def begin(table: Table, quarter: int) -> Practice:
    """A quarter of a session on its first morning. Raises ReplayMismatch where it cannot be had again."""
    return Practice(table.session, quarter)


def title(table: Table, quarter: int) -> str:
    """A quarter to choose, with what it came to."""
    total = sum(float(cents) for cents in table.session.history[quarter - 1].contribution[:, 0])
    return f"{table.cast.quarter(quarter)}: account profit {table.money(total)}"


def compare(table: Table) -> Compared:
    """What a practice that is over came to."""
    practice = _practice(table)
    was, now = (_closed(session, practice.begun) for session in (practice.origin, practice))
    rows = tuple(
        Beside(name, float(was.accounts[name].profit_booked), float(now.accounts[name].profit_booked))
        for name in table.accounts
    )
    return Compared(practice.begun, rows, float(was.total), float(now.total))


def _closed(session: Session, quarter: int) -> QuarterClosed:
    """The books of a quarter as the player has them: not what a review would yet bring to light."""
    return next(event for event in of(QuarterClosed, session.events) if event.quarter == quarter)


def onward(table: Table) -> Iterator[Onward | None]:
    """What the rest of the session would have made of it, a quarter at a time (see `Practice.onward`)."""
    return _practice(table).onward()


def _practice(table: Table) -> Practice:
    session = table.session
    assert isinstance(session, Practice)
    return session


# --- in words ---------------------------------------------------------------------------------------------------


def head(table: Table, told: Compared) -> str:
    """The quarter's account profit, practised and played."""
    money, name = table.money, table.cast.quarter(told.quarter)
    return f"{name}: {money(told.now)} of account profit, {money(told.was)} as you played it. {_apart(table, told)}"


def _apart(table: Table, told: Compared) -> str:
    moved = told.now - told.was
    if abs(moved) < 100:
        return "The same."
    return f"{apart(table.cast, told.now, told.was)} {'more' if moved > 0 else 'less'}."


def row(table: Table, item: Beside) -> str:
    """An account's profit, practised and played."""
    return f"{table.cast.account(item.account)}: {table.money(item.now)}; as played {table.money(item.was)}"


def later(table: Table, told: Onward) -> str:
    """What both purses would have come to; while the session runs what is banked alone, as nobody knows yet what a
    successor will find."""
    over = _practice(table).origin.finished
    was, would = (float((one.value if over else one.banked)[0]) for one in (told.was, told.would))
    moved = would - was
    way = "the same" if abs(moved) < 100 else f"{apart(table.cast, would, was)} {'more' if moved > 0 else 'less'}"
    lost = ""
    if told.lost:
        lost = f" {counted(told.lost, 'later move')} of yours could then not have been made."
    whose = "both purses (yours and your successor's) come to" if over else "what you have banked by now comes to"
    return (
        f"With this quarter in place of the one you played, and all later moves as they were, {whose} "
        f"{table.money(would)}: {way}.{lost}"
    )
