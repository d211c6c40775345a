"""The picture of a buying centre: portraits by rank and say, rings for how well they know us, arrows for influence."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pygame

from kamsim.desktop.kit.buttons import Brush, Control
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Look, Metrics

LEAST, MOST, UNKNOWN = 22.0, 36.0, 26.0
"""Radius of a portrait with no say and with all of it, and where the say is not known."""
RING: Final = 4.5
REACH: Final = MOST + 3 * RING
"""How far the largest portrait reaches, rings included."""
CELL: Final = 224.0
"""The least room from side to side that a person needs."""
FINE: Final = 3
"""Lines are drawn so many times larger, and then made small."""
NAME: Final = Style(13, "SemiBold", "ink", 1.3)
LINE: Final = Style(12, "Regular", "ink2", 1.3)
RANK: Final = Style(12, "Medium", "ink3", 1.3)
SIGNS: Final = {
    "for": ("+", "pos_soft", "pos"), "leaning": ("+", "card2", "ink2"),
    "undecided": ("~", "card2", "ink2"), "cool": ("\N{MINUS SIGN}", "card2", "ink2"),
    "against": ("\N{MINUS SIGN}", "neg_soft", "neg"), "unknown": ("?", "card2", "ink2"),
}  # fmt: skip
"""By how somebody stands: a sign, its ground and its ink."""
HEAD: Final = 26.0
AIR: Final = 10.0
"""Below a row of people."""
PAD: Final = 12.0
BESIDE: Final = 100.0
"""How far a line between two in one row bends, which takes its middle half as far: past three lines of text."""


@dataclass(frozen=True)
class Token:
    """One person in the picture. ``say``: part of the decision, None where it is not known; ``rings`` 0 to 3;
    ``lines``: what is written below the name; ``heeds``: names of the tokens that this person listens to."""

    name: str
    title: str
    lines: tuple[str, ...]
    say: float | None
    rings: int
    stands: str
    heeds: tuple[str, ...]
    brush: Brush
    draws: Hashable
    told: str

    @property
    def written(self) -> list[tuple[Style, str]]:
        """What stands below the portrait."""
        return [(NAME, self.title), *((LINE, line) for line in self.lines)]

    @property
    def radius(self) -> float:
        """Of the portrait."""
        return UNKNOWN if self.say is None else LEAST + (MOST - LEAST) * min(1.0, self.say / 0.6)


@dataclass(kw_only=True, eq=False)
class PeopleMap(Control):
    """People in rows by rank, the most senior above; one of them is chosen, by arrows or a click."""

    ranks: Sequence[tuple[str, Sequence[Token]]] = ()
    chosen: str = ""
    choose: Callable[[str], None] = lambda _name: None
    least: float = 0.0
    """How high it is at least: what people leave of that lies between their rows."""
    _cells: dict[str, Rect] = field(default_factory=dict, repr=False)
    _heads: list[tuple[str, float]] = field(default_factory=list, repr=False)

    @property
    def tokens(self) -> list[Token]:
        """Everybody, in the order of reading."""
        return [token for _, row in self.ranks for token in row]

    def natural(self, _metrics: Metrics) -> float:
        return 560.0

    def _cell_high(self, metrics: Metrics, row: Sequence[Token], wide: float) -> float:
        room = wide - 2 * REACH - 2 * PAD
        texts = max(sum(metrics.high(text, style, room) for style, text in token.written) for token in row)
        return max(2 * REACH + 6, texts + 12)

    def _laid(self, metrics: Metrics, rect: Rect, air: float) -> tuple[dict[str, Rect], list[tuple[str, float]], float]:
        """Where everybody is, where the names of ranks stand, and how high it all is, with ``air`` below each row."""
        cells: dict[str, Rect] = {}
        heads: list[tuple[str, float]] = []
        y = rect.y
        for title, everybody in self.ranks:
            heads.append((title, y))
            y += HEAD
            if not everybody:
                continue
            most = max(1, int(rect.w // CELL))
            rows = math.ceil(len(everybody) / most)
            each = math.ceil(len(everybody) / max(1, rows))
            for start in range(0, len(everybody), max(1, each)):
                row = everybody[start : start + each]
                wide = min(264.0 if len(row) == 1 else 340.0, rect.w / len(row))
                high = self._cell_high(metrics, row, wide)
                left = rect.x + (rect.w - wide * len(row)) / 2
                for place, token in enumerate(row):
                    cells[token.name] = Rect(left + place * wide, y, wide, high)
                y += high + air
        return cells, heads, y - rect.y

    def measure(self, metrics: Metrics, width: float) -> float:
        return max(self.least, self._laid(metrics, Rect(0, 0, width, 0), AIR)[2])

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        cells, _, used = self._laid(metrics, rect, AIR)
        rows = max(1, len({cell.y for cell in cells.values()}))
        self._cells, self._heads, _ = self._laid(metrics, rect, AIR + max(0.0, rect.h - used) / rows)

    def _middle(self, token: Token) -> tuple[float, float]:
        """The middle of somebody's portrait."""
        cell = self._cells[token.name]
        return cell.x + PAD / 2 + REACH, cell.y + cell.h / 2

    def paint(self, painter: Painter, look: Look) -> None:
        metrics, by_name = Metrics(painter.scale), {token.name: token for token in self.tokens}
        for title, y in self._heads:
            painter.text(self.rect.x + 2, y + HEAD / 2, title, RANK)
            wide = painter.wide(title, RANK) + 12
            painter.level(self.rect.x + wide, y + HEAD / 2, self.rect.w - wide, "line", dash=4)
        focus = look.focus == self.name
        for token in self.tokens:
            if token.name == self.chosen:
                edge = "accent" if focus else "line2"
                painter.box(self._cells[token.name].inset(3, 0), 12, "accent_soft" if focus else "card2", edge, 1.6)
        for token in self.tokens:
            for heeded in token.heeds:
                if heeded in by_name:
                    self._arrow(painter, token, by_name[heeded])
        for token in self.tokens:
            self._person(painter, metrics, token, focus=focus)

    def _person(self, painter: Painter, metrics: Metrics, token: Token, *, focus: bool) -> None:
        cell, (x, y) = self._cells[token.name], self._middle(token)
        on = token.name == self.chosen
        ground = ("accent_soft" if focus else "card2") if on else "card"
        for ring in range(token.rings, 0, -1):
            painter.disc(x, y, token.radius + RING * ring, ground, 1.8, "accent")
        painter.disc(x, y, token.radius + 1.5, ground)
        token.brush(painter, Rect(x - token.radius, y - token.radius, 2 * token.radius, 2 * token.radius))
        sign, fill, ink = SIGNS[token.stands]
        at = (x + token.radius * 0.78, y + token.radius * 0.78)
        painter.disc(*at, 10, fill, 1.4, ink)
        painter.text(*at, sign, Style(13, "SemiBold", ink), "c")
        left, room = x + REACH + 6, cell.w - 2 * REACH - 2 * PAD
        down = y - sum(metrics.high(text, style, room) for style, text in token.written) / 2
        for style, text in token.written:
            step = style.size * style.leading
            for line in metrics.lines(text, style, room):
                painter.fill(Rect(left - 2, down, painter.wide(line, style) + 4, step), ground)
                painter.text(left, down + step / 2, line, style)
                down += step

    def _arrow(self, painter: Painter, listener: Token, heeded: Token) -> None:
        """A bent line from whoever listens to whom they listen to, on the side away from the names; one that goes down
        bends further, so that two who listen to each other have two lines. Beside each other, one passes above the
        names and the other below."""
        (x0, y0), (x1, y1) = self._middle(listener), self._middle(heeded)
        far = max(1.0, math.hypot(x1 - x0, y1 - y0))
        bend = BESIDE if abs(y0 - y1) < 1.0 else 16.0 if y1 < y0 else 44.0
        side = 1.0 if y1 < y0 or abs(y0 - y1) < 1.0 else -1.0
        bent_x = (x0 + x1) / 2 + side * bend * (y1 - y0) / far
        bent_y = (y0 + y1) / 2 - side * bend * (x1 - x0) / far
        places = []
        for step in range(81):
            t = step / 80
            one, two, three = (1 - t) ** 2, 2 * t * (1 - t), t * t
            places.append((one * x0 + two * bent_x + three * x1, one * y0 + two * bent_y + three * y1))
        clear = [
            (x, y)
            for x, y in places
            if math.hypot(x - x0, y - y0) > listener.radius + RING * listener.rings + 3
            and math.hypot(x - x1, y - y1) > heeded.radius + RING * heeded.rings + 5
        ]
        if len(clear) < 2:
            return
        on = self.chosen in (listener.name, heeded.name)
        colour, thick = ("accent", 2.4) if on else ("ghost", 1.8)
        tip, before = clear[-1], clear[-2]
        angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
        barbs = [(tip[0] + 10 * math.cos(angle + turn), tip[1] + 10 * math.sin(angle + turn)) for turn in (2.6, -2.6)]
        _lines(painter, [clear, [barbs[0], tip, barbs[1]]], colour, thick)

    # --- input ------------------------------------------------------------------------------------------------

    def press(self, x: float, y: float) -> bool:
        for name, cell in self._cells.items():
            if cell.holds(x, y):
                self.choose(name)
                return True
        return False

    def key(self, key: int, _mods: int) -> bool:
        names = [token.name for token in self.tokens]
        if not names or key not in (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN):
            return False
        here = names.index(self.chosen) if self.chosen in names else 0
        if key in (pygame.K_LEFT, pygame.K_RIGHT):
            row = max(0, min(len(names) - 1, here + (1 if key == pygame.K_RIGHT else -1)))
            self.choose(names[row])
            return True
        cell, way = self._cells[names[here]], 1 if key == pygame.K_DOWN else -1
        beyond = [(name, other) for name, other in self._cells.items() if (other.y - cell.y) * way > 1.0]
        if beyond:
            nearest = min(beyond, key=lambda entry: (abs(entry[1].y - cell.y), abs(entry[1].x - cell.x)))
            self.choose(nearest[0])
        return True

    def activate(self) -> bool:
        return False

    def shows(self) -> Hashable:
        rows = tuple(
            (title, tuple((t.name, t.title, t.lines, t.say, t.rings, t.stands, t.heeds, t.draws) for t in row))
            for title, row in self.ranks
        )
        return (rows, self.chosen)

    def describe(self) -> str:
        return "\n".join(f"{title}: {token.told}" for title, row in self.ranks for token in row)


def _lines(painter: Painter, paths: Sequence[Sequence[tuple[float, float]]], colour: str, thick: float) -> None:
    """Bent lines, smooth at any scale: drawn large and made small."""
    points = [point for path in paths for point in path]
    edge = 4 * thick
    left, top = min(x for x, _ in points) - edge, min(y for _, y in points) - edge
    right, bottom = max(x for x, _ in points) + edge, max(y for _, y in points) + edge
    area = painter.area(Rect(left, top, right - left, bottom - top))
    if area.w <= 0 or area.h <= 0:
        return
    large = pygame.Surface((area.w * FINE, area.h * FINE), pygame.SRCALPHA)
    ink = painter.theme[colour]
    large.fill((*ink, 0))
    by, wide = painter.scale * FINE, max(1, round(thick * painter.scale * FINE))
    for path in paths:
        drawn = [((x - left) * by, (y - top) * by) for x, y in path]
        pygame.draw.lines(large, (*ink, 255), False, drawn, wide)  # pygame takes it by place
        for point in drawn:
            pygame.draw.circle(large, (*ink, 255), point, wide / 2)
    painter.surface.blit(pygame.transform.smoothscale(large, area.size), area)
