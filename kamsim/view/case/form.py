"""The builder of business cases in words, for faces that show a page and its figures side by side: short figures, what
each choice rests on, why no page can be written now, what presenting it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.appraisal import haircut
from kamsim.engine.judgement import HIGH_LOAD
from kamsim.engine.moves import MOVES, Refusal, bind, refusals
from kamsim.engine.page import (
    ALTERNATIVES,
    CONDITIONAL,
    DUE_NOW,
    INACTION,
    OPEN,
    PENDING,
    PROOFS,
    SENSITIVITY,
)
from kamsim.engine.params import MEASURES
from kamsim.engine.standing import RECENT
from kamsim.game import drafting
from kamsim.game.events.cases import place_of
from kamsim.view.case.basis import alternative_lacks, heard_since, news_since, proof_lacks, stand
from kamsim.view.case.figures import NO_BREAK_EVEN_WORDS, YEARS, claim_line, gate_line, seated, sign_line, when_line
from kamsim.view.case.sentences import (
    ALTERNATIVE_WORDS,
    CASE_SLOTS,
    METRIC_WORDS,
    PROOF_WORDS,
    SENSITIVITY_WORDS,
    TONES,
    case_value,
    claim_range,
    initiative_choice,
    measured_in,
)
from kamsim.view.words import names as names_words
from kamsim.view.words.moves import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kamsim.engine.preview import Preview
    from kamsim.engine.sight import Seen
    from kamsim.view.case.working import Working
    from kamsim.view.words.names import Cast

SLOTS: Final = {**CASE_SLOTS, "paper": "On paper"}
"""The eight parts of a page, in their order."""
SLOT_HELP: Final = {
    "whom": "Hang it on one initiative of theirs that is running now. Whoever runs it reads it first.",
    "now": "For what the initiative wants, or against what holds it back.",
    "give": "Two things are enough, three the most.",
    "get": "Something signed in return: volume, years, or both.",
    "worth": "One figure that you can be held to, with a range. Aim to land inside it eight times in ten.",
    "proof": "Their own figures beat any brochure.",
    "otherwise": "A second way, and what it costs to leave things as they are.",
    "paper": "What can be read in four minutes is read. All else goes behind it.",
}
DESK_HELP: Final = {
    "whom": "Hang it on one initiative of theirs that is running now: our desk asks what it is for.",
    "give": "What is not yours to give, our desk signs. Two things are enough, three the most.",
}
"""The same where our own desk reads it, as far as it differs."""


def slot_help(slot: str, audience: str) -> str:
    """What a part of the page is for."""
    return DESK_HELP.get(slot, SLOT_HELP[slot]) if audience == "desk" else SLOT_HELP[slot]


SLOT_OF: Final = {
    "alignment": "whom", "cause": "worth", "inaction": "otherwise", "options": "otherwise", "finance": "get",
    "sensitivity": "paper", "evidence": "proof", "delivery": "give", "brevity": "paper", "too_many_levers": "give",
    "dead_initiative": "whom", "negative_value": "get", "below_floor": "give", "no_approver": "give",
    "no_capacity": "get", "double_counted": "give",
}  # fmt: skip
"""Which part of the page mends what a coach speaks of."""
STAND_WORDS: Final = ("against", "leaning", "for", "unknown")
TITLES: Final = {
    ("customer", False): "A case for {}", ("customer", True): "Re-cut: your case for {}",
    ("desk", False): "An ask about {}", ("desk", True): "Re-cut: your ask about {}",
}  # fmt: skip
VERBS: Final = {"present_case": "Present it", "ask_desk": "Ask the desk", "recut_case": "Hand in the new page",
                "recut_ask": "Hand in the new page"}  # fmt: skip
RANGE_NAMES: Final = ("narrow", "middling", "wide")


def title(cast: Cast, account: str, audience: str, *, recut: bool) -> str:
    """What a page is called."""
    return TITLES[audience, recut].format(cast.account(account))


def hours(seen: Seen, work: Working) -> float:
    """What it takes to bring a page."""
    bound = bind(seen.params, work.kind, {**work.said, "account": work.account})
    return float(np.max(MOVES[work.kind].hours(seen, bound)))


def barred(cast: Cast, seen: Seen, account: str, audience: str) -> str:
    """Why no page can be written now, in a sentence; '' where one can."""
    kind = "ask_desk" if audience == "desk" else "present_case"
    args = {"account": account}
    if audience == "desk" and not cast.approvers:
        return refusal(cast, seen, kind, args, Refusal.NO_DESK)
    quarter, reason = names_words.unlock(cast, kind)
    if seen.quarter < quarter:
        return f"From {cast.quarter(quarter)}: {reason}"
    if seen.quarter == 1:
        return refusal(cast, seen, kind, args, Refusal.NO_BOOKS)
    if int(seen.promise[place_of(seen.params, account, audience), 0]) in (OPEN, DUE_NOW):
        return refusal(cast, seen, kind, args, Refusal.PROMISE_OPEN)
    if audience == "customer" and int(seen.offer[seen.params.accounts.index(account), 0]):
        return refusal(cast, seen, kind, args, Refusal.OFFER_PENDING)
    return ""


def hindrance(cast: Cast, seen: Seen, account: str, audience: str) -> str:
    """The same in a few words."""
    kind = "ask_desk" if audience == "desk" else "present_case"
    row = place_of(seen.params, account, audience)
    if not barred(cast, seen, account, audience):
        return ""
    opens, _ = names_words.unlock(cast, kind)
    if seen.quarter < max(2, opens):
        return f"From {cast.quarter(max(2, opens))}"
    if int(seen.promise[row, 0]) == DUE_NOW:
        return "Once your promise is measured"
    if int(seen.promise[row, 0]) == OPEN:
        return f"Once your promise is measured, from {cast.quarter(int(seen.promise_due[row, 0]) + 1)}"
    return "Nobody signs more than you may" if audience == "desk" and not cast.approvers else "An offer lies with them"


@dataclass(frozen=True)
class Entry:
    """How an account's list of moves calls a page: ``off``: a few words on why it cannot be opened now."""

    title: str
    text: str
    note: str
    off: str


def entry(cast: Cast, seen: Seen, account: str, audience: str) -> Entry:
    """The way to a page, as far as it stands open."""
    stage = int(seen.case_stage[place_of(seen.params, account, audience), 0])
    desk = audience == "desk"
    left, right = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
    if stage == CONDITIONAL:
        return Entry(
            f"{'Our desk says' if desk else 'They say'} {left}yes, if{right}", "Accept it, or leave it", "", ""
        )
    if stage == PENDING:
        return Entry("Re-cut the ask" if desk else "Re-cut the case", "It lies with them until they answer", "", "")
    title = "Ask our deal desk" if desk else "Write a business case"
    off = hindrance(cast, seen, account, audience)
    if off:
        return Entry(title, "", "", off)
    kind = "ask_desk" if desk else "present_case"
    takes = float(np.max(MOVES[kind].hours(seen, bind(seen.params, kind, {"account": account}))))
    text = "For what is not yours to give" if desk else "For their executives"
    return Entry(title, text, f"{takes:.0f} h", "")


def refused(cast: Cast, seen: Seen, work: Working) -> str:
    """Why this page could not be brought as it is, in a sentence; '' where it can."""
    args = {**work.said, "account": work.account}
    code = int(refusals(seen, work.kind, bind(seen.params, work.kind, args))[0])
    return "" if code == int(Refusal.NONE) else refusal(cast, seen, work.kind, args, code)


# --- figures ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What a page comes to, as a card shows it. ``rows``: names and values; ``grave``: sentences that warn;
    ``signs``: who inside must sign, '' for a customer's page."""

    us: str
    us_range: str
    loses: bool
    other_label: str
    other: str
    other_note: str
    other_bad: bool
    rows: tuple[tuple[str, str], ...]
    grave: tuple[str, ...]
    signs: str


def outcome(cast: Cast, seen: Seen, work: Working, made: Preview) -> Outcome:
    """The figures of a page."""
    low, middle, high = (float(made.gain[row]) for row in (0, 2, 4))
    reason = "" if made.no_break_even == "nothing_to_repay" else NO_BREAK_EVEN_WORDS.get(made.no_break_even, "")
    notes = [
        reason,
        claim_line(cast, made, work.page),
        _promise_pays(made, work),
    ]
    if work.audience == "desk":
        label, value = "Once our word is discounted", cast.money(made.npv_judged)
        note, bad = f"to {cast.account(work.account)} worth {cast.money(made.worth)} a year", made.npv_judged < 0
    else:
        believed = made.worth * float(haircut(seen.credibility[seen.params.accounts.index(work.account), :1])[0])
        label, value = f"To {cast.account(work.account)}, a year", cast.money(made.worth)
        note = f"believed {cast.money(believed)}, asks {cast.money(made.burden)}"
        bad = believed < made.burden
    return Outcome(
        cast.money(middle),
        f"{cast.money(low)} to {cast.money(high)}, 8 times in 10",
        middle < 0,
        label,
        value,
        note,
        bad,
        (
            ("Loses money", _loses(made.chance_of_loss)),
            ("Paid back", _paid(made)),
            ("Breaks even", _breaks(made)),
            ("Others hear", f"{cast.money(made.precedent)} a year"),
            ("Waiting for money", f"{cast.money(made.receivables, plus=True)} a quarter"),
            ("Fullest line", names_words.percent(made.load) + (", too full" if made.load >= HIGH_LOAD else "")),
        ),
        tuple(note for note in notes if note),
        sign_line(cast, made, work.page),
    )


def _promise_pays(made: Preview, work: Working) -> str:
    if work.audience == "customer" and made.claimed_worth <= 0 and float(work.page.get("claim") or 0) > 0:
        return "What you give does nothing for the measure that you promise."
    return ""


def _loses(part: float) -> str:
    if part <= 0.005:
        return "hardly ever"
    return "nearly always" if part >= 0.995 else f"{max(1, round(part * 100))} of 100 futures"


def _paid(made: Preview) -> str:
    if np.isnan(made.payback):
        return f"not in {YEARS} years"
    return "at once" if made.payback <= 0 else f"after {names_words.counted(int(made.payback), 'quarter')}"


def _breaks(made: Preview) -> str:
    if made.no_break_even == "nothing_to_repay":
        return "nothing to repay"
    if made.no_break_even or np.isnan(made.break_even):
        return "at no volume"
    return f"{names_words.percent(max(0.0, made.break_even), 1, plus=True)} volume"


def when_and_hours(cast: Cast, seen: Seen, work: Working, made: Preview) -> str:
    """When they answer, and what it takes."""
    when = when_line(cast, seen, work.account, work.audience, work.page, made.tier)
    return f"{when} {hours(seen, work):.0f} of your {float(seen.hours_left[0]):.0f} hours."


# --- the page -----------------------------------------------------------------------------------------------


def footing(seen: Seen, work: Working) -> dict[str, tuple[str, str]]:
    """By part of the page whether it rests on facts: (firm or loose, in a word or two); parts that claim none are left
    out."""
    found: dict[str, tuple[str, str]] = {}
    page, name = work.page, work.initiative
    if name is None:
        found["now"] = "loose", "no reason"
    else:
        ages = seen.known("state", seen.params.initiatives.index(name))[1]
        fresh = float(ages[0]) <= RECENT
        since = names_words.age(seen.quarter, seen.quarter - int(ages[0]))
        found["now"] = ("firm", f"seen {since}") if fresh else ("loose", f"stale, {since}")
    proof = str(page.get("proof", "none"))
    if proof in ("none", "brochure"):
        found["proof"] = "loose", "thin"
    else:
        found["proof"] = ("loose", "not there") if proof_lacks(seen, work.account, proof, name) else ("firm", "known")
    other = str(page.get("alternative", "none"))
    if alternative_lacks(seen, work.account, other):
        found["otherwise"] = "loose", "hollow"
    elif other not in ("none", "do_nothing"):
        found["otherwise"] = "firm", "known"
    return found


@dataclass(frozen=True)
class Choice:
    """One thing that a part of the page may say. ``lacks``: what is missing behind it."""

    value: Any
    title: str
    note: str = ""
    lacks: str = ""


def initiatives(cast: Cast, seen: Seen, account: str) -> list[Choice]:
    """Their initiatives that are known, the liveliest first; and none."""
    made = []
    for name in drafting.known_initiatives(seen, account):
        row = seen.params.initiatives.index(name)
        _, ages = seen.known("state", row)
        when = names_words.age(seen.quarter, seen.quarter - int(ages[0]))
        told = initiative_choice(cast, seen, name).removeprefix(f"{cast.initiatives[name].name}: ")
        stale = f"last seen {when}; it may stand otherwise now" if float(ages[0]) > RECENT else ""
        made.append(Choice(name, cast.initiatives[name].name, names_words.capital(told), stale))
    note = "" if made else "You know of none. A meeting about results, or reading up on them, finds them."
    return [*made, Choice(None, "No initiative in particular", note)]


def angles(seen: Seen, work: Working) -> list[Choice]:
    """Why now."""
    told = ""
    if work.initiative is not None:
        force = seen.known("force", seen.params.initiatives.index(work.initiative))[0]
        if np.isnan(force[0]):
            told = "You don't know whether anything does; ask what could go wrong"
        elif force[0] < 0:
            told = "Something does, as you heard"
        else:
            told = "Nothing does, as far as you heard"
    return [
        Choice("goal", "It serves what the initiative wants"),
        Choice("obstacle", "It works on what holds it back", told),
    ]


def proofs(seen: Seen, work: Working) -> list[Choice]:
    """What could prove it, the best first."""
    return [
        Choice(name, names_words.capital(PROOF_WORDS[name]), "",
               proof_lacks(seen, work.account, name, work.initiative))
        for name in reversed(PROOFS)
    ]  # fmt: skip


def alternatives(seen: Seen, work: Working) -> list[Choice]:
    """What could stand beside it."""
    return [
        Choice(name, names_words.capital(ALTERNATIVE_WORDS[name]), "",
               alternative_lacks(seen, work.account, name))
        for name in (*ALTERNATIVES[1:], ALTERNATIVES[0])
    ]  # fmt: skip


def measures(cast: Cast, seen: Seen, work: Working) -> list[Choice]:
    """On which measure: what is promised must be something that the levers move."""
    if work.audience == "desk":
        goal = seen.params.goal_metrics
        wanted = int(goal[min((seen.quarter - 1) // 4, len(goal) - 1)]) if len(goal) else -1
        names = {"profit": "Account profit a quarter", "volume": "Sales at list price a quarter"}
        return [
            Choice(name, text, "What our board watches this year" if len(MEASURES) + row == wanted else "")
            for row, (name, text) in enumerate(names.items())
        ]
    implied = {
        name: float(drafting.with_figures(seen, work.account, {**work.page, "metric": name})["claim"])
        for name in MEASURES
    }
    judged: dict[str, list[str]] = {}
    for person in cast.accounts[work.account].people:
        code = seen.known("measure", seen.params.people.index(person.id))[0]
        if not np.isnan(code[0]):
            judged.setdefault(MEASURES[int(code[0])], []).append(cast.person(person.id))
    made = []
    for name in sorted(MEASURES, key=lambda item: -implied[item]):
        if implied[name] <= 0 and name not in judged and name != work.page.get("metric"):
            continue
        who = f"; {names_words.listed(judged[name])} is judged on it" if name in judged else ""
        worth = f"{cast.money(implied[name] * 100_000)} a year by your notes{who}" if implied[name] > 0 else who[2:]
        lacks = "" if implied[name] > 0 else "what you give does nothing for it"
        made.append(Choice(name, names_words.capital(METRIC_WORDS[name]), worth, lacks))
    return made


def tones(cast: Cast, work: Working) -> list[tuple[str, str]]:
    """How boldly the claim is made, each with its figure."""
    return [(tone, f"{names_words.capital(tone)} {cast.money(work.toned(work.known['claim'], tone) * 100_000)}")
            for tone in TONES]  # fmt: skip


def harms(cast: Cast, work: Working) -> list[tuple[str, str]]:
    """How boldly the cost of doing nothing is told, each with its figure."""
    return [(tone, f"{names_words.capital(tone)} {cast.money(work.harm(tone) * 100_000)}") for tone in TONES]


def inactions() -> list[tuple[str, str]]:
    """What is said of doing nothing."""
    said = {"none": "Nothing", "said": "Its cost", "dated": "Cost and date"}
    return [(name, said[name]) for name in INACTION]


LENGTHS: Final = {"one_page": "One page", "three_pages": "Three", "deck": "A deck"}
"""How long it is, as choices side by side."""


def appendices() -> list[Choice]:
    """What stands behind the page."""
    study = {"drivers": "Worked through with our controller, 10 hours more"}
    return [Choice(name, names_words.capital(SENSITIVITY_WORDS[name]), study.get(name, "")) for name in SENSITIVITY]


@dataclass(frozen=True)
class Owned:
    """Which of the levers that our desk must sign are ours to give already, and what something made for them alone
    would be ('' where nothing could be)."""

    people: bool
    bespoke: bool
    priority: bool
    made: str
    cost: str


def owned(cast: Cast, seen: Seen, account: str) -> Owned:
    """What the desk has signed for an account."""
    row = seen.params.accounts.index(account)
    made = cast.accounts[account].bespoke
    return Owned(
        float(seen.level["people"][row, 0]) > 0,
        bool(int(seen.level["bespoke"][row, 0])),
        float(seen.until["priority"][row, 0]) >= seen.quarter,
        made.name if made else "",
        cast.money(made.cost * 100.0) if made else "",
    )


# --- people -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reader:
    """Somebody who will read the page: one of four words for how they stand, and how old that is."""

    id: str
    name: str
    role: str
    stand: str
    age: str
    number: float


def readers(cast: Cast, seen: Seen, account: str, audience: str) -> list[Reader]:
    """Whoever decides, in the order of the scenario."""
    made = []
    if audience == "desk":
        for row, item in enumerate(cast.approvers.values()):
            stands = float(seen.desk[row, 0])
            made.append(Reader(item.id, item.name, item.role, stand(stands), "", stands))
        return made
    for person in cast.accounts[account].people:
        number, ages = seen.known("stance", seen.params.people.index(person.id))
        word = stand(float(number[0]))
        old = "" if word == "unknown" else names_words.age(seen.quarter, seen.quarter - int(ages[0]))
        made.append(Reader(person.id, cast.person(person.id), person.role, word, old, float(np.nan_to_num(number[0]))))
    return made


def signers(cast: Cast, made: Preview, page: Mapping[str, Any]) -> set[str]:
    """Names of those on our desk who would have to sign."""
    return set(seated(cast, made.tier, page)) if made.tier and cast.approvers else set()


def recut_line(cast: Cast, seen: Seen, account: str, audience: str) -> str:
    """Whether re-cutting what lies with them is free."""
    row = place_of(seen.params, account, audience)
    name = cast.account(account)
    if not heard_since(seen, account, row):
        return (
            "Nothing was heard since you presented it. Re-cutting it now is a change of mind, and costs a little "
            "confidence."
        )
    told = "; ".join(news_since(cast, seen, account, row)[:3])
    heard = f": {told}" if told else ""
    return f"You have heard from {name} since you presented it{heard}. Re-cutting it costs nothing in confidence."


def lies_line(cast: Cast, seen: Seen, account: str, audience: str) -> str:
    """With whom a page lies, and when they answer."""
    reader = "our deal desk" if audience == "desk" else cast.account(account)
    decides = int(seen.case_decides[place_of(seen.params, account, audience), 0])
    return f"Your page lies with {reader}, which answers when {cast.quarter(decides)} closes."


def commits(cast: Cast, seen: Seen, work: Working, made: Preview) -> list[str]:
    """What bringing a page means: what would stop it, when they answer, what one is held to."""
    _, low, high = claim_range(work.page)
    said = [
        gate_line(cast, work.account, work.audience, made.gate),
        when_and_hours(cast, seen, work, made),
    ]
    if low or high:
        what = measured_in(str(case_value(work.page, "metric")))
        said.append(f"Once signed, you are held to {cast.money(low)} to {cast.money(high)} {what}, counted "
                    f"{work.page.get('due', 4)} quarters after the yes.")  # fmt: skip
    if work.recut:
        said.append(recut_line(cast, seen, work.account, work.audience))
    if work.audience == "desk" and made.tier not in ("", "auto"):
        said.append("An ask of this size costs a little standing with whoever must sign, and more if it is refused.")
    return [text for text in said if text]
