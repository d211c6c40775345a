"""The painter: logical coordinates in, device pixels out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pygame
from numpy.typing import ArrayLike, NDArray

from kamsim.desktop.kit import lettering, tiles
from kamsim.desktop.kit.icons import icon
from kamsim.desktop.kit.theme import Theme
from kamsim.look.colours import Colour

Role = str | Colour
BLOCK: Final = 128
"""Device pixels from left to right of a curve that are filled at once."""


class Rect(NamedTuple):
    """A box in logical coordinates."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def inset(self, across: float, down: float | None = None) -> Rect:
        """The same box, smaller on each side."""
        down = across if down is None else down
        return Rect(self.x + across, self.y + down, self.w - 2 * across, self.h - 2 * down)

    def over(self, other: Rect) -> Rect:
        """The smallest box around it and another."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def moved(self, x: float, y: float) -> Rect:
        """The same box elsewhere."""
        return Rect(self.x + x, self.y + y, self.w, self.h)


NOWHERE: Final = Rect(0, 0, 0, 0)


@dataclass(frozen=True)
class Style:
    """How a text is set: size in logical pixels, weight, role of its colour, line height."""

    size: float = 14
    weight: str = "Regular"
    colour: Role = "ink"
    leading: float = 1.45

    def like(self, *, colour: Role | None = None, weight: str | None = None, size: float | None = None) -> Style:
        """The same with something changed."""
        return Style(size or self.size, weight or self.weight, colour or self.colour, self.leading)


HERO: Final = Style(34, "Display", leading=1.2)
HEAD: Final = Style(21, "Display", leading=1.25)
TITLE: Final = Style(15, "SemiBold", leading=1.35)
BODY: Final = Style(14, "Regular", "ink2", 1.5)
STRONG: Final = Style(14, "SemiBold", leading=1.45)
LABEL: Final = Style(13, "Medium", "ink2", 1.4)
SMALL: Final = Style(12.5, "Regular", "ink3", 1.45)
TINY: Final = Style(12, "Medium", "ink3", 1.35)


@dataclass(frozen=True)
class Written:
    """A text as it was painted, for the layout check: where, how large in device pixels, on what ground."""

    text: str
    rect: pygame.Rect
    size: float
    colour: Colour
    ground: Colour
    room: pygame.Rect
    cut: bool


class Painter:
    """Draws on a surface of which (``left``, ``top``) is the logical upper left corner; ``scale`` device pixels make a
    logical one. ``record`` takes a note of every text where somebody asks for it."""

    record: list[Written] | None = None

    def __init__(self, surface: pygame.Surface, scale: float, theme: Theme, left: float = 0, top: float = 0) -> None:
        self.surface, self.scale, self.theme = surface, scale, theme
        self.left, self.top = left, top

    # --- coordinates ----------------------------------------------------------------------------------------

    def length(self, value: float) -> int:
        """A length in device pixels."""
        return round(value * self.scale)

    def across(self, x: float) -> int:
        """A place from left to right in device pixels."""
        return round((x - self.left) * self.scale)

    def down(self, y: float) -> int:
        """A place from top to bottom in device pixels."""
        return round((y - self.top) * self.scale)

    def area(self, rect: Rect) -> pygame.Rect:
        """A box in device pixels."""
        x, y = self.across(rect.x), self.down(rect.y)
        return pygame.Rect(x, y, self.across(rect.right) - x, self.down(rect.bottom) - y)

    # --- boxes ------------------------------------------------------------------------------------------------

    def fill(self, rect: Rect, colour: Role) -> None:
        """A plain box, at least one pixel in each direction."""
        area = self.area(rect)
        self.surface.fill(self.theme[colour], (area.x, area.y, max(1, area.w), max(1, area.h)))

    def veil(self, rect: Rect, colour: Role, strength: int) -> None:
        """A box through which one sees what lies below."""
        area = self.area(rect)
        if area.w > 0 and area.h > 0:
            over = pygame.Surface(area.size, pygame.SRCALPHA)
            over.fill((*self.theme[colour], strength))
            self.surface.blit(over, area)

    def box(
        self, rect: Rect, radius: float = 8, fill: Role = "card", border: Role | None = None, thick: float = 1
    ) -> None:
        """A rounded box."""
        area = self.area(rect)
        if area.w <= 0 or area.h <= 0:
            return
        inside, edge = self.theme[fill], self.theme[border] if border is not None else None
        width = max(1, self.length(thick)) if edge is not None else 0
        rounded = min(radius * self.scale, min(area.w, area.h) / 2)
        tile, reach = tiles.corners(round(rounded, 2), width, inside, edge)
        side = tile.get_width()
        reach = min(reach, area.w // 2, area.h // 2)
        if area.inflate(-2 * width, -2 * reach).contains(self.surface.get_clip()):
            self.surface.fill(inside)  # no more of it is seen
            return
        for x, from_x in ((area.x, 0), (area.right - reach, side - reach)):
            for y, from_y in ((area.y, 0), (area.bottom - reach, side - reach)):
                self.surface.blit(tile, (x, y), (from_x, from_y, reach, reach))
        paint = self.surface.fill
        paint(inside, (area.x + reach, area.y, area.w - 2 * reach, area.h))
        paint(inside, (area.x, area.y + reach, reach, area.h - 2 * reach))
        paint(inside, (area.right - reach, area.y + reach, reach, area.h - 2 * reach))
        if edge is not None:
            paint(edge, (area.x + reach, area.y, area.w - 2 * reach, width))
            paint(edge, (area.x + reach, area.bottom - width, area.w - 2 * reach, width))
            paint(edge, (area.x, area.y + reach, width, area.h - 2 * reach))
            paint(edge, (area.right - width, area.y + reach, width, area.h - 2 * reach))

    def shadow(self, rect: Rect, radius: float, blur: float = 3) -> None:
        """The soft shadow of a card, whose box is drawn over it."""
        area = self.area(rect)
        covered = area.inflate(0, -2 * math.ceil(radius * self.scale + 1)).contains(self.surface.get_clip())
        if self.theme.shadow and not covered:
            tiles.cast_shadow(self.surface, area.move(0, self.length(1)), blur * self.scale, self.theme.shadow)

    def level(self, x: float, y: float, wide: float, colour: Role = "line", dash: float = 0) -> None:
        """A horizontal hairline, dashed where ``dash`` says how long a dash is."""
        thick = max(1, self.length(1))
        if not dash:
            self.surface.fill(self.theme[colour], (self.across(x), self.down(y), self.length(wide), thick))
            return
        place = x
        while place < x + wide:
            self.surface.fill(
                self.theme[colour], (self.across(place), self.down(y), self.length(min(dash, x + wide - place)), thick)
            )
            place += dash * 1.9

    def upright(self, x: float, y: float, high: float, colour: Role = "line", dash: float = 0) -> None:
        """A vertical hairline."""
        thick, place = max(1, self.length(1)), y
        while place < y + high:
            part = min(dash or high, y + high - place)
            self.surface.fill(self.theme[colour], (self.across(x), self.down(place), thick, max(1, self.length(part))))
            place += (dash or high) * 1.9

    def disc(self, x: float, y: float, radius: float, fill: Role, ring: float = 0, border: Role | None = None) -> None:
        """A disc with its middle at a point."""
        edge = self.theme[border] if border is not None else None
        tile, middle = tiles.disc(
            round(radius * self.scale * 4) / 4, self.theme[fill], round(ring * self.scale, 2), edge
        )
        self.surface.blit(tile, (self.across(x) - middle, self.down(y) - middle))

    def hatch(self, rect: Rect, colour: Role, strength: int = 90, step: float = 5) -> None:
        """Slanted lines over a box."""
        area = self.area(rect)
        if area.w > 0 and area.h > 0:
            thick = 1.1 * self.scale
            tile = tiles.hatching(area.w, area.h, step * self.scale, thick, self.theme[colour], strength)
            self.surface.blit(tile, area)

    def icon(self, x: float, y: float, name: str, size: float = 20, colour: Role = "ink2", stroke: float = 1.7) -> None:
        """An icon with its middle at a point."""
        side = self.length(size)
        picture = icon(name, side, self.theme[colour], stroke)
        self.surface.blit(picture, (self.across(x) - side // 2, self.down(y) - side // 2))

    def image(self, picture: pygame.Surface, x: float, y: float) -> None:
        """A picture in device pixels with its upper left corner at a point."""
        self.surface.blit(picture, (self.across(x), self.down(y)))

    # --- text -------------------------------------------------------------------------------------------------

    def wide(self, text: str, style: Style) -> float:
        """How wide a text is."""
        return lettering.width(text, style.weight, round(style.size * self.scale, 2)) / self.scale

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style = BODY,
        align: str = "l",
        room: float | None = None,
        *,
        colour: Role | None = None,
        may_cut: bool = False,
    ) -> float:
        """One line with the middle of its capitals at ``y``; cut with dots beyond ``room``. Returns its width."""
        if not text:
            return 0.0
        size = round(style.size * self.scale, 2)
        whole = text
        if room is not None:
            text = lettering.shortened(text, style.weight, size, room * self.scale + 0.5)
        ink = self.theme[colour if colour is not None else style.colour]
        picture, base = lettering.picture(text, style.weight, size, ink)
        true_width = lettering.width(text, style.weight, size)
        place = (x - self.left) * self.scale - {"l": 0.0, "c": true_width / 2, "r": true_width}[align]
        top = self.down(y) + round(size * lettering.CAPITAL / 2) - base
        if self.record is not None:
            self._note(
                text,
                pygame.Rect(round(place), top, round(true_width), picture.get_height()),
                size,
                ink,
                cut=text != whole and not may_cut,
            )
        self.surface.blit(picture, (round(place), top))
        return true_width / self.scale

    def _note(self, text: str, area: pygame.Rect, size: float, ink: Colour, *, cut: bool) -> None:
        """Note a text, the ground below it taken before it is painted."""
        capital = round(size * lettering.CAPITAL)
        middle = area.y + area.h // 2
        tight = pygame.Rect(area.x, middle - capital // 2, area.w, capital)
        inside = area.clip(self.surface.get_rect())
        ground = (
            self.surface.get_at((inside.x + min(2, max(0, inside.w - 1)), inside.centery))[:3]
            if inside.w and inside.h
            else ink
        )
        assert self.record is not None
        red, green, blue = ground
        self.record.append(Written(text, tight, size, ink, (red, green, blue), self.surface.get_rect(), cut))

    def lines(self, text: str, style: Style, room: float) -> list[str]:
        """A text in lines that fit."""
        size = round(style.size * self.scale, 2)
        return lettering.broken(text, style.weight, size, room * self.scale + 0.5)

    def paragraph(self, x: float, y: float, text: str, style: Style, room: float) -> float:
        """Several lines from ``y`` down; returns how high they are."""
        step = style.size * style.leading
        found = self.lines(text, style, room)
        for row, line in enumerate(found):
            self.text(x, y + (row + 0.5) * step, line, style)
        return len(found) * step

    # --- curves -----------------------------------------------------------------------------------------------

    def band(self, xs: ArrayLike, upper: ArrayLike, lower: ArrayLike, colour: Role, strength: int = 255) -> None:
        """Fill between two curves of x, exact to a part of a pixel."""
        scale = self.scale
        x = (np.asarray(xs, dtype=float) - self.left) * scale
        high = (np.asarray(upper, dtype=float) - self.top) * scale
        low = (np.asarray(lower, dtype=float) - self.top) * scale
        first, last = math.floor(x[0]), math.ceil(x[-1])
        place = np.arange(first * 2, last * 2) / 2 + 0.25
        top, bottom = np.interp(place, x, high), np.interp(place, x, low)
        edge = np.clip(place + 0.25 - x[0], 0, 0.5) * 2 * np.clip(x[-1] - place + 0.25, 0, 0.5) * 2
        full = (edge * (strength * 0.5)).astype(np.float32)
        for start in range(0, 2 * (last - first), 2 * BLOCK):  # a steep band is low in each of them
            some = slice(start, start + 2 * BLOCK)
            row = max(0, int(top[some].min()) - 1)
            end = min(self.surface.get_height(), int(bottom[some].max()) + 2)
            if end > row:
                rows = np.arange(row + 1, end + 1, dtype=np.float32)[:, None]
                cover = _below(rows, top[some])
                cover -= _below(rows, bottom[some])
                cover *= full[some]
                self._stain((cover[:, 0::2] + cover[:, 1::2]).T, colour, first + start // 2, row)

    def _stain(self, cover: NDArray[np.float32], colour: Role, x: int, y: int) -> None:
        tile = pygame.Surface(cover.shape, pygame.SRCALPHA)
        tile.fill((*self.theme[colour], 0))
        pygame.surfarray.pixels_alpha(tile)[:] = cover.astype(np.uint8)
        self.surface.blit(tile, (x, y))

    def curve(self, xs: Sequence[float], ys: Sequence[float], colour: Role, thick: float = 2.0) -> None:
        """A line through points, from left to right."""
        if len(xs) < 2 or xs[-1] - xs[0] < 1:
            return
        fine = np.arange(xs[0], xs[-1] + 0.25, 0.5)
        level = np.interp(fine, xs, ys)
        half = thick / 2 * np.sqrt(1 + np.gradient(level, fine) ** 2)
        self.band(fine, level - half, level + half, colour)

    def stroke(self, x0: float, y0: float, x1: float, y1: float, colour: Role, thick: float = 2.0) -> None:
        """A straight line in any direction."""
        start, end = (self.across(x0), self.down(y0)), (self.across(x1), self.down(y1))
        pygame.draw.aaline(self.surface, self.theme[colour], start, end, max(1, self.length(thick)))


def _below(rows: NDArray[np.float32], level: NDArray[np.float64]) -> NDArray[np.float32]:
    """How much of each pixel lies below a curve, by row and column; in place, for it is many pixels."""
    cover: NDArray[np.float32] = rows - level.astype(np.float32)
    np.maximum(cover, 0, out=cover)
    np.minimum(cover, 1, out=cover)
    return cover


def smooth(x: ArrayLike, y: ArrayLike, at: ArrayLike) -> NDArray[np.float64]:
    """Curves through points that never overshoot them (monotone cubic): values ``y`` (..., n) at ``x`` (n,), between
    them at ``at`` (m,); (..., m)."""
    knots, values, place = np.asarray(x, float), np.asarray(y, float), np.asarray(at, float)
    step = knots[1:] - knots[:-1]
    slope = (values[..., 1:] - values[..., :-1]) / step
    tangent = np.zeros_like(values)
    before, after = slope[..., :-1], slope[..., 1:]
    same = before * after > 0
    tangent[..., 1:-1][same] = 2 * before[same] * after[same] / (before + after)[same]
    tangent[..., 0], tangent[..., -1] = slope[..., 0], slope[..., -1]
    row = np.clip(np.searchsorted(knots, place, "right") - 1, 0, len(step) - 1)
    t = (place - knots[row]) / step[row]
    made: NDArray[np.float64] = (
        (1 + 2 * t) * (1 - t) ** 2 * values[..., row]
        + t * (1 - t) ** 2 * step[row] * tangent[..., row]
        + t * t * (3 - 2 * t) * values[..., row + 1]
        + t * t * (t - 1) * step[row] * tangent[..., row + 1]
    )
    return made
