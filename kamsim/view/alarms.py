"""What happened on our own side that the player should know first: somebody leaves, what was built loses half, a plan's
date has passed, the programme is rebuilt. Each with the page of our own side that it leads to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kamsim.game.events.programme import ProgrammeRebuilt
from kamsim.game.events.team import ColleagueNoticed, ColleagueStrained, ColleagueSucceeded
from kamsim.game.events.together import JointMoved, JointShaken, PlanSettled
from kamsim.view import plan, team
from kamsim.view.desk import Waiting
from kamsim.view.table import unquoted
from kamsim.view.words import news
from kamsim.view.words.names import capital, listed
from kamsim.view.words.our_news import TAKEN, looked_after

if TYPE_CHECKING:
    from kamsim.game.events.declared import Event
    from kamsim.view.table import Table

TAB_OF: Final = {
    "notice": "team", "strained": "team", "successor": "team", "rebuilt": "programme", "built": "joint",
    "plan": "plans", "short": "team",
}  # fmt: skip
"""By kind of `Waiting`: the page of our own side that deals with it."""
OF_COLLEAGUES: Final = ("notice", "strained", "successor")
"""Kinds that are about a colleague, whose id is their name."""


def alarms(table: Table) -> list[Waiting]:
    """What is new there as this quarter opens, plans that were missed in the last, and hours that are not there."""
    found = [_alarm(table, event) for event in table.inbox]
    short = team.short_line(table) if table.has("team") else ""
    beyond = [_matter("short", "hours", "More is promised than there are hours", short)] if short else []
    return [*(item for item in found if item is not None), *beyond]


def _alarm(table: Table, event: Event) -> Waiting | None:
    cast, head = table.cast, partial(news.headline, table.cast, event)
    match event:
        case ColleagueNoticed(colleague=name):
            led = looked_after(cast, event.plain())
            ends = cast.quarter(table.quarter)
            stake = team.at_stake(table, event.accounts)
            text = f"Looks after {led}. {capital(TAKEN)} goes too: {stake} {ends} ends." if led else ""
            made = _matter("notice", name, head(), " ".join([*([text] if text else []), *_plans_of(table, name)]))
        case ColleagueStrained(colleague=name):
            made = _told(table, "strained", name, event)
        case ColleagueSucceeded(colleague=name):
            made = _told(table, "successor", name, event)
        case ProgrammeRebuilt():
            made = _matter("rebuilt", "programme", head())
        case JointShaken(joint=name, lost=[_, *_]) | JointMoved(joint=name, phase="ended"):
            made = _told(table, "built", name, event)
        case PlanSettled(account=name, status="missed"):
            made = _told(table, "plan", name, event)
        case _:
            return None
    return made


def _plans_of(table: Table, colleague: str) -> list[str]:
    """That somebody who leaves sees to plans, in a sentence; nothing where they see to none."""
    found = [account for account, name in plan.left_alone(table).items() if name == colleague]
    whom = listed([table.cast.account(account) for account in found])
    return [f"Sees to your plan for {whom}: name somebody else, or it is missed."] if found else []


def how_many(table: Table) -> int:
    """How much waits on the pages of our own side."""
    return len(alarms(table)) + len(due_plans(table))


def results(table: Table) -> list[Waiting]:
    """What came of what was planned and built together, and is no threat."""
    made = []
    for event in table.inbox:
        match event:
            case JointMoved(joint=name, phase="build" | "live") | JointShaken(joint=name, lost=[]):
                made.append(_told(table, "built", name, event))
            case PlanSettled(account=name, status="kept" | "void"):
                made.append(_told(table, "plan", name, event))
    return made


def _told(table: Table, kind: str, name: str, event: Event) -> Waiting:
    """An event with its own words; what somebody says is left to its page."""
    lines = [line for line in news.body(table.cast, event, table.quarter) if not unquoted(line)]
    return _matter(kind, name, news.headline(table.cast, event), " ".join(lines))


def _matter(kind: str, name: str, title: str, text: str = "") -> Waiting:
    title = capital(title.rstrip("."))
    return Waiting(kind, name, "", title, text, title, "")


def due_plans(table: Table) -> list[Waiting]:
    """Plans whose date ends with this quarter, with the step that is not done yet."""
    made = []
    for account in plan.due_now(table):
        title = f"{table.cast.account(account)}: your plan falls due"
        step = plan.written(table, account)
        text = step.parts[-1][1] if step is not None else ""
        made.append(Waiting("plan", account, account, title, text, title, title, urgent=True))
    return made


def undone(table: Table) -> list[str]:
    """What of our own side would stay undone if the quarter ended now, in sentences."""
    alone = [
        f"{capital(table.cast.colleague(name))} is gone when the quarter ends, and still sees to your plan for "
        f"{table.cast.account(account)}." for account, name in plan.left_alone(table).items()
    ]  # fmt: skip
    short = [line for line in (team.short_line(table),) if line]
    return [*short, *team.not_handed_over(table), *alone, *(f"{item.title}: {item.text}" for item in due_plans(table))]
