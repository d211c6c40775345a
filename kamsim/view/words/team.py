"""The team in words: how good somebody is at what, and how they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.organisation import SKILLS
from kamsim.view.words.names import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kamsim.view.words.names import Cast

SKILL_WORDS: Final = {
    "research": "finding out", "cases": "business cases", "technical": "technical work", "relations": "people",
}  # fmt: skip
"""What a skill is good for, as a list names it."""
LEVELS: Final = ((0.45, "weak"), (0.65, "fair"), (0.8, "good"), (2.0, "strong"))
"""Below which skill somebody is called what."""
TARGET_TITLES: Final = {"team": "What the team earns", "personal": "A quota each"}
STRAIN_TOLD: Final = {
    "calm": "calm",
    "tired": "tired: more of this, and it will show",
    "worn": "worn out: works badly, and may leave",
}


def level_word(skill: float) -> str:
    """Weak, fair, good or strong."""
    return next(word for limit, word in LEVELS if skill < limit)


def skills_told(skills: Mapping[str, float]) -> str:
    """Good at finding out and people; weak at technical work; fair at the rest."""
    by_word: dict[str, list[str]] = {}
    for name in SKILLS:
        by_word.setdefault(level_word(skills[name]), []).append(SKILL_WORDS[name])
    if list(by_word) == ["fair"]:
        return "fair at everything"
    told = [f"{word} at {listed(by_word[word])}" for word in ("strong", "good", "weak") if word in by_word]
    return "; ".join([*told, *(["fair at the rest"] if "fair" in by_word else [])])


def found_told(cast: Cast, found: Mapping[str, Any]) -> str:
    """One colleague as a coaching or a review showed them, from an event's data."""
    return f"{cast.colleague(found['colleague'])} is {STRAIN_TOLD[found['strain']]}. Work: {skills_told(found)}."
