"""The session as text: any terminal, a remote shell, a screen reader, or a script on standard input."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from kamsim.terminal import closing, desk, guesses, own, practice
from kamsim.terminal.helping import help_lines
from kamsim.terminal.leaving import Played, play_out
from kamsim.terminal.practising import practise
from kamsim.terminal.table import TextTable
from kamsim.terminal.talk import Choice, Talk
from kamsim.view import first_steps as steps
from kamsim.view import practice as practising
from kamsim.view.closing import asks_range
from kamsim.view.words.leaving import resume_command

if TYPE_CHECKING:
    from kamsim.game.session import Session


def play_text(
    session_factory: Callable[[], Session],
    read: Callable[[], str | None],
    write: Callable[[str], None],
    *,
    width: int = 80,
    echo: bool = False,
    complain: Callable[[str], None] | None = None,
) -> int:
    """Play a session to its end, or to the end of the input. Returns the exit status.

    ``read`` gives the next line or None at the end; ``write`` takes text with its line ends; ``complain`` (by default
    ``write``) takes what belongs on standard error. Nothing needs saving: the session writes each command before its
    outcome is shown. KamsimError comes through only where no session could be had.
    """
    session = session_factory()
    talk = Talk(read, write, width=width, echo=echo, help_text=partial(help_lines, session.scenario))
    played = Played(lambda: session.log_path, lambda: resume_command(session.log_path), lambda: _goodbye(session, talk))
    try:
        return play_out(lambda: _play(session, talk), played, talk, complain or write)
    finally:
        session.close()


def _play(session: Session, talk: Talk) -> None:
    table = TextTable(session, talk)
    table.practise = partial(practise, table)
    talk.all(session.untold())
    if session.finished:
        closing.final(table)
        _afterwards(table)
        return
    _welcome(table)
    guesses.all_guesses(table)
    talk.places = places(table)
    talk.jumps = True
    fresh = True
    while not session.finished:
        if session.quarter > session.quarters:
            closing.end_quarter(table)
            continue
        talk.all(session.untold())
        if fresh:
            desk.opening(table)
            first_steps(table)
        out = desk.main_menu(table)
        fresh = False
        if out == "practise":
            practice.practise(table)
        elif out == "end" and closing.ends(table):
            closing.end_quarter(table)
            fresh = True
            if asks_range(table):
                talk.jumps = False
                guesses.profit_range(table)
                talk.jumps = True
    talk.jumps = False
    _afterwards(table)


def places(table: TextTable) -> dict[str, str]:
    """Words that lead to an account from any menu: its id, its name, and the name's first word if it is alone in it.
    The word map before an id leads to the people there. Words of our own side, where the scenario has one."""
    words = {word: name for name, _, more in own.words(table) for word in (name, *more)}
    firsts = [name.split()[0].casefold() for name in (account.name for account in table.cast.accounts.values())]
    for account in table.cast.accounts.values():
        words[account.id] = words[account.name.casefold()] = f"@{account.id}"
        words[f"{desk.MAP}{account.id}"] = f"{desk.MAP}{account.id}"
        first = account.name.split()[0].casefold()
        if firsts.count(first) == 1:
            words[first] = f"@{account.id}"
    return words


def _afterwards(table: TextTable) -> None:
    """What can be done when all is over: play a past quarter again, as often as wanted."""
    choice = Choice(practising.OFFER, True, ("practise", "practice"))
    while table.talk.choose([choice], prompt="The end", back="Close the session"):
        practice.practise(table)


def _welcome(table: TextTable) -> None:
    talk, scenario, session = table.talk, table.session.scenario, table.session
    talk.head(scenario.title)
    if session.quarter > 1 or session.commands:
        who = f", {session.player}" if session.player else ""
        talk.say(f"Welcome back{who}. You are in {table.cast.quarter(session.quarter)}, seed {session.seed}.")
        return
    talk.say(f"You are {scenario.company.role} at {scenario.company.name}. {scenario.company.brief}")
    talk.say()
    talk.say(scenario.briefing)
    talk.say()
    talk.say(
        f"{session.quarters} quarters, seed {session.seed}. Every answer is written to "
        f"{session.log_path} before you see what "
        f"came of it, so you may stop at any time. Type a number to choose, help for the rest."
    )


def first_steps(table: TextTable) -> None:
    """One idea at a time, in the first quarters."""
    found = steps.first_steps(table)
    if found is not None:
        title, lines = found
        table.talk.part(f"{title}: {' '.join(line for _, line in lines)}")


def _goodbye(session: Session, talk: Talk) -> None:
    talk.say()
    if session.finished:
        talk.say(f"Your log: {session.log_path}")
        return
    talk.say("Saved. Your log is")
    talk.raw(f"  {session.log_path}")
    talk.say("and you go on with")
    talk.raw(f"  {resume_command(session.log_path)}")
