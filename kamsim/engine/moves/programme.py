"""Moves of the key-account programme: a customer is named key, or is so no longer (economics B23)."""

from __future__ import annotations

from typing import Any, Final

from kamsim.engine import programme as status
from kamsim.engine.lanes import Where
from kamsim.engine.luck import Luck
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.params import Params
from kamsim.engine.sight import Seen
from kamsim.engine.world import World

STATUS_HOURS: Final = 10.0


def status_hours(_seen: Seen, _bound: Bound) -> float:
    """Telling it, there and at home."""
    return STATUS_HOURS


def refuse_name(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A customer that is not key yet."""
    return [(seen.own["key"][bound["account"]] > 0, Refusal.NO_CHANGE)]


def name_key(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Key status: a fixed cost, and what it brings while few have it."""
    status.name(world, params, bound["account"], lanes)
    return Result.DONE, NOTHING, None


def refuse_end(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A customer that is key."""
    return [(seen.own["key"][bound["account"]] == 0, Refusal.NO_CHANGE)]


def end_key(world: World, _params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """One customer like the others again, which costs trust there."""
    status.end(world, bound["account"], lanes)
    return Result.DONE, NOTHING, None
