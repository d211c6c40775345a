"""What a figure means, as a small picture beside it."""

from __future__ import annotations

from functools import lru_cache

import pygame

from kamsim.desktop.kit import tiles
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Metrics, Tip
from kamsim.desktop.kit.theme import Theme

TITLE = Style(13, "SemiBold", "tip_ink", 1.4)
TEXT = Style(13, "Regular", "tip_ink2", 1.45)


def tip_picture(tip: Tip, scale: float, theme: Theme, room: float) -> pygame.Surface:
    """A tip drawn, with its shadow."""
    return _drawn(tip, scale, theme, room) if Painter.record is not None else _kept(tip, scale, theme, room)


def _drawn(tip: Tip, scale: float, theme: Theme, room: float) -> pygame.Surface:
    metrics = Metrics(scale)
    widest = max([metrics.wide(tip.title, TITLE), *(metrics.wide(line, TEXT) for line in tip.lines)], default=0.0)
    wide = min(room - 28, widest + 1)
    high = metrics.high(tip.title, TITLE, wide) if tip.title else 0.0
    high += sum(metrics.high(line, TEXT, wide) + 4 for line in tip.lines)
    size = (round((wide + 40) * scale), round((high + 32) * scale))
    picture = pygame.Surface(size, pygame.SRCALPHA)
    picture.fill((0, 0, 0, 0))
    painter = Painter(picture, scale, theme)
    tiles.cast_shadow(picture, painter.area(Rect(6, 7, wide + 28, high + 20)), 4 * scale, 70)
    painter.box(Rect(6, 5, wide + 28, high + 20), 9, "tip", "line2" if theme.name == "contrast" else None)
    y = 14.0
    if tip.title:
        y += painter.paragraph(20, y, tip.title, TITLE, wide)
    for line in tip.lines:
        y += 4 + painter.paragraph(20, y + 4, line, TEXT, wide)
    return picture


_kept = lru_cache(64)(_drawn)
