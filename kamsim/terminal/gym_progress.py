"""Progress in the gym as text, to be exported or deleted; and another set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.errors import KamsimError
from kamsim.gym.training import Training
from kamsim.terminal.talk import Choice
from kamsim.view.gym import progress

if TYPE_CHECKING:
    from kamsim.terminal.talk import Talk
    from kamsim.view.gym.progress import Line


def another(training: Training) -> Training:
    """A new set for the same player, in the same folder."""
    return Training.start(player=training.player, log_dir=training.log_path.parent)


def show_progress(training: Training, talk: Talk) -> None:
    """Nine criteria and five behaviours, ranges, what comes next; then what may be done with it."""
    player, folder = training.player, training.log_path.parent
    found = training.progress()
    talk.head(progress.TITLE)
    talk.say(progress.summary(found))
    for head, lines in progress.groups(found):
        talk.part(head)
        for line in lines:
            talk.say(_line(line), 2, 2)
    talk.part(f"{progress.RANGES}: {progress.calibration(found)}")
    if coming := progress.coming(found):
        talk.part(f"{progress.NEXT}: {coming}")
    choices = [Choice(progress.EXPORT_IT, "export", ("export",)), Choice(progress.DELETE, "delete", ("delete",))]
    picked = talk.choose(choices)
    try:
        if picked == "export":
            where = progress.export(player, folder)
            talk.say(progress.EXPORTED)
            talk.raw(f"  {where}")
        elif picked == "delete":
            talk.all([progress.DELETE_ASKED, *progress.DELETE_MEANS])
            if talk.confirm(progress.DELETE, "Keep it"):
                progress.delete(player, folder)
                talk.say(progress.DELETED)
    except KamsimError as error:
        talk.say(str(error))


def _line(line: Line) -> str:
    """One skill: how it went each time, and a word on that."""
    shown = " ".join(f"{value * 100:.0f}" for value in line.series[-progress.SHOWN :])
    return f"{line.name}: {line.note}{f' ({shown})' if shown else ''}. {line.means}"
