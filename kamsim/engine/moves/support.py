"""Moves inside our own company: an afternoon with one of its functions, a case to the sales leader (economics B21)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from kamsim.engine import support as helped
from kamsim.engine.lanes import Lanes, Where, unit
from kamsim.engine.luck import Luck, entity_keys
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.params import DESK_SEATS, Params
from kamsim.engine.sight import Seen
from kamsim.engine.world import World

NETWORK_HOURS: Final = 10.0
LEADER_HOURS: Final = 20.0
WISHES: Final = (*helped.GRANTED, "sponsor")
"""For what the sales leader is asked: that the company helps more, that it knows more, that it stands behind what is
built with a customer."""
ASKED_LASTS: Final = 4
"""Quarters until the sales leader may be asked again."""
WILLING, BY_WORD, BY_RESULTS = 0.1, 0.6, 0.3
"""Chance of a yes: bare, for all that our promises to our own company were worth, and where results are at the
plan."""
_LEADER: Final = entity_keys(("leader",))


def network_hours(_seen: Seen, _bound: Bound) -> float:
    """An afternoon at their place, and what was promised there."""
    return NETWORK_HOURS


def refuse_network(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Each function that sits at our desk, once a quarter."""
    seat = DESK_SEATS.index(bound["function"])
    return [
        (seen.params.own.seats[seat] < 0, Refusal.NO_COLLEAGUE),
        ((seen.own["networked"] & (1 << seat)) > 0, Refusal.NETWORKED),
    ]


def network(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Somebody there knows now what we need, and why."""
    helped.network(world, params, bound["function"], lanes)
    return Result.DONE, NOTHING, None


def leader_hours(_seen: Seen, _bound: Bound) -> float:
    """A page, and the figures behind it."""
    return LEADER_HOURS


def refuse_leader(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Once a year; for a sponsor only where there is something to build, and none yet."""
    sponsor = bound["wish"] == "sponsor"
    lately = (seen.own["asked"] > 0) & (seen.quarter - seen.own["asked"] < ASKED_LASTS)
    return [
        (sponsor and not seen.params.own.has("joint"), Refusal.NOT_HERE),
        (sponsor & (seen.own["backing"] > 0), Refusal.NO_CHANGE),
        (lately, Refusal.LEADER_ASKED),
    ]


def leader_chance(own: Mapping[str, Any], word: Lanes, quarter: int) -> Lanes:
    """How likely the sales leader says yes (L,), as anybody may work out from what is seen of ``own``: by what our
    promises to our own company came to (``word``), and by results, last year's and this year's so far, against the
    plan."""
    due = own["past_plan"] + own["plan"] * ((quarter - 1) % 4) / 4.0
    there = own["past_earned"] + own["earned"] >= due
    return unit(WILLING + BY_WORD * word + BY_RESULTS * there)


def ask_leader(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """A case to the sales leader; a yes arrives over the next year."""
    own, wish = world.own, bound["wish"]
    word = world.standings.credibility[len(params.accounts)]
    chance = leader_chance(own.__dict__, word, world.quarter)[lanes]
    yes = luck.uniform("leader", world.quarter, _LEADER, lanes)[0] < chance
    own.asked[lanes] = world.quarter
    if wish == "sponsor":
        own.backing[lanes] |= yes.astype(np.int8)
    else:
        coming = own.support_coming if wish == "support" else own.quality_coming
        coming[lanes] += np.where(yes, helped.GRANTED[wish], 0.0)
    return np.where(yes, Result.GRANTED, Result.DECLINED), NOTHING, None
