"""What waits for an answer, what of cases and promises is open, and what was answered: from what is seen and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.cases import FREE_RETURN
from kamsim.engine.opportunities import WINDOW
from kamsim.engine.page import ASKED, CLOSING, CONDITIONAL, CONDITIONS, PENDING
from kamsim.engine.params import REQUEST_STATUS, STATES
from kamsim.engine.terms import DECISION, NEED, REQUIREMENTS, TALK_OPEN
from kamsim.game.events.cases import (
    AUDIENCES,
    CaseAnswered,
    PromiseForgotten,
    PromiseMeasured,
    named,
    named_page,
    place_of,
)
from kamsim.game.events.closing import QuarterClosed
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.declared import of
from kamsim.game.events.opening import IncidentHappened

OVER: Final = STATES.index("completed")
"""From which state on an initiative is over."""

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.game.events.declared import Event


@dataclass(frozen=True)
class Lying:
    """A page that lies with somebody: about which account, with whom (``audience``), whether a "yes, if" waits for the
    player, the quarter whose close decides or ends it, and the page as the arguments of a move have it."""

    account: str
    audience: str
    conditional: bool
    until: int
    condition: str
    page: dict[str, Any]


def requests(seen: Seen) -> list[str]:
    """Price requests that wait."""
    waits = REQUEST_STATUS.index("open")
    return [name for row, name in enumerate(seen.params.requests) if int(seen.request[row, 0]) == waits]


def incidents(seen: Seen, inbox: Sequence[Event]) -> dict[str, str]:
    """Accounts with an incident that nobody handled yet, and which it is."""
    accounts = seen.params.accounts
    failed = {event.account: event.incident for event in of(IncidentHappened, inbox)}
    return {name: what for name, what in failed.items() if not bool(seen.handled[accounts.index(name), 0])}


def talks(seen: Seen) -> list[str]:
    """Negotiations that somebody waits for."""
    return [name for row, name in enumerate(seen.params.talks) if int(seen.talk[row, 0]) == TALK_OPEN]


def moments(seen: Seen) -> list[str]:
    """Moments that wait for an answer or for its other half."""
    return [name for row, name in enumerate(seen.params.moments) if ASKED <= int(seen.moment[row, 0]) <= CLOSING]


def opportunities(seen: Seen) -> list[int]:
    """Rows of the opportunities that the player knows of and takes to be open: heard of since the last award of their
    slot."""
    stage = seen.params.fact_blocks["stage"]
    values, seen_at = seen.fact[stage.start : stage.stop, 0], seen.seen_at[stage.start : stage.stop, 0]
    heard = (seen_at >= 0) & (values >= NEED) & (values <= DECISION) & (seen_at > seen.award_at[:, 0])
    return [int(row) for row in np.flatnonzero(heard)]


def window(seen: Seen, row: int) -> bool:
    """Whether an opportunity is up for decision as last seen, is decided when this quarter closes, or is to be decided
    so soon that its window opens now and a bid may lie there."""
    stage, decides = (float(seen.known(kind, row)[0][0]) for kind in ("stage", "decides"))
    soon = stage >= REQUIREMENTS and 0 < decides < seen.quarter + WINDOW
    return bool(stage == DECISION or 0 < decides <= seen.quarter or soon)


def left_alone(seen: Seen) -> list[int]:
    """Rows of the opportunities whose window is open and for which no bid of ours lies there."""
    return [row for row in opportunities(seen) if window(seen, row) and not seen.bid[row, 0]]


def speaks(seen: Seen, initiative: int) -> bool | None:
    """Whether what they signed for an initiative speaks to it as last seen; None where nothing is signed, or where
    nobody has told how it stands."""
    written, state = int(seen.written_for[initiative, 0]), seen.known("state", initiative)[0]
    return None if not written or np.isnan(state[0]) else written - 1 == int(state[0])


def outdated(seen: Seen, initiative: int) -> bool:
    """Whether an initiative lives and has changed since a case was signed for it, as far as is known."""
    return speaks(seen, initiative) is False and bool(seen.known("state", initiative)[0][0] < OVER)


def lying(seen: Seen, account: str, audience: str) -> Lying | None:
    """What lies with an audience about an account; None for nothing."""
    place = place_of(seen.params, account, audience)
    stage = int(seen.case_stage[place, 0])
    if stage not in (PENDING, CONDITIONAL):
        return None
    condition = int(seen.case_condition[place, 0])
    waits = stage == CONDITIONAL
    name = CONDITIONS[condition - 1] if waits and condition else ""
    return Lying(account, audience, waits, int(seen.case_decides[place, 0]), name, page(seen, account, audience))


def page(seen: Seen, account: str, audience: str) -> dict[str, Any]:
    """The last page for an audience about an account, as the arguments of a move have it."""
    place = place_of(seen.params, account, audience)
    return named_page(seen.params, seen.params.accounts.index(account), seen.case_page[:, place, 0])


def lying_about(seen: Seen, account: str) -> list[Lying]:
    """What lies with anybody about an account, the customer first."""
    found = (lying(seen, account, audience) for audience in AUDIENCES)
    return [item for item in found if item is not None]


def waits(seen: Seen, account: str, audience: str) -> bool:
    """Whether a "yes, if" of that audience waits for the player."""
    item = lying(seen, account, audience)
    return item is not None and item.conditional


def all_lying(seen: Seen) -> list[Lying]:
    """Everything that lies with anybody, customers first."""
    places = (named(seen.params, place) for place in range(2 * len(seen.params.accounts)))
    found = (lying(seen, place["account"], place["audience"]) for place in places)
    return [item for item in found if item is not None]


def conditions(seen: Seen) -> list[Lying]:
    """Every "yes, if" that waits for the player."""
    return [item for item in all_lying(seen) if item.conditional]


def by_quarter(events: Iterable[Event]) -> Iterator[tuple[int, Event]]:
    """Events with the quarter in which they happened."""
    quarter = 1
    for event in events:
        yield quarter, event
        if isinstance(event, QuarterClosed):
            quarter = event.quarter + 1


def letters(events: Iterable[Event], account: str = "", audience: str = "") -> list[tuple[int, CaseAnswered]]:
    """Answers to cases with their quarters, the latest first; about one account, from one audience, if asked."""
    found = [
        (quarter, event)
        for quarter, event in by_quarter(events)
        if isinstance(event, CaseAnswered) and account in ("", event.account) and audience in ("", event.audience)
    ]
    return found[::-1]


def sent_back(events: Iterable[Event], account: str, audience: str, quarter: int) -> CaseAnswered | None:
    """The answer with which a page was sent back that may still be brought again; None where there is none."""
    found: CaseAnswered | None = None
    for when, event in by_quarter(events):
        if isinstance(event, CaseAnswered) and (event.account, event.audience) == (account, audience):
            again = event.outcome in ("returned", "stopped") and quarter - when <= FREE_RETURN
            found = event if again else None
        elif isinstance(event, MoveMade) and event.move in ("present_case", "ask_desk"):
            same = event.args.get("account") == account and (event.move == "ask_desk") == (audience == "desk")
            found = None if same else found
    return found


def counted(events: Iterable[Event]) -> list[tuple[int, PromiseMeasured | PromiseForgotten]]:
    """Promises that were measured or forgotten, with their quarters, the latest first."""
    kinds = PromiseMeasured | PromiseForgotten
    return [(quarter, event) for quarter, event in by_quarter(events) if isinstance(event, kinds)][::-1]
