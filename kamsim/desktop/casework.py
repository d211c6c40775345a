"""What waits and what can be done with business cases, as every page of the desktop asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kamsim.engine.moves import MOVES, Refusal, bind
from kamsim.engine.page import CONDITIONAL, DUE_NOW, OPEN, PENDING
from kamsim.game.events import cases
from kamsim.view import open_cases
from kamsim.view.words import talks
from kamsim.view.words.moves import refusal
from kamsim.view.words.names import unlock
from kamsim.view.words.promises import calendar

if TYPE_CHECKING:
    from kamsim.desktop.play import Play


def place(play: Play, account: str, audience: str) -> int:
    """Where a page lies, among all places."""
    return cases.place_of(play.seen.params, account, audience)


def stage(play: Play, account: str, audience: str) -> int:
    """How far a page is: 0 none, or a code of `engine.page.STAGES`."""
    return int(play.seen.case_stage[place(play, account, audience), 0])


def moments(play: Play, account: str | None = None) -> list[str]:
    """Moments that wait for an answer or for its other half."""
    return [name for name in open_cases.moments(play.seen) if account in (None, play.cast.home[name])]


def conditions(play: Play) -> list[tuple[str, str]]:
    """Accounts and audiences whose "yes, if" waits for the player."""
    return [(item.account, item.audience) for item in open_cases.conditions(play.seen)]


def due(play: Play) -> list[dict[str, Any]]:
    """Promises that can be measured now."""
    return [data for _, data, now in calendar(play.seen) if now]


def kind_of(audience: str) -> str:
    """The move that brings a new page."""
    return "ask_desk" if audience == "desk" else "present_case"


def opening_hours(play: Play, account: str, audience: str) -> float:
    """What a new page takes at the least."""
    kind = kind_of(audience)
    return float(np.max(MOVES[kind].hours(play.seen, bind(play.seen.params, kind, {"account": account}))))


def barred(play: Play, account: str, audience: str) -> tuple[str, str]:
    """Why no page can be written now, in a few words and in full; two '' where one can."""
    cast, seen, kind = play.cast, play.seen, kind_of(audience)
    args = {"account": account}
    opens, reason = unlock(cast, kind)
    row = place(play, account, audience)
    promised = int(seen.promise[row, 0])

    def full(code: Refusal) -> str:
        return refusal(cast, seen, kind, args, code)

    if audience == "desk" and not cast.approvers:
        return "We have no deal desk", full(Refusal.NO_DESK)
    if play.quarter < opens:
        return f"From {cast.quarter(opens)}", f"From {cast.quarter(opens)}: {reason}"
    if seen.quarter == 1:
        return "Once there are books", full(Refusal.NO_BOOKS)
    if promised in (OPEN, DUE_NOW):
        after = int(seen.promise_due[row, 0]) + 1
        when = "" if promised == DUE_NOW else f", from {cast.quarter(after)}"
        return f"Once your promise is measured{when}", full(Refusal.PROMISE_OPEN)
    if audience == "customer" and int(seen.offer[play.row(account), 0]):
        return "An offer of yours is with them", full(Refusal.OFFER_PENDING)
    return "", ""


def label(play: Play, account: str, audience: str) -> str:
    """How a customer's page calls what can be done."""
    now, desk = stage(play, account, audience), audience == "desk"
    if now == CONDITIONAL:
        return "Our desk's “yes, if”" if desk else "Their “yes, if”"
    if now == PENDING:
        return "Re-cut the ask to our desk" if desk else "Re-cut the case with them"
    return "Ask our deal desk" if desk else "Write a business case"


def waiting_items(play: Play) -> list[str]:
    """Everything that waits for an answer, the most urgent first, by the name of its row on the desk."""
    names = [f"moment.{name}" for name in moments(play)]
    names += [f"incident.{account}" for account in play.incidents()]
    names += [f"request.{name}" for name in play.requests()]
    names += [f"talk.{name}" for name in talks.open_talks(play.seen)]
    names += [f"condition.{account}.{audience}" for account, audience in conditions(play)]
    return names + [f"promise.{data['account']}.{data['audience']}" for data in due(play)]
