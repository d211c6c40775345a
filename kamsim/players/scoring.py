"""What a session was worth: two purses, and a score against bots on the same luck (economics H8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes, total
from kamsim.engine.params import Params

RETAINED, RETAINED_BY_TRUST = 0.78, 0.18
"""Quarterly retention of an account's profit: 78% without trust, 96% at full trust."""
CAP: Final = 0.40
"""Largest part of the whole value that may come from what is left for the successor (economics H8)."""
MIDDLE, SPREAD = 50.0, 25.0
"""Score of play as good as ``typical``, and points for one median lead of ``value_seller`` over it."""
SIGNED_LATE: Final = 2
"""What is signed in this many last quarters adds nothing for the successor."""


@dataclass(frozen=True, eq=False)
class Purses:
    """Value of a session by lane (L,), cents: ``banked`` is account profit so far, discounted to the first day at the
    cost of capital; ``left`` is what the successor may expect, discounted likewise and capped."""

    banked: Lanes
    left: Lanes

    @property
    def value(self) -> Lanes:
        """Both purses together."""
        return self.banked + self.left


def purses(contribution: Lanes, trust: Lanes, params: Params) -> Purses:
    """The two purses after the quarters played.

    ``contribution``: account profit (quarters, A, L), cents; ``trust``: at the end (A, L). The successor's purse
    is the steady-state customer lifetime value m ret / (1 + r - ret) of each account (economics A), where m is the
    lower of the last year's mean profit and the mean of the year that ended two quarters ago, so that a last-minute
    price or push adds nothing; a loss-maker counts against it.
    """
    quarters = contribution.shape[0]
    rate = params.quarter_rate
    factors = rate ** np.arange(1, quarters + 1)
    banked = total(total(contribution * factors[:, None, None]))
    last = contribution[-4:]
    early_end = max(1, quarters - SIGNED_LATE)
    earlier = contribution[max(0, early_end - 4) : early_end]
    run = np.minimum(total(last) / last.shape[0], total(earlier) / earlier.shape[0])
    kept = RETAINED + RETAINED_BY_TRUST * trust
    lifetime = total(run * kept / (1.0 / rate - kept)) * factors[-1]
    ceiling = np.maximum(0.0, banked) * CAP / (1.0 - CAP)
    return Purses(banked, np.minimum(lifetime, ceiling))


def score(value: Lanes, typical: Lanes, leads: Lanes) -> Lanes:
    """50 for play as good as ``typical`` on the same luck, 25 more for each median lead of ``value_seller`` (leads: one
    per reference seed). No floor and no ceiling."""
    lead = float(np.median(leads))
    scored: Lanes = MIDDLE + SPREAD * (value - typical) / lead if lead else np.full_like(value, MIDDLE)
    return scored
