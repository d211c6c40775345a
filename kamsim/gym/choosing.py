"""Which drill comes next: what is due comes back, in another coat; a set that is fixed follows from its seed alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kamsim.gym.kinds import CALIBRATES, KINDS, LEVELS, SKILLS, pick, seed_of, shuffled
from kamsim.gym.progress import Done, recall
from kamsim.gym.staging import can_stage
from kamsim.scenario.models import Scenario

if TYPE_CHECKING:
    from kamsim.gym.training import Training

GOOD, POOR = 0.8, 0.5
"""How well a skill was met lately above which its drills get harder, and below which they get easier."""
LATELY: Final = 2
"""Times that a skill was shown by which its level is set."""


@dataclass(frozen=True)
class Asked:
    """A drill to be staged."""

    scenario: Scenario
    kind: str
    seed: int
    level: int
    skill: str


def chosen(training: Training, drills: Sequence[Done]) -> Asked:
    """The drill that comes next. ``drills``: what the player has done so far, the oldest first; empty for a set."""
    number = training.number
    seed = seed_of("drill", training.seed, number)
    kind = training.kind or _kind(training, seed)
    skill = _of_the_set(training.seed, number, kind) if training.fixed else due(drills, kind, seed)
    if not training.fixed and training.kind is None:
        skill = due(drills, None, seed)
        kinds = [name for name, item in KINDS.items() if skill in item.skills and _holds(training, name)]
        last = drills[-1].kind if drills else ""
        fresh = [name for name in kinds if name != last] or kinds
        kind = pick(seed, fresh, "kind") if fresh else kind
    fit = [one for one in training.scenarios if can_stage(one, kind)]
    scenario = fit[(number + pick(training.seed, range(len(fit)), "scenario")) % len(fit)]
    usual = LEVELS[min(2, (number - 1) * 3 // training.count)] if training.fixed else level_of(drills, skill)
    return Asked(scenario, kind, seed, training.level or usual, skill)


def _holds(training: Training, kind: str) -> bool:
    return any(can_stage(one, kind) for one in training.scenarios)


def _kind(training: Training, seed: int) -> str:
    """The kinds in turn, each round in another order."""
    kinds = [name for name in KINDS if _holds(training, name)]
    turn, place = divmod(training.number - 1, len(kinds))
    del seed
    return shuffled(training.seed, kinds, "round", turn)[place]


def _of_the_set(seed: int, number: int, kind: str) -> str:
    """The skills that a kind shows, in turn."""
    return pick(seed, KINDS[kind].skills, "skill", number)


def due(drills: Sequence[Done], kind: str | None, seed: int) -> str:
    """The skill that a drill should show next: the one least likely to be recalled now; before that, what was never
    shown."""
    skills = [name for name in (KINDS[kind].skills if kind else SKILLS) if name != CALIBRATES]
    now = recall(drills)
    order = shuffled(seed, skills, "due")
    return min(order, key=lambda name: now.get(name, -1.0) if name in now else 0.0)


def level_of(drills: Sequence[Done], skill: str) -> int:
    """How hard a skill's next drill is: one harder after it was met well, one easier after it was not."""
    level = LEVELS[0]
    shown = [done for done in drills if skill in done.met]
    for place, done in enumerate(shown):
        lately = [one.met[skill] for one in shown[max(0, place + 1 - LATELY) : place + 1]]
        if len(lately) == LATELY and min(lately) >= GOOD:
            level = min(LEVELS[-1], max(level, done.level) + 1)
        elif done.met[skill] < POOR:
            level = max(LEVELS[0], min(level, done.level) - 1)
    return level
