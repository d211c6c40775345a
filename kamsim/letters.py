"""Which letters the window can draw: those of the fonts in assets/fonts (`.ci/fonts.py` makes them)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

DRAWN: Final = re.compile(
    r"[\n\t\x20-\x7e\xa0-\xac\xae-\u0148\u014a-\u01c3\u01c5-\u024f–—‘’“”„†•…‰′″‹›€™←↑→↓↖↗↘↙↵−≈≠≤≥▲▶▼◀●○■□✓✗⌘⇧⌥◆★∞∑Δσμ\u2009\u202f]*"
)
"""Texts that the fonts hold letter by letter."""
HYPHENS: Final = "\u2010\u2011"
"""Hyphens of word processors; a plain one is drawn for them."""
INVISIBLE: Final = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters without a picture: soft hyphens, zero widths, marks of direction."""
BOX: Final = "□"
"""Drawn for a letter that the fonts lack, so that somebody sees that one is missing."""


@lru_cache(8192)
def drawable(text: str) -> str:
    """A text as it can be drawn: nothing for what is invisible, a box for what the fonts lack."""
    if DRAWN.fullmatch(text):
        return text
    seen = INVISIBLE.sub("", text)
    for hyphen in HYPHENS:
        seen = seen.replace(hyphen, "-")
    return "".join(letter if DRAWN.fullmatch(letter) else BOX for letter in seen)
