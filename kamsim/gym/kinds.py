"""What is drilled: the kinds of situation, the skills that each shows, and draws that settle a situation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from kamsim.engine.luck import Luck, entity_key, entity_keys
from kamsim.engine.page import CRITERIA, GATES
from kamsim.engine.terms import ISSUES

T = TypeVar("T")
OFFS: Final = (0.0, 0.02, 0.05)
"""Points of list price that a bid in a drill may give off."""
LEVELS: Final = (1, 2, 3)
"""How hard a drill is: how much of it is left open, and whether something has just changed."""
FOLLOWS, ASKS_FIRST, TRADES, QUALIFIES, CALIBRATES = "follows", "asks_first", "trades", "qualifies", "calibrates"
BEHAVIOURS: Final = (FOLLOWS, ASKS_FIRST, TRADES, QUALIFIES, CALIBRATES)
"""Behaviours that a drill can show, beside the nine criteria: answers what has just changed; finds out before it
proposes; gives nothing for nothing; pursues what lives and where something speaks for us; names ranges that hold."""
SKILLS: Final = (*CRITERIA, *BEHAVIOURS)
"""Everything that the gym trains."""
_ON_A_PAGE: Final = tuple(CRITERIA)
_ON_THE_SPOT: Final = ("alignment", "finance", FOLLOWS, "evidence", "delivery", "sensitivity")


@dataclass(frozen=True)
class Kind:
    """A kind of situation. ``moves``: what may be done in it; ``skills``: what it shows, `CALIBRATES` besides;
    ``audience``: for whom a page is written, '' where none is."""

    name: str
    moves: tuple[str, ...]
    skills: tuple[str, ...]
    audience: str = ""


KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("case", ("present_case",), _ON_A_PAGE, "customer"),
        Kind("recut", ("recut_case",), (FOLLOWS, *_ON_A_PAGE), "customer"),
        Kind("moment", ("answer_moment", "press_moment", "close_moment"), _ON_THE_SPOT),
        Kind("talk", ("ask_table", "propose", "leave_table"), (TRADES, ASKS_FIRST)),
        Kind("ask", ("ask_desk",), _ON_A_PAGE, "desk"),
        Kind("pursue", ("bid",), (QUALIFIES,)),
    )
}
"""By name, in the order in which a set goes through them."""
PICKS: Final = {
    "why": "alignment", "number": "finance", "stand": FOLLOWS, "proof": "evidence", "ask": "delivery",
    "reply": "sensitivity",
}  # fmt: skip
"""By pick of a moment: the skill that it shows."""
LEVERS_OF: Final[dict[str, tuple[str, ...]]] = {
    "alignment": ("initiative", "angle"),
    "cause": ("metric",),
    "inaction": ("inaction",),
    "options": ("alternative",),
    "finance": ("commitment", "length", "price"),
    "sensitivity": ("sensitivity",),
    "evidence": ("proof",),
    "delivery": ("programme", "people"),
    "brevity": ("body",),
}
"""By criterion: the questions of a page that move it most."""
CRITERION_OF: Final = {lever: name for name, levers in LEVERS_OF.items() for lever in levers}
"""By question of a page: the criterion that it moves most."""
SKILL_OF_GATE: Final = {
    "dead_initiative": "alignment",
    "negative_value": "finance",
    "below_floor": "finance",
    "no_approver": "delivery",
    "no_capacity": "delivery",
    "double_counted": "cause",
}
"""By gate: the skill that keeps a page from being stopped there."""
assert set(SKILL_OF_GATE) == set(GATES)
assert set(ISSUES) >= {"price", "service", "help"}  # what a talk can give


def draw(seed: int, *labels: object) -> float:
    """A draw 0..1 for something in a drill: the same for the same seed and labels."""
    return float(Luck([seed]).uniform("policy", 0, entity_keys([".".join(map(str, labels))]))[0, 0])


def pick(seed: int, choices: Sequence[T], *labels: object) -> T:
    """One of some choices, drawn."""
    return choices[min(int(draw(seed, *labels) * len(choices)), len(choices) - 1)]


def shuffled(seed: int, items: Sequence[T], *labels: object) -> list[T]:
    """The same items in an order that is drawn."""
    return [items[row] for row in sorted(range(len(items)), key=lambda row: draw(seed, *labels, row))]


def seed_of(*labels: object) -> int:
    """A seed for what these labels name, 9 digits at most."""
    return entity_key(".".join(map(str, labels))) % 1_000_000_007
