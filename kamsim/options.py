"""Kinds of options that commands share."""

from __future__ import annotations

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


def spread(command: Callable[..., int]) -> Callable[..., int]:
    """Options for who does the work of a study."""
    for option in (
        click.option("--dask", metavar="ADDRESS", help="Let the workers of this dask cluster play: tcp://HOST:PORT."),
        click.option("--workers", type=Whole(1, 512), default=1, show_default=True, help="Processes that play."),
    ):
        command = option(command)
    return command
