"""Public numbers of a scenario as read-only arrays, and the names of every row.

`Params` holds only what a player may know from the first day; hidden traits and scripts are in
`world.Truth`. Money is in cents, prices are per unit, rates per quarter. Array axes are named by letter:
A accounts, C cells (account, region, line), P lines, S people, K initiatives, Q requests, T tenders,
J rivals, N activities of cost to serve, U forces, W news; T are talks where a name says so; a trailing axis of 1
stands for "the same in all lanes".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, get_args

import numpy as np

from kamsim.engine.facts import Fact, all_facts
from kamsim.engine.lanes import Lanes, Rows, total
from kamsim.engine.luck import Keys, entity_keys
from kamsim.engine.organisation import Organisation, compile_organisation, team_hours
from kamsim.scenario.basics import MOST_DISCOUNT
from kamsim.scenario.customer import Account, Business, Importance, Initiative, Person
from kamsim.scenario.models import Scenario
from kamsim.scenario.opportunities import opportunities as bought
from kamsim.scenario.vocabulary import Criterion, Gate, Habit, InitiativeKind, Seat

CENTS: Final = 100.0
RHYTHMS: Final = ("light", "normal", "close")
LEVELS: Final = ("buyer", "manager", "executive")
EXECUTIVE: Final = LEVELS.index("executive")
MEASURES: Final = ("savings", "cash", "uptime", "delivery", "launch", "growth", "quality", "footprint")
STATES: Final = (
    "dormant", "announced", "funded", "executing", "accelerated", "delayed", "undermined", "completed", "cancelled",
)  # fmt: skip
TRADES: Final = ("fewer_deliveries", "volume_commitment", "longer_term", "prompt_payment")
REQUEST_STATUS: Final = ("future", "open", "granted", "traded", "declined", "lapsed")
_, OPEN, GRANTED, TRADED, DECLINED, LAPSED = range(len(REQUEST_STATUS))
ANSWERS: Final = ("none", "accepted", "rejected", "delayed")
ACCEPTED, REJECTED, DELAYED = range(1, len(ANSWERS))
START_QUARTER: Final = 1
KINDS: Final[tuple[str, ...]] = get_args(InitiativeKind)
"""Kinds of initiative."""
HABITS: Final[tuple[str, ...]] = get_args(Habit)
"""What a rival attacks with."""
CRITERIA: Final[tuple[str, ...]] = get_args(Criterion)
GATES: Final[tuple[str, ...]] = get_args(Gate)
"""What business cases are judged by, and what stops one before it is judged."""
VOLUME_DRIVERS: Final = ("orders", "order_lines", "rush_orders", "returns", "tickets")
"""Drivers of cost to serve that grow with volume; sites, custom parts and special terms do not."""


def column(values: Any) -> Lanes:
    """A (rows, 1) array that all lanes share, read-only."""
    made = np.array(list(values), dtype=np.float64).reshape(-1, 1)
    made.flags.writeable = False
    return made


def _rows(values: Any) -> Rows:
    made = np.array(list(values), dtype=np.intp)
    made.flags.writeable = False
    return made


@dataclass(frozen=True)
class Priors:
    """What a sensible newcomer believes of any customer, as the author has it; ``fit`` and ``service``: how much these
    weigh for a customer of whom nothing is known."""

    price_sensitivity: float
    share: float
    trust: float
    collaboration: float
    follow: float
    variable_service: float
    spread: float
    fit: float
    service: float


def _priors(scenario: Scenario) -> Priors:
    usual = Importance()
    return Priors(**scenario.priors.model_dump(), fit=usual.fit, service=usual.service)


@dataclass(frozen=True, eq=False)
class Params:
    """A compiled scenario. Immutable; shared by all lanes, chunks and sessions of that scenario."""

    accounts: tuple[str, ...]
    regions: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]
    cells: tuple[tuple[str, str, str], ...]
    people: tuple[str, ...]
    initiatives: tuple[str, ...]
    requests: tuple[str, ...]
    incidents: tuple[str, ...]
    tenders: tuple[str, ...]
    rivals: tuple[str, ...]
    activities: tuple[str, ...]
    approvers: tuple[str, ...]
    """Members of our own deal desk; none without a desk."""
    moments: tuple[str, ...]
    forces: tuple[str, ...]
    """What pushes initiatives; nobody knows of one before it is heard of."""
    news: tuple[str, ...]
    """Public news; it can be linked to a customer from its quarter on."""
    talks: tuple[str, ...]
    """Negotiations."""
    opportunities: tuple[str, ...]
    """Slots for purchases that initiatives bring; nobody knows of one before it is heard of."""
    own: Organisation
    """Our own side: who works with us, and what there is to decide about it."""
    facts: tuple[Fact, ...]
    fact_blocks: dict[str, range]
    """Facts of one kind stand together: ``facts[fact_blocks["state"][k]]`` is the state of initiative k."""

    cell_account: Rows
    cell_line: Rows
    account_cells: tuple[tuple[int, ...], ...]
    line_cells: tuple[tuple[int, ...], ...]
    person_account: Rows
    account_people: tuple[tuple[int, ...], ...]
    person_level: Rows
    initiative_account: Rows
    initiative_owner: Rows
    account_initiatives: tuple[tuple[int, ...], ...]
    force_initiative: Rows
    initiative_forces: tuple[tuple[int, ...], ...]
    news_quarter: Rows
    request_account: Rows
    request_person: Rows
    request_line: Rows
    """-1 for all lines."""
    account_requests: tuple[tuple[int, ...], ...]
    incident_account: Rows
    tender_cell: Rows
    region_codes: Rows
    """(C,) place of a cell's region among its account's."""
    global_price: tuple[bool, ...]
    """(A,) whether a headquarters may sign one price for several regions."""
    bound: tuple[tuple[int, str], ...]
    """(G) account and region of every region, headquarters' own apart, that its headquarters may bind."""
    cell_bound: Rows
    """(C,) row of a cell's region among ``bound``, -1 for none."""
    person_bound: Rows
    """(S,) row of the region that a person speaks for, -1 for the whole customer."""
    support: float
    """How far our own company stands behind its key accounts, 0..1 (economics B21)."""
    initiative_kind: Rows
    """(K,) index into KINDS."""
    person_column: Rows
    """(S,) column of `judgement.WEIGHTS` by which a person reads a case."""
    approver_column: Rows
    """(D,)."""
    moment_account: Rows
    moment_person: Rows
    moment_initiative: Rows
    """(M,) -1 for none."""
    talk_account: Rows
    talk_person: Rows
    talk_initiative: Rows
    """The initiative that our hours of help would work for, -1 for none."""
    talk_cells: tuple[tuple[int, ...], ...]
    """Cells of the line that the customer might buy from us alone."""

    opportunity_initiative: Rows
    opportunity_account: Rows
    opportunity_cell: Rows
    opportunity_decider: Rows
    """(O,) the person who decides."""
    initiative_opportunities: tuple[tuple[int, ...], ...]
    account_opportunities: tuple[tuple[int, ...], ...]
    opportunity_layers: tuple[tuple[int, ...], ...]
    """Slots, those of one cell in different layers, so that what they bring can be added up layer by layer."""
    solutions: tuple[int, ...]
    """Cells that are bought only for what the customer has under way."""

    list_price: Lanes
    """(C, 1) cents."""
    capacity: Lanes
    """(P, 1) units."""
    other_load: Lanes
    """(P, 1) units sold outside the game."""
    start_discount: Lanes
    start_rebate: Lanes
    start_days: Lanes
    """(A, 1) payment days."""
    floor: Lanes
    """(C, 1) lowest pocket price allowed, as a share of list: above unit cost, and within reach of the moves."""
    authority_discount: float
    authority_rebate: float
    authority_days: float
    """Payment days that may be given beyond those of the first day."""
    approver_power: Lanes
    """(D, 1) adds to 1."""
    approver_veto: Lanes
    """(D, 1) 1 for finance and operations."""
    start_desk: Lanes
    """(D, 1) stance on the first day."""
    bands: tuple[float, ...]
    """Shares of an account's yearly sales at which an ask climbs a tier."""
    goal_metrics: tuple[int, ...]
    """By year, what our company wants most, an index into `page.METRICS`; -1 where it does not say."""
    hurdle: float
    """A year."""
    specialist_cost: float
    """Cents a quarter."""
    bespoke_cost: Lanes
    """(A, 1) cents, 0 where nothing can be made for this customer alone."""
    priors: Priors
    activity_capacity: Lanes
    """(N, 1) cents a quarter."""
    rhythm_hours: Lanes
    """(3,) hours a quarter."""
    start_rhythm: Rows
    hours: float
    information_quality: float
    """0..1 (Q of economics B21)."""
    hourly_cost: float
    """Cents."""
    programme_cost: float
    """Cents a quarter."""
    cost_of_capital: float
    """A year."""
    standard_quarters: int
    longest: int
    unlocked_at: dict[str, int]
    """First quarter of each move that is not there from the start."""
    account_keys: Keys
    cell_keys: Keys
    person_keys: Keys
    initiative_keys: Keys
    request_keys: Keys
    incident_keys: Keys
    moment_keys: Keys
    force_keys: Keys
    opportunity_keys: Keys
    fact_keys: Keys

    @cached_property
    def free_capacity(self) -> Lanes:
        """(P, 1) units that are left to be sold in the game."""
        return np.maximum(0.0, self.capacity - self.other_load)

    @property
    def quarter_rate(self) -> float:
        """Discount factor of one quarter at the cost of capital."""
        return float((1.0 + self.cost_of_capital) ** -0.25)

    def working_level(self, account: int) -> tuple[int, ...]:
        """Rows of an account's people below the executives, in order."""
        return tuple(row for row in self.account_people[account] if self.person_level[row] < EXECUTIVE)

    def cell(self, account: int, region: str, line: int) -> int | None:
        """The row of a cell, or None if the account does not buy that line there."""
        for row in self.account_cells[account]:
            if self.cell_line[row] == line and self.cells[row][1] == region:
                return row
        return None


def businesses(scenario: Scenario) -> list[tuple[Account, str, Business]]:
    """Every (account, region, business) of a scenario, in the order of the cells."""
    return [
        (account, business.region or account.regions[0].id, business)
        for account in scenario.accounts
        for business in account.business
    ]


def reader_column(person: Person) -> int:
    """Which kind of reader a customer's person is (economics C): 0 chief, 1 finance, 2 operations, 3 purchasing."""
    if person.function in ("finance", "purchasing"):
        return 1 if person.function == "finance" else 3
    return 2 if person.function in ("operations", "engineering") else 0


DESK_SEATS: Final[tuple[str, ...]] = get_args(Seat)


def _goals(scenario: Scenario) -> tuple[int, ...]:
    """Index of each year's goal among `page.METRICS`, which go on from the customers' measures."""
    names = (*MEASURES, "profit", "volume")
    by_year = {goal.year: names.index(goal.metric) for goal in scenario.company.goals}
    made = [-1]
    for year in range(1, scenario.length.longest // 4 + 3):
        made.append(by_year.get(year, made[-1]))
    return tuple(made[1:])


def _line_of(named: str | None, cells: Sequence[tuple[str, str, str]], account: str) -> tuple[int, ...]:
    """Cells of an account's line, its first one if none is named."""
    own = [row for row, cell in enumerate(cells) if cell[0] == account]
    line = named or cells[own[0]][2]
    return tuple(row for row in own if cells[row][2] == line)


def _grouped_rows(members: Rows, groups: int) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(row) for row in np.flatnonzero(members == group)) for group in range(groups))


def _layers(groups: Rows) -> tuple[tuple[int, ...], ...]:
    """Row numbers in layers, each with one row of a group at most, in their order."""
    places = [int(np.count_nonzero(groups[:row] == group)) for row, group in enumerate(groups)]
    return tuple(tuple(np.flatnonzero(np.equal(places, layer)).tolist()) for layer in sorted(set(places)))


def force_names(initiative: Initiative) -> tuple[str, ...]:
    """What the forces of an initiative are called: by their id, else by its id and their place."""
    return tuple(force.id or f"{initiative.id}.{place}" for place, force in enumerate(initiative.forces, 1))


def _bound(scenario: Scenario) -> tuple[tuple[int, str], ...]:
    """Regions that a headquarters may bind: those in which its account buys, its own apart."""
    return tuple(
        (row, region.id)
        for row, account in enumerate(scenario.accounts)
        for region in account.regions
        if account.headquarters not in (None, region.id)
        and any((item.region or account.regions[0].id) == region.id for item in account.business)
    )


def compile_params(scenario: Scenario) -> Params:
    """The public numbers of a scenario (which must have passed `scenario.lint`)."""
    accounts = tuple(account.id for account in scenario.accounts)
    lines = tuple(line.id for line in scenario.lines)
    line_row = {name: row for row, name in enumerate(lines)}
    rivals = tuple(rival.id for rival in scenario.rivals)
    business = businesses(scenario)
    cells = tuple((account.id, region, item.line) for account, region, item in business)
    account_row = {name: row for row, name in enumerate(accounts)}
    cell_account = _rows(account_row[cell[0]] for cell in cells)
    cell_line = _rows(line_row[cell[2]] for cell in cells)
    regions = tuple(tuple(region.id for region in account.regions) for account in scenario.accounts)
    people = [(person.id, row) for row, account in enumerate(scenario.accounts) for person in account.people]
    person_row = {name: row for row, (name, _) in enumerate(people)}
    initiatives = [(item.id, row) for row, account in enumerate(scenario.accounts) for item in account.initiatives]
    requests = [(item.id, row) for row, account in enumerate(scenario.accounts) for item in account.requests]
    incidents = [(item.id, row) for row, account in enumerate(scenario.accounts) for item in account.incidents]
    tenders = [
        (item, cells.index((account.id, item.region or account.regions[0].id, item.line)))
        for account in scenario.accounts
        for item in account.tenders
    ]
    bound = _bound(scenario)
    bound_row = {(accounts[row], region): place for place, (row, region) in enumerate(bound)}
    regional = [(f"{accounts[row]}/{region}", row) for row, region in bound]
    rows = [item for account in scenario.accounts for item in account.initiatives]
    forces = [(name, row) for row, item in enumerate(rows) for name in force_names(item)]
    held = [(name, initiatives[row][1]) for name, row in forces]
    talks = [(item, row) for row, account in enumerate(scenario.accounts) for item in account.talks]
    talk_names = [(item.id, row) for item, row in talks]
    slots = bought(scenario)
    slot_names = [(item.id, account_row[account.id]) for _, account, _, item in slots]
    slot_cells = _rows(
        cells.index((account.id, item.region or account.regions[0].id, item.line)) for _, account, _, item in slots
    )
    facts, blocks = all_facts(accounts, people, initiatives, requests, regional, held, talk_names, slot_names)
    list_price = column(round(scenario.lines[row].list_price * CENTS) for row in cell_line)
    unit_cost = column(round(scenario.lines[row].unit_cost * CENTS) for row in cell_line)
    desk = scenario.desk.approvers if scenario.desk else ()
    powers = column(approver.power for approver in desk)
    moments = [(item, row) for row, account in enumerate(scenario.accounts) for item in account.moments]
    initiative_row = {name: row for row, (name, _) in enumerate(initiatives)}
    return Params(
        accounts=accounts,
        regions=regions,
        lines=lines,
        cells=cells,
        people=tuple(name for name, _ in people),
        initiatives=tuple(name for name, _ in initiatives),
        requests=tuple(name for name, _ in requests),
        incidents=tuple(name for name, _ in incidents),
        tenders=tuple(tender.id for tender, _ in tenders),
        rivals=rivals,
        activities=tuple(activity.id for activity in scenario.activities),
        approvers=tuple(approver.id for approver in desk),
        moments=tuple(item.id for item, _ in moments),
        forces=tuple(name for name, _ in forces),
        news=tuple(item.id for item in scenario.news),
        talks=tuple(item.id for item, _ in talks),
        opportunities=tuple(name for name, _ in slot_names),
        own=compile_organisation(scenario),
        facts=facts,
        fact_blocks=blocks,
        cell_account=cell_account,
        cell_line=cell_line,
        account_cells=_grouped_rows(cell_account, len(accounts)),
        line_cells=_grouped_rows(cell_line, len(lines)),
        person_account=_rows(row for _, row in people),
        account_people=_grouped_rows(_rows(row for _, row in people), len(accounts)),
        person_level=_rows(LEVELS.index(person.level) for account in scenario.accounts for person in account.people),
        initiative_account=_rows(row for _, row in initiatives),
        initiative_owner=_rows(person_row[item.owner] for account in scenario.accounts for item in account.initiatives),
        account_initiatives=_grouped_rows(_rows(row for _, row in initiatives), len(accounts)),
        force_initiative=_rows(row for _, row in forces),
        initiative_forces=_grouped_rows(_rows(row for _, row in forces), len(initiatives)),
        news_quarter=_rows(item.quarter for item in scenario.news),
        request_account=_rows(row for _, row in requests),
        request_person=_rows(person_row[item.person] for account in scenario.accounts for item in account.requests),
        request_line=_rows(
            -1 if item.line is None else line_row[item.line]
            for account in scenario.accounts
            for item in account.requests
        ),
        account_requests=_grouped_rows(_rows(row for _, row in requests), len(accounts)),
        incident_account=_rows(row for _, row in incidents),
        tender_cell=_rows(cell for _, cell in tenders),
        region_codes=_rows(
            regions[owner].index(cell[1]) for cell, owner in zip(cells, cell_account.tolist(), strict=True)
        ),
        global_price=tuple(account.headquarters is not None for account in scenario.accounts),
        bound=bound,
        cell_bound=_rows(bound_row.get(cell[:2], -1) for cell in cells),
        person_bound=_rows(
            bound_row.get((account.id, person.region or ""), -1)
            for account in scenario.accounts
            for person in account.people
        ),
        support=scenario.company.support,
        initiative_kind=_rows(KINDS.index(item.kind) for account in scenario.accounts for item in account.initiatives),
        person_column=_rows(reader_column(person) for account in scenario.accounts for person in account.people),
        approver_column=_rows(4 + DESK_SEATS.index(approver.seat) for approver in desk),
        moment_account=_rows(row for _, row in moments),
        moment_person=_rows(person_row[item.person] for item, _ in moments),
        moment_initiative=_rows(
            -1 if item.initiative is None else initiative_row[item.initiative] for item, _ in moments
        ),
        talk_account=_rows(row for _, row in talks),
        talk_person=_rows(person_row[item.person] for item, _ in talks),
        talk_initiative=_rows(-1 if item.initiative is None else initiative_row[item.initiative] for item, _ in talks),
        talk_cells=tuple(_line_of(item.line, cells, accounts[row]) for item, row in talks),
        opportunity_initiative=_rows(row for row, _, _, _ in slots),
        opportunity_account=_rows(row for _, row in slot_names),
        opportunity_cell=slot_cells,
        opportunity_decider=_rows(person_row[item.decider or owner.owner] for _, _, owner, item in slots),
        initiative_opportunities=_grouped_rows(_rows(row for row, _, _, _ in slots), len(initiatives)),
        account_opportunities=_grouped_rows(_rows(row for _, row in slot_names), len(accounts)),
        opportunity_layers=_layers(slot_cells),
        solutions=tuple(row for row, line in enumerate(cell_line.tolist()) if slots and scenario.lines[line].solution),
        list_price=list_price,
        capacity=column(line.capacity for line in scenario.lines),
        other_load=column(line.other_load for line in scenario.lines),
        start_discount=column(item.discount for _, _, item in business),
        start_rebate=column(item.rebate for _, _, item in business),
        start_days=column(account.payment_days for account in scenario.accounts),
        floor=np.maximum(unit_cost / list_price + scenario.authority.floor_margin, 1.0 - MOST_DISCOUNT),
        authority_discount=scenario.authority.discount,
        authority_rebate=scenario.authority.rebate,
        authority_days=float(scenario.authority.days),
        approver_power=powers / max(float(total(powers)[0]), 1e-9) if desk else powers,
        approver_veto=column(float(approver.seat in ("finance", "operations")) for approver in desk),
        start_desk=column(approver.stance for approver in desk),
        bands=scenario.desk.bands if scenario.desk else (0.0, 0.0, 0.0),
        goal_metrics=_goals(scenario),
        hurdle=scenario.company.hurdle,
        specialist_cost=float(round(scenario.company.specialist_cost * CENTS)),
        bespoke_cost=column(
            round(account.bespoke.cost * CENTS) if account.bespoke else 0 for account in scenario.accounts
        ),
        priors=_priors(scenario),
        activity_capacity=column(round(item.rate * item.capacity * CENTS) for item in scenario.activities),
        rhythm_hours=np.array([getattr(scenario.time.rhythms, name) for name in RHYTHMS], dtype=np.float64),
        start_rhythm=_rows(RHYTHMS.index(account.rhythm) for account in scenario.accounts),
        hours=team_hours(scenario),
        information_quality=scenario.company.information_quality,
        hourly_cost=float(round(scenario.company.hourly_cost * CENTS)),
        programme_cost=float(round(scenario.company.programme_cost * CENTS)),
        cost_of_capital=scenario.company.cost_of_capital,
        standard_quarters=scenario.length.standard,
        longest=scenario.length.longest,
        unlocked_at={unlock.move: unlock.quarter for unlock in scenario.unlocks},
        account_keys=entity_keys(accounts),
        cell_keys=entity_keys("/".join(cell) for cell in cells),
        person_keys=entity_keys(name for name, _ in people),
        initiative_keys=entity_keys(name for name, _ in initiatives),
        request_keys=entity_keys(name for name, _ in requests),
        incident_keys=entity_keys(name for name, _ in incidents),
        moment_keys=entity_keys(item.id for item, _ in moments),
        force_keys=entity_keys(name for name, _ in forces),
        opportunity_keys=entity_keys(name for name, _ in slot_names),
        fact_keys=entity_keys(fact.name for fact in facts),
    )


def start_shares(scenario: Scenario, params: Params) -> tuple[Lanes, Lanes]:
    """Sales at start by cell in cents (C, 1), and each cell's part of its account's sales (C, 1)."""
    units = column(item.wallet * item.share for _, _, item in businesses(scenario))
    sales = units * params.list_price * (1.0 - params.start_discount) * (1.0 - params.start_rebate)
    parts = np.empty_like(sales)
    for rows in params.account_cells:
        parts[list(rows)] = sales[list(rows)] / total(sales, rows)
    return sales, parts
