"""Portraits as pictures: the house's shapes drawn large, scaled down, kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame

from kamsim.look.faces import Face, Shape, ground, shapes

FINE: Final = 4


@lru_cache(96)
def portrait(face: Face, size: int, round_frame: bool = True) -> pygame.Surface:
    """A portrait of ``size`` device pixels."""
    side = size * FINE
    picture = pygame.Surface((side, side), pygame.SRCALPHA)
    picture.fill((*ground(face), 255))
    for shape in shapes(face):
        _brush(picture, shape, side / 100)
    mask = pygame.Surface((side, side), pygame.SRCALPHA)
    mask.fill((255, 255, 255, 0))
    if round_frame:
        pygame.draw.circle(mask, (255, 255, 255, 255), (side / 2, side / 2), side / 2)
    else:
        pygame.draw.rect(mask, (255, 255, 255, 255), mask.get_rect(), border_radius=round(side * 0.12))
    picture.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    return pygame.transform.smoothscale(picture, (size, size))


def _brush(picture: pygame.Surface, shape: Shape, unit: float) -> None:
    placed = [(x * unit, y * unit) for x, y in shape.points]
    thick = max(1, round(shape.thick * unit))
    if shape.kind == "polygon":
        pygame.draw.polygon(picture, shape.colour, placed)
    elif shape.kind == "ellipse":
        (x, y), (wide, high) = placed
        pygame.draw.ellipse(picture, shape.colour, (x - wide, y - high, 2 * wide, 2 * high))
    elif shape.kind == "stroke":
        pygame.draw.lines(picture, shape.colour, False, placed, max(1, round(shape.size * unit)))
        for point in (placed[0], placed[-1]):
            pygame.draw.circle(picture, shape.colour, point, shape.size * unit / 2)
    elif shape.kind == "ring":
        pygame.draw.circle(picture, shape.colour, placed[0], shape.size * unit, thick)
    else:
        (left, top), (right, bottom) = placed
        box = pygame.Rect(left, top, right - left, bottom - top)
        radius = round(shape.size * unit)
        pygame.draw.rect(picture, shape.colour, box, 0 if shape.kind == "box" else thick, border_radius=radius)
