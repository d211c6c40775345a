"""Log files: their only writer and only reader.

A line is on disk (fsync) before anything that it tells is shown. A line that could not be written whole is cut
off again, so a log is sound at all times; a torn last line, left by a killed process or a lost power supply,
was never shown and is dropped. A lock keeps two windows off one log (`lock`). Where it fails to, a writer that finds
anything but its own last line at the end of the file writes nothing and cuts nothing.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from kamsim.aside import drop, missing
from kamsim.errors import LogError, LogLost, LogUnwritable
from kamsim.game.chain import Chain, named, read_chain, reason
from kamsim.game.door import Door
from kamsim.game.lock import Lock
from kamsim.game.records import (
    FORMAT,
    RULES,
    AnyLine,
    Header,
    Line,
    Opened,
    canonical_text,
    door_of,
    parse,
    sealed,
    sealed_text,
)
from kamsim.paths import version
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import canonical
from kamsim.signals import uninterrupted

C = TypeVar("C", bound=Chain)
NOTE: Final = "kamsim is a training game: this log holds the truth of its scenario in clear."
_FLAGS: Final = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class LogFile(Chain):
    """A session's log as read: sound lines in order (line n of the file is ``lines[n - 1]``)."""

    lines: tuple[AnyLine, ...]

    @property
    def header(self) -> Header:
        """Line 1."""
        first = self.lines[0]
        assert isinstance(first, Header)
        return first


def now() -> str:
    """The time by the wall clock, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def moment(text: str) -> datetime | None:
    """The time that `now` wrote, UTC; None where a log names none."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def new_header(
    scenario: Scenario, *, seed: int, player: str, members: Sequence[str], quarters: int, pace: str, policy: str = ""
) -> Header:
    """The first line of a new session's log."""
    return Header(
        format=FORMAT,
        kamsim=version(),
        rules=RULES,
        note=NOTE,
        scenario=canonical(scenario),
        scenario_sha256=scenario.digest,
        seed=seed,
        player=_name(player),
        members=[_name(member) for member in members],
        quarters=quarters,
        pace=_name(pace),
        started=now(),
        id=f"s{os.urandom(16).hex()}",
        policy=_name(policy),
    )


def _name(text: str) -> str:
    """A name that any file and screen can show."""
    sound = "".join(letter for letter in text.encode("utf-8", "replace").decode() if letter.isprintable())
    return " ".join(sound.split())[:80]


def slug(text: str) -> str:
    """A text as part of a file's name."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:90].strip("-")


# --- reading ------------------------------------------------------------------------------------------------


def read_log(path: Path | str) -> LogFile:
    """Read and check a whole log, in a stream. Raises LogChanged, naming the line, and LogError."""
    path = named(path)
    lines: list[AnyLine] = []
    at: list[Door] = []

    def place(raw: bytes, _number: int) -> None:
        lines.append(line := _placed(path, raw, lines, at[0] if at else None))
        if isinstance(line, Header):
            at.append(_door(path, line))

    chain = read_chain(path, place)
    if len(lines) < 2:
        raise LogError(f"{path}: the log has no complete beginning; no session can be taken from it")
    return LogFile(path, chain.size, chain.torn, chain.last_hash, tuple(lines))


def _door(path: Path, header: Header) -> Door:
    try:
        return door_of(header)
    except LogError as error:
        raise LogError(f"{path}: {error}") from None


def _placed(path: Path, raw: bytes, before: Sequence[AnyLine], at: Door | None) -> AnyLine:
    number = len(before) + 1
    try:
        line = parse(raw, number, at)
    except LogError as error:
        raise LogError(f"{path}: {error}") from None
    expected = {1: Header, 2: Opened}.get(number)
    good = isinstance(line, expected) if expected else not isinstance(line, Header | Opened)
    if not good:
        raise LogError(
            f"{path}: line {number} is a {line.kind!r} line, which cannot stand there; kamsim did not write it"
        )
    if before and before[-1].kind == "finished":
        raise LogError(f"{path}: line {number} stands after the end of the session; kamsim did not write it")
    return line


# --- writing ------------------------------------------------------------------------------------------------


class LogWriter:
    """The one writer of a log, holding its lock until closed."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor
        self._size = 0
        self._last_hash = ""
        self._begun, self._begun_at = b"", 0
        """What was written of lines that are not whole yet, and where in the file it lies."""
        self._lock: Lock | None = None
        self._folders: list[Path] = []
        """Folders that were made for it."""
        self._told: list[str] = []

    @classmethod
    def create(cls, folder: Path, header: Header, opened: Opened) -> Self:
        """A new log in ``folder``; an existing file is never touched. Raises LogUnwritable."""
        who = slug(header.player) or slug("-".join(header.members)) or "player"
        scenario = slug(str(header.scenario.get("id", "scenario")))
        return cls.begin(folder, f"{scenario}-{who}-{header.seed}", header, opened)

    @classmethod
    def begin(cls, folder: Path, name: str, *lines: Line) -> Self:
        """A new chained file with its first lines, named by ``name`` and the time; an existing one is never touched.
        Raises LogUnwritable."""
        stem = f"{slug(name)}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        folders = missing(folder)
        with uninterrupted():
            try:
                folder.mkdir(parents=True, exist_ok=True)
                writer = cls(*_free(folder, stem))
            except (OSError, ValueError) as error:
                drop(folders)
                raise LogUnwritable(f"no log can be written in {folder}: {reason(error)}") from None
            writer._folders = folders
            try:
                writer._lock = Lock(writer._open(), writer.path)
                writer.append(*lines)
                _sync_folder(folder)
            except BaseException:
                writer.discard()
                raise
        return writer

    @classmethod
    def continue_(cls, path: Path, read: Callable[[Path], C]) -> tuple[Self, C]:
        """Lock an existing file, read it, and cut off a torn last line. Raises LogError and its kinds."""
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                read(path)
            writer = cls(path, os.open(path, _FLAGS))
        except FileNotFoundError:
            raise LogError(f"there is no log {path}") from None
        except (OSError, ValueError) as error:
            raise LogUnwritable(f"{path} cannot be continued: {reason(error)}") from None
        try:
            writer._lock = Lock(writer._open(), path)
            found = read(path)
            writer._size, writer._last_hash = found.size, found.last_hash
            if found.torn:
                writer._begun, writer._begun_at = _read(writer._open(), found.size, found.torn), found.size
                writer._cut(writer._open())
        except BaseException:
            writer.close()
            raise
        return writer, found

    def append(self, *lines: Line) -> None:
        """Write lines, all or none, and return when they are on disk.

        Raises LogUnwritable; then nothing of them is in the log, nor is anything gone that another wrote. Raises its
        kind LogLost where the log is no longer what this writer wrote.
        """
        descriptor = self._open()
        previous, parts = self._last_hash, []
        for line in lines:
            raw, previous = sealed(line, previous)
            parts.append(raw)
        try:
            descriptor = self._ours(descriptor)
            self._write(descriptor, b"".join(parts))
            os.fsync(descriptor)
        except OSError as error:
            with suppress(OSError):
                self._cut(self._open())
            raise LogUnwritable(
                f"{self.path} cannot be written: {reason(error)}. The last step did not happen; all else is safe. "
                f"{_help(error)}"
            ) from None
        size, self._begun = self._size + len(self._begun), b""
        self._size, self._last_hash = size, previous

    def notices(self) -> list[str]:
        """What a player must know of how the log is kept, and was not told yet."""
        kept = self._lock.notice if self._lock is not None else ""
        told, self._told = [*filter(None, [kept]), *self._told], []
        if self._lock is not None:
            self._lock.notice = ""
        return told

    def discard(self) -> None:
        """Take a log away again, with the folders that were made for it: its session never came to be."""
        self.close()
        with suppress(OSError):
            self.path.unlink()
        drop(self._folders)

    def close(self) -> None:
        """Let go of the file and its lock."""
        if self._lock is not None:
            self._lock.release()
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with suppress(OSError):
                os.close(descriptor)

    def _open(self) -> int:
        if self._descriptor is None:
            raise LogUnwritable(f"{self.path} was closed; resume it to go on")
        return self._descriptor

    def _ours(self, descriptor: int) -> int:
        """The file, which is the one that was opened and ends with what this writer wrote; what an earlier failure of
        its own left behind is cut off. One that vanished is written anew. Raises LogLost, and OSError where another
        wrote behind."""
        if (change := self._lost(descriptor)) is not None:
            descriptor = self._anew(descriptor, change)
        if self._begun:
            self._cut(descriptor)
        if os.fstat(descriptor).st_size != self._size:
            raise OSError(errno.EBUSY, "another program or window wrote to it while it was being played")
        return descriptor

    def _anew(self, old: int, change: str) -> int:
        """Write a log that vanished anew from the open file, which still holds it, and go on in that one. What stands
        in its place is left alone."""
        held = _read(old, 0, self._size)
        end = self._end()
        if len(held) != self._size or not held.endswith(end):
            raise LogLost(
                f"{self.path} {change} while it was being played. The last step did not happen, and what was played "
                f"before is not safe on disk; put the file back as it was, and resume it"
            )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            path, descriptor = _free(self.path.parent, self.path.stem)
        except OSError as error:
            raise self._not_anew(change, error) from None
        try:
            self._write_all(descriptor, held)
            lock = Lock(descriptor, path)
        except OSError as error:
            os.close(descriptor)
            with suppress(OSError):
                path.unlink()
            raise self._not_anew(change, error) from None
        _sync_folder(path.parent)
        self._told.append(
            f"{self.path} {change} while it was being played. It was written anew as {path}, with everything that you "
            f"played; the session goes on there."
        )
        self.close()
        self.path, self._descriptor, self._lock, self._begun = path, descriptor, lock, b""
        return descriptor

    def _not_anew(self, change: str, error: OSError) -> LogLost:
        return LogLost(
            f"{self.path} {change} while it was being played, and it cannot be written anew: {reason(error)}. The "
            f"last step did not happen, and what was played before is not safe on disk: only this window has it. Leave "
            f"it open, see that {self.path.parent} can be written to, and try again"
        )

    @staticmethod
    def _write_all(descriptor: int, data: bytes) -> None:
        done = 0
        while done < len(data):
            done += os.write(descriptor, data[done:])
        os.fsync(descriptor)

    def _end(self) -> bytes:
        """What the file ends with, as far as this writer knows."""
        return f'"hash":"{self._last_hash}"}}\n'.encode() if self._size else b""

    def _lost(self, descriptor: int) -> str | None:
        """What became of a log that no longer holds what this writer wrote."""
        try:
            named, state = self.path.stat(), os.fstat(descriptor)
        except (FileNotFoundError, NotADirectoryError):
            return "was removed or moved"
        if not os.path.samestat(named, state):
            return "was replaced by another file"
        end = self._end()
        return None if _read(descriptor, self._size - len(end), len(end)) == end else "was changed"

    def _write(self, descriptor: int, data: bytes) -> None:
        """Write at the end of the file, and see that this was where our own lines ended."""
        self._begun = b""
        while len(self._begun) < len(data):
            count = os.write(descriptor, data[len(self._begun) :])
            self._begun += data[len(self._begun) : len(self._begun) + count]
            self._begun_at = os.lseek(descriptor, 0, os.SEEK_CUR) - len(self._begun)
            if self._begun_at != self._size:
                raise OSError(errno.EBUSY, "another program or window wrote to it at the same moment")

    def _cut(self, descriptor: int) -> None:
        """Cut off what a failed write of our own left at the end of the file; bytes of others stay."""
        if self._begun and _read(descriptor, self._begun_at, len(self._begun) + 1) == self._begun:
            os.ftruncate(descriptor, self._begun_at)
            os.fsync(descriptor)
            self._begun = b""


def rewritten(lines: Sequence[dict[str, Any]]) -> bytes:
    """Lines as plain data, without hashes, as a log with a chain of its own."""
    previous, parts = "", []
    for line in lines:
        raw, previous = sealed_text(canonical_text(line), previous)
        parts.append(raw)
    return b"".join(parts)


def check_free(path: Path) -> None:
    """See that no window has a log. Raises LogLocked, and OSError."""
    descriptor = os.open(path, _FLAGS)
    try:
        Lock(descriptor, path).release()
    finally:
        os.close(descriptor)


def _free(folder: Path, stem: str) -> tuple[Path, int]:
    """A new file of this name, or of the first one with a number that is free, and its descriptor. Raises OSError."""
    for attempt in range(1, 1000):
        path = folder / (f"{stem}.jsonl" if attempt == 1 else f"{stem}-{attempt}.jsonl")
        with suppress(FileExistsError):
            return path, os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o644)
    raise FileExistsError(errno.EEXIST, "there are a thousand logs of this name")


def _read(descriptor: int, start: int, count: int) -> bytes:
    """Up to so many bytes from a place; appending is not disturbed by it."""
    os.lseek(descriptor, start, os.SEEK_SET)
    parts = []
    while count > 0 and (part := os.read(descriptor, count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _help(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Make room on the disk and try again."
    if error.errno == errno.EBUSY:
        return (
            "What was written there was left as it is. Close this window, and go on in the other one or resume the log."
        )
    return "See that the folder can be written to, and try again."


def _sync_folder(folder: Path) -> None:
    """Make a new file's name safe, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
