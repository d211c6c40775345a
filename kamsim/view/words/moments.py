"""Moments in words: who asks where, the cards that can be played, the twist, the objection, the reaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.moments import held, initiative_of
from kamsim.engine.page import PROOFS
from kamsim.engine.params import STATES
from kamsim.engine.standing import RECENT
from kamsim.view.case.answers import PLAIN_CRITERIA
from kamsim.view.case.sentences import PROOF_WORDS
from kamsim.view.words.names import Cast, age, capital, quoted, state_told

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.scenario.casework import Moment

Data = Mapping[str, Any]
WHY_WORDS: Final = {
    "their_goal": "because of what their initiative wants now",
    "their_measure": "because of what this person is judged on",
    "our_product": "because of what our product can do",
    "our_price": "because of our price",
}
NUMBER_WORDS: Final = {
    "cautious": "a cautious figure, with a wide range",
    "plain": "the figure that your notes imply, with its range",
    "bold": "a bold figure",
    "none": "no figure yet",
}
STAND_WORDS: Final = {
    "stand": "stand by what you said",
    "recut": "say it again, for how things are now",
    "time": "ask for time, and come back with a page",
}
ASK_WORDS: Final = {
    "pilot": "a small trial",
    "meeting": "an hour with the people who run it",
    "order": "an order",
    "nothing": "nothing today",
}
REPLY_WORDS: Final = {
    "figure": "answer with a figure from your notes",
    "admit": "admit it, and say how you would find out",
    "repeat": "say again what you said",
    "promise": "give your word",
}
TWIST_WORDS: Final = {
    "none": "Nobody interrupts. Go on.",
    "paused": "A message comes in: their initiative is paused, as of today.",
    "halved": "A message comes in: the money for their initiative has been halved.",
    "rival": "A message comes in: a rival has put an offer on the table.",
    "new_chief": "Somebody new steps in, who will have to sign from today.",
}
ENDED_WORDS: Final = {
    "won": "That was heard. The door is open.",
    "held": "That was noted. Nothing is lost, and nothing won.",
    "lost": "That was not what was asked. It will be remembered for a while.",
    "passed": "No answer came, and that is an answer too.",
}


PROOF_LACKS: Final = {
    "result": "you have kept none here yet",
    "pilot": "no pilot was measured here",
    "their_figures": "you have not asked lately how it stands",
    "reference": "you have kept none elsewhere yet",
}


@dataclass(frozen=True)
class Card:
    """One thing that could be said: its choice, its words, and whether it is ``prepared``: the facts behind it are
    known and fresh. ``note``: which facts, or what is missing; what they are worth here, the player judges."""

    choice: str
    text: str
    prepared: bool
    note: str

    @property
    def label(self) -> str:
        """As a choice in a list: with the facts behind it, and no mark that tells which is right."""
        return f"{capital(self.text)}{f' ({self.note})' if self.note else ''}"


def asks(cast: Cast, moment: str) -> str:
    """Where it is, and what is asked, in the person's voice; a successor asks the same."""
    item = cast.moments[moment]
    return cast.now(quoted(cast.post(item.person), item.question))


def _fresh(seen: Seen, kind: str, row: int) -> tuple[bool, str]:
    """Whether a fact still carries weight, and how old it is in words; '' where it is unknown."""
    ages = seen.known(kind, row)[1]
    if np.isnan(ages[0]):
        return False, ""
    return bool(ages[0] <= RECENT), age(seen.quarter, seen.quarter - int(ages[0]))


def _row(seen: Seen, moment: str) -> int:
    return seen.params.moments.index(moment)


def why_cards(cast: Cast, seen: Seen, moment: str) -> list[Card]:
    """Why now."""
    row = _row(seen, moment)
    initiative, person = initiative_of(seen.params, row), int(seen.params.moment_person[row])
    goal, measure = (False, "you have heard of nothing of theirs behind it"), seen.known("measure", person)[0]
    if initiative >= 0:
        fresh, old = _fresh(seen, "state", initiative)
        name = cast.initiatives[seen.params.initiatives[initiative]].name
        if old:
            state = STATES[int(seen.known("state", initiative)[0][0])]
            goal = fresh, f"{name} {state_told(state)}, seen {old}"
        elif abs(float(np.nan_to_num(seen.known("force", initiative)[0][0]))) > 0:
            goal = False, f"you have not heard how {name} stands"
    known = held(seen, row)["why", "their_measure"]
    own = (known, f"it is {cast.measure(float(measure[0]))}" if known else "you don't know what that is")
    return [
        Card("their_goal", WHY_WORDS["their_goal"], *goal),
        Card("their_measure", WHY_WORDS["their_measure"], *own),
        Card("our_product", WHY_WORDS["our_product"], True, "you know it by heart"),
        Card("our_price", WHY_WORDS["our_price"], True, "it is on your telephone"),
    ]


def number_cards(seen: Seen, moment: str) -> list[Card]:
    """A number."""
    row = _row(seen, moment)
    account, initiative = int(seen.params.moment_account[row]), initiative_of(seen.params, row)
    wallet = not np.isnan(seen.known("wallet", account)[1][0])
    state = initiative >= 0 and _fresh(seen, "state", initiative)[0]
    basis = "you know what they buy elsewhere" if wallet else "you know how the initiative stands" if state else ""
    word = float(seen.credibility[account, 0])
    trusted = f"your word there is worth {word * 100:.0f} of 100"
    return [
        Card("cautious", NUMBER_WORDS["cautious"], True, ""),
        Card("plain", NUMBER_WORDS["plain"], bool(basis), basis or "you know neither what they buy nor how it stands"),
        Card("bold", NUMBER_WORDS["bold"], word >= 0.65, trusted),
        Card("none", NUMBER_WORDS["none"], True, ""),
    ]


def stand_cards(twist: str) -> list[Card]:
    """Stand, re-cut, or ask for time."""
    changed = twist != "none"
    return [
        Card("stand", STAND_WORDS["stand"], not changed, ""),
        Card("recut", STAND_WORDS["recut"], changed, ""),
        Card("time", STAND_WORDS["time"], True, "it ends here, politely"),
    ]


def proof_cards(seen: Seen, moment: str) -> list[Card]:
    """What proves it."""
    found = held(seen, _row(seen, moment))
    made = []
    for name in reversed(PROOFS):
        there = found.get(("proof", name), True)
        made.append(Card(name, PROOF_WORDS[name], there, "" if there else PROOF_LACKS[name]))
    return made


def ask_cards(seen: Seen, moment: str) -> list[Card]:
    """What is asked for."""
    account = int(seen.params.moment_account[_row(seen, moment)])
    trust, ages = seen.known("trust", account)
    felt = "" if np.isnan(ages[0]) else f"trust {float(trust[0]) * 100:.0f} of 100 as last felt"
    return [
        Card("pilot", ASK_WORDS["pilot"], True, ""),
        Card("meeting", ASK_WORDS["meeting"], True, ""),
        Card("order", ASK_WORDS["order"], bool(trust[0] > 0.6), felt or "you don't know how far they trust us"),
        Card("nothing", ASK_WORDS["nothing"], True, ""),
    ]


def reply_cards(seen: Seen, moment: str) -> list[Card]:
    """One answer to one objection."""
    account = int(seen.params.moment_account[_row(seen, moment)])
    known = held(seen, _row(seen, moment))["reply", "figure"]
    word = float(seen.credibility[account, 0])
    return [
        Card("figure", REPLY_WORDS["figure"], known, "" if known else "you have none about them"),
        Card("admit", REPLY_WORDS["admit"], True, ""),
        Card("promise", REPLY_WORDS["promise"], word >= 0.6, f"your word there is worth {word * 100:.0f} of 100"),
        Card("repeat", REPLY_WORDS["repeat"], True, ""),
    ]


# --- events ----------------------------------------------------------------------------------------------------


def moment_place(cast: Cast, moment: str) -> str:
    """Whose people, and where."""
    item = cast.moments[moment]
    return f"{cast.account(cast.home[item.id])}, on the spot: {item.place}"


def moment_head(cast: Cast, data: Data) -> str:
    """Somebody asks, now."""
    return moment_place(cast, data["moment"])


def moment_body(cast: Cast, data: Data, _quarter: int) -> list[str]:
    """The question, and what can be done."""
    return [asks(cast, data["moment"]), "You may answer this quarter: under what is waiting, or with the word moment."]


def twist_line(cast: Cast, moment: str, twist: str) -> str:
    """What changes while one speaks."""
    item: Moment = cast.moments[moment]
    if twist == "none":
        return TWIST_WORDS["none"]
    return (item.twist_text if twist == item.twist else None) or TWIST_WORDS[twist]


def twist_note(cast: Cast, seen: Seen, moment: str, twist: str) -> str:
    """What goes into the notes from what has just changed; '' for nothing."""
    row = _row(seen, moment)
    initiative, account = initiative_of(seen.params, row), int(seen.params.moment_account[row])
    if twist in ("paused", "halved") and initiative >= 0:
        state = STATES[int(np.nan_to_num(seen.known("state", initiative)[0][0]))]
        return f"Noted: {cast.initiatives[seen.params.initiatives[initiative]].name} {state_told(state)}."
    if twist == "rival":
        name = cast.account(seen.params.accounts[account])
        return f"Noted: a rival is about to court {name}, in {cast.quarter(seen.quarter + 1)}."
    return ""


def turned_head(cast: Cast, data: Data) -> str:
    """What changes while one speaks."""
    return twist_line(cast, data["moment"], data["twist"])


def objection(cast: Cast, moment: str, criterion: str) -> str:
    """The objection, in the person's voice."""
    item = cast.moments[moment]
    own = item.objections.get(criterion)  # type: ignore[call-overload]
    return quoted(cast.person(item.person), own or PLAIN_CRITERIA[criterion][0])


def objected_head(cast: Cast, data: Data) -> str:
    """The objection."""
    return objection(cast, data["moment"], data["criterion"])


def ended_head(cast: Cast, data: Data) -> str:
    """The reaction, before any score."""
    item = cast.moments[data["moment"]]
    told = {"won": item.wins, "held": item.holds, "lost": item.loses, "passed": item.passes}[data["phase"]]
    name = cast.person(item.person)
    if data["phase"] == "passed":
        name = f"{cast.account(cast.home[item.id])}, {name} ({item.place})"
    return quoted(name, told)


def ended_body(_cast: Cast, data: Data, _quarter: int) -> list[str]:
    """What it meant."""
    return [ENDED_WORDS[data["phase"]]]
