"""How the parts of a negotiation fit together: who sits there, by when, and whether there is anything to trade."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, get_args

from kamsim.scenario.findings import listed
from kamsim.scenario.talks import Issue, Talk

if TYPE_CHECKING:
    from kamsim.scenario.customer import Account
    from kamsim.scenario.models import Scenario
    from kamsim.scenario.notes import Notes, Path

LONGEST_TALK = 2
"""Quarters after its own in which a talk may fall due."""
GIVEN = ("price", "service", "days", "help")
"""What we give."""


def check_talks(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    """All talks of an account."""
    people = {person.id: person.name for person in account.people}
    lines = {line.id: line.name for line in scenario.lines}
    initiatives = {initiative.id: initiative.name for initiative in account.initiatives}
    bought = {business.line for business in account.business}
    for index, talk in enumerate(account.talks):
        here: Path = (*at, "talks", index)
        notes.reference(talk.person, people, (*here, "person"), "person", account.id)
        notes.reference(talk.initiative, initiatives, (*here, "initiative"), "initiative", account.id)
        if notes.reference(talk.line, lines, (*here, "line"), "line") and talk.line not in bought:
            notes.error("K308", (*here, "line"), f"{account.id} does not buy '{talk.line}'")
        last = talk.quarter + LONGEST_TALK
        if not talk.quarter <= talk.due <= last:
            message = f"due must be between quarter {talk.quarter} and {last}, not {talk.due}"
            notes.error("K304", (*here, "due"), message)
        if talk.quarter == 1:
            message = "nobody can work out what anything costs before the first books close"
            notes.error("K341", (*here, "quarter"), message)
        _worth(talk, here, notes)
        _words(talk, people.get(talk.person, talk.person), here, notes)
    for (_, one), (later, two) in combinations(enumerate(account.talks), 2):
        if one.quarter <= two.due and two.quarter <= one.due:
            message = f"the talks '{one.id}' and '{two.id}' of {account.id} are open at once"
            notes.warning("K313", (*at, "talks", later), message)


def _worth(talk: Talk, at: Path, notes: Notes) -> None:
    """Something can be agreed, and not by price alone."""
    values = {issue: float(getattr(talk.values, issue)) for issue in get_args(Issue)}
    most = sum(value for value in values.values() if value > 0)
    wanted = talk.walk_away + talk.aspiration * max(0.0, most - talk.walk_away)
    if most <= wanted + 1e-9:
        message = (
            f"the best that '{talk.id}' could give them is {most:.3g} of a year's purchases, and they want {wanted:.3g}"
        )
        notes.error("K342", (*at, "walk_away"), message)
    elif values["price"] >= wanted:
        message = (
            f"six points of price are worth {values['price']:.3g} and they want {wanted:.3g}: nothing else is needed"
        )
        notes.warning("K343", (*at, "values"), message)
    if all(values[issue] <= 0 for issue in GIVEN if issue != "price"):
        message = f"nothing that we could give but price is worth anything in '{talk.id}', so there is nothing to trade"
        notes.warning("K343", (*at, "values"), message)


def _words(talk: Talk, name: str, at: Path, notes: Notes) -> None:
    """Something to say on each issue."""
    for key, told in (("counters", talk.replies.counters), ("hints", talk.replies.hints)):
        if silent := [issue for issue in get_args(Issue) if issue not in told]:
            message = f"{name} has nothing to say for {listed(silent)}"
            notes.warning("K344", (*at, "replies", key), message, key=bool(told))
