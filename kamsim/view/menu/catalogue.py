"""The catalogue of the menu: every entry by kind of move, every reason by its code, and what is said with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.moves import MOVES, Refusal, bind
from kamsim.game.events.contact import MoveMade
from kamsim.view.menu import (
    answers,
    bargain,
    casework,
    contact,
    insights,
    opportunities,
    prices,
    programme,
    spot,
    support,
    team,
    together,
)
from kamsim.view.menu.entry import Args, Entry, Reason
from kamsim.view.words.names import Cast, opens, unlock, who

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.players.seat import Option

ROOMS: Final = (
    contact, insights, answers, prices, casework, spot, bargain, opportunities, team, support, programme, together,
)  # fmt: skip
MENU: Final[dict[str, Entry]] = {entry.kind: entry for room in ROOMS for entry in room.ENTRIES}
"""Every kind of move by name."""


def _locked(cast: Cast, _seen: Seen, kind: str, _args: Args) -> str:
    quarter, reason = unlock(cast, kind)
    if cast.over(quarter):
        return f"{opens(cast, kind)}: it would be yours from {cast.by(quarter)}."
    return f"{opens(cast, kind)}: {reason or 'it is not yours to do yet.'}"


def _no_hours(_cast: Cast, seen: Seen, kind: str, args: Args) -> str:
    needed = float(np.max(MOVES[kind].hours(seen, bind(seen.params, kind, args))))
    left = max(0.0, float(seen.hours_left[0]))
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


REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.NONE: Reason(lambda *_: ""),
    Refusal.ENDED: Reason(
        lambda *_: "The last quarter has been played; there is nothing left to decide but the review."
    ),
    Refusal.NOT_HERE: Reason(lambda *_: "There is no such thing in this story.", "Not in this story"),
    Refusal.UNTOLD: Reason(
        lambda *_: (
            "That would tell you something that your session has not found out. Practice does so when the session is "
            "over."
        ),
        "Not before the session is over",
    ),
    Refusal.LOCKED: Reason(_locked, lambda cast, _s, kind, _a: opens(cast, kind)),
    Refusal.NO_HOURS: Reason(_no_hours, "No hours left for it"),
    Refusal.NO_CHANGE: Reason(lambda cast, _s, kind, args: MENU[kind].unchanged.format(they=who(cast, args))),
    **{code: reason for room in ROOMS for code, reason in room.REASONS.items()},
}
"""By code: why a move is refused. Of several, the first that has a few words of its own is told behind a choice."""


def refusal(cast: Cast, seen: Seen, kind: str, args: Args, code: int) -> str:
    """One or two sentences on why a move cannot be made and what would help; '' where it can."""
    return REASONS[Refusal(int(code))].sentence(cast, seen, kind, args)


def hindrance(cast: Cast, seen: Seen, kind: str, account: str, options: Sequence[Option]) -> str:
    """A few words on why no way to make a kind of move at an account is open now; '' where one is."""
    codes = {Refusal(int(option.refused[0])) for option in options}
    if locked(cast, seen, kind):
        codes = {Refusal.LOCKED}
    elif not options:
        return MENU[kind].nobody
    if Refusal.NONE in codes:
        return ""
    return in_brief(cast, seen, kind, account, codes - {Refusal.NOT_EXECUTIVE} or codes)


def in_brief(cast: Cast, seen: Seen, kind: str, account: str, codes: Collection[Refusal]) -> str:
    """A few words on why a move is refused: the first of some reasons that has words of its own."""
    told = (REASONS[code].brief for code in REASONS if code in codes)
    brief = next((words for words in told if words != Reason.brief), Reason.brief)
    return brief if isinstance(brief, str) else brief(cast, seen, kind, account)


def locked(cast: Cast, seen: Seen, kind: str) -> bool:
    """Whether a kind of move may only be made from a later quarter."""
    return unlock(cast, kind)[0] > seen.quarter


def locked_told(cast: Cast, seen: Seen, kind: str) -> str:
    """From when a kind of move may be made, and why not before."""
    return _locked(cast, seen, kind, {})


def outcome(cast: Cast, event: MoveMade, quarter: int) -> list[str]:
    """What came of a move in a quarter: the person's own words first, then what was learned, then what it means."""
    return MENU[event.move].told(cast, event.plain(), quarter)


def history_line(cast: Cast, event: MoveMade) -> str:
    """One move that was made, in a few words; '' where its own event tells it."""
    return MENU[event.move].made(cast, event.plain())


def why(cast: Cast, seen: Seen, kind: str, args: Args) -> str:
    """Why a careful player makes this move, now."""
    entry = MENU[kind]
    return entry.why(cast, seen, args) if entry.why else f"{entry.name}: now is the time for it."


# --- hours --------------------------------------------------------------------------------------------------------


def hours_of(seen: Seen, kind: str, options: Iterable[Option]) -> tuple[float, float]:
    """The fewest and most hours that some ways to make a move take, as the move itself declares them."""
    hours = set()
    for option in options:
        said = [item for item in option.free if item.choices or item.kind == "number"]
        rest = {item.name: item.choices[0] if item.choices else item.low for item in said}
        hours.add(float(np.max(MOVES[kind].hours(seen, bind(seen.params, kind, {**rest, **option.args})))))
    return (min(hours), max(hours)) if hours else (0.0, 0.0)


def hours_text(low: float, high: float) -> str:
    """10 h, 10 to 20 h, no hours."""
    if not high:
        return "no hours"
    return f"{low:.0f} h" if low == high else f"{low:.0f} to {high:.0f} h"


def hours_told(kind: str, low: float, high: float) -> str:
    """The same spelt out, with whom it takes the most for: 10 hours, executives 20."""
    entry = MENU[kind]
    if entry.takes or not high:
        return entry.takes or "no hours"
    if low == high:
        return f"{low:.0f} hours"
    return f"{low:.0f} hours, {entry.dearer} {high:.0f}" if entry.dearer else f"{low:.0f} to {high:.0f} hours"
