"""Which drill comes next: what is due comes back, in another coat; a set that is fixed follows from its seed alone."""

from __future__ import annotations

from dataclasses import dataclass

from kamsim.gym.kinds import KINDS, LEVELS, pick, seed_of, shuffled
from kamsim.gym.progress import Progress
from kamsim.gym.staging import can_stage
from kamsim.scenario.models import Scenario


@dataclass(frozen=True)
class Asked:
    """A drill to be staged."""

    scenario: Scenario
    kind: str
    seed: int
    level: int
    skill: str


@dataclass(frozen=True)
class Wanted:
    """What a training asked for: the scenarios, the seed and how many; a kind and a level, None for any."""

    scenarios: tuple[Scenario, ...]
    seed: int
    count: int
    kind: str | None
    level: int | None


def chosen(wanted: Wanted, number: int, known: Progress | None) -> Asked:
    """The drill of a number, from 1. ``known``: the progress that it follows; None for a set that is fixed."""
    seed = seed_of("drill", wanted.seed, number)
    there = [name for name in KINDS if any(can_stage(one, name) for one in wanted.scenarios)]
    kind = wanted.kind or _in_turn(wanted.seed, there, number)
    skill = pick(wanted.seed, KINDS[kind].skills, "skill", number)
    level = LEVELS[min(2, (number - 1) * 3 // wanted.count)]
    if known is not None:
        level = LEVELS[0]
        following = known.next_in(wanted.kind, there)
        if following is not None:
            kind, skill, level = following.kind, following.skill, following.level
    fit = [one for one in wanted.scenarios if can_stage(one, kind)]
    scenario = pick(seed, fit, "scenario")
    return Asked(scenario, kind, seed, wanted.level or level, skill)


def _in_turn(seed: int, kinds: list[str], number: int) -> str:
    """The kinds in turn, each round in another order."""
    turn, place = divmod(number - 1, len(kinds))
    return shuffled(seed, kinds, "round", turn)[place]
