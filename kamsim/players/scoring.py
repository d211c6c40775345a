"""What a session was worth: two purses, and a score against bots on the same luck (economics H8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.engine.joint import in_full_swing
from kamsim.engine.lanes import Lanes, total
from kamsim.engine.ledger import JOINT, Ledger
from kamsim.engine.params import Params
from kamsim.engine.world import World

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


@dataclass(frozen=True, eq=False)
class Built:
    """What was built with customers, cents by account: ``flow`` (quarters, A, L) is what it brought less what it took,
    ``full`` (A, L) what is live at the end would bring a quarter in full swing."""

    flow: Lanes
    full: Lanes


def purses(contribution: Lanes, trust: Lanes, params: Params, built: Built | None = None) -> Purses:
    """The two purses after the quarters played.

    ``contribution``: account profit (quarters, A, L), cents; ``trust``: at the end (A, L). The successor's purse
    is the steady-state customer lifetime value m ret / (1 + r - ret) of each account (economics A), where m is the
    lower of the last year's mean profit and the mean of the year that ended two quarters ago, so that a last-minute
    price or push adds nothing; a loss-maker counts against it. What was ``built`` with customers is no part of these
    means: what is live counts as it runs in full swing, and what is not live yet as nothing (economics H8).
    """
    quarters = contribution.shape[0]
    rate = params.quarter_rate
    factors = rate ** np.arange(1, quarters + 1)
    banked = total(total(contribution * factors[:, None, None]))
    usual = contribution if built is None else contribution - built.flow
    last = usual[-4:]
    early_end = max(1, quarters - SIGNED_LATE)
    earlier = usual[max(0, early_end - 4) : early_end]
    run = np.minimum(total(last) / last.shape[0], total(earlier) / earlier.shape[0])
    if built is not None:
        run = run + built.full
    kept = RETAINED + RETAINED_BY_TRUST * trust
    lifetime = total(run * kept / (1.0 / rate - kept)) * factors[-1]
    ceiling = np.maximum(0.0, banked) * CAP / (1.0 - CAP)
    return Purses(banked, np.minimum(lifetime, ceiling))


def purses_of(books: Sequence[Ledger], world: World, params: Params) -> Purses:
    """The two purses after some quarters' ``books``, which left this world."""
    profit = np.array([ledger.contribution for ledger in books])
    built = Built(np.array([flow(ledger) for ledger in books]), in_full_swing(world, params))
    return purses(profit, world.relations.trust, params, built if params.own.joints else None)


def flow(ledger: Ledger) -> Lanes:
    """What was built with customers brought in a quarter, less what it took, by account (A, L), cents."""
    there = JOINT[0] in ledger.names
    return ledger.line(*JOINT) if there else np.zeros(ledger.trust.shape)


def score(value: Lanes, typical: Lanes, leads: Lanes) -> Lanes:
    """50 for play as good as ``typical`` on the same luck, 25 more for each median lead of ``value_seller`` (leads: one
    per reference seed). No floor and no ceiling."""
    lead = float(np.median(leads))
    scored: Lanes = MIDDLE + SPREAD * (value - typical) / lead if lead else np.full_like(value, MIDDLE)
    return scored
