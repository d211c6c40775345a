"""World: everything that is so, hidden things included, in L lanes at once.

One small dataclass of arrays per module of the engine; every array ends with the lane axis (L). `Truth`
(traits and scripts) is shared by all lanes. Nothing outside the engine reads a World: `sight.observe` is
the only way out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from kamsim.engine.lanes import Codes, Flags, Lanes, Where
from kamsim.engine.ledger import Ledger
from kamsim.engine.market import Conditions
from kamsim.engine.params import START_QUARTER, STATES, Params
from kamsim.engine.truth import Truth, compile_truth, full_codes
from kamsim.scenario.models import Scenario


class State:
    """A dataclass of arrays that can be copied, cut to some lanes, and written as plain data."""

    def copy(self) -> Self:
        """The same values in arrays of their own."""
        return type(self)(**{item.name: getattr(self, item.name).copy() for item in fields(self)})  # type: ignore[arg-type]

    def take(self, lanes: NDArray[np.intp]) -> Self:
        """Some lanes only, in arrays of their own."""
        return type(self)(**{item.name: getattr(self, item.name)[..., lanes] for item in fields(self)})  # type: ignore[arg-type]

    def plain(self) -> dict[str, Any]:
        """Arrays as nested lists, for a checkpoint."""
        return {item.name: getattr(self, item.name).tolist() for item in fields(self)}  # type: ignore[arg-type]

    def restore(self, data: dict[str, Any]) -> None:
        """Overwrite the arrays with what `plain` gave. Raises KeyError or ValueError when it does not fit."""
        for item in fields(self):  # type: ignore[arg-type]
            array = getattr(self, item.name)
            array[...] = np.array(data[item.name], dtype=array.dtype).reshape(array.shape)


@dataclass(eq=False)
class Market(State):
    """Prices and shares by cell (C, L). Prices are logs relative to our pocket price on the first day."""

    share: Lanes
    discount: Lanes
    rebate: Lanes
    price: Lanes
    """Own pocket price."""
    reference: Lanes
    """The price that the customer has come to expect (ECONOMICS B4)."""
    rival_price: Lanes
    """(J, C, L) how far a rival stands below (-) its own starting price."""
    rival_fit: Lanes
    """(J, A, L) added to a rival's fit by what it has pitched."""


@dataclass(eq=False)
class Relations(State):
    """How each customer stands to us (A, L)."""

    trust: Lanes
    fit: Lanes
    service: Lanes
    """Smoothed share of deliveries on time (ECONOMICS B16)."""
    reconsider: Flags
    """Shares move faster next quarter (ECONOMICS B7)."""
    pitched: Lanes
    """Last quarter in which we offered them anything; 0 if never."""
    attack: Lanes
    """Quarter in which a rival strikes; 0 if none is planned."""
    attacker: Codes
    """Which rival, -1 if none."""


@dataclass(eq=False)
class People(State):
    """Members of the buying centres (S, L)."""

    stance: Lanes
    tie: Lanes
    open_until: Lanes
    """Last quarter in which this executive's door is open."""
    shut_until: Lanes
    """Last quarter in which this executive does not receive us."""
    holder: Codes
    """0 the authored person, 1 the first successor, and so on."""
    measure: Codes
    met: Codes
    """Agendas taken up with this person this quarter, one bit each."""


@dataclass(eq=False)
class Initiatives(State):
    """Strategic initiatives (K, L)."""

    state: Codes
    before: Codes
    """State before a delay."""
    since: Lanes
    """Quarters spent in this state."""
    engagement: Lanes
    """How far our work serves it, 0..1."""
    help: Lanes
    """Force that we add this quarter (ECONOMICS B13)."""


@dataclass(eq=False)
class Dealings(State):
    """Requests (Q, L), incidents (A, L), offers and contracts (A or C, L)."""

    request: Codes
    """Index into REQUEST_STATUS."""
    trade_refused: Codes
    """(Q, L) 1 once a trade was turned down."""
    incident: Codes
    """(A, L) which incident is open: 0 none, else 1 + its row among authored ones and kinds."""
    severity: Lanes
    recovery: Lanes
    credit: Lanes
    """Cents promised to put an incident right."""
    offer: Codes
    """(A, L) 1 while an offer lies with the buying centre."""
    offer_price: Lanes
    """(C, L) discount offered."""
    offer_commitment: Lanes
    """(A, L) added share of wallet that they commit, 0 for none."""
    offer_length: Lanes
    """Quarters."""
    offer_days: Lanes
    offer_pooled: Codes
    """1 if deliveries are pooled."""
    answer: Codes
    """(A, L) last answer to an offer, an index into ANSWERS."""
    agreed: Lanes
    """(C, L) discount that the customer holds us to: we may go back to it, not below it."""
    committed: Lanes
    """(C, L) share of wallet promised to us."""
    contract_until: Lanes
    """(A, L) last quarter of the signed Terms."""
    days: Lanes
    """Payment days."""
    pooled: Codes


@dataclass(eq=False)
class Work(State):
    """The team's time this quarter."""

    left: Lanes
    """(L,) hours."""
    spent: Lanes
    """(A, L) hours charged to an account, rhythm included."""
    rhythm: Codes
    expedite: Codes


@dataclass(eq=False)
class Knowledge(State):
    """What the player has found out (F, L): value, when and how. ``seen_at`` -1 stands for never."""

    value: Lanes
    seen_at: Codes
    source: Codes
    reviewed: Flags
    """(A, L) whether the account's true cost to serve is booked."""
    insight: Flags
    """(A, L) whether this quarter's scan has prepared an insight."""


PARTS = ("market", "relations", "people", "initiatives", "dealings", "work", "knowledge")


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
        parts = {name: getattr(self, name).copy() for name in PARTS}
        return World(self.quarter, self.truth, **parts, ledger=self.ledger, conditions=self.conditions)

    def take(self, lanes: NDArray[np.intp]) -> World:
        """Some lanes only."""
        parts = {name: getattr(self, name).take(lanes) for name in PARTS}
        ledger = self.ledger.take(lanes) if self.ledger else None
        conditions = self.conditions.take(lanes) if self.conditions else None
        return World(self.quarter, self.truth, **parts, ledger=ledger, conditions=conditions)

    def reprice(self, params: Params, cells: Iterable[int], lanes: Where) -> None:
        """Bring the log pocket price of some cells in line with their discount and rebate."""
        market = self.market
        for row in cells:
            kept = (1.0 - market.discount[row, lanes]) * (1.0 - market.rebate[row, lanes])
            start = (1.0 - params.start_discount[row]) * (1.0 - params.start_rebate[row])
            market.price[row, lanes] = np.log(kept / start)

    def plain(self) -> dict[str, Any]:
        """The state as plain data: a checkpoint. Truth comes from the scenario, books from the quarter's line."""
        return {"quarter": self.quarter, **{name: getattr(self, name).plain() for name in PARTS}}

    def restore(self, data: dict[str, Any]) -> None:
        """Overwrite the state with a checkpoint's. Raises KeyError, TypeError or ValueError when it does not fit."""
        for name in PARTS:
            getattr(self, name).restore(data[name])
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
        ),
        people=People(
            stance=spread(truth.start_stance),
            tie=spread(truth.start_tie),
            open_until=zeros(len(params.people)),
            shut_until=zeros(len(params.people)),
            holder=codes(len(params.people)),
            measure=full_codes(truth.measure, lanes),
            met=codes(len(params.people)),
        ),
        initiatives=Initiatives(
            state=full_codes(truth.initiative_state, lanes),
            before=np.full((len(params.initiatives), lanes), STATES.index("funded"), dtype=np.int8),
            since=zeros(len(params.initiatives)),
            engagement=zeros(len(params.initiatives)),
            help=zeros(len(params.initiatives)),
        ),
        dealings=Dealings(
            request=codes(len(params.requests)),
            trade_refused=codes(len(params.requests)),
            incident=codes(accounts),
            severity=zeros(accounts),
            recovery=zeros(accounts),
            credit=zeros(accounts),
            offer=codes(accounts),
            offer_price=zeros(cells),
            offer_commitment=zeros(accounts),
            offer_length=zeros(accounts),
            offer_days=spread(params.start_days),
            offer_pooled=codes(accounts),
            answer=codes(accounts),
            agreed=spread(params.start_discount),
            committed=zeros(cells),
            contract_until=zeros(accounts),
            days=spread(params.start_days),
            pooled=codes(accounts),
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
            source=codes(facts),
            reviewed=np.zeros((accounts, lanes), dtype=bool),
            insight=np.zeros((accounts, lanes), dtype=bool),
        ),
    )
    for row in range(accounts):
        world.work.left -= world.work.spent[row]
    return world
