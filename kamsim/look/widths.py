"""How wide text is in the pages' letters, so that whoever draws can lay it out: measured, never guessed."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Final, Literal

from kamsim.letters import INVISIBLE
from kamsim.paths import data_folder

Weight = Literal["Regular", "SemiBold"]
UNKNOWN: Final = 1.1
"""Of a letter that the font lacks and another will draw: wider than most, as a part of the size."""


@cache
def _advances() -> dict[str, dict[str, float]]:
    """By weight and letter: the width as a part of the size (`.ci/fonts.py` measures them)."""
    made: dict[str, dict[str, float]] = json.loads(
        (data_folder("assets") / "fonts" / "widths.json").read_text(encoding="utf-8")
    )
    return made


@lru_cache(16384)
def width(text: str, size: float, weight: Weight = "Regular") -> float:
    """How wide a text is, in the unit of its size. Kerning, which mostly narrows, is left out."""
    letters = _advances()[weight]
    return size * sum(letters.get(letter, UNKNOWN) for letter in INVISIBLE.sub("", text))


def shortened(text: str, size: float, room: float, weight: Weight = "Regular") -> str:
    """A text cut to fit, with three dots where it was cut."""
    if width(text, size, weight) <= room:
        return text
    end = width("…", size, weight)
    while text and width(text, size, weight) + end > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def broken(text: str, size: float, room: float, weight: Weight = "Regular", *, most: int = 3) -> list[str]:
    """A text in at most ``most`` lines no wider than ``room``; what does not fit is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, weight) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        lines[most - 1 :] = [" ".join(lines[most - 1 :])]
    return [shortened(one, size, room, weight) for one in lines]
