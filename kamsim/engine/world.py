"""World: everything that is so, hidden things included, in L lanes at once.

One small dataclass of arrays per module of the engine; every array ends with the lane axis (L). `Truth`
(traits and scripts) is shared by all lanes. Nothing outside the engine reads a World: `sight.observe` is
the only way out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kamsim.engine.calibration import compile_truth
from kamsim.engine.lanes import Codes, Lanes, Where, full_codes
from kamsim.engine.ledger import Ledger
from kamsim.engine.levers import Kept, kept
from kamsim.engine.market import Conditions
from kamsim.engine.page import CRITERIA, blank
from kamsim.engine.params import START_QUARTER, STATES, Params
from kamsim.engine.state import (
    Cases,
    Dealings,
    Initiatives,
    Knowledge,
    Levers,
    Mandates,
    Market,
    Moments,
    People,
    Promises,
    Relations,
    Standings,
    Talks,
    Work,
)
from kamsim.engine.terms import ISSUES
from kamsim.engine.truth import Truth
from kamsim.scenario.models import Scenario

PARTS = (
    "market", "relations", "people", "initiatives", "dealings", "work", "knowledge",
    "cases", "mandates", "standings", "promises", "moments", "talks",
)  # fmt: skip
ADDED = ("cases", "mandates", "standings", "promises", "moments", "talks")
"""Parts that checkpoints of earlier rules lack; they are as on the first day there."""
START_CREDIBILITY = 0.5
"""Of our word, with everybody (ECONOMICS C)."""


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
    levers: Levers
    ledger: Ledger | None = None
    """Last quarter's books."""
    booked: tuple[Lanes, Lanes] | None = None
    """Cost to serve and account profit as the company books them (A, L); None until `sight` works them out again."""
    conditions: Conditions | None = None
    """What last quarter's trade depended on, to explain the next one."""

    @property
    def lanes(self) -> int:
        """How many lanes there are."""
        return int(self.work.left.shape[-1])

    def copy(self) -> World:
        """The same worlds, apart from each other. Books are never changed in place, so they are shared."""
        parts = {name: getattr(self, name).copy() for name in (*PARTS, "levers")}
        return World(self.quarter, self.truth, **parts, ledger=self.ledger, conditions=self.conditions)

    def take(self, lanes: NDArray[np.intp]) -> World:
        """Some lanes only."""
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
        parts = {name: getattr(self, name).plain() for name in PARTS}
        for _, part, name, row in self.levers.rows():
            parts[part][name] = row.tolist()
        return {"quarter": self.quarter, **parts}

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
    accounts, cells, rivals = len(params.accounts), len(params.cells), len(params.rivals)

    def spread(values: Lanes) -> Lanes:
        return np.repeat(np.asarray(values, dtype=np.float64), lanes, axis=-1)

    def zeros(*shape: int) -> Lanes:
        return np.zeros((*shape, lanes))

    def codes(*shape: int) -> Codes:
        return np.zeros((*shape, lanes), dtype=np.int8)

    def rows(kind: Kept) -> dict[str, Any]:
        return {lever.name: (codes if row.codes else zeros)(accounts) for lever, row in kept(kind)}

    rhythm = full_codes(params.start_rhythm, lanes)
    hours = params.rhythm_hours[params.start_rhythm][:, None]
    facts = len(params.facts)
    world = World(
        quarter=START_QUARTER,
        truth=truth,
        market=Market(
            share=spread(truth.start_share),
            discount=spread(params.start_discount),
            rebate=spread(params.start_rebate),
            price=zeros(cells),
            reference=zeros(cells),
            rival_price=zeros(rivals, cells),
            rival_fit=zeros(rivals, accounts),
        ),
        relations=Relations(
            trust=spread(truth.start_trust),
            fit=np.full((accounts, lanes), 0.5),
            service=spread(truth.start_service),
            reconsider=np.zeros((accounts, lanes), dtype=bool),
            pitched=zeros(accounts),
            attack=zeros(accounts),
            attacker=np.full((accounts, lanes), -1, dtype=np.int8),
            attack_kind=codes(accounts),
            attack_idea=codes(accounts),
            neglected=codes(accounts),
        ),
        people=People(
            stance=spread(truth.start_stance),
            tie=spread(truth.start_tie),
            open_until=zeros(len(params.people)),
            shut_until=zeros(len(params.people)),
            holder=codes(len(params.people)),
            measure=full_codes(truth.measure, lanes),
            met=codes(len(params.people)),
            leaving=np.zeros((len(params.people), lanes), dtype=bool),
            handed=codes(len(params.people)),
        ),
        initiatives=Initiatives(
            state=full_codes(truth.initiative_state, lanes),
            before=np.full((len(params.initiatives), lanes), STATES.index("funded"), dtype=np.int8),
            since=zeros(len(params.initiatives)),
            engagement=zeros(len(params.initiatives)),
            help=zeros(len(params.initiatives)),
            backed_until=zeros(len(params.initiatives)),
            shaken_until=zeros(len(params.initiatives)),
            acts=codes(len(params.forces)),
            pressure=zeros(len(params.initiatives)),
            past_state=codes(2, len(params.initiatives)),
            past_acts=codes(2, len(params.forces)),
            past_pressure=zeros(2, len(params.initiatives)),
        ),
        dealings=Dealings(
            request=codes(len(params.requests)),
            trade_refused=codes(len(params.requests)),
            incident=codes(accounts),
            severity=zeros(accounts),
            recovery=zeros(accounts),
            credit=zeros(accounts),
            owner=codes(accounts),
            offer=codes(accounts),
            offer_price=zeros(cells),
            offer_commitment=zeros(accounts),
            offer_length=zeros(accounts),
            offer_days=spread(params.start_days),
            answer=codes(accounts),
            agreed=spread(params.start_discount),
            committed=zeros(cells),
            contract_until=zeros(accounts),
            days=spread(params.start_days),
            harmony=codes(accounts),
            compliance=np.ones((cells, lanes)),
            edge=zeros(cells),
        ),
        work=Work(
            left=np.full(lanes, params.hours),
            spent=spread(hours),
            rhythm=rhythm,
            expedite=codes(accounts),
        ),
        knowledge=Knowledge(
            value=zeros(facts),
            seen_at=np.full((facts, lanes), -1, dtype=np.int8),
            changed_at=np.full((facts, lanes), -1, dtype=np.int8),
            source=codes(facts),
            reviewed=np.zeros((accounts, lanes), dtype=bool),
            insight=np.zeros((accounts, lanes), dtype=bool),
            insight_built=zeros(len(params.initiatives)),
            insight_kind=codes(len(params.initiatives)),
            insight_state=codes(len(params.initiatives)),
            linked=codes(len(params.news), accounts),
        ),
        **_casework(params, lanes),
        levers=Levers(rows("level"), rows("until"), rows("offered"), rows("booked")),
    )
    for row in range(accounts):
        world.work.left -= world.work.spent[row]
    return world


def _casework(params: Params, lanes: int) -> dict[str, Any]:
    """The arrays of cases, mandates, promises, moments and talks on the first day: nothing was asked and nothing
    promised."""
    accounts, places = len(params.accounts), 2 * len(params.accounts)
    readers, moments = len(params.people) + len(params.approvers), len(params.moments)
    talks = len(params.talks)

    def zeros(*shape: int) -> Lanes:
        return np.zeros((*shape, lanes))

    def codes(*shape: int) -> Codes:
        return np.zeros((*shape, lanes), dtype=np.int8)

    return {
        "cases": Cases(
            page=blank(places, lanes),
            stage=codes(places),
            presented=zeros(places),
            decides=zeros(places),
            wavered=zeros(places),
            returned=zeros(places),
            resubmitted=zeros(places),
            outcome=codes(places),
            gate=codes(places),
            condition=codes(places),
            noticed=codes(places),
            reader_score=zeros(readers, accounts),
            criteria=zeros(len(CRITERIA), places),
            loss=zeros(len(CRITERIA), places),
        ),
        "mandates": Mandates(
            discount=zeros(accounts),
            days=zeros(accounts),
            served=zeros(accounts),
            asked=zeros(accounts),
        ),
        "standings": Standings(
            credibility=np.full((accounts + 1, lanes), START_CREDIBILITY),
            desk=np.repeat(params.start_desk, lanes, axis=-1),
            claims=zeros(),
            inside=zeros(),
            interval=zeros(),
        ),
        "promises": Promises(
            status=codes(places),
            metric=codes(places),
            value=zeros(places),
            low=zeros(places),
            high=zeros(places),
            signed=zeros(places),
            due=zeros(places),
            actual=zeros(places),
            guarantee=codes(places),
            pilot=codes(places),
            rate=zeros(places),
            certain=zeros(places),
            delivered=zeros(places),
            kept_at=zeros(places),
            kept_metric=codes(places),
            pilot_at=zeros(places),
        ),
        "moments": Moments(phase=codes(moments), picks=zeros(5, moments), weakest=codes(moments)),
        "talks": Talks(
            status=codes(talks),
            round=codes(talks),
            page=zeros(len(ISSUES), talks),
            pushed=codes(talks),
            conceded=codes(talks),
            gifts=codes(talks),
            exclusive_until=zeros(len(params.cells)),
            data_until=zeros(accounts),
        ),
    }
