"""Moments: an executive asks on the spot, and what came of it."""

from typing import Any

import numpy as np

from kamsim.engine.page import CRITERIA, PASSED, PHASES
from kamsim.engine.params import Params
from kamsim.engine.truth import TWISTS
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.declared import Event


class MomentBegan(Event, kind="moment"):
    """An executive asks."""

    moment: may_be.Moment


class MomentTurned(Event, kind="moment_turned"):
    """After the answer: the twist, if there is one."""

    moment: may_be.Moment
    twist: may_be.Twist


class MomentObjected(Event, kind="moment_objected"):
    """The objection, by the criterion that was met least."""

    moment: may_be.Moment
    criterion: may_be.Criterion


class MomentEnded(Event, kind="moment_ended"):
    """How it ended: won, held, lost or passed."""

    moment: may_be.Moment
    phase: may_be.Phase


def of_moment_move(params: Params, after: World, kind: str, args: dict[str, Any]) -> tuple[Event, ...]:
    """What a move in a moment brought beside `MoveMade`."""
    if not kind.endswith("_moment"):
        return ()
    name = args["moment"]
    row = params.moments.index(name)
    phase = PHASES[int(after.moments.phase[row, 0])]
    if phase == "pressed":
        return (MomentTurned(moment=name, twist=TWISTS[int(after.calendar.moment_twist[row, 0])]),)
    if phase == "closing":
        return (MomentObjected(moment=name, criterion=CRITERIA[int(after.moments.weakest[row, 0]) - 1]),)
    return (MomentEnded(moment=name, phase=phase),)


def of_moment_opening(params: Params, before: World, after: World) -> list[MomentBegan]:
    """Moments that begin as a quarter opens."""
    begun = np.flatnonzero((after.moments.phase[:, 0] == 1) & (before.moments.phase[:, 0] != 1))
    return [MomentBegan(moment=params.moments[row]) for row in begun]


def of_moment_close(params: Params, before: World, after: World) -> list[MomentEnded]:
    """Moments that were let pass."""
    was_open = (before.moments.phase[:, 0] > 0) & (before.moments.phase[:, 0] <= PHASES.index("closing"))
    passed = np.flatnonzero(was_open & (after.moments.phase[:, 0] == PASSED))
    return [MomentEnded(moment=params.moments[row], phase="passed") for row in passed.tolist()]
