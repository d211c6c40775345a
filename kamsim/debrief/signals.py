"""Signals that came and got nothing: warnings, turns, requests, incidents, and initiatives that were missed."""

from __future__ import annotations

from typing import Any, Final

from kamsim.debrief.forces import initiatives_told
from kamsim.debrief.record import Happening, Play
from kamsim.view.words.names import Cast

FOLLOWS_UP: Final = (
    "meet", "scan", "present_case", "recut_case", "read_room", "build_insight", "bring_insight", "back_initiative",
)  # fmt: skip
"""Moves that show that somebody took note of a change."""
FORESTALLS: Final = (
    "meet", "offer_terms", "present_case", "set_rhythm", "recut_case", "set_discount", "bring_insight",
    "back_initiative",
)  # fmt: skip
"""Moves that show that something was done before an attack."""


def signals_missed(play: Play) -> list[str]:
    """Warnings without an answer, turns of initiatives that nobody followed up, requests and incidents left alone, and
    initiatives that were pushed while nobody here heard of it or did anything."""
    return unanswered(play) + [told.line for told in initiatives_told(play)[1]]


def unanswered(play: Play) -> list[str]:
    """What asked for something by itself, and got nothing."""
    cast, lines = play.cast, []
    for item in play.of("warned"):
        account, strikes = item.data["account"], int(item.data["quarter"])
        if item.quarter <= play.quarters and not acted_before(play, item):
            lines.append(
                f"{cast.quarter(item.quarter)}: you were warned that {cast.rival(item.data['rival'])} would attack "
                f"{cast.account(account)}{attack_with(cast, item.data)} in {cast.quarter(strikes)}. Nothing was done "
                f"there."
            )
    for item in play.of("turned"):
        name = item.data["initiative"]
        if item.quarter <= play.quarters and not followed_up(play, item):
            lines.append(
                f"{cast.quarter(item.quarter)}: {cast.initiatives[name].name} at "
                f"{cast.account(cast.home[name])} turned ({item.data['to']}). Nobody met them, read up or re-cut a "
                f"case there in that quarter or the next."
            )
    said = {"lapsed": "a price request got no answer", "neglected": "an incident was left alone",
            "promise_forgotten": "a promise came due and was not measured",
            "talk_lapsed": "a negotiation went by unsettled"}  # fmt: skip
    for item in play.of(*said):
        account = item.data.get("account") or cast.home[item.data.get("request") or item.data["talk"]]
        lines.append(f"{cast.quarter(item.quarter)}: {said[item.kind]} at {cast.account(account)}.")
    for item in play.of("moment_ended"):
        if item.data["phase"] == "passed":
            moment = cast.moments[item.data["moment"]]
            lines.append(
                f"{cast.quarter(item.quarter)}: {play.first_cast.person(moment.person)} "
                f"({cast.account(cast.home[moment.id])}) asked on the spot and got no answer."
            )
    for item in play.of("case_answered"):
        if item.data["noticed"]:
            lines.append(
                f"{cast.quarter(item.quarter)}: a case lay with {cast.account(item.data['account'])} whose facts had "
                f"changed since it was written; they noticed."
            )
    return lines


def acted_before(play: Play, warned: Happening) -> bool:
    """Whether anything was done at an account between a warning and the attack."""
    return any(
        play.account(command) == warned.data["account"]
        and warned.quarter <= command.quarter <= int(warned.data["quarter"])
        and command.move in FORESTALLS
        for command in play.commands
    )


def attack_with(cast: Cast, data: dict[str, Any]) -> str:
    """With what a rival comes, and for which initiative, as far as a log tells."""
    said = {"price": " with a lower price", "ideas": " with an idea", "both": " with a lower price and an idea"}
    words = said.get(str(data.get("habit")), "")
    idea = data.get("idea")
    return f"{words} for {cast.initiatives[idea].name}" if words and idea in cast.initiatives else words


def followed_up(play: Play, item: Happening) -> bool:
    """Whether anybody took note of a turn in its quarter or the next."""
    account = play.cast.home[item.data["initiative"]]
    return any(
        play.account(command) == account
        and item.quarter <= command.quarter <= item.quarter + 1
        and command.move in FOLLOWS_UP
        for command in play.commands
    )
