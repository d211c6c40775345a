"""Our own company in the menu: an afternoon with one of its functions, a case to the sales leader."""

from __future__ import annotations

from typing import Final

from kamsim.engine.moves import Refusal, Result
from kamsim.view.menu.entry import Args, Entry, Reason, result_of
from kamsim.view.words.names import Cast
from kamsim.view.words.programme import FUNCTION_WORDS, WISH_WORDS, brings, seat_told

COMPANY: Final = "Our own company"
"""What a debrief counts these hours under."""


def _networked(cast: Cast, data: Args, _quarter: int) -> list[str]:
    function = str(data["args"]["function"])
    return [f"{seat_told(cast, function)}, knows now what your customers wait for. {brings(function)}."]


def _answered(cast: Cast, data: Args, _quarter: int) -> list[str]:
    boss, wish = cast.scenario.company.boss.name, str(data["args"]["wish"])
    if result_of(data) is Result.DECLINED:
        return [
            f"{boss} says no this year. What counts is what came of your promises to this company, and results beside "
            "the plan."
        ]
    if wish == "sponsor":
        return [f"{boss} stands behind what you build with a customer, and will say so in our own house."]
    return [f"{boss} says yes: {WISH_WORDS[wish]}. It comes bit by bit, over the next four quarters."]


def _soon(args: Args) -> str:
    text = brings(str(args["function"]))
    return text[:1].lower() + text[1:]


ENTRIES: Final = (
    Entry(
        "network",
        "Sit with another function of ours",
        "networking inside",
        "elsewhere",
        _networked,
        lambda cast, data: f"Sat with {seat_told(cast, str(data['args']['function']))}",
        "company",
        COMPANY,
        ("1 afternoon with another function", "afternoons with other functions"),
        lambda cast, _seen, args: (
            f"Sit with {seat_told(cast, str(args['function']))}, before you need something: {_soon(args)}."
        ),
        "Support and news are built before they are needed",
    ),
    Entry(
        "ask_leader",
        "Lay a case before the sales leader",
        "case to the sales leader",
        "elsewhere",
        _answered,
        lambda cast, data: f"Asked {cast.scenario.company.boss.name} {WISH_WORDS[str(data['args']['wish'])]}",
        "company",
        COMPANY,
        ("1 case to the sales leader", "cases to the sales leader"),
        lambda cast, _seen, args: (
            f"Ask {cast.scenario.company.boss.name} {WISH_WORDS[str(args['wish'])]}: it arrives over a year."
        ),
        "Once a year; judged by your word and your results",
        unchanged="Your boss stands behind it already.",
    ),
)


REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.NETWORKED: Reason(
        lambda cast, seen, _k, args: (
            f"You have sat with {seat_told(cast, str(args.get('function')))}, this quarter. Try another function"
            f"{'' if cast.over(seen.quarter + 1) else ', or come back next quarter'}."
        ),
        "Done this quarter",
    ),
    Refusal.NO_COLLEAGUE: Reason(
        lambda _c, _s, _k, args: (
            f"Nobody at our desk speaks for {FUNCTION_WORDS[str(args.get('function') or 'sales')]}. Sit with a "
            "function that has a seat there."
        ),
        "Nobody there to sit with",
    ),
    Refusal.LEADER_ASKED: Reason(
        lambda cast, *_: (
            f"{cast.scenario.company.boss.name} has heard a case of yours within a year. Let results speak first, then "
            "come back."
        ),
        "Asked within a year",
    ),
}
