"""Why an account's profit moved: causes replaced one by one in the turn's order, so the parts sum to the change.

Each step of the replacement is a lane: lane 0 has last quarter's conditions, lane n this quarter's for the
first n causes, the last lane this quarter's altogether: it is the quarter's own books. One call of `market.trade` and
`ledger.post` books them all, in whole cents, so the differences add up exactly (economics B0 and H7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.ledger import Ledger, post
from kamsim.engine.market import Conditions, Trade, trade
from kamsim.engine.params import Params
from kamsim.engine.world import World

CAUSES: Final[dict[str, tuple[str, ...]]] = {
    "economy": ("wallet",),
    "initiatives": ("project_demand", "weights"),
    "chance": ("noise",),
    "tender": ("tender_units",),
    "materials": ("unit_cost",),
    "recession": ("shelter",),
    "rivals": ("rival_price", "rival_fit"),
    "price": ("price", "discount", "rebate", "reference"),
    "contract": ("committed", "loss_pace"),
    "trust": ("sensitivity", "relationship"),
    "service": ("service",),
    "fit": ("fit",),
    "momentum": ("share_before", "pace"),
    "cost_to_serve": ("expedite", "levers"),
    "team": ("hours", "specialists"),
    "projects": ("projects",),
    "payment": ("days",),
    "redress": ("credit",),
}
"""Causes in the order of the turn, and the conditions that belong to each."""


@dataclass(frozen=True)
class Why:
    """One account's quarter: the parts in cents by cause; they sum to ``change`` exactly."""

    account: str
    before: float
    after: float
    parts: dict[str, float]

    @property
    def change(self) -> float:
        """Cents."""
        return self.after - self.before


_COLUMNS: Final = np.arange(len(CAUSES) + 1)
_REPLACED: Final[dict[str, Flags]] = {
    name: _COLUMNS > place for place, names in enumerate(CAUSES.values()) for name in names
}
"""By condition: in which lanes this quarter's value has replaced the last one's."""
_LAST: Final = np.array([-1])


@dataclass
class Recorder:
    """Explains one quarter as it is booked (one-lane worlds only)."""

    accounts: tuple[str, ...] = ()
    books: Ledger | None = None
    """The quarter's books with a lane for each cause replaced, so that other figures can be explained alike; None where
    there was nothing to be compared with."""

    def book(self, world: World, params: Params, now: Conditions) -> tuple[Trade, Ledger]:
        """What the quarter's trade and books are, explained against the quarter before. The first has nothing to be
        compared with."""
        self.accounts, self.books = params.accounts, None
        explained = world.conditions is not None and world.ledger is not None
        stages = _stages(world.conditions, now) if explained else now
        done = trade(params, world.truth, stages)
        books = post(params, world.truth, world.quarter, stages, done, world.relations.trust)
        if not explained:
            return done, books
        self.books = books
        return done.take(_LAST), books.take(_LAST)

    @property
    def whys(self) -> list[Why]:
        """Why each account's profit moved, by account; none for a quarter that could not be compared."""
        return [] if self.books is None else why_by_account(self.accounts, self.books.contribution)


def why_by_account(accounts: Sequence[str], profit: Lanes) -> list[Why]:
    """Why a figure of each account moved, from its values (A, stages) as one cause after the other was replaced."""
    made = []
    for name, steps in zip(accounts, profit.tolist(), strict=True):
        parts = {cause: after - before for cause, before, after in zip(CAUSES, steps[:-1], steps[1:], strict=True)}
        made.append(Why(name, steps[0], steps[-1], parts))
    return made


def _stages(before: Conditions, now: Conditions) -> Conditions:
    """Conditions with one lane more than there are causes."""
    levers = {name: np.where(_REPLACED["levers"], new, before.levers[name]) for name, new in now.levers.items()}
    made: dict[str, Any] = {
        name: np.where(_REPLACED[name], new, getattr(before, name))
        for name, new in now.__dict__.items()
        if name != "levers"
    }
    return Conditions(**made, levers=levers)
