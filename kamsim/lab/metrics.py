"""What can be measured of a run: one number for each seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.errors import KamsimError
from kamsim.lab.claims import Condition
from kamsim.lab.witness import Witness
from kamsim.players.outcomes import Outcomes
from kamsim.scenario.customer import Account


@dataclass(frozen=True, eq=False)
class Run:
    """One arm, played. ``tally``: what the policy itself counted, by name and lane."""

    outcomes: Outcomes
    witness: Witness
    tally: Mapping[str, Lanes]


def measure(run: Run, condition: Condition) -> Lanes:
    """The condition's metric over its window and accounts, by seed; NaN where there is none. Raises KamsimError for an
    unknown metric."""
    if condition.metric not in METRICS:
        raise KamsimError(f"there is no metric {condition.metric!r}; known are {', '.join(METRICS)}")
    quarters, accounts = slice(condition.first - 1, condition.last), accounts_of(run, condition.accounts)
    if not accounts:
        return np.full(len(run.outcomes.seeds), np.nan)
    return METRICS[condition.metric](run, (slice(None), quarters, accounts))


def rate_parts(run: Run, condition: Condition) -> tuple[Lanes, Lanes]:
    """What a rate counts by seed, and of how many."""
    hits, trials = RATES[condition.metric]
    return hits(run), trials(run)


Window = tuple[slice, slice, list[int]]
"""Lanes, quarters and accounts that are looked at."""


def accounts_of(run: Run, which: str) -> list[int]:
    """Rows of ``all`` accounts, the ``largest`` by first sales, those with more than one region (``regional``), those
    asked for one price everywhere (``global_price``), or those with whom something can be built (``joint``)."""
    accounts = run.outcomes.scenario.accounts
    if which == "largest":
        return [int(np.argmax(run.outcomes.revenue[:, 0].mean(axis=0)))]
    return [row for row, account in enumerate(accounts) if SELECT[which](account)]


def _asked_for_one_price(account: Account) -> bool:
    return any(getattr(request, "kind", "price") == "global_price" for request in account.requests)


SELECT: Final[dict[str, Callable[[Account], bool]]] = {
    "all": lambda _account: True,
    "regional": lambda account: len(account.regions) > 1,
    "global_price": _asked_for_one_price,
    "joint": lambda account: account.joint is not None,
}


def _sum(values: Lanes, window: Window) -> Lanes:
    """Over quarters and accounts."""
    lanes, quarters, accounts = window
    added: Lanes = values[lanes, quarters][:, :, accounts].sum(axis=(1, 2))
    return added


def _mean(values: Lanes, window: Window) -> Lanes:
    lanes, quarters, accounts = window
    middle: Lanes = values[lanes, quarters][:, :, accounts].mean(axis=(1, 2))
    return middle


def _profit(run: Run, window: Window) -> Lanes:
    """Account profit, cents, discounted to the first day at the cost of capital as the purse counts it."""
    nac = run.outcomes.nac
    rate = (1.0 + run.outcomes.scenario.company.cost_of_capital) ** (-np.arange(1, nac.shape[1] + 1) / 4.0)
    return _sum(nac * rate[:, None], window)


def _of(hits: Lanes, trials: Lanes) -> Lanes:
    """A rate by seed; NaN where nothing was tried."""
    rate: Lanes = np.where(trials > 0, hits / np.maximum(trials, 1.0), np.nan)
    return rate


def _watched(quarters: list[Lanes]) -> Lanes:
    """What a witness kept by quarter, as (lane, quarter, account)."""
    return np.moveaxis(np.stack(quarters), -1, 0)


def _discount(run: Run, window: Window) -> Lanes:
    """What list price lost, as a share of it."""
    return 1.0 - _sum(run.outcomes.revenue, window) / np.maximum(_sum(run.outcomes.volume, window), 1.0)


def _departures(run: Run, window: Window) -> Lanes:
    """Colleagues who left in some quarters."""
    left = _watched(run.witness.departures).sum(axis=2)
    first, last = window[1].start, window[1].stop
    before: Lanes = left[:, first - 1] if first else np.zeros(len(left))
    return np.asarray(left[:, -1 if last is None else last - 1] - before)


def _of_team(quarters: list[Lanes], window: Window) -> Lanes:
    """The mean over some quarters and all colleagues."""
    middle: Lanes = _watched(quarters)[:, window[1]].mean(axis=(1, 2))
    return middle


METRICS: Final[dict[str, Callable[[Run, Window], Lanes]]] = {
    "profit": _profit,
    "left": lambda run, _window: run.outcomes.purses.left,
    "revenue": lambda run, window: _sum(run.outcomes.revenue, window),
    "volume": lambda run, window: _sum(run.outcomes.volume, window),
    "discount": _discount,
    "price": lambda run, window: 1.0 - _discount(run, window),
    "cost_share": lambda run, window: (
        _sum(run.outcomes.cost_to_serve, window) / np.maximum(_sum(run.outcomes.revenue, window), 1.0)
    ),
    "margin": lambda run, window: (
        _sum(_watched(run.witness.margin), window) / np.maximum(_sum(run.outcomes.revenue, window), 1.0)
    ),
    "share_of_wallet": lambda run, window: _mean(run.outcomes.share_of_wallet, window),
    "trust": lambda run, window: _mean(run.outcomes.trust, window),
    "new_lines": lambda run, window: _sum(_watched(run.witness.new_lines), window),
    "attacks": lambda run, _window: run.witness.attacks,
    "approved": lambda run, _window: _of(run.witness.agreed, run.witness.decided),
    "affected_approved": lambda run, _window: _of(run.witness.hit_agreed, run.witness.hit),
    "granted": lambda run, _window: _of(run.witness.granted, run.witness.asked),
    "desk_quarters": lambda run, _window: _of(run.witness.waited, run.witness.asked),
    "doors": lambda run, _window: _of(run.tally["opened"], run.tally["tried"]),
    "case_score": lambda run, _window: _of(run.witness.scores, run.witness.decided),
    "departures": _departures,
    "departures_ratio": _departures,
    "skill": lambda run, window: _of_team(run.witness.skill, window),
    "strain": lambda run, window: _of_team(run.witness.strain, window),
}
"""Money in cents, rates and shares 0..1. ``price`` is the mean pocket price as a share of list, ``case_score`` in
points of 100; ``departures_ratio`` is compared over all seeds together, since nobody leaves in many a seed."""
RATES: Final[dict[str, tuple[Callable[[Run], Lanes], Callable[[Run], Lanes]]]] = {
    "doors": (lambda run: run.tally["opened"], lambda run: run.tally["tried"]),
    "approved": (lambda run: run.witness.agreed, lambda run: run.witness.decided),
}
