"""The negotiation table as text: eight issues, what each costs us and what is known of its worth, then a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kamsim.terminal.talk import Choice
from kamsim.view.gym.practising import ONE_DRILL
from kamsim.view.words import talks
from kamsim.view.words.facts import ISSUE_NAMES
from kamsim.view.words.names import capital, quoted

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable


def sit_down(table: TextTable, name: str) -> bool:
    """Ask, change the proposal, propose or leave, until it is settled or the player goes back."""
    talk, cast = table.talk, table.cast
    entry = cast.talks[name]
    draft = talks.last_proposal(table.seen, name)
    talk.part(f"{cast.account(cast.home[name])}: {entry.title}")
    talk.say(quoted(cast.post(entry.person), entry.text), 2)
    first = True
    while name in table.talks():
        if first:
            talk.say(quoted(cast.person(entry.person), talks.opening(cast, table.seen, name)), 2)
        _show(table, name, draft)
        picked = talk.choose(_choices(table, name, draft), back="Get up for now", brief=False)
        first = False
        if picked is None:
            return False
        if picked == "propose":
            table.act("propose", talk=name, **draft)
        elif picked == "leave":
            talk.part("Leave the table for good? Nothing is signed, and everything stays as it is today.")
            if talk.confirm("Leave the table for good", "Stay"):
                table.act("leave_table", talk=name)
        elif picked == "ask":
            _ask(table, name)
        elif picked == "practise" and table.practise is not None:
            table.practise("talk")
        else:
            draft[picked] = _level(table, picked, draft)
    return True


def _show(table: TextTable, name: str, draft: dict[str, Any]) -> None:
    talk, cast, seen = table.talk, table.cast, table.seen
    rows = talks.rows(seen, name, draft)
    talk.say(f"{capital(talks.rounds_left(seen, name))}, {talks.until(cast, seen, name)}.", 2)
    talk.say(talks.sole_supply(cast, name), 2)
    give, get = talks.balance(cast, rows)
    talk.say(f"{give} a year; {get[:1].lower()}{get[1:]} a year. {talks.known_balance(cast, rows)}.", 2)
    refused = table.why_not("propose", unchanged=True, talk=name, **draft)
    if refused:
        talk.say(refused, 2)


def _choices(table: TextTable, name: str, draft: dict[str, Any]) -> list[Choice[str]]:
    """The eight issues, then what one can do."""
    cast, seen = table.cast, table.seen
    choices = []
    for row in talks.rows(seen, name, draft):
        named = f" ({talks.LAST_TIME})" if row.pushed else ""
        ours, theirs = talks.our_side(cast, row), talks.their_side(cast, seen, name, row)
        label = f"{row.name}{named}: {row.level}. For us a year: {ours}. For them: {theirs}."
        choices.append(Choice(label, row.issue, (row.issue,)))
    hours = f"{table.takes('propose', talk=name, **draft):.0f} hours"
    return [
        *choices,
        Choice(f"Ask what something is worth to them ({hours})", "ask", ("ask",)),
        Choice(f"Propose this ({hours})", "propose", ("propose",)),
        Choice("Leave the table for good (no hours)", "leave", ("leave",)),
        *([Choice(ONE_DRILL, "practise", ("drill",))] if table.practise is not None else []),
    ]


def _ask(table: TextTable, name: str) -> None:
    talk = table.talk
    talk.part(f"About what? {talks.FIRST_QUESTION}")
    issues = talks.untold(table.seen, name)
    picked = talk.choose([Choice(ISSUE_NAMES[issue], issue, (issue,)) for issue in issues])
    if picked is not None:
        table.act("ask_table", talk=name, issue=picked)


def _level(table: TextTable, issue: str, draft: dict[str, Any]) -> Any:
    """Another level of one issue; what is not ours to give is refused when it is proposed."""
    talk, now = table.talk, draft[issue]
    talk.part(f"{ISSUE_NAMES[issue]}. {talks.ISSUE_HELP[issue]}")
    values = talks.choices(issue)
    choices = [
        Choice(f"{capital(talks.level(issue, value))}{' (as now)' if value == now else ''}", place, (str(value),))
        for place, value in enumerate(values)
    ]
    picked = talk.choose(choices)
    return now if picked is None else values[picked]
