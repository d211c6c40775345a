"""What the data of an event must look like for tables to be made of it. Chains can be forged; tables must not break.

Only what is read by a debrief is checked; kinds that are not listed, and further names in those that are, pass.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic_core import CoreSchema, SchemaValidator, ValidationError
from pydantic_core import core_schema as is_

MOST: Final = 2**53
"""Whole numbers from here on are not exact in any table."""
MOST_TEXT: Final = 2_000

TEXT: Final = is_.str_schema(strict=True, max_length=MOST_TEXT)
WHOLE: Final = is_.int_schema(strict=True, gt=-MOST, lt=MOST)
NUMBER: Final = is_.float_schema(strict=True, allow_inf_nan=False)
FLAG: Final = is_.bool_schema(strict=True)
SCALAR: Final = is_.union_schema([is_.none_schema(), TEXT, WHOLE, NUMBER, FLAG], mode="left_to_right")


def _maybe(shape: CoreSchema) -> CoreSchema:
    return is_.nullable_schema(shape)


def _list(shape: CoreSchema, most: int = 1_000) -> CoreSchema:
    return is_.list_schema(shape, strict=True, max_length=most)


def _by_name(shape: CoreSchema) -> CoreSchema:
    return is_.dict_schema(TEXT, shape, strict=True, max_length=1_000)


def _object(needed: dict[str, CoreSchema], optional: dict[str, CoreSchema] | None = None) -> CoreSchema:
    fields = {name: is_.typed_dict_field(shape, required=True) for name, shape in needed.items()}
    fields |= {name: is_.typed_dict_field(shape, required=False) for name, shape in (optional or {}).items()}
    return is_.typed_dict_schema(fields, strict=True)


_FACT: Final = _object(
    {"fact": TEXT, "kind": TEXT, "about": TEXT, "account": TEXT, "value": NUMBER},
    {"label": TEXT, "was": NUMBER, "was_at": WHOLE},
)
_CASE: Final[dict[str, CoreSchema]] = {"account": TEXT, "audience": TEXT}
_PROMISE: Final[dict[str, CoreSchema]] = {
    **_CASE,
    "metric": TEXT,
    **dict.fromkeys(("value", "low", "high", "signed", "due"), WHOLE),
}
_BOT: Final = _object({"volume_value": WHOLE, "profit": WHOLE, "value": WHOLE})
_BOOKED: Final = _object({"profit": WHOLE, "cost_to_serve": WHOLE, "reviewed": FLAG})
_TRUE: Final = _object({"trust": NUMBER, "share_of_wallet": NUMBER, "cost_to_serve": WHOLE, "profit": WHOLE})
_GUESS: Final = is_.union_schema(
    [NUMBER, _list(is_.union_schema([TEXT, NUMBER], mode="left_to_right"))], mode="left_to_right"
)
_NEEDED: Final[dict[str, dict[str, CoreSchema]]] = {
    "moved": {"move": TEXT, "args": _by_name(SCALAR), "result": TEXT, "hours": NUMBER, "learned": _list(_FACT)},
    "heard": {"learned": _list(_FACT)},
    "news": {"id": TEXT},
    "turned": {"initiative": TEXT, "to": TEXT},
    "left": {"person": TEXT, "holder": WHOLE, "name": TEXT, "before": TEXT},
    "requested": {"request": TEXT, "due": WHOLE},
    "failed": {"account": TEXT, "incident": TEXT, "severity_word": TEXT},
    "tender": {"tender": TEXT, "quarter": WHOLE},
    "warned": {"account": TEXT, "rival": TEXT, "quarter": WHOLE},
    "struck": {"account": TEXT, "rival": TEXT, "quarter": WHOLE},
    "mended": {"account": TEXT, "incident": TEXT, "owner": TEXT, "how": TEXT},
    "followed": {"account": TEXT, "rival": TEXT},
    "answered": {"account": TEXT, "answer": TEXT, "offer": _by_name(SCALAR)},
    "lapsed": {"request": TEXT},
    "neglected": {"account": TEXT, "incident": TEXT},
    "tendered": {"tender": TEXT, "share_before": NUMBER, "share": NUMBER, "won": FLAG},
    "guessed": {"guess": TEXT, "value": _GUESS},
    "closed": {"quarter": WHOLE, "accounts": _by_name(_BOOKED), "total": WHOLE, "company": WHOLE},
    "truth": {"quarter": WHOLE, "accounts": _by_name(_TRUE)},
    "why": {"account": TEXT, "before": WHOLE, "after": WHOLE, "parts": _by_name(WHOLE)},
    "revealed": {"year": WHOLE, "by_sales": _list(TEXT), "by_profit": _list(TEXT), "guess": _maybe(_list(TEXT))},
    "reviewed": {
        "year": WHOLE,
        "profit": WHOLE,
        "last_year": _maybe(WHOLE),
        "range": _maybe(_list(WHOLE, 2)),
        "range_quarter": _maybe(WHOLE),
        "range_profit": _maybe(WHOLE),
    },
    "moment": {"moment": TEXT},
    "moment_turned": {"moment": TEXT, "twist": TEXT},
    "moment_objected": {"moment": TEXT, "criterion": TEXT},
    "moment_ended": {"moment": TEXT, "phase": TEXT},
    "case_answered": {
        **_CASE,
        "outcome": TEXT,
        "gate": _maybe(TEXT),
        "condition": _maybe(TEXT),
        "speaker": TEXT,
        "criteria": _list(TEXT),
        "noticed": FLAG,
        "page": _by_name(SCALAR),
    },
    "case_judged": {**_CASE, **dict.fromkeys(("scores", "criteria", "loss"), _by_name(NUMBER))},
    "case_lapsed": _CASE,
    "signed": _PROMISE,
    "promise_due": _PROMISE,
    "promise_forgotten": _PROMISE,
    "measured": {
        **_PROMISE,
        **dict.fromkeys(("actual", "claims", "claims_inside"), WHOLE),
        "kept": FLAG,
        "inside": FLAG,
    },
    "talk": {"talk": TEXT, "due": WHOLE},
    "table": {
        "talk": TEXT,
        "round": WHOLE,
        "status": TEXT,
        "pushed": _maybe(TEXT),
        "gifts": WHOLE,
        "page": _by_name(SCALAR),
        **dict.fromkeys(("gift", "traded", "took_back"), FLAG),
    },
    "table_judged": {
        "talk": TEXT,
        **dict.fromkeys(("round", "ours", "theirs", "best", "bar"), WHOLE),
        "captured": NUMBER,
        "own": NUMBER,
    },
    "talk_lapsed": {"talk": TEXT, "begun": FLAG},
    "finished": {
        "score": NUMBER,
        **dict.fromkeys(("banked", "left", "value", "typical", "lead"), WHOLE),
        **dict.fromkeys(("you", "discounter", "empty_chair"), _BOT),
    },
}
_PLAN: Final[dict[str, CoreSchema]] = {"habit": TEXT, "idea": TEXT}
_OPTIONAL: Final[dict[str, dict[str, CoreSchema]]] = {
    "warned": _PLAN,
    "struck": _PLAN,
    "measured": {"split": _by_name(WHOLE)},
    "revealed": {"sales": _by_name(WHOLE), "profit": _by_name(WHOLE)},
}
_SHAPES: Final = {kind: SchemaValidator(_object(needed, _OPTIONAL.get(kind))) for kind, needed in _NEEDED.items()}
_ARGS: Final = SchemaValidator(_by_name(SCALAR))


def misshapen(kind: str, data: Any) -> str | None:
    """What is wrong with an event's data, in words; None where nothing is."""
    shape = _SHAPES.get(kind)
    if shape is None or shape.isinstance_python(data):
        return None
    try:
        shape.validate_python(data)
    except (ValidationError, RecursionError) as error:
        if isinstance(error, ValidationError):
            found = error.errors(include_url=False, include_input=False, include_context=False)[0]
            where = ".".join(str(step) for step in found["loc"])[:80]
            return f"no {where!r}" if found["type"] == "missing" else f"an odd {where!r}"
    return "odd data"


def plain_values(data: Any) -> bool:
    """Whether names stand for plain, finite values: arguments of moves, fields of pages."""
    return _ARGS.isinstance_python(data)
