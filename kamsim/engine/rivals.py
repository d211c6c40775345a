"""Rivals: passive until they follow a cut or strike; every strike is planned one quarter ahead (economics B15).

A strike is a lower price, an idea for something that the customer has under way, or both, by the rival's habit. An idea
lands half as well where we brought one of our own first.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine import initiatives
from kamsim.engine.lanes import NOUGHT, ONE, Flags, Lanes, rows_where, some
from kamsim.engine.luck import Keys, Luck
from kamsim.engine.params import HABITS, Params

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
BOLDER: Final = 1.5
"""Factor on the hazard where we were silent, and where the account was neglected."""
UNATTENDED: Final = 2
"""Quarters of neglect in a row that a rival notices."""
FIRST_THERE: Final = 0.5
"""What is left of a rival's idea where an offer of ours lay there in the quarter before."""
LEAKS_BELOW: Final = 0.6
"""Long-term orientation below which a customer shows rivals what it learns from us."""
LEAK_PACE: Final = 0.5
PRICE, IDEAS = HABITS.index("price"), HABITS.index("ideas")


def advance(world: World, params: Params, luck: Luck, owner_left: Flags) -> None:
    """As a quarter opens: recover, strike what was planned, follow visible cuts, plan the next strike. A line that they
    buy from us alone is out of a strike's reach."""
    market, relations, truth, quarter = world.market, world.relations, world.truth, world.quarter
    market.rival_price = market.rival_price * (1.0 - RECOVERS)
    market.rival_fit = market.rival_fit * (1.0 - RECOVERS)
    _learn(world)
    striking = relations.attack == quarter
    beaten = np.where(relations.pitched >= quarter - 1, FIRST_THERE, 1.0)
    for rival in range(len(params.rivals)) if some(striking) else ():
        blow = striking & (relations.attacker == rival)
        if some(blow):
            cheaper = (blow & (relations.attack_kind != IDEAS)).take(params.cell_account, 0) & truth.rival_sells[rival]
            if params.talks:
                cheaper &= ~(world.talks.exclusive_until >= quarter)
            market.rival_price[rival] -= STRIKE_PRICE * cheaper
            market.rival_fit[rival] += STRIKE_FIT * (beaten * (blow & (relations.attack_kind != PRICE)))
    cut = market.price < -VISIBLE_CUT
    if some(cut):
        _follow(world, params, luck, cut)
    silent = quarter - relations.pitched > SILENCE
    hazard = HAZARD * (1.6 - relations.trust) * np.where(silent, BOLDER, ONE)
    if some(owner_left):
        hazard *= ONE + owner_left
    if some(unattended := relations.neglected >= UNATTENDED):
        hazard *= np.where(unattended, BOLDER, ONE)
    if some(relations.reconsider):
        hazard *= ONE + 2.0 * relations.reconsider
    until = world.dealings.contract_until
    if some(until):
        hazard = hazard * np.where(until > quarter + 2, SIGNED, np.where(until >= quarter, 2.0, 1.0))
    draw = luck.uniform("attack", quarter, params.account_keys)
    planned = draw < hazard
    attacker = np.minimum(draw / np.maximum(hazard, 1e-12) * len(params.rivals), len(params.rivals) - 1)
    scripted = truth.attack_rival[quarter + 1][:, None]
    relations.attacker = np.where(scripted >= 0, scripted, np.where(planned, attacker, -1.0)).astype(np.int8)
    relations.attack = np.where((scripted >= 0) | planned, quarter + 1.0, 0.0)
    _arm(world, params)


def _follow(world: World, params: Params, luck: Luck, cut: Flags) -> None:
    """Rivals close a part of the gap to a price that we have visibly ``cut`` (C, L), each by its own luck."""
    price, truth, cells = world.market.rival_price, world.truth, np.array(rows_where(cut))
    draw = luck.uniform("follow", world.quarter, _follow_keys(params))
    follows = draw.reshape(len(params.rivals), len(params.accounts), -1) < truth.rival_follow[:, None]
    stands = price.take(cells, 1)
    gap = world.market.price.take(cells, 0) - stands
    closing = cut.take(cells, 0) & (gap < -VISIBLE_CUT) & truth.rival_sells.take(cells, 1)
    closing &= follows.take(params.cell_account.take(cells), 1)
    gap *= CLOSES
    gap *= closing
    price[:, cells] = stands + gap


@lru_cache(maxsize=8)
def _follow_keys(params: Params) -> Keys:
    """Addresses of the luck by which each rival follows at each account (J x A, 1)."""
    return np.concatenate([params.account_keys ^ np.uint64(rival) for rival in range(len(params.rivals))])


def _arm(world: World, params: Params) -> None:
    """What each planned strike will be: by the rival's habit, an idea for the initiative in fullest swing."""
    relations = world.relations
    habit = world.truth.rival_habit.astype(np.int8)
    coming = relations.attacker >= 0
    relations.attack_kind = np.zeros(coming.shape, np.int8)
    relations.attack_idea = np.zeros(coming.shape, np.int8)
    if not some(coming):
        return
    np.copyto(relations.attack_kind, habit[relations.attacker], where=coming)
    ideas = coming & (relations.attack_kind != PRICE)
    for account in rows_where(ideas):
        lanes = np.flatnonzero(ideas[account])
        relations.attack_idea[account, lanes] = initiatives.fullest(world, params, account, lanes)


def leaking(orientation: Lanes, fit: Lanes) -> Lanes:
    """Fit that rivals come to share, from customers who take what they learn from us to tender."""
    shared: Lanes = np.maximum(0.0, LEAKS_BELOW - orientation) * np.maximum(0.0, fit - 0.5)
    return shared


def _learn(world: World) -> None:
    """Rivals' fit rises toward what leaks to them; at rest (fit one half) nothing does (economics H4)."""
    market, orientation = world.market, world.truth.orientation
    if not some(orientation < LEAKS_BELOW):
        return
    shared = leaking(orientation, world.relations.fit)
    market.rival_fit = market.rival_fit + LEAK_PACE * np.maximum(NOUGHT, shared - market.rival_fit)
