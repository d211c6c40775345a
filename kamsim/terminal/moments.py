"""A moment: an executive asks on the spot. Two picks, perhaps a changed fact, three more, one objection, a reaction.

The clock is soft: it shows how long is left and does nothing. Whoever leaves may come back this quarter; a moment that
nobody answers passes when the quarter closes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Literal

from kamsim.engine.page import ASKED, CLOSING, PRESSED
from kamsim.terminal.talk import Choice, Jump, Leave
from kamsim.view.words.moments import (
    Card,
    ask_cards,
    asks,
    moment_place,
    number_cards,
    objection,
    proof_cards,
    reply_cards,
    stand_cards,
    twist_line,
    twist_note,
    why_cards,
)
from kamsim.view.words.news import body, headline

if TYPE_CHECKING:
    from kamsim.terminal.context import Table

LIMIT: Final = 120.0
"""Seconds."""
MORE: Final = 60.0
What = Literal["start", "pause", "go_on", "extend", "off", "ran_out"]
COMMANDS: Final = {
    "pause": ("pause", "p"),
    "more": ("more", "more time"),
    "off": ("no clock", "off", "noclock"),
}


class Clock:
    """Two minutes, softly. Everything that is done about it is noted in the log."""

    def __init__(self, table: Table, moment: str) -> None:
        self._table, self._moment = table, moment
        self._began = table.clock()
        self._rested = 0.0
        self._paused_at: float | None = None
        self.limit: float | None = LIMIT
        self._over = False
        self.note("start")

    def spent(self) -> float:
        """Seconds since it began, pauses left out."""
        now = self._table.clock() if self._paused_at is None else self._paused_at
        return max(0.0, now - self._began - self._rested)

    def note(self, what: What) -> None:
        """Write it down."""
        self._table.session.clock(self._moment, what, self.spent())

    def left(self) -> str:
        """What it shows."""
        if self.limit is None:
            return "no clock"
        rest = self.limit - self.spent()
        if rest <= 0:
            if not self._over:
                self._over = True
                self.note("ran_out")
            return "the two minutes are over; an answer still counts"
        tens = max(10, round(rest / 10) * 10)
        return f"about {tens // 60}:{tens % 60:02d} left"

    def pause(self) -> None:
        """Stand still until the next answer."""
        if self._paused_at is None:
            self._paused_at = self._table.clock()
            self.note("pause")

    def go_on(self) -> None:
        """Run on after a pause."""
        if self._paused_at is not None:
            self._rested += self._table.clock() - self._paused_at
            self._paused_at = None
            self.note("go_on")

    def more(self) -> None:
        """Another minute."""
        if self.limit is not None:
            self.limit += MORE
            self._over = False
            self.note("extend")

    def off(self) -> None:
        """No clock at all."""
        self.limit = None
        self.note("off")


def waiting(table: Table, account: str | None = None) -> list[str]:
    """Moments that wait for an answer or for its other half."""
    seen = table.seen
    return [
        name
        for row, name in enumerate(seen.params.moments)
        if ASKED <= int(seen.moment[row, 0]) <= CLOSING and account in (None, table.cast.home[name])
    ]


def answer(table: Table, moment: str) -> bool:
    """Play a moment from where it stands."""
    talk, cast = table.talk, table.cast
    talk.head(moment_place(cast, moment))
    talk.say(asks(cast, moment), 2)
    talk.say()
    talk.say("Two minutes, softly. The words pause, more (a minute) and no clock are yours; 0 steps back, and you may "
             "return this quarter.")  # fmt: skip
    clock = Clock(table, moment)
    try:
        return _play(table, moment, clock)
    except (Leave, Jump):
        talk.say(f"{cast.person(cast.moments[moment].person)} is left waiting, until this quarter closes.")
        raise


def _play(table: Table, moment: str, clock: Clock) -> bool:
    row = table.seen.params.moments.index(moment)
    steps: dict[int, Callable[[Table, str, Clock], bool]] = {ASKED: _open, PRESSED: _press, CLOSING: _close}
    while True:
        phase = int(table.seen.moment[row, 0])
        if phase not in steps:
            return True
        if not steps[phase](table, moment, clock):
            table.talk.say("You say nothing for now.")
            return False


def _open(table: Table, moment: str, clock: Clock) -> bool:
    cast, seen = table.cast, table.seen
    why = _card(table, clock, "1 of 5. Why now?", why_cards(cast, seen, moment))
    if why is None:
        return False
    number = _card(table, clock, "2 of 5. A number?", number_cards(seen, moment))
    if number is None:
        return False
    return _do(table, "answer_moment", moment=moment, why=why, number=number)


def _press(table: Table, moment: str, clock: Clock) -> bool:
    cast, seen = table.cast, table.seen
    twist = _twist(table, moment)
    table.talk.say()
    table.talk.say(twist_line(cast, moment, twist), 2)
    note = twist_note(cast, seen, moment, twist)
    if note:
        table.talk.say(note, 2)
    stand = _card(table, clock, "3 of 5. And now?", stand_cards(twist))
    if stand is None:
        return False
    if stand == "time":
        return _do(table, "press_moment", moment=moment, stand=stand, proof="none", ask="nothing")
    proof = _card(table, clock, "4 of 5. What proves it?", proof_cards(seen, moment))
    if proof is None:
        return False
    wish = _card(table, clock, "5 of 5. What do you ask for?", ask_cards(seen, moment))
    if wish is None:
        return False
    return _do(table, "press_moment", moment=moment, stand=stand, proof=proof, ask=wish)


def _close(table: Table, moment: str, clock: Clock) -> bool:
    criterion = _told(table, "moment_objected", moment, "criterion")
    table.talk.say()
    table.talk.say(objection(table.cast, moment, criterion), 2)
    reply = _card(table, clock, "One objection, one answer.", reply_cards(table.seen, moment))
    return reply is not None and _do(table, "close_moment", moment=moment, reply=reply)


def _twist(table: Table, moment: str) -> str:
    return _told(table, "moment_turned", moment, "twist")


def _told(table: Table, kind: str, moment: str, name: str) -> str:
    """What an event of this moment said."""
    events = reversed(table.session.events)
    return next(str(event.data[name]) for event in events if event.kind == kind and event.data["moment"] == moment)


def _do(table: Table, kind: str, **args: str) -> bool:
    """Make a move; of what came of it, only the end is told here: twist and objection have their own place."""
    quarter = table.quarter
    answer_ = table.session.do(kind, **args)
    for event in answer_.events:
        if event.kind == "moment_ended":
            table.talk.say()
            table.talk.say(headline(table.cast, event), 2)
            table.talk.all(body(table.cast, event, quarter), 2)
    return True


def _card(table: Table, clock: Clock, question: str, cards: Sequence[Card]) -> str | None:
    """One pick; words about the clock are answered on the spot."""
    talk = table.talk
    talk.part(f"{question} ({clock.left()})")
    choices = [Choice(card.label, card.choice, (card.choice,), card.text) for card in cards]
    hidden = [Choice(name, f"clock:{name}", words) for name, words in COMMANDS.items()]
    hidden += [Choice("pass", "pass", ("pass",))]
    picked = talk.choose(choices, prompt="Say", back="Say nothing for now", hidden=hidden)
    while picked is not None and picked.startswith("clock:"):
        _about(table, clock, picked.removeprefix("clock:"))
        picked = talk.choose(choices, prompt="Say", back="Say nothing for now", hidden=hidden, brief=True)
    clock.go_on()
    return None if picked == "pass" else picked


def _about(table: Table, clock: Clock, what: str) -> None:
    if what == "pause":
        clock.pause()
        table.talk.say("The clock stands still until you answer.")
    elif what == "more":
        clock.more()
        table.talk.say(f"A minute more: {clock.left()}.")
    else:
        clock.off()
        table.talk.say("No clock. Take the time that you need.")
