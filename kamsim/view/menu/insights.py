"""Insights, help for their plans, and news in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.moves import Refusal, Result
from kamsim.view.menu.contact import FIRST_DOOR
from kamsim.view.menu.entry import Args, Entry, Reason, learned, result_of
from kamsim.view.words.knowing import INSIGHT_WORDS, force_name
from kamsim.view.words.names import Cast, account_of, who

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

BUILD: Final = "build_insight"
BRINGS: Final = (FIRST_DOOR, "bring_insight")
"""Moves that an insight is brought with."""

# --- what came of it ----------------------------------------------------------------------------------------------


def _initiative(cast: Cast, args: Args) -> str:
    return cast.initiatives[str(args["initiative"])].name


def _built(cast: Cast, data: Args, _quarter: int) -> list[str]:
    form, name = str(data["args"]["form"]), _initiative(cast, data["args"])
    return [
        f"You have {INSIGHT_WORDS[form]}, for {name}. It holds while {name} "
        f"stands as you believe, and for two quarters at most."
    ]


def _brought(cast: Cast, data: Args, quarter: int) -> list[str]:
    person = str(data["args"]["person"])
    if result_of(data) is Result.LANDED:
        owner = cast.initiatives[str(data["args"]["initiative"])].owner == person
        helps = " It helps while the owner uses it: the odds are better this quarter." if owner else ""
        return [
            f"{cast.post(person)}, can use it. Nobody had asked you for it, which is the point.{helps}",
        ]
    said = cast.voice(person, "door_closed", quarter)
    shut = " The door is shut for two quarters." if cast.people[person].level == "executive" else ""
    return [
        *([said] if said else []),
        f"What you brought about {_initiative(cast, data['args'])} was true once. It was noticed.{shut} Find out how "
        f"it stands before you build again.",
    ]


def _helped(cast: Cast, data: Args, quarter: int) -> list[str]:
    name, force = _initiative(cast, data["args"]), str(data["args"]["force"])
    if result_of(data) is Result.BACKED:
        until = cast.by(quarter + 2)
        word = "with" if cast.forces[force].strength > 0 else "against"
        return [
            f"Your people work beside theirs on {name}, {word} what you named: {force_name(cast, force)}. It counts "
            f"into {until}."
        ]
    return [
        f"Twenty hours on {force_name(cast, force)}, which no longer troubles {name}. They were polite about it. Hear "
        f"how things stand before the next time.",
    ]


def _linked(cast: Cast, data: Args, quarter: int) -> list[str]:
    account, news = cast.account(str(data["args"]["account"])), cast.news[str(data["args"]["news"])].title
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{news}\N{RIGHT DOUBLE QUOTATION MARK}"
    if result_of(data) is Result.LINKED:
        return [f"{quoted} is about {account}, and they have not said so yet.", *learned(cast, data, quarter)]
    return [f"A day with {quoted}: you found nothing in it for {account}."]


ENTRIES: Final = (
    Entry(
        BUILD,
        "Build an insight",
        "building an insight",
        "plans",
        _built,
        lambda cast, data: f"Built an insight on {_initiative(cast, data['args'])}",
        "contact",
        "Reading and review",
        ("1 insight built", "insights built"),
        lambda cast, _seen, args: (
            f"Build something on {_initiative(cast, args)}: who brings an executive an insight is let in."
        ),
        "Something for one of their initiatives",
        number=15,
        aliases=("insight", "build"),
        dearer="options",
    ),
    Entry(
        BRINGS[1],
        "Bring an insight",
        "bringing an insight",
        "plans",
        _brought,
        lambda cast, data: (
            f"Brought {cast.person(data['args']['person'])} an insight on {_initiative(cast, data['args'])}"
        ),
        "contact",
        "Meetings",
        ("1 insight brought", "insights brought"),
        lambda cast, _seen, args: f"Bring {cast.person(str(args['person']))} what nobody asked for, while it is true.",
        "That nobody asked for",
        number=16,
        aliases=("bring",),
        dearer="executives",
    ),
    Entry(
        "back_initiative",
        "Put our people on it",
        "our people on it",
        "plans",
        _helped,
        lambda cast, data: (
            f"Our people on {_initiative(cast, data['args'])}: {force_name(cast, str(data['args']['force']))}"
        ),
        "contact",
        "Help with their plans",
        ("our people beside theirs once", "times our people beside theirs"),
        lambda cast, _seen, args: (
            f"Put our people on what troubles {_initiative(cast, args)}. Whoever helps then is remembered."
        ),
        "On what pushes an initiative or holds it back",
        number=17,
        aliases=("help them", "push"),
        nobody="You have heard of nothing that pushes them",
    ),
    Entry(
        "link_news",
        "Ask what a piece of news means for them",
        "linking news",
        "elsewhere",
        _linked,
        lambda cast, data: f"Asked what the news means for them: {cast.news[str(data['args']['news'])].title}",
        "contact",
        "Reading and review",
        ("1 piece of news followed up", "pieces of news followed up"),
        lambda cast, _seen, args: (
            f"Ask what the papers mean for {cast.account(str(args['account']))}, before they feel it."
        ),
    ),
)

# --- why not ------------------------------------------------------------------------------------------------------


def _about(cast: Cast, args: Args) -> str:
    """The initiative that a move is about."""
    name = str(args.get("initiative") or "")
    return cast.initiatives[name].name if name in cast.initiatives else "That initiative"


def _no_insight(cast: Cast, _seen: Seen, kind: str, args: Args) -> str:
    """Nothing to bring: nothing known, or nothing built."""
    account = account_of(cast, args)
    name = cast.account(account) if account else "theirs"
    if kind == BUILD:
        return (
            f"You don't know how {_about(cast, args)} stands. Read up on {name}, or ask somebody there about results, "
            f"and build on that."
        )
    if kind in BRINGS:
        return (
            f"You have no insight for {name} that is younger than three quarters. Build one first: 20 hours for "
            f"options, 10 for a story that you can tell."
        )
    return (
        f"You know of no initiative at {name}, so you have nothing to bring. Read up on them, or ask somebody there "
        f"about results, and come back."
    )


def _backed(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    name = args.get("initiative")
    until = seen.quarter + 1
    if name in seen.params.initiatives:
        until = int(seen.backed_until[seen.params.initiatives.index(str(name)), 0])
    return (
        f"Your people are at work on that already, and it counts into {cast.by(until)}. Spend the hours on "
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


REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.NO_INSIGHT: Reason(
        _no_insight,
        lambda _c, _s, kind, _a: "You know too little of their initiatives" if kind == BUILD else "No insight is built",
    ),
    Refusal.FORCE_UNKNOWN: Reason(_unknown_force, "You have heard of nothing that pushes them"),
    Refusal.ALREADY_BACKED: Reason(_backed, "Our people are on it"),
    Refusal.ALREADY_BUILT: Reason(
        lambda *_: "You built that this quarter, of the same facts. Bring it, or find out more first.",
        "Built this quarter",
    ),
    Refusal.BROUGHT: Reason(
        lambda cast, _s, _k, args: (
            f"{who(cast, args)} has heard one insight from you this quarter, which is enough. Bring this to somebody "
            f"else."
        ),
        "Brought this quarter",
    ),
    Refusal.IT_IS_OVER: Reason(
        lambda cast, _s, _k, args: (
            f"{_about(cast, args)} is over, as far as you know. Ask what comes next, or choose another."
        ),
        "What you know of is over",
    ),
    Refusal.NO_STORY: Reason(
        lambda *_: (
            "A story needs a result: a promise to another customer, measured and kept. Until you have one, build "
            "options."
        )
    ),
    Refusal.NOT_ITS_FORCE: Reason(lambda *_: "That does not push this initiative. Choose one that does."),
    Refusal.NO_NEWS: Reason(lambda *_: "That has not been in the news. Take something from this quarter's papers."),
    Refusal.OLD_NEWS: Reason(_old_news),
    Refusal.ALREADY_LINKED: Reason(
        lambda cast, _s, _k, args: (
            f"You have asked already what that means for {who(cast, args)}. Try another customer, or other news."
        )
    ),
}
