"""A scenario's folder becomes a `Scenario`, or findings that say where each fault stands and what to do.

`folder` makes one tree of its files, `placeholders` fills in names and money; `crosscheck` has the last word, so that
whoever holds a scenario can trust its references.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kamsim.errors import ScenarioError
from kamsim.scenario.basics import RECORDED
from kamsim.scenario.crosscheck import crosscheck
from kamsim.scenario.findings import Finding, Place, abridged, fault
from kamsim.scenario.folder import Folder, Refused, entry_of, shipped
from kamsim.scenario.models import Scenario
from kamsim.scenario.placeholders import fill, names_of
from kamsim.scenario.values import explain
from kamsim.scenario.yaml_text import Node, Source

__all__ = [
    "Finding",
    "Reading",
    "canonical",
    "load_scenario",
    "read",
    "read_scenario",
    "scenario_from_canonical",
    "shipped",
    "words_of",
]

READ_HERE = ("names", "exchange", "difficulty")
"""Keys of ``scenario.yaml`` that the reader uses up."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a scenario: the scenario, unless its text or values were refused, and all findings."""

    scenario: Scenario | None
    source: Source
    findings: tuple[Finding, ...]
    """In the order of files and lines; errors that forbid play, and warnings."""
    uncounted: int = 0
    """Further errors, too many to put in words."""
    crosschecked: bool = True
    """Whether it was looked at how things fit together."""
    files: tuple[str, ...] = ()
    """All that were read, those of a base last."""


def load_scenario(path_or_id: str | Path) -> Scenario:
    """The scenario of a shipped id, a folder, or a ``scenario.yaml``.

    Raises ScenarioError with every error found, not just the first.
    """
    reading = read(path_or_id)
    errors = [found for found in reading.findings if found.severity == "error"]
    if errors or reading.scenario is None:
        raise ScenarioError(abridged(errors, reading.uncounted))
    return reading.scenario


def read_scenario(path: str | Path) -> tuple[Scenario | None, list[Finding]]:
    """The scenario, where it could be built at all, and all findings, warnings included."""
    reading = read(path)
    return reading.scenario, list(reading.findings)


def scenario_from_canonical(
    data: dict[str, Any], told: str = "the recorded scenario", *, played: bool = False
) -> Scenario:
    """The scenario that `canonical` wrote down, called ``told`` in findings. Raises ScenarioError.

    ``played``: only what was played is looked at, so what an earlier kamsim accepted is read even where it lies beyond
    bounds that authors have to keep since.
    """
    source = Source(None, told, data)
    try:
        context = RECORDED if played else None
        scenario = Scenario.model_validate_json(json.dumps(data), strict=True, context=context)
    except ValidationError as error:
        findings, beyond = explain(error, source)
        raise ScenarioError(abridged(findings, beyond)) from None
    except (TypeError, ValueError, RecursionError):
        raise ScenarioError(
            [fault("K200", Place(source.file, 0, 0), "this is not a scenario's recorded data")]
        ) from None
    if errors := [found for found in crosscheck(scenario, source, played=played) if found.severity == "error"]:
        raise ScenarioError(abridged(errors))
    return scenario


def canonical(scenario: Scenario) -> dict[str, Any]:
    """The whole scenario as JSON data, defaults filled in: what a log's header holds."""
    return scenario.model_dump(mode="json")


def read(path_or_id: str | Path) -> Reading:
    """Read a scenario and say everything about it, whatever is in its files."""
    try:
        entry, name = entry_of(path_or_id)
    except Refused as refused:
        return Reading(None, Source(None, refused.finding.file), (refused.finding,))
    return _read(Folder(entry, name))


def words_of(path_or_id: str | Path) -> dict[str, str]:
    """The words that a scenario's prose may take by name, and what they stand for. Raises ScenarioError where it cannot
    be read."""
    try:
        tree = Folder(*entry_of(path_or_id)).tree()
    except Refused as refused:
        raise ScenarioError([refused.finding]) from None
    return {} if tree is None else names_of(tree).whole


def _read(folder: Folder) -> Reading:
    tree = folder.tree()
    if tree is None:
        return Reading(None, Source(None, folder.name), tuple(folder.findings), files=tuple(folder.files))
    root, unfilled = fill(tree, folder.texts, folder.base.names if folder.base else None)
    findings = [*folder.findings, *unfilled]
    source = Source(root, folder.name)
    unsound = any(found.severity == "error" for found in findings)
    beyond = 0
    scenario = None
    crosschecked = False
    try:
        scenario = Scenario.model_validate(_without_names(root).plain(), strict=True)
    except ValidationError as error:
        values, beyond = explain(error, source)
        findings += [found for found in values if folder.whole or not _about_accounts(found, folder.listed)]
    else:
        if crosschecked := folder.whole and not unsound:
            findings += crosscheck(scenario, source)
    findings.sort(key=lambda found: (folder.rank(found.file), found.line, found.column))
    return Reading(None if unsound else scenario, source, tuple(findings), beyond, crosschecked, tuple(folder.files))


def _without_names(root: Node) -> Node:
    """The tree without what only placeholders read."""
    assert isinstance(root.value, dict)
    return replace(root, value={key: node for key, node in root.value.items() if key not in READ_HERE})


def _about_accounts(found: Finding, listed: Node | None) -> bool:
    """Whether a finding only says that accounts are too few, which follows from those that could not be read."""
    return listed is not None and found.code == "K208" and found.message.startswith("accounts ")
