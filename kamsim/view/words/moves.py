"""Moves in words: why one is refused and what would help, and what came of one that was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.moves import MOVES, Refusal, Result, bind, traded_part
from kamsim.view.words import regions
from kamsim.view.words.casework import CASE_OUTCOMES, CASE_REFUSALS
from kamsim.view.words.doors import PEOPLE_REFUSALS, ask_again, handed_over, sought, wasted
from kamsim.view.words.facts import learned_lines
from kamsim.view.words.knowing import KNOWING_OUTCOMES, KNOWING_REFUSALS
from kamsim.view.words.names import (
    MOVE_NAMES,
    RHYTHM_WORDS,
    TRADE_WORDS,
    Cast,
    account_of,
    capital,
    counted,
    percent,
    points,
    quoted,
    unlock,
    who,
)
from kamsim.view.words.talks import TALK_OUTCOMES, TALK_REFUSALS

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.game.events.declared import Event

Args = Mapping[str, Any]


def refusal(cast: Cast, seen: Seen, kind: str, args: Args, code: int) -> str:
    """One or two sentences on why a move cannot be made and what would help; '' where it can."""
    return REFUSALS[Refusal(int(code))](cast, seen, kind, args)


def _locked(cast: Cast, _seen: Seen, kind: str, _args: Args) -> str:
    quarter, reason = unlock(cast, kind)
    return f"From {cast.quarter(quarter)}: {reason or 'it is not yours to do yet.'}"


def _no_hours(_cast: Cast, seen: Seen, kind: str, args: Args) -> str:
    needed = float(np.max(MOVES[kind].hours(seen, bind(seen.params, kind, args))))
    left = float(seen.hours_left[0])
    hours = args.get("programme") or args.get("help")
    if needed <= left and hours:
        return (
            f"A programme of {int(hours)} hours every quarter is more than your standing contact and "
            "other programmes leave. Give fewer hours, or lighten contact with another account first."
        )
    return (
        f"That takes {needed:.0f} hours and {left:.0f} are left this quarter. Lighter contact with another account "
        f"frees hours at once; so does taking back a move that nobody has answered yet."
    )


def _no_change(cast: Cast, _seen: Seen, kind: str, args: Args) -> str:
    they = who(cast, args)
    return {
        "set_rhythm": f"{they} already has that rhythm.",
        "set_discount": f"That is the discount {they} already has. Name another.",
        "set_rebate": f"That is the rebate {they} already has. Name another.",
        "answer_request": "A part for nothing is still a gift. Name what you want back.",
        "propose": "That is what you proposed the last time. Change something.",
        "offer_terms": f"That offer is what {they} already has. Change the price, the payment days, the deliveries, "
        f"or ask for a commitment.",
    }.get(kind, "That changes nothing. Choose something else.")


def _door_closed(cast: Cast, seen: Seen, kind: str, args: Args) -> str:
    if _again_from(seen, args) > seen.quarter:
        return _door_shut(cast, seen, kind, args)
    opens, _ = unlock(cast, "seek_executive")
    when = (
        "Ask for a first meeting"
        if seen.quarter >= opens
        else f"From {cast.quarter(opens)} you may ask for a first meeting"
    )
    return (
        f"{who(cast, args)} does not receive you yet. {when}, and bring an insight, built of how one of "
        "their initiatives stands."
    )


def _door_shut(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    again = max(_again_from(seen, args), seen.quarter + 1)
    return (
        f"{who(cast, args)} turned you down. {ask_again(cast, again, seen.quarter)} "
        f"Find out meanwhile how their initiatives stand, and build on that."
    )


def _again_from(seen: Seen, args: Args) -> int:
    """The quarter from which a person may be asked for a meeting, after a no."""
    person = args.get("person")
    return int(seen.shut_until[seen.params.people.index(person), 0]) + 1 if person else 0


def _under_contract(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    account = account_of(cast, args)
    signed = int(seen.contract_until[seen.params.accounts.index(account), 0]) if account else 0
    until = max(signed, seen.quarter)
    after = "" if cast.over(until + 1) else f", or ask from {cast.quarter(until + 1)}"
    return (
        f"{who(cast, args)} has signed terms with you until {cast.quarter(until)}, and no price goes up before. "
        f"Offer something that leaves the price alone{after}."
    )


def _already_met(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    later = "" if cast.over(seen.quarter + 1) else "; next quarter there is more to say"
    return f"{who(cast, args)} has told you about that this quarter. Choose another topic or another person{later}."


def _already_agreed(cast: Cast, _seen: Seen, _kind: str, args: Args) -> str:
    given = TRADE_WORDS.get(str(args.get("get") or ""), "that")
    return f"{who(cast, args)} has agreed to {given} already. Ask for something else."


def _scanned_already(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    said = f"Everything public about {who(cast, args)} was read this quarter."
    if cast.over(seen.quarter + 1):
        return f"{said} Ask the people there."
    return f"{said} There will be more next quarter; until then, ask the people there."


def _beyond(_cast: Cast, seen: Seen, kind: str, _args: Args) -> str:
    if kind == "set_rebate":
        return f"A rebate above {percent(seen.params.authority_rebate, 1)} is not yours to give. A smaller one is."
    return (
        f"You may go {seen.params.authority_discount * 100:g} points beyond the prices you took over, no further. "
        f"Ask for less, or offer something that is not price: deliveries, days, hours."
    )


def _below_floor(cast: Cast, _seen: Seen, _kind: str, _args: Args) -> str:
    share = percent(cast.scenario.authority.floor_margin, 1)
    return (
        f"That price would fall below unit cost plus {share} of list, and nobody signs "
        "it. Give less, or give something else."
    )


def _below_agreed(cast: Cast, _seen: Seen, kind: str, args: Args) -> str:
    what = "rebate" if kind == "set_rebate" else "discount"
    return (
        f"{who(cast, args)} was promised the present {what} and holds you to it. To get some back, put a whole offer "
        f"on the table with something in it for them."
    )


Sentence = Callable[["Cast", "Seen", str, Args], str]
REFUSALS: Final[dict[Refusal, Sentence]] = {
    Refusal.NONE: lambda *_: "",
    Refusal.ENDED: lambda *_: "The last quarter has been played; there is nothing left to decide but the review.",
    Refusal.LOCKED: _locked,
    Refusal.NO_HOURS: _no_hours,
    Refusal.NO_CHANGE: _no_change,
    Refusal.DOOR_CLOSED: _door_closed,
    Refusal.DOOR_SHUT: _door_shut,
    Refusal.DOOR_OPEN: lambda cast, _s, _k, args: f"{who(cast, args)}'s door is open. Meet, and bring something.",
    Refusal.NOT_EXECUTIVE: lambda cast, _s, _k, args: f"{who(cast, args)} needs no introduction. Meet directly.",
    Refusal.SCANNED: _scanned_already,
    Refusal.REVIEWED: lambda cast, _s, _k, args: f"{who(cast, args)}'s true cost to serve is in your books already. "
    f"Review another account.",
    Refusal.NOT_BOUGHT: lambda cast, _s, _k, args: f"{who(cast, args)} does not buy "
f"{cast.line(args.get('line'))} there. "
    f"Choose a line from their price list.",
    Refusal.BEYOND_AUTHORITY: _beyond,
    Refusal.BELOW_FLOOR: _below_floor,
    Refusal.BELOW_AGREED: _below_agreed,
    Refusal.OFFER_PENDING: lambda cast, _s, _k, args: f"{who(cast, args)} has an offer of yours and "
"answers when the quarter "
    f"closes. Take it back first if nothing has been answered since.",
    Refusal.NO_REQUEST: lambda *_: "Nobody is waiting for that answer: it was given, or the date has passed. "
    "See what is waiting now.",
    Refusal.TRADE_TRIED: lambda *_: "A trade was tried and turned down on this request. Grant "
"it, decline it, or let it stand.",
    Refusal.NO_INCIDENT: lambda cast, _s, _k, args: f"Nothing went wrong at {who(cast, args)} this "
"quarter. Your hours serve "
    f"better elsewhere.",
    Refusal.HANDLED: lambda cast, _s, _k, args: f"The incident at {who(cast, args)} has your hours already. "
    f"Take them back first to put in more.",
    Refusal.UNDER_CONTRACT: _under_contract,
    Refusal.ALREADY_MET: _already_met,
    Refusal.ALREADY_AGREED: _already_agreed,
    Refusal.NOT_FOR_CORRIDOR: lambda cast, _s, _k, args: f"{who(cast, args)} asks for all regions at once, and can "
    "sign volume or a longer term for them, not how each of them orders or pays. Ask for one of those two.",
    Refusal.EXPEDITED: lambda cast, _s, _k, args: f"{who(cast, args)}'s deliveries are "
"expedited already this quarter.",
    **CASE_REFUSALS,
    **PEOPLE_REFUSALS,
    **TALK_REFUSALS,
    **KNOWING_REFUSALS,
}  # fmt: skip
"""By reason: what is said."""


def outcome(cast: Cast, event: Event, quarter: int) -> list[str]:
    """What came of a move in a quarter: the person's own words first, then what was learned, then what it means."""
    return OUTCOMES[event.data["move"]](cast, event.data, quarter)


def _result(data: Mapping[str, Any]) -> Result:
    return Result[str(data["result"]).upper()]


def _learned(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    return learned_lines(cast, data.get("learned", ()), quarter)


def _met(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    args = data["args"]
    person = args["person"]
    if _result(data) is Result.LEARNED:
        said = cast.voice(person, args["agenda"], quarter)
        how = "answers what you ask" if cast.met_again(person) else "is new in the post and answers from the file"
        fallback = f"{cast.post(person)}, {how}."
        return [said or fallback, *_learned(cast, data, quarter)]
    if _result(data) is Result.WASTED:
        return wasted(cast, person, quarter)
    said = cast.voice(person, "nothing_new", quarter)
    return [
        said or f"{cast.post(person)}, was polite, and said nothing that you could use.",
        "You learned nothing new.",
    ]


def _scanned(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    name = cast.account(data["args"]["account"])
    if _result(data) is Result.LEARNED:
        return [f"You read what {name} tells everybody, slowly.", *_learned(cast, data, quarter)]
    return [f"You read what {name} tells everybody. It told you nothing that you did not know."]


def _reviewed(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    name = cast.account(data["args"]["account"])
    first = ["There are no books yet: the figure shows when this quarter closes."] if quarter == 1 else []
    return [f"{name} is booked at its true cost to serve from now on.", *first, *_learned(cast, data, quarter)]


def _sought(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    return sought(cast, data, quarter, _learned(cast, data, quarter) if data.get("learned") else [])


def _answered(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    args, result = data["args"], _result(data)
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


def _handled(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    args = data["args"]
    name = cast.account(args["account"])
    paid = ", and a credit for the damage" if args["redress"] == "credit" else ""
    done = {
        "desk": f"The service desk puts in {args['effort']} hours for {name}{paid}.",
        "joint": f"You go to {name} and put in {args['effort']} hours with their people{paid}.",
    }.get(str(args.get("owner")), f"{args['effort']} hours for {name}{paid}.")
    later = "Your successor hears" if cast.over(quarter + 1) else "Next quarter they say"
    return [done, f"{later} how it was taken."]


def contact(cast: Cast, account: str, incident: str | None = None) -> str:
    """Who at an account speaks about an incident: the authored person, else whoever runs operations."""
    for entry in cast.accounts[account].incidents:
        if entry.id == incident:
            return entry.person
    people = cast.accounts[account].people
    return next((p.id for p in people if p.function == "operations" and p.level != "executive"), people[0].id)


def _priced(cast: Cast, data: Mapping[str, Any], _quarter: int) -> list[str]:
    args = data["args"]
    what = "Discount" if "discount" in args else "Year-end rebate"
    value = float(args.get("discount", args.get("rebate", 0.0)))
    return [
        f"{what} for {cast.account(args['account'])} on {cast.line(args['line'])}: "
        f"{percent(value, 1)} from this quarter."
    ]


def _offered(cast: Cast, data: Mapping[str, Any], _quarter: int) -> list[str]:
    args = data["args"]
    return [f"Your offer is with {cast.account(args['account'])}: {terms(args)}. They answer when the quarter closes."]


def terms(offer: Args) -> str:
    """An offer in one line: what changes in price, what they commit, for how long, when they pay, how we deliver."""
    change = float(offer.get("change", 0.0))
    price = f"{points(change)} {'more off' if change > 0 else 'taken back'}" if abs(change) > 1e-9 else "price as it is"
    parts = [price]
    if float(offer.get("commitment", 0.0)) > 0:
        parts.append(f"they commit {percent(float(offer['commitment']), 1)} more of what they buy")
    parts.append(f"{counted(int(offer.get('length', 4)) // 4, 'year')}")
    parts.append(f"{int(offer.get('days', 60))} days to pay")
    if offer.get("pooled") in ("yes", 1, True):
        parts.append("fewer, larger deliveries")
    return ", ".join(parts)


def _expedited(cast: Cast, data: Mapping[str, Any], _quarter: int) -> list[str]:
    return [
        f"{cast.account(data['args']['account'])}'s orders go to the front this "
        "quarter. It costs rush rates, and others wait."
    ]


def _rhythm(cast: Cast, data: Mapping[str, Any], _quarter: int) -> list[str]:
    args = data["args"]
    return [f"{cast.account(args['account'])}: {RHYTHM_WORDS[args['rhythm']]} from now on."]


OUTCOMES: Final[dict[str, Callable[[Cast, Mapping[str, Any], int], list[str]]]] = {
    "set_rhythm": _rhythm,
    "meet": _met,
    "answer_request": _answered,
    "handle_incident": _handled,
    "set_discount": _priced,
    "scan": _scanned,
    "review_costs": _reviewed,
    "seek_executive": _sought,
    "offer_terms": _offered,
    "expedite": _expedited,
    "set_rebate": _priced,
    "hand_over": handed_over,
    **CASE_OUTCOMES,
    **TALK_OUTCOMES,
    **KNOWING_OUTCOMES,
}
"""By kind of move: what is said when it was made."""


def move_name(kind: str) -> str:
    """A kind of move as a choice in a menu."""
    return MOVE_NAMES.get(kind, capital(kind.replace("_", " ")))
