"""Rivals: passive until they follow a cut or strike; every strike is planned one quarter ahead (ECONOMICS B15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.lanes import Flags
from kamsim.engine.luck import Luck
from kamsim.engine.params import Params

if TYPE_CHECKING:
    from kamsim.engine.world import World

VISIBLE_CUT: Final = 0.015
CLOSES: Final = 0.70
"""Part of a gap that a rival closes when it follows."""
RECOVERS: Final = 0.15
"""Part of its own cut that a rival takes back each quarter."""
STRIKE_PRICE: Final = 0.05
STRIKE_FIT: Final = 0.10
HAZARD: Final = 0.08
"""Chance of an attack a quarter, times (1.6 - trust)."""
SIGNED: Final = 0.5
"""Factor on the hazard while signed Terms have more than half a year to run; their last half-year doubles it."""
SILENCE: Final = 3
"""Quarters without an offer of ours after which a rival gets bolder."""


def advance(world: World, params: Params, luck: Luck, owner_left: Flags) -> None:
    """As a quarter opens: recover, strike what was planned, follow visible cuts, plan the next strike. A line that they
    buy from us alone is out of a strike's reach."""
    market, relations, truth, quarter = world.market, world.relations, world.truth, world.quarter
    market.rival_price = market.rival_price * (1.0 - RECOVERS)
    market.rival_fit = market.rival_fit * (1.0 - RECOVERS)
    striking = relations.attack == quarter
    cut = market.price < -VISIBLE_CUT
    cutting = bool(cut.any())
    open_to_it = ~(world.talks.exclusive_until >= quarter) if params.talks else None
    for rival in range(len(params.rivals)):
        blow = striking & (relations.attacker == rival)
        if blow.any():
            hit = blow[params.cell_account] & truth.rival_sells[rival]
            market.rival_price[rival] -= STRIKE_PRICE * (hit if open_to_it is None else hit & open_to_it)
            market.rival_fit[rival] += STRIKE_FIT * blow
        if not cutting:
            continue
        keys = params.account_keys ^ np.uint64(rival)
        follows = luck.uniform("follow", quarter, keys) < truth.rival_follow[rival]
        gap = market.price - market.rival_price[rival]
        closing = cut & (gap < -VISIBLE_CUT) & truth.rival_sells[rival]
        closing &= follows[params.cell_account]
        gap *= CLOSES
        gap *= closing
        market.rival_price[rival] += gap
    silent = quarter - relations.pitched > SILENCE
    hazard = HAZARD * (1.6 - relations.trust) * (1.0 + 0.5 * silent) * (1.0 + owner_left)
    hazard = hazard * (1.0 + 2.0 * relations.reconsider)
    until = world.dealings.contract_until
    if until.any():
        hazard = hazard * np.where(until > quarter + 2, SIGNED, np.where(until >= quarter, 2.0, 1.0))
    draw = luck.uniform("attack", quarter, params.account_keys)
    planned = draw < hazard
    attacker = np.minimum(draw / np.maximum(hazard, 1e-12) * len(params.rivals), len(params.rivals) - 1)
    scripted = truth.attack_rival[quarter + 1][:, None]
    relations.attacker = np.where(scripted >= 0, scripted, np.where(planned, attacker, -1.0)).astype(np.int8)
    relations.attack = np.where((scripted >= 0) | planned, quarter + 1.0, 0.0)
