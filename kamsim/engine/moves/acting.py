"""Checking and making a move, in any lanes, for any of the declared kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import EVERYWHERE, Codes, Flags, Lanes, Where
from kamsim.engine.luck import Luck
from kamsim.engine.moves.binding import apart, bind, names
from kamsim.engine.moves.catalogue import MOVES
from kamsim.engine.moves.doors import VOUCHED
from kamsim.engine.moves.kinds import NOTHING, Bound, Outcome, Refusal
from kamsim.engine.params import EXECUTIVE, Params
from kamsim.engine.sight import Seen, observe
from kamsim.engine.world import World

_CODES: Final = tuple(np.int8(code) for code in Refusal)


def refusals(seen: Seen, kind: str, bound: Bound) -> Codes:
    """Why a move is refused, by lane (L,); 0 where it is allowed. From Seen alone."""
    return _asked(seen, kind, bound)[0]


def _asked(seen: Seen, kind: str, bound: Bound) -> tuple[Codes, Lanes | float]:
    """Why a move is refused, and the hours that it would take, by lane."""
    move, params = MOVES[kind], seen.params
    hours = move.hours(seen, bound)
    checks = (
        (not params.own.has(move.part), Refusal.NOT_HERE),
        (seen.quarter > params.longest, Refusal.ENDED),
        (seen.quarter < params.unlocked_at.get(kind, 1), Refusal.LOCKED),
        *move.refuse(seen, bound),
        (hours > np.maximum(seen.hours_left, 0.0), Refusal.NO_HOURS),
    )
    codes: Codes = np.zeros(seen.lanes, dtype=np.int8)
    for condition, code in reversed(checks):  # the first that holds is told
        if not isinstance(condition, np.ndarray):
            if condition:
                codes[...] = code
        elif np.count_nonzero(condition):
            np.copyto(codes, _CODES[code], where=condition)
    return codes, hours


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

    Raises IllegalMove for a move, name or value that does not exist; where choices differ by lane, it may have been
    made in the lanes of another choice by then.
    """
    seen = seen or observe(world, params)
    parts = [(bind(params, kind, one), here) for one, here in apart(params, kind, args, where, world.lanes)]
    outcomes = [_act(world, params, luck, kind, bound, here, seen) for bound, here in parts]
    return outcomes[0] if len(outcomes) == 1 else _together(outcomes)


def _act(world: World, params: Params, luck: Luck, kind: str, bound: Bound, where: Flags | None, seen: Seen) -> Outcome:
    codes, needed = _asked(seen, kind, bound)
    if where is not None:
        codes = np.where(where, codes, np.int8(-1))
    made = codes == 0
    hours: Lanes = np.where(made, needed, 0.0)
    result: Codes = np.zeros(seen.lanes, dtype=np.int8)
    many = np.count_nonzero(made)
    if not many:
        return Outcome(codes, result, hours, NOTHING, np.zeros((0, seen.lanes), dtype=bool))
    lanes: Where = EVERYWHERE if many == seen.lanes else np.flatnonzero(made)
    account = _account(params, bound)
    world.work.left[lanes] -= hours[lanes]
    if account is not None:
        world.work.spent[account][lanes] += hours[lanes]
    codes_made, facts, learned_made = MOVES[kind].apply(world, params, luck, bound, lanes)
    result[lanes] = codes_made
    learned = np.zeros((len(facts), seen.lanes), dtype=bool)
    if facts:
        learned[:, lanes] = learned_made
    return Outcome(codes, result, hours, facts, learned)


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    """What came of moves that were made in different lanes."""
    facts = tuple(dict.fromkeys(fact for outcome in outcomes for fact in outcome.facts))
    refused, result = outcomes[0].refused.copy(), outcomes[0].result.copy()
    hours = outcomes[0].hours.copy()
    learned = np.zeros((len(facts), len(refused)), dtype=bool)
    for outcome in outcomes:
        here = outcome.refused >= 0
        refused[here], result[here], hours[here] = outcome.refused[here], outcome.result[here], outcome.hours[here]
        for row, fact in enumerate(outcome.facts):
            learned[facts.index(fact)] |= outcome.learned[row]
    return Outcome(refused, result, hours, facts, learned)


def _account(params: Params, bound: Bound) -> int | None:
    """The customer that a move is about; None where it is about our own side."""
    if "account" in bound:
        return int(bound["account"])
    accounts = {
        "person": params.person_account,
        "moment": params.moment_account,
        "initiative": params.initiative_account,
        "talk": params.talk_account,
        "opportunity": params.opportunity_account,
        "request": params.request_account,
        "joint": params.own.joint_account,
    }
    return next((int(rows[bound[name]]) for name, rows in accounts.items() if name in bound), None)


def _of_one_customer(params: Params, args: dict[str, Any]) -> bool:
    """Whether the person, or the force, belongs to the customer whose initiative it is about; and both to the account
    that is named with them."""
    if "initiative" not in args or ("account" in args and "person" not in args):
        return True
    initiative = params.initiatives.index(args["initiative"])
    if "force" in args:
        return bool(params.force_initiative[params.forces.index(args["force"])] == initiative)
    if "person" in args:
        account = params.person_account[params.people.index(args["person"])]
        named = params.accounts.index(args["account"]) if "account" in args else account
        return bool(account == named == params.initiative_account[initiative])
    return True


@lru_cache(maxsize=512)
def combinations(params: Params, kind: str) -> tuple[dict[str, Any], ...]:
    """All that a kind of move could be, see `_combinations`; to be read only."""
    return tuple(_combinations(params, kind))


def _combinations(params: Params, kind: str) -> Iterator[dict[str, Any]]:
    """Every choice of names and of choices that decide legality, as arguments; free fields and numbers are left out.
    A price may be set for a line as a whole, or region by region where the customer buys it in several; with an
    executive anybody else of the same customer may put in a word."""
    if not params.own.has(MOVES[kind].part):
        return
    lists: list[list[tuple[str, Any]]] = []
    known = names(params)
    for field in MOVES[kind].fields:
        if field.free or field.name == "through":
            continue
        if field.kind in known:
            left_out = [(field.name, None)] if field.kind == "colleague" and field.optional else []
            lists.append([*((field.name, name) for name in known[field.kind]), *left_out])
        elif field.kind == "choice":
            lists.append([(field.name, choice) for choice in field.choices])
    for chosen in product(*lists):
        args = {name: value for name, value in chosen if value is not None}
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
