"""How the parts of business cases fit together: the deal desk, moments on the spot, worked examples."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

from kamsim.scenario.casework import Moment
from kamsim.scenario.customer import Account
from kamsim.scenario.findings import listed
from kamsim.scenario.models import Scenario
from kamsim.scenario.notes import Notes, Path
from kamsim.scenario.prose import check_case_says
from kamsim.scenario.vocabulary import CompanyMetric, Criterion


def check_casework(scenario: Scenario, notes: Notes) -> None:
    """The desk, the examples, and every moment."""
    _desk(scenario, notes)
    _examples(scenario, notes)
    _moments(scenario, notes)


def _desk(scenario: Scenario, notes: Notes) -> None:
    desk = scenario.desk
    asked = [index for index, unlock in enumerate(scenario.unlocks) if unlock.move == "ask_desk"]
    if desk is None:
        for index in asked:
            notes.warning("K333", ("unlocks", index, "move"), "there is no desk that could be asked")
        return
    if not asked:
        message = "no unlock of ask_desk gives the reason why this desk may be asked, and when"
        notes.warning("K333", ("desk",), message, key=True)
    if list(desk.bands) != sorted(desk.bands):
        told = listed(f"{band:g}" for band in desk.bands)
        notes.error("K338", ("desk", "bands"), f"bands must rise, each at least the one before, not {told}")
    if not any(approver.power > 0 for approver in desk.approvers):
        message = "nobody on the desk has power, so nobody can decide"
        notes.error("K310", ("desk", "approvers"), message, key=True)
    seats: dict[str, str] = {}
    for index, approver in enumerate(desk.approvers):
        if approver.seat in seats:
            message = f"{approver.name} has the seat of {approver.seat}, and so has {seats[approver.seat]}"
            notes.warning("K332", ("desk", "approvers", index, "seat"), message)
        seats.setdefault(approver.seat, approver.name)
        check_case_says(approver.says, ("desk", "approvers", index, "says"), approver.name, notes)


def _examples(scenario: Scenario, notes: Notes) -> None:
    for index, example in enumerate(scenario.examples):
        ours = example.good.metric in get_args(CompanyMetric)
        if ours != (example.audience == "company"):
            theirs = "what the desk is judged on, profit or volume" if not ours else "what the customer measures"
            message = f"a case for the {example.audience} claims {theirs}, not {example.good.metric}"
            notes.warning("K340", ("examples", index, "good", "metric"), message)


def _moments(scenario: Scenario, notes: Notes) -> None:
    """At most one moment a quarter in the whole scenario, and each about something that is going on by then."""
    found: list[tuple[Moment, Path]] = []
    for owner, account in enumerate(scenario.accounts):
        people = {person.id: person.name for person in account.people}
        for index, moment in enumerate(account.moments):
            here: Path = ("accounts", owner, "moments", index)
            found.append((moment, here))
            notes.reference(moment.person, people, (*here, "person"), "person", account.id)
            _moment_subject(moment, account, here, notes)
            _moment_words(moment, here, notes)
    found.sort(key=lambda item: item[0].quarter)
    if found and found[0][0].twist != "none":
        first, here = found[0]
        notes.warning("K331", (*here, "twist"), f"'{first.id}' is the first moment; one learns better without a twist")
    for (before, there), (moment, here) in pairwise(found):
        if moment.quarter == before.quarter:
            place = notes.source.at(there)
            message = f"'{before.id}' comes in quarter {moment.quarter} too ({place.file}:{place.line}); one a quarter"
            notes.error("K329", (*here, "quarter"), message)
        elif moment.quarter - before.quarter <= moment.spread + before.spread:
            message = f"'{before.id}' may come in the same quarter, and one of the two is lost then; narrow a spread"
            notes.warning("K359", (*here, "quarter"), message)


def _moment_subject(moment: Moment, account: Account, at: Path, notes: Notes) -> None:
    names = {initiative.id: initiative.name for initiative in account.initiatives}
    if moment.initiative is None:
        if not any(initiative.owner == moment.person for initiative in account.initiatives):
            message = f"'{moment.id}' names no initiative, and '{moment.person}' owns none"
            notes.warning("K339", at, message)
        return
    if not notes.reference(moment.initiative, names, (*at, "initiative"), "initiative", account.id):
        return
    initiative = next(item for item in account.initiatives if item.id == moment.initiative)
    if initiative.state == "dormant" and not any(turn.quarter <= moment.quarter for turn in initiative.turns):
        message = f"'{initiative.id}' has not started by quarter {moment.quarter}"
        notes.warning("K339", (*at, "initiative"), message)


def _moment_words(moment: Moment, at: Path, notes: Notes) -> None:
    if moment.twist != "none" and moment.twist_text is None:
        message = f"the twist of '{moment.id}' needs a twist_text, which tells the player what has changed"
        notes.error("K330", (*at, "twist"), message)
    if moment.twist == "none" and moment.twist_text is not None:
        notes.warning("K330", (*at, "twist_text"), f"'{moment.id}' has no twist, so its twist_text is never said")
    if silent := [word for word in get_args(Criterion) if word not in moment.objections]:
        message = f"{moment.person} has no objection for {listed(silent)}"
        notes.warning("K337", (*at, "objections"), message, key=True)
