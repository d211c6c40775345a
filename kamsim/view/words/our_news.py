"""What happens on our own side, in words: in the team, in the programme, to what is built together, to plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kamsim.engine.team import LOST_SALES
from kamsim.game.events.programme import PlanReviewed, ProgrammeRebuilt
from kamsim.view.words.names import Cast, listed, percent, quoted
from kamsim.view.words.programme import rebuilt_told, reviewed_told

Data = Mapping[str, Any]


def _says(cast: Cast, data: Data, occasion: str, quarter: int) -> list[str]:
    text = cast.voices.colleague(str(data["colleague"]), occasion, quarter)
    return [quoted(cast.colleague(str(data["colleague"])), text)] if text else []


def looked_after(cast: Cast, data: Data) -> str:
    """The customers that somebody looks after, as a list; '' for none."""
    return cast.customers(data["accounts"])


def _strained(cast: Cast, data: Data, quarter: int) -> list[str]:
    helps = "Coaching, reviews and fewer customers help; worn out, somebody leaves."
    return [*_says(cast, data, "strained", quarter), helps]


def _resigned(cast: Cast, data: Data, quarter: int) -> list[str]:
    led = looked_after(cast, data)
    ties = f" {led}: {TAKEN} goes too, unless somebody else looks after them before." if led else ""
    return [*_says(cast, data, "leaving", quarter), f"Gone when {cast.quarter(quarter)} ends.{ties}"]


def _succeeded(cast: Cast, data: Data, _quarter: int) -> list[str]:
    led = looked_after(cast, data)
    there = f" {led}: {TAKEN} went along." if led else ""
    return [f"It takes about a year until somebody new gets as much done.{there}"]


def _joint(cast: Cast, data: Data) -> str:
    """Orvik Shipping, Fewer days in dock."""
    name = str(data["joint"])
    return f"{cast.account(cast.home[name])}, {cast.joints[name].name}"


def _sponsor(cast: Cast, data: Data, occasion: str) -> list[str]:
    """In the author's words, while the author's sponsor sits there."""
    joint = cast.joints[str(data["joint"])]
    said = getattr(joint.says, occasion)
    return [quoted(cast.person(joint.sponsor), said)] if cast.original(joint.sponsor) else []


def _moved_body(cast: Cast, data: Data, _quarter: int) -> list[str]:
    if data["phase"] == "build":
        return [f"The design promises us {cast.money(data['planned'])} a quarter in full swing. Now it is built."]
    if data["phase"] == "live":
        return [*_sponsor(cast, data, "live"), "It works. What it brings comes in over the next quarters, and stays."]
    if data.get("why") == "failed":
        return [*_sponsor(cast, data, "failed"), ENDED["failed"], WHY_FAILED, ONCE_MORE]
    return [ENDED[str(data.get("why"))]]


def _shaken_body(cast: Cast, data: Data, _quarter: int) -> list[str]:
    if not data["lost"]:
        return ["It has all that it needs again, and works in full."]
    lost = listed([LOST[name] for name in data["lost"]])
    said = [] if "sponsor" in data["lost"] else _sponsor(cast, data, "halved")
    ways = " ".join(AGAIN[name] for name in data["lost"])
    return [*said, f"It works by half: {lost}. {ways}"]


def _plan_body(cast: Cast, data: Data, _quarter: int) -> list[str]:
    whom = cast.account(data["account"]) if data["shared"] else "Your own company"
    if data["status"] == "kept":
        aim = " Its aim was reached, which counts twice." if data["reached"] else ""
        return [f"The step was done in time. {whom} believes you a little more.{aim}"]
    if data.get("left"):
        return [f"Whoever saw to it has left, and nobody else was named. {whom} believes you a little less."]
    if data["status"] == "missed":
        return [f"The date has passed without the step. {whom} believes you a little less."]
    return ["What it was written for is over, as far as you know. Nobody holds you to it."]


TAKEN: Final = f"half of every tie there, and at first {percent(LOST_SALES)} of what they buy from us"
"""What somebody takes along who leaves with customers in hand."""
LOST: Final = {"sponsor": "their sponsor has left", "initiative": "what it serves has been stopped"}
AGAIN: Final = {
    "sponsor": "Win whoever came after, and it works in full again.",
    "initiative": "It works in full again only when that goes on: help it there, where it can be helped.",
}
"""By what carried something and is lost: what brings it back."""
ENDED: Final = {
    "failed": "It was built, and it did not work.",
    "lost": "It lost its sponsor and what it served, and ended.",
    "left": "You left it.",
}
WHY_FAILED: Final = (
    "Not all that is built works, even with everything there; each thing that was missing took one chance in ten."
)
ONCE_MORE: Final = "It may be tried once more, from the design that there is."
PHASES: Final = {"build": "is being built", "live": "runs", "ended": "is over", "design": "is being designed"}
PLANS: Final = {"kept": "kept", "missed": "missed", "void": "over"}
HEADLINES: Final[dict[str, Callable[[Cast, Data], str]]] = {
    "strained": lambda cast, d: f"{cast.colleague(d['colleague'])} says that it is too much.",
    "resigned": lambda cast, d: f"{cast.colleague(d['colleague'])} has given notice.",
    "succeeded": lambda cast, d: (
        f"{d['before']} is gone. {d['name']} takes over as {cast.colleagues[d['colleague']].role}."
    ),
    "against_plan": lambda _c, d: (
        f"Management's plan: year {d['year']}, {'met' if d['earned'] >= d['plan'] else 'missed'}."
    ),
    "rebuilt": lambda _c, _d: "The programme has been rebuilt.",
    "joint_moved": lambda cast, d: f"{_joint(cast, d)}: it {PHASES[d['phase']]}.",
    "joint_shaken": lambda cast, d: f"{_joint(cast, d)}: {'works by half' if d['lost'] else 'works in full again'}.",
    "plan_settled": lambda cast, d: f"Your plan for {cast.account(d['account'])}: {PLANS[d['status']]}.",
}
"""By kind of event: one line."""
BODIES: Final[dict[str, Callable[[Cast, Data, int], list[str]]]] = {
    "strained": _strained,
    "resigned": _resigned,
    "succeeded": _succeeded,
    "against_plan": lambda cast, d, _q: [reviewed_told(cast, PlanReviewed(**d))],
    "rebuilt": lambda cast, d, _q: [rebuilt_told(cast, ProgrammeRebuilt(**d))],
    "joint_moved": _moved_body,
    "joint_shaken": _shaken_body,
    "plan_settled": _plan_body,
}
"""By kind of event: the paragraphs under the line."""
