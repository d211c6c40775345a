"""From figures by seed to a verdict: shown, fragile, or not shown.

A condition holds where the figure reaches its threshold. It is *shown* if its 95% interval does too and the median
effect does not change its sign within its own interval; *fragile* if it holds but one of these does not; else *not
shown*. A claim is as good as its worst condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import Final

import numpy as np

from kamsim.engine.lanes import Flags, Lanes
from kamsim.lab.claims import TOGETHER, Claim, Condition
from kamsim.lab.statistics import Interval, median_interval, ratio_interval, share_interval

SHOWN, FRAGILE, NOT_SHOWN, REPORTED = "shown", "fragile", "not shown", "reported"
ORDER: Final = (REPORTED, SHOWN, FRAGILE, NOT_SHOWN)
"""From the best verdict to the worst."""


@dataclass(frozen=True)
class Finding:
    """What one condition came to. ``share`` of the ``seeds`` that could be compared, or the rate; ``effect`` the median
    over seeds, positive where the claim would have it. ``interval`` is that of what the threshold is about: of the
    share or rate, for a band of the median effect."""

    condition: Condition
    seeds: int
    share: float
    effect: float
    interval: Interval
    effect_interval: Interval
    verdict: str


@dataclass(frozen=True)
class Row:
    """A claim with its findings."""

    claim: Claim
    findings: tuple[Finding, ...]

    @property
    def deciding(self) -> Finding:
        """The worst finding, the first of equals."""
        return max(self.findings, key=lambda finding: ORDER.index(finding.verdict))

    @property
    def verdict(self) -> str:
        """As good as the worst condition."""
        return self.deciding.verdict


def judge(condition: Condition, sides: Sequence[Lanes]) -> Finding:
    """What a condition came to, from the figures by seed of its sides, the highest expected first.

    Seeds where a figure does not exist (NaN) cannot be compared. A rate has two sides: what was counted, of how many.
    """
    if condition.test == "rate":
        return _rate(condition, *sides)
    if condition.test == "variance":
        return _variance(condition, np.array(sides))
    there = np.logical_and.reduce([np.isfinite(side) for side in sides])
    kept = [side[there] for side in sides]
    if not kept[0].size:
        nothing = float("nan"), float("nan")
        return Finding(condition, 0, float("nan"), float("nan"), (0.0, 1.0), nothing, _unseen(condition))
    if condition.metric in TOGETHER:
        return _together(condition, *kept)
    effects = kept[0] - kept[-1]
    if condition.relative:
        effects = effects / np.maximum(np.abs(kept[-1]), 1e-9)
    holds = _holds(condition, kept, effects)
    count = len(holds)
    share, effect = float(np.mean(holds)), float(np.median(effects))
    of_share, of_effect = share_interval(int(np.count_nonzero(holds)), count), median_interval(effects)
    interval = of_effect if condition.test == "band" else of_share
    verdict = _verdict(condition, share, effect, of_share, of_effect)
    return Finding(condition, count, share, effect, interval, of_effect, verdict)


def _together(condition: Condition, more: Lanes, less: Lanes) -> Finding:
    """All seeds of one side together as a multiple of those of the other; ``share`` of seeds with no fewer."""
    share = float(np.mean(more >= less))
    if not more.any() or not less.any():
        return Finding(condition, len(more), share, float("nan"), (0.0, 1.0), (0.0, float("inf")), _unseen(condition))
    ratio, interval = float(more.sum() / less.sum()), ratio_interval(more, less)
    verdict = _verdict(condition, share, ratio, interval, interval)
    return Finding(condition, len(more), share, ratio, interval, interval, verdict)


def _holds(condition: Condition, sides: Sequence[Lanes], effects: Lanes) -> Flags:
    """By seed."""
    if condition.test == "band":
        low, high = condition.threshold if isinstance(condition.threshold, tuple) else (-np.inf, np.inf)
        within: Flags = (effects >= low) & (effects <= high)
        return within
    if condition.test == "least":
        not_above: Flags = sides[1] <= sides[0]
        return not_above
    falling: Flags = np.logical_and.reduce([above > below for above, below in pairwise(sides)])
    return falling


def _verdict(condition: Condition, share: float, effect: float, of_share: Interval, of_effect: Interval) -> str:
    threshold = condition.threshold
    if threshold is None:
        return REPORTED
    if isinstance(threshold, tuple):
        low, high = threshold
        if not low <= effect <= high:
            return NOT_SHOWN
        return SHOWN if low <= of_effect[0] and of_effect[1] <= high else FRAGILE
    if share < threshold:
        return NOT_SHOWN
    flips = of_effect[0] <= 0.0 if condition.test != "least" else of_effect[0] < 0.0
    return FRAGILE if of_share[0] < threshold or flips else SHOWN


def _rate(condition: Condition, counted: Lanes, of: Lanes) -> Finding:
    hits, trials = int(np.nansum(counted)), int(np.nansum(of))
    rate = hits / trials if trials else float("nan")
    interval = share_interval(hits, trials)
    verdict = _unseen(condition)
    if trials and condition.rate is not None:
        verdict = NOT_SHOWN if rate < condition.rate else SHOWN if interval[0] >= condition.rate else FRAGILE
    return Finding(condition, len(counted), rate, rate, interval, interval, verdict)


def _variance(condition: Condition, arms: Lanes) -> Finding:
    """The part of the variance between ``arms`` (arms, seeds), with the interval that leaving out each seed in turn
    gives (the jackknife's)."""
    count = arms.shape[1]
    signs = np.array(list(product((-1.0, 1.0), repeat=len(condition.factors))))
    of = [place for place, name in enumerate(condition.factors) if name in condition.of]
    part = explained(arms.mean(axis=1), signs, of)
    without = [explained((arms.sum(axis=1) - arms[:, seed]) / max(count - 1, 1), signs, of) for seed in range(count)]
    wide = 1.96 * np.sqrt((count - 1) / count * np.sum((np.array(without) - np.mean(without)) ** 2))
    interval = (max(0.0, part - float(wide)), min(1.0, part + float(wide)))
    verdict = _verdict(condition, part, part, interval, interval)
    return Finding(condition, count, part, part, interval, interval, verdict)


def explained(means: Lanes, signs: Lanes, of: Sequence[int]) -> float:
    """The part of the variance of ``means`` (arms,) that some factors explain, alone and together. ``signs``: -1 and 1
    by (arm, factor), every combination once."""
    halves = (
        float((np.prod(signs[:, chosen], axis=1) * means).mean())
        for size in range(1, len(of) + 1)
        for chosen in map(list, combinations(of, size))
    )
    return sum(half**2 for half in halves) / max(float(means.var()), 1e-9)


def _unseen(condition: Condition) -> str:
    """Where nothing could be compared: that shows nothing."""
    return REPORTED if condition.threshold is None else NOT_SHOWN
