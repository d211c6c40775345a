"""A session on one terminal: the table as any face sees it, the talk, and what was told already."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from kamsim.view.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from kamsim.game.session import Session
    from kamsim.gym.bout import Bout
    from kamsim.terminal.talk import Talk
    from kamsim.view.desk import Waiting
    from kamsim.view.table import Response


class TextTable(Table):
    """One session on one terminal. ``clock``: seconds, for the soft clock of a moment."""

    def __init__(self, session: Session | Bout, talk: Talk, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(session)
        self.talk, self.clock = talk, clock
        self.introduced: set[str] = set()
        """Accounts and people whose note has been shown."""
        self.agenda: list[Waiting] = []
        """What the quarter is about, in the order of its numbers at the desk."""
        self.visited: set[tuple[str, int]] = set()
        """Accounts and quarters whose page has been shown."""
        self.practise: Callable[[str], None] | None = None
        """Plays one drill of a kind and comes back here; None in a drill."""

    def act(self, kind: str, **args: Any) -> bool:
        """Make a move and say what came of it, or why not; whether it was made."""
        told = self.do(kind, **args)
        if told.refused:
            self.talk.say(told.lines[0])
            return False
        self.talk.say()
        self.tell_all(told)
        if told.took_hours:
            self.talk.say(f"{self.hours:.0f} hours left.")
        self.talk.all(self.session.untold())
        return True

    def tell_all(self, told: Response) -> None:
        """Say what came of a move."""
        for text, under in told.paragraphs:
            self.talk.say(text, 2 if under else 0, 2)
