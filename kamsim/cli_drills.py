"""The command line of the gym: drill. Heavy imports stay inside the command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kamsim.options import Whole, columns, window_size
from kamsim.streams import read_line, show, tell

if TYPE_CHECKING:
    from kamsim.gym.training import Training

USUAL: Final = 5
"""Drills of a set."""


@click.command(short_help="Practise: short situations, answered at once.")
@click.argument("scenario", required=False)
@click.option("--kind", metavar="KIND", help="case, recut, moment, talk, ask or pursue; any unless you say so.")
@click.option("--seed", type=Whole(0, 2**63 - 1), help="The same seed gives everybody the same set.")
@click.option("--count", type=Whole(1, 100), default=USUAL, show_default=True, help="How many.")
@click.option("--level", type=Whole(1, 3), help="How hard; it follows you unless you say so.")
@click.option("--player", default="", metavar="NAME", help="Who trains: progress is kept by name.")
@click.option("--resume", type=click.Path(path_type=Path), metavar="LOG", help="Go on where you stopped.")
@click.option("--log-dir", type=click.Path(path_type=Path), metavar="DIR", help="Where the logs of drills lie.")
@click.option("--export", type=click.Path(path_type=Path), metavar="FILE", help="Write the player's progress as JSON.")
@click.option("--delete", is_flag=True, help="Take the player's drills away, all of them.")
@click.option("--size", metavar="WxH", help="The window's size, such as 1280x800.")
@click.option("--scale", type=click.FloatRange(1.0, 4.0), help="How many pixels a point has, where the guess is wrong.")
@click.option("--theme", type=click.Choice(["light", "dark", "contrast"]), help="Its look.")
@click.option("--text", is_flag=True, help="As text, also where there is a display.")
@click.option("--trace", type=click.Path(path_type=Path), hidden=True, help="A line about every picture, for scripts.")
def drill(
    scenario: str | None,
    kind: str | None,
    seed: int | None,
    count: int,
    level: int | None,
    player: str,
    resume: Path | None,
    log_dir: Path | None,
    export: Path | None,
    delete: bool,
    size: str | None,
    scale: float | None,
    theme: str | None,
    text: bool,
    trace: Path | None,
) -> int:
    """Practise with short situations: a customer in the middle of its year, ninety seconds, and at once what
    came of it.

    They are made of SCENARIO, or of any shipped one. What comes next follows your progress, which lies on this computer
    alone; with --seed the set is the same for everybody. Everything is saved as you do it: what was left in the middle
    goes on, unless you ask for something else.
    """
    if resume is not None and (scenario is not None or kind is not None or seed is not None or level is not None):
        raise click.UsageError("--resume takes all of that from the log; give it alone.")
    if export is not None or delete:
        return _kept(player, log_dir, export, delete)
    window = window_size(size)

    as_usual = count == USUAL and all(one is None for one in (scenario, kind, seed, level, resume))

    def begin() -> Training:
        from kamsim.gym.training import Training, unfinished

        left = unfinished(player, log_dir) if as_usual else None
        if log := resume or (left and left.path):
            return Training.resume(log)
        return Training.start(
            player=player, scenario=scenario, kind=kind, seed=seed, count=count, level=level, log_dir=log_dir
        )

    if not text:
        from kamsim.desktop.main import Gym, opens, play_window

        if opens("the training as text"):
            return play_window(
                session=None,
                scenario=scenario or "halden",
                log_dir=None,
                size=window,
                scale=scale,
                theme=theme,
                trace=trace,
                gym=Gym(None if as_usual else begin(), player, log_dir),
            )
    from kamsim.terminal.gym import play_text_drills

    echo = sys.stdin is None or not sys.stdin.isatty()
    return play_text_drills(
        begin,
        read_line,
        lambda said: show(said, end=""),
        width=columns(),
        echo=echo,
        complain=lambda said: tell(said.rstrip("\n")),
    )


def _kept(player: str, folder: Path | None, export: Path | None, delete: bool) -> int:
    """Take a player's progress out, or away."""
    from kamsim.gym.progress import delete_progress, export_progress

    if export is not None:
        found = export_progress(player, export, folder)
        for fault in found.faults:
            tell(fault)
        show(str(export))
    if delete:
        count = delete_progress(player, folder)
        show(f"{count} {'log of drills is' if count == 1 else 'logs of drills are'} gone.")
    return 0
