"""World: everything that is so, hidden things included, in L lanes at once.

One small dataclass of arrays per module of the engine; every array ends with the lane axis (L). `Truth`
(traits and scripts) is shared by all lanes. Nothing outside the engine reads a World: `sight.observe` is
the only way out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from kamsim.engine.calibration import compile_truth
from kamsim.engine.lanes import Lanes, Where
from kamsim.engine.ledger import Ledger
from kamsim.engine.market import Conditions
from kamsim.engine.params import START_QUARTER, Params
from kamsim.engine.parts import (
    ADDED,
    PARTS,
    Calendar,
    Cases,
    Dealings,
    Initiatives,
    Knowledge,
    Levers,
    Mandates,
    Market,
    Moments,
    Opportunities,
    People,
    Promises,
    Relations,
    Standings,
    Talks,
    Work,
)  # fmt: skip
from kamsim.engine.parts_joint import Joint, Plans
from kamsim.engine.parts_own import Own
from kamsim.engine.parts_team import Team
from kamsim.engine.state import Array
from kamsim.engine.truth import Truth
from kamsim.scenario.models import Scenario


@dataclass(eq=False)
class World:
    """L worlds at the start of ``quarter``, or within it."""

    quarter: int
    truth: Truth
    market: Market
    relations: Relations
    people: People
    initiatives: Initiatives
    dealings: Dealings
    work: Work
    knowledge: Knowledge
    cases: Cases
    mandates: Mandates
    standings: Standings
    promises: Promises
    moments: Moments
    talks: Talks
    opportunities: Opportunities
    calendar: Calendar
    joint: Joint
    plans: Plans
    own: Own
    team: Team
    levers: Levers
    ledger: Ledger | None = None
    """Last quarter's books."""
    booked: tuple[Lanes, Lanes] | None = None
    """Cost to serve and account profit as the company books them (A, L); None until `sight` works them out again."""
    conditions: Conditions | None = None
    """What last quarter's trade depended on, to explain the next one."""
    looked: tuple[tuple[object, ...], Any] | None = None
    """What it held when it was last looked at, and what was seen; see `sight.observe`."""

    @property
    def lanes(self) -> int:
        """How many lanes there are."""
        return int(self.work.left.shape[-1])

    def held(self) -> tuple[object, ...]:
        """The very arrays that it is made of now, with its quarter and its books: moves change them in place, a close
        puts others there."""
        parts = chain.from_iterable(getattr(self, name).__dict__.values() for name in PARTS)
        levers = chain.from_iterable(rows.values() for rows in self.levers.kinds())
        return (self.quarter, self.ledger, self.booked, *parts, *levers)

    def copy(self) -> World:
        """The same worlds, apart from each other. Books are never changed in place, so they are shared."""
        parts = {name: getattr(self, name).copy() for name in (*PARTS, "levers")}
        return World(self.quarter, self.truth, **parts, ledger=self.ledger, conditions=self.conditions)

    def take(self, lanes: Where) -> World:
        """Some lanes only, apart from these; a slice of them is these very lanes."""
        parts = {name: getattr(self, name).take(lanes) for name in (*PARTS, "levers")}
        ledger = self.ledger.take(lanes) if self.ledger else None
        conditions = self.conditions.take(lanes) if self.conditions else None
        return World(self.quarter, self.truth, **parts, ledger=ledger, conditions=conditions)

    def become(self, other: World) -> None:
        """Take over the state of another world of the same quarter, in place: a `Seen` that somebody holds follows."""
        for name in (*PARTS, "levers"):
            getattr(self, name).become(getattr(other, name))
        self.booked = None

    def reprice(self, params: Params, cells: Iterable[int], lanes: Where) -> None:
        """Bring the log pocket price of some cells in line with their discount and rebate."""
        market = self.market
        for row in cells:
            kept = (1.0 - market.discount[row, lanes]) * (1.0 - market.rebate[row, lanes])
            start = (1.0 - params.start_discount[row]) * (1.0 - params.start_rebate[row])
            market.price[row, lanes] = np.log(kept / start)

    def plain(self) -> dict[str, Any]:
        """The state as plain data: a checkpoint. Truth comes from the scenario, books from the quarter's line."""
        parts = {part: {name: row.tolist() for name, row in rows.items()} for part, rows in self.arrays().items()}
        return {"quarter": self.quarter, **parts}

    def arrays(self) -> dict[str, dict[str, Array]]:
        """The arrays of the state by part and name, as a checkpoint has them."""
        parts = {name: dict(getattr(self, name).__dict__) for name in PARTS}
        for _, part, name, row in self.levers.rows():
            parts[part][name] = row
        return parts

    def restore(self, data: dict[str, Any]) -> None:
        """Overwrite the state with a checkpoint's. Raises KeyError, TypeError or ValueError when it does not fit."""
        for name in PARTS:
            if name in data or name not in ADDED:
                getattr(self, name).restore(data[name])
        for lever, part, name, row in self.levers.rows():
            if part in data and (name in data[part] or not lever.later):
                row[...] = np.array(data[part][name], dtype=row.dtype).reshape(row.shape)
        self.quarter = int(data["quarter"])


def first_day(scenario: Scenario, params: Params, lanes: int) -> World:
    """L equal worlds on the first morning, before the first quarter's news. Seeds come with `Luck`."""
    truth = compile_truth(scenario, params)
    parts: dict[str, Any] = {name: kind.first(params, truth, lanes) for name, kind in PARTS.items()}
    world = World(START_QUARTER, truth, **parts, levers=Levers.first(params, lanes))
    for spent in world.work.spent:
        world.work.left -= spent
    return world
