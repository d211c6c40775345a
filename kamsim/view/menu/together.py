"""What is planned and built together with a customer, in words: account plans and joint initiatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.joint import DESIGN, LIVE
from kamsim.engine.moves import Refusal, Result
from kamsim.view.menu.entry import Args, Entry, Reason, learned, result_of
from kamsim.view.words.names import Cast, capital, percent, quoted

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.scenario.organisation import Joint

AIM_WORDS: Final = {"know": "to know them", "win": "to have them on our side"}
STEP_WORDS: Final = {
    "meeting": "a meeting with them",
    "insight": "an insight, brought",
    "case": "a business case, presented",
    "help": "help against what holds it back",
}


def _sponsor_says(cast: Cast, joint: Joint, text: str) -> list[str]:
    """In the words that the author gave the sponsor, while the sponsor sits there."""
    return [quoted(cast.person(joint.sponsor), text)] if cast.original(joint.sponsor) else []


def _started(cast: Cast, data: Args, quarter: int) -> list[str]:
    joint, result = cast.joints[str(data["args"]["joint"])], result_of(data)
    part = percent(float(data["args"]["share"]))
    if result is Result.AGREED:
        return [
            *_sponsor_says(cast, joint, joint.says.agreed),
            f"It is agreed: {joint.name}, {part} of the gain for us. Design takes {joint.design} quarters and building "
            f"{joint.build}; until then it costs hours and money, and brings nothing.",
        ]
    if result is Result.DECLINED:
        again = "" if cast.over(quarter + 1) else " Ask for less next quarter."
        return [f"{cast.person(joint.sponsor)} wants it, and not at {part} of the gain for us.{again}"]
    return [*_sponsor_says(cast, joint, joint.says.not_yet), "Not yet, then.", *learned(cast, data, quarter)]


def _left(cast: Cast, data: Args, _quarter: int) -> list[str]:
    joint = cast.joints[str(data["args"]["joint"])]
    return [
        f"You take your people off {joint.name}. {cast.person(joint.sponsor)} had put theirs on it, and will remember."
    ]


def _planned(cast: Cast, args: Args) -> str:
    initiative, person = cast.initiatives[str(args["initiative"])].name, cast.person(str(args["person"]))
    return f"{person}, {AIM_WORDS[str(args['aim'])]}; {initiative}; {STEP_WORDS[str(args['step'])]}"


def _written(cast: Cast, data: Args, quarter: int) -> list[str]:
    args = data["args"]
    by, owner = cast.by(quarter + int(args["due"])), args.get("owner")
    who = f"{capital(cast.colleague(str(owner)))} sees" if owner else "You see"
    return [f"The plan is one page: {_planned(cast, args)}. {who} to it; it has to be done before {by} begins."]


def _shown(cast: Cast, data: Args, quarter: int) -> list[str]:
    account = cast.account(str(data["args"]["account"]))
    found = learned(cast, data, quarter)
    if result_of(data) is Result.LANDED:
        return [f"{account} has written on the plan. It is theirs too now, and they will hold you to it.", *found]
    return [f"{account} read it, thanked you, and kept the copy. You do not know who else reads it.", *found]


ENTRIES: Final = (
    Entry(
        "start_joint",
        "Build something together",
        "starting a joint initiative",
        "elsewhere",
        _started,
        lambda cast, data: (
            f"Asked to build {cast.joints[str(data['args']['joint'])].name} together, for "
            f"{percent(float(data['args']['share']))} of the gain: "
            + {Result.AGREED: "agreed", Result.DECLINED: "not at that share"}.get(result_of(data), "not yet")
        ),
        "joint",
        "Help with their plans",
        why=lambda cast, _seen, args: (
            f"Put {cast.joints[str(args['joint'])].name} to them now: what is built together takes more than a year "
            "before it pays."
        ),
        help="Over a year and more, with part of the gain for us",
    ),
    Entry(
        "leave_joint",
        "Leave what is built together",
        "leaving a joint initiative",
        "elsewhere",
        _left,
        lambda cast, data: f"Left {cast.joints[str(data['args']['joint'])].name}",
        "joint",
        why=lambda cast, _seen, args: (
            f"Leave {cast.joints[str(args['joint'])].name}: what went into it is gone, what would still is not."
        ),
        help="It costs trust",
    ),
    Entry(
        "write_plan",
        "Write an account plan",
        "writing a plan",
        "elsewhere",
        _written,
        lambda cast, data: f"Wrote a plan: {_planned(cast, data['args'])}",
        "contact",
        "Reading and review",
        ("1 account plan written", "account plans written"),
        why=lambda cast, _seen, args: (
            f"Write down whom to reach at {cast.account(str(args['account']))}, for what, and by when: a date makes it "
            "happen."
        ),
        help="Whom to reach, what is to bring revenue, what is done by when",
        unchanged="That is the plan already. Change one of its parts, or leave it.",
    ),
    Entry(
        "share_plan",
        "Show them the plan and write on it together",
        "sharing a plan",
        "elsewhere",
        _shown,
        lambda cast, data: f"Showed {cast.account(str(data['args']['account']))} the account plan",
        "contact",
        "Meetings",
        ("1 account plan shared", "account plans shared"),
        why=lambda cast, _seen, args: (
            f"Show {cast.account(str(args['account']))} the plan: who thinks in years commits to what they wrote on."
        ),
        help="It earns much where they think in years, nothing where they trade",
    ),
)

# --- why not ------------------------------------------------------------------------------------------------------


def _other(cast: Cast, seen: Seen, _kind: str, _args: Args) -> str:
    phases = seen.joint.phase[:, 0]
    building = [name for name, phase in zip(seen.params.own.joints, phases, strict=True) if DESIGN <= phase < LIVE]
    what = cast.joints[building[0]].name if building else "Something else"
    return f"{what} is being built, and one at a time is what your company can carry. Begin this once that runs."


REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.BUILT_TOGETHER: Reason(
        lambda *_: "It is being built already, or runs. Look after it: their sponsor, and the project that it serves.",
        "Under way already",
    ),
    Refusal.ONE_AT_A_TIME: Reason(_other, "Another one is being built"),
    Refusal.ASKED_TODAY: Reason(
        lambda *_: (
            "They have given you their answer for this quarter. Mend what is missing, and ask again in the next."
        ),
        "Asked this quarter already",
    ),
    Refusal.NOTHING_BUILT: Reason(
        lambda *_: "Nothing is being built there that you could leave.", "Nothing is being built"
    ),
    Refusal.NO_PLAN: Reason(
        lambda *_: "There is no plan of yours for them that still runs. Write one first.", "No plan that runs"
    ),
    Refusal.PLAN_SHARED: Reason(
        lambda *_: (
            "They have written on that plan, so it stands until it is kept, or its date is past. Only who of "
            "us sees to it may change."
        ),
        "They have written on it",
    ),
}
