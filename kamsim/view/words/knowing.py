"""Insights, forces and news in words: why such a move is refused, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.moves import INSIGHTS, Refusal, Result
from kamsim.engine.moves.insights import NEWS_LASTS
from kamsim.engine.params import STATES
from kamsim.view.words.facts import learned_lines
from kamsim.view.words.names import Cast, account_of, listed, state_told, who

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Args = Mapping[str, Any]
INSIGHT_WORDS: Final = {
    "options": "two or three realistic options, with what speaks for and against each",
    "story": "a story: what a promise that you kept did for another customer",
}


def _about(cast: Cast, args: Args) -> str:
    """The initiative that a move is about."""
    name = str(args.get("initiative") or "")
    return cast.initiatives[name].name if name in cast.initiatives else "That initiative"


def no_insight(cast: Cast, _seen: Seen, kind: str, args: Args) -> str:
    """Nothing to bring: nothing known, or nothing built."""
    account = account_of(cast, args)
    name = cast.account(account) if account else "theirs"
    if kind == "build_insight":
        return (
            f"You don't know how {_about(cast, args)} stands. Read up on {name}, or ask somebody there about results, "
            f"and build on that."
        )
    if kind in ("seek_executive", "bring_insight"):
        return (
            f"You have no insight for {name} that is younger than three quarters. Build one first: 20 hours for "
            f"options, 10 for a story that you can tell."
        )
    return (
        f"You know of no initiative at {name}, so you have nothing to bring. Read up on them, or ask somebody there "
        f"about results, and come back."
    )


def _over(cast: Cast, _seen: Seen, _kind: str, args: Args) -> str:
    return f"{_about(cast, args)} is over, as far as you know. Ask what comes next, or choose another."


def _backed(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    name = args.get("initiative")
    until = seen.quarter + 1
    if name in seen.params.initiatives:
        until = int(seen.backed_until[seen.params.initiatives.index(str(name)), 0])
    return (
        f"Your people are at work on that already, and it counts into {cast.quarter(until)}. Spend the hours on "
        f"another initiative."
    )


def _unknown_force(cast: Cast, _seen: Seen, _kind: str, args: Args) -> str:
    name = str(args.get("initiative") or "")
    asked = cast.person(cast.initiatives[name].owner) if name in cast.initiatives else "its owner"
    return (
        f"You have not heard that this is coming or at work on {_about(cast, args)}. Ask {asked} or others there what "
        f"could go wrong."
    )


def _old_news(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    name = args.get("news")
    if name not in seen.params.news:
        return "That is old news; whatever it meant has happened. Take news of this quarter or the last."
    when = cast.quarter(int(seen.params.news_quarter[seen.params.news.index(str(name))]))
    return f"That was in the papers in {when}; whatever it meant has happened. Take news of this quarter or the last."


KNOWING_REFUSALS: Final[dict[Refusal, Callable[[Cast, Seen, str, Args], str]]] = {
    Refusal.NO_INSIGHT: no_insight,
    Refusal.IT_IS_OVER: _over,
    Refusal.NO_STORY: lambda *_: (
        "A story needs a result: a promise to another customer, measured and kept. Until you have one, build options."
    ),
    Refusal.ALREADY_BUILT: lambda *_: (
        "You built that this quarter, of the same facts. Bring it, or find out more first."
    ),
    Refusal.BROUGHT: lambda cast, _s, _k, args: (
        f"{who(cast, args)} has heard one insight from you this quarter, which is enough. Bring this to somebody else."
    ),
    Refusal.NOT_ITS_FORCE: lambda *_: "That does not push this initiative. Choose one that does.",
    Refusal.FORCE_UNKNOWN: _unknown_force,
    Refusal.ALREADY_BACKED: _backed,
    Refusal.NO_NEWS: lambda *_: "That has not been in the news. Take something from this quarter's papers.",
    Refusal.OLD_NEWS: _old_news,
    Refusal.ALREADY_LINKED: lambda cast, _s, _k, args: (
        f"You have asked already what that means for {who(cast, args)}. Try another customer, or other news."
    ),
}
"""By reason: what is said."""


def force_name(cast: Cast, force: str) -> str:
    """A force by its name."""
    return cast.forces[force].name


def _initiative(cast: Cast, data: Mapping[str, Any]) -> str:
    return cast.initiatives[str(data["args"]["initiative"])].name


def _result(data: Mapping[str, Any]) -> Result:
    return Result[str(data["result"]).upper()]


def _built(cast: Cast, data: Mapping[str, Any], _quarter: int) -> list[str]:
    form = str(data["args"]["form"])
    return [
        f"You have {INSIGHT_WORDS[form]}, for {_initiative(cast, data)}. It holds while {_initiative(cast, data)} "
        f"stands as you believe, and for two quarters at most."
    ]


def _brought(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    person = str(data["args"]["person"])
    if _result(data) is Result.LANDED:
        owner = cast.initiatives[str(data["args"]["initiative"])].owner == person
        helps = " It helps while the owner uses it: the odds are better this quarter." if owner else ""
        return [
            f"{cast.post(person)}, can use it. Nobody had asked you for it, which is the point.{helps}",
        ]
    said = cast.voice(person, "door_closed", quarter)
    shut = " The door is shut for two quarters." if cast.people[person].level == "executive" else ""
    return [
        *([said] if said else []),
        f"What you brought about {_initiative(cast, data)} was true once. It was noticed.{shut} Find out how it stands "
        f"before you build again.",
    ]


def _helped(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    name, force = _initiative(cast, data), str(data["args"]["force"])
    if _result(data) is Result.BACKED:
        until = cast.quarter(quarter + 2)
        word = "with" if cast.forces[force].strength > 0 else "against"
        return [
            f"Your people work beside theirs on {name}, {word} what you named: {force_name(cast, force)}. It counts "
            f"into {until}."
        ]
    return [
        f"Twenty hours on {force_name(cast, force)}, which no longer troubles {name}. They were polite about it. Hear "
        f"how things stand before the next time.",
    ]


def _linked(cast: Cast, data: Mapping[str, Any], quarter: int) -> list[str]:
    account, news = cast.account(str(data["args"]["account"])), cast.news[str(data["args"]["news"])].title
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{news}\N{RIGHT DOUBLE QUOTATION MARK}"
    if _result(data) is Result.LINKED:
        return [
            f"{quoted} is about {account}, and they have not said so yet.",
            *learned_lines(cast, data["learned"], quarter),
        ]
    return [f"A day with {quoted}: you found nothing in it for {account}."]


KNOWING_OUTCOMES: Final[dict[str, Callable[[Cast, Mapping[str, Any], int], list[str]]]] = {
    "build_insight": _built,
    "bring_insight": _brought,
    "back_initiative": _helped,
    "link_news": _linked,
}
"""By kind of move: what is said when it was made."""
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
