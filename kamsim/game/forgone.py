"""Money left on the table by building nothing together: the session again, and for each thing that was never begun a
lane in which it is.

In such a lane somebody does beside the player what the bot ``joint_builder`` does about that one thing: finds out,
asks, mends. Everything else is as it was played, on the same luck, as far as the hours reach.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kamsim.engine.joint import LIVE, NONE
from kamsim.engine.luck import Luck
from kamsim.engine.moves import act
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.game.course import Course
from kamsim.players.building import JointBuilder
from kamsim.players.scoring import purses_of
from kamsim.players.seat import Seat
from kamsim.players.selective import LaneSeat


@dataclass(frozen=True)
class Forgone:
    """What was never begun: in which ``quarter`` it would have been agreed, whether it would run at the end, and by how
    many cents both purses would then be larger (below 0: smaller)."""

    joint: str
    quarter: int
    works: bool
    cents: float


def forgone(course: Course) -> list[Forgone]:
    """What a session left on the table so far, the largest first; empty where everything was begun, or where nobody
    would have said yes. The session must be one of today's rules."""
    never = np.flatnonzero(course.world.joint.phase[:, 0] == NONE).tolist()
    if not never:
        return []
    luck = Luck([course.seed] * (1 + len(never)))
    world, books = first_quarter(course.scenario, course.params, luck), []
    agreed = np.zeros(len(never), dtype=np.intp)
    for quarter in range(1, len(course.history) + 1):
        for lane, row in enumerate(never, 1):
            here = np.arange(luck.lanes) == lane
            JointBuilder().build(LaneSeat(Seat(world, course.params, luck), here), [row])
            begun = agreed[lane - 1] == 0 and world.joint.phase[row, lane] != NONE
            agreed[lane - 1] = quarter if begun else agreed[lane - 1]
        for command in course.commands:
            if command.quarter == quarter:
                act(world, course.params, luck, command.move, command.args)
        books.append(close_quarter(world, course.params, luck))
    value = purses_of(books, world, course.params).value
    made = [
        Forgone(
            course.params.own.joints[row],
            int(agreed[lane - 1]),
            bool(world.joint.phase[row, lane] == LIVE),
            float(value[lane] - value[0]),
        )
        for lane, row in enumerate(never, 1)
        if agreed[lane - 1]
    ]
    return sorted(made, key=lambda one: -one.cents)
