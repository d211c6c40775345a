"""Doors and introductions in words: how a first meeting is asked for, what came of it, who hands us over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kamsim.engine.moves import VOUCHED
from kamsim.engine.people import REAL_TIE, WELL_MEANING
from kamsim.view.words.ages import still_so
from kamsim.view.words.knowing import bring_what
from kamsim.view.words.names import Cast, age, counted
from kamsim.view.words.people import tie_word

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

# --- what came of it --------------------------------------------------------------------------------------


def ask_again(cast: Cast, again: int, quarter: int) -> str:
    """From when a door that was shut may be asked at again."""
    if cast.over(again):
        return "The session ends before you may ask again."
    return f"You may ask again from {cast.quarter(again)}, in {counted(again - quarter, 'quarter')}."


# --- how a door opens -------------------------------------------------------------------------------------


def approach_title(cast: Cast, seen: Seen, approach: str, account: str, through: str = "") -> str:
    """A way to ask for a first meeting, as a choice."""
    bring = bring_what(cast, seen, account)
    if approach == "insight":
        return bring
    name = cast.person(through) if through else "somebody of theirs"
    if approach == "referral":
        return f"Let {name} put in a word"
    return f"{name} puts in a word, and: {bring[:1].lower()}{bring[1:]}" if approach == "both" else "Ask cold"


def insight_age(seen: Seen, account: str) -> float:
    """How many quarters ago that was seen on which the newest insight for an account rests."""
    rows = seen.params.account_initiatives[seen.params.accounts.index(account)]
    built = [(int(seen.insight_built[row, 0]), float(seen.known("state", row)[1][0])) for row in rows]
    return max(built, default=(0, 0.0))[1]


def vouches(seen: Seen, person: str) -> str:
    """Whether somebody would put in a word, as far as is known: sponsor, no sponsor, or what is not known."""
    row = seen.params.people.index(person)
    stance, ages = seen.known("stance", row)
    tie, _ = seen.known("tie", row)
    if np.isnan(stance[0]):
        return f"{tie_word(float(tie[0]))}; whether for or against you is not known"
    when = f"seen {age(seen.quarter, seen.quarter - int(ages[0]))}"
    if sponsor(seen, row):
        old = "; that may have changed since" if ages[0] >= 1 else ""
        return f"is for you and {tie_word(float(tie[0]))} ({when}{old})"
    if stance[0] <= WELL_MEANING:
        return f"is not that much for you ({when})"
    return f"{tie_word(float(tie[0]))}: not well enough to do that"


def sponsor(seen: Seen, row: int) -> bool:
    """Whether somebody is a sponsor as last seen: for us, with a real tie."""
    return bool(seen.known("stance", row)[0][0] > WELL_MEANING) and bool(seen.known("tie", row)[0][0] > REAL_TIE)


def referees(cast: Cast, seen: Seen, person: str) -> list[str]:
    """Who could put in a word for a meeting with somebody: colleagues whom we may meet, known sponsors first, then
    those whose stance is not known, then the others."""
    found = []
    for place, entry in enumerate(cast.accounts[cast.home[person]].people):
        row = seen.params.people.index(entry.id)
        if entry.id == person or not bool(seen.may_meet(row)[0]):
            continue
        unknown = bool(np.isnan(seen.known("stance", row)[0][0]))
        found.append((0 if sponsor(seen, row) else 1 if unknown else 2, place, entry.id))
    return [name for _, _, name in sorted(found)]


def door_odds(cast: Cast, seen: Seen, approach: str, person: str, *, fresh: bool, through: str = "") -> str:
    """What an approach is worth, as far as the player can know (economics B10)."""
    if approach == "insight":
        if not fresh:
            return "Out of date: hardly one door in ten opens"
        told = still_so(insight_age(seen, cast.home[person]))
        return f"If it still holds, more than eight doors in ten open; it is {told}"
    if approach in VOUCHED:
        opens = "nineteen doors in twenty" if approach == "both" and fresh else "eight doors in ten"
        old = "; what you bring is out of date" if approach == "both" and not fresh else ""
        return f"A sponsor's word opens {opens}{old}. {cast.person(through)} {vouches(seen, through)}"
    known = not bool(np.isnan(seen.known("measure", seen.params.people.index(person))[0][0]))
    odds = "You know their measure: one door in four opens" if known else "One or two doors in ten open"
    return f"{odds}. A no shuts the door for two quarters"
