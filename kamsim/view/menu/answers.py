"""Answers in words: price requests, incidents, deliveries that must come first, and somebody who leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.moves import Refusal, Result, traded_part
from kamsim.view.centre import leaves
from kamsim.view.menu.entry import Args, Entry, Reason, Waits, result_of
from kamsim.view.open_cases import requests
from kamsim.view.words import regions, waiting
from kamsim.view.words.names import TRADE_WORDS, Cast, account_of, points, quoted, unlock, who
from kamsim.view.words.news import incident_words

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

INTRODUCED: Final = "Be introduced to a successor, and about half of what you built passes on"

# --- what came of it ----------------------------------------------------------------------------------------------


def _answered(cast: Cast, data: Args, quarter: int) -> list[str]:
    args, result = data["args"], result_of(data)
    request = cast.requests[args["request"]]
    conceded = points(traded_part(request.ask))
    line = cast.line(request.line)
    replies, whole = request.replies, regions.one_for_all(cast, request.id)
    for_what = TRADE_WORDS.get(args.get("get") or "", "something")
    shaken = "your successor will see" if cast.over(quarter + 1) else "business moves faster than usual next quarter"
    text, after = {
        Result.GRANTED: (
            replies.granted,
            regions.granted(cast, request.id)
            if whole
            else f"{points(request.ask)} more off on {line}, from this quarter, for good.",
        ),
        Result.TRADED: (
            replies.traded,
            regions.cornered(cast, request.id, for_what)
            if whole
            else f"{conceded} off on {line} instead of {points(request.ask)}, for {for_what}.",
        ),
        Result.TRADE_REFUSED: (
            replies.trade_refused,
            "The request stands. You can still grant it, decline it, or let it wait.",
        ),
        Result.TURNED_DOWN: (replies.declined, "They cooled a little. Your price stands."),
        Result.TURNED_DOWN_BADLY: (
            replies.declined,
            f"They are looking around: {shaken}.",
        ),
    }.get(result, (replies.declined, "Your answer is with them."))
    return [quoted(cast.person(request.person), text), after]


def _in_short(data: Args) -> str:
    """An answer to a request in a few words, and whether they took it."""
    if result_of(data) is Result.TRADE_REFUSED:
        return "a trade, which they turned down"
    asked = TRADE_WORDS.get(str(data["args"].get("get")), "something back")
    return {"grant": "all of it", "decline": "no"}.get(data["args"]["answer"], f"a part, for {asked}")


def _handled(cast: Cast, data: Args, quarter: int) -> list[str]:
    args = data["args"]
    name = cast.account(args["account"])
    paid = ", and a credit for the damage" if args["redress"] == "credit" else ""
    done = {
        "desk": f"The service desk puts {args['effort']} hours in for {name}, {data['hours']:.0f} of them yours{paid}.",
        "joint": f"You go to {name} and put in {args['effort']} hours with their people{paid}.",
    }.get(str(args.get("owner")), f"{args['effort']} hours for {name}{paid}.")
    later = "Your successor hears" if cast.over(quarter + 1) else "Next quarter they say"
    return [done, f"{later} how it was taken."]


def _expedited(cast: Cast, data: Args, _quarter: int) -> list[str]:
    return [
        f"{cast.account(data['args']['account'])}'s orders go to the front this "
        "quarter. It costs rush rates, and others wait."
    ]


def _handed_over(cast: Cast, data: Args, quarter: int) -> list[str]:
    """A handover agreed."""
    person = data["args"]["person"]
    if cast.over(quarter + 1):
        return [f"{cast.post(person)}, will introduce whoever comes. Your successor will be glad of it."]
    return [
        f"{cast.post(person)}, will introduce you to whoever comes: about half of what you built there passes on.",
        "The newcomer takes over when this quarter closes.",
    ]


# --- why a careful player does it ---------------------------------------------------------------------------------


def _why_answer(cast: Cast, _seen: Seen, args: Args) -> str:
    name = cast.account(cast.home[str(args["request"])])
    if args["answer"] == "trade":
        got = TRADE_WORDS.get(str(args.get("get")), "something back")
        return (
            f"{name} wants a lower price. Give a part, and ask for {got}: what serves them costs us less "
            f"than a discount."
        )
    if args["answer"] == "grant":
        return f"{name} wants a lower price, and here it pays: say yes."
    return f"{name} wants a lower price. It would not pay for itself: a plain no costs less, if they trust us."


def _why_incident(cast: Cast, _seen: Seen, args: Args) -> str:
    credit = ", and a credit: the damage was ours" if args["redress"] == "credit" else ""
    return (
        f"Put {args['effort']} hours into the incident at {cast.account(str(args['account']))}{credit}. "
        f"Mended well, trust ends higher than before."
    )


# --- what waits for it --------------------------------------------------------------------------------------------


def _requests(cast: Cast, seen: Seen, account: str, _incident: str) -> list[Waits]:
    made = []
    for name in requests(seen):
        if cast.home[name] == account:
            request = cast.requests[name]
            text = waiting.asks(cast, name, seen.quarter)
            made.append(Waits(name, request.title, text, urgent=request.due <= seen.quarter))
    return made


def _incident(cast: Cast, _seen: Seen, account: str, incident: str) -> list[Waits]:
    if not incident:
        return []
    return [Waits(account, incident_words(cast, account, incident)[0], hours=True, urgent=True)]


def _leavers(cast: Cast, seen: Seen, account: str, _incident: str) -> list[Waits]:
    """Whoever leaves at the close, once one may be introduced: what cannot be done before they are gone waits for
    nothing."""
    if unlock(cast, "hand_over")[0] > seen.quarter:
        return []
    return [
        Waits(person.id, f"{cast.person(person.id)} leaves", INTRODUCED, hours=True, urgent=True)
        for person in cast.accounts[account].people
        if leaves(seen, person.id)
    ]


ENTRIES: Final = (
    Entry(
        "answer_request",
        "Answer a price request",
        "answer to a request",
        "waiting",
        _answered,
        lambda cast, data: (
            f"Answered \N{LEFT DOUBLE QUOTATION MARK}{cast.requests[data['args']['request']].title}"
            f"\N{RIGHT DOUBLE QUOTATION MARK}: {_in_short(data)}"
        ),
        "request",
        "Prices and requests",
        why=_why_answer,
        unchanged="A part for nothing is still a gift. Name what you want back.",
        number=21,
        aliases=("answer", "request"),
        icon="chat",
        key="A",
        waits=_requests,
        call="Answer the request",
    ),
    Entry(
        "handle_incident",
        "Put an incident right",
        "repair of an incident",
        "waiting",
        _handled,
        lambda _cast, data: f"Put an incident right, {data['args']['effort']} hours",
        "incident",
        "Incidents",
        why=_why_incident,
        help="Put it right this quarter, or they will remember",
        number=23,
        aliases=("incident",),
        icon="warn",
        key="I",
        waits=_incident,
        call="Put the incident right",
    ),
    Entry(
        "hand_over",
        "Be introduced to a successor",
        "handover",
        "waiting",
        _handed_over,
        lambda cast, data: f"{cast.person(data['args']['person'])} introduces a successor",
        "contact",
        "Meetings",
        ("1 warm handover", "warm handovers"),
        lambda cast, _seen, args: (
            f"{cast.person(str(args['person']))} is leaving. An introduction keeps half of what was built."
        ),
        "About half of what you built passes on",
        number=20,
        aliases=("hand", "handover"),
        icon="people",
        key="I",
        waits=_leavers,
        call="Be introduced",
        at_once=True,
    ),
    Entry(
        "expedite",
        "Expedite deliveries",
        "expediting",
        "account",
        _expedited,
        lambda _cast, _data: "Expedited their deliveries",
        "incident",
        "Incidents",
        why=lambda cast, _seen, args: (
            f"Send {cast.account(account_of(cast, args))}'s orders first: a late delivery now would cost more."
        ),
        help="First, at rush cost",
        number=8,
        icon="truck",
        key="X",
    ),
)

# --- why not ------------------------------------------------------------------------------------------------------


def _already_agreed(cast: Cast, _seen: Seen, _kind: str, args: Args) -> str:
    given = TRADE_WORDS.get(str(args.get("get") or ""), "that")
    return f"{who(cast, args)} has agreed to {given} already. Ask for something else."


REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.EXPEDITED: Reason(
        lambda cast, _s, _k, args: f"{who(cast, args)}'s deliveries are expedited already this quarter.",
        "Done this quarter",
    ),
    Refusal.NO_REQUEST: Reason(
        lambda *_: "Nobody is waiting for that answer: it was given, or the date has passed. See what is waiting now."
    ),
    Refusal.TRADE_TRIED: Reason(
        lambda *_: "A trade was tried and turned down on this request. Grant it, decline it, or let it stand."
    ),
    Refusal.ALREADY_AGREED: Reason(_already_agreed),
    Refusal.NOT_FOR_CORRIDOR: Reason(
        lambda cast, _s, _k, args: (
            f"{who(cast, args)} asks for all regions at once, and can sign volume or a longer term for them, not how "
            f"each of them orders or pays. Ask for one of those two."
        )
    ),
    Refusal.NO_INCIDENT: Reason(
        lambda cast, _s, _k, args: (
            f"Nothing went wrong at {who(cast, args)} this quarter. Your hours serve better elsewhere."
        )
    ),
    Refusal.HANDLED: Reason(
        lambda cast, _s, _k, args: (
            f"The incident at {who(cast, args)} has your hours already. Take them back first to put in more."
        )
    ),
    Refusal.NOT_LEAVING: Reason(
        lambda cast, _s, _k, args: (
            f"You have not heard that {who(cast, args)} is leaving. People with a real tie to you say so in time, and "
            f"close contact hears of it."
        )
    ),
    Refusal.HANDED_OVER: Reason(
        lambda cast, _s, _k, args: (
            f"{who(cast, args)} has agreed to introduce you already. Use the hours for something else."
        ),
        "They have agreed to it",
    ),
}
