"""What the data of an event must look like for tables to be made of it. Chains can be forged; tables must not break.

Only what is read by a debrief is checked; kinds that are not listed, and further names in those that are, pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, Final

Check = Callable[[Any], bool]
MOST: Final = 2**53
"""Whole numbers from here on are not exact in any table."""
MOST_TEXT: Final = 2_000


def text(value: Any) -> bool:
    """Short text."""
    return isinstance(value, str) and len(value) <= MOST_TEXT


def whole(value: Any) -> bool:
    """A whole number that stays exact."""
    return isinstance(value, int) and not isinstance(value, bool) and -MOST < value < MOST


def number(value: Any) -> bool:
    """A number, and no infinite one."""
    return (isinstance(value, float) and isfinite(value)) or whole(value)


def flag(value: Any) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


def maybe(check: Check) -> Check:
    """Or nothing."""
    return lambda value: value is None or check(value)


def listed(check: Check, most: int = 1_000) -> Check:
    """A list of such."""
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(check, value))


def named(check: Check) -> Check:
    """Such values by name."""
    return lambda value: (
        isinstance(value, dict) and len(value) <= 1_000 and all(map(text, value)) and all(map(check, value.values()))
    )


def shaped(needed: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these names."""
    return lambda value: isinstance(value, dict) and _fault(value, needed, optional or {}) is None


def scalar(value: Any) -> bool:
    """One plain value."""
    return value is None or text(value) or number(value) or flag(value)


FACT: Final = shaped(
    {"fact": text, "kind": text, "about": text, "account": text, "value": number},
    {"label": text, "was": number, "was_at": whole},
)
_CASE: Final[dict[str, Check]] = {"account": text, "audience": text}
_PROMISE: Final[dict[str, Check]] = {
    **_CASE,
    "metric": text,
    "value": whole,
    "low": whole,
    "high": whole,
    "signed": whole,
    "due": whole,
}
_SCORE: Final[dict[str, Check]] = dict.fromkeys(("banked", "left", "value", "typical", "lead"), whole)
_BOT: Final = shaped({"volume_value": whole, "profit": whole, "value": whole})
_BOOKED: Final = shaped({"profit": whole, "cost_to_serve": whole, "reviewed": flag})
_TRUE: Final = shaped({"trust": number, "share_of_wallet": number, "cost_to_serve": whole, "profit": whole})
SHAPES: Final[dict[str, dict[str, Check]]] = {
    "moved": {"move": text, "args": named(scalar), "result": text, "hours": number, "learned": listed(FACT)},
    "heard": {"learned": listed(FACT)},
    "news": {"id": text},
    "turned": {"initiative": text, "to": text},
    "left": {"person": text, "holder": whole, "name": text, "before": text},
    "requested": {"request": text, "due": whole},
    "failed": {"account": text, "incident": text, "severity_word": text},
    "tender": {"tender": text, "quarter": whole},
    "warned": {"account": text, "rival": text, "quarter": whole},
    "struck": {"account": text, "rival": text, "quarter": whole},
    "followed": {"account": text, "rival": text},
    "answered": {"account": text, "answer": text, "offer": named(scalar)},
    "lapsed": {"request": text},
    "neglected": {"account": text, "incident": text},
    "tendered": {"tender": text, "share_before": number, "share": number, "won": flag},
    "guessed": {
        "guess": text,
        "value": lambda value: number(value) or listed(lambda one: text(one) or number(one))(value),
    },
    "closed": {"quarter": whole, "accounts": named(_BOOKED), "total": whole, "company": whole},
    "truth": {"quarter": whole, "accounts": named(_TRUE)},
    "why": {"account": text, "before": whole, "after": whole, "parts": named(whole)},
    "revealed": {"year": whole, "by_sales": listed(text), "by_profit": listed(text), "guess": maybe(listed(text))},
    "reviewed": {
        "year": whole,
        "profit": whole,
        "last_year": maybe(whole),
        "range": maybe(listed(whole, 2)),
        "range_quarter": maybe(whole),
        "range_profit": maybe(whole),
    },
    "moment": {"moment": text},
    "moment_turned": {"moment": text, "twist": text},
    "moment_objected": {"moment": text, "criterion": text},
    "moment_ended": {"moment": text, "phase": text},
    "case_answered": {
        **_CASE,
        "outcome": text,
        "gate": maybe(text),
        "condition": maybe(text),
        "speaker": text,
        "criteria": listed(text),
        "noticed": flag,
        "page": named(scalar),
    },
    "case_judged": {**_CASE, "scores": named(number), "criteria": named(number), "loss": named(number)},
    "case_lapsed": _CASE,
    "signed": _PROMISE,
    "promise_due": _PROMISE,
    "promise_forgotten": _PROMISE,
    "measured": {**_PROMISE, "actual": whole, "kept": flag, "inside": flag, "claims": whole, "claims_inside": whole},
    "finished": {"score": number, **_SCORE, "you": _BOT, "discounter": _BOT, "empty_chair": _BOT},
}
OPTIONAL: Final[dict[str, dict[str, Check]]] = {
    "measured": {"split": named(whole)},
    "revealed": {"sales": named(whole), "profit": named(whole)},
}


def misshapen(kind: str, data: Any) -> str | None:
    """What is wrong with an event's data, in words; None where nothing is."""
    return _fault(data, SHAPES.get(kind, {}), OPTIONAL.get(kind, {}))


def _fault(data: Any, needed: Mapping[str, Check], optional: Mapping[str, Check]) -> str | None:
    if not isinstance(data, dict):
        return "no names"
    for name, check in needed.items():
        if name not in data:
            return f"no {name!r}"
        if not check(data[name]):
            return f"an odd {name!r}"
    for name, check in optional.items():
        if name in data and not check(data[name]):
            return f"an odd {name!r}"
    return None
