"""Our own deal desk, and the calendar of promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.terminal import casework
from kamsim.terminal.talk import Choice
from kamsim.view import promises as promises_view
from kamsim.view.case.basis import desk_stances, word_with
from kamsim.view.words import letters
from kamsim.view.words.dealdesk import band_lines, goal_line, mandate_lines
from kamsim.view.words.promises import calendar_line, to_whom, track_line

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable
    from kamsim.view.promises import Run


def deal_desk(table: TextTable) -> None:
    """Who signs what, what was granted, what lies there; then an ask about one account."""
    talk, cast, seen = table.talk, table.cast, table.seen
    talk.head("Our deal desk")
    if not cast.approvers:
        talk.say(letters.NO_DESK)
        return
    talk.all(band_lines(cast), 2)
    talk.part("How they stand to you")
    talk.all(desk_stances(cast, seen), 2)
    talk.say(word_with(cast, seen, None), 2, 2)
    goal = goal_line(cast, table.quarter)
    if goal:
        talk.say(goal, 2, 2)
    talk.part("What they have signed")
    talk.all(mandate_lines(cast, seen), 2)
    while True:
        talk.part("Ask our deal desk, about which account?")
        choices = [
            Choice(f"{cast.account(name)}{_lying(table, name)}", name, _called(table, name)) for name in table.accounts
        ]
        account = talk.choose(choices)
        if account is None:
            return
        casework.ask(table, account)


def _called(table: TextTable, account: str) -> tuple[str, ...]:
    """The words that mean an account, here an ask about it and not its page."""
    return tuple(word for word, place in table.talk.places.items() if place == f"@{account}")


def _lying(table: TextTable, account: str) -> str:
    """Whether a page about an account lies there."""
    item = table.lying(account, "desk")
    if item is None:
        return ""
    return f" (a {letters.YES_IF} waits)" if item.conditional else " (a page lies there)"


def promises(table: TextTable) -> None:
    """What falls due when, what can be measured now, what came of the others, and what our word is worth."""
    talk, cast = table.talk, table.cast
    while True:
        runs = promises_view.running(table)
        talk.part("Promises")
        if not runs:
            talk.say("No promise is running. A signed case with a figure makes one.", 2)
        choices: list[Choice[Run]] = []
        for run in runs:
            talk.say(calendar_line(cast, run.data, run.measurable), 2, 2)
            if run.measurable:
                hours = table.takes("measure_promise", account=run.account, audience=run.audience)
                label = f"Measure the one to {to_whom(cast, run.data)} ({hours:.0f} hours)"
                choices.append(Choice(label, run, (run.account, "measure")))
        _counted(table)
        picked = talk.choose(choices) if choices else None
        if picked is None:
            return
        table.act("measure_promise", account=picked.account, audience=picked.audience)


def _counted(table: TextTable) -> None:
    """What came of promises, how often ranges held, and what our word is worth by now."""
    talk = table.talk
    for item in promises_view.counted(table):
        talk.say(f"{table.cast.quarter(item.quarter)}, {item.title}: {' '.join(item.lines)}", 2, 2)
    claims, inside = promises_view.record(table)
    if not claims:
        return
    talk.say(track_line(claims, inside), 2, 2)
    worth = "; ".join(f"{word.name} {word.part * 100:.0f} of 100" for word in promises_view.words_worth(table))
    talk.say(f"{letters.WORD_HEAD}: {worth}.", 2, 2)
