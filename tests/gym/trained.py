"""Trainings that bots answered, played once for all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from kamsim.gym.players import play
from kamsim.gym.training import Training


@cache
def folder() -> Path:
    """A folder that holds the logs of `trained`."""
    return Path(mkdtemp(prefix="kamsim-drills-"))


@cache
def trained(bot: str, seed: int, count: int, kind: str | None = None) -> Path:
    """The log of a set that a bot answered, ranges and all."""
    with Training.start(player=bot, seed=seed, count=count, kind=kind, log_dir=folder()) as training:
        while training.left:
            bout = training.pose()
            bout.expect(*bout.usual)
            play(bout, bot)
            training.feedback()
        return training.log_path
