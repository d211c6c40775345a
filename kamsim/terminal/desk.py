"""The desk: what a quarter opens with, where things stand, and the way to everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kamsim.terminal import casework, dealdesk, knowing, library, moments, moves, people, pursuit, table_talks
from kamsim.terminal.account import account_page
from kamsim.terminal.closing import show_why
from kamsim.terminal.talk import Choice, Jump
from kamsim.view import closing, desk, portfolio
from kamsim.view.books import totals
from kamsim.view.menu.catalogue import MENU
from kamsim.view.words import books as books_words
from kamsim.view.words.facts import known_facts
from kamsim.view.words.names import capital, counted
from kamsim.view.words.news import ENDS_FIRST

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable
    from kamsim.view.desk import Paragraphs, Waiting

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


def opening(table: TextTable) -> None:
    """What happened as the quarter opened, the headline dilemma first."""
    talk, cast, quarter = table.talk, table.cast, table.quarter
    talk.head(f"{cast.quarter(quarter)}, quarter {quarter} of {table.session.quarters}")
    for group, title in TITLES.items():
        found = desk.opened(table, group)
        if not found:
            continue
        talk.part(title)
        if group == "people":
            _leavers(table, found)
        else:
            _tell(table, found)
        if group == "dilemma" and quarter == 1:
            talk.say("Nothing to type: spend your hours on it, or don't.", 4)
    unlocked = desk.new_moves(table)
    if unlocked:
        talk.part("New on your desk")
    for entry in unlocked:
        talk.say(f"{MENU[entry.move].name}. {entry.reason}", 2, 2)


def _leavers(table: TextTable, found: list[Paragraphs]) -> None:
    """Who left, a line each; then once what it means."""
    table.talk.all([item.head for item in found], 2)
    table.talk.all([text for item in found for text in item.lines], 4)


def _tell(table: TextTable, found: list[Paragraphs]) -> None:
    """Events, each under its headline where it has one."""
    for item in found:
        if item.head:
            table.talk.say(item.head, 2, 2)
        for text in item.lines:
            table.talk.say(text, 4 if item.head else 2, 0 if item.head else 2)


def overview(table: TextTable, figures: bool = True) -> None:
    """Hours, what needs attention, and one line an account; without ``figures`` where the close has just told them."""
    talk, cast = table.talk, table.cast
    talk.head(f"Your desk, {cast.quarter(table.quarter)}")
    talk.say(f"{desk.hours_line(table)} are free; standing contact and this quarter's moves have the rest.")
    talk.all(desk.decision_lines(table))
    talk.say(desk.attention_line(table))
    if table.last_quarter:
        talk.say(ENDS_FIRST)
    for account in table.accounts:
        talk.say(account_line(table, account, figures), 2, 2)
    talk.say(desk.initiatives_line(table), 2, 2)


def account_line(table: TextTable, account: str, money: bool = True) -> str:
    """An account in a line: sales, profit as booked or reviewed, contact, mood as last felt, who attacks."""
    line = desk.account_line(table, account)
    quarterly = "" if table.chronicle.last else " a quarter"
    figures = [f"sales {line.sales}{quarterly}, account profit {line.profit}"] if money else []
    attack = [line.attacked] if line.attacked else []
    said = [*figures, line.contact, f"{line.felt[:1].lower()}{line.felt[1:]}", *attack]
    return f"{table.cast.account(account)}: {'; '.join(said)}."


def main_menu(table: TextTable, *, brief: bool) -> bool:
    """One turn of the main menu; True when the player wants to end the quarter."""
    talk, cast = table.talk, table.cast
    count = desk.how_many(table)
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
        Choice("Pipeline: what they are about to buy", "pipeline", ("opportunities",), "pipeline"),
    ]
    hidden = [Choice(cast.account(name), f"@{name}", (name,)) for name in table.accounts]
    hidden += [Choice(f"{MAP}{name}", f"{MAP}{name}", (f"{MAP}{name}",)) for name in table.accounts]
    hidden += [Choice(word, word, (word,)) for word in ("why", "reset")]
    talk.part(f"Desk, {cast.quarter(table.quarter)}, {table.hours:.0f} hours left.")
    try:
        place = talk.choose(choices, prompt="Desk", back=None, brief=brief or table.quarter > 2, hidden=hidden)
    except Jump as jump:
        place = jump.word
    return visit(table, place or "desk")


def visit(table: TextTable, place: str) -> bool:
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
    "window": lambda table, item: pursuit.bid_for(table, item.name),
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


PLACES: Final[dict[str, Callable[[TextTable], None]]] = {
    "waiting": _waiting,
    "account": _account,
    "portfolio": _portfolio,
    "notes": _notes,
    "why": _why,
    "opening": opening,
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
}
