"""People on screen: their portraits, what they say, what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit.faces import portrait
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Column, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Drawing, Text
from kamsim.look.faces import Face
from kamsim.view.centre import stance_of
from kamsim.view.portraits import face
from kamsim.view.words.names import inner_quotes

if TYPE_CHECKING:
    from kamsim.desktop.table import WindowTable

MOODS: Final = {
    "door_opened": 0.7, "granted": 0.9, "traded": 0.7, "declined": -0.6, "stale": -0.8, "trade_refused": -0.5,
    "turned_down": -0.4, "turned_down_badly": -1.0, "nothing_new": -0.2, "learned": 0.35, "wasted": -0.9,
    "no_referral": -0.4, "signed": 0.9, "walked": -0.9, "open": -0.1,
}  # fmt: skip
"""How somebody looks after an outcome, -1 to 1."""


def stance(play: WindowTable, person: str) -> float:
    """How a person looks at us, as last seen, -1 to 1; 0 where it is unknown."""
    return stance_of(play.seen, person)


def brush(who: Face) -> Callable[[Painter, Rect], None]:
    """Draws a portrait into a square."""

    def paint(painter: Painter, rect: Rect) -> None:
        painter.image(portrait(who, max(8, painter.length(rect.w))), rect.x, rect.y)

    return paint


def picture(who: Face, size: float, says: str = "") -> Drawing:
    """A portrait as a node."""

    def paint(painter: Painter, rect: Rect, _look: Look) -> None:
        brush(who)(painter, Rect(rect.x, rect.y, size, size))

    return Drawing(draws=(who, size), high=size, wide=size, brush=paint, says=says, span=size)


def speech(who: Face, name: str, role: str, text: str, *, size: float = 64.0, more: Sequence[Node] = ()) -> Node:
    """A face, a name, and what is said."""
    left, right = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
    said: list[Node] = [Text(text=name, style="strong"), Text(text=role, style="small")]
    if text:
        parts = f"{left}{inner_quotes(text)}{right}".split("\n")
        said.append(Column(children=[Text(text=part, style="quote") for part in parts], gap=9))
    return Row(
        children=[picture(who, size, ""), Column(children=[*said, *more], gap=4)], gap=18, align="top", stack=300
    )


def says(play: WindowTable, person: str, text: str, mood: float = 0.0, size: float = 64.0) -> Node:
    """What somebody at a customer says."""
    cast = play.cast
    return speech(face(cast, person, mood), cast.person(person), cast.people[person].role, text, size=size)
