"""What a policy came to over seeds, played chunk by chunk of lanes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import numpy as np

from kamsim.engine.joint import in_full_swing
from kamsim.engine.lanes import Lanes, total
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.params import Params, compile_params
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.world import World
from kamsim.players.own_policy import told_where
from kamsim.players.policies import named_policy
from kamsim.players.scoring import Built, Purses, flow, purses, score
from kamsim.players.seat import Policy, Seat
from kamsim.scenario.models import Scenario

CHUNK: Final = 2048
"""Lanes worked on together: bounds memory, and shares the cost of each call of numpy among enough of them."""
REFERENCE_SEEDS: Final = range(1, 201)
"""Seeds over which the score's unit, the median lead of ``value_seller`` over ``typical``, is taken."""
BOOKS: Final = ("nac", "revenue", "volume", "discount", "cost_to_serve", "share_of_wallet", "trust", "joint")
"""What is kept of every quarter and account; see `Outcomes`."""


class Watch(Protocol):
    """Looks at true worlds while a policy plays, and touches nothing; chunk by chunk of `CHUNK` lanes."""

    def before_close(self, world: World, params: Params) -> None:
        """The quarter's moves are made."""

    def after_close(self, world: World, params: Params, ledger: Ledger) -> None:
        """The quarter is closed; ``ledger`` has its books, ``world`` stands in the next one."""


@dataclass(frozen=True, eq=False)
class Study:
    """What is to be played: a policy over seeds in a scenario, for so many quarters. A part of its seeds is a study
    too, and what comes of a seed depends on nothing else."""

    scenario: Scenario
    policy: Policy
    seeds: Sequence[int]
    quarters: int

    def chunks(self, workers: int = 1) -> Iterator[Study]:
        """The study in parts of at most `CHUNK` lanes, and, as far as they reach, one for each worker."""
        size = min(CHUNK, -(-len(self.seeds) // workers))
        for start in range(0, len(self.seeds), size):
            yield replace(self, seeds=self.seeds[start : start + size])


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What a policy came to. Arrays have axes (lane, quarter, account); money in cents.

    ``nac`` account profit, ``revenue`` pocket sales, ``volume`` units valued at list price, ``discount`` what list
    price lost on and off invoice as a share of it, ``cost_to_serve`` positive cents, ``share_of_wallet`` by list
    value, ``trust`` as the quarter's trade found it, ``joint`` what was built with customers brought less what it took.
    ``purses`` by lane.
    """

    policy: str
    seeds: tuple[int, ...]
    accounts: tuple[str, ...]
    nac: Lanes
    revenue: Lanes
    volume: Lanes
    discount: Lanes
    cost_to_serve: Lanes
    share_of_wallet: Lanes
    trust: Lanes
    joint: Lanes
    purses: Purses
    scenario: Scenario

    @property
    def value(self) -> Lanes:
        """Both purses together by lane, cents."""
        return self.purses.value

    @property
    def score(self) -> Lanes:
        """By lane: 50 is play as good as ``typical`` on the same luck (economics H8)."""
        return score(self.value, self.against("typical").value, reference_leads(self.scenario, self.nac.shape[1]))

    def until(self, quarters: int, trust: Lanes, full: Lanes) -> Outcomes:
        """What a shorter game came to: the first quarters, which left ``trust`` (A, L), and in which what was built
        with customers came to bring ``full`` (A, L)."""
        books: dict[str, Any] = {name: getattr(self, name)[:, :quarters] for name in BOOKS}
        nac, flow = (np.moveaxis(books[name], 0, -1) for name in ("nac", "joint"))
        worth = purses(nac, trust, compiled(self.scenario), Built(flow, full))
        return replace(self, **books, purses=worth)

    def against(self, policy: str) -> Outcomes:
        """What another shipped bot comes to on the same luck, for differences seed by seed."""
        return played_all(Study(self.scenario, named_policy(policy), self.seeds, self.nac.shape[1]))


def played_all(study: Study, watch: Watch | None = None) -> Outcomes:
    """The whole study, in this process."""
    return joined([played(chunk, watch) for chunk in study.chunks()])


def played(study: Study, watch: Watch | None = None, told: Callable[[int, int], None] | None = None) -> Outcomes:
    """All lanes of a study together: one chunk. ``told`` hears how many quarters how many lanes have closed."""
    params = compiled(study.scenario)
    _keep_freed_memory()
    luck = Luck(study.seeds)
    world = first_quarter(study.scenario, params, luck)
    kept = {name: np.empty((study.quarters, len(params.accounts), len(study.seeds))) for name in BOOKS}
    for quarter in range(study.quarters):
        with told_where(study.policy):
            study.policy.play(Seat(world, params, luck))
        if watch is not None:
            watch.before_close(world, params)
        ledger = close_quarter(world, params, luck)
        if watch is not None:
            watch.after_close(world, params, ledger)
        _keep(kept, quarter, ledger, params)
        if told is not None:
            told(quarter + 1, len(study.seeds))
    worth = purses(kept["nac"], world.relations.trust, params, Built(kept["joint"], in_full_swing(world, params)))
    by_lane = {name: np.moveaxis(values, -1, 0) for name, values in kept.items()}
    return Outcomes(
        study.policy.name, tuple(study.seeds), params.accounts, **by_lane, purses=worth, scenario=study.scenario
    )


def _keep(kept: dict[str, Lanes], quarter: int, ledger: Ledger, params: Params) -> None:
    """Write a closed quarter into the books, (quarter, account, lane)."""
    listed = ledger.line("list_sales")
    kept["nac"][quarter] = ledger.contribution
    kept["revenue"][quarter] = ledger.sales
    kept["volume"][quarter] = listed
    kept["discount"][quarter] = 1.0 - ledger.sales / np.maximum(listed, 1.0)
    kept["cost_to_serve"][quarter] = -ledger.cost_to_serve
    wallet = ledger.wallet * params.list_price
    for account, cells in enumerate(params.account_cells):
        spent = total(wallet, cells)
        kept["share_of_wallet"][quarter, account] = listed[account] / np.maximum(spent, 1.0)
    kept["trust"][quarter] = ledger.trust
    kept["joint"][quarter] = flow(ledger)


def joined(parts: Sequence[Outcomes]) -> Outcomes:
    """Parts of one study as a whole, lane by lane as they come; in memory the lanes of a cell lie side by side,
    wherever the parts were played, so that sums over them have the same bits."""
    books = {
        name: np.ascontiguousarray(np.concatenate([np.moveaxis(getattr(part, name), 0, -1) for part in parts], axis=-1))
        for name in BOOKS
    }
    by_lane: dict[str, Any] = {name: np.moveaxis(values, -1, 0) for name, values in books.items()}
    banked, left = (np.concatenate([getattr(part.purses, name) for part in parts]) for name in ("banked", "left"))
    seeds = tuple(seed for part in parts for seed in part.seeds)
    return replace(parts[0], seeds=seeds, **by_lane, purses=Purses(banked, left))


def reference_leads(scenario: Scenario, quarters: int) -> Lanes:
    """Lead in value of ``value_seller`` over ``typical`` by reference seed, cents: the unit of the score."""
    key = (scenario.digest, quarters)
    if key not in _LEADS:
        better, usual = (
            played_all(Study(scenario, named_policy(name), REFERENCE_SEEDS, quarters)).value
            for name in ("value_seller", "typical")
        )
        _LEADS[key] = better - usual
    return _LEADS[key]


_PARAMS: dict[str, Params] = {}
_LEADS: dict[tuple[str, int], Lanes] = {}


def compiled(scenario: Scenario) -> Params:
    """Params of a scenario, compiled once for each content."""
    key = scenario.digest
    if key not in _PARAMS:
        if len(_PARAMS) > 32:
            _PARAMS.clear()
        _PARAMS[key] = compile_params(scenario)
    return _PARAMS[key]


def _keep_freed_memory() -> None:
    """Teach the C allocator to keep what is freed, by freeing one large block: otherwise every temporary of a chunk is
    given back to the system and faulted in again page by page (glibc; up to a third of the speed when measured)."""
    np.empty(30 << 17)
