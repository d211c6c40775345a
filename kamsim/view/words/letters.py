"""Moments, letters, promises and the deal desk in words, for a page with pictures: titles, marks, short lines.

The sentences that a text session says too are in `moments`, `promises`, `dealdesk` and `case/answers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kamsim.view.case.answers import condition_terms, condition_words
from kamsim.view.case.basis import WORDS_WORTH
from kamsim.view.case.figures import seated
from kamsim.view.case.sentences import case_terms, claim_range, measured_in
from kamsim.view.open_cases import Lying, conditions, moments
from kamsim.view.words.facts import band
from kamsim.view.words.moments import Card, why_cards
from kamsim.view.words.names import Cast, age, capital, counted, listed, percent
from kamsim.view.words.people import stand
from kamsim.view.words.promises import both_figures, figure, to_whom

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.scenario.supplier import Approver

Data = Mapping[str, Any]
LEFT, RIGHT = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
YES_IF: Final = f"{LEFT}yes, if{RIGHT}"

# --- moments ---------------------------------------------------------------------------------------------------

MOMENT_STEPS: Final = {
    "why": ("Why now", "Why now?"),
    "number": ("A number", "A number?"),
    "stand": ("And now", "And now?"),
    "proof": ("Proof", "What proves it?"),
    "ask": ("The ask", "What do you ask for?"),
    "reply": ("Objection", "One objection, one answer."),
}
"""By pick: its name, and its question."""
SAID_HEADS: Final = {
    "why": "Why now", "number": "A number", "stand": "When it changed", "proof": "What proves it", "ask": "You ask for",
    "reply": "To the objection",
}  # fmt: skip
YOU_SAID: Final = "What you said"
OBJECTS: Final = "One objection"
ENDED_CHIPS: Final = {
    "won": ("Won", "good", "check"),
    "held": ("Noted", "plain", "flat"),
    "lost": ("Lost", "bad", "cross"),
    "passed": ("Put off", "plain", "clock"),
}
"""By how a moment ended: its word, its tone, its icon."""


@dataclass(frozen=True)
class ClockWords:
    """What is said of a soft clock: while it ``runs``, and when it is ``over``."""

    runs: str
    over: str


TWO_MINUTES_SOFTLY: Final = ClockWords(
    "Two minutes, softly. Nothing ends when they are over.", "The two minutes are over. An answer still counts."
)
CLOCK_RESTS: Final = "The clock stands still until you answer."
CLOCK_OFF: Final = "No clock. Take the time that you need."
TWO_MINUTES: Final = "two minutes"
CHANGED: Final = "Something has changed"


def behind(cast: Cast, seen: Seen, moment: str, step: str, card: Card) -> str:
    """The fact behind a card and its age, or what is missing, as a sentence; '' for nothing."""
    row = seen.params.moments.index(moment)
    account = int(seen.params.moment_account[row])
    said = card.note
    if card.prepared and step == "proof":
        said = _proved(cast, seen, moment, account, card.choice) or said
    elif card.prepared and (step, card.choice) in (("number", "plain"), ("reply", "figure")):
        said = _elsewhere(seen, account) or said
    return f"{capital(said)}." if said else ""


def _proved(cast: Cast, seen: Seen, moment: str, account: int, choice: str) -> str:
    """What stands behind a proof that is held."""
    if choice == "their_figures":
        return why_cards(cast, seen, moment)[0].note
    if choice in ("result", "pilot"):
        kept = seen.kept_at if choice == "result" else seen.pilot_at
        return f"measured and kept, {cast.quarter(int(kept[account, 0]))}"
    if choice == "reference":
        rows = enumerate(cast.accounts)
        return f"kept at {cast.customers([name for row, name in rows if row != account and seen.kept_at[row, 0] > 0])}"
    return ""


def _elsewhere(seen: Seen, account: int) -> str:
    """What is known of them that a figure may rest on, the best first, with its age."""
    for kind, words in FIGURES:
        ages = seen.known(kind, account)[1]
        if ages[0] == ages[0]:
            return f"{words}, seen {age(seen.quarter, seen.quarter - int(ages[0]))}"
    return ""


FIGURES: Final = (
    ("wallet", "you know what they buy elsewhere"),
    ("price_sensitivity", "you know how much price counts for them"),
    ("trust", "you know how far they trust us"),
)


def clock_text(seconds: float) -> str:
    """What is left, as minutes and seconds."""
    left = max(0, round(seconds))
    return f"{left // 60}:{left % 60:02d}"


# --- letters ---------------------------------------------------------------------------------------------------

OUTCOME_CHIPS: Final = {
    "approved": ("Yes", "good", "check"),
    "conditional": ("Yes, if", "accent", "offer"),
    "returned": ("Sent back", "plain", "undo"),
    "rejected": ("No", "bad", "cross"),
    "delayed": ("Another quarter", "plain", "clock"),
    "stopped": ("Stopped", "bad", "warn"),
    "lapsed": ("Lapsed", "plain", "clock"),
}
"""By outcome: its words, its tone, its icon."""
CRITERION_WORDS: Final = {
    "alignment": "why it matters to them now",
    "cause": "how what we give leads to what we promise",
    "inaction": "what waiting costs",
    "options": "a second way that is real",
    "finance": "the sums",
    "sensitivity": "what if half comes true",
    "evidence": "what proves it",
    "delivery": "who does the work",
    "brevity": "its length",
}
COST_IT: Final = "What cost it most"
MEANS: Final = "What it means"
AGAIN: Final = {
    "returned": "Bring it again",
    "rejected": "Write another page",
    "stopped": "Write another page",
    "lapsed": "Write another page",
}
"""By outcome: what can be done after it."""
CHANGES: Final = "What it changes"
ACCEPT_OR_LEAVE: Final = "Accept it, or leave it"
ON_THE_PAGE: Final = "What your page said"
WITH_THEM: Final = "Your case lies with them"
WITH_DESK: Final = "Your ask lies with our deal desk"
YOUR_PAGES: Final = "Cases and promises here"
RECUT: Final = "Re-cut it"


def cost_most(data: Data) -> str:
    """The criteria that cost a page most, the costliest first; '' where that is not told."""
    if data["outcome"] in ("approved", "stopped", "lapsed", "delayed"):
        return ""
    return f"{capital(listed([CRITERION_WORDS[name] for name in data['criteria']]))}."


def reader(cast: Cast, account: str, audience: str) -> str:
    """Who reads a page."""
    return f"our deal desk, about {cast.account(account)}" if audience == "desk" else cast.account(account)


TITLES: Final = {
    "approved": "yes to {page}",
    "conditional": f"{YES_IF} to {{page}}",
    "returned": "{page} is sent back",
    "rejected": "no to {page}",
    "delayed": "another quarter for {page}",
    "stopped": "{page} is stopped",
    "lapsed": "{page} has lapsed",
}


def letter_title(cast: Cast, data: Data) -> str:
    """A letter in the inbox."""
    words = TITLES[data["outcome"]]
    if data["audience"] == "desk":
        return f"Our deal desk, about {cast.account(data['account'])}: {words.format(page='your ask')}"
    return f"{cast.account(data['account'])}: {words.format(page='your case')}"


def condition_title(cast: Cast, item: Lying) -> str:
    """A "yes, if" that waits."""
    whose = f"Our deal desk, about {cast.account(item.account)}" if item.audience == "desk" else (
        cast.account(item.account))  # fmt: skip
    return f"{whose}: {YES_IF}"


def condition_text(cast: Cast, item: Lying, quarter: int) -> str:
    """What it asks, and until when it stands."""
    stands = "this quarter" if item.until <= quarter else f"until {cast.quarter(item.until)} closes"
    if cast.over(item.until):
        stands = "to the end of the session"
    return f"{capital(condition_words(item.audience, item.condition, item.page))}. It stands {stands}."


def condition_rows(cast: Cast, item: Lying) -> list[str]:
    """What a "yes, if" changes, one after the other."""
    rows = []
    for text in condition_terms(cast, item.audience, item.condition, item.page):
        rows += [f"{capital(part.rstrip('.'))}." for part in text.removeprefix("What it changes: ").split("; ")]
    return rows


def page_terms(cast: Cast, item: Lying) -> str:
    """What lies there, in a line."""
    return f"{capital(case_terms(cast, item.account, item.audience, item.page))}."


def held_to(cast: Cast, page: Data) -> str:
    """To what a signature holds us."""
    claim, low, high = claim_range(page)
    if not claim:
        return "The page promises no figure, so accepting locks none."
    metric = str(page["metric"])
    return f"Accepting locks your promise: {cast.money(low)} to {cast.money(high)} {measured_in(metric)}."


def lying_text(cast: Cast, item: Lying) -> str:
    """When a page that lies somewhere is answered."""
    who = "Our deal desk answers" if item.audience == "desk" else "They answer"
    if cast.over(item.until):
        return f"{who} after your time."
    return f"{who} when {cast.quarter(item.until)} closes."


def unanswered(cast: Cast, seen: Seen) -> list[str]:
    """What of moments and conditions the end of this quarter leaves unanswered."""
    lines = [
        f"{cast.person(cast.moments[name].person)} still waits for an answer; silence is remembered."
        for name in moments(seen)
    ]
    for item in conditions(seen):
        if item.until <= seen.quarter:
            whose = f"Our desk's {YES_IF} about {cast.account(item.account)}"
            whose = whose if item.audience == "desk" else f"{cast.account(item.account)}'s {YES_IF}"
            lines.append(f"{whose} lapses.")
    return lines


# --- promises --------------------------------------------------------------------------------------------------

STATUS_CHIPS: Final = {
    "open": ("runs", "plain", "clock"),
    "due": ("to be measured", "warn", "flag"),
    "kept": ("kept", "good", "check"),
    "missed": ("missed", "bad", "cross"),
    "forgotten": ("nobody measured it", "plain", "cross"),
}
"""By status of a promise: its words, its tone, its icon."""
PART_NAMES: Final = {
    "initiative": "Their initiative",
    "rivals_and_economy": "Rivals, economy",
    "luck": "Luck",
    "own_choices": "Your later choices",
    "estimate": "The estimate",
}
"""By cause of a gap: its name under a step."""


RUNNING: Final = "Counted later"
TO_MEASURE: Final = "To be measured now"
WHY_MEASURE: Final = (
    "Measured and kept, it is the best proof there is for the next case. Left alone, it counts as a shrug."
)
NO_HOURS: Final = "no hours are left for it this quarter"
CALENDAR: Final = "Calendar"
WHY_GAP: Final = "Why it came out as it did"
RECORD: Final = "Your ranges so far"
WORD_HEAD: Final = "What your word is worth"
INSIDE: Final = "Our own deal desk"
NO_PROMISE: Final = (
    "You have promised nobody a figure yet. A signed case with a figure makes a promise; it is counted here, when it "
    "is due."
)

HOW_PROMISED: Final = "How a promise comes about, and is counted"
HOW_COUNTED: Final = (
    "A case that is signed with a figure is a promise: that figure, in its range, in the quarter that you named.",
    "When it falls due you measure it, for some hours. Measured and kept, it is the best proof there is for the next "
    "case; left alone, it counts as a shrug.",
    "What moved it from your figure is split into causes that add up: their initiative, rivals and the economy, luck, "
    "your own later choices, and your estimate.",
)


def promise_title(cast: Cast, data: Data) -> str:
    """Whom a promise was made to."""
    return capital(to_whom(cast, data))


def promises_text(running: int, due: int) -> str:
    """How many promises run, and how many can be measured."""
    if not running:
        return "None runs. A signed case with a figure makes one."
    told = f", {counted(due, 'can', 'can')} be measured now" if due else ""
    return f"{counted(running, 'runs', 'run')}{told}"


def due_title(cast: Cast, data: Data) -> str:
    """A promise that can be measured now."""
    return f"Your promise to {to_whom(cast, data)} can be measured"


def promise_text(cast: Cast, data: Data) -> str:
    """What was promised, with its range."""
    between = f"between {cast.money(data['low'])} and {cast.money(data['high'])}"
    return f"{figure(cast, data['metric'], data['value'])}, {between}"


def promise_when(cast: Cast, data: Data, last: int) -> str:
    """When a promise was signed and when it is counted; ``last``: by when it must be measured, where it is due."""
    signed, due = cast.quarter(int(data["signed"])), int(data["due"])
    if last:
        return f"Signed in {signed}. It can be measured now, until {cast.by(last)}."
    if cast.over(due):
        return f"Signed in {signed}. Due in {cast.quarter(due)}, after your time; counted early, at its end."
    return f"Signed in {signed}. Counted when the books of {cast.quarter(due)} are closed."


def promise_short(cast: Cast, data: Data, due_now: bool) -> str:
    """When a promise is counted, in a word or two."""
    due = int(data["due"])
    return "to be measured now" if due_now else "counted early" if cast.over(due) else f"due {cast.quarter(due)}"


def came_to(cast: Cast, data: Data) -> str:
    """What a promise came to, beside what was said."""
    inside = "inside your range" if data["inside"] else (
        "above your range" if data["actual"] > data["high"] else "below your range")  # fmt: skip
    return f"{both_figures(cast, data)} That is {inside}."


def word_worth(seen: Seen, row: int) -> str:
    """What our word is worth with an audience, in words."""
    return capital(band(float(seen.credibility[row, 0]), WORDS_WORTH))


# --- the deal desk ---------------------------------------------------------------------------------------------

SEAT_FUNCTIONS: Final = {"sales": "sales", "finance": "finance", "operations": "operations", "product": "engineering"}


def desk_stand(seen: Seen, row: int) -> str:
    """How an approver stands to us, as `people.STANCE_TOLD` has it."""
    return stand(float(seen.desk[row, 0]))


def bands(cast: Cast) -> list[tuple[str, str, list[str], str]]:
    """Who signs what: how much an ask may give away, a word on it, who signs, and when the answer comes."""
    desk = cast.scenario.desk
    if desk is None:
        return []
    first, second, third = desk.bands
    edges = (f"Up to {percent(first, 1)}", f"Up to {percent(second, 1)}", f"Up to {percent(third, 1)}",
             f"Above {percent(third, 1)}")  # fmt: skip
    tiers = ("auto", "sales", "finance", "board")
    when = ("at once", "at the close", "at the close", "at the close, and the bar is higher")
    return [(edge, tier, seated(cast, tier, {}), answer) for edge, tier, answer in zip(edges, tiers, when, strict=True)]


def signs_bespoke(cast: Cast) -> str:
    """Who has a say where something is made for one customer alone; '' for nobody."""
    made = [item.name for item in cast.approvers.values() if item.seat == "product"]
    return f"{listed(made)} has a say wherever something is made for one customer alone." if made else ""


DESK_SUBTITLE: Final = "Who says yes to what is not yours to give"
NO_DESK: Final = "There is none: what is yours to give is all there is."
DESK_PEOPLE: Final = "Who is on it, and how they stand to you"
BANDS_TITLE: Final = "Who signs what"
GRANTED: Final = "What they have signed"
NOTHING_GRANTED: Final = "Nothing yet."
LIES_THERE: Final = "What lies with them"
ASK_ABOUT: Final = "Ask them, about"
BANDS_HEAD: Final = "By what an ask gives away in a year, as a share of what that customer buys."
SPLIT_WARNING: Final = (
    "A large ask cut in small ones is noticed. Each large one costs a little standing, a refused one more."
)


def approver_face(item: Approver) -> tuple[str, str, str]:
    """From what a portrait of an approver is drawn: id, function, words."""
    return item.id, SEAT_FUNCTIONS[item.seat], item.voice


# --- history ---------------------------------------------------------------------------------------------------
EVENTS_OF_HISTORY: Final = (
    "case_answered", "case_lapsed", "signed", "promise_forgotten", "measured", "moment_ended",
)  # fmt: skip
