"""How the organisation around the player fits the rest: colleagues and their customers, key status, what can be built
jointly, and how much of it is new at once."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from kamsim.scenario.customer import Account
from kamsim.scenario.findings import listed
from kamsim.scenario.models import Scenario
from kamsim.scenario.notes import Notes, Path
from kamsim.scenario.organisation import MOVES, Colleague, parts
from kamsim.scenario.prose import check_variants
from kamsim.scenario.unlocking import NEW_A_YEAR, QUARTERS, arrivals

AT: Final[Path] = ("organisation",)


def check_organisation(scenario: Scenario, notes: Notes) -> None:
    """The team, the pool, the programme, joint initiatives, and when all this becomes available."""
    _unique(scenario, notes)
    _team(scenario, notes)
    _programme(scenario, notes)
    for index, account in enumerate(scenario.accounts):
        _joint(account, ("accounts", index, "joint"), scenario, notes)
    _new_things(scenario, notes)


def _unique(scenario: Scenario, notes: Notes) -> None:
    own = scenario.organisation
    for kind, what in (("team", "colleague"), ("pool", "specialist")):
        notes.unique([((*AT, kind, row, "id"), item.id) for row, item in enumerate(getattr(own, kind))], what)
    built = [(("accounts", row, "joint", "id"), one.joint.id) for row, one in enumerate(scenario.accounts) if one.joint]
    notes.unique(built, "joint initiative")
    if own.programme:
        at = (*AT, "programme")
        notes.unique([((*at, "key", row), name) for row, name in enumerate(own.programme.key)], "key account")
        years = [
            ((*at, "questions", row, "year"), f"year {one.year}") for row, one in enumerate(own.programme.questions)
        ]
        notes.unique(years, "question of")


def _team(scenario: Scenario, notes: Notes) -> None:
    """Everybody looks after customers that there are, each of them after others, within the team's hours."""
    team, whole = scenario.organisation.team, scenario.time.quarter
    accounts = {account.id: account.name for account in scenario.accounts}
    led: dict[str, str] = {}
    for row, colleague in enumerate(team):
        at: Path = (*AT, "team", row)
        for place, name in enumerate(colleague.accounts):
            if not notes.reference(name, accounts, (*at, "accounts", place), "account"):
                continue
            if led.setdefault(name, colleague.name) != colleague.name:
                message = f"{accounts[name]} is looked after by {led[name]} already; one person leads an account"
                notes.error("K360", (*at, "accounts", place), message)
        _standing(colleague, at, scenario, notes)
        silent = [name for name in type(colleague.says).model_fields if not getattr(colleague.says, name)]
        if silent:
            message = f"{colleague.name} has nothing to say for {listed(silent)}"
            notes.warning("K328", (*at, "says") if "says" in colleague.model_fields_set else at, message, key=True)
        for occasion in type(colleague.says).model_fields:
            check_variants(getattr(colleague.says, occasion), (*at, "says", occasion), notes)
    if (hours := sum(colleague.hours for colleague in team)) > whole:
        message = f"the colleagues have {hours} hours a quarter together, and the team has {whole} with the player's"
        notes.error("K361", (*AT, "team"), message, key=True)
    if scenario.organisation.red_tape and not team:
        message = "red_tape wears down colleagues, and there are none; name them under team"
        notes.warning("K362", (*AT, "red_tape"), message, key=True)


def _standing(colleague: Colleague, at: Path, scenario: Scenario, notes: Notes) -> None:
    """What the contact that the predecessor left takes of a colleague's hours."""
    rhythms = scenario.time.rhythms
    taken = sum(getattr(rhythms, one.rhythm) for one in scenario.accounts if one.id in colleague.accounts)
    if taken > colleague.hours:
        message = f"contact with {colleague.name}'s accounts takes {taken} hours a quarter of {colleague.hours}"
        notes.warning("K362", (*at, "accounts"), message, key=True)


def _programme(scenario: Scenario, notes: Notes) -> None:
    programme, at = scenario.organisation.programme, (*AT, "programme")
    if programme is None:
        return
    accounts = {account.id: account.name for account in scenario.accounts}
    for place, name in enumerate(programme.key):
        notes.reference(name, accounts, (*at, "key", place), "account")
    if len(programme.key) > programme.span:
        message = (
            f"{len(programme.key)} customers are key on the first day, and the programme serves {programme.span} well"
        )
        notes.warning("K363", (*at, "key"), message, key=True)
    last = -(-scenario.length.longest // QUARTERS)
    for place, question in enumerate(programme.questions):
        if question.year > last:
            message = f"year {question.year} never comes; the longest session has {last}"
            notes.warning("K305", (*at, "questions", place, "year"), message)


def _joint(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    """It serves what this customer has under way, and somebody on each side could want it."""
    joint = account.joint
    if joint is None:
        return
    initiatives = {item.id: item.name for item in account.initiatives}
    people = {person.id: person.name for person in account.people}
    approvers = {item.id: item.name for item in scenario.desk.approvers} if scenario.desk else {}
    notes.reference(joint.initiative, initiatives, (*at, "initiative"), "initiative", account.id)
    notes.reference(joint.sponsor, people, (*at, "sponsor"), "person", account.id)
    if joint.inside is not None and not approvers:
        notes.error("K364", (*at, "inside"), "there is no desk, so nobody but the boss can want it; leave inside out")
    else:
        notes.reference(joint.inside, approvers, (*at, "inside"), "approver")
    if (live := joint.design + joint.build) >= scenario.length.longest:
        message = f"designed and built it takes {live} quarters, and the longest session has {scenario.length.longest}"
        notes.warning("K365", at, message, key=True)


def _new_things(scenario: Scenario, notes: Notes) -> None:
    """At most two things a year are new."""
    there = parts(scenario.organisation, any(account.joint for account in scenario.accounts))
    of = {move: part for part, moves in MOVES.items() for move in moves}
    for index, unlock in enumerate(scenario.unlocks):
        if unlock.move in of and of[unlock.move] not in there:
            message = f"{unlock.move} needs '{of[unlock.move]}', which this scenario does not have, so it never comes"
            notes.warning("K366", ("unlocks", index, "move"), message)
    by_year: dict[int, list[str]] = defaultdict(list)
    for quarter, part in arrivals(scenario):
        by_year[1 + (quarter - 1) // QUARTERS].append(f"{part} in quarter {quarter}")
    for year, things in by_year.items():
        if len(things) > NEW_A_YEAR:
            message = f"year {year} brings {listed(things)}; unlock {NEW_A_YEAR} such things a year at most"
            notes.warning("K367", AT, message, key=True)
