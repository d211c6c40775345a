"""The desk: what a quarter opens with, where things stand, and the way to everything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from kamsim.terminal import casework, dealdesk, knowing, library, moments, moves, own, people, pursuit, table_talks
from kamsim.terminal.account import account_page
from kamsim.terminal.closing import show_why
from kamsim.terminal.talk import LISTING, Choice, Jump
from kamsim.view import alarms, brief, closing, desk, open_cases, portfolio, practice
from kamsim.view.books import totals
from kamsim.view.words import books as books_words
from kamsim.view.words.facts import known_facts
from kamsim.view.words.names import capital, counted, listed
from kamsim.view.words.news import ENDS_FIRST, body, headline

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable
    from kamsim.view.desk import Waiting

MATTER: Final = "matter "
"""Before a number: one of the quarter's matters."""
MAP: Final = "map "
"""Before an account: the word that shows the map of its people."""
OUT: Final = ("end", "practise", "leave")
"""Words that lead away from the desk."""
DONE: Final = "That is dealt with."


def opening(table: TextTable) -> None:
    """What the quarter is about, each matter with the number that leads to it; the dilemma; headlines of the rest."""
    talk, cast, quarter = table.talk, table.cast, table.quarter
    talk.head(f"{cast.quarter(quarter)}, quarter {quarter} of {table.session.quarters}")
    if table.last_quarter:
        talk.say(ENDS_FIRST)
    shown, more = brief.shown(table)
    table.agenda = [row for section in shown for row in section.rows]
    _matters(table, shown)
    if more:
        need, them = ("needs", "it") if more == 1 else ("need", "them")
        talk.say(f"{more} more {need} nothing of you now: the word desk tells of {them}.", 2)
    for item in desk.opened(table, "dilemma"):
        talk.part(f"This quarter's dilemma: {item.head}")
        talk.all(item.lines, 2)
        if quarter == 1:
            talk.say("Nothing to type: spend your hours on it, or don't.", 2)
    found = brief.headlines(table)
    if found:
        talk.part("Also new (the word news opens them)")
        talk.say("; ".join(item.title for item in found) + ".", 2)


def _matters(table: TextTable, shown: Sequence[brief.Section]) -> None:
    """Some matters, with their numbers."""
    for section in shown:
        table.talk.part(section.title)
        for row in section.rows:
            said = ". ".join(capital(text.rstrip(".")) for text in (row.title, row.text, row.note) if text)
            table.talk.say(f"{_number(table, row)}{said}.", 2, 3)


def _number(table: TextTable, row: Waiting) -> str:
    found = [number for number, item in enumerate(table.agenda, 1) if _same(item, row)]
    return f"{found[0]}. " if found else ""


def _same(one: Waiting, two: Waiting) -> bool:
    return (one.kind, one.name, one.audience) == (two.kind, two.name, two.audience)


def news(table: TextTable) -> None:
    """The headlines; one is read by its number."""
    talk, found = table.talk, brief.headlines(table)
    if not found:
        talk.say("Nothing else is new.")
        return
    while True:
        talk.part("New this quarter")
        picked = talk.choose([Choice(item.title, item) for item in found], back="Back to the desk")
        if picked is None:
            return
        talk.say()
        talk.all(picked.lines, 2)


def overview(table: TextTable) -> None:
    """Hours, what is open, and one line an account."""
    talk, cast = table.talk, table.cast
    talk.head(f"Your desk, {cast.quarter(table.quarter)}")
    hours(table)
    talk.all(desk.decision_lines(table))
    talk.say(desk.attention_line(table))
    if table.last_quarter:
        talk.say(ENDS_FIRST)
    for account in table.accounts:
        talk.say(account_line(table, account), 2, 2)
    talk.say(desk.initiatives_line(table), 2, 2)


def hours(table: TextTable) -> None:
    """What is left of the quarter."""
    table.talk.say(f"{desk.hours_line(table)} are free; standing contact and this quarter's moves have the rest.")


def account_line(table: TextTable, account: str) -> str:
    """An account in a line: sales, profit as booked or reviewed, contact, mood as last felt, who attacks."""
    line = desk.account_line(table, account)
    quarterly = "" if table.chronicle.last else " a quarter"
    figures = f"sales {line.sales}{quarterly}, account profit {line.profit}"
    attack = [line.attacked] if line.attacked else []
    said = [figures, line.contact, f"{line.felt[:1].lower()}{line.felt[1:]}", *attack]
    return f"{table.cast.account(account)}: {'; '.join(said)}."


def main_menu(table: TextTable) -> str:
    """One turn at the desk: a matter by its number, anything else by a word; one of `OUT` where the player wants to go
    on to something else, else ''."""
    talk, cast = table.talk, table.cast
    talk.part(f"Desk, {cast.quarter(table.quarter)}, {table.hours:.0f} hours left.{_open(table)}")
    choices = [Choice("", f"{MATTER}{number}") for number, _ in enumerate(table.agenda)]  # words lead to accounts
    hidden = [Choice(label, name, (name, *words)) for name, label, words in _words(table)]
    hidden.append(Choice("list", "list", LISTING))
    hidden += [Choice(cast.account(name), f"@{name}", (name, f"account {name}")) for name in table.accounts]
    hidden += [Choice(f"{MAP}{name}", f"{MAP}{name}", (f"{MAP}{name}",)) for name in table.accounts]
    named = SHORT | own.WORDS.keys() if table.session.can_undo else (SHORT | own.WORDS.keys()) - {"undo"}
    words = [name for name, _, _ in _words(table) if name in named]
    said = f"{'A number above, or a' if choices else 'A'} word: {', '.join(words)}; list tells more."
    try:
        place = talk.choose(choices, prompt="Desk", back=None, brief=said, hidden=hidden)
    except Jump as jump:
        place = jump.word
    return visit(table, place or "desk")


def _words(table: TextTable) -> list[tuple[str, str, tuple[str, ...]]]:
    """The words of the desk that lead somewhere now."""
    away = {"practise": bool(practice.quarters(table)), "leave": table.session.practised}
    there = [entry for entry in MENU_WORDS if away.get(entry[0], True)]
    return [*there[:OWN_AFTER], *own.words(table), *there[OWN_AFTER:]]


def _open(table: TextTable) -> str:
    """The numbers of what still waits for an answer, after some of it was answered."""
    waits = desk.waiting_for_answer(table)
    left = [str(number) for number, item in enumerate(table.agenda, 1) if any(_same(item, other) for other in waits)]
    return f" Still to answer: {listed(left)}." if left else ""


def _places(table: TextTable) -> None:
    """Every word of the desk, and what it leads to."""
    for number, item in enumerate(table.agenda, 1):
        table.talk.say(f"{number}. {item.label}", 0, 3)
    for name, label, words in _words(table):
        other = f" (or {listed(words, 'or')})" if words else ""
        table.talk.say(f"{name}{other}: {label}", 0, 4)


def _matter(table: TextTable, number: int) -> None:
    """Where one of the quarter's matters is dealt with."""
    item = table.agenda[number]
    if item.kind in ANSWERS:
        if any(_same(item, other) for other in desk.waiting_for_answer(table)):
            ANSWERS[item.kind](table, item)
            return
        table.talk.say(DONE)
    if item.kind in alarms.TAB_OF:
        own.PLACES[alarms.TAB_OF[item.kind]](table)
    elif item.kind == "bid":
        pursuit.decide(table, item.name)
    elif item.kind == "turned":
        knowing.timeline(table, item.account)
    elif item.kind == "letter":
        _letter(table, item)
    else:
        account_page(table, item.account)


def _letter(table: TextTable, item: Waiting) -> None:
    """The latest letter about an account from one audience."""
    written, event = open_cases.letters(table.session.events, item.account, item.audience)[0]
    table.talk.part(headline(table.cast, event))
    table.talk.all(body(table.cast, event, written), 2)


def visit(table: TextTable, place: str) -> str:
    """Go where a choice or a word of the desk leads; one of `OUT` where it leads away from the desk, else ''."""
    while True:
        if place in OUT:
            return place
        try:
            if place.startswith("@"):
                account_page(table, place[1:])
            elif place.startswith(MATTER):
                _matter(table, int(place.removeprefix(MATTER)))
            elif place.startswith(MAP):
                people.show_map(table, place.removeprefix(MAP))
            else:
                PLACES[place](table)
        except Jump as jump:
            place = jump.word
        else:
            return ""


def _waiting(table: TextTable) -> None:
    """What waits, until nothing does; each keeps its number as long as the page is open."""
    talk = table.talk
    listed: dict[tuple[str, str, str], Waiting] = {}
    while True:
        found = {(item.kind, item.name, item.audience): item for item in desk.waiting_for_answer(table)}
        if not found:
            talk.say("Nothing is waiting for an answer.")
            return
        listed |= found
        talk.part("Waiting for an answer")
        labels = [f"{item.label}{'' if key in found else ' (done)'}" for key, item in listed.items()]
        picked = talk.choose([Choice(label, key) for label, key in zip(labels, listed, strict=True)])
        if picked is None:
            return
        if picked in found:
            ANSWERS[found[picked].kind](table, found[picked])
        else:
            talk.say("That is done.")


ANSWERS: Final[dict[str, Callable[[TextTable, Waiting], bool]]] = {
    "window": lambda table, item: pursuit.decide(table, item.name),
    "moment": lambda table, item: moments.answer(table, item.name),
    "incident": lambda table, item: moves.handle_incident(table, item.account),
    "request": lambda table, item: moves.answer_request(table, item.name),
    "talk": lambda table, item: table_talks.sit_down(table, item.name),
    "condition": lambda table, item: casework.condition(table, item.account, item.audience),
    "promise": lambda table, item: table.act("measure_promise", account=item.account, audience=item.audience),
}


def _moment(table: TextTable) -> None:
    names = table.moments()
    if not names:
        table.talk.say("Nobody is asking you anything on the spot.")
        return
    moments.answer(table, names[0])


def _account(table: TextTable) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Which account?")
    picked = talk.choose([Choice(cast.account(name), name, (name,)) for name in table.accounts])
    if picked is not None:
        account_page(table, picked)


def _portfolio(table: TextTable) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Portfolio")
    booked = totals(table.chronicle, table.seen)
    if booked is None:
        talk.say("At today's prices, a quarter:", 2)
    else:
        talk.say(f"Books of {cast.quarter(table.quarter - 1)}:", 2)
    for row in portfolio.rows(table):
        talk.say(portfolio.line(table, row), 2, 2)
    if booked is None:
        talk.say("Profit is booked for the first time when this quarter closes.", 2, 2)
        return
    talk.all(books_words.totals(cast, booked), 2)
    talk.all([*portfolio.cost_lines(table), portfolio.ranked_line(table)], 2)
    if table.quarter > 2:
        talk.say("The word why tells why profit moved.", 2)


def _notes(table: TextTable) -> None:
    talk, cast = table.talk, table.cast
    talk.part("Notes. Each with its age and where you have it from.")
    for account in table.accounts:
        found = known_facts(cast, table.seen, account)
        talk.say(f"{cast.account(account)}{'' if found else ': nothing yet.'}", 2)
        for heading, notes in found:
            own = heading == cast.account(account)
            said = "; ".join(notes)
            talk.say(f"{capital(said)}." if own else f"{heading}: {said}.", 4, 2)


def _why(table: TextTable) -> None:
    notes = closing.whys(table, table.quarter - 1)
    if not notes:
        table.talk.say("There is nothing to compare with yet: from the second close on, this says why profit moved.")
    for note in notes:
        show_why(table, note)


def _undo(table: TextTable) -> None:
    nothing = "There is nothing to take back: nothing was changed, or somebody has answered since."
    table.talk.say(table.undo() or nothing)


def _reset(table: TextTable) -> None:
    count = table.reset()
    table.talk.say(f"Taken back: {counted(count, 'move')}." if count else "There is nothing to take back.")


def _help(table: TextTable) -> None:
    table.talk.all(table.talk.help_lines())


MENU_WORDS: Final = (
    ("account", "a customer: what is known there, and what can be done", ("accounts", "a")),
    ("waiting", "all that waits for an answer", ("answer", "w")),
    ("desk", "where everything stands", ("d", "back", "0")),
    ("portfolio", "all accounts in figures", ("p",)),
    ("notes", "what you know, and how old it is", ("n",)),
    ("news", "what else is new this quarter", ("inbox",)),
    ("opening", "the quarter's opening again", ()),
    ("pipeline", "what they are about to buy", ("opportunities",)),
    ("radar", "signals, and news to link", ("signals",)),
    ("timeline", "how their initiatives went", ("time",)),
    ("promises", "what falls due when", ("promise", "calendar")),
    ("deal", "our deal desk: who signs what, and an ask", ("deal desk",)),
    ("library", "worked business cases, good and bad", ("examples",)),
    ("why", "why profit moved", ()),
    ("undo", "take back the last move", ("u",)),
    ("reset", "take back all that nobody has answered", ()),
    ("help", "what can be typed, and the words of the trade", ()),
    ("practise", "play a past quarter again; nothing of it counts", ("practice",)),
    ("leave", "leave practice", ()),
    ("end", "end the quarter", ("e",)),
)
"""By word: where it leads, and what else may be typed for it."""
OWN_AFTER: Final = 12
"""Words of the desk after which those of our own side stand."""
SHORT: Final = frozenset(
    (
        "account",
        "desk",
        "portfolio",
        "notes",
        "news",
        "pipeline",
        "radar",
        "promises",
        "deal",
        "undo",
        "help",
        "leave",
        "end",
    )
)
"""Words that are named at every turn."""
PLACES: Final[dict[str, Callable[[TextTable], None]]] = {
    "waiting": _waiting,
    "account": _account,
    "portfolio": _portfolio,
    "notes": _notes,
    "why": _why,
    "opening": opening,
    "news": news,
    "list": _places,
    "undo": _undo,
    "reset": _reset,
    "help": _help,
    "desk": overview,
    "deal": dealdesk.deal_desk,
    "promises": dealdesk.promises,
    "library": library.library,
    "moment": _moment,
    "radar": knowing.radar,
    "timeline": knowing.timeline,
    "pipeline": pursuit.show_pipeline,
    **own.PLACES,
}
