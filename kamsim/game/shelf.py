"""The logs of a folder, told in a line each, for whoever wants to go on with one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_LOGS = 12
"""How many of the newest are looked at."""
MOST_HEADER = 4 << 20
CLOSED = b'"kind":"closed"'
FINISHED = b'"kind":"finished"'


@dataclass(frozen=True)
class Kept:
    """A session as its log's first and last lines tell it; the log itself is checked when it is resumed."""

    path: Path
    title: str
    player: str
    quarter: int
    quarters: int
    year: int
    finished: bool
    changed: float
    """When it was last written, seconds since 1970."""


def kept_sessions(folder: Path) -> list[Kept]:
    """The sessions of a folder, the last one played first. What cannot be read is left out."""
    try:
        files = sorted(folder.glob("*.jsonl"), key=lambda path: -path.stat().st_mtime)[:MOST_LOGS]
    except OSError:
        return []
    return [kept for kept in map(_kept, files) if kept is not None]


def _kept(path: Path) -> Kept | None:
    try:
        with path.open("rb") as file:
            header = json.loads(file.readline(MOST_HEADER))
            quarter, finished = 1, False
            for raw in file:
                quarter += CLOSED in raw
                finished |= FINISHED in raw
        scenario: dict[str, Any] = header["scenario"]
        return Kept(
            path,
            str(scenario["title"]),
            str(header["player"]),
            quarter,
            int(header["quarters"]),
            int(scenario["year"]),
            finished,
            path.stat().st_mtime,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
