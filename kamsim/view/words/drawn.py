"""A scenario as one session tells it: of everything that the author put in several ways, the way that is drawn.

What comes when, and which need lies behind a request, the engine drew by the same addresses; how it is put moves no
result. So the same seed always reads the same, on every page and in every debrief.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from kamsim.engine import drawing
from kamsim.engine.luck import Luck
from kamsim.scenario.basics import Model
from kamsim.scenario.casework import Moment
from kamsim.scenario.customer import Account, Initiative, Request
from kamsim.scenario.models import Scenario
from kamsim.scenario.talks import Talk

M = TypeVar("M", bound=Model)


def told_on(scenario: Scenario, seed: int | None) -> Scenario:
    """The scenario in the words of one seed; as it was written first without one."""
    return scenario if seed is None else _Draw(Luck([seed])).scenario(scenario)


class _Draw:
    """What one luck draws."""

    def __init__(self, luck: Luck) -> None:
        self.luck = luck

    def scenario(self, scenario: Scenario) -> Scenario:
        """The whole scenario."""
        unlocks = [
            item.model_copy(update={"reason": self.text(f"unlock {item.move}", item.reason, item.ways)})
            for item in scenario.unlocks
        ]
        return scenario.model_copy(
            update={
                "unlocks": tuple(unlocks),
                "news": tuple(self.way(item.id, item) for item in scenario.news),
                "accounts": tuple(self.account(item) for item in scenario.accounts),
            }
        )

    def account(self, account: Account) -> Account:
        """A customer."""
        attacks = (self.way(f"attack {account.id} {item.quarter}", item) for item in account.attacks)
        update = {
            "initiatives": tuple(self.initiative(item) for item in account.initiatives),
            "requests": tuple(self.when(self.request(item)) for item in account.requests),
            "incidents": tuple(self.when(self.way(item.id, item)) for item in account.incidents),
            "tenders": tuple(self.way(item.id, item) for item in account.tenders),
            "moments": tuple(self.when(self.moment(item)) for item in account.moments),
            "talks": tuple(self.when(self.talk(item)) for item in account.talks),
            "attacks": tuple(attacks),
        }
        return account.model_copy(update=update)

    def initiative(self, initiative: Initiative) -> Initiative:
        """A programme: its news, and what it brings to be bought."""
        turns = tuple(
            turn.model_copy(update={"text": self.text(f"turn {initiative.id} {place}", turn.text, turn.ways)})
            for place, turn in enumerate(initiative.turns)
        )
        bought = initiative.opportunities
        if bought is not None:
            bought = tuple(self.way(item.id, item) for item in bought)
        return initiative.model_copy(update={"turns": turns, "opportunities": bought})

    def request(self, request: Request) -> Request:
        """A request: the need that lies behind it, and how it is put."""
        need = drawing.chosen(self.luck, "calendar", drawing.NEED, request.id, 1 + len(request.needs))[0]
        if need:
            other = request.needs[need - 1]
            request = request.model_copy(update={name: getattr(other, name) for name in type(other).model_fields})
        way = self.given(f"{drawing.NEED} {need} {request.id}", request.ways)
        return request.model_copy(update={**_own(request, way), "replies": _also(request.replies, way)})

    def moment(self, moment: Moment) -> Moment:
        """A conversation on the spot: what changes in its middle, and how it is put."""
        twist = drawing.chosen(self.luck, "calendar", drawing.TWIST, moment.id, 1 + len(moment.twists))[0]
        moment = self.way(moment.id, moment)
        return moment.model_copy(update=_given(moment.twists[twist - 1])) if twist else moment

    def talk(self, talk: Talk) -> Talk:
        """A negotiation."""
        way = self.given(talk.id, talk.ways)
        return talk.model_copy(update={**_own(talk, way), "replies": _also(talk.replies, way)})

    def when(self, item: M) -> M:
        """Anything that has a ``spread``, in the quarter in which it comes."""
        found = item.__dict__
        by = int(drawing.moved(self.luck, found["id"], found["quarter"], found["spread"])[0])
        return item.model_copy(update={name: found[name] + by for name in ("quarter", "due") if name in found})

    def way(self, name: str, item: M) -> M:
        """Anything that has ``ways``."""
        return item.model_copy(update=_given(self.given(name, item.ways)))  # type: ignore[attr-defined]  # M has ways

    def given(self, name: str, ways: Sequence[M]) -> M | None:
        """One of the ways; None for the first, that of the item itself."""
        place = int(drawing.chosen(self.luck, "wording", drawing.WAY, name, 1 + len(ways))[0])
        return ways[place - 1] if place else None

    def text(self, name: str, text: str, ways: Sequence[str]) -> str:
        """One of a text and its other ways."""
        return (text, *ways)[int(drawing.chosen(self.luck, "wording", drawing.WAY, name, 1 + len(ways))[0])]


def _given(way: Model | None) -> dict[str, Any]:
    """What a way says, by field."""
    if way is None:
        return {}
    found = {name: getattr(way, name) for name in type(way).model_fields}
    return {name: value for name, value in found.items() if value is not None}


def _own(item: Model, way: Model | None) -> dict[str, Any]:
    """Of what a way says the fields of the item itself."""
    return {name: value for name, value in _given(way).items() if name in type(item).model_fields}


def _also(replies: M, way: Model | None) -> M:
    """Replies, with what a way says of them."""
    return replies.model_copy(update=_own(replies, way))
