"""Pictures of the units of a page, kept, and mended where something in one looks different: only the places at
which it does are drawn anew."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Final

import pygame

from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Column, Flow, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.theme import Theme
from kamsim.look.colours import Colour

MARGIN: Final = 8.0
"""Logical pixels around a unit that its picture includes, for its shadow and the mark of the focus."""
REACH: Final = 12.0
"""Logical pixels around its place within which all stays that a node draws."""
MOST: Final = 0.75
"""Of its height that is mended of a picture; beyond it is drawn whole."""
Part = tuple[Rect, type[Node], Hashable, Hashable, float]
"""A node that draws: its place in its unit, its kind, and all that its look depends on."""


@dataclass(eq=False)
class Unit:
    """What is drawn as one picture."""

    node: Node
    names: dict[str, Node]
    """By name what has one in it, the first where several have."""
    moving: bool
    late: str = ""

    def look(self, look: Look) -> Look:
        """As far as it is seen in this unit."""
        return Look(
            look.focus if look.focus in self.names else "",
            look.hover if look.hover in self.names else "",
            look.motion if self.moving else 1.0,
        )


def units(node: Node) -> Iterator[Unit]:
    """What of a page is drawn as one picture each, in its order."""
    if isinstance(node, Column | Row | Flow) and not node.name:
        for part in node.parts:
            yield from units(part)
        return
    names, moving = dict[str, Node](), False
    for part in node.walk():
        moving = moving or part.moving
        if part.name:
            names.setdefault(part.name, part)
    yield Unit(node, names, moving, getattr(node, "late", ""))


@dataclass(eq=False)
class _Kept:
    shows: Hashable
    frame: Hashable
    picture: pygame.Surface
    parts: set[Part]


class Pictures:
    """What was drawn, by the layer of its unit and its number or name. ``renders`` counts pictures drawn, in
    whole or in part; ``behind``: whether one that may come late still shows what was there before."""

    def __init__(self) -> None:
        self.renders = 0
        self.behind = False
        self._kept: dict[tuple[str, int | str], _Kept] = {}

    def clear(self) -> None:
        """Draw everything anew the next time."""
        self._kept.clear()

    def keep(self, places: set[tuple[str, int | str]]) -> None:
        """Forget all others."""
        self._kept = {place: kept for place, kept in self._kept.items() if place in places}

    def of(
        self,
        place: tuple[str, int | str],
        unit: Unit,
        look: Look,
        scale: float,
        theme: Theme,
        ground: str,
        *,
        hurried: bool = False,
    ) -> tuple[pygame.Surface, list[pygame.Rect]]:
        """The picture of a unit, and where in it something was drawn anew just now (device pixels). ``ground``: the
        role of the colour on which it lies, '' to see through to what lies below; ``hurried``: what may come late
        does."""
        rect, look = unit.node.rect, unit.look(look)
        size = (round((rect.w + 2 * MARGIN) * scale), round((rect.h + 2 * MARGIN) * scale))
        shows, frame = (unit.node.shows(), look), (size, scale, theme.name, ground)
        kept = self._kept.get(place) if Painter.record is None else None
        if kept is not None and kept.frame == frame and kept.shows == shows:
            return kept.picture, []
        if kept is not None and kept.frame == frame and unit.late and hurried:
            self.behind = True
            return kept.picture, []
        self.renders += 1
        parts = _parts(unit.node, look)
        if kept is not None and kept.frame == frame:
            picture, places = kept.picture, _places(kept.parts ^ parts, rect)
        else:
            picture = pygame.Surface(size) if ground else pygame.Surface(size, pygame.SRCALPHA)
            places = [_all(rect)]
        painter = Painter(picture, scale, theme, rect.x - MARGIN, rect.y - MARGIN)
        fill = theme[ground] if ground else (0, 0, 0, 0)
        anew = [_mend(unit.node, painter, look, one, fill) for one in places]
        self._kept[place] = _Kept(shows, frame, picture, parts)
        return picture, anew


def _parts(unit: Node, look: Look) -> set[Part]:
    """All that draws in a unit."""
    x, y, found = unit.rect.x, unit.rect.y, set[Part]()
    for node in unit.walk():
        if type(node).paint is not Node.paint:
            rect, name = node.rect, node.name
            place = Rect(round(rect.x - x, 2), round(rect.y - y, 2), round(rect.w, 2), round(rect.h, 2))
            meant = (name == look.focus, name == look.hover) if name else ()
            found.add((place, type(node), node.draws_on(), meant, look.motion if node.moving else 1.0))
    return found


def _places(different: set[Part], whole: Rect) -> list[Rect]:
    """Where a unit looks different, from top to bottom; all of it where that is most of it."""
    places: list[Rect] = []
    for rect in sorted((part[0].inset(-REACH) for part in different), key=lambda rect: rect.y):
        joined = places and rect.y <= places[-1].bottom
        places.append(rect.over(places.pop()) if joined else rect)
    return places if sum(rect.h for rect in places) < MOST * whole.h else [_all(whole)]


def _all(whole: Rect) -> Rect:
    """A unit's place in itself, and more than its picture."""
    return Rect(-REACH, -REACH, whole.w + 2 * REACH, whole.h + 2 * REACH)


def _mend(unit: Node, painter: Painter, look: Look, place: Rect, fill: Colour | tuple[int, ...]) -> pygame.Rect:
    """Draw a place of a picture anew; returns where that is in it."""
    picture, there = painter.surface, place.moved(unit.rect.x, unit.rect.y)
    area = painter.area(there).clip(picture.get_rect())
    picture.set_clip(area)
    picture.fill(fill)
    paint(unit, painter, look, there)
    picture.set_clip(None)
    return area


def paint(unit: Node, painter: Painter, look: Look, place: Rect | None = None) -> None:
    """Paint a node and what is in it, all or what reaches into a place of the page."""
    left, top, wide, high = (place or unit.rect).inset(-REACH)
    right, bottom = left + wide, top + high
    for node in unit.walk():
        x, y, w, h = node.rect
        if place is None or (y < bottom and y + h > top and x < right and x + w > left):
            node.paint(painter, look)
