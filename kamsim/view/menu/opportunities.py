"""Opportunities in words: bids, and a signed case that is made to speak to what an initiative has become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.moves import Refusal, Result
from kamsim.view import open_cases
from kamsim.view.menu.entry import Args, Entry, Reason, Waits, learned, result_of
from kamsim.view.words.names import Cast, age, points
from kamsim.view.words.opportunities import named, title

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen


def _off(args: Args) -> str:
    off = float(args["discount"])
    return f"{points(off)} off" if off else "at the price as it is"


def _bid(cast: Cast, data: Args, quarter: int) -> list[str]:
    args = data["args"]
    name, decider = str(args["opportunity"]), cast.person(cast.decider(str(args["opportunity"])))
    found = learned(cast, data, quarter)
    if result_of(data) is Result.STALE:
        return [f"You come too late with your bid: {decider} has nothing left to decide there.", *found]
    return [f"Your bid for {named(cast, name)} lies with {decider}: {_off(args)}.", *found]


def _renewed(cast: Cast, data: Args, _quarter: int) -> list[str]:
    initiative = cast.initiatives[str(data["args"]["initiative"])].name
    if result_of(data) is Result.STALE:
        return [
            f"{initiative} is not where you think it is. They read it twice: what they signed counts for less than "
            "before, and so does your word."
        ]
    return [f"What they signed for {initiative} speaks to it as it is now."]


def _windows(cast: Cast, seen: Seen, account: str, _incident: str) -> list[Waits]:
    names = [seen.params.opportunities[row] for row in open_cases.left_alone(seen)]
    return [
        Waits(name, title(cast, name), "Up for decision, and no bid of yours lies there", hours=True)
        for name in names
        if cast.home[name] == account
    ]


def _outdated(cast: Cast, seen: Seen, account: str, _incident: str) -> list[Waits]:
    """Initiatives that have changed since a case was signed for them, and are not over, as far as is known."""
    rows = seen.params.account_initiatives[seen.params.accounts.index(account)]
    names = [seen.params.initiatives[row] for row in rows if open_cases.outdated(seen, row)]
    return [Waits(name, cast.initiatives[name].name, "It has changed since they signed", hours=True) for name in names]


ENTRIES: Final = (
    Entry(
        "bid",
        "Bid for an opportunity",
        "bid",
        "waiting",
        _bid,
        lambda cast, data: f"Bid for {named(cast, str(data['args']['opportunity']))}, {_off(data['args'])}",
        "opportunity",
        "Prices and requests",
        why=lambda cast, _seen, args: (
            f"Bid for {named(cast, str(args['opportunity']))} before the window closes: what nobody bids for goes to a "
            "rival."
        ),
        help="For this one alone, besides the price as it is",
        unchanged="That bid lies there already. Give another figure, or leave it.",
        number=25,
        aliases=("offer for",),
        icon="flag",
        key="F",
        waits=_windows,
        call="Bid for",
    ),
    Entry(
        "renew_case",
        "Renew what they signed",
        "renewal of a case",
        "plans",
        _renewed,
        lambda cast, data: f"Renewed what they signed for {cast.initiatives[str(data['args']['initiative'])].name}",
        "case",
        "Cases",
        why=lambda cast, _seen, args: (
            f"Make what they signed speak to {cast.initiatives[str(args['initiative'])].name} as it is: an old one "
            "says half."
        ),
        help="For what an initiative has become since",
        unchanged="It speaks to the initiative as you know it already. Find out how that stands now.",
        number=24,
        aliases=("renew",),
        waits=_outdated,
        at_once=True,
    ),
)

# --- why not ------------------------------------------------------------------------------------------------------


def _too_early(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    """As it was last seen, which may be a while ago."""
    name = str(args.get("opportunity", ""))
    row = seen.params.opportunities.index(name) if name in seen.params.opportunities else None
    old = -1.0 if row is None else float(seen.known("stage", row)[1][0])
    then = "Help what it is for on, know who will decide, and bid then."
    if old >= 1:
        then = f"Ask {cast.person(cast.decider(name))}, or anybody there who receives you, how far it is now."
    when = f" ({age(int(old), 0)})" if old >= 0 else ""
    return f"When you last saw it{when}, they had not written down yet what they want. {then}"


REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.NO_OPPORTUNITY: Reason(
        lambda *_: (
            "You have not heard that they need anything there. Ask about their results, or how they buy, and come back."
        ),
        "You know of nothing that they need",
    ),
    Refusal.TOO_EARLY: Reason(_too_early, "They had not said yet what they want"),
    Refusal.DECIDED: Reason(
        lambda *_: "That is decided. The next one comes when what was awarded has run out.", "Decided already"
    ),
}
