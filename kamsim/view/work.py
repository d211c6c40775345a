"""Our work on an initiative as far as we can reckon it: what we did, and how far that still counts where something is
awarded. From what was done and told, by the rules' own gains; that a picture was out of date, we may not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.effects import SIGNED_GAIN
from kamsim.engine.initiatives import ENGAGEMENT_KEPT
from kamsim.engine.knowledge import FRESH
from kamsim.engine.levers import KEPT, engagement_gain
from kamsim.engine.moments import WON_GAIN
from kamsim.engine.moves.contact import OTHERS_GAIN, OWNER_GAIN
from kamsim.engine.moves.insights import BACKED_GAIN
from kamsim.game.events.cases import CaseAnswered
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.moments import MomentEnded
from kamsim.view import open_cases, timeline

if TYPE_CHECKING:
    from kamsim.game.events.declared import Event
    from kamsim.view.table import Table

NOTICED: Final = 0.02
"""Engagement from which a customer would name our work at all."""


@dataclass(frozen=True)
class Work:
    """``engaged``: engagement with an initiative, 0..1, as `engine.awards` weighs it; the ``last`` thing that we did
    for it and ``when``, '' and 0 for nothing."""

    engaged: float = 0.0
    last: str = ""
    when: int = 0


def work_on(table: Table, initiative: str) -> Work:
    """What we did for an initiative, and how far it still counts this quarter."""
    found: dict[str, Work] = table.kept("work", lambda: _all(table))
    return found.get(initiative, Work())


def _all(table: Table) -> dict[str, Work]:
    """The work on every initiative, quarter by quarter, as the rules add and wear it."""
    made: dict[str, Work] = {}
    fresh: dict[str, int] = {item.about: 1 for item in timeline.noted(table.cast)}
    served: dict[str, tuple[str, float]] = {}
    last = 1
    for quarter, event in timeline.quarters(table.session.events):
        if quarter > last:
            made = _opened(made, served, quarter)
            last = quarter
        for name, gain, what in _gains(table, event, quarter, fresh):
            was = made.get(name, Work()).engaged
            made[name] = Work(was + gain * (1.0 - was), what, quarter)
        fresh |= {item.about: quarter for item in timeline.learned(table.cast, quarter, event) if item.kind == "state"}
        page = _signed(table, event)
        if page.get("initiative"):
            served[table.cast.home[page["initiative"]]] = str(page["initiative"]), _programme(page)
    return made if last == table.quarter else _opened(made, served, table.quarter)


def _opened(made: dict[str, Work], served: dict[str, tuple[str, float]], quarter: int) -> dict[str, Work]:
    """A quarter later: what was done wears off, and programmes that were signed for an initiative work for it."""
    worn = {name: Work(work.engaged * ENGAGEMENT_KEPT, work.last, work.when) for name, work in made.items()}
    for name, gain in served.values():
        if gain:
            was = worn.get(name, Work()).engaged
            worn[name] = Work(was + gain * (1.0 - was), "your people's hours there", quarter)
    return worn


def _signed(table: Table, event: Event) -> Mapping[str, Any]:
    """The page that an event signed with a customer; empty where it signed none."""
    match event:
        case CaseAnswered(outcome="approved", audience="customer", page=page):
            return page
        case MoveMade(move="accept_condition", args=args) if args.get("audience") == "customer":
            return open_cases.page(table.seen, str(args["account"]), "customer")
    return {}


def _programme(page: Mapping[str, Any]) -> float:
    """What the levers of a signed page add in a quarter."""
    levels = {lever.name: np.array([float(page.get(lever.name) or 0.0)]) for lever in KEPT if lever.gain}
    return float(engagement_gain(levels)[0])


def _gains(table: Table, event: Event, quarter: int, fresh: dict[str, int]) -> Iterator[tuple[str, float, str]]:
    """By initiative: what an event added to our engagement, and what it was."""
    cast, page = table.cast, _signed(table, event)
    if page.get("initiative"):
        yield str(page["initiative"]), SIGNED_GAIN, "the case that they signed"
    match event:
        case MoveMade(move="bring_insight", result="landed", args=args):
            owner = cast.initiatives[args["initiative"]].owner == args["person"]
            yield str(args["initiative"]), OWNER_GAIN if owner else 2.0 * OTHERS_GAIN, "an insight that was of use"
        case MoveMade(move="back_initiative", result="backed", args=args):
            yield str(args["initiative"]), BACKED_GAIN, "our people on it"
        case MoveMade(move="meet", args=args) if args["agenda"] != "buying":
            person = str(args["person"])
            for item in cast.accounts[cast.home[person]].initiatives:
                owner = item.owner == person
                if quarter - fresh.get(item.id, -99) <= FRESH:
                    what = f"a talk with {cast.person(person)}{', who runs it' if owner else ''}"
                    yield item.id, OWNER_GAIN if owner else OTHERS_GAIN, what
        case MomentEnded(phase="won", moment=name) if cast.moments[name].initiative:
            yield str(cast.moments[name].initiative), WON_GAIN, "an answer on the spot"
