"""Where a price on a page of a business case changes its meaning: the floor, and who would have to sign beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.belief import believed_standing
from kamsim.engine.judgement import stopped, tier_of
from kamsim.engine.page import AT, GATES, TIERS
from kamsim.engine.terms import PRICE_STEP
from kamsim.game.drafting import page_of

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

STEPS: Final = 31


@dataclass(frozen=True)
class Edges:
    """Points of list price. ``floor``: the most above our floor, None where it is never met; ``tiers``: by tier, the
    most that it still signs."""

    floor: float | None
    tiers: dict[str, float]


def price_edges(seen: Seen, account: str, audience: str, page: Mapping[str, Any]) -> Edges:
    """The edges of the price, all else on the page as it is."""
    standing, column = believed_standing(seen, seen.params.accounts.index(account)), page_of(seen, account, page)
    steps = np.arange(STEPS) * PRICE_STEP
    pages = np.repeat(column, STEPS, axis=-1)
    pages[AT["price"]] = steps
    desk = audience == "desk"
    worked, gate = stopped(standing, pages, desk=desk)
    below = gate == GATES.index("below_floor") + 1
    floor = float(steps[int(np.argmax(below))]) - PRICE_STEP if below.any() else None
    tiers: dict[str, float] = {}
    if desk:
        needed = tier_of(standing, worked)[0]
        for row, name in enumerate(TIERS[:-1]):
            inside = needed <= row
            if inside[0] and not inside.all():
                tiers[name] = float(steps[int(np.argmax(~inside))]) - PRICE_STEP
    return Edges(floor, tiers)
