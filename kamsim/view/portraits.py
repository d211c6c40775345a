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
        return Face(person, post.function, _worn(cast, post.name, post.voice), mood, home, place)
    name = cast.person(person)
    return Face(name, post.function, _worn(cast, name), mood, home, place + len(colleagues))


def _worn(cast: Cast, name: str, voice: str = "") -> str:
    """she, he or '': as the author says it of somebody, or else as the voice does."""
    said = (worn for worn, names in cast.scenario.portraits.items() if name in names)
    return next(said, wardrobe(voice))


def boss_face(cast: Cast, mood: float = 0.0) -> Face:
    """The portrait of our own boss."""
    boss = cast.scenario.company.boss
    return Face(boss.name, "general", wardrobe(boss.voice), mood)


def colleague_face(cast: Cast, name: str, mood: float = 0.0) -> Face:
    """The portrait of whoever has a post in our own team."""
    post, place = cast.colleagues[name], list(cast.colleagues).index(name)
    who = cast.colleague(name)
    if who == post.name:
        return Face(name, "sales", _worn(cast, who, post.voice), mood, "team", place)
    return Face(who, "sales", _worn(cast, who), mood, "team", place + len(cast.colleagues))


def specialist_face(cast: Cast, name: str) -> Face:
    """The portrait of somebody of the pool."""
    item, place = cast.specialists[name], list(cast.specialists).index(name)
    return Face(name, "engineering", _worn(cast, item.name, item.voice), 0.0, "pool", place)


def approver_face(cast: Cast, name: str, mood: float = 0.0) -> Face:
    """The portrait of a member of our own desk."""
    person, function, words = letters.approver_face(cast.approvers[name])
    return Face(person, function, _worn(cast, cast.approvers[name].name, words), mood)
