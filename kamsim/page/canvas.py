"""A drawing that knows where its words lie: every text is measured as it is written, so that labels can look for room.

Coordinates are pixels of the drawing at its own width; y is a baseline for text. Colours come from classes, so that one
drawing serves light, dark and paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, Literal

from kamsim.look.widths import Weight, broken, width
from kamsim.page.shell import text

WIDE: Final = 720.0
NARROW: Final = 330.0
"""Every chart is drawn for a wide column and again for a narrow one, so that its letters keep their size."""
SIZE: Final = 13.0
SMALL: Final = 12.0
RISE: Final = 0.76
"""How far a text reaches above its baseline, and ``DROP`` below, as parts of its size."""
DROP: Final = 0.24
LEADING: Final = 1.25
"""From one line of a label to the next, as a part of the size."""
DASHES: Final = ("", "7 4", "2 3", "10 3 2 3", "4 2", "1 4", "12 4", "6 2 1 2")
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        """Whether two come closer than ``gap``."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


@dataclass
class Canvas:
    """A drawing of one width whose height grows with what is put on it."""

    width: float
    height: float = 0.0
    parts: list[str] = field(default_factory=list)
    texts: list[tuple[Box, str]] = field(default_factory=list)
    """Where words lie."""
    solid: list[Box] = field(default_factory=list)
    """Where a label would hide something."""

    @property
    def narrow(self) -> bool:
        """Whether names stand above what they name, for want of room beside it."""
        return self.width < 520.0

    def box_of(self, x: float, y: float, words: Sequence[str], size: float, anchor: Anchor, weight: Weight) -> Box:
        """Where lines of text would lie whose first baseline is ``y``."""
        wide = max((width(line, size, weight) for line in words), default=0.0)
        left = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2.0
        bottom = y + (len(words) - 1) * size * LEADING + size * DROP
        return Box(left, y - size * RISE, left + wide, bottom)

    def write(
        self, x: float, y: float, words: str | Sequence[str], *, size: float = SMALL, anchor: Anchor = "start",
        bold: bool = False, role: str = "",
    ) -> float:  # fmt: skip
        """Text at a place, a line or several; the baseline below the last one."""
        lines = [words] if isinstance(words, str) else list(words)
        weight: Weight = "SemiBold" if bold else "Regular"
        for row, line in enumerate(lines):
            base = y + row * size * LEADING
            if line:
                self.texts.append((self.box_of(x, base, [line], size, anchor, weight), line))
                look = f' class="{role}"' if role else ""
                more = "" if size == SMALL else f' font-size="{size:g}"'
                more += "" if anchor == "start" else f' text-anchor="{anchor}"'
                more += ' font-weight="600"' if bold else ""
                self.parts.append(f'<text{look} x="{x:.1f}" y="{base:.1f}"{more}>{text(line)}</text>')
        end = y + len(lines) * size * LEADING
        self.height = max(self.height, end - size * (LEADING - DROP))
        return end

    def place(
        self, spots: Sequence[tuple[float, float, Anchor]], words: str, *, room: float, size: float = SMALL,
        bold: str = "", role: str = "", most: int = 2, within: tuple[float, float] = (0.0, 1e9),
    ) -> bool:  # fmt: skip
        """A label at the first of some spots (x, baseline, anchor) where it lies inside and meets nothing; whether
        there was one. ``bold`` stands on a line of its own above; ``within``: between which heights it must stay."""
        lines = broken(words, size, room, most=most) if words else []
        head = [bold] if bold else []
        for x, y, anchor in spots:
            box = self.box_of(x, y, lines or head, size, anchor, "Regular" if lines else "SemiBold")
            if head and lines:
                first = self.box_of(x, y, head, size, anchor, "SemiBold")
                box = Box(min(box.left, first.left), box.top, max(box.right, first.right), box.bottom + size * LEADING)
            if within[0] <= box.top and box.bottom <= within[1] and self.free(box):
                after = self.write(x, y, head, size=size, anchor=anchor, bold=True, role=role) if head else y
                self.write(x, after, lines, size=size, anchor=anchor, role="" if head else role)
                return True
        return False

    def free(self, box: Box, gap: float = 2.0) -> bool:
        """Whether nothing lies there yet, and it is on the drawing."""
        inside = box.left >= 0.0 and box.right <= self.width and box.top >= 0.0
        others = [taken for taken, _ in self.texts] + self.solid
        return inside and not any(box.meets(taken, gap) for taken in others)

    def bar(self, left: float, top: float, wide: float, high: float, role: str, *, hides: bool = False) -> None:
        """A bar; ``role`` is a class that says its colour and pattern."""
        self.parts.append(
            f'<rect class="{role}" x="{left:.1f}" y="{top:.1f}" width="{max(0.0, wide):.1f}" height="{high:.1f}"/>'
        )
        self.height = max(self.height, top + high)
        if hides:
            self.solid.append(Box(left, top, left + wide, top + high))

    def path(self, drawn: str, role: str, dash: str = "") -> None:
        """A line or a shape, in the words of SVG."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<path class="{role}"{dashed} d="{drawn}"/>')

    def across(self, left: float, y: float, wide: float, role: str = "axis") -> None:
        """A level line."""
        self.path(f"M{left:.1f} {y:.1f}h{wide:.1f}", role)

    def down(self, x: float, top: float, high: float, role: str = "axis", dash: str = "") -> None:
        """An upright line."""
        self.path(f"M{x:.1f} {top:.1f}v{high:.1f}", role, dash)

    def mark(self, x: float, y: float, row: int, *, solid: bool = True) -> None:
        """A small mark whose shape and colour differ by row."""
        look = f'class="m{row % 6}"'
        shapes = (
            f'<circle {look} cx="{x:.1f}" cy="{y:.1f}" r="3.6"/>',
            f'<rect {look} x="{x - 3.2:.1f}" y="{y - 3.2:.1f}" width="6.4" height="6.4"/>',
            f'<path {look} d="M{x:.1f} {y - 4.4:.1f}l4 7h-8z"/>',
            f'<path {look} d="M{x:.1f} {y - 4.5:.1f}l4.5 4.5-4.5 4.5-4.5-4.5z"/>',
            f'<path {look} d="M{x:.1f} {y + 4.4:.1f}l4-7h-8z"/>',
            f'<rect {look} x="{x - 4.5:.1f}" y="{y - 1.6:.1f}" width="9" height="3.2"/>',
        )
        self.parts.append(shapes[row % len(shapes)])
        if solid:
            self.solid.append(Box(x - 4.0, y - 4.0, x + 4.0, y + 4.0))

    def svg(self, label: str, role: str = "") -> str:
        """The drawing as HTML, with what it says for who cannot see it."""
        look = f' class="{role}"' if role else ""
        return (
            f'<svg{look} viewBox="0 0 {self.width:.0f} {self.height:.0f}" font-size="{SMALL:g}" role="img" '
            f'aria-label="{text(label)}">{"".join(self.parts)}</svg>'
        )

    def faults(self) -> list[str]:
        """Words that leave the drawing or lie on each other; what a test of a chart asks for."""
        found = [
            f"clipped: {words!r}"
            for box, words in self.texts
            if box.left < -0.5 or box.right > self.width + 0.5 or box.top < -0.5 or box.bottom > self.height + 0.5
        ]
        pairs = combinations(self.texts, 2)
        return found + [f"{one!r} lies on {two!r}" for (here, one), (there, two) in pairs if here.meets(there, -0.5)]


def scale(low: float, high: float, steps: int = 4) -> list[float]:
    """Round figures that cover a range."""
    if high <= low:
        high = low + 1.0
    raw = (high - low) / steps
    power = 10.0 ** _power(raw)
    step = next(unit * power for unit in (1.0, 2.0, 2.5, 5.0, 10.0) if unit * power >= raw * 0.999)
    first = step * (low // step)
    ticks = [first]
    while ticks[-1] < high - 1e-9 * step:
        ticks.append(ticks[-1] + step)
    return ticks


def _power(value: float) -> int:
    power = 0
    while value >= 10.0:
        value, power = value / 10.0, power + 1
    while value < 1.0:
        value, power = value * 10.0, power - 1
    return power


def apart(wanted: Sequence[tuple[float, float]], low: float, high: float) -> list[float]:
    """Tops for labels (wanted middle, height) so that none lies on another: each as near to its place as the others
    let it, all between ``low`` and ``high`` while they fit."""
    order = sorted(range(len(wanted)), key=lambda row: wanted[row][0])
    tops: dict[int, float] = {}
    floor = low
    for row in order:
        middle, tall = wanted[row]
        tops[row] = max(floor, middle - tall / 2.0)
        floor = tops[row] + tall
    ceiling = max(high, low + sum(tall for _, tall in wanted))
    for row in reversed(order):
        tops[row] = min(tops[row], ceiling - wanted[row][1])
        ceiling = tops[row]
    return [tops[row] for row in range(len(wanted))]


def widest(words: Sequence[str], size: float = SMALL, *, most: float = 1e9, bold: bool = False) -> float:
    """Room that some words need."""
    weight: Weight = "SemiBold" if bold else "Regular"
    return min(most, max((width(one, size, weight) for one in words), default=0.0))


def thinned(names: Sequence[str], step: float, size: float = SMALL) -> int:
    """Every how many-th name of an axis can be written without touching the next."""
    need = widest(names, size) + 10.0
    return max(1, -int(-need // max(step, 1e-9)))
