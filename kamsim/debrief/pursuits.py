"""Opportunities as a session went: each from the need to what became of it; what the player saw, bid and forecast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kamsim.debrief.reading import Happening
from kamsim.game.events.contact import MoveMade, learned_with
from kamsim.game.events.declared import Event
from kamsim.game.events.opportunities import OpportunityAwarded, OpportunityMoved
from kamsim.view.words.opportunities import foresaw

OPEN: Final = ("need", "requirements", "comparison", "decision")
"""Stages before it is decided."""
Forecast = tuple[int, Mapping[str, Any]]
"""The quarter in which the player said what becomes of one, and what was said (`commands.plain_guess`)."""


@dataclass
class Pursuit:
    """One opportunity from the need on. ``number``: which one of its slot, from 1; ``stages``: how it moved, by
    quarter; ``seen``: how it stood as the player heard, by quarter; ``bids``: by quarter, the points off that they
    gave."""

    opportunity: str
    number: int
    arose: int
    stages: list[tuple[int, OpportunityMoved]]
    seen: dict[int, str] = field(default_factory=dict)
    bids: list[tuple[int, float]] = field(default_factory=list)
    forecast: Forecast | None = None
    decided: int | None = None
    """The quarter at whose close it was decided; None while it is open."""
    award: OpportunityAwarded | None = None

    @property
    def outcome(self) -> str:
        """Won, lost or undecided; open while it is not decided."""
        return self.award.outcome if self.award else "open"

    @property
    def worth(self) -> int | None:
        """Cents a quarter at our price; None while it is open."""
        return self.award.worth if self.award else None

    @property
    def foreseen(self) -> bool | None:
        """Whether the player's own forecast named what came; None without either."""
        if self.forecast is None or self.award is None:
            return None
        return foresaw(str(self.forecast[1]["outcome"]), self.award.outcome)

    @property
    def gap(self) -> int | None:
        """The amount that was forecast less what it came to, cents a quarter; None where either saw no amount."""
        if self.forecast is None or self.award is None:
            return None
        if self.forecast[1]["outcome"] == "none" or self.award.outcome == "undecided":
            return None
        return int(self.forecast[1]["amount"]) - self.award.worth

    def holds(self, quarter: int) -> bool:
        """Whether it was open in a quarter."""
        return self.arose <= quarter and (self.decided is None or quarter <= self.decided)


def pursuits(happenings: Iterable[Happening[Event]], forecasts: Iterable[Forecast]) -> list[Pursuit]:
    """Every opportunity that a session's customers had, in the order in which they arose."""
    told = list(happenings)
    made: list[Pursuit] = []
    latest: dict[str, Pursuit] = {}
    for item in told:
        if isinstance(item.event, OpportunityMoved) and item.event.stage in OPEN:
            _moved(made, latest, item.quarter, item.event)
        elif isinstance(item.event, OpportunityAwarded) and item.event.opportunity in latest:
            at = latest[item.event.opportunity]
            at.decided, at.award = item.quarter, item.event
    by_name: dict[str, list[Pursuit]] = {}
    for pursuit in made:
        by_name.setdefault(pursuit.opportunity, []).append(pursuit)
    for item in told:
        _followed(by_name, item)
    for quarter, value in forecasts:
        for pursuit in _open_then(by_name, str(value["opportunity"]), quarter):
            pursuit.forecast = quarter, value
    return made


def _moved(made: list[Pursuit], latest: dict[str, Pursuit], quarter: int, event: OpportunityMoved) -> None:
    at = latest.get(event.opportunity)
    if at is None or at.award is not None:
        at = Pursuit(event.opportunity, at.number + 1 if at else 1, quarter, [])
        latest[event.opportunity] = at
        made.append(at)
    at.stages.append((quarter, event))


def _followed(by_name: Mapping[str, list[Pursuit]], item: Happening[Event]) -> None:
    """What the player heard of opportunities with something that happened, and a bid."""
    for fact in learned_with(item.event):
        if fact.kind == "stage" and fact.label in OPEN:
            for pursuit in _open_then(by_name, fact.about, item.quarter):
                pursuit.seen[item.quarter] = fact.label
    if isinstance(item.event, MoveMade) and item.event.move == "bid" and item.event.result == "done":
        for pursuit in _open_then(by_name, str(item.event.args["opportunity"]), item.quarter):
            pursuit.bids.append((item.quarter, float(item.event.args["discount"])))


def _open_then(by_name: Mapping[str, list[Pursuit]], name: str, quarter: int) -> list[Pursuit]:
    return [pursuit for pursuit in by_name.get(name, ()) if pursuit.holds(quarter)][-1:]
