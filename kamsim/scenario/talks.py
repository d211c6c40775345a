"""What an author writes of a negotiation over several issues (economics B26): who leads it, what each issue is worth to
the customer, where it walks away, and what is said.

Every value is a share of what the account buys from us in a year, for the issue's *best level*: six per cent off,
fifteen points of wallet committed, twelve quarters, a place in the plan, ninety days, buying one line from us alone,
their plan data shared, thirty hours of help a quarter. Between that level and what holds today it is linear. Minus is
what it costs them: ``commitment: -0.045`` says that committing fifteen points of their wallet costs them 4.5%.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kamsim.scenario.basics import Model, Prose, Quarter, Slug, Spread, Title, Unit

Issue = Literal["price", "commitment", "length", "service", "days", "exclusive", "data", "help"]
"""What is on the table: off the price, share of wallet, quarters, first place in our plan, payment days, one line from
us alone, their plan data, hours of ours to put it to work."""
Worth = Annotated[float, Field(ge=-0.3, le=0.3)]
"""A share of a year's purchases."""


class TalkValues(Model):
    """Hidden: what each issue's best level is worth to the customer."""

    price: Worth = 0.06
    commitment: Worth = -0.0225
    length: Worth = -0.006
    service: Worth = 0
    days: Worth = 0.01
    exclusive: Worth = -0.05
    data: Worth = -0.01
    help: Worth = 0


class TalkReplies(Model):
    """What the person says at the table."""

    opens: Prose
    """Why we sit here, after the request itself: the first thing said at the table."""
    accepts: Prose
    counters: dict[Issue, Prose] = {}
    """Not yet; by the issue on which they would gain most for what it costs us. A real hint."""
    walks: Prose
    """They leave: no round was left, or we asked for far more than we brought."""
    lapses: Prose
    """Nobody came to the table before the deadline."""
    hints: dict[Issue, Prose] = {}
    """What a question about an issue brings to light, in this person's voice."""


class TalkWay(Model):
    """The same matter, put otherwise; what is left out is as in the first way."""

    title: Title
    text: Prose
    opens: Prose | None = None
    lapses: Prose | None = None


class Talk(Model):
    """A negotiation over several issues, led by one person of the customer."""

    id: Slug
    quarter: Quarter
    spread: Spread = 0
    """Quarters that it may come earlier or later than written, ``due`` along with it, each as likely; drawn for each
    session (economics B0)."""
    due: Quarter
    """Last quarter in which it can be settled."""
    person: Slug
    line: Slug | None = None
    """The line that they might buy from us alone; the account's first one if left out."""
    initiative: Slug | None = None
    """The initiative that our hours of help would work for."""
    title: Title
    text: Prose
    values: TalkValues = TalkValues()
    walk_away: Annotated[float, Field(ge=-0.2, le=0.2)] = 0.02
    """Hidden: what their best other offer is worth to them, as a share of a year's purchases."""
    aspiration: Unit = 0.3
    """Hidden: the part of what the table could give them beyond that which they want at first; it falls by a tenth with
    each concession that is given for one."""
    replies: TalkReplies
    ways: tuple[TalkWay, ...] = ()
    """The same, put otherwise; one of all is drawn for each session."""
