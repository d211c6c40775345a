"""What an author writes about business cases: what readers say to them, moments on the spot, and worked examples."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kamsim.scenario.basics import Model, NotNegative, Price, Prose, Quarter, Signed, Slug, Spread, Title, Unit
from kamsim.scenario.vocabulary import (
    CompanyMetric,
    Condition,
    Criterion,
    Function,
    Gate,
    InitiativeKind,
    InitiativeState,
    Level,
    Measure,
    Twist,
)


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


class MomentTwist(Model):
    """Another fact that may change in the middle of a moment instead."""

    twist: Twist
    twist_text: Prose
    """What is said, or read off a telephone, after the second pick."""


class MomentWay(Model):
    """The same moment, told otherwise; what is left out is as in the first way."""

    place: Title
    question: Prose
    wins: Prose | None = None
    holds: Prose | None = None
    loses: Prose | None = None
    passes: Prose | None = None


class Moment(Model):
    """An executive asks on the spot: four picks in two minutes, a changed fact in the middle, one objection, and a
    reaction. At most one a quarter happens."""

    id: Slug
    quarter: Quarter
    spread: Spread = 0
    """Quarters that it may come earlier or later than written, each as likely; drawn for a session (economics B0)."""
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
    twists: tuple[MomentTwist, ...] = ()
    """Others; one of all is drawn for each session."""
    ways: tuple[MomentWay, ...] = ()
    """The same, told otherwise; one of all is drawn for each session."""
    objections: dict[Criterion, Prose] = {}
    """The one objection, by the criterion that was weakest."""
    wins: Prose
    holds: Prose
    """Neither won nor lost."""
    loses: Prose
    passes: Prose
    """The player asked for time, or said nothing before the quarter closed."""


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

    sales: Price
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
