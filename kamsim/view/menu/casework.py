"""Business cases, asks to our own desk and promises in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.moves import Refusal, Result
from kamsim.engine.page import OPEN
from kamsim.view.case.sentences import case_terms
from kamsim.view.menu.entry import Args, Entry, Reason, result_of
from kamsim.view.words.names import Cast, account_of, who

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

YES_IF: Final = "\N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK}"

# --- what came of it ----------------------------------------------------------------------------------------------


def _presented(cast: Cast, data: Args, _quarter: int) -> list[str]:
    name = who(cast, data["args"])
    return [f"Your case is with {name}. Until they answer you may re-cut it, or take it back this quarter."]


def _asked(cast: Cast, data: Args, _quarter: int) -> list[str]:
    name = who(cast, data["args"])
    if result_of(data) is Result.ANSWERED:
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
    after = "They hold." if result_of(data) is Result.KEPT else "They fall short, and you said so first."
    return [f"You lay the figures before {reader}. {after}"]


def _page(cast: Cast, data: Args, verb: str, audience: str) -> str:
    args = data["args"]
    return f"{verb}: {case_terms(cast, str(args['account']), audience, args)}"


ENTRIES: Final = (
    Entry(
        "present_case",
        "Write a business case",
        "business case",
        "case",
        _presented,
        lambda cast, data: _page(cast, data, "Presented a case", "customer"),
        "case",
        "Cases",
        help="For their executives",
        number=12,
        aliases=("case", "present"),
        icon="case",
        key="W",
        audience="customer",
        opens=True,
    ),
    Entry(
        "ask_desk",
        "Ask our deal desk",
        "ask to the deal desk",
        "case",
        _asked,
        lambda cast, data: _page(cast, data, "Asked our deal desk", "desk"),
        "case",
        "Cases",
        help="For what is not yours to give",
        number=13,
        aliases=("ask",),
        icon="stamp",
        key="K",
        audience="desk",
        opens=True,
    ),
    Entry(
        "recut_case",
        "Re-cut the case",
        "re-cut of a case",
        "elsewhere",
        _recut,
        lambda cast, data: _page(cast, data, "Re-cut the case", "customer"),
        "case",
        "Cases",
        help="It lies with them until they answer",
        audience="customer",
    ),
    Entry(
        "recut_ask",
        "Re-cut the ask",
        "re-cut of an ask",
        "elsewhere",
        _recut,
        lambda cast, data: _page(cast, data, "Re-cut the ask to our deal desk", "desk"),
        "case",
        "Cases",
        help="It lies with them until they answer",
        audience="desk",
    ),
    Entry(
        "accept_condition",
        f"Accept a {YES_IF}",
        "condition accepted",
        "elsewhere",
        _accepted,
        lambda _cast, data: (
            f"Accepted our deal desk's {YES_IF}" if data["args"]["audience"] == "desk" else f"Accepted their {YES_IF}"
        ),
        "case",
        "Cases",
        help="Accept it, or leave it",
    ),
    Entry(
        "measure_promise",
        "Measure a promise",
        "measuring a promise",
        "elsewhere",
        _measured,
        lambda _cast, _data: "",
        "case",
        "Reading and review",
    ),
)

# --- why not ------------------------------------------------------------------------------------------------------


def _desk(kind: str, args: Args) -> bool:
    """Whether our own desk reads it."""
    return args.get("audience") == "desk" or kind in OURS


OURS: Final = tuple(entry.kind for entry in ENTRIES if entry.audience == "desk")


def _reader(cast: Cast, kind: str, args: Args) -> str:
    """Who reads it."""
    return "Our desk" if _desk(kind, args) else who(cast, args)


def _lying(cast: Cast, kind: str, args: Args) -> str:
    return "our desk" if _desk(kind, args) else who(cast, args)


def _place(seen: Seen, kind: str, args: Args) -> int:
    row = seen.params.accounts.index(args["account"]) if "account" in args else 0
    return row + (len(seen.params.accounts) if _desk(kind, args) else 0)


def _pending(cast: Cast, _seen: Seen, kind: str, args: Args) -> str:
    return f"{_reader(cast, kind, args)} has a page of yours already. Re-cut that one, or wait for the answer."


def _promise_open(cast: Cast, seen: Seen, kind: str, args: Args) -> str:
    due = int(seen.promise_due[_place(seen, kind, args), 0])
    when = f" It falls due in {cast.quarter(due)}." if due and not cast.over(due) else ""
    where = f"about {who(cast, args)} " if _desk(kind, args) else ""
    return (
        f"{_reader(cast, kind, args)} holds a promise of yours {where}that has not been measured.{when} One at a time: "
        "measure it, and come back with what it came to."
    )


def _once_measured(cast: Cast, seen: Seen, kind: str, account: str) -> str:
    place = _place(seen, kind, {"account": account})
    due = int(seen.promise_due[place, 0])
    if int(seen.promise[place, 0]) == OPEN and cast.over(due + 1):
        return "Not in this session: your promise there runs on"
    when = f", from {cast.quarter(due + 1)}" if int(seen.promise[place, 0]) == OPEN else ""
    return f"Once your promise is measured{when}"


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


REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.CASE_PENDING: Reason(_pending),
    Refusal.PROMISE_OPEN: Reason(_promise_open, _once_measured),
    Refusal.PROMISES_FULL: Reason(
        lambda *_: "Twelve promises run, and nobody keeps more than twelve in mind. Measure one first."
    ),
    Refusal.TOO_MANY_LEVERS: Reason(
        lambda *_: "That gives four things or more, and nobody could say what the case is. Keep three at most."
    ),
    Refusal.NOT_THEIRS: Reason(
        lambda cast, _s, _k, args: f"That initiative is not {who(cast, args)}'s. Choose one of theirs."
    ),
    Refusal.NO_DESK: Reason(
        lambda *_: "Nobody in this company signs more than you may. What is yours to give is all there is.",
        "Nobody signs more than you may",
    ),
    Refusal.NOTHING_BESPOKE: Reason(
        lambda cast, _s, _k, args: (
            f"There is nothing that could be made for {who(cast, args)} alone. Give something else."
        )
    ),
    Refusal.WITHIN_AUTHORITY: Reason(_within),
    Refusal.DAYS_BEYOND: Reason(_days_beyond),
    Refusal.NO_CASE: Reason(
        lambda cast, _s, kind, args: f"No page of yours lies with {_lying(cast, kind, args)} now. Write a new one."
    ),
    Refusal.NO_CONDITION: Reason(lambda *_: f"There is no {YES_IF} on the table to accept. Present a case first."),
    Refusal.NOT_DUE: Reason(_not_due),
    Refusal.NO_BOOKS: Reason(
        lambda cast, *_: (
            f"A case needs figures, and the first books close with {cast.quarter(1)}. Find out meanwhile what they are "
            f"busy with."
        ),
        lambda cast, *_: f"From {cast.quarter(2)}",
    ),
}
