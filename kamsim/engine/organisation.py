"""Our own side as public numbers: colleagues, specialists, the programme, what may be built with customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.engine.lanes import Rows, total
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

    def has(self, part: str) -> bool:
        """Whether there is this part; the empty one is everywhere."""
        return not part or part in self.parts


def compile_organisation(scenario: Scenario) -> Organisation:
    """What a scenario says of our own side."""
    own = scenario.organisation
    joints = [(row, account.joint) for row, account in enumerate(scenario.accounts) if account.joint]
    return Organisation(
        parts=parts(own, bool(joints)),
        colleagues=tuple(item.id for item in own.team),
        specialists=tuple(item.id for item in own.pool),
        joints=tuple(item.id for _, item in joints),
        joint_account=np.array([row for row, _ in joints], dtype=np.intp),
    )


def team_hours(scenario: Scenario) -> float:
    """The team's hours a quarter in whole tens: what colleagues take off it, or load on it."""
    helped = scenario.time.quarter * (1.0 + EASIER * (scenario.company.support - USUAL_SUPPORT))
    standing = np.array([getattr(scenario.time.rhythms, account.rhythm) for account in scenario.accounts])
    return max(float(total(standing)), 10.0 * round(helped / 10))
