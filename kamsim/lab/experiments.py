"""Paired experiments: every arm of a claim on the same seeds; an arm that several claims share is played once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.errors import KamsimError
from kamsim.lab.behaviours import BEHAVIOURS
from kamsim.lab.claims import Arm, Claim, Condition, arms_of
from kamsim.lab.metrics import Run, measure, rate_parts
from kamsim.lab.verdicts import Finding, Row, judge
from kamsim.lab.witness import Witness
from kamsim.players.policies import named_policy
from kamsim.players.seat import Policy
from kamsim.players.simulate import CHUNK, simulate
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import canonical, load_scenario, shipped

MOST_SEEDS: Final = CHUNK
"""A witness follows one chunk of lanes."""
Progress = Callable[[str], None]


class Laboratory:
    """Plays the arms of claims, remembers them, and judges.

    ``quarters`` and ``scenario`` replace those of the claims; ``told`` hears what is being played.
    """

    def __init__(
        self, seeds: int, quarters: int | None = None, told: Progress | None = None, scenario: str | None = None
    ) -> None:
        if not 1 <= seeds <= MOST_SEEDS:
            raise KamsimError(f"an experiment takes 1 to {MOST_SEEDS} seeds, not {seeds}")
        self.seeds = seeds
        self.quarters = quarters
        self.scenario = scenario
        self._told = told or (lambda _line: None)
        self._runs: dict[tuple[Any, ...], Run] = {}
        self._scenarios: dict[str, Scenario] = {}

    def lacks(self, claim: Claim) -> str:
        """What is missing for a claim to be tried; empty where nothing is."""
        there = self.scenario is not None or claim.scenario in shipped()
        return claim.needs or ("" if there else f"the scenario {claim.scenario}")

    def rows(self, claims: Iterable[Claim]) -> Iterator[Row]:
        """The claims that can be tried, judged one after another. Raises KamsimError where the game is too short."""
        able = [self.placed(claim) for claim in claims if not self.lacks(claim)]
        for claim in able:
            if self.quarters is not None and self.quarters < claim.needed_quarters():
                raise KamsimError(f"claim {claim.id} needs {claim.needed_quarters()} quarters, not {self.quarters}")
        for claim in able:
            yield self.row(claim)

    def placed(self, claim: Claim) -> Claim:
        """The claim as it is tried here: in which scenario, how long."""
        length = claim.quarters if self.quarters is None else self.quarters
        return replace(claim, scenario=self.scenario or claim.scenario, quarters=length)

    def row(self, claim: Claim) -> Row:
        """One claim, judged, as it stands."""
        return Row(claim, tuple(self._finding(claim, condition) for condition in claim.conditions))

    def run(self, claim: Claim, name: str) -> Run:
        """One arm of a claim."""
        arm = claim.arms[name]
        key = (claim.scenario, claim.quarters, arm.policy, tuple(sorted(arm.overrides.items())))
        if key not in self._runs:
            self._told(
                f"claim {claim.id}: {arm.policy} on {claim.scenario}, {self.seeds} seeds, {claim.quarters} quarters"
            )
            self._runs[key] = self._play(claim, arm)
        return self._runs[key]

    def _play(self, claim: Claim, arm: Arm) -> Run:
        scenario = self._scenarios.get(claim.scenario)
        if scenario is None:
            scenario = self._scenarios[claim.scenario] = load_scenario(claim.scenario)
        policy = policy_of(arm.policy)
        witness = Witness(self.seeds)
        overrides = spread(scenario, arm.overrides) or None
        outcomes = simulate(scenario, policy, self.seeds, claim.quarters, overrides, watch=witness)
        return Run(outcomes, witness, getattr(policy, "tally", {}))

    def _finding(self, claim: Claim, condition: Condition) -> Finding:
        if condition.test == "rate":
            return judge(condition, rate_parts(self.run(claim, condition.arm), condition))
        sides = [self._side(claim, condition, side) for side in condition.sides]
        return judge(condition, sides)

    def _side(self, claim: Claim, condition: Condition, side: str) -> Lanes:
        first, *rest = [measure(self.run(claim, name), condition) for name in arms_of(side)]
        for other in rest:
            first = first - other
        return np.asarray(first)


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
