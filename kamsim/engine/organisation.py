"""Our own side as public numbers: colleagues, specialists, the programme, what may be built with customers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, get_args

import numpy as np

from kamsim.engine.lanes import Codes, Lanes, Rows, total
from kamsim.engine.luck import Keys, entity_keys
from kamsim.scenario.models import Scenario
from kamsim.scenario.organisation import Programme, parts
from kamsim.scenario.vocabulary import Seat, Skill

USUAL_SUPPORT: Final = 0.8
"""Support of our own company at which everything is as it would be without it."""
EASIER: Final = 0.25
"""By how much of itself the team's time grows where the whole company helps (economics B21: O on hours)."""

SKILLS: Final[tuple[str, ...]] = get_args(Skill)
"""Kinds of work, in the order of every axis of four."""
RESEARCH, CASES, TECHNICAL, RELATIONS = range(len(SKILLS))


@dataclass(frozen=True, eq=False)
class Organisation:
    """What everybody knows of our own side. Axes: H colleagues, P specialists, Y what can be built together."""

    parts: frozenset[str]
    """Which of `scenario.organisation.PARTS` there are."""
    colleagues: tuple[str, ...]
    specialists: tuple[str, ...]
    joints: tuple[str, ...]
    """What can be built together with a customer, one of an account at most."""
    joint_account: Rows
    """(Y,) with whom."""
    joint_initiative: Rows
    """(Y,) the customer's own one that it serves."""
    joint_sponsor: Rows
    """(Y,) the person who has to want it at the customer's."""
    joint_inside: Rows
    """(Y,) the approver who has to want it in our company, -1 for our boss."""
    joint_trust: Lanes
    """(Y, 1) trust in us from which they begin it."""
    joint_cost: Lanes
    """(Y, 1) our spending a quarter until it is live, as a share of what the customer spent on the first day."""
    joint_design: Lanes
    joint_build: Lanes
    joint_ramp: Lanes
    """(Y, 1) quarters of each phase."""
    joint_hours: Lanes
    """(Y, 1) governance a quarter until it is live."""
    joint_keys: Keys
    """(Y, 1) addresses of their luck."""
    seats: tuple[int, ...]
    """Row among the approvers of whoever sits at our desk for each of `params.DESK_SEATS`, -1 for nobody."""
    quarter: float
    """The team's hours a quarter as they are written, before support adds to them or takes from them."""
    key: Rows
    """(A,) 1 for customers that are key on the first day."""
    key_cost: float
    """Units of money that naming a customer key costs, whichever it is."""
    span: float
    """Customers that the programme serves well."""
    growth: float
    """Of account profit a year that management expects."""
    patience: int
    """Reviews below plan after which the programme may be rebuilt."""
    colleague_hours: Lanes
    """(H, 1) of the team's hours a quarter."""
    colleague_keys: Keys
    start_lead: Codes
    """(A,) the colleague who looks after an account on the first day, -1 for the player."""
    specialist_skill: Rows
    """(P,) index into `SKILLS`."""
    specialist_level: Lanes
    """(P, 1) how good at it."""
    specialist_busy: Lanes
    """(P, 1) chance a quarter that another team has them, with the usual support."""
    specialist_keys: Keys
    red_tape: float
    """How much of everybody's strength reports and forms take, 0..1."""

    @property
    def moving(self) -> bool:
        """Whether support and information can change while one plays."""
        return self.has("support") or self.has("programme")

    def has(self, part: str) -> bool:
        """Whether there is this part; the empty one is everywhere."""
        return not part or part in self.parts


def compile_organisation(scenario: Scenario) -> Organisation:
    """What a scenario says of our own side."""
    own = scenario.organisation
    joints = [(row, account.joint) for row, account in enumerate(scenario.accounts) if account.joint]
    built = [item for _, item in joints]
    people = [person.id for account in scenario.accounts for person in account.people]
    initiatives = [item.id for account in scenario.accounts for item in account.initiatives]
    desk = [member.id for member in scenario.desk.approvers] if scenario.desk else []
    programme = own.programme or Programme(cost=0)
    seats = [approver.seat for approver in scenario.desk.approvers] if scenario.desk else []
    return Organisation(
        parts=parts(own, bool(joints)),
        colleagues=tuple(item.id for item in own.team),
        specialists=tuple(item.id for item in own.pool),
        joints=tuple(item.id for item in built),
        joint_account=np.array([row for row, _ in joints], dtype=np.intp),
        joint_initiative=np.array([initiatives.index(item.initiative) for item in built], dtype=np.intp),
        joint_sponsor=np.array([people.index(item.sponsor) for item in built], dtype=np.intp),
        joint_inside=np.array([desk.index(item.inside) if item.inside else -1 for item in built], dtype=np.intp),
        joint_trust=_column(item.trust for item in built),
        joint_cost=_column(item.cost for item in built),
        joint_design=_column(item.design for item in built),
        joint_build=_column(item.build for item in built),
        joint_ramp=_column(item.ramp for item in built),
        joint_hours=_column(item.hours for item in built),
        joint_keys=entity_keys(item.id for item in built),
        seats=tuple(seats.index(seat) if seat in seats else -1 for seat in get_args(Seat)),
        quarter=float(scenario.time.quarter),
        key=np.array([account.id in programme.key for account in scenario.accounts], dtype=np.intp),
        key_cost=programme.cost,
        span=float(programme.span),
        growth=programme.growth,
        patience=programme.patience,
        colleague_hours=np.array([item.hours for item in own.team], dtype=np.float64).reshape(-1, 1),
        colleague_keys=entity_keys(item.id for item in own.team),
        start_lead=_first_lead(scenario),
        specialist_skill=np.array([SKILLS.index(item.skill) for item in own.pool], dtype=np.intp),
        specialist_level=np.array([item.level for item in own.pool], dtype=np.float64).reshape(-1, 1),
        specialist_busy=np.array([item.busy for item in own.pool], dtype=np.float64).reshape(-1, 1),
        specialist_keys=entity_keys(item.id for item in own.pool),
        red_tape=own.red_tape,
    )


def _column(values: Iterable[float]) -> Lanes:
    """(Y, 1), the same in all lanes."""
    return np.array(list(values), dtype=np.float64).reshape(-1, 1)


def _first_lead(scenario: Scenario) -> Codes:
    """Who looks after whom on the first day."""
    led = {account: row for row, item in enumerate(scenario.organisation.team) for account in item.accounts}
    return np.array([led.get(account.id, -1) for account in scenario.accounts], dtype=np.int8)


def team_hours(scenario: Scenario) -> float:
    """The team's hours a quarter in whole tens: what colleagues take off it, or load on it."""
    helped = scenario.time.quarter * (1.0 + EASIER * (scenario.company.support - USUAL_SUPPORT))
    standing = np.array([getattr(scenario.time.rhythms, account.rhythm) for account in scenario.accounts])
    return max(float(total(standing)), 10.0 * round(helped / 10))
