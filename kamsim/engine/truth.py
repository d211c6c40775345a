"""The hidden side of a scenario: traits, weights, scripts. It lives in World and nobody outside the engine reads it.

Axes as in `params`; arrays by quarter are indexed by the quarter's number, entry 0 unused. `calibration` makes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, get_args

import numpy as np

from kamsim.engine.lanes import Flags, Lanes, Rows, run, total, unit
from kamsim.engine.params import column
from kamsim.scenario.vocabulary import Twist

ATTRIBUTES: Final = ("quality", "service", "fit", "relationship", "innovation")
QUALITY, SERVICE, FIT, RELATIONSHIP, INNOVATION = range(5)
TWISTS: Final[tuple[str, ...]] = get_args(Twist)
"""Facts that change in the middle of a moment."""
INERTIA: Final = {"frame": 0.08, "normal": 0.12, "spot": 0.40}
"""Rho by contract form (economics B2)."""
Steps = tuple[tuple[Rows, slice | Rows, Lanes], ...]
"""Effects of initiatives in steps, each with other rows: initiatives (N,), rows (N,), effects (N, 1)."""
Heeds = tuple[tuple[int, float, tuple[tuple[int, float], ...]], ...]
"""For everybody who listens: their row, Lambda, and to whom with which weight; weights add to 1."""


@dataclass(frozen=True, eq=False)
class Truth:
    """What is true of the customers, the rivals and the economy, and what the author has scripted."""

    price_sensitivity: Lanes  # (C, 1) beta
    wallet: Lanes  # (C, 1) units a quarter at start
    growth: Lanes  # (C, 1) factor a quarter
    season: tuple[Lanes, ...]  # four of (C, 1)
    cyclicality: Lanes  # (C, 1)
    demand_index: tuple[float, ...]
    materials: tuple[float, ...]
    recession: tuple[bool, ...]
    unit_cost: Lanes  # (C, 1) cents at materials index 1
    steel: Lanes  # (C, 1)
    importance: Lanes  # (5, A, 1) by attribute
    attraction: Lanes  # (C, 1) own alpha
    own_quality: Lanes
    own_innovation: Lanes
    inertia: Lanes  # (C, 1) rho
    start_share: Lanes  # (C, 1)
    start_volume: Lanes  # (C, 1) units
    sales_part: Lanes  # (C, 1) each cell's part of its account's starting sales
    rival_attraction: Lanes  # (J, C, 1)
    rival_attributes: Lanes  # (J, 5, C, 1)
    rival_follow: Lanes  # (J, 1)
    rival_habit: Rows  # (J,) index into `params.HABITS`
    rival_markup: Lanes  # (J, C, 1) log of its start price over our start price there
    rival_sells: Flags  # (J, C, 1) false where a rival has nothing of that line
    activity_variable: Lanes  # (N, C, 1) cents a quarter at starting volume, growing with it
    activity_fixed: Lanes  # (N, C, 1) cents a quarter
    activity_orders: Lanes  # (N, 1) part of the variable cost that comes from orders and deliveries
    collaboration: Lanes  # (A, 1)
    orientation: Lanes
    loss_pace: Lanes  # (A, 1) factor on rho where shares fall
    turnover: Lanes
    incident_hazard: Lanes
    start_trust: Lanes
    start_service: Lanes  # (A, 1) on-time share at start
    start_contact: Lanes  # (A, 1) power-weighted tie at start
    power: Lanes  # (S, 1) adds to 1 within an account
    power_new: Lanes  # (S, 1) where something new is decided; adds to 1 within an account
    power_differs: Lanes  # (S, 1) 1 where the author gave that account powers for new things
    heeds: Heeds  # who listens to whom
    listens: Lanes  # (S, 1) the same as a fact holds it
    veto: Lanes  # (S, 1) 0 or 1
    measure: Rows  # (S,)
    start_stance: Lanes
    start_tie: Lanes
    initiative_state: Rows  # (K,) at start
    initiative_known: Rows
    initiative_price: tuple[tuple[int, int, float], ...]  # (k, account, added share of price sensitivity)
    initiative_weights: Steps  # rows of (attribute, account): added weight
    initiative_demand: Steps  # rows of cells: delta
    initiative_accounts: Rows  # where weights may shift
    owns_initiative: Flags  # (S,) true for owners
    force_strength: Lanes  # (U, 1) -1..1
    force_from: Rows  # (U,) first quarter at work
    force_until: Rows
    force_chance: Lanes  # (U, 1) that it comes
    force_in_recession: Lanes  # (K, 1) what a recession adds
    news_warns: Flags  # (W, U) which forces a piece of news announces
    turn_to: tuple[Rows, ...]  # by quarter, (K,) state code or -1
    turn_chance: tuple[Lanes, ...]  # by quarter, (K, 1)
    request_opens: Rows  # as written; `parts.Calendar` has what was drawn
    request_due: Rows
    request_spread: Rows  # (Q,) quarters that it may come earlier or later
    request_needs: Rows  # (Q,) of how many needs one is drawn
    request_ask: Lanes  # (Q, 1)
    request_firmness: Lanes
    request_global: Lanes  # (Q, 1) 1 where a headquarters asks for one price
    request_welcomes: Lanes  # (V, Q, 4) by need and trade, 0 or 1
    incident_quarter: Rows
    incident_spread: Rows
    incident_chance: Lanes  # (I, 1)
    incident_severity: Lanes  # (I + M, 1): authored ones, then the kinds that come by chance
    tender_quarter: Rows
    tender_units: Lanes
    tender_sensitivity: Lanes
    hurdle: Lanes  # (A, 1) a year
    moment_quarter: Rows  # (M,)
    moment_spread: Rows
    moment_chance: Lanes  # (M, 1)
    moment_twist: Rows  # (M,) index into TWISTS, as written
    moment_twists: tuple[Rows, ...]  # by moment, the twists of which one is drawn
    talk_opens: Rows  # (T,) of talks, as below
    talk_due: Rows
    talk_spread: Rows
    talk_values: Lanes  # (8, T, 1) worth of each issue's best level, as a share of a year's purchases
    talk_walk_away: Lanes  # (T, 1) worth of their best other offer
    talk_aspiration: Lanes
    opportunity_share: Lanes  # (2, O, 1) lowest and highest part of the cell's wallet
    opportunity_runs: Lanes  # (2, O, 1) quarters
    opportunity_lead: Lanes  # (2, O, 1) quarters
    opportunity_chance: Lanes  # (O, 1) a quarter
    opportunity_twists: tuple[tuple[int, ...], ...]  # by slot, codes of `terms.TWISTS_OF_PURCHASE`
    team_skill: Lanes  # (4, H, 1) of colleagues on the first day, by kind of work
    attack_rival: tuple[Rows, ...]  # by quarter of the blow, (A,) rival row or -1
    joint_gain: Lanes  # (Y, 1) a quarter in full swing, as a share of what the customer spends
    joint_wallet: Lanes  # (Y, 1) cents that the customer spent on the first day, a quarter

    # What follows from these for every lane and is asked for at each close is worked out once.

    @cached_property
    def market(self) -> Lanes:
        """(C, 1) `market_price` of the rivals' start prices."""
        return market_price(self.rival_markup)

    @cached_property
    def rival_stands(self) -> Lanes:
        """(J, C, 1) log of a rival's start price over the market price."""
        return self.rival_markup - self.market

    @cached_property
    def demand(self) -> tuple[Lanes, ...]:
        """By quarter, (C, 1) units that the category would buy by growth, economy and season."""
        return tuple(
            self.wallet * self.growth**quarter * self.season[(quarter - 1) % 4] * index**self.cyclicality
            for quarter, index in enumerate(self.demand_index)
        )

    @cached_property
    def cost(self) -> tuple[Lanes, ...]:
        """By quarter, (C, 1) cents that a unit costs to make."""
        return tuple(self.unit_cost * (1.0 + self.steel * (index - 1.0)) for index in self.materials)

    @cached_property
    def usual_service(self) -> Lanes:
        """(A, 1) service on the first day, as an attribute."""
        return service_attribute(self.start_service)

    @cached_property
    def usual_contact(self) -> Lanes:
        """(A, 1) `start_contact`, or what counts as some."""
        return np.maximum(self.start_contact, 0.05)

    @cached_property
    def initiative_dearer(self) -> Steps:
        """`initiative_price` in steps."""
        return in_turn(self.initiative_price)

    @cached_property
    def moved_importance(self) -> Lanes:
        """(initiative_accounts, 1) sum of `importance` where weights may shift."""
        return total(self.importance[:, self.moved_accounts])

    @cached_property
    def moved_accounts(self) -> slice | Rows:
        """`initiative_accounts` as an index."""
        return run(tuple(self.initiative_accounts.tolist()))


def on_time(utilisation: Lanes) -> Lanes:
    """Share of orders delivered on time and in full at a utilisation of capacity (economics B16)."""
    late: Lanes = np.maximum(0.7, 0.97 - 0.6 * np.maximum(0.0, utilisation - 0.85))
    return late


def trusting(trust: Lanes) -> Lanes:
    """Factor on price sensitivity: trust calms buyers (economics B3)."""
    factor: Lanes = 1.25 - 0.5 * trust
    return factor


def loyalty(orientation: Lanes) -> Lanes:
    """Factor on the pace of losses: customers who think of the next quarter alone leave faster, long-term ones more
    slowly; 1 at one half."""
    factor: Lanes = 1.2 - 0.4 * orientation
    return factor


def market_price(markup: Lanes) -> Lanes:
    """Log of the market price over our starting price (C, 1): the mean of ours and the rivals' (J, C, 1) at start."""
    mean: Lanes = total(markup) / (markup.shape[0] + 1)
    return mean


def service_attribute(delivered: Lanes) -> Lanes:
    """Delivery on time, .6..1, read as an attribute 0..1."""
    return unit((delivered - 0.6) / 0.4)


def in_turn(entries: Sequence[tuple[int, int, float]]) -> Steps:
    """Effects (initiative, row, effect) in steps in which each row stands once: a step is one operation on arrays, and
    the effects on a row still come in their order, to the bit."""
    steps: list[list[tuple[int, int, float]]] = []
    met = Counter[int]()
    for entry in entries:
        if met[entry[1]] == len(steps):
            steps.append([])
        steps[met[entry[1]]].append(entry)
        met[entry[1]] += 1
    return tuple(
        (
            np.array([initiative for initiative, _, _ in step], dtype=np.intp),
            run(tuple(row for _, row, _ in step)),
            column(effect for *_, effect in step),
        )
        for step in steps
    )
