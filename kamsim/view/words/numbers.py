"""Numbers as people type them in half of Europe and elsewhere: 300.000, 300,000, 1.234,50, 5 %, 5 €, 900k."""

from __future__ import annotations

import re
from math import inf
from typing import Final, get_args

from kamsim.scenario.vocabulary import Currency

SCALES: Final = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}
CODES: Final = {None, *(code.casefold() for code in get_args(Currency))}
LONGEST: Final = 40
"""Characters of a number."""
_SPACES: Final = re.compile("[ \u00a0\u2007\u2009\u202f'\u2019_]")
_NUMBER: Final = re.compile(
    r"([+\-\u2010-\u2015\u2212]?)(?:[€$£¥]|(?P<before>[a-z]{3}))?(\d[\d,.]*)(k|m|bn)?"
    r"(?:%|percent|points?|euros?|[€$£¥]|(?P<behind>[a-z]{3}))?"
)
_GROUPED: Final = re.compile(r"\d{1,3}([,.])\d{3}(?:\1\d{3})*")


def parse_number(text: str, low: float = -inf, high: float = inf, *, whole: bool = False) -> float | None:
    """The number that was typed. None for anything else, and for one that could be two (12.500 is twelve and a half in
    London and twelve thousand in Berlin) where both lie between ``low`` and ``high``; ``whole`` asks for large amounts,
    so that the thousands are meant."""
    if len(text) > LONGEST:
        return None
    found = _NUMBER.fullmatch(_SPACES.sub("", text.casefold()).replace("per cent", "%").replace("percent", "%"))
    if found is None or not {found["before"], found["behind"]} <= CODES:
        return None
    sign = -1.0 if found[1] and found[1] != "+" else 1.0
    values = [sign * value * SCALES[found[4] or ""] for value in _readings(found[3])]
    if len(values) > 1:
        values = [value for value in values if low <= value <= high] or values[:1]
    return values[0] if len(values) == 1 or (values and whole) else None


def _readings(digits: str) -> list[float]:
    """What digits with points and commas may stand for, the one with thousands first; none where they are no number."""
    marks = [sign for sign in digits if sign in ",."]
    grouped = _GROUPED.fullmatch(digits)
    if not marks:
        return [float(digits)]
    if grouped and not digits.startswith("0"):
        thousands = float(re.sub("[,.]", "", digits))
        return [thousands] if len(marks) > 1 else [thousands, float(digits.replace(",", "."))]
    last = marks[-1]
    ahead, _, behind = digits.rpartition(last)
    if last in ahead or (set(marks) - {last} and not _GROUPED.fullmatch(ahead)):
        return []
    return [float(f"{re.sub('[,.]', '', ahead)}.{behind or 0}")]
