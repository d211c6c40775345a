"""Opening the window: from the command line's choices to the running app."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pygame

from kamsim.desktop.app import SIZE, App
from kamsim.desktop.config import LEAST, config_path, load
from kamsim.desktop.events import run
from kamsim.desktop.present import Window
from kamsim.desktop.screens.gym_flow import first_page
from kamsim.desktop.screens.places import enter
from kamsim.desktop.screens.title import Title
from kamsim.options import has_display
from kamsim.streams import tell
from kamsim.view.words.leaving import resume_command

if TYPE_CHECKING:
    from kamsim.game.session import Session
    from kamsim.gym.training import Training


@dataclass(frozen=True)
class Gym:
    """What a window opens in the gym: a training, or its page; for whom ('' for the name that the title has), and where
    logs of drills lie (None for the usual folder)."""

    training: Training | None
    player: str
    folder: Path | None


BARS: Final = 64
"""Device pixels that a title bar and the system's bar leave less of a screen's height."""


class NoDisplay(Exception):  # it is no error: the text session is the answer
    """There is no display to open a window on."""


def ready() -> None:
    """Get hold of the display. Raises NoDisplay."""
    if not hasattr(pygame, "IS_CE"):
        raise NoDisplay(
            "the package pygame has overwritten pygame-ce; run: pip uninstall pygame, then pip install "
            "--force-reinstall pygame-ce"
        )
    try:
        pygame.display.init()
    except pygame.error as error:
        raise NoDisplay(str(error)) from None
    if pygame.display.get_driver() in ("dummy", "offscreen"):
        raise NoDisplay("no display")


def opens(instead: str) -> bool:
    """Whether a window can be opened here; where it cannot, that is told, with why and what comes ``instead``."""
    try:
        if not has_display():
            raise NoDisplay("no display")
        ready()
    except NoDisplay as reason:
        why = "" if str(reason) == "no display" else f" ({reason})"
        tell(f"There is no display for a window here{why}; this is {instead}.")
        return False
    return True


def play_window(
    *,
    session: Session | None,
    scenario: str,
    log_dir: Path | None,
    size: tuple[int, int] | None = None,
    scale: float | None = None,
    theme: str | None = None,
    demo: bool = False,
    trace: Path | None = None,
    gym: Gym | None = None,
) -> int:
    """Play in a window until it is closed: a session, or drills of the gym, or what is chosen there. Call `ready`
    first. Returns the exit status."""
    config = load(config_path())
    if theme is not None:
        config.theme = theme
    window = Window(
        size or fitting(config.size, pygame.display.get_desktop_sizes()),
        full=config.full and size is None,
        maximised=config.maximised and size is None,
        asked=size is not None,
    )
    app = App(window, config, log_dir=log_dir, scenario=scenario, scale=scale, trace=_tracing(trace))
    window.title("kamsim")
    if session is not None:
        app.take(session)
        enter(app)
    else:
        app.show(Title(app), over=False)
        if gym is not None:
            _enter_gym(app, gym)
        if demo:
            from kamsim.desktop.demo import start_demo  # bots are needed only here

            start_demo(app)
    try:
        run(app)
    except Exception as error:
        return _mishap(app, error)
    finally:
        pygame.quit()
    return 0


def _enter_gym(app: App, gym: Gym) -> None:
    """To the gym's page, and on to the training where there is one."""
    if gym.player:
        app.config.name = gym.player
    if gym.training is not None:
        app.drill_dir = gym.training.log_path.parent
    elif gym.folder is not None:
        app.drill_dir = gym.folder
    app.open("gym")
    if gym.training is not None:
        app.show(first_page(app, gym.training))


def _tracing(path: Path | None) -> Callable[[str], None] | None:
    """Where the app leaves a line about itself after every picture, for a script that drives the window."""
    if path is None:
        return None

    def write(line: str) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    return write


def fitting(kept: tuple[int, int] | None, screens: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A window that fits the first screen beside its title bar and the system's own: as large as it was left, or else
    with some room around it. Sizes in device pixels."""
    wide, high = screens[0] if screens else SIZE
    high = max(LEAST[1], high - BARS)
    if kept is not None:
        return min(wide, kept[0]), min(high, kept[1])
    factor = max(1.0, min(wide * 0.9 / SIZE[0], high * 0.93 / SIZE[1]))
    return min(wide, round(SIZE[0] * factor)), min(high, round(SIZE[1] * factor))


def _mishap(app: App, error: Exception) -> int:
    """Say what happened in plain words; the details beside the log."""
    where = ""
    if app.play is not None:
        log = app.play.session.log_path
        app.play.session.close()
        details = log.with_suffix(".error.txt")
        try:
            details.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
            where = f" The details are in {details}."
        except OSError:
            where = ""
        where += f" Everything shown is saved; go on with: {resume_command(log)}"
    sys.stderr.write(f"kamsim has made a mistake ({type(error).__name__}: {error}) and closes its window.{where}\n")
    return 1
