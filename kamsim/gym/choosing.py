"""Which drill comes next: what is due comes back, in another coat; a set that is fixed follows from its seed alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kamsim.gym.kinds import KINDS, LEVELS, pick, seed_of, shuffled
from kamsim.gym.progress import Progress
from kamsim.gym.staging import can_stage
from kamsim.scenario.models import Scenario

if TYPE_CHECKING:
    from kamsim.gym.training import Training


@dataclass(frozen=True)
class Asked:
    """A drill to be staged."""

    scenario: Scenario
    kind: str
    seed: int
    level: int
    skill: str


def chosen(training: Training, known: Progress | None) -> Asked:
    """The drill that comes next. ``known``: the player's progress, which it follows; None for a set that is fixed."""
    number = training.number
    seed = seed_of("drill", training.seed, number)
    turn = _in_turn(training)
    kind = training.kind or turn
    skill = pick(training.seed, KINDS[kind].skills, "skill", number)
    level = LEVELS[min(2, (number - 1) * 3 // training.count)]
    if known is not None:
        level = LEVELS[0]
        following = known.next_in(training.kind, [name for name in KINDS if _holds(training, name)])
        if following is not None:
            kind, skill, level = following.kind, following.skill, following.level
    fit = [one for one in training.scenarios if can_stage(one, kind)]
    scenario = fit[(number + pick(training.seed, range(len(fit)), "scenario")) % len(fit)]
    return Asked(scenario, kind, seed, training.level or level, skill)


def _holds(training: Training, kind: str) -> bool:
    return any(can_stage(one, kind) for one in training.scenarios)


def _in_turn(training: Training) -> str:
    """The kinds in turn, each round in another order."""
    kinds = [name for name in KINDS if _holds(training, name)]
    turn, place = divmod(training.number - 1, len(kinds))
    return shuffled(training.seed, kinds, "round", turn)[place]
