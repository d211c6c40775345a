"""How large a scenario may be: what the books, the codes and the lines of a log can hold.

Money is kept in whole cents that a float holds exactly (2**53), over years and all accounts together; so one customer's
line, one pool of work and so on are bounded far below that. Numbers that each stand within their own bounds can still
be too much when they are multiplied.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Final

from kamsim.scenario.customer import Account, Business
from kamsim.scenario.models import Scenario
from kamsim.scenario.notes import Notes, Path

MOST_MONEY: Final = 1e10
"""What one customer's line, or one pool of work, may come to in a quarter."""
MANY: Final = 1_000
"""Entries of a list in a log, so also of what a scenario names of one kind."""
CODED: Final = 127
"""What an int8 of the engine's state can number."""
COLLEAGUES: Final = 50
"""People of one account: to whom somebody listens is a number with a bit for each, and a float holds 53."""


def check_size(scenario: Scenario, notes: Notes) -> None:
    """Nothing is larger than what is computed and recorded with it can be."""
    for at, told, money in _amounts(scenario):
        if money > MOST_MONEY:
            message = f"{told} comes to {money:,.4g} in a quarter; the books hold {MOST_MONEY:,.0f} of it at most"
            notes.error("K347", at, message)
    for at, what, count, most in _counts(scenario):
        if count > most:
            notes.error("K348", at, f"there are {count:,} {what}, and a scenario may have {most:,}")


def _amounts(scenario: Scenario) -> Iterator[tuple[Path, str, float]]:
    """Everything that is booked: where it stands, what it is, and the most that it can be in a quarter."""
    price = {line.id: max(line.list_price, line.unit_cost * _highest(scenario, "materials")) for line in scenario.lines}
    yield ("company", "hourly_cost"), "the team's time", scenario.company.hourly_cost * scenario.time.quarter
    for index, activity in enumerate(scenario.activities):
        yield ("activities", index, "capacity"), f"'{activity.id}' at capacity", activity.rate * activity.capacity
    for owner, account in enumerate(scenario.accounts):
        at: Path = ("accounts", owner)
        for index, item in enumerate(account.business):
            units = item.wallet * _peak(item, account, scenario)
            told = f"what {account.id} can buy of '{item.line}'"
            yield (*at, "business", index, "wallet"), told, units * price.get(item.line, 0)
        for index, tender in enumerate(account.tenders):
            money = tender.units * price.get(tender.line, 0)
            yield (*at, "tenders", index, "units"), f"the tender '{tender.id}'", money
        yield (*at, "service"), f"the service of {account.id}", _service(account, scenario)


def _service(account: Account, scenario: Scenario) -> float:
    """Cost to serve if the account bought everything from us, in its largest quarter."""
    load = account.service.model_dump()
    now = sum(item.rate * hours * load[driver] for item in scenario.activities for driver, hours in item.hours.items())
    return max((now * _peak(item, account, scenario) / item.share for item in account.business), default=0.0)


def _peak(item: Business, account: Account, scenario: Scenario) -> float:
    """What a wallet may be multiplied by at most (economics B1)."""
    cycle = max((line.cyclicality for line in scenario.lines if line.id == item.line), default=0)
    economy = _highest(scenario, "demand") ** cycle
    growth = (1 + max(0.0, account.growth)) ** scenario.length.longest
    projects = prod(1 + max(0.0, plan.demand.get(item.line, 0)) for plan in account.initiatives)
    return max(item.season) * economy * growth * projects


def _highest(scenario: Scenario, index: str) -> float:
    return max((float(getattr(entry, index)) for entry in scenario.macro), default=1.0)


def _counts(scenario: Scenario) -> Iterator[tuple[Path, str, int, int]]:
    """How many there are of a kind, and may be."""
    yield ("rivals",), "rivals", len(scenario.rivals), CODED
    incidents = len(scenario.incident_kinds) + sum(len(account.incidents) for account in scenario.accounts)
    yield ("incident_kinds",), "kinds of incident and incidents", incidents, CODED
    for kind in ("lines", "activities", "news"):
        yield (kind,), kind, len(getattr(scenario, kind)), MANY
    for kind in ("regions", "business", "people", "initiatives", "requests", "tenders", "moments", "talks"):
        yield ("accounts",), kind, sum(len(getattr(account, kind)) for account in scenario.accounts), MANY
    for owner, account in enumerate(scenario.accounts):
        yield ("accounts", owner, "people"), f"people at {account.id}", len(account.people), COLLEAGUES
