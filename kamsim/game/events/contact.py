"""What contact brings: moves that were made, what was learned with them and by standing contact, attacks foretold."""

from typing import Any

import numpy as np

from kamsim.engine import knowledge
from kamsim.engine.influence import heard_rows
from kamsim.engine.initiatives import ACTS
from kamsim.engine.moves import Outcome, Result
from kamsim.engine.params import HABITS, MEASURES, STATES, TRADES, Params
from kamsim.engine.terms import STAGES_OF_PURCHASE, TWISTS_OF_PURCHASE
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events import team
from kamsim.game.events.declared import Declared, Event
from kamsim.game.events.team import ColleagueFound


class Fact(Declared):
    """Something that was learned. One about an issue of a talk is about "talk.issue"."""

    fact: may_be.FactName
    kind: may_be.FactKind
    about: may_be.Subject
    account: may_be.Account
    value: may_be.Figure
    label: may_be.Label | None = None
    """The word for which the value stands, for kinds that have words."""
    names: list[may_be.Person] | None = None
    """To whom somebody listens."""
    was: may_be.Figure | None = None
    """What the player knew before."""
    was_at: may_be.SeenIn | None = None
    """The quarter in which that was seen."""


class MoveMade(Event, kind="moved"):
    """A move was made. An insight that was brought landed or was stale, help backed a project or was wasted, news was
    linked to an account (it announces something there) or told nothing_new."""

    move: may_be.MoveKind
    args: may_be.Args
    result: may_be.Outcome
    hours: may_be.Hours
    learned: list[Fact]
    team: list[ColleagueFound] | None = None
    """How colleagues were found to be, where the move was about that."""


class ContactHeard(Event, kind="heard"):
    """What standing contact brought as the quarter opened."""

    learned: list[Fact]


class AttackForetold(Event, kind="warned"):
    """The player learned of a planned attack."""

    account: may_be.Account
    rival: may_be.Rival
    quarter: may_be.Coming
    habit: may_be.Habit | None = None
    """With what."""
    idea: may_be.Plan | None = None
    """For which initiative; '' for none."""


def learned_with(event: Event) -> list[Fact]:
    """What was learned as something happened."""
    return event.learned if isinstance(event, MoveMade | ContactHeard) else []


def fact_learned(params: Params, place: int, before: World, after: World) -> Fact:
    """One fact as an event tells it, with what was known of it before."""
    value = float(after.knowledge.value[place, 0])
    fact = params.facts[place]
    known = before.knowledge.seen_at[place, 0] >= 0
    return Fact(
        fact=fact.name,
        kind=fact.kind,
        about=fact.name.rsplit(".", 1)[0],
        account=params.accounts[fact.account],
        value=value,
        label=_label(fact.kind, value),
        names=[params.people[row] for row in heard_rows(params, fact.row, value)] if fact.kind == "listens" else None,
        was=float(before.knowledge.value[place, 0]) if known else None,
        was_at=int(before.knowledge.seen_at[place, 0]) if known else None,
    )


def _label(kind: str, value: float) -> str | None:
    """The word for a fact's value, where its kind has words."""
    if kind == "interest" and value < 0:
        return "none"
    words = {
        "state": STATES, "measure": MEASURES, "acts": ACTS, "interest": TRADES, "stage": STAGES_OF_PURCHASE,
        "twist": TWISTS_OF_PURCHASE,
    }.get(kind)  # fmt: skip
    return None if words is None else words[int(value)]


def of_move(
    params: Params, before: World, after: World, *, kind: str, args: dict[str, Any], outcome: Outcome
) -> tuple[Event, ...]:
    """The events of one move that was made: ``moved``, and ``warned`` where it told of an attack not known before."""
    learned = [
        fact_learned(params, place, before, after)
        for place, heard in zip(outcome.facts, outcome.learned[:, 0], strict=True)
        if heard
    ]
    result = Result(int(outcome.result[0])).name.lower()
    moved = MoveMade(
        move=kind,
        args=args,
        result=result,
        hours=float(outcome.hours[0]),
        learned=learned,
        team=team.found(params, after, kind, args.get("colleague")),
    )
    return (moved, *warnings(params, before, after))


def routine(params: Params, before: World, after: World) -> list[Fact]:
    """What standing contact brought."""
    known = after.knowledge
    brought = (known.seen_at[:, 0] == after.quarter) & (known.source[:, 0] == knowledge.ROUTINE)
    places = [int(place) for place in np.flatnonzero(brought) if params.facts[place].kind not in knowledge.PLAN]
    return [fact_learned(params, place, before, after) for place in places]


def warnings(params: Params, before: World, after: World) -> tuple[Event, ...]:
    """Attacks that the player knows of now and did not know of before."""
    old, new = before.knowledge, after.knowledge
    events = []
    for account, place in enumerate(params.fact_blocks["attack"]):
        quarter = float(new.value[place, 0])
        if new.seen_at[place, 0] != after.quarter or quarter < after.quarter:
            continue
        if old.seen_at[place, 0] >= 0 and old.value[place, 0] == quarter:
            continue
        who, kind, idea = (int(new.value[params.fact_blocks[detail][account], 0]) for detail in knowledge.PLAN)
        habit, about = plan_words(params, kind, idea)
        rival = params.rivals[who]
        events.append(
            AttackForetold(account=params.accounts[account], rival=rival, quarter=int(quarter), habit=habit, idea=about)
        )
    return tuple(events)


def plan_words(params: Params, kind: int, idea: int) -> tuple[str, str]:
    """With what a rival comes, and for which initiative, '' for none."""
    return HABITS[kind], params.initiatives[idea - 1] if idea > 0 else ""
