"""What a variant of a shipped scenario still says of those whom it has left out (customers, and people), and of lines
that it calls something else."""

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
    """A warning for each text that names somebody of the scenario that this one was made from, and not of this one, and
    for each line that has another name and is still counted in the old unit."""
    named = [
        warning("K346", place, f"this names {name}, of {base}, and there is none such here{_anew(place, at, source)}")
        for base, words in _bases(scenario)
        for at, text in texts(scenario)
        for name, place in [(_first_of(words, text), source.at(at))]
        if name
    ]
    return [*named, *_units(scenario, source)]


def _units(scenario: Scenario, source: Source) -> Iterator[Finding]:
    """Lines under another name whose units are still called as those of the base, in words that it does not have."""
    for base in _based_on(scenario):
        old = {line.id: line for line in base.lines}
        for row, line in enumerate(scenario.lines):
            was = old.get(line.id)
            apart = not any(word in line.name.casefold() for word in line.unit.casefold().split())
            if was is not None and line.name != was.name and line.unit == was.unit and apart:
                said = f"{line.name} was {was.name} in {base.id}, and one of it is still called '{line.unit}'"
                mend = f"say 'unit' anew under lines, {line.id}"
                yield warning("K346", source.at(("lines", row, "unit")), f"{said}; {mend}")


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
    own = {word for name in _names(scenario) for word in name.split()}
    for base in _based_on(scenario):
        dropped = {_told(name) for name in _names(base)} - own
        if dropped:
            yield base.id, re.compile(rf"\b({'|'.join(map(re.escape, sorted(dropped)))})\b")


def _based_on(scenario: Scenario) -> Iterator[Scenario]:
    """Shipped scenarios that this one is a variant of: those with which it shares customers."""
    here = {account.id for account in scenario.accounts}
    for base in shipped():
        there = {file.stem for file in (data_folder("scenarios") / base / "accounts").glob("*.yaml")}
        if base != scenario.id and len(here & there) >= SHARED:
            yield load_scenario(base)


def _names(scenario: Scenario) -> Iterator[str]:
    """Customers by name, then people with the surname first."""
    for account in scenario.accounts:
        yield account.name
        for person in account.people:
            yield " ".join(reversed(person.name.split()))


def _told(name: str) -> str:
    """The word by which others speak of somebody."""
    return name.split(maxsplit=1)[0]
