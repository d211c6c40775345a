"""Why an account's profit moved: causes replaced one by one in the turn's order, so the parts sum to the change.

Each stage of the replacement is a lane: the first has last quarter's conditions, the n-th this quarter's for n causes,
the last this quarter's altogether: it is the quarter's own books. One call of `market.trade` and `ledger.post` books
them all, in whole cents, so the differences add up exactly (economics B0 and H7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.engine.ledger import Ledger, post
from kamsim.engine.levers import SERVED
from kamsim.engine.market import Conditions, Trade, trade
from kamsim.engine.params import Params
from kamsim.engine.truth import Truth
from kamsim.engine.world import World

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
    "trust": ("sensitivity", "relationship", "preferred"),
    "service": ("service", "support", "key"),
    "fit": ("fit",),
    "momentum": ("share_before", "pace"),
    "cost_to_serve": ("expedite", "levers"),
    "team": ("hours", "specialists"),
    "projects": ("projects",),
    "payment": ("days",),
    "redress": ("credit",),
    "joint": ("joint", "joint_gain", "joint_spending"),
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


STAGES: Final = len(CAUSES) + 1


def _conditions(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same names with the levers' own in place of the one for all of them."""
    return tuple(each for name in names for each in (SERVED if name == "levers" else (name,)))


_IN_ORDER: Final = tuple(each for names in CAUSES.values() for each in _conditions(names))


@dataclass
class Recorder:
    """Explains one quarter as it is booked."""

    accounts: tuple[str, ...] = ()
    books: Ledger | None = None
    """The quarter's books, of each world as many lanes as there are stages, side by side, so that other figures can be
    explained alike; None where there was nothing to be compared with."""

    def book(self, world: World, params: Params, now: Conditions) -> tuple[Trade, Ledger]:
        """What the quarter's trade and books are, explained against the quarter before; what they depend on is kept in
        the world for the next one. The first has nothing to be compared with."""
        self.accounts, self.books = params.accounts, None
        before, trust = world.conditions, world.relations.trust
        if before is None or world.ledger is None:
            world.conditions, done = now.copy(), trade(params, world.truth, now)
            return done, post(params, world.truth, world.quarter, now, done, trust)
        stages = _stages(before, now, world.lanes)
        done, self.books = _booked(params, world.truth, world.quarter, stages, trust)
        last = slice(STAGES - 1, None, STAGES)
        world.conditions = stages.take(last)
        return done.take(last), self.books.take(last)

    @property
    def whys(self) -> list[Why]:
        """Why each account's profit moved in a single world; none for a quarter that could not be compared."""
        return [] if self.books is None else why_by_account(self.accounts, self.books.contribution)


def compared(
    params: Params, truth: Truth, quarter: int, before: Conditions, now: Conditions, trust: Lanes
) -> tuple[Trade, Ledger]:
    """Trade and books of a quarter with its conditions replaced cause by cause, of each world as many lanes as there
    are stages, side by side. ``trust``: (A, L)."""
    return _booked(params, truth, quarter, _stages(before, now, trust.shape[-1]), trust)


def _booked(params: Params, truth: Truth, quarter: int, stages: Conditions, trust: Lanes) -> tuple[Trade, Ledger]:
    done = trade(params, truth, stages)
    return done, post(params, truth, quarter, stages, done, np.repeat(trust, STAGES, axis=-1))


def why_by_account(accounts: Sequence[str], figure: Lanes) -> list[Why]:
    """Why a figure of each account moved, from its values by stage (A, stages)."""
    made = []
    for name, steps in zip(accounts, figure.tolist(), strict=True):
        parts = {cause: after - before for cause, before, after in zip(CAUSES, steps[:-1], steps[1:], strict=True)}
        made.append(Why(name, steps[0], steps[-1], parts))
    return made


def _stages(before: Conditions, now: Conditions, lanes: int) -> Conditions:
    """Conditions by stage, those of a lane side by side. All of them lie in one array for it, cause by cause: a few
    steps on much cost less than many on little."""
    rows = now.rows
    places, causes = _laid_out(tuple(rows[name].size // rows[name].shape[-1] for name in _IN_ORDER))
    old, new = _packed(before.rows, lanes), _packed(rows, lanes)
    made: Lanes = old.repeat(STAGES, 1).reshape(len(old), lanes, STAGES)
    for stage, place in enumerate(causes, start=1):
        made[place, :, stage:] = new[place, :, None]
    block = made.reshape(len(old), -1)
    return now.of({
        name: block[place] if rows[name].ndim == 2 else block[place].reshape(*rows[name].shape[:-1], -1)
        for name, place in zip(_IN_ORDER, places, strict=True)
    })  # fmt: skip


def _packed(rows: Mapping[str, Lanes], lanes: int) -> Lanes:
    """Arrays in one (rows, L), each as wide as there are lanes."""
    flat = [(values := rows[name]).reshape(-1, values.shape[-1]) for name in _IN_ORDER]
    return np.concatenate([values if values.shape[1] == lanes else values.repeat(lanes, 1) for values in flat])


@cache
def _laid_out(heights: tuple[int, ...]) -> tuple[list[slice], list[slice]]:
    """Where arrays of so many rows each lie in one: the rows of each, and the rows of each cause."""
    places: list[slice] = []
    causes: list[slice] = []
    last, left = 0, iter(heights)
    for names in CAUSES.values():
        began = last
        for _ in _conditions(names):
            first, last = last, last + next(left)
            places.append(slice(first, last))
        causes.append(slice(began, last))
    return places, causes
