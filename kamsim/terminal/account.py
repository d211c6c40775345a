"""One customer: figures, people, initiatives, prices as far as they are known, and what can be done there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kamsim.engine.params import RHYTHMS
from kamsim.terminal import casework, knowing, moments, moves, people, table_talks
from kamsim.terminal.context import Table, open_incidents
from kamsim.terminal.talk import Choice
from kamsim.view.menu.lines import Line, lines
from kamsim.view.words import regions, talks
from kamsim.view.words.books import profit_parts, sales_line
from kamsim.view.words.dealdesk import mandates
from kamsim.view.words.doors import ask_again
from kamsim.view.words.facts import known_facts
from kamsim.view.words.names import RHYTHM_WORDS, capital, percent, quoted
from kamsim.view.words.prices import prices, start_sales

DIALOGUES: Final[dict[str, Callable[[Table, str], bool | None]]] = {
    "meet": moves.meet,
    "review_costs": moves.review_costs,
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
}
"""By kind of move: what is asked before it is made, of the account or of what waits there; others are made at once."""
Page = Callable[[Table, str], None]


def account_page(table: Table, account: str) -> None:
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


def _make(table: Table, account: str, line: Line) -> None:
    kind = line.entry.kind
    if kind not in DIALOGUES:
        moves.at_once(table, kind, account)
    elif line.subject and kind != "hand_over":
        DIALOGUES[kind](table, line.subject)
    else:
        DIALOGUES[kind](table, account)


def show(table: Table, account: str) -> None:
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
    _people(table, account)
    _initiatives(table, account)


def _figures(table: Table, account: str) -> None:
    talk, cast, seen, row = table.talk, table.cast, table.seen, table.row(account)
    talk.part("Figures")
    now = table.books(account)
    if now is not None:
        talk.say(sales_line(cast, account, now, None), 2, 2)
        talk.say(f"Account profit {profit_parts(cast, now)}.", 2, 2)
    else:
        sales = cast.money(start_sales(cast, seen, account))
        talk.say(f"Sales {sales} a quarter at today's prices. Profit is booked when the quarter closes.", 2, 2)
    rhythm = RHYTHMS[int(seen.rhythm[row, 0])]
    hours = seen.params.rhythm_hours[int(seen.rhythm[row, 0])]
    terms = [
        f"{RHYTHM_WORDS[rhythm]}, {hours:.0f} hours a quarter",
        f"they pay after {seen.days[row, 0]:.0f} days",
    ]
    if int(seen.level["pooled"][row, 0]):
        terms.append("fewer, larger deliveries")
    until = int(seen.contract_until[row, 0])
    if until >= seen.quarter:
        terms.append(f"signed until the end of {cast.quarter(until)}, deliveries and commitments with it")
    if int(seen.offer[row, 0]):
        terms.append("an offer of yours is with them")
    hours_promised = int(seen.level["programme"][row, 0])
    if hours_promised:
        until_ = table.cast.quarter(int(seen.until["programme"][row, 0]))
        terms.append(f"{hours_promised} hours a quarter of your team promised until the end of {until_}")
    terms += talks.running(cast, seen, account)
    terms += [f"our desk has signed {said}" for said in mandates(cast, seen, row)]
    talk.say(f"{capital('; '.join(terms))}.", 2, 2)
    attack = cast.attacked(account, table.quarter)
    if attack:
        talk.say(f"{attack}.", 2, 2)
    own = [notes for heading, notes in known_facts(cast, seen, account) if heading == cast.account(account)]
    for notes in own:
        talk.say(f"{cast.account(account)} {'; '.join(notes)}.", 2, 2)


def _prices(table: Table, account: str) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Prices")
    for price in prices(cast, table.seen, account):
        rebate = f", {percent(price.rebate, 1)} rebate" if price.rebate else ""
        unit = cast.lines[price.line].unit
        talk.say(
            f"{moves.place_name(table, account, price.line, price.region)}: list "
            f"{cast.money(price.list_price, exact=True)} a {unit}, "
            f"{percent(price.discount, 1)} off{rebate}, pocket price {cast.money(price.pocket, exact=True)}, "
            f"margin {percent(price.margin)}; {price.volume:,.0f} a quarter.",
            2,
            2,
        )


def _regions(table: Table, account: str) -> None:
    """Headquarters and regions: what binds them, and how each lives by it, as last heard."""
    talk, cast, seen = table.talk, table.cast, table.seen
    said = regions.contract_line(cast, seen, account)
    if not said:
        return
    talk.part("Regions")
    talk.say(said, 2, 2)
    for note in regions.region_notes(cast, seen, account):
        buys = "; ".join(f"{line} {price}" for line, price in note.buys)
        role = " signs for all" if note.leads else f" {note.lived}" if note.lived else ""
        talk.say(f"{note.name}:{role}{';' if role else ''} {buys}.", 2, 2)
    learn = regions.how_to_learn(cast, seen, account)
    if learn:
        talk.say(learn, 2, 2)


def _people(table: Table, account: str) -> None:
    talk, cast, seen = table.talk, table.cast, table.seen
    talk.part("People")
    facts = dict(known_facts(cast, seen, account))
    for person in cast.accounts[account].people:
        row = seen.params.people.index(person.id)
        door = ""
        if person.level == "executive":
            door = f" {_door(table, row)}"
        known = facts.get(cast.post(person.id))
        talk.say(
            f"{cast.post(person.id)}.{door} {capital('; '.join(known)) + '.' if known else 'Nothing known.'}",
            2,
            2,
        )


def _door(table: Table, row: int) -> str:
    """Whether an executive receives us, and from when or until when."""
    cast, seen = table.cast, table.seen
    if bool(seen.door_open[row, 0]):
        until = int(seen.open_until[row, 0])
        return "Door open." if cast.over(until) else f"Door open until the end of {cast.quarter(until)}."
    if bool(seen.door_shut[row, 0]):
        return f"Door shut. {ask_again(cast, int(seen.shut_until[row, 0]) + 1, seen.quarter)}"
    return "Door closed."


def _initiatives(table: Table, account: str) -> None:
    talk, cast, seen = table.talk, table.cast, table.seen
    talk.part("Their initiatives, as last seen")
    facts = dict(known_facts(cast, seen, account))
    told = False
    for row in seen.params.account_initiatives[table.row(account)]:
        name = seen.params.initiatives[row]
        initiative = cast.initiatives[name]
        notes = facts.get(initiative.name)
        if not notes:
            continue
        told = True
        ages = seen.known("state", row)[1]
        if ages[0] != ages[0]:
            talk.say(f"{initiative.name}: {'; '.join(notes)}. More you have not heard of it.", 2, 2)
            continue
        talk.say(f"{initiative.name}: {'; '.join(notes)}. {cast.person(initiative.owner)} runs it.", 2, 2)
        talk.say(initiative.summary, 4)
        if ages[0] > 1:
            talk.say("Too old to build on; ask again.", 4)
    if not told:
        talk.say("You know of none. Meeting people about their results or reading up on them finds them.", 2, 2)


def _menu(table: Table, account: str, brief: bool) -> Line | Page | None:
    talk, cast = table.talk, table.cast
    talk.part(f"{cast.account(account)}, {table.seen.hours_left[0]:.0f} hours left.")
    offered = lines(cast, table.seen, account, table.options, open_incidents(table))
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
