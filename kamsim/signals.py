"""Being told to stop: when that may happen, and how a command ends then."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""Which end a program by default, beside Ctrl-C; SIGKILL cannot be met."""


class ToldToStopError(BaseException):
    """A signal arrived that ends the program; ``number`` says which. Like KeyboardInterrupt no `Exception`, so that it
    comes through, and every ``with`` on its way tidies up."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def tidy_endings() -> Iterator[None]:
    """Let signals that would end the process at once raise `ToldToStopError`; those that are ignored stay so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDING}
    for number, handler in before.items():
        if handler is signal.SIG_DFL:
            signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    raise ToldToStopError(number)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let signals, Ctrl-C among them, wait until what must not be left half done is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *ENDING)}
    for number, handler in before.items():
        if callable(handler):
            signal.signal(number, lambda number, _frame: waiting.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in waiting:
            signal.raise_signal(number)
