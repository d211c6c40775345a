"""What every page of the text session needs: the session, the talk and the names."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kamsim.engine.moves import Refusal
from kamsim.view.words.moves import outcome, refusal
from kamsim.view.words.names import Cast, account_of
from kamsim.view.words.news import body, headline

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.game.events.declared import Event
    from kamsim.game.session import Session
    from kamsim.players.seat import Option
    from kamsim.terminal.talk import Talk
    from kamsim.terminal.working import Working


@dataclass
class Table:
    """One session on one terminal."""

    session: Session
    talk: Talk
    cast: Cast
    closed: dict[str, Any] | None = None
    """The books of the last close, as the event tells them."""
    whys: list[dict[str, Any]] = field(default_factory=list)
    """Why each account's profit moved at the last close, as the events tell it."""
    introduced: set[str] = field(default_factory=set)
    """Accounts and people whose note has been shown."""
    visited: set[tuple[str, int]] = field(default_factory=set)
    """Accounts and quarters whose page has been shown."""
    pages: dict[tuple[str, str], Working] = field(default_factory=dict)
    """Business cases that lie open, by account and audience."""
    clock: Callable[[], float] = time.monotonic
    """Seconds, for the soft clock of a moment."""

    @property
    def seen(self) -> Seen:
        """What the player sees now."""
        return self.session.seen

    @property
    def quarter(self) -> int:
        """The quarter being played."""
        return self.session.quarter

    def row(self, account: str) -> int:
        """An account's row in what is seen."""
        return self.session.params.accounts.index(account)

    def books(self, account: str) -> dict[str, Any] | None:
        """Last quarter's books of an account, with the true cost to serve as soon as it was reviewed."""
        if self.closed is None:
            return None
        row, seen = self.row(account), self.seen
        return {
            **self.closed["accounts"][account],
            "cost_to_serve": float(seen.cost_to_serve[row, 0]),
            "profit_booked": float(seen.profit[row, 0]),
            "reviewed": bool(seen.reviewed[row, 0]),
        }

    def note_close(self, events: Iterable[Event]) -> None:
        """Keep the books and the reasons of the last close among some events."""
        for event in events:
            if event.kind == "closed":
                self.closed, self.whys = event.data, []
            elif event.kind == "why":
                self.whys.append(event.data)

    def options(self, kind: str, account: str) -> list[Option]:
        """Every way to make a kind of move at one account, allowed or not."""
        return [option for option in self.session.legal(kind).options if account_of(self.cast, option.args) == account]

    def refused(self, kind: str, option: Option) -> str:
        """Why an option is refused, in a sentence; '' where it is allowed."""
        return refusal(self.cast, self.seen, kind, option.args, int(option.refused[0]))

    def do(self, kind: str, **args: Any) -> bool:
        """Make a move and say what came of it, or why not."""
        quarter = self.quarter
        answer = self.session.do(kind, **args)
        if answer.refusal is not Refusal.NONE:
            self.talk.say(refusal(self.cast, self.seen, kind, args, answer.refusal))
            return False
        self.talk.say()
        for event in answer.events:
            self.tell(event, quarter)
        left = float(self.seen.hours_left[0])
        if any(event.data.get("hours") for event in answer.events):
            self.talk.say(f"{left:.0f} hours left.")
        return True

    def tell(self, event: Event, quarter: int) -> None:
        """Say one event of a move."""
        self.cast.note(event)
        if event.kind == "moved":
            self.talk.all(outcome(self.cast, event, quarter))
        elif event.told_to == "player":
            self.talk.say(headline(self.cast, event))
            self.talk.all(body(self.cast, event, quarter), 2)


def open_requests(table: Table, account: str | None = None) -> list[str]:
    """Requests that wait for an answer, of one account or of all."""
    seen = table.seen
    waiting = [name for row, name in enumerate(seen.params.requests) if int(seen.request[row, 0]) == 1]
    return [name for name in waiting if account in (None, table.cast.home[name])]


def open_incidents(table: Table) -> dict[str, str]:
    """Accounts with an incident that nobody handled yet, and which it is."""
    seen = table.seen
    waiting = {}
    for event in table.session.inbox:
        if event.kind == "failed" and not bool(seen.handled[table.row(event.data["account"]), 0]):
            waiting[event.data["account"]] = event.data["incident"]
    return waiting


def weeks(table: Table, hours: float) -> str:
    """Hours with their weeks: 200 hours (6.7 of 13 weeks)."""
    time = table.session.scenario.time
    return f"{hours:.0f} of {time.quarter} hours ({hours / time.quarter * time.weeks:.0f} of {time.weeks} weeks)"
