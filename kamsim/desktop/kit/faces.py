"""Portraits of ours: a bust drawn from a person's id alone, so that somebody looks the same on every screen.

Only what the author's words say of a person decides between the two wardrobes (she, he); where they say nothing, a
third one fits everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from kamsim.desktop.kit.theme import Colour, rgb

FINE: Final = 4
SKINS: Final = tuple(map(rgb, ("#F6D7C3", "#EFC3A4", "#E0A97F", "#C98B62", "#A66A45", "#7C4A30", "#5B3524")))
HAIRS: Final = tuple(map(rgb, ("#2B211D", "#463229", "#6B4A34", "#8F6A45", "#B98B54", "#7A3B26", "#9A9FA6", "#C9CCD1")))
DARKER: Final = (0, 0, 1, 6)
"""Hair that goes with darker skin, as places in `HAIRS`."""
BROWNER: Final = (0, 1, 2, 5)
"""Hair that goes with skin between light and dark."""
CLOTHES: Final = {
    "purchasing": ("#2F4B73", "#3C5A86"), "finance": ("#333C4D", "#46506A"), "operations": ("#4C6A5C", "#B9772F"),
    "engineering": ("#37697F", "#56728E"), "general": ("#232D42", "#5A3F5E"), "sales": ("#8A4B3A", "#34618F"),
}  # fmt: skip
GROUNDS: Final = ("#D9E6F7", "#E3E8F1", "#DDECEA", "#F0E6DA", "#E8E2F0", "#E2ECDC")
SHIRTS: Final = ("#FFFFFF", "#E8EEF7", "#DCE6F2", "#F3EBDD")


Points = list[tuple[float, float]]
Shape = Callable[[Points, Colour], None]
Ellipse = Callable[[float, float, float, float, Colour], None]
Stroke = Callable[[Points, Colour, float], None]


@dataclass(frozen=True)
class Face:
    """Whose portrait: the id it is drawn from, what the person does, which wardrobe, and the mood from -1 to 1."""

    id: str
    function: str = "general"
    wardrobe: str = ""
    mood: float = 0.0
    house: str = ""
    """Where several people are seen together: their features are then spread apart by their places."""
    place: int = 0


def _draws(name: str) -> list[int]:
    """Sixteen small numbers from a name."""
    return list(hashlib.sha256(name.encode()).digest()[:16])


def _spread(face: Face) -> list[int]:
    """A face's numbers. In a house, ground, skin, hair, its cut, glasses and clothes are those of the house moved on by
    the place, so that no two neighbours share them."""
    draws = _draws(face.id)
    if face.house:
        house = _draws(face.house)
        for number, step in ((0, 1), (1, 3), (2, 3), (5, 1), (6, 1), (9, 2), (10, 1)):
            draws[number] = house[number] % 128 + step * face.place
    return draws


@lru_cache(96)
def portrait(face: Face, size: int, round_frame: bool = True) -> pygame.Surface:
    """A portrait of ``size`` device pixels."""
    side = size * FINE
    picture = pygame.Surface((side, side), pygame.SRCALPHA)
    draws = _spread(face)
    picture.fill((*rgb(GROUNDS[draws[0] % len(GROUNDS)]), 255))
    _bust(picture, face, draws, side / 100)
    mask = pygame.Surface((side, side), pygame.SRCALPHA)
    mask.fill((255, 255, 255, 0))
    if round_frame:
        pygame.draw.circle(mask, (255, 255, 255, 255), (side / 2, side / 2), side / 2)
    else:
        pygame.draw.rect(mask, (255, 255, 255, 255), mask.get_rect(), border_radius=round(side * 0.12))
    picture.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    return pygame.transform.smoothscale(picture, (size, size))


def _shade(colour: Colour, part: float) -> Colour:
    red, green, blue = (max(0, min(255, round(value * part))) for value in colour)
    return red, green, blue


def _bust(picture: pygame.Surface, face: Face, draws: list[int], unit: float) -> None:
    tint = draws[1] % len(SKINS)
    shades = DARKER if tint > 3 else BROWNER if tint > 1 else tuple(range(len(HAIRS)))
    skin, hair = SKINS[tint], HAIRS[shades[draws[2] % len(shades)]]
    wide = 21.5 + (draws[3] % 5) * 0.7
    high = 27.0 + (draws[4] % 4) * 0.8

    def ellipse(x: float, y: float, w: float, h: float, colour: Colour) -> None:
        pygame.draw.ellipse(picture, colour, ((x - w) * unit, (y - h) * unit, 2 * w * unit, 2 * h * unit))

    def shape(points: Points, colour: Colour) -> None:
        pygame.draw.polygon(picture, colour, [(x * unit, y * unit) for x, y in points])

    def stroke(points: Points, colour: Colour, thick: float) -> None:
        placed = [(x * unit, y * unit) for x, y in points]
        pygame.draw.lines(picture, colour, False, placed, max(1, round(thick * unit)))
        for point in (placed[0], placed[-1]):
            pygame.draw.circle(picture, colour, point, thick * unit / 2)

    style = _hair_style(face.wardrobe, draws[5])
    middle = 46.0
    if style in ("long", "bob"):
        ellipse(50, middle - 3, wide + 7, high + 3, hair)
        shape(
            [
                (50 - wide - 7, middle),
                (50 + wide + 7, middle),
                (50 + wide + 5, 84 if style == "long" else 68),
                (50 - wide - 5, 84 if style == "long" else 68),
            ],
            hair,
        )
    if style == "bun":
        ellipse(50, 14, 9, 8, hair)
    _clothes(picture, face, draws, unit, skin)
    ellipse(50 - wide - 0.5, middle + 3, 4, 5.5, _shade(skin, 0.93))
    ellipse(50 + wide + 0.5, middle + 3, 4, 5.5, _shade(skin, 0.93))
    if style != "bald":
        ellipse(50, middle - 5, wide + 2.5, high - 1, hair)
    ellipse(50, middle + 2, wide, high, skin)
    _fringe(style, draws[6], wide, high, middle, shape, ellipse, hair)
    eye, brow = (38, 32, 34), _shade(hair, 0.8) if sum(hair) < 420 else _shade(hair, 0.72)
    lift = 1.2 * max(0.0, face.mood) - 1.6 * max(0.0, -face.mood)
    for side in (-1, 1):
        x = 50 + side * 9.2
        ellipse(x, middle + 3, 2.1, 2.5, eye)
        ellipse(x + 0.7, middle + 2.3, 0.7, 0.8, (255, 255, 255))
        inner, outer = (
            (x - side * 3.6, middle - 3.2 + max(0.0, -face.mood) * 1.8),
            (x + side * 4, middle - 3.4 - lift * 0.4),
        )
        stroke([inner, (x, middle - 4.6 - lift * 0.5), outer], brow, 1.7)
    stroke([(50.4, middle + 5), (52.2, middle + 10.2), (49.4, middle + 11)], _shade(skin, 0.78), 1.4)
    _mouth(stroke, skin, middle + 17.5, face.mood, draws[7])
    if face.wardrobe == "he" and draws[8] % 5 < 2:
        _beard(ellipse, stroke, hair, skin, wide, high, middle, full=draws[8] % 5 == 0, mood=face.mood)
    if draws[9] % 3 == 0:
        _glasses(picture, unit, middle + 3, draws[9])


def _hair_style(wardrobe: str, draw: int) -> str:
    styles = {
        "she": ("long", "bob", "bun", "bob", "long", "short"),
        "he": ("short", "side", "short", "bald", "side", "short"),
        "": ("short", "side", "short"),
    }[wardrobe]
    return styles[draw % len(styles)]


def _fringe(
    style: str, draw: int, wide: float, high: float, middle: float, shape: Shape, ellipse: Ellipse, hair: Colour
) -> None:
    """The hair over the forehead."""
    top = middle + 2 - high
    if style == "bald":
        ellipse(50 - wide + 1, middle - 2, 2.6, 8, hair)
        ellipse(50 + wide - 1, middle - 2, 2.6, 8, hair)
    elif style in ("side", "bob", "long"):
        swept = [
            (-wide + 0.5, middle - 1),
            (-wide + 2, top + 7),
            (-wide + 9, top + 1.5),
            (0, top - 1),
            (wide - 9, top + 1.5),
            (wide - 2, top + 7),
            (wide - 0.5, middle - 5),
            (wide - 4, top + 13),
            (8, top + 9.5),
            (-2, top + 8),
            (-9, top + 8.5),
            (-15, top + 12),
        ]
        way = -1 if draw % 2 else 1
        shape([(50 + way * x, y) for x, y in swept], hair)
    else:
        shape(
            [
                (50 - wide + 0.5, middle - 5),
                (50 - wide + 3, top + 4),
                (50, top - 1),
                (50 + wide - 3, top + 4),
                (50 + wide - 0.5, middle - 5),
                (50 + 11, top + 8),
                (50 - 11, top + 8),
            ],
            hair,
        )


def _clothes(picture: pygame.Surface, face: Face, draws: list[int], unit: float, skin: Colour) -> None:
    colours = CLOTHES.get(face.function, CLOTHES["general"])
    coat, shirt = rgb(colours[draws[10] % 2]), rgb(SHIRTS[draws[11] % len(SHIRTS)])

    def shape(points: Points, colour: Colour) -> None:
        pygame.draw.polygon(picture, colour, [(x * unit, y * unit) for x, y in points])

    body = ((50 - 40) * unit, 77 * unit, 80 * unit, 50 * unit)
    pygame.draw.rect(picture, coat, body, border_radius=round(20 * unit))
    shape([(41, 64), (59, 64), (61, 84), (39, 84)], _shade(skin, 0.88))
    shape([(38, 78), (62, 78), (50, 100)], shirt)
    pygame.draw.ellipse(picture, _shade(skin, 0.88), (40 * unit, 72 * unit, 20 * unit, 12 * unit))
    shape([(38, 77), (30, 80), (45, 101), (50, 101)], _shade(coat, 0.86))
    shape([(62, 77), (70, 80), (55, 101), (50, 101)], _shade(coat, 0.86))
    if face.wardrobe == "he" and draws[12] % 2 and face.function in ("finance", "general", "purchasing"):
        tie = rgb(("#8C3B2E", "#2E5B8C", "#4A4F7A", "#6B5A2E")[draws[13] % 4])
        shape([(48, 86), (52, 86), (53.5, 101), (46.5, 101)], tie)


def _mouth(stroke: Stroke, skin: Colour, y: float, mood: float, draw: int) -> None:
    curve = 1.0 + 2.6 * mood
    wide = 6.2 + (draw % 3) * 0.7
    points = [(50 + wide * t / 6, y + curve * (1 - (t / 6) ** 2)) for t in range(-6, 7)]
    stroke(points, _shade(skin, 0.55), 1.8)


def _beard(
    ellipse: Ellipse,
    stroke: Stroke,
    hair: Colour,
    skin: Colour,
    wide: float,
    high: float,
    middle: float,
    *,
    full: bool,
    mood: float,
) -> None:
    if full:
        ellipse(50, middle + high - 8, wide - 2.5, 10.5, hair)
        ellipse(50, middle + 14, wide - 6, 6, skin)
        _mouth(stroke, skin, middle + 17.5, mood, 0)
    stroke([(43.5, middle + 15), (50, middle + 13.8), (56.5, middle + 15)], hair, 2.6)


def _glasses(picture: pygame.Surface, unit: float, y: float, draw: int) -> None:
    frame = (46, 50, 58) if draw % 2 else (122, 92, 60)
    thick = max(1, round(1.3 * unit))
    for x in (40.6, 59.4):
        if draw % 4 < 2:
            pygame.draw.circle(picture, frame, (x * unit, y * unit), 6.6 * unit, thick)
        else:
            box = pygame.Rect((x - 7) * unit, (y - 5) * unit, 14 * unit, 10.4 * unit)
            pygame.draw.rect(picture, frame, box, thick, border_radius=round(3 * unit))
    pygame.draw.line(picture, frame, (47 * unit, y * unit), (53 * unit, y * unit), thick)
