"""The door of a log: every value in it is held against its declaration, with the scenario of the log's first line.

A log's chain can be forged, so a sound chain says nothing about values. What passes here can be looked up, added and
drawn without another look. Fields and kinds that are not declared are refused too: a log of a later kamsim would be
half understood otherwise, and the sentence says to install that.
"""

from __future__ import annotations

from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, ValidationError
from pydantic_core import core_schema as is_

from kamsim.engine.moves import MOVES
from kamsim.game.events import cases, closing, contact, ending, moments, opening, talks
from kamsim.game.events.declared import FIELDS, KINDS, Declared, Event
from kamsim.game.events.fields import LONG, MANY, Rule, arguments_of
from kamsim.game.events.names import Names

D = TypeVar("D", bound=Declared)
DECLARING: Final = (contact, opening, cases, moments, talks, closing, ending)
"""The modules that declare events."""


class Door:
    """Checks values as they are read; validators are made when they are first needed. Faults are told in words."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._made: dict[Any, SchemaValidator] = {}

    def event(self, raw: Any) -> Event:
        """The event that a line holds. Raises PydanticCustomError."""
        if not isinstance(raw, dict) or raw.keys() != {"kind", "audience", "data"}:
            raise _odd("holds an event in another form than kamsim's")
        kind = KINDS.get(raw["kind"]) if isinstance(raw["kind"], str) else None
        if kind is None:
            raise _odd("holds an event of a kind that this kamsim does not know")
        if raw["audience"] != kind.told_to:
            raise _odd(f"holds {kind.kind!r} for another audience than the {kind.told_to}")
        made = self.data(kind, raw["data"])
        if isinstance(made, contact.MoveMade):
            self.arguments(made.move, made.args)
        return made

    def data(self, kind: type[D], raw: Any) -> D:
        """Declared data from plain data. Raises PydanticCustomError."""
        told = f"tells of {kind.kind!r}" if issubclass(kind, Event) else "holds data"
        made: D = self._checked(kind, raw, told)
        return made

    def value(self, rule: Rule, raw: Any) -> Any:
        """One value of a line. Raises PydanticCustomError."""
        return self._checked(rule, raw, "holds a value")

    def arguments(self, move: str, args: Any) -> Any:
        """The arguments of a move. Raises PydanticCustomError."""
        return self._checked(arguments_of(move), args, f"holds a move {move!r}")

    def _checked(self, key: Any, raw: Any, told: str) -> Any:
        validator = self._made.get(key)
        if validator is None:
            schema = key.schema(self.names) if isinstance(key, Rule) else _schema(key, self.names)
            validator = self._made[key] = SchemaValidator(schema)
        try:
            return validator.validate_python(raw)
        except ValidationError as error:
            raise _odd(f"{told} {_fault(error)}") from None
        except RecursionError:
            raise _odd(f"{told} in data nested too deeply") from None


@lru_cache(maxsize=16)
def door(names: Names) -> Door:
    """The door of all logs that have these names."""
    return Door(names)


def _schema(kind: Any, names: Names) -> CoreSchema:
    """What a declared type may be, as a schema of pydantic's core."""
    for rule in getattr(kind, "__metadata__", ()):
        if isinstance(rule, Rule):
            return rule.schema(names)
    if kind is bool:
        return is_.bool_schema(strict=True)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return is_.nullable_schema(_schema(next(part for part in inner if part is not NoneType), names))
    if origin is list:
        return is_.list_schema(_schema(inner[0], names), strict=True, max_length=MANY)
    if origin is dict:
        keys, values = (_schema(part, names) for part in inner)
        return is_.dict_schema(keys, values, strict=True, max_length=MANY)
    return _declared(kind, names)


def _declared(kind: type[Declared], names: Names) -> CoreSchema:
    fields = []
    for name, held in kind.fields.items():
        schema = _schema(held, names)
        if name not in kind.needed:  # left out where there is none, so never null
            inner = schema["schema"] if schema["type"] == "nullable" else schema
            schema = is_.with_default_schema(inner, default=None)
        fields.append(is_.dataclass_field(name, schema, kw_only=True))
    args = is_.dataclass_args_schema(kind.__name__, fields)
    config = is_.CoreConfig(extra_fields_behavior="forbid")
    return is_.dataclass_schema(kind, args, list(kind.fields), config=config)


_ARGUMENTS: Final = frozenset(field.name for move in MOVES.values() for field in move.fields)
_REASONS: Final = {
    "literal_error": "with {where} that its scenario and rules do not know",
    "extra_forbidden": "with {where}, which this kamsim does not know",
    "unexpected_keyword_argument": "with {where}, which this kamsim does not know",
    "greater_than_equal": "with {where} below what can be",
    "less_than_equal": "with {where} beyond what can be",
    "finite_number": "with {where} that is no number",
    "string_too_long": f"with {{where}} of more than {LONG:,} characters",
    "too_long": "with {where} of more entries than can be",
    "too_short": "with {where} of fewer entries than can be",
}


def _fault(error: ValidationError) -> str:
    """The first thing that is wrong, in words, nothing quoted that a forger chose."""
    found = error.errors(include_url=False, include_input=False, include_context=False)[0]
    steps = [step for step in found["loc"] if step in FIELDS or step in _ARGUMENTS]
    where = f"an odd {'.'.join(map(str, steps))!r}" if steps else "an odd value"
    if found["type"] in ("missing", "missing_keyword_only_argument"):
        return f"without {found['loc'][-1]!r}"
    return _REASONS.get(found["type"], "with {where} of the wrong form").format(where=where)


def _odd(words: str) -> PydanticCustomError:
    return PydanticCustomError("door", "{words}", {"words": words})
