"""The end of a quarter, of a year and of a session: what every face tells of it, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.terms import STAGES_OF_PURCHASE
from kamsim.game.events.cases import PromiseMeasured
from kamsim.game.events.closing import OfferAnswered, QuarterClosed, RequestLapsed, TenderDecided
from kamsim.game.events.declared import of
from kamsim.game.events.ending import SessionFinished
from kamsim.game.events.moments import MomentEnded
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.game.events.programme import PlanReviewed
from kamsim.game.events.talks import TalkLapsed
from kamsim.view import joint
from kamsim.view.deeds import deeds
from kamsim.view.words import opportunities
from kamsim.view.words import year as year_words
from kamsim.view.words.books import WhyLine, breakeven_line, range_line, sales_line, why_head, why_lines
from kamsim.view.words.news import group
from kamsim.view.words.prices import Price, margin_of, start_prices
from kamsim.view.words.programme import question, reviewed_told

if TYPE_CHECKING:
    from kamsim.game.events.declared import Event
    from kamsim.game.session import Report
    from kamsim.view.table import Table
    from kamsim.view.words.names import Cast

UNHEARD: Final = "Bought without your hearing of it"
YEAR: Final = 4
"""Quarters."""
WORTH_A_WORD: Final = 1_000_000
"""Cents by which an account's profit must move before its causes are told unasked."""
TINY: Final = 1e-3
"""Part of a quarter's sales below which a guessed profit is taken for a slip."""
RANGE_STEP: Final = 5_000_000
"""Cents to which a range that is offered for a start is rounded."""
Books = dict[str, Any]


@dataclass(frozen=True)
class Closing:
    """A quarter's close: the books before and after, what the guess about break-even was about where it is answered
    now, and the data of its events by kind."""

    report: Report
    before: Books | None
    after: Books
    opened: tuple[str, Price] | None
    told: dict[str, dict[str, Any]]

    @property
    def quarter(self) -> int:
        """The quarter that was closed."""
        return self.report.quarter


def end_quarter(table: Table) -> Closing:
    """Close the quarter."""
    opened = table.guess_base() if table.quarter == 1 else None
    before = table.chronicle.last
    report = table.session.end_quarter()
    table.happened(report.events)
    told = {event.kind: event.plain() for event in report.events}
    return Closing(report, before, told["closed"], opened, told)


# --- people, volume, profit -------------------------------------------------------------------------------------


def answers(table: Table, closing: Closing) -> list[Event]:
    """What people answered, and what became of what nobody answered."""
    told = [event for event in closing.report.events if event.told_to == "player" and not _unheard(event)]
    return sorted((event for event in told if group(table.cast, event) == "answers"), key=_first)


def unheard(closing: Closing) -> list[Event]:
    """What was bought though the player never heard of it: nobody answered, so it stands apart from `answers`."""
    return [
        event
        for event in of(OpportunityAwarded, closing.report.events)
        if _unheard(event) and event.outcome != "undecided"
    ]


def _unheard(event: Event) -> bool:
    return isinstance(event, OpportunityAwarded) and event.seen is None


def _first(event: Event) -> int:
    """What was won and lost before what was not decided, and all of that before the other answers."""
    if isinstance(event, OpportunityAwarded):
        return STAGES_OF_PURCHASE.index(event.outcome)
    return len(STAGES_OF_PURCHASE)


def speaker(cast: Cast, event: Event) -> str:
    """Who speaks in an answer; '' for nobody in person."""
    match event:
        case OpportunityAwarded(opportunity=name):
            return cast.decider(name)
        case MomentEnded(moment=name):
            return cast.moments[name].person
        case OfferAnswered(account=name):
            return max(cast.accounts[name].people, key=lambda person: person.level == "buyer").id
        case TalkLapsed(talk=name):
            return cast.talks[name].person
        case RequestLapsed(request=name):
            return cast.requests[name].person
    return ""


def went_well(event: Event) -> bool:
    """Whether an answer is a good one."""
    match event:
        case OfferAnswered(answer="accepted") | TenderDecided(won=True) | OpportunityAwarded(outcome="won"):
            return True
    return False


@dataclass(frozen=True)
class Volume:
    """What an account bought: cents at list price last quarter (0 before the first close) and in this one, how much
    more that is (None where there is nothing to compare), and a sentence."""

    account: str
    was: float
    now: float
    change: float | None
    line: str


def volumes(table: Table, closing: Closing) -> list[Volume]:
    """Every account's volume, the largest first as on the first day."""
    made = []
    for account in table.accounts:
        now, old = closing.after["accounts"][account], (closing.before or {"accounts": {}})["accounts"].get(account)
        was = float(old["volume_value"]) if old else 0.0
        change = volume_change(table, closing.quarter, account)
        made.append(Volume(account, was, float(now["volume_value"]), change, sales_line(table.cast, account, now, old)))
    return made


def volume_change(table: Table, quarter: int, account: str) -> float | None:
    """How much more an account bought in a quarter than in the one before, as a share of that; None without one."""
    closes = {int(close["quarter"]): close["accounts"][account] for close in table.chronicle.closes}
    if quarter - 1 not in closes or quarter not in closes or not closes[quarter - 1]["volume_value"]:
        return None
    return float(closes[quarter]["volume_value"] / closes[quarter - 1]["volume_value"] - 1.0)


@dataclass(frozen=True)
class Guessed:
    """Guesses beside the truth: the range of account profit with what it was, cents (None where none was guessed), and
    a sentence each, '' for none; a sentence for each opportunity that was forecast and is decided now."""

    span: tuple[float, float, float] | None
    range_line: str
    breakeven_line: str
    forecasts: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All sentences."""
        return tuple(line for line in (self.range_line, self.breakeven_line, *self.forecasts) if line)


def guessed(table: Table, closing: Closing) -> Guessed:
    """The guesses that this close answers."""
    cast, guesses = table.cast, table.session.guesses
    ranges = [value for quarter, value in guesses.get("profit_range", []) if quarter == closing.quarter]
    span = (float(ranges[-1][0]), float(ranges[-1][1]), float(closing.after["total"])) if ranges else None
    made = [value for _, value in guesses.get("breakeven", [])]
    return Guessed(
        span,
        range_line(cast, *span) if span else "",
        breakeven_line(cast, *closing.opened, made[-1] if made else None) if closing.opened else "",
        tuple(filter(None, (_foreseen(table, event) for event in of(OpportunityAwarded, closing.report.events)))),
    )


def _foreseen(table: Table, event: OpportunityAwarded) -> str:
    """What the player had said would become of an opportunity, beside what became of it; '' where nothing was said."""
    made = [
        value
        for quarter, value in table.session.guesses.get("forecast", [])
        if value["opportunity"] == event.opportunity and event.arose <= quarter
    ]
    return opportunities.forecast_line(table.cast, made[-1], event.plain()) if made else ""


@dataclass(frozen=True)
class WhyNote:
    """Why an account's profit moved: the line above, the causes that are worth a figure, and whether it moved by enough
    to be told unasked."""

    account: str
    head: str
    lines: tuple[WhyLine, ...]
    large: bool


def whys(table: Table, quarter: int) -> list[WhyNote]:
    """Why each account's profit moved at the close of a quarter; none before the second close."""
    found = sorted(table.chronicle.whys.get(quarter, []), key=lambda why: table.accounts.index(str(why["account"])))
    return [_why(table, quarter, why) for why in found]


def _why(table: Table, quarter: int, why: dict[str, Any]) -> WhyNote:
    account = str(why["account"])
    closes = {int(close["quarter"]): close for close in table.chronicle.closes}
    shared = not closes[quarter]["accounts"][account]["reviewed"]
    told = float(closes[quarter - 1]["accounts"][account]["profit_booked"]) if quarter - 1 in closes else None
    head = why_head(table.cast, why, account, volume_change(table, quarter, account), told)
    moved = [why["after"] - why["before"], *why["parts"].values()]
    did = deeds(table.cast, table.session.events, account, quarter)
    return WhyNote(
        account,
        head,
        tuple(line for line in why_lines(table.cast, why, shared=shared, did=did) if line.shown),
        any(abs(cents) >= WORTH_A_WORD for cents in moved),
    )


def asks_range(table: Table) -> bool:
    """Whether the boss wants two figures for the quarter that has just opened: the first of a year."""
    return not table.session.finished and table.quarter % YEAR == 1


def range_question(table: Table) -> str:
    """What the boss asks then."""
    boss = table.cast.scenario.company.boss.name
    return f"{boss} wants two figures: between what will account profit lie in {table.cast.quarter(table.quarter)}"


def tiny_range(table: Table, low: float, high: float) -> str:
    """What to say where a range, in cents, is next to nothing beside what is sold: thousands were meant; else ''."""
    sales = sum(table.sales(name) for name in table.accounts)
    if max(abs(low), abs(high)) >= TINY * sales:
        return ""
    return f"That reads {table.money(low)} to {table.money(high)}. Add k for thousands or m for millions: 400k 1.2m."


def first_range(table: Table) -> tuple[float, float]:
    """The range that the first guess starts from, cents: all that the books of the first day can say. Account profit is
    less than is left after product cost, and more than nothing unless serving them eats all of it."""
    margin = margin_of([price for _, price in start_prices(table.cast, table.seen.params)])
    return 0.0, round(margin / RANGE_STEP) * RANGE_STEP


def first_range_line(table: Table) -> str:
    """The same in words, beside the question."""
    return (
        f"Sales less product cost leave {table.money(first_range(table)[1])}; serving them and your team come off that."
    )


def range_start(closing: Closing) -> tuple[float, float]:
    """A range to start from: around what the quarter came to, cents."""
    middle = round(float(closing.after["total"]) / RANGE_STEP) * RANGE_STEP
    return middle - 3 * RANGE_STEP, middle + 3 * RANGE_STEP


# --- the year ---------------------------------------------------------------------------------------------------


def year_books(table: Table, year: int) -> list[Books]:
    """The closes of a year."""
    return [close for close in table.chronicle.closes if (int(close["quarter"]) - 1) // YEAR == year - 1]


@dataclass(frozen=True)
class Revealed:
    """The year as it was. ``places``: a sentence an account; ``meaning``: what follows from them; ``intro``: what is
    new in the first year; ``earlier``: the ranking that it stands beside, last year's or the player's guess, and which
    of the two it is."""

    title: str
    intro: str
    places: tuple[str, ...]
    meaning: tuple[str, ...]
    earlier: tuple[str, ...]
    guess: bool


def revealed(table: Table, data: dict[str, Any]) -> Revealed:
    """Sales rank beside profit rank, the guess, and what it means."""
    cast, year = table.cast, int(data["year"])
    books = year_books(table, year)
    booked = {name: float(sum(book["accounts"][name]["profit_booked"] for book in books)) for name in cast.accounts}
    listed = {name: float(sum(book["accounts"][name]["volume_value"] for book in books)) for name in cast.accounts}
    reviewed = {command.args["account"] for command in table.session.commands if command.move == "review_costs"}
    last = [past["by_profit"] for past in table.chronicle.revealed if int(past["year"]) == year - 1]
    lines = year_words.reveal_lines(cast, data, booked, listed, last=last[0] if last else (), reviewed=reviewed)
    asked = f" now reviewed everybody; you had asked for {len(reviewed)}." if reviewed else " reviewed everybody."
    intro = f"Controlling has{asked} This is the first year in which each customer is charged with the service it took."
    count = len(data["by_sales"])
    return Revealed(
        str(cast.scenario.year + year - 1),
        intro if year == 1 else "",
        tuple(lines[:count]),
        tuple(lines[count:]),
        tuple(last[0] if last else data.get("guess") or ()),
        not last,
    )


def review(table: Table, data: dict[str, Any], reveal: dict[str, Any] | None) -> list[str]:
    """What the boss says about the year: a few lines and one question."""
    worst = reveal["by_profit"][-1] if reveal else None
    lapsed = _lapsed(table, int(data["year"]))
    return year_words.review_lines(
        table.cast, data, concessions(table), lapsed, worst, _promises(table), _programme(table, int(data["year"]))
    )


def _programme(table: Table, year: int) -> tuple[str, str]:
    """A year against management's plan, and the one question that the boss asks of it; '' without a programme."""
    told = [item for item in of(PlanReviewed, table.session.events) if item.year == year]
    return (reviewed_told(table.cast, told[-1]) if told else ""), question(table.cast, year)


def _lapsed(table: Table, year: int) -> int:
    """Requests of a year that got no answer."""
    count, quarter = 0, 1
    for event in table.session.events:
        quarter += isinstance(event, QuarterClosed)
        count += isinstance(event, RequestLapsed) and (quarter - 1) // YEAR == year - 1
    return count


def _promises(table: Table) -> tuple[int, int]:
    """Promises measured so far, and how many ended inside their range."""
    measured = of(PromiseMeasured, table.session.events)
    return (measured[-1].claims, measured[-1].claims_inside) if measured else (0, 0)


def concessions(table: Table) -> tuple[int, int]:
    """Price concessions that brought something back, of all that stand."""
    discounts = year_words.first_discounts(table.cast)
    return year_words.concessions(discounts, table.session.events, table.session.commands)


def ended(table: Table) -> dict[str, Any]:
    """What the end of a finished session tells: the data of its last event."""
    return of(SessionFinished, table.session.events)[-1].plain()


def score_lines(table: Table) -> list[str]:
    """The score and what it stands for."""
    return year_words.score_lines(table.cast, ended(table), concessions(table))


def purses(table: Table) -> tuple[str, str, str]:
    """What was banked, what is left for a successor, and both together, as figures that add up."""
    told = ended(table)
    return year_words.purses(table.cast, told["banked"], told["left"])


def others_lines(table: Table) -> list[str]:
    """What an empty chair, and somebody who gives more off, made of the same luck."""
    cast, data = table.cast, ended(table)
    return [*year_words.empty_chair_lines(cast, data), *year_words.discounter_lines(cast, data)]


def end_lines(table: Table) -> list[str]:
    """What became, in all, of what customers came to buy, and of what could be built together; none where there was
    nothing of it."""
    return [line for line in (_windows_line(table), joint.end_line(table)) if line]


def _windows_line(table: Table) -> str:
    return year_words.windows_line(table.cast, of(OpportunityAwarded, table.session.events))
