"""Incidents: failures in our service that need an answer in their quarter (economics B7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.lanes import NOUGHT, ONE, Lanes, concave, grouped, rows_where, some
from kamsim.engine.luck import Luck
from kamsim.engine.organisation import USUAL_SUPPORT
from kamsim.engine.params import Params

if TYPE_CHECKING:
    from kamsim.engine.world import World

LOAD_RISK: Final = 6.0
"""How steeply load above 85% of capacity raises the hazard."""
FULL_EFFORT: Final = 15.0
"""Hours at which the effect of effort has its scale; 40 hours give 95% of what effort can."""
WITHOUT_REDRESS: Final = 0.8
OWNERS: Final = ("self", "desk", "joint")
"""Who puts it right: we ourselves, the service desk that we brief, or we together with the customer's people."""
JOINT: Final = OWNERS.index("joint")
OWNERSHIP: Final = {"self": 1.0, "desk": 0.7, "joint": 1.0}
"""How far that owner gets (economics B7: recovery = speed x ownership x redress)."""
JOINT_HOURS: Final = 10.0
"""More, for going to their place and working with their people."""
GOOD: Final = 0.8
"""Recovery from which an incident was put right well."""
CREDIT: Final = 0.015
"""Cost of redress: this share of a quarter's sales, times severity."""


def strike(world: World, params: Params, luck: Luck) -> None:
    """New incidents as a quarter opens: authored ones first, else by chance, more often where capacity is strained."""
    dealings, truth, quarter = world.dealings, world.truth, world.quarter
    hazard = truth.incident_hazard
    if world.ledger is not None:
        strained = np.maximum(NOUGHT, world.ledger.utilisation - 0.85)
        load = grouped(truth.sales_part * strained.take(params.cell_line, 0), params.account_cells)
        hazard = hazard * (ONE + LOAD_RISK * load)
    draw = luck.uniform("incident", quarter, params.account_keys)
    happens = draw < hazard
    authored = len(params.incidents)
    kinds = truth.incident_severity.shape[0] - authored
    which = np.zeros(draw.shape, np.intp)
    if quarter > 1 and some(happens):
        kind = authored + np.minimum(draw / np.maximum(hazard, 1e-12) * kinds, kinds - 1).astype(np.intp)
        np.copyto(which, kind + 1, where=happens)
    for row in rows_where(due := world.calendar.incident_quarter == quarter):
        account = params.incident_account[row]
        chance = luck.uniform("incident", quarter, params.incident_keys[row : row + 1])[0]
        which[account] = np.where(due[row] & (chance < truth.incident_chance[row]), row + 1, which[account])
    dealings.incident = which.astype(np.int8)
    dealings.severity = np.zeros(which.shape)
    if some(which):
        severity = truth.incident_severity[:, 0].take(np.maximum(which - 1, 0))
        np.copyto(dealings.severity, severity, where=which > 0)
    dealings.recovery = np.zeros(which.shape)
    dealings.credit = np.zeros(which.shape)
    dealings.owner = np.zeros(which.shape, np.int8)


def effort_hours(effort: float, owner: str) -> float:
    """Our hours for an effort: the desk that we brief takes half of it off us, in whole tens; going there adds ten."""
    if owner == "desk":
        return 10.0 * float(np.ceil(effort / 20.0))
    return effort + (JOINT_HOURS if owner == "joint" else 0.0)


def recovery(
    effort: Lanes | float, redress: bool, owner: str = "self", support: Lanes | float = USUAL_SUPPORT
) -> Lanes:
    """How much of an incident is put right, 0..1: by hours of effort at once, by who owns it, by money for the damage,
    and by how far the rest of our company helps (economics B7, B21)."""
    speed = concave(effort, FULL_EFFORT) / concave(40.0, FULL_EFFORT)
    mended = speed * (1.0 if redress else WITHOUT_REDRESS)
    helped: Lanes = np.minimum(1.0, mended * OWNERSHIP[owner] * (support / USUAL_SUPPORT))
    return helped
