"""An option's free fields filled in by chance, so that the result is legal: for bots that choose by chance, and tests.

What a page may say hangs together (at most three levers, something beyond our authority for the desk), so its fields
cannot be drawn one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.engine.levers import LEVERS, MOST_LEVERS
from kamsim.engine.moves import MOVES, Field, Move

if TYPE_CHECKING:
    from kamsim.engine.params import Params
    from kamsim.players.seat import Option

Choose = Callable[[str, int], int]
"""A place below the number given, for the field of that name."""
PAGES: Final = ("present_case", "ask_desk", "recut_case", "recut_ask")
"""Kinds of move whose free fields are a page."""
Draw = Callable[[str], Lanes]
"""Draws in 0..1 by lane, for the field of that name."""


def fill(
    params: Params, kind: str, option: Option, choose: Choose, draw: Draw, initiatives: Sequence[str] = ()
) -> dict[str, Any]:
    """All arguments of a move. Looks at public numbers only, so that lanes cannot influence each other; ``initiatives``
    are those to choose from where the player is known to know them."""
    if kind in PAGES:
        return _page(params, kind, option, choose, draw, initiatives)
    if kind == "propose":
        return _proposal(params, option, choose, draw)
    needed = [field for field in option.free if not field.optional]
    made = {**option.args, **{field.name: _value(option, field, choose, draw) for field in needed}}
    if "days" in made:
        allowed = _days(params, params.accounts.index(made["account"]), MOVES[kind])
        made["days"] = allowed[choose("days", len(allowed))] if allowed else made["days"]
    return made


def _proposal(params: Params, option: Option, choose: Choose, draw: Draw) -> dict[str, Any]:
    """Eight issues, without the two whose legality hangs on more than public numbers: our hours, and a line's floor."""
    made = {**option.args, **{field.name: _value(option, field, choose, draw) for field in option.free}}
    account = int(params.talk_account[params.talks.index(made["talk"])])
    days = _days(params, account, MOVES["propose"])
    return {**made, "days": days[choose("days", len(days))] if days else 30, "exclusive": "no", "help": 0}


def _days(params: Params, account: int, move: Move) -> list[int]:
    """Payment days that may be given without asking anybody."""
    choices = next(field.choices for field in move.fields if field.name == "days")
    allowed = params.start_days[account, 0] + params.authority_days
    return [value for value in choices if 0 < value <= allowed]


def _value(option: Option, field: Field, choose: Choose, draw: Draw) -> Any:
    if field.kind != "number":
        return field.choices[choose(field.name, len(field.choices))]
    low, high = option.ranges[field.name]
    steps = np.floor((high - low) / field.step + 1e-6)
    return low + np.floor(draw(field.name) * (steps + 1.0)) * field.step


def _levers(params: Params, account: int) -> list[str]:
    """Levers to choose from: what is counted, what is switched, money, and what is made for this customer alone where
    that can be had."""
    money = [lever for lever in LEVERS.values() if lever.money]
    work = sorted((lever for lever in LEVERS.values() if not lever.money), key=lambda lever: lever.switch)
    order = [*(lever for lever in work if not lever.one_off), *reversed(money)]
    order += [lever for lever in work if lever.one_off and lever.one_off(params)[account, 0] > 0]
    return [lever.name for lever in order]


def _page(
    params: Params, kind: str, option: Option, choose: Choose, draw: Draw, initiatives: Sequence[str]
) -> dict[str, Any]:
    fields = {field.name: field for field in option.free}
    account = params.accounts.index(option.args["account"])
    levers = _levers(params, account)
    wanted = {levers[(choose("levers", len(LEVERS)) + 2 * turn) % len(levers)] for turn in range(MOST_LEVERS - 1)}
    if kind.endswith(("desk", "ask")):
        wanted |= {next(name for name, lever in LEVERS.items() if lever.needs_desk)}
    made = dict(option.args)
    for name in wanted:
        if name == "days":
            days = _days(params, account, MOVES[kind])
            made[name] = days[choose(name, len(days))] if days else None
        elif fields[name].kind == "number":
            made[name] = _value(option, fields[name], choose, draw)
        else:
            made[name] = fields[name].choices[1 + choose(name, len(fields[name].choices) - 1)]
    if not any(name in made for name, lever in LEVERS.items() if lever.carried_by == "team"):
        made["commitment"] = 0.05
    for name in ("angle", "length", "metric", "width", "due", "proof", "alternative", "inaction", "body"):
        made[name] = _value(option, fields[name], choose, draw)
    made["sensitivity"] = fields["sensitivity"].choices[choose("sensitivity", 3)]
    for name in ("claim", "inaction_value"):
        made[name] = np.floor(draw(name) * 2000.0)
    if initiatives:
        made["initiative"] = initiatives[choose("initiative", len(initiatives))]
    return made
