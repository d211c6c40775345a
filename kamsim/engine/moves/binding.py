"""Arguments to row numbers and codes: names and values checked, choices by lane.

Any argument may be an array with an entry for each lane: names and words as they are said or by their place among
what there is, numbers as they are. A move that takes a field of its as an array gets it as one (`Field.by_lane`); any
other is made once for each value, in the lanes that have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np

from kamsim.engine.lanes import Flags, Rows
from kamsim.engine.moves.catalogue import MOVES
from kamsim.engine.moves.kinds import Bound, Field
from kamsim.engine.params import Params
from kamsim.errors import IllegalMove


def bind(params: Params, kind: str, args: Mapping[str, Any]) -> Bound:
    """Names to row numbers, values checked. Raises IllegalMove for what does not exist."""
    move = MOVES.get(kind)
    if move is None:
        raise IllegalMove(f"there is no move {kind!r}; known are {', '.join(MOVES)}")
    unknown = args.keys() - _named(kind)
    if unknown:
        raise IllegalMove(
            f"{kind} takes no {', '.join(sorted(unknown))}; it takes {', '.join(f.name for f in move.fields)}"
        )
    bound = Bound()
    for place, field in enumerate(move.fields):
        value = args.get(field.name)
        if value is not None:
            value = (_again if isinstance(value, str | int | float) else _value)(params, kind, place, value)
        elif not field.optional:
            raise IllegalMove(f"{kind} needs {field.name}")
        bound[field.name] = value
    if "region" in bound:
        _region(params, kind, bound)
    if "line" in bound:
        bound["cells"] = _cells(params, bound)
    return bound


@cache
def _named(kind: str) -> frozenset[str]:
    return frozenset(field.name for field in MOVES[kind].fields)


@lru_cache(maxsize=32)
def names(params: Params) -> dict[str, tuple[str, ...]]:
    """What the names of each kind of field stand for."""
    return {
        "account": params.accounts,
        "line": params.lines,
        "person": params.people,
        "request": params.requests,
        "initiative": params.initiatives,
        "moment": params.moments,
        "force": params.forces,
        "news": params.news,
        "talk": params.talks,
        "opportunity": params.opportunities,
        "colleague": params.own.colleagues,
        "specialist": params.own.specialists,
        "joint": params.own.joints,
    }


def _value(params: Params, kind: str, place: int, value: Any) -> Any:
    field, known = MOVES[kind].fields[place], names(params)
    if field.by_lane and isinstance(value, np.ndarray):
        return _codes(kind, field, value, field.choices or known[field.kind])
    if field.kind in known:
        if not isinstance(value, str) or value not in known[field.kind]:
            raise IllegalMove(f"{kind}: there is no {field.kind} {value!r}")
        return known[field.kind].index(value)
    if field.kind == "region":
        return str(value)
    if field.kind == "choice":
        if isinstance(value, np.ndarray | bool) or value not in field.choices:
            raise _no_choice(kind, field, value)
        return value
    try:
        number = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise IllegalMove(f"{kind}: {field.name} must be a number, not {value!r}") from None
    inside = (number >= field.low - 1e-9) & (number <= field.high + 1e-9)
    steps = np.rint(np.where(inside, number, 0.0) / field.step)
    good = inside & (np.abs(number - steps * field.step) < 1e-6 * field.step)
    if not np.all(good):
        raise IllegalMove(f"{kind}: {field.name} must be {field.low:g} to {field.high:g} in steps of {field.step:g}")
    return steps * field.step


_again = lru_cache(maxsize=8192, typed=True)(_value)
"""The same names, words and numbers come again and again."""


def _no_choice(kind: str, field: Field, value: Any) -> IllegalMove:
    return IllegalMove(f"{kind}: {field.name} must be one of {', '.join(map(str, field.choices))}, not {value!r}")


def _region(params: Params, kind: str, bound: Bound) -> None:
    known = params.regions[bound["account"]]
    if bound["region"] not in (None, *known):
        account = params.accounts[bound["account"]]
        raise IllegalMove(f"{kind}: {account} has no region {bound['region']!r}; it has {', '.join(known)}")


def _cells(params: Params, bound: Bound) -> tuple[int, ...]:
    return tuple(
        row
        for row in params.account_cells[bound["account"]]
        if params.cell_line[row] == bound["line"] and bound["region"] in (None, params.cells[row][1])
    )


# --- by lane ------------------------------------------------------------------------------------------------------


def apart(
    params: Params, kind: str, args: Mapping[str, Any], where: Flags | None, lanes: int
) -> Iterator[tuple[Mapping[str, Any], Flags | None]]:
    """The same moves with one value for all lanes in each field that the move does not take as an array, and the lanes
    of each; one at least, so that somebody is told what is wrong with it."""
    field = next((field for field in _fields(kind) if not field.by_lane and _many(field, args)), None)
    if field is None:
        yield args, where
        return
    known = _known(params, field, args)
    places = np.broadcast_to(_places(kind, field, args[field.name], known), (lanes,))
    wanted = places if where is None else places[np.broadcast_to(where, (lanes,))]
    for place in dict.fromkeys(wanted.tolist()) or [int(places[0])]:
        here = (places == place) if where is None else where & (places == place)
        one = {**args, field.name: None if place < 0 else known[place]}
        yield from apart(params, kind, one, here, lanes)


def alone(params: Params, kind: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a move in one lane, names and words as they are said."""
    made = dict(args)
    for field in _fields(kind):
        if _many(field, made):
            known = _known(params, field, made)
            place = int(_places(kind, field, made[field.name], known).reshape(-1)[0])
            made[field.name] = None if place < 0 else known[place]
    return made


def _fields(kind: str) -> tuple[Field, ...]:
    return MOVES[kind].fields if kind in MOVES else ()


def _many(field: Field, args: Mapping[str, Any]) -> bool:
    """Whether names or choices are given by lane."""
    return field.kind != "number" and isinstance(args.get(field.name), np.ndarray)


def _known(params: Params, field: Field, args: Mapping[str, Any]) -> Sequence[Any]:
    """All that a field of names or choices may hold; the account stands before its regions."""
    if field.kind == "choice":
        return field.choices
    if field.kind == "region":
        return params.regions[params.accounts.index(args["account"])] if args.get("account") in params.accounts else ()
    return names(params)[field.kind]


def _places(kind: str, field: Field, value: Any, known: Sequence[Any]) -> Rows:
    """Where each entry stands among what is known; -1 where a name is left out. Raises IllegalMove for others."""
    least = -1 if field.optional and field.kind != "choice" else 0
    if value.dtype.kind in "iu" and not isinstance(known[0] if known else "", int | float):
        places: Rows = value.astype(np.intp)
        wrong = (places < least) | (places >= len(known))
    else:
        places = np.full(value.shape, -1, dtype=np.intp)
        for place, said in enumerate(known):
            places[value == said] = place
        wrong = (places < 0) & ((least == 0) | (value != "")) | (value.dtype.kind == "b")
    if not wrong.any():
        return places
    entry = value[wrong].tolist()[0]
    if field.kind == "choice":
        raise _no_choice(kind, field, entry)
    raise IllegalMove(f"{kind}: there is no {field.kind} {entry!r}")


def _codes(kind: str, field: Field, value: Any, known: Sequence[Any]) -> Any:
    """What a page holds where this is chosen, by lane: row numbers and the places of words, or the numbers chosen."""
    places = _places(kind, field, value, known)
    return places + field.first if not known or isinstance(known[0], str) else np.array(known)[places]
