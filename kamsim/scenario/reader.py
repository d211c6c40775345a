"""A scenario's folder becomes a `Scenario`, or findings that say where each fault stands and what to do.

``scenario.yaml`` lists its accounts by name; each name is a file in ``accounts/``. Two of its parts may stand in
a file of their own beside it: ``desk.yaml`` and ``examples.yaml`` hold what would follow that key. Nothing outside
the folder is ever opened. `crosscheck` has the last word, so that whoever holds a scenario can trust its references.
"""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kamsim.errors import ScenarioError
from kamsim.paths import data_folder
from kamsim.scenario.basics import RECORDED
from kamsim.scenario.crosscheck import crosscheck
from kamsim.scenario.findings import Finding, Place, abridged, but_not, fault, printable, suggest, warning
from kamsim.scenario.models import Scenario
from kamsim.scenario.placeholders import fill
from kamsim.scenario.values import explain
from kamsim.scenario.yaml_text import MOST_BYTES, Budget, Node, Source, read_yaml

__all__ = [
    "Finding",
    "Reading",
    "canonical",
    "load_scenario",
    "read",
    "read_scenario",
    "scenario_from_canonical",
    "shipped",
]

MOST_ACCOUNTS = 40
MOST_BYTES_IN_ALL = 4 * MOST_BYTES
SLUG = re.compile(r"[a-z][a-z0-9_]{0,31}")
ENTRY = "scenario.yaml"
PARTS = ("desk", "examples")
"""Keys of a scenario that may stand in a file of that name beside its first."""
READ_HERE = ("names",)
"""Keys of ``scenario.yaml`` that the reader uses up: words for placeholders."""


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


def shipped() -> list[str]:
    """The ids of the scenarios that come with kamsim."""
    return sorted(entry.parent.name for entry in data_folder("scenarios").glob(f"*/{ENTRY}"))


def read(path_or_id: str | Path) -> Reading:
    """Read a scenario and say everything about it, whatever is in its files."""
    try:
        entry, name = _entry(path_or_id)
    except _Refused as refused:
        return Reading(None, Source(None, refused.finding.file), (refused.finding,))
    return _FolderReader(entry, name).read()


class _Refused(Exception):
    """A file that will not be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


def _entry(path_or_id: str | Path) -> tuple[Path, str]:
    """The scenario's first file, and its name as findings show it."""
    told = str(path_or_id)
    if SLUG.fullmatch(told) and isinstance(path_or_id, str):
        try:
            ids = shipped()
        except FileNotFoundError as error:
            raise _Refused(fault("K101", Place(told, 0, 0), str(error))) from None
        if told in ids:
            entry = data_folder("scenarios") / told / ENTRY
            return entry, os.path.relpath(entry) if entry.is_relative_to(Path.cwd()) else str(entry)
        if not Path(told).exists():
            message = f"there is no scenario or folder {but_not(told).removeprefix(', not ')}"
            raise _Refused(fault("K101", Place(told, 0, 0), message, suggest(told, ids)))
    path = Path(path_or_id)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        raise _Refused(fault("K101", Place(told, 0, 0), "there is no such folder or file")) from None
    if stat.S_ISDIR(mode):
        return path / ENTRY, str(path / ENTRY)
    if path.name != ENTRY:
        message = f"give the scenario's folder, or its {ENTRY}"
        folder = path.parent.parent if path.parent.name == "accounts" else path.parent
        if (folder / ENTRY).is_file():
            raise _Refused(fault("K101", Place(told, 0, 0), message, f"'{folder}'"))
        hint = f"; rename this file to {ENTRY}" if path.name == f"{Path(ENTRY).stem}.yml" else ""
        raise _Refused(fault("K101", Place(told, 0, 0), message + hint))
    return path, told


class _FolderReader:
    """Reads one scenario's files within its budgets."""

    def __init__(self, entry: Path, name: str) -> None:
        self.entry, self.name = entry, name
        self.folder = entry.parent
        self.findings: list[Finding] = []
        self.budget = Budget()
        self.bytes_left = MOST_BYTES_IN_ALL
        self.files = [printable(name)]
        self.whole = True
        """Whether every account could be read; else nothing can be said about how things fit together."""

    def read(self) -> Reading:
        root = self.mapping(self.entry, self.name, Place(self.name))
        if root is None or not isinstance(root.value, dict):
            return Reading(None, Source(None, self.name), tuple(self.findings))
        entries, keys = dict(root.value), dict(root.keys)
        for part in PARTS:
            node = self.part(part, keys.get(part))
            if node is not None:
                entries[part], keys[part] = node, node.place
        listed = entries.get("accounts")
        if listed is not None:
            entries["accounts"] = Node(self.accounts(listed), listed.place)
        root, unfilled = fill(Node(entries, root.place, keys))
        self.findings += unfilled
        source = Source(root, self.name)
        self.unlisted(listed)
        self.misnamed()
        unsound = any(found.severity == "error" for found in self.findings)
        beyond = 0
        scenario = None
        crosschecked = False
        try:
            scenario = Scenario.model_validate(_without_names(root).plain(), strict=True)
        except ValidationError as error:
            values, beyond = explain(error, source)
            values = [found for found in values if self.whole or not _about_accounts(found, listed)]
            self.findings.extend(values)
        else:
            if crosschecked := self.whole and not unsound:
                self.findings.extend(crosscheck(scenario, source))
        self.findings.sort(key=lambda found: (self.rank(found.file), found.line, found.column))
        return Reading(None if unsound else scenario, source, tuple(self.findings), beyond, crosschecked)

    def rank(self, file: str) -> int:
        return self.files.index(file) if file in self.files else len(self.files)

    def part(self, part: str, told_at: Place | None) -> Node | None:
        """What the part's own file holds, where there is one; ``told_at`` is where the first file gives it already."""
        path = self.folder / f"{part}.yaml"
        name = str(Path(self.name).parent / path.name)
        if not os.path.lexists(path):
            return None
        self.files.append(printable(name))
        if told_at is not None:
            self.refuse("K123", told_at, f"{part} stands here and in {path.name}; keep one of the two")
            return None
        return self.document(path, name, Place(name, 0, 0))

    def misnamed(self) -> None:
        """Note files beside the first that were probably meant as a part of it."""
        read = {ENTRY, *(f"{part}.yaml" for part in PARTS)}
        for path in sorted(self.folder.glob("[!.]*.y*ml")):
            meant = suggest(path.stem, PARTS).strip("'")
            if meant and path.name not in read:
                self.findings.append(warning("K122", Place(self.name), f"{path.name} is not read", f"'{meant}.yaml'"))

    def accounts(self, listed: Node) -> tuple[Node, ...]:
        """The account files' mappings, in the place of their names."""
        if not isinstance(listed.value, tuple):
            self.refuse("K120", listed.place, "accounts must be a list of file names in accounts/, without ending")
            return ()
        if len(listed.value) > MOST_ACCOUNTS:
            self.refuse("K120", listed.place, f"a scenario has at most {MOST_ACCOUNTS} accounts")
            return ()
        read = [(item, self.account(item)) for item in listed.value]
        names: set[str] = set()
        for item, _ in read:
            if isinstance(item.value, str) and item.value in names:
                self.refuse("K120", item.place, f"the account '{printable(item.value[:40])}' is listed twice")
            names.add(str(item.value))
        return tuple(node for _, node in read if node is not None)

    def unlisted(self, listed: Node | None) -> None:
        """Note files beside the accounts that nobody will ever read."""
        if not self.whole or listed is None or not isinstance(listed.value, tuple):
            return
        names = {str(item.value) for item in listed.value}
        for path in sorted((self.folder / "accounts").glob("[!.]*.y*ml")):
            if path.stem not in names and path.suffix in (".yaml", ".yml"):
                message = f"accounts/{path.name} is not listed here, so it is not read"
                self.findings.append(warning("K122", listed.place, message))

    def account(self, item: Node) -> Node | None:
        if not isinstance(item.value, str) or not SLUG.fullmatch(item.value):
            told = but_not(item.value)
            self.refuse("K120", item.place, f"an account is listed by the name of its file, of a-z, 0-9 and _{told}")
            return None
        path = self.folder / "accounts" / f"{item.value}.yaml"
        name = str(Path(self.name).parent / "accounts" / path.name)
        self.files.append(printable(name))
        node = self.mapping(path, name, item.place)
        if node is None:
            self.whole = False
            return None
        own = node.value.get("id") if isinstance(node.value, dict) else None
        if own is not None and isinstance(own.value, str) and own.value != item.value:
            self.refuse("K121", own.place, f"id must be the file's name, '{item.value}'{but_not(own.value)}")
        return node

    def mapping(self, path: Path, name: str, told_at: Place) -> Node | None:
        """The mapping that a file holds; None, and a finding, when it holds none."""
        node = self.document(path, name, told_at)
        if node is not None and not isinstance(node.value, dict):
            self.findings.append(
                fault("K117", node.place, f"a file holds named values (key: value){but_not(node.plain())}")
            )
            return None
        return node

    def document(self, path: Path, name: str, told_at: Place) -> Node | None:
        """What a file holds; None, and findings, when it cannot be read."""
        try:
            raw = self.bytes_of(path, name, told_at)
        except _Refused as refused:
            self.findings.append(refused.finding)
            return None
        node, findings = read_yaml(raw, name, self.budget)
        self.findings.extend(findings)
        return node

    def bytes_of(self, path: Path, name: str, told_at: Place) -> bytes:
        told = name if path == self.entry else path.relative_to(self.folder).as_posix()
        try:
            if path != self.entry and not path.resolve().is_relative_to(self.folder.resolve()):
                raise _Refused(fault("K102", told_at, f"{told} leads outside the scenario's folder"))
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                kind = "is a folder" if stat.S_ISDIR(mode) else "is not a regular file"
                raise _Refused(fault("K102", told_at, f"{told} {kind}, and should be a YAML file"))
            with path.open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            if path.with_suffix(".yml").is_file():
                message = f"there is no file {told}; rename {path.stem}.yml to {path.name}"
                raise _Refused(fault("K101", told_at, message)) from None
            if (hidden := path.with_name(f"{path.name}.txt")).is_file():
                message = f"there is no file {told}; rename {hidden.name}, whose last ending Windows may hide"
                raise _Refused(fault("K101", told_at, message)) from None
            if path == self.entry and (self.folder.parent / ENTRY).is_file():
                message = f"there is no file {told}; give the scenario's folder, {Path(told).parent.parent}"
                raise _Refused(fault("K101", told_at, message)) from None
            known = [file.stem for file in path.parent.glob("*.yaml")] if path.parent != self.folder else []
            raise _Refused(fault("K101", told_at, f"there is no file {told}", suggest(path.stem, known))) from None
        except (OSError, RuntimeError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "its path leads nowhere"
            raise _Refused(fault("K102", told_at, f"{told} cannot be read: {reason.lower()}")) from None
        self.bytes_left -= len(raw)
        if self.bytes_left < 0:
            raise _Refused(fault("K103", told_at, f"the scenario's files hold more than {MOST_BYTES_IN_ALL >> 20} MiB"))
        return raw

    def refuse(self, code: str, place: Place, message: str) -> None:
        self.whole = False
        self.findings.append(fault(code, place, message))


def _without_names(root: Node) -> Node:
    """The tree without what only placeholders read."""
    assert isinstance(root.value, dict)
    return replace(root, value={key: node for key, node in root.value.items() if key not in READ_HERE})


def _about_accounts(found: Finding, listed: Node | None) -> bool:
    """Whether a finding only says that accounts are too few, which follows from those that could not be read."""
    return listed is not None and found.code == "K208" and found.message.startswith("accounts ")
