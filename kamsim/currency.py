"""Money as people write it: any currency of ISO 4217, as a locale writes it (Babel), with a true minus sign."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kamsim.letters import DRAWN, INVISIBLE

MINUS: Final = "\N{MINUS SIGN}"
ENGLISH: Final = "en"
_SIGNS: Final = {"EUR": "€", "USD": "$", "GBP": "£"}
"""Known without Babel, which takes a while to load, where a locale writes English numbers."""
_UNITS: Final = {"EUR": ("euro", "euros"), "USD": ("dollar", "dollars"), "GBP": ("pound", "pounds")}
_FOUR_STAND: Final = frozenset(("bg", "es", "es_ES", "et", "it_CH", "pl", "pl_PL", "pt_PT", "sl"))
"""Locales that leave four digits together (CLDR: minimum grouping digits)."""
_AMOUNT: Final = re.compile(r"([-+\u2212]?)([0-9]+(?:[.][0-9]+)?)(k|m|bn)?")


def written(figure: str, currency: str, locale: str = ENGLISH, *, sign: str = "") -> str:
    """An amount in ``currency`` as ``locale`` writes it, ``sign`` first. ``figure`` is a number with a point, no marks
    for thousands, and perhaps k, m or bn behind it: ``1240.50``, ``8.1m``. Its digits stay as they are.
    """
    found = _AMOUNT.fullmatch(figure)
    if found is None:
        raise ValueError(f"{figure!r} is no amount")
    sign = sign or (MINUS if found[1] in "-\u2212" and found[1] else found[1])
    digits, scale = found[2], found[3] or ""
    if locale == ENGLISH and currency in _SIGNS:
        whole, point, part = digits.partition(".")
        return f"{sign}{_SIGNS[currency]}{int(whole):,}{point}{part}{scale}"
    before, grouped, behind = _by_babel(digits, currency, locale)
    return f"{sign}{before}{grouped}{scale}{behind}"


@lru_cache(4096)
def _by_babel(digits: str, currency: str, locale: str) -> tuple[str, str, str]:
    """What stands before the digits, the digits with the locale's marks, and what stands behind."""
    from babel import Locale

    told = Locale.parse(locale)
    before, _, behind = told.currency_formats["standard"].pattern.partition(";")[0].partition("#")
    sign = symbol(currency, locale)
    before = INVISIBLE.sub("", before).replace("\N{CURRENCY SIGN}", sign)
    behind = INVISIBLE.sub("", behind).lstrip("#,0.").replace("\N{CURRENCY SIGN}", sign)
    if before.endswith(sign) and sign[-1:].isalpha():
        before += "\N{NO-BREAK SPACE}"
    return before, _grouped(digits, locale), behind


def _grouped(digits: str, locale: str) -> str:
    """Digits with the locale's marks. Babel knows the marks; it groups four digits where CLDR leaves them, and none
    at all above a million in Switzerland."""
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol, parse_pattern

    told = Locale.parse(locale)
    first, others = parse_pattern(told.decimal_formats[None].pattern).grouping
    whole, point, part = digits.partition(".")
    if len(whole) > (first + 1 if locale in _FOUR_STAND else first):
        groups = [whole[-first:]]
        whole = whole[:-first]
        while whole:
            groups.insert(0, whole[-others:])
            whole = whole[:-others]
        whole = get_group_symbol(told).join(groups)
    return whole + (get_decimal_symbol(told) + part if point else "")


@lru_cache(64)
def symbol(currency: str, locale: str = ENGLISH) -> str:
    """The sign of a currency in a locale; its code where there is none, or none that the window can draw."""
    if locale == ENGLISH and currency in _SIGNS:
        return _SIGNS[currency]
    from babel.numbers import get_currency_symbol

    signs = (get_currency_symbol(currency, where) for where in (locale, ENGLISH))
    return next((sign for sign in signs if DRAWN.fullmatch(sign)), currency)


def named(currency: str, locale: str = ENGLISH) -> tuple[str, str]:
    """What one unit of a currency and several are called in a sentence: euro and euros."""
    if locale == ENGLISH and currency in _UNITS:
        return _UNITS[currency]
    from babel.numbers import get_currency_name

    one, many = (get_currency_name(currency, count, locale) for count in (1, 2))
    return (one.split()[-1], many.split()[-1]) if locale.startswith(ENGLISH) else (one, many)


def known_locale(locale: str) -> bool:
    """Whether Babel knows how this locale writes."""
    if locale == ENGLISH:
        return True
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(locale) is not None
    except (UnknownLocaleError, ValueError):
        return False
