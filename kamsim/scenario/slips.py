"""Slips that authors make and YAML reads as something else: decimal commas, points for thousands, typographic quotes,
characters that nobody sees. Each is told as what it is, at its place."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import name as unicode_name

from kamsim.letters import INVISIBLE

SPACES: Final = "\u00a0\u2007\u2009\u202f"
"""Spaces that a word processor or a price list puts into numbers, and that YAML takes for letters."""
QUOTES: Final = "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a"
"""Quotes as they are set, and not as YAML knows them."""
POINTED: Final = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{2}0")
"""A number whose point may have been meant for thousands: 9.000, 1.250."""

_DIGITS_BEFORE: Final = re.compile(r"([0-9]+),$")
_MISSING_SPACE: Final = re.compile(r"\s*(?:- +)?([A-Za-z_][A-Za-z0-9_]*):(?=[^\s:/])")


def invisible(text: str) -> str:
    """What to say of the first invisible character of a text; '' where there is none."""
    found = INVISIBLE.search(text)
    if found is None:
        return ""
    sign = found.group()
    return f"an invisible character stands here (U+{ord(sign):04X}, {unicode_name(sign, 'unnamed').lower()}); delete it"


def odd_space(text: str) -> str:
    """What to say of a space that YAML takes for a letter; '' where there is none."""
    found = next((sign for sign in text if sign in SPACES), "")
    return f"a {unicode_name(found).lower()} (U+{ord(found):04X}) stands in it" if found else ""


def pointed(text: str) -> str:
    """What to say of a number such as 9.000; '' where its point is plain."""
    if not POINTED.fullmatch(text):
        return ""
    return (
        f"{text} is read as {float(text):g}; write {text.replace('.', '')} if thousands are meant, or {float(text):g}"
    )


def decimal_comma(before: str, after: str) -> str:
    """A number that a comma cut in two inside { } or [ ]: what it was, with a comma; '' where it was none.

    ``before`` is the text up to the second part, ``after`` that part."""
    found = _DIGITS_BEFORE.search(before)
    return f"{found[1]},{after}" if found and after.isdecimal() else ""


def told_comma(number: str) -> str:
    """What to say of such a number."""
    left, _, right = number.partition(",")
    meant = f"{left}.{right} with a point"
    if len(right) == 3 and left.strip("0"):
        meant = f"{left}{right} without a separator, or {meant}"
    return f"{number} is read as {left} and {right} here; write {meant}"


def missing_space(line: str) -> str:
    """The key of a line behind whose colon the space is missing; '' where none is."""
    found = _MISSING_SPACE.match(line)
    return found[1] if found else ""


def typographic(text: str) -> bool:
    """Whether a text is put in quotes that YAML does not know."""
    return text[:1] in QUOTES or (text[-1:] in QUOTES and text[:1] in f"{QUOTES}'\"")
