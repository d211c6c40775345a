"""How the parts of a scenario fit together: what no single field can tell.

Each check walks one part of the scenario and notes findings at its path.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from kamsim.scenario.crosscheck_casework import check_casework
from kamsim.scenario.crosscheck_customer import check_customer
from kamsim.scenario.crosscheck_opportunities import check_ids, check_opportunities
from kamsim.scenario.crosscheck_organisation import check_organisation
from kamsim.scenario.crosscheck_size import check_size
from kamsim.scenario.crosscheck_supplier import check_supplier
from kamsim.scenario.crosscheck_talks import check_talks
from kamsim.scenario.findings import Finding
from kamsim.scenario.models import Scenario
from kamsim.scenario.notes import Notes, Path
from kamsim.scenario.prose import check_prose
from kamsim.scenario.yaml_text import Source

REPLIES = ("recut_case", "accept_condition", "measure_promise", "answer_moment", "press_moment", "close_moment",
           "ask_table", "propose", "leave_table")  # fmt: skip
"""Moves that answer to something that has happened, and are needed as soon as it has."""


def crosscheck(scenario: Scenario, source: Source, *, played: bool = False) -> list[Finding]:
    """Everything that does not fit, in no order; of a scenario that was ``played``, only whether its parts find one
    another."""
    notes = Notes(source)
    check_supplier(scenario, notes)
    check_casework(scenario, notes)
    _unlocks(scenario, notes)
    _identities(scenario, notes)
    _portraits(scenario, notes)
    check_organisation(scenario, notes)
    for index, account in enumerate(scenario.accounts):
        at: Path = ("accounts", index)
        check_customer(account, at, scenario, notes)
        check_talks(account, at, scenario, notes)
        check_opportunities(account, at, scenario, notes)
    if played:
        return notes.findings
    check_size(scenario, notes)
    for at, quarter in _quarters(scenario):
        if quarter > scenario.length.longest:
            longest = scenario.length.longest
            notes.warning("K305", at, f"quarter {quarter} never comes; the longest session has {longest}")
    _expectations(scenario, notes)
    check_prose(scenario, notes)
    return notes.findings


def _quarters(model: BaseModel, at: Path = ()) -> Iterator[tuple[Path, int]]:
    """Every calendar entry of a model."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name == "examples":
            continue
        if name in ("quarter", "due", "until") and isinstance(value, int) and at[:1] != ("time",):
            yield (*at, name), value
        elif isinstance(value, BaseModel):
            yield from _quarters(value, (*at, name))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _quarters(item, (*at, name, index))


def _unlocks(scenario: Scenario, notes: Notes) -> None:
    for index, unlock in enumerate(scenario.unlocks):
        if unlock.move in REPLIES and unlock.quarter > 1:
            message = f"{unlock.move} answers to what has happened, so it should not wait for quarter {unlock.quarter}"
            notes.warning("K334", ("unlocks", index, "move"), message)


def _portraits(scenario: Scenario, notes: Notes) -> None:
    """Whoever is said to be a woman or a man is somebody."""
    people = [person.name for account in scenario.accounts for person in account.people]
    approvers = [item.name for item in scenario.desk.approvers] if scenario.desk else []
    team = [colleague.name for colleague in scenario.organisation.team]
    pool = [specialist.name for specialist in scenario.organisation.pool]
    known = {name: name for name in (*scenario.newcomers, *people, *approvers, *team, *pool)}
    for worn, names in scenario.portraits.items():
        for index, name in enumerate(names):
            notes.reference(name, known, ("portraits", worn, index), "person or newcomer")


def _expectations(scenario: Scenario, notes: Notes) -> None:
    """Something is expected, and of two bots."""
    for index, item in enumerate(scenario.expect):
        at: Path = ("expect", index)
        if item.above is None and item.score is None:
            notes.error("K336", at, "say what is expected: a bot that it stands above, or a range for its score")
        if item.above == item.bot:
            notes.error("K336", (*at, "above"), f"{item.bot} cannot stand above itself")
        if item.score is not None and item.score[0] > item.score[1]:
            notes.error("K336", (*at, "score"), "the lower score comes first")


def _identities(scenario: Scenario, notes: Notes) -> None:
    """Ids are unique within their kind, over the whole scenario, because logs name them."""
    for kind, what in (
        ("lines", "line"),
        ("activities", "activity"),
        ("rivals", "rival"),
        ("news", "news item"),
        ("incident_kinds", "kind of incident"),
        ("accounts", "account"),
        ("examples", "example"),
    ):
        items = [((kind, index, "id"), item.id) for index, item in enumerate(getattr(scenario, kind))]
        notes.unique(items, what)
    for kind, what in (
        ("people", "person"),
        ("initiatives", "initiative"),
        ("requests", "request"),
        ("incidents", "incident"),
        ("tenders", "tender"),
        ("moments", "moment"),
        ("talks", "talk"),
    ):
        owned = [
            (("accounts", owner, kind, index, "id"), item.id)
            for owner, account in enumerate(scenario.accounts)
            for index, item in enumerate(getattr(account, kind))
        ]
        notes.unique(owned, what)
    forces = [
        (("accounts", owner, "initiatives", row, "forces", place, "id"), force.id)
        for owner, account in enumerate(scenario.accounts)
        for row, initiative in enumerate(account.initiatives)
        for place, force in enumerate(initiative.forces)
        if force.id is not None
    ]
    notes.unique(forces, "force")
    check_ids(scenario, notes)
    approvers = scenario.desk.approvers if scenario.desk else ()
    notes.unique([(("desk", "approvers", index, "id"), item.id) for index, item in enumerate(approvers)], "approver")
    notes.unique(
        [(("unlocks", index, "move"), str(unlock.move)) for index, unlock in enumerate(scenario.unlocks)], "unlock of"
    )
