"""Our own side as public numbers: colleagues, specialists, the programme, what may be built with customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import numpy as np

from kamsim.engine.lanes import Rows, total
from kamsim.scenario.models import Scenario
from kamsim.scenario.organisation import Programme, parts
from kamsim.scenario.vocabulary import Seat

USUAL_SUPPORT: Final = 0.8
"""Support of our own company at which everything is as it would be without it."""
EASIER: Final = 0.25
"""By how much of itself the team's time grows where the whole company helps (economics B21: O on hours)."""


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
    programme = own.programme or Programme(cost=0)
    seats = [approver.seat for approver in scenario.desk.approvers] if scenario.desk else []
    return Organisation(
        parts=parts(own, bool(joints)),
        colleagues=tuple(item.id for item in own.team),
        specialists=tuple(item.id for item in own.pool),
        joints=tuple(item.id for _, item in joints),
        joint_account=np.array([row for row, _ in joints], dtype=np.intp),
        seats=tuple(seats.index(seat) if seat in seats else -1 for seat in get_args(Seat)),
        quarter=float(scenario.time.quarter),
        key=np.array([account.id in programme.key for account in scenario.accounts], dtype=np.intp),
        key_cost=programme.cost,
        span=float(programme.span),
        growth=programme.growth,
        patience=programme.patience,
    )


def team_hours(scenario: Scenario) -> float:
    """The team's hours a quarter in whole tens: what colleagues take off it, or load on it."""
    helped = scenario.time.quarter * (1.0 + EASIER * (scenario.company.support - USUAL_SUPPORT))
    standing = np.array([getattr(scenario.time.rhythms, account.rhythm) for account in scenario.accounts])
    return max(float(total(standing)), 10.0 * round(helped / 10))
