"""One customer: figures, people, initiatives, prices as far as they are known, and what can be done there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.moves import MOVES, Refusal, bind
from kamsim.terminal import casework, knowing, moments, moves, people, table_talks
from kamsim.terminal.talk import Choice
from kamsim.view import account as account_view
from kamsim.view import pricing
from kamsim.view.centre import members
from kamsim.view.words import regions
from kamsim.view.words.books import profit_parts, sales_line
from kamsim.view.words.moments import moment_place
from kamsim.view.words.moves import move_name
from kamsim.view.words.names import SHORT_MOVES, capital, listed, percent, quoted, unlock
from kamsim.view.words.prices import prices

if TYPE_CHECKING:
    from kamsim.players.seat import Option
    from kamsim.terminal.table import TextTable

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
DIALOGUES: Final[dict[str, Callable[[TextTable, str], bool]]] = {
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
CASES: Final[dict[str, Callable[[TextTable, str], bool | None]]] = {
    "case": casework.business_case,
    "ask": casework.ask,
    "room": casework.room,
    "insight": knowing.build_insight,
    "bring": knowing.bring_insight,
    "back_initiative": knowing.back_initiative,
    "timeline": knowing.timeline,
}


def account_page(table: TextTable, account: str) -> None:
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
    _people(table, account)
    _initiatives(table, account)


def _figures(table: TextTable, account: str) -> None:
    talk, cast, seen = table.talk, table.cast, table.seen
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
    own = account_view.own_notes(cast, seen, account)
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


def _people(table: TextTable, account: str) -> None:
    talk, cast = table.talk, table.cast
    talk.part("People")
    for person in account_view.people(cast, table.seen, account):
        door = f" Door shut. {person.again}" if person.again else f" {person.door}." if person.door else ""
        known = f"{capital('; '.join(person.notes))}." if person.notes else "Nothing known."
        talk.say(f"{cast.post(person.person)}.{door} {known}", 2, 2)


def _initiatives(table: TextTable, account: str) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Their initiatives, as last seen")
    found = account_view.initiatives(cast, table.seen, account)
    if not found:
        talk.say(account_view.NO_INITIATIVE, 2, 2)
    for item in found:
        initiative, notes = cast.initiatives[item.initiative], "; ".join(item.notes)
        if not item.seen:
            talk.say(f"{initiative.name}: {notes}. More you have not heard of it.", 2, 2)
            continue
        talk.say(f"{initiative.name}: {notes}. {cast.person(initiative.owner)} runs it.", 2, 2)
        talk.say(initiative.summary, 4)
        if not item.fresh:
            talk.say("Too old to build on; ask again.", 4)


def _menu(table: TextTable, account: str, brief: bool) -> str | None:
    talk, cast = table.talk, table.cast
    talk.part(f"{cast.account(account)}, {table.hours:.0f} hours left.")
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


def _now_choices(table: TextTable, account: str) -> list[Choice[str]]:
    """What waits there this quarter only. It comes last, so that the numbers of all else stay the same."""
    cast = table.cast
    choices = [
        Choice(moment_place(cast, name), f"moment:{name}", ("moment",), "answer on the spot")
        for name in table.moments(account)
    ]
    going = [cast.person(member.person) for member in members(cast, table.seen, account) if member.leaving]
    if going:
        label = f"{listed(going)} {'leave' if len(going) > 1 else 'leaves'}: be introduced (10 hours)"
        choices.append(
            _unlocking(
                table, "hand_over", Choice(label, "hand_over", ("hand", "handover"), "be introduced to a successor")
            )
        )
    for name in table.requests(account):
        label = f"Answer the request: {cast.requests[name].title}"
        choices.append(Choice(label, f"request:{name}", ("answer", "request"), "answer the request"))
    for name in table.talks(account):
        label = f"Sit down at the table: {cast.talks[name].title}"
        choices.append(Choice(label, f"talk:{name}", ("table",), "sit down at the table"))
    if account in table.incidents():
        choices.append(
            Choice("Put the incident right (10 to 40 hours)", "incident", ("incident",), "put the incident right")
        )
    return choices


def _case_choices(table: TextTable, account: str) -> list[Choice[str]]:
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


def _later(table: TextTable, kind: str) -> bool:
    """Whether a kind of move may only be made from a later quarter."""
    return unlock(table.cast, kind)[0] > table.quarter


def _unlocking(table: TextTable, kind: str, choice: Choice[str]) -> Choice[str]:
    """The choice as it is; before its quarter, with that quarter behind it."""
    if not _later(table, kind):
        return choice
    when = table.cast.quarter(unlock(table.cast, kind)[0])
    return replace(choice, label=f"{choice.label}, from {when}", short="", later=True)


def _cost(table: TextTable, kind: str, options: Sequence[Option]) -> str:
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


def _hindrance(table: TextTable, kind: str, account: str, options: Sequence[Option]) -> str:
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


def _askable(table: TextTable, account: str) -> str:
    """The first quarter in which an executive who turned us down may be asked again."""
    seen = table.seen
    rows = [
        row for row in seen.params.account_people[seen.params.accounts.index(account)] if bool(seen.door_shut[row, 0])
    ]
    again = min((int(seen.shut_until[row, 0]) + 1 for row in rows), default=table.quarter + 1)
    return "the session ends" if table.cast.over(again) else table.cast.quarter(again)
