"""A log without a person: gone, or with another name in it and a chain of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kamsim.debrief.files import scan, unwrapped
from kamsim.debrief.forgetting.person import SOMEONE, Person
from kamsim.debrief.pseudonyms import pseudonym
from kamsim.game.chain import MOST_LINE
from kamsim.game.log import rewritten

TRAINING: Final = "training"
"""What the first line of a log of drills is; who trains, trains alone."""


@dataclass(frozen=True)
class Hers:
    """A session of hers alone."""

    session: str

    @property
    def sentence(self) -> str:
        """What it is."""
        what = "drills" if self.session.startswith("t") else "session"
        return f"the {what} {self.session} {'were' if what == 'drills' else 'was'} hers alone"


@dataclass(frozen=True)
class Kept:
    """A team's session, without her."""

    session: str
    data: bytes
    name: str
    """Of the file."""
    lost: str

    def sentence(self, path: Path) -> str:
        """What became of it."""
        moved = "" if self.name == path.name else f", and is called {self.name} now"
        return f"rewritten: the session {self.session} of a team has {SOMEONE} in her place{moved}{self.lost}"

    def renamed(self, path: Path) -> Path:
        """Where it will be: beside what has that name already."""
        made, number = path.with_name(self.name), 1
        while made != path and made.exists():
            number += 1
            made = path.with_name(f"{Path(self.name).stem}-{number}.jsonl")
        return made


def sessions_of(path: Path, person: Person) -> Iterator[Hers | Kept]:
    """The session in a file, if she took part in it; the person learns its id and her pseudonyms there."""
    found = scan(path)
    if not found.sound:
        return
    raws = list(_bodies(path, found.sound))
    try:
        header = json.loads(raws[0])
        training = header["kind"] == TRAINING
        player, members = str(header["player"]), [] if training else list(map(str, header["members"]))
    except (ValueError, RecursionError, LookupError, TypeError):
        return  # a forged one, which nothing reads
    if not person.is_called(player) and not any(map(person.is_called, members)):
        return
    secret = str(header["id"]) if training else found.id or f"s{found.hashes[min(2, found.sound - 1)]}"
    session = secret[:17]
    _learn_pseudonyms(person, player, members, secret)
    if not [name for name in members if not person.is_called(name)]:
        person.alone.add(session)
        yield Hers(session)
        return
    person.together.add(session)
    name = person.parts.text(path.stem) + path.suffix
    lines = [_without(json.loads(raw), person, name) for raw in raws]
    broken = any(fault.kind != "line_endings" for fault in found.faults)
    lost = f"; what came after line {found.sound} was broken and is gone" if broken else ""
    yield Kept(session, rewritten(lines), name, lost)


def _bodies(path: Path, count: int) -> Iterator[bytes]:
    previous = ""
    with path.open("rb") as file:
        for number in range(1, count + 1):
            body, own = unwrapped(file.readline(MOST_LINE + 1), number, previous)
            previous = own or ""
            yield body


def _without(line: dict[str, Any], person: Person, name: str) -> dict[str, Any]:
    """A line without her name, wherever people may write one."""
    line.pop("hash", None)
    match line.get("kind"):
        case "header":
            line["player"] = person.parts.text(line["player"])
            line["pace"] = person.parts.text(line["pace"])
            line["members"] = [SOMEONE if person.is_called(one) else one for one in line["members"]]
        case "draft":
            line["name"] = person.parts.text(line["name"])
        case "finished":
            line["score"]["log"] = name
    return line


def _learn_pseudonyms(person: Person, player: str, members: list[str], secret: str) -> None:
    """What exports with pseudonyms call her session: without a key, and with the one that is given."""
    for word in filter(None, (secret, person.key)):
        if not members:
            person.pseudonyms.add(pseudonym(word, "player", player))
        person.pseudonyms |= {pseudonym(word, "member", one) for one in members if person.is_called(one)}
