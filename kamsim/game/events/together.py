"""What is built with customers, and plans that fell due: how each goes on."""

import numpy as np

from kamsim.engine import joint, plans
from kamsim.engine.params import Params
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.declared import Event


class JointTurned(Event, kind="built"):
    """Something that is built with a customer came to another phase as the quarter opened, or lost something that it
    needs, or found it again."""

    joint: may_be.Joint
    phase: may_be.JointPhase
    lost: list[may_be.JointLoss]
    """What it lacks now: with one it works by half."""
    why: may_be.JointEnd
    """Why it ended; '' where it did not."""
    planned: may_be.Cents | None = None
    """A quarter, for us, in full swing, as the design worked it out; told as it ends."""


class PlanDecided(Event, kind="planned"):
    """What became of an account plan at the close: kept, missed or void. ``shared``: the customer had written on it;
    ``reached``: its aim was reached too."""

    account: may_be.Account
    status: may_be.PlanStatus
    shared: bool
    reached: bool


def lost_names(lost: int) -> list[str]:
    """The names of what is lost, from the bits that the world holds."""
    return [name for place, name in enumerate(joint.LOSSES) if lost >> place & 1]


def of_joint_opening(params: Params, before: World, after: World) -> list[JointTurned]:
    """What turned as the quarter opened; ``before`` is the quarter before, as it was played."""
    was, now = before.joint, after.joint
    moved = (was.phase[:, 0] != now.phase[:, 0]) | (was.lost[:, 0] != now.lost[:, 0])
    made = []
    for row in np.flatnonzero(moved):
        phase = int(now.phase[row, 0])
        designed = phase == joint.BUILD and was.phase[row, 0] == joint.DESIGN
        made.append(
            JointTurned(
                joint=params.own.joints[row],
                phase=joint.PHASES[phase],
                lost=lost_names(int(now.lost[row, 0])),
                why=joint.ENDS[int(now.why[row, 0])],
                planned=round(float(now.planned[row, 0])) if designed else None,
            )
        )
    return made


def of_plan_close(params: Params, before: World, after: World) -> list[PlanDecided]:
    """Plans that were open as the quarter was played, and are not after its close."""
    was, now = before.plans, after.plans
    decided = (was.status == plans.OPEN) & (now.status != plans.OPEN)
    return [
        PlanDecided(
            account=params.accounts[row],
            status=plans.STATUS[int(now.status[row, 0])],
            shared=bool(now.shared[row, 0]),
            reached=bool(now.reached[row, 0]),
        )
        for row in np.flatnonzero(decided.any(axis=1))
    ]
