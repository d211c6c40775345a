"""Doors and introductions in words: how a first meeting is asked for, what came of it, who hands us over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.moves import DOOR_QUARTERS, SHUT_QUARTERS, VOUCHED, Refusal, Result
from kamsim.engine.people import REAL_TIE, WELL_MEANING
from kamsim.view.words.knowing import bring_what
from kamsim.view.words.names import Cast, account_of, age, counted, who
from kamsim.view.words.people import tie_word

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

# --- what came of it --------------------------------------------------------------------------------------


def ask_again(cast: Cast, again: int, quarter: int) -> str:
    """From when a door that was shut may be asked at again."""
    if cast.over(again):
        return "The session ends before you may ask again."
    return f"You may ask again from {cast.quarter(again)}, in {counted(again - quarter, 'quarter')}."


def sought(cast: Cast, data: Mapping[str, Any], quarter: int, learned: list[str]) -> list[str]:
    """What came of asking for a first meeting."""
    args, result = data["args"], Result[str(data["result"]).upper()]
    person, approach = args["person"], args.get("approach")
    through = cast.person(args["through"]) if args.get("through") else ""
    if result is Result.DOOR_OPENED:
        said = cast.voice(person, "door_opens", quarter)
        until = quarter + DOOR_QUARTERS - 1
        end = "to the end of the session" if cast.over(until) else f"until the end of {cast.quarter(until)}"
        word = [f"{through} put in a word for you."] if through else []
        meeting = f"The door is open {end}. A meeting takes 20 hours."
        return [said or f"{cast.post(person)}, will see you.", *word, meeting]
    if result is Result.NO_REFERRAL:
        ask = f"{through} would rather not: that takes somebody who is for you and knows you well."
        return [ask, *learned, f"{cast.person(person)} was not asked, so that door is as it was."]
    said = cast.voice(person, "door_closed", quarter) or f"{cast.post(person)}, has no time for this."
    again = ask_again(cast, quarter + SHUT_QUARTERS + 1, quarter)
    if result is Result.STALE:
        out = "What you brought was out of date, and it was noticed: they believe you a little less."
        return [said, f"{out} {again} Find out first how things stand."]
    if approach in VOUCHED:
        odds = "nineteen doors in twenty" if approach == "both" else "eight doors in ten"
        return [said, f"{through} did put in a word, which opens {odds}: luck was against it. {again}"]
    if approach == "insight":
        return [said, f"What you brought was fresh and opens eight doors in ten: luck was against it. {again}"]
    return [said, f"Asked cold, hardly one door in ten opens: nothing of theirs was brought. {again}"]


def wasted(cast: Cast, person: str, quarter: int) -> list[str]:
    """A meeting that gave an executive nothing."""
    said = cast.voice(person, "door_closed", quarter) or f"{cast.post(person)}, looked at the clock."
    return [
        said,
        "You learned nothing, and brought nothing that is going on there now. That door is shut. "
        f"{ask_again(cast, quarter + SHUT_QUARTERS + 1, quarter)}",
    ]


def handed_over(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    """A handover agreed."""
    person = data["args"]["person"]
    if cast.over(quarter + 1):
        return [f"{cast.post(person)}, will introduce whoever comes. Your successor will be glad of it."]
    return [
        f"{cast.post(person)}, will introduce you to whoever comes: about half of what you built there passes on.",
        "The newcomer takes over when this quarter closes.",
    ]


# --- why not ----------------------------------------------------------------------------------------------


def _no_referee(cast: Cast, seen: Seen, _kind: str, args: Mapping[str, Any]) -> str:
    through = args.get("through")
    account = account_of(cast, args)
    if through and cast.home.get(through) == account and through != args.get("person"):
        row = seen.params.people.index(through)
        if not bool(seen.may_meet(row)[0]):
            return f"{cast.person(through)} does not receive you either. Ask somebody there whom you can meet."
    return (
        f"Say who should put in a word with {who(cast, args)}: somebody else at {cast.account(account)} whom you can "
        "meet. It takes a sponsor, who is for you and knows you well."
    )


PEOPLE_REFUSALS: Final[dict[Refusal, Callable[[Cast, Seen, str, Mapping[str, Any]], str]]] = {
    Refusal.NO_REFEREE: _no_referee,
    Refusal.NOT_LEAVING: lambda cast, _s, _k, args: f"You have not heard that {who(cast, args)} is leaving. "
"People with a real tie to you say so in time, and close contact hears of it.",
    Refusal.HANDED_OVER: lambda cast, _s, _k, args: f"{who(cast, args)} has agreed to introduce you already. "
"Use the hours for something else.",
}  # fmt: skip
"""By reason: what is said."""


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


def vouches(seen: Seen, person: str) -> str:
    """Whether somebody would put in a word, as far as is known: sponsor, no sponsor, or what is not known."""
    row = seen.params.people.index(person)
    stance, ages = seen.known("stance", row)
    tie, _ = seen.known("tie", row)
    if np.isnan(stance[0]):
        return f"{tie_word(float(tie[0]))}; whether for or against you is not known"
    when = f"seen {age(seen.quarter, seen.quarter - int(ages[0]))}"
    if sponsor(seen, row):
        return f"is for you and {tie_word(float(tie[0]))} ({when})"
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
    """What an approach is worth, as far as the player can know (ECONOMICS B10)."""
    if approach == "insight":
        live = "Fresh: if it is still so, it opens more than eight doors in ten"
        stale = "Out of date: hardly one door in ten opens"
        return live if fresh else stale
    if approach in VOUCHED:
        opens = "nineteen doors in twenty" if approach == "both" and fresh else "eight doors in ten"
        old = "; what you bring is out of date" if approach == "both" and not fresh else ""
        return f"A sponsor's word opens {opens}{old}. {cast.person(through)} {vouches(seen, through)}"
    known = not bool(np.isnan(seen.known("measure", seen.params.people.index(person))[0][0]))
    odds = "You know their measure: one door in four opens" if known else "One or two doors in ten open"
    return f"{odds}. A no shuts the door for two quarters"
