"""What a page comes to, short: figures as a card shows them, which sentences rest on facts, who will read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kamsim.engine.appraisal import haircut
from kamsim.engine.judgement import HIGH_LOAD
from kamsim.engine.standing import RECENT
from kamsim.view.case.basis import alternative_lacks, proof_lacks
from kamsim.view.case.figures import NO_BREAK_EVEN_WORDS, YEARS, claim_line, seated, sign_line
from kamsim.view.words import names as names_words
from kamsim.view.words.people import stand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kamsim.engine.preview import Preview
    from kamsim.engine.sight import Seen
    from kamsim.view.case.working import Working
    from kamsim.view.words.names import Cast


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
class Reader:
    """Somebody who will read the page: how they stand, as `people.STANCE_TOLD` has it, and how old that is."""

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
