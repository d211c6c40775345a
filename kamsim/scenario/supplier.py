"""What an author writes about the player's own company and its market: people, plant, rivals, the economy, news."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kamsim.scenario.basics import (
    Factor,
    Hours,
    Model,
    NotNegative,
    Price,
    Prose,
    Quarter,
    Signed,
    Slug,
    Title,
    Unit,
    Units,
    Within,
)
from kamsim.scenario.casework import CaseSays
from kamsim.scenario.vocabulary import CompanyMetric, Habit, Seat


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


class Approver(Model):
    """A member of the player's own deal desk."""

    id: Slug
    name: Title
    role: Title
    seat: Seat
    """Which column of weights this person judges by (economics C). Finance and operations hold a veto."""
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
    """A year; discounts profit and charges receivables (economics A)."""
    hourly_cost: Price = 100
    """One hour of the account team."""
    programme_cost: NotNegative = 0
    """Fixed cost of key account management each quarter, whoever is key, booked to the company, never to an account."""
    hurdle: Unit = 0.14
    """Yearly return that an internal case must earn (economics A)."""
    specialist_cost: Price = 15000
    """One specialist on an account for a quarter."""
    goals: tuple[Goal, ...] = ()
    """The last one stays in force."""
    support: Unit = 0.8
    """How far the whole company stands behind its key accounts (economics B21): deliveries on time, a willing deal
    desk, colleagues who help to put things right and take work off the team. Below 0.6 the desk also takes a quarter
    longer."""
    information_quality: Unit = 1
    """How soon and how exactly signals about customers reach us (Q of economics B21). At 1 what a scan and routine
    contact bring is today's truth; below, some of it is a quarter or two old, and figures are off."""


class Rhythms(Model):
    """Hours a quarter that each standing rhythm takes from one account's share of the team."""

    light: Hours = 20
    normal: Annotated[Hours, Within(10, 400)] = 40
    close: Annotated[Hours, Within(10, 400)] = 60


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
    """A product line. Pocket margin is (pocket price - unit cost) / pocket price (economics A)."""

    id: Slug
    name: Title
    unit: Title
    """What one unit is called, singular: "bearing set"."""
    list_price: Price
    unit_cost: Price
    capacity: Units
    """Units a quarter that the plant or team can deliver."""
    other_load: NotNegative
    """Units a quarter sold to customers outside this game."""
    steel: Unit = 0
    """Share of unit cost that follows the materials index."""
    innovation: Unit = 0.5
    quality: Unit = 0.6
    cyclicality: float = Field(1.5, ge=0, le=4)
    """Exponent of the demand index (economics B1: 1-3 for components)."""
    solution: bool = False
    """Bought only for what customers have under way: without a live initiative of theirs nobody buys it."""


class Activity(Model):
    """One pool of cost to serve and its time equation (time-driven activity-based costing, economics A)."""

    id: Slug
    name: Title
    rate: Price
    """Cost of one hour at practical capacity."""
    capacity: Units
    """Practical hours a quarter for the accounts of this game; what they do not use is unused capacity."""
    hours: dict[
        Literal["orders", "order_lines", "rush_orders", "returns", "sites", "custom_parts", "tickets", "special_terms"],
        NotNegative,
    ]
    """Hours for one of each driver."""


class Rivalry(Model):
    """How one rival stands in one line, as its customers see it, 0..1 each."""

    line: Slug
    price: Factor
    """Price as a share of what we charge the customer on the first day: 0.94 is 6% cheaper."""
    quality: Unit = 0.5
    service: Unit = 0.5
    fit: Unit = 0.5
    innovation: Unit = 0.5
    relationship: Unit = 0.4


class Rival(Model):
    """A competitor: passive until it follows a cut that it sees, or attacks (economics B15)."""

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
    demand: Factor = 1
    """Demand index, 1 at the start."""
    materials: Factor = 1
    """Materials index, 1 at the start."""
    recession: bool = False


class NewsWay(Model):
    """The same news, told otherwise."""

    title: Title
    text: Prose


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
    ways: tuple[NewsWay, ...] = ()
    """The same, told otherwise; one of all is drawn for each session."""


class IncidentKind(Model):
    """A kind of failure that may hit any account by chance (economics B7). ``{account}`` stands for its name."""

    id: Slug
    name: Title
    severity: Unit
    text: Prose
