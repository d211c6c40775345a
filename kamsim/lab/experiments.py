"""Paired experiments: every arm of a claim on the same seeds; an arm that several claims share is played once, and a
shorter game is the beginning of a longer one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from kamsim.engine.joint import in_full_swing
from kamsim.engine.lanes import Lanes
from kamsim.engine.ledger import Ledger
from kamsim.engine.params import Params
from kamsim.engine.world import World
from kamsim.errors import KamsimError
from kamsim.lab.behaviours import BEHAVIOURS
from kamsim.lab.claims import Arm, Claim, Condition, arms_of
from kamsim.lab.metrics import Run, measure, rate_parts
from kamsim.lab.progress import Progress
from kamsim.lab.verdicts import Finding, Row, judge
from kamsim.lab.witness import Witness
from kamsim.players.outcomes import CHUNK, Outcomes, played
from kamsim.players.policies import named_policy
from kamsim.players.seat import Policy
from kamsim.players.simulate import study_of
from kamsim.players.workers import Workers, workers_for
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import canonical, load_scenario, shipped

MOST_SEEDS: Final = CHUNK
"""A witness follows one chunk of lanes."""
Tell = Callable[[str], None]
Key = tuple[Any, ...]
Asked = tuple[int, Condition]
"""A condition, and after how many quarters it is looked at."""
Figures = Mapping[Asked, tuple[Lanes, ...]]
"""By what is asked: the metric by seed, or what a rate counts and of how many."""


class Milestones:
    """A witness, and what a game that ended after some of the quarters would have been, for each of these."""

    def __init__(self, seeds: int, policy: Policy, lengths: Iterable[int]) -> None:
        self._witness, self._policy, self._lengths = Witness(seeds), policy, frozenset(lengths)
        self._kept: dict[int, tuple[Witness, Mapping[str, Lanes], Lanes, Lanes]] = {}

    def before_close(self, world: World, params: Params) -> None:
        """As the witness."""
        self._witness.before_close(world, params)

    def after_close(self, world: World, params: Params, ledger: Ledger) -> None:
        """As the witness; and keep how things stand."""
        self._witness.after_close(world, params, ledger)
        if ledger.quarter in self._lengths:
            counted = getattr(self._policy, "tally", {})
            full = in_full_swing(world, params)
            self._kept[ledger.quarter] = deepcopy((self._witness, counted, world.relations.trust, full))

    def run(self, quarters: int, outcomes: Outcomes) -> Run:
        """The shorter game, from the outcomes of the longest."""
        witness, counted, trust, full = self._kept[quarters]
        return Run(outcomes.until(quarters, trust, full), witness, counted)


@dataclass(frozen=True)
class Trial:
    """One arm to be played on ``seeds``, and what all claims that look at it ask."""

    scenario: Scenario
    arm: Arm
    seeds: range
    asked: tuple[Asked, ...]

    def figures(self) -> Figures:
        """Play it, and keep what is asked for."""
        lengths = {quarters for quarters, _ in self.asked}
        policy = policy_of(self.arm.policy)
        watch = Milestones(len(self.seeds), policy, lengths)
        overrides = spread(self.scenario, self.arm.overrides) or None
        outcomes = played(study_of(self.scenario, policy, self.seeds, max(lengths), overrides), watch)
        runs = {quarters: watch.run(quarters, outcomes) for quarters in lengths}
        return {
            (quarters, condition): rate_parts(runs[quarters], condition)
            if condition.test == "rate"
            else (measure(runs[quarters], condition),)
            for quarters, condition in self.asked
        }


class Laboratory:
    """Plays the arms of claims, and judges; of each arm it keeps what is measured, by seed.

    It plays ``seeds`` seeds from ``first`` on. ``quarters`` and ``scenario`` replace those of the claims; ``told``
    hears what is being played; ``workers`` play the arms.
    """

    def __init__(
        self,
        seeds: int,
        quarters: int | None = None,
        told: Tell | None = None,
        scenario: str | None = None,
        workers: Workers | None = None,
        first: int = 1,
    ) -> None:
        if not 1 <= seeds <= MOST_SEEDS:
            raise KamsimError(f"an experiment takes 1 to {MOST_SEEDS} seeds, not {seeds}")
        self.seeds = range(first, first + seeds)
        self.quarters = quarters
        self.scenario = scenario
        self._told = told or (lambda _line: None)
        self._workers = workers or Workers()
        self._scenarios: dict[str, Scenario] = {}

    def lacks(self, claim: Claim) -> str:
        """What is missing for a claim to be tried; empty where nothing is."""
        there = self.scenario is not None or claim.scenario in shipped()
        return claim.needs or ("" if there else f"the scenario {claim.scenario}")

    def rows(self, claims: Iterable[Claim], done: Callable[[int, int], None] | None = None) -> Iterator[Row]:
        """The claims that can be tried, judged one after another; an arm that several share is played once. ``done``
        hears how many arms are played, and of how many. Raises KamsimError where the game is too short."""
        able = [self.placed(claim) for claim in claims if not self.lacks(claim)]
        for claim in able:
            if self.quarters is not None and self.quarters < claim.needed_quarters():
                raise KamsimError(f"claim {claim.id} needs {claim.needed_quarters()} quarters, not {self.quarters}")
        asked = _arms(able)
        figures: dict[Key, Figures] = {}
        made = zip(asked, self._workers.each(Trial.figures, self._trials(asked)), strict=True)
        for claim in able:
            for key in (_key(claim, name) for name in _names(claim)):
                while key not in figures:
                    next_key, found = next(made)
                    figures[next_key] = found
                    if done is not None:
                        done(len(figures), len(asked))
            yield Row(claim, tuple(_finding(claim, condition, figures) for condition in claim.conditions))

    def placed(self, claim: Claim) -> Claim:
        """The claim as it is tried here: in which scenario, how long."""
        length = claim.quarters if self.quarters is None else self.quarters
        return replace(claim, scenario=self.scenario or claim.scenario, quarters=length)

    def _trials(self, asked: Mapping[Key, tuple[Claim, Arm, Sequence[Asked]]]) -> Iterator[Trial]:
        for claim, arm, questions in asked.values():
            length = f"{len(self.seeds)} seeds, {max(quarters for quarters, _ in questions)} quarters"
            self._told(f"claim {claim.id}: {arm.policy} on {claim.scenario}, {length}")
            if claim.scenario not in self._scenarios:
                self._scenarios[claim.scenario] = load_scenario(claim.scenario)
            yield Trial(self._scenarios[claim.scenario], arm, self.seeds, tuple(questions))


def _names(claim: Claim) -> list[str]:
    """The arms that its conditions look at, in their order."""
    sides = [side for condition in claim.conditions for side in condition.sides]
    return [name for side in sides for name in arms_of(side)]


def _key(claim: Claim, name: str) -> Key:
    """What tells one arm from another; how long it is played does not."""
    arm = claim.arms[name]
    return (claim.scenario, arm.policy, tuple(sorted(arm.overrides.items())))


def _arms(claims: Iterable[Claim]) -> dict[Key, tuple[Claim, Arm, list[Asked]]]:
    """Every arm once, with the first claim that asks for it, and what all that do ask."""
    asked: dict[Key, tuple[Claim, Arm, list[Asked]]] = {}
    for claim in claims:
        for condition in claim.conditions:
            for name in (name for side in condition.sides for name in arms_of(side)):
                _, _, questions = asked.setdefault(_key(claim, name), (claim, claim.arms[name], []))
                if (claim.quarters, condition) not in questions:
                    questions.append((claim.quarters, condition))
    return asked


def _finding(claim: Claim, condition: Condition, figures: Mapping[Key, Figures]) -> Finding:
    if condition.test == "rate":
        hits, trials = figures[_key(claim, condition.arm)][claim.quarters, condition]
        return judge(condition, (hits, trials))
    return judge(condition, [_side(claim, condition, side, figures) for side in condition.sides])


def _side(claim: Claim, condition: Condition, side: str, figures: Mapping[Key, Figures]) -> Lanes:
    first, *rest = [figures[_key(claim, name)][claim.quarters, condition][0] for name in arms_of(side)]
    for other in rest:
        first = first - other
    return np.asarray(first)


def judged(
    claims: Sequence[Claim],
    seeds: int,
    quarters: int | None,
    scenario: str | None,
    count: int,
    dask: str | None,
    tell: Tell,
    first: int = 1,
) -> tuple[list[Row], list[tuple[Claim, str]], bool]:
    """Claims judged, those that cannot be tried with what they lack, and whether nobody interrupted; the arms are
    played on ``seeds`` seeds from ``first`` on by ``count`` processes or the cluster at ``dask``, told by ``tell`` and
    a line that moves."""
    found: list[Row] = []
    with workers_for(count, dask) as workers, Progress("arms of claims", tell) as progress:
        laboratory = Laboratory(seeds, quarters, progress.told, scenario, workers, first)
        waiting = [(claim, needs) for claim in claims if (needs := laboratory.lacks(claim))]
        try:
            found.extend(laboratory.rows(claims, progress.done))
        except KeyboardInterrupt:
            workers.stop(in_order=False)
            if not found:
                raise
            tell(f"Interrupted: {len(found)} of {len(claims) - len(waiting)} claims were tried.")
            return found, waiting, False
    return found, waiting, True


def policy_of(name: str) -> Policy:
    """A shipped bot, or a behaviour that is for experiments only."""
    made = BEHAVIOURS.get(name)
    return named_policy(name) if made is None else made()


def spread(scenario: Scenario, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Overrides with each ``*`` replaced by every entry of the list that stands there."""
    paths: dict[str, Any] = {}
    for path, value in overrides.items():
        head, star, tail = path.partition(".*.")
        if not star:
            paths[path] = value
            continue
        entries: Any = canonical(scenario)
        for step in head.split("."):
            entries = entries[step]
        paths |= {f"{head}.{entry['id']}.{tail}": value for entry in entries}
    return paths
