"""Moves of cases, promises and moments in words: why one is refused, and what came of one that was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.moves import Refusal, Result
from kamsim.view.words.facts import learned_lines
from kamsim.view.words.names import Cast, account_of, who

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Args = Mapping[str, Any]
OURS: Final = ("ask_desk", "recut_ask")


def _audience(cast: Cast, kind: str, args: Args) -> str:
    """Who reads it."""
    desk = kind in OURS or args.get("audience") == "desk"
    return "Our desk" if desk else who(cast, args)


def _place(seen: Seen, kind: str, args: Args) -> int:
    row = seen.params.accounts.index(args["account"]) if "account" in args else 0
    desk = kind in OURS or args.get("audience") == "desk"
    return row + (len(seen.params.accounts) if desk else 0)


def _pending(cast: Cast, _seen: Seen, kind: str, args: Args) -> str:
    reader = _audience(cast, kind, args)
    return f"{reader} has a page of yours already. Re-cut that one, or wait for the answer."


def _promise_open(cast: Cast, seen: Seen, kind: str, args: Args) -> str:
    due = int(seen.promise_due[_place(seen, kind, args), 0])
    when = f" It falls due in {cast.quarter(due)}." if due and not cast.over(due) else ""
    reader = _audience(cast, kind, args)
    where = f"about {who(cast, args)} " if reader == "Our desk" else ""
    return (
        f"{reader} holds a promise of yours {where}that has not been measured.{when} One at a time: measure it, and "
        "come back with what it came to."
    )


def _within(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    authority = f"{seen.params.authority_discount * 100:g}"
    return (
        f"Nothing in that needs a signature: up to {authority} points beyond the prices you took over, hours of your "
        f"own team and deliveries are yours to give. Offer it to {who(cast, args)} directly."
    )


def _days_beyond(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    row = seen.params.accounts.index(account_of(cast, args)) if account_of(cast, args) else 0
    now = int(seen.days[row, 0])
    return (
        f"They pay after {now} days, and that many more are not yours to give. Ask our deal desk for the days, then "
        "offer them."
    )


def _not_due(cast: Cast, seen: Seen, kind: str, args: Args) -> str:
    place = _place(seen, kind, args)
    due = int(seen.promise_due[place, 0])
    open_one = int(seen.promise[place, 0]) == 1
    if open_one and due:
        return f"That promise falls due in {cast.quarter(due)}. It can be measured once those books are closed."
    return "There is no promise there that can be measured now. The calendar of promises says what falls due when."


Sentence = Callable[["Cast", "Seen", str, Args], str]
CASE_REFUSALS: Final[dict[Refusal, Sentence]] = {
    Refusal.CASE_PENDING: _pending,
    Refusal.PROMISE_OPEN: _promise_open,
    Refusal.PROMISES_FULL: lambda *_: "Twelve promises run, and nobody keeps more than twelve in mind. Measure one "
    "first.",
    Refusal.TOO_MANY_LEVERS: lambda *_: "That gives four things or more, and nobody could say what the case is. Keep "
    "three at most.",
    Refusal.NOT_THEIRS: lambda cast, _s, _k, args: f"That initiative is not {who(cast, args)}'s. Choose one of theirs.",
    Refusal.NO_DESK: lambda *_: "Nobody in this company signs more than you may. What is yours to give is all there "
    "is.",
    Refusal.NOTHING_BESPOKE: lambda cast, _s, _k, args: f"There is nothing that could be made for {who(cast, args)} "
    "alone. Give something else.",
    Refusal.WITHIN_AUTHORITY: _within,
    Refusal.DAYS_BEYOND: _days_beyond,
    Refusal.NO_CASE: lambda cast, _s, kind, args: f"No page of yours lies with {_lying(cast, kind, args)} now. Write "
    "a new one.",
    Refusal.NO_CONDITION: lambda *_: "There is no \N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK} "
    "on the table to accept. Present a case first.",
    Refusal.NOT_DUE: _not_due,
    Refusal.NO_MOMENT: lambda *_: "Nobody stands there waiting for that answer. The moment has passed, or another half "
    "of it comes first.",
    Refusal.NO_BOOKS: lambda cast, *_: f"A case needs figures, and the first books close with {cast.quarter(1)}. Find "
    "out meanwhile what they are busy with.",
}  # fmt: skip
"""By reason: what is said."""


def _lying(cast: Cast, kind: str, args: Args) -> str:
    reader = _audience(cast, kind, args)
    return "our desk" if reader == "Our desk" else reader


def _presented(cast: Cast, data: Args, _quarter: int) -> list[str]:
    name = who(cast, data["args"])
    return [f"Your case is with {name}. Until they answer you may re-cut it, or take it back this quarter."]


def _asked(cast: Cast, data: Args, _quarter: int) -> list[str]:
    name = who(cast, data["args"])
    if data["result"] == Result.ANSWERED.name.lower():
        return [f"It is small enough to be answered at once, about {name}:"]
    return [f"Your page about {name} is with the deal desk. It answers when the quarter closes."]


def _recut(cast: Cast, data: Args, _quarter: int) -> list[str]:
    lying = _lying(cast, str(data["move"]), data["args"])
    return [f"The new page replaces the old one with {lying}."]


def _accepted(cast: Cast, data: Args, _quarter: int) -> list[str]:
    args = data["args"]
    if args.get("audience") == "desk":
        return [f"You take what our desk offers for {who(cast, args)}, on its terms."]
    return [f"You say yes to {who(cast, args)}'s condition."]


def _measured(cast: Cast, data: Args, _quarter: int) -> list[str]:
    args = data["args"]
    reader = "our own desk" if args.get("audience") == "desk" else who(cast, args)
    kept = data["result"] == Result.KEPT.name.lower()
    after = "They hold." if kept else "They fall short, and you said so first."
    return [f"You lay the figures before {reader}. {after}"]


def _room(cast: Cast, data: Args, quarter: int) -> list[str]:
    name = who(cast, data["args"])
    if data["result"] == Result.LEARNED.name.lower():
        return [
            f"Two days of corridors and telephone at {name}.",
            *learned_lines(cast, data.get("learned", ()), quarter),
        ]
    return [f"Two days of corridors and telephone at {name}. Nobody let you see where they stand."]


def _on_the_spot(cast: Cast, data: Args, _quarter: int) -> list[str]:
    moment = cast.moments.get(str(data["args"].get("moment", "")))
    person = cast.person(moment.person) if moment else "Whoever asked"
    return [f"{person} has heard you."]


def _half_said(cast: Cast, data: Args, quarter: int) -> list[str]:
    if data["result"] == Result.PASSED.name.lower():
        return ["You asked for time. It was given, and the matter is put off."]
    return _on_the_spot(cast, data, quarter)


CASE_OUTCOMES: Final[dict[str, Callable[[Cast, Args, int], list[str]]]] = {
    "present_case": _presented,
    "ask_desk": _asked,
    "recut_case": _recut,
    "recut_ask": _recut,
    "accept_condition": _accepted,
    "measure_promise": _measured,
    "read_room": _room,
    "answer_moment": _on_the_spot,
    "press_moment": _half_said,
    "close_moment": _on_the_spot,
}
"""By kind of move: what is said when it was made."""
