"""The author's words as frozen data: everything that a scenario may say, and nothing else.

A scenario is a folder: ``scenario.yaml`` for the company, its market and its calendar, one file per customer in
``accounts/``, and ``desk.yaml`` and ``examples.yaml`` where those two parts have files of their own. `reader` turns
the folder into a `Scenario`; `engine.params` compiles that into arrays. Whatever is marked *hidden* here never reaches
a player directly: it lives in the engine's World and comes out as facts that somebody found, with a date and a source.

Money is in whole units of the scenario's currency (euros, not cents); shares, trust and chances are
0..1; quarters count from 1; rates are per quarter unless a field says otherwise.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kamsim.scenario.basics import Hours, Model, NotNegative, Positive, Prose, Quarter, Signed, Slug, Title, Unit
from kamsim.scenario.talks import Talk

Rhythm = Literal["light", "normal", "close"]
Level = Literal["executive", "manager", "buyer"]
Function = Literal["general", "finance", "operations", "purchasing", "engineering", "sales"]
Measure = Literal["savings", "cash", "uptime", "delivery", "launch", "growth", "quality", "footprint"]
InitiativeKind = Literal[
    "cost_out", "growth", "resilience", "sustainability", "digital", "working_capital", "integration"
]
InitiativeState = Literal[
    "dormant", "announced", "funded", "executing", "accelerated", "delayed", "undermined", "completed", "cancelled"
]
ForceKind = Literal[
    "sponsor_change", "budget_cut", "competing", "merger", "technology", "regulation", "resistance", "market", "support"
]
"""What kind of thing pushes an initiative (ECONOMICS B13, forces)."""
Trade = Literal["fewer_deliveries", "volume_commitment", "longer_term", "prompt_payment"]
MoveKind = Literal[
    "set_rhythm",
    "meet",
    "scan",
    "review_costs",
    "seek_executive",
    "set_discount",
    "set_rebate",
    "offer_terms",
    "answer_request",
    "handle_incident",
    "expedite",
    "present_case",
    "ask_desk",
    "recut_case",
    "recut_ask",
    "accept_condition",
    "measure_promise",
    "read_room",
    "answer_moment",
    "press_moment",
    "close_moment",
    "hand_over",
    "build_insight",
    "bring_insight",
    "back_initiative",
    "link_news",
    "ask_table",
    "propose",
    "leave_table",
]
Criterion = Literal[
    "alignment", "cause", "inaction", "options", "finance", "sensitivity", "evidence", "delivery", "brevity"
]
"""What a business case is judged by, in the order of ECONOMICS C."""
Gate = Literal["dead_initiative", "negative_value", "below_floor", "no_approver", "no_capacity", "double_counted"]
"""What stops a business case before it is judged."""
Condition = Literal["pilot", "cap", "guarantee"]
"""What a "yes, if" asks for."""
CompanyMetric = Literal["profit", "volume"]
Twist = Literal["none", "paused", "halved", "rival", "new_chief"]
Habit = Literal["both", "price", "ideas"]
"""What a rival attacks with."""
RequestKind = Literal["price", "global_price"]


# --- the supplier -----------------------------------------------------------------------------------------


class Figure(Model):
    """A named person of the player's own company."""

    name: Title
    role: Title
    voice: Prose
    """How this person talks and what they want, in a sentence or two."""


class Goal(Model):
    """What the player's own company wants most in one year; internal cases are judged against it."""

    year: int = Field(ge=1, le=10)
    """1 is the first year of the session."""
    metric: CompanyMetric
    text: Prose
    """How the boss puts it."""


class CaseSays(Model):
    """What one reader of business cases says. A reply is put together from these lines, so each must stand alone."""

    approves: tuple[Prose, ...] = ()
    """Yes. ``{account}`` may stand for the customer's name in any of these lines."""
    returns: tuple[Prose, ...] = ()
    """The opening of a letter that sends the case back; lines from ``criteria`` follow."""
    rejects: tuple[Prose, ...] = ()
    conditions: dict[Condition, Prose] = {}
    """Yes, if: a pilot of a year first; half of what was asked; a guarantee that we pay when the promise is missed."""
    criteria: dict[Criterion, Prose] = {}
    """What this person says when that criterion cost the case most: a complaint that tells how to mend it."""
    gates: dict[Gate, Prose] = {}
    """What this person says when the case fell at a gate."""


class Approver(Model):
    """A member of the player's own deal desk."""

    id: Slug
    name: Title
    role: Title
    seat: Literal["sales", "finance", "operations", "product"]
    """Which column of weights this person judges by (ECONOMICS C). Finance and operations hold a veto."""
    power: Unit
    stance: Signed = 0
    measure_text: Title
    """What this person is judged on, in their words."""
    voice: Prose
    says: CaseSays


class Desk(Model):
    """The deal desk: who decides on what is beyond the player's authority.

    ``bands`` are shares of an account's yearly sales: an ask that costs less than the first is signed at once by the
    first approver; up to the second the approvers of sales and operations decide, up to the third finance too, and
    beyond it the bar rises once more.
    """

    bands: tuple[Unit, Unit, Unit] = (0.01, 0.04, 0.10)
    approvers: tuple[Approver, ...] = Field(min_length=1, max_length=6)
    notices: Prose
    """What the desk says when it sees that one deal was cut in pieces to stay under the first band."""


class Company(Model):
    """The player's employer."""

    name: Title
    brief: Prose
    role: Title
    """The player's job title."""
    boss: Figure
    """Holds the yearly review."""
    cost_of_capital: Unit = 0.09
    """A year; discounts profit and charges receivables (ECONOMICS A)."""
    hourly_cost: Positive = 100
    """One hour of the account team."""
    programme_cost: NotNegative = 0
    """Fixed cost of the key-account programme each quarter, booked to the company, never to an account."""
    hurdle: Unit = 0.14
    """Yearly return that an internal case must earn (ECONOMICS A)."""
    specialist_cost: Positive = 15000
    """One specialist on an account for a quarter."""
    goals: tuple[Goal, ...] = ()
    """The last one stays in force."""
    support: Unit = 0.8
    """How far the whole company stands behind its key accounts (ECONOMICS B21): deliveries on time, a willing deal
    desk, colleagues who help to put things right and take work off the team. Below 0.6 the desk also takes a quarter
    longer."""
    information_quality: Unit = 1
    """How soon and how exactly signals about customers reach us (Q of ECONOMICS B21). At 1 what a scan and routine
    contact bring is today's truth; below, some of it is a quarter or two old, and figures are off."""


class Length(Model):
    """How many quarters a session may have."""

    standard: Quarter = 12
    shortest: Quarter = 4
    longest: Quarter = 20


class Rhythms(Model):
    """Hours a quarter that each standing rhythm takes from one account's share of the team."""

    light: Hours = 20
    normal: Hours = 40
    close: Hours = 60


class WorkingTime(Model):
    """The team's time."""

    quarter: Hours = 390
    weeks: int = Field(13, ge=1, le=26)
    rhythms: Rhythms = Rhythms()


class Authority(Model):
    """What the player may do with prices without asking anybody."""

    discount: Unit = 0.10
    """Largest further discount, measured from the price at which the player took the account over."""
    rebate: Unit = 0.05
    """Largest yearly volume rebate."""
    days: int = Field(15, ge=0, le=90)
    """Payment days that may be given beyond those of the first day."""
    floor_margin: Unit = 0.05
    """The pocket price may not fall below unit cost plus this share of the list price."""


class Line(Model):
    """A product line. Pocket margin is (pocket price - unit cost) / pocket price (ECONOMICS A)."""

    id: Slug
    name: Title
    unit: Title
    """What one unit is called, singular: "bearing set"."""
    list_price: Positive
    unit_cost: Positive
    capacity: Positive
    """Units a quarter that the plant or team can deliver."""
    other_load: NotNegative
    """Units a quarter sold to customers outside this game."""
    steel: Unit = 0
    """Share of unit cost that follows the materials index."""
    innovation: Unit = 0.5
    quality: Unit = 0.6
    cyclicality: float = Field(1.5, ge=0, le=4)
    """Exponent of the demand index (ECONOMICS B1: 1-3 for components)."""


class Activity(Model):
    """One pool of cost to serve and its time equation (time-driven activity-based costing, ECONOMICS A)."""

    id: Slug
    name: Title
    rate: Positive
    """Cost of one hour at practical capacity."""
    capacity: Positive
    """Practical hours a quarter for the accounts of this game; what they do not use is unused capacity."""
    hours: dict[
        Literal["orders", "order_lines", "rush_orders", "returns", "sites", "custom_parts", "tickets", "special_terms"],
        NotNegative,
    ]
    """Hours for one of each driver."""


class Rivalry(Model):
    """How one rival stands in one line, as its customers see it, 0..1 each."""

    line: Slug
    price: Positive
    """Price as a share of what we charge the customer on the first day: 0.94 is 6% cheaper."""
    quality: Unit = 0.5
    service: Unit = 0.5
    fit: Unit = 0.5
    innovation: Unit = 0.5
    relationship: Unit = 0.4


class Rival(Model):
    """A competitor: passive until it follows a cut that it sees, or attacks (ECONOMICS B15)."""

    id: Slug
    name: Title
    brief: Prose
    follow: Unit = 0.35
    """Chance a quarter to follow a price cut of more than 1.5% below its own."""
    habit: Habit = "both"
    """What it attacks with: a lower price, ideas for what the customer has under way, or both at once."""
    lines: tuple[Rivalry, ...]


class Macro(Model):
    """One quarter of the economy, the same for all seeds. Hidden until it happens."""

    quarter: Quarter
    demand: Positive = 1
    """Demand index, 1 at the start."""
    materials: Positive = 1
    """Materials index, 1 at the start."""
    recession: bool = False


class News(Model):
    """Something that everybody can read at the start of a quarter."""

    id: Slug
    quarter: Quarter
    title: Title
    text: Prose
    accounts: tuple[Slug, ...] = ()
    warns: tuple[str, ...] = ()
    """Hidden: initiatives, or forces, of which this news is the first sign. Whoever links it to their account learns
    what is coming, or at work, before the effect shows. A force without an id is called ``initiative.1``, ``.2``..."""
    dilemma: bool = False
    """The quarter's headline dilemma: three attractive things, hours for two."""


class IncidentKind(Model):
    """A kind of failure that may hit any account by chance (ECONOMICS B7). ``{account}`` stands for its name."""

    id: Slug
    name: Title
    severity: Unit
    text: Prose


class Unlock(Model):
    """A kind of move that becomes available later, with a reason that the player reads."""

    move: MoveKind
    quarter: Quarter
    reason: Prose


# --- the customers ----------------------------------------------------------------------------------------


class Traits(Model):
    """Hidden nature of a customer; discovery finds it."""

    collaboration: Unit
    orientation: Unit
    """Long-term orientation. Below 0.6 the customer shows rivals what it learns from us; the lower, the faster it
    leaves (above 0.5 more slowly than usual)."""
    price_sensitivity: float = Field(ge=1, le=10)
    """Beta of the attraction model (ECONOMICS B2)."""
    turnover: Annotated[float, Field(ge=0, le=0.3)]
    """Chance a quarter that a person leaves (ECONOMICS B12)."""
    incident_hazard: Annotated[float, Field(ge=0, le=0.3)] = 0.05


class Importance(Model):
    """Hidden weights of what is not price in the customer's choice (ECONOMICS B2, B24)."""

    quality: NotNegative = 0.4
    service: NotNegative = 0.8
    fit: NotNegative = 0.6
    relationship: NotNegative = 0.5
    innovation: NotNegative = 0.3


class Region(Model):
    """A buying site or region of a customer."""

    id: Slug
    name: Title


class Business(Model):
    """One line in one region of an account: what the customer buys, and how much of it from us."""

    line: Slug
    region: Slug | None = None
    """Defaults to the account's first region."""
    wallet: Positive
    """Units a quarter that the customer buys from anybody."""
    share: Annotated[float, Field(gt=0, lt=0.98)]
    discount: Unit = 0
    """On the invoice, off list, when the player takes over."""
    rebate: Unit = 0
    """Yearly volume rebate, off invoice."""
    contract: Literal["frame", "normal", "spot"] = "normal"
    """How fast shares move (inertia rho, ECONOMICS B2)."""
    season: tuple[Positive, Positive, Positive, Positive] = (1, 1, 1, 1)


class ServiceLoad(Model):
    """Hidden drivers of cost to serve, a quarter at starting volume (ECONOMICS A, time equation)."""

    orders: NotNegative
    order_lines: NotNegative
    rush_orders: NotNegative = 0
    returns: NotNegative = 0
    sites: NotNegative = 1
    custom_parts: NotNegative = 0
    tickets: NotNegative = 0
    special_terms: NotNegative = 0


class Says(Model):
    """What a person says, by occasion. One to three variants each; all in this person's voice.

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
    them alone); as ``power`` if left out (ECONOMICS B8, B9)."""
    listens: dict[Slug, Positive] = {}
    """Hidden: colleagues of the same account whose opinion counts with this person, and how much beside each other;
    nobody if left out (ECONOMICS B8)."""
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
    """Hidden: something that pushes an initiative forward (+) or back (-) for a while (ECONOMICS B13)."""

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


class Initiative(Model):
    """A strategic initiative of a customer (ECONOMICS B13-B14)."""

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
    """Change of demand by line at full intensity (delta of ECONOMICS B1)."""
    forces: tuple[Force, ...] = ()
    turns: tuple[Turn, ...] = ()


class Replies(Model):
    """How the asker answers."""

    granted: Prose
    traded: Prose
    trade_refused: Prose
    declined: Prose
    lapsed: Prose
    """Nobody answered before the deadline."""


class Request(Model):
    """A customer asks for a lower price, or its headquarters for one price in all its regions."""

    id: Slug
    quarter: Quarter
    due: Quarter
    person: Slug
    kind: RequestKind = "price"
    """``global_price``: a headquarters asks for one price in every region, the lowest (ECONOMICS B5)."""
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


class Incident(Model):
    """An authored failure in our service; it needs an answer in its quarter."""

    id: Slug
    quarter: Quarter
    person: Slug
    name: Title
    severity: Unit
    chance: Unit = 1
    text: Prose


class Tender(Model):
    """A single decision on one line by price and fit: shares settle at once (rho 1, ECONOMICS B2)."""

    id: Slug
    quarter: Quarter
    """Decided when this quarter closes, at the prices then standing."""
    person: Slug
    line: Slug
    region: Slug | None = None
    units: Positive
    """One-off units on top of the usual wallet, in that quarter."""
    price_sensitivity: float = Field(ge=1, le=12)
    """Hidden."""
    title: Title
    text: Prose
    """Announced one quarter before."""
    won: Prose
    lost: Prose


class Attack(Model):
    """A scripted attack of a rival: seen coming by those who listen one quarter ahead."""

    rival: Slug
    quarter: Quarter
    """When it hits."""
    hint: Prose
    text: Prose
    """The news when it hits."""


class Moment(Model):
    """An executive asks on the spot: four picks in two minutes, a changed fact in the middle, one objection, and a
    reaction. At most one a quarter happens."""

    id: Slug
    quarter: Quarter
    person: Slug
    chance: Unit = 1
    initiative: Slug | None = None
    """What it is about; the owner's initiative if left out."""
    place: Title
    """Where it happens: "In the lift at Linz"."""
    question: Prose
    twist: Twist = "none"
    twist_text: Prose | None = None
    """What is said, or read off a telephone, after the second pick. Needed unless the twist is none."""
    objections: dict[Criterion, Prose] = {}
    """The one objection, by the criterion that was weakest."""
    wins: Prose
    holds: Prose
    """Neither won nor lost."""
    loses: Prose
    passes: Prose
    """The player asked for time, or said nothing before the quarter closed."""


class Bespoke(Model):
    """What could be made for this customer alone (ECONOMICS B19)."""

    name: Title
    cost: Positive
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
    bespoke: Bespoke | None = None
    hurdle: Unit = 0.15
    """Hidden: the yearly return that this customer's finance people ask of an investment."""


class Priors(Model):
    """What a sensible newcomer believes of any customer before finding out. Public; forecasts start from it."""

    price_sensitivity: float = Field(4, ge=1, le=10)
    share: Annotated[float, Field(gt=0, lt=0.9)] = 0.35
    """Share of the customer's wallet that we are thought to have."""
    trust: Unit = 0.5
    collaboration: Unit = 0.5
    follow: Unit = 0.3
    """Chance a quarter that a rival follows a cut."""
    variable_service: Unit = 0.8
    """Part of cost to serve that grows with volume."""
    spread: Unit = 0.35
    """How far off a belief may be, as a share of it."""


class ExamplePage(Model):
    """One version of an example's page: the slots as the builder has them, and how it reads."""

    text: Prose
    angle: Literal["goal", "obstacle"] = "goal"
    price: Annotated[float, Field(ge=-0.1, le=0.15)] = 0
    days: int = Field(0, ge=0, le=120)
    """0 leaves them as they are."""
    pooled: bool = False
    programme: Literal[0, 10, 20, 30] = 0
    people: Literal[0, 1, 2] = 0
    bespoke: bool = False
    priority: bool = False
    commitment: Annotated[float, Field(ge=0, le=0.15, multiple_of=0.05)] = 0
    length: Literal[4, 8, 12] = 4
    metric: Measure | CompanyMetric
    claim: NotNegative
    width: Annotated[float, Field(ge=0.1, le=0.5)] = 0.25
    due: Literal[2, 4, 6] = 4
    proof: Literal["none", "brochure", "reference", "their_figures", "pilot", "result"] = "none"
    alternative: Literal["none", "do_nothing", "pilot", "price_only", "rival"] = "none"
    inaction: Literal["none", "said", "dated"] = "none"
    inaction_value: NotNegative = 0
    sensitivity: Literal["none", "break_even", "downside", "drivers"] = "none"
    body: Literal["one_page", "three_pages", "deck"] = "three_pages"
    initiative: bool = True
    """Whether the page is linked to the initiative."""


class ExampleFacts(Model):
    """The situation of an example in the few numbers that its page is judged by."""

    sales: Positive
    """A quarter."""
    margin: Annotated[float, Field(gt=0, lt=0.9)]
    """Pocket margin as a share of sales."""
    service: Unit
    """Cost to serve as a share of sales."""
    share: Annotated[float, Field(gt=0, lt=0.9)]
    """Share of wallet."""
    price_sensitivity: float = Field(4, ge=1, le=10)
    trust: Unit = 0.5
    utilisation: Annotated[float, Field(gt=0, lt=2)] = 0.8
    kind: InitiativeKind
    state: InitiativeState = "executing"
    force: Signed = 0
    measure: Measure = "savings"
    """What the reader is judged on."""
    level: Level = "executive"
    function: Function = "general"
    known: bool = True
    """Whether the facts behind proof and alternative were found out first."""


class Example(Model):
    """A worked case from another company, done well and done badly, with what makes the difference."""

    id: Slug
    audience: Literal["customer", "company"]
    title: Title
    situation: Prose
    facts: ExampleFacts
    good: ExamplePage
    bad: ExamplePage
    difference: Prose


class Scenario(Model):
    """A whole scenario, accounts included. The first quarter is the first of ``year``."""

    format: Literal[1]
    id: Slug
    title: Title
    summary: Prose
    briefing: Prose
    currency: Literal["EUR", "USD", "GBP"] = "EUR"
    year: int = Field(ge=1990, le=2100)
    company: Company
    length: Length = Length()
    time: WorkingTime = WorkingTime()
    authority: Authority = Authority()
    lines: tuple[Line, ...] = Field(min_length=1)
    activities: tuple[Activity, ...] = Field(min_length=1)
    rivals: tuple[Rival, ...] = Field(min_length=1)
    macro: tuple[Macro, ...] = ()
    """Quarters without an entry repeat the one before."""
    news: tuple[News, ...] = ()
    incident_kinds: tuple[IncidentKind, ...] = Field(min_length=1)
    unlocks: tuple[Unlock, ...] = ()
    desk: Desk | None = None
    """Without one, nothing beyond the player's authority can be had."""
    priors: Priors = Priors()
    examples: tuple[Example, ...] = ()
    """The library of worked cases."""
    newcomers: tuple[Title, ...] = Field((), max_length=60)
    """Names for people who take over when a contact leaves, in the order of a shuffled deck."""
    accounts: tuple[Account, ...] = Field(min_length=1)
    """In ``scenario.yaml`` this is the list of file names in ``accounts/``, without ending."""
