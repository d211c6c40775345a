"""A soft clock on screen: a ring that empties, what it means, and what one may do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.playing import RING_TEXT, ring
from kamsim.desktop.kit.words import Drawing, Text
from kamsim.errors import KamsimError
from kamsim.view.words import letters

if TYPE_CHECKING:
    from kamsim.desktop.kit.gfx import Painter, Rect
    from kamsim.desktop.kit.node import Look, Node
    from kamsim.desktop.shell import Shell
    from kamsim.view.softclock import SoftClock
    from kamsim.view.words.letters import ClockWords

RING: Final = 76.0
SMALL: Final = 46.0
THICK: Final = 6.0
THIN: Final = 4.0
LITTLE: Final = 0.68
"""How large the figures are in a small ring, beside those in a large one."""
COARSE: Final = 10.0
"""Seconds by which the ring moves where motion is off."""


class ClockFace:
    """How a soft clock looks. ``words``: what is said of how long it runs."""

    def __init__(self, shell: Shell, clock: SoftClock, words: ClockWords) -> None:
        self.shell, self.clock, self.words = shell, clock, words
        self._shown = -1.0

    def card(self) -> Card:
        """The ring, what it means, and three things to do about it."""
        rows: list[Node] = [Row(children=[self._ring(RING), Text(text=self._told())], gap=16, align="middle")]
        if self.clock.limit is not None:
            rows.append(self._buttons())
        return Card(children=rows, gap=12)

    def line(self, *, tell: bool) -> Column:
        """The same in a line; ``tell``: with what it means below it."""
        buttons: list[Node] = [self._buttons()] if self.clock.limit is not None else []
        rows: list[Node] = [Row(children=[self._ring(SMALL), *buttons], gap=10, align="middle")]
        rows += [Text(text=self._told(), style="tiny")] if tell else []
        return Column(children=rows, gap=4, span=0)

    def _ring(self, size: float) -> Drawing:
        clock = self.clock
        on = self.shell.config.motion
        left = clock.left() if on else COARSE * round(clock.left() / COARSE)
        self._shown = left
        part = left / clock.limit if clock.limit else 0.0
        text = letters.clock_text(left) if clock.limit else ""
        paused = clock.paused

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            ring(painter, rect.x, rect.y, size, part, "ghost" if paused else "accent", THICK if size == RING else THIN)
            if text:
                style = RING_TEXT.like(size=RING_TEXT.size * (1.0 if size == RING else LITTLE))
                painter.text(rect.x + size / 2, rect.y + size / 2, text, style, "c")
            else:
                painter.icon(rect.x + size / 2, rect.y + size / 2, "clock", 0.34 * size, "ink2")

        return Drawing(
            draws=(text, round(part, 3), paused), high=size, wide=size, brush=brush, span=size, says=f"{text} left"
        )

    def _buttons(self) -> Flow:
        clock = self.clock
        return Flow(
            children=[
                Button(name="clock.pause", label="Go on" if clock.paused else "Pause", kind="quiet", shortcut="P",
                       act=self._pause),
                Button(name="clock.more", label="+1 minute", kind="quiet", shortcut="M", act=clock.more),
                Button(name="clock.off", label="No clock", kind="quiet", shortcut="N", act=clock.off),
            ],
            span=0,
        )  # fmt: skip

    def _told(self) -> str:
        if self.clock.limit is None:
            return letters.CLOCK_OFF
        if self.clock.over:
            return self.words.over
        return letters.CLOCK_RESTS if self.clock.paused else self.words.runs

    def _pause(self) -> None:
        if self.clock.paused:
            self.clock.go_on()
        else:
            self.clock.pause()

    def tick(self) -> bool:
        """Whether it looks different now."""
        if self.clock.limit is None:
            return False
        was = self.clock.over
        try:
            self.clock.tick()
        except KamsimError as error:
            self.shell.trouble(error)
        if self.clock.over != was:
            return True
        step = 1.0 if self.shell.config.motion else COARSE
        return not self.clock.paused and abs(self.clock.left() - self._shown) >= step
