"""A buying centre as the player knows it: what the map of people shows on every face. From Seen alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.influence import NEW, believed_say, heard_rows
from kamsim.engine.moves import AGENDAS
from kamsim.view.words.doors import referees, sponsor
from kamsim.view.words.names import SOURCE_WORDS, age, capital, listed, percent
from kamsim.view.words.people import STANCE_TOLD, stand, tie_level, tie_word

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.view.words.names import Cast

CLOSED: Final = "Door closed"


@dataclass(frozen=True)
class Member:
    """One person as last seen. ``say`` and ``say_new``: part of the decision where something is bought again, and where
    it is new; None where nobody has told. ``rings``: how well they know us, 0 to 3. ``listens``: ids, None where it is
    not known. ``lines``: everything that is known, each with its age and source; ``asks``: how to learn the rest."""

    person: str
    level: str
    say: float | None
    say_new: float | None
    stands: str
    rings: int
    veto: bool
    listens: tuple[str, ...] | None
    leaving: bool
    sponsor: bool
    door: str
    open_now: bool
    lines: tuple[str, ...]
    asks: tuple[str, ...]


def members(cast: Cast, seen: Seen, account: str) -> list[Member]:
    """Everybody in a buying centre, in the author's order."""
    row = seen.params.accounts.index(account)
    fresh = believed_say(seen, row, NEW)[:, 0]
    return [
        _member(cast, seen, person.id, float(fresh[place]))
        for place, person in enumerate(cast.accounts[account].people)
    ]


def _member(cast: Cast, seen: Seen, person: str, say_new: float) -> Member:
    row = seen.params.people.index(person)

    def known(kind: str) -> float | None:
        value = float(seen.known(kind, row)[0][0])
        return None if np.isnan(value) else value

    say, stance, mask, veto = known("power"), known("stance"), known("listens"), known("veto")
    heard = known("power_new")
    newer = heard if heard is not None else say_new if say is not None else None
    tie = known("tie") or 0.0
    listens = None if mask is None else tuple(seen.params.people[other] for other in heard_rows(seen.params, row, mask))
    leaving = (known("leaving") or 0.0) > 0.0
    stands = stand(float("nan") if stance is None else stance)
    lines, asks = [], []
    if say is not None:
        new = f", {percent(newer)} where something new is decided" if newer is not None and newer != say else ""
        lines.append(f"Has {percent(say)} of the say in what they buy{new} ({_when(seen, 'power', row)}).")
    else:
        asks.append("What weight they have: ask anybody here how they buy.")
    if veto:
        lines.append(f"Can veto ({_when(seen, 'veto', row)}).")
    if stance is not None:
        lines.append(f"{capital(STANCE_TOLD[stands])} ({_when(seen, 'stance', row)}).")
    else:
        asks.append("How they stand: ask them what could go wrong, or read the room.")
    lines.append(f"{capital(tie_word(tie))} ({_when(seen, 'tie', row)}).")
    if listens is None:
        asks.append("Whom they listen to: ask anybody here how they buy.")
    else:
        names = listed([cast.person(name) for name in listens])
        told = f"Listens to {names}" if listens else "Makes up their own mind"
        lines.append(f"{told} ({_when(seen, 'listens', row)}).")
    if leaving:
        lines.append(f"Leaves when this quarter closes ({_when(seen, 'leaving', row)}).")
    measure = known("measure")
    if measure is not None:
        lines.append(f"Judged on {cast.measure(measure)} ({_when(seen, 'measure', row)}).")
    else:
        asks.append("What they are judged on: ask them about their results.")
    level = cast.people[person].level
    return Member(
        person=person,
        level=level,
        say=say,
        say_new=newer,
        stands=stands,
        rings=tie_level(tie),
        veto=bool(veto),
        listens=listens,
        leaving=leaving,
        sponsor=sponsor(seen, row),
        door=door_told(cast, seen, person) if level == "executive" else "",
        open_now=bool(seen.may_meet(row)[0]),
        lines=tuple(lines),
        asks=tuple(asks),
    )


def _when(seen: Seen, kind: str, row: int) -> str:
    """How old a fact is, and where it is from."""
    place = seen.params.fact_blocks[kind][row]
    return f"{age(seen.quarter, int(seen.seen_at[place, 0]))}, {SOURCE_WORDS[int(seen.source[place, 0])]}"


def door(cast: Cast, seen: Seen, person: str) -> str:
    """Whether an executive receives us, and until when."""
    row = seen.params.people.index(person)
    if bool(seen.may_meet(row)[0]):
        until = int(seen.open_until[row, 0])
        return "Door open" if cast.over(until) else f"Door open until the end of {cast.quarter(until)}"
    if bool(seen.out_of_reach(row)[0]):
        again = int(seen.shut_until[row, 0]) + 1
        return "Door shut until the end" if cast.over(again) else f"Door shut until {cast.quarter(again)}"
    return CLOSED


def door_told(cast: Cast, seen: Seen, person: str) -> str:
    """The same, and how a closed door could be opened."""
    told = door(cast, seen, person)
    if told != CLOSED:
        return told
    friends = [name for name in referees(cast, seen, person) if sponsor(seen, seen.params.people.index(name))]
    if friends:
        return f"{CLOSED}. {cast.person(friends[0])} would put in a word"
    return f"{CLOSED}. An insight into one of their initiatives opens it, or a word from somebody here who is for us"


def stance_of(seen: Seen, person: str) -> float:
    """How somebody looks at us, as last seen, -1 to 1; 0 where it is unknown."""
    value = float(seen.known("stance", seen.params.people.index(person))[0][0])
    return 0.0 if np.isnan(value) else max(-1.0, min(1.0, value))


def leaves(seen: Seen, person: str) -> bool:
    """Whether somebody is known to leave when this quarter closes."""
    return bool(seen.known("leaving", seen.params.people.index(person))[0][0] > 0.0)


def taken_up(seen: Seen, person: str, agenda: str) -> bool:
    """Whether an agenda was taken up with somebody this quarter."""
    return bool(int(seen.met[seen.params.people.index(person), 0]) & (1 << AGENDAS.index(agenda)))


def legend() -> tuple[str, ...]:
    """How to read the picture."""
    return (
        "The higher, the more senior; the larger, the more say.",
        "Rings: how well they know us, none to three.",
        "An arrow goes from whoever listens to whom they listen to. Only what you have found out is drawn.",
    )
