"""All figures of a scenario together, as findings, text and page read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.engine.params import Params
from kamsim.errors import KamsimError
from kamsim.lab.factorial import Factorial, factorial
from kamsim.lab.progress import Progress
from kamsim.lab.teaching import measures
from kamsim.lab.teaching.arms import BEST, GOOD, ROUTINE, Lever
from kamsim.lab.teaching.measures import Crossing, Luck, Reward, Seed
from kamsim.lab.teaching.playing import LEAST, Played, fewer, play_all
from kamsim.lab.teaching.targets import Confirmed, Target, confirmed, targets
from kamsim.players.outcomes import compiled
from kamsim.players.policies import POLICIES
from kamsim.players.workers import Workers, workers_for
from kamsim.scenario.models import Scenario
from kamsim.scenario.opportunities import opportunities
from kamsim.view.words.names import Cast, percent

SHARED: Final = 16
"""Of so many seeds one goes into the analysis of variance, which plays each 32 times."""
MOST_FACTORED: Final = 64
NO_LEAST: Final = -1e8
"""Below this a target has no lower end."""
NOTICED: Final = 0.001
"""Part of a game's worth from which a difference is one."""
RANDOM: Final = "random_legal"


@dataclass(frozen=True, eq=False)
class Figures:
    """What was played, and what is read from it."""

    scenario: Scenario
    params: Params
    seeds: range
    quarters: int
    played: Played
    factorial: Factorial
    confirmed: list[Confirmed]

    @cached_property
    def cast(self) -> Cast:
        """Names and money."""
        return Cast(self.scenario)

    @cached_property
    def values(self) -> dict[str, Lanes]:
        """Both purses of every bot by seed, cents."""
        return {name: arm.value for name, arm in self.played.arms.items() if name in POLICIES}

    @cached_property
    def best(self) -> str:
        """The bot that is worth most."""
        return measures.best_of(self.played)

    @property
    def worth(self) -> float:
        """What good play is worth, cents."""
        return measures.worth(self.played)

    @cached_property
    def rewards(self) -> list[Reward]:
        """What behaviours bring."""
        return measures.rewards(self.played)

    @cached_property
    def habits(self) -> dict[str, float]:
        """What doing the same every quarter is worth, as parts of the best."""
        return measures.habits(self.played)

    @cached_property
    def luck(self) -> Luck:
        """Luck against skill."""
        return measures.luck(self.played)

    @cached_property
    def crossing(self) -> Crossing:
        """When good play passes the discounter."""
        return measures.crossing(self.played)

    @cached_property
    def targets(self) -> list[Target]:
        """AUTHORING's figures."""
        return targets(self.scenario, self.params, self.played)

    @cached_property
    def chosen(self) -> list[Seed]:
        """Seeds worth playing."""
        return measures.seeds_worth(self.played)

    @property
    def sessions_by(self) -> list[str]:
        """Who played the sessions in which events and purchases were counted."""
        return list(self.played.arms)

    @cached_property
    def sessions(self) -> int:
        """How many these were."""
        return sum(arm.seen.lanes for arm in self.played.arms.values())

    @cached_property
    def fired(self) -> Counter[str]:
        """In how many of them each thing that was written came to pass, by address."""
        return sum((arm.seen.fired for arm in self.played.arms.values()), Counter())

    @cached_property
    def purchases(self) -> dict[str, tuple[int, int, int, int]]:
        """How often each purchase arose, was won, lost, and not decided."""
        found = sum(np.asarray(arm.seen.purchases) for arm in self.played.arms.values())
        names = [f"{item.title} ({account.name})" for _, account, _, item in opportunities(self.scenario)]
        return {
            name: (int(row[0]), int(row[1]), int(row[2]), int(row[3]))
            for name, row in zip(names, np.reshape(found, (len(names), 4)), strict=True)
        }

    @cached_property
    def load(self) -> Lanes:
        """Use of the plant by quarter and line under the best play."""
        return measures.loads(self.played, BEST)

    @cached_property
    def idle(self) -> float:
        """Part of the team's hours that good play leaves."""
        return measures.idle(self.played, self.params, GOOD)

    def used(self, lever: Lever) -> bool:
        """Whether any bot that plays on purpose ever did what a lever stands for."""
        return any(arm.made[kind] for name, arm in self.played.arms.items() if name != RANDOM for kind in lever.kinds)

    def lost(self, lever: Lever) -> float:
        """What its host misses without a lever, the median as a share of what good play is worth; 0 where it does not
        use it."""
        if lever.name not in self.played.without:
            return 0.0
        gap = self.played.hosts[lever.host] - self.played.without[lever.name]
        return float(np.median(gap)) / abs(self.worth)

    def moves(self, lever: Lever) -> bool:
        """Whether leaving a lever out, or making a habit of it, changes anything that one would notice in any seed; a
        lever that others use than its host was not tried, and is not accused."""
        if lever.name not in self.played.without:
            return True
        pairs = [(self.played.hosts[lever.host], self.played.without[lever.name])]
        pairs += [(self.played.hosts[ROUTINE], self.played.habits[lever.habit])] if lever.habit else []
        return any(bool((np.abs(one - other) > NOTICED * np.abs(one)).any()) for one, other in pairs)

    def gained(self, habit: str) -> float:
        """What a habit adds to a plain routine, the median as a share of what good play is worth."""
        return float(np.median(self.played.habits[habit] - self.played.hosts[ROUTINE])) / abs(self.worth)

    def differs(self, habit: str) -> bool:
        """Whether a habit changes anything in any seed."""
        return bool((self.played.habits[habit] != self.played.hosts[ROUTINE]).any())

    def told(self, target: Target) -> str:
        """A target's figure beside its range."""
        value, low, high = (
            percent(figure, 1) if target.per_cent else f"{figure:.1f}"
            for figure in (target.value, target.low, target.high)
        )
        return f"{value}, {f'at most {high}' if target.low < NO_LEAST else f'{low} to {high}'} behaves"


def study(
    scenario: Scenario, seeds: range, quarters: int, workers: Workers, done: Callable[[int, int], None]
) -> Figures:
    """Play all that there is to play, on ``seeds``; the author's expectations on those that follow. ``done`` hears how
    much is done, of how much. Raises KamsimError for fewer seeds than say anything."""
    if len(seeds) < LEAST:
        raise KamsimError(f"a scenario is tried on {LEAST} seeds at least, not {len(seeds)}")
    params = compiled(scenario)
    played = play_all(scenario, seeds, quarters, workers, done)
    count = min(MOST_FACTORED, max(LEAST // 2, len(seeds) // SHARED))
    apart = factorial(scenario, tuple(seeds[:count]), quarters, workers)
    unseen = range(seeds.stop, seeds.stop + fewer(len(seeds)))
    return Figures(scenario, params, seeds, quarters, played, apart, confirmed(scenario, unseen, quarters, workers))


def studied(
    scenario: Scenario, seeds: range, quarters: int | None, count: int, dask: str | None, tell: Callable[[str], None]
) -> Figures:
    """The study by ``count`` processes or the cluster at ``dask``, told by ``tell`` and a line that moves."""
    length = scenario.length.standard if quarters is None else quarters
    with workers_for(count, dask) as workers, Progress("lanes", tell) as progress:
        return study(scenario, seeds, length, workers, progress.done)
