"""Before a set: what it is, what may be chosen, and a training that was left in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kamsim.errors import KamsimError
from kamsim.gym.kinds import KINDS as ALL_KINDS
from kamsim.gym.training import unfinished
from kamsim.paths import data_folder
from kamsim.scenario.reader import load_scenario
from kamsim.view.words.gym import KIND_SHORT, KIND_WORDS
from kamsim.view.words.names import counted

TITLE: Final = "The gym"
SUBTITLE: Final = "Short practice, with feedback at once"
HEAD: Final = "Five situations, ten minutes."
LEAD: Final = (
    "Each is the middle of somebody's year: a face, a few facts and how old they are, one choice. You see how they "
    "take it, why, and what the year makes of it."
)
CHOOSE: Final = "Or choose yourself"
KIND: Final = "What"
SCENARIO: Final = "Where"
HOW_MANY: Final = "How many"
SET: Final = "Number of a set (the same for everybody who types it)"
SET_HINT: Final = "empty: made for you"
SO_FAR: Final = "So far"
PROGRESS: Final = "How it goes"
TO_GYM: Final = "To the gym"
BACK: Final = "Back"
OPENS: Final = "The training opens"
TO_TITLE: Final = "To the title"
KINDS_HEAD: Final = "Six kinds of situation"
KIND_MEANS: Final = {
    "case": "A page that is written but for the few levers that matter.",
    "recut": "It lies with them, and something has changed since.",
    "moment": "A face, a question, and no time.",
    "talk": "Eight issues: ask, trade, sign, or get up.",
    "ask": "What you may not give yourself, asked of those who may.",
    "pursue": "Several purchases, and hours for one bid.",
}
"""What each kind is."""
ANY: Final = ""
COUNT: Final = 5
MOST: Final = 20
KINDS: Final = ((ANY, "As it comes"), *((name, KIND_SHORT[name]) for name in ALL_KINDS))
"""What may be chosen to drill."""


def scenarios() -> list[tuple[str, str]]:
    """The scenarios that may be chosen, by name, and any of them."""
    found = sorted(path.parent.name for path in data_folder("scenarios").glob("*/scenario.yaml"))
    return [(ANY, "Anywhere"), *((name, load_scenario(name).title) for name in found)]


def kinds() -> list[tuple[str, str]]:
    """Each kind by its name, and what it is."""
    return [(KIND_WORDS[name], text) for name, text in KIND_MEANS.items()]


def start(count: float) -> str:
    """The button that starts a set."""
    return f"Start {counted(count, 'situation')}"


@dataclass(frozen=True)
class Left:
    """A training that was left in the middle: its log, the drill that is open, and how many there are."""

    path: Path
    number: int
    count: int


def left(player: str, folder: Path) -> Left | None:
    """The latest one; None for none."""
    try:
        found = unfinished(player, folder)
    except (KamsimError, OSError):
        return None
    return None if found is None else Left(found.path, found.number, found.count)


def go_on(item: Left) -> str:
    """The button that goes on with it."""
    return f"Go on with situation {item.number} of {item.count}"


def chosen(kind: str, scenario: str, count: int, seed: str) -> dict[str, Any]:
    """What was chosen, as a training is started with it."""
    said: dict[str, Any] = {"count": count}
    said |= {"kind": kind} if kind else {}
    said |= {"scenario": scenario} if scenario else {}
    return said | ({"seed": int(seed)} if seed.strip() else {})
