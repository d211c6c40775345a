"""A player's progress, folded from the logs of their drills: skills over time, when each is due, ranges that held."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fsrs import Card, Rating, Scheduler

from kamsim.aside import Aside, write_whole
from kamsim.errors import KamsimError
from kamsim.game.log import check_free, moment
from kamsim.gym.kinds import KINDS, LEVELS, SKILLS
from kamsim.gym.records import TrainingLog, is_training, read_training
from kamsim.paths import drill_folder

HARD, GOOD, EASY = 0.4, 0.65, 0.9
"""How well a skill must be met for the scheduler's ratings above "again"."""
MASTERED, WEAK = 0.8, 0.5
"""How well a skill was met lately above which its drills get harder, and below which they get easier."""
LATELY: Final = 2
"""Times that a skill was shown by which its level is set."""
APART: Final = 3
"""Drills in a row that are made for different skills, while there are others."""
UNSEEN: Final = 0.35
"""How urgent a skill is that was never shown: after one that is weak, before one that is known."""
UNFUZZED: Final = Scheduler(enable_fuzzing=False)
"""Without fuzzing: intervals are otherwise drawn from a generator that nothing records, and the same log would give
another plan every time."""


@dataclass(frozen=True)
class Done:
    """A drill that was answered: when, what it was, how good the answer, and how well each skill was met that it
    showed."""

    at: datetime
    kind: str
    level: int
    account: str
    mark: float
    habit: float
    borne: float
    met: dict[str, float]
    inside: bool | None
    thought: float
    skill: str = ""
    """What it was made for."""


@dataclass(frozen=True)
class Skill:
    """One skill: how well it was met each time, when it is due again (None before it was first shown), and how likely
    it would be recalled now, 0..1."""

    name: str
    series: tuple[tuple[datetime, float], ...]
    due: datetime | None
    recall: float

    @property
    def lately(self) -> float:
        """How well it was met the last three times, 0..1."""
        last = [met for _, met in self.series[-3:]]
        return sum(last) / len(last) if last else 0.0


@dataclass(frozen=True)
class Next:
    """What comes next: the skill, a kind of drill that shows it, how hard, and why (new, weak or due)."""

    skill: str
    kind: str
    level: int
    why: str


@dataclass(frozen=True)
class Progress:
    """All of a player's drills, the oldest first, and what they show."""

    player: str
    drills: tuple[Done, ...]
    skills: dict[str, Skill]
    paths: tuple[Path, ...]
    """The logs that it rests on."""
    faults: tuple[str, ...]
    """What could not be read, a sentence each."""

    @property
    def next(self) -> Next | None:
        """What comes next where it is left to the gym; None before the first drill."""
        return self.next_in(None, list(KINDS))

    def next_in(self, only: str | None, there: Sequence[str]) -> Next | None:
        """What comes next among kinds of drill that are ``there``, or of the ``only`` kind; None before the first
        drill, and where nothing is there."""
        shown = {name for kind in ([only] if only else there) for name in KINDS[kind].skills}
        if not self.drills or not shown:
            return None
        lately = {done.skill for done in self.drills[-APART:]}
        skill = min((name for name in SKILLS if name in shown - lately or shown <= lately), key=self._urgent)
        why = "new" if not self.skills[skill].series else "weak" if self.skills[skill].lately < WEAK else "due"
        kinds = [only] if only else [name for name in there if skill in KINDS[name].skills]
        last = [done.kind for done in self.drills[-2:]]
        fresh = [name for name in kinds if name not in last] or [name for name in kinds if name != last[-1]] or kinds
        return Next(skill, fresh[len(self.drills) % len(fresh)], level_of(self.drills, skill), why)

    def _urgent(self, name: str) -> tuple[float, float]:
        """How soon a skill should come back, the least first: how likely it is recalled, by how well it was met; what
        was never shown before what is known, a little after what is weak."""
        skill = self.skills[name]
        place = (SKILLS.index(name) * 7 + len(self.drills)) % len(SKILLS)
        return (skill.recall * skill.lately if skill.series else UNSEEN), place

    @property
    def marks(self) -> tuple[float, ...]:
        """The mark of each drill."""
        return tuple(done.mark for done in self.drills)

    @property
    def calibration(self) -> tuple[int, int]:
        """How many ranges held the truth, of how many."""
        named = [done.inside for done in self.drills if done.inside is not None]
        return sum(named), len(named)


def progress(player: str, folder: Path | None = None, at: datetime | None = None) -> Progress:
    """A player's progress over all logs of drills in a folder, at a time (now by default). A log that cannot be read is
    named and left out."""
    found, faults = trainings(drill_folder() if folder is None else folder)
    logs = [log for log in found if log.begun.player == player]
    drills = sorted((done for log in logs for done in done_of(log)), key=lambda done: done.at)
    paths = tuple(log.path for log in logs)
    return Progress(player, tuple(drills), skills(drills, at or datetime.now(UTC)), paths, tuple(faults))


def trainings(folder: Path) -> tuple[list[TrainingLog], list[str]]:
    """The logs of drills in a folder, and what could not be read of them, a sentence each."""
    logs, faults = [], []
    for path in _logs(folder):
        try:
            state = path.stat()
            logs.append(_read(path, state.st_size, state.st_mtime_ns))
        except (KamsimError, OSError) as error:
            faults.append(str(error))
    return logs, faults


@lru_cache(maxsize=512)
def _read(path: Path, _size: int, _changed: int) -> TrainingLog:
    """A log, read once for as long as it is as it was."""
    return read_training(path)


def _logs(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.jsonl")) if is_training(path)] if folder.is_dir() else []


def done_of(log: TrainingLog) -> list[Done]:
    """The drills of a log that were answered."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    made = []
    for drilled in log.drills:
        told = drilled.told
        if told is None or drilled.judged is None:
            continue
        drill = told.drill
        made.append(
            Done(
                moment(drilled.judged.at) or start, drill.kind, drill.level, drill.account, told.mark, told.habit,
                told.borne, {name: met for name, met in told.met.items() if name in SKILLS}, told.inside, told.thought,
                drill.skill,
            )
        )  # fmt: skip
    return made


# --- what is due --------------------------------------------------------------------------------------------------


def rating(met: float) -> Rating:
    """How the scheduler calls it that a skill was met so well."""
    if met < HARD:
        return Rating.Again
    return Rating.Hard if met < GOOD else Rating.Good if met < EASY else Rating.Easy


def skills(drills: Sequence[Done], at: datetime) -> dict[str, Skill]:
    """Every skill at a time, from all that was shown."""
    made = {}
    for number, name in enumerate(SKILLS, 1):
        shown = [(done.at, done.met[name]) for done in drills if name in done.met]
        card = Card(card_id=number, due=shown[0][0] if shown else at)
        for when, met in shown:
            card, _ = UNFUZZED.review_card(card, rating(met), when)
        recall_now = UNFUZZED.get_card_retrievability(card, at) if shown else 0.0
        made[name] = Skill(name, tuple(shown), card.due if shown else None, float(recall_now))
    return made


def level_of(drills: Sequence[Done], skill: str) -> int:
    """How hard a skill's next drill is: one harder than the last once it was met well twice, one easier after it was
    not."""
    shown = [done for done in drills if skill in done.met]
    if not shown:
        return LEVELS[0]
    lately, level = [done.met[skill] for done in shown[-LATELY:]], shown[-1].level
    if lately[-1] < WEAK:
        level -= 1
    elif len(lately) == LATELY and min(lately) >= MASTERED:
        level += 1
    return min(max(level, LEVELS[0]), LEVELS[-1])


# --- taken out, and taken away --------------------------------------------------------------------------------------


def exported(found: Progress) -> dict[str, Any]:
    """A player's progress as plain data."""
    held, named = found.calibration
    return {
        "player": found.player,
        "drills": [
            {**{name: value for name, value in vars(done).items() if name != "at"}, "at": done.at.isoformat()}
            for done in found.drills
        ],
        "skills": {
            name: {
                "met": [met for _, met in skill.series],
                "due": skill.due.isoformat() if skill.due else None,
                "recall": round(skill.recall, 4),
            }
            for name, skill in found.skills.items()
        },
        "ranges": {"inside": held, "named": named},
    }


def export_progress(player: str, path: Path, folder: Path | None = None) -> Progress:
    """Write a player's progress as JSON. Raises KamsimError where the file cannot be written."""
    found = progress(player, folder)
    text = json.dumps(exported(found), indent=1, ensure_ascii=False)
    try:
        write_whole({path: f"{text}\n".encode()})
    except OSError as error:
        raise KamsimError(f"{path} cannot be written: {error.strerror}") from None
    return found


def delete_progress(player: str, folder: Path | None = None) -> int:
    """Take a player's logs of drills away; how many there were. Raises LogLocked where a window has one, and
    KamsimError where one cannot be taken away; then none is."""
    paths = progress(player, folder).paths
    try:
        for path in paths:
            check_free(path)
        if paths:
            with Aside(paths[0].parent) as aside:
                for path in paths:
                    aside.remove(path.name)
                aside.publish()
    except OSError as error:
        raise KamsimError(f"the drills cannot be taken away: {error.strerror}") from None
    return len(paths)
