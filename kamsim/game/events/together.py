"""What became of what is planned and built with customers: a joint initiative moves on, loses what carries it or finds
it again, or ends; an account plan is kept, missed, or over."""

import numpy as np

from kamsim.engine.joint import ENDED, ENDS, LOSSES, NONE, PHASES
from kamsim.engine.params import Params
from kamsim.engine.parts_joint import OPEN, STATUS
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.declared import Event


class JointMoved(Event, kind="joint_moved"):
    """A joint initiative is in another phase. ``why``: it ended because of this; ``planned``: cents a quarter that the
    design promises us in full swing."""

    joint: may_be.Joint
    phase: may_be.JointPhase
    why: may_be.JointEnd | None = None
    planned: may_be.Cents | None = None


class JointShaken(Event, kind="joint_shaken"):
    """What it has lost by now and not found again; nothing where it has found all."""

    joint: may_be.Joint
    lost: list[may_be.JointLoss]


class PlanSettled(Event, kind="plan_settled"):
    """An account plan was kept, missed, or is over. ``shared``: they had written on it; ``reached``: its aim was;
    ``left``: it was missed since the colleague who saw to it left."""

    account: may_be.Account
    status: may_be.PlanStatus
    shared: bool
    reached: bool
    left: bool = False


def of_together(params: Params, before: World, after: World) -> list[Event]:
    """What is new as a quarter opens; ``before`` is the quarter before, as it was played."""
    events: list[Event] = []
    for row, name in enumerate(params.own.joints):
        events += _joint(name, row, before, after)
    was, now = before.plans.status, after.plans.status
    over = (was[:, 0] == OPEN) & (now[:, 0] != OPEN)
    for row in np.flatnonzero(over).tolist():
        settled, shared = STATUS[int(now[row, 0])], bool(after.plans.shared[row, 0])
        reached, left = bool(after.plans.reached[row, 0]), bool(after.plans.left[row, 0])
        events.append(
            PlanSettled(account=params.accounts[row], status=settled, shared=shared, reached=reached, left=left)
        )
    return events


def _joint(name: str, row: int, before: World, after: World) -> list[Event]:
    was, now = before.joint, after.joint
    phase, events = int(now.phase[row, 0]), list[Event]()
    if phase not in (NONE, int(was.phase[row, 0])):
        why, planned = ENDS[int(now.why[row, 0])] or None, round(float(now.planned[row, 0])) or None
        events.append(JointMoved(joint=name, phase=PHASES[phase], why=why, planned=planned))
    lost = int(now.lost[row, 0])
    if phase not in (NONE, ENDED) and lost != int(was.lost[row, 0]):
        found = [loss for place, loss in enumerate(LOSSES) if lost >> place & 1]
        events.append(JointShaken(joint=name, lost=found))
    return events
