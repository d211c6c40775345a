#!/usr/bin/env bash
# Babel 2.19.0 writes 999999 in groups and 1000000 without any in every Swiss locale (de, fr, it, en and gsw of CH and
# LI), alone and as money; Babel 2.18.0 groups both. The group sign changed from the right single quotation mark to the
# straight apostrophe with it, and so did what can be read back: parse_decimal() of 2.19.0 takes the apostrophe, which
# 2.18.0 refuses, and the other way round.
#
# A table of a Swiss account that crosses a million loses its grouping in that row alone, and a typed or copied figure is
# read by one release and refused by the other. All other locales of 2.19.0 that group thousands group millions, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in 2.18.0 2.19.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "babel==$version"
    "$folder/$version/bin/python" - "$version" <<'PY'
import json
import sys

from babel import Locale
from babel.localedata import locale_identifiers
from babel.numbers import NumberFormatError, format_currency, format_decimal, parse_decimal

version = sys.argv[1]
lost = [
    name
    for name in sorted(locale_identifiers())
    if format_decimal(1_000_000, locale=Locale.parse(name)) == "1000000"
    and format_decimal(999_999, locale=Locale.parse(name)) != "999999"
]
swiss = [format_decimal(number, locale="de_CH") for number in (999_999, 1_000_000)]


def reads(text):
    try:
        return int(parse_decimal(text, locale="de_CH"))
    except NumberFormatError:
        return "refused"


read = [reads("999'999"), reads("999\u2019999")]
print(f"Babel {version}: {[ascii(text) for text in swiss]}, {ascii(format_currency(1_000_000, 'CHF', locale='fr_CH'))};",
      f"reads with ' and \\u2019: {read}; loses groups from a million in: {' '.join(lost) or 'none'}")
expected = {
    "2.18.0": (["999\u2019999", "1\u2019000\u2019000"], 0, ["refused", 999_999]),
    "2.19.0": (["999'999", "1000000"], 9, [999_999, "refused"]),
}[version]
assert (swiss, len(lost), read) == expected, "the behaviour has changed"
PY
done
echo "as found: from a million on, Swiss groups are gone"
