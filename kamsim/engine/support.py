"""How far our own company helps, and how much it knows (economics B21): slow, shared, and built by whoever takes the
time to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.lanes import Lanes, Where, unit
from kamsim.engine.organisation import EASIER
from kamsim.engine.params import DESK_SEATS, Params

if TYPE_CHECKING:
    from kamsim.engine.world import World

NETWORKED: Final = 0.01
"""What an hour of listening in one function adds to support, or to what we know, in a quarter."""
MOST_NETWORKED: Final = 2
"""Functions a quarter that count for it; others still remember that somebody came."""
HELPS: Final = ("finance", "operations")
"""Functions that decide what is granted and delivered; the others, sales and product, know customers."""
COLLEAGUE: Final = 0.08
"""How far a function's approver comes towards us, as a part of what is missing from goodwill."""
FADES: Final = 0.04
"""Part of the distance to what is usual in the company that is lost in a quarter: networks must be kept."""
GRANTED: Final = {"support": 0.08, "information": 0.12}
"""What a yes of the sales leader's adds in all, a quarter of it in each of the next four quarters."""
ARRIVES: Final = 4


def network(world: World, params: Params, function: str, lanes: Where) -> None:
    """An afternoon with one function of our own company."""
    own, desk = world.own, world.standings.desk
    row = params.own.seats[DESK_SEATS.index(function)]
    desk[row, lanes] = unit(desk[row, lanes] + COLLEAGUE * (1.0 - desk[row, lanes]), -1.0)
    counts = np.bitwise_count(own.networked[lanes]) < MOST_NETWORKED
    own.networked[lanes] |= np.int8(1 << DESK_SEATS.index(function))
    level = own.support if function in HELPS else own.quality
    level[lanes] = unit(level[lanes] + NETWORKED * counts)


def settle(world: World, params: Params) -> None:
    """As a quarter ends: what was promised arrives bit by bit, and what nobody keeps up fades to what is usual."""
    own = world.own
    own.networked = np.zeros_like(own.networked)
    own.support, own.support_coming = _moved(own.support, own.support_coming, "support", params.support)
    own.quality, own.quality_coming = _moved(own.quality, own.quality_coming, "information", params.information_quality)


def _moved(level: Lanes, coming: Lanes, what: str, usual: float) -> tuple[Lanes, Lanes]:
    arrives = np.minimum(coming, GRANTED[what] / ARRIVES)
    return unit(level + arrives - FADES * (level - usual)), coming - arrives


def hours(world: World, params: Params) -> Lanes:
    """Hours a quarter that the team gains, or loses, because our company helps more, or less, than on the first day
    (L,); in whole tens, as the hours of the first day are."""
    gained: Lanes = 10.0 * np.rint(params.own.quarter * EASIER * (world.own.support - params.support) / 10.0)
    return gained
