"""Portraits of ours: a bust drawn from a person's id alone, so that somebody looks the same on every screen and page.

Only what the author's words say of a person decides between the two wardrobes (she, he); where they say nothing, a
third one fits everybody.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from kamsim.look.colours import Colour, rgb

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
STYLES: Final = {
    "she": ("long", "bob", "bun", "bob", "long", "bun"),
    "he": ("short", "side", "short", "bald", "side", "short"),
    "": ("short", "side", "short"),
}
"""Cuts of hair by wardrobe."""
EYES: Final = (38, 32, 34)
MIDDLE: Final = 46.0
"""Height of the middle of a face."""
Points = list[tuple[float, float]]


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


@dataclass(frozen=True)
class Shape:
    """One stroke of the brush on a field of 100 by 100. ``points``: of an ellipse its centre and half its width and
    height; of a box and a frame two opposite corners; of a ring its centre. ``size``: the radius of a box's corners or
    of a ring, the thickness of a stroke; ``thick``: of a ring's or a frame's line."""

    kind: str
    """ellipse, polygon, stroke, box, ring or frame."""
    points: tuple[tuple[float, float], ...]
    colour: Colour
    size: float = 0.0
    thick: float = 0.0


@dataclass
class _Bust:
    """A bust as it is drawn, from the back to the front."""

    face: Face
    draws: list[int]
    shapes: list[Shape] = field(default_factory=list)

    def __post_init__(self) -> None:
        draws, tint = self.draws, self.draws[1] % len(SKINS)
        shades = DARKER if tint > 3 else BROWNER if tint > 1 else tuple(range(len(HAIRS)))
        self.skin, self.hair = SKINS[tint], HAIRS[shades[draws[2] % len(shades)]]
        self.wide, self.high = 21.5 + (draws[3] % 5) * 0.7, 27.0 + (draws[4] % 4) * 0.8
        styles = STYLES[self.face.wardrobe]
        self.style = styles[draws[5] % len(styles)]

    def ellipse(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        self.shapes.append(Shape("ellipse", ((x, y), (wide, high)), colour))

    def polygon(self, points: Points, colour: Colour) -> None:
        self.shapes.append(Shape("polygon", tuple(points), colour))

    def stroke(self, points: Points, colour: Colour, thick: float) -> None:
        self.shapes.append(Shape("stroke", tuple(points), colour, thick))

    def draw(self) -> None:
        """Everything, in the order in which it lies."""
        middle, wide, high = MIDDLE, self.wide, self.high
        if self.style in ("long", "bob"):
            self._long_hair(84 if self.style == "long" else 68)
        if self.style == "bun":
            self.ellipse(50, 14, 9, 8, self.hair)
        self._clothes()
        for side in (-1, 1):
            self.ellipse(50 + side * (wide + 0.5), middle + 3, 4, 5.5, _shade(self.skin, 0.93))
        if self.style != "bald":
            self.ellipse(50, middle - 5, wide + 2.5, high - 1, self.hair)
        self.ellipse(50, middle + 2, wide, high, self.skin)
        self._fringe(self.draws[6])
        self._eyes(self.face.mood)
        self.stroke([(50.4, middle + 5), (52.2, middle + 10.2), (49.4, middle + 11)], _shade(self.skin, 0.78), 1.4)
        self._mouth(self.draws[7])
        if self.face.wardrobe == "he" and self.draws[8] % 5 < 2:
            self._beard(full=self.draws[8] % 5 == 0)
        if self.draws[9] % 3 == 0:
            self._glasses(self.draws[9])

    def _long_hair(self, end: float) -> None:
        wide = self.wide
        self.ellipse(50, MIDDLE - 3, wide + 7, self.high + 3, self.hair)
        across = ((-7, MIDDLE), (7, MIDDLE), (5, end), (-5, end))
        self.polygon([(50 + (wide if x > 0 else -wide) + x, y) for x, y in across], self.hair)

    def _clothes(self) -> None:
        draws, function, skin = self.draws, self.face.function, _shade(self.skin, 0.88)
        colours = CLOTHES.get(function, CLOTHES["general"])
        coat, shirt = rgb(colours[draws[10] % 2]), rgb(SHIRTS[draws[11] % len(SHIRTS)])
        self.shapes.append(Shape("box", ((10, 77), (90, 127)), coat, 20))
        self.polygon([(41, 64), (59, 64), (61, 84), (39, 84)], skin)
        self.polygon([(38, 78), (62, 78), (50, 100)], shirt)
        self.ellipse(50, 78, 10, 6, skin)
        self.polygon([(38, 77), (30, 80), (45, 101), (50, 101)], _shade(coat, 0.86))
        self.polygon([(62, 77), (70, 80), (55, 101), (50, 101)], _shade(coat, 0.86))
        if self.face.wardrobe == "he" and draws[12] % 2 and function in ("finance", "general", "purchasing"):
            tie = rgb(("#8C3B2E", "#2E5B8C", "#4A4F7A", "#6B5A2E")[draws[13] % 4])
            self.polygon([(48, 86), (52, 86), (53.5, 101), (46.5, 101)], tie)

    def _fringe(self, draw: int) -> None:
        """The hair over the forehead."""
        wide, middle, top = self.wide, MIDDLE, MIDDLE + 2 - self.high
        if self.style == "bald":
            for side in (-1, 1):
                self.ellipse(50 + side * (wide - 1), middle - 2, 2.6, 8, self.hair)
        elif self.style in ("side", "bob", "long"):
            swept = [
                (-wide + 0.5, middle - 1), (-wide + 2, top + 7), (-wide + 9, top + 1.5), (0, top - 1),
                (wide - 9, top + 1.5), (wide - 2, top + 7), (wide - 0.5, middle - 5), (wide - 4, top + 13),
                (8, top + 9.5), (-2, top + 8), (-9, top + 8.5), (-15, top + 12),
            ]  # fmt: skip
            way = -1 if draw % 2 else 1
            self.polygon([(50 + way * x, y) for x, y in swept], self.hair)
        else:
            short = [
                (-wide + 0.5, middle - 5), (-wide + 3, top + 4), (0, top - 1), (wide - 3, top + 4),
                (wide - 0.5, middle - 5), (11, top + 8), (-11, top + 8),
            ]  # fmt: skip
            self.polygon([(50 + x, y) for x, y in short], self.hair)

    def _eyes(self, mood: float) -> None:
        middle = MIDDLE
        brow = _shade(self.hair, 0.8) if sum(self.hair) < 420 else _shade(self.hair, 0.72)
        lift = 1.2 * max(0.0, mood) - 1.6 * max(0.0, -mood)
        for side in (-1, 1):
            x = 50 + side * 9.2
            self.ellipse(x, middle + 3, 2.1, 2.5, EYES)
            self.ellipse(x + 0.7, middle + 2.3, 0.7, 0.8, (255, 255, 255))
            inner = (x - side * 3.6, middle - 3.2 + max(0.0, -mood) * 1.8)
            outer = (x + side * 4, middle - 3.4 - lift * 0.4)
            self.stroke([inner, (x, middle - 4.6 - lift * 0.5), outer], brow, 1.7)
            if self.face.wardrobe == "she":
                self.stroke([(x + side * 1.2, middle + 0.9), (x + side * 3.6, middle - 0.2)], EYES, 1.1)

    def _mouth(self, draw: int) -> None:
        curve, wide, y = 1.0 + 2.6 * self.face.mood, 6.2 + (draw % 3) * 0.7, MIDDLE + 17.5
        points = [(50 + wide * t / 6, y + curve * (1 - (t / 6) ** 2)) for t in range(-6, 7)]
        lips = self.face.wardrobe == "she"
        red, green, blue = self.skin
        colour = (round(red * 0.74), round(green * 0.42), round(blue * 0.45)) if lips else _shade(self.skin, 0.55)
        self.stroke(points, colour, 2.3 if lips else 1.8)

    def _beard(self, *, full: bool) -> None:
        if full:
            self.ellipse(50, MIDDLE + self.high - 8, self.wide - 2.5, 10.5, self.hair)
            self.ellipse(50, MIDDLE + 14, self.wide - 6, 6, self.skin)
            self._mouth(0)
        self.stroke([(43.5, MIDDLE + 15), (50, MIDDLE + 13.8), (56.5, MIDDLE + 15)], self.hair, 2.6)

    def _glasses(self, draw: int) -> None:
        frame, y = (46, 50, 58) if draw % 2 else (122, 92, 60), MIDDLE + 3
        for x in (40.6, 59.4):
            if draw % 4 < 2:
                self.shapes.append(Shape("ring", ((x, y),), frame, 6.6, 1.3))
            else:
                self.shapes.append(Shape("frame", ((x - 7, y - 5), (x + 7, y + 5.4)), frame, 3, 1.3))
        self.shapes.append(Shape("stroke", ((47, y), (53, y)), frame, 1.3))


def ground(face: Face) -> Colour:
    """What is behind a person."""
    return rgb(GROUNDS[_spread(face)[0] % len(GROUNDS)])


def shapes(face: Face) -> tuple[Shape, ...]:
    """A portrait, from the back to the front."""
    bust = _Bust(face, _spread(face))
    bust.draw()
    return tuple(bust.shapes)


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


def _shade(colour: Colour, part: float) -> Colour:
    red, green, blue = (max(0, min(255, round(value * part))) for value in colour)
    return red, green, blue
