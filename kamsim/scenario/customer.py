"""What an author writes about a customer: its traits, people, initiatives, and what it will ask for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kamsim.scenario.basics import (
    Discount,
    Factor,
    Model,
    NotNegative,
    Price,
    Prose,
    Quarter,
    Rebate,
    Signed,
    Slug,
    Spread,
    Title,
    Unit,
    Units,
    Weight,
    Within,
)
from kamsim.scenario.casework import CaseSays, Moment
from kamsim.scenario.organisation import Joint
from kamsim.scenario.talks import Talk
from kamsim.scenario.vocabulary import (
    ForceKind,
    Function,
    InitiativeKind,
    InitiativeState,
    Level,
    Measure,
    PurchaseTwist,
    RequestKind,
    Rhythm,
    Trade,
)

Part = Annotated[float, Field(gt=0, le=0.6)]
"""A part of what a customer buys."""
Lead = Annotated[float, Field(ge=1, le=12)]
"""Quarters, not necessarily whole ones."""


class Traits(Model):
    """Hidden nature of a customer; discovery finds it."""

    collaboration: Unit
    orientation: Unit
    """Long-term orientation. Below 0.6 the customer shows rivals what it learns from us; the lower, the faster it
    leaves (above 0.5 more slowly than usual)."""
    price_sensitivity: float = Field(ge=1, le=10)
    """Beta of the attraction model (economics B2)."""
    turnover: Annotated[float, Field(ge=0, le=0.3)]
    """Chance a quarter that a person leaves (economics B12)."""
    incident_hazard: Annotated[float, Field(ge=0, le=0.3)] = 0.05


class Importance(Model):
    """Hidden weights of what is not price in the customer's choice (economics B2, B24)."""

    quality: Weight = 0.4
    service: Weight = 0.8
    fit: Weight = 0.6
    relationship: Weight = 0.5
    innovation: Weight = 0.3


class Region(Model):
    """A buying site or region of a customer."""

    id: Slug
    name: Title


class Business(Model):
    """One line in one region of an account: what the customer buys, and how much of it from us."""

    line: Slug
    region: Slug | None = None
    """Defaults to the account's first region."""
    wallet: Units
    """Units a quarter that the customer buys from anybody."""
    share: Annotated[float, Within(0.001, 0.97)]
    discount: Discount = 0
    """On the invoice, off list, when the player takes over."""
    rebate: Rebate = 0
    """Yearly volume rebate, off invoice."""
    contract: Literal["frame", "normal", "spot"] = "normal"
    """How fast shares move (inertia rho, economics B2)."""
    season: tuple[Factor, Factor, Factor, Factor] = (1, 1, 1, 1)


class ServiceLoad(Model):
    """Hidden drivers of cost to serve, a quarter at starting volume (economics A, time equation)."""

    orders: NotNegative
    order_lines: NotNegative
    rush_orders: NotNegative = 0
    returns: NotNegative = 0
    sites: NotNegative = 1
    custom_parts: NotNegative = 0
    tickets: NotNegative = 0
    special_terms: NotNegative = 0


class Says(Model):
    """What a person says, by occasion. Two to six variants each; all in this person's voice. None is said again within
    a year.

    The first three occasions are the agendas of a meeting, and reveal: write hints that carry a fact.
    """

    results: tuple[Prose, ...]
    """Asked what they are measured on and what is under way."""
    provocative: tuple[Prose, ...]
    """Asked what could go wrong, or what a rival or the market does to them."""
    buying: tuple[Prose, ...]
    """Asked how the decision is made and by whom."""
    nothing_new: tuple[Prose, ...] = ()
    """A meeting that taught nothing."""
    door_opens: tuple[Prose, ...] = ()
    """An executive agrees to a meeting."""
    door_closed: tuple[Prose, ...] = ()
    """An executive declines, or the meeting was wasted."""
    accepts: tuple[Prose, ...] = ()
    """Yes to our Terms."""
    rejects: tuple[Prose, ...] = ()
    """No to our Terms."""
    incident: tuple[Prose, ...] = ()
    """A delivery went wrong."""
    recovered: tuple[Prose, ...] = ()
    """It was put right, well."""


class Person(Model):
    """A member of a customer's buying centre."""

    id: Slug
    name: Title
    role: Title
    function: Function
    level: Level
    voice: Prose
    """Who they are and how they talk: what a colleague would tell the player in two sentences."""
    region: Slug | None = None
    measure: Measure
    """Hidden: what this person is judged on."""
    measure_text: Title
    """The measure in their words: "penalty hours"."""
    power: Unit
    """Hidden: weight in modified rebuys and new decisions; normalised within the account."""
    power_new: Unit | None = None
    """Hidden: weight where something new is decided (a commitment, payment days, a programme, specialists, work for
    them alone); as ``power`` if left out (economics B8, B9)."""
    listens: dict[Slug, Factor] = {}
    """Hidden: colleagues of the same account whose opinion counts with this person, and how much beside each other;
    nobody if left out (economics B8)."""
    sway: Annotated[float, Field(ge=0, le=0.9)] = 0.45
    """Hidden: how far those whom this person listens to move the own view, .3 to .6 as a rule."""
    veto: bool = False
    """Hidden."""
    stance: Signed = 0
    tie: Unit = 0.3
    says: Says
    case: CaseSays = CaseSays()
    """What they say to a business case."""


class Force(Model):
    """Hidden: something that pushes an initiative forward (+) or back (-) for a while (economics B13)."""

    id: Slug | None = None
    """Without one it is called after its initiative and place: ``quiet_ships.1``."""
    name: Title
    kind: ForceKind | None = None
    """Without one: ``market`` for what pushes forward, ``resistance`` for what holds back."""
    quarter: Quarter
    """The first in which it is at work; a quarter earlier it can be heard to be coming."""
    until: Quarter
    strength: Signed
    """On the grid of 0.05."""
    chance: Unit = 1
    """That it comes at all."""
    hint: Prose
    """What somebody who asks the right question hears about it while it is at work."""
    before: Prose | None = None
    """What is heard a quarter ahead."""
    after: Prose | None = None
    """What is heard when it is over."""


class Turn(Model):
    """A scripted change of an initiative's state, with luck."""

    quarter: Quarter
    to: InitiativeState
    chance: Unit = 1
    text: Prose
    """The news that everybody reads when it happens."""
    ways: tuple[Prose, ...] = ()
    """The same news, told otherwise; one of all is drawn for each session."""


class OpportunitySays(Model):
    """How the decider tells what became of a purchase."""

    won: Prose
    lost: Prose
    none: Prose
    """It was not decided at all."""


class OpportunityWay(Model):
    """The same purchase, told otherwise; what is left out is as in the first way."""

    title: Title
    need: Prose
    says: OpportunitySays | None = None


class Opportunity(Model):
    """A purchase that an initiative brings again and again while it is alive: need, requirements, comparison, decision.

    Ranges are of what one such purchase draws for itself when it arises.
    """

    id: Slug
    title: Title
    """What is bought."""
    need: Prose
    """What they need it for and who decides; told when the player first hears of it."""
    line: Slug
    region: Slug | None = None
    """The first one of the customer's unless it says otherwise."""
    share: tuple[Part, Part]
    """Part of what they buy of that line there, a quarter, while it runs."""
    runs: tuple[Quarter, Quarter] = (5, 9)
    """Quarters for which the winner is specified in."""
    lead: tuple[Lead, Lead] = (1, 2.5)
    """Quarters from the need to the decision while the initiative goes at its usual pace."""
    chance: Unit = 0.7
    """That it arises, in a quarter in which the initiative is alive and nothing of it is open or running."""
    decider: Slug | None = None
    """A person of this account; the initiative's owner unless it says otherwise."""
    twists: tuple[PurchaseTwist, ...] = ("grown", "cut", "price", "changed")
    """What may come over it; one of these, or nothing."""
    says: OpportunitySays
    ways: tuple[OpportunityWay, ...] = ()
    """The same, told otherwise; one of all is drawn for each session."""


class Initiative(Model):
    """A strategic initiative of a customer (economics B13-B14)."""

    id: Slug
    name: Title
    kind: InitiativeKind
    owner: Slug
    """A person of this account."""
    summary: Prose
    state: InitiativeState = "dormant"
    """At the start; a dormant one waits for its first turn."""
    known: bool = False
    """Whether the predecessor's notes tell its state."""
    demand: dict[Slug, Signed] = {}
    """Change of demand by line at full intensity (delta of economics B1)."""
    forces: tuple[Force, ...] = ()
    turns: tuple[Turn, ...] = ()
    opportunities: tuple[Opportunity, ...] | None = Field(None, max_length=2)
    """What it brings to be bought; left out, two that are usual for its kind, and an empty list for none."""


class Replies(Model):
    """How the asker answers."""

    granted: Prose
    traded: Prose
    trade_refused: Prose
    declined: Prose
    lapsed: Prose
    """Nobody answered before the deadline."""


class RequestWay(Model):
    """The same request, put otherwise; what is left out is as in the first way."""

    title: Title
    text: Prose
    """The letter; it gives away the same need."""
    granted: Prose | None = None
    """This and what follows: as in the request's replies."""
    traded: Prose | None = None
    trade_refused: Prose | None = None
    declined: Prose | None = None
    lapsed: Prose | None = None


class Need(Model):
    """Another need that the asker may really have. Its words are its own, so that they give it away."""

    welcomes: tuple[Trade, ...] = Field(min_length=1)
    """Hidden: trades that serve it."""
    title: Title
    text: Prose
    """The letter; what is really needed can be read from it."""
    replies: Replies
    ways: tuple[RequestWay, ...] = ()
    """The same need, put otherwise; one of all is drawn for each session."""


class Request(Model):
    """A customer asks for a lower price, or its headquarters for one price in all its regions."""

    id: Slug
    quarter: Quarter
    spread: Spread = 0
    """Quarters that it may come earlier or later than written, ``due`` along with it, each as likely; drawn for each
    session (economics B0)."""
    due: Quarter
    person: Slug
    kind: RequestKind = "price"
    """``global_price``: a headquarters asks for one price in every region, the lowest (economics B5)."""
    line: Slug | None = None
    """One line, or all."""
    ask: Annotated[float, Field(ge=0, le=0.3)] = 0
    """Further discount asked, off list; what a request of kind ``price`` is about."""
    welcomes: tuple[Trade, ...] = ()
    """Hidden: trades that serve what the asker really needs."""
    firmness: Unit = 0.5
    """Hidden: how much a refusal unsettles the account."""
    title: Title
    text: Prose
    replies: Replies
    ways: tuple[RequestWay, ...] = ()
    """The same, put otherwise; one of all is drawn for each session."""
    needs: tuple[Need, ...] = Field((), max_length=4)
    """Hidden: what else it may be about; one of all needs is drawn for each session."""


class IncidentWay(Model):
    """The same incident, told otherwise."""

    name: Title
    text: Prose


class Incident(Model):
    """An authored failure in our service; it needs an answer in its quarter."""

    id: Slug
    quarter: Quarter
    spread: Spread = 0
    """Quarters that it may come earlier or later than written, each as likely; drawn for a session (economics B0)."""
    person: Slug
    name: Title
    severity: Unit
    chance: Unit = 1
    text: Prose
    ways: tuple[IncidentWay, ...] = ()
    """The same, told otherwise; one of all is drawn for each session."""


class TenderWay(Model):
    """The same tender, told otherwise; what is left out is as in the first way."""

    title: Title
    text: Prose
    won: Prose | None = None
    lost: Prose | None = None


class Tender(Model):
    """A single decision on one line by price and fit: shares settle at once (rho 1, economics B2)."""

    id: Slug
    quarter: Quarter
    """Decided when this quarter closes, at the prices then standing."""
    person: Slug
    line: Slug
    region: Slug | None = None
    units: Units
    """One-off units on top of the usual wallet, in that quarter."""
    price_sensitivity: float = Field(ge=1, le=12)
    """Hidden."""
    title: Title
    text: Prose
    """Announced one quarter before."""
    won: Prose
    lost: Prose
    ways: tuple[TenderWay, ...] = ()
    """The same, told otherwise; one of all is drawn for each session."""


class AttackWay(Model):
    """The same attack, told otherwise."""

    hint: Prose
    text: Prose


class Attack(Model):
    """A scripted attack of a rival: seen coming by those who listen one quarter ahead."""

    rival: Slug
    quarter: Quarter
    """When it hits."""
    hint: Prose
    text: Prose
    """The news when it hits."""
    ways: tuple[AttackWay, ...] = ()
    """The same, told otherwise; one of all is drawn for each session."""


class Bespoke(Model):
    """What could be made for this customer alone (economics B19)."""

    name: Title
    cost: Price
    """Once; a sixth of it a year afterwards as upkeep."""


class Account(Model):
    """A key customer, with everything about it that is true on the first day."""

    id: Slug
    name: Title
    industry: Title
    brief: Prose
    """The predecessor's note: what the player is told."""
    headquarters: Slug | None = None
    """The region whose people decide for all, where there is one."""
    regions: tuple[Region, ...] = Field(min_length=1)
    traits: Traits
    importance: Importance = Importance()
    trust: Unit
    """Hidden."""
    rhythm: Rhythm = "light"
    """What the predecessor left in place."""
    payment_days: int = Field(60, ge=0, le=180)
    growth: Annotated[float, Field(ge=-0.1, le=0.1)] = 0
    business: tuple[Business, ...] = Field(min_length=1)
    service: ServiceLoad
    people: tuple[Person, ...] = Field(min_length=1)
    initiatives: tuple[Initiative, ...] = ()
    requests: tuple[Request, ...] = ()
    incidents: tuple[Incident, ...] = ()
    tenders: tuple[Tender, ...] = ()
    attacks: tuple[Attack, ...] = ()
    moments: tuple[Moment, ...] = ()
    talks: tuple[Talk, ...] = ()
    joint: Joint | None = None
    """What could be built together with this customer."""
    bespoke: Bespoke | None = None
    hurdle: Unit = 0.15
    """Hidden: the yearly return that this customer's finance people ask of an investment."""
