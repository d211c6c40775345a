"""Moves of a moment: open with two picks, go on with three, answer the one objection."""

from __future__ import annotations

from typing import Any

import numpy as np

from kamsim.engine import moments
from kamsim.engine.lanes import Where
from kamsim.engine.luck import Luck
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.page import ASKED, CLOSING, HELD, PASSED, PRESSED, WON
from kamsim.engine.params import Params
from kamsim.engine.sight import Seen
from kamsim.engine.world import World


def refuse_open(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Somebody is asking, now."""
    return [(seen.moment[bound["moment"]] != ASKED, Refusal.NO_MOMENT)]


def open_with(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Why now, and a number."""
    moments.open_with(world, params, bound["moment"], bound["why"], bound["number"], np.arange(world.lanes)[lanes])
    return Result.ANSWERED, NOTHING, None


def refuse_press(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """The first half was said."""
    return [(seen.moment[bound["moment"]] != PRESSED, Refusal.NO_MOMENT)]


def press(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Stand, re-cut or ask for time; what proves it; what we ask for."""
    row, numbers = bound["moment"], np.arange(world.lanes)[lanes]
    moments.press(world, params, row, bound["stand"], bound["proof"], bound["ask"], numbers)
    passed = world.moments.phase[row, numbers] == PASSED
    return np.where(passed, Result.PASSED, Result.ANSWERED), NOTHING, None


def refuse_close(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """An objection is waiting."""
    return [(seen.moment[bound["moment"]] != CLOSING, Refusal.NO_MOMENT)]


def close(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """One answer to one objection."""
    phase = moments.close(world, params, bound["moment"], bound["reply"], np.arange(world.lanes)[lanes])
    return np.where(phase == WON, Result.WON, np.where(phase == HELD, Result.HELD, Result.LOST)), NOTHING, None
