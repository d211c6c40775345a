"""What the parts of a page may say, besides what is given: each answer with what is known about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.levers import ASKS
from kamsim.engine.page import (
    ALTERNATIVES,
    BODIES,
    COMPANY_METRICS,
    DUE,
    HIGHEST_CLAIM,
    INACTION,
    METRICS,
    PROOFS,
    SENSITIVITY,
    THOUSAND,
    WIDTHS,
)
from kamsim.engine.params import MEASURES
from kamsim.engine.standing import RECENT
from kamsim.game import drafting
from kamsim.view.case.basis import alternative_lacks, proof_lacks
from kamsim.view.case.sentences import (
    ALTERNATIVE_WORDS,
    METRIC_WORDS,
    PROOF_WORDS,
    SENSITIVITY_WORDS,
    initiative_choice,
)
from kamsim.view.questions import OWN, Kind, Limits, Option, Question
from kamsim.view.words import levers
from kamsim.view.words.names import age, capital, counted, listed

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.view.case.working import Working
    from kamsim.view.words.names import Cast

HOW_BOLD: Final = {"cautious": "easier to keep", "plain": "what your notes imply", "bold": "harder to keep"}
HOW_WIDE: Final = ("narrow", "middling", "so wide that it says little")
COMPANY_WORDS: Final = {"profit": "Account profit a quarter", "volume": "Sales at list price a quarter"}
INACTION_TITLES: Final = {"none": "Nothing", "said": "Its cost", "dated": "Cost and date"}
BODY_TITLES: Final = {"one_page": "1 page", "three_pages": "3 pages", "deck": "A deck"}
STUDY: Final = "worked through with our controller, 10 hours more"


def _field(
    work: Working, name: str, kind: Kind, label: str, options: Sequence[Option], *words: str, **more: Any
) -> Question:
    """A question whose answer is a field of the page."""
    return Question(
        name, kind, label, more.pop("value", work.page.get(name)), tuple(options), words=(*words, name), **more
    )


# --- for whom, why now ------------------------------------------------------------------------------------------


def initiatives(cast: Cast, seen: Seen, work: Working) -> Question:
    """Their initiatives that are known, the liveliest first; and none."""
    made = []
    for name in drafting.known_initiatives(seen, work.account):
        _, ages = seen.known("state", seen.params.initiatives.index(name))
        title = cast.initiatives[name].name
        when = age(seen.quarter, seen.quarter - int(ages[0]))
        stale = f"last seen {when}; it may stand otherwise now" if float(ages[0]) > RECENT else ""
        told = initiative_choice(cast, seen, name).removeprefix(f"{title}: ")
        made.append(Option(name, title, told, stale, (name,)))
    note = "" if made else "you know of none; a meeting about results, or reading up on them, finds them"
    made.append(Option(None, "No initiative in particular", note, words=("none",)))
    return _field(work, "initiative", "list", "Which of their initiatives does it serve?", made)


def angles(seen: Seen, work: Working) -> Question:
    """Why now."""
    told = ""
    if work.initiative is not None:
        force = seen.known("force", seen.params.initiatives.index(work.initiative))[0]
        if np.isnan(force[0]):
            told = "you don't know whether anything does; ask what could go wrong"
        else:
            told = "something does, as you heard" if force[0] < 0 else "nothing does, as far as you heard"
    made = (
        Option("goal", "It serves what the initiative wants", words=("goal",)),
        Option("obstacle", "It works on what holds it back", told, words=("obstacle",)),
    )
    return _field(work, "angle", "list", "", made)


# --- what we get, what it is worth ------------------------------------------------------------------------------


def asks(cast: Cast, account: str, page: Mapping[str, Any]) -> list[Question]:
    """What they commit, and for how long; on a page, or in an offer."""
    made = []
    for name, ask in ASKS.items():
        title, label = levers.WORDS[name].title, levers.label(cast, account, name)
        options = tuple(Option(value, title(value)) for value in ask.choices)
        told = levers.explained(cast, account, name)
        made.append(Question(name, "few", label, page.get(name), options, help=told, words=(name,)))
    return made


def _bold(cast: Cast, work: Working, name: str, label: str, own: Question) -> Question:
    """How boldly a figure is told, each way with its figure; or one that is typed."""
    harm = name == "harm"
    made = []
    for tone, note in HOW_BOLD.items():
        figure = work.harm(tone) if harm else work.toned(work.known["claim"], tone)
        made.append(Option(tone, f"{capital(tone)}: {cast.money(figure * THOUSAND)}", note, words=(tone,)))
    made.append(Option(OWN, "A figure of my own", words=("own",), then=own))
    value = work.inaction_tone if harm else work.tone
    return _field(work, name, "few", label, made, value=value)


def _amount(cast: Cast, work: Working, name: str, label: str, low: float) -> Question:
    """A figure in thousands that is typed."""
    limits = Limits(
        low,
        HIGHEST_CLAIM,
        1.0,
        shown=lambda value: cast.money(value * THOUSAND),
        asked=f"{label}, such as 120k",
        typed=1000.0,
    )
    return Question(name, "amount", label, float(work.page.get(name) or 0.0), limits=limits)


def tones(cast: Cast, work: Working) -> Question:
    """How boldly the claim is made."""
    desk = work.audience == "desk"
    label = f"{capital(METRIC_WORDS[str(work.page['metric'])])} {'a quarter' if desk else 'a year'}"
    return _bold(
        cast, work, "tone", "How boldly?", _amount(cast, work, "claim", label, -HIGHEST_CLAIM if desk else 0.0)
    )


def widths(work: Working) -> Question:
    """How wide the claimed range is."""
    made = [Option(width, f"±{width * 100:g}%", note) for width, note in zip(WIDTHS, HOW_WIDE, strict=True)]
    return _field(
        work, "width", "few", "Range, either way", made, "range", help="Aim to land inside it eight times in ten."
    )


def dues(cast: Cast, seen: Seen, work: Working) -> Question:
    """When the claim is counted."""
    late = "after your time: your successor will be asked for it"
    made = [Option(due, counted(due, "quarter"), late if cast.over(seen.quarter + due) else "") for due in DUE]
    return _field(work, "due", "few", "Counted after the yes", made, "when")


def measures(cast: Cast, seen: Seen, work: Working) -> Question:
    """On which measure: what is promised must be something that the levers move."""
    if work.audience == "desk":
        goal = seen.params.goal_metrics
        wanted = int(goal[min((seen.quarter - 1) // 4, len(goal) - 1)]) if len(goal) else -1
        ours = [
            Option(name, COMPANY_WORDS[name],
                   "what our board watches this year" if METRICS.index(name) == wanted else "", words=(name,))
            for name in COMPANY_METRICS
        ]  # fmt: skip
        return _field(work, "metric", "list", "Which figure of ours?", ours, "measure")
    implied = {
        name: float(drafting.with_figures(seen, work.account, {**work.page, "metric": name})["claim"])
        for name in MEASURES
    }
    judged = _judged(cast, seen, work.account)
    made = []
    for name in sorted(MEASURES, key=lambda item: -implied[item]):
        if implied[name] <= 0 and name not in judged and name != work.page.get("metric"):
            continue
        told = [f"{cast.money(implied[name] * THOUSAND)} a year by your notes"] if implied[name] > 0 else []
        told += [f"{listed(judged[name])} is judged on it"] if name in judged else []
        lacks = "" if implied[name] > 0 else "what you give does nothing for it"
        made.append(Option(name, capital(METRIC_WORDS[name]), "; ".join(told), lacks, (name,)))
    help_ = "Best one that what you give moves, and that a reader is judged on."
    return _field(work, "metric", "list", "Which of their measures?", made, "measure", help=help_)


def _judged(cast: Cast, seen: Seen, account: str) -> dict[str, list[str]]:
    """By measure: who there is judged on it, as far as known."""
    found: dict[str, list[str]] = {}
    for person in cast.accounts[account].people:
        code = seen.known("measure", seen.params.people.index(person.id))[0]
        if not np.isnan(code[0]):
            found.setdefault(MEASURES[int(code[0])], []).append(cast.person(person.id))
    return found


# --- what proves it, what happens otherwise, on paper -----------------------------------------------------------


def proofs(seen: Seen, work: Working) -> Question:
    """What could prove it, the best first."""
    made = []
    for name in reversed(PROOFS):
        lacks = proof_lacks(seen, work.account, name, work.initiative)
        told = f"not there: {lacks}" if lacks else ""
        made.append(Option(name, capital(PROOF_WORDS[name]), lacks=told, words=(name,), barred=bool(lacks)))
    return _field(work, "proof", "list", "", made)


def alternatives(seen: Seen, work: Working) -> Question:
    """What could stand beside it."""
    made = []
    for name in (*ALTERNATIVES[1:], ALTERNATIVES[0]):
        lacks = alternative_lacks(seen, work.account, name)
        made.append(
            Option(name, capital(ALTERNATIVE_WORDS[name]), lacks=f"hollow: {lacks}" if lacks else "", words=(name,))
        )
    return _field(work, "alternative", "list", "What stands beside it?", made)


def inactions(cast: Cast, seen: Seen, work: Working) -> Question:
    """What is said of doing nothing, most first; and how boldly its cost is told."""
    harm = _bold(cast, work, "harm", "A year, by your notes", _amount(cast, work, "inaction_value", "A year", 0.0))
    notes = {"dated": cast.since(seen.quarter + 1)}
    made = [
        Option(
            name, INACTION_TITLES[name], notes.get(name, ""), words=(name,), then=harm if name != INACTION[0] else None
        )
        for name in reversed(INACTION)
    ]
    return _field(work, "inaction", "few", "What you say of doing nothing", made)


def papers(work: Working) -> Question:
    """How long it is, and what stands behind it."""
    made = [
        Option(name, capital(SENSITIVITY_WORDS[name]), STUDY if name == SENSITIVITY[-1] else "", words=(name,))
        for name in SENSITIVITY
    ]
    behind = _field(work, "sensitivity", "list", "Appendix", made)
    return _field(
        work, "body", "few", "How long?", [Option(n, BODY_TITLES[n], words=(n,), then=behind) for n in BODIES]
    )
