"""Antialiased shapes as small pictures that are made once and kept: corners, discs, shadows, hatching."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pygame
from numpy.typing import NDArray

from kamsim.desktop.kit.theme import Colour

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


@lru_cache(48)
def shadow(wide: int, high: int, blur: float, strength: int) -> tuple[pygame.Surface, int]:
    """The soft shadow of a box, and how far it reaches beyond it."""
    reach = int(blur * 2.6)

    def profile(length: int) -> Flat:
        place, spread = np.arange(-reach, length + reach) + 0.5, blur * math.sqrt(2)
        rise = np.array([math.erf(x / spread) - math.erf((x - length) / spread) for x in place])
        return 0.5 * rise

    tile = pygame.Surface((wide + 2 * reach, high + 2 * reach), pygame.SRCALPHA)
    tile.fill((10, 22, 46, 0))
    pygame.surfarray.pixels_alpha(tile)[:] = (np.outer(profile(wide), profile(high)) * strength).astype(np.uint8)
    return tile, reach


@lru_cache(128)
def hatching(wide: int, high: int, step: float, thick: float, colour: Colour, strength: int) -> pygame.Surface:
    """Slanted lines: the second cue of whatever costs money."""
    along = (np.arange(wide)[:, None] + np.arange(high)[None, :]) % step
    cover = np.clip(thick - np.abs(along - step / 2) + 0.5, 0, 1) * strength
    tile = pygame.Surface((wide, high), pygame.SRCALPHA)
    tile.fill((*colour, 0))
    pygame.surfarray.pixels_alpha(tile)[:] = cover.astype(np.uint8)
    return tile
