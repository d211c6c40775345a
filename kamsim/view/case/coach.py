"""What a coach says about a page of a business case: the question behind what costs it most, and what would help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.judgement import WIDE
from kamsim.engine.levers import LEVERS
from kamsim.engine.page import THOUSAND
from kamsim.engine.params import STATES
from kamsim.view.case.basis import alternative_lacks, known, proof_lacks
from kamsim.view.case.sentences import (
    ALTERNATIVE_WORDS,
    GATE_WORDS,
    METRIC_WORDS,
    PROOF_WORDS,
    case_value,
    gate_help,
    gate_words,
    pulled,
)
from kamsim.view.words import levers
from kamsim.view.words.names import Cast, listed, state_told

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Page = Mapping[str, Any]
SHORTEST: Final = 4
"""Quarters of the shortest contract."""
QUESTIONS: Final = {
    "alignment": "Is it about something they care about now?",
    "cause": "Does what you give move what you promise?",
    "inaction": "What happens if nobody does anything?",
    "options": "Is there a second way on the page?",
    "finance": "Does it pay for whoever signs?",
    "sensitivity": "What if only half of it comes true?",
    "evidence": "Why should anybody believe the figure?",
    "delivery": "Who does the work, and is there room?",
    "brevity": "Can it be read in four minutes?",
}
"""What a coach asks, by criterion."""


def coach_line(cast: Cast, seen: Seen, account: str, audience: str, page: Page, name: str) -> str:
    """What a coach says about one thing that costs a page: the question, and what would help on this page."""
    if name in GATE_WORDS:
        reader = "our desk" if audience == "desk" else cast.account(account)
        why = f"{gate_words(name, audience)}. {gate_help(name, audience)}"
        return f"Before anybody weighs it, {reader} would stop it: {why}"
    if name == "too_many_levers":
        return "More than three things given, and nobody can say what the case is. Take one off."
    return f"{QUESTIONS[name]} {ADVICE[name](cast, seen, account, audience, page)}"


def _alignment(cast: Cast, seen: Seen, _account: str, audience: str, page: Page) -> str:
    goal = " Claim the figure that our board watches, too." if audience == "desk" else ""
    name = case_value(page, "initiative")
    if name is None:
        return f"Name one of their initiatives that is running (1).{goal}"
    row = seen.params.initiatives.index(name)
    state, force = seen.known("state", row)[0], seen.known("force", row)[0]
    title = cast.initiatives[name].name
    if np.nan_to_num(force[0]) < 0 and case_value(page, "angle") == "goal":
        return f"Something holds {title} back, as you heard. Say that you work on that (2).{goal}"
    if case_value(page, "angle") == "obstacle" and not np.nan_to_num(force[0]) < 0:
        return f"You work on what holds {title} back, and you know of nothing that does (2).{goal}"
    if STATES[int(np.nan_to_num(state[0]))] in ("announced", "delayed", "undermined", "completed"):
        return (
            f"{title} {state_told(STATES[int(state[0])])}. Another one would carry more, or the same one later.{goal}"
        )
    return f"Most readers own another initiative than {title}; that is the price of choosing.{goal}"


def _cause(cast: Cast, seen: Seen, account: str, audience: str, page: Page) -> str:
    if audience == "desk":
        return _inside_cause(page)
    metric = str(case_value(page, "metric"))
    judged = {}
    for person in cast.accounts[account].people:
        code = seen.known("measure", seen.params.people.index(person.id))[0]
        if not np.isnan(code[0]):
            judged[cast.person(person.id)] = cast.measure(float(code[0]))
    if not judged:
        return "You don't know what anybody there is judged on; a meeting about results tells. Promise that."
    if float(case_value(page, "width")) > WIDE:
        return "A range so wide that it cannot be missed says little. Narrow it (5)."
    if METRIC_WORDS[metric] in judged.values():
        return "Promise no more than your notes imply, and something that the initiative itself is about (5)."
    told = listed([f"{who} is judged on {what}" for who, what in judged.items()])
    return (
        f"You promise {METRIC_WORDS[metric]}; {told}. Promise what a reader answers for, if what you give moves it (5)."
    )


def _inside_cause(page: Page) -> str:
    """The same for our own desk, which wants something back and a cause that is more than a price."""
    bare = float(case_value(page, "commitment")) == 0 and int(case_value(page, "length")) <= SHORTEST
    if bare and not any(levers.pulls(page, name) for name, lever in LEVERS.items() if lever.returns):
        back = ("volume", "years", *(words.back for words in levers.WORDS.values() if words.back))
        return f"Get something back: {', '.join(back[:-1])}, or {back[-1]} (4)."
    if pulled(page) == ["price"]:
        return "A price alone causes nothing. Give something that helps their initiative, too (3)."
    return (
        "Claim what the sums give (5), and give what helps their initiative by more than a hundredth of what they buy."
    )


def _inaction(cast: Cast, _seen: Seen, _account: str, _audience: str, page: Page) -> str:
    if case_value(page, "inaction") == "none":
        return "Say what that costs them a year, and from when (7)."
    cost = cast.money(float(case_value(page, "inaction_value")) * THOUSAND)
    if case_value(page, "inaction") == "said":
        return f"You say {cost} a year. Say from when, too (7)."
    return f"You say {cost} a year. Keep near what your notes imply; a flood is not believed (7)."


def _options(_cast: Cast, seen: Seen, account: str, _audience: str, page: Page) -> str:
    other = str(case_value(page, "alternative"))
    ready = [name for name in ("price_only", "rival", "pilot") if not alternative_lacks(seen, account, name)]
    if "price_only" in ready and pulled(page) == ["price"]:
        ready.remove("price_only")
    if other in ready:
        return "There is, and a real one. Nothing to mend."
    if ready:
        return f"You know enough to put {ALTERNATIVE_WORDS[ready[0]]} beside it (7)."
    return (
        "Put a real one beside it. For that, find out how much price counts for them (ask how they buy) or what pushes "
        "their initiative (ask what could go wrong)."
    )


def _finance(_cast: Cast, _seen: Seen, _account: str, audience: str, page: Page) -> str:
    if not float(case_value(page, "claim")):
        return "It promises no figure, and finance people stop there. Claim one (5)."
    if audience == "desk":
        return (
            "Ask for less, or get volume or years in writing. Our desk takes off what our word is worth, and adds what "
            "other buyers would learn."
        )
    ways = []
    if int(case_value(page, "length")) > 4:
        ways.append("ask fewer years")
    if float(case_value(page, "commitment")) > 0.05:
        ways.append("ask less volume")
    ways += levers.more(page)
    ways.append("give what helps this initiative more")
    return f"They want to see more coming in than it asks of them: {listed(ways, 'or')}."


def _sensitivity(_cast: Cast, seen: Seen, account: str, _audience: str, page: Page) -> str:
    depth = str(case_value(page, "sensitivity"))
    if depth in ("none", "break_even"):
        return "Add an appendix with break-even and the bad case (8)."
    drivers = known(seen, account)["drivers"] > 0
    if depth == "drivers":
        lacks = "" if drivers else " You don't know them yet: ask how they buy, or what could go wrong."
        return f"What drives it stands in the appendix.{lacks}"
    if drivers:
        return "You know what drives it; put that in the appendix, too (8), for 10 hours."
    return "What drives it would help, once you know how they weigh price, or what pushes their initiative."


def _evidence(_cast: Cast, seen: Seen, account: str, _audience: str, page: Page) -> str:
    proof, initiative = str(case_value(page, "proof")), case_value(page, "initiative")
    lacks = proof_lacks(seen, account, proof, initiative)
    better = [
        name
        for name in ("result", "pilot", "their_figures", "reference")
        if name != proof and not proof_lacks(seen, account, name, initiative)
    ]
    if proof == "their_figures" and not lacks and better in ([], ["reference"]):
        return "Their own figures are the best that you have. A promise kept here will do more, next time."
    if better:
        return f"You have {BETTER[better[0]]} (6)."
    if lacks:
        return f"You name {PROOF_WORDS[proof]}: {lacks}."
    return "A brochure convinces nobody. Find out how the initiative stands and what somebody there is judged on."


BETTER: Final = {
    "result": "a promise that you kept here",
    "pilot": "a pilot that ran here",
    "their_figures": "their own figures in your notes",
    "reference": "a promise that you kept at another customer",
}


def _delivery(_cast: Cast, seen: Seen, _account: str, _audience: str, page: Page) -> str:
    if not any(levers.pulls(page, name) for name, lever in LEVERS.items() if lever.carried_by == "team"):
        return "Put hours of your own team in (3)."
    name = case_value(page, "initiative")
    if name is not None:
        state = seen.known("state", seen.params.initiatives.index(name))[0]
        if STATES[int(np.nan_to_num(state[0]))] not in ("funded", "executing", "accelerated"):
            return "The initiative has no clear run just now; whoever does the work would wait."
    return "Stay clear of a line that is nearly full."


def _brevity(_cast: Cast, _seen: Seen, _account: str, _audience: str, page: Page) -> str:
    if case_value(page, "body") != "one_page":
        return "One page (8); all else goes behind it."
    return "Two things given are enough; the third costs attention (3)."


ADVICE: Final[dict[str, Callable[[Cast, Seen, str, str, Page], str]]] = {
    "alignment": _alignment,
    "cause": _cause,
    "inaction": _inaction,
    "options": _options,
    "finance": _finance,
    "sensitivity": _sensitivity,
    "evidence": _evidence,
    "delivery": _delivery,
    "brevity": _brevity,
}
"""What would help, by criterion."""
