"""A moment: an executive asks on the spot. Two picks, perhaps a changed fact, three more, one objection, a reaction.

The clock is soft: it shows how long is left and does nothing. Whoever leaves may come back this quarter; a moment that
nobody answers passes when the quarter closes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kamsim.terminal.talk import Choice, Jump, Leave
from kamsim.view import on_the_spot
from kamsim.view.softclock import SoftClock
from kamsim.view.words import letters
from kamsim.view.words.moments import Card, asks, moment_place, twist_note

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable

COMMANDS: Final = {
    "pause": ("pause", "p"),
    "more": ("more", "more time"),
    "off": ("no clock", "off", "noclock"),
}


def left(clock: SoftClock) -> str:
    """What a clock shows, to ten seconds."""
    clock.tick()
    if clock.limit is None:
        return "no clock"
    if clock.over:
        return "the two minutes are over; an answer still counts"
    return f"about {letters.clock_text(max(10, round(clock.left() / 10) * 10))} left"


def answer(table: TextTable, moment: str) -> bool:
    """Play a moment from where it stands."""
    talk, cast = table.talk, table.cast
    talk.head(moment_place(cast, moment))
    talk.say(asks(cast, moment), 2)
    talk.say()
    talk.say("Two minutes, softly. The words pause, more (a minute) and no clock are yours; 0 steps back, and you may "
             "return this quarter. Drill plays one of its kind first, for practice.")  # fmt: skip
    try:
        return play(table, moment, SoftClock(table.session, moment, table.clock))
    except (Leave, Jump):
        talk.say(f"{cast.person(cast.moments[moment].person)} is left waiting, until this quarter closes.")
        raise


def play(table: TextTable, moment: str, clock: SoftClock) -> bool:
    """Half by half, until it is over or the player says nothing for now."""
    while on_the_spot.picks(table, moment):
        _happens(table, moment)
        said = _half(table, moment, clock)
        if said is None:
            table.talk.say("You say nothing for now.")
            return False
        table.do(on_the_spot.move(table, moment), moment=moment, **said)
    table.talk.say()
    reaction, meaning = on_the_spot.reaction(table, moment)
    table.talk.say(reaction, 2)
    table.talk.all(meaning, 2)
    return True


def _happens(table: TextTable, moment: str) -> None:
    """What changes, or what is objected, before the next pick."""
    first = on_the_spot.picks(table, moment)[0]
    if first == "why":
        return
    table.talk.say()
    if first == "reply":
        table.talk.say(on_the_spot.objection(table, moment), 2)
        return
    table.talk.say(on_the_spot.twist_line(table, moment), 2)
    note = twist_note(table.cast, table.seen, moment, on_the_spot.twist(table, moment))
    if note:
        table.talk.say(note, 2)


def _half(table: TextTable, moment: str, clock: SoftClock) -> dict[str, str] | None:
    """What is picked before it is said; None where the player steps back."""
    said: dict[str, str] = {}
    for step in on_the_spot.picks(table, moment):
        picked = _card(table, clock, on_the_spot.question(step), on_the_spot.cards(table, moment, step))
        if picked is None:
            return None
        said[step] = picked
        if said.get("stand") == on_the_spot.FOR_TIME["stand"]:
            return dict(on_the_spot.FOR_TIME)
    return said


def _card(table: TextTable, clock: SoftClock, question: str, cards: Sequence[Card]) -> str | None:
    """One pick; words about the clock are answered on the spot."""
    talk = table.talk
    talk.part(f"{question} ({left(clock)})")
    choices = [Choice(card.label, card.choice, (card.choice,), card.text) for card in cards]
    hidden = [Choice(name, f"clock:{name}", words) for name, words in COMMANDS.items()]
    hidden += [Choice("pass", "pass", ("pass",)), Choice("practise", "clock:practise", ("drill",))]
    picked = talk.choose(choices, prompt="Say", back="Say nothing for now", hidden=hidden)
    while picked is not None and picked.startswith("clock:"):
        _about(table, clock, picked.removeprefix("clock:"))
        picked = talk.choose(choices, prompt="Say", back="Say nothing for now", hidden=hidden, brief=True)
    clock.go_on()
    return None if picked == "pass" else picked


def _about(table: TextTable, clock: SoftClock, what: str) -> None:
    if what == "pause":
        clock.pause()
        table.talk.say(letters.CLOCK_RESTS)
    elif what == "practise":
        clock.rest()
        if table.practise is not None:
            table.practise("moment")
        clock.shown(True)
    elif what == "more":
        clock.more()
        table.talk.say(f"A minute more: {left(clock)}.")
    else:
        clock.off()
        table.talk.say(letters.CLOCK_OFF)
