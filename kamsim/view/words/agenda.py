"""What a talk can bring, and what a person asks of whoever comes: told before hours are spent, from what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.params import STATES
from kamsim.view.open_cases import requests
from kamsim.view.words.ages import still_so
from kamsim.view.words.facts import CURRENT, dormant
from kamsim.view.words.names import Cast, listed, state_told

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

OVER: Final = STATES.index("completed")


def brings(cast: Cast, seen: Seen, person: str, agenda: str) -> str:
    """What asking somebody about something can bring."""
    return {"results": _results, "provocative": _provocative, "buying": _buying}[agenda](cast, seen, person)


def _known(cast: Cast, seen: Seen, person: str) -> tuple[list[str], list[str]]:
    """Initiatives at a person's place that were heard of and live: those that this person runs, and the others."""
    mine: list[str] = []
    others: list[str] = []
    for item in cast.accounts[cast.home[person]].initiatives:
        row = seen.params.initiatives.index(item.id)
        state = float(np.nan_to_num(seen.known("state", row)[0][0]))
        if not dormant(seen, row) and state < OVER:
            (mine if item.owner == person else others).append(item.name)
    return mine, others


def _results(cast: Cast, seen: Seen, person: str) -> str:
    mine, others = _known(cast, seen, person)
    row = seen.params.people.index(person)
    own = "" if not np.isnan(seen.known("measure", row)[0][0]) else "what they are judged on, "
    if mine:
        return f"May bring {own}how {listed(mine)} stands, which they run, and what is bought for it."
    if others:
        return f"May bring {own}how {listed(others)} stands, less surely than from whoever runs it, and what is bought."
    return f"May bring {own}what is under way there, or that they know of nothing; and what is bought."


def _provocative(cast: Cast, seen: Seen, person: str) -> str:
    mine, others = _known(cast, seen, person)
    about = listed(mine or others) or "what they have under way"
    surely = ", surest from them as they run it" if mine else ", less surely than from whoever runs it"
    return f"May bring what pushes {about} on or holds it back{surely}; how they stand to you; what rivals plan."


def _buying(cast: Cast, seen: Seen, person: str) -> str:
    asked = [cast.requests[name].title for name in requests(seen) if cast.requests[name].person == person]
    serves = (
        f"; what would serve \N{LEFT DOUBLE QUOTATION MARK}{asked[0]}\N{RIGHT DOUBLE QUOTATION MARK}" if asked else ""
    )
    return f"May bring who weighs what and listens to whom, how much price counts, what is about to be bought{serves}."


def requires(cast: Cast, seen: Seen, person: str) -> str:
    """What an executive asks of whoever comes, and whether we have it as far as we know; '' for others."""
    if cast.people[person].level != "executive":
        return ""
    found = []
    for item in cast.accounts[cast.home[person]].initiatives:
        state, ages = seen.known("state", seen.params.initiatives.index(item.id))
        if 0 <= ages[0] <= CURRENT and 0 < state[0] < OVER:
            told = state_told(STATES[int(state[0])])
            found.append((float(ages[0]), f"{item.name} {told}, {still_so(float(ages[0]))}"))
    have = f"You come with this: {min(found)[1]}." if found else "You have nothing of that."
    return (
        "An executive's time has a price: come with how something of theirs stands, no older than a quarter. If you "
        f"bring nothing true and hear nothing, the door shuts for two quarters. {have}"
    )
