"""Why a careful player makes a move, a sentence each: the captions of a demonstration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from kamsim.view.words.moves import move_name, terms
from kamsim.view.words.names import AGENDA_WORDS, TRADE_WORDS, Cast, account_of, percent

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Args = Mapping[str, Any]
QUARTER_OPENS: Final = "A new quarter. First what waits for an answer, then the people, then the prices."
QUARTER_CLOSES: Final = "The hours are spent. Let us see what came of them."
ENDED: Final = "That was a careful player. Now you: the same customers, your own judgement."


def why(cast: Cast, seen: Seen, kind: str, args: Args) -> str:
    """Why this move, now."""
    known = WHY.get(kind)
    return known(cast, seen, args) if known is not None else f"{move_name(kind)}: now is the time for it."


def _meet(cast: Cast, _seen: Seen, args: Args) -> str:
    person = cast.person(args["person"])
    reason = {
        "results": "Whoever knows what somebody is judged on can open doors, and has something to offer besides price.",
        "provocative": "What threatens their plans is what they will pay to avoid. It also shows what rivals "
        "are up to.",
        "buying": "Before answering about price: who decides, and what would serve them instead?",
    }[str(args["agenda"])]
    return f"Meet {person} about {AGENDA_WORDS[str(args['agenda'])].partition(':')[0]}. {reason}"


def _answer(cast: Cast, _seen: Seen, args: Args) -> str:
    name = cast.account(cast.home[str(args["request"])])
    if args["answer"] == "trade":
        got = TRADE_WORDS.get(str(args.get("get")), "something back")
        return (
            f"{name} wants a lower price. Give a part, and ask for {got}: what serves them costs us less "
            f"than a discount."
        )
    if args["answer"] == "grant":
        return f"{name} wants a lower price, and here it pays: say yes."
    return f"{name} wants a lower price. It would not pay for itself: a plain no costs less, if they trust us."


def _incident(cast: Cast, _seen: Seen, args: Args) -> str:
    credit = ", and a credit: the damage was ours" if args["redress"] == "credit" else ""
    return (
        f"Put {args['effort']} hours into the incident at {cast.account(str(args['account']))}{credit}. "
        f"Mended well, trust ends higher than before."
    )


def _rhythm(cast: Cast, _seen: Seen, args: Args) -> str:
    reason = {
        "close": "There is more to win here than hours.", "normal": "Enough to hear what changes.",
        "light": "The hours are worth more elsewhere.",
    }[str(args["rhythm"])]  # fmt: skip
    return f"{cast.account(str(args['account']))}: {args['rhythm']} contact from now on. {reason}"


def _price(cast: Cast, _seen: Seen, args: Args) -> str:
    value = float(args.get("discount", args.get("rebate", 0.0)))
    return (
        f"{cast.account(str(args['account']))}, {cast.line(str(args['line']))}: {percent(value, 1)} off. "
        f"The margin bears it, and they answer to price."
    )


APPROACH_REASONS: Final = {
    "cold": "cold, because there is nothing to lose.",
    "insight": "with fresh news of their own initiative in hand.",
    "referral": "with a word from somebody inside who is for us.",
    "both": "with a word from inside and fresh news of their own initiative.",
}
WHY: Final[dict[str, Callable[[Cast, Seen, Args], str]]] = {
    "meet": _meet,
    "answer_request": _answer,
    "handle_incident": _incident,
    "set_rhythm": _rhythm,
    "set_discount": _price,
    "set_rebate": _price,
    "scan": lambda cast, _s, args: f"Read up on {cast.account(account_of(cast, args))}: ten hours buy what "
        f"everybody may know and few read.",
    "review_costs": lambda cast, _s, args: f"Have {cast.account(account_of(cast, args))} reviewed. An equal "
        f"share of service cost hides who causes it.",
    "seek_executive": lambda cast, _s, args: f"Ask {cast.person(str(args['person']))} for a first meeting, "
    + APPROACH_REASONS[args["approach"]],
    "hand_over": lambda cast, _s, args: f"{cast.person(str(args['person']))} is leaving. An introduction keeps half of "
        f"what was built.",
    "offer_terms": lambda cast, _s, args: f"An offer to {cast.account(account_of(cast, args))}: "
        f"{terms(args)}. It gives them something, and brings something back.",
    "build_insight": lambda cast, _s, args: f"Build something on {cast.initiatives[str(args['initiative'])].name}: who "
        f"brings an executive an insight is let in.",
    "bring_insight": lambda cast, _s, args: f"Bring {cast.person(str(args['person']))} what nobody asked for, while it "
        f"is true.",
    "back_initiative": lambda cast, _s, args: f"Put our people on what troubles "
        f"{cast.initiatives[str(args['initiative'])].name}. Whoever helps then is remembered.",
    "link_news": lambda cast, _s, args: f"Ask what the papers mean for {cast.account(str(args['account']))}, before "
        f"they feel it.",
    "expedite": lambda cast, _s, args: f"Send {cast.account(account_of(cast, args))}'s orders first: a late "
        f"delivery now would cost more.",
}  # fmt: skip
"""By kind of move."""
