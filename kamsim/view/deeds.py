"""What the player decided that moved an account's profit, by the cause under which a close tells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kamsim.game.events.cases import CaseAnswered
from kamsim.game.events.closing import OfferAnswered
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.game.events.team import ColleagueSucceeded
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
    """By cause: the prices that were decided in a quarter at an account, what was awarded there before it, and who of
    ours was gone as it opened; under `HURT` or `HELPED` of a cause the reason why that went against what its words lead
    one to expect."""
    prices, awards, gone, ways = [], [], [], set()
    ends: dict[str, int] = {}
    for when, event in by_quarter(events):
        if isinstance(event, OpportunityAwarded) and cast.home[event.opportunity] == account:
            told = _award(cast, event, when, quarter)
            renewed = bool(told) and event.until >= quarter <= ends.get(event.opportunity, 0)
            awards.append(f"{told}, in place of the order before" if renewed else told)
            way = (event.outcome == "won", event.until == quarter - 1, renewed or bool(event.part and event.part < 1.0))
            ways |= {way} if told else set()
            ends[event.opportunity] = max(event.until, ends.get(event.opportunity, 0))
        elif when == quarter and isinstance(event, ColleagueSucceeded):
            gone += [f"{event.before} is gone, and had them in hand"] if account in event.accounts else []
        elif when == quarter:
            prices.append(_price(cast, event, account))
    lists = (("awards", awards), ("price", prices), ("momentum", gone))
    found = {name: _few(told) for name, told in lists if any(told)}
    return {**found, **(AGAINST.get(ways.pop(), {}) if len(ways) == 1 else {})}


HURT, HELPED = ".hurt", ".helped"
AGAINST: Final[dict[tuple[bool, bool, bool], dict[str, str]]] = {
    (True, False, False): {f"awards{HURT}": ", in place of usual purchases, which left more"},
    (False, False, False): {f"awards{HELPED}": ", in place of usual purchases, which left less than nothing"},
    (True, True, False): {f"awards{HELPED}": ", and what they buy as usual again leaves more"},
    (False, True, False): {f"awards{HURT}": ", and what they buy as usual again leaves less than nothing"},
}
"""By whether all awards were ours, have run out, and say why already: why that may cost, or bring, money."""


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
    if event.until != quarter - 1 or event.outcome == "undecided":
        return ""
    return (
        f"{name} has run out" if event.outcome == "won" else f"{name}, which {cast.rival(event.rival)} had, has run out"
    )


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
