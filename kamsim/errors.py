"""Everything that can go wrong for a reason a user can mend, as one tree.

    KamsimError                 one clear sentence, shown as it is; exit status 1
    +-- ScenarioError           a scenario cannot be read; carries its findings
    +-- LogError                a log cannot be used
    |   +-- LogChanged          a line of it was changed after it was written
    |   +-- LogLocked           another window is playing it
    |   +-- LogUnwritable       the disk is full or the folder is read-only; nothing shown was lost
    |       +-- LogLost         the file itself was removed, replaced or changed; what was shown is not in it
    +-- ReplayMismatch          the same commands gave other figures
    +-- IllegalMove             a caller of the Python interface named a move or value that does not exist

A move that the rules refuse is not an error: it is an `engine.moves.Outcome` with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

MOST_QUOTED: Final = 200
"""Characters of what somebody typed or wrote that a sentence repeats."""
_QUOTES: Final = re.compile(rf"""(?<!\w)('[^'\n]{{{MOST_QUOTED},}}'|"[^"\n]{{{MOST_QUOTED},}}")(?!\w)""")
_ENDLESS: Final = re.compile(r"[^\n]{2001,}")


def shortened(text: str) -> str:
    """Sentences in which no quotation is longer than `MOST_QUOTED` characters, and none is without end."""
    text = _QUOTES.sub(lambda hit: f"{hit.group()[:MOST_QUOTED]}…{hit.group()[-1]}", text)
    return _ENDLESS.sub(lambda hit: f"{hit.group()[:1500]} … {hit.group()[-400:]}", text)


class KamsimError(Exception):
    """A fault that the user can mend. Its text is one clear sentence that says where and what to do."""

    def __init__(self, *args: object) -> None:
        super().__init__(*(shortened(said) if isinstance(said, str) else said for said in args))


class ScenarioError(KamsimError):
    """A scenario cannot be read. ``findings`` holds every fault found, as `scenario.findings.Finding`."""

    def __init__(self, findings: Sequence[Any]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class LogError(KamsimError):
    """A session log cannot be used."""


class LogChanged(LogError):
    """A complete line does not fit the chain: it was changed after it was written."""


class LogLocked(LogError):
    """Another process holds the log."""


class LogUnwritable(LogError):
    """The log could not be written; what was shown before is safe on disk."""


class LogLost(LogUnwritable):
    """The log was removed, replaced or changed while it was being played; what was shown before is not safe in it."""


class ReplayMismatch(KamsimError):
    """The same commands gave other figures than the log holds."""


class IllegalMove(KamsimError):
    """A caller named a move, a row or a value that does not exist."""
