"""One customer: figures, people, initiatives, prices as far as they are known, and what can be done there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.moves import MOVES, Refusal, bind
from kamsim.engine.params import RHYTHMS
from kamsim.terminal import casework, knowing, moments, moves, people, table_talks
from kamsim.terminal.context import Table, open_incidents, open_requests
from kamsim.terminal.talk import Choice
from kamsim.view.centre import members
from kamsim.view.words import regions, talks
from kamsim.view.words.books import profit_parts, sales_line
from kamsim.view.words.dealdesk import mandates
from kamsim.view.words.doors import ask_again
from kamsim.view.words.facts import known_facts
from kamsim.view.words.moments import moment_place
from kamsim.view.words.moves import move_name
from kamsim.view.words.names import RHYTHM_WORDS, SHORT_MOVES, capital, listed, percent, quoted, unlock
from kamsim.view.words.prices import prices, start_sales

if TYPE_CHECKING:
    from kamsim.players.seat import Option

WORDS: Final = {
    "meet": ("meet", "meeting"),
    "scan": ("scan", "read"),
    "review_costs": ("review",),
    "seek_executive": ("seek", "executive", "door"),
    "offer_terms": ("offer",),
    "set_discount": ("price", "discount"),
    "set_rebate": ("rebate",),
    "expedite": ("expedite",),
    "set_rhythm": ("rhythm",),
}
DIALOGUES: Final[dict[str, Callable[[Table, str], bool]]] = {
    "meet": moves.meet,
    "scan": moves.scan,
    "review_costs": moves.review_costs,
    "seek_executive": people.seek_executive,
    "offer_terms": moves.offer_terms,
    "set_discount": moves.set_discount,
    "set_rebate": moves.set_rebate,
    "expedite": moves.expedite,
    "set_rhythm": moves.set_rhythm,
}
CASES: Final[dict[str, Callable[[Table, str], bool | None]]] = {
    "case": casework.business_case,
    "ask": casework.ask,
    "room": casework.room,
    "insight": knowing.build_insight,
    "bring": knowing.bring_insight,
    "back_initiative": knowing.back_initiative,
    "timeline": knowing.timeline,
}


def account_page(table: Table, account: str) -> None:
    """Show an account, once a quarter unasked, then its moves, until the player goes back."""
    brief = (account, table.quarter) in table.visited
    if not brief:
        table.visited.add((account, table.quarter))
        show(table, account)
    while True:
        picked = _menu(table, account, brief)
        brief = True
        if picked is None:
            return
        if picked == "show":
            show(table, account)
            brief = False
        elif picked.startswith("request:"):
            moves.answer_request(table, picked.partition(":")[2])
        elif picked.startswith("talk:"):
            table_talks.sit_down(table, picked.partition(":")[2])
        elif picked == "incident":
            moves.handle_incident(table, account)
        elif picked.startswith("moment:"):
            moments.answer(table, picked.partition(":")[2])
        elif picked == "map":
            people.show_map(table, account)
        elif picked == "hand_over":
            people.hand_over(table, account)
        elif picked in CASES:
            CASES[picked](table, account)
        else:
            DIALOGUES[picked](table, account)


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


def _menu(table: Table, account: str, brief: bool) -> str | None:
    talk, cast = table.talk, table.cast
    talk.part(f"{cast.account(account)}, {table.seen.hours_left[0]:.0f} hours left.")
    choices: list[Choice[str]] = []
    for kind in moves.ORDER:
        options = table.options(kind, account)
        label = f"{move_name(kind)} ({_cost(table, kind, options)})"
        hindrance = _hindrance(table, kind, account, options)
        short = "" if hindrance else SHORT_MOVES[kind]
        choices.append(Choice(f"{label}{hindrance}", kind, (kind, *WORDS[kind]), short, _later(table, kind)))
    choices.append(Choice("Show this page again", "show", ("page",), "page"))
    choices.append(Choice("The people: who weighs what, who listens to whom", "map", ("map", "people"), "map"))
    choices += _case_choices(table, account)
    choices += _now_choices(table, account)
    return talk.choose(choices, prompt=cast.account(account), back="Back to the desk", brief=brief)


def _now_choices(table: Table, account: str) -> list[Choice[str]]:
    """What waits there this quarter only. It comes last, so that the numbers of all else stay the same."""
    cast = table.cast
    choices = [
        Choice(moment_place(cast, name), f"moment:{name}", ("moment",), "answer on the spot")
        for name in moments.waiting(table, account)
    ]
    going = [cast.person(member.person) for member in members(cast, table.seen, account) if member.leaving]
    if going:
        label = f"{listed(going)} {'leave' if len(going) > 1 else 'leaves'}: be introduced (10 hours)"
        choices.append(
            _unlocking(
                table, "hand_over", Choice(label, "hand_over", ("hand", "handover"), "be introduced to a successor")
            )
        )
    for name in open_requests(table, account):
        label = f"Answer the request: {cast.requests[name].title}"
        choices.append(Choice(label, f"request:{name}", ("answer", "request"), "answer the request"))
    for name in table_talks.waiting(table, account):
        label = f"Sit down at the table: {cast.talks[name].title}"
        choices.append(Choice(label, f"talk:{name}", ("table",), "sit down at the table"))
    if account in open_incidents(table):
        choices.append(
            Choice("Put the incident right (10 to 40 hours)", "incident", ("incident",), "put the incident right")
        )
    return choices


def _case_choices(table: Table, account: str) -> list[Choice[str]]:
    """What can be done with business cases, insights and initiatives there."""
    choices: list[Choice[str]] = []
    label, short = casework.label(table, account, "customer")
    choices.append(Choice(label, "case", ("case", "present"), short, _later(table, "present_case")))
    if table.cast.approvers:
        label, short = casework.label(table, account, "desk")
        choices.append(Choice(label, "ask", ("ask",), short, _later(table, "ask_desk")))
    choices.append(Choice("Read the room: how each of them stands (10 hours)", "room", ("room",), "read the room"))
    choices += [
        _unlocking(table, "build_insight", Choice("Build an insight (options 20 hours, a story 10)", "insight",
                                                  ("insight", "build"), "build an insight")),
        _unlocking(table, "bring_insight", Choice("Bring an insight (10 hours, executives 20)", "bring", ("bring",),
                                                  "bring an insight")),
        _unlocking(table, "back_initiative", Choice("Put our people on what pushes an initiative (20 hours)",
                                                    "back_initiative", ("help them", "push"), "our people on it")),
        Choice("Timeline of their initiatives", "timeline", ("timeline", "time"), "timeline"),
    ]  # fmt: skip
    return choices


def _later(table: Table, kind: str) -> bool:
    """Whether a kind of move may only be made from a later quarter."""
    return unlock(table.cast, kind)[0] > table.quarter


def _unlocking(table: Table, kind: str, choice: Choice[str]) -> Choice[str]:
    """The choice as it is; before its quarter, with that quarter behind it."""
    if not _later(table, kind):
        return choice
    when = table.cast.quarter(unlock(table.cast, kind)[0])
    return replace(choice, label=f"{choice.label}, from {when}", short="", later=True)


def _cost(table: Table, kind: str, options: Sequence[Option]) -> str:
    """The hours that a kind of move takes, as the move itself declares them."""
    if kind == "set_rhythm":
        return "hours each quarter"
    seen, hours = table.seen, set()
    for option in options:
        rest = {field.name: field.choices[0] if field.choices else field.low for field in option.free}
        hours.add(float(np.max(MOVES[kind].hours(seen, bind(seen.params, kind, {**rest, **option.args})))))
    if not hours or not max(hours):
        return "no hours"
    low, high = min(hours), max(hours)
    return f"{low:.0f} hours" if low == high else f"{low:.0f} hours, executives {high:.0f}"


def _hindrance(table: Table, kind: str, account: str, options: Sequence[Option]) -> str:
    """A few words behind a choice that cannot be made now; the full reason follows when it is chosen."""
    codes = {int(option.refused[0]) for option in options}
    if not options or 0 in codes:
        return "" if options else ", nobody to ask"
    from_quarter, _ = unlock(table.cast, kind)
    words = {
        Refusal.LOCKED: f", from {table.cast.quarter(from_quarter)}",
        Refusal.NO_HOURS: ", no hours left for it",
        Refusal.SCANNED: ", done this quarter",
        Refusal.REVIEWED: ", done",
        Refusal.EXPEDITED: ", done this quarter",
        Refusal.OFFER_PENDING: ", one is with them",
        Refusal.DOOR_SHUT: f", not before {_askable(table, account)}",
        Refusal.DOOR_OPEN: ", the door is open",
    }
    main = codes - {int(Refusal.NOT_EXECUTIVE)}
    return next((text for code, text in words.items() if int(code) in main), ", not now")


def _askable(table: Table, account: str) -> str:
    """The first quarter in which an executive who turned us down may be asked again."""
    seen = table.seen
    rows = [row for row in seen.params.account_people[table.row(account)] if bool(seen.door_shut[row, 0])]
    again = min((int(seen.shut_until[row, 0]) + 1 for row in rows), default=table.quarter + 1)
    return "the session ends" if table.cast.over(again) else table.cast.quarter(again)
