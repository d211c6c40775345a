"""Tips and helps made of the one wording."""

from __future__ import annotations

from kamsim.desktop.kit.node import Tip
from kamsim.view.words import help


def tip(word: str, *more: str) -> Tip:
    """What a word of the trade means, with more that is known here; or a title of its own with its lines."""
    known = help.WORDS.get(word)
    if known is None:
        return Tip(word, more)
    return Tip(known.name, (*more, *known.lines))
