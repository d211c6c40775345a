"""Findings as they are collected: each placed where its path stands in the author's files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kamsim.scenario.findings import Finding, fault, listed, suggest, warning
from kamsim.scenario.yaml_text import Source

Path = tuple[str | int, ...]


class Notes:
    """Collects findings and places them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []

    def error(self, code: str, at: Path, message: str, suggestion: str = "", *, key: bool = False) -> None:
        """Note what forbids play; with ``key``, at the name rather than its value."""
        self.findings.append(fault(code, self.source.at(at, key=key), self.told(at, message), suggestion))

    def warning(self, code: str, at: Path, message: str, *, key: bool = False) -> None:
        """Note what only advises."""
        self.findings.append(warning(code, self.source.at(at, key=key), self.told(at, message)))

    def told(self, at: Path, message: str) -> str:
        """The message, with its path where there is no file to point into."""
        return message if self.source.root else f"{self.source.dotted(at)}: {message}"

    def reference(
        self, word: str | None, known: Mapping[str, str], at: Path, what: str, owner: str = "", *, key: bool = False
    ) -> bool:
        """Whether ``word``, when given, is among the ids that are ``known`` with their names; else notes it."""
        if word is None or word in known:
            return word is not None
        lacks = f"{owner} has no {what} '{word}'; it has" if owner else f"there is no {what} '{word}'; known are"
        named = [own for own, name in known.items() if word in re.split(r"\W+", name.casefold())]
        meant = f"'{named[0]}'" if len(named) == 1 else suggest(word, known)
        self.error("K301", at, f"{lacks} {listed(known)}", meant, key=key)
        return False

    def unique(self, items: Iterable[tuple[Path, str]], what: str) -> None:
        """Notes every id after the first of its name."""
        seen: dict[str, Path] = {}
        for at, word in items:
            if word in seen:
                first = self.source.at(seen[word])
                self.error("K302", at, f"the {what} '{word}' exists already ({first.file}:{first.line})")
            seen.setdefault(word, at)
