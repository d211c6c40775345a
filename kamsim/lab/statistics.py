"""How sure a study may be: exact intervals, without drawing any luck.

Shares and rates have Clopper and Pearson's interval. A median has the interval of two order statistics that holds it
with at least the confidence asked, whatever the distribution: as a bootstrap would say, but exact and the same each
time. A ratio of sums has the usual approximate one. All intervals are two-sided at 95%.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, log1p, sqrt
from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes

TAIL: Final = 0.025
"""Chance on either side of a 95% interval."""
Interval = tuple[float, float]


def at_most(successes: int, trials: int, chance: float) -> float:
    """Probability of ``successes`` or fewer in so many independent trials."""
    if successes >= trials or chance <= 0.0:
        return 1.0
    if chance >= 1.0:
        return 0.0
    hit, miss, every = log(chance), log1p(-chance), lgamma(trials + 1)
    terms = (
        exp(every - lgamma(k + 1) - lgamma(trials - k + 1) + k * hit + (trials - k) * miss)
        for k in range(successes + 1)
    )
    return min(1.0, sum(terms))


def share_interval(successes: int, trials: int) -> Interval:
    """Clopper and Pearson's interval of a share; all of 0..1 without any trial."""
    if trials == 0:
        return 0.0, 1.0
    low = 0.0 if successes == 0 else _solve(lambda p: 1.0 - at_most(successes - 1, trials, p) < TAIL)
    high = 1.0 if successes == trials else _solve(lambda p: at_most(successes, trials, p) > TAIL)
    return low, high


def median_interval(values: Lanes) -> Interval:
    """The median's interval: the k-th smallest and k-th largest value, k as large as the confidence allows. With fewer
    than six values it is everything that was seen."""
    ordered = np.sort(values)
    count = len(ordered)
    rank = 0
    while rank + 1 <= count // 2 and at_most(rank, count, 0.5) <= TAIL:
        rank += 1
    place = max(rank, 1)
    return float(ordered[place - 1]), float(ordered[count - place])


def ratio_interval(above: Lanes, below: Lanes) -> Interval:
    """Of the ratio of two sums over the same seeds, by linearising its logarithm: what each seed moves it by."""
    ratio, count = float(above.sum() / below.sum()), len(above)
    moved = above / above.sum() - below / below.sum()
    wide = exp(1.96 * sqrt(float((moved**2).sum()) * count / max(count - 1, 1)))
    return ratio / wide, ratio * wide


def _solve(below: Callable[[float], bool]) -> float:
    """Where a condition that holds for small values stops holding, between 0 and 1."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if below(middle) else (low, middle)
    return 0.5 * (low + high)
