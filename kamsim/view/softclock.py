"""A soft clock: it shows how long is left and does nothing. What is done about it is logged, and it stands still while
its page is not on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, Protocol

LIMIT: Final = 120.0
"""Seconds for a moment."""
MORE: Final = 60.0
What = Literal["start", "pause", "go_on", "extend", "off", "ran_out"]


class Noting(Protocol):
    """Whoever notes what is done about a clock: a session, or a drill."""

    def clock(self, name: str, what: What, seconds: float, /) -> None:
        """Note what was done about the clock of that name, ``seconds`` after it began."""


class SoftClock:
    """One clock, by the name under which it is noted: that of a moment, or of a drill. ``limit``: seconds."""

    def __init__(self, noting: Noting, name: str, clock: Callable[[], float], limit: float = LIMIT) -> None:
        self._noting, self.name, self._clock = noting, name, clock
        self._began = clock()
        self._rested = 0.0
        self._paused_at: float | None = None
        self._left_alone = self._resting = False
        self.limit: float | None = limit
        self.over = self.done = False
        self._note("start")

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._paused_at is not None

    def spent(self) -> float:
        """Seconds since it began, pauses left out."""
        now = self._clock() if self._paused_at is None else self._paused_at
        return max(0.0, now - self._began - self._rested)

    def left(self) -> float:
        """Seconds that it shows, never below none."""
        return 0.0 if self.limit is None else max(0.0, self.limit - self.spent())

    def part(self) -> float:
        """How full its ring is."""
        return self.left() / self.limit if self.limit else 0.0

    def tick(self) -> None:
        """See whether it has run out."""
        if not (self.done or self.over or self.limit is None) and self.left() <= 0.0:
            self.over = True
            self._note("ran_out")

    def pause(self) -> None:
        """Stand still until the next answer."""
        if self._paused_at is None and not self.done:
            self._paused_at = self._clock()
            self._note("pause")

    def go_on(self) -> None:
        """Run on after a pause."""
        if self._paused_at is not None and not self.done:
            self._rested += self._clock() - self._paused_at
            resting = self._resting
            self._paused_at, self._left_alone, self._resting = None, False, False
            if not resting:
                self._note("go_on")

    def more(self) -> None:
        """Another minute."""
        if self.limit is not None and not self.done:
            self.limit = max(self.limit, self.spent()) + MORE if self.over else self.limit + MORE
            self.over = False
            self._note("extend")

    def off(self) -> None:
        """No clock at all."""
        if self.limit is not None and not self.done:
            self.limit = None
            self._note("off")

    def shown(self, on_screen: bool) -> None:
        """Its page is on screen, or no more."""
        if not on_screen and not self.paused and not self.done:
            self.pause()
            self._left_alone = True
        elif on_screen and self._left_alone:
            self.go_on()

    def rest(self) -> None:
        """Stand still, unnoted, until its page is back: somebody practises beside it, which leaves no trace."""
        if not self.paused and not self.done:
            self._paused_at = self._clock()
            self._left_alone = self._resting = True

    def finish(self) -> None:
        """The moment is over."""
        self.done = True

    def _note(self, what: What) -> None:
        self._noting.clock(self.name, what, self.spent())
