"""A drill on its way: where it stands, whose face, how long, and the player's own range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kamsim.view.portraits import approver_face, face
from kamsim.view.words.gym import KIND_WORDS
from kamsim.view.words.letters import ClockWords

if TYPE_CHECKING:
    from kamsim.gym.bout import Bout
    from kamsim.gym.drill import Drill
    from kamsim.gym.training import Training
    from kamsim.look.faces import Face
    from kamsim.view.table import Table

LIMIT: Final = 90.0
"""Seconds on the soft clock of a drill."""
SOFTLY: Final = ClockWords(
    "Ninety seconds, softly. Nothing ends when they are over.", "The ninety seconds are over. An answer still counts."
)
CLOCK_WORDS: Final = "Ninety seconds, softly. The words pause, more (a minute) and no clock are yours."
CLOCK: Final = "drill"
"""Under which name the clock of a drill is noted."""
STEPS: Final = ("The situation", "Your answer", "How they took it", "What to take along")
SITUATION, ANSWER, REACTION, TOLD = range(len(STEPS))
LEAVE: Final = {
    "case": "Bring nothing", "recut": "Leave the page as it lies", "moment": "Say nothing", "talk": "Get up, unsigned",
    "ask": "Ask for nothing", "pursue": "Pursue none of them",
}  # fmt: skip
"""By kind of drill: the answer that is none."""
GYM: Final = "The gym"
ALL: Final = "all customers together"
LATER: Final = "Go on later"
MAKING: Final = "A situation is being made: a bot plays somebody's year up to today."
READING: Final = "They read it, and the year ahead is played with it and without, on the same luck."
ASKS: Final = {"angle": "Why now", "proof": "Proof", "sensitivity": "What if", "body": "On paper"}
"""What a question of a page is called that has no label of its own."""
TYPED: Final = "Type two figures, or back to name none."


def from_books(low: str, high: str) -> str:
    """What the books as they stand would give."""
    return f"The books as they stand would give {low} to {high}."


NARROW: Final = 10
"""Steps from one end of the range that is offered to the other."""
REACH: Final = 1.6
"""How far beyond the range that is offered either end may go, in its widths."""


@dataclass(frozen=True)
class Speaker:
    """Whoever speaks: portrait, name, role."""

    face: Face
    name: str
    role: str


def heading(drill: Drill) -> str:
    """What kind of situation it is."""
    return KIND_WORDS[drill.kind]


def place(training: Training, drill: Drill | None = None) -> str:
    """Which of how many: a drill, or the one that comes next."""
    return f"{training.number if drill is None else drill.number} of {training.count}"


def speaker(table: Table, drill: Drill, mood: float = 0.0, person: str = "") -> Speaker:
    """Whose situation it is, or anybody else in it."""
    cast, name = table.cast, person or drill.person
    if name in cast.approvers:
        item = cast.approvers[name]
        return Speaker(approver_face(cast, name, mood), item.name, item.role)
    if name not in cast.people:
        name = cast.accounts[drill.account].people[0].id
    where = f"{cast.people[name].role}, {cast.account(cast.home[name])}"
    return Speaker(face(cast, name, mood), cast.person(name), where)


# --- the player's own range -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A range that is asked for: what of, where it starts, how far its ends go in which steps, all in cents."""

    question: str
    help: str
    low: float
    high: float
    least: float
    most: float
    step: float


def asked(table: Table, bout: Bout) -> Asked:
    """The range that is asked for: of the customer whom the drill is about, or of all of them together."""
    drill = bout.drill
    low, high = (float(value) for value in bout.expected or bout.usual)
    width = max(high - low, 100_000.0)
    step = _round(width / NARROW)
    first, last = (math.floor((low - REACH * width) / step) * step, math.ceil((high + REACH * width) / step) * step)
    low, high = round(low / step) * step, round(high / step) * step
    name = table.cast.account(drill.account) if drill.account else ALL
    return Asked(
        f"What will {name} leave us over the next four quarters, whatever you answer?",
        "Two figures that hold it eight times in ten. It counts only if you set it yourself.",
        low, high, first, last, step,
    )  # fmt: skip


def _round(cents: float) -> float:
    """The nearest of 1, 2 and 5 times a power of ten below an amount."""
    unit = 10.0 ** math.floor(math.log10(cents))
    return float(max(size * unit for size in (1.0, 2.0, 5.0) if size * unit <= cents))
