"""Moves about the team: who looks after whom, coaching, reviews, what colleagues are measured on, specialists who help
(economics B20)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine import cases, team
from kamsim.engine.lanes import Where
from kamsim.engine.luck import Luck
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.page import PENDING
from kamsim.engine.params import Params
from kamsim.engine.parts_team import PLAYER, TARGETS
from kamsim.engine.sight import Seen
from kamsim.engine.world import World

HAND_ON_HOURS: Final = 10.0
"""Handing an account over: the files, and a visit together."""
REVIEW_HOURS: Final = 10.0
"""An hour with everybody each month."""
BORROW_HOURS: Final = 10.0
"""Telling a specialist what it is about."""
INTRODUCED: Final = 0.9
"""Part of every tie that an account keeps when somebody else of us begins to look after it."""


def _lead(bound: Bound) -> int:
    colleague = bound["colleague"]
    return PLAYER if colleague is None else int(colleague)


def assign_hours(_seen: Seen, _bound: Bound) -> float:
    """A hand-over."""
    return HAND_ON_HOURS


def refuse_assign(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """To somebody else, who stays."""
    lead = _lead(bound)
    leaves: Any = False if lead == PLAYER else seen.team["leaving"][lead]
    return [(seen.team["lead"][bound["account"]] == lead, Refusal.NO_CHANGE), (leaves, Refusal.LEAVES_US)]


def assign(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Somebody else of us looks after an account from now on, introduced by whoever did."""
    account = bound["account"]
    world.team.lead[account, lanes] = _lead(bound)
    for person in params.account_people[account]:
        world.people.tie[person, lanes] *= INTRODUCED
    return Result.DONE, NOTHING, None


def coach_hours(_seen: Seen, _bound: Bound) -> float:
    """Of the coach and of the colleague."""
    return 2.0 * team.COACHING_HOURS


def refuse_coach(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Somebody who stays, once a quarter."""
    row = bound["colleague"]
    return [(seen.team["leaving"][row], Refusal.LEAVES_US), (seen.team["coached"][row], Refusal.COACHED)]


def coach(world: World, _params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Three hours a month together: how good somebody is and how they are is seen at once, what they learn shows later
    (`team.settle`)."""
    row = bound["colleague"]
    world.team.coached[row, lanes] = True
    team.see_skill(world, row, lanes)
    team.see_strain(world, row, lanes)
    return Result.DONE, NOTHING, None


def review_hours(_seen: Seen, _bound: Bound) -> float:
    """A day and a bit."""
    return REVIEW_HOURS


def refuse_review(seen: Seen, _bound: Bound) -> list[tuple[Any, Refusal]]:
    """Once a quarter."""
    return [(seen.team["reviewed"], Refusal.TEAM_REVIEWED)]


def review(world: World, params: Params, _luck: Luck, _bound: Bound, lanes: Where) -> Effect:
    """Every month an hour with each: how good everybody is, and how they are."""
    world.team.reviewed[lanes] = True
    for row in range(len(params.own.colleagues)):
        team.see_skill(world, row, lanes)
        team.see_strain(world, row, lanes)
    return Result.DONE, NOTHING, None


def refuse_target(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Another one than they have."""
    return [(seen.team["target"] == TARGETS.index(bound["target"]), Refusal.NO_CHANGE)]


def set_target(world: World, _params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """What colleagues are measured on, from now on: a quota of one's own brings hours from next quarter, and strain."""
    world.team.target[lanes] = TARGETS.index(bound["target"])
    return Result.DONE, NOTHING, None


def borrow_hours(_seen: Seen, _bound: Bound) -> float:
    """A briefing."""
    return BORROW_HOURS


def refuse_borrow(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Somebody whom nobody has this quarter, for an account that has nobody."""
    row, at = bound["specialist"], seen.team
    taken = np.zeros(seen.lanes, dtype=bool)
    for lent in at["borrowed"]:
        taken |= lent == row + 1
    return [
        (~at["free"][row], Refusal.SPECIALIST_BUSY),
        (taken, Refusal.SPECIALIST_TAKEN),
        (at["borrowed"][bound["account"]] > 0, Refusal.HELPED_ALREADY),
    ]


def borrow(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """A specialist leads the work of their kind at an account this quarter, for a fee; pages that were laid before
    anybody this quarter too."""
    account = bound["account"]
    world.team.borrowed[account, lanes] = bound["specialist"] + 1
    for place in (account, len(params.accounts) + account):
        laid = (world.cases.stage[place] == PENDING) & (world.cases.presented[place] == world.quarter)
        cases.note_craft(world, params, place, np.arange(world.lanes)[lanes][laid[lanes]])
    return Result.DONE, NOTHING, None
