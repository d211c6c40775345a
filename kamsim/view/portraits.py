"""Whose portrait goes with a post, for the window and for pages."""

from __future__ import annotations

import re
from typing import Final

from kamsim.look.faces import Face
from kamsim.view.words import letters
from kamsim.view.words.names import Cast

SHE: Final = re.compile(r"\b(she|her|hers|herself|madame|mrs|ms)\b", re.IGNORECASE)
HE: Final = re.compile(r"\b(he|his|him|himself|mr)\b", re.IGNORECASE)


def wardrobe(text: str) -> str:
    """she, he, or '' as the author's words have it."""
    she, he = len(SHE.findall(text)), len(HE.findall(text))
    return "she" if she > he else "he" if he > she else ""


def face(cast: Cast, person: str, mood: float = 0.0) -> Face:
    """The portrait of whoever holds a post."""
    post, home = cast.people[person], cast.home[person]
    colleagues = [other.id for other in cast.accounts[home].people]
    place = colleagues.index(person)
    if cast.original(person):
        return Face(person, post.function, wardrobe(post.voice), mood, home, place)
    return Face(cast.person(person), post.function, "", mood, home, place + len(colleagues))


def boss_face(cast: Cast, mood: float = 0.0) -> Face:
    """The portrait of our own boss."""
    boss = cast.scenario.company.boss
    return Face(boss.name, "general", wardrobe(boss.voice), mood)


def approver_face(cast: Cast, name: str, mood: float = 0.0) -> Face:
    """The portrait of a member of our own desk."""
    person, function, words = letters.approver_face(cast.approvers[name])
    return Face(person, function, wardrobe(words), mood)
