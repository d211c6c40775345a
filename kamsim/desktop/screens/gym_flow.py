"""The ways into a training: a new one, one that was left in the middle, and one beside a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.screens.gym_answers import answer_page
from kamsim.desktop.screens.gym_end import EndPage
from kamsim.desktop.screens.gym_run import Run
from kamsim.desktop.screens.gym_situation import SituationPage
from kamsim.desktop.screens.gym_told import ReactionPage, ToldPage
from kamsim.errors import KamsimError
from kamsim.gym.training import Training
from kamsim.view.gym import hub, practising

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kamsim.desktop.shell import Screen, Shell

PAGES: Final[dict[str, Callable[[Run], Screen]]] = {
    "situation": SituationPage, "answer": answer_page, "reaction": ReactionPage, "told": ToldPage, "end": EndPage,
}  # fmt: skip
"""The pages of a drill, in their order; after the last drill, the end of the set."""


def first_page(shell: Shell, training: Training) -> Screen:
    """The first page of a training, from where it stands."""
    run = Run(shell, training, PAGES)
    return run.again() if training.done else run.first()


def start(shell: Shell, **chosen: Any) -> None:
    """Into a new training, as `Training.start` takes it."""
    player, folder = shell.config.name, shell.drill_dir
    _open(shell, lambda: Training.start(player=player, log_dir=folder, **chosen))


def resume(shell: Shell, path: Path) -> None:
    """Into a training that was left in the middle."""
    _open(shell, lambda: Training.resume(path))


def _open(shell: Shell, made: Callable[[], Training]) -> None:
    shell.aside(hub.OPENS, made, lambda training: shell.show(first_page(shell, training)))


def resumed(shell: Shell, path: Path) -> Screen:
    """A training that was left in the middle. Raises KamsimError."""
    return first_page(shell, Training.resume(path))


def drill_page(shell: Shell, log: str) -> Screen:
    """The same by the name of its log, for a session beside which it was left. Raises KeyError where it is gone."""
    try:
        return resumed(shell, shell.drill_dir / log)
    except KamsimError:
        raise KeyError(log) from None


def practise_page(shell: Shell, kind: str) -> Screen:
    """One drill of a kind in the session's own scenario; the session is left as it is. Raises KamsimError."""
    assert shell.play is not None
    return first_page(shell, practising.begin(shell.play.session, kind, shell.drill_dir))
