"""Kinds of options that commands share."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from typing import Any

import click


class Whole(click.IntRange):
    """A whole number within bounds, refused in plain words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; fails as options do, in plain words."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            bounds = f"from {self.min} to {self.max}" if self.max is not None else f"from {self.min} up"
            self.fail(f"give a whole number {bounds}, not {str(value)[:40]!r}.", param, ctx)


def window_size(text: str | None) -> tuple[int, int] | None:
    """A window's size from 1280x800. Raises click.UsageError."""
    if text is None:
        return None
    wide, _, high = text.lower().partition("x")
    if wide.isdecimal() and high.isdecimal() and 640 <= int(wide) <= 7680 and 360 <= int(high) <= 4320:
        return int(wide), int(high)
    raise click.UsageError(f"--size is written as width x height in pixels, such as 1280x800, not {text[:20]!r}.")


def has_display() -> bool:
    """Whether a window could be opened here, as far as the system says."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def any_seed() -> int:
    """A seed from the clock: six digits, so that people can read it out."""
    return time.time_ns() // 1000 % 1_000_000


def columns() -> int:
    """How wide the terminal is."""
    return shutil.get_terminal_size((80, 24)).columns


def spread(command: Callable[..., int]) -> Callable[..., int]:
    """Options for who does the work of a study."""
    for option in (
        click.option("--dask", metavar="ADDRESS", help="Let the workers of this dask cluster play: tcp://HOST:PORT."),
        click.option("--workers", type=Whole(1, 512), default=1, show_default=True, help="Processes that play."),
    ):
        command = option(command)
    return command
