"""What speaks for us where an opportunity is decided, what is missing or against us, and what lapses; and what a signed
case still speaks to. From what is seen and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from kamsim.engine.awards import ENOUGH, USUAL_TIE
from kamsim.engine.params import EXECUTIVE, STATES
from kamsim.engine.terms import CHANGED, COMPARISON, PRICED, REQUIREMENTS
from kamsim.view import open_cases
from kamsim.view.case.basis import WORDS_WORTH
from kamsim.view.words import levers
from kamsim.view.words.facts import band
from kamsim.view.words.names import STATE_WORDS, age, listed, points, state_told
from kamsim.view.words.people import tie_word
from kamsim.view.work import NOTICED, work_on

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.view.table import Table

BELIEVED, DOUBTED = 0.6, 0.45
"""Credibility from which our word speaks for us, and below which it speaks against us."""
OLD: Final = 2
"""Quarters after which what is known of an opportunity is told as old."""
OVER: Final = ("completed", "cancelled")
Mark = Literal["speaks", "perhaps", "missing"]
"""Whether something speaks for us: what was signed for another state, or is unsigned yet, perhaps does."""
Side = Literal["speaks", "perhaps", "missing", "lapses"]
Told = Iterator[tuple[Side, str]]


@dataclass(frozen=True)
class Grounds:
    """What speaks for us, what is missing or against us, and what lapses, in sentences, the weightiest first.
    ``marks``: of what can speak for us, each in a word, and whether it does."""

    speaks: tuple[str, ...]
    missing: tuple[str, ...]
    lapses: tuple[str, ...]
    marks: tuple[tuple[str, Mark], ...]


def grounds(table: Table, row: int) -> Grounds:
    """All of it for an opportunity."""
    looked = {name: list(look(table, row)) for name, look in LOOKS.items()}
    told = [*(item for items in looked.values() for item in items), *_field(table, row), *_age(table, row)]
    speaks, missing, lapses = (
        tuple(text for side, text in told if side in sides)
        for sides in (("speaks",), ("perhaps", "missing"), ("lapses",))
    )
    marks = tuple((name, side) for name, items in looked.items() for side, _ in items[:1] if side != "lapses")
    return Grounds(speaks, missing, lapses, marks)


def known(seen: Seen, kind: str, row: int) -> float:
    """A fact as last seen; 0 where it is unknown."""
    return float(np.nan_to_num(seen.known(kind, row)[0][0]))


def _bid(table: Table, row: int) -> Told:
    seen, cast = table.seen, table.cast
    if seen.bid[row, 0]:
        off, when = float(seen.bid_off[row, 0]), cast.quarter(int(seen.bid_at[row, 0]))
        yield "speaks", f"Your bid of {when}, {points(off) + ' off' if off else 'at the price as it is'}."
    elif int(known(seen, "twist", row)) == CHANGED:
        yield "missing", "They ask for something else than at first: no bid of yours lies there for it."
    elif known(seen, "stage", row) >= REQUIREMENTS:
        yield "missing", "No bid of yours."


def _case(table: Table, row: int) -> Told:
    seen, cast = table.seen, table.cast
    place = int(seen.params.opportunity_initiative[row])
    name, written = seen.params.initiatives[place], int(seen.written_for[place, 0])
    title, speaks = cast.initiatives[name].name, open_cases.speaks(seen, place)
    if speaks:
        yield "speaks", f"What they signed speaks to {title} as you last saw it."
    elif speaks is False:
        counts = "and leans them to you a quarter as much at most"
        yield "perhaps", f"What they signed speaks to {title} as it was, {counts}. {_turned(seen, place)}"
    elif written:
        yield "perhaps", f"What they signed may no longer speak to {title}: nobody has told you how it stands."
    else:
        page = open_cases.lying(seen, cast.home[name], "customer")
        lies = page is not None and page.page.get("initiative") == name
        waits = f"Your case for {title} lies there unsigned; a yes to it before they decide speaks for you."
        yield ("perhaps", waits) if lies else ("missing", f"No case for {title} is signed.")


def _turned(seen: Seen, initiative: int) -> str:
    """How an initiative stood when a case was signed, and how it stands."""
    written, state = int(seen.written_for[initiative, 0]) - 1, int(seen.known("state", initiative)[0][0])
    return f"Then: {STATE_WORDS[STATES[written]]}. Now: {STATE_WORDS[STATES[state]]}."


def _work(table: Table, row: int) -> Told:
    cast, place = table.cast, int(table.seen.params.opportunity_initiative[row])
    name = table.seen.params.initiatives[place]
    made, title = work_on(table, name), cast.initiatives[name].name
    if made.engaged >= ENOUGH:
        yield "speaks", f"What you did for {title}: {made.last}, {cast.quarter(made.when)}."
    elif made.engaged >= NOTICED:
        yield "speaks", f"A little done for {title}: {made.last}, {cast.quarter(made.when)}. More would count for more."
    else:
        yield "missing", f"Nothing done for {title} itself lately that still counts."


def _access(table: Table, row: int) -> Told:
    seen, cast = table.seen, table.cast
    place = int(seen.params.opportunity_decider[row])
    name, tie = cast.person(seen.params.people[place]), known(seen, "tie", place)
    if tie >= USUAL_TIE:
        yield "speaks", f"{name}, who decides, {tie_word(tie)}."
    elif bool(seen.may_meet(place)[0]):
        old = float(seen.known("tie", place)[1][0])
        if old >= OLD:  # regular contact there has gone on since
            yield "perhaps", f"{name}, who decides, {tie_word(tie)}, as of {age(int(old), 0)}; it may be more by now."
        else:
            yield "missing", f"{name}, who decides, {tie_word(tie)}."
    else:
        yield "missing", f"{name}, who decides, does not receive you."
    until = int(seen.open_until[place, 0])
    if seen.params.person_level[place] == EXECUTIVE and seen.quarter <= until <= seen.quarter + 1:
        yield "lapses", f"{name} receives you until the end of {cast.quarter(until)}."


def _word(table: Table, row: int) -> Told:
    value = float(table.seen.credibility[int(table.seen.params.opportunity_account[row]), 0])
    if not DOUBTED <= value < BELIEVED:
        yield ("speaks" if value >= BELIEVED else "missing"), f"Your word there: {band(value, WORDS_WORTH)}."


LOOKS: Final[dict[str, Callable[[Table, int], Told]]] = {
    "Bid": _bid,
    "Case": _case,
    "Work": _work,
    "Access": _access,
    "Word": _word,
}
"""By its name: what can speak for us, the weightiest first."""


def _field(table: Table, row: int) -> Told:
    """The others, and what counts."""
    seen, cast = table.seen, table.cast
    rival, until = int(known(seen, "bidder", row)), int(seen.opened[int(seen.params.opportunity_cell[row]), 0])
    if rival:
        yield "missing", f"{cast.scenario.rivals[rival - 1].name} is the strongest rival."
    if int(known(seen, "twist", row)) == PRICED:
        yield "missing", "Price weighs more than at first."
    before = until >= seen.quarter and known(seen, "stage", row) < COMPARISON
    if before or (seen.tendered[row, 0] and known(seen, "stage", row) >= COMPARISON):
        yield "missing", "After your no it goes to tender: price weighs more, and what speaks for you half."


def _age(table: Table, row: int) -> Told:
    old = int(table.seen.known("stage", row)[1][0])
    if old >= OLD:
        who = table.cast.person(table.seen.params.people[int(table.seen.params.opportunity_decider[row])])
        yield "lapses", f"What you know of it is from {age(old, 0)}. Ask {who}, or anybody there."


# --- what is signed ----------------------------------------------------------------------------------------------


def signed_line(table: Table, initiative: int, *, alone: bool = False) -> str:
    """What was signed for an initiative, and what it speaks to, in a sentence or two; ``alone``: without the
    customer."""
    cast, seen = table.cast, table.seen
    name = seen.params.initiatives[initiative]
    title = cast.initiatives[name].name
    where = title if alone else f"{cast.account(cast.home[name])}, {title}"
    speaks = open_cases.speaks(seen, initiative)
    if speaks is None:
        return f"{where}: nobody has told you how it stands, nor whether what they signed still speaks to it."
    state = STATES[int(seen.known("state", initiative)[0][0])]
    if state in OVER:
        return f"{where} {state_told(state)}. {_sunk(table, initiative)}"
    if speaks:
        return f"{where}: what they signed speaks to it as it is, {STATE_WORDS[state]}."
    return f"{where}: what they signed counts for half at most. {_turned(seen, initiative)}"


def _sunk(table: Table, initiative: int) -> str:
    """What goes on in the books though what it was for is over."""
    row = int(table.seen.params.initiative_account[initiative])
    going = levers.paid_for(table.cast, table.seen, row)
    return f"You go on paying for {listed(going)}." if going else "What they signed for it is over, too."
