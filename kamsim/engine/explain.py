"""Why an account's profit moved: causes replaced one by one in the turn's order, so the parts sum to the change.

Each step of the replacement is a lane: lane 0 has last quarter's conditions, lane n this quarter's for the
first n causes, the last lane this quarter's altogether. One call of `market.trade` and `ledger.post` books them
all, in whole cents, so the differences add up exactly (economics B0 and H7).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.engine.ledger import Ledger, post
from kamsim.engine.market import Conditions, trade
from kamsim.engine.params import Params
from kamsim.engine.truth import Truth

CAUSES: Final[dict[str, tuple[str, ...]]] = {
    "economy": ("wallet",),
    "initiatives": ("project_demand", "weights"),
    "chance": ("noise",),
    "tender": ("tender_units", "tender_sensitivity"),
    "awards": ("awarded", "won", "won_off"),
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


@dataclass
class Recorder:
    """Collects the explanations of one quarter (one-lane worlds only)."""

    whys: list[Why] = field(default_factory=list)
    books: Ledger | None = None
    """The quarter's books with a lane for each cause replaced, so that other figures can be explained alike."""

    def record(
        self,
        params: Params,
        truth: Truth,
        before: Conditions | None,
        now: Conditions,
        old: Ledger | None,
        new: Ledger,
    ) -> None:
        """Explain the change from ``before`` to ``now``; the first quarter has nothing to be compared with."""
        self.whys, self.books = [], None
        if before is None or old is None:
            return
        stages = _stages(before, now)
        self.books = post(params, truth, new.quarter, stages, trade(params, truth, stages), new.trust)
        booked = self.books.contribution
        for row, name in enumerate(params.accounts):
            steps: Lanes = np.diff(booked[row])
            parts = {cause: float(step) for cause, step in zip(CAUSES, steps, strict=True)}
            self.whys.append(Why(name, float(booked[row, 0]), float(booked[row, -1]), parts))


def _stages(before: Conditions, now: Conditions) -> Conditions:
    """Conditions with one lane more than there are causes."""
    replaced_at = {name: place for place, names in enumerate(CAUSES.values()) for name in names}
    columns = np.arange(len(CAUSES) + 1)
    made: dict[str, Any] = {}
    for item in fields(Conditions):
        old, new, replaced = getattr(before, item.name), getattr(now, item.name), columns > replaced_at[item.name]
        if item.name == "levers":
            made[item.name] = {name: np.where(replaced, new[name], old[name]) for name in new}
        else:
            made[item.name] = np.where(replaced, new, old)
    return Conditions(**made)
