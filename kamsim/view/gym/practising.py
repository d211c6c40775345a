"""Practising beside a session: which kind of drill goes with what lies open, and where its log goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from kamsim.gym.training import Training
from kamsim.paths import drill_folder, log_folder

if TYPE_CHECKING:
    from kamsim.game.session import Session
    from kamsim.view.case.working import Working

PRACTISE: Final = "Practise this first"
SHORT: Final = "Practise"
"""The same where there is little room."""
ONE_DRILL: Final = f"{PRACTISE}: one drill of its kind; what lies here stays as it is"
TO_SESSION: Final = "Back to where you were"
BACK: Final = "Back where you were. Nothing here has changed."
DRILLS: Final = "drills"
"""The folder of drills in a folder of sessions that somebody has named."""


def kind_of(work: Working) -> str:
    """The kind of drill that goes with a page."""
    if work.audience == "desk":
        return "ask"
    return "recut" if work.recut else "case"


def folder(logs: Path) -> Path:
    """Where drills go when sessions go there."""
    return drill_folder() if logs == log_folder() else logs / DRILLS


def begin(session: Session, kind: str, drills: Path) -> Training:
    """One drill of a kind in a session's own scenario; the session is only read. Raises KamsimError."""
    return Training.start(player=session.player, scenario=session.scenario, kind=kind, count=1, log_dir=drills)
