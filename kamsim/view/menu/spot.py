"""Answers on the spot in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.moves import Refusal, Result
from kamsim.view.menu.entry import Args, Entry, Reason, Waits, result_of
from kamsim.view.open_cases import moments
from kamsim.view.words.names import Cast

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen


def _on_the_spot(cast: Cast, data: Args, _quarter: int) -> list[str]:
    moment = cast.moments.get(str(data["args"].get("moment", "")))
    person = cast.person(moment.person) if moment else "Whoever asked"
    return [f"{person} has heard you."]


def _half_said(cast: Cast, data: Args, quarter: int) -> list[str]:
    if result_of(data) is Result.PASSED:
        return ["You asked for time. It was given, and the matter is put off."]
    return _on_the_spot(cast, data, quarter)


def _moments(cast: Cast, seen: Seen, account: str, _incident: str) -> list[Waits]:
    return [Waits(name, cast.moments[name].place, urgent=True) for name in moments(seen) if cast.home[name] == account]


ENTRIES: Final = (
    Entry(
        "answer_moment",
        "Answer on the spot",
        "answer on the spot",
        "waiting",
        _on_the_spot,
        lambda cast, data: f"Answered {cast.person(cast.moments[data['args']['moment']].person)} on the spot",
        "moment",
        help="Now, on the spot",
        number=19,
        aliases=("moment",),
        icon="clock",
        key="N",
        waits=_moments,
    ),
    Entry(
        "press_moment",
        "Go on, on the spot",
        "second half of an answer",
        "elsewhere",
        _half_said,
        lambda _cast, _data: "",
        "moment",
    ),
    Entry(
        "close_moment",
        "Answer an objection on the spot",
        "answer to an objection",
        "elsewhere",
        _on_the_spot,
        lambda _cast, _data: "",
        "moment",
    ),
)
REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.NO_MOMENT: Reason(
        lambda *_: (
            "Nobody stands there waiting for that answer. The moment has passed, or another half of it comes first."
        )
    ),
}
