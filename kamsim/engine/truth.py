"""The hidden side of a scenario: traits, weights, scripts. It lives in World and nobody outside the engine reads it.

Axes as in `params`; arrays by quarter are indexed by the quarter's number, entry 0 unused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, get_args

import numpy as np

from kamsim.engine.influence import Heeds, compile_influence
from kamsim.engine.lanes import Codes, Flags, Lanes, Rows, total
from kamsim.engine.params import (
    CENTS,
    HABITS,
    MEASURES,
    STATES,
    TRADES,
    VOLUME_DRIVERS,
    Params,
    businesses,
    column,
    start_shares,
)
from kamsim.engine.terms import ISSUES
from kamsim.scenario.models import Scenario
from kamsim.scenario.vocabulary import InitiativeKind, Twist

ATTRIBUTES: Final = ("quality", "service", "fit", "relationship", "innovation")
QUALITY, SERVICE, FIT, RELATIONSHIP, INNOVATION = range(5)
TWISTS: Final[tuple[str, ...]] = get_args(Twist)
"""Facts that change in the middle of a moment."""
OUTSIDE_SHARE: Final = 0.05
"""Share of every wallet that goes in-house or to nobody in particular at start (ECONOMICS B2, no-supplier option)."""
ABSENT: Final = -1000.0
"""Attraction of a rival that does not sell the line."""
INERTIA: Final = {"frame": 0.08, "normal": 0.12, "spot": 0.40}
"""Rho by contract form (ECONOMICS B2)."""
WEIGHT_SHIFTS: Final[dict[InitiativeKind, tuple[float, dict[int, float]]]] = {
    "cost_out": (0.25, {SERVICE: 0.15}),
    "growth": (0.0, {SERVICE: 0.25, INNOVATION: 0.20}),
    "resilience": (0.0, {SERVICE: 0.30}),
    "sustainability": (0.0, {FIT: 0.25}),
    "digital": (0.0, {INNOVATION: 0.25}),
    "working_capital": (0.15, {FIT: 0.10}),
    "integration": (0.15, {RELATIONSHIP: 0.20}),
}
"""By kind of initiative at full intensity: what is added to price sensitivity (as a share of it) and to the
weights of attributes (ECONOMICS B14; "speed" reads as service, "terms" as price and fit)."""
RECESSION_FORCE: Final[dict[InitiativeKind, float]] = {
    "growth": -0.4,
    "digital": -0.4,
    "sustainability": -0.4,
    "cost_out": 0.2,
    "working_capital": 0.2,
}
"""What a recession adds to the net force on an initiative of a kind (ECONOMICS B22): what earns later waits, what saves
now is wanted, the rest goes on. On every way out, since the same caution that delays also cancels."""


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
    initiative_weights: tuple[tuple[int, int, int, float], ...]  # (k, account, attribute, added weight)
    initiative_demand: tuple[tuple[int, int, float], ...]  # (k, cell, delta)
    initiative_accounts: tuple[tuple[int, float], ...]  # (account, sum of its weights) where weights may shift
    owns_initiative: Flags  # (S,) true for owners
    force_strength: Lanes  # (U, 1) -1..1
    force_from: Rows  # (U,) first quarter at work
    force_until: Rows
    force_chance: Lanes  # (U, 1) that it comes
    force_in_recession: Lanes  # (K, 1) what a recession adds
    news_warns: Flags  # (W, U) which forces a piece of news announces
    turn_to: tuple[Rows, ...]  # by quarter, (K,) state code or -1
    turn_chance: tuple[Lanes, ...]  # by quarter, (K, 1)
    request_opens: Rows
    request_due: Rows
    request_ask: Lanes  # (Q, 1)
    request_firmness: Lanes
    request_global: Lanes  # (Q, 1) 1 where a headquarters asks for one price
    request_welcomes: Lanes  # (Q, 4) by trade, 0 or 1
    incident_quarter: Rows
    incident_chance: Lanes  # (I, 1)
    incident_severity: Lanes  # (I + M, 1): authored ones, then the kinds that come by chance
    tender_quarter: Rows
    tender_units: Lanes
    tender_sensitivity: Lanes
    hurdle: Lanes  # (A, 1) a year
    moment_quarter: Rows  # (M,)
    moment_chance: Lanes  # (M, 1)
    moment_twist: Rows  # (M,) index into TWISTS
    talk_opens: Rows  # (T,) of talks, as below
    talk_due: Rows
    talk_values: Lanes  # (8, T, 1) worth of each issue's best level, as a share of a year's purchases
    talk_walk_away: Lanes  # (T, 1) worth of their best other offer
    talk_aspiration: Lanes
    attack_rival: tuple[Rows, ...]  # by quarter of the blow, (A,) rival row or -1


def _by_quarter(last: int, entries: dict[int, float], start: float) -> tuple[float, ...]:
    values = [start]
    for quarter in range(1, last + 3):
        values.append(entries.get(quarter, values[-1]))
    return tuple(values)


def _codes(values: list[int]) -> Rows:
    return np.array(values, dtype=np.intp)


def on_time(utilisation: Lanes) -> Lanes:
    """Share of orders delivered on time and in full at a utilisation of capacity (ECONOMICS B16)."""
    late: Lanes = np.maximum(0.7, 0.97 - 0.6 * np.maximum(0.0, utilisation - 0.85))
    return late


def _service_costs(scenario: Scenario, parts: Lanes) -> tuple[Lanes, Lanes, Lanes]:
    """Time equations at start, split over an account's cells by sales: variable, fixed, order-driven part."""
    variable, fixed, orders = [], [], []
    row = 0
    shares = parts[:, 0]
    cells = businesses(scenario)
    for activity in scenario.activities:
        by_cell_variable, by_cell_fixed, order_driven, all_variable = [], [], 0.0, 0.0
        for row, (account, _, _) in enumerate(cells):
            moving = still = from_orders = 0.0
            for driver, hours in activity.hours.items():
                cost = getattr(account.service, driver) * hours * activity.rate * CENTS * shares[row]
                if driver in VOLUME_DRIVERS:
                    moving += cost
                    from_orders += cost if driver in ("orders", "order_lines", "rush_orders") else 0.0
                else:
                    still += cost
            by_cell_variable.append(moving)
            by_cell_fixed.append(still)
            order_driven += from_orders
            all_variable += moving
        variable.append(by_cell_variable)
        fixed.append(by_cell_fixed)
        orders.append(order_driven / all_variable if all_variable else 0.0)
    return np.array(variable)[..., None], np.array(fixed)[..., None], column(orders)


def trusting(trust: Lanes) -> Lanes:
    """Factor on price sensitivity: trust calms buyers (ECONOMICS B3)."""
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


def _sells(scenario: Scenario) -> Flags:
    """Which rival sells which cell's line, (J, C, 1)."""
    return np.array(
        [
            [[any(offer.line == item.line for offer in rival.lines)] for _, _, item in businesses(scenario)]
            for rival in scenario.rivals
        ]
    )


def _markups(scenario: Scenario) -> Lanes:
    """Log of each rival's price over ours by cell, (J, C, 1). A rival without the line is given the market price of
    those who have it, so that it moves no mean."""
    rows = []
    for _, _, item in businesses(scenario):
        prices = [next((o.price for o in rival.lines if o.line == item.line), None) for rival in scenario.rivals]
        known = [float(np.log(price)) for price in prices if price is not None]
        mean = float(total(column(known))[0]) / (len(known) + 1)
        rows.append([[mean] if price is None else [float(np.log(price))] for price in prices])
    return np.ascontiguousarray(np.array(rows).transpose(1, 0, 2))


def _calibrate(
    scenario: Scenario, params: Params, importance: Lanes, trust: Lanes, contact: Lanes, service: Lanes, markup: Lanes
) -> tuple[Lanes, Lanes, Lanes]:
    """Attractions that make today's shares the resting point of the model (ECONOMICS H4), own and rivals'."""
    cells = businesses(scenario)
    rivals = len(scenario.rivals)
    sells = _sells(scenario)
    own = np.empty((len(cells), 1))
    other = np.full((rivals, len(cells), 1), ABSENT)
    attributes = np.zeros((rivals, 5, len(cells), 1))
    for row, (customer, _, item) in enumerate(cells):
        account = int(params.cell_account[row])
        line = scenario.lines[params.cell_line[row]]
        weights = importance[:, account, 0]
        outside = min(OUTSIDE_SHARE, (1.0 - item.share) / 4.0)
        sensitivity = customer.traits.price_sensitivity * trusting(trust[account, 0])
        market = market_price(markup)[row, 0]
        relationship = 0.5 * (trust[account, 0] + contact[account, 0])
        standing = (line.quality, service_attribute(service[account, 0]), 0.5, relationship, line.innovation)
        worth = 0.0
        for weight, value in zip(weights, standing, strict=True):
            worth += weight * value
        own[row, 0] = np.log(item.share / outside) - worth - sensitivity * market
        sellers = int(np.count_nonzero(sells[:, row]))
        for rival, entry in enumerate(scenario.rivals):
            if not sells[rival, row, 0]:
                continue
            offer = next(offer for offer in entry.lines if offer.line == line.id)
            values = (offer.quality, offer.service, offer.fit, offer.relationship, offer.innovation)
            worth = 0.0
            for name, (weight, value) in enumerate(zip(weights, values, strict=True)):
                worth += weight * value
                attributes[rival, name, row, 0] = value
            relative = markup[rival, row, 0] - market
            other[rival, row, 0] = (
                np.log((1.0 - item.share - outside) / sellers / outside) - worth + sensitivity * relative
            )
    return own, other, attributes


def service_attribute(delivered: Lanes) -> Lanes:
    """Delivery on time, .6..1, read as an attribute 0..1."""
    value: Lanes = np.minimum(np.maximum((delivered - 0.6) / 0.4, 0.0), 1.0)
    return value


def _initiatives(scenario: Scenario, params: Params, importance: Lanes) -> dict[str, Any]:
    """Everything about initiatives, as keyword arguments of `Truth`."""
    rows = [item for account in scenario.accounts for item in account.initiatives]
    last = params.longest
    price, weights, demand = [], [], []
    turn_to = [np.full(len(rows), -1, dtype=np.intp) for _ in range(last + 3)]
    turn_chance = [np.zeros((len(rows), 1)) for _ in range(last + 3)]
    for row, item in enumerate(rows):
        account = int(params.initiative_account[row])
        dearer, shifts = WEIGHT_SHIFTS[item.kind]
        if dearer:
            price.append((row, account, dearer))
        weights += [(row, account, attribute, shift) for attribute, shift in shifts.items()]
        for cell in params.account_cells[account]:
            if item.demand.get(params.cells[cell][2]):
                demand.append((row, cell, item.demand[params.cells[cell][2]]))
        for turn in item.turns:
            if turn.quarter < len(turn_to):
                turn_to[turn.quarter][row] = STATES.index(turn.to)
                turn_chance[turn.quarter][row, 0] = turn.chance
    return {
        "initiative_state": _codes([STATES.index(item.state) for item in rows]),
        "initiative_known": _codes([int(item.known) for item in rows]),
        "initiative_price": tuple(price),
        "initiative_weights": tuple(weights),
        "initiative_demand": tuple(demand),
        "initiative_accounts": tuple(
            (account, float(total(importance[:, account])[0])) for account in sorted({row[1] for row in weights})
        ),
        "owns_initiative": np.isin(np.arange(len(params.people)), params.initiative_owner),
        "force_in_recession": column(RECESSION_FORCE.get(item.kind, 0.0) for item in rows),
        **_forces(scenario, params),
        "turn_to": tuple(turn_to),
        "turn_chance": tuple(turn_chance),
    }


def _forces(scenario: Scenario, params: Params) -> dict[str, Any]:
    """Everything about forces and the news that announces them, as keyword arguments of `Truth`."""
    forces = [force for account in scenario.accounts for item in account.initiatives for force in item.forces]
    warns = np.zeros((len(params.news), len(forces)), dtype=bool)
    for row, news in enumerate(scenario.news):
        for word in news.warns:
            if word in params.forces:
                warns[row, params.forces.index(word)] = True
            else:
                warns[row, list(params.initiative_forces[params.initiatives.index(word)])] = True
    return {
        "force_strength": column(force.strength for force in forces),
        "force_from": _codes([force.quarter for force in forces]),
        "force_until": _codes([force.until for force in forces]),
        "force_chance": column(force.chance for force in forces),
        "news_warns": warns,
    }


def compile_truth(scenario: Scenario, params: Params) -> Truth:
    """The hidden numbers of a scenario."""
    cells = businesses(scenario)
    last = params.longest
    _, parts = start_shares(scenario, params)
    importance = np.array(
        [[[getattr(account.importance, name)] for account in scenario.accounts] for name in ATTRIBUTES]
    )
    people = [person for account in scenario.accounts for person in account.people]
    power = column(person.power for person in people)
    strength = np.empty_like(power)
    for rows in params.account_people:
        chosen = list(rows)
        strength[chosen] = power[chosen] / max(float(total(power, rows)[0]), 1e-9)
    tie = column(person.tie for person in people)
    trust = column(account.trust for account in scenario.accounts)
    contact = np.array([total(strength * tie, rows) for rows in params.account_people])
    volume = column(item.wallet * item.share for _, _, item in cells)
    utilisation = np.array([total(volume, rows) for rows in params.line_cells]) + params.other_load
    punctual = on_time(utilisation / params.capacity)
    service = np.array([total(parts * punctual[params.cell_line], rows) for rows in params.account_cells])
    markup = _markups(scenario)
    own, other, attributes = _calibrate(scenario, params, importance, trust, contact, service, markup)
    variable, fixed, orders = _service_costs(scenario, parts)
    requests = [item for account in scenario.accounts for item in account.requests]
    incidents = [item for account in scenario.accounts for item in account.incidents]
    tenders = [item for account in scenario.accounts for item in account.tenders]
    moments = [item for account in scenario.accounts for item in account.moments]
    talks = [item for account in scenario.accounts for item in account.talks]
    attack = [np.full(len(params.accounts), -1, dtype=np.intp) for _ in range(last + 3)]
    for row, account in enumerate(scenario.accounts):
        for blow in account.attacks:
            if blow.quarter < len(attack):
                attack[blow.quarter][row] = params.rivals.index(blow.rival)
    by_account: dict[str, Any] = {
        name: column(getattr(account.traits, name) for account in scenario.accounts)
        for name in ("collaboration", "orientation", "turnover", "incident_hazard")
    }
    return Truth(
        price_sensitivity=column(account.traits.price_sensitivity for account, _, _ in cells),
        wallet=column(item.wallet for _, _, item in cells),
        growth=column(1.0 + account.growth for account, _, _ in cells),
        season=tuple(column(item.season[part] for _, _, item in cells) for part in range(4)),
        cyclicality=column(scenario.lines[row].cyclicality for row in params.cell_line),
        demand_index=_by_quarter(last, {entry.quarter: entry.demand for entry in scenario.macro}, 1.0),
        materials=_by_quarter(last, {entry.quarter: entry.materials for entry in scenario.macro}, 1.0),
        recession=tuple(
            bool(value)
            for value in _by_quarter(last, {entry.quarter: float(entry.recession) for entry in scenario.macro}, 0.0)
        ),
        unit_cost=column(round(scenario.lines[row].unit_cost * CENTS) for row in params.cell_line),
        steel=column(scenario.lines[row].steel for row in params.cell_line),
        importance=importance,
        attraction=own,
        own_quality=column(scenario.lines[row].quality for row in params.cell_line),
        own_innovation=column(scenario.lines[row].innovation for row in params.cell_line),
        inertia=column(INERTIA[item.contract] for _, _, item in cells),
        start_share=column(item.share for _, _, item in cells),
        start_volume=volume,
        sales_part=parts,
        rival_attraction=other,
        rival_attributes=attributes,
        rival_follow=column(rival.follow for rival in scenario.rivals),
        rival_markup=markup,
        rival_sells=_sells(scenario),
        activity_variable=variable,
        activity_fixed=fixed,
        activity_orders=orders,
        rival_habit=_codes([HABITS.index(rival.habit) for rival in scenario.rivals]),
        **by_account,
        loss_pace=loyalty(by_account["orientation"]),
        start_trust=trust,
        start_service=service,
        start_contact=contact,
        power=strength,
        **compile_influence(
            params,
            [person.power for person in people],
            [person.power_new for person in people],
            [person.listens for person in people],
            [person.sway for person in people],
        ),
        veto=column(float(person.veto) for person in people),
        measure=_codes([MEASURES.index(person.measure) for person in people]),
        start_stance=column(person.stance for person in people),
        start_tie=tie,
        request_opens=_codes([item.quarter for item in requests]),
        request_due=_codes([item.due for item in requests]),
        request_ask=column(item.ask for item in requests),
        request_firmness=column(item.firmness for item in requests),
        request_global=column(float(item.kind == "global_price") for item in requests),
        request_welcomes=np.array([[float(trade in item.welcomes) for trade in TRADES] for item in requests]).reshape(
            len(requests), len(TRADES)
        ),
        incident_quarter=_codes([item.quarter for item in incidents]),
        incident_chance=column(item.chance for item in incidents),
        incident_severity=column(
            [item.severity for item in incidents] + [kind.severity for kind in scenario.incident_kinds]
        ),
        tender_quarter=_codes([item.quarter for item in tenders]),
        tender_units=column(item.units for item in tenders),
        tender_sensitivity=column(item.price_sensitivity for item in tenders),
        hurdle=column(account.hurdle for account in scenario.accounts),
        moment_quarter=_codes([item.quarter for item in moments]),
        moment_chance=column(item.chance for item in moments),
        moment_twist=_codes([TWISTS.index(item.twist) for item in moments]),
        talk_opens=_codes([item.quarter for item in talks]),
        talk_due=_codes([item.due for item in talks]),
        talk_values=np.array([[[getattr(item.values, issue)] for item in talks] for issue in ISSUES]).reshape(
            len(ISSUES), len(talks), 1
        ),
        talk_walk_away=column(item.walk_away for item in talks),
        talk_aspiration=column(item.aspiration for item in talks),
        attack_rival=tuple(attack),
        **_initiatives(scenario, params, importance),
    )


def full_codes(values: Rows, lanes: int) -> Codes:
    """Start codes by row, repeated over lanes as int8."""
    return np.repeat(values.astype(np.int8)[:, None], lanes, axis=1)
