"""What an author writes about the organisation around the player: colleagues, specialists, the programme, and what can
be built jointly with a customer. Each part may be left out; without it the game is as if there were no such thing."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from kamsim.scenario.basics import Hours, Model, NotNegative, Prose, Signed, Slug, Title, Unit, Within
from kamsim.scenario.vocabulary import Skill

PARTS: Final = ("team", "pool", "programme", "plans", "support", "joint")
"""What of the organisation a scenario may have."""
MOVES: Final[dict[str, tuple[str, ...]]] = {
    "team": ("assign", "coach", "review_team", "set_target"),
    "pool": ("borrow",),
    "programme": ("name_key", "end_key"),
    "plans": ("write_plan", "share_plan"),
    "support": ("network", "ask_leader"),
    "joint": ("start_joint", "leave_joint"),
}
"""The moves that each part brings; where it is left out they are never offered."""
Quarters = Annotated[int, Field(ge=1, le=6)]
"""How long a phase takes."""


class Skills(Model):
    """How good somebody is at each kind of work; 0.6 is par, at which work goes as it always did (economics B20)."""

    research: Unit = 0.6
    """Finding out: what meetings and scans bring."""
    cases: Unit = 0.6
    """Business cases: how they score."""
    technical: Unit = 0.6
    """Work on what customers have under way, and putting incidents right."""
    relations: Unit = 0.6
    """People: how ties grow."""


class ColleagueSays(Model):
    """What a colleague says, by occasion; each in this person's voice."""

    strained: tuple[Prose, ...] = ()
    """Too much for too long."""
    leaving: tuple[Prose, ...] = ()
    """Gives notice."""
    coached: tuple[Prose, ...] = ()
    """After an hour of coaching."""
    takes_over: tuple[Prose, ...] = ()
    """Is given a customer."""


class Colleague(Model):
    """A member of the player's account team."""

    id: Slug
    name: Title
    role: Title
    voice: Prose
    hours: Annotated[Hours, Within(10, 400)] = 130
    """Of the team's hours a quarter; what the team's colleagues do not have is the player's own."""
    skills: Skills = Skills()
    """Hidden until one works with them."""
    accounts: tuple[Slug, ...] = ()
    """Customers that this person looks after on the first day; the player has the others."""
    says: ColleagueSays = ColleagueSays()


class Specialist(Model):
    """Somebody of a pool that all teams of the company share, who leads a task for a quarter."""

    id: Slug
    name: Title
    role: Title
    voice: Prose
    skill: Skill
    level: Unit = 0.9
    """How good at it."""
    busy: Unit = 0.3
    """Chance a quarter that another team has them, where the company stands behind its key accounts as usual
    (economics B21)."""


class Question(Model):
    """What the boss asks at the review of a year."""

    year: Annotated[int, Field(ge=1, le=10)]
    text: Prose


class Programme(Model):
    """The key-account programme as something that one decides about (economics B23)."""

    key: tuple[Slug, ...] = ()
    """Customers that have key status on the first day."""
    cost: NotNegative = 1_000_000
    """Money, of naming a customer key, whichever it is: 1 to 2% of what a large one spends in five years; 60% of it at
    once, the rest over two years."""
    span: Annotated[int, Field(ge=1, le=20)] = 3
    """Customers that the programme serves well; what key status brings is shared among more."""
    growth: Signed = 0.04
    """By how much account profit shall grow a year: management's plan."""
    patience: Annotated[int, Field(ge=1, le=10)] = 2
    """Yearly reviews below plan after which the programme may be rebuilt (economics D)."""
    questions: tuple[Question, ...] = Field((), max_length=10)
    """One for each yearly review; usual ones where a year has none."""


class JointSays(Model):
    """What their sponsor says, by occasion."""

    agreed: Prose
    not_yet: Prose
    """Something is missing."""
    live: Prose
    halved: Prose
    """A sponsor, or the initiative that it serves, is gone."""
    failed: Prose


class Joint(Model):
    """Something that we and the customer could build together (economics B18)."""

    id: Slug
    name: Title
    summary: Prose
    initiative: Slug
    """The customer's own one that it serves."""
    sponsor: Slug
    """Who has to want it at the customer's."""
    inside: Slug | None = None
    """Who has to want it in our company, an approver of the desk; our boss if left out."""
    trust: Unit = 0.5
    """Trust in us from which they begin it."""
    gain: Annotated[float, Field(gt=0, le=0.2)] = 0.045
    """Hidden: joint gain a quarter when it is in full swing, as a share of what the customer spends."""
    cost: Annotated[float, Field(ge=0, le=0.1)] = 0.0125
    """Our spending a quarter until it is live, as a share of the same."""
    design: Quarters = 2
    build: Quarters = 3
    ramp: Quarters = 3
    hours: Annotated[Hours, Within(10, 100)] = 40
    """Governance a quarter until it is live; half of it afterwards."""
    says: JointSays


class Organisation(Model):
    """What of the organisation the player has a hand in."""

    team: tuple[Colleague, ...] = Field((), max_length=6)
    pool: tuple[Specialist, ...] = Field((), max_length=6)
    programme: Programme | None = None
    plans: bool = False
    """Whether account plans are written."""
    support: bool = False
    """Whether the company's support, and what it knows of customers, can be built (economics B21)."""
    red_tape: NotNegative = 0
    """How much of everybody's strength reports and forms take, 0 to 1 (economics B20)."""


def parts(own: Organisation, joint: bool) -> frozenset[str]:
    """Which of `PARTS` there are; ``joint``: whether something can be built with a customer."""
    there = {**{name: bool(getattr(own, name)) for name in PARTS[:-1]}, "joint": joint}
    return frozenset(name for name in PARTS if there[name])
