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
from kamsim.errors import IllegalMove
from kamsim.game.commands import plain_guess
from kamsim.game.events import cases, closing, contact, ending, moments, opening, programme, talks
from kamsim.game.events.declared import FIELDS, KINDS, Declared, Event
from kamsim.game.events.fields import Rule, arguments_of
from kamsim.game.events.names import Names
from kamsim.scenario.crosscheck_size import MANY

D = TypeVar("D", bound=Declared)
DECLARING: Final = (contact, opening, cases, moments, talks, programme, closing, ending)
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
        """One value of a line. Raises PydanticCustomError of the type ``value``; the reader of the line says which."""
        try:
            return self._validator(rule).validate_python(raw)
        except (ValidationError, RecursionError) as error:
            raise PydanticCustomError("value", "{reason}", {"reason": _reason(error)}) from None

    def arguments(self, move: str, args: Any) -> Any:
        """The arguments of a move. Raises PydanticCustomError."""
        return self._checked(arguments_of(move), args, f"holds a move {move!r}")

    def guess(self, name: str, value: Any) -> Any:
        """A guess of the player, as the session notes it. Raises PydanticCustomError."""
        try:
            return plain_guess(self.names.of("account"), self.names.of("opportunity"), name, value)
        except IllegalMove:
            raise _odd(f"holds a guess {name!r} with a value that it cannot have") from None

    def _checked(self, key: Any, raw: Any, told: str) -> Any:
        try:
            return self._validator(key).validate_python(raw)
        except (ValidationError, RecursionError) as error:
            raise _odd(f"{told} {_whose(error)}") from None

    def _validator(self, key: Any) -> SchemaValidator:
        made = self._made.get(key)
        if made is None:
            schema = key.schema(self.names) if isinstance(key, Rule) else _schema(key, self.names)
            made = self._made[key] = SchemaValidator(schema)
        return made


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
    "literal_error": "is not known to its scenario and rules",
    "extra_forbidden": "is not known to this kamsim",
    "unexpected_keyword_argument": "is not known to this kamsim",
    "missing": "is missing",
    "missing_keyword_only_argument": "is missing",
    "greater_than_equal": "is below what can be",
    "less_than_equal": "is beyond what can be",
    "finite_number": "is no number",
    "string_too_long": "is longer than can be",
    "too_long": "has more entries than can be",
    "too_short": "has fewer entries than can be",
}


def _first(error: ValidationError) -> Any:
    return error.errors(include_url=False, include_input=False, include_context=False)[0]


def _reason(error: ValidationError | RecursionError) -> str:
    """What is wrong with a value, in words."""
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    return _REASONS.get(_first(error)["type"], "is of the wrong form")


def _whose(error: ValidationError | RecursionError) -> str:
    """The first thing that is wrong, in words, nothing quoted that a forger chose."""
    steps = _first(error)["loc"] if isinstance(error, ValidationError) else ()
    where = ".".join(str(step) for step in steps if step in FIELDS or step in _ARGUMENTS)
    return f"whose {where!r} {_reason(error)}" if where else f"of which a value {_reason(error)}"


def _odd(words: str) -> PydanticCustomError:
    return PydanticCustomError("door", "{words}", {"words": words})
