"""The session as any face sees it: what is seen and booked, what can be done and why not, and what came of a move.

A face may add what is its own, such as cursors or a talk; it asks here for everything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.moves import MOVES, Refusal, bind, refusals
from kamsim.engine.params import RHYTHMS
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.talks import TalkAnswered
from kamsim.view import books, open_cases
from kamsim.view.case.pages import Pages
from kamsim.view.menu.catalogue import MENU, outcome, refusal
from kamsim.view.words import waiting
from kamsim.view.words.facts import known_facts
from kamsim.view.words.names import Cast, account_of, unlock
from kamsim.view.words.news import body, headline
from kamsim.view.words.prices import Price, guess_base, start_sales

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kamsim.engine.moves import Outcome
    from kamsim.engine.sight import Seen
    from kamsim.game.credit import Credits
    from kamsim.game.events.declared import Event
    from kamsim.game.session import Session
    from kamsim.gym.bout import Bout
    from kamsim.players.seat import Option
    from kamsim.view.open_cases import Lying

GUESSES: Final = ("ranking", "breakeven", "profit_range")
"""What is guessed before play, in the order in which it is asked."""
MOST_KINDS: Final = 40
"""Kinds of move whose options are kept until something changes."""


@dataclass
class Response:
    """What came of a move: what it was, who spoke, what was said and learned, or why it was refused.

    ``paragraphs``: all of it in order, each with whether it belongs under the one before; ``quote`` and ``lines``: the
    same, with the words of whoever spoke apart.
    """

    kind: str
    account: str
    person: str = ""
    quote: str = ""
    lines: list[str] = field(default_factory=list)
    result: str = ""
    refused: bool = False
    took_hours: bool = False
    paragraphs: list[tuple[str, bool]] = field(default_factory=list)
    events: tuple[Event, ...] = ()


class Table:
    """One session as a face sees it."""

    def __init__(self, session: Session | Bout) -> None:
        self.session: Session = session  # type: ignore[assignment]  # to every view, a bout is a session
        self.cast = Cast(session.scenario, session.events, session.words)
        self.cast.last = session.quarters
        self.chronicle = books.Chronicle()
        self.chronicle.note(session.events)
        self.accounts = self.cast.order = books.by_first_sales(self.session)
        """Every account, the largest first as on the first day."""
        self.version = 0
        """Grows with everything that changes what a face may show."""
        self.last: Response | None = None
        """What came of the last move."""
        self.cases = Pages(self.session)
        """Business cases that lie open."""
        self.credits: Credits | None = None
        """What decisions brought, as far as `credit.follow` has come."""
        self.decided: dict[int, tuple[str, str]] = {}
        """By a move's number: the account, and what was decided in the words of its quarter, as far as that."""
        self._legal: dict[tuple[int, str], list[Option]] = {}
        self._kept_for: Seen | None = None
        self._kept: dict[str, Any] = {}

    # --- what is seen -------------------------------------------------------------------------------------------

    @property
    def seen(self) -> Seen:
        """What the player sees now."""
        return self.session.seen

    @property
    def quarter(self) -> int:
        """The quarter being played."""
        return self.session.quarter

    @property
    def hours(self) -> float:
        """Hours that are left."""
        return max(0.0, float(self.seen.hours_left[0]))

    @property
    def weeks(self) -> tuple[float, int]:
        """Hours that are left as weeks, and how many weeks a quarter has."""
        weeks = self.cast.scenario.time.weeks
        return self.hours / (self.session.hours or 1.0) * weeks, weeks

    @property
    def inbox(self) -> list[Event]:
        """What a player is told as the quarter opens."""
        return [event for event in self.session.inbox if event.told_to == "player"]

    @property
    def last_quarter(self) -> bool:
        """Whether the session ends with this quarter."""
        return self.cast.over(self.quarter + 1)

    def money(self, cents: float, *, plus: bool = False, exact: bool = False) -> str:
        """Money in words."""
        return self.cast.money(cents, plus=plus, exact=exact)

    def books(self, account: str) -> dict[str, Any] | None:
        """Last quarter's books of an account, with its true cost to serve as soon as that was reviewed."""
        return books.books(self.chronicle, self.seen, account)

    def sales(self, account: str) -> float:
        """Sales a quarter in cents: last quarter's, or before the first close at the prices and volumes taken over."""
        return start_sales(self.cast, self.seen, account)

    def notes(self, account: str) -> dict[str, list[str]]:
        """What is known at an account, by whom or what it concerns: notes with their age and source."""
        made: dict[str, list[str]] = self.kept(
            f"notes.{account}", lambda: dict(known_facts(self.cast, self.seen, account))
        )
        return made

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """Something that rests on what is seen alone, worked out once for it: after each move that is another one."""
        if self._kept_for is not self.seen:
            self._kept_for, self._kept = self.seen, {}
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def rhythm(self, account: str) -> str:
        """An account's standing contact."""
        return RHYTHMS[int(self.seen.rhythm[self._row(account), 0])]

    def has(self, part: str) -> bool:
        """Whether the scenario has a part of the organisation, one of `scenario.organisation.PARTS`."""
        return self.session.params.own.has(part)

    @property
    def rhythm_hours(self) -> dict[str, float]:
        """Hours a quarter of every standing contact, the lightest first."""
        return dict(zip(RHYTHMS, (float(hours) for hours in self.seen.params.rhythm_hours), strict=True))

    @property
    def contact_hours(self) -> float:
        """Hours a quarter that standing contact takes at all accounts together."""
        return sum(self.rhythm_hours[self.rhythm(account)] for account in self.cast.accounts)

    def _row(self, account: str) -> int:
        return self.session.params.accounts.index(account)

    # --- what is open -------------------------------------------------------------------------------------------

    def requests(self, account: str | None = None) -> list[str]:
        """Requests that wait, of one account or of all."""
        return self._at(account, open_cases.requests(self.seen))

    def incidents(self) -> dict[str, str]:
        """Accounts with an incident that nobody handled yet, and which it is."""
        return open_cases.incidents(self.seen, self.session.inbox)

    def moments(self, account: str | None = None) -> list[str]:
        """Moments that wait for an answer or for its other half, of one account or of all."""
        return self._at(account, open_cases.moments(self.seen))

    def talks(self, account: str | None = None) -> list[str]:
        """Negotiations that somebody waits for, of one account or of all."""
        return self._at(account, open_cases.talks(self.seen))

    def _at(self, account: str | None, names: Iterable[str]) -> list[str]:
        return [name for name in names if account in (None, self.cast.home[name])]

    def lying(self, account: str, audience: str) -> Lying | None:
        """What of ours lies with an audience about an account; None for nothing."""
        return open_cases.lying(self.seen, account, audience)

    # --- what can be done ---------------------------------------------------------------------------------------

    def unlocked(self, kind: str, quarter: int = 0) -> bool:
        """Whether a kind of move may be made by now, or by a quarter."""
        return unlock(self.cast, kind)[0] <= (quarter or self.quarter)

    def options(self, kind: str, account: str, **args: Any) -> list[Option]:
        """Every way to make a kind of move at an account, with these arguments, allowed or not."""
        return [option for option in self.every(kind, **args) if account_of(self.cast, option.args) == account]

    def every(self, kind: str, **args: Any) -> list[Option]:
        """Every way to make a kind of move with these arguments, about whichever account or about none."""
        key = (self.version, kind)
        if key not in self._legal:
            if len(self._legal) > MOST_KINDS:
                self._legal.clear()
            self._legal[key] = list(self.session.legal(kind).options)
        return [option for option in self._legal[key] if args.items() <= option.args.items()]

    def open_to(self, kind: str, account: str, **args: Any) -> list[Option]:
        """The ways that are not refused."""
        return [option for option in self.options(kind, account, **args) if not int(option.refused[0])]

    def refused(self, kind: str, option: Option) -> str:
        """Why an option is refused, in a sentence; '' where it is allowed."""
        return refusal(self.cast, self.seen, kind, option.args, int(option.refused[0]))

    def first_refusal(self, kind: str, options: Iterable[Option]) -> str:
        """Why the first of some ways that is refused is refused; '' where none is."""
        return next((text for text in (self.refused(kind, option) for option in options) if text), "")

    def why_not(self, kind: str, *, unchanged: bool = False, **args: Any) -> str:
        """Why a move with these arguments is refused, in a sentence; '' where it is allowed. ``unchanged``: that it
        changes nothing is no reason."""
        code = self._code(kind, args)
        return "" if unchanged and code is Refusal.NO_CHANGE else refusal(self.cast, self.seen, kind, args, code)

    def agreed_already(self, kind: str, **args: Any) -> bool:
        """Whether a move is refused because what it asks for is agreed already."""
        return self._code(kind, args) is Refusal.ALREADY_AGREED

    def _code(self, kind: str, args: dict[str, Any]) -> Refusal:
        seen = self.seen
        return Refusal(int(refusals(seen, kind, bind(seen.params, kind, args))[0]))

    def takes(self, kind: str, **args: Any) -> float:
        """Hours that a move takes, as the move itself declares them; choices and numbers that do not matter to them may
        be left out."""
        seen = self.seen
        needed = [item for item in MOVES[kind].fields if not item.optional and item.kind in ("choice", "number")]
        rest = {item.name: item.choices[0] if item.choices else item.low for item in needed}
        return float(np.max(MOVES[kind].hours(seen, bind(seen.params, kind, {**rest, **args}))))

    # --- moves --------------------------------------------------------------------------------------------------

    def do(self, kind: str, **args: Any) -> Response:
        """Make a move; what came of it, or why it was refused, in words."""
        return self.make(kind, args)[0]

    def make(self, kind: str, args: dict[str, Any]) -> tuple[Response, Outcome]:
        """The same as `do`, with the engine's own account of what happened, which a bot waits for."""
        quarter, account = self.quarter, account_of(self.cast, args)
        booked = self._booked(account)
        made, events = self.session.make(kind, args)
        if made.refused[0]:
            said = refusal(self.cast, self.seen, kind, args, Refusal(int(made.refused[0])))
            return Response(kind, account, lines=[said], refused=True, paragraphs=[(said, False)]), made
        self.changed()
        told = self.tell(events, quarter)
        if kind == "review_costs" and quarter > 1:
            lines = waiting.review_line(self.cast, account, booked, self._booked(account))
            told.lines += lines
            told.paragraphs += [(line, False) for line in lines]
        self.last = told
        return told, made

    def _booked(self, account: str) -> tuple[float, float]:
        """Cost to serve and account profit of last quarter as booked, cents; zeros where a move names no account."""
        row = self._row(account) if account else 0
        return float(self.seen.cost_to_serve[row, 0]), float(self.seen.profit[row, 0])

    def tell(self, events: tuple[Event, ...], quarter: int) -> Response:
        """The events of one move in words."""
        told = Response("", "", events=events)
        for event in events:
            self.cast.note(event)
            told.took_hours = told.took_hours or (isinstance(event, MoveMade) and event.hours != 0)
            if isinstance(event, MoveMade):
                self._tell_move(told, event, quarter)
            elif event.told_to == "player":
                head = headline(self.cast, event)
                lines = [line for line in body(self.cast, event, quarter) if line not in told.lines]
                told.paragraphs += [(head, False), *[(line, True) for line in lines]]
                if isinstance(event, TalkAnswered):
                    told.quote, told.lines, told.result = unquoted(lines[0]), lines[1:], event.status
                else:
                    told.lines += [head, *lines]
        return told

    def _tell_move(self, told: Response, event: MoveMade, quarter: int) -> None:
        args, told.kind = event.args, event.move
        told.account, told.result = account_of(self.cast, args), event.result
        told.person = self._speaker(told.kind, args)
        lines = outcome(self.cast, event, quarter)
        told.paragraphs += [(line, False) for line in lines]
        told.quote = unquoted(lines[0]) if lines and told.person else ""
        told.lines += lines[1:] if told.quote else lines

    def _speaker(self, kind: str, args: dict[str, Any]) -> str:
        if "person" in args:
            return str(args["person"])
        if kind == "answer_request":
            return self.cast.requests[args["request"]].person
        return self.cast.talks[args["talk"]].person if "talk" in args else ""

    def undo(self) -> str:
        """Take back the last move; what was taken back, '' where nothing can be."""
        if not self.session.can_undo:
            return ""
        last = self.session.commands[-1].move
        self.session.undo()
        self.last = None
        self.changed()
        return f"Taken back: {MENU[last].short}."

    def reset(self) -> int:
        """Take back every move of this quarter that can be; how many."""
        count = self.session.reset_quarter()
        self.last = None
        self.changed()
        return count

    def changed(self) -> None:
        """Something happened."""
        self.version += 1

    # --- guesses, and the close (see `closing`) -----------------------------------------------------------------

    def guess(self, name: str, value: Any) -> None:
        """Note a guess."""
        self.session.guess(name, value)
        self.changed()

    def guesses_left(self) -> list[str]:
        """Which of the three guesses before play were not made."""
        if self.quarter > 1 or self.session.commands or self.session.finished:
            return []
        return [name for name in GUESSES if name not in self.session.guesses]

    def guess_base(self) -> tuple[str, Price]:
        """The account and price that the guess about break-even is about."""
        return guess_base(self.cast, self.session.params)

    def happened(self, events: tuple[Event, ...]) -> None:
        """Take note of what a close brought."""
        for event in events:
            self.cast.note(event)
        self.chronicle.note(events)
        self.last = None
        self.changed()


def unquoted(said: str) -> str:
    """The words between the quotes of a quoted line, '' where it is none."""
    left, right = said.find("\N{LEFT DOUBLE QUOTATION MARK}"), said.rfind("\N{RIGHT DOUBLE QUOTATION MARK}")
    return said[left + 1 : right] if 0 <= left < right else ""
