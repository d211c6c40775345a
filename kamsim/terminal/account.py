"""One customer: figures, people, initiatives, prices as far as they are known, and what can be done there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kamsim.terminal import casework, knowing, moments, moves, people, pursuit, table_talks
from kamsim.terminal.talk import Choice
from kamsim.view import account as account_view
from kamsim.view import own, pipeline, pricing
from kamsim.view.menu.lines import Line, lines
from kamsim.view.words import regions
from kamsim.view.words.books import profit_parts, sales_line
from kamsim.view.words.names import capital, percent, quoted
from kamsim.view.words.prices import prices

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable

DIALOGUES: Final[dict[str, Callable[[TextTable, str], bool | None]]] = {
    "meet": moves.meet,
    "seek_executive": people.seek_executive,
    "offer_terms": moves.offer_terms,
    "set_discount": moves.set_discount,
    "set_rebate": moves.set_rebate,
    "set_rhythm": moves.set_rhythm,
    "present_case": casework.business_case,
    "ask_desk": casework.ask,
    "read_room": casework.room,
    "build_insight": knowing.build_insight,
    "bring_insight": knowing.bring_insight,
    "back_initiative": knowing.back_initiative,
    "answer_moment": moments.answer,
    "hand_over": people.hand_over,
    "answer_request": moves.answer_request,
    "propose": table_talks.sit_down,
    "handle_incident": moves.handle_incident,
    "bid": pursuit.bid_for,
    "renew_case": pursuit.renew,
}
"""By kind of move: what is asked before it is made, of the account or of what waits there; others are made at once."""
Page = Callable[["TextTable", str], None]


def account_page(table: TextTable, account: str) -> None:
    """Show an account, once a quarter unasked, then its moves, until the player goes back."""
    brief = (account, table.quarter) in table.visited
    if not brief:
        table.visited.add((account, table.quarter))
        show(table, account)
    while True:
        picked = _menu(table, account, brief)
        brief = picked is not show
        if picked is None:
            return
        if isinstance(picked, Line):
            _make(table, account, picked)
        else:
            picked(table, account)


def _make(table: TextTable, account: str, line: Line) -> None:
    kind = line.entry.kind
    if kind not in DIALOGUES:
        moves.at_once(table, kind, account)
    elif line.subject and kind != "hand_over":
        DIALOGUES[kind](table, line.subject)
    else:
        DIALOGUES[kind](table, account)


def show(table: TextTable, account: str) -> None:
    """Everything that is known about an account."""
    talk, cast = table.talk, table.cast
    entry = cast.accounts[account]
    talk.head(f"{entry.name}. {entry.industry}")
    if account not in table.introduced:
        table.introduced.add(account)
        talk.say(quoted("Your predecessor's note", entry.brief))
    _figures(table, account)
    _prices(table, account)
    _regions(table, account)
    _own(table, account)
    _people(table, account)
    _initiatives(table, account)


def _figures(table: TextTable, account: str) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Figures")
    now = table.books(account)
    if now is not None:
        talk.say(sales_line(cast, account, now, None), 2, 2)
        talk.say(f"Account profit {profit_parts(cast, now)}.", 2, 2)
    else:
        sales = cast.money(table.sales(account))
        talk.say(f"Sales {sales} a quarter at today's prices. Profit is booked when the quarter closes.", 2, 2)
    talk.say(account_view.terms(table, account), 2, 2)
    attack = cast.attacked(account, table.quarter)
    if attack:
        talk.say(f"{attack}.", 2, 2)
    own = account_view.own_notes(table, account)
    if own:
        talk.say(f"{cast.account(account)} {'; '.join(own)}.", 2, 2)


def _prices(table: TextTable, account: str) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Prices")
    for price in prices(cast, table.seen, account):
        rebate = f", {percent(price.rebate, 1)} rebate" if price.rebate else ""
        unit = cast.lines[price.line].unit
        talk.say(
            f"{pricing.place_name(table, account, price)}: list "
            f"{cast.money(price.list_price, exact=True)} a {unit}, "
            f"{percent(price.discount, 1)} off{rebate}, pocket price {cast.money(price.pocket, exact=True)}, "
            f"margin {percent(price.margin)}; {price.volume:,.0f} a quarter.",
            2,
            2,
        )


def _regions(table: TextTable, account: str) -> None:
    """Headquarters and regions: what binds them, and how each lives by it, as last heard; what each pays stands under
    the prices."""
    talk, cast, seen = table.talk, table.cast, table.seen
    said = regions.contract_line(cast, seen, account)
    if not said:
        return
    talk.part("Regions")
    talk.say(said, 2, 2)
    for note in regions.region_notes(cast, seen, account):
        role = "signs for all" if note.leads else note.lived
        if role:
            talk.say(f"{note.name}: {role}.", 2, 2)
    learn = regions.how_to_learn(cast, seen, account)
    if learn:
        talk.say(learn, 2, 2)


def _own(table: TextTable, account: str) -> None:
    """What our own side has to do with them, where the scenario has one."""
    lines = own.account_lines(table, account)
    if lines:
        table.talk.part(own.WITH_THEM)
    table.talk.all(lines, 2)


def _people(table: TextTable, account: str) -> None:
    talk, cast = table.talk, table.cast
    talk.part("People")
    for person in account_view.people(table, account):
        door = f" Door shut. {person.again}" if person.again else f" {person.door}." if person.door else ""
        known = f"{capital('; '.join(person.notes))}." if person.notes else "Nothing known."
        talk.say(f"{cast.post(person.person)}.{door} {known}", 2, 2)


def _initiatives(table: TextTable, account: str) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Their initiatives, as last seen")
    found = account_view.initiatives(table, account)
    if not found:
        talk.say(account_view.NO_INITIATIVE, 2, 2)
    for item in found:
        initiative, notes = cast.initiatives[item.initiative], "; ".join(item.notes)
        if not item.seen:
            talk.say(f"{initiative.name}: {notes}. More you have not heard of it.", 2, 2)
            continue
        talk.say(f"{initiative.name}: {notes}. {cast.person(initiative.owner)} runs it.", 2, 2)
        talk.say(cast.now(initiative.summary), 4)
        talk.all([item.signed] if item.signed else [], 4)
        if not item.fresh:
            talk.say("Too old to build on; ask again.", 4)
    bought = pipeline.prospects(table, account)
    if bought:
        talk.part("What they are about to buy, as last seen")
    talk.all([pipeline.brief_line(table, item) for item in bought], 2)


def _menu(table: TextTable, account: str, brief: bool) -> Line | Page | None:
    talk, cast = table.talk, table.cast
    talk.part(f"{cast.account(account)}, {table.hours:.0f} hours left.")
    offered = lines(cast, table.seen, account, table.options, table.incidents())
    choices: list[tuple[int, Choice[Line | Page]]] = [(line.entry.number, _choice(line)) for line in offered]
    choices += PAGES
    choices.sort(key=lambda choice: choice[0])
    return talk.choose(
        [choice for _, choice in choices], prompt=cast.account(account), back="Back to the desk", brief=brief
    )


def _choice(line: Line) -> Choice[Line | Page]:
    return Choice(line.label, line, (line.entry.kind, *line.entry.aliases), line.brief, line.later)


PAGES: Final[tuple[tuple[int, Choice[Line | Page]], ...]] = (
    (10, Choice("Show this page again", show, ("page",), "page")),
    (11, Choice("The people: who weighs what, who listens to whom", people.show_map, ("map", "people"), "map")),
    (18, Choice("Timeline of their initiatives", knowing.timeline, ("timeline", "time"), "timeline")),
)
"""What an account's page shows besides, with its number."""
