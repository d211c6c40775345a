"""A moment as every face plays it: its two halves and the last word, what is picked in each, and what was said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeVar

from kamsim.engine.page import ASKED, CLOSING, PRESSED
from kamsim.game.events.declared import of
from kamsim.game.events.moments import MomentEnded, MomentObjected, MomentTurned
from kamsim.view.words import letters, moments, news

M = TypeVar("M", MomentTurned, MomentObjected, MomentEnded)

if TYPE_CHECKING:
    from kamsim.view.table import Table
    from kamsim.view.words.moments import Card

HALVES: Final = {
    ASKED: ("answer_moment", ("why", "number")),
    PRESSED: ("press_moment", ("stand", "proof", "ask")),
    CLOSING: ("close_moment", ("reply",)),
}
"""By phase: the move that says it, and what is picked for it."""
FOR_TIME: Final = {"stand": "time", "proof": "none", "ask": "nothing"}
"""What is said by whoever asks for time: the rest is not asked."""
AFTER_THE_TWIST: Final = HALVES[PRESSED][1]
"""What is picked once something has changed."""


def phase(table: Table, moment: str) -> int:
    """How far it is."""
    return int(table.seen.moment[table.seen.params.moments.index(moment), 0])


def is_open(table: Table, moment: str) -> bool:
    """Whether it waits for an answer or for its other half."""
    return moment in table.moments()


def move(table: Table, moment: str) -> str:
    """The move that says what is picked now."""
    return HALVES[phase(table, moment)][0]


def picks(table: Table, moment: str) -> tuple[str, ...]:
    """What is picked now, one after the other; none where it is over."""
    return HALVES[phase(table, moment)][1] if phase(table, moment) in HALVES else ()


def question(step: str) -> str:
    """What is asked at a pick, and how many there are."""
    names = [name for _, half in HALVES.values() for name in half]
    text = letters.MOMENT_STEPS[step][1]
    return text if step == names[-1] else f"{names.index(step) + 1} of {len(names) - 1}. {text}"


def cards(table: Table, moment: str, step: str) -> list[Card]:
    """What can be said at a pick."""
    cast, seen = table.cast, table.seen
    if step == "why":
        return moments.why_cards(cast, seen, moment)
    if step == "stand":
        return moments.stand_cards(twist(table, moment))
    make = {"number": moments.number_cards, "proof": moments.proof_cards, "ask": moments.ask_cards,
            "reply": moments.reply_cards}[step]  # fmt: skip
    return make(seen, moment)


def twist(table: Table, moment: str) -> str:
    """What changed while one spoke: "none", or its kind."""
    return next((one.twist for one in _told(MomentTurned, table, moment)), "")


def twist_line(table: Table, moment: str) -> str:
    """The same in words."""
    return moments.twist_line(table.cast, moment, twist(table, moment))


def objection(table: Table, moment: str) -> str:
    """The objection, in the person's voice."""
    return moments.objection(
        table.cast, moment, next((one.criterion for one in _told(MomentObjected, table, moment)), "")
    )


def said(table: Table, moment: str) -> dict[str, str]:
    """What was said so far, by pick."""
    made: dict[str, str] = {}
    for command in table.session.commands:
        if command.args.get("moment") == moment:
            made |= {name: str(value) for name, value in command.args.items() if name in letters.SAID_HEADS}
    if made.get("stand") == FOR_TIME["stand"]:
        made.pop("proof"), made.pop("ask")
    return made


def ending(table: Table, moment: str) -> MomentEnded:
    """How it ended."""
    return next(_told(MomentEnded, table, moment))


def _told(kind: type[M], table: Table, moment: str) -> Iterator[M]:
    """What was told of a moment, the last first."""
    return (event for event in reversed(of(kind, table.session.events)) if event.moment == moment)


def reaction(table: Table, moment: str) -> tuple[str, list[str]]:
    """What they said in the end, quoted with the name, and what it meant."""
    event = ending(table, moment)
    return news.headline(table.cast, event), news.body(table.cast, event, table.quarter)


def took_it(table: Table, moment: str) -> str:
    """How they took it: won, held, lost or passed; '' while it runs."""
    return next((one.phase for one in _told(MomentEnded, table, moment)), "")
