"""A grid of rows and columns whose cells explain themselves; where there is no room, each row becomes a small list."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import pygame

from kamsim.desktop.kit import gfx
from kamsim.desktop.kit.buttons import Control
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.node import Act, Look, Metrics, Tip

Spark = tuple[float, ...]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: text, a smaller remark below it, a line of small points instead of text."""

    text: str = ""
    note: str = ""
    tone: str = ""
    tip: Tip | None = None
    spark: Spark = ()


@dataclass(frozen=True)
class Line:
    """A row: its cells, and where it leads."""

    cells: tuple[Cell, ...]
    act: Act | None = None
    strong: bool = False


@dataclass(frozen=True)
class Heading:
    """A column: its name, whether it holds figures (set to the right), how much room it takes."""

    text: str
    figures: bool = True
    weight: float = 1.0


@dataclass
class Cursor:
    """Which cell is looked at; the screen keeps it."""

    row: int = 0
    column: int = 0


@dataclass(kw_only=True, eq=False)
class Grid(Control):
    """Rows and columns. Arrows move a cursor, whose cell is explained; Enter goes where the row leads."""

    columns: Sequence[Heading] = ()
    rows: Sequence[Line] = ()
    cursor: Cursor = field(default_factory=Cursor)
    label: str = ""
    _pointed: tuple[int, int] | None = None

    ROW = 46.0
    PLAIN = 30.0
    TEXT = gfx.Style(13.5, "Medium", "ink", 1.35)
    NOTE = gfx.Style(12, "Regular", "ink3", 1.3)
    HEAD = gfx.Style(12, "SemiBold", "ink3", 1.25)

    def natural(self, _metrics: Metrics) -> float:
        return 600.0

    def _row_high(self) -> float:
        noted = any(cell.note or cell.spark for row in self.rows for cell in row.cells)
        return self.ROW if noted else self.PLAIN

    def _least(self, metrics: Metrics) -> list[float]:
        """How wide each column must be."""
        wide = []
        for place, column in enumerate(self.columns):
            texts = [metrics.wide(word, self.HEAD) for word in column.text.split(" ")]
            for row in self.rows:
                cell = row.cells[place]
                texts += [
                    metrics.wide(cell.text, self.TEXT.like(weight="SemiBold")),
                    metrics.wide(cell.note, self.NOTE),
                ]
                texts.append(78.0 if cell.spark else 0.0)
            wide.append(max(texts) + 14)
        return wide

    def _narrow(self, metrics: Metrics, width: float) -> bool:
        return sum(self._least(metrics)) > width

    def _edges(self, metrics: Metrics, width: float) -> list[float]:
        """Where each column ends."""
        least = self._least(metrics)
        spare = max(0.0, width - sum(least))
        weights = sum(column.weight for column in self.columns)
        edges, x = [], 0.0
        for wide, column in zip(least, self.columns, strict=True):
            x += wide + spare * column.weight / weights
            edges.append(x)
        return edges

    def _head_high(self, metrics: Metrics, width: float) -> float:
        edges = [0.0, *self._edges(metrics, width)]
        highs = [
            metrics.high(column.text, self.HEAD, edges[place + 1] - edges[place] - 12)
            for place, column in enumerate(self.columns)
        ]
        return max(highs, default=0.0) + 12

    def measure(self, metrics: Metrics, width: float) -> float:
        if self._narrow(metrics, width):
            return sum(self._block(metrics, row, width) for row in self.rows)
        return self._head_high(metrics, width) + self._row_high() * len(self.rows)

    def _pairs(self, row: Line) -> list[tuple[int, str, Cell]]:
        named = zip(range(len(self.columns)), (column.text for column in self.columns), row.cells, strict=True)
        return [(place, name, cell) for place, name, cell in named if place and (cell.text or cell.spark)]

    def _block(self, metrics: Metrics, row: Line, width: float) -> float:
        high = metrics.high(row.cells[0].text, gfx.STRONG, width) + 16
        for _, name, cell in self._pairs(row):
            high += self._pair_high(metrics, name, cell, width)
        return high

    def _pair_high(self, metrics: Metrics, name: str, cell: Cell, width: float) -> float:
        said = f"{cell.text} ({cell.note})" if cell.note else cell.text
        both = (
            metrics.wide(name, gfx.SMALL) + max(metrics.wide(said, self.TEXT), 78.0 if cell.spark else 0) + 16 <= width
        )
        if both:
            return 24.0
        return 20.0 + metrics.high(said, self.TEXT, width)

    def place(self, metrics: Metrics, rect: Rect) -> None:
        self.rect = rect
        self._boxes: list[list[tuple[int, Rect]]] = []
        if self._narrow(metrics, rect.w):
            y = rect.y
            for row in self.rows:
                boxes, start = [], y
                y += metrics.high(row.cells[0].text, gfx.STRONG, rect.w) + 8
                for place, name, cell in self._pairs(row):
                    high = self._pair_high(metrics, name, cell, rect.w)
                    boxes.append((place, Rect(rect.x, y, rect.w, high)))
                    y += high
                y += 8
                self._boxes.append([(0, Rect(rect.x, start, rect.w, y - start)), *boxes])
            return
        edges = [0.0, *self._edges(metrics, rect.w)]
        y = rect.y + self._head_high(metrics, rect.w)
        for _ in self.rows:
            cells = [
                (place, Rect(rect.x + edges[place], y, edges[place + 1] - edges[place], self._row_high()))
                for place in range(len(self.columns))
            ]
            self._boxes.append(cells)
            y += self._row_high()

    _boxes: list[list[tuple[int, Rect]]] = field(default_factory=list, repr=False)

    def paint(self, painter: Painter, look: Look) -> None:
        metrics = Metrics(painter.scale)
        narrow = self._narrow(metrics, self.rect.w)
        focus, hover = look.focus == self.name, look.hover == self.name
        if not narrow:
            self._paint_head(painter, metrics)
        for number, (row, boxes) in enumerate(zip(self.rows, self._boxes, strict=True)):
            left, right = boxes[0][1], boxes[-1][1]
            whole = left if narrow else Rect(left.x, left.y, right.right - left.x, left.h)
            lit = hover and self._pointed is not None and self._pointed[0] == number and row.act is not None
            on = focus and self.cursor.row == number
            if on or lit:
                painter.box(whole.inset(-8, 0), 7, "accent_soft" if on else "card2")
            painter.level(self.rect.x, whole.y, self.rect.w, "line")
            if narrow:
                painter.paragraph(whole.x, whole.y + 6, row.cells[0].text, gfx.STRONG, whole.w)
            for place, box in boxes:
                if narrow and not place:
                    continue
                cursor = on and self.cursor.column == place
                if cursor:
                    painter.box(box.inset(-4, 2) if not narrow else box.inset(-4, 1), 6, "card", "accent", 1.5)
                if narrow:
                    self._paint_pair(painter, metrics, box, self.columns[place].text, row.cells[place])
                else:
                    self._paint_cell(painter, box, row.cells[place], self.columns[place], strong=row.strong)

    def _paint_head(self, painter: Painter, metrics: Metrics) -> None:
        edges = [0.0, *self._edges(metrics, self.rect.w)]
        high = self._head_high(metrics, self.rect.w) - 8
        step = self.HEAD.size * self.HEAD.leading
        for place, column in enumerate(self.columns):
            room = edges[place + 1] - edges[place] - 12
            lines = painter.lines(column.text, self.HEAD, room)
            y = self.rect.y + high - len(lines) * step
            for row, line in enumerate(lines):
                x = self.rect.x + (edges[place + 1] - 6 if column.figures else edges[place])
                painter.text(x, y + (row + 0.5) * step, line, self.HEAD, "r" if column.figures else "l")

    def _paint_cell(self, painter: Painter, box: Rect, cell: Cell, column: Heading, *, strong: bool) -> None:
        x, align = (box.right - 6, "r") if column.figures else (box.x, "l")
        ink = {"": "ink", "good": "pos", "bad": "neg", "soft": "ink2"}[cell.tone]
        style = self.TEXT.like(colour=ink, weight="SemiBold" if strong or cell.tone in ("good", "bad") else "Medium")
        middle = box.y + box.h / 2
        if cell.spark:
            spark(painter, Rect(box.right - 76, middle - 13, 70, 26), cell.spark)
        elif cell.note:
            painter.text(x, middle - 8, cell.text, style, align, room=box.w - 6)
            painter.text(x, middle + 9, cell.note, self.NOTE, align, room=box.w - 6)
        else:
            painter.text(x, middle, cell.text, style, align, room=box.w - 6)

    def _paint_pair(self, painter: Painter, metrics: Metrics, box: Rect, name: str, cell: Cell) -> None:
        said = f"{cell.text} ({cell.note})" if cell.note else cell.text
        ink = {"": "ink", "good": "pos", "bad": "neg", "soft": "ink2"}[cell.tone]
        painter.text(box.x, box.y + 11, name, gfx.SMALL)
        if cell.spark:
            spark(painter, Rect(box.right - 74, box.y + 2, 70, 20), cell.spark)
        elif self._pair_high(metrics, name, cell, box.w) == 24.0:
            painter.text(box.right, box.y + 11, said, self.TEXT.like(colour=ink), "r")
        else:
            painter.paragraph(box.x, box.y + 20, said, self.TEXT.like(colour=ink), box.w)

    # --- input ------------------------------------------------------------------------------------------------

    def key(self, key: int, _mods: int) -> bool:
        cursor = self.cursor
        if key in (pygame.K_LEFT, pygame.K_RIGHT):
            cursor.column = max(0, min(len(self.columns) - 1, cursor.column + (1 if key == pygame.K_RIGHT else -1)))
            return True
        step = {pygame.K_UP: -1, pygame.K_DOWN: 1}.get(key, 0)
        if step and self.rows:
            cursor.row = max(0, min(len(self.rows) - 1, cursor.row + step))
        return bool(step and self.rows)

    def activate(self) -> bool:
        if not self.rows:
            return False
        act = self.rows[min(self.cursor.row, len(self.rows) - 1)].act
        if act is not None:
            act()
        return act is not None

    def _under(self, x: float, y: float) -> tuple[int, int] | None:
        for number, boxes in enumerate(self._boxes):
            for place, box in reversed(boxes):
                if box.holds(x, y):
                    return number, place
        return None

    def press(self, x: float, y: float) -> bool:
        found = self._under(x, y)
        if found is None:
            return False
        self.cursor.row, self.cursor.column = found
        return self.activate() or True

    def point(self, x: float, y: float) -> bool:
        before, self._pointed = self._pointed, self._under(x, y)
        return before != self._pointed

    def tip_now(self) -> Tip | None:
        place = self._pointed or (self.cursor.row, self.cursor.column)
        if place[0] >= len(self.rows):
            return None
        return self.rows[place[0]].cells[place[1]].tip

    def shows(self) -> Hashable:
        cells = tuple(row.cells for row in self.rows)
        return ("table", self.name, tuple(self.columns), cells, self.cursor.row, self.cursor.column, self._pointed)

    def describe(self) -> str:
        lines = [self.label] if self.label else []
        for row in self.rows:
            said = [
                f"{name.text} {cell.text}"
                for name, cell in zip(self.columns[1:], row.cells[1:], strict=True)
                if cell.text
            ]
            first = row.cells[0]
            lines.append(f"{first.text}{f', {first.note}' if first.note else ''}: {', '.join(said)}")
        return "\n".join(lines)


def spark(painter: Painter, rect: Rect, values: Spark) -> None:
    """A small line of points, its last one marked; a hairline where zero is."""
    low, high = (
        min(*values, 0.0) if len(values) > 1 else min(values[0], 0.0),
        max(*values, 0.0) if len(values) > 1 else max(values[0], 0.0),
    )
    reach = (high - low) or 1.0

    def level(value: float) -> float:
        return rect.bottom - 3 - (value - low) / reach * (rect.h - 6)

    painter.level(rect.x, level(0.0), rect.w, "line2")
    xs = [rect.x + 3 + (rect.w - 8) * place / max(1, len(values) - 1) for place in range(len(values))]
    painter.curve(xs, [level(value) for value in values], "accent", 1.8)
    tone = "neg" if values[-1] < 0 else "accent"
    painter.disc(xs[-1], level(values[-1]), 3, tone)
