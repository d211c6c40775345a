"""Icons as pictures: drawn large, scaled down, kept."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

import pygame

from kamsim.look.colours import Colour
from kamsim.look.icons import ICONS

FINE: Final = 8


@lru_cache(512)
def icon(name: str, size: int, colour: Colour, stroke: float) -> pygame.Surface:
    """An icon in device pixels."""
    scale = size * FINE / 24
    large = pygame.Surface((size * FINE, size * FINE), pygame.SRCALPHA)
    large.fill((*colour, 0))
    thick = max(1, round(stroke * scale))
    for kind, values in ICONS[name]:
        scaled = [value * scale for value in values]
        if kind == "line":
            _draw_line(large, list(zip(scaled[::2], scaled[1::2], strict=True)), thick, colour)
        elif kind == "box":
            x, y, wide, high = scaled
            area = pygame.Rect(x - thick / 2, y - thick / 2, wide + thick, high + thick)
            pygame.draw.rect(large, colour, area, thick, border_radius=int(2 * scale + thick / 2))
        else:
            x, y, radius = scaled
            ring = kind == "ring"
            pygame.draw.circle(large, colour, (x, y), radius + (thick / 2 if ring else 0), thick if ring else 0)
    return pygame.transform.smoothscale(large, (size, size))


def _draw_line(surface: pygame.Surface, points: list[tuple[float, float]], thick: int, colour: Colour) -> None:
    for start, end in pairwise(points):
        along = pygame.Vector2(end) - start
        across = pygame.Vector2(-along.y, along.x)
        if across.length():
            across = across.normalize() * thick / 2
        corners = [start + across, end + across, end - across, start - across]
        pygame.draw.polygon(surface, colour, corners)
    for point in points:
        pygame.draw.circle(surface, colour, point, thick / 2)
