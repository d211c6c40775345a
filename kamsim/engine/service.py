"""Incidents: failures in our service that need an answer in their quarter (ECONOMICS B7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.lanes import Lanes, concave, grouped
from kamsim.engine.luck import Luck
from kamsim.engine.params import Params

if TYPE_CHECKING:
    from kamsim.engine.world import World

LOAD_RISK: Final = 6.0
"""How steeply load above 85% of capacity raises the hazard."""
FULL_EFFORT: Final = 15.0
"""Hours at which the effect of effort has its scale; 40 hours give 95% of what effort can."""
WITHOUT_REDRESS: Final = 0.8
CREDIT: Final = 0.015
"""Cost of redress: this share of a quarter's sales, times severity."""


def strike(world: World, params: Params, luck: Luck) -> None:
    """New incidents as a quarter opens: authored ones first, else by chance, more often where capacity is strained."""
    dealings, truth, quarter = world.dealings, world.truth, world.quarter
    hazard = truth.incident_hazard
    if world.ledger is not None:
        strained = np.maximum(0.0, world.ledger.utilisation - 0.85)
        load = grouped(truth.sales_part * strained[params.cell_line], params.account_cells)
        hazard = hazard * (1.0 + LOAD_RISK * load)
    draw = luck.uniform("incident", quarter, params.account_keys)
    happens = (draw < hazard) & (quarter > 1)
    authored = len(params.incidents)
    kinds = truth.incident_severity.shape[0] - authored
    kind = authored + np.minimum(draw / np.maximum(hazard, 1e-12) * kinds, kinds - 1).astype(np.intp)
    which = np.where(happens, kind + 1, 0)
    due = np.flatnonzero(truth.incident_quarter == quarter)
    for row in due:
        account = params.incident_account[row]
        chance = luck.uniform("incident", quarter, params.incident_keys[row : row + 1])[0]
        which[account] = np.where(chance < truth.incident_chance[row], row + 1, which[account])
    dealings.incident = which.astype(np.int8)
    dealings.severity = np.where(which > 0, truth.incident_severity[:, 0][np.maximum(which - 1, 0)], 0.0)
    dealings.recovery = np.zeros_like(dealings.recovery)
    dealings.credit = np.zeros_like(dealings.credit)


def recovery(hours: Lanes | float, redress: bool) -> Lanes:
    """How much of an incident is put right, 0..1, by hours of effort at once and by money for the damage."""
    effort = concave(hours, FULL_EFFORT) / concave(40.0, FULL_EFFORT)
    return effort * (1.0 if redress else WITHOUT_REDRESS)
