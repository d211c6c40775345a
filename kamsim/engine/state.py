"""The arrays of a World: one small dataclass for each module of the engine, every array with the lane axis (L) last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from kamsim.engine.lanes import Codes, Flags, Lanes
from kamsim.engine.levers import KEPT, Lever

Row = NDArray[Any]
"""An array by account (A, L), of small codes or of numbers."""


class State:
    """A dataclass of arrays that can be copied, cut to some lanes, and written as plain data."""

    added: ClassVar[frozenset[str]] = frozenset()
    """Arrays that checkpoints of earlier rules lack; they are as on the first day there."""

    def copy(self) -> Self:
        """The same values in arrays of their own."""
        return type(self)(**{item.name: getattr(self, item.name).copy() for item in fields(self)})  # type: ignore[arg-type]

    def take(self, lanes: NDArray[np.intp]) -> Self:
        """Some lanes only, in arrays of their own."""
        return type(self)(**{item.name: getattr(self, item.name)[..., lanes] for item in fields(self)})  # type: ignore[arg-type]

    def become(self, other: Self) -> None:
        """Take over another's values, in the same arrays."""
        for item in fields(self):  # type: ignore[arg-type]
            getattr(self, item.name)[...] = getattr(other, item.name)

    def plain(self) -> dict[str, Any]:
        """Arrays as nested lists, for a checkpoint."""
        return {item.name: getattr(self, item.name).tolist() for item in fields(self)}  # type: ignore[arg-type]

    def restore(self, data: dict[str, Any]) -> None:
        """Overwrite the arrays with what `plain` gave. Raises KeyError or ValueError when it does not fit.

        A checkpoint of earlier rules may have fewer rows, of fewer kinds of facts or fields; what it lacks stays as it
        is.
        """
        for item in fields(self):  # type: ignore[arg-type]
            if item.name in self.added and item.name not in data:
                continue
            array = getattr(self, item.name)
            found = np.array(data[item.name], dtype=array.dtype)
            if found.ndim == array.ndim and found.shape < array.shape and found.shape[-1] == array.shape[-1]:
                array[tuple(map(slice, found.shape))] = found
            else:
                array[...] = found.reshape(array.shape)


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

    added: ClassVar[frozenset[str]] = frozenset({"attack_kind", "attack_idea", "neglected"})

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
    attack_kind: Codes
    """With what, an index into `params.HABITS`."""
    attack_idea: Codes
    """1 + the initiative that its idea is for, 0 for none."""
    neglected: Codes
    """Quarters in a row in which the account was neglected, up to the present."""


@dataclass(eq=False)
class People(State):
    """Members of the buying centres (S, L)."""

    added: ClassVar[frozenset[str]] = frozenset({"leaving", "handed"})

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
    leaving: Flags
    """Who will have left when the next quarter opens."""
    handed: Codes
    """1 where this person, who leaves, introduces the successor to us."""


@dataclass(eq=False)
class Initiatives(State):
    """Strategic initiatives (K, L), and what pushes them."""

    added: ClassVar[frozenset[str]] = frozenset(
        {"backed_until", "shaken_until", "acts", "pressure", "past_state", "past_acts", "past_pressure"}
    )

    state: Codes
    before: Codes
    """State before a delay."""
    since: Lanes
    """Quarters spent in this state."""
    engagement: Lanes
    """How far our work serves it, 0..1."""
    help: Lanes
    """Force that we add this quarter (ECONOMICS B13)."""
    backed_until: Lanes
    """Last quarter at whose start our help against a named force still counts; 0 for none."""
    shaken_until: Lanes
    """Last quarter at whose start the loss of its owner still holds it back; 0 for none."""
    acts: Codes
    """(U, L) how a force stands, an index into `initiatives.ACTS`; nothing where it does not come in this lane."""
    pressure: Lanes
    """Net force this quarter without our help, -1..1."""
    past_state: Codes
    """(2, K, L) state a quarter ago and two; kept only where signals come late."""
    past_acts: Codes
    """(2, U, L)."""
    past_pressure: Lanes
    """(2, K, L)."""


@dataclass(eq=False)
class Dealings(State):
    """Requests (Q, L), incidents (A, L), offers and contracts (A or C, L)."""

    added: ClassVar[frozenset[str]] = frozenset({"owner", "harmony", "compliance", "edge"})

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
    owner: Codes
    """(A, L) who puts this quarter's incident right, an index into `service.OWNERS`."""
    offer: Codes
    """(A, L) 1 while an offer lies with the buying centre."""
    offer_price: Lanes
    """(C, L) discount offered."""
    offer_commitment: Lanes
    """(A, L) added share of wallet that they commit, 0 for none."""
    offer_length: Lanes
    """Quarters."""
    offer_days: Lanes
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
    harmony: Codes
    """(A, L) what a headquarters' contract does to prices between regions, an index into `regions.HARMONIES`."""
    compliance: Lanes
    """(C, L) kappa of ECONOMICS B5: share of what was signed for a region that it really buys under the contract."""
    edge: Lanes
    """(C, L) how far below its sisters a region paid when the contract was signed, as a share of list."""


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

    added: ClassVar[frozenset[str]] = frozenset(
        {"changed_at", "insight_built", "insight_kind", "insight_state", "linked"}
    )

    value: Lanes
    seen_at: Codes
    changed_at: Codes
    """Quarter in which what we know of it last became something else; -1 never."""
    source: Codes
    reviewed: Flags
    """(A, L) whether the account's true cost to serve is booked."""
    insight: Flags
    """(A, L) whether this quarter's scan has been done."""
    insight_built: Lanes
    """(K, L) quarter in which an insight on it was last built, 0 for never."""
    insight_kind: Codes
    """(K, L) 0 none, else 1 + its place among `insights.FORMS`."""
    insight_state: Codes
    """(K, L) the state that it takes the initiative to be in."""
    linked: Codes
    """(W, A, L) 1 once a piece of news was held against an account."""


@dataclass(eq=False)
class Cases(State):
    """Business cases by place (B, L): first the customers' buying centres, then the deal desk, an account each."""

    page: Lanes
    """(G, B, L) the page that lies there, by field of `page.FIELDS`."""
    stage: Codes
    """Index into `page.STAGES`."""
    presented: Lanes
    """Quarter in which it was first presented."""
    decides: Lanes
    """Quarter at whose close it is decided."""
    wavered: Lanes
    """Times it was re-cut though no fact had changed."""
    returned: Lanes
    """Quarter in which a case was last sent back there; the next one within two quarters is a resubmission."""
    resubmitted: Lanes
    """Resubmissions since; the first is free."""
    outcome: Codes
    """Last answer, an index into `page.OUTCOMES`."""
    gate: Codes
    """1 + the gate that stopped it, 0 for none."""
    condition: Codes
    """1 + what a "yes, if" asks for, 0 for none."""
    noticed: Codes
    """1 where the desk saw the last case as a piece of a larger one."""
    reader_score: Lanes
    """(S + D, A, L): what each reader gave the last case of an account, 0..100; the desk's readers after the people."""
    criteria: Lanes
    """(9, B, L) how each criterion of the last case scored, 0..1, by the readers' power."""
    loss: Lanes
    """(9, B, L) points that each criterion cost the last case, by the readers' power."""


@dataclass(eq=False)
class Mandates(State):
    """What the deal desk has granted beyond the player's authority (A, L)."""

    discount: Lanes
    """Points of list beyond the ordinary authority, where the desk has signed for them."""
    days: Lanes
    """Payment days that may be given at most, 0 for the ordinary authority."""
    served: Lanes
    """1 + the initiative that what runs at the account works for, 0 for none."""
    asked: Lanes
    """Concessions signed inside the first band over the last year, as a share of yearly sales."""


@dataclass(eq=False)
class Levers:
    """What is kept of each lever of a case by account (A, L), by the lever's name; `levers.Lever.rows` says where
    checkpoints have it."""

    level: dict[str, Row]
    """How far it is pulled: 0 or 1, hours, specialists."""
    until: dict[str, Row]
    """Its last quarter, where it has one of its own; 0 for none."""
    offered: dict[str, Row]
    """What an offer of Terms says of it."""
    booked: dict[str, Row]
    """Cents booked for it this quarter."""

    def rows(self) -> Iterator[tuple[Lever, str, str, Row]]:
        """Each array with its lever, the part of a checkpoint that has it, and its name there."""
        for lever in KEPT:
            for kind, row in lever.rows.items():
                yield lever, row.part, row.name, getattr(self, kind)[lever.name]

    def in_force(self, name: str, quarter: int) -> Lanes:
        """How far a lever is pulled (A, L); one that keeps no level is, to its last quarter."""
        at = self.level[name] if name in self.level else self.until[name] >= quarter
        return at.astype(np.float64)

    def copy(self) -> Levers:
        """The same values in arrays of their own."""
        return Levers(*({name: row.copy() for name, row in rows.items()} for rows in self._kinds()))

    def take(self, lanes: NDArray[np.intp]) -> Levers:
        """Some lanes only, in arrays of their own."""
        return Levers(*({name: row[..., lanes] for name, row in rows.items()} for rows in self._kinds()))

    def become(self, other: Levers) -> None:
        """Take over another's values, in the same arrays."""
        for mine, theirs in zip(self._kinds(), other._kinds(), strict=True):
            for name, row in mine.items():
                row[...] = theirs[name]

    def _kinds(self) -> tuple[dict[str, Row], ...]:
        return self.level, self.until, self.offered, self.booked


@dataclass(eq=False)
class Standings(State):
    """How our word stands: with each customer (A, L), with the desk (D, L), and how well ranges were claimed (L,)."""

    credibility: Lanes
    """(A + 1, L) with each customer's buying centre, and last with our own company, 0..1 (ECONOMICS C)."""
    desk: Lanes
    """(D, L) stance of each approver, -1..1."""
    claims: Lanes
    """(L,) promises measured."""
    inside: Lanes
    """(L,) of these, how many ended inside the claimed range."""
    interval: Lanes
    """(L,) sum of interval scores, in shares of the claim; lower is better."""


@dataclass(eq=False)
class Promises(State):
    """What was promised, one at each place (B, L): cents a year for customers' measures, a quarter for ours."""

    status: Codes
    """Index into `page.PROMISE_STATUS`."""
    metric: Codes
    value: Lanes
    low: Lanes
    high: Lanes
    signed: Lanes
    """Quarter of the yes."""
    due: Lanes
    """Quarter whose books tell."""
    actual: Lanes
    """What the books of the due quarter told, 0 before."""
    guarantee: Codes
    """1 if we pay when it is missed."""
    pilot: Codes
    """1 if it was signed as a pilot."""
    rate: Lanes
    """Of a customer's measure: what the levers are worth at full swing, as a share of a year's sales, money apart."""
    certain: Lanes
    """Of a customer's measure: what the money is worth, as a share of a year's sales."""
    delivered: Lanes
    """Delivery, 0..1, when it was signed."""
    kept_at: Lanes
    """Quarter in which a promise there was last kept, 0 for never: the best evidence."""
    kept_metric: Codes
    pilot_at: Lanes
    """Quarter in which a pilot there was last kept, 0 for never."""


@dataclass(eq=False)
class Moments(State):
    """Conversations on the spot (M, L)."""

    phase: Codes
    """Index into `page.PHASES`."""
    picks: Lanes
    """(5, M, L) what was picked: why, number, proof, stand, ask."""
    weakest: Codes
    """1 + the criterion that the objection came from, 0 before."""


@dataclass(eq=False)
class Talks(State):
    """Negotiations over several issues (T, L), and what was agreed in them that has no place elsewhere."""

    status: Codes
    """Index into `terms.TALK_STATUS`."""
    round: Codes
    """Proposals made."""
    page: Lanes
    """(8, T, L) the last proposal, in the order of `terms.ISSUES`; choices as their places, days and hours as they
    are."""
    pushed: Codes
    """1 + the issue that they named last, 0 for none."""
    conceded: Codes
    """Concessions that were given for one, by which what they want has fallen."""
    gifts: Codes
    """Concessions that were given for nothing."""
    exclusive_until: Lanes
    """(C, L) last quarter in which they buy a cell's line from us alone."""
    data_until: Lanes
    """(A, L) last quarter in which they share their plan data."""
