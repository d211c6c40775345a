"""A training's log verified: its chain, and every drill staged, answered and judged again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kamsim.errors import KamsimError, LogChanged, LogError
from kamsim.game.records import RULES
from kamsim.gym import records
from kamsim.gym.drill import Feedback
from kamsim.gym.feedback import feedback
from kamsim.gym.training import replayed, staged_again

NEAR: Final = 0.051
"""Points by which marks may differ: what is rounded may fall the other way on another computer."""
MOST_CENTS: Final = 1
"""Cents likewise, of a quarter's profit."""
YEAR_CENTS: Final = 4 * MOST_CENTS


@dataclass(frozen=True)
class Verdict:
    """Whether a training's log is what it says, in a sentence; ``details`` name every difference found."""

    ok: bool
    sentence: str
    drills: int = 0
    details: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"ok": self.ok, "sentence": self.sentence, "drills": self.drills, "details": list(self.details)}


def verify(path: Path) -> Verdict:
    """Check a log's chain, then stage every drill of it again, make its moves and compare what came of them. Raises
    LogError where there is no log to check."""
    try:
        found = records.read_training(path)
    except LogChanged as error:
        return Verdict(False, str(error))
    count = len(found.drills)
    size = "1 drill" if count == 1 else f"{count} drills"
    notes = [f"The last line is cut short ({found.torn} bytes); what it held was never shown."] if found.torn else []
    if found.begun.rules != RULES:
        told = (
            f"The log is unchanged: {size} under rules {found.begun.rules}, which this kamsim does not compute again."
        )
        return Verdict(True, told, count, tuple(notes))
    details = tuple(fault for drilled in found.drills for fault in _differences(found, drilled))
    if details:
        told = f"The log is unchanged, but {size} played again come out otherwise: {details[0]}."
        return Verdict(False, told, count, (*details, *notes))
    over = sum(drilled.judged is not None for drilled in found.drills)
    rest = "" if over == found.begun.count else f" It stops after {over} of {found.begun.count}."
    return Verdict(True, f"The log is sound: {size} played again come to the same.{rest}", count, tuple(notes))


def _differences(found: records.TrainingLog, drilled: records.Drilled) -> Iterator[str]:
    """In what a drill comes out otherwise."""
    drill = drilled.drill
    named = f"drill {drill.number}"
    try:
        bout = staged_again(found.scenario(drill.scenario), drill)
        if bout.drill != drill:
            yield f"{named} is another situation"
            return
        for did in drilled.did:
            replayed(bout, did)
    except LogError as error:
        yield str(error)
        return
    except KamsimError as error:
        yield f"{named} cannot be played again: {error}"
        return
    if drilled.told is not None:
        if not bout.answered:
            yield f"{named} was judged before it was answered"
            return
        yield from (f"{named}: {fault}" for fault in _otherwise(drilled.told, feedback(bout)))


def _otherwise(was: Feedback, now: Feedback) -> Iterator[str]:
    """Figures that differ."""
    for name in ("mark", "habit", "borne"):
        old, new = float(getattr(was, name)), float(getattr(now, name))
        if abs(old - new) > NEAR:
            yield f"{name} {old:g} in the log, {new:g} played again"
    if [event.to_dict() for event in was.reaction] != [event.to_dict() for event in now.reaction]:
        yield "the reaction is another"
    for old_way, new_way in zip(was.ahead, now.ahead, strict=False):
        if any(abs(a - b) > MOST_CENTS for a, b in zip(old_way.profit, new_way.profit, strict=False)):
            yield f"the year ahead ({old_way.name}) comes to another profit"
    if set(was.met) != set(now.met) or any(abs(was.met[name] - now.met[name]) > NEAR for name in was.met):
        yield "skills are met otherwise"
    if was.expected != now.expected or abs(was.truth - now.truth) > YEAR_CENTS:
        yield "the range or what it was held against is another"
