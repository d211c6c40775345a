"""Promises in words: what was signed, what falls due when, what it came to, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.page import COMPANY_METRICS, DUE_NOW, METRICS, OPEN
from kamsim.engine.promises import MODEST, PATIENCE
from kamsim.game.events.cases import named
from kamsim.view.case.sentences import IN_WORDS, METRIC_WORDS
from kamsim.view.words.books import ROUND_TO
from kamsim.view.words.names import Cast, counted, listed

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Data = Mapping[str, Any]
PARTS: Final = {
    "initiative": "their initiative",
    "rivals_and_economy": "rivals and the economy",
    "luck": "luck",
    "own_choices": "your later choices there",
    "estimate": "the estimate itself",
}
"""By cause of a gap: what it is called."""


def figure(cast: Cast, metric: str, cents: float) -> str:
    """A promised figure with its unit: €87,000 a year in cash."""
    if metric in COMPANY_METRICS:
        return f"{cast.money(cents)} {METRIC_WORDS[metric]} a quarter"
    return f"{cast.money(cents)} a year {IN_WORDS[metric]}"


def to_whom(cast: Cast, data: Data) -> str:
    """Whom a promise was made to."""
    name = cast.account(data["account"])
    return f"our own desk, about {name}" if data["audience"] == "desk" else name


def promise_line(cast: Cast, data: Data) -> str:
    """What was promised to whom, and when it is counted."""
    due = int(data["due"])
    when = f"counted when the books of {cast.quarter(due)} are closed"
    if cast.over(due):
        when = f"due in {cast.quarter(due)}, after your time, so counted early, at its end"
    return (
        f"Promised to {to_whom(cast, data)}: {figure(cast, data['metric'], data['value'])}, between "
        f"{cast.money(data['low'])} and {cast.money(data['high'])}; {when}."
    )


def signed_head(cast: Cast, data: Data) -> str:
    """A promise is locked."""
    if not data["due"] or not data["value"]:
        return f"Signed with {to_whom(cast, data)}, with no promise of a figure."
    return promise_line(cast, data)


def due_head(cast: Cast, data: Data) -> str:
    """It can be measured now."""
    return (
        f"Your promise to {to_whom(cast, data)} is due: {figure(cast, data['metric'], data['value'])}. Measure it by "
        f"{cast.by(last_chance(data))} (10 hours)."
    )


def due_body(_cast: Cast, _data: Data, _quarter: int) -> list[str]:
    """Why one should."""
    return ["Measured and kept, it is the best proof there is for the next case. Left alone, it counts as a shrug."]


def forgotten_head(cast: Cast, data: Data) -> str:
    """Nobody measured it."""
    return (
        f"Nobody measured what you promised {to_whom(cast, data)}: {figure(cast, data['metric'], data['value'])}. It "
        "is remembered as talk."
    )


def measured_head(cast: Cast, data: Data) -> str:
    """What it came to, beside what was said."""
    kept = "kept" if data["kept"] else "missed"
    if not data["inside"]:
        kept += ", above your range" if data["actual"] > data["high"] else ", below your range"
    when = ""
    if data.get("settled"):
        when = ", counted early at the end of your time" if data.get("early") else ", counted at the end of your time"
    return f"Promise to {to_whom(cast, data)}{when}: {kept}. {both_figures(cast, data)}"


def both_figures(cast: Cast, data: Data) -> str:
    """What was promised, with its range, and what was measured."""
    came = "the last quarter's books come to" if data.get("early") else "measured:"
    return (
        f"Promised: {figure(cast, data['metric'], data['value'])}, between {cast.money(data['low'])} and "
        f"{cast.money(data['high'])}; {came} {cast.money(data['actual'])}."
    )


def measured_body(cast: Cast, data: Data, _quarter: int) -> list[str]:
    """The split of the gap in plain words, and how often ranges have held so far."""
    lines = []
    split = data.get("split")
    if split is not None:
        lines.append(split_line(cast, data, split))
    if data["kept"] and data["actual"] - data["value"] > MODEST * abs(data["value"]):
        lines.append("It came to so much more than you said that it proves nothing: that was no forecast.")
    if data.get("early"):
        due = cast.quarter(int(data["due"]))
        lines.append(f"It was due in {due}, after your time: this is what it comes to if all goes on as it did.")
    lines.append(track_line(int(data["claims"]), int(data["claims_inside"])))
    return lines


def split_units(data: Data, split: Mapping[str, int]) -> tuple[int, dict[str, int], int]:
    """Claim, parts of the gap, actual, in whole thousands that add up: the largest part takes what rounding leaves."""
    claim, actual = round(data["value"] / ROUND_TO), round(data["actual"] / ROUND_TO)
    units = {name: round(cents / ROUND_TO) for name, cents in split.items()}
    largest = max(units, key=lambda name: abs(split[name]))
    units[largest] += actual - claim - sum(units.values())
    return claim, units, actual


def split_line(cast: Cast, data: Data, split: Mapping[str, int]) -> str:
    """The gap between the claim and what it came to, by cause, in thousands that add up."""
    gap = data["actual"] - data["value"]
    rounded, units, actual = split_units(data, split)
    total = actual - rounded
    moved = [name for name in PARTS if units.get(name)]
    claim = cast.money(rounded * ROUND_TO, exact=True)
    if not moved or not gap:
        return f"That is {claim}, to the thousand: nothing moved it."
    ordered = sorted((name for name in moved if name != "estimate"), key=lambda name: -abs(units[name]))
    ordered += [name for name in moved if name == "estimate"]
    said = ", ".join(f"{PARTS[name]} {cast.money(units[name] * ROUND_TO, plus=True, exact=True)}" for name in ordered)
    way = cast.money(total * ROUND_TO, plus=True, exact=True)
    return f"Beside your figure of {claim} that is {way}: {said}."


def track_line(claims: int, inside: int) -> str:
    """How often claimed ranges held, beside how often they should."""
    if claims == 1:
        return f"Your first promise to be counted, and it {'landed' if inside else 'did not land'} inside its range."
    hoped = round(0.8 * claims)
    said = f"Of {claims} promises so far you said {hoped} would land inside their range; {inside} did."
    if inside < hoped:
        return f"{said} Wider ranges, or smaller words."
    if inside > hoped and claims >= 4:
        return f"{said} You could promise more sharply."
    return said


def last_chance(data: Data) -> int:
    """The quarter in which a promise that is due can be measured for the last time."""
    return int(data["due"]) + PATIENCE


def calendar(seen: Seen) -> list[tuple[int, dict[str, Any], bool]]:
    """Every promise that runs, the earliest first: the quarter whose books tell, its data, and whether it can be
    measured now."""
    found = []
    for place in range(2 * len(seen.params.accounts)):
        status = int(seen.promise[place, 0])
        if status not in (OPEN, DUE_NOW):
            continue
        data: dict[str, Any] = {
            **named(seen.params, place),
            "metric": METRICS[int(seen.promise_metric[place, 0])],
            "value": float(seen.promise_value[place, 0]),
            "low": float(seen.promise_low[place, 0]),
            "high": float(seen.promise_high[place, 0]),
            "signed": int(seen.promise_signed[place, 0]),
            "due": int(seen.promise_due[place, 0]),
        }
        found.append((int(data["due"]), data, status == DUE_NOW))
    return sorted(found, key=lambda item: (not item[2], item[0]))


def calendar_line(cast: Cast, data: Data, due_now: bool) -> str:
    """One promise on the calendar."""
    due = int(data["due"])
    between = f"between {cast.money(data['low'])} and {cast.money(data['high'])}"
    said = f"{figure(cast, data['metric'], data['value'])}, {between}"
    if due_now:
        return f"Now, by {cast.by(last_chance(data))}: {to_whom(cast, data)}, {said}. It can be measured."
    late = ", after your time, so counted at its end" if cast.over(due) else ""
    return f"{cast.quarter(due)}{late}: {to_whom(cast, data)}, {said}. Signed in {cast.quarter(int(data['signed']))}."


def due_soon(cast: Cast, seen: Seen, accounts: Sequence[str]) -> list[str]:
    """Promises that can be measured now, a few words each; ``accounts``: the order in which they stand everywhere."""
    due = [data for _, data, now in calendar(seen) if now]
    due.sort(key=lambda data: accounts.index(str(data["account"])))
    names = [to_whom(cast, data) for data in due]
    return [f"{counted(len(names), 'promise')} to be measured ({listed(names)})"] if names else []
