"""What a desk says: what waits, what a move costs or why it cannot be made, where things stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kamsim.engine.moves import Refusal, has_insight
from kamsim.engine.params import STATES
from kamsim.view.words.facts import mood
from kamsim.view.words.names import Cast, age, capital, opens
from kamsim.view.words.news import request_terms

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.players.seat import Option


def felt(seen: Seen, account: str) -> str:
    """The mood at an account as last felt, with its age where it is not of this quarter."""
    trust, ages = seen.known("trust", seen.params.accounts.index(account))
    if ages[0] != ages[0]:
        return "Mood not felt yet"
    told, old = capital(mood(float(trust[0]))), int(ages[0])
    return f"{told} ({age(old, 0)})" if old > 0 else told


def due_text(cast: Cast, due: int, quarter: int) -> str:
    """By when an answer is wanted."""
    if cast.over(due):
        return "after your time"
    return "this quarter" if due <= quarter else f"by the end of {cast.quarter(due)}"


def signed_ends(cast: Cast, seen: Seen) -> list[str]:
    """Accounts whose signed terms end with this quarter."""
    rows = enumerate(seen.params.accounts)
    return [name for row, name in rows if int(seen.contract_until[row, 0]) == seen.quarter and name in cast.accounts]


def asks(cast: Cast, request: str, quarter: int) -> str:
    """What a request asks for, with who asks, and by when."""
    asked = cast.requests[request]
    due = due_text(cast, asked.due, quarter)
    return f"{cast.person(asked.person)} wants {request_terms(cast, request)}, {due}"


def review_line(cast: Cast, account: str, before: tuple[float, float], now: tuple[float, float]) -> list[str]:
    """What a cost review changed in last quarter's books. ``before`` and ``now``: cost to serve and profit, cents."""
    if round(before[0]) == round(now[0]):
        return []
    return [
        f"Restated: last quarter {cast.account(account)} cost {cast.money(-now[0])} to serve; the books had "
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
    return opens(cast, kind) if locked else ""


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
