"""What a screen is made of: nodes that know how high they are at a width, where they lie, what they show and say."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kamsim.desktop.kit import lettering
from kamsim.desktop.kit.gfx import NOWHERE, Painter, Rect, Style

Act = Callable[[], None]
GAP: Final = 14.0
"""Between cards."""


@dataclass(frozen=True)
class Tip:
    """What a figure means: its name, then its formula, its inputs and plain words, a paragraph each."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Metrics:
    """How wide texts are at a scale, in logical pixels."""

    scale: float

    def wide(self, text: str, style: Style) -> float:
        """How wide a text is."""
        return lettering.width(text, style.weight, round(style.size * self.scale, 2)) / self.scale

    def lines(self, text: str, style: Style, room: float) -> list[str]:
        """A text in lines that fit."""
        size = round(style.size * self.scale, 2)
        return lettering.broken(text, style.weight, size, room * self.scale + 0.5)

    def high(self, text: str, style: Style, room: float) -> float:
        """How high a paragraph is."""
        return len(self.lines(text, style, room)) * style.size * style.leading


@dataclass(frozen=True)
class Look:
    """What painting depends on besides the node: which node has the focus, which lies below the pointer, and how far a
    motion has come (1 is done)."""

    focus: str = ""
    hover: str = ""
    motion: float = 1.0


@dataclass(kw_only=True, eq=False)
class Node:
    """A piece of a screen.

    ``name``: how the pilot, the focus and the pointer call it, unique on a screen. ``span``: its width in a row: above
    1 in logical pixels, up to 1 as a part of what is left, 0 as wide as it needs.
    """

    name: str = ""
    tip: Tip | None = None
    span: float = 1.0
    rect: Rect = NOWHERE
    _heights: dict[tuple[float, float], float] = field(default_factory=dict, repr=False)

    focusable = False
    tip_by_keys = True
    """Whether its tip comes with the focus, too, and not only with the pointer."""
    repeats = True
    """Whether a held key goes on changing it."""
    sets = False
    """Whether it sets a figure whose effect its card tells."""
    moving = False
    """Whether it looks different while a motion runs."""

    def height(self, metrics: Metrics, width: float) -> float:
        """How high it is at a width."""
        key = width, metrics.scale
        known = self._heights.get(key)
        if known is None:
            known = self._heights[key] = self.measure(metrics, width)
        return known

    def measure(self, metrics: Metrics, width: float) -> float:
        """How high it is at a width; asked once for each width and scale."""
        raise NotImplementedError

    def natural(self, _metrics: Metrics) -> float:
        """How wide it would like to be in a row where its span is 0."""
        return 100.0

    def place(self, metrics: Metrics, rect: Rect) -> None:
        """Take a place."""
        self.rect = rect

    def paint(self, painter: Painter, look: Look) -> None:
        """Draw it where it lies, without what is in it."""

    def shows(self) -> Hashable:
        """Everything that its picture depends on, besides its size."""
        return ()

    def draws_on(self) -> Hashable:
        """Everything that what it draws itself depends on, without what is in it."""
        return self.shows()

    def describe(self) -> str:
        """What a voice would say of it."""
        return ""

    @property
    def parts(self) -> Sequence[Node]:
        """The nodes in it."""
        return ()

    def walk(self) -> Iterator[Node]:
        """It and everything in it, in the order of reading."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.parts))

    # --- input, for those that take some ----------------------------------------------------------------------

    def activate(self) -> bool:
        """Enter, the space bar or a click; whether it did something."""
        return False

    def press(self, _x: float, _y: float) -> bool:
        """The mouse button went down on it."""
        return self.activate()

    def drag(self, _x: float, _y: float) -> bool:
        """The mouse moves while its button is down."""
        return False

    def key(self, _key: int, _mods: int) -> bool:
        """A key while it has the focus; whether it was for it."""
        return False

    def type(self, _text: str) -> bool:
        """Text while it has the focus."""
        return False

    def point(self, _x: float, _y: float) -> bool:
        """The pointer moves over it; whether its picture changes."""
        return False

    def tip_now(self) -> Tip | None:
        """What to explain now."""
        return self.tip
