"""A scenario's folder as one tree of nodes: its files, within their budgets, and those of the base that it extends.

``scenario.yaml`` lists its accounts by name; each name is a file in ``accounts/``. Two of its parts may stand in
a file of their own beside it: ``desk.yaml`` and ``examples.yaml`` hold what would follow that key. Nothing outside
the folder is ever opened, but for the base of a variant: a shipped scenario, or the folder of that name beside it.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from kamsim.paths import data_folder
from kamsim.scenario.findings import Finding, Place, but_not, fault, printable, suggest, warning
from kamsim.scenario.findings import listed as told_list
from kamsim.scenario.variants import Base, overlay
from kamsim.scenario.yaml_text import MOST_BYTES, Budget, Node, read_yaml

MOST_ACCOUNTS = 40
MOST_BYTES_IN_ALL = 4 * MOST_BYTES
MOST_BASES = 3
"""A variant of a variant of a variant, and no further."""
SLUG = re.compile(r"[a-z][a-z0-9_]{0,31}")
ENTRY = "scenario.yaml"
PARTS = ("desk", "examples")
"""Keys of a scenario that may stand in a file of that name beside its first."""


def shipped() -> list[str]:
    """The ids of the scenarios that come with kamsim."""
    return sorted(entry.parent.name for entry in data_folder("scenarios").glob(f"*/{ENTRY}"))


class Refused(Exception):
    """A file that will not be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


def entry_of(path_or_id: str | Path) -> tuple[Path, str]:
    """The scenario's first file, and its name as findings show it."""
    told = str(path_or_id)
    if SLUG.fullmatch(told) and isinstance(path_or_id, str):
        try:
            ids = shipped()
        except FileNotFoundError as error:
            raise Refused(fault("K101", Place(told, 0, 0), str(error))) from None
        if told in ids:
            entry = data_folder("scenarios") / told / ENTRY
            return entry, os.path.relpath(entry) if entry.is_relative_to(Path.cwd()) else str(entry)
        if not Path(told).exists():
            message = f"there is no scenario or folder {but_not(told).removeprefix(', not ')}"
            raise Refused(fault("K101", Place(told, 0, 0), message, suggest(told, ids)))
    path = Path(path_or_id)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        raise Refused(fault("K101", Place(told, 0, 0), "there is no such folder or file")) from None
    if stat.S_ISDIR(mode):
        return path / ENTRY, str(path / ENTRY)
    if path.name != ENTRY:
        message = f"give the scenario's folder, or its {ENTRY}"
        folder = path.parent.parent if path.parent.name == "accounts" else path.parent
        if (folder / ENTRY).is_file():
            raise Refused(fault("K101", Place(told, 0, 0), message, f"'{folder}'"))
        hint = f"; rename this file to {ENTRY}" if path.name == f"{Path(ENTRY).stem}.yml" else ""
        raise Refused(fault("K101", Place(told, 0, 0), message + hint))
    return path, told


class Folder:
    """Reads one scenario's files within its budgets."""

    def __init__(self, entry: Path, name: str, variant: Folder | None = None) -> None:
        self.entry, self.name, self.variant = entry, name, variant
        self.folder = entry.parent
        self.findings: list[Finding] = variant.findings if variant else []
        self.budget: Budget = variant.budget if variant else Budget(octets=MOST_BYTES_IN_ALL)
        self.texts: dict[str, str] = variant.texts if variant else {}
        """What each file says, to find a word within a text."""
        self.files: list[str] = variant.files if variant else []
        self.files.append(printable(name))
        self.whole = True
        """Whether every account could be read; else nothing can be said about how things fit together."""
        self.listed: Node | None = None
        self.base: Base | None = None

    def tree(self) -> Node | None:
        """All files as one mapping, accounts in the place of their names; None where the first holds none."""
        root = self.mapping(self.entry, self.name, Place(self.name))
        if root is None or not isinstance(root.value, dict):
            return None
        entries, keys = dict(root.value), dict(root.keys)
        if (told := entries.pop("extends", None)) is not None:
            self.base = self.base_of(told, entries)
            if self.base is None:
                return None
        for part in PARTS:
            node = self.part(part, keys.get(part))
            if node is not None:
                entries[part], keys[part] = node, node.place
        self.listed = listed = entries.get("accounts")
        if self.base is not None:
            entries["accounts"] = self.changed_accounts(listed, self.base)
        elif listed is not None:
            entries["accounts"] = Node(self.accounts(listed), listed.place)
        self.unlisted(listed)
        self.misnamed()
        made = Node(entries, root.place, keys)
        return made if self.base is None else self.base.changed(made, self.findings)

    def base_of(self, told: Node, own: dict[str, Node]) -> Base | None:
        """The scenario that this one extends, None and a finding where there is none."""
        name = told.value
        if not isinstance(name, str) or not SLUG.fullmatch(name):
            message = f"extends names a shipped scenario, or a folder beside this one{but_not(told.plain())}"
            self.refuse("K130", told.place, message)
            return None
        beside = self.folder.resolve().parent / name / ENTRY
        near_by = beside.is_file() and beside != self.entry.resolve()
        entry = beside if near_by or name not in shipped() else data_folder("scenarios") / name / ENTRY
        above = [entry.resolve()]
        folder: Folder | None = self
        while folder is not None:
            above.append(folder.entry.resolve())
            folder = folder.variant
        if not entry.is_file():
            self.findings.append(fault("K130", told.place, f"there is no scenario '{name}' to extend; known are "
                                       f"{told_list(shipped())}", suggest(name, shipped())))  # fmt: skip
        elif above[0] in above[1:] or len(above) > MOST_BASES + 1:
            self.refuse("K130", told.place, f"'{name}' leads back to this scenario, or through too many others")
        else:
            near = entry.is_relative_to(Path.cwd())
            base = Folder(entry, os.path.relpath(entry) if near else str(entry), self)
            tree = base.tree()
            self.whole &= base.whole
            return None if tree is None else Base(name, tree, own, self.findings)
        self.whole = False
        return None

    def changed_accounts(self, listed: Node | None, base: Base) -> Node:
        """The accounts of a variant: the base's that it keeps, each with its changes, and its own."""
        place = listed.place if listed is not None else Place(self.name)
        theirs = base.accounts()
        changes = listed.value if listed is not None and isinstance(listed.value, dict) else {}
        if listed is None or isinstance(listed.value, dict):
            keys = listed.keys if listed is not None else {}
            names = [Node(name, keys.get(name, place)) for name in dict.fromkeys([*theirs, *changes])]
        elif isinstance(listed.value, tuple):
            names = list(listed.value)
        else:
            self.refuse("K120", place, "accounts are listed by name, or changed by name: orvik: {trust: 0.5}")
            names = []
        made = []
        for item in names:
            name = str(item.value)
            change = changes.get(name)
            if change is not None and change.value is None:
                continue
            own = self.own_account(item, theirs)
            node = theirs.get(name)
            if own is not None:
                node = own if node is None else overlay(node, own, self.findings)
            if node is not None and change is not None:
                node = overlay(node, change, self.findings)
            if node is not None:
                made.append(node)
        return Node(tuple(made), place)

    def own_account(self, item: Node, theirs: dict[str, Node]) -> Node | None:
        """What a variant's own file of an account holds; a finding where neither it nor the base has the account."""
        there = isinstance(item.value, str) and (self.folder / "accounts" / f"{item.value}.yaml").is_file()
        if there or not isinstance(item.value, str) or not SLUG.fullmatch(item.value):
            return self.account(item)
        if item.value not in theirs:
            message = f"neither the base nor accounts/ has '{item.value}'; the base has {told_list(theirs)}"
            self.findings.append(fault("K130", item.place, message, suggest(item.value, theirs)))
            self.whole = False
        return None

    def rank(self, file: str) -> int:
        """The place of a file among those read."""
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
        """What the file of an account holds; None, and findings, where there is none to be had."""
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
        except Refused as refused:
            self.findings.append(refused.finding)
            return None
        self.texts[name] = raw.decode("utf-8-sig", "replace")
        node, findings = read_yaml(raw, name, self.budget)
        self.findings.extend(findings)
        return node

    def bytes_of(self, path: Path, name: str, told_at: Place) -> bytes:
        """A file's text. Raises Refused."""
        told = name if path == self.entry else path.relative_to(self.folder).as_posix()
        try:
            if path != self.entry and not path.resolve().is_relative_to(self.folder.resolve()):
                raise Refused(fault("K102", told_at, f"{told} leads outside the scenario's folder"))
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                kind = "is a folder" if stat.S_ISDIR(mode) else "is not a regular file"
                raise Refused(fault("K102", told_at, f"{told} {kind}, and should be a YAML file"))
            with path.open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            if path.with_suffix(".yml").is_file():
                message = f"there is no file {told}; rename {path.stem}.yml to {path.name}"
                raise Refused(fault("K101", told_at, message)) from None
            if (hidden := path.with_name(f"{path.name}.txt")).is_file():
                message = f"there is no file {told}; rename {hidden.name}, whose last ending Windows may hide"
                raise Refused(fault("K101", told_at, message)) from None
            if path == self.entry and (self.folder.parent / ENTRY).is_file():
                message = f"there is no file {told}; give the scenario's folder, {Path(told).parent.parent}"
                raise Refused(fault("K101", told_at, message)) from None
            known = [file.stem for file in path.parent.glob("*.yaml")] if path.parent != self.folder else []
            raise Refused(fault("K101", told_at, f"there is no file {told}", suggest(path.stem, known))) from None
        except (OSError, RuntimeError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "its path leads nowhere"
            raise Refused(fault("K102", told_at, f"{told} cannot be read: {reason.lower()}")) from None
        self.budget.octets -= len(raw)
        if self.budget.octets < 0:
            raise Refused(fault("K103", told_at, f"the scenario's files hold more than {MOST_BYTES_IN_ALL >> 20} MiB"))
        return raw

    def refuse(self, code: str, place: Place, message: str) -> None:
        """Note a fault after which nothing can be said about how things fit together."""
        self.whole = False
        self.findings.append(fault(code, place, message))
