"""Work that takes longer than a picture may: it runs aside, while the window goes on drawing and says what it does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.node import Look
from kamsim.desktop.kit.words import Drawing
from kamsim.desktop.shell import Dialog
from kamsim.errors import KamsimError

UNSEEN: Final = 0.2
"""Seconds for which nothing is said of it: what is done sooner needs no notice."""
LONG: Final = 2.0
"""Seconds from which on it says for how long it has run."""
STEP: Final = 0.05
"""Seconds between two pictures of it."""
TURN: Final = 1.6
"""Seconds in which the mark crosses its track."""


class Task:
    """One piece of work. ``work`` touches neither window nor pages; ``then`` gets its result, and ``failed`` its error,
    in the window's own thread."""

    def __init__(
        self,
        said: str,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[KamsimError], None],
        now: float,
    ) -> None:
        self.said, self._work, self._then, self._failed = said, work, then, failed
        self._began, self._shown = now, 0.0
        self._result: Any = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=said)

    def start(self) -> None:
        """Run it beside the window."""
        self._thread.start()

    def _run(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:  # the window's thread raises or tells it
            self._error = error

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return not self._thread.is_alive()

    def wait(self) -> None:
        """Until it has ended: for a window that closes, so that nothing is left half written."""
        self._thread.join()

    def deliver(self) -> None:
        """Hand on what came of it. Raises what is no error of the player's."""
        if isinstance(self._error, KamsimError):
            self._failed(self._error)
        elif self._error is not None:
            raise self._error
        else:
            self._then(self._result)

    def due(self, now: float) -> bool:
        """Whether it looks different now."""
        if now - self._began < UNSEEN or now - self._shown < STEP:
            return False
        self._shown = now
        return True

    def dialog(self, now: float, *, motion: bool) -> Dialog | None:
        """What the window says meanwhile; None as long as it is not worth a word."""
        seconds = now - self._began
        if seconds < UNSEEN:
            return None
        texts = (f"{seconds:.0f} seconds so far.",) if seconds >= LONG else ()
        return Dialog(self.said, texts, more=lambda: [_track(seconds, motion=motion)], close=lambda: None)


def _track(seconds: float, *, motion: bool) -> Drawing:
    """A mark that wanders along a track, or where nothing shall move, dots that become more."""
    place = seconds / TURN % 2.0 if motion else 0.0
    dots = 1 + int(seconds) % 5

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        track = Rect(rect.x, rect.y + 4, rect.w, 6)
        painter.box(track, 3, "track")
        part = 0.22 * track.w if motion else track.w * dots / 5
        way = place if place <= 1.0 else 2.0 - place
        painter.box(Rect(track.x + (track.w - part) * way, track.y, part, track.h), 3, "accent")

    return Drawing(draws=(round(place, 3), dots), high=14, brush=brush, says="Working")
