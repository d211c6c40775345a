"""Money as people write it: any currency of ISO 4217, as a locale writes it (Babel), with a true minus sign."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

MINUS: Final = "\N{MINUS SIGN}"
ENGLISH: Final = "en"
_SIGNS: Final = {"EUR": "€", "USD": "$", "GBP": "£"}
"""Known without Babel, which takes a while to load, where a locale writes English numbers."""
_UNITS: Final = {"EUR": ("euro", "euros"), "USD": ("dollar", "dollars"), "GBP": ("pound", "pounds")}
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
    from babel.numbers import format_currency, get_currency_symbol, parse_pattern

    places = len(digits.partition(".")[2])
    pattern = parse_pattern(_pattern(locale))
    pattern.frac_prec = (places, places)
    text = format_currency(
        Decimal(digits), currency, pattern, locale, currency_digits=False, decimal_quantization=False
    )
    symbol = get_currency_symbol(currency, locale)
    number = text.replace(symbol, "")
    first = next(place for place, letter in enumerate(number) if letter.isdigit())
    last = max(place for place, letter in enumerate(number) if letter.isdigit()) + 1
    ahead = text.startswith(symbol)
    return (symbol + number[:first], number[first:last], number[last:]) if ahead else (
        number[:first], number[first:last], number[last:] + symbol)  # fmt: skip


def _pattern(locale: str) -> str:
    from babel import Locale

    return str(Locale.parse(locale).currency_formats["standard"].pattern)


def named(currency: str, locale: str = ENGLISH) -> tuple[str, str]:
    """What one unit of a currency and several are called in a sentence: euro and euros."""
    if locale == ENGLISH and currency in _UNITS:
        return _UNITS[currency]
    from babel.numbers import get_currency_name

    one, many = (get_currency_name(currency, count, locale) for count in (1, 2))
    return (one.split()[-1], many.split()[-1]) if locale.startswith(ENGLISH) else (one, many)


def known(currency: str) -> bool:
    """Whether this is a currency's code of ISO 4217."""
    if currency in _SIGNS:
        return True
    from babel.numbers import is_currency

    return bool(is_currency(currency))
