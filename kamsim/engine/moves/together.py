"""Moves that begin and end a joint initiative (economics B18)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine import joint, knowledge
from kamsim.engine.initiatives import COMPLETED
from kamsim.engine.joint import ENABLERS, ENDED, LIVE
from kamsim.engine.lanes import Codes, Flags, Lanes, Where, total, unit
from kamsim.engine.luck import Luck
from kamsim.engine.moves.contact import taken_hours
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.params import Params
from kamsim.engine.sight import Seen
from kamsim.engine.world import World

START_HOURS: Final = 30.0
"""A day with their people and ours, and what it takes to have both there (economics B27, a joint workshop: 24 on both
sides)."""
WARMED = 0.10
"""Stance and tie of their sponsor, once it is agreed."""
COOLED = 0.05
"""Stance that a demand costs which they turn down."""
SMALLEST: Final = joint.SHARES[0]
LEAVING_TRUST, LEAVING_STANCE = 0.15, 0.20
"""Part of trust, and their sponsor's stance, that it costs to leave what was agreed."""
GATES: Final = tuple(ENABLERS.index(name) for name in ("willing", "trust"))
"""Without these there is nothing to ask for yet; nor is there where the initiative that it serves does not live."""


def start_hours(_seen: Seen, _bound: Bound) -> float:
    """The workshop at which it is put to them."""
    return START_HOURS


def refuse_start(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """One that does not run yet, while no other is being built; an initiative that we know of and do not take to be
    over, or is reached where it is tried once more; a sponsor who receives us; hours for its governance. Asked once a
    quarter."""
    row, own = bound["joint"], seen.params.own
    phases = seen.joint.phase
    state, _ = seen.known("state", int(own.joint_initiative[row]))
    building = ((phases > 0) & (phases < LIVE)).any(axis=0)
    hours = own.joint_hours[row]
    return [
        ((phases[row] > 0) & (phases[row] < ENDED), Refusal.BUILT_TOGETHER),
        (building, Refusal.ONE_AT_A_TIME),
        (seen.joint.asked[row] == seen.quarter, Refusal.ASKED_TODAY),
        (np.isnan(state), Refusal.NO_INSIGHT),
        (~_serves(state, seen.joint.why[row]), Refusal.IT_IS_OVER),
        (~seen.may_meet(int(own.joint_sponsor[row])), Refusal.DOOR_CLOSED),
        (taken_hours(seen) + hours > seen.params.hours, Refusal.NO_HOURS),
    ]


def _serves(state: Lanes, why: Codes) -> Flags:
    """Whether an initiative in this state can be served: not over, or reached where what was tried for it failed."""
    serves: Flags = (state < COMPLETED) | ((why == joint.FAILED) & (state == COMPLETED)) | np.isnan(state)
    return serves


def start(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Put it to their sponsor. Where they neither think in years nor trust us, or what it would serve is dead, the
    answer is "not yet", and we hear why. Else it is a yes or a no; the more of the gain we ask for, the likelier a no.
    What is still missing beside that when building begins makes it likelier to fail."""
    row, own, at = bound["joint"], params.own, world.joint
    account, sponsor = int(own.joint_account[row]), int(own.joint_sponsor[row])
    there = joint.enablers(world, params, row, lanes)
    willing = np.ones(there.shape[1], dtype=bool)
    for gate in GATES:
        willing &= there[gate] > 0
    lives = knowledge.TRUTHS["state"](world, params, int(own.joint_initiative[row]), lanes)
    willing &= (lives > 0) & _serves(lives, at.why[row, lanes])
    draw = luck.uniform("joint", world.quarter, own.joint_keys[row : row + 1] ^ np.uint64(1), lanes)[0]
    agreed: Flags = willing & (draw < joint.agree_chance(world, params, row, bound["share"], lanes))
    at.asked[row, lanes] = world.quarter
    people, numbers = world.people, np.arange(world.lanes)[lanes]
    stance, tie = people.stance[sponsor, lanes], people.tie[sponsor, lanes]
    moved = np.where(agreed, WARMED, np.where(willing, -COOLED, 0.0))
    people.stance[sponsor, lanes] = unit(stance + moved, -1.0)
    people.tie[sponsor, lanes] = np.where(agreed, tie + WARMED * (1.0 - tie), tie)
    _begin(world, params, row, bound["share"], numbers[agreed])
    facts, told = _why_not(world, params, row, account, ~willing, lanes)
    result = np.where(agreed, Result.AGREED, np.where(willing, Result.DECLINED, Result.NOT_YET))
    return result, facts, told


def _begin(world: World, params: Params, row: int, share: float, lanes: NDArray[np.intp]) -> None:
    """The design begins; its scorecard is empty. What failed has its design, and is built once more: what was missing
    is what is missing today, and its scorecard goes on."""
    at, own = world.joint, params.own
    again = at.why[row, lanes] == joint.FAILED
    quarters = np.where(again, own.joint_build[row], own.joint_design[row])
    at.phase[row, lanes] = np.where(again, joint.BUILD, joint.DESIGN)
    at.since[row, lanes], at.until[row, lanes] = world.quarter, world.quarter + quarters - 1.0
    at.missing[row, lanes] = total(1.0 - joint.enablers(world, params, row, lanes))
    at.planned[row, lanes] *= np.where(again, share / np.maximum(at.share[row, lanes], SMALLEST), 0.0)
    at.share[row, lanes] = share
    at.holder[row, lanes] = world.people.holder[own.joint_sponsor[row], lanes]
    for kept in (at.spent, at.earned, at.latest):
        kept[row, lanes] = np.where(again, kept[row, lanes], 0.0)
    at.lost[row, lanes] = at.why[row, lanes] = 0


def _why_not(
    world: World, params: Params, row: int, account: int, where: Flags, lanes: Where
) -> tuple[tuple[int, ...], Flags]:
    """Who says "not yet" says how they think, how far they trust us, and whether what it would serve still lives."""
    initiative, blocks = int(params.own.joint_initiative[row]), params.fact_blocks
    asked = (("orientation", account), ("collaboration", account), ("trust", account), ("state", initiative))
    facts = tuple(blocks[kind][place] for kind, place in asked)
    numbers = np.arange(world.lanes)[lanes][where]
    for fact, (kind, place) in zip(facts, asked, strict=True):
        if numbers.size:
            told = knowledge.TRUTHS[kind](world, params, place, numbers)
            knowledge.tell(world, fact, numbers, told, knowledge.MEETING)
    return facts, np.broadcast_to(where, (len(facts), where.shape[0])).copy()


def refuse_leaving(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """One that runs."""
    phase = seen.joint.phase[bound["joint"]]
    return [((phase == joint.NONE) | (phase == ENDED), Refusal.NOTHING_BUILT)]


def leave(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Take our people away. They had put theirs on it."""
    row, own = bound["joint"], params.own
    account, sponsor = int(own.joint_account[row]), int(own.joint_sponsor[row])
    at = world.joint
    at.phase[row, lanes], at.since[row, lanes], at.until[row, lanes] = ENDED, world.quarter, 0.0
    at.why[row, lanes] = joint.LEFT
    world.relations.trust[account, lanes] *= 1.0 - LEAVING_TRUST
    stance = world.people.stance[sponsor, lanes]
    world.people.stance[sponsor, lanes] = unit(stance - LEAVING_STANCE, -1.0)
    return Result.DONE, NOTHING, None
