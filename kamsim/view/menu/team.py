"""The team in the menu: who looks after whom, coaching, reviews, targets, and specialists who help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.moves import Refusal
from kamsim.view.menu.entry import Args, Entry, Reason
from kamsim.view.words.names import Cast, quoted
from kamsim.view.words.team import SKILL_WORDS, found_told

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

TEAM: Final = "The team"
"""What a debrief counts these hours under."""


def _somebody(cast: Cast, args: Args) -> str:
    """Whom an account is given to."""
    colleague = args.get("colleague")
    return cast.colleague(str(colleague)) if colleague else "you"


def _says(cast: Cast, name: str, occasion: str, quarter: int, about: str = "") -> list[str]:
    """What a colleague says, as a quotation."""
    said = cast.voices.colleague(name, occasion, quarter, about)
    return [quoted(cast.colleague(name), said)] if said else []


def _assigned(cast: Cast, data: Args, quarter: int) -> list[str]:
    args = data["args"]
    account, name = cast.account(args["account"]), args.get("colleague")
    said = _says(cast, str(name), "takes_over", quarter, str(args["account"])) if name else []
    told = f"{account} has a new face: {_somebody(cast, args)} from now on. A little of every tie is lost with the old."
    return [*said, told]


def _coached(cast: Cast, data: Args, quarter: int) -> list[str]:
    name = str(data["args"]["colleague"])
    told = f"Three hours a month with {cast.colleague(name)}."
    return [*_says(cast, name, "coached", quarter), told, *_found(cast, data)]


def _reviewed(cast: Cast, data: Args, _quarter: int) -> list[str]:
    return ["An hour with each of them every month.", *_found(cast, data)]


def _found(cast: Cast, data: Args) -> list[str]:
    """How colleagues were found to be."""
    return [found_told(cast, found) for found in data.get("team") or ()]


def _targeted(cast: Cast, data: Args, quarter: int) -> list[str]:
    if data["args"]["target"] == "personal":
        when = "after your time" if cast.over(quarter + 1) else "from next quarter"
        return [
            f"Everybody has a quota of their own. There will be more hours {when}, and less help for one another: it "
            "wears people out."
        ]
    return ["Everybody is measured on what the team earns."]


def _borrowed(cast: Cast, data: Args, _quarter: int) -> list[str]:
    args = data["args"]
    specialist = cast.specialists[args["specialist"]]
    return [
        f"{specialist.name}, {specialist.role}, helps with {cast.account(args['account'])} until the quarter closes: "
        f"{SKILL_WORDS[specialist.skill]}."
    ]


def _why_assign(cast: Cast, _seen: Seen, args: Args) -> str:
    return (
        f"Let {_somebody(cast, args)} look after {cast.account(str(args['account']))}: work goes better to whoever is "
        "good at it, and nobody carries everything."
    )


ENTRIES: Final = (
    Entry(
        "assign",
        "Decide who looks after them",
        "handing a customer on",
        "elsewhere",
        _assigned,
        lambda cast, data: f"Looked after by {_somebody(cast, data['args'])}",
        "team",
        TEAM,
        ("1 customer handed on", "customers handed on"),
        _why_assign,
        "A colleague, or you yourself",
        unchanged="That is so already. Choose somebody else.",
    ),
    Entry(
        "coach",
        "Coach a colleague",
        "coaching",
        "elsewhere",
        _coached,
        lambda cast, data: f"Coached {cast.colleague(data['args']['colleague'])}",
        "team",
        TEAM,
        ("1 coaching", "coachings"),
        lambda cast, _seen, args: (
            f"Coach {cast.colleague(str(args['colleague']))}: three hours a month make somebody better, and keep them."
        ),
        "Three hours a month of both: skill grows, strain goes",
    ),
    Entry(
        "review_team",
        "Review the team every month",
        "team review",
        "elsewhere",
        _reviewed,
        lambda _cast, _data: "Reviewed the team every month",
        "team",
        TEAM,
        ("1 team review", "team reviews"),
        lambda _cast, _seen, _args: "Ask everybody every month how it goes. Whoever is asked early need not leave.",
        "How good everybody is, and how they are",
    ),
    Entry(
        "set_target",
        "Set what the team is measured on",
        "target",
        "elsewhere",
        _targeted,
        lambda _cast, data: (
            "A quota for everybody" if data["args"]["target"] == "personal" else "One target for the team"
        ),
        "team",
        "",
        ("1 target set", "targets set"),
        lambda _cast, _seen, args: (
            "A quota for everybody brings more hours from next quarter."
            if args["target"] == "personal"
            else "One target for all, so that it pays to help."
        ),
        "One for all, or a quota each",
        unchanged="That is what they are measured on already.",
    ),
    Entry(
        "borrow",
        "Borrow a specialist",
        "specialist",
        "elsewhere",
        _borrowed,
        lambda cast, data: f"Borrowed {cast.specialists[data['args']['specialist']].name}",
        "team",
        TEAM,
        ("1 specialist borrowed", "specialists borrowed"),
        lambda cast, _seen, args: (
            f"Borrow {cast.specialists[str(args['specialist'])].name} for "
            f"{cast.account(str(args['account']))}, while nobody else has them."
        ),
        "Leads one kind of work at one customer until the quarter closes",
    ),
)


def _specialist(cast: Cast, args: Args) -> str:
    return cast.specialists[str(args["specialist"])].name


REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.LEAVES_US: Reason(
        lambda cast, _s, _k, args: (
            f"{_somebody(cast, args)} has given notice and is gone when the quarter closes. Choose somebody who stays."
        ),
        "Has given notice",
    ),
    Refusal.COACHED: Reason(
        lambda cast, _s, _k, args: f"{_somebody(cast, args)} has a coach this quarter already.",
        "Coached this quarter",
    ),
    Refusal.TEAM_REVIEWED: Reason(
        lambda *_: "The team is reviewed every month this quarter. How somebody is now stands on the team's page.",
        "Done this quarter",
    ),
    Refusal.SPECIALIST_BUSY: Reason(
        lambda cast, _s, _k, args: f"Another team has {_specialist(cast, args)} this quarter. Ask again in the next.",
        "With another team",
    ),
    Refusal.SPECIALIST_TAKEN: Reason(
        lambda cast, _s, _k, args: f"{_specialist(cast, args)} already helps another customer of yours this quarter.",
        "With another customer of yours",
    ),
    Refusal.HELPED_ALREADY: Reason(
        lambda cast, _s, _k, args: (
            f"Somebody helps with {cast.account(str(args['account']))} already: one specialist at a time."
        ),
        "Somebody helps there",
    ),
}
