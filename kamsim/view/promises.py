"""Promises in one place: what runs, what can be measured, what was counted, and what our word is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kamsim.game.events.cases import PromiseForgotten, PromiseMeasured
from kamsim.view import open_cases
from kamsim.view.words import letters, news
from kamsim.view.words.names import capital
from kamsim.view.words.promises import calendar, last_chance

if TYPE_CHECKING:
    from kamsim.view.table import Table


@dataclass(frozen=True)
class Run:
    """A promise that runs: its data as its events have them, and whether it is ``measurable`` now."""

    data: dict[str, Any]
    measurable: bool
    title: str
    """To whom it was made."""
    text: str
    """What was promised, with its range."""
    when: str
    """When it was signed and is counted."""

    @property
    def account(self) -> str:
        """The account that it is about."""
        return str(self.data["account"])

    @property
    def audience(self) -> str:
        """To whom: customer or desk."""
        return str(self.data["audience"])

    @property
    def status(self) -> str:
        """As `letters.STATUS_CHIPS` has it."""
        return "due" if self.measurable else "open"


def running(table: Table) -> list[Run]:
    """Every promise that runs: what can be measured first, then the earliest."""
    return [_run(table, data, now) for _, data, now in calendar(table.seen)]


def _run(table: Table, data: dict[str, Any], measurable: bool) -> Run:
    cast = table.cast
    text = f"{capital(letters.promise_text(cast, data))}."
    when = letters.promise_when(cast, data, last_chance(data) if measurable else 0)
    return Run(data, measurable, letters.promise_title(cast, data), text, when)


@dataclass(frozen=True)
class Counted:
    """A promise that was measured or forgotten, and the quarter in which that was; ``lines``: what came of it."""

    quarter: int
    event: PromiseMeasured | PromiseForgotten
    title: str
    status: str
    lines: tuple[str, ...]

    @property
    def data(self) -> dict[str, Any]:
        """The data of its event."""
        return self.event.plain()

    @property
    def measured(self) -> bool:
        """Whether somebody measured it."""
        return isinstance(self.event, PromiseMeasured)


def counted(table: Table) -> list[Counted]:
    """Promises that were counted, the latest first."""
    return [_counted(table, quarter, event) for quarter, event in open_cases.counted(table.session.events)]


def _counted(table: Table, quarter: int, event: PromiseMeasured | PromiseForgotten) -> Counted:
    cast, data = table.cast, event.plain()
    title = letters.promise_title(cast, data)
    if isinstance(event, PromiseForgotten):
        lines = (news.headline(cast, event), *news.body(cast, event, quarter))
        return Counted(quarter, event, title, "forgotten", lines)
    return Counted(quarter, event, title, "kept" if event.kept else "missed", (letters.came_to(cast, data),))


def record(table: Table) -> tuple[int, int]:
    """Promises counted so far, and how many landed inside their range."""
    return int(table.seen.claims[0]), int(table.seen.claims_inside[0])


@dataclass(frozen=True)
class Word:
    """What our word is worth with an audience, as a share and in words."""

    name: str
    part: float
    text: str


def words_worth(table: Table) -> list[Word]:
    """What our word is worth with every account, then with our own desk, where there is one."""
    cast, seen = table.cast, table.seen
    audiences = [(seen.params.accounts.index(name), cast.account(name)) for name in table.accounts]
    if cast.approvers:
        audiences.append((len(seen.params.accounts), letters.INSIDE))
    return [Word(name, float(seen.credibility[row, 0]), letters.word_worth(seen, row)) for row, name in audiences]
