"""How a command ends that did not do what it was asked: the exit status, and the sentence that says why."""

from __future__ import annotations

import io
from typing import Final

import click

from kamsim.errors import KamsimError, shortened
from kamsim.signals import ToldToStopError
from kamsim.streams import unshown

INTERRUPTED: Final = 130
"""Exit status after Ctrl-C."""


def ending_of(error: BaseException) -> tuple[int, str]:
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
