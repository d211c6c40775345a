"""Antialiased shapes as small pictures that are made once and kept: corners, discs, shadows, hatching."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pygame
from numpy.typing import NDArray

from kamsim.look.colours import Colour

Flat = NDArray[np.float64]


def _coloured(outer: Flat, inner: Flat, fill: Colour, border: Colour | None) -> pygame.Surface:
    """A picture from how far each pixel lies inside (``outer``) and inside the border (``inner``)."""
    tile = pygame.Surface(outer.shape, pygame.SRCALPHA)
    mix = np.divide(inner, outer, out=np.ones_like(outer), where=outer > 0)[..., None]
    colour = np.array(fill) * mix + np.array(border or fill) * (1 - mix)
    pygame.surfarray.pixels3d(tile)[:] = colour.astype(np.uint8)
    pygame.surfarray.pixels_alpha(tile)[:] = (outer * 255).astype(np.uint8)
    return tile


@lru_cache(512)
def corners(radius: float, thick: int, fill: Colour, border: Colour | None) -> tuple[pygame.Surface, int]:
    """The four corners of a rounded box as one tile, and how large a corner is."""
    reach = math.ceil(radius) + 1
    side = 2 * reach + 1
    away = np.maximum(np.abs(np.arange(side) + 0.5 - side / 2) - (side / 2 - radius), 0)
    distance = np.hypot(away[:, None], away[None, :]) - radius
    outer = np.clip(0.5 - distance, 0, 1)
    inner = np.clip(0.5 - (distance + thick), 0, 1) if thick else outer
    return _coloured(outer, inner, fill, border), reach


@lru_cache(512)
def disc(radius: float, fill: Colour, ring: float, border: Colour | None) -> tuple[pygame.Surface, int]:
    """A disc, and where its middle is."""
    reach = math.ceil(radius) + 1
    from_middle = np.arange(2 * reach + 1) - reach
    distance = np.hypot(from_middle[:, None], from_middle[None, :]) - radius
    outer = np.clip(0.5 - distance, 0, 1)
    inner = np.clip(0.5 - (distance + ring), 0, 1) if ring else outer
    return _coloured(outer, inner, fill, border), reach


@lru_cache(16)
def shadow(blur: float, strength: int) -> tuple[pygame.Surface, int]:
    """The soft shadow of a small box, and how far it reaches in and out: its corners and edges serve any box."""
    reach = max(1, int(blur * 2.6))
    length = 2 * reach + 1
    place, spread = np.arange(-reach, length + reach) + 0.5, blur * math.sqrt(2)
    profile = 0.5 * np.array([math.erf(x / spread) - math.erf((x - length) / spread) for x in place])
    tile = pygame.Surface((len(place), len(place)), pygame.SRCALPHA)
    tile.fill((10, 22, 46, 0))
    pygame.surfarray.pixels_alpha(tile)[:] = (np.outer(profile, profile) * strength).astype(np.uint8)
    return tile, reach


def cast_shadow(surface: pygame.Surface, box: pygame.Rect, blur: float, strength: int) -> None:
    """Draw the shadow of a box; what the box itself will cover is left out."""
    tile, reach = shadow(blur, strength)
    corner = 2 * reach
    if box.w < corner or box.h < corner:
        return
    far = tile.get_width() - corner
    left, right, top, bottom = box.x - reach, box.right - reach, box.y - reach, box.bottom - reach
    for x, from_x in ((left, 0), (right, far)):
        for y, from_y in ((top, 0), (bottom, far)):
            surface.blit(tile, (x, y), (from_x, from_y, corner, corner))
    wide, high = right - left - corner, bottom - top - corner
    if wide > 0:
        for y, from_y in ((top, 0), (bottom, far)):
            surface.blit(_edge(blur, strength, (corner, from_y, 1, corner), (wide, corner)), (left + corner, y))
    if high > 0:
        for x, from_x in ((left, 0), (right, far)):
            surface.blit(_edge(blur, strength, (from_x, corner, corner, 1), (corner, high)), (x, top + corner))


@lru_cache(256)
def _edge(blur: float, strength: int, part: tuple[int, int, int, int], size: tuple[int, int]) -> pygame.Surface:
    """A part of a shadow's tile drawn out along the side of a box."""
    return pygame.transform.scale(shadow(blur, strength)[0].subsurface(part), size)


@lru_cache(128)
def hatching(wide: int, high: int, step: float, thick: float, colour: Colour, strength: int) -> pygame.Surface:
    """Slanted lines: the second cue of whatever costs money."""
    along = (np.arange(wide)[:, None] + np.arange(high)[None, :]) % step
    cover = np.clip(thick - np.abs(along - step / 2) + 0.5, 0, 1) * strength
    tile = pygame.Surface((wide, high), pygame.SRCALPHA)
    tile.fill((*colour, 0))
    pygame.surfarray.pixels_alpha(tile)[:] = cover.astype(np.uint8)
    return tile
