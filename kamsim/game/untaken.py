"""What was left on the table: the session's own moves on its own luck, beside the same with something begun together
with a customer as soon as they would have agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine import knowledge
from kamsim.engine.joint import ENABLERS, NONE, SHARES, enablers
from kamsim.engine.luck import Luck
from kamsim.engine.moves import act
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.players.scoring import purses_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kamsim.engine.ledger import Ledger
    from kamsim.engine.params import Params
    from kamsim.engine.world import World
    from kamsim.game.commands import Command
    from kamsim.scenario.models import Scenario

GATES: Final = tuple(ENABLERS.index(name) for name in ("willing", "trust", "initiative"))
"""Without these their sponsor does not say yes; who looks back knows when they were there."""


@dataclass(frozen=True)
class Untaken:
    """Something that could have been built together: when it would have been agreed (0 for never), and
    cents that both purses would have held more."""

    joint: str
    begun: int
    gain: int


def untaken(scenario: Scenario, params: Params, seed: int, commands: Sequence[Command], quarters: int) -> list[Untaken]:
    """By joint initiative, the most worth first, of a session of so many closed quarters on this seed; none where it
    began one itself, or there is none."""
    joints = params.own.joints
    if not joints or any(command.move == "start_joint" for command in commands):
        return []
    lanes = 1 + len(joints)
    luck, begun = Luck([seed] * lanes), np.zeros(len(joints), dtype=int)
    books: list[Ledger] = []
    world = first_quarter(scenario, params, luck)
    for quarter in range(1, quarters + 1):
        for row in _begin(world, params, luck):
            begun[row] = quarter
        for command in commands:
            if command.quarter == quarter:
                act(world, params, luck, command.move, command.args)
        books.append(close_quarter(world, params, luck))
    value = purses_of(books, world, params).value
    found = [Untaken(name, int(begun[row]), round(float(value[row + 1] - value[0]))) for row, name in enumerate(joints)]
    return sorted(found, key=lambda item: -item.gain)


def _begin(world: World, params: Params, luck: Luck) -> Iterator[int]:
    """Each initiative in its own lane, where it would be agreed now and has not been begun."""
    for row, name in enumerate(params.own.joints):
        where = np.zeros(world.lanes, dtype=bool)
        there = enablers(world, params, row, slice(None))[:, row + 1]
        where[row + 1] = world.joint.phase[row, row + 1] == NONE and all(there[gate] > 0 for gate in GATES)
        if where.any():
            _look_back(world, params, row, np.flatnonzero(where))
            act(world, params, luck, "start_joint", {"joint": name, "share": SHARES[0]}, where)
            if world.joint.phase[row, row + 1] != NONE:
                yield row


def _look_back(world: World, params: Params, row: int, lanes: NDArray[np.intp]) -> None:
    """Their sponsor receives us this quarter, and we know how what it serves stands: else what nobody asked about could
    not have been left."""
    sponsor, initiative = int(params.own.joint_sponsor[row]), int(params.own.joint_initiative[row])
    open_until = world.people.open_until
    open_until[sponsor, lanes] = np.maximum(open_until[sponsor, lanes], world.quarter)
    stands = knowledge.TRUTHS["state"](world, params, initiative, lanes)
    knowledge.tell(world, params.fact_blocks["state"][initiative], lanes, stands, knowledge.MEETING)
