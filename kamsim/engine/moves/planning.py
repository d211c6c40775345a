"""Moves of the account plan: it is written, and it is shown to the customer and written on together."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine import knowledge, plans
from kamsim.engine.initiatives import COMPLETED
from kamsim.engine.joint import THINKS_AHEAD
from kamsim.engine.lanes import Flags, Lanes, Where, unit
from kamsim.engine.luck import Luck
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.params import Params
from kamsim.engine.parts_joint import OPEN, Plans
from kamsim.engine.rivals import IDEAS
from kamsim.engine.sight import Seen
from kamsim.engine.sight_joint import SeenPlans
from kamsim.engine.world import World

PLAN_HOURS: Final = 10.0
RENAME_HOURS: Final = 2.0
"""Telling somebody that they see to it from now on."""
SHARE_HOURS: Final = 20.0
"""A workshop over it with their people (economics B27: 24 hours on both sides)."""
SHARED_TRUST: Final = 0.03
SHARED_STANCE, SHARED_TIE, SHARED_HELP = 0.08, 0.08, 0.20
"""What writing it together moves: trust; stance and tie of the initiative's owner, who puts a name to it; and how far
our work serves the initiative."""
TELLS: Final = 0.9
"""Chance that each of what the plan leaves open is answered."""
LEAKS: Final = 0.5
"""Chance that a customer who trades shows the plan to a rival, less as it thinks ahead."""


def plan_hours(seen: Seen, bound: Bound) -> Lanes | float:
    """One page with three parts, or only another name on it."""
    if not seen.plans.status.size:
        return PLAN_HOURS
    return np.where(_same_step(seen.plans, seen.quarter, bound), RENAME_HOURS, PLAN_HOURS)


def refuse_plan(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Somebody of theirs, an initiative of theirs that we know and do not take to be over, another plan than there is;
    where they have written on one that still runs, only who of us sees to it may change. Nobody who leaves us is named.
    """
    params, account, row, at = seen.params, bound["account"], bound["initiative"], seen.plans
    if not (params.person_account[bound["person"]] == params.initiative_account[row] == account):
        return [(True, Refusal.NOT_THEIRS)]
    if not at.status.size:
        return []
    state, _ = seen.known("state", row)
    same, owner = _same_step(at, seen.quarter, bound), _owner(bound)
    leaves: Any = seen.team["leaving"][owner] if owner >= 0 else False
    return [
        ((at.status[account] == OPEN) & at.shared[account] & ~same, Refusal.PLAN_SHARED),
        (np.isnan(state), Refusal.NO_INSIGHT),
        (state >= COMPLETED, Refusal.IT_IS_OVER),
        (same & (at.owner[account] == owner), Refusal.NO_CHANGE),
        (leaves, Refusal.LEAVES_US),
    ]


def _same_step(at: Plans | SeenPlans, quarter: int, bound: Bound) -> Flags:
    """Whether a plan that runs says all this, whoever of us sees to it (L,)."""
    account = bound["account"]
    same: Flags = (at.status[account] == OPEN) & (at.person[account] == bound["person"])
    same &= at.initiative[account] == bound["initiative"]
    same &= at.due[account] == quarter + bound["due"] - 1.0
    same &= at.step[account] == plans.STEPS.index(bound["step"])
    same &= at.aim[account] == plans.AIMS.index(bound["aim"])
    return same


def _owner(bound: Bound) -> int:
    return -1 if bound["owner"] is None else int(bound["owner"])


def write_plan(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Whom to reach and what for, what is to bring revenue, what is done about it, by whom and by when."""
    at, account = world.plans, bound["account"]
    same = _same_step(at, world.quarter, bound)[lanes]
    at.status[account, lanes] = OPEN
    at.written[account, lanes] = np.where(same, at.written[account, lanes], world.quarter)
    at.due[account, lanes] = world.quarter + bound["due"] - 1.0
    at.person[account, lanes], at.initiative[account, lanes] = bound["person"], bound["initiative"]
    at.aim[account, lanes] = plans.AIMS.index(bound["aim"])
    at.step[account, lanes] = plans.STEPS.index(bound["step"])
    at.owner[account, lanes] = _owner(bound)
    at.shared[account, lanes] &= same
    at.reached[account, lanes] = at.left[account, lanes] = False
    fresh = np.arange(world.lanes)[lanes][~same]
    if fresh.size:
        plans.begin(world, params, account, fresh)
    return Result.DONE, NOTHING, None


def share_hours(_seen: Seen, _bound: Bound) -> float:
    """Half a week with theirs."""
    return SHARE_HOURS


def refuse_sharing(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A plan that runs, shown once."""
    at, account = seen.plans, bound["account"]
    if not at.status.size:
        return []
    return [(at.status[account] != OPEN, Refusal.NO_PLAN), (at.shared[account], Refusal.PLAN_SHARED)]


def share_plan(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Show it to them and write on it together. A customer who thinks in years answers what it leaves open, trusts us
    more, and commits its own people; one who trades says thank you, and may show it to a rival."""
    account, at = bound["account"], world.plans
    numbers = np.arange(world.lanes)[lanes]
    ahead: Flags = np.broadcast_to(world.truth.orientation[account] >= THINKS_AHEAD, numbers.shape)
    at.shared[account, lanes] = True
    trust = world.relations.trust[account, lanes]
    world.relations.trust[account, lanes] = trust + np.where(ahead, SHARED_TRUST * (1.0 - trust), 0.0)
    world.relations.pitched[account, lanes] = world.quarter
    asked: list[int] = []
    heard: list[Flags] = []
    for row in params.account_initiatives[account]:
        here = ahead & (at.initiative[account, lanes] == row)
        if here.any():
            _commit(world, params, row, numbers[here])
        wanted = [(kind, row, 0.0) for kind in ("state", "force")]
        facts, told = knowledge.hear(world, params, luck, wanted, np.where(here, TELLS, -1.0), lanes, knowledge.MEETING)
        asked += facts
        heard += list(told)
    wanted = [("trust", account, 0.0), ("orientation", account, 0.0)]
    facts, told = knowledge.hear(world, params, luck, wanted, np.where(ahead, TELLS, -1.0), lanes, knowledge.MEETING)
    _leak(world, params, luck, account, ~ahead, lanes)
    result = np.where(ahead, Result.LANDED, Result.NOTHING_NEW)
    return result, (*asked, *facts), np.array([*heard, *told])


def _commit(world: World, params: Params, row: int, lanes: NDArray[np.intp]) -> None:
    """The initiative's owner puts a name and people of theirs to it."""
    owner, people, at = int(params.initiative_owner[row]), world.people, world.initiatives
    people.stance[owner, lanes] = unit(people.stance[owner, lanes] + SHARED_STANCE, -1.0)
    people.tie[owner, lanes] += SHARED_TIE * (1.0 - people.tie[owner, lanes])
    at.engagement[row, lanes] += SHARED_HELP * (1.0 - at.engagement[row, lanes])


def _leak(world: World, params: Params, luck: Luck, account: int, trades: Flags, lanes: Where) -> None:
    """A rival reads it, and brings what we had planned before we do; where it plans something already, that goes on."""
    at, truth = world.relations, world.truth
    draw = luck.uniform("plan", world.quarter, params.account_keys[account : account + 1], lanes)[0]
    odds = LEAKS * (1.0 - truth.orientation[account])
    numbers = np.arange(world.lanes)[lanes]
    leaked = trades & (draw < odds) & (at.attack[account, lanes] == 0.0)
    where = numbers[leaked]
    at.attack[account, where] = world.quarter + 1.0
    at.attacker[account, where] = np.argmax(truth.rival_follow)
    at.attack_kind[account, where] = IDEAS
    at.attack_idea[account, where] = 1 + world.plans.initiative[account, where]
