"""What a variant of a shipped scenario still says of those whom it has left out: customers, and people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kamsim.paths import data_folder
from kamsim.scenario.findings import Finding, Place, warning
from kamsim.scenario.models import Scenario
from kamsim.scenario.notes import Path
from kamsim.scenario.prose import texts
from kamsim.scenario.reader import load_scenario, shipped
from kamsim.scenario.yaml_text import Source

SHARED = 2
"""Customers that a scenario has in common with a shipped one of which it is a variant."""


def leftovers(scenario: Scenario, source: Source) -> list[Finding]:
    """A warning for each text that names somebody of the scenario that this one was made from, and not of this one."""
    return [
        warning("K346", place, f"this names {name}, of {base}, and there is none such here{_anew(place, at, source)}")
        for base, words in _bases(scenario)
        for at, text in texts(scenario)
        for name, place in [(_first_of(words, text), source.at(at))]
        if name
    ]


def _anew(place: Place, at: Path, source: Source) -> str:
    """How a variant says a text of its base in other words."""
    inherited = _folder_of(place.file) != _folder_of(source.file)
    return f"; give {source.dotted(at)} anew in {source.file}" if inherited else ""


def _folder_of(file: str) -> str:
    """The scenario's folder that holds a file."""
    folder, accounts, _ = file.rpartition("/accounts/")
    return folder if accounts else file.rpartition("/")[0]


def _first_of(words: re.Pattern[str], text: str) -> str:
    found = words.search(text)
    return found.group() if found else ""


def _bases(scenario: Scenario) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Shipped scenarios that this one is a variant of, and the names that it has dropped."""
    here = {account.id for account in scenario.accounts}
    own = {word for name in _names(scenario) for word in name.split()}
    for base in shipped():
        if base == scenario.id:
            continue
        there = {file.stem for file in (data_folder("scenarios") / base / "accounts").glob("*.yaml")}
        if len(here & there) < SHARED:
            continue
        dropped = {_told(name) for name in _names(load_scenario(base))} - own
        if dropped:
            yield base, re.compile(rf"\b({'|'.join(map(re.escape, sorted(dropped)))})\b")


def _names(scenario: Scenario) -> Iterator[str]:
    """Customers by name, then people with the surname first."""
    for account in scenario.accounts:
        yield account.name
        for person in account.people:
            yield " ".join(reversed(person.name.split()))


def _told(name: str) -> str:
    """The word by which others speak of somebody."""
    return name.split(maxsplit=1)[0]
