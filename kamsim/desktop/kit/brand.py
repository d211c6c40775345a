"""The mark of the house: a letter on blue, in the rail, on the first page, and as the icon of the window."""

from __future__ import annotations

from typing import Final

import pygame

from kamsim.desktop.kit import lettering
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.look.colours import rgb

BLUE: Final = "#1B5FC1"
WHITE: Final = "#FFFFFF"
ROUND: Final = 0.27
"""Radius of its corners, and below it the size of its letter, as parts of its side."""
LETTER: Final = 0.6
ICON: Final = 128
FINE: Final = 4
"""How many times larger the icon is drawn, so that its edge is smooth."""


def mark(painter: Painter, x: float, y: float, side: float) -> None:
    """The mark with its upper left corner at a point."""
    painter.box(Rect(x, y, side, side), side * ROUND, BLUE)
    painter.text(x + side / 2, y + side / 2, "k", Style(side * LETTER, "Bold", WHITE), "c")


def icon() -> pygame.Surface:
    """The window's icon; needs no window."""
    side = ICON * FINE
    large = pygame.Surface((side, side), pygame.SRCALPHA)
    pygame.draw.rect(large, rgb(BLUE), large.get_rect(), border_radius=round(side * ROUND))
    letter, base = lettering.picture("k", "Bold", side * LETTER, rgb(WHITE))
    middle = base - side * LETTER * lettering.CAPITAL / 2
    large.blit(letter, ((side - letter.get_width()) // 2, round(side / 2 - middle)))
    return pygame.transform.smoothscale(large, (ICON, ICON))
