"""Chained files, as they are read: line by line, each bound to the one before by its hash."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kamsim.errors import LogChanged, LogError
from kamsim.game.records import own_hash

MOST_LINE: Final = 16 << 20
MOST_FILE: Final = 256 << 20


@dataclass(frozen=True)
class Chain:
    """A chained file as read: where it is, how far it is sound, and what was torn off its end."""

    path: Path
    size: int
    """Bytes up to the end of the last complete line."""
    torn: int
    """Bytes after it."""
    last_hash: str


def named(path: Path | str) -> Path:
    """The path of a log. Raises LogError where it is none."""
    if not isinstance(path, str | Path):
        raise LogError(f"a log is named by its path, not by a {type(path).__name__}")
    return Path(path)


def read_chain(path: Path, place: Callable[[bytes, int], None]) -> Chain:
    """Read a chained file in a stream and hand each sound line, without its newline, to ``place`` with its number.
    Raises LogChanged, naming the line, and LogError."""
    size, previous, tail, count = 0, "", b"", 0
    for number, raw in enumerate(_raw_lines(path), start=1):
        if not raw.endswith(b"\n"):
            tail = raw
            break
        found = own_hash(raw[:-1], previous)
        if found is None:
            raise _changed(path, number, raw, previous)
        place(raw[:-1], number)
        size, previous, count = size + len(raw), found, number
    if tail and _whole(tail, previous):
        raise _changed(path, count + 1, tail, previous)
    return Chain(path, size, len(tail), previous)


def _changed(path: Path, number: int, raw: bytes, previous: str) -> LogError:
    if raw.endswith(b"\r\n") and own_hash(raw[:-2], previous) is not None:
        return LogChanged(
            f"{path}: line endings were changed: line {number} ends in CRLF, as some mail and editors write it, and "
            f"kamsim writes LF; change them back, or take the file as it was"
        )
    start = raw[:400].lstrip()
    if number == 1 and not (start.startswith(b"{") and (b'"format"' in raw or b'"kind"' in raw)):
        return LogChanged(f"{path}: line 1 is not the beginning of a kamsim log, or was changed")
    return LogChanged(f"{path}: line {number} was changed after it was written, or a line before it is missing")


def _whole(tail: bytes, previous: str) -> bool:
    """Whether a last line without newline is more than the beginning of a line that was being written."""
    text = tail.decode("utf-8", "replace")
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except RecursionError:
        return True
    except ValueError:
        return False
    return end < len(text) or own_hash(tail, previous) is None


def _raw_lines(path: Path) -> Iterator[bytes]:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise LogError(f"{path} is {'a folder' if stat.S_ISDIR(mode) else 'not a regular file'}; give a log file")
        if path.stat().st_size > MOST_FILE:
            raise LogError(f"{path} holds more than {MOST_FILE >> 20} MiB; that is no log of kamsim")
        with path.open("rb") as file:
            read = 0
            while raw := file.readline(MOST_LINE + 1):
                read += len(raw)
                if len(raw) > MOST_LINE or read > MOST_FILE:
                    raise LogError(f"{path} has a line of more than {MOST_LINE >> 20} MiB; that is no log of kamsim")
                yield raw
    except FileNotFoundError:
        raise LogError(f"there is no log {path}") from None
    except (OSError, ValueError) as error:
        raise LogError(f"{path} cannot be read: {reason(error)}") from None


def reason(error: Exception) -> str:
    """Why a file could not be opened, read or written."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "its name is not possible"
