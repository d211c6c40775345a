#!/usr/bin/env bash
# Babel 2.19.0 and Intl of Node 20.19.0 write minus 1234.5 differently in all of 15 European locales, though both take
# their rules from CLDR; and Babel cannot read back what Intl writes in ten of them.
#
# Intl leaves four digits ungrouped where CLDR says so (es, pl, pt, bg, it-CH, sl, et), Babel groups them. Intl writes
# the true minus in sv, hr, nb, fi, sl, et and lt, Babel the hyphen, and parse_decimal() raises NumberFormatError for the
# true minus in the very locales that prescribe it. A page in the browser and a table from Python show two spellings of
# one figure, and what was copied from the page is refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
npm install --silent --no-fund --no-audit --prefix "$folder" node@20.19.0 > /dev/null
"$folder/node_modules/.bin/node" -e '
const locales = ["sv-SE","es-ES","pl-PL","pt-PT","de-AT","de-CH","hr-HR","nb-NO","fi-FI","sl-SI","et-EE","lt-LT","bg-BG","fr-CH","it-CH"];
const written = Object.fromEntries(locales.map(l => [l, new Intl.NumberFormat(l).format(-1234.5)]));
console.log(JSON.stringify(written));' > "$folder/intl.json"
"$folder/env/bin/python" - "$folder/intl.json" <<'PY'
import json
import sys

from babel.numbers import NumberFormatError, format_decimal, parse_decimal

intl = json.load(open(sys.argv[1], encoding="utf-8"))
differ, unread = [], []
for locale, written in intl.items():
    name = locale.replace("-", "_")
    if format_decimal(-1234.5, locale=name) != written:
        differ.append(f"{locale}: Intl {ascii(written)}, Babel {ascii(format_decimal(-1234.5, locale=name))}")
    try:
        parse_decimal(written, locale=name)
    except NumberFormatError:
        unread.append(locale)
print("Babel 2.19.0, Intl of Node 20.19.0", *differ, sep="\n  ")
print("Babel cannot read:", *unread)
assert len(differ) == 15 and len(unread) == 10, "the behaviour has changed"
print("as found: one source of rules, two spellings")
PY
