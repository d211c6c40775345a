"""Which keys are down, so that the repeat of a held one is told from a press: pygame does not say."""

from __future__ import annotations


class Held:
    """The keys that are down, oldest first, and at which arrival (`App.arrivals`) each of them went down."""

    def __init__(self) -> None:
        self._down: dict[int, int] = {}

    def down(self, key: int, arrival: int) -> bool:
        """A key goes down; whether it was down already, so that this is its repeat."""
        if key in self._down:
            return True
        self._down[key] = arrival
        return False

    def up(self, key: int) -> None:
        """A key is let go."""
        self._down.pop(key, None)

    def let_go(self) -> None:
        """Another window has the keyboard, and hears of every key that is let go."""
        self._down.clear()

    def writes(self, arrival: int) -> bool:
        """Whether text that comes now is meant for this page: the key pressed last was not pressed on another one."""
        return not self._down or self._down[next(reversed(self._down))] == arrival
