"""Our own side as public numbers: colleagues, specialists, the programme, what may be built with customers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes, Rows, total
from kamsim.engine.luck import Keys, entity_keys
from kamsim.scenario.models import Scenario
from kamsim.scenario.organisation import parts

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
    joint_initiative: Rows
    """(Y,) the customer's own one that it serves."""
    joint_sponsor: Rows
    """(Y,) the person who has to want it at the customer's."""
    joint_inside: Rows
    """(Y,) the approver who has to want it in our company, -1 for our boss."""
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
    return Organisation(
        parts=parts(own, bool(joints)),
        colleagues=tuple(item.id for item in own.team),
        specialists=tuple(item.id for item in own.pool),
        joints=tuple(item.id for item in built),
        joint_account=np.array([row for row, _ in joints], dtype=np.intp),
        joint_initiative=np.array([initiatives.index(item.initiative) for item in built], dtype=np.intp),
        joint_sponsor=np.array([people.index(item.sponsor) for item in built], dtype=np.intp),
        joint_inside=np.array([desk.index(item.inside) if item.inside else -1 for item in built], dtype=np.intp),
        joint_cost=_column(item.cost for item in built),
        joint_design=_column(item.design for item in built),
        joint_build=_column(item.build for item in built),
        joint_ramp=_column(item.ramp for item in built),
        joint_hours=_column(item.hours for item in built),
        joint_keys=entity_keys(item.id for item in built),
    )


def _column(values: Iterable[float]) -> Lanes:
    """(Y, 1), the same in all lanes."""
    return np.array(list(values), dtype=np.float64).reshape(-1, 1)


def team_hours(scenario: Scenario) -> float:
    """The team's hours a quarter in whole tens: what colleagues take off it, or load on it."""
    helped = scenario.time.quarter * (1.0 + EASIER * (scenario.company.support - USUAL_SUPPORT))
    standing = np.array([getattr(scenario.time.rhythms, account.rhythm) for account in scenario.accounts])
    return max(float(total(standing)), 10.0 * round(helped / 10))
