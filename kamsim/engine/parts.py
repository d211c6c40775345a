"""The parts of a World: one small dataclass of arrays for each module of the engine, axes as `state` names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from kamsim.engine.lanes import Codes, Flags, Lanes, Where, cut
from kamsim.engine.levers import KEPT, Kept, Lever, kept
from kamsim.engine.page import blank
from kamsim.engine.params import STATES, Params
from kamsim.engine.parts_joint import Joint, Plans
from kamsim.engine.parts_own import Own
from kamsim.engine.parts_team import Team
from kamsim.engine.state import Array, State, array

START_CREDIBILITY: Final = 0.5
"""Of our word, with everybody (economics C)."""


@dataclass(eq=False)
class Market(State):
    """Prices and shares by cell (C, L). Prices are logs relative to our pocket price on the first day."""

    share: Lanes = array("C", lambda _, truth: truth.start_share)
    discount: Lanes = array("C", lambda params, _: params.start_discount)
    rebate: Lanes = array("C", lambda params, _: params.start_rebate)
    price: Lanes = array("C")
    """Own pocket price."""
    reference: Lanes = array("C")
    """The price that the customer has come to expect (economics B4)."""
    rival_price: Lanes = array("J C")
    """How far a rival stands below (-) its own starting price."""
    rival_fit: Lanes = array("J A")
    """Added to a rival's fit by what it has pitched."""


@dataclass(eq=False)
class Relations(State):
    """How each customer stands to us (A, L)."""

    added: ClassVar[frozenset[str]] = frozenset({"attack_kind", "attack_idea", "neglected"})

    trust: Lanes = array("A", lambda _, truth: truth.start_trust)
    fit: Lanes = array("A", 0.5)
    service: Lanes = array("A", lambda _, truth: truth.start_service)
    """Smoothed share of deliveries on time (economics B16)."""
    reconsider: Flags = array("A")
    """Shares move faster next quarter (economics B7)."""
    pitched: Lanes = array("A")
    """Last quarter in which we offered them anything; 0 if never."""
    attack: Lanes = array("A")
    """Quarter in which a rival strikes; 0 if none is planned."""
    attacker: Codes = array("A", -1)
    """Which rival, -1 if none."""
    attack_kind: Codes = array("A")
    """With what, an index into `params.HABITS`."""
    attack_idea: Codes = array("A")
    """1 + the initiative that its idea is for, 0 for none."""
    neglected: Codes = array("A")
    """Quarters in a row in which the account was neglected, up to the present."""


@dataclass(eq=False)
class People(State):
    """Members of the buying centres (S, L)."""

    added: ClassVar[frozenset[str]] = frozenset({"leaving", "handed"})

    stance: Lanes = array("S", lambda _, truth: truth.start_stance)
    tie: Lanes = array("S", lambda _, truth: truth.start_tie)
    open_until: Lanes = array("S")
    """Last quarter in which this executive's door is open."""
    shut_until: Lanes = array("S")
    """Last quarter in which this executive does not receive us."""
    holder: Codes = array("S")
    """0 the authored person, 1 the first successor, and so on."""
    measure: Codes = array("S", lambda _, truth: truth.measure)
    met: Codes = array("S")
    """Agendas taken up with this person this quarter, one bit each."""
    leaving: Flags = array("S")
    """Who will have left when the next quarter opens."""
    handed: Codes = array("S")
    """1 where this person, who leaves, introduces the successor to us."""


@dataclass(eq=False)
class Initiatives(State):
    """Strategic initiatives (K, L), and what pushes them."""

    added: ClassVar[frozenset[str]] = frozenset(
        {"backed_until", "shaken_until", "acts", "pressure", "past_state", "past_acts", "past_pressure"}
    )

    state: Codes = array("K", lambda _, truth: truth.initiative_state)
    before: Codes = array("K", STATES.index("funded"))
    """State before a delay."""
    since: Lanes = array("K")
    """Quarters spent in this state."""
    engagement: Lanes = array("K")
    """How far our work serves it, 0..1."""
    help: Lanes = array("K")
    """Force that we add this quarter (economics B13)."""
    backed_until: Lanes = array("K")
    """Last quarter at whose start our help against a named force still counts; 0 for none."""
    shaken_until: Lanes = array("K")
    """Last quarter at whose start the loss of its owner still holds it back; 0 for none."""
    acts: Codes = array("U")
    """How a force stands, an index into `initiatives.ACTS`; nothing where it does not come in this lane."""
    pressure: Lanes = array("K")
    """Net force this quarter without our help, -1..1."""
    past_state: Codes = array("2 K")
    """State a quarter ago and two; kept only where signals come late."""
    past_acts: Codes = array("2 U")
    past_pressure: Lanes = array("2 K")


@dataclass(eq=False)
class Dealings(State):
    """Requests (Q, L), incidents (A, L), offers and contracts (A or C, L)."""

    added: ClassVar[frozenset[str]] = frozenset({"owner", "harmony", "compliance", "edge"})

    request: Codes = array("Q")
    """Index into REQUEST_STATUS."""
    trade_refused: Codes = array("Q")
    """1 once a trade was turned down."""
    incident: Codes = array("A")
    """Which incident is open: 0 none, else 1 + its row among authored ones and kinds."""
    severity: Lanes = array("A")
    recovery: Lanes = array("A")
    credit: Lanes = array("A")
    """Cents promised to put an incident right."""
    owner: Codes = array("A")
    """Who puts this quarter's incident right, an index into `service.OWNERS`."""
    offer: Codes = array("A")
    """1 while an offer lies with the buying centre."""
    offer_price: Lanes = array("C")
    """Discount offered."""
    offer_commitment: Lanes = array("A")
    """Added share of wallet that they commit, 0 for none."""
    offer_length: Lanes = array("A")
    """Quarters."""
    offer_days: Lanes = array("A", lambda params, _: params.start_days)
    answer: Codes = array("A")
    """Last answer to an offer, an index into ANSWERS."""
    agreed: Lanes = array("C", lambda params, _: params.start_discount)
    """Discount that the customer holds us to: we may go back to it, not below it."""
    committed: Lanes = array("C")
    """Share of wallet promised to us."""
    contract_until: Lanes = array("A")
    """Last quarter of the signed Terms."""
    days: Lanes = array("A", lambda params, _: params.start_days)
    """Payment days."""
    harmony: Codes = array("A")
    """What a headquarters' contract does to prices between regions, an index into `regions.HARMONIES`."""
    compliance: Lanes = array("C", 1.0)
    """Kappa of economics B5: share of what was signed for a region that it really buys under the contract."""
    edge: Lanes = array("C")
    """How far below its sisters a region paid when the contract was signed, as a share of list."""


@dataclass(eq=False)
class Work(State):
    """The team's time this quarter."""

    left: Lanes = array("", lambda params, _: params.hours)
    """Hours."""
    spent: Lanes = array("A", lambda params, _: params.rhythm_hours[params.start_rhythm])
    """Hours charged to an account, rhythm included."""
    rhythm: Codes = array("A", lambda params, _: params.start_rhythm)
    expedite: Codes = array("A")


@dataclass(eq=False)
class Knowledge(State):
    """What the player has found out (F, L): value, when and how. ``seen_at`` -1 stands for never."""

    added: ClassVar[frozenset[str]] = frozenset(
        {"changed_at", "insight_built", "insight_kind", "insight_state", "linked"}
    )

    value: Lanes = array("F")
    seen_at: Codes = array("F", -1)
    changed_at: Codes = array("F", -1)
    """Quarter in which what we know of it last became something else; -1 never."""
    source: Codes = array("F")
    reviewed: Flags = array("A")
    """Whether the account's true cost to serve is booked."""
    insight: Flags = array("A")
    """Whether this quarter's scan has been done."""
    insight_built: Lanes = array("K")
    """Quarter in which an insight on it was last built, 0 for never."""
    insight_kind: Codes = array("K")
    """0 none, else 1 + its place among `insights.FORMS`."""
    insight_state: Codes = array("K")
    """The state that it takes the initiative to be in."""
    linked: Codes = array("W A")
    """1 once a piece of news was held against an account."""


@dataclass(eq=False)
class Cases(State):
    """Business cases by place (B, L): first the customers' buying centres, then the deal desk, an account each."""

    page: Lanes = array("G B", lambda *_: blank(1, 1))
    """The page that lies there, by field of `page.FIELDS`."""
    stage: Codes = array("B")
    """Index into `page.STAGES`."""
    presented: Lanes = array("B")
    """Quarter in which it was first presented."""
    decides: Lanes = array("B")
    """Quarter at whose close it is decided."""
    wavered: Lanes = array("B")
    """Times it was re-cut though no fact had changed."""
    returned: Lanes = array("B")
    """Quarter in which a case was last sent back there; the next one within two quarters is a resubmission."""
    resubmitted: Lanes = array("B")
    """Resubmissions since; the first is free."""
    outcome: Codes = array("B")
    """Last answer, an index into `page.OUTCOMES`."""
    gate: Codes = array("B")
    """1 + the gate that stopped it, 0 for none."""
    condition: Codes = array("B")
    """1 + what a "yes, if" asks for, 0 for none."""
    noticed: Codes = array("B")
    """1 where the desk saw the last case as a piece of a larger one."""
    reader_score: Lanes = array("R A")
    """What each reader gave the last case of an account, 0..100; the desk's readers after the people."""
    criteria: Lanes = array("X B")
    """How each criterion of the last case scored, 0..1, by the readers' power."""
    loss: Lanes = array("X B")
    """Points that each criterion cost the last case, by the readers' power."""


@dataclass(eq=False)
class Mandates(State):
    """What the deal desk has granted beyond the player's authority (A, L)."""

    discount: Lanes = array("A")
    """Points of list beyond the ordinary authority, where the desk has signed for them."""
    days: Lanes = array("A")
    """Payment days that may be given at most, 0 for the ordinary authority."""
    served: Lanes = array("A")
    """1 + the initiative that what runs at the account works for, 0 for none."""
    asked: Lanes = array("A")
    """Concessions signed inside the first band over the last year, as a share of yearly sales."""


@dataclass(eq=False)
class Levers:
    """What is kept of each lever of a case by account (A, L), by the lever's name; `levers.Lever.rows` says where
    checkpoints have it."""

    level: dict[str, Array]
    """How far it is pulled: 0 or 1, hours, specialists."""
    until: dict[str, Array]
    """Its last quarter, where it has one of its own; 0 for none."""
    offered: dict[str, Array]
    """What an offer of Terms says of it."""
    booked: dict[str, Array]
    """Cents booked for it this quarter."""

    @classmethod
    def first(cls, params: Params, lanes: int) -> Levers:
        """None pulled, in some equal lanes."""

        def rows(kind: Kept) -> dict[str, Array]:
            shape = (len(params.accounts), lanes)
            return {lever.name: np.zeros(shape, np.int8 if row.codes else np.float64) for lever, row in kept(kind)}

        return cls(rows("level"), rows("until"), rows("offered"), rows("booked"))

    def rows(self) -> Iterator[tuple[Lever, str, str, Array]]:
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
        return Levers(*({name: row.copy() for name, row in rows.items()} for rows in self.kinds()))

    def take(self, lanes: Where) -> Levers:
        """Some lanes only, in arrays of their own; a slice of them shares arrays."""
        return Levers(*({name: cut(row, lanes) for name, row in rows.items()} for rows in self.kinds()))

    def become(self, other: Levers) -> None:
        """Take over another's values, in the same arrays."""
        for mine, theirs in zip(self.kinds(), other.kinds(), strict=True):
            for name, row in mine.items():
                row[...] = theirs[name]

    def kinds(self) -> tuple[dict[str, Array], ...]:
        """Its arrays by lever, kind by kind."""
        return self.level, self.until, self.offered, self.booked


@dataclass(eq=False)
class Standings(State):
    """How our word stands: with each customer (A, L), with the desk (D, L), and how well ranges were claimed (L,)."""

    credibility: Lanes = array("A+1", START_CREDIBILITY)
    """With each customer's buying centre, and last with our own company, 0..1 (economics C)."""
    desk: Lanes = array("D", lambda params, _: params.start_desk)
    """Stance of each approver, -1..1."""
    claims: Lanes = array("")
    """Promises measured."""
    inside: Lanes = array("")
    """Of these, how many ended inside the claimed range."""
    interval: Lanes = array("")
    """Sum of interval scores, in shares of the claim; lower is better."""


@dataclass(eq=False)
class Promises(State):
    """What was promised, one at each place (B, L): cents a year for customers' measures, a quarter for ours."""

    status: Codes = array("B")
    """Index into `page.PROMISE_STATUS`."""
    metric: Codes = array("B")
    value: Lanes = array("B")
    low: Lanes = array("B")
    high: Lanes = array("B")
    signed: Lanes = array("B")
    """Quarter of the yes."""
    due: Lanes = array("B")
    """Quarter whose books tell."""
    actual: Lanes = array("B")
    """What the books of the due quarter told, 0 before."""
    guarantee: Codes = array("B")
    """1 if we pay when it is missed."""
    pilot: Codes = array("B")
    """1 if it was signed as a pilot."""
    rate: Lanes = array("B")
    """Of a customer's measure: what the levers are worth at full swing, as a share of a year's sales, money apart."""
    certain: Lanes = array("B")
    """Of a customer's measure: what the money is worth, as a share of a year's sales."""
    delivered: Lanes = array("B")
    """Delivery, 0..1, when it was signed."""
    kept_at: Lanes = array("B")
    """Quarter in which a promise there was last kept, 0 for never: the best evidence."""
    kept_metric: Codes = array("B")
    pilot_at: Lanes = array("B")
    """Quarter in which a pilot there was last kept, 0 for never."""


@dataclass(eq=False)
class Moments(State):
    """Conversations on the spot (M, L)."""

    phase: Codes = array("M")
    """Index into `page.PHASES`."""
    picks: Lanes = array("5 M")
    """What was picked: why, number, proof, stand, ask."""
    weakest: Codes = array("M")
    """1 + the criterion that the objection came from, 0 before."""


@dataclass(eq=False)
class Talks(State):
    """Negotiations over several issues (T, L), and what was agreed in them that has no place elsewhere."""

    status: Codes = array("N")
    """Index into `terms.TALK_STATUS`."""
    round: Codes = array("N")
    """Proposals made."""
    page: Lanes = array("I N")
    """The last proposal, in the order of `terms.ISSUES`; choices as their places, days and hours as they
    are."""
    pushed: Codes = array("N")
    """1 + the issue that they named last, 0 for none."""
    conceded: Codes = array("N")
    """Concessions that were given for one, by which what they want has fallen."""
    gifts: Codes = array("N")
    """Concessions that were given for nothing."""
    exclusive_until: Lanes = array("C")
    """Last quarter in which they buy a cell's line from us alone."""
    data_until: Lanes = array("A")
    """Last quarter in which they share their plan data."""


@dataclass(eq=False)
class Opportunities(State):
    """Purchases that initiatives bring (O, L), one at a time in each slot; and what we have said of it."""

    stage: Codes = array("O")
    """Index into `terms.STAGES_OF_PURCHASE`."""
    progress: Lanes = array("O")
    """From the need, 0, to the decision, 1."""
    arose: Lanes = array("O")
    """Quarter in which the need arose."""
    window: Lanes = array("O")
    """Quarter in which its decision opened; 0 before."""
    decides: Lanes = array("O")
    """Quarter at whose close it is decided; 0 before the decision opens."""
    lead: Lanes = array("O")
    """Quarters from need to decision at the usual pace."""
    units: Lanes = array("O")
    """A quarter, while it runs."""
    runs: Lanes = array("O")
    """Quarters."""
    twist: Codes = array("O")
    """What comes over it, an index into `terms.TWISTS_OF_PURCHASE`."""
    bidders: Codes = array("O")
    """Rivals who bid, one bit each."""
    tendered: Codes = array("O")
    """1 where it goes to tender."""
    bid: Codes = array("O")
    """1 where our bid lies there."""
    bid_off: Lanes = array("O")
    """Points of list that it gives off."""
    bid_at: Lanes = array("O")
    """Quarter of the bid."""
    award: Codes = array("O")
    """What became of the last one: 0 nothing yet, 1 won, 2 lost, 3 not decided."""
    award_at: Lanes = array("O")
    award_winner: Codes = array("O")
    """1 + the rival who has it, or the lots that are not ours; 0 for nobody."""
    award_part: Lanes = array("O")
    """Part of its lots that is ours."""
    award_reason: Codes = array("O")
    """Index into `terms.REASONS`."""
    award_units: Lanes = array("O")
    award_off: Lanes = array("O")
    award_until: Lanes = array("O")
    """Last quarter in which it is delivered."""
    award_arose: Lanes = array("O")
    award_window: Lanes = array("O")
    runs_units: Lanes = array("O")
    """Units a quarter of what is being delivered there, until the next phase is decided; see `runs_until`."""
    runs_part: Lanes = array("O")
    """Part of these that is ours."""
    runs_winner: Codes = array("O")
    """1 + the rival who has the lots that are not ours; 0 for nobody."""
    runs_off: Lanes = array("O")
    runs_until: Lanes = array("O")
    """Last quarter of the delivery; 0 before anything was awarded there."""
    opened: Lanes = array("C")
    """Quarter until which a line's next purchase goes to tender, after a refusal; 0 for none."""
    speaks: Lanes = array("K")
    """How far what was signed for an initiative speaks to its present state, 0..1."""
    written_for: Codes = array("K")
    """1 + the state that what was signed for an initiative speaks of; 0 for nothing signed."""


@dataclass(eq=False)
class Calendar(State):
    """What was drawn on the first morning of what the author gave ranges for; before that, and in sessions of rules
    that drew nothing, as it was written."""

    request_opens: Codes = array("Q", lambda _, truth: truth.request_opens)
    """Quarter in which it is asked."""
    request_due: Codes = array("Q", lambda _, truth: truth.request_due)
    request_need: Codes = array("Q")
    """Which of its needs it is about, 0 the first."""
    incident_quarter: Codes = array("E", lambda _, truth: truth.incident_quarter)
    moment_quarter: Codes = array("M", lambda _, truth: truth.moment_quarter)
    moment_twist: Codes = array("M", lambda _, truth: truth.moment_twist)
    """Index into `truth.TWISTS`."""
    talk_opens: Codes = array("N", lambda _, truth: truth.talk_opens)
    talk_due: Codes = array("N", lambda _, truth: truth.talk_due)


PARTS: Final[dict[str, type[State]]] = {
    "market": Market,
    "relations": Relations,
    "people": People,
    "initiatives": Initiatives,
    "dealings": Dealings,
    "work": Work,
    "knowledge": Knowledge,
    "cases": Cases,
    "mandates": Mandates,
    "standings": Standings,
    "promises": Promises,
    "moments": Moments,
    "talks": Talks,
    "opportunities": Opportunities,
    "calendar": Calendar,
    "own": Own,
    "team": Team,
    "joint": Joint,
    "plans": Plans,
}
"""Parts of a world by the name that checkpoints give them."""
ADDED = tuple(PARTS)[7:]
"""Parts that checkpoints of earlier rules lack, all but the first seven; they are as on the first day there."""
