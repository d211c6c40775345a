"""One bot twice: what it is worth to know what changes for a customer, and to re-build what one has said.

The arms of the factorial (`factorial`) are here too: `Factored` plays as ``dynamic`` with some levers left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

import numpy as np

from kamsim.engine.facts import FORCE_FACTS, INITIATIVE_FACTS, OPPORTUNITY_FACTS
from kamsim.engine.lanes import EVERYWHERE, Flags, Where
from kamsim.engine.moves import Outcome
from kamsim.engine.world import World
from kamsim.players.dynamics import Dynamic
from kamsim.players.seat import Seat
from kamsim.players.selective import LaneSeat
from kamsim.players.sellers import cut_prices, put_right

CUT: Final = 0.03
"""Points of list given off everything at once, where prices are a lever: as ``typical`` gives them."""
FROZEN: Final = (*INITIATIVE_FACTS, *FORCE_FACTS, *OPPORTUNITY_FACTS)
"""Kinds of fact that do not move any more once a picture is frozen."""
KEPT: Final = ("value", "seen_at", "changed_at", "source")
"""Arrays of `parts.Knowledge` that hold them."""


class HeldSeat(Seat):
    """A seat whose player, in some lanes, goes on believing what it once heard about initiatives, as if it were of
    today."""

    def __init__(self, seat: Seat, picture: dict[str, dict[str, Any]], lanes: Where = EVERYWHERE) -> None:
        super().__init__(seat._world, seat._params, seat._luck)  # the same chair with another memory
        self._picture, self._lanes = picture, lanes
        self._hold()

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """The move; what it told of initiatives is not taken in."""
        made = super().do(kind, where=where, **args)
        self._hold()
        return made

    def _hold(self) -> None:
        known = self._world.knowledge
        for kind, arrays in self._picture.items():
            rows = self._params.fact_blocks[kind]
            for name, values in arrays.items():
                fresh = np.where(values >= 0, self.quarter, -1) if name == "seen_at" else values
                getattr(known, name)[rows.start : rows.stop, self._lanes] = fresh[:, self._lanes]


def picture(world: World, blocks: dict[str, range]) -> dict[str, dict[str, Any]]:
    """What is known of initiatives now, by kind of fact and array."""
    known = world.knowledge
    return {
        kind: {name: getattr(known, name)[blocks[kind].start : blocks[kind].stop].copy() for name in KEPT}
        for kind in FROZEN
    }


class Frozen(Dynamic):
    """As ``dynamic``, for the same hours, with the picture of initiatives that it had after the first quarter."""

    name = "frozen"

    def __init__(self) -> None:
        super().__init__()
        self._picture: dict[str, dict[str, Any]] = {}

    def play(self, seat: Seat) -> None:
        """The first quarter as it is; the others as if nothing had changed since."""
        self._picture = frozen_play(super().play, seat, self._picture)


def frozen_play(
    play: Any, seat: Seat, held: dict[str, dict[str, Any]], lanes: Where = EVERYWHERE
) -> dict[str, dict[str, Any]]:
    """Let ``play`` play a quarter, in ``lanes`` on what is ``held``; in the first it learns, and what it then knows is
    returned."""
    if seat.quarter > 1:
        play(HeldSeat(seat, held, lanes))
        return held
    play(seat)
    return picture(seat._world, seat._params.fact_blocks)


class Unbending(Dynamic):
    """As ``dynamic``, but a page that was written is neither re-cut nor renewed."""

    name = "unbending"
    recuts = False


class Factored(Dynamic):
    """As ``dynamic`` with each of five levers pulled or left alone, by lane: a price cut at once, incidents put right
    with all that helps, initiatives worked on (bids, talks, insights, help), cases, and a picture that is kept fresh.

    ``pulled``: lanes in which each is (L,)."""

    name = "factored"
    levers: ClassVar[tuple[str, ...]] = ("prices", "incidents", "initiatives", "cases", "knowledge")

    def __init__(self, pulled: Mapping[str, Flags]) -> None:
        super().__init__()
        self._pulled = pulled
        self._picture: dict[str, dict[str, Any]] = {}

    def play(self, seat: Seat) -> None:
        """The price first, since it is public; the rest on the picture that each lane has."""
        if seat.quarter == 1:
            cut_prices(LaneSeat(seat, self._pulled["prices"]), CUT)
        put_right(LaneSeat(seat, ~self._pulled["incidents"]), 10, "none")
        stale = np.flatnonzero(~self._pulled["knowledge"])
        self._picture = frozen_play(super().play, seat, self._picture, stale)

    def _chase(self, seat: Seat) -> None:
        super()._chase(LaneSeat(seat, self._pulled["initiatives"]))

    def _owners(self, seat: Seat) -> None:
        super()._owners(LaneSeat(seat, self._pulled["initiatives"]))

    def _ideas(self, seat: Seat) -> None:
        super()._ideas(LaneSeat(seat, self._pulled["initiatives"]))

    def _cases(self, seat: Seat) -> None:
        super()._cases(LaneSeat(seat, self._pulled["cases"]))

    def _escalate(self, seat: Seat) -> None:
        super()._escalate(LaneSeat(seat, self._pulled["cases"]))


ARMS: Final = (Frozen, Unbending)
"""Arms that claims name."""
