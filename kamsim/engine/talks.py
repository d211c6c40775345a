"""Negotiation over several issues (economics B26): what each is worth to either side, what they answer, what is signed.

A proposal is a column of eight numbers, (8, N), in the order of `terms.ISSUES`. What it is worth to the customer is
linear in each level and hidden; what it is worth to us follows from books, ours as a player may know them or the true
ones. They accept what leaves them their best other offer and a part of what the table could give beyond it; that part
falls with each concession that was given for one, from the next round on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine import initiatives, knowledge, opportunities, relations
from kamsim.engine.lanes import Codes, Flags, Lanes, cut, rows_where, some, total, unit
from kamsim.engine.levers import RESERVED, RUSH_PART
from kamsim.engine.market import COMMITTED_PACE
from kamsim.engine.params import Params
from kamsim.engine.standing import intensity
from kamsim.engine.terms import (
    COMMITMENT,
    COMMITMENTS,
    CREDIT,
    DATA,
    DAYS,
    DEEPEST,
    EXCLUSIVE,
    HELP,
    HELP_HOURS,
    ISSUES,
    LEFT,
    LENGTH,
    LENGTHS,
    MOST_ROUNDS,
    PLAN,
    PRICE,
    PRICE_STEP,
    SIGNED,
    TALK_LAPSED,
    TALK_OPEN,
    WALKED,
)

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.engine.world import World

GIVES: Final = (PRICE, PLAN, CREDIT, HELP)
"""Issues on which more costs us."""
GETS: Final = (COMMITMENT, LENGTH, EXCLUSIVE, DATA)
"""Issues on which more is asked of them."""
LEVELS: Final[tuple[tuple[float, ...], ...]] = (
    tuple(step * PRICE_STEP for step in range(round(DEEPEST / PRICE_STEP) + 1)),
    COMMITMENTS, LENGTHS, (0, 1), DAYS, (0, 1), (0, 1), HELP_HOURS,
)  # fmt: skip
"""What each issue may be set to."""
EXCLUSIVE_SHARE: Final = 0.85
"""Share of a line's wallet that a customer commits who buys it from us alone; the rest keeps a second source alive."""
EXCLUSIVE_REBATE: Final = 0.02
"""What comes off the invoice at year's end for it, on that line."""
TERM_WORTH: Final = 0.003
"""Of a year's sales: what each further year under signed Terms is worth to us, in losses that come slower."""
SCAN_SAVED: Final = 10.0
"""Hours a quarter that their plan data spare us."""
ORDERS: Final = 0.5
"""Part of cost to serve that follows orders, as a newcomer would think."""
RECIPROCATED: Final = 0.1
"""Of what the table could give them: how far what they want falls with a concession that was given for one."""
INSULTED: Final = 0.5
"""Asked to be worse off than today by more than this part of all that the table could give them, they get up."""
USUAL_COST: Final = np.array([[0.06], [0.06], [0.006], [0.02], [0.015], [0.06], [0.01], [0.02]])
"""What each issue's best level costs a supplier, as a customer would guess: shares of a year's purchases. They name the
issue on which they gain most for it."""
SLIGHTED, WALKS, POLITE, SILENT = 0.08, 0.10, 0.05, 0.20
"""Stance lost by taking back what was conceded; when they walk; when we leave; when nobody came."""
SILENCE_SEVERITY: Final = 0.4
"""How severe a failure nobody's coming is, as for a request that nobody answered."""


@dataclass(frozen=True, eq=False)
class Books:
    """A quarter of one account, cents (N,), from which a proposal's worth to us is worked out."""

    listed: Lanes
    """Volume at list price."""
    sales: Lanes
    earned: Lanes
    """Pocket margin less the cost to serve that grows with volume."""
    service: Lanes
    """Cost to serve, positive."""
    wallet: Lanes
    """What they buy of our categories from anybody, at list price."""
    days: Lanes
    line_listed: Lanes
    """Of the line that they might buy from us alone, likewise."""
    line_margin: Lanes
    line_wallet: Lanes
    filled: Lanes
    """Part of what a promise lacks that they set out to fill; see `opportunities.filled_part`."""


def believed_books(seen: Seen, row: int) -> Books:
    """The books of a talk's customer as far as the player knows them; a wallet nobody told of is a newcomer's guess."""
    params, account = seen.params, int(seen.params.talk_account[row])
    cells, line = params.account_cells[account], params.talk_cells[row]
    value = seen.volume * params.list_price
    listed, line_listed = total(value, cells), total(value, line)
    told, _ = seen.known("wallet", account)
    wallet = np.where(np.isnan(told), listed / params.priors.share, told)
    service = -seen.cost_to_serve[account]
    return Books(
        listed=listed,
        sales=seen.sales[account],
        earned=seen.margin[account] - params.priors.variable_service * service,
        service=service,
        wallet=wallet,
        days=seen.days[account],
        line_listed=line_listed,
        line_margin=total(_margins(params, seen.volume, seen.discount, seen.rebate, seen.unit_cost), line),
        line_wallet=wallet * line_listed / np.maximum(listed, 1.0),
        filled=_believed_filled(seen, account),
    )


def _believed_filled(seen: Seen, account: int) -> Lanes:
    """Part of a promise that they set out to fill as far as the player knows (N,): more than what comes by itself only
    where something that they signed still speaks to its initiative as last seen."""
    needed: Lanes = np.zeros(seen.lanes)
    if not seen.params.opportunities:
        return needed + 1.0
    for row in seen.params.account_initiatives[account]:
        state, _ = seen.known("state", row)
        speaks = seen.written_for[row] == state + 1.0
        needed = np.maximum(needed, np.where(speaks, intensity(np.where(speaks, state, 0.0)), 0.0))
    return opportunities.filled_part(needed)


def _true_filled(world: World, params: Params, account: int) -> Lanes:
    if not params.opportunities:
        return np.ones(world.lanes)
    part: Lanes = opportunities.filled(world, params, initiatives.intensity(world))[account]
    return part


def true_books(world: World, params: Params, row: int) -> Books:
    """The same from the books as they are: for a debrief. Needs a closed quarter."""
    account, ledger = int(params.talk_account[row]), world.ledger
    assert ledger is not None
    cells, line = params.account_cells[account], params.talk_cells[row]
    value, wallet = ledger.volume * params.list_price, ledger.wallet * params.list_price
    service = -ledger.cost_to_serve[account]
    cost = world.truth.unit_cost * (1.0 + world.truth.steel * (world.truth.materials[world.quarter] - 1.0))
    market = world.market
    return Books(
        listed=total(value, cells),
        sales=ledger.sales[account],
        earned=ledger.margin[account] - params.priors.variable_service * service,
        service=service,
        wallet=total(wallet, cells),
        days=world.dealings.days[account],
        line_listed=total(value, line),
        line_margin=total(_margins(params, ledger.volume, market.discount, market.rebate, cost), line),
        line_wallet=total(wallet, line),
        filled=_true_filled(world, params, account),
    )


def _margins(params: Params, volume: Lanes, discount: Lanes, rebate: Lanes, unit_cost: Lanes) -> Lanes:
    margin: Lanes = volume * (params.list_price * (1.0 - discount) * (1.0 - rebate) - unit_cost)
    return margin


def our_worth(params: Params, books: Books, page: Lanes, *, whole: bool = False) -> Lanes:
    """What each issue of a proposal is worth to us a year, cents (8, N); minus is a cost. What they promise counts as
    far as they fill it while it holds, on average, by the rule by which it is filled; ``whole``: as if all were."""
    year, filled = 4.0, 1.0 if whole else _filled(books.filled, page[LENGTH])
    share_price = books.sales / np.maximum(books.listed, 1.0)
    per_listed = books.earned / np.maximum(books.listed, 1.0)
    line_rate = books.line_margin / np.maximum(books.line_listed, 1.0)
    more = filled * np.maximum(0.0, EXCLUSIVE_SHARE * books.line_wallet - books.line_listed)
    alone = more * line_rate - EXCLUSIVE_REBATE * share_price * (books.line_listed + more)
    worth = (
        -page[PRICE] * year * books.listed,
        page[COMMITMENT] * filled * year * books.wallet * per_listed,
        TERM_WORTH * (page[LENGTH] - LENGTHS[0]) / 4.0 * year * books.sales,
        -page[PLAN] * year * books.service * 2.0 * RUSH_PART * RESERVED * ORDERS,
        -(page[CREDIT] - books.days) / 360.0 * params.cost_of_capital * year * books.sales,
        page[EXCLUSIVE] * year * alone,
        page[DATA] * year * SCAN_SAVED * params.hourly_cost,
        -page[HELP] * year * params.hourly_cost,
    )
    return np.array(np.broadcast_arrays(*worth))


def _filled(part: Lanes, length: Lanes) -> Lanes:
    """Of what a promise lacks, what they buy on average over its quarters (N,): each quarter they make up
    `market.COMMITTED_PACE` of the part that they set out to fill."""
    left = 1.0 - COMMITTED_PACE * part
    average: Lanes = 1.0 - left * (1.0 - left**length) / ((1.0 - left) * length)
    return average


def their_worth(values: Lanes, page: Lanes, days: Lanes, start_days: Lanes) -> Lanes:
    """What each issue of a proposal is worth to them, as shares of a year's purchases (8, N). ``values`` (8, 1): of the
    best level; ``days``: in which they pay today, ``start_days`` on the first day."""
    worth: Lanes = values * levels(page, days, start_days)
    return worth


def levels(page: Lanes, days: Lanes, start_days: Lanes) -> Lanes:
    """How far each issue stands between what holds today, 0, and its best level, 1; (8, N)."""
    made = (
        page[PRICE] / DEEPEST,
        page[COMMITMENT] / COMMITMENTS[-1],
        (page[LENGTH] - LENGTHS[0]) / (LENGTHS[-1] - LENGTHS[0]),
        page[PLAN],
        (page[CREDIT] - days) / np.maximum(DAYS[-1] - start_days, 15.0),
        page[EXCLUSIVE],
        page[DATA],
        page[HELP] / HELP_HOURS[-1],
    )
    return np.array(np.broadcast_arrays(*made))


def as_it_stands(days: Lanes) -> Lanes:
    """The proposal that changes nothing but signs for a year, (8, N)."""
    page = np.zeros((len(ISSUES), *days.shape))
    page[LENGTH], page[CREDIT] = LENGTHS[0], days
    return page


@dataclass(frozen=True, eq=False)
class Movement:
    """How a proposal differs from the last one (or, the first, from what holds today), by lane."""

    more: Flags
    """Something more is given."""
    back: Flags
    """Something conceded before is taken back."""
    asked: Flags
    """Something more is asked."""


def movement(page: Lanes, last: Lanes) -> Movement:
    """Compare a proposal with the last one (8, N)."""
    up, down = page > last + 1e-9, page < last - 1e-9
    return Movement(_any(up, GIVES), _any(down, GIVES), _any(up, GETS))


def _any(flags: Flags, rows: tuple[int, ...]) -> Flags:
    found: Flags = flags[rows[0]]
    for row in rows[1:]:
        found = found | flags[row]
    return found


def bar(world: World, row: int, lanes: NDArray[np.intp]) -> Lanes:
    """What a proposal must be worth to them now, as a share of a year's purchases (N,): their best other offer, and of
    what the table could give them beyond it the part that they want."""
    truth = world.truth
    away = truth.talk_walk_away[row]
    visible = np.maximum(0.0, total(np.maximum(0.0, truth.talk_values[:, row])) - away)
    wanted = np.maximum(0.0, truth.talk_aspiration[row] - RECIPROCATED * world.talks.conceded[row, lanes])
    least: Lanes = away + wanted * visible
    return least


def begin(world: World) -> None:
    """As a quarter opens: talks that were authored for it are asked for."""
    world.talks.status[world.calendar.talk_opens == world.quarter] = TALK_OPEN


def answer(world: World, params: Params, row: int, page: Lanes, lanes: NDArray[np.intp]) -> Codes:
    """What they say to a proposal (8, N), at once: SIGNED, WALKED, or TALK_OPEN where they name what they miss."""
    talks, truth = world.talks, world.truth
    account, person = int(params.talk_account[row]), int(params.talk_person[row])
    days, first = world.dealings.days[account, lanes], talks.round[row, lanes] == 0
    last = np.where(first, as_it_stands(days), cut(talks.page[:, row], lanes))
    values, start = truth.talk_values[:, row], params.start_days[account]
    worth = their_worth(values, page, days, start)
    wanted = bar(world, row, lanes)
    enough = total(worth) >= wanted - 1e-9
    insulted = total(worth) < -INSULTED * total(np.maximum(0.0, values))
    rounds = talks.round[row, lanes] + 1
    walks = ~enough & (insulted | (rounds >= MOST_ROUNDS))
    moved = movement(page, last)
    back = moved.back & ~first
    talks.gifts[row, lanes] += moved.more & ~moved.asked & ~back
    talks.conceded[row, lanes] += moved.more & moved.asked & ~back & ~first
    talks.page[:, row, lanes] = page
    talks.round[row, lanes] = rounds
    talks.pushed[row, lanes] = np.where(enough | walks, 0, 1 + _missed(values, page, days, start))
    status = np.where(enough, SIGNED, np.where(walks, WALKED, TALK_OPEN)).astype(np.int8)
    talks.status[row, lanes] = status
    _cool(world, person, lanes, SLIGHTED * back + WALKS * walks)
    world.relations.pitched[account, lanes] = world.quarter
    sign(world, params, row, page[:, enough], lanes[enough])
    return status


def _missed(values: Lanes, page: Lanes, days: Lanes, start_days: Lanes) -> Codes:
    """The issue on which they would still gain most for what it costs us, as far as they know (N,)."""
    here = levels(page, days, start_days)
    least = (DAYS[0] - days) / np.maximum(DAYS[-1] - start_days, 15.0)
    lowest = np.zeros_like(here)
    lowest[CREDIT] = least
    gain = values * (np.where(values > 0.0, 1.0, lowest) - here)
    missed: Codes = np.argmax(gain / USUAL_COST, axis=0).astype(np.int8)
    return missed


def sign(world: World, params: Params, row: int, page: Lanes, lanes: NDArray[np.intp]) -> None:
    """What was agreed holds from now on, to the last quarter of its term."""
    if not lanes.size:
        return
    account, quarter = int(params.talk_account[row]), float(world.quarter)
    dealings, market, mandates, talks = world.dealings, world.market, world.mandates, world.talks
    until = np.maximum(dealings.contract_until[account, lanes], quarter + page[LENGTH] - 1.0)
    alone = page[EXCLUSIVE] > 0
    for cell in params.account_cells[account]:
        price = market.discount[cell, lanes] + page[PRICE]
        dealings.agreed[cell, lanes] = np.where(page[PRICE] > 0, price, dealings.agreed[cell, lanes])
        market.discount[cell, lanes] = price
        share = np.minimum(0.95, market.share[cell, lanes] + page[COMMITMENT])
        promised = np.where(page[COMMITMENT] > 0, share, 0.0)
        if cell in params.talk_cells[row]:
            promised = np.where(alone, np.maximum(promised, EXCLUSIVE_SHARE), promised)
            market.rebate[cell, lanes] += EXCLUSIVE_REBATE * alone
            talks.exclusive_until[cell, lanes] = np.where(alone, until, talks.exclusive_until[cell, lanes])
        dealings.committed[cell, lanes] = np.maximum(dealings.committed[cell, lanes], promised)
    world.reprice(params, params.account_cells[account], lanes)
    dealings.contract_until[account, lanes] = until
    dealings.days[account, lanes] = page[CREDIT]
    first, hours = page[PLAN] > 0, page[HELP]
    level, last = world.levers.level, world.levers.until
    last["priority"][account, lanes] = np.where(first, until, last["priority"][account, lanes])
    talks.data_until[account, lanes] = np.where(page[DATA] > 0, until, talks.data_until[account, lanes])
    level["programme"][account, lanes] += hours
    last["programme"][account, lanes] = np.where(hours > 0, until, last["programme"][account, lanes])
    served = mandates.served[account, lanes]
    named = (hours > 0) & (params.talk_initiative[row] >= 0)
    mandates.served[account, lanes] = np.where(named, params.talk_initiative[row] + 1.0, served)
    trust = world.relations.trust[account, lanes]
    world.relations.trust[account, lanes] = trust + 0.03 * (1.0 - trust)
    for person in params.account_people[account]:
        world.people.stance[person, lanes] = unit(world.people.stance[person, lanes] + 0.08, -1.0)


def leave(world: World, params: Params, row: int, lanes: NDArray[np.intp]) -> None:
    """We get up, with a word."""
    world.talks.status[row, lanes] = LEFT
    _cool(world, int(params.talk_person[row]), lanes, np.full(lanes.shape, POLITE))


def _cool(world: World, person: int, lanes: NDArray[np.intp], by: Lanes) -> None:
    world.people.stance[person, lanes] = unit(world.people.stance[person, lanes] - by, -1.0)


def lapse(world: World, params: Params) -> None:
    """At a close: talks that fell due. Where nobody ever came it is as with a request that nobody answered; where
    somebody did, the matter ends as if we had left."""
    talks, at = world.talks, world.relations
    due = (world.calendar.talk_due == world.quarter) & (talks.status == TALK_OPEN)
    for row in rows_where(due):
        waiting = due[row]
        unheard = np.flatnonzero(waiting & (talks.round[row] == 0))
        leave(world, params, row, np.flatnonzero(waiting & (talks.round[row] > 0)))
        account = int(params.talk_account[row])
        talks.status[row, unheard] = TALK_LAPSED
        _cool(world, int(params.talk_person[row]), unheard, np.full(unheard.shape, SILENT))
        at.reconsider[account, unheard] = True
        at.trust[account, unheard] -= relations.TRUST_DOWN * SILENCE_SEVERITY * at.trust[account, unheard]


def shares(world: World, params: Params) -> None:
    """As a quarter opens: who shares plan data tells what it buys and how its initiatives stand."""
    running = world.talks.data_until >= world.quarter
    if not some(running):
        return
    knowledge.note(world, params, "wallet", running, knowledge.ROUTINE)
    if len(params.initiatives):
        begun = running[params.initiative_account] & (world.initiatives.state > 0)
        knowledge.note(world, params, "state", begun, knowledge.ROUTINE)


@dataclass(frozen=True, eq=False)
class Captured:
    """A proposal measured with what is true, cents a year (N,)."""

    ours: Lanes
    theirs: Lanes
    best: Lanes
    """The most that both together could have."""


def captured(world: World, params: Params, row: int, page: Lanes) -> Captured:
    """How much of what the table holds a proposal takes up, and for whom, in every lane: of what is promised, as if it
    were kept whole. Needs a closed quarter."""
    account, books = int(params.talk_account[row]), true_books(world, params, row)
    days, start, year = world.dealings.days[account], params.start_days[account], 4.0 * books.sales
    values = world.truth.talk_values[:, row]
    best: Lanes = np.zeros(world.lanes)
    for issue, choices in enumerate(LEVELS):
        most: Lanes = np.full(world.lanes, -np.inf)
        for level in choices:
            trial = as_it_stands(days)
            trial[issue] = level
            ours = our_worth(params, books, trial, whole=True)[issue]
            most = np.maximum(most, ours + year * their_worth(values, trial, days, start)[issue])
        best = best + most
    ours, theirs = (
        total(our_worth(params, books, page, whole=True)),
        year * total(their_worth(values, page, days, start)),
    )
    return Captured(ours, theirs, best)
