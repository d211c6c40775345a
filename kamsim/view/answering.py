"""Price requests and incidents: what can be answered, what each answer costs, and what is known that bears on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.moves import MOVES, traded_part
from kamsim.engine.service import CREDIT
from kamsim.view import books
from kamsim.view.centre import taken_up
from kamsim.view.words import regions
from kamsim.view.words.names import OWNER_WORDS, TRADE_WORDS, capital, percent, points
from kamsim.view.words.prices import change_lines, margin_of, repays_at

if TYPE_CHECKING:
    from kamsim.view.table import Table

ANSWERS: Final = ("decline", "trade", "grant")
"""What can be answered, the costliest last."""
EFFORTS: Final[tuple[int, ...]] = next(
    field.choices for field in MOVES["handle_incident"].fields if field.name == "effort"
)
"""Hours that can be put into an incident."""
FINAL: Final = "An answer cannot be taken back."
TENDER: Final = (
    "Unless a kept promise or work on what they have under way speaks for you, what they buy next of it goes to tender."
)
"""What a bare no brings with it."""
TRADE_HELP: Final = {
    "fewer_deliveries": "Saves us trips and them goods-in",
    "volume_commitment": "They promise to buy more from us",
    "longer_term": "The price holds, and so do they",
    "prompt_payment": "They pay sooner",
}


# --- requests ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reply:
    """One answer to a request: a title, what it costs and brings, its hours, and why it cannot be given ('')."""

    answer: str
    title: str
    lines: tuple[str, ...]
    hours: float
    off: str


def replies(table: Table, request: str) -> list[Reply]:
    """The three answers to a request."""
    return [_reply(table, request, answer) for answer in ANSWERS]


def _reply(table: Table, request: str, answer: str) -> Reply:
    cast, args = table.cast, dict[str, Any](request=request, answer=answer)
    if answer == "trade":
        args["get"] = regions.offers(cast, request)[0]
    off = "" if table.agreed_already("answer_request", **args) else table.why_not("answer_request", **args)
    lines = (*cost_lines(table, request, answer), *_beyond(table, request, answer))
    return Reply(answer, answer_title(table, request, answer), lines, table.takes("answer_request", **args), off)


def answer_title(table: Table, request: str, answer: str) -> str:
    """An answer as a choice."""
    cast, ask = table.cast, table.cast.requests[request].ask
    if regions.one_for_all(cast, request):
        return regions.answer_words(cast, request)[answer]
    words = {
        "grant": f"Grant it in full: {points(ask)}",
        "trade": f"Give {points(traded_part(ask))}, and ask for something back",
        "decline": "Decline",
    }
    return words[answer]


def last_word(table: Table, request: str, answer: str, get: str = "") -> str:
    """What is asked once more before an answer is given: that it stands, what a full grant binds us to, and where a
    trade asks for something (``get``) that does not serve them by our notes, what would."""
    if answer != "grant":
        wanted = books.trade_wanted(table.seen, request)
        return FINAL if not get or wanted in (None, get) else f"{noted(table, request)} {FINAL}"
    _, given = regions.asked_prices(table.cast, table.seen, request, "grant")
    less = f"{table.money(given)} less a quarter at today's volume"
    return f"It is for good: {less}, and nothing comes back for it. {FINAL}"


def cost_lines(table: Table, request: str, answer: str) -> list[str]:
    """What an answer costs at today's volume; none for declining."""
    rows, given = regions.asked_prices(table.cast, table.seen, request, answer)
    if answer == "decline":
        return []
    if answer == "trade" and regions.one_for_all(table.cast, request):
        return regions.corridor_lines(table.cast, rows)
    return change_lines(table.cast, rows, given)


def _beyond(table: Table, request: str, answer: str) -> list[str]:
    """What else an answer does."""
    if answer == "grant":
        whole = regions.one_for_all(table.cast, request)
        return ["Later cuts in one region travel to all."] if whole else []
    if answer == "trade":
        return ["Something comes back for it, if they agree."]
    cooled = "Your price stands. They cool a little; some look around."
    return [cooled, TENDER] if table.seen.params.opportunities else [cooled]


def repaid(table: Table, request: str) -> list[tuple[str, float | None]]:
    """By what is granted, in full and in part: how much more they must buy to repay it, None where no volume does."""
    whole = regions.one_for_all(table.cast, request)
    made = []
    for text, answer in (("in full", "grant"), *(() if whole else (("in part", "trade"),))):
        rows, given = regions.asked_prices(table.cast, table.seen, request, answer)
        made.append((text, repays_at(given, margin_of(rows))))
    return made


def part_given(table: Table, request: str) -> str:
    """What a trade gives, in a few words."""
    whole = regions.one_for_all(table.cast, request)
    return "a corridor" if whole else f"{points(traded_part(table.cast.requests[request].ask))} off"


@dataclass(frozen=True)
class Trade:
    """Something to ask in return: its title, what it brings, whether our notes say that it serves them, whether it is
    agreed already, and why it cannot be asked ('')."""

    get: str
    title: str
    help: str
    wanted: bool
    agreed: bool
    off: str


def trades(table: Table, request: str) -> list[Trade]:
    """What can be asked in return for a part of what a request asks."""
    wanted, made = books.trade_wanted(table.seen, request), []
    for get in regions.offers(table.cast, request):
        args: dict[str, Any] = {"request": request, "answer": "trade", "get": get}
        off, agreed = table.why_not("answer_request", **args), table.agreed_already("answer_request", **args)
        made.append(Trade(get, capital(TRADE_WORDS[get]), TRADE_HELP[get], get == wanted, agreed, off))
    return made


def traded(table: Table, request: str, get: str) -> str:
    """A trade in a few words: what is given, for what."""
    return f"{capital(part_given(table, request))} for {TRADE_WORDS[get]}"


def noted(table: Table, request: str) -> str:
    """What our notes say of what would serve whoever asks; '' for nothing."""
    title = f'The request "{table.cast.requests[request].title}"'
    notes = table.notes(table.cast.home[request]).get(title)
    return f"Your notes: it {notes[0]}." if notes else ""


def serves_line(table: Table, request: str) -> str:
    """What is known of what would serve whoever asks, or how to learn it, in a sentence or two."""
    notes = noted(table, request)
    if notes:
        return f"{notes} For that they would agree."
    if asked_how_they_buy(table, request):
        return "You asked how they buy this quarter, and nobody said what would serve them."
    return "Whoever asks agrees to give back what serves them, too. A talk with them about how they buy may tell what."


def asked_how_they_buy(table: Table, request: str) -> bool:
    """Whether whoever asks was met this quarter about how they buy, which may tell what would serve."""
    return taken_up(table.seen, table.cast.requests[request].person, "buying")


# --- incidents --------------------------------------------------------------------------------------------------


def mending_hours(table: Table, account: str, effort: int, owner: str) -> float:
    """Our own hours for an effort, by who puts it right."""
    return table.takes("handle_incident", account=account, effort=effort, redress="none", owner=owner)


def owner_help(owner: str) -> str:
    """What it means that somebody puts it right."""
    return f"{next(text for name, _, text in OWNER_WORDS if name == owner)}."


def credit_line(table: Table, account: str) -> str:
    """What a credit for the damage costs."""
    most = table.money(table.sales(account) * CREDIT)
    return f"A credit costs up to {percent(CREDIT, 1)} of a quarter's sales, about {most} here. They remember it."
