"""A scenario's hidden numbers, compiled: what the author gave, and attractions that make today's shares rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Flags, Lanes, Rows, grouped, total
from kamsim.engine.organisation import SKILLS
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
from kamsim.engine.terms import ISSUES, TWISTS_OF_PURCHASE
from kamsim.engine.truth import (
    ATTRIBUTES,
    FIT,
    INERTIA,
    INNOVATION,
    RELATIONSHIP,
    SERVICE,
    TWISTS,
    Heeds,
    Truth,
    in_turn,
    loyalty,
    market_price,
    on_time,
    service_attribute,
    trusting,
)
from kamsim.scenario.models import Scenario
from kamsim.scenario.opportunities import opportunities
from kamsim.scenario.vocabulary import InitiativeKind

OUTSIDE_SHARE: Final = 0.05
"""Share of every wallet that goes in-house or to nobody in particular at start (economics B2, no-supplier option)."""
ABSENT: Final = -1000.0
"""Attraction of a rival that does not sell the line."""
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
weights of attributes (economics B14; "speed" reads as service, "terms" as price and fit)."""
RECESSION_FORCE: Final[dict[InitiativeKind, float]] = {
    "growth": -0.4,
    "digital": -0.4,
    "sustainability": -0.4,
    "cost_out": 0.2,
    "working_capital": 0.2,
}
"""What a recession adds to the net force on an initiative of a kind (economics B22): what earns later waits, what saves
now is wanted, the rest goes on. On every way out, since the same caution that delays also cancels."""


def _by_quarter(last: int, entries: dict[int, float], start: float) -> tuple[float, ...]:
    values = [start]
    for quarter in range(1, last + 3):
        values.append(entries.get(quarter, values[-1]))
    return tuple(values)


def _codes(values: list[int]) -> Rows:
    return np.array(values, dtype=np.intp)


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
    """Attractions that make today's shares the resting point of the model (economics H4), own and rivals'."""
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


def _influence(
    params: Params,
    powers: Sequence[float],
    new: Sequence[float | None],
    listens: Sequence[Mapping[str, float]],
    sway: Sequence[float],
) -> dict[str, Any]:
    """Power for new things and who listens to whom, from what the author gave each person (S), as keyword arguments of
    `Truth`. ``new``: None for the same power as elsewhere."""
    power = column(usual if given is None else given for usual, given in zip(powers, new, strict=True))
    strength = np.empty_like(power)
    own: Lanes = np.zeros_like(power)
    for rows in params.account_people:
        chosen = list(rows)
        strength[chosen] = power[chosen] / max(float(total(power, rows)[0]), 1e-9)
        own[chosen] = float(any(new[row] is not None for row in rows))
    heeds = []
    for row, weights in enumerate(listens):
        whole = 0.0
        for weight in weights.values():
            whole += weight
        if whole > 0.0:
            spoken = tuple((params.people.index(name), weight / whole) for name, weight in weights.items())
            heeds.append((row, sway[row], spoken))
    return {"power_new": strength, "power_differs": own, "heeds": tuple(heeds), "listens": _mask(params, tuple(heeds))}


def _mask(params: Params, heeds: Heeds) -> Lanes:
    """To whom each person listens, as a fact holds it (S, 1): 2^place for each colleague in the order of their buying
    centre, added up; 0 for nobody, -1 where nobody in the whole centre listens to anybody."""
    made = np.full((len(params.people), 1), -1.0)
    listeners = {row: speakers for row, _, speakers in heeds}
    for rows in params.account_people:
        if not any(row in listeners for row in rows):
            continue
        for row in rows:
            mask = 0
            for speaker, _ in listeners.get(row, ()):
                mask |= 1 << rows.index(speaker)
            made[row, 0] = float(mask)
    return made


def _initiatives(scenario: Scenario, params: Params) -> dict[str, Any]:
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
        weights += [(row, attribute * len(params.accounts) + account, shift) for attribute, shift in shifts.items()]
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
        "initiative_weights": in_turn(weights),
        "initiative_demand": in_turn(demand),
        "initiative_accounts": _codes(sorted({place % len(params.accounts) for _, place, _ in weights})),
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


def _opportunities(scenario: Scenario) -> dict[str, Any]:
    """Everything about purchases, as keyword arguments of `Truth`."""
    items = [item for _, _, _, item in opportunities(scenario)]

    def ends(name: str) -> Lanes:
        return np.array([[[getattr(item, name)[end]] for item in items] for end in (0, 1)]).reshape(2, len(items), 1)

    return {
        "opportunity_share": ends("share"),
        "opportunity_runs": ends("runs"),
        "opportunity_lead": ends("lead"),
        "opportunity_chance": column(item.chance for item in items),
        "opportunity_twists": tuple(tuple(TWISTS_OF_PURCHASE.index(word) for word in item.twists) for item in items),
    }


def _welcomes(needs: Sequence[Sequence[Sequence[str]]]) -> Lanes:
    """Which trades each need of each request welcomes (V, Q, 4), 0 or 1; one that it lacks is as its first."""
    most = max(map(len, needs), default=1)
    made = np.zeros((most, len(needs), len(TRADES)))
    for row, own in enumerate(needs):
        for place in range(most):
            welcomes = own[place if place < len(own) else 0]
            made[place, row] = [float(trade in welcomes) for trade in TRADES]
    return made


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
        **_influence(
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
        request_spread=_codes([item.spread for item in requests]),
        request_needs=_codes([1 + len(item.needs) for item in requests]),
        request_ask=column(item.ask for item in requests),
        request_firmness=column(item.firmness for item in requests),
        request_global=column(float(item.kind == "global_price") for item in requests),
        request_welcomes=_welcomes([[item.welcomes, *(need.welcomes for need in item.needs)] for item in requests]),
        incident_quarter=_codes([item.quarter for item in incidents]),
        incident_spread=_codes([item.spread for item in incidents]),
        incident_chance=column(item.chance for item in incidents),
        incident_severity=column(
            [item.severity for item in incidents] + [kind.severity for kind in scenario.incident_kinds]
        ),
        tender_quarter=_codes([item.quarter for item in tenders]),
        tender_units=column(item.units for item in tenders),
        tender_sensitivity=column(item.price_sensitivity for item in tenders),
        hurdle=column(account.hurdle for account in scenario.accounts),
        moment_quarter=_codes([item.quarter for item in moments]),
        moment_spread=_codes([item.spread for item in moments]),
        moment_chance=column(item.chance for item in moments),
        moment_twist=_codes([TWISTS.index(item.twist) for item in moments]),
        moment_twists=tuple(
            _codes([TWISTS.index(twist) for twist in (item.twist, *(other.twist for other in item.twists))])
            for item in moments
        ),
        talk_opens=_codes([item.quarter for item in talks]),
        talk_due=_codes([item.due for item in talks]),
        talk_spread=_codes([item.spread for item in talks]),
        talk_values=np.array([[[getattr(item.values, issue)] for item in talks] for issue in ISSUES]).reshape(
            len(ISSUES), len(talks), 1
        ),
        talk_walk_away=column(item.walk_away for item in talks),
        talk_aspiration=column(item.aspiration for item in talks),
        **_opportunities(scenario),
        team_skill=np.array(
            [[getattr(item.skills, skill) for item in scenario.organisation.team] for skill in SKILLS], dtype=np.float64
        ).reshape(len(SKILLS), -1, 1),
        attack_rival=tuple(attack),
        joint_gain=column(account.joint.gain for account in scenario.accounts if account.joint),
        joint_wallet=grouped(column(item.wallet for _, _, item in cells) * params.list_price, params.account_cells)[
            params.own.joint_account
        ],
        **_initiatives(scenario, params),
    )
