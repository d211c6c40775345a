"""How far a long study is, on standard error: where that is a terminal, and the study takes more than two seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from threading import Timer
from types import TracebackType
from typing import Any, Final, Self

PATIENCE: Final = 2.0
"""Seconds in which nobody wonders."""


class Progress:
    """A line that moves: what is done, how long that took, and how long the rest takes at the pace so far.

    ``tell``: writes a line to standard error while nothing moves there. Used by ``with``.
    """

    def __init__(self, label: str, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._bar: Any = None
        if not sys.stderr.isatty():
            return
        rich, console = import_module("rich.progress"), import_module("rich.console")
        columns = (
            rich.TextColumn("{task.description}"),
            rich.BarColumn(),
            rich.TaskProgressColumn(),
            rich.TimeElapsedColumn(),
            rich.TextColumn("left"),
            rich.TimeRemainingColumn(),
        )
        self._bar = rich.Progress(
            *columns,
            console=console.Console(stderr=True),
            transient=True,
            refresh_per_second=2,
            speed_estimate_period=3600,  # the pace of the whole study, not of its last moments
        )
        self._task = self._bar.add_task(label, total=None)
        self._later = Timer(PATIENCE, self._bar.start)
        self._later.daemon = True

    def done(self, steps: int, total: int) -> None:
        """So many steps are done, of so many."""
        if self._bar is not None:
            self._bar.update(self._task, completed=steps, total=total)

    def told(self, line: str) -> None:
        """A line that stays."""
        if self._bar is not None and self._bar.live.is_started:
            self._bar.console.print(line, markup=False, highlight=False)
        else:
            self._tell(line)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._later.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._later.cancel()
            self._later.join()
            self._bar.stop()
