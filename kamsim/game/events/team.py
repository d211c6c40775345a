"""What happens in the player's own team: how colleagues were found, who is worn, gives notice, and comes after them."""

from typing import Final

from kamsim.engine.organisation import SKILLS
from kamsim.engine.params import Params
from kamsim.engine.parts_team import STRAIN_WORDS
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.declared import Declared, Event
from kamsim.game.events.newcomers import newcomer
from kamsim.scenario.models import Scenario

FINDS: Final = ("coach", "review_team")
"""Moves that show the player how colleagues are."""


class ColleagueFound(Declared):
    """How somebody was found to be; skills 0..1, 0.6 is par."""

    colleague: may_be.Colleague
    strain: may_be.Strain
    research: may_be.Share
    cases: may_be.Share
    technical: may_be.Share
    relations: may_be.Share


class ColleagueStrained(Event, kind="strained"):
    """Somebody says that it is too much."""

    colleague: may_be.Colleague


class ColleagueNoticed(Event, kind="resigned"):
    """Somebody gave notice, and is gone when the next quarter opens. ``accounts``: whom they look after."""

    colleague: may_be.Colleague
    accounts: list[may_be.Account]


class ColleagueSucceeded(Event, kind="succeeded"):
    """``before`` is gone; ``name``, the post's holder by this number, took over with the accounts."""

    colleague: may_be.Colleague
    holder: may_be.Count
    name: may_be.Text
    before: may_be.Text
    accounts: list[may_be.Account]


def found(params: Params, after: World, kind: str, colleague: str | None) -> list[ColleagueFound] | None:
    """Whom a move showed, and how they are; None for a move that shows nobody."""
    if kind not in FINDS:
        return None
    at = after.team
    return [
        ColleagueFound(
            colleague=name,
            strain=STRAIN_WORDS[int(at.seen_strain[row, 0])],
            **{skill: round(float(at.seen_skill[place, row, 0]), 2) for place, skill in enumerate(SKILLS)},
        )
        for row, name in enumerate(params.own.colleagues)
        if colleague in (None, name)
    ]


def of_team_opening(scenario: Scenario, params: Params, seed: int, before: World, after: World) -> list[Event]:
    """What is new in the team as a quarter opens."""
    events: list[Event] = []
    was, now = before.team, after.team
    for row, name in enumerate(params.own.colleagues):
        led = [account for place, account in enumerate(params.accounts) if now.lead[place, 0] == row]
        if (holder := int(now.holder[row, 0])) > int(was.holder[row, 0]):
            old, new = (colleague_name(scenario, seed, name, number) for number in (holder - 1, holder))
            events.append(ColleagueSucceeded(colleague=name, holder=holder, before=old, name=new, accounts=led))
        if now.leaving[row, 0]:
            events.append(ColleagueNoticed(colleague=name, accounts=led))
        elif int(now.strain_at[row, 0]) == after.quarter and now.seen_strain[row, 0] == len(STRAIN_WORDS) - 1:
            events.append(ColleagueStrained(colleague=name))
    return events


def colleague_name(scenario: Scenario, seed: int, colleague: str, holder: int) -> str:
    """Who has a post of our own team: the authored name for holder 0, else one of the newcomers."""
    team = scenario.organisation.team
    row = next(place for place, item in enumerate(team) if item.id == colleague)
    if holder <= 0:
        return team[row].name
    # from the other end of the deck than the customers' people
    return newcomer(scenario, seed, -1 - ((holder - 1) * len(team) + row)) or f"the new {team[row].role}"
