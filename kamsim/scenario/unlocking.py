"""What opens over the years, as the few things that a player meets: kinds of move that belong together are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.scenario.organisation import MOVES, parts
from kamsim.scenario.vocabulary import WORK

if TYPE_CHECKING:
    from kamsim.scenario.models import Scenario, Unlock

NEW_A_YEAR: Final = 2
"""New things of our own side that somebody can learn in a year, and as many of the work with customers."""
QUARTERS: Final = 4
THING_OF: Final = {
    move: name for things in (WORK, MOVES) for name, moves in things.items() for move in moves
} | dict.fromkeys(MOVES["pool"], "team")
"""By kind of move: the thing that it belongs to; what is no part of one is a thing of its own."""


def opened(scenario: Scenario, quarter: int) -> dict[str, list[Unlock]]:
    """What opens in a quarter: by thing, in the author's order. Account plans are one thing with what is built together
    where both open at once."""
    unlocks = [item for item in scenario.unlocks if item.quarter == quarter]
    together = any(THING_OF.get(item.move) == "joint" for item in unlocks)
    made: dict[str, list[Unlock]] = {}
    for item in unlocks:
        name = THING_OF.get(item.move, str(item.move))
        made.setdefault("joint" if name == "plans" and together else name, []).append(item)
    return made


def arrivals(scenario: Scenario) -> list[tuple[int, str]]:
    """In which quarter each thing of our own side is met first; what is not unlocked is there from quarter 1."""
    there = parts(scenario.organisation, any(account.joint for account in scenario.accounts))
    later = {str(item.move): item.quarter for item in scenario.unlocks}
    first = {part: min(later.get(move, 1) for move in MOVES[part]) for part in there}
    if first.get("plans") == first.get("joint"):
        first.pop("plans", None)
    if first.get("pool") == first.get("team"):
        first.pop("pool", None)
    return sorted((quarter, part) for part, quarter in first.items())
