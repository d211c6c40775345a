"""Cards that can be played: what would be said, and the fact behind it; and a clock as a ring."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache

import pygame

from kamsim.desktop.kit import gfx
from kamsim.desktop.kit.buttons import Control, keycap, keycap_wide
from kamsim.desktop.kit.gfx import Painter, Style
from kamsim.desktop.kit.node import Act, Look, Metrics
from kamsim.look.colours import Colour

FINE = 4


@lru_cache(256)
def ring_picture(size: int, part: float, thick: float, track: Colour, ink: Colour) -> pygame.Surface:
    """A ring of ``size`` device pixels of which a part from the top on, clockwise, is still full."""
    side = size * FINE
    large = pygame.Surface((side, side), pygame.SRCALPHA)
    large.fill((*track, 0))
    middle, radius, wide = side / 2, side / 2 - 1, thick * FINE
    pygame.draw.circle(large, track, (middle, middle), radius, round(wide))
    if part > 0.0:
        steps = max(2, round(90 * part))
        turn = [2 * math.pi * (1.0 - part + part * step / steps) for step in range(steps + 1)]
        outer = [(middle + radius * math.sin(a), middle - radius * math.cos(a)) for a in turn]
        inner = [(middle + (radius - wide) * math.sin(a), middle - (radius - wide) * math.cos(a)) for a in turn]
        pygame.draw.polygon(large, ink, [*outer, *inner[::-1]])
        for angle in (turn[0], turn[-1]):
            place = (middle + (radius - wide / 2) * math.sin(angle), middle - (radius - wide / 2) * math.cos(angle))
            pygame.draw.circle(large, ink, place, wide / 2)
    return pygame.transform.smoothscale(large, (size, size))


def ring(
    painter: Painter, x: float, y: float, size: float, part: float, ink: str = "accent", thick: float = 6.0
) -> None:
    """A ring with its upper left corner at a place."""
    theme = painter.theme
    picture = ring_picture(painter.length(size), round(part, 3), thick * painter.scale, theme["track"], theme[ink])
    painter.image(picture, x, y)


@dataclass(kw_only=True, eq=False)
class PlayingCard(Control):
    """A card that can be played. ``fact``: what it rests on; which card is right, no mark gives away."""

    title: str = ""
    fact: str = ""
    shortcut: str = ""
    act: Act | None = None
    off: str = ""

    TITLE = Style(14.5, "SemiBold", "ink", 1.4)
    FACT = Style(13, "Regular", "ink2", 1.45)

    def natural(self, _metrics: Metrics) -> float:
        return 260.0

    def _room(self, metrics: Metrics, width: float) -> float:
        return width - 30 - (keycap_wide(metrics, self.shortcut) + 10 if self.shortcut else 0)

    def measure(self, metrics: Metrics, width: float) -> float:
        title = metrics.high(self.title, self.TITLE, self._room(metrics, width))
        fact = metrics.high(self.fact, self.FACT, width - 30) + 4 if self.fact else 0.0
        return 14 + title + fact + 14

    def paint(self, painter: Painter, look: Look) -> None:
        rect, metrics = self.rect, Metrics(painter.scale)
        focus, hover = look.focus == self.name, look.hover == self.name
        edge = "accent" if focus or hover else "line2"
        painter.box(rect, 10, "accent_soft" if focus else "card2", edge, 1.8 if focus else 1)
        x, y = rect.x + 16, rect.y + 14
        y += painter.paragraph(x, y, self.title, self.TITLE, self._room(metrics, rect.w))
        if self.fact:
            painter.paragraph(x, y + 4, self.fact, self.FACT, rect.w - 30)
        if self.shortcut:
            keycap(painter, rect.right - 12, rect.y + 14 + self.TITLE.size * 0.7, self.shortcut)

    def activate(self) -> bool:
        if self.act is None:
            return False
        self.act()
        return True

    def shows(self) -> Hashable:
        return ("pick", self.name, self.title, self.fact, self.shortcut)

    def describe(self) -> str:
        return "Choice: " + ". ".join(filter(None, (self.title, self.fact)))


RING_TEXT = gfx.STRONG.like(size=18)
