"""How a command ends: the exit status, and the one sentence that says why."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final

import click

from kamsim.errors import KamsimError, shortened
from kamsim.signals import ToldToStopError
from kamsim.streams import tell, unshown

INTERRUPTED: Final = 130


def ended(command: Callable[[], Any]) -> int:
    """Run a command; the exit status, once everything that there is to say of how it ended was said."""
    try:
        result = command()
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.ClickException, click.Abort, KeyboardInterrupt, ToldToStopError, KamsimError, OSError) as error:
        status, said = _told(error)
        tell(said)
        return status
    return result if isinstance(result, int) else 0


def _told(error: BaseException) -> tuple[int, str]:
    """The exit status and the sentence for what ended a command."""
    match error:
        case click.ClickException():
            return error.exit_code, _usage(error)
        case ToldToStopError():
            return 128 + error.number, "Told to stop."
        case KamsimError():
            return 1, str(error)
        case OSError():
            return 1, shortened(f"{error.filename}: {error.strerror}") if error.filename else str(unshown(error))
    return INTERRUPTED, "Interrupted."


def _usage(fault: click.ClickException) -> str:
    """What click says of wrong usage, at most so much of what was typed quoted."""
    with io.StringIO() as said:
        fault.show(said)
        return shortened(said.getvalue().rstrip("\n"))
