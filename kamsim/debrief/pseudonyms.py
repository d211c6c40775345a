"""Pseudonyms for the people who played, wherever their names stand in a table.

Without a key, a pseudonym belongs to a session: it is the same in every export, and nobody can find the name by trying
names. With a key, a word that the debriefer keeps, it belongs to the name, so that one person's sessions can be linked.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from kamsim.debrief.files import Fault
from kamsim.debrief.folder import PlayedLog

SHORTEST_PART: Final = 3
"""Letters of a part of a name that is looked for in text by itself."""


@dataclass
class Mask:
    """What replaces the names of one session's people."""

    player: str
    members: str
    file: str
    words: dict[str, str]
    """Pseudonym by name, and by part of a name, in plain lower case."""
    drafts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, word: str, *, parts: bool) -> Mask:
        """What replaces one name by a word, as it is and as file names have it, and with ``parts`` what it is made of
        too."""
        words: dict[str, str] = {}
        folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        for form in filter(str.strip, (name, folded)):
            words[plain(form)] = word
            if parts:
                _learn(words, form, word)
        return cls(word, word, word, words)

    def cell(self, column: str, value: Any) -> Any:
        """A value of a private column, masked."""
        if not isinstance(value, str) or not value:
            return value
        if column == "draft":  # a name that the player made up may name anybody
            return self.drafts.setdefault(value, f"draft {len(self.drafts) + 1}")
        whole = {"player": self.player, "members": self.members, "file": self.file}
        return whole[column] if column in whole else self.text(value)

    def text(self, value: str) -> str:
        """Text without the names of this session's people."""
        value = unicodedata.normalize("NFC", value)
        return self._pattern.sub(self._pseudonym, value) if self.words else value

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=len, reverse=True)
        any_of = "|".join(re.escape(word).replace(r"\ ", r"[\s_-]+") for word in longest_first)
        return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)

    def _pseudonym(self, hit: re.Match[str]) -> str:
        return self.words.get(plain(hit.group()), "someone")


@dataclass
class Names:
    """The pseudonyms of an export. ``key``: a word of the debriefer's, or empty."""

    key: str = ""
    _files: dict[Path, str] = field(default_factory=dict)

    def mask(self, log: PlayedLog) -> Mask:
        """What replaces the names in one log."""
        header = log.header
        secret = self.key or log.secret
        player = pseudonym(secret, "player", log.name) if log.name else ""
        words: dict[str, str] = {}
        if header.player:
            _learn(words, header.player, player)
        members = []
        for member in header.members:
            members.append(pseudonym(secret, "member", member))
            _learn(words, member, members[-1])
        return Mask(player, "; ".join(members), self.file(log.path, log.session), words)

    def file(self, path: Path, session: str | None = None) -> str:
        """A file without its name, which often holds a player's."""
        named = f"file-{session}" if session else f"file-{len(self._files) + 1}"
        return self._files.setdefault(path, named)

    def told_of(self, fault: Fault) -> str:
        """A fault's sentence without the name of a file."""
        if fault.other is None:
            return fault.sentence
        return fault.sentence.replace(str(fault.other), self.file(fault.other))


def _learn(words: dict[str, str], name: str, pseudonym: str) -> None:
    whole = plain(name)
    words.setdefault(whole, pseudonym)
    for part in re.split(r"[\s,;/&+_-]+", whole):
        if len(part) >= SHORTEST_PART:
            words.setdefault(part, pseudonym)


def plain(text: str) -> str:
    """A name in the form in which names are compared."""
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", text)).strip().casefold()


def pseudonym(secret: str, kind: str, name: str) -> str:
    """What a player or member is called: by the key of the export, or by the secret of the session."""
    made = hmac.new(f"kamsim {secret}".encode(), f"{kind} {plain(name)}".encode(), hashlib.sha256).digest()
    return f"{kind}-{base64.b32encode(made)[:8].decode().lower()}"
