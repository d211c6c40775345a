"""Checking and making a move, in any lanes, for any of the declared kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import numpy as np

from kamsim.engine.lanes import EVERYWHERE, Codes, Flags, Where
from kamsim.engine.luck import Luck
from kamsim.engine.moves.catalogue import MOVES
from kamsim.engine.moves.doors import VOUCHED
from kamsim.engine.moves.kinds import NOTHING, Bound, Field, Outcome, Refusal
from kamsim.engine.params import EXECUTIVE, Params
from kamsim.engine.sight import Seen, observe
from kamsim.engine.world import World
from kamsim.errors import IllegalMove


def bind(params: Params, kind: str, args: Mapping[str, Any]) -> Bound:
    """Names to row numbers, values checked. Raises IllegalMove for what does not exist."""
    move = MOVES.get(kind)
    if move is None:
        raise IllegalMove(f"there is no move {kind!r}; known are {', '.join(MOVES)}")
    unknown = set(args) - {field.name for field in move.fields}
    if unknown:
        raise IllegalMove(
            f"{kind} takes no {', '.join(sorted(unknown))}; it takes {', '.join(f.name for f in move.fields)}"
        )
    bound: Bound = {}
    for field in move.fields:
        if field.name not in args or args[field.name] is None:
            if not field.optional:
                raise IllegalMove(f"{kind} needs {field.name}")
            bound[field.name] = None
            continue
        bound[field.name] = _value(params, kind, field, args[field.name])
    if "region" in bound:
        _region(params, kind, bound)
    if "line" in bound:
        bound["cells"] = _cells(params, bound)
    return bound


def _names(params: Params) -> dict[str, tuple[str, ...]]:
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
    }


def _value(params: Params, kind: str, field: Field, value: Any) -> Any:
    names = _names(params)
    if field.kind in names:
        if not isinstance(value, str) or value not in names[field.kind]:
            raise IllegalMove(f"{kind}: there is no {field.kind} {value!r}")
        return names[field.kind].index(value)
    if field.kind == "region":
        return str(value)
    if field.kind == "choice":
        if isinstance(value, np.ndarray | bool) or value not in field.choices:
            known = ", ".join(map(str, field.choices))
            raise IllegalMove(f"{kind}: {field.name} must be one of {known}, not {value!r}")
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


def refusals(seen: Seen, kind: str, bound: Bound) -> Codes:
    """Why a move is refused, by lane (L,); 0 where it is allowed. From Seen alone."""
    move, params = MOVES[kind], seen.params
    codes: Codes = np.zeros(seen.lanes, dtype=np.int8)
    checks = (
        (seen.quarter > params.longest, Refusal.ENDED),
        (seen.quarter < params.unlocked_at.get(kind, 1), Refusal.LOCKED),
        *move.refuse(seen, bound),
        (move.hours(seen, bound) > seen.hours_left, Refusal.NO_HOURS),
    )
    for condition, code in checks:
        if np.ndim(condition) == 0:
            if condition:
                codes[codes == 0] = code
        elif condition.any():
            codes[(codes == 0) & condition] = code
    return codes


def act(
    world: World,
    params: Params,
    luck: Luck,
    kind: str,
    args: Mapping[str, Any],
    where: Flags | None = None,
    seen: Seen | None = None,
) -> Outcome:
    """Make a move in the lanes ``where`` (all by default) in which the rules allow it; other lanes keep every bit.

    ``seen`` may be given to save another look: this world, seen in this quarter.

    Raises IllegalMove for a move, name or value that does not exist.
    """
    bound = bind(params, kind, args)
    seen = seen or observe(world, params)
    codes = refusals(seen, kind, bound)
    if where is not None:
        codes = np.where(where, codes, np.int8(-1))
    made = codes == 0
    hours = np.where(made, np.asarray(MOVES[kind].hours(seen, bound), dtype=np.float64), 0.0)
    result: Codes = np.zeros(seen.lanes, dtype=np.int8)
    if not made.any():
        return Outcome(codes, result, hours, NOTHING, np.zeros((0, seen.lanes), dtype=bool))
    everywhere = bool(made.all())
    lanes: Where = EVERYWHERE if everywhere else np.flatnonzero(made)
    account = _account(params, bound)
    world.work.left[lanes] -= hours[lanes]
    world.work.spent[account, lanes] += hours[lanes]
    codes_made, facts, learned_made = MOVES[kind].apply(world, params, luck, bound, lanes)
    result[lanes] = codes_made
    learned = np.zeros((len(facts), seen.lanes), dtype=bool)
    if facts:
        learned[:, lanes] = learned_made
    return Outcome(codes, result, hours, facts, learned)


def _account(params: Params, bound: Bound) -> int:
    """The customer that a move is about."""
    if "account" in bound:
        return int(bound["account"])
    accounts = {
        "person": params.person_account,
        "moment": params.moment_account,
        "initiative": params.initiative_account,
        "talk": params.talk_account,
        "opportunity": params.opportunity_account,
        "request": params.request_account,
    }
    return next(int(rows[bound[name]]) for name, rows in accounts.items() if name in bound)


def _of_one_customer(params: Params, args: dict[str, Any]) -> bool:
    """Whether the person, or the force, belongs to the customer whose initiative it is about."""
    if "initiative" not in args or "account" in args:
        return True
    initiative = params.initiatives.index(args["initiative"])
    if "force" in args:
        return bool(params.force_initiative[params.forces.index(args["force"])] == initiative)
    if "person" in args:
        account = params.person_account[params.people.index(args["person"])]
        return bool(account == params.initiative_account[initiative])
    return True


def combinations(params: Params, kind: str) -> Iterator[dict[str, Any]]:
    """Every choice of names and of choices that decide legality, as arguments; free fields and numbers are left out.
    A price may be set for a line as a whole, or region by region where the customer buys it in several; with an
    executive anybody else of the same customer may put in a word."""
    lists: list[list[tuple[str, Any]]] = []
    names = _names(params)
    for field in MOVES[kind].fields:
        if field.free or field.name == "through":
            continue
        if field.kind in names:
            lists.append([(field.name, name) for name in names[field.kind]])
        elif field.kind == "choice":
            lists.append([(field.name, choice) for choice in field.choices])
    for chosen in product(*lists):
        args = dict(chosen)
        if "get" in args and (args["answer"] == "trade") == (args["get"] == "none"):
            continue
        if not _of_one_customer(params, args):
            continue
        if args.get("approach") in VOUCHED:
            yield from _vouched(params, args)
            continue
        if "line" not in args:
            yield args
            continue
        regions = [
            region for account, region, line in params.cells if (account, line) == (args["account"], args["line"])
        ]
        if regions:
            yield args
        if len(regions) > 1:
            yield from ({**args, "region": region} for region in regions)


def _vouched(params: Params, args: dict[str, Any]) -> Iterator[dict[str, Any]]:
    person = params.people.index(args["person"])
    if params.person_level[person] != EXECUTIVE:
        return
    for other in params.account_people[params.person_account[person]]:
        if other != person:
            yield {**args, "through": params.people[other]}
