"""Account plans: whom to reach, what is to bring revenue, what is done about it, by whom and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine import team
from kamsim.engine.initiatives import BACKED_QUARTERS, COMPLETED
from kamsim.engine.lanes import Flags, Lanes, Where, unit
from kamsim.engine.organisation import CASES, RELATIONS, RESEARCH, TECHNICAL
from kamsim.engine.page import AT
from kamsim.engine.params import Params
from kamsim.engine.parts_joint import KEPT, MISSED, OPEN, VOID
from kamsim.engine.people import sponsors

if TYPE_CHECKING:
    from kamsim.engine.world import World

AIMS: Final = ("know", "win")
"""What for: to know somebody, or to have them on our side."""
STEPS: Final = ("meeting", "insight", "case", "help")
"""What is done: a meeting with that person; an insight on that initiative, brought; a case for it, presented; or help
against what holds it back."""
SKILL: Final = np.array((RELATIONS, RESEARCH, CASES, TECHNICAL))
"""By step, the skill that whoever sees to it needs."""
WITHIN: Final = (1, 2, 3, 4)
"""Quarters, this one counted, in which the step is due."""
AGENDAS: Final = 0b0111
BROUGHT: Final = 0b1000
"""Bits of `parts.People.met`: a meeting on an agenda, an insight that was brought."""
DONE: Final = 0b10000
"""Bit of `parts_joint.Plans.before`: another step than a meeting had been done."""
INSIGHT_AGE: Final = 1
"""Quarters for which an insight that was built counts for the plan once it is brought."""
TRUST_KEPT, WORD_KEPT = 0.03, 0.03
TRUST_MISSED, WORD_MISSED = 0.04, 0.05
"""What a plan that the customer has written on does to trust and to our word there when it is kept, or missed."""
INSIDE: Final = 0.02
"""What a plan that only our own company has read does to our word there."""
REACHED: Final = 2.0
"""Times as much, where its aim was reached too."""


def settle(world: World, params: Params) -> None:
    """As a quarter closes, with its moves made: plans whose step is done are kept, those that are due without it, or
    lose the colleague who sees to them, are missed, those for something that we know to be over are void."""
    at = world.plans
    if not at.status.size or not (at.status == OPEN).any():
        return
    lanes = np.arange(world.lanes)
    for row in np.flatnonzero((at.status == OPEN).any(axis=1)).tolist():
        open_ = at.status[row] == OPEN
        done = open_ & _done(world, params, row)[at.step[row], lanes]
        over = open_ & ~done & _over(world, params, row)
        due = at.due[row] <= world.quarter
        missed = open_ & ~done & ~over & (due | _leaves(world, params, row))
        reached = _reached(world, row)
        at.reached[row] = np.where(done | missed, reached, at.reached[row])
        at.left[row] = missed & ~due
        for where, status in ((done, KEPT), (over, VOID), (missed, MISSED)):
            at.status[row, where] = status
        _credit(world, row, done, missed, np.where(reached, REACHED, 1.0) * _hand(world, params, row))


def begin(world: World, params: Params, row: int, lanes: Where) -> None:
    """A plan was written: what it says and was done already this quarter does not keep it."""
    at = world.plans
    at.before[row, lanes] = 0
    numbers = np.arange(world.lanes)[lanes]
    person = at.person[row, numbers].astype(np.intp)
    done = _done(world, params, row)[at.step[row, numbers], numbers]
    at.before[row, lanes] = world.people.met[person, numbers] & AGENDAS | np.where(done, DONE, 0)


def _done(world: World, params: Params, row: int) -> Flags:
    """Whether this quarter's moves did each of `STEPS` as the plan says, since it was written (4, L)."""
    at, lanes = world.plans, np.arange(world.lanes)
    before = np.where(at.written[row] == world.quarter, at.before[row], 0)
    met = world.people.met
    person, initiative = (np.maximum(rows[row], 0.0).astype(np.intp) for rows in (at.person, at.initiative))
    built = world.quarter - world.knowledge.insight_built[initiative, lanes] <= INSIGHT_AGE
    brought: Flags = np.zeros(world.lanes, dtype=bool)
    for somebody in params.account_people[row]:
        brought |= (met[somebody] & BROUGHT) > 0
    page = world.cases.page[AT["initiative"], row] == initiative
    ways: list[Flags] = [
        (met[person, lanes] & AGENDAS & ~before) > 0,
        built & brought,
        (world.cases.presented[row] == world.quarter) & page,
        world.initiatives.backed_until[initiative, lanes] == world.quarter + BACKED_QUARTERS,
    ]
    done: Flags = np.array(ways)
    done[1:] &= (before & DONE) == 0
    return done


def _over(world: World, params: Params, row: int) -> Flags:
    """Whether we know what it was written for to be over (L,)."""
    known, block = world.knowledge, params.fact_blocks["state"]
    if not len(block):
        return np.zeros(world.lanes, dtype=bool)
    rows, lanes = np.maximum(world.plans.initiative[row], 0.0).astype(np.intp), np.arange(world.lanes)
    facts = block.start + rows
    over: Flags = (known.seen_at[facts, lanes] >= 0) & (known.value[facts, lanes] >= COMPLETED)
    return over


def _leaves(world: World, params: Params, row: int) -> Flags | bool:
    """Whether the colleague who sees to it has given notice, and nobody else was named (L,)."""
    if not params.own.colleagues:
        return False
    owner = world.plans.owner[row]
    leaves: Flags = (owner >= 0) & world.team.leaving[np.maximum(owner, 0), np.arange(world.lanes)]
    return leaves


def _hand(world: World, params: Params, row: int) -> Lanes | float:
    """How much more, or less, is made of a plan that is kept for how good whoever sees to it is at its step (L,)."""
    if not params.own.colleagues:
        return 1.0
    at, lanes = world.plans, np.arange(world.lanes)
    owner = np.maximum(at.owner[row], 0)
    able = team.tired(world.team.skill[SKILL[at.step[row]], owner, lanes], world.team.strain[owner, lanes])
    return np.where(at.owner[row] >= 0, team.factor(able), 1.0)


def _reached(world: World, row: int) -> Flags:
    """Whether its aim is reached (L,): to be known as anybody who meets us is, or a sponsor."""
    at, reached = world.plans, np.zeros(world.lanes, dtype=bool)
    for person in np.unique(at.person[row].astype(np.intp)).tolist():
        if person >= 0:
            met = (world.people.met[person] & AGENDAS) > 0
            on_our_side = sponsors(world, person, slice(None))
            won = np.where(at.aim[row] == AIMS.index("win"), on_our_side, met)
            reached = np.where(at.person[row] == person, won, reached)
    return reached


def _credit(world: World, row: int, kept: Flags, missed: Flags, times: Lanes) -> None:
    """What is made of it: by the customer where they have written on it, else by our own company."""
    shared, word, trust = world.plans.shared[row], world.standings.credibility, world.relations.trust
    there = np.where(kept, WORD_KEPT * times, np.where(missed, -WORD_MISSED, 0.0))
    inside = np.where(kept, INSIDE * times, np.where(missed, -INSIDE, 0.0))
    word[row] = unit(word[row] + np.where(shared, there, 0.0))
    word[-1] = unit(word[-1] + np.where(shared, 0.0, inside))
    warmer = np.where(kept, TRUST_KEPT * times * (1.0 - trust[row]), np.where(missed, -TRUST_MISSED * trust[row], 0.0))
    trust[row] = unit(trust[row] + np.where(shared, warmer, 0.0))
