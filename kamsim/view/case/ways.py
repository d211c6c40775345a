"""What a coach could advise for a page, by what costs it: changes in words, none of them tried yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.levers import ASKS, LEVERS
from kamsim.engine.page import BODIES, COMPANY_METRICS, SENSITIVITY
from kamsim.engine.params import MEASURES, STATES
from kamsim.game import drafting
from kamsim.view.case.basis import alternative_lacks, proof_lacks
from kamsim.view.case.sentences import (
    ALTERNATIVE_WORDS,
    METRIC_WORDS,
    PROOF_WORDS,
    SENSITIVITY_WORDS,
    case_value,
    pulled,
)
from kamsim.view.case.trial import HARM_TONE, TONE, Way
from kamsim.view.words import levers
from kamsim.view.words.names import listed, points, state_told

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.view.case.working import Working
    from kamsim.view.words.names import Cast

Ways = Iterator[Way]
PLAIN_WIDTH: Final = 0.25
PRICE_STEPS: Final = (0.0, 0.01, 0.02, 0.03, 0.05)


def _others(cast: Cast, seen: Seen, work: Working) -> Ways:
    """Other initiatives of theirs that are known."""
    for name in drafting.known_initiatives(seen, work.account):
        if name != work.initiative:
            state = STATES[int(seen.known("state", seen.params.initiatives.index(name))[0][0])]
            told = f"{cast.initiatives[name].name}, which {state_told(state)} as you last saw it"
            yield Way({"initiative": name, "angle": "goal"}, f"Hang it on {told} (1).")


def _alignment(cast: Cast, seen: Seen, work: Working) -> Ways:
    yield from _others(cast, seen, work)
    if work.initiative is not None:
        title = cast.initiatives[work.initiative].name
        yield Way({"angle": "obstacle"}, f"Something holds {title} back, as you heard. Say that you work on that (2).")
        yield Way(
            {"angle": "goal"}, f"Say that it serves what {title} wants: you know of nothing that holds it back (2)."
        )
    if work.audience == "desk":
        for metric in COMPANY_METRICS:
            yield Way({"metric": metric}, f"Claim {METRIC_WORDS[metric]}, which our board watches: {{claim}} (5).")


def _cause(cast: Cast, seen: Seen, work: Working) -> Ways:
    yield Way({"width": PLAIN_WIDTH}, "A range so wide that it cannot be missed says little. Narrow it to ±25% (5).")
    yield Way({TONE: "plain"}, "Claim what your notes imply, {claim} (5).")
    judged = _judged(cast, seen, work)
    for metric in () if work.audience == "desk" else MEASURES:
        who = f", on which {listed(judged[metric])} is judged" if metric in judged else ", which what you give moves"
        yield Way({"metric": metric}, f"Promise {METRIC_WORDS[metric]}{who}: {{claim}} a year by your notes (5).")
    if work.audience == "desk":
        yield from _asks(work, more=True)
    yield from _give(cast, seen, work)


def _judged(cast: Cast, seen: Seen, work: Working) -> dict[str, list[str]]:
    """By measure: who there is judged on it, as far as it is known."""
    found: dict[str, list[str]] = {}
    for person in cast.accounts[work.account].people:
        code = seen.known("measure", seen.params.people.index(person.id))[0]
        if not np.isnan(code[0]):
            found.setdefault(MEASURES[int(code[0])], []).append(cast.person(person.id))
    return found


def _inaction(cast: Cast, _seen: Seen, work: Working) -> Ways:
    name = cast.account(work.account)
    yield Way(
        {"inaction": "dated"}, f"Say what waiting costs {name}, {{harm}} a year by your notes, and from when (7)."
    )
    yield Way({"inaction": "dated", HARM_TONE: "plain"}, "Say what your notes imply, {harm} a year, and from when (7).")
    yield Way({HARM_TONE: "plain"}, "Your notes imply {harm} a year; more is not believed, less is not felt (7).")


def _options(_cast: Cast, seen: Seen, work: Working) -> Ways:
    for name, words in ALTERNATIVE_WORDS.items():
        if name != "none" and not alternative_lacks(seen, work.account, name):
            yield Way({"alternative": name}, f"Put {words} beside it: you know enough to do that (7).")


def _finance(cast: Cast, seen: Seen, work: Working) -> Ways:
    if not float(case_value(work.page, "claim")):
        yield Way({TONE: "plain"}, "It promises no figure, and finance people stop there. Claim {claim} (5).")
    yield from _asks(work, more=work.audience == "desk")
    yield from _take(cast, work)
    if work.audience == "customer":
        yield from _give(cast, seen, work)


def _asks(work: Working, *, more: bool) -> Ways:
    """More or less of what they are asked for."""
    for name, ask in ASKS.items():
        now, words = work.page.get(name) or ask.choices[0], levers.WORDS[name]
        for value in ask.choices if more else reversed(ask.choices):
            if (value > now) is more and value != now:
                verb = "Get more back" if more else "Ask less of them"
                yield Way({name: value}, f"{verb}: {words.label.lower()}, {words.title(value)} (4).")


def _give(cast: Cast, seen: Seen, work: Working) -> Ways:
    """More of what is ours to give, or was granted."""
    row = seen.params.accounts.index(work.account)
    for name, lever in LEVERS.items():
        granted = work.audience == "desk" or not lever.needs_desk or levers.in_force(seen, name, row)
        if lever.choices and name != "days" and granted and levers.offered(cast, work.account, name):
            now = levers.value_of(work.page, name)
            for value in lever.choices[lever.choices.index(now) + 1 :]:
                label = levers.label(cast, work.account, name, work.audience)
                told = "" if lever.switch else f", {levers.WORDS[name].title(value)}"
                yield Way({name: value}, f"Give what helps them more: {label[:1].lower()}{label[1:]}{told} (3).")


def _take(cast: Cast, work: Working) -> Ways:
    """Less of what is given, or none of it."""
    for name, lever in LEVERS.items():
        if not levers.pulls(work.page, name):
            continue
        label = levers.label(cast, work.account, name, work.audience)
        small = f"{label[:1].lower()}{label[1:]}"
        if not lever.choices:
            now = float(work.page.get(name) or 0.0)
            for off in (step for step in PRICE_STEPS if step < now - 1e-9):
                yield Way({name: off}, f"Give {points(off) if off else 'no price'} instead of {points(now)} (3).")
            continue
        nothing = 0 if name == "days" else lever.choices[0]
        yield Way({name: nothing}, f"Take this off: {small} (3).")
        now = levers.value_of(work.page, name)
        for value in () if name == "days" else lever.choices[1 : lever.choices.index(now)]:
            yield Way({name: value}, f"Give less of this: {small}, {levers.WORDS[name].title(value)} (3).")


def _sensitivity(_cast: Cast, seen: Seen, work: Working) -> Ways:
    for name in SENSITIVITY[SENSITIVITY.index(str(case_value(work.page, "sensitivity"))) + 1 :]:
        if name == SENSITIVITY[-1] and alternative_lacks(seen, work.account, "pilot"):
            continue  # the drivers are not known
        study = ", for 10 hours" if name == SENSITIVITY[-1] else ""
        yield Way(
            {"sensitivity": name},
            f"Add an appendix with {SENSITIVITY_WORDS[name].removesuffix(' behind it')}{study} (8).",
        )


def _evidence(_cast: Cast, seen: Seen, work: Working) -> Ways:
    for name, words in PROOF_WORDS.items():
        if name != "none" and not proof_lacks(seen, work.account, name, work.initiative):
            yield Way({"proof": name}, f"You have better than it says: {words} (6).")


def _delivery(cast: Cast, seen: Seen, work: Working) -> Ways:
    yield from _give(cast, seen, work)
    yield from _asks(work, more=False)
    yield from _take(cast, work)
    yield from _others(cast, seen, work)


def _brevity(cast: Cast, _seen: Seen, work: Working) -> Ways:
    yield Way({"body": BODIES[0]}, "One page (8); all else goes behind it.")
    for way in _take(cast, work):
        if len(pulled({**work.page, **way.changes})) < len(pulled(work.page)):
            yield Way(way.changes, f"Two things given are enough; the third costs attention. {way.text}")


def _dead(cast: Cast, seen: Seen, work: Working) -> Ways:
    yield from _others(cast, seen, work)
    yield Way(
        {"initiative": None, "angle": "goal"}, "Hang it on no initiative in particular, until you know of one (1)."
    )


def _less(cast: Cast, _seen: Seen, work: Working) -> Ways:
    yield from _take(cast, work)


def _room(cast: Cast, _seen: Seen, work: Working) -> Ways:
    yield from _asks(work, more=False)
    yield from _take(cast, work)


def _ours(cast: Cast, _seen: Seen, work: Working) -> Ways:
    yield from _asks(work, more=True)
    yield from _take(cast, work)


WAYS: Final[dict[str, Callable[[Any, Any, Any], Ways]]] = {
    "alignment": _alignment, "cause": _cause, "inaction": _inaction, "options": _options, "finance": _finance,
    "sensitivity": _sensitivity, "evidence": _evidence, "delivery": _delivery, "brevity": _brevity,
    "dead_initiative": _dead, "negative_value": _finance, "below_floor": _less, "no_approver": _less,
    "no_capacity": _room, "double_counted": _less, "too_many_levers": _less,
    "ours": _ours,
}  # fmt: skip
"""By criterion or gate, and for what a page is worth to us: what could be changed."""
