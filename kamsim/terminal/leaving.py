"""How playing as text ends: by itself, on a word of leaving, on Ctrl-C, or because something failed."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kamsim.endings import INTERRUPTED
from kamsim.errors import KamsimError, LogLost
from kamsim.terminal.talk import Leave, Talk


@dataclass(frozen=True)
class Played:
    """What is played, as far as leaving it goes: where it is saved, the command that goes on with it, and what is said
    to whoever leaves."""

    log_path: Callable[[], Path]
    go_on: Callable[[], str]
    goodbye: Callable[[], None]


def play_out(play: Callable[[], None], played: Played, talk: Talk, complain: Callable[[str], None]) -> int:
    """Play until it ends. Returns the exit status. A broken pipe comes through."""
    try:
        play()
    except Leave:
        played.goodbye()
    except KeyboardInterrupt:
        talk.say()
        played.goodbye()
        return INTERRUPTED
    except LogLost as error:
        complain(f"{error}\n")
        return 1
    except KamsimError as error:
        complain(f"{error}\nEverything shown so far is saved in {played.log_path()}.\n")
        return 1
    except BrokenPipeError:
        raise
    except Exception as error:
        complain(_mishap(played, error))
        return 1
    return 0


def _mishap(played: Played, error: Exception) -> str:
    """What to say when kamsim itself is at fault; the details go to a file beside the log."""
    path = played.log_path().with_suffix(".error.txt")
    try:
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        where = f" The details are in {path}."
    except OSError:
        where = ""
    return (
        f"kamsim has made a mistake ({type(error).__name__}) and stops here. Everything shown is saved in "
        f"{played.log_path()}; go on with: {played.go_on()}.{where}\n"
    )
