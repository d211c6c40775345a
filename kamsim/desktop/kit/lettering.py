"""Text as pictures: four times as large and scaled down, so that letters sit evenly at every size, and kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame

from kamsim.letters import drawable
from kamsim.look.colours import Colour
from kamsim.paths import data_folder

FINE: Final = 4
"""How many times larger than shown a text is drawn."""
CAPITAL: Final = 0.727
"""Height of a capital letter, as a part of the size."""
WEIGHTS: Final = {
    "Regular": "Inter-Regular", "Medium": "Inter-Medium", "SemiBold": "Inter-SemiBold", "Bold": "Inter-Bold",
    "Display": "InterDisplay-SemiBold",
}  # fmt: skip


@lru_cache(256)
def _font(weight: str, size: int) -> pygame.font.Font:
    if not pygame.font.get_init():
        pygame.font.init()
    return pygame.font.Font(str(data_folder("assets") / "fonts" / f"{WEIGHTS[weight]}.otf"), size)


@lru_cache(16384)
def width(text: str, weight: str, size: float) -> float:
    """How wide a text is, in the unit of its size (device pixels)."""
    seen = drawable(text)
    return _font(weight, max(FINE, round(size * FINE))).size(seen)[0] / FINE if seen else 0.0


@lru_cache(2048)
def picture(text: str, weight: str, size: float, colour: Colour) -> tuple[pygame.Surface, int]:
    """A text drawn, and how far below its upper edge the baseline lies, in device pixels."""
    font = _font(weight, max(FINE, round(size * FINE)))
    drawn = font.render(drawable(text) or " ", True, colour)
    ascent = font.get_ascent()
    base = -(-ascent // FINE)
    wide, high = -(-drawn.get_width() // FINE), base - (-(drawn.get_height() - ascent) // FINE)
    large = pygame.Surface((max(1, wide) * FINE, max(1, high) * FINE), pygame.SRCALPHA)
    large.fill((*colour, 0))
    large.blit(drawn, (0, base * FINE - ascent), special_flags=pygame.BLEND_RGBA_MAX)
    return pygame.transform.smoothscale(large, (max(1, wide), max(1, high))), base


def broken(text: str, weight: str, size: float, room: float) -> list[str]:
    """A paragraph in lines no wider than ``room``; a word that is wider is cut."""
    return list(_broken(text, weight, size, room))


@lru_cache(8192)
def _broken(text: str, weight: str, size: float, room: float) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if not line or width(longer, weight, size) <= room:
                line = longer
            else:
                lines.append(line)
                line = word
            while width(line, weight, size) > room and len(line) > 1:
                cut = max(1, _fitting(line, weight, size, room))
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line)
    return tuple(lines)


def _fitting(text: str, weight: str, size: float, room: float) -> int:
    """How many characters fit."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle], weight, size) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def shortened(text: str, weight: str, size: float, room: float) -> str:
    """A text cut to fit, with three dots where it was cut."""
    if width(text, weight, size) <= room:
        return text
    cut = _fitting(text, weight, size, room - width("…", weight, size))
    return text[:cut].rstrip() + "…"
