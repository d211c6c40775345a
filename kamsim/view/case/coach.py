"""What a coach says about a page of a business case: the question behind what costs it most, and what would help.

A change is only advised once it was tried on the page and helped there (`trial`); where none does, the coach says what
to find out at this customer, and from whom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.organisation import CASES
from kamsim.engine.team import page_craft, seen_craft
from kamsim.game import drafting
from kamsim.view.case.basis import alternative_lacks, maker_line, proof_lacks
from kamsim.view.case.figures import YEARS
from kamsim.view.case.sentences import GATE_WORDS, gate_words
from kamsim.view.case.trial import best, earns
from kamsim.view.case.ways import WAYS
from kamsim.view.words.names import Cast, capital, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kamsim.engine.preview import Preview
    from kamsim.engine.sight import Seen
    from kamsim.view.case.working import Working

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
OURS: Final = "ours"
"""What a coach speaks of beside criteria and gates: that the page is worth less than nothing to us."""
SMALL: Final = 100_000
"""Cents below which a page is worth about nothing to us."""
MOST_NAMED: Final = 2
MAKER: Final = "maker"
"""What a remark about whoever makes the page is named."""
WEAK_HAND: Final = -0.03
"""Part of a page that is believed less for whoever makes it, from which a coach says so."""


def remarks(cast: Cast, seen: Seen, work: Working, said: Sequence[str], made: Preview) -> list[tuple[str, str]]:
    """All that a coach says about a page: what each remark is about, and the remark. ``said``: gates and criteria that
    cost the page most; ``made``: what the page comes to. A page that costs us is never passed over."""
    named = [name for name in said if name != "finance" or "negative_value" not in said]
    lines = [(name, coach_line(cast, seen, work, name)) for name in named] + _weak_hand(cast, seen, work)
    worth = float(made.gain[2])
    if worth > -SMALL or (work.audience == "desk" and "negative_value" in said):
        return lines
    advice = earns(cast, seen, work, list(WAYS[OURS](cast, seen, work))) or UNPAID
    gates = sum(name in GATE_WORDS for name in named)
    told = f"Does it pay for us? As far as you know it costs us {cast.money(-worth)} over {YEARS} years. {advice}"
    return [*lines[:gates], (OURS, told), *lines[gates:]]


def _weak_hand(cast: Cast, seen: Seen, work: Working) -> list[tuple[str, str]]:
    """That whoever makes the page is not good at it, as far as the player has seen, and who would be."""
    if page_craft(seen_craft(seen, CASES, seen.params.accounts.index(work.account)))[0] > WEAK_HAND:
        return []
    borrow = ["borrow a specialist who is good at it"] if cast.specialists else []
    ways = capital(listed([*borrow, "coach them", "look after the customer yourself"], "or"))
    return [(MAKER, f"Who makes it? {maker_line(cast, seen, work.account)} {ways}.")]


def coach_line(cast: Cast, seen: Seen, work: Working, name: str) -> str:
    """What a coach says about one thing that costs a page: the question, and what was found to help on this page."""
    advice = best(cast, seen, work, list(WAYS[name](cast, seen, work)), name) or find_out(cast, seen, work, name)
    if name in GATE_WORDS:
        reader = "our desk" if work.audience == "desk" else cast.account(work.account)
        return f"Before anybody weighs it, {reader} would stop it: {gate_words(name, work.audience)}. {advice}"
    if name == "too_many_levers":
        return f"More than three things given, and nobody can say what the case is. {advice}"
    return f"{QUESTIONS[name]} {advice}"


def receivers(cast: Cast, seen: Seen, account: str) -> str:
    """Who at a customer may be asked now."""
    names = [
        cast.person(person.id)
        for person in cast.accounts[account].people
        if bool(seen.may_meet(seen.params.people.index(person.id))[0])
    ]
    return listed(names[:MOST_NAMED], "or") or "whoever receives you"


def find_out(cast: Cast, seen: Seen, work: Working, name: str) -> str:
    """Where no change of the page helps: what to learn first, and from whom."""
    who, where = receivers(cast, seen, work.account), cast.account(work.account)
    if name in ("alignment", "dead_initiative") and not drafting.known_initiatives(seen, work.account):
        return (
            f"You know of nothing that {where} has under way. Ask {who} about results, or read up on them; until then "
            "no page there serves anything of theirs."
        )
    if name == "dead_initiative":
        return f"All that you know of there is over. Ask {who} what comes next at {where}."
    lacks = {
        "evidence": proof_lacks(seen, work.account, "their_figures", work.initiative),
        "options": alternative_lacks(seen, work.account, "price_only"),
        "sensitivity": alternative_lacks(seen, work.account, "pilot"),
    }.get(name, "")
    if lacks:
        return f"No other words on the page mend that. {ASKS_FOR[name].format(where=where, who=who)}"
    return STANDS.get(name, UNPAID)


UNPAID: Final = "No single change of the page mends it: give less, and get more back, at once."
ASKS_FOR: Final = {
    "evidence": "Their own figures would: ask {who} how things stand and what they are judged on. Those are believed.",
    "options": "A real second way would: ask {who} how they buy, or what could go wrong at {where}.",
    "sensitivity": "What drives it at {where} would: ask {who} how they buy, or what could go wrong.",
}
"""By criterion: what to learn first."""
STANDS: Final = {
    "alignment": "Nothing else of theirs that you know of would carry more today. Another reader owns another plan: "
    "that is the price of choosing.",
    "cause": "No other promise that your notes allow would hold better. Learn what else they are judged on.",
    "inaction": "It says what can be said of waiting.",
    "options": "What stands beside it is the best that you know of.",
    "finance": "No terms that are yours to set would do better. A talk about how they buy may show what would.",
    "sensitivity": "All that is known of what drives it stands in the appendix.",
    "evidence": "It is the best that you have. A promise kept here will do more, next time.",
    "delivery": "Whoever does the work would wait, while what it serves has no clear run or our line is full.",
    "brevity": "It is as short as it can be.",
}
"""By criterion: said where nothing was found to help, and nothing is missing."""
