"""Bringing a page to its audience in words: what it is called, why it cannot be written or brought now, what it commits
to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.cases import new_task
from kamsim.engine.moves import MOVES, Refusal, bind, refusals
from kamsim.engine.page import (
    AT,
    DUE_NOW,
    OPEN,
)
from kamsim.game.drafting import page_of
from kamsim.game.events.cases import place_of
from kamsim.view.case.basis import heard_since, news_since, turned_since
from kamsim.view.case.figures import gate_line, when_line, worth_line
from kamsim.view.case.sentences import (
    case_value,
    claim_range,
    measured_in,
)
from kamsim.view.menu.catalogue import in_brief, locked, refusal

if TYPE_CHECKING:
    from kamsim.engine.preview import Preview
    from kamsim.engine.sight import Seen
    from kamsim.view.case.working import Working
    from kamsim.view.words.names import Cast

TITLES: Final = {
    ("customer", False): "A case for {}", ("customer", True): "Re-cut: your case for {}",
    ("desk", False): "An ask about {}", ("desk", True): "Re-cut: your ask about {}",
}  # fmt: skip
MOST_NEWS: Final = 3
VERBS: Final = {"present_case": "Present it", "ask_desk": "Ask the desk", "recut_case": "Hand in the new page",
                "recut_ask": "Hand in the new page"}  # fmt: skip


def title(cast: Cast, account: str, audience: str, *, recut: bool) -> str:
    """What a page is called."""
    return TITLES[audience, recut].format(cast.account(account))


def hours(seen: Seen, work: Working) -> float:
    """What it takes to bring a page."""
    bound = bind(seen.params, work.kind, {**work.said, "account": work.account})
    return float(np.max(MOVES[work.kind].hours(seen, bound)))


def _bar(cast: Cast, seen: Seen, account: str, audience: str) -> Refusal:
    """Why no page can be written now; NONE where one can."""
    if audience == "desk" and not cast.approvers:
        return Refusal.NO_DESK
    if locked(cast, seen, kind_of(audience)):
        return Refusal.LOCKED
    if seen.quarter == 1:
        return Refusal.NO_BOOKS
    if int(seen.promise[place_of(seen.params, account, audience), 0]) in (OPEN, DUE_NOW):
        return Refusal.PROMISE_OPEN
    if audience == "customer" and int(seen.offer[seen.params.accounts.index(account), 0]):
        return Refusal.OFFER_PENDING
    return Refusal.NONE


def barred(cast: Cast, seen: Seen, account: str, audience: str) -> str:
    """Why no page can be written now, in a sentence; '' where one can."""
    return refusal(cast, seen, kind_of(audience), {"account": account}, _bar(cast, seen, account, audience))


def hindrance(cast: Cast, seen: Seen, account: str, audience: str) -> str:
    """The same in a few words."""
    code = _bar(cast, seen, account, audience)
    return in_brief(cast, seen, kind_of(audience), account, (code,)) if code else ""


def kind_of(audience: str) -> str:
    """The move that brings a new page."""
    return "ask_desk" if audience == "desk" else "present_case"


def opening_hours(seen: Seen, account: str, audience: str) -> float:
    """What a new page takes at the least: it may be about what the last one there was about."""
    kind, params = kind_of(audience), seen.params
    about = int(seen.case_page[AT["initiative"], place_of(params, account, audience), 0])
    args = {"account": account} | ({"initiative": params.initiatives[about]} if about >= 0 else {})
    return float(np.max(MOVES[kind].hours(seen, bind(params, kind, args))))


def refused(cast: Cast, seen: Seen, work: Working) -> str:
    """Why this page could not be brought as it is, in a sentence; '' where it can."""
    args = {**work.said, "account": work.account}
    code = int(refusals(seen, work.kind, bind(seen.params, work.kind, args))[0])
    return "" if code == int(Refusal.NONE) else refusal(cast, seen, work.kind, args, code)


def decides(seen: Seen, work: Working) -> int:
    """The quarter at whose close a page that lies there already is decided; 0 for a new one."""
    return int(seen.case_decides[place_of(seen.params, work.account, work.audience), 0]) if work.recut else 0


def when_and_hours(cast: Cast, seen: Seen, work: Working, made: Preview) -> str:
    """When they answer, and what it takes."""
    when = when_line(cast, seen, work.account, work.audience, work.page, made.tier, decides(seen, work))
    return f"{when} {hours(seen, work):.0f} of your {float(seen.hours_left[0]):.0f} hours."


def recut_line(cast: Cast, seen: Seen, account: str, audience: str) -> str:
    """Whether re-cutting what lies with them is free, and whether what it serves has turned since."""
    row, name = place_of(seen.params, account, audience), cast.account(account)
    said = (
        "Nothing was heard since you presented it. Re-cutting it now is a change of mind, and costs a little "
        "confidence."
    )
    if heard_since(seen, account, row):
        told = "; ".join(news_since(cast, seen, account, row)[:MOST_NEWS])
        heard = f": {told}" if told else ""
        said = f"You have heard from {name} since you presented it{heard}. Re-cutting it costs nothing in confidence."
    return " ".join(text for text in (said, turned_since(cast, seen, account, audience)) if text)


def lies_line(cast: Cast, seen: Seen, account: str, audience: str) -> str:
    """With whom a page lies, and when they answer."""
    reader = "our deal desk" if audience == "desk" else cast.account(account)
    decides = int(seen.case_decides[place_of(seen.params, account, audience), 0])
    return f"Your page lies with {reader}, which answers when {cast.quarter(decides)} closes."


def locks(cast: Cast, seen: Seen, work: Working, *, due: bool) -> str:
    """What a yes locks, and until when: prices, and the next page; ``due``: whether it promises a figure."""
    page, name = work.page, cast.account(work.account)
    column = page_of(seen, work.account, page)
    later = (
        0 if work.audience == "desk" else int(new_task(column, seen.days[seen.params.accounts.index(work.account)])[0])
    )
    yes = decides(seen, work) or seen.quarter + later
    until = cast.by(yes + int(page.get("length", 4)) - 1)
    counted = yes + int(page.get("due", 4))
    if work.audience == "desk":
        said = f"A yes is good until the end of {until}; what {name} gives for it, they have not signed."
    else:
        said = f"A yes is signed until the end of {until}: until then no price of theirs goes up."
    if not due:
        return said
    reader = "our desk takes no second ask about them" if work.audience == "desk" else f"{name} takes no second case"
    when = (
        f"{cast.by(counted)}, so there is none in this session"
        if cast.over(counted)
        else f"{cast.quarter(counted)} is closed and it is measured"
    )
    return f"{said} While the promise runs {reader}: not before {when}."


def commits(cast: Cast, seen: Seen, work: Working, made: Preview) -> list[str]:
    """What bringing a page means: what would stop it, that it costs us more than it brings, when they answer, what one
    is held to."""
    _, low, high = claim_range(work.page)
    loses = float(made.gain[2]) < 0.0
    said = [
        gate_line(cast, work.account, work.audience, made.gate),
        worth_line(cast, made, hurdle=seen.params.hurdle) if loses else "",
        when_and_hours(cast, seen, work, made),
    ]
    if low or high:
        what = measured_in(str(case_value(work.page, "metric")))
        said.append(f"Once signed, you are held to {cast.money(low)} to {cast.money(high)} {what}, counted "
                    f"{work.page.get('due', 4)} quarters after the yes.")  # fmt: skip
    said.append(locks(cast, seen, work, due=bool(low or high)))
    if work.recut:
        said.append(recut_line(cast, seen, work.account, work.audience))
    if work.audience == "desk" and made.tier not in ("", "auto"):
        said.append("An ask of this size costs a little standing with whoever must sign, and more if it is refused.")
    return [text for text in said if text]
