"""Whose a file is that lies about for as long as a process runs: the computer and the process are written in it."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path


def me() -> str:
    """This process, as `has_ended` reads it."""
    return f"{socket.gethostname()} {os.getpid()}"


def has_ended(file: Path) -> bool:
    """Whether a file is of a process of this computer that has ended. Of others nothing is known."""
    try:
        host, pid = file.read_text(encoding="utf-8").rsplit(" ", 1)
        if host != socket.gethostname() or sys.platform == "win32":  # there, asking whether it lives would end it
            return False
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError, OverflowError):
        return False
    return False
