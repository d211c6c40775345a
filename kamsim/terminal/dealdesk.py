"""Our own deal desk, and the calendar of promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kamsim.engine.page import CONDITIONAL, PENDING
from kamsim.game.events import cases
from kamsim.terminal import casework
from kamsim.terminal.talk import Choice
from kamsim.view.case.basis import desk_stances, word_with
from kamsim.view.words.dealdesk import band_lines, goal_line, mandate_lines
from kamsim.view.words.promises import calendar, calendar_line, to_whom, track_line

if TYPE_CHECKING:
    from kamsim.terminal.context import Table


def deal_desk(table: Table) -> None:
    """Who signs what, what was granted, what lies there; then an ask about one account."""
    talk, cast, seen = table.talk, table.cast, table.seen
    desk = cast.scenario.desk
    talk.head("Our deal desk")
    if desk is None:
        talk.say("There is none: what is yours to give is all there is.")
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
            Choice(f"{cast.account(name)}{_lying(table, name)}", name, _called(table, name)) for name in cast.accounts
        ]
        account = talk.choose(choices)
        if account is None:
            return
        casework.ask(table, account)


def _called(table: Table, account: str) -> tuple[str, ...]:
    """The words that mean an account, here an ask about it and not its page."""
    return tuple(word for word, place in table.talk.places.items() if place == f"@{account}")


def _lying(table: Table, account: str) -> str:
    """Whether a page about an account lies there."""
    place = cases.place_of(table.seen.params, account, "desk")
    stage = int(table.seen.case_stage[place, 0])
    return {
        PENDING: " (a page lies there)",
        CONDITIONAL: " (a \N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK} waits)",
    }.get(stage, "")


def promises(table: Table) -> None:
    """What falls due when, and what can be measured now."""
    talk, cast, seen = table.talk, table.cast, table.seen
    while True:
        entries = calendar(seen)
        talk.part("Promises")
        if not entries:
            talk.say("No promise is running. A signed case with a figure makes one.", 2)
        claims, inside = int(seen.claims[0]), int(seen.claims_inside[0])
        choices: list[Choice[dict[str, Any]]] = []
        for _, data, due in entries:
            talk.say(calendar_line(cast, data, due), 2, 2)
            if due:
                label = f"Measure the one to {to_whom(cast, data)} (10 hours)"
                choices.append(Choice(label, data, (str(data["account"]), "measure")))
        if claims:
            talk.say(track_line(claims, inside), 2, 2)
        if not choices:
            return
        picked = talk.choose(choices)
        if picked is None:
            return
        table.do("measure_promise", account=picked["account"], audience=picked["audience"])
        seen = table.seen


def conditions(table: Table) -> list[tuple[str, str]]:
    """Accounts and audiences whose "yes, if" waits for the player."""
    seen, found = table.seen, []
    for place in range(2 * len(seen.params.accounts)):
        if int(seen.case_stage[place, 0]) == CONDITIONAL:
            named = cases.named(seen.params, place)
            found.append((named["account"], named["audience"]))
    return found


def due(table: Table) -> list[dict[str, Any]]:
    """Promises that can be measured now."""
    return [data for _, data, now in calendar(table.seen) if now]
