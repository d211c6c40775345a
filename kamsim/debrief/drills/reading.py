"""Logs of drills as a debrief reads them: by who trained, drill by drill, and what each skill came to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kamsim.debrief.files import Fault, find
from kamsim.errors import KamsimError
from kamsim.game.events.declared import Event
from kamsim.gym.drill import Drill, Feedback
from kamsim.gym.kinds import CALIBRATES, SKILLS
from kamsim.gym.progress import Done, done_of
from kamsim.gym.records import TrainingLog, is_training, read_training

NOBODY: Final = "Somebody"
"""Who trained without giving a name."""
LEAST: Final = 4
"""Times that a skill must have been shown for anything to be said of how it changed."""


@dataclass(frozen=True)
class Answered:
    """A drill that was answered: what it was, what came of it, when, of which training, and the customer's name and
    currency."""

    log: TrainingLog
    drill: Drill
    told: Feedback
    at: str
    customer: str
    currency: str

    @property
    def result(self) -> str:
        """What they answered, in a word; '' for nothing."""
        return _result(self.told.reaction)


def _result(reaction: Sequence[Event]) -> str:
    names = ("outcome", "phase", "status")
    return next((str(getattr(event, name)) for event in reaction for name in names if hasattr(event, name)), "")


@dataclass(frozen=True)
class Change:
    """How a skill changed: how well it was met in the first half of its times and in the second, 0..1, and how often it
    was shown."""

    skill: str
    first: float
    last: float
    times: int

    @property
    def gain(self) -> float:
        """By how much it got better."""
        return self.last - self.first


@dataclass(frozen=True)
class Trainee:
    """Somebody who trained, with everything that they answered, the oldest first."""

    name: str
    answered: tuple[Answered, ...]
    done: tuple[Done, ...]

    @property
    def mark(self) -> float:
        """The mean mark."""
        return _mean([one.told.mark for one in self.answered])

    @property
    def part(self) -> float:
        """How much of what the facts would have borne was had, 0..1."""
        borne = sum(one.told.borne for one in self.answered)
        return sum(one.told.mark for one in self.answered) / borne if borne else 0.0

    @property
    def ranges(self) -> tuple[int, int]:
        """How many ranges held the truth, of how many."""
        named = [one.told.inside for one in self.answered if one.told.inside is not None]
        return sum(named), len(named)

    def met(self, skill: str) -> list[float]:
        """How well a skill was met, each time that it was shown."""
        return [one.met[skill] for one in self.done if skill in one.met]

    def changes(self) -> list[Change]:
        """How each skill changed that was shown often enough, the greatest gain first."""
        made = []
        for skill in SKILLS:
            met = self.met(skill)
            if len(met) >= LEAST:
                half = len(met) // 2
                made.append(Change(skill, _mean(met[:half]), _mean(met[-half:]), len(met)))
        return sorted(made, key=lambda change: -change.gain)

    def weakest(self) -> list[tuple[str, float]]:
        """Skills by how well they were met, the weakest first."""
        found = [(skill, _mean(met)) for skill in SKILLS if skill != CALIBRATES and (met := self.met(skill))]
        return sorted(found, key=lambda item: item[1])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def apart(paths: Iterable[str | Path]) -> tuple[list[Path], list[str | Path]]:
    """Logs of drills among some files, folders and globs, and everything else that they name."""
    given = list(paths)
    drills, rest = list[Path](), list[str | Path]()
    for item in find(given):
        path = item.path if isinstance(item, Fault) else item
        (drills if not isinstance(item, Fault) and is_training(path) else rest).append(path)
    return (drills, rest) if drills else ([], given)


def trainees(paths: Iterable[Path]) -> tuple[list[Trainee], list[Fault]]:
    """Who trained, by name, and what was the matter with which files. A log that is there twice counts once."""
    logs, faults = dict[str, TrainingLog](), list[Fault]()
    for path in paths:
        try:
            found = read_training(path)
        except KamsimError as error:
            faults.append(Fault(path, "changed", str(error).removeprefix(f"{path}: "), "none"))
            continue
        held = logs.get(found.begun.id)
        if held is not None:
            faults.append(Fault(path, "duplicate", f"the drills of {held.path.name} again", "none", other=held.path))
            found = max(held, found, key=lambda log: log.size)
        if found.torn:
            faults.append(Fault(path, "torn", "its last line was cut short, and was never shown", "all"))
        logs[found.begun.id] = found
    by_name: dict[str, list[TrainingLog]] = defaultdict(list)
    for log in sorted(logs.values(), key=lambda log: log.begun.started):
        by_name[log.begun.player or NOBODY].append(log)
    made = [_trainee(name, held) for name, held in sorted(by_name.items(), key=lambda item: item[0].casefold())]
    return [one for one in made if one.answered], faults


def _trainee(name: str, logs: Sequence[TrainingLog]) -> Trainee:
    answered = tuple(one for log in logs for one in _answered(log))
    done = sorted((one for log in logs for one in done_of(log)), key=lambda one: one.at)
    return Trainee(name, answered, tuple(done))


def _answered(log: TrainingLog) -> list[Answered]:
    made = []
    for drilled in log.drills:
        told, judged = drilled.told, drilled.judged
        if told is None or judged is None:
            continue
        scene = log.scenes[told.drill.scenario].scenario
        names = {str(one["id"]): str(one.get("name", one["id"])) for one in scene["accounts"]}
        customer = names.get(told.drill.account, "several")
        made.append(Answered(log, told.drill, told, judged.at, customer, str(scene.get("currency", "EUR"))))
    return made
