"""Plays the arms: which on how many seeds, by whatever workers there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.lab.teaching.arms import GOOD, HABITS, LEVERS, ROUTINE, USUAL, Counted, HabitEach, WithoutEach, policy_of
from kamsim.lab.teaching.happenings import Looking, Seen
from kamsim.players.outcomes import CHUNK, Study, played
from kamsim.players.policies import POLICIES
from kamsim.players.scoring import MIDDLE, SPREAD
from kamsim.players.workers import Workers
from kamsim.scenario.models import Scenario

PART: Final = 512
"""Seeds that are played together by one worker: enough to share the cost of a call, few enough to share the work."""
FEWER: Final = 5
"""Of so many seeds one, for ways to play of which a difference to another is wanted and no spread."""
LEAST: Final = 24
REFERENCE: Final = 200
"""Seeds over which the score's unit is taken, as in a session."""
PAIRED: Final = (
    "frozen", "unbending", "never_measures", "argued_asks", "no_asks", "uneven_coverage", "holds_tenders",
    "cuts_all_tenders", "one_price", "corridor",
)  # fmt: skip
"""Behaviours of the lab's experiments that a scenario is tried with, too."""


@dataclass(eq=False)
class Arm:
    """One way to play, on ``seeds``: both purses by seed in cents (L,); means by quarter of account profit and volume
    at list price, all accounts, cents (Q,); the profit of each account in all (A,)."""

    name: str
    seeds: tuple[int, ...]
    value: Lanes
    profit: Lanes
    volume: Lanes
    by_account: Lanes
    seen: Seen
    made: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Trial:
    """An arm on some seeds, for a worker."""

    scenario: Scenario
    arm: str
    seeds: tuple[int, ...]
    quarters: int

    def play(self) -> Arm:
        """Play it, and look on."""
        policy = policy_of(self.arm)
        watch = Looking(self.scenario, len(self.seeds), self.quarters)
        made = played(Study(self.scenario, policy, self.seeds, self.quarters), watch)
        return Arm(
            self.arm,
            self.seeds,
            made.value,
            made.nac.sum(axis=(0, 2)),
            made.volume.sum(axis=(0, 2)),
            made.nac.sum(axis=(0, 1)),
            watch.seen,
            policy.made if isinstance(policy, Counted) else Counter(),
        )


@dataclass(frozen=True)
class Compared:
    """One thing in each row, all rows on the same seeds and beside each other in one run: what a host is worth without
    a lever, or a routine with a habit; the host itself is the last row."""

    scenario: Scenario
    host: str
    rows: tuple[int, ...]
    seeds: tuple[int, ...]
    quarters: int

    @property
    def lanes(self) -> int:
        """How many are played."""
        return len(self.seeds) * (len(self.rows) + 1)

    def play(self) -> Lanes:
        """Both purses in cents (rows and the host, seeds)."""
        of_lane = np.repeat((*self.rows, -1), len(self.seeds))
        policy = HabitEach(of_lane) if self.host == ROUTINE else WithoutEach(self.host, of_lane)
        seeds = self.seeds * (len(self.rows) + 1)
        value: Lanes = played(Study(self.scenario, policy, seeds, self.quarters)).value
        return value.reshape(-1, len(self.seeds))


def paired(scenario: Scenario) -> list[str]:
    """Behaviours that can differ from each other in a scenario."""
    tenders = any(account.tenders for account in scenario.accounts)
    shared = any(item.kind == "global_price" for account in scenario.accounts for item in account.requests)
    without = {"holds_tenders", "cuts_all_tenders"} if not tenders else set()
    without |= set() if shared else {"one_price", "corridor"}
    without |= set() if scenario.desk else {"argued_asks", "no_asks"}
    return [name for name in PAIRED if name not in without]


def fewer(seeds: int) -> int:
    """On how many seeds an arm is played that is compared seed by seed."""
    return min(seeds, max(LEAST, seeds // FEWER))


@dataclass(eq=False)
class Played:
    """Everything that was played. ``without`` (of what its host uses), ``habits``: both purses by name and seed, cents,
    on the first of the seeds; ``hosts``: those of the bots that they differ from."""

    arms: dict[str, Arm]
    without: dict[str, Lanes]
    habits: dict[str, Lanes]
    hosts: dict[str, Lanes]


def play_all(
    scenario: Scenario, seeds: Sequence[int], quarters: int, workers: Workers, done: Callable[[int, int], None]
) -> Played:
    """Every bot on all ``seeds``, what is compared seed by seed on fewer of them; the dearest first, so that nobody
    waits at the end. ``done`` hears how many lanes are played, of how many."""
    some = seeds[: fewer(len(seeds))]
    trials = [
        *_trials(scenario, reversed(POLICIES), seeds, quarters),
        *_trials(scenario, paired(scenario), some, quarters),
    ]
    made: Played = Played({}, {}, {}, {})
    ready, total = 0, sum(len(job.seeds) for job in trials)
    for part in workers.each(Trial.play, trials):
        ready += len(part.seeds)
        done(ready, 2 * total)  # what is compared is told by how much of it is done, as half of all
        made.arms[part.name] = part if part.name not in made.arms else _joined(made.arms[part.name], part)
    jobs = _compared(made, scenario, some, quarters, workers.count)
    lanes, ready = sum(job.lanes for job in jobs), 0
    for job, values in zip(jobs, workers.each(Compared.play, jobs), strict=True):
        ready += job.lanes
        done(total + total * ready // lanes, 2 * total)
        _sort(made, job, values)
    for arm in made.arms.values():
        arm.profit, arm.volume, arm.by_account = (
            sums / len(arm.seeds) for sums in (arm.profit, arm.volume, arm.by_account)
        )
    return made


def _compared(made: Played, scenario: Scenario, seeds: Sequence[int], quarters: int, crew: int) -> list[Compared]:
    """By host, what it uses and is left out, or what is added to it, in runs of at most a chunk of lanes."""
    by_host: dict[str, list[int]] = {ROUTINE: list(range(len(HABITS)))}
    for row, lever in enumerate(LEVERS):
        if any(made.arms[lever.host].made[kind] for kind in lever.kinds):
            by_host.setdefault(lever.host, []).append(row)
    jobs = []
    for host, rows in by_host.items():
        size = min(-(-len(seeds) // crew), max(1, CHUNK // (len(rows) + 1)))
        parts = [tuple(seeds[start : start + size]) for start in range(0, len(seeds), size)]
        jobs += [Compared(scenario, host, tuple(rows), part, quarters) for part in parts]
    return jobs


def _sort(made: Played, job: Compared, values: Lanes) -> None:
    """Put the rows of a run where they belong, after those of the seeds before."""
    names = [HABITS[row].name if job.host == ROUTINE else LEVERS[row].name for row in job.rows]
    into = made.habits if job.host == ROUTINE else made.without
    for name, row in zip(names, values[:-1], strict=True):
        into[name] = np.concatenate([into[name], row]) if name in into else row
    made.hosts[job.host] = np.concatenate([made.hosts[job.host], values[-1]]) if job.host in made.hosts else values[-1]


def _trials(scenario: Scenario, arms: Iterable[str], seeds: Sequence[int], quarters: int) -> list[Trial]:
    return [
        Trial(scenario, arm, tuple(seeds[start : start + PART]), quarters)
        for arm in arms
        for start in range(0, len(seeds), PART)
    ]


def _joined(one: Arm, other: Arm) -> Arm:
    """Two parts of an arm, the seeds of the second after those of the first."""
    one.seen.add(other.seen)
    return Arm(
        one.name,
        one.seeds + other.seeds,
        np.concatenate([one.value, other.value]),
        one.profit + other.profit,
        one.volume + other.volume,
        one.by_account + other.by_account,
        one.seen,
        one.made + other.made,
    )


def scores(arms: dict[str, Arm], name: str) -> Lanes:
    """The score of a bot by seed, as a session gives it (economics H8); its unit is taken over the first reference
    seeds."""
    better, usual = arms[GOOD].value, arms[USUAL].value
    lead = float(np.median(better[:REFERENCE] - usual[:REFERENCE]))
    value = arms[name].value
    if not lead:
        return np.full_like(value, MIDDLE)
    scored: Lanes = MIDDLE + SPREAD * (value - usual[: len(value)]) / lead
    return scored
