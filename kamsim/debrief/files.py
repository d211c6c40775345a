"""Files that may be logs: found by path, folder or glob, and followed along their chain without being believed.

A scan reads a file once, line by line within fixed bounds, and parses nothing: whatever lies in a folder (a picture, a
line of a gigabyte, a pipe) costs at most `MOST_LINE` of memory.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kamsim.game.chain import MOST_LINE
from kamsim.game.records import own_hash

MOST_FILE: Final = 64 << 20
"""Bytes of a file that are read: a hundred times a long session."""
MOST_LINES: Final = 50_000
MOST_FILES: Final = 100_000
SKIPPED: Final = frozenset({"thumbs.db", "desktop.ini"})
"""What systems leave in folders, and no person put there; so do names with a dot in front."""
BROKEN: Final = frozenset({"missing", "unreadable", "encoding", "too_long", "changed", "future", "odd"})
"""Kinds of faults by which a session, or a part of one, is left out."""
_BOM: Final = b"\xef\xbb\xbf"
_MAGIC: Final = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document; unpack it first if logs are in it"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a compressed file; unpack it first"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"<", "a web page or XML"),
)
_KINDS: Final = {
    ".yaml": "YAML, as scenarios are written in",
    ".yml": "YAML, as scenarios are written in",
    ".csv": "a table",
    ".md": "a text",
    ".txt": "a text",
    ".py": "a program",
}
_ID: Final = re.compile(rb'\{"format":\d+,"id":"(s[0-9a-f]{32})",')
_LOGLIKE: Final = re.compile(rb'\{\s*"')


@dataclass(frozen=True)
class Fault:
    """What is wrong with one file, or worth knowing about it. ``used``: the whole of it, a part of it, or nothing."""

    path: Path
    kind: str
    """missing, unreadable, empty, foreign, encoding, too_long, changed, torn, line_endings, duplicate, future, odd,
    rules, unfinished."""
    sentence: str
    used: str
    """all, part or none."""
    line: int | None = None
    other: Path | None = None
    """Another file that the sentence names."""

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"

    @property
    def broken(self) -> bool:
        """Whether something is missing that should be in what was made of it: not so of a line that was never shown, a
        session that goes on, a copy, or a file that is no log."""
        return self.kind in BROKEN


@dataclass
class Scan:
    """How far a file's lines hang together, from line 1."""

    path: Path
    hashes: list[str] = field(default_factory=list)
    """One for each sound line."""
    size: int = 0
    """Bytes of the sound lines."""
    torn: int = 0
    faults: list[Fault] = field(default_factory=list)
    id: str = ""
    """What line 1 calls the session, '' in logs of earlier versions."""

    @property
    def sound(self) -> int:
        """How many lines hang together."""
        return len(self.hashes)

    def note(self, kind: str, sentence: str, *, line: int | None = None, used: str | None = None) -> None:
        """Name a fault; unless told otherwise, what stands before it is used if it is the beginning of a session."""
        part = "part" if self.sound >= 2 else "none"
        self.faults.append(Fault(self.path, kind, sentence, part if used is None else used, line))


# --- finding ------------------------------------------------------------------------------------------------


def find(paths: Iterable[str | Path]) -> Iterator[Path | Fault]:
    """The files that paths, folders and globs name, each once, in a fixed order; what names nothing is a fault."""
    seen: set[str] = set()
    for given in paths:
        for found in _named(given):
            if isinstance(found, Fault):
                yield found
                continue
            key = os.path.realpath(found)
            if key in seen:
                continue
            if len(seen) >= MOST_FILES:
                yield Fault(
                    found, "too_long", f"more than {MOST_FILES:,} files were given; the rest is left out", "none"
                )
                return
            seen.add(key)
            yield found


def _named(given: str | Path) -> Iterator[Path | Fault]:
    path = Path(given)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        text = str(given)
        if glob.has_magic(text):
            yield from _globbed(path, text)
        elif isinstance(error, FileNotFoundError):
            yield Fault(path, "missing", "there is no such file or folder", "none")
        else:
            yield Fault(path, "unreadable", f"it cannot be read: {_reason(error)}", "none")
        return
    if stat.S_ISDIR(mode):
        yield from _of_folder(path)
    else:
        yield path


def _globbed(path: Path, pattern: str) -> Iterator[Path | Fault]:
    try:
        names = sorted(glob.iglob(pattern, recursive=True))  # noqa: PTH207  # absolute patterns too
    except (OSError, ValueError, re.error, RecursionError):
        names = []
    if not names:
        yield Fault(path, "missing", "no file has a name like this", "none")
    for name in names:
        found = Path(name)
        if found.is_dir():
            if "**" not in pattern:
                yield from _of_folder(found)
        else:
            yield found


def _of_folder(folder: Path) -> Iterator[Path | Fault]:
    faults: list[Fault] = []

    def refused(error: OSError) -> None:
        where = Path(error.filename) if isinstance(error.filename, str) else folder
        faults.append(Fault(where, "unreadable", f"this folder cannot be read: {_reason(error)}", "none"))

    count = 0
    for here, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name.lower() not in SKIPPED:
                count += 1
                yield Path(here) / name
    if not count and not faults:
        faults.append(Fault(folder, "missing", "this folder has no files", "none"))
    yield from faults


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "its name is not possible"


# --- following the chain ------------------------------------------------------------------------------------


def scan(path: Path) -> Scan:
    """Follow a file's chain of lines to its end or its first fault."""
    made = Scan(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            made.note("foreign", "it is not a regular file, so it is not read")
            return made
        with path.open("rb") as file:
            start = file.read(512)
            file.seek(0)
            if not _foreign(made, start):
                _follow(made, _lines(file))
    except (OSError, ValueError) as error:
        made.note("unreadable", f"it cannot be read: {_reason(error)}")
    return made


def _lines(file: Iterable[bytes]) -> Iterator[bytes]:
    """Lines of at most MOST_LINE bytes, a byte more where one is longer; MOST_FILE in all, a byte more likewise."""
    readline = file.readline  # type: ignore[attr-defined]
    read = 0
    while raw := readline(min(MOST_LINE, MOST_FILE - read) + 1):
        read += len(raw)
        yield raw
        if len(raw) > MOST_LINE or read > MOST_FILE:
            return


def _foreign(made: Scan, start: bytes) -> bool:
    """Whether the first bytes show that this is no log; it is named."""
    if not start:
        made.note("empty", "it is empty")
        return True
    for magic, what in _MAGIC:
        if start.startswith(magic):
            made.note("foreign", f"it is {what}, not a log of kamsim")
            return True
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start:
        if any(character in start for character in (b"{\0", b"\0{")):
            made.note("encoding", "it is written in another encoding than UTF-8; take the file as kamsim wrote it")
        else:
            made.note("foreign", "it is not text, so it is not a log of kamsim")
        return True
    if not _LOGLIKE.match(start.removeprefix(_BOM).lstrip()):
        what = _KINDS.get(made.path.suffix.lower(), "some other kind of file")
        made.note("foreign", f"it is {what}, not a log of kamsim")
        return True
    return False


def _follow(made: Scan, lines: Iterator[bytes]) -> None:
    previous, endings = "", False
    for number, raw in enumerate(lines, start=1):
        if len(raw) > MOST_LINE:
            made.note(
                "too_long", f"line {number} has more than {MOST_LINE >> 20} MiB; that is no line of kamsim", line=number
            )
            break
        if made.size + len(raw) > MOST_FILE or number > MOST_LINES:
            size = f"{MOST_FILE >> 20} MiB or {MOST_LINES:,} lines"
            made.note(
                "too_long", f"it has more than {size}; what comes after line {number - 1} is left out", line=number
            )
            break
        body, found = unwrapped(raw, number, previous)
        if found is None:
            _broken(made, raw, number)
            break
        endings = endings or len(body) != len(raw) - 1
        if number == 1 and (named := _ID.match(body)):
            made.id = named.group(1).decode()
        made.hashes.append(found)
        made.size += len(raw)
        previous = found
    if endings:
        sentence = "its line endings or first bytes were changed, as some mail and editors do; nothing else was"
        made.note("line_endings", sentence, used="all")


def unwrapped(raw: bytes, number: int, previous: str) -> tuple[bytes, str | None]:
    """A line's own bytes, and its hash if it fits the chain; what mail or an editor put around it is taken off, and a
    last newline may be missing: the hash shows that the line is whole."""
    body = raw.removesuffix(b"\n")
    found = own_hash(body, previous)
    if found is None and (body.endswith(b"\r") or number == 1):
        body = body.removesuffix(b"\r")
        if number == 1:
            body = body.removeprefix(_BOM)
        found = own_hash(body, previous)
    return body, found


def _broken(made: Scan, raw: bytes, number: int) -> None:
    """Name a line at which the chain ends."""
    before = f"the {made.sound} lines before it are used" if made.sound >= 2 else "nothing of it can be used"
    if not raw.endswith(b"\n") and not _whole(raw):
        made.torn = len(raw)
        if made.sound:
            sentence = f"it ends in the middle of line {number}, which was never shown; {before}"
        else:
            sentence = "it ends in the middle of line 1; nothing of it can be used"
        made.note("torn", sentence, line=number)
        return
    try:
        raw.decode()
    except UnicodeDecodeError:
        made.note("encoding", f"line {number} is not in UTF-8; {before}", line=number)
        return
    if number == 1 and not (b'"format"' in raw and b'"kind"' in raw):
        made.note("foreign", "it is JSON, but not a log of kamsim", line=1)
        return
    sentence = f"line {number} was changed after it was written, or a line before it is missing; {before}"
    made.note("changed", sentence, line=number)


def _whole(raw: bytes) -> bool:
    """Whether a last line without newline has its end, so that it was not cut short but changed."""
    return raw.rstrip().endswith(b'"}') and b',"hash":"' in raw[-120:]
