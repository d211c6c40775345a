"""A bot that plays while somebody watches: it waits at every move until the move was shown and made like anybody's.

It thinks in a thread of its own that only ever waits: `Bot.asked` gives its next move, and `Bot.answer` hands back what
came of it.
"""

from __future__ import annotations

import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from kamsim.engine.moves import alone, bind, refusals
from kamsim.game.parts import not_made
from kamsim.players.policies import named_policy

if TYPE_CHECKING:
    from kamsim.engine.moves import Outcome
    from kamsim.game.session import Session
    from kamsim.players.seat import Domain, Seat

POLICY: Final = "value_seller"
LONGEST: Final = 5.0
"""Seconds that a move is waited for."""


class Stopped(Exception):  # it is no error
    """The watching ended while the bot was thinking."""


def play_to(session: Session, quarter: int) -> None:
    """Let the bot play a session up to the beginning of a quarter, unwatched."""
    while session.quarter < quarter:
        named_policy(POLICY).play(session.seat)
        session.end_quarter()


class WatchedSeat:
    """The session's chair, on which every move waits until it was shown."""

    def __init__(self, bot: Bot, session: Session) -> None:
        self._bot, self._session = bot, session

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session.seat, name)

    def legal(self, kind: str) -> Domain:
        """What this kind of move could be now."""
        return self._session.seat.legal(kind)

    def do(self, kind: str, where: Any = None, **args: Any) -> Outcome:
        """Make a move, once it was shown."""
        if where is not None and not bool(np.asarray(where).all()):
            return not_made(-1)
        seen = self._session.seen
        said = alone(seen.params, kind, args)
        plain = {name: _plain(value) for name, value in said.items() if value is not None}
        code = int(refusals(seen, kind, bind(seen.params, kind, plain))[0])
        return not_made(code) if code else self._bot.hand_over(kind, plain)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.ndarray | np.generic) else value


class Bot:
    """Whoever plays. `quarter` lets it play one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: SimpleQueue[tuple[str, dict[str, Any]] | None] = SimpleQueue()
        self._answers: SimpleQueue[Outcome | None] = SimpleQueue()
        self._go: SimpleQueue[bool] = SimpleQueue()
        threading.Thread(target=self._play, daemon=True).start()
        self.quarter()

    def _play(self) -> None:
        policy, seat = named_policy(POLICY), WatchedSeat(self, self._session)
        try:
            while self._go.get():
                policy.play(cast("Seat", seat))
                self._asked.put(None)
        except Stopped:
            return

    def hand_over(self, kind: str, args: dict[str, Any]) -> Outcome:
        """Ask whoever watches to make a move; what came of it."""
        self._asked.put((kind, args))
        outcome = self._answers.get()
        if outcome is None:
            raise Stopped
        return outcome

    def asked(self) -> tuple[str, dict[str, Any]] | None:
        """Its next move, as a kind and its arguments; None once it is done with the quarter. Raises TimeoutError where
        it is still thinking."""
        try:
            return self._asked.get(timeout=LONGEST)
        except Empty:
            raise TimeoutError from None

    def answer(self, outcome: Outcome) -> None:
        """Tell it what came of the move that it asked for."""
        self._answers.put(outcome)

    def quarter(self) -> None:
        """Let it play the quarter that is open."""
        self._go.put(True)

    def stop(self) -> None:
        """Let it go."""
        self._go.put(False)
        self._answers.put(None)
