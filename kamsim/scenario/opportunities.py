"""What an initiative brings to be bought: as its author wrote it, or what is usual for its kind.

What is needed hangs on the kind of initiative, how it is told on who decides. Lines and ranges come from the account's
own business, so that what is made here fits any company.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kamsim.scenario.customer import Account, Business, Initiative, Opportunity, OpportunitySays, Person
from kamsim.scenario.models import Scenario
from kamsim.scenario.vocabulary import Function, InitiativeKind

SHARES: Final = ((0.12, 0.24), (0.08, 0.18))
"""Part of a cell's wallet that the first and the second usual purchase take while they run."""
ROOM: Final = (1, 2)
"""Initiatives of a customer, with one cell and with more, whose purchases fit in its wallet; of more, each one's are
smaller."""


@dataclass(frozen=True)
class Usual:
    """A purchase that is usual for a kind of initiative, in words that hold for any company."""

    title: str
    need: str
    """Before who decides; ``{initiative}`` stands for its name."""
    runs: tuple[int, int]
    """Quarters for which the winner is specified in."""
    lead: tuple[int, int]
    """Quarters from the need to the decision."""
    deciders: tuple[Function, ...] = ()
    """Functions that decide it rather than the initiative's owner, where the customer has somebody of them."""


USUAL: Final[dict[InitiativeKind, tuple[Usual, Usual]]] = {
    "cost_out": (
        Usual(
            "One supplier for what is ordered in small lots",
            "{initiative} wants fewer orders and fewer suppliers: one house for a part of what several sell them now.",
            (5, 8),
            (1, 2),
        ),
        Usual(
            "A standard version in place of special ones",
            "Where a standard version would do, {initiative} gives up the special one, and buys the standard at once.",
            (5, 8),
            (1, 3),
            ("purchasing",),
        ),
    ),
    "growth": (
        Usual(
            "Supply for new capacity, from its first week",
            "{initiative} adds capacity, and whoever supplies it is chosen before it opens.",
            (5, 8),
            (1, 3),
        ),
        Usual(
            "Supply for the next step, when its date is fixed",
            "{initiative} is bought for step by step. The date of each may move, and the supplier with it.",
            (4, 7),
            (1, 2),
            ("operations",),
        ),
    ),
    "resilience": (
        Usual(
            "A second source, approved before it is needed",
            "{initiative} wants somebody else who can deliver, on any day, what now comes from one house.",
            (6, 10),
            (1, 3),
        ),
        Usual(
            "A reserve within a day's reach",
            "{initiative} wants a reserve that can be used within a day, and somebody who keeps it fresh.",
            (5, 8),
            (1, 3),
            ("operations", "engineering"),
        ),
    ),
    "sustainability": (
        Usual(
            "Replacements that use less",
            "Site by site, {initiative} replaces what uses too much, and measures before and after.",
            (5, 8),
            (1, 3),
        ),
        Usual(
            "Supply that comes with its figures",
            "{initiative} must show what is in what they buy and what becomes of it, with the supplier's own figures.",
            (6, 10),
            (1, 3),
            ("purchasing", "engineering"),
        ),
    ),
    "digital": (
        Usual(
            "Equipment for the next site",
            "{initiative} goes from site to site, and each is equipped once the one before has shown something.",
            (5, 8),
            (1, 3),
        ),
        Usual(
            "Supply for what the data point at",
            "Where the data of {initiative} point at trouble, what cures it is bought together and in time.",
            (5, 8),
            (1, 2),
            ("operations", "engineering"),
        ),
    ),
    "working_capital": (
        Usual(
            "Supply from a stock that isn't theirs",
            "{initiative} wants the shelf full, and its stock in somebody else's books until it is used.",
            (6, 10),
            (1, 3),
        ),
        Usual(
            "Call-offs against one order",
            "{initiative} puts one order in place of many, called off as money comes in.",
            (4, 7),
            (1, 2),
            ("purchasing",),
        ),
    ),
    "integration": (
        Usual(
            "One specification for all houses",
            "What {initiative} found bought twice is bought once, to one specification.",
            (6, 10),
            (1, 3),
        ),
        Usual(
            "Supply for sites that were joined",
            "{initiative} joins sites, and buys for both from one house that can serve two gates.",
            (5, 8),
            (1, 3),
            ("operations",),
        ),
    ),
}
"""By kind of initiative, in the order of its slots."""

SAYS: Final[dict[Function, OpportunitySays]] = {
    "general": OpportunitySays(
        won="You have it. Now let me see who does what, and by when.",
        lost="It goes to somebody else. There will be a next phase, and I'd sooner see you early in it.",
        none="We've let it drop. Other things came first; they tend to have a louder owner.",
    ),
    "finance": OpportunitySays(
        won="It's yours. I have entered what you said, and I shall compare it with what comes.",
        lost="We've placed it elsewhere. The comparison is on file, should you want to know where you stood.",
        none="It was not approved, for anybody. The money stays where it is.",
    ),
    "operations": OpportunitySays(
        won="You've got it. I need it on its day, and a name to ring when it isn't there.",
        lost="Somebody else supplies it. I hope they turn up. If they don't, you'll hear from me.",
        none="Nothing's been ordered. We'll make do with what we have until we can't.",
    ),
    "purchasing": OpportunitySays(
        won="It's awarded to you. The paper follows; please keep to it, I shall.",
        lost="It's awarded to another supplier. The next one is open to all again, you too.",
        none="There's no award. I closed the request without an order. It happens to me oftener than you'd think.",
    ),
    "engineering": OpportunitySays(
        won="You're specified in. From now on please change nothing without telling me.",
        lost="Another supplier is specified in. It meets what we asked for, so it stays there until the next phase.",
        none="It isn't being bought. The specification goes back in the drawer, and it's a good one.",
    ),
    "sales": OpportunitySays(
        won="It's you. I've told our own customers that it comes in time, so we are in this together.",
        lost="Somebody else is in. I sell too, so I know how that sounds. Come back for the next round.",
        none="We're not doing it. Our customers stopped asking, and then so did we.",
    ),
}
"""By the decider's function."""


def usual_names(initiative: str) -> list[str]:
    """The ids of what an initiative brings where its author wrote nothing, by its own id; as with forces, a dot keeps
    them apart from any author's."""
    return [f"{initiative}.{place + 1}" for place in range(len(SHARES))]


def opportunities_of(account: Account, initiative: Initiative) -> tuple[Opportunity, ...]:
    """The purchases of an initiative, at most two, in the order of their slots: the author's, or the usual ones, called
    after it: ``quiet_ships.1``."""
    if initiative.opportunities is not None:
        return initiative.opportunities
    lines = account.business  # in the author's order: what an initiative needs more of is hidden
    return tuple(
        _made(usual, place, lines[min(place, len(lines) - 1)], account, initiative)
        for place, usual in enumerate(USUAL[initiative.kind])
    )


def opportunities(scenario: Scenario) -> list[tuple[int, Account, Initiative, Opportunity]]:
    """Every slot of a scenario with its initiative's row among all, in the order of the initiatives; none where the
    scenario switches them off."""
    if scenario.opportunities == "none":
        return []
    rows = [(account, item) for account in scenario.accounts for item in account.initiatives]
    return [
        (row, account, item, bought)
        for row, (account, item) in enumerate(rows)
        for bought in opportunities_of(account, item)
    ]


def _made(usual: Usual, place: int, business: Business, account: Account, initiative: Initiative) -> Opportunity:
    decider = _decider(usual, account, initiative)
    crowd = max(1.0, len(account.initiatives) / ROOM[len(account.business) > 1])
    made = Opportunity(
        id=initiative.id,
        title=usual.title,
        need=f"{usual.need.replace('{initiative}', initiative.name)} {decider.name} decides.",
        line=business.line,
        region=business.region,
        share=(SHARES[place][0] / crowd, SHARES[place][1] / crowd),
        runs=usual.runs,
        lead=usual.lead,
        decider=decider.id,
        says=SAYS[decider.function],
    )
    return made.model_copy(update={"id": usual_names(initiative.id)[place]})


def _decider(usual: Usual, account: Account, initiative: Initiative) -> Person:
    """The first of those whose function decides such a purchase, else the initiative's owner: power is hidden."""
    owner = next(person for person in account.people if person.id == initiative.owner)
    return next((person for person in account.people if person.function in usual.deciders), owner)
