"""Contact in words: standing contact, meetings, reading up, cost reviews, the room, and doors that are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.moves import DOOR_QUARTERS, SHUT_QUARTERS, VOUCHED, Refusal, Result
from kamsim.view.menu.entry import Args, Entry, Reason, learned, result_of
from kamsim.view.words.doors import ask_again
from kamsim.view.words.names import (
    AGENDA_WORDS,
    RHYTHM_WORDS,
    SHORT_AGENDAS,
    Cast,
    account_of,
    unlock,
    who,
)

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

FIRST_DOOR: Final = "seek_executive"

# --- what came of it ----------------------------------------------------------------------------------------------


def _rhythm(cast: Cast, data: Args, _quarter: int) -> list[str]:
    args = data["args"]
    return [f"{cast.account(args['account'])}: {RHYTHM_WORDS[args['rhythm']]} from now on."]


def _met(cast: Cast, data: Args, quarter: int) -> list[str]:
    args = data["args"]
    person = args["person"]
    if result_of(data) is Result.LEARNED:
        said = cast.voice(person, args["agenda"], quarter, args["agenda"])
        how = "answers what you ask" if cast.met_again(person) else "is new in the post and answers from the file"
        fallback = f"{cast.post(person)}, {how}."
        silent = args["agenda"] == "results" and not any(fact["kind"] == "state" for fact in data["learned"])
        none = ["How anything of theirs stands, nobody said this time."] if silent else []
        return [said or fallback, *learned(cast, data, quarter), *none]
    if result_of(data) is Result.WASTED:
        return _wasted(cast, person, args["agenda"], quarter)
    said = cast.voice(person, "nothing_new", quarter, args["agenda"])
    return [
        said or f"{cast.post(person)}, was polite, and said nothing that you could use.",
        "You learned nothing new.",
    ]


def _wasted(cast: Cast, person: str, agenda: str, quarter: int) -> list[str]:
    """A meeting that gave an executive nothing."""
    said = cast.voice(person, "door_closed", quarter, agenda) or f"{cast.post(person)}, looked at the clock."
    return [
        said,
        "You learned nothing, and brought nothing that is going on there now. That door is shut. "
        f"{ask_again(cast, quarter + SHUT_QUARTERS + 1, quarter)}",
    ]


def _scanned(cast: Cast, data: Args, quarter: int) -> list[str]:
    name = cast.account(data["args"]["account"])
    if result_of(data) is Result.LEARNED:
        return [f"You read what {name} tells everybody, slowly.", *learned(cast, data, quarter)]
    return [f"You read what {name} tells everybody. It told you nothing that you did not know."]


def _reviewed(cast: Cast, data: Args, quarter: int) -> list[str]:
    name = cast.account(data["args"]["account"])
    first = ["There are no books yet: the figure shows when this quarter closes."] if quarter == 1 else []
    return [f"{name} is booked at its true cost to serve from now on.", *first, *learned(cast, data, quarter)]


def _room(cast: Cast, data: Args, quarter: int) -> list[str]:
    name = who(cast, data["args"])
    if result_of(data) is Result.LEARNED:
        return [f"Two days of corridors and telephone at {name}.", *learned(cast, data, quarter)]
    return [f"Two days of corridors and telephone at {name}. Nobody let you see where they stand."]


def _sought(cast: Cast, data: Args, quarter: int) -> list[str]:
    """What came of asking for a first meeting."""
    args, result = data["args"], result_of(data)
    person, approach = args["person"], args.get("approach")
    through = cast.person(args["through"]) if args.get("through") else ""
    if result is Result.DOOR_OPENED:
        said = cast.voice(person, "door_opens", quarter)
        until = quarter + DOOR_QUARTERS - 1
        end = "to the end of the session" if cast.over(until) else f"until the end of {cast.quarter(until)}"
        word = [f"{through} put in a word for you."] if through else []
        meeting = f"The door is open {end}. A meeting takes 20 hours."
        return [said or f"{cast.post(person)}, will see you.", *word, meeting]
    if result is Result.NO_REFERRAL:
        ask = f"{through} would rather not: that takes somebody who is for you and knows you well."
        found = learned(cast, data, quarter) if data.get("learned") else []
        return [ask, *found, f"{cast.person(person)} was not asked, so that door is as it was."]
    said = cast.voice(person, "door_closed", quarter) or f"{cast.post(person)}, has no time for this."
    again = ask_again(cast, quarter + SHUT_QUARTERS + 1, quarter)
    if result is Result.STALE:
        out = "What you brought was out of date, and it was noticed: they believe you a little less."
        return [said, f"{out} {again} Find out first how things stand."]
    if approach in VOUCHED:
        odds = "nineteen doors in twenty" if approach == "both" else "eight doors in ten"
        return [said, f"{through} did put in a word, which opens {odds}: luck was against it. {again}"]
    if approach == "insight":
        return [said, f"What you brought was fresh and opens eight doors in ten: luck was against it. {again}"]
    return [said, f"Asked cold, hardly one door in ten opens: nothing of theirs was brought. {again}"]


# --- why a careful player does it ---------------------------------------------------------------------------------


def _why_rhythm(cast: Cast, _seen: Seen, args: Args) -> str:
    reason = {
        "close": "There is more to win here than hours.", "normal": "Enough to hear what changes.",
        "light": "The hours are worth more elsewhere.",
    }[str(args["rhythm"])]  # fmt: skip
    return f"{cast.account(str(args['account']))}: {args['rhythm']} contact from now on. {reason}"


def _why_meet(cast: Cast, _seen: Seen, args: Args) -> str:
    person = cast.person(args["person"])
    reason = {
        "results": "Whoever knows what somebody is judged on can open doors, and has something to offer besides price.",
        "provocative": "What threatens their plans is what they will pay to avoid. It also shows what rivals "
        "are up to.",
        "buying": "Before answering about price: who decides, and what would serve them instead?",
    }[str(args["agenda"])]
    return f"Meet {person} about {AGENDA_WORDS[str(args['agenda'])].partition(':')[0]}. {reason}"


APPROACH_REASONS: Final = {
    "cold": "cold, because there is nothing to lose.",
    "insight": "with fresh news of their own initiative in hand.",
    "referral": "with a word from somebody inside who is for us.",
    "both": "with a word from inside and fresh news of their own initiative.",
}
ENTRIES: Final = (
    Entry(
        "meet",
        "Meet somebody",
        "meeting",
        "account",
        _met,
        lambda cast, data: (
            f"Met {cast.person(data['args']['person'])}: {SHORT_AGENDAS[data['args']['agenda']].lower()}"
        ),
        "contact",
        "Meetings",
        ("1 meeting", "meetings"),
        _why_meet,
        "Ask one thing",
        number=1,
        aliases=("meeting",),
        icon="chat",
        key="M",
        dearer="executives",
    ),
    Entry(
        "scan",
        "Read up on them",
        "reading up",
        "account",
        _scanned,
        lambda _cast, _data: "Read up on them",
        "contact",
        "Reading and review",
        ("1 reading", "readings"),
        lambda cast, _seen, args: (
            f"Read up on {cast.account(account_of(cast, args))}: ten hours buy what everybody may know and few read."
        ),
        "Press, filings, channel",
        number=2,
        aliases=("read",),
        icon="read",
        key="R",
    ),
    Entry(
        FIRST_DOOR,
        "Ask for a first meeting",
        "executive's door",
        "account",
        _sought,
        lambda cast, data: f"Asked {cast.person(data['args']['person'])} for a meeting",
        "contact",
        "Meetings",
        ("1 door asked for", "doors asked for"),
        lambda cast, _seen, args: (
            f"Ask {cast.person(str(args['person']))} for a first meeting, {APPROACH_REASONS[args['approach']]}"
        ),
        "An executive, first time",
        number=4,
        aliases=("seek", "executive", "door"),
        icon="door",
        key="D",
    ),
    Entry(
        "read_room",
        "Read the room",
        "reading the room",
        "case",
        _room,
        lambda _cast, _data: "Read the room",
        "contact",
        "Meetings",
        ("1 room reading", "room readings"),
        help="How each of them stands",
        number=14,
        aliases=("room",),
        icon="people",
        key="L",
    ),
    Entry(
        "review_costs",
        "Review their cost to serve",
        "cost review",
        "account",
        _reviewed,
        lambda _cast, _data: "Reviewed their cost to serve",
        "contact",
        "Reading and review",
        ("1 cost review", "cost reviews"),
        lambda cast, _seen, args: (
            f"Have {cast.account(account_of(cast, args))} reviewed. An equal share of service cost hides who causes it."
        ),
        "Book the true figure",
        number=3,
        aliases=("review",),
        icon="search",
        key="C",
    ),
    Entry(
        "set_rhythm",
        "Set the standing contact",
        "standing contact",
        "account",
        _rhythm,
        lambda _cast, data: f"Standing contact: {data['args']['rhythm']}",
        "rhythm",
        why=_why_rhythm,
        help="How often you call as a matter of course",
        unchanged="{they} already has that rhythm.",
        number=9,
        aliases=("rhythm",),
        icon="rhythm",
        key="S",
        takes="hours each quarter",
    ),
)

# --- why not ------------------------------------------------------------------------------------------------------


def _door_closed(cast: Cast, seen: Seen, kind: str, args: Args) -> str:
    if _again_from(cast, seen, args) > seen.quarter:
        return _door_shut(cast, seen, kind, args)
    first, _ = unlock(cast, FIRST_DOOR)
    if cast.over(first):
        return f"{_at_the_door(cast, args)} does not receive you, and cannot be asked for a meeting in this session."
    when = (
        "Ask for a meeting" if seen.quarter >= first else f"From {cast.quarter(first)} you may ask for a first meeting"
    )
    return (
        f"{_at_the_door(cast, args)} does not receive you now. {when}, and bring an insight, built of how one of "
        "their initiatives stands."
    )


def _door_shut(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    again = max(_again_from(cast, seen, args), seen.quarter + 1)
    return (
        f"{_at_the_door(cast, args)} turned you down. {ask_again(cast, again, seen.quarter)} "
        f"Find out meanwhile how their initiatives stand, and build on that."
    )


def _again_from(cast: Cast, seen: Seen, args: Args) -> int:
    """The quarter from which a person may be asked for a meeting, after a no."""
    person = args.get("person") or _sponsor(cast, args)
    return int(seen.shut_until[seen.params.people.index(person), 0]) + 1 if person else 0


def _sponsor(cast: Cast, args: Args) -> str:
    """Who stands for what is to be built together; '' where a move is about nothing of the kind."""
    return cast.joints[str(args["joint"])].sponsor if "joint" in args else ""


def _at_the_door(cast: Cast, args: Args) -> str:
    """Who does not receive us: never a whole customer where it is one of them."""
    sponsor = _sponsor(cast, args)
    return cast.person(sponsor) if sponsor else who(cast, args)


def _not_before(cast: Cast, seen: Seen, _kind: str, account: str) -> str:
    """The first quarter in which an executive of an account who turned us down may be asked again."""
    rows = [row for row in seen.params.account_people[seen.params.accounts.index(account)] if seen.door_shut[row, 0]]
    again = min((int(seen.shut_until[row, 0]) + 1 for row in rows), default=seen.quarter + 1)
    return "Not before the session ends" if cast.over(again) else f"Not before {cast.quarter(again)}"


def _already_met(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    later = "" if cast.over(seen.quarter + 1) else "; next quarter there is more to say"
    return f"{who(cast, args)} has told you about that this quarter. Choose another topic or another person{later}."


def _scanned_already(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    said = f"Everything public about {who(cast, args)} was read this quarter."
    if cast.over(seen.quarter + 1):
        return f"{said} Ask the people there."
    return f"{said} There will be more next quarter; until then, ask the people there."


def _no_referee(cast: Cast, seen: Seen, _kind: str, args: Args) -> str:
    through = args.get("through")
    account = account_of(cast, args)
    if through and cast.home.get(through) == account and through != args.get("person"):
        row = seen.params.people.index(through)
        if not bool(seen.may_meet(row)[0]):
            return f"{cast.person(through)} does not receive you either. Ask somebody there whom you can meet."
    return (
        f"Say who should put in a word with {who(cast, args)}: somebody else at {cast.account(account)} whom you can "
        "meet. It takes a sponsor, who is for you and knows you well."
    )


REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.SCANNED: Reason(_scanned_already, "Done this quarter"),
    Refusal.REVIEWED: Reason(
        lambda cast, _s, _k, args: (
            f"{who(cast, args)}'s true cost to serve is in your books already. Review another account."
        ),
        "Done: the true cost is booked",
    ),
    Refusal.DOOR_CLOSED: Reason(_door_closed),
    Refusal.DOOR_SHUT: Reason(_door_shut, _not_before),
    Refusal.DOOR_OPEN: Reason(
        lambda cast, _s, _k, args: f"{who(cast, args)}'s door is open. Meet, and bring something.", "The door is open"
    ),
    Refusal.NOT_EXECUTIVE: Reason(
        lambda cast, _s, _k, args: f"{who(cast, args)} needs no introduction. Meet directly.",
        "Nobody above the people you can meet",
    ),
    Refusal.ALREADY_MET: Reason(_already_met),
    Refusal.NO_REFEREE: Reason(_no_referee),
}
