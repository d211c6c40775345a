"""What pydantic found wrong with a scenario's values, in plain words and at their place in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from math import isfinite
from typing import Any, NamedTuple

from pydantic import ValidationError

from kamsim.scenario import slips
from kamsim.scenario.findings import LONGEST_ECHO, MOST_LISTED, Finding, but_not, fault, listed, shown, suggest
from kamsim.scenario.models import Scenario
from kamsim.scenario.yaml_text import Node, Source, scalar

MOST_TRANSLATED = 500
"""Faults that are put in words; beyond, they are only counted."""

SEPARATED = 10_000
"""The least number that is written with separators; years are not."""

Path = tuple[str | int, ...]


def explain(error: ValidationError, source: Source) -> tuple[list[Finding], int]:
    """Each fault as a finding, and how many more there are."""
    faults = error.errors(include_url=False, include_input=False)
    lacking, keys = _misspelt([(str(item["type"]), tuple(item["loc"])) for item in faults[:MOST_TRANSLATED]])
    named = any(item["type"] == "string_pattern_mismatch" for item in faults)
    meant = _Meant(keys, _ids(source.root) if named and source.root else {})
    findings = [
        found
        for item in faults[:MOST_TRANSLATED]
        if tuple(item["loc"]) not in lacking and (found := _finding(dict(item), source, meant))
    ]
    return findings, max(0, len(faults) - MOST_TRANSLATED)


class _Meant(NamedTuple):
    """What an author probably meant, told by the rest of the text."""

    keys: dict[Path, str]
    """Known keys, by the path of the misspelt one."""
    ids: dict[str, str]
    """Ids by full names."""


def _misspelt(faults: list[tuple[str, Path]]) -> tuple[set[Path], dict[Path, str]]:
    """Missing keys that stand there misspelt, and for each misspelt key the one that was meant."""
    missing: dict[Path, list[str]] = {}
    for kind, loc in faults:
        if kind == "missing" and isinstance(loc[-1], str):
            missing.setdefault(loc[:-1], []).append(loc[-1])
    found: dict[Path, str] = {}
    for kind, loc in faults:
        if kind == "extra_forbidden" and (near := suggest(str(loc[-1]), missing.get(loc[:-1], ())).strip("'")):
            missing[loc[:-1]].remove(near)
            found[loc] = near
    return {(*loc[:-1], near) for loc, near in found.items()}, found


def _finding(item: dict[str, Any], source: Source, meant: _Meant) -> Finding | None:
    kind, loc, context = str(item["type"]), tuple(item["loc"]), item.get("ctx", {})
    if loc and loc[-1] == "[key]":
        return _unknown_key(loc[:-1], source)
    if kind == "extra_forbidden":
        return _unknown_key(loc, source, meant.keys.get(loc, ""))
    if kind == "missing":
        return _missing(loc, source)
    value = source.value(loc)
    if kind in ("too_short", "too_long"):
        return _miscounted(kind, loc, value, source)
    words = _NUMBER_WORDS if kind in _NUMBER_KINDS else _WORDS
    code, sentence = next((code, sentence) for start, code, sentence in words if kind.startswith(start))
    if isinstance(value, float) and not isfinite(value):
        code, sentence = "K209", lambda *_: "must be a finite number"
    schema = _schema_at(loc)
    echo = "" if kind in _NO_ECHO else but_not(value)
    message = f"{_name(loc, source)} {sentence(value, schema, context)}{echo}{_remedy(kind, value, schema)}"
    return fault(code, source.at(loc), message, _hint(kind, value, schema, {} if loc[-1:] == ("id",) else meant.ids))


def _missing(loc: Path, source: Source) -> Finding:
    parent = source.at(loc[:-1])
    if isinstance(loc[-1], int):
        wanted = _schema_at(loc[:-1]).get("maxItems", loc[-1] + 1)
        return fault("K208", parent, f"{_name(loc[:-1], source)} needs exactly {wanted} entries")
    within = f"{_name(loc[:-1], source)}: " if len(loc) > 1 and source.root is not None else ""
    return fault("K201", parent, f"{within}{_name(loc, source)} is missing")


def _miscounted(kind: str, loc: Path, value: Any, source: Source) -> Finding | None:
    schema = _schema_at(loc)
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    if kind == "too_short" and isinstance(value, tuple | list) and len(value) >= least:
        return None  # its entries were refused one by one, which says it all
    bound = f"exactly {most}" if least == most else f"at least {least}" if kind == "too_short" else f"at most {most}"
    entries = "entry" if bound.endswith(" 1") else "entries"
    return fault("K208", source.at(loc), f"{_name(loc, source)} needs {bound} {entries}")


_NUMBER_KINDS = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")
_NO_ECHO = ("string_too_long", "string_too_short")

Sentence = Callable[[Any, dict[str, Any], dict[str, Any]], str]
"""What follows the field's name, from the author's value, the schema there and pydantic's context."""

_NUMBER_WORDS: tuple[tuple[str, str, Sentence], ...] = (
    ("", "K203", lambda _, schema, __: f"must be {_range(schema)}"),
)
_WORDS: tuple[tuple[str, str, Sentence], ...] = (
    ("literal_error", "K205", lambda _, schema, __: f"must be {listed(_options(schema), 'or')}"),
    ("multiple_of", "K203", lambda _, __, context: f"must be a multiple of {_figure(context['multiple_of'])}"),
    ("finite_number", "K209", lambda *_: "must be a finite number"),
    ("string_pattern", "K207", lambda *_: "must be a short name of a-z, 0-9 and _, a letter first, at most 32 long"),
    ("string_too_long", "K206", lambda value, _, context: _too_long(value, context)),
    ("string_too_short", "K206", lambda *_: "is empty; write some text"),
    ("string", "K204", lambda value, *_: f"must be text{' (put it in quotes)' if _unquoted(value) else ''}"),
    ("bool", "K204", lambda *_: "must be true or false"),
    ("int", "K204", lambda *_: "must be a whole number"),
    ("float", "K204", lambda *_: "must be a number"),
    ("tuple", "K204", lambda *_: "must be a list"),
    ("model", "K204", lambda *_: "must be a mapping of named values"),
    ("dict", "K204", lambda *_: "must be a mapping of named values"),
    ("", "K200", lambda *_: "cannot be used here"),
)
"""By the start of pydantic's error type; the first that fits speaks."""


def _unquoted(value: Any) -> bool:
    return isinstance(value, bool | int | float)


def _too_long(value: Any, context: dict[str, Any]) -> str:
    return f"has {len(str(value)):,} characters, and may have {context.get('max_length', 0):,}"


def _options(schema: dict[str, Any]) -> list[str]:
    return [str(option) for option in schema.get("enum", [schema.get("const", "something else")])]


def _hint(kind: str, value: Any, schema: dict[str, Any], ids: dict[str, str]) -> str:
    """What was probably meant."""
    if kind in _NUMBER_KINDS and isinstance(value, int | float):
        return _per_cent(value, schema)
    if not isinstance(value, str):
        return ""
    if kind == "literal_error":
        return suggest(value, _options(schema))
    if kind != "string_pattern_mismatch":
        return ""
    return f"'{ids[value]}'" if value in ids else _slug(value)


def _per_cent(value: float, schema: dict[str, Any]) -> str:
    """The share that a number over 1 stands for, where only a share fits."""
    most = schema.get("maximum", schema.get("exclusiveMaximum", 2))
    share = value / 100
    return _plain(share) if most <= 1 < abs(value) <= 100 and _fits(share, schema) else ""


_CURRENCIES = re.compile(r"[€$£]|\b(EUR|USD|GBP)\b")
_GROUPED = re.compile(
    rf"[-+]?[1-9][0-9]{{0,2}}(?:(?P<mark>[,'\u2019_. {slips.SPACES}])[0-9]{{3}})(?:(?P=mark)[0-9]{{3}})*"
)
_WITH_COMMA = re.compile(r"[-+]?[0-9]*,[0-9]+")
_WITH_WORDS = re.compile(r"([-+]?[0-9]+(?:[.][0-9]+)?)\s*(k|m|%|[A-Za-z][A-Za-z ]*)", re.IGNORECASE)
_TIMES = {"k": 1_000.0, "m": 1_000_000.0, "%": 0.01}
_YES_AND_NO = {**dict.fromkeys(("yes", "y", "on"), "true"), **dict.fromkeys(("no", "n", "off"), "false")}


def _remedy(kind: str, value: Any, schema: dict[str, Any]) -> str:
    """How to write what was meant, after a semicolon; '' if that cannot be told."""
    if kind.startswith("bool") and isinstance(value, str):
        word = _YES_AND_NO.get(value.casefold(), value.casefold() if value.casefold() in ("true", "false") else "")
        return f"; write {word}{' without quotes' if word == value else ''}" if word else ""
    if kind == "string_type" and isinstance(value, dict) and len(value) == 1:
        return "; a ': ' in it makes it one; put the whole text in quotes"
    if kind == "tuple_type":
        return _list_remedy(value, schema)
    numeric = kind.startswith(("float", "int")) and not isinstance(value, bool)
    return _number_remedy(value, schema) if numeric else ""


def _list_remedy(value: Any, schema: dict[str, Any]) -> str:
    """How to write an empty list, or one value for both ends of a range."""
    if value == "none":
        return "; [] is none"
    pair = schema.get("minItems") == schema.get("maxItems") == 2
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return f"; write [{_plain(value)}, {_plain(value)}]" if pair and numeric else ""


def _number_remedy(value: Any, schema: dict[str, Any]) -> str:
    """How to write a number."""
    if isinstance(value, float) and value.is_integer() and _fits(value, schema):
        return f"; write {_plain(value)}"
    if not isinstance(value, str) or len(value) > LONGEST_ECHO:
        return ""
    number, how = _meant(value.strip(), schema)
    if number is None or not _fits(number, schema):
        return ""
    odd = slips.odd_space(value)
    return f"; {odd}; write {_plain(number)}" if odd else f"; write {_plain(number)}{how}"


def _meant(text: str, schema: dict[str, Any]) -> tuple[float | None, str]:
    """The number that a text stands for, and how to write it."""
    how = " without quotes"
    bare = _CURRENCIES.sub("", text).strip()
    if bare != text:
        how = " without the currency"
    words = _WITH_WORDS.fullmatch(bare)
    if grouped := _GROUPED.fullmatch(bare):
        number = float(re.sub(r"[^-+0-9]", "", bare))
        if grouped["mark"] not in ".," or _fits(number, schema):
            return number, " without separators"
    if _WITH_COMMA.fullmatch(bare):
        return float(bare.replace(",", ".")), " with a point"
    if words:
        times = _TIMES.get(words[2].casefold())
        return float(words[1]) * (times or 1), "" if times else " alone"
    try:
        plain = scalar(bare) if bare else None
    except ValueError:
        return None, ""
    return (float(plain), how) if isinstance(plain, int | float) and not isinstance(plain, bool) else (None, "")


def _fits(number: float, schema: dict[str, Any]) -> bool:
    if schema.get("type") == "integer" and not float(number).is_integer():
        return False
    low, high = schema.get("minimum", -1e18), schema.get("maximum", 1e18)
    above, below = schema.get("exclusiveMinimum", -1e19), schema.get("exclusiveMaximum", 1e19)
    return bool(low <= number <= high and above < number < below)


def _plain(number: float) -> str:
    return format(number, ".10g")


def _ids(root: Node) -> dict[str, str]:
    """The ids of everything that has a name, by names that only one thing has."""
    found: dict[str, set[str]] = {}
    for named in _named(root):
        name, own = named["name"].value, named["id"].value
        if isinstance(name, str) and isinstance(own, str):
            found.setdefault(name, set()).add(own)
    return {name: min(owners) for name, owners in found.items() if len(owners) == 1}


def _named(node: Node) -> Iterator[dict[str, Node]]:
    """Every mapping with an id and a name."""
    if isinstance(node.value, dict):
        if "id" in node.value and "name" in node.value:
            yield node.value
        for child in node.value.values():
            yield from _named(child)
    elif isinstance(node.value, tuple):
        for child in node.value:
            yield from _named(child)


def _unknown_key(loc: Path, source: Source, meant: str = "") -> Finding:
    parent = _schema_at(loc[:-1])
    known = list(parent.get("properties", {})) or parent.get("propertyNames", {}).get("enum", [])
    key = str(loc[-1])
    told = but_not(key).removeprefix(", not ") or "this key"
    where = f" in {_name(loc[:-1], source)}" if len(loc) > 1 else ""
    hint = f"'{meant}'" if meant else suggest(key, known)
    others = f"; known are {listed(known)}" if 0 < len(known) <= MOST_LISTED and not hint else ""
    return fault("K202", source.at(loc, key=True), f"{told} is not known{where}{others}", hint)


def _name(loc: Path, source: Source) -> str:
    """What an author calls the thing at ``loc``: ``share``, or ``entry 2 of lines``."""
    if source.root is None and loc:
        return source.dotted(loc)
    if not loc:
        return "this file"
    if isinstance(loc[-1], int):
        entry = source.value(loc)
        own = entry["id"].value if isinstance(entry, dict) and "id" in entry else None
        if isinstance(own, str) and own.isidentifier() and shown(own):
            return own
        if loc[:-1] == ("accounts",):
            return "this account"
        return f"entry {loc[-1] + 1} of {_name(loc[:-1], source)}"
    name = str(loc[-1])
    return name if len(name) <= LONGEST_ECHO else "this value"


def _range(schema: dict[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if low is not None and high is not None:
        return f"between {_figure(low)} and {_figure(high)}"
    parts = [
        f"{words} {_figure(bound)}"
        for words, bound in (("at least", low), ("above", above), ("at most", high), ("below", below))
        if bound is not None
    ]
    return " and ".join(parts) or "within its bounds"


def _figure(number: float) -> str:
    return format(number, ",.10g" if abs(number) >= SEPARATED else ".10g")


def _slug(text: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "_", text[:200].casefold()).strip("_").lstrip("0123456789_")[:32]
    return f"'{slug}'" if slug else ""


@cache
def _whole_schema() -> dict[str, Any]:
    return Scenario.model_json_schema()


def _schema_at(loc: Path) -> dict[str, Any]:
    """What the models say about the value at ``loc``, as JSON schema; parts that it does not know are skipped."""
    schema = _resolved(_whole_schema())
    for part in loc:
        if isinstance(part, int):
            fixed = schema.get("prefixItems", [])
            step = fixed[part] if part < len(fixed) else schema.get("items")
        else:
            others = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
            step = schema.get("properties", {}).get(part, others[0])
        if isinstance(step, dict):
            schema = _resolved(step)
        elif isinstance(part, str) and "properties" in schema:
            return {}
    return schema


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            schema = option
            break
    if "$ref" in schema:
        found: dict[str, Any] = _whole_schema()["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
        return found
    return schema
