"""A past quarter again, as practice: the same desk, marked at every prompt, and compared with what was played."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.errors import KamsimError
from kamsim.terminal import closing, desk
from kamsim.terminal.table import TextTable
from kamsim.terminal.talk import Choice
from kamsim.view import practice
from kamsim.view.closing import answers, end_quarter
from kamsim.view.words.news import headline

if TYPE_CHECKING:
    from kamsim.game.practice import Practice


def practise(table: TextTable) -> None:
    """Choose a closed quarter and play it again; then back to where the session is."""
    talk, found = table.talk, practice.quarters(table)
    if not found:
        talk.say("No quarter is closed yet.")
        return
    talk.part(practice.OFFER)
    talk.say(practice.INTRO)
    jumps, talk.jumps = talk.jumps, False
    chosen = talk.choose([Choice(practice.title(table, quarter), quarter) for quarter in found], back="Not now")
    try:
        if chosen is not None:
            _play(table, practice.begin(table, chosen))
    except KamsimError as error:
        talk.say(f"{error}.")
    finally:
        talk.mark, talk.jumps = "", jumps


def _play(table: TextTable, session: Practice) -> None:
    talk = table.talk
    talk.mark, talk.jumps = practice.MARK, True
    again = TextTable(session, talk, table.clock)
    desk.opening(again)
    while not session.finished:
        out = desk.main_menu(again)
        if out == "leave":
            talk.say("You are back in your session. Nothing of the practice stays.")
            return
        if out == "end" and closing.ends(again):
            _compare(again)


def _compare(table: TextTable) -> None:
    """What it came to, beside what was played."""
    talk, closed = table.talk, end_quarter(table)
    told = practice.compare(table)
    talk.head(f"{table.cast.quarter(told.quarter)} is closed")
    talk.say(practice.head(table, told))
    talk.all([f"{practice.row(table, row)}." for row in told.rows], 2)
    talk.all([headline(table.cast, event) for event in answers(table, closed)], 2)
    for rest in practice.onward(table):
        if rest is not None:
            talk.say(practice.later(table, rest))
    talk.say("You are back in your session. Nothing of the practice stays.")
