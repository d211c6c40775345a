"""What an account's page tells on every face: its Terms, its people and their doors, its initiatives as last seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.view.centre import door
from kamsim.view.grounds import signed_line
from kamsim.view.words import levers, talks
from kamsim.view.words.dealdesk import mandates
from kamsim.view.words.doors import ask_again
from kamsim.view.words.facts import CURRENT
from kamsim.view.words.names import RHYTHM_WORDS, capital

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.view.table import Table

NO_INITIATIVE: Final = "You know of none. Meeting people about their results, or reading up on them, finds them."


def terms(table: Table, account: str) -> str:
    """Everything that is agreed with an account, or granted for it by our own desk, in a sentence."""
    cast, seen = table.cast, table.seen
    row, rhythm = seen.params.accounts.index(account), table.rhythm(account)
    said = [
        f"{RHYTHM_WORDS[rhythm]}, {table.rhythm_hours[rhythm]:.0f} hours a quarter",
        f"they pay after {seen.days[row, 0]:.0f} days",
        *levers.held(cast, seen, row, desk=False),
    ]
    until = signed_until(seen, account)
    if until:
        said.append(f"signed until the end of {cast.quarter(until)}, deliveries and commitments with it")
    if offer_lies(seen, account):
        said.append("an offer of yours is with them")
    said += talks.running(cast, seen, account)
    said += [f"our desk has signed {granted}" for granted in mandates(cast, seen, account)]
    return f"{capital('; '.join(said))}."


def signed_until(seen: Seen, account: str) -> int:
    """The last quarter of the signed Terms; 0 where none run."""
    until = int(seen.contract_until[seen.params.accounts.index(account), 0])
    return until if until >= seen.quarter else 0


def offer_lies(seen: Seen, account: str) -> bool:
    """Whether an offer of ours is with them."""
    return bool(int(seen.offer[seen.params.accounts.index(account), 0]))


def own_notes(table: Table, account: str) -> list[str]:
    """What is known of the account itself, each with its age and source."""
    return table.notes(account).get(table.cast.account(account), [])


@dataclass(frozen=True)
class PersonNotes:
    """Somebody on an account's page: what is known, each note with its age and source; whether they receive us; for an
    executive how the door stands, and where it is shut from when one may ask again, in a sentence ('' elsewhere)."""

    person: str
    notes: tuple[str, ...]
    receives: bool
    door: str
    again: str


def people(table: Table, account: str) -> list[PersonNotes]:
    """Everybody at an account, in the author's order."""
    cast, seen, known = table.cast, table.seen, table.notes(account)
    made = []
    for person in cast.accounts[account].people:
        told = door(cast, seen, person.id) if person.level == "executive" else ""
        notes = tuple(known.get(cast.post(person.id), ()))
        row = seen.params.people.index(person.id)
        shut = bool(told) and bool(seen.out_of_reach(row)[0])
        again = ask_again(cast, int(seen.shut_until[row, 0]) + 1, seen.quarter) if shut else ""
        made.append(PersonNotes(person.id, notes, receives(seen, person.id), told, again))
    return made


def receives(seen: Seen, person: str) -> bool:
    """Whether somebody may be met now."""
    return bool(seen.may_meet(seen.params.people.index(person))[0])


@dataclass(frozen=True)
class InitiativeNotes:
    """An initiative that was heard of: what is known, each note with its age and source. ``seen``: whether it was seen
    how it stands, and ``fresh``: lately enough to build on it; ``signed``: what a signed case for it still speaks
    to, or what is sunk, '' where nothing is signed."""

    initiative: str
    notes: tuple[str, ...]
    seen: bool
    fresh: bool
    signed: str = ""


def initiatives(table: Table, account: str) -> list[InitiativeNotes]:
    """The initiatives of an account that the player knows of."""
    cast, seen, known = table.cast, table.seen, table.notes(account)
    made = []
    for row in seen.params.account_initiatives[seen.params.accounts.index(account)]:
        name = seen.params.initiatives[row]
        notes = known.get(cast.initiatives[name].name)
        if notes:
            age = float(seen.known("state", row)[1][0])
            signed = signed_line(table, row, alone=True) if seen.written_for[row, 0] else ""
            made.append(InitiativeNotes(name, tuple(notes), not np.isnan(age), age <= CURRENT, signed))
    return made
