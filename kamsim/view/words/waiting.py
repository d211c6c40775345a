"""What a desk says: what waits, what a move costs or why it cannot be made, where things stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.moves import MOVES, Refusal, bind, has_insight
from kamsim.engine.params import STATES
from kamsim.view.words import talks
from kamsim.view.words.facts import mood
from kamsim.view.words.names import Cast, age, capital, unlock
from kamsim.view.words.news import request_terms
from kamsim.view.words.talks import TALK_OUTCOMES

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.game.events.declared import Event
    from kamsim.players.seat import Option

SHORT_AGENDAS: Final = {"results": "Their results", "provocative": "What could go wrong", "buying": "How they buy"}
AGENDA_HELP: Final = {
    "results": "What they are judged on, and what is under way. Opens doors higher up.",
    "provocative": "What pushes or threatens their plans, and what rivals are up to.",
    "buying": "Who decides, how much price counts, what would serve a request.",
}
MOVE_HELP: Final = {
    "meet": "Ask one thing",
    "scan": "Press, filings, channel",
    "read_room": "How each of them stands",
    "review_costs": "Book the true figure",
    "seek_executive": "An executive, first time",
    "offer_terms": "Price, volume, years",
    "set_discount": "Another discount",
    "set_rebate": "Paid back later",
    "expedite": "First, at rush cost",
    "hand_over": "About half of what you built passes on",
}
SHORT_NAMES: Final = {
    "meet": "Meet somebody",
    "scan": "Read up on them",
    "read_room": "Read the room",
    "review_costs": "Review their cost to serve",
    "seek_executive": "Ask for a first meeting",
    "offer_terms": "Put an offer on the table",
    "set_discount": "Change a price",
    "set_rebate": "Change a rebate",
    "expedite": "Expedite deliveries",
    "hand_over": "Be introduced to a successor",
}


def hours_of(seen: Seen, kind: str, options: Iterable[Option]) -> tuple[float, float]:
    """The fewest and most hours that some ways to make a move take, as the move itself declares them."""
    hours = set()
    for option in options:
        rest = {item.name: item.choices[0] if item.choices else item.low for item in option.free}
        hours.add(float(np.max(MOVES[kind].hours(seen, bind(seen.params, kind, {**rest, **option.args})))))
    return (min(hours), max(hours)) if hours else (0.0, 0.0)


def hours_text(low: float, high: float) -> str:
    """10 h, 10 to 20 h, no hours."""
    if not high:
        return "no hours"
    return f"{low:.0f} h" if low == high else f"{low:.0f} to {high:.0f} h"


def hindrance(cast: Cast, seen: Seen, kind: str, account: str, options: Sequence[Option]) -> str:
    """A few words on why no way to make a kind of move at an account is open now; '' where one is."""
    codes = {int(option.refused[0]) for option in options}
    if not options:
        return "Nobody to ask here"
    if 0 in codes:
        return ""
    opens, _ = unlock(cast, kind)
    again = min(
        (int(seen.shut_until[row, 0]) + 1 for row in seen.params.account_people[seen.params.accounts.index(account)]
         if bool(seen.door_shut[row, 0])), default=seen.quarter + 1,
    )  # fmt: skip
    words = {
        Refusal.LOCKED: f"From {cast.quarter(opens)}",
        Refusal.NO_HOURS: "No hours left for it",
        Refusal.SCANNED: "Done this quarter",
        Refusal.REVIEWED: "Done: the true cost is booked",
        Refusal.EXPEDITED: "Done this quarter",
        Refusal.OFFER_PENDING: "An offer of yours is with them",
        Refusal.DOOR_SHUT: "Not before the session ends" if cast.over(again) else f"Not before {cast.quarter(again)}",
        Refusal.DOOR_OPEN: "The door is open",
    }
    main = codes - {int(Refusal.NOT_EXECUTIVE)}
    if not main:
        return "Nobody above the people you can meet"
    return next((text for code, text in words.items() if int(code) in main), "Not now")


def weeks_text(cast: Cast, hours: float) -> str:
    """Hours as weeks: 6.7 of 13 weeks."""
    time = cast.scenario.time
    return f"{hours / time.quarter * time.weeks:.1f} of {time.weeks} weeks"


def felt(seen: Seen, account: str) -> str:
    """The mood at an account as last felt."""
    trust, ages = seen.known("trust", seen.params.accounts.index(account))
    if ages[0] != ages[0]:
        return "Mood not felt yet"
    return f"{capital(mood(float(trust[0])))} ({age(int(ages[0]), 0)})"


def due_text(cast: Cast, due: int, quarter: int) -> str:
    """By when an answer is wanted."""
    if cast.over(due):
        return "after your time"
    return "this quarter" if due <= quarter else f"by the end of {cast.quarter(due)}"


def tender_text(cast: Cast, due: int, quarter: int) -> str:
    """When a tender is decided."""
    if due == quarter:
        return "decided when this quarter closes, at the prices that stand then"
    if cast.over(due):
        return f"decided in {cast.quarter(due)}, after your time"
    return "decided when next quarter closes, at the prices that stand then"


def signed_ends(cast: Cast, seen: Seen) -> list[str]:
    """Accounts whose signed terms end with this quarter."""
    rows = enumerate(seen.params.accounts)
    return [name for row, name in rows if int(seen.contract_until[row, 0]) == seen.quarter and name in cast.accounts]


def asks(cast: Cast, request: str) -> str:
    """What a request asks for, with who asks."""
    person = cast.requests[request].person
    return f"{cast.person(person)} wants {request_terms(cast, request)}"


def history_line(cast: Cast, event: Event) -> str:
    """One move that was made, in a few words."""
    data: dict[str, Any] = event.data
    args = data["args"]
    kind = str(data["move"])
    if kind in TALK_OUTCOMES:
        return talks.history(cast, data)
    words: dict[str, Callable[[], str]] = {
        "meet": lambda: f"Met {cast.person(args['person'])}: {SHORT_AGENDAS[args['agenda']].lower()}",
        "scan": lambda: "Read up on them",
        "review_costs": lambda: "Reviewed their cost to serve",
        "seek_executive": lambda: f"Asked {cast.person(args['person'])} for a meeting",
        "hand_over": lambda: f"{cast.person(args['person'])} introduces a successor",
        "answer_request": lambda: (
            f"Answered \N{LEFT DOUBLE QUOTATION MARK}{cast.requests[args['request']].title}"
            f"\N{RIGHT DOUBLE QUOTATION MARK}: {args['answer']}"
        ),
        "handle_incident": lambda: f"Put an incident right, {args['effort']} hours",
        "set_discount": lambda: f"Discount on {cast.line(args['line'])}: {float(args['discount']) * 100:g}%",
        "set_rebate": lambda: f"Rebate on {cast.line(args['line'])}: {float(args['rebate']) * 100:g}%",
        "offer_terms": lambda: "Put an offer on the table",
        "expedite": lambda: "Expedited their deliveries",
        "set_rhythm": lambda: f"Standing contact: {args['rhythm']}",
    }
    return words[kind]() if kind in words else capital(kind.replace("_", " "))


def review_line(cast: Cast, account: str, before: tuple[float, float], now: tuple[float, float]) -> list[str]:
    """What a cost review changed in last quarter's books. ``before`` and ``now``: cost to serve and profit, cents."""
    if round(before[0]) == round(now[0]):
        return []
    return [
        f"Last quarter {cast.account(account)} cost {cast.money(-now[0])} to serve; the books had "
        f"{cast.money(-before[0])}. Account profit was {cast.money(now[1])}, not {cast.money(before[1])}."
    ]


def together(text: str) -> str:
    """A text in which no line breaks inside an age."""
    return re.sub(
        r"\d+ quarters ago|(this|last) quarter", lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text
    )


def felt_when(quarters: int | None) -> str:
    """When trust was felt, and when it moves."""
    return "not felt yet" if quarters is None else f"felt {age(quarters, 0)}; moves at the close"


def not_yet(cast: Cast, kind: str, options: Sequence[Option]) -> str:
    """From when a kind of move may be made, where that is not now; '' where it may."""
    locked = options and all(int(option.refused[0]) == int(Refusal.LOCKED) for option in options)
    return f"From {cast.quarter(unlock(cast, kind)[0])}" if locked else ""


def today_is_no_offer() -> str:
    """Why an offer that changes nothing cannot be made."""
    return "that is how things stand today: change something first"


def fresh_at(seen: Seen, account: str) -> bool:
    """Whether an insight on some initiative of an account says what the player believes of it still: it opens doors."""
    for row in seen.params.account_initiatives[seen.params.accounts.index(account)]:
        believed = int(np.nan_to_num(seen.known("state", row)[0])[0])
        if has_insight(seen, row)[0] and int(seen.insight_state[row, 0]) == believed < STATES.index("completed"):
            return True
    return False


def something_to_bring(seen: Seen, account: str) -> bool:
    """Whether the state of any initiative of an account was ever seen, which is what an insight needs."""
    rows = seen.params.account_initiatives[seen.params.accounts.index(account)]
    return any(bool(seen.known("state", row)[1][0] >= 0) for row in rows)
