"""What moves profit: every lever on and off, in all combinations, on the same luck; an analysis of variance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.lab.agility import Factored
from kamsim.players.outcomes import CHUNK, played
from kamsim.players.simulate import study_of
from kamsim.players.workers import Workers
from kamsim.scenario.models import Scenario

LEVERS: Final = Factored.levers
PRICES: Final = LEVERS.index("prices")
TOGETHER: Final = CHUNK // 2 ** len(LEVERS)
"""Seeds that are played together: all arms of each lie in one chunk of lanes."""
SKILLS: Final = tuple(LEVERS.index(name) for name in ("initiatives", "cases", "knowledge"))


@dataclass(frozen=True)
class Effect:
    """Of one lever, or of several together: their part of the variance of profit, and by how much pulling them moves
    it, as a share of mean profit."""

    levers: tuple[str, ...]
    variance: float
    change: float


@dataclass(frozen=True)
class Factorial:
    """What came of it. ``luck``: what differs by seed within an arm, as a part of the variance of profit."""

    scenario: str
    quarters: int
    seeds: int
    effects: tuple[Effect, ...]
    luck: float

    @property
    def price(self) -> float:
        """Part of the variance of profit that the price cut alone explains."""
        return next(effect.variance for effect in self.effects if effect.levers == ("prices",))

    @property
    def skills(self) -> float:
        """Part that cases, work on initiatives and knowledge explain, alone and together."""
        names = {LEVERS[place] for place in SKILLS}
        return sum(effect.variance for effect in self.effects if names.issuperset(effect.levers))


@dataclass(frozen=True)
class Combined:
    """All arms on some seeds, side by side in one run. ``signs`` (arms, levers): 1 where an arm pulls it, else -1."""

    scenario: Scenario | str
    seeds: tuple[int, ...]
    quarters: int

    def profit(self) -> Lanes:
        """Banked profit in cents (arms, seeds)."""
        arms = signs()
        pulled = {name: np.repeat(arms[:, row] > 0, len(self.seeds)) for row, name in enumerate(LEVERS)}
        study = study_of(self.scenario, Factored(pulled), self.seeds * len(arms), self.quarters)
        return played(study).purses.banked.reshape(len(arms), len(self.seeds))


def signs() -> Lanes:
    """Which arm pulls which lever (arms, levers): 1, or -1 where it does not."""
    return np.array(list(product((-1.0, 1.0), repeat=len(LEVERS))))


def factorial(
    scenario: Scenario | str,
    seeds: tuple[int, ...],
    quarters: int,
    workers: Workers | None = None,
    done: Callable[[int, int], None] | None = None,
) -> Factorial:
    """Play all 32 arms on ``seeds`` and take their profit apart. ``done`` hears how many seeds are played, of how many.

    Raises KamsimError for a scenario or a length that cannot be.
    """
    crew = workers or Workers()
    size = min(TOGETHER, -(-len(seeds) // crew.count))
    parts = [Combined(scenario, seeds[start : start + size], quarters) for start in range(0, len(seeds), size)]
    profits, ready = [], 0
    for part, profit in zip(parts, crew.each(Combined.profit, iter(parts)), strict=True):
        profits.append(profit)
        ready += len(part.seeds)
        if done is not None:
            done(ready, len(seeds))
    named = scenario if isinstance(scenario, str) else scenario.id
    return apart(named, quarters, np.concatenate(profits, axis=1), signs())


def apart(scenario: str, quarters: int, profits: Lanes, signs: Lanes) -> Factorial:
    """The variance of profits (arms, seeds) by lever. ``signs`` (arms, levers): 1 where an arm pulls it, else -1."""
    everything, mean, by_arm = profits.var(), profits.mean(), profits.mean(axis=1)
    effects = []
    for chosen in _sets():
        half = float((np.prod(signs[:, chosen], axis=1) * by_arm).mean())
        effects.append(Effect(tuple(LEVERS[place] for place in chosen), half**2 / everything, 2.0 * half / mean))
    luck = float((profits - by_arm[:, None]).var() / everything)
    return Factorial(scenario, quarters, profits.shape[1], tuple(effects), luck)


def _sets() -> Iterator[list[int]]:
    for size in range(1, len(LEVERS) + 1):
        yield from (list(chosen) for chosen in combinations(range(len(LEVERS)), size))


def render(made: Factorial) -> str:
    """The table: levers alone, those together that matter, luck."""
    lines = [f"What moves profit: {made.scenario}, {made.quarters} quarters, 32 arms on {made.seeds} seeds", ""]
    lines.append(f"{'':<34}{'effect':>9}  {'of variance':>11}")
    for effect in made.effects:
        if len(effect.levers) == 1 or effect.variance >= LEAST_TOLD:
            lines.append(f"{' x '.join(effect.levers):<34}{effect.change:>+9.1%}  {effect.variance:>11.1%}")
    lines += [f"{'luck':<34}{'':>9}  {made.luck:>11.1%}", ""]
    lines.append(f"Prices {made.price:.1%}; initiatives, cases, knowledge and together {made.skills:.1%}.")
    return "\n".join(lines)


LEAST_TOLD: Final = 0.004
"""Part of the variance from which an interaction is told."""


def to_dict(made: Factorial) -> dict[str, Any]:
    """As plain data."""
    effects = [
        {"levers": list(effect.levers), "variance": effect.variance, "change": effect.change} for effect in made.effects
    ]
    told = {"scenario": made.scenario, "quarters": made.quarters, "seeds": made.seeds}
    return {**told, "effects": effects, "luck": made.luck, "price": made.price, "skills": made.skills}
