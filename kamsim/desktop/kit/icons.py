"""Icons as strokes on a field of 24 by 24: drawn large, scaled down, kept."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

import pygame

from kamsim.desktop.kit.theme import Colour

FINE: Final = 8
Stroke = tuple[str, tuple[float, ...]]


def _line(*points: float) -> Stroke:
    return "line", points


def _ring(*circle: float) -> Stroke:
    return "ring", circle


def _dot(*circle: float) -> Stroke:
    return "dot", circle


def _box(*box: float) -> Stroke:
    return "box", box


ICONS: Final[dict[str, tuple[Stroke, ...]]] = {
    "desk": (_line(4, 11, 12, 4.5, 20, 11), _line(6, 10, 6, 19.5, 18, 19.5, 18, 10),
               _line(10, 19, 10, 14, 14, 14, 14, 19)),
    "portfolio": (_box(3.5, 3.5, 7, 7), _box(13.5, 3.5, 7, 7), _box(3.5, 13.5, 7, 7), _box(13.5, 13.5, 7, 7)),
    "people": (_ring(9, 8, 3.2),
               _line(3.5, 19.5, 3.8, 17.4, 5.2, 15.6, 7.2, 14.7, 10.8, 14.7, 12.8, 15.6, 14.2, 17.4, 14.5, 19.5),
               _ring(16.8, 9.2, 2.4), _line(17, 14.6, 19, 15.2, 20.3, 16.8, 20.6, 19)),
    "radar": (_ring(12, 12, 8.5), _ring(12, 12, 4.2), _dot(12, 12, 1.3), _line(12, 12, 18, 6)),
    "news": (_box(3.5, 5, 17, 14), _line(7, 9, 12, 9), _line(7, 12, 17, 12), _line(7, 15, 17, 15)),
    "chat": (_line(4, 5.5, 20, 5.5, 20, 16, 11, 16, 7, 19.5, 7, 16, 4, 16, 4, 5.5), _line(8, 9.4, 16, 9.4),
               _line(8, 12.4, 13, 12.4)),
    "case": (_line(4, 20, 20, 20), _line(4, 15, 9, 10, 13, 13, 20, 5), _line(15.5, 5, 20, 5, 20, 9.5)),
    "report": (_line(5, 20, 5, 12), _line(10, 20, 10, 5), _line(15, 20, 15, 9), _line(20, 20, 20, 14)),
    "notes": (_box(5, 3.5, 14, 17), _line(8.5, 8, 15.5, 8), _line(8.5, 12, 15.5, 12), _line(8.5, 16, 12.5, 16)),
    "help": (_ring(12, 12, 8.5),
               _line(9.4, 9.6, 10, 8.2, 12, 7.4, 14, 8.3, 14.5, 9.9, 13.6, 11.4, 12, 12.4, 12, 13.8),
               _dot(12, 16.8, 1.1)),
    "info": (_ring(12, 12, 8.5), _line(12, 11, 12, 16.5), _dot(12, 7.8, 1.1)),
    "warn": (_line(12, 4, 21, 19.5, 3, 19.5, 12, 4), _line(12, 10, 12, 14.2), _dot(12, 16.8, 1.1)),
    "up": (_line(12, 19, 12, 5), _line(6, 11, 12, 5, 18, 11)),
    "down": (_line(12, 5, 12, 19), _line(6, 13, 12, 19, 18, 13)),
    "flat": (_line(5, 12, 19, 12),),
    "lock": (_box(5.5, 11, 13, 9), _line(8.5, 11, 8.5, 8, 9.6, 5.6, 12, 4.6, 14.4, 5.6, 15.5, 8, 15.5, 11)),
    "clock": (_ring(12, 12, 8.5), _line(12, 7, 12, 12, 15.5, 14)),
    "arrow": (_line(5, 12, 19, 12), _line(13, 6, 19, 12, 13, 18)),
    "back": (_line(19, 12, 5, 12), _line(11, 6, 5, 12, 11, 18)),
    "check": (_line(4.5, 12.5, 9.8, 17.8, 19.5, 6.8),),
    "cross": (_line(6, 6, 18, 18), _line(18, 6, 6, 18)),
    "door": (_box(6, 3.5, 12, 17), _dot(14.6, 12.4, 1.2)),
    "read": (_line(12, 6.5, 8, 5, 3.5, 5, 3.5, 18, 8, 18, 12, 19.5, 16, 18, 20.5, 18, 20.5, 5, 16, 5, 12, 6.5),
               _line(12, 6.5, 12, 19)),
    "search": (_ring(10.5, 10.5, 6), _line(15.2, 15.2, 20, 20)),
    "offer": (_box(4.5, 3.5, 15, 17), _line(8, 8, 16, 8), _line(8, 12, 16, 12),
               _line(8, 16.5, 10, 15, 12, 17, 15.5, 15)),
    "price": (_line(4, 4, 12, 4, 20.5, 12.5, 12.5, 20.5, 4, 12, 4, 4), _dot(8.2, 8.2, 1.3)),
    "funnel": (_line(3.5, 5, 20.5, 5, 14, 12.6, 14, 19.5, 10, 17.4, 10, 12.6, 3.5, 5),),
    "truck": (_box(2.8, 6.5, 11.4, 9.5), _line(14.2, 9.5, 18, 9.5, 21, 12.8, 21, 16, 14.2, 16),
               _ring(7, 17.4, 1.8), _ring(17.2, 17.4, 1.8)),
    "rhythm": (_line(3, 12, 7, 12, 9.5, 6, 13.5, 18, 16, 12, 21, 12),),
    "rebate": (_ring(12, 12, 8.5), _line(8.5, 15.5, 15.5, 8.5), _dot(9, 9, 1.4), _dot(15, 15, 1.4)),
    "undo": (_line(8.5, 4.5, 4.5, 8.5, 8.5, 12.5),
               _line(4.5, 8.5, 14, 8.5, 17.5, 9.8, 19.2, 13, 17.5, 16.6, 14, 18, 9, 18)),
    "pin": (_line(9, 4, 15, 4, 14.2, 10.5, 17.5, 14, 6.5, 14, 9.8, 10.5, 9, 4), _line(12, 14, 12, 20.5)),
    "gear": (_ring(12, 12, 3), _ring(12, 12, 7), _line(12, 2.8, 12, 5), _line(12, 19, 12, 21.2),
               _line(2.8, 12, 5, 12), _line(19, 12, 21.2, 12),
             _line(5.5, 5.5, 7, 7), _line(17, 17, 18.5, 18.5), _line(5.5, 18.5, 7, 17), _line(17, 7, 18.5, 5.5)),
    "play": (_line(7, 5, 19, 12, 7, 19, 7, 5),),
    "calendar": (_box(4, 5.5, 16, 14.5), _line(4, 10, 20, 10), _line(8.5, 3.5, 8.5, 7), _line(15.5, 3.5, 15.5, 7),
                 _line(9, 15, 11.2, 17, 15.2, 12.8)),
    "stamp": (_ring(12, 6.6, 3.1), _line(10.2, 9.4, 9.4, 14.5, 5, 14.5, 5, 17.5, 19, 17.5, 19, 14.5, 14.6, 14.5,
                                         13.8, 9.4), _line(5, 20.5, 19, 20.5)),
    "letter": (_box(3.5, 5.5, 17, 13), _line(4.2, 7, 12, 13, 19.8, 7)),
    "flag": (_line(6, 21, 6, 4, 18, 4, 15, 8.5, 18, 13, 6, 13),),
    "power": (_line(12, 3.5, 12, 11),
               _line(7.5, 6.4, 5.2, 9.6, 4.8, 13.6, 6.6, 17.2, 10, 19.3, 14, 19.3, 17.4, 17.2, 19.2, 13.6,
               18.8, 9.6, 16.5, 6.4)),
}  # fmt: skip
"""By name, its strokes: lines through points, rings and dots (x, y, radius), boxes (x, y, width, height)."""


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
