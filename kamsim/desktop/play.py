"""What every page of a session needs: the session, the names, the books so far, and moves made in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.table import Cursor
from kamsim.engine.moves import Refusal
from kamsim.engine.params import RHYTHMS
from kamsim.view import books as books_view
from kamsim.view.words import waiting as waiting_words
from kamsim.view.words import year as year_words
from kamsim.view.words.moves import outcome, refusal
from kamsim.view.words.names import SHORT_MOVES, Cast, account_of
from kamsim.view.words.news import body, headline
from kamsim.view.words.prices import Price, guess_base

if TYPE_CHECKING:
    from kamsim.desktop.softclock import SoftClock
    from kamsim.engine.sight import Seen
    from kamsim.game.events.declared import Event
    from kamsim.game.session import Report, Session
    from kamsim.players.seat import Option
    from kamsim.view.case.working import Working

YEAR: Final = 4


@dataclass
class Told:
    """What came of a move: what it was, who spoke, what was said and learned."""

    kind: str
    account: str
    person: str = ""
    quote: str = ""
    lines: list[str] = field(default_factory=list)
    result: str = ""
    refused: bool = False


@dataclass
class Closing:
    """A quarter's close as the pages of the close tell it."""

    report: Report
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    opened: tuple[str, Price] | None
    told: dict[str, dict[str, Any]]


class Play:
    """One session on one desktop."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.cast = Cast(session.scenario, session.events)
        self.cast.last = session.quarters
        self.chronicle = books_view.Chronicle()
        self.chronicle.note(session.events)
        self.accounts = books_view.by_first_sales(session)
        """Every account, the largest first as on the first day."""
        self.version = 0
        """Grows with everything that changes what a page may show."""
        self.last: Told | None = None
        """What came of the last move."""
        self.cursors: dict[str, Cursor] = {}
        """Where the cursors of tables stand."""
        self.clocks: dict[str, SoftClock] = {}
        """Soft clocks of moments that were looked at."""
        self.pages: dict[tuple[str, str, bool], Working] = {}
        """Business cases that lie open, by account, audience and whether one is re-cut."""
        self.sent: dict[tuple[str, str], int] = {}
        """In which quarter a page was last brought to its audience."""
        self._legal: dict[tuple[int, str], list[Option]] = {}

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
        return float(self.seen.hours_left[0])

    def row(self, account: str) -> int:
        """An account's row in what is seen."""
        return self.session.params.accounts.index(account)

    def money(self, cents: float, *, plus: bool = False, exact: bool = False) -> str:
        """Money in words."""
        return self.cast.money(cents, plus=plus, exact=exact)

    def books(self, account: str) -> dict[str, Any] | None:
        """Last quarter's books of an account."""
        return books_view.books(self.chronicle, self.seen, account)

    def rhythm(self, account: str) -> str:
        """An account's standing contact."""
        return RHYTHMS[int(self.seen.rhythm[self.row(account), 0])]

    def requests(self, account: str | None = None) -> list[str]:
        """Requests that wait, of one account or of all."""
        waiting = books_view.open_requests(self.seen)
        return [name for name in waiting if account in (None, self.cast.home[name])]

    def incidents(self) -> dict[str, str]:
        """Accounts with an incident that nobody handled yet."""
        return books_view.open_incidents(self.seen, self.session.inbox)

    def options(self, kind: str, account: str) -> list[Option]:
        """Every way to make a kind of move at an account, allowed or not."""
        key = (self.version, kind)
        if key not in self._legal:
            if len(self._legal) > 40:
                self._legal.clear()
            self._legal[key] = list(self.session.legal(kind).options)
        return [option for option in self._legal[key] if account_of(self.cast, option.args) == account]

    def refused(self, kind: str, option: Option) -> str:
        """Why an option is refused, in a sentence; '' where it is allowed."""
        return refusal(self.cast, self.seen, kind, option.args, int(option.refused[0]))

    def hindrance(self, kind: str, account: str) -> str:
        """A few words on why a kind of move cannot be made at an account; '' where it can."""
        return waiting_words.hindrance(self.cast, self.seen, kind, account, self.options(kind, account))

    def changed(self) -> None:
        """Something happened."""
        self.version += 1

    # --- moves ------------------------------------------------------------------------------------------------

    def do(self, kind: str, **args: Any) -> Told:
        """Make a move; what came of it, or why it was refused, in words."""
        quarter = self.quarter
        seen, row = self.seen, self.row(args["account"]) if "account" in args else 0
        cost, profit = float(seen.cost_to_serve[row, 0]), float(seen.profit[row, 0])
        answer = self.session.do(kind, **args)
        account = account_of(self.cast, args)
        if answer.refusal is not Refusal.NONE:
            said = refusal(self.cast, self.seen, kind, args, answer.refusal)
            return Told(kind, account, lines=[said], refused=True)
        told = self.tell(answer.events, quarter)
        if kind == "review_costs":
            told.lines += self._review_line(account, cost, profit)
        self.last = told
        self.changed()
        return told

    def tell(self, events: tuple[Event, ...], quarter: int) -> Told:
        """The events of one move in words."""
        told = Told("", "")
        for event in events:
            self.cast.note(event)
            if event.kind == "moved":
                args, kind = event.data["args"], str(event.data["move"])
                told.kind, told.account = kind, account_of(self.cast, args)
                told.person, told.result = self._speaker(kind, args), str(event.data["result"])
                lines = outcome(self.cast, event, quarter)
                if lines and told.person:
                    told.quote = unquoted(lines[0])
                    lines = lines[1:] if told.quote else lines
                told.lines += lines
            elif event.kind == "table":
                said = body(self.cast, event, quarter)
                told.quote, told.lines = unquoted(said[0]), said[1:]
                told.result = str(event.data["status"])
            elif event.told_to == "player":
                told.lines += [headline(self.cast, event), *body(self.cast, event, quarter)]
        return told

    def _speaker(self, kind: str, args: dict[str, Any]) -> str:
        if "person" in args:
            return str(args["person"])
        if kind == "answer_request":
            return self.cast.requests[args["request"]].person
        if "talk" in args:
            return self.cast.talks[args["talk"]].person
        return ""

    def _review_line(self, account: str, cost: float, profit: float) -> list[str]:
        """What a cost review changed in last quarter's books."""
        row = self.row(account)
        now, earned = float(self.seen.cost_to_serve[row, 0]), float(self.seen.profit[row, 0])
        if self.quarter == 1:
            return []
        return waiting_words.review_line(self.cast, account, (cost, profit), (now, earned))

    def undo(self) -> str:
        """Take back the last move; what was taken back, '' where nothing can be."""
        if not self.session.can_undo:
            return ""
        last = self.session.commands[-1].move
        self.session.undo()
        self.last = None
        self.changed()
        return f"Taken back: {SHORT_MOVES.get(last, last.replace('_', ' '))}."

    def reset(self) -> int:
        """Take back every move of this quarter that can be; how many."""
        count = self.session.reset_quarter()
        self.last = None
        self.changed()
        return count

    def guess(self, name: str, value: Any) -> None:
        """Note a guess."""
        self.session.guess(name, value)
        self.changed()

    def guesses_left(self) -> list[str]:
        """Which of the three guesses before play were not made."""
        if self.quarter > 1 or self.session.commands or self.session.finished:
            return []
        return [name for name in ("ranking", "breakeven", "profit_range") if name not in self.session.guesses]

    # --- the close --------------------------------------------------------------------------------------------

    def end_quarter(self) -> Closing:
        """Close the quarter."""
        opened = guess_base(self.cast, self.session.params) if self.quarter == 1 else None
        before = self.chronicle.last
        report = self.session.end_quarter()
        for event in report.events:
            self.cast.note(event)
        self.chronicle.note(report.events)
        self.last = None
        self.changed()
        told = {event.kind: event.data for event in report.events}
        return Closing(report, before, self.chronicle.last, opened, told)

    def concessions(self) -> tuple[int, int]:
        """Price concessions that brought something back, of all that stand."""
        answered = [event for event in self.session.events if event.kind in ("moved", "answered")]
        return year_words.concessions(year_words.first_discounts(self.cast), answered, self.session.commands)

    def promises(self) -> tuple[int, int]:
        """Promises measured so far, and how many ended inside their range."""
        measured = [event.data for event in self.session.events if event.kind == "measured"]
        return (int(measured[-1]["claims"]), int(measured[-1]["claims_inside"])) if measured else (0, 0)

    def lapsed(self, year: int) -> int:
        """Requests of a year that got no answer."""
        count, quarter = 0, 1
        for event in self.session.events:
            quarter += event.kind == "closed"
            count += event.kind == "lapsed" and (quarter - 1) // YEAR == year - 1
        return count

    def year_books(self, year: int) -> list[dict[str, Any]]:
        """The closes of a year."""
        return [close for close in self.chronicle.closes if (int(close["quarter"]) - 1) // YEAR == year - 1]


def unquoted(said: str) -> str:
    """The words between the quotes of a quoted line, '' where it is none."""
    left, right = said.find("\N{LEFT DOUBLE QUOTATION MARK}"), said.rfind("\N{RIGHT DOUBLE QUOTATION MARK}")
    return said[left + 1 : right] if 0 <= left < right else ""
