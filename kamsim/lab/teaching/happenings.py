"""What a watch sees of one way to play: what of the author's came to pass, purchases, load, hours, and the first books.

Counts are over lanes and add up from chunk to chunk; what is by lane is joined.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kamsim.engine.initiatives import WORKING
from kamsim.engine.lanes import Lanes
from kamsim.engine.ledger import Ledger
from kamsim.engine.params import Params, force_names
from kamsim.engine.world import World
from kamsim.scenario.models import Scenario


@dataclass(frozen=True)
class Written:
    """Something that an author wrote for a quarter: its kind and name, an address to count it under, and the first
    quarter in which it may come."""

    kind: str
    name: str
    address: str
    quarter: int


def written(scenario: Scenario) -> list[Written]:
    """Everything in a scenario that is to happen, in the author's order."""
    found = [Written("news", item.title, f"news:{item.id}", item.quarter) for item in scenario.news]
    found += [Written("unlock", item.move, f"unlock:{item.move}", item.quarter) for item in scenario.unlocks]
    found += [Written("kind of incident", item.name, f"kind:{item.id}", 2) for item in scenario.incident_kinds]
    for account in scenario.accounts:
        at = account.name
        for kind, items in (("request", account.requests), ("tender", account.tenders), ("talk", account.talks)):
            found += [Written(kind, f"{item.title} ({at})", f"{kind}:{item.id}", item.quarter) for item in items]
        found += [Written("incident", f"{item.name} ({at})", f"incident:{item.id}", item.quarter)
                  for item in account.incidents]  # fmt: skip
        found += [Written("moment", f"{item.place} ({at})", f"moment:{item.id}", item.quarter)
                  for item in account.moments]  # fmt: skip
        found += [
            Written("attack", f"{item.rival} on {at}", f"attack:{account.id}@{item.quarter}", item.quarter)
            for item in account.attacks
        ]
        for initiative in account.initiatives:
            found += [
                Written("turn", f"{initiative.name} to {item.to}", f"turn:{initiative.id}@{item.quarter}", item.quarter)
                for item in initiative.turns
            ]
            found += [
                Written("force", f"{item.name} ({initiative.name})", f"force:{name}", item.quarter)
                for name, item in zip(force_names(initiative), initiative.forces, strict=True)
            ]
    return found


@dataclass(eq=False)
class Books:
    """Sums over lanes of quarters 1 to 4: money in cents by account, the company's result, and of the first quarter
    utilisation by line."""

    quarters: int = 0
    sales: Any = 0.0
    margin: Any = 0.0
    service: Any = 0.0
    company: float = 0.0
    load: Any = 0.0
    wallet: Any = 0.0
    """At list price, by account."""
    listed: Any = 0.0


@dataclass(eq=False)
class Seen:
    """What was seen in ``lanes`` lanes. ``fired``: in how many of them each address came to pass. ``purchases``: by
    slot how many arose, were won by us, lost, and not decided. ``hours``: left at the close by quarter, ``load``: by
    quarter and line; sums over lanes. ``running``: purchases delivered, at list price, and what was bought in all."""

    lanes: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    purchases: Any = 0
    hours: Any = 0.0
    load: Any = 0.0
    running: float = 0.0
    bought: float = 0.0
    first: Books = field(default_factory=Books)
    trouble: dict[str, Lanes] = field(default_factory=dict)
    """By lane: incidents, blows of rivals, people who left."""

    def add(self, other: Seen) -> None:
        """Take in the next lanes."""
        joined = {
            name: np.concatenate([self.trouble[name], values]) if name in self.trouble else values
            for name, values in other.trouble.items()
        }
        self.trouble = joined
        self.lanes += other.lanes
        self.fired += other.fired
        for name in ("purchases", "hours", "load", "running", "bought"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in vars(other.first):
            setattr(self.first, name, getattr(self.first, name) + getattr(other.first, name))


class Looking:
    """The watch of one chunk of lanes; see `kamsim.players.outcomes.Watch`."""

    def __init__(self, scenario: Scenario, lanes: int, quarters: int) -> None:
        self.seen = Seen(lanes=lanes)
        self._scenario, self._lanes = scenario, lanes
        self._flags: dict[str, Any] = {}
        self._hours, self._load = np.zeros(quarters), np.zeros((quarters, len(scenario.lines)))
        self._before: Any = None
        self._holder: Any = None
        self._trouble = {name: np.zeros(lanes) for name in ("incidents", "blows", "departures")}

    def _mark(self, address: str, where: Any) -> None:
        held = self._flags.get(address)
        self._flags[address] = where.copy() if held is None else held | where

    def before_close(self, world: World, params: Params) -> None:
        """What this quarter has brought, and the hours that its moves left."""
        quarter = world.quarter
        self._hours[quarter - 1] = world.work.left.sum()
        if self._before is None:
            self._before = world.truth.initiative_state[:, None]
            self._holder = np.zeros_like(world.people.holder)
            self.seen.purchases = np.zeros((len(params.opportunities), 4))
        self._dealings(world, params)
        self._initiatives(world, params)
        self._opportunities(world)
        self._trouble["departures"] += np.count_nonzero(world.people.holder != self._holder, axis=0)
        self._before, self._holder = world.initiatives.state.copy(), world.people.holder.copy()

    def _dealings(self, world: World, params: Params) -> None:
        quarter, at = world.quarter, world.dealings
        for row, name in enumerate(params.requests):
            self._mark(f"request:{name}", at.request[row] > 0)
        for row, name in enumerate(params.incidents):
            self._mark(f"incident:{name}", at.incident[params.incident_account[row]] == row + 1)
        for row, kind in enumerate(self._scenario.incident_kinds, 1 + len(params.incidents)):
            self._mark(f"kind:{kind.id}", (at.incident == row).any(axis=0))
        for row, name in enumerate(params.talks):
            self._mark(f"talk:{name}", world.talks.status[row] > 0)
        for row, name in enumerate(params.moments):
            self._mark(f"moment:{name}", world.moments.phase[row] > 0)
        everywhere = np.ones(self._lanes, dtype=bool)
        for item in written(self._scenario):
            if item.kind in ("news", "unlock", "tender") and item.quarter <= quarter:
                self._mark(item.address, everywhere)
        for row, account in enumerate(self._scenario.accounts):
            for blow in account.attacks:
                if blow.quarter == quarter + 1:
                    rival = params.rivals.index(blow.rival)
                    planned = (world.relations.attack[row] == blow.quarter) & (world.relations.attacker[row] == rival)
                    self._mark(f"attack:{account.id}@{blow.quarter}", planned)
        self._trouble["incidents"] += np.count_nonzero(at.incident, axis=0)
        if quarter < len(self._hours):  # what is planned for after the end strikes nobody
            self._trouble["blows"] += np.count_nonzero(world.relations.attack == quarter + 1, axis=0)

    def _initiatives(self, world: World, params: Params) -> None:
        quarter, state = world.quarter, world.initiatives.state
        turned = world.truth.turn_to[quarter]
        for row in np.flatnonzero(turned >= 0).tolist():
            came = (state[row] == turned[row]) & (self._before[row] != turned[row])
            self._mark(f"turn:{params.initiatives[row]}@{quarter}", came)
        for row, name in enumerate(params.forces):
            self._mark(f"force:{name}", world.initiatives.acts[row] == WORKING)

    def _opportunities(self, world: World) -> None:
        at, quarter = world.opportunities, world.quarter
        self.seen.purchases[:, 0] += np.count_nonzero((at.stage > 0) & (at.arose == quarter), axis=1)

    def after_close(self, world: World, params: Params, ledger: Ledger) -> None:
        """The books, and what was awarded."""
        quarter, at = ledger.quarter, world.opportunities
        self._load[quarter - 1] = ledger.utilisation.sum(axis=-1)
        for code in (1, 2, 3):
            self.seen.purchases[:, code] += np.count_nonzero((at.award == code) & (at.award_at == quarter), axis=1)
        running = np.where(at.runs_until >= quarter, at.runs_units, 0.0)
        prices = params.list_price[params.opportunity_cell] if len(params.opportunities) else 0.0
        self.seen.running += float((running * prices).sum())
        wallet = ledger.wallet * params.list_price
        self.seen.bought += float(wallet.sum())
        if quarter <= 4:
            self._book(ledger, params, wallet)
        self.seen.fired = Counter({address: int(np.count_nonzero(where)) for address, where in self._flags.items()})
        self.seen.hours, self.seen.load, self.seen.trouble = self._hours, self._load, self._trouble

    def _book(self, ledger: Ledger, params: Params, wallet: Lanes) -> None:
        first = self.seen.first
        first.quarters += 1
        first.company += float(ledger.company.sum())
        first.sales = first.sales + ledger.sales.sum(axis=-1)
        first.margin = first.margin + ledger.margin.sum(axis=-1)
        first.service = first.service - ledger.cost_to_serve.sum(axis=-1)
        if ledger.quarter == 1:
            listed = ledger.line("list_sales").sum(axis=-1)
            first.wallet = np.array([wallet[list(cells)].sum() for cells in params.account_cells])
            first.listed, first.load = listed, ledger.utilisation.sum(axis=-1)
