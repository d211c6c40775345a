"""Which letters the window can draw: those of the fonts in assets/fonts (`.ci/fonts.py` makes them); and quotation
marks as print has them."""

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


QUOTES: Final = (("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
                 ("\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"))  # fmt: skip
"""Marks around what is said, and around what is said inside it."""
OPENS_AFTER: Final = " \n\t([{—–\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"


@lru_cache(8192)
def curled(text: str) -> str:
    """A text with its straight double quotation marks curled: single ones inside of others."""
    if '"' not in text:
        return text
    made, depth = "", 0
    for place, letter in enumerate(text):
        if letter != '"':
            depth += (letter == QUOTES[0][0]) - (letter == QUOTES[0][1])
            made += letter
            continue
        opens = place == 0 or text[place - 1] in OPENS_AFTER
        inside = depth > (0 if opens else 1)
        made += QUOTES[inside][not opens]
        depth += 1 if opens else -1
    return made
