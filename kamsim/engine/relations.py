"""How a customer stands to us: coverage, trust (economics B6), fit, and the smoothed record of service (B16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine import programme, team
from kamsim.engine.lanes import NOUGHT, ONE, Lanes, concave, some, unit
from kamsim.engine.params import Params
from kamsim.engine.service import GOOD, JOINT
from kamsim.engine.truth import service_attribute

if TYPE_CHECKING:
    from kamsim.engine.market import Trade
    from kamsim.engine.world import World

TRUST_UP: Final = 0.10
TRUST_DOWN: Final = 0.25
"""Kappa: one severe failure outweighs several good quarters (economics B6)."""
NEGLECT: Final = 0.40
"""Coverage below which an account counts as neglected."""
NEGLECT_COST: Final = 0.03
MOVE_CONTACT: Final = 0.5
"""Part of the hours of named moves that counts as contact."""
FORGIVING, FORGIVING_TOGETHER = 0.7, 0.5
"""Trust above which a good recovery raises trust, and above which it does where their own people took part (B7)."""
SERVICE_MEMORY: Final = 0.8
FAILURE: Final = 0.12
"""How far the worst unmended failure lowers the remembered service."""
FIT_PACE: Final = 0.5


def coverage(world: World, params: Params) -> Lanes:
    """Effect of this quarter's hours by account (A, L): 1 at the normal rhythm, concave."""
    routine = params.rhythm_hours.take(world.work.rhythm)
    hours = routine + MOVE_CONTACT * (world.work.spent - routine)
    return concave(hours * team.worked(world.work.left, world.work.spent), float(params.rhythm_hours[1]))


def settle_trust(world: World, params: Params, cover: Lanes, contact: Lanes, done: Trade, craft: Lanes | float) -> None:
    """Trust after a quarter (A, L). At par coverage, delivery and contact it rests where it began (economics H4);
    incidents cost it by what was not put right (B7). ``craft``: of whoever looks after them, with people (B20)."""
    at, truth = world.relations, world.truth
    before = at.trust
    service = service_attribute(done.delivered) / truth.usual_service
    breadth = unit(contact / truth.usual_contact, 0.5, 1.5)
    work = craft * cover * service * breadth
    left_alone = cover < NEGLECT
    costs: Lanes | float = NEGLECT_COST
    if some(world.own.key):
        work = work * (1.0 + programme.EARNS_TRUST * truth.orientation * programme.shares(world, params))
        key = world.own.key > 0
        left_alone |= key & (cover < programme.EXPECTS)
        costs = NEGLECT_COST * np.where(key, programme.DISAPPOINTED, 1.0)
    earned = truth.collaboration * (work * (ONE - before) - (ONE - truth.start_trust))
    after = before + TRUST_UP * earned
    open_ = world.dealings.incident > 0
    if some(open_):
        damage = np.where(open_, world.dealings.severity * (1.0 - world.dealings.recovery), 0.0)
        needed = np.where(world.dealings.owner == JOINT, FORGIVING_TOGETHER, FORGIVING)
        forgiven = open_ & (before > needed) & (world.dealings.recovery > GOOD)
        after = after - TRUST_DOWN * before * damage + np.where(forgiven, 0.02, 0.0)
        at.reconsider = open_ & ~forgiven & (damage > 0.15)
    else:
        at.reconsider = np.zeros(at.reconsider.shape, np.bool_)
    neglected = np.zeros(at.neglected.shape, np.int8)
    if some(left_alone):
        after = after - np.where(left_alone, costs * np.maximum(NOUGHT, before - 0.3), NOUGHT)
        np.copyto(neglected, np.minimum(at.neglected + 1, 100), where=left_alone)
    at.neglected = neglected
    at.trust = unit(after)


def settle_service(world: World, done: Trade) -> None:
    """The record that the customer remembers: deliveries on time, and failures that were not put right."""
    at = world.relations
    damage = world.dealings.severity * (1.0 - world.dealings.recovery)
    at.service = SERVICE_MEMORY * at.service + (1.0 - SERVICE_MEMORY) * done.delivered - FAILURE * damage
    np.maximum(at.service, 0.0, out=at.service)


def settle_fit(world: World, heading: Lanes) -> None:
    """Fit moves toward what our work on live initiatives deserves."""
    at = world.relations
    at.fit = at.fit + FIT_PACE * (heading - at.fit)
