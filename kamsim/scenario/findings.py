"""What a checker says: one finding a fault, with a place, one plain sentence and perhaps a suggestion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from math import isfinite, isnan
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]

MOST_SHOWN = 50
"""Warnings and errors listed in one run; the rest is counted, unless it is an error of another kind."""
MOST_ALIKE: dict[str, int] = {"error": 10, "warning": 2}
"""Errors of one kind in one file, and warnings of one kind, that are listed one by one."""
LONGEST_ECHO = 60
"""Characters of an author's value that a finding repeats."""
MOST_LISTED = 12
"""Words that a finding lists."""

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that no scenario may hold: controls, lone surrogates, a byte-order mark inside the text, and the three
line ends (U+0085, U+2028, U+2029) that YAML counts and editors do not."""


class Place(NamedTuple):
    """Where something stands in a file; line and column count from 1, and are 0 where there is no text."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a scenario. ``code`` is stable: K1xx the text, K2xx a value, K3xx how things fit together."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else f"{self.file}: " if self.file else ""
        warning = "warning: " if self.severity == "warning" else ""
        hint = f" (did you mean {self.suggestion}?)" if self.suggestion else ""
        return f"{place}{warning}{self.message}{hint} [{self.code}]"


def fault(code: str, place: Place, message: str, suggestion: str = "") -> Finding:
    """An error at ``place``."""
    return _finding(code, "error", place, message, suggestion)


def warning(code: str, place: Place, message: str, suggestion: str = "") -> Finding:
    """A warning at ``place``."""
    return _finding(code, "warning", place, message, suggestion)


def _finding(code: str, severity: Severity, place: Place, message: str, suggestion: str) -> Finding:
    file, line, column = place
    return Finding(code, severity, printable(file), line, column, printable(message), printable(suggestion))


def printable(text: str) -> str:
    """``text`` with whatever could disturb a terminal written as an escape."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )


def shown(value: object) -> str:
    """A value as its author would know it, or '' when it is too long to repeat."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not isfinite(value):
        return ".nan" if isnan(value) else ".inf" if value > 0 else "-.inf"
    if isinstance(value, int | float):
        text = str(value)
    elif isinstance(value, str):
        text = f"'{printable(value)}'" if value else "an empty text"
    else:
        return "a mapping" if isinstance(value, dict) else "a list"
    return text if len(text) <= LONGEST_ECHO else ""


def but_not(value: object) -> str:
    """``, not 1.4``, or '' when the value is too long to repeat."""
    text = shown(value)
    return f", not {text}" if text else ""


def suggest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ''."""
    if len(word) > LONGEST_ECHO:
        return ""
    options = {option.casefold(): option for option in known}
    close = get_close_matches(word.casefold().replace("-", "_").replace(" ", "_"), options, n=1, cutoff=0.6)
    return f"'{options[close[0]]}'" if close else ""


def listed(words: Iterable[str], last: str = "and") -> str:
    """``a, b and c``; of many only the first."""
    options = list(words)
    if len(options) > MOST_LISTED:
        options = [*options[: MOST_LISTED - 1], f"{len(options) - MOST_LISTED + 1} more"]
    return options[0] if len(options) == 1 else f"{', '.join(options[:-1])} {last} {options[-1]}" if options else "none"


def abridged(findings: list[Finding], beyond: int = 0) -> list[Finding]:
    """The findings as they are read: errors before warnings, kind by kind, many of one kind as the first of them and a
    line that tells where the others stand, and at the end how many are left out (with ``beyond`` uncounted ones). No
    kind of error is ever left out."""
    kinds: dict[tuple[str, str, str], list[Finding]] = {}
    for found in sorted(findings, key=lambda found: found.severity):
        file = found.file if found.severity == "error" else ""
        kinds.setdefault((found.severity, file, found.code), []).append(found)
    kept: list[Finding] = []
    for (severity, *_), alike in kinds.items():
        most = MOST_ALIKE[severity]
        kept += alike if len(alike) <= most + 1 else [*alike[:most], _folded(alike[most:])]
    errors = sum(found.severity == "error" for found in kept)
    shown_here = kept[: max(MOST_SHOWN, errors)]
    more = len(kept) - len(shown_here) + beyond
    if not more:
        return shown_here
    severity_of_rest: Severity = "error" if beyond or errors else "warning"
    return [*shown_here, Finding("K999", severity_of_rest, "", 0, 0, f"and {more:,} more")]


def _folded(alike: list[Finding]) -> Finding:
    """Findings of one kind in one file as one."""
    first = alike[0]
    files = list(dict.fromkeys(found.file for found in alike[1:]))
    lines = listed(str(found.line) for found in alike[1:])
    where = f"on lines {lines}" if files == [first.file] else f"in {listed(file.split('/')[-1] for file in files)}"
    return replace(first, message=f"{first.message}; and {len(alike) - 1:,} more like it, {where}")
