"""Who is to be forgotten: the name in all its forms, and the sessions that were hers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Final

from kamsim.debrief.pseudonyms import Mask, plain

SOMEONE: Final = "someone"
"""Who stands in her place in a team."""
_NAMED: Final = re.compile("<bdi>([^<]{1,200})</bdi>")


class Unreadable(Exception):
    """A file that looks like an export, and cannot be edited; why."""


@dataclass
class Person:
    """A name, and what is found out about it on the way. ``key``: the word of pseudonyms, or empty."""

    name: str
    key: str = ""
    alone: set[str] = field(default_factory=set)
    """Ids of the sessions that she played alone."""
    together: set[str] = field(default_factory=set)
    """Ids of those of a team that she belonged to."""
    pseudonyms: set[str] = field(default_factory=set)
    """What she is called where names were replaced."""
    found: bool = False
    """Whether anything was hers: her name in a text alone may be a part of somebody else's."""

    @cached_property
    def whole(self) -> Mask:
        """Replaces the name where it stands as a whole."""
        return Mask.of(self.name, SOMEONE, parts=False)

    @cached_property
    def parts(self) -> Mask:
        """Replaces the parts of the name too: for what her own team wrote."""
        return Mask.of(self.name, SOMEONE, parts=True)

    def is_called(self, name: object) -> bool:
        """Whether the whole of a name, or a pseudonym, is hers; in CSV an apostrophe may stand before it."""
        if not isinstance(name, str):
            return False
        hers = plain(self.name)
        called = hers in (plain(name), plain(name.removeprefix("'"))) or name in self.pseudonyms
        self.found |= called
        return called

    def in_text(self, text: str) -> bool:
        """Whether a text, or a page, holds her name."""
        text = unicodedata.normalize("NFC", unescape(text))
        return self.whole.text(text) != text

    def is_named(self, page: str) -> bool:
        """Whether a page of kamsim's names her: it marks every name that somebody chose."""
        return any(self.is_called(unescape(name)) for name in _NAMED.findall(page))
