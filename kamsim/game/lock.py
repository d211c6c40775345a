"""Keeping other windows off a log: by a lock of the system, which goes with its process, or by a file beside the log
where the file system knows no locks."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from kamsim.errors import LogLocked
from kamsim.owners import has_ended, me

_FAR: Final = 1 << 40
"""Where the lock lies on Windows, whose locks forbid reading: far behind the end of any log."""


class Lock:
    """The hold on a log. ``notice``: what a player must know of it, '' for nothing."""

    def __init__(self, descriptor: int, path: Path) -> None:
        """Take hold of an open log. Raises LogLocked where another window has it."""
        self.notice = ""
        self._beside: Path | None = None
        self._owner = me()
        if not _by_system(descriptor, path):
            self.notice = self._by_file(path)

    def release(self) -> None:
        """Let go. The system's lock goes with the descriptor."""
        beside, self._beside = self._beside, None
        with suppress(OSError, UnicodeDecodeError):
            if beside is not None and beside.read_text(encoding="utf-8") == self._owner:
                beside.unlink()

    def _by_file(self, path: Path) -> str:
        """Make the file beside the log, in the place of one whose process has ended."""
        beside = path.with_name(f"{path.name}.lock")
        told = "This folder offers no file locks"
        try:
            if has_ended(beside):
                beside.unlink(missing_ok=True)
            with beside.open("x", encoding="utf-8") as file:
                file.write(self._owner)
        except FileExistsError:
            raise LogLocked(
                f"{path} is being played in another window; close it there first. If no window is open, remove {beside}"
            ) from None
        except OSError:
            return f"{told}: nothing keeps a second window off this log, so open it in one window only."
        self._beside = beside
        return f"{told}, so {beside.name} beside the log keeps a second window off it until this one is closed."


def _by_system(descriptor: int, path: Path) -> bool:
    """Take the system's lock; False where the file system has none."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  # only there

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  # only there

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            raise LogLocked(f"{path} is being played in another window; close it there first") from None
        return False
    return True
