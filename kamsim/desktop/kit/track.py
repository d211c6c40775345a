"""How far something has come on a way of a few steps: a bar a step, what is reached filled, the last one hatched where
it is only believed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kamsim.desktop.kit import gfx
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.node import Look, Metrics
from kamsim.desktop.kit.words import Drawing

BAR: Final = 12.0
GAP: Final = 4.0
NAME: Final = Style(11.5, "Regular", "ink3", 1.3)
HERE: Final = Style(11.5, "SemiBold", "ink", 1.3)
NOTE: Final = gfx.SMALL


def track(steps: Sequence[str], reached: int, note: str, *, old: bool = False, names: bool = False) -> Drawing:
    """The steps, of which ``reached`` are (from 1); ``note`` below them; ``names``: each with its name, where there is
    room; ``old``: whether the last one is only believed."""
    steps = tuple(steps)

    def named(metrics: Metrics, width: float) -> bool:
        room = (width - GAP * (len(steps) - 1)) / len(steps)
        return names and all(metrics.wide(step, HERE) <= room for step in steps)

    def high(width: float) -> float:
        metrics = Metrics(1.0)
        return BAR + (18 if named(metrics, width) else 0) + (metrics.high(note, NOTE, width) + 5 if note else 0)

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        wide = (rect.w - GAP * (len(steps) - 1)) / len(steps)
        told = named(Metrics(painter.scale), rect.w)
        for place, step in enumerate(steps):
            box = Rect(rect.x + place * (wide + GAP), rect.y, wide, BAR)
            if place + 1 < reached or (place + 1 == reached and not old):
                painter.box(box, 3, "accent")
            elif place + 1 == reached:
                painter.box(box, 3, "card", "accent", 1.4)
                painter.hatch(box.inset(1.5), "accent", 120)
            else:
                painter.box(box, 3, "card2", "line2")
            if told:
                painter.text(box.x + 1, rect.y + BAR + 10, step, HERE if place + 1 == reached else NAME)
        if note:
            painter.paragraph(rect.x, rect.y + BAR + (18 if told else 0) + 5, note, NOTE, rect.w)

    said = f"Step {reached} of {len(steps)}: {steps[reached - 1]}. {note}"
    return Drawing(draws=(steps, reached, note, old, names), high=high, brush=brush, says=said)
