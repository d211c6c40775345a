"""The desk: what a quarter opens with, where things stand, and the way to everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kamsim.engine.params import RHYTHMS
from kamsim.terminal import dealdesk, knowing, library, moments, people, table_talks
from kamsim.terminal.account import account_page
from kamsim.terminal.casework import condition
from kamsim.terminal.closing import show_why
from kamsim.terminal.context import Table, open_incidents, open_requests, weeks
from kamsim.terminal.moves import answer_request, handle_incident
from kamsim.terminal.talk import Choice, Jump
from kamsim.view.words import news, talks
from kamsim.view.words.books import profit_parts, totals
from kamsim.view.words.facts import known_facts, mood, standing_of
from kamsim.view.words.moments import moment_place
from kamsim.view.words.moves import move_name
from kamsim.view.words.names import RHYTHM_WORDS, SHORT_MOVES, capital, counted, listed, percent
from kamsim.view.words.news import ENDS_FIRST, body
from kamsim.view.words.prices import start_sales
from kamsim.view.words.promises import due_soon, to_whom

if TYPE_CHECKING:
    from kamsim.game.events.declared import Event

MAP: Final = "map "
"""Before an account: the word that shows the map of its people."""
TITLES: Final = {
    "spot": "On the spot",
    "dilemma": "This quarter's dilemma",
    "news": "News",
    "people": "People",
    "heard": "What your standing contact brought",
    "waiting": "Waiting for an answer",
    "rivals": "Rivals",
}


def opening(table: Table) -> None:
    """What happened as the quarter opened, the headline dilemma first."""
    talk, cast, quarter = table.talk, table.cast, table.quarter
    number = f"quarter {quarter} of {table.session.quarters}"
    talk.head(f"{cast.quarter(quarter)}, {number}")
    events = [event for event in table.session.inbox if event.told_to == "player"]
    for event in events:
        cast.note(event)
    for group, title in TITLES.items():
        members = [event for event in events if news.group(cast, event) == group]
        if not members:
            continue
        talk.part(title)
        if group == "people":
            _leavers(table, members)
            continue
        said: list[str] = []
        for event in members:
            said = _tell(table, event, group, said)
        if group == "dilemma" and quarter == 1:
            talk.say("Nothing to type: spend your hours on it, or don't.", 4)
    unlocked = [entry for entry in cast.scenario.unlocks if entry.quarter == quarter]
    if unlocked:
        talk.part("New on your desk")
        for entry in unlocked:
            talk.say(f"{move_name(entry.move)}. {entry.reason}", 2, 2)


def _leavers(table: Table, events: list[Event]) -> None:
    """Who left, a line each; then once what it means."""
    table.talk.all([news.headline(table.cast, event) for event in events], 2)
    bodies = [text for event in events for text in body(table.cast, event, table.quarter)]
    table.talk.all(list(dict.fromkeys(bodies)), 4)


def _tell(table: Table, event: Event, group: str, said: list[str]) -> list[str]:
    """One event; paragraphs that the one before said already are left out."""
    if group != "heard":
        table.talk.say(news.headline(table.cast, event), 2, 2)
    lines = body(table.cast, event, table.quarter)
    for text in lines:
        if text not in said:
            table.talk.say(text, 2 if group == "heard" else 4, 2 if group == "heard" else 0)
    return lines


def standing(table: Table, figures: bool = True) -> None:
    """Hours, what needs attention, and one line an account; without ``figures`` where the close has just told them."""
    talk, cast, seen = table.talk, table.cast, table.seen
    talk.head(f"Your desk, {cast.quarter(table.quarter)}")
    talk.say(
        f"{weeks(table, float(seen.hours_left[0]))} are free; standing contact and this quarter's moves have the rest."
    )
    waiting = attention(table)
    talk.say(f"Needs attention: {'; '.join(waiting)}." if waiting else "Nothing is waiting for an answer.")
    if cast.over(table.quarter + 1):
        talk.say(ENDS_FIRST)
    for account in cast.accounts:
        talk.say(account_line(table, account, figures), 2, 2)
    talk.say(initiatives_line(table), 2, 2)


def attention(table: Table) -> list[str]:
    """What waits, in a few words each, the most urgent first."""
    cast, found = table.cast, []
    for name in moments.waiting(table):
        found.append(f"{cast.person(cast.moments[name].person)} asks on the spot, this quarter")
    for account in open_incidents(table):
        found.append(f"an incident at {cast.account(account)}, this quarter")
    for name in open_requests(table):
        due = cast.requests[name].due
        when = ", this quarter" if due <= table.quarter else f", by the end of {cast.quarter(due)}"
        when = "" if cast.over(due) else when
        found.append(f"{cast.account(cast.home[name])} asks {news.request_terms(cast, name)}{when}")
    for name in table_talks.waiting(table):
        when = talks.until(cast, table.seen, name)
        found.append(f"{cast.account(cast.home[name])} waits at the table, {when}")
    for event in table.session.inbox:
        if event.kind == "tender":
            due = int(event.data["quarter"])
            when = "this quarter" if due == table.quarter else "next quarter"
            when = f"in {cast.quarter(due)}, after your time" if cast.over(due) else f"{when} at the prices then"
            found.append(f"{cast.account(cast.home[event.data['tender']])}'s tender, {when}")
    for account in cast.accounts:
        if int(table.seen.contract_until[table.row(account), 0]) == table.quarter:
            found.append(f"{cast.account(account)}'s signed terms end with this quarter")
    for account, audience in dealdesk.conditions(table):
        whose = f"our desk's, about {cast.account(account)}" if audience == "desk" else f"{cast.account(account)}'s"
        found.append(f"a \N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK}: {whose}")
    return found + due_soon(cast, table.seen)


def account_line(table: Table, account: str, money: bool = True) -> str:
    """An account in a line: sales, profit as booked or reviewed, contact, mood as last felt."""
    cast, seen, row = table.cast, table.seen, table.row(account)
    rhythm = RHYTHM_WORDS[RHYTHMS[int(seen.rhythm[row, 0])]]
    contact = f"{rhythm}; {mood_line(table, account)}"
    if not money:
        return f"{cast.account(account)}: {contact}."
    sales = cast.money(start_sales(cast, seen, account))
    if seen.quarter > 1:
        source = "reviewed" if bool(seen.reviewed[row, 0]) else "as booked"
        figures = f"sales {sales}, account profit {cast.money(float(seen.profit[row, 0]))} {source}"
    else:
        figures = f"sales {sales} a quarter, account profit not booked yet"
    return f"{cast.account(account)}: {figures}; {contact}."


def mood_line(table: Table, account: str) -> str:
    """The mood as last felt, stale after two quarters."""
    seen, row = table.seen, table.row(account)
    trust, ages = seen.known("trust", row)
    if ages[0] != ages[0]:
        return "mood not felt yet"
    return mood(float(trust[0])) + (" (stale)" if ages[0] > 1 else "")


def initiatives_line(table: Table) -> str:
    """Where the player knows how initiatives stand, and where that is out of date. Only this opens doors."""
    groups: dict[str, list[str]] = {}
    for account in table.cast.accounts:
        said = standing_of(table.seen, table.row(account))
        groups.setdefault(said, []).append(table.cast.account(account))
    told = [f"{said} at {listed(names)}" for said, names in sorted(groups.items(), reverse=True)]
    return f"How their initiatives stand: {'; '.join(told)}."


def main_menu(table: Table, *, brief: bool) -> bool:
    """One turn of the main menu; True when the player wants to end the quarter."""
    talk, cast = table.talk, table.cast
    count = sum(map(len, (moments.waiting(table), open_requests(table), open_incidents(table),
                          table_talks.waiting(table), dealdesk.conditions(table), dealdesk.due(table))))  # fmt: skip
    choices = [
        Choice(
            f"Answer what is waiting ({count})",
            "waiting",
            ("answer", "w"),
            f"answer what waits ({count})" if count else "",
        ),
        Choice("Go to an account", "account", ("a", "accounts"), "account"),
        Choice("Where everything stands", "desk", ("d", "back", "0"), "where things stand"),
        Choice("Portfolio: all accounts in figures", "portfolio", ("p",), "portfolio"),
        Choice("Notes: what you know, and how old it is", "notes", ("n",), "notes"),
        Choice("Read the quarter's opening again", "opening", ("news", "inbox"), "news"),
        Choice("Take back a move", "undo", ("u",), "take back" if table.session.can_undo else ""),
        Choice("Help and words", "help", (), "help"),
        Choice("End the quarter", "end", ("e",), "end the quarter"),
        Choice(
            "Our deal desk: who signs what, and an ask", "deal", ("deal desk",), "deal desk" if cast.approvers else ""
        ),
        Choice("Promises: what falls due when", "promises", ("promise", "calendar"), "promises"),
        Choice("Library: worked business cases, good and bad", "library", ("examples",), "library"),
        Choice("Radar: signals, and news to link", "radar", ("signals",), "radar"),
        Choice("Timeline: how their initiatives went", "timeline", ("time",), "timeline"),
    ]
    hidden = [Choice(cast.account(name), f"@{name}", (name,)) for name in cast.accounts]
    hidden += [Choice(f"{MAP}{name}", f"{MAP}{name}", (f"{MAP}{name}",)) for name in cast.accounts]
    hidden += [Choice(word, word, (word,)) for word in ("why", "reset")]
    talk.part(f"Desk, {cast.quarter(table.quarter)}, {table.seen.hours_left[0]:.0f} hours left.")
    try:
        place = talk.choose(choices, prompt="Desk", back=None, brief=brief or table.quarter > 2, hidden=hidden)
    except Jump as jump:
        place = jump.word
    return visit(table, place or "desk")


def visit(table: Table, place: str) -> bool:
    """Go where a choice or a word of the desk leads; True for the end of the quarter."""
    while True:
        if place == "end":
            return True
        try:
            if place.startswith("@"):
                account_page(table, place[1:])
            elif place.startswith(MAP):
                people.show_map(table, place.removeprefix(MAP))
            else:
                PLACES[place](table)
        except Jump as jump:
            place = jump.word
        else:
            return False


def _waiting(table: Table) -> None:
    talk = table.talk
    while True:
        choices = _waits(table)
        if not choices:
            talk.say("Nothing is waiting for an answer.")
            return
        talk.part("Waiting for an answer")
        picked = talk.choose(choices)
        if picked is None:
            return
        kind, name = picked
        ANSWERS[kind](table, name)


def _waits(table: Table) -> list[Choice[tuple[str, str]]]:
    """Everything that waits, the most urgent first."""
    cast = table.cast
    choices: list[Choice[tuple[str, str]]] = []
    for name in moments.waiting(table):
        choices.append(Choice(moment_place(cast, name), ("moment", name)))
    for account, incident in open_incidents(table).items():
        name = news.incident_words(cast, account, incident)[0]
        choices.append(Choice(f"{cast.account(account)}: {name}", ("incident", account)))
    for name in open_requests(table):
        request = cast.requests[name]
        label = f"{cast.account(cast.home[name])}: {request.title} ({news.request_terms(cast, name)})"
        choices.append(Choice(label, ("request", name)))
    for name in table_talks.waiting(table):
        choices.append(
            Choice(f"{cast.account(cast.home[name])}: {cast.talks[name].title}, at the table", ("talk", name))
        )
    for account, audience in dealdesk.conditions(table):
        who = "Our deal desk, about " if audience == "desk" else ""
        label = f"{who}{cast.account(account)}: \N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK}"
        choices.append(Choice(label, ("condition", f"{account}:{audience}")))
    for data in dealdesk.due(table):
        label = f"Measure your promise to {to_whom(cast, data)} (10 hours)"
        choices.append(Choice(label, ("promise", f"{data['account']}:{data['audience']}")))
    return choices


def _measure(table: Table, name: str) -> bool:
    account, _, audience = name.partition(":")
    return table.do("measure_promise", account=account, audience=audience)


ANSWERS: Final[dict[str, Callable[[Table, str], bool]]] = {
    "moment": moments.answer,
    "incident": handle_incident,
    "request": answer_request,
    "talk": table_talks.sit_down,
    "condition": lambda table, name: condition(table, *name.split(":")),
    "promise": _measure,
}


def _moment(table: Table) -> None:
    names = moments.waiting(table)
    if not names:
        table.talk.say("Nobody is asking you anything on the spot.")
        return
    moments.answer(table, names[0])


def _account(table: Table) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Which account?")
    picked = talk.choose([Choice(cast.account(name), name, (name,)) for name in cast.accounts])
    if picked is not None:
        account_page(table, picked)


def _portfolio(table: Table) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Portfolio")
    if table.closed is None:
        for account in cast.accounts:
            sales = cast.money(start_sales(cast, table.seen, account))
            talk.say(f"{cast.account(account)}: sales {sales} a quarter at today's prices.", 2, 2)
        talk.say("Profit is booked for the first time when this quarter closes.", 2, 2)
        return
    talk.say(f"Books of {cast.quarter(table.quarter - 1)}:", 2)
    for account in cast.accounts:
        now = table.books(account) or {}
        off = 1.0 - now["sales"] / now["volume_value"] if now["volume_value"] else 0.0
        talk.say(
            f"{cast.account(account)}: sales {cast.money(now['sales'])}, {percent(off, 1)} below list; "
            f"account profit {profit_parts(cast, now)}.",
            2,
            2,
        )
    talk.all(totals(cast, table.closed), 2)
    if table.quarter > 2:
        talk.say("The word why tells why profit moved.", 2)


def _notes(table: Table) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Notes. Each with its age and where you have it from.")
    for account in cast.accounts:
        found = known_facts(cast, table.seen, account)
        talk.say(f"{cast.account(account)}{'' if found else ': nothing yet.'}", 2)
        for heading, notes in found:
            own = heading == cast.account(account)
            said = "; ".join(notes)
            talk.say(f"{capital(said)}." if own else f"{heading}: {said}.", 4, 2)


def _why(table: Table) -> None:
    if not table.whys:
        table.talk.say("There is nothing to compare with yet: from the second close on, this says why profit moved.")
        return
    for why in table.whys:
        show_why(table, why)


def _undo(table: Table) -> None:
    if not table.session.can_undo:
        table.talk.say("There is nothing to take back: nothing was changed, or somebody has answered since.")
        return
    last = table.session.commands[-1].move
    table.session.undo()
    table.talk.say(f"Taken back: {SHORT_MOVES[last]}.")


def _reset(table: Table) -> None:
    count = table.session.reset_quarter()
    table.talk.say(f"Taken back: {counted(count, 'move')}." if count else "There is nothing to take back.")


def _help(table: Table) -> None:
    table.talk.all(table.talk.help_lines())


PLACES: Final[dict[str, Callable[[Table], None]]] = {
    "waiting": _waiting,
    "account": _account,
    "portfolio": _portfolio,
    "notes": _notes,
    "why": _why,
    "opening": opening,
    "undo": _undo,
    "reset": _reset,
    "help": _help,
    "desk": standing,
    "deal": dealdesk.deal_desk,
    "promises": dealdesk.promises,
    "library": library.library,
    "moment": _moment,
    "radar": knowing.radar,
    "timeline": knowing.timeline,
}
