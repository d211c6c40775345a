"""The page of a business case in words: its seven sentences, the terms that it comes to, and why it would be stopped.

A page is given as the arguments of ``present_case`` or ``ask_desk`` have it: names and numbers by field, ``claim`` and
``inaction_value`` in thousands of the currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.levers import LEVERS, Lever
from kamsim.engine.page import CHOICES, COMPANY_METRICS, EMPTY, THOUSAND
from kamsim.engine.params import STATES
from kamsim.view.words import levers
from kamsim.view.words.facts import held_by
from kamsim.view.words.names import (
    MEASURE_WORDS,
    STATE_WORDS,
    Cast,
    age,
    capital,
    counted,
    listed,
    percent,
    state_told,
)

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Page = Mapping[str, Any]
CASE_SLOTS: Final = {
    "whom": "For whom",
    "now": "Why now",
    "give": "What we give",
    "get": "What we get",
    "worth": "What it is worth",
    "proof": "What proves it",
    "otherwise": "What happens otherwise",
}
"""The seven sentences of a page, in their order."""
METRIC_WORDS: Final = {**MEASURE_WORDS, "profit": "account profit", "volume": "sales at list price"}
IN_WORDS: Final = {
    "savings": "in savings", "cash": "in cash", "uptime": "in uptime", "delivery": "in punctual delivery",
    "launch": "in launch dates kept", "growth": "in growth", "quality": "in quality", "footprint": "in footprint",
}  # fmt: skip
"""A measure behind a sum of money."""
PROOF_WORDS: Final = {
    "none": "nothing",
    "brochure": "a figure from our brochure",
    "reference": "a promise that we kept at another customer",
    "their_figures": "their own figures, from your notes",
    "pilot": "a pilot that ran here",
    "result": "a promise that we kept here",
}
ALTERNATIVE_WORDS: Final = {
    "none": "nothing",
    "do_nothing": "doing nothing",
    "pilot": "one site first, for a year",
    "price_only": "a price cut and nothing else",
    "rival": "what the rival offers",
}
SENSITIVITY_WORDS: Final = {
    "none": "nothing behind it",
    "break_even": "break-even behind it",
    "downside": "break-even and the bad case behind it",
    "drivers": "break-even, the bad case and what drives it behind it",
}
SENSITIVITY_ORDER: Final = tuple(SENSITIVITY_WORDS)
BODY_WORDS: Final = {"one_page": "one page", "three_pages": "three pages", "deck": "a deck of slides"}
TONES: Final = {"cautious": 0.8, "plain": 1.0, "bold": 1.3}
"""What is claimed, as a part of what our own facts imply."""


def case_value(page: Page, field: str) -> Any:
    """What a page says in a field, or what an empty page has there."""
    found = page.get(field)
    if found is not None:
        return found
    if field in ("initiative", "region"):
        return None
    empty = EMPTY.get(field, 0.0)
    return CHOICES[field][int(empty)] if field in CHOICES else empty


def sentences(cast: Cast, seen: Seen, account: str, audience: str, page: Page) -> dict[str, str]:
    """The page as its seven sentences, by slot."""
    return {
        "whom": _whom(cast, account, audience, page),
        "now": _now(cast, seen, account, page),
        "give": _give(cast, seen, account, audience, page),
        "get": _get(cast, account, page),
        "worth": _worth(cast, seen, account, page),
        "proof": _proof(page),
        "otherwise": _otherwise(cast, seen, account, page),
    }


def _whom(cast: Cast, account: str, audience: str, page: Page) -> str:
    name = case_value(page, "initiative")
    reader = "Our deal desk" if audience == "desk" else cast.account(account)
    if name is None:
        return f"{reader}, for no initiative of theirs in particular."
    initiative = cast.initiatives[name]
    if audience == "desk":
        return f"Our deal desk, for {cast.account(account)}'s {initiative.name}."
    return f"{cast.post(initiative.owner)}, who runs {initiative.name}."


def _now(cast: Cast, seen: Seen, account: str, page: Page) -> str:
    name = case_value(page, "initiative")
    if name is None:
        return f"No reason that is {cast.account(account)}'s own."
    initiative = cast.initiatives[name]
    row = seen.params.initiatives.index(name)
    state, ages = seen.known("state", row)
    if np.isnan(state[0]):
        return f"{initiative.name}: you don't know how it stands."
    since = age(seen.quarter, seen.quarter - int(ages[0]))
    said = f"{initiative.name} {state_told(STATES[int(state[0])])} (seen {since})"
    if case_value(page, "angle") == "goal":
        return f"{said}, and this serves what it wants."
    hint = held_by(cast, seen, row)
    against = f": {hint[:1].lower()}{hint[1:]}" if hint else ""
    return f"{said}, and this works on what holds it back{against}."


def gives(cast: Cast, seen: Seen, account: str, audience: str, page: Page) -> list[str]:
    """What a page gives, a few words a lever."""
    region, regions = case_value(page, "region"), cast.accounts[account].regions
    place = next((item.name for item in regions if item.id == region), "")
    where = f" in {place}" if place else " on all lines"
    days = int(seen.days[seen.params.accounts.index(account), 0])
    return levers.given(cast, account, audience, page, where=where, days=days)


def _give(cast: Cast, seen: Seen, account: str, audience: str, page: Page) -> str:
    said = gives(cast, seen, account, audience, page)
    return f"{capital(listed(said))}." if said else "Nothing."


def _get(cast: Cast, account: str, page: Page) -> str:
    years = counted(int(case_value(page, "length")) // 4, "year")
    part = float(case_value(page, "commitment"))
    name = cast.account(account)
    if part > 0:
        return f"{name} commits {percent(part)} more of what it buys, signed for {years}."
    return f"{name}'s signature for {years}, and no volume."


def claim_range(page: Page) -> tuple[float, float, float]:
    """Claim, and the ends of its range, in cents."""
    claim = float(case_value(page, "claim")) * THOUSAND
    margin = float(case_value(page, "width")) * abs(claim)
    return claim, claim - margin, claim + margin


def measured_in(metric: str) -> str:
    """What stands behind a promised sum: a year in cash; of account profit a quarter."""
    return f"of {METRIC_WORDS[metric]} a quarter" if metric in COMPANY_METRICS else f"a year {IN_WORDS[metric]}"


def _worth(cast: Cast, seen: Seen, account: str, page: Page) -> str:
    claim, low, high = claim_range(page)
    metric = str(case_value(page, "metric"))
    due = int(case_value(page, "due"))
    if not claim:
        return "No figure, so nobody can hold you to one."
    between = f"between {cast.money(low)} and {cast.money(high)}"
    when = f"{counted(due, 'quarter')} after the yes"
    if metric in COMPANY_METRICS:
        row = seen.params.accounts.index(account)
        today = ""
        if metric == "profit" and seen.quarter > 1:
            today = f", {cast.money(float(seen.profit[row, 0]))} today"
        return f"{capital(METRIC_WORDS[metric])} of {cast.money(claim)} a quarter, {between}{today}; counted {when}."
    return f"{cast.money(claim)} a year {IN_WORDS[metric]}, {between}; counted {when}."


def _proof(page: Page) -> str:
    proof = str(case_value(page, "proof"))
    return "Nothing proves it." if proof == "none" else f"{capital(PROOF_WORDS[proof])}."


def _otherwise(cast: Cast, seen: Seen, account: str, page: Page) -> str:
    other = str(case_value(page, "alternative"))
    beside = "Nothing stands beside it." if other == "none" else f"Beside it stands {ALTERNATIVE_WORDS[other]}."
    kind = str(case_value(page, "inaction"))
    if kind == "none":
        return f"{beside} What doing nothing costs, it does not say."
    cost = cast.money(float(case_value(page, "inaction_value")) * THOUSAND)
    when = f", {cast.since(seen.quarter + 1)}" if kind == "dated" else ""
    return f"{beside} Doing nothing costs {cast.account(account)} {cost} a year{when}."


def paper(page: Page) -> str:
    """What is handed over: one page, with or without an appendix."""
    return f"{capital(BODY_WORDS[case_value(page, 'body')])}, {SENSITIVITY_WORDS[case_value(page, 'sensitivity')]}."


def case_terms(cast: Cast, account: str, audience: str, page: Page) -> str:
    """A signed page's terms in a line, as its event tells them: of a customer's page what is given, what they commit,
    for how long; of our desk's page what it has granted."""
    desk = audience == "desk"
    parts = levers.granted(cast, account, page) if desk else levers.terms(cast, account, page)
    lasting = not desk or any(levers.pulls(page, name) for name, lever in LEVERS.items() if _lasts(lever))
    years = counted(int(page.get("length", 4)) // 4, "year")
    said = listed(parts) or "all as it is"
    part = float(page.get("commitment", 0.0)) if audience == "customer" else 0.0
    back = f"; they commit {percent(part)} more of what they buy" if part > 0 else ""
    return f"{said}{back}, for {years}" if lasting else said


def _lasts(lever: Lever) -> bool:
    """Whether our desk grants it for the years of the page."""
    return lever.needs_desk and "until" in lever.rows


def pulled(page: Page) -> list[str]:
    """The levers that a page pulls."""
    return [name for name in LEVERS if levers.pulls(page, name)]


def initiative_choice(cast: Cast, seen: Seen, name: str) -> str:
    """One of their initiatives as a choice: how it stands, how old that is, who runs it."""
    row = seen.params.initiatives.index(name)
    state, ages = seen.known("state", row)
    when = age(seen.quarter, seen.quarter - int(ages[0]))
    word = STATE_WORDS[STATES[int(state[0])]]
    return f"{cast.initiatives[name].name}: {word}, seen {when}; {cast.person(cast.initiatives[name].owner)} runs it"


GATE_WORDS: Final = {
    "dead_initiative": "the initiative that it serves is over, or has not begun",
    "negative_value": "it takes more than it brings, for whoever must sign",
    "below_floor": "the price would fall below our floor, and nobody signs that",
    "no_approver": "it promises something that our own desk has not signed",
    "no_capacity": "we could not make that much: the line is full",
    "double_counted": "they have that already, so it cannot come a second time",
}
"""Why a page would be stopped before anybody judged it."""
GATE_HELP: Final = {
    "dead_initiative": "Hang it on an initiative that is running. How they stand, a meeting about results tells.",
    "negative_value": "Give less of what costs, ask less of them, or give something that helps their initiative more.",
    "below_floor": "Give less price, or give something that is not price.",
    "no_approver": "Ask our deal desk first; then promise.",
    "no_capacity": "Ask for less volume, or leave their place in the queue.",
    "double_counted": "Take it off the page, or offer more of it than they have.",
}


def gate_help(gate: str, audience: str) -> str:
    """What would help."""
    if gate == "negative_value":
        return (
            "Ask for less, or get volume or years in writing."
            if audience == "desk"
            else "Ask fewer years or less volume, give what helps more, or ask whether it still stands as you saw it."
        )
    return GATE_HELP[gate]


def gate_words(gate: str, audience: str) -> str:
    """Why a page would be stopped, as whoever reads it sees it."""
    if gate == "negative_value":
        return "it brings us less than it costs" if audience == "desk" else "it asks more of them than it brings them"
    return GATE_WORDS[gate]
