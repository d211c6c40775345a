"""Forgetting a person: out of a folder of logs, exports and pages, all of it or nothing.

A session that she played alone goes, with its rows in every export. Where she was one of a team, the session stays
that of the others: her name is taken out of it, and its chain is made anew. A page that names her goes whole, since it
can be written again from the logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from kamsim.aside import PREFIX, Aside
from kamsim.debrief.forgetting.exports import EDITORS
from kamsim.debrief.forgetting.person import Person, Unreadable
from kamsim.debrief.forgetting.sessions import Kept, sessions_of
from kamsim.errors import KamsimError
from kamsim.game.log import check_free

OUR_PAGE: Final = b"default-src 'none'; style-src 'unsafe-inline'"
"""What stands at the beginning of every page that kamsim writes."""
UNREAD: Final = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"PAR1")


@dataclass(frozen=True)
class Step:
    """What became of one file: gone, another now, or left as it is though somebody should look at it."""

    path: Path
    what: Literal["removed", "rewritten", "left"]
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


@dataclass
class _Plan:
    """What is to be done, before any of it is."""

    folder: Path
    aside: Aside
    person: Person
    steps: list[Step] = field(default_factory=list)
    planned: set[Path] = field(default_factory=set)

    def remove(self, path: Path, sentence: str) -> None:
        if path not in self.planned:
            self.planned.add(path)
            self.aside.remove(str(path.relative_to(self.folder)))
            self.steps.append(Step(path, "removed", sentence))

    def rewrite(self, path: Path, data: bytes, sentence: str, new: Path | None = None) -> None:
        self.planned.add(path)
        target = new or path
        self.aside.new(str(target.relative_to(self.folder))).write_bytes(data)
        if target != path:
            self.aside.remove(str(path.relative_to(self.folder)))
        self.steps.append(Step(path, "rewritten", sentence))

    def leave(self, path: Path, sentence: str) -> None:
        self.steps.append(Step(path, "left", sentence))


def forget(name: str, folder: Path, *, key: str = "", pretend: bool = False) -> list[Step]:
    """Take everybody of this name out of a folder and those below it; what was done, file by file.

    ``key``: the word with which pseudonyms were made, where they were; ``pretend``: only say what would be done. Raises
    KamsimError where nobody is called so, a log is being played, or something cannot be written; then nothing changed.
    """
    if not folder.is_dir():
        raise KamsimError(f"{folder} is not a folder; name the one that holds the logs and exports")
    person = Person(name, key)
    if not person.whole.words or not name.strip():
        raise KamsimError("give the name of a person")
    try:
        with Aside(folder) as aside:
            plan = _Plan(folder, aside, person)
            files = list(_files(folder))
            _logs(plan, files)
            for look in (_export, _text):
                for path in files:
                    if path not in plan.planned:
                        look(plan, path)
            if not person.found:
                raise KamsimError(f"nobody is called {name!r} in {folder}, so nothing was changed")
            if not pretend:
                aside.publish()
            return plan.steps
    except OSError as error:
        raise KamsimError(f"{error.filename or folder}: {error.strerror}; nothing was changed") from None


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not any(part.startswith(PREFIX) for part in path.parts):
            yield path


def _logs(plan: _Plan, files: list[Path]) -> None:
    """Her sessions first: they say which rows of the exports are hers."""
    for path in files:
        for found in sessions_of(path, plan.person):
            check_free(path)
            if isinstance(found, Kept):
                plan.rewrite(path, found.data, found.sentence(path), found.renamed(path))
                continue
            plan.remove(path, f"removed: {found.sentence}")
            for beside in files:
                if beside.parent == path.parent and beside.name.startswith((f"{path.stem}-", f"{path.stem}.")):
                    plan.remove(beside, "removed: it belongs to that session")


def _export(plan: _Plan, path: Path) -> None:
    """A file of an export, her rows taken out of it."""
    edit = EDITORS.get(path.suffix.lower())
    if edit is None:
        return
    try:
        made = edit(path, path.read_bytes(), plan.person)
    except Unreadable as why:
        plan.leave(path, f"left as it is: {why}")
    else:
        if made is not None:
            plan.rewrite(path, made.data, f"rewritten: {made.sentence}")


def _text(plan: _Plan, path: Path) -> None:
    """A page, or something of which only its owner knows what it is."""
    data = path.read_bytes()
    if data.startswith(UNREAD):
        if path.suffix.lower() not in EDITORS:
            plan.leave(path, "left as it is: kamsim cannot read it; look into it yourself")
        return
    text, page = data.decode("utf-8", "replace"), OUR_PAGE in data[:1000]
    if page and (plan.person.is_named(text) or (plan.person.found and plan.person.in_text(text))):
        plan.remove(path, f"removed: the page names her; make it anew: kamsim debrief LOG... --out {path.name}")
    elif not page and plan.person.in_text(text):
        plan.leave(path, "left as it is: it holds the name, and kamsim did not write it; look into it yourself")
