"""What a player is told on leaving: how to come back."""

from __future__ import annotations

import shlex
from pathlib import PurePath, PureWindowsPath


def resume_command(path: PurePath) -> str:
    """What to type to go on, quoted as the system's command line reads it: cmd.exe takes a single quote for a part of
    the name."""
    named = f'"{path}"' if isinstance(path, PureWindowsPath) else shlex.quote(str(path))
    return f"kamsim play --resume {named}"
