"""What the player decided that moved an account's profit, by the cause under which a close tells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kamsim.game.events.cases import CaseAnswered
from kamsim.game.events.closing import OfferAnswered
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.view.open_cases import by_quarter
from kamsim.view.words.names import account_of, listed, percent, points
from kamsim.view.words.opportunities import titled

if TYPE_CHECKING:
    from kamsim.game.events.declared import Event
    from kamsim.view.words.names import Cast

MOST: Final = 2
"""Deeds that are named; of more, their number."""
SMALL: Final = 1e-9


def deeds(cast: Cast, events: Iterable[Event], account: str, quarter: int) -> dict[str, str]:
    """By cause: the prices that were decided in a quarter at an account, and what was awarded there before it."""
    prices, awards = [], []
    for when, event in by_quarter(events):
        if isinstance(event, OpportunityAwarded):
            awards.append(_award(cast, event, when, quarter) if cast.home[event.opportunity] == account else "")
        elif when == quarter:
            prices.append(_price(cast, event, account))
    return {name: _few(told) for name, told in (("awards", awards), ("price", prices)) if any(told)}


def _few(told: list[str]) -> str:
    names = list(dict.fromkeys(filter(None, told)))
    more = [f"{len(names) - MOST} more"] if len(names) > MOST else []
    return listed([*names[:MOST], *more])


def _award(cast: Cast, event: OpportunityAwarded, when: int, quarter: int) -> str:
    """An award that began to run in a quarter, or ran out with the one before; '' for another."""
    name = titled(cast, event.opportunity, event.arose)
    if when == quarter - 1 and event.outcome in ("won", "lost"):
        second = f", but for the {percent(event.part)} that is ours" if event.outcome == "lost" and event.part else ""
        given = f" at {points(event.bid)} more off" if event.outcome == "won" and event.bid else ""
        return f"{name} {event.outcome}{second or given}"
    return f"{name} has run out" if event.until == quarter - 1 and event.outcome == "won" else ""


def _price(cast: Cast, event: Event, account: str) -> str:
    """What an event did to the prices of an account, in a few words; '' for nothing."""
    match event:
        case MoveMade() if account_of(cast, event.args) == account:
            return _moved(cast, event)
        case OfferAnswered(answer="accepted") if event.account == account:
            return _off(float(event.offer["change"]), "in your offer")
        case CaseAnswered(audience="customer", outcome="approved") if event.account == account:
            return _off(float(event.page.get("price") or 0.0), "in your case")
    return ""


def _moved(cast: Cast, event: MoveMade) -> str:
    args = event.args
    if event.move == "set_discount":
        return f"{cast.line(args['line'])} now {percent(float(args['discount']), 1)} off"
    if event.move == "set_rebate":
        return f"{cast.line(args['line'])} with {percent(float(args['rebate']), 1)} rebate"
    if event.move == "answer_request" and event.result in ("granted", "traded"):
        title = cast.requests[args["request"]].title
        return f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK} {event.result}"
    return ""


def _off(change: float, where: str) -> str:
    """A change of price in a few words; '' for none."""
    if abs(change) < SMALL:
        return ""
    return f"{points(change)} {'more off' if change > 0 else 'taken back'} {where}"
