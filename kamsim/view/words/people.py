"""People of a buying centre in words: how well they know us, whom they listen to, that they leave."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from kamsim.engine.people import WELL_MEANING
from kamsim.view.words.names import Cast, listed, percent

STANCES: Final = ((-0.4, "against"), (-0.1, "cool"), (0.1, "undecided"), (WELL_MEANING, "leaning"), (2.0, "for"))
"""How somebody stands to us, by the upper edge of a stance; whoever is for us is as well-meaning as a sponsor has to be
(economics B10)."""
STANCE_TOLD: Final = {
    "for": "is for us", "leaning": "leans our way", "undecided": "is undecided about us",
    "cool": "is cool towards us", "against": "is against us", "unknown": "stance not known",
}  # fmt: skip
"""By how somebody stands: what is said of them, on every page."""
STANCE_CHIPS: Final[dict[str, tuple[str, str, str]]] = {
    "for": ("for us", "good", "check"),
    "leaning": ("leaning our way", "accent", "up"),
    "undecided": ("undecided", "plain", "flat"),
    "cool": ("cool towards us", "warn", "down"),
    "against": ("against us", "bad", "cross"),
    "unknown": ("not known", "plain", "help"),
}
"""By how somebody stands: a few words, their tone and icon."""


def stand(number: float) -> str:
    """How somebody stands by their stance: one of the keys of `STANCE_TOLD`; unknown where nobody has seen it."""
    return "unknown" if math.isnan(number) else next(word for edge, word in STANCES if number < edge)


TIES: Final = ((0.12, "does not know us"), (0.3, "knows our name"), (0.5, "knows us"), (2.0, "knows us well"))
"""How well a person knows us, by the tie; the last is a real tie (economics B10)."""


def tie_word(tie: float) -> str:
    """How well somebody knows us."""
    return next(word for edge, word in TIES if tie < edge)


def tie_level(tie: float) -> int:
    """The same as a number, 0 to 3."""
    return next(level for level, (edge, _) in enumerate(TIES) if tie < edge)


def listens_told(cast: Cast, about: str, value: float) -> str:
    """To whom somebody listens, from the number that a fact holds."""
    people = [person.id for person in cast.accounts[cast.home[about]].people]
    names = [cast.person(name) for place, name in enumerate(people) if int(max(value, 0.0)) >> place & 1]
    return f"listens to {listed(names)}" if names else "makes up their own mind"


CENTRE_WORDS: Final[dict[str, Callable[[Cast, str, float, int], str]]] = {
    "power_new": lambda _c, _a, v, _q: f"has {percent(v)} of the say where something new is decided",
    "listens": lambda cast, about, v, _q: listens_told(cast, about, v),
    "leaving": lambda _c, _a, _v, _q: "leaves when the quarter closes",
    "tie": lambda _c, _a, v, _q: tie_word(v),
}
"""By kind of fact: what is said of its subject."""
