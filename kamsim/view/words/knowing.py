"""Insights, forces and news in words: why such a move is refused, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.moves import INSIGHTS
from kamsim.engine.moves.insights import NEWS_LASTS
from kamsim.engine.params import STATES
from kamsim.view.words.names import Cast, listed, state_told

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Args = Mapping[str, Any]
INSIGHT_WORDS: Final = {
    "options": "two or three realistic options, with what speaks for and against each",
    "story": "a story: what a promise that you kept did for another customer",
}


def force_name(cast: Cast, force: str) -> str:
    """A force by its name."""
    return cast.forces[force].name


STATE_MEANS: Final = {
    "announced": "No money yet. Ask what would get it funded.",
    "funded": "They are about to buy for it. Bring something now.",
    "executing": "In full swing: what serves it is bought.",
    "accelerated": "Speed counts more than price now.",
    "delayed": "Price weighs more and decisions wait. Ask what holds it back.",
    "undermined": "Its owner is losing ground. Help counts most now.",
    "completed": "Done. Ask what comes next.",
    "cancelled": "Dead. Nothing may rest on it.",
}
"""By state: what it means for whoever sells there."""
ACTS_MEAN: Final = {
    "coming": "You know before they feel it. Put your people on it.",
    "working": "Put your people on it, by its name.",
    "over": "Spend nothing on it any more.",
}
NO_HANDS: Final = {
    "coming": "You know before they feel it. Speak of it to whoever runs it.",
    "working": "Speak of it to whoever runs it, by its name.",
}
"""The same while our people may not be put on it yet."""


def bring_what(cast: Cast, seen: Seen, account: str) -> str:
    """What there is to bring to an executive, with what it rests on."""
    built = [
        (int(seen.insight_built[row, 0]), row)
        for row in seen.params.account_initiatives[seen.params.accounts.index(account)]
        if int(seen.insight_built[row, 0]) > 0 and seen.quarter - int(seen.insight_built[row, 0]) <= 2
    ]
    if not built:
        return "Bring an insight"
    _, row = max(built)
    form = INSIGHTS[int(seen.insight_kind[row, 0]) - 1]
    state = state_told(STATES[int(seen.insight_state[row, 0])])
    name = cast.initiatives[seen.params.initiatives[row]].name
    what = "the story" if form == "story" else "the options"
    return f"Bring {what} for {name}, built while it {state}"


def linkable(cast: Cast, seen: Seen) -> list[str]:
    """News that may still be linked to somebody, the newest first."""
    found = [
        (int(quarter), name)
        for name, quarter in zip(seen.params.news, seen.params.news_quarter.tolist(), strict=True)
        if 0 <= seen.quarter - quarter <= NEWS_LASTS and not cast.news[name].dilemma
    ]
    return [name for _, name in sorted(found, key=lambda item: -item[0])]


def linked_to(cast: Cast, seen: Seen, news: str) -> str:
    """To whom a piece of news was linked already, '' for nobody."""
    row = seen.params.news.index(news)
    done = [cast.account(name) for place, name in enumerate(seen.params.accounts) if int(seen.linked[row, place, 0])]
    return listed(done)
