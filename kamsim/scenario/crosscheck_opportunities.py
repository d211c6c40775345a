"""How the purchases of initiatives fit: they can arise and be decided, and what they take is there to be bought."""

from __future__ import annotations

from collections.abc import Iterator

from kamsim.scenario.customer import Account, Initiative, Opportunity
from kamsim.scenario.models import Scenario
from kamsim.scenario.notes import Notes, Path
from kamsim.scenario.opportunities import opportunities_of

Cell = tuple[str, str]
"""A line and a region."""


def check_opportunities(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    """All that one customer's initiatives bring, as its author wrote it."""
    lines = {line.id: line.name for line in scenario.lines}
    regions = {region.id: region.name for region in account.regions}
    people = {person.id: person.name for person in account.people}
    cells = {_cell(item.line, item.region, account) for item in account.business}
    for path, initiative, item, written in _slots(account, at):
        if not written:
            continue
        notes.reference(item.decider, people, (*path, "decider"), "person", account.id)
        known = notes.reference(item.line, lines, (*path, "line"), "line")
        if item.region is not None:
            known = notes.reference(item.region, regions, (*path, "region"), "region", account.id) and known
        cell = _cell(item.line, item.region, account)
        if known and cell not in cells:
            message = f"{account.id} does not buy '{cell[0]}' in the region '{cell[1]}'"
            notes.error("K308", (*path, "line"), message)
        elif known:
            _capacity(item, path, account, scenario, notes)
        _ranges(item, path, notes)
        _lives(item, initiative, path, scenario, notes)
    _wallets(account, at, notes)
    _solutions(account, at, scenario, notes)


def check_ids(scenario: Scenario, notes: Notes) -> None:
    """Ids of purchases are unique in the whole scenario, because logs name them."""
    found = [
        ((*path, "id"), item.id)
        for row, account in enumerate(scenario.accounts)
        for path, _, item, written in _slots(account, ("accounts", row))
        if written
    ]
    notes.unique(found, "opportunity")


def first_alive(initiative: Initiative, never: int = 0) -> int:
    """The first quarter in which an initiative may bring something to be bought; what is over may start anew."""
    if initiative.state != "dormant":
        return 1
    return min((turn.quarter for turn in initiative.turns if turn.to != "dormant"), default=never)


def _slots(account: Account, at: Path) -> Iterator[tuple[Path, Initiative, Opportunity, bool]]:
    """Each purchase with its path and its initiative, and whether an author wrote it; those of an initiative without a
    known owner cannot be made."""
    people = {person.id for person in account.people}
    for index, initiative in enumerate(account.initiatives):
        here: Path = (*at, "initiatives", index)
        written = initiative.opportunities is not None
        if written or initiative.owner in people:
            for place, item in enumerate(opportunities_of(account, initiative)):
                yield ((*here, "opportunities", place) if written else here), initiative, item, written


def _cell(line: str, region: str | None, account: Account) -> Cell:
    return line, region or account.regions[0].id


def _ranges(item: Opportunity, at: Path, notes: Notes) -> None:
    for name in ("share", "runs", "lead"):
        low, high = getattr(item, name)
        if low > high:
            notes.error("K304", (*at, name), f"{name} goes from {low:g} down to {high:g}; write the smaller one first")


def _lives(item: Opportunity, initiative: Initiative, at: Path, scenario: Scenario, notes: Notes) -> None:
    """It can arise, and be decided before the longest session is over."""
    if item.chance == 0:
        notes.warning("K352", (*at, "chance"), f"'{item.id}' never arises: its chance is 0")
    longest = scenario.length.longest
    first = first_alive(initiative)
    if not first:
        message = f"'{item.id}' never arises: '{initiative.id}' is {initiative.state}, and no turn starts it"
        notes.warning("K352", at, message)
    elif first + item.lead[0] > longest:
        message = (
            f"'{item.id}' is never decided: it arises in quarter {first} at the earliest and takes {item.lead[0]:g} "
            f"quarters at least; the longest session has {longest}"
        )
        notes.warning("K353", (*at, "lead"), message)


def _wallets(account: Account, at: Path, notes: Notes) -> None:
    """All that may run at once in a line and region is no more than what is bought there."""
    taken: dict[Cell, float] = {}
    where: dict[Cell, Path] = {}
    for path, _, item, written in _slots(account, at):
        cell = _cell(item.line, item.region, account)
        taken[cell] = taken.get(cell, 0.0) + max(item.share)
        if written:
            where[cell] = path
    for cell, path in where.items():
        if taken[cell] > 1 + 1e-9:
            message = (
                f"purchases of '{cell[0]}' in the region '{cell[1]}' may take {taken[cell]:.0%} of what {account.id} "
                "buys there at once; their highest shares together may be 100% at most"
            )
            notes.error("K354", (*path, "share"), message)


def _solutions(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    """Who buys a solution has something under way, sooner or later."""
    solutions = {line.id for line in scenario.lines if line.solution}
    if any(first_alive(initiative) for initiative in account.initiatives):
        return
    for index, business in enumerate(account.business):
        if business.line in solutions:
            message = f"{account.id} never buys '{business.line}': it is a solution, and no initiative there ever lives"
            notes.warning("K356", (*at, "business", index, "line"), message)


def _capacity(item: Opportunity, at: Path, account: Account, scenario: Scenario, notes: Notes) -> None:
    """A line that is not full without it is not past its capacity with one purchase alone."""
    line = next(one for one in scenario.lines if one.id == item.line)
    usual = sum(b.wallet * b.share for one in scenario.accounts for b in one.business if b.line == line.id)
    cell = _cell(item.line, item.region, account)
    bought = next(b for b in account.business if _cell(b.line, b.region, account) == cell)
    load = line.other_load + usual
    won = load + max(item.share) * bought.wallet * (1 - bought.share)
    if load <= line.capacity < won:
        message = (
            f"'{item.id}' at its largest, if we win it, takes '{line.id}' to {won:,.0f} units a quarter, and its "
            f"capacity is {line.capacity:,.10g}"
        )
        notes.warning("K355", (*at, "share"), message)
