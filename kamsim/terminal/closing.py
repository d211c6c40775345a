"""The end of a quarter, of a year and of a session: your decisions with their euros, what was won and lost, people, the
books beside the guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kamsim.errors import KamsimError
from kamsim.view import alarms, closing, credit
from kamsim.view.desk import undone
from kamsim.view.scenes import TRUE_COST, cost_line, scenes, true_costs, who
from kamsim.view.words.books import profit_head, profit_line, totals
from kamsim.view.words.names import quoted
from kamsim.view.words.news import body, headline

if TYPE_CHECKING:
    from pathlib import Path

    from kamsim.game.events.declared import Event
    from kamsim.terminal.table import TextTable
    from kamsim.view.closing import Closing, WhyNote
    from kamsim.view.scenes import Scene

EXPLAINED: Final = 4
"""Quarters in which it is said how what a decision brought is worked out."""


def confirm_end(table: TextTable) -> bool:
    """Name what stays undone; whether the player ends the quarter all the same."""
    talk, quarter = table.talk, table.cast.quarter(table.quarter)
    talk.part(f"End {quarter}?")
    for text in [*undone(table), *alarms.undone(table)]:
        talk.say(text, 2)
    return talk.confirm(f"End {quarter}", "Not yet", ("end",))


def ends(table: TextTable) -> bool:
    """Whether the player confirms the end of the quarter; a word of the desk there means not yet."""
    table.talk.jumps = False
    try:
        return confirm_end(table)
    finally:
        table.talk.jumps = True


def end_quarter(table: TextTable) -> Closing:
    """Close the quarter and tell what came of it; what that was."""
    closed = closing.end_quarter(table)
    table.talk.head(f"{table.cast.quarter(closed.quarter)} is closed")
    staged = scenes(table, closed)
    _decisions(table, closed)
    for scene in staged:
        _scene(table, scene)
    _answers(table, closed, [scene.event for scene in staged])
    _costs(table, closed)
    _volume(table, closed)
    _profit(table, closed)
    _whys(table, closed)
    if "revealed" in closed.told:
        _reveal(table, closed.told["revealed"])
    if "reviewed" in closed.told:
        data = closed.told["reviewed"]
        table.talk.head(f"Your review, year {data['year']}")
        for text in closing.review(table, data, closed.told.get("revealed")):
            table.talk.say(text, 2)
    if table.session.finished:
        final(table)
    return closed


def _decisions(table: TextTable, closed: Closing) -> None:
    """What was decided, each with its euros."""
    talk = table.talk
    if not credit.decided(table, closed.quarter):
        return
    talk.part("Your decisions")
    while not credit.follow(table, closed.quarter):
        pass
    told = credit.brought(table, closed.quarter)
    if told is None:
        talk.say(credit.OTHER_RULES, 2)
        return
    talk.say(credit.head(table, told), 2)
    for title, rows in ((credit.NOW, told.made), (credit.EARLIER, told.earlier)):
        if rows:
            talk.say(f"{title}:", 2)
            talk.all([f"{credit.line(table, row)}." for row in rows], 4)
    talk.all(
        [text for text in (credit.rest(told), credit.EACH_ALONE if closed.quarter <= EXPLAINED else "") if text], 2
    )


def _scene(table: TextTable, scene: Scene) -> None:
    """Something won or lost."""
    talk = table.talk
    talk.part(f"{scene.head}: {scene.title}")
    if scene.quote and (scene.person or scene.colleague):
        talk.say(quoted(who(table, scene), scene.quote), 2, 2)
    talk.all(scene.lines, 2)


def _costs(table: TextTable, closed: Closing) -> None:
    found = true_costs(table, closed)
    if found:
        table.talk.part(TRUE_COST)
    table.talk.all([cost_line(table, item) for item in found], 2)


def _answers(table: TextTable, closed: Closing, staged: list[Event]) -> None:
    """What people answered, but for what has a scene."""
    talk, cast = table.talk, table.cast
    events = [event for event in closing.answers(table, closed) if event not in staged]
    for title, told in (("People", events), (closing.UNHEARD, closing.unheard(closed))):
        if told:
            talk.part(title)
        for event in told:
            talk.say(headline(cast, event), 2, 2)
            for text in body(cast, event, closed.quarter):
                talk.say(text, 4)


def _volume(table: TextTable, closed: Closing) -> None:
    table.talk.part("Volume and sales")
    for item in closing.volumes(table, closed):
        table.talk.say(item.line, 2, 2)


def _profit(table: TextTable, closed: Closing) -> None:
    talk, cast, after = table.talk, table.cast, closed.after
    talk.part(profit_head(cast, after))
    mixed = not all(now["reviewed"] for now in after["accounts"].values())
    for account in table.accounts:
        talk.say(profit_line(cast, account, after["accounts"][account], mark=mixed), 2, 2)
    talk.all(totals(cast, after), 2)
    guessed = closing.guessed(table, closed)
    if guessed.lines:
        talk.part("Your guesses")
    talk.all(guessed.lines, 2)


def _whys(table: TextTable, closed: Closing) -> None:
    talk, notes = table.talk, closing.whys(table, closed.quarter)
    if not notes:
        return
    talk.part("Why it moved")
    large = [note for note in notes if note.large]
    for note in large:
        show_why(table, note)
    if len(large) < len(notes):
        who = "Elsewhere" if large else "Nowhere did"
        small = "nothing moved" if large else "anything move"
        worth = table.money(closing.WORTH_A_WORD)
        talk.say(f"{who} {small} by as much as {worth}; the word why tells all.", 2, 2)


def show_why(table: TextTable, note: WhyNote) -> None:
    """One account's change and its causes; lines too small to show a figure are left out."""
    table.talk.say(note.head, 2, 2)
    table.talk.all([line.text for line in note.lines], 4)


def _reveal(table: TextTable, data: dict[str, Any]) -> None:
    talk, told = table.talk, closing.revealed(table, data)
    talk.head(f"{told.title}, the year as it was")
    if told.intro:
        talk.say(told.intro)
    talk.all([*told.places, *told.meaning], 2)


def final(table: TextTable) -> None:
    """The last page."""
    talk, log = table.talk, table.session.log_path
    talk.head("The end")
    talk.all(closing.score_lines(table), 2)
    talk.all(closing.end_lines(table), 2)
    _debrief(table)
    talk.say()
    talk.say(f"Your log: {log}", 2)
    talk.say(_own_page(log), 2)


def _debrief(table: TextTable) -> None:
    """The first page of the debrief, with the figures of the page for a browser."""
    from kamsim.debrief.front import in_lines  # noqa: PLC0415  # only the end needs it
    from kamsim.debrief.pages import own_front  # noqa: PLC0415  # likewise

    try:
        told = own_front(table.session.log_path)
    except KamsimError as error:
        table.talk.say(f"Your debrief could not be made: {error}", 2)
        return
    table.talk.head("Your debrief")
    for title, lines in in_lines(told, table.money):
        table.talk.part(title)
        table.talk.all(lines, 2)


def _own_page(log: Path) -> str:
    """Write the player's own debrief page beside the log, and say where it is."""
    from kamsim.debrief.pages import write_own_page  # noqa: PLC0415  # only the end needs it

    try:
        return f"Your debrief, to open in any browser: {write_own_page(log)}"
    except KamsimError as error:
        return f"Your debrief could not be written: {error}"
