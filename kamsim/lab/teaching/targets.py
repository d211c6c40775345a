"""The targets of AUTHORING's "Balance" with what a scenario has, and what its author expects, tried on unseen seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.engine.params import Params
from kamsim.lab.teaching.arms import BEST, GOOD, USUAL
from kamsim.lab.teaching.happenings import Books
from kamsim.lab.teaching.measures import point_of_price
from kamsim.lab.teaching.playing import Arm, Played, Trial, scores
from kamsim.players.workers import Workers
from kamsim.scenario.models import Expectation, Scenario

FEW: Final = 3
"""Customers below which a spread between them says nothing."""


@dataclass(frozen=True)
class Target:
    """One figure and the range that behaves. ``per_cent``: whether it is a share."""

    name: str
    value: float
    low: float
    high: float
    change: str
    per_cent: bool = True

    @property
    def met(self) -> bool:
        """Whether the figure lies in the range, as it is shown."""
        digits = 3 if self.per_cent else 1
        return self.low <= round(self.value, digits) <= self.high


def targets(scenario: Scenario, params: Params, made: Played) -> list[Target]:
    """Every target that a scenario of its size can have."""
    nothing = made.arms["do_nothing"].seen
    first = nothing.first
    served = float(np.sum(first.service) / np.sum(first.sales))
    load = np.asarray(first.load) / nothing.lanes
    standing = len(params.accounts) * params.rhythm_hours[1]
    best = made.arms[BEST].seen
    found = [
        Target("One per cent of price, as a share of what the company earns", point_of_price(made)[1], 0.06, 0.12,
               "Steer with programme_cost: a higher one leaves less profit, of which a point of price is more."),
        Target("Cost to serve over all customers, as a share of sales", served, 0.10, 0.15,
               "Change the rates of activities, or the drivers under service."),
        Target("The fullest line's use of its plant on the first day", float(load.max()), 0.80, 0.86,
               "Change capacity or other_load of a line."),
        Target("The team's hours that normal contact everywhere leaves", 1.0 - float(standing) / params.hours, 1 / 3,
               0.5, "Change time.quarter, or the hours of time.rhythms."),
        Target("The discounter's score", float(np.median(scores(made.arms, "discounter"))), -1e9, 40.0,
               "Make rivals follow cuts, keep price sensitivity below 5, or fill the plant.", per_cent=False),
        Target("The score of moves by chance", float(np.median(scores(made.arms, "random_legal"))), -1e9, 40.0,
               "Let careless moves cost something: hours, prices, people who remember.", per_cent=False),
    ]  # fmt: skip
    if params.opportunities:
        found.append(Target("Purchases that run, as a share of what customers buy", best.running / best.bought, 0.12,
                            0.18, "Change share and chance of opportunities, or runs."))  # fmt: skip
    if len(params.accounts) >= FEW:
        found += _spreads(scenario, first)
    return found


def _spreads(scenario: Scenario, first: Books) -> list[Target]:
    """What differs between customers."""
    sold, margin = np.maximum(first.sales, 1.0), np.asarray(first.margin)
    serve = first.service / sold
    largest = int(np.argmax(sold))
    below = float(margin.sum() / sold.sum() - margin[largest] / sold[largest])
    low_trust = float(np.mean([account.trust < 0.5 for account in scenario.accounts]))
    return [
        Target("Cost to serve at the customer that is cheapest to serve", float(serve.min()), 0.03, 0.08,
               "Give one customer few orders for what it buys."),
        Target("Cost to serve at the customer that is dearest to serve", float(serve.max()), 0.25, 0.40,
               "Give one customer many small, rushed or returned orders."),
        Target("The largest customer's margin below the average", below, 0.05, 0.09,
               "Change the discount and rebate that the largest customer starts with."),
        Target("Customers whose trust is below one half", low_trust, 0.5, 0.8, "Change trust of accounts."),
    ]  # fmt: skip


@dataclass(frozen=True)
class Confirmed:
    """What an author expects, and in which share of seeds that nobody had looked at it came to be."""

    says: str
    share: float
    wanted: float
    seeds: int

    @property
    def met(self) -> bool:
        """Whether it held."""
        return self.share >= self.wanted


def confirmed(scenario: Scenario, unseen: Sequence[int], quarters: int, workers: Workers) -> list[Confirmed]:
    """Try what a scenario's author expects on seeds that no other figure used."""
    if not scenario.expect:
        return []
    named = {
        GOOD,
        USUAL,
        *(item.bot for item in scenario.expect),
        *(item.above for item in scenario.expect if item.above),
    }
    jobs = (Trial(scenario, name, tuple(unseen), quarters) for name in sorted(named))
    arms = {arm.name: arm for arm in workers.each(Trial.play, jobs)}
    return [_tried(item, arms) for item in scenario.expect]


def _tried(item: Expectation, arms: dict[str, Arm]) -> Confirmed:
    mine, seeds = arms[item.bot].value, arms[item.bot].seeds
    held, parts = np.ones(len(seeds), dtype=bool), []
    if item.above is not None:
        other = arms[item.above].value
        held &= mine > other + item.by * np.abs(other)
        parts.append(f"{item.bot} stands above {item.above}" + (f" by {item.by:.0%}" if item.by else ""))
    if item.score is not None:
        low, high = item.score
        score = scores(arms, item.bot)
        held &= (score >= low) & (score <= high)
        parts.append(f"{item.bot} scores {low:g} to {high:g}")
    return Confirmed(" and ".join(parts), float(held.mean()), item.seeds, len(seeds))
