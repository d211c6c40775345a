"""Signals that came and got nothing: warnings, turns, requests, incidents, and initiatives that were missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kamsim.debrief.forces import initiatives_told, turned_to
from kamsim.debrief.reading import Happening
from kamsim.debrief.record import Play
from kamsim.game.events.cases import CaseAnswered, PromiseForgotten
from kamsim.game.events.closing import IncidentNeglected, RequestLapsed
from kamsim.game.events.contact import AttackForetold
from kamsim.game.events.moments import MomentEnded
from kamsim.game.events.opening import AttackStruck, InitiativeTurned
from kamsim.game.events.talks import TalkLapsed
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
    for warned in play.of(AttackForetold):
        account, strikes = warned.event.account, int(warned.event.quarter)
        if warned.quarter <= play.quarters and not acted_before(play, warned):
            lines.append(
                f"{cast.quarter(warned.quarter)}: you were warned that {cast.rival(warned.event.rival)} would attack "
                f"{cast.account(account)}{attack_with(cast, warned.event)} in {cast.quarter(strikes)}. "
                f"Nothing was done there."
            )
    for turned in play.of(InitiativeTurned):
        name = turned.event.initiative
        if turned.quarter <= play.quarters and not followed_up(play, turned):
            lines.append(
                f"{cast.quarter(turned.quarter)}: {cast.initiatives[name].name} at "
                f"{cast.account(cast.home[name])}: it {turned_to(turned.event.to)}. Nobody met them, read up or re-cut "
                f"a case there in that quarter or the next."
            )
    lines += _let_go(play)
    for ended in play.of(MomentEnded):
        if ended.event.phase == "passed":
            moment = cast.moments[ended.event.moment]
            lines.append(
                f"{cast.quarter(ended.quarter)}: {play.first_cast.person(moment.person)} "
                f"({cast.account(cast.home[moment.id])}) asked on the spot and got no answer."
            )
    for answered in play.of(CaseAnswered):
        if answered.event.noticed:
            account = cast.account(answered.event.account)
            lines.append(
                f"{cast.quarter(answered.quarter)}: small asks about {account}, one after another; our desk added "
                f"them up."
            )
    return lines


def _let_go(play: Play) -> Iterator[str]:
    """What went by although it had a date."""
    cast = play.cast
    for item in play.happenings:
        match item.event:
            case RequestLapsed(request=request):
                what, account = "a price request got no answer", cast.home[request]
            case TalkLapsed(talk=talk):
                what, account = "a negotiation went by unsettled", cast.home[talk]
            case IncidentNeglected(account=account):
                what = "an incident was left alone"
            case PromiseForgotten(account=account):
                what = "a promise came due and was not measured"
            case _:
                continue
        yield f"{cast.quarter(item.quarter)}: {what} at {cast.account(account)}."


def acted_before(play: Play, warned: Happening[AttackForetold]) -> bool:
    """Whether anything was done at an account between a warning and the attack."""
    return any(
        play.account(command) == warned.event.account
        and warned.quarter <= command.quarter <= int(warned.event.quarter)
        and command.move in FORESTALLS
        for command in play.commands
    )


def attack_with(cast: Cast, event: AttackForetold | AttackStruck) -> str:
    """With what a rival comes, and for which initiative, as far as a log tells."""
    said = {"price": " with a lower price", "ideas": " with an idea", "both": " with a lower price and an idea"}
    words = said.get(event.habit or "", "")
    return f"{words} for {cast.initiatives[event.idea].name}" if words and event.idea else words


def followed_up(play: Play, item: Happening[InitiativeTurned]) -> bool:
    """Whether anybody took note of a turn in its quarter or the next."""
    account = play.cast.home[item.event.initiative]
    return any(
        play.account(command) == account
        and item.quarter <= command.quarter <= item.quarter + 1
        and command.move in FOLLOWS_UP
        for command in play.commands
    )
