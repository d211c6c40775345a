"""What a page of a business case comes to, in words: the figures beside it, and drafts side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine import cases
from kamsim.engine.appraisal import appraise, haircut
from kamsim.engine.belief import believed_standing
from kamsim.engine.forecast import HORIZON
from kamsim.engine.judgement import HIGH_LOAD
from kamsim.engine.levers import LEVERS
from kamsim.engine.page import COMPANY_METRICS, THOUSAND
from kamsim.game.drafting import page_of
from kamsim.view.case.sentences import GATE_WORDS, case_value, claim_range, gate_help, gate_words, pulled
from kamsim.view.words import levers
from kamsim.view.words.facts import predicate
from kamsim.view.words.names import Cast, age, capital, counted, listed, percent, points

if TYPE_CHECKING:
    from kamsim.engine.preview import Preview
    from kamsim.engine.sight import Seen

Page = Mapping[str, Any]
YEARS: Final = HORIZON // 4
NO_BREAK_EVEN_WORDS: Final = {
    "nothing_to_repay": "It costs us nothing that more volume would have to repay.",
    "margin_gone": "No volume repays it: every further unit would lose money.",
    "beyond_wallet": "No volume repays it: they would have to buy more than they buy from anybody.",
    "beyond_capacity": "No volume repays it: we could not make that much.",
}
TIER_WORDS: Final = {
    "auto": "signs alone, at once",
    "sales": "must sign",
    "finance": "must sign, finance among them",
    "board": "must sign, and the bar is one higher",
}
MONEY_WORDS: Final = {
    "list_sales": "at list price",
    "on_invoice": "discounts",
    "off_invoice": "year-end rebates",
    "variable_cost": "product cost",
    "service": "cost to serve",
    "team": "our team and specialists",
    "projects": "made for them alone",
    "capital": "waiting for their money",
}


def chance(part: float) -> str:
    """How often it loses money, in words that can be pictured."""
    if part <= 0.005:
        return "it loses money in next to no future"
    if part >= 0.995:
        return "it loses money in nearly every future"
    return f"it loses money in about {max(1, round(part * 100))} of 100 futures"


def worth_line(cast: Cast, made: Preview, *, hurdle: float) -> str:
    """What it is worth to us, with its range."""
    low, middle, high = (float(made.gain[row]) for row in (0, 2, 4))
    spread = f"{cast.money(low)} to {cast.money(high)}, eight times in ten"
    return (
        f"Worth to us over {YEARS} years, in today's money at {percent(hurdle)}: {cast.money(middle)} ({spread}); "
        f"{chance(made.chance_of_loss)}."
    )


def payback_line(cast: Cast, made: Preview, quarter: int) -> str:
    """When it has brought what it cost, and the volume that repays it."""
    if np.isnan(made.payback):
        back = f"It does not pay back within {YEARS} years."
    elif made.payback <= 0:
        back = "It never owes us anything."
    else:
        end = cast.quarter(quarter + int(made.payback))
        back = f"Paid back after {counted(int(made.payback), 'quarter')}, by {end}."
    if made.no_break_even:
        return f"{back} {NO_BREAK_EVEN_WORDS[made.no_break_even]}"
    if np.isnan(made.break_even):
        return back
    if made.break_even < 0.0005:
        return f"{back} Hardly any more volume is needed to repay it."
    return f"{back} Breaks even if they buy {percent(made.break_even, 1)} more."


def side_lines(cast: Cast, made: Preview) -> list[str]:
    """What else it costs, where it is worth a line: other buyers, other regions, receivables, a full line."""
    said = []
    if made.precedent >= 100_000:
        said.append(f"other buyers would hear, {cast.money(made.precedent)} a year")
    if made.spill >= 100_000:
        said.append(f"their other regions would claim it, {cast.money(made.spill)} a year")
    if abs(made.receivables) >= 10_000:
        way = "costs" if made.receivables > 0 else "saves"
        said.append(f"waiting for their money {way} {cast.money(abs(made.receivables))} a quarter")
    if made.load >= HIGH_LOAD:
        said.append(f"a line that they buy would run at {percent(made.load)}")
    return [f"Beside it: {'; '.join(said)}."] if said else []


def customer_line(cast: Cast, seen: Seen, account: str, made: Preview, page: Page) -> str:
    """What it brings and asks of the customer, by their own sums."""
    row = seen.params.accounts.index(account)
    certain = float(appraise(believed_standing(seen, row), page_of(seen, account, page)).certain[0])
    believed = certain + (made.worth - certain) * float(haircut(seen.credibility[row])[0])
    name = cast.account(account)
    if made.tier:
        return f"To {name} it would be worth {cast.money(made.worth)} a year, if it works."
    said = (
        f"To {name}: worth {cast.money(made.worth)} a year if it works, of which they believe "
        f"{cast.money(believed)}; it asks {cast.money(made.burden)} of them (volume, years, deliveries)."
    )
    metric = case_value(page, "metric")
    if metric not in COMPANY_METRICS and made.claimed_worth <= 0 and float(case_value(page, "claim")) > 0:
        said += " What you give does nothing for the measure that you promise."
    if believed < made.burden and made.gate != "negative_value":
        said += " For them that is a loss."
    return said


def claim_line(cast: Cast, made: Preview, page: Page) -> str:
    """Whether the claimed range holds what our own facts imply; '' where it does, or nothing is claimed."""
    claim, low, high = claim_range(page)
    shown = round(made.implied / THOUSAND)  # what the page shows is what is compared
    if not claim or round(low / THOUSAND) <= shown <= round(high / THOUSAND):
        return ""
    way = "more" if claim > made.implied else "less"
    return (
        f"Your notes imply {cast.money(made.implied)}, which is outside your range: you claim {way} than you know, and "
        "it will show."
    )


def seated(cast: Cast, tier: str, page: Page) -> list[str]:
    """Who would have to sign, first names of the desk in its order."""
    lowest = {"sales": 1, "finance": 2, "operations": 1, "product": 3}
    level = ("auto", "sales", "finance", "board").index(tier)
    made = any(levers.pulls(page, name) for name, lever in LEVERS.items() if lever.one_off is not None)
    people = list(cast.approvers.values())
    return [
        item.name
        for row, item in enumerate(people)
        if level >= lowest[item.seat] or row == 0 or (made and item.seat == "product")
    ]


def sign_line(cast: Cast, made: Preview, page: Page) -> str:
    """Who inside must sign; '' for a customer's page or where there is no desk."""
    if not made.tier or not cast.approvers:
        return ""
    names = seated(cast, made.tier, page)
    how = TIER_WORDS[made.tier] if made.tier != "auto" or len(names) == 1 else "sign at once"
    given = percent(made.concession, 1)
    cost = f"It gives away {given} of a year's sales" if made.concession > 0.0005 else "It gives away next to nothing"
    return f"{cost}: {listed(names)} {how}."


def when_line(cast: Cast, seen: Seen, account: str, audience: str, page: Page, tier: str, decides: int = 0) -> str:
    """When an answer comes; ``decides``: the quarter, where the page lies there already and is only re-cut."""
    if decides:
        return f"Answered when {cast.quarter(decides)} closes, as before."
    column = page_of(seen, account, page)
    if audience == "desk":
        if tier == "auto":
            return "Answered at once."
        return f"Answered when {cast.quarter(seen.quarter)} closes."
    row = seen.params.accounts.index(account)
    later = int(cases.new_task(column, seen.days[row])[0])
    due = seen.quarter + later
    if cast.over(due):
        return f"It is new to them: they would answer in {cast.quarter(due)}, after your time."
    slept = ", because it is new to them and they sleep on it" if later else ""
    return f"Answered when {cast.quarter(due)} closes{slept}."


def gate_line(cast: Cast, account: str, audience: str, gate: str) -> str:
    """What would stop it; '' for nothing."""
    if not gate:
        return ""
    reader = "Our desk" if audience == "desk" else cast.account(account)
    return f"{reader} would stop it, as far as you know: {gate_words(gate, audience)}. {gate_help(gate, audience)}"


def figure_lines(
    cast: Cast, seen: Seen, account: str, audience: str, page: Page, made: Preview, hours: float, decides: int = 0
) -> list[str]:
    """The figures beside a page, a line each: money first, then the customer, who signs, when, hours, and what would
    stop it."""
    own = f"After our desk has taken off what our word is worth: {cast.money(made.npv_judged)}." if made.tier else ""
    lines = [
        gate_line(cast, account, audience, made.gate),
        worth_line(cast, made, hurdle=seen.params.hurdle),
        own,
        payback_line(cast, made, seen.quarter),
        *side_lines(cast, made),
        customer_line(cast, seen, account, made, page),
        claim_line(cast, made, page),
        sign_line(cast, made, page),
        f"{when_line(cast, seen, account, audience, page, made.tier, decides)} {hours:.0f} hours, of "
        f"{float(seen.hours_left[0]):.0f} left.",
    ]
    return [line for line in lines if line]


def short_lines(cast: Cast, account: str, audience: str, page: Page, made: Preview) -> list[str]:
    """The same after one change, in two or three lines."""
    low, middle, high = (float(made.gain[row]) for row in (0, 2, 4))
    asking = "" if made.tier else f", asking {cast.money(made.burden)}"
    lines = [
        gate_line(cast, account, audience, made.gate),
        f"To us {cast.money(middle)} ({cast.money(low)} to {cast.money(high)}), {chance(made.chance_of_loss)}; to them "
        f"{cast.money(made.worth)} a year{asking}.",
        claim_line(cast, made, page),
        sign_line(cast, made, page),
    ]
    return [line for line in lines if line]


def waterfall(made: Preview) -> list[tuple[str, int, int]]:
    """Account profit of a mean quarter of the second year, line by line: words, without the case, with it, in cents of
    whole thousands that add up; the last line is their sum."""
    names = [name for name in MONEY_WORDS if max(abs(made.before[name]), abs(made.after[name])) >= THOUSAND / 2.0]
    before, after = _thousands(made.before, names), _thousands(made.after, names)
    rows = [(MONEY_WORDS[name], before[name], after[name]) for name in names]
    return [*rows, ("account profit", sum(before.values()), sum(after.values()))]


def _thousands(parts: Mapping[str, float], names: Sequence[str]) -> dict[str, int]:
    """Cents in whole thousands, such that they add up to the rounded sum of all parts."""
    made = {name: round(parts[name] / THOUSAND) for name in names}
    if names:
        largest = max(names, key=lambda name: abs(parts[name]))
        made[largest] += round(sum(parts.values()) / THOUSAND) - sum(made.values())
    return {name: units * int(THOUSAND) for name, units in made.items()}


def waterfall_lines(cast: Cast, made: Preview) -> list[str]:
    """The waterfall as lines."""
    lines = []
    for name, before, after in waterfall(made):
        change = f" ({cast.money(after - before, plus=True, exact=True)})" if after != before else ""
        told = f"{cast.money(before, exact=True)} without, {cast.money(after, exact=True)} with{change}"
        lines.append(f"{capital(name)}: {told}.")
    return lines


def fan_lines(cast: Cast, made: Preview) -> list[str]:
    """Cumulative account profit at the end of each year, with the case and without, eight times in ten."""
    lines = []
    for year in range(1, YEARS + 1):
        at = 4 * year - 1
        with_it, without = made.fan[:, at], made.fan_without[:, at]
        lines.append(
            f"After {counted(year, 'year')}, account profit added up: {cast.money(with_it[2])} with it "
            f"({cast.money(with_it[0])} to {cast.money(with_it[4])}), {cast.money(without[2])} without "
            f"({cast.money(without[0])} to {cast.money(without[4])})."
        )
    return lines


def price_line(made: Preview, page: Page) -> str:
    """How far the price could go, all else as it is; '' where that says nothing."""
    if np.isnan(made.price_break_even):
        return ""
    if made.price_break_even < -1e-9:
        return f"It would earn only if the price rose by {points(made.price_break_even)}."
    now = float(case_value(page, "price"))
    more = "" if abs(now) < 1e-9 else f" ({points(now)} on this page)"
    return f"All else as it is, {points(made.price_break_even)} of price in all is the most that still earns{more}."


def compared(cast: Cast, made: Mapping[str, Preview], pages: Mapping[str, Page]) -> list[tuple[str, list[str]]]:
    """Pages side by side: for each figure its name and one text a page, in the order given."""
    names = list(made)
    rows: list[tuple[str, list[str]]] = [
        ("Worth to us", [cast.money(float(made[name].gain[2])) for name in names]),
        ("Eight times in ten", [f"{cast.money(float(made[name].gain[0]))} to "
                                f"{cast.money(float(made[name].gain[4]))}" for name in names]),
        ("Loses money", [f"{round(made[name].chance_of_loss * 100)} of 100" for name in names]),
        ("Paid back", [_paid_back(made[name]) for name in names]),
        ("Worth to them a year", [cast.money(made[name].worth) for name in names]),
        ("Asks of them a year", [cast.money(made[name].burden) for name in names]),
        ("Promise", [_promise(cast, pages[name]) for name in names]),
        ("Given", [str(len(pulled(pages[name]))) for name in names]),
        ("Stopped by", [GATE_WORDS.get(made[name].gate, "nothing") for name in names]),
    ]  # fmt: skip
    return rows


def _paid_back(made: Preview) -> str:
    if np.isnan(made.payback):
        return "never"
    return "at once" if made.payback <= 0 else f"{made.payback:.0f} quarters"


def _promise(cast: Cast, page: Page) -> str:
    claim, low, high = claim_range(page)
    return f"{cast.money(low)} to {cast.money(high)}" if claim else "none"


def nothing_and_away(cast: Cast, seen: Seen, account: str, made: Preview) -> tuple[str, str]:
    """The two answers that are always there: do nothing, and walk away; with what is at stake."""
    without = made.fan_without[:, HORIZON - 1]
    name = cast.account(account)
    nothing = (
        f"Do nothing: no page, no promise. {name} leaves {cast.money(float(without[2]))} in {YEARS} years "
        f"({cast.money(float(without[0]))} to {cast.money(float(without[4]))})."
    )
    row = seen.params.accounts.index(account)
    profit = float(seen.profit[row, 0])
    until = int(seen.contract_until[row, 0])
    asks = [
        item.title for place, item in enumerate(_requests(cast, seen)) if item and _open(seen, place, account, cast)
    ]
    what = f"let their request go ({listed(asks)})" if asks else "let the business go"
    if not asks and until >= seen.quarter:
        what = f"let the contract go when it ends with {cast.quarter(until)}"
    booked = "reviewed" if bool(seen.reviewed[row, 0]) else "as booked"
    end = "their account profit goes" if profit > 0 else "you are the richer"
    away = f"Walk away: {what}. If they leave over it, {end}: {cast.money(profit)} a quarter, {booked}."
    return nothing, away


def _requests(cast: Cast, seen: Seen) -> list[Any]:
    return [cast.requests.get(name) for name in seen.params.requests]


def _open(seen: Seen, place: int, account: str, cast: Cast) -> bool:
    return int(seen.request[place, 0]) == 1 and cast.home[seen.params.requests[place]] == account


def driver_lines(cast: Cast, seen: Seen, account: str, *, inside: bool) -> list[str]:
    """What moves the figures most, as far as it is known; to a customer only what is about its own initiatives."""
    row, lines = seen.params.accounts.index(account), []
    for kind in ("price_sensitivity", "wallet", "trust", "collaboration") if inside else ():
        number, ages = seen.known(kind, row)
        if not np.isnan(number[0]):
            since = age(seen.quarter, seen.quarter - int(ages[0]))
            said = predicate(cast, kind, account, float(number[0]), 0)
            lines.append(f"{cast.account(account)} {said} (seen {since}).")
    for place in seen.params.account_initiatives[row]:
        number, ages = seen.known("force", place)
        name = seen.params.initiatives[place]
        if not np.isnan(number[0]) and abs(float(number[0])) > 0.05:
            at = seen.quarter - int(ages[0])
            said = predicate(cast, "force", name, float(number[0]), at)
            lines.append(f"{cast.initiatives[name].name} {said} (seen {age(seen.quarter, at)}).")
    if not inside:
        return [*lines, "Beyond that: whether it keeps running, and whether we deliver on the day."]
    return lines or ["Nothing that moves it is known: neither how they weigh price nor what pushes their initiative."]


def halved_lines(cast: Cast, account: str, made: Preview) -> tuple[str, str]:
    """What a customer reads behind the page: from which part of the worth on it pays for them, and what is left at
    half of it."""
    name = cast.account(account)
    if made.worth <= 0 or made.burden <= 0:
        return f"It asks nothing of {name} that would have to be repaid.", f"At half of the worth, {name} still gains."
    part = made.burden / made.worth
    from_here = f"{cast.money(made.burden)} of {cast.money(made.worth)}"
    even = f"It pays for {name} from {percent(part)} of its worth on: {from_here}."
    half = made.worth / 2.0 - made.burden
    left = f"{cast.money(abs(half))} a year {'remain' if half >= 0 else 'are missing'}"
    return even, f"If half of it comes true, {cast.money(made.worth / 2.0)} a year, {left}."
