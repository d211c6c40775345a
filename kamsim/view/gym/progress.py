"""Progress in words and points to draw: criteria and behaviours over time, calibration, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kamsim.engine.page import CRITERIA
from kamsim.gym import progress as kept
from kamsim.gym.kinds import BEHAVIOURS
from kamsim.view.words.gym import KIND_WORDS, SKILL_WORDS, WHY_LINES
from kamsim.view.words.names import counted

if TYPE_CHECKING:
    from kamsim.gym.progress import Progress, Skill

LEAST: Final = 3
"""Times that a skill must have shown before anything is said of it."""
LATE: Final = 5
"""The last times, which are compared with the first."""
MOVED: Final = 0.08
"""By how much the last times must differ from the first."""
GROUPS: Final = (("What readers of a case ask", CRITERIA), ("How you go about it", BEHAVIOURS))
EMPTY: Final = (
    "No drill yet. After the first five this page shows what you are good at, what comes next, and how often "
    "your ranges hold."
)
AIM: Final = "Aim to be right eight times in ten."
HELD: Final = 0.8
"""How often ranges should hold."""
TITLE: Final = "How the gym goes"
NEXT: Final = "What comes next, and why"
RANGES: Final = "Your ranges"
MARKS: Final = "Every drill, 0 to 100"
EXPORT: Final = "progress.json"
"""The name of the file that an export writes."""
EXPORT_IT: Final = "Export it"
EXPORTED: Final = "Written:"
SHOWN: Final = 8
"""How many of the last times text shows."""
DELETE: Final = "Delete all of it"
DELETE_ASKED: Final = "Delete your progress?"
DELETE_MEANS: Final = (
    "Every drill of yours in this folder goes, with what was learned from it. Sessions are not touched.",
    "It cannot be taken back.",
)
DELETED: Final = "Your progress is deleted."


@dataclass(frozen=True)
class Line:
    """One skill: its name and meaning, how it went each time (0 to 1, the oldest first), and a word on that."""

    skill: str
    name: str
    means: str
    series: tuple[float, ...]
    note: str
    due: bool


def read(player: str, folder: Path) -> Progress:
    """What the drills of a player in a folder came to. Files there that are none are passed over."""
    return kept.progress(player, folder)


def export(player: str, folder: Path) -> Path:
    """Write all of it as JSON into the folder; returns where that is. Raises KamsimError."""
    where = folder / EXPORT
    kept.export_progress(player, where, folder)
    return where


def delete(player: str, folder: Path) -> None:
    """Take a player's drills out of a folder. Raises KamsimError, and then none is gone."""
    kept.delete_progress(player, folder)


def groups(progress: Progress) -> list[tuple[str, list[Line]]]:
    """Criteria and behaviours, each with its lines."""
    following = progress.next.skill if progress.next is not None else ""
    return [(head, [_line(progress.skills.get(name), name, following) for name in names]) for head, names in GROUPS]


def _line(skill: Skill | None, name: str, following: str) -> Line:
    short, means = SKILL_WORDS[name]
    series = tuple(met for _, met in skill.series) if skill is not None else ()
    return Line(name, short, means, series, _note(series), name == following)


def _note(series: tuple[float, ...]) -> str:
    if not series:
        return "not shown yet"
    if len(series) < LEAST:
        return f"{counted(len(series), 'time')} so far"
    first, last = _mean(series[:LEAST]), _mean(series[-min(LATE, len(series)) :])
    if len(series) >= 2 * LEAST and last > first + MOVED:
        return "better than at first"
    if len(series) >= 2 * LEAST and last < first - MOVED:
        return "slipping"
    return "strong" if last >= 0.75 else "weak" if last < 0.45 else "fair"


def _mean(values: tuple[float, ...]) -> float:
    return sum(values) / len(values)


def calibration(progress: Progress) -> str:
    """How often the truth lay inside the player's ranges."""
    inside, of = progress.calibration
    if not of:
        return f"No range of yours counted yet. {AIM}"
    told = f"The truth lay inside {inside} of your {counted(of, 'range')}."
    if of < 2 * LEAST:
        return f"{told} {AIM}"
    part = inside / of
    hint = (
        "Name them wider."
        if part < HELD - 0.1
        else "Name them narrower."
        if part > HELD + 0.1
        else "That is what a range is for."
    )
    return f"{told} {AIM} {hint}"


def coming(progress: Progress) -> str:
    """What comes next, and why."""
    if progress.next is None:
        return ""
    item = progress.next
    return f"{KIND_WORDS[item.kind]}, for {SKILL_WORDS[item.skill][0].lower()}. {WHY_LINES[item.why]}"


def summary(progress: Progress) -> str:
    """How much was done."""
    if not progress.drills:
        return EMPTY
    good = sum(one.mark > one.habit for one in progress.drills)
    return f"{counted(len(progress.drills), 'drill')} so far; in {good} your answer was better than the habitual one."
