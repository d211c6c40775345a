"""What a player sees of what is planned and built together with customers; see `sight`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kamsim.engine.lanes import Codes, Flags, Lanes

if TYPE_CHECKING:
    from collections.abc import Callable

    from kamsim.engine.world import World


@dataclass(frozen=True, eq=False)
class SeenJoint:
    """Joint initiatives, rows in the order of ``params.own.joints`` (Y, L): the shared scorecard, which both sides
    read."""

    phase: Codes
    """Index into `joint.PHASES`."""
    since: Lanes
    """Quarter in which this phase began; 0 before the first."""
    until: Lanes
    """Last quarter of design or build."""
    share: Lanes
    """Our part of the gain, as agreed, 0..1."""
    asked: Lanes
    """Quarter in which we last asked for it; 0 never."""
    lost: Codes
    """What it lost and has not found again: one bit each in the order of `joint.LOSSES`. With one it works by half."""
    why: Codes
    """Why it ended, index into `joint.ENDS`."""
    planned: Lanes
    """Cents a quarter that our part should come to in full swing, as worked out in the design; 0 before."""
    spent: Lanes
    """Cents of ours that went into it so far."""
    earned: Lanes
    """Cents of our part so far."""
    latest: Lanes
    """Cents of our part in last quarter's books."""


@dataclass(frozen=True, eq=False)
class SeenPlans:
    """Account plans, one for each customer where plans are written (V, L)."""

    status: Codes
    """Index into `parts_joint.STATUS`."""
    written: Lanes
    """Quarter in which it was written; 0 never."""
    due: Lanes
    """Last quarter for its step."""
    person: Lanes
    """Row of whom to reach; -1 before there is a plan."""
    aim: Codes
    """What for, index into `plans.AIMS`."""
    initiative: Lanes
    """Row of the initiative that is to bring revenue; -1 before there is a plan."""
    step: Codes
    """What is to be done, index into `plans.STEPS`."""
    owner: Codes
    """Row of the colleague who sees to it, -1 for the player."""
    shared: Flags
    """Whether the customer has written on it."""
    reached: Flags
    """Whether its aim was reached when it fell due."""
    left: Flags
    """Whether it was missed before its date, since the colleague who saw to it left."""
    before: Codes
    """What was done in the quarter in which it was written before it was, and does not count."""


def look(world: World, view: Callable[[Any], Any]) -> dict[str, Any]:
    """Both, as read-only views."""
    return {
        "joint": SeenJoint(**{name: view(getattr(world.joint, name)) for name in SeenJoint.__annotations__}),
        "plans": SeenPlans(**{name: view(getattr(world.plans, name)) for name in SeenPlans.__annotations__}),
    }
