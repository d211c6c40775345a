"""What pydantic found wrong with a scenario's values, in plain words and at their place in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from math import isfinite
from typing import Any

from pydantic import ValidationError

from kamsim.scenario.findings import LONGEST_ECHO, Finding, but_not, fault, suggest
from kamsim.scenario.models import Scenario
from kamsim.scenario.yaml_text import Source

MOST_TRANSLATED = 500
"""Faults that are put in words; beyond, they are only counted."""

Path = tuple[str | int, ...]


def explain(error: ValidationError, source: Source) -> tuple[list[Finding], int]:
    """Each fault as a finding, and how many more there are."""
    faults = error.errors(include_url=False, include_input=False)
    findings = [found for item in faults[:MOST_TRANSLATED] if (found := _finding(dict(item), source))]
    return findings, max(0, len(faults) - MOST_TRANSLATED)


def _finding(item: dict[str, Any], source: Source) -> Finding | None:
    kind, loc, context = str(item["type"]), tuple(item["loc"]), item.get("ctx", {})
    if loc and loc[-1] == "[key]":
        return _unknown_key(loc[:-1], source)
    if kind == "extra_forbidden":
        return _unknown_key(loc, source)
    if kind == "missing":
        return _missing(loc, source)
    node, exact = source.node(loc)
    value = node.value if node is not None and exact else None
    if kind in ("too_short", "too_long"):
        return _miscounted(kind, loc, value, source)
    words = _NUMBER_WORDS if kind in _NUMBER_KINDS else _WORDS
    code, sentence = next((code, sentence) for start, code, sentence in words if kind.startswith(start))
    if isinstance(value, float) and not isfinite(value):
        code, sentence = "K209", lambda *_: "must be a finite number"
    schema = _schema_at(loc)
    echo = "" if kind in _NO_ECHO else but_not(value)
    message = f"{_name(loc, source)} {sentence(value, schema, context)}{echo}"
    return fault(code, source.at(loc), message, _hint(kind, value, schema))


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
    if kind == "too_short" and isinstance(value, tuple) and len(value) >= least:
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
    ("literal_error", "K205", lambda _, schema, __: f"must be {_listed(_options(schema))}"),
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


def _listed(options: list[str]) -> str:
    return options[0] if len(options) == 1 else f"{', '.join(options[:-1])} or {options[-1]}"


def _hint(kind: str, value: Any, schema: dict[str, Any]) -> str:
    if not isinstance(value, str):
        return ""
    if kind == "literal_error":
        return suggest(value, _options(schema))
    return _slug(value) if kind == "string_pattern_mismatch" else ""


def _unknown_key(loc: Path, source: Source) -> Finding:
    parent = _schema_at(loc[:-1])
    known = list(parent.get("properties", {})) or parent.get("propertyNames", {}).get("enum", [])
    key = str(loc[-1])
    told = but_not(key).removeprefix(", not ") or "this key"
    where = f" in {_name(loc[:-1], source)}" if len(loc) > 1 else ""
    return fault("K202", source.at(loc, key=True), f"{told} is not known{where}", suggest(key, known))


def _name(loc: Path, source: Source) -> str:
    """What an author calls the thing at ``loc``: ``share``, or ``entry 2 of lines``."""
    if source.root is None and loc:
        return ".".join(str(part)[:LONGEST_ECHO] for part in loc)
    if not loc:
        return "this file"
    if isinstance(loc[-1], int):
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
    return format(number, ",.10g")


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
            step = schema.get("properties", {}).get(part, schema.get("additionalProperties"))
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
