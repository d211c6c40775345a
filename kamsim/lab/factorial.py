"""What moves profit: every lever on and off, in all combinations, on the same luck; an analysis of variance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.lab.agility import Factored
from kamsim.players.outcomes import played
from kamsim.players.simulate import study_of
from kamsim.players.workers import Workers

LEVERS: Final = Factored.levers
PRICES: Final = LEVERS.index("prices")
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
class _Arm:
    scenario: str
    pulled: frozenset[str]
    seeds: tuple[int, ...]
    quarters: int

    def profit(self) -> Lanes:
        """Banked profit by seed, cents."""
        return played(study_of(self.scenario, Factored(self.pulled), self.seeds, self.quarters)).purses.banked


def factorial(
    scenario: str,
    seeds: tuple[int, ...],
    quarters: int,
    workers: Workers | None = None,
    done: Callable[[int, int], None] | None = None,
) -> Factorial:
    """Play all 32 arms on ``seeds`` and take their profit apart. ``done`` hears how many arms are played, of how many.

    Raises KamsimError for a scenario or a length that cannot be.
    """
    signs = np.array(list(product((-1.0, 1.0), repeat=len(LEVERS))))
    arms = [
        _Arm(scenario, frozenset(name for name, sign in zip(LEVERS, row, strict=True) if sign > 0), seeds, quarters)
        for row in signs
    ]
    profits = []
    for profit in (workers or Workers()).each(_Arm.profit, iter(arms)):
        profits.append(profit)
        if done is not None:
            done(len(profits), len(arms))
    return apart(scenario, quarters, np.array(profits), signs)


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
