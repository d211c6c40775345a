"""Moves at a negotiation table: ask what an issue is worth to them, propose, leave."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine import knowledge, talks, team
from kamsim.engine.lanes import Lanes, Where, run
from kamsim.engine.luck import Luck
from kamsim.engine.moves.contact import taken_hours
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Field, Refusal, Result
from kamsim.engine.moves.prices import at, days_allowed, price_limits
from kamsim.engine.params import Params
from kamsim.engine.sight import Seen
from kamsim.engine.terms import (
    COMMITMENTS,
    DAYS,
    DEEPEST,
    HELP_HOURS,
    ISSUES,
    LENGTHS,
    PRICE_STEP,
    SIGNED,
    TALK_OPEN,
    WALKED,
)
from kamsim.engine.world import World

TABLE_HOURS: Final = 10.0
"""A round of proposals, or an afternoon of questions."""
SERVICES: Final = ("none", "priority")
_YES: Final = ("no", "yes")
PROPOSAL: Final = (
    Field("price", "number", low=0.0, high=DEEPEST, step=PRICE_STEP),
    Field("commitment", "choice", COMMITMENTS, free=True),
    Field("length", "choice", LENGTHS, free=True),
    Field("service", "choice", SERVICES, free=True),
    Field("days", "choice", DAYS, free=True),
    Field("exclusive", "choice", _YES, free=True),
    Field("data", "choice", _YES, free=True),
    Field("help", "choice", HELP_HOURS, free=True),
)
"""One field for each of `terms.ISSUES`."""
_WORDS: Final = {"service": SERVICES, "exclusive": _YES, "data": _YES}


def page_of(bound: Bound, lanes: int) -> Lanes:
    """The proposal (8, lanes) that a move's arguments say."""
    page = np.empty((len(ISSUES), lanes))
    for row, name in enumerate(ISSUES):
        page[row] = _WORDS[name].index(bound[name]) if name in _WORDS else bound[name]
    return page


def said(page: Lanes) -> dict[str, Any]:
    """One proposal (8,) as the arguments of a move; the inverse of `page_of`."""
    made: dict[str, Any] = {}
    for row, name in enumerate(ISSUES):
        value = float(page[row])
        if name in _WORDS:
            made[name] = _WORDS[name][int(value)]
        else:
            made[name] = value if name in ("price", "commitment") else int(value)
    return made


def table_hours(_seen: Seen, _bound: Bound) -> float:
    """The same for a question and a proposal."""
    return TABLE_HOURS


def refuse_question(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A table that somebody sits at, and an issue of which they have not told us."""
    fact = seen.params.fact_blocks["worth"][bound["talk"] * len(ISSUES) + ISSUES.index(bound["issue"])]
    return [(seen.talk[bound["talk"]] != TALK_OPEN, Refusal.NO_TALK), (seen.seen_at[fact] >= 0, Refusal.TOLD_ALREADY)]


def ask_table(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """What an issue is worth to them. The first question at a table, since nobody asks, also brings out what matters
    most to them of all else."""
    row, issue = bound["talk"], ISSUES.index(bound["issue"])
    block = params.fact_blocks["worth"]
    weights = np.abs(world.truth.talk_values[:, row, 0]).tolist()
    most = max((other for other in range(len(ISSUES)) if other != issue), key=lambda other: weights[other])
    facts = tuple(block[row * len(ISSUES) + place] for place in (issue, most))
    known = world.knowledge
    told = np.ones((2, known.seen_at[facts[0], lanes].shape[0]), dtype=bool)
    for place in range(len(ISSUES)):
        told[1] &= known.seen_at[block[row * len(ISSUES) + place], lanes] < 0
    numbers = np.arange(world.lanes)[lanes]
    for fact, heard, place in zip(facts, told, (issue, most), strict=True):
        value = np.full(int(np.count_nonzero(heard)), world.truth.talk_values[place, row, 0])
        knowledge.tell(world, fact, numbers[heard], value, knowledge.MEETING)
    return Result.LEARNED, facts, told


def refuse_proposal(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A table that somebody sits at, no other offer under study, something else than the last time, and nothing beyond
    our authority, our floor or our hours."""
    row, params = bound["talk"], seen.params
    account = int(params.talk_account[row])
    page, alone = page_of(bound, seen.lanes), bound["exclusive"] == "yes"
    same = seen.talk_round[row] > 0
    for issue in range(len(ISSUES)):
        same = same & (np.abs(page[issue] - seen.talk_page[issue, row]) < 1e-9)

    given = (np.asarray(bound["price"]) > 0.0) | alone
    cells = params.account_cells[account]
    extra = [talks.EXCLUSIVE_REBATE if alone and cell in params.talk_cells[row] else 0.0 for cell in cells]
    rebate = seen.rebate[run(cells)] + np.array(extra)[:, None]
    limits = price_limits(seen, cells, seen.discount[run(cells)] + bound["price"], rebate)
    return [
        (seen.talk[row] != TALK_OPEN, Refusal.NO_TALK),
        (seen.offer[account] > 0, Refusal.OFFER_PENDING),
        (same, Refusal.NO_CHANGE),
        *((given & condition, code) for condition, code in limits),
        (bound["days"] > days_allowed(seen, account), Refusal.DAYS_BEYOND),
        ((bound["help"] > 0) & (taken_hours(seen) + bound["help"] > team.seen_hours(seen)), Refusal.NO_HOURS),
    ]


def propose(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Lay all eight issues before them; they answer at once, and a yes holds at once."""
    numbers = np.arange(world.lanes)[lanes]
    page = page_of({**bound, "price": at(bound["price"], lanes)}, len(numbers))
    status = talks.answer(world, params, bound["talk"], page, numbers)
    result = np.where(status == SIGNED, Result.AGREED, np.where(status == WALKED, Result.WALKED, Result.COUNTERED))
    return result, NOTHING, None


def refuse_leaving(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A table that somebody sits at."""
    return [(seen.talk[bound["talk"]] != TALK_OPEN, Refusal.NO_TALK)]


def leave_table(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Get up: what was proposed is gone, and the person cools a little."""
    talks.leave(world, params, bound["talk"], np.arange(world.lanes)[lanes])
    return Result.DONE, NOTHING, None
