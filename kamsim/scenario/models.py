"""The author's words as frozen data: everything that a scenario may say, and nothing else.

A scenario is a folder: ``scenario.yaml`` for the company, its market and its calendar, one file per customer in
``accounts/``, and ``desk.yaml`` and ``examples.yaml`` where those two parts have files of their own. `reader` turns
the folder into a `Scenario`; `engine.params` compiles that into arrays. Whatever is marked *hidden* here never reaches
a player directly: it lives in the engine's World and comes out as facts that somebody found, with a date and a source.

Money is in whole units of the scenario's currency (euros, not cents); shares, trust and chances are
0..1; quarters count from 1; rates are per quarter unless a field says otherwise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints

from kamsim.scenario.basics import Model, Prose, Quarter, Slug, Title, Unit
from kamsim.scenario.casework import Example
from kamsim.scenario.customer import Account, Says
from kamsim.scenario.organisation import Organisation
from kamsim.scenario.supplier import (
    Activity,
    Authority,
    Company,
    Desk,
    IncidentKind,
    Line,
    Macro,
    News,
    Rival,
    WorkingTime,
)
from kamsim.scenario.vocabulary import Bot, Currency, Function, MoveKind


class Length(Model):
    """How many quarters a session may have."""

    standard: Quarter = 12
    shortest: Quarter = 4
    longest: Quarter = 20


class Unlock(Model):
    """A kind of move that becomes available later, with a reason that the player reads."""

    move: MoveKind
    quarter: Quarter
    reason: Prose
    ways: tuple[Prose, ...] = ()
    """The same reason, told otherwise; one of all is drawn for each session."""


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


class Expectation(Model):
    """What the author expects a bot to come to, for `kamsim lab` to confirm. Needs ``above`` or ``score``."""

    bot: Bot
    above: Bot | None = None
    """Whom it beats on the same seed."""
    by: Annotated[float, Field(ge=0, le=10)] = 0
    """By how much at least, as a share of what the other's play is worth."""
    score: tuple[float, float] | None = None
    """Between which scores it ends, both included."""
    seeds: Unit = 0.9
    """In which share of seeds."""


class Scenario(Model):
    """A whole scenario, accounts included. The first quarter is the first of ``year``."""

    format: Literal[1]
    id: Slug
    title: Title
    summary: Prose
    briefing: Prose
    currency: Currency = "EUR"
    locale: Annotated[str, StringConstraints(min_length=2, max_length=20)] = "en"
    """Whose way of writing money: ``de_CH`` writes 1’240, ``fr`` 1 240 and the sign behind."""
    seeds: tuple[Annotated[int, Field(ge=0, le=2**63 - 1)], ...] = Field((), max_length=40)
    """Luck worth playing. A session that is not told its seed takes one of these."""
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
    organisation: Organisation = Organisation()
    """What of our own side the player has a hand in; nothing if left out."""
    priors: Priors = Priors()
    opportunities: Literal["none"] | None = None
    """``none``: initiatives bring nothing to be bought, as in scenarios of before."""
    examples: tuple[Example, ...] = ()
    """The library of worked cases."""
    successors: dict[Function, Says] = {}
    """What people who take over a post say, by what the post is for. Without it they are told of, not quoted."""
    expect: tuple[Expectation, ...] = Field((), exclude=True)
    """What its author expects of it. It changes no play, so that it stands in no log and in no digest."""
    newcomers: tuple[Title, ...] = Field((), max_length=100)
    """Names for people who take over when a contact leaves, in the order of a shuffled deck."""
    portraits: dict[Literal["she", "he"], tuple[Title, ...]] = {}
    """Who is a woman and who a man, by name: newcomers, and those of whom their voice does not say it. A portrait of
    anybody else fits everybody."""
    accounts: tuple[Account, ...] = Field(min_length=1)
    """In ``scenario.yaml`` this is the list of file names in ``accounts/``, without ending."""

    @cached_property
    def digest(self) -> str:
        """The sha256 of the canonical form (`reader.canonical`), keys sorted, without spaces: the same for the same
        content."""
        data = self.model_dump(mode="json")
        text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def luck(self, drawn: int) -> int:
        """The seed of a session that was not told one, from a number that was drawn for it: one of ``seeds``, where
        there are any."""
        return self.seeds[drawn % len(self.seeds)] if self.seeds else drawn

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, whose digest is its own."""
        made = super().model_copy(update=update, deep=deep)
        made.__dict__.pop("digest", None)
        return made
