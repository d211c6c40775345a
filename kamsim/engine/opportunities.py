"""Purchases that initiatives bring: how they come about, and what of them is delivered (economics B28).

A purchase goes from need over requirements and comparison to a decision, as fast as its initiative does. In its window
our bid, a case that speaks to the initiative as it is, our work on it, access to the decider and our word lean the
award to us, against the rivals who bid and against no decision at all. What is awarded is carved from what the customer
buys, whoever has it, and the winner is specified in until the next phase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.initiatives import (
    ACCELERATED,
    ANNOUNCED,
    CANCELLED,
    COMPLETED,
    DELAYED,
    EXECUTING,
    FUNDED,
    UNDERMINED,
    alive,
)
from kamsim.engine.lanes import NOUGHT, ONE, Codes, Flags, Lanes, Rows, Where, rows_where, some
from kamsim.engine.luck import Luck
from kamsim.engine.params import STATES, Params
from kamsim.engine.terms import (
    CHANGED,
    COMPARISON,
    CUT,
    DECISION,
    GROWN,
    NEED,
    NO_PURCHASE,
    REASONS,
    REQUIREMENTS,
    UNDECIDED,
    WON,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kamsim.engine.world import World

PACE: Final = {ANNOUNCED: 0.5, FUNDED: 1.0, EXECUTING: 1.0, ACCELERATED: 1.6, DELAYED: 0.5, UNDERMINED: 0.75}
"""How fast a purchase comes on by the state of its initiative."""
_PACES: Final = np.array([PACE.get(state, 0.0) for state in range(len(STATES))])
UNFUNDED: Final = 0.6
"""How far a purchase can come before its initiative is funded: nobody compares offers without money."""
HELPED: Final = 0.5
"""Added pace for a full unit of help that we give the initiative (`initiatives.helped`)."""
UNDER_WAY: Final = 1.3
"""On the first day, the most that a purchase may have come on before we took over; from 1 on its window is open."""
THIRD: Final = 1.0 / 3.0
"""Progress at which one stage gives way to the next."""
WINDOW: Final = 2
"""Quarters for which a decision is open; one where the initiative is accelerated, and longer while it is delayed."""
REST: Final = 1
"""Quarters after a decision from which the next phase of an initiative may need something again; what was awarded runs
on until that is decided, or its own quarters are over."""
PLAIN: Final = 0.45
"""Chance that nothing comes over a purchase."""
LARGER, SMALLER = 1.3, 0.7
"""Factor on the amount of a purchase that has grown or was cut."""
HALVED: Final = 0.5
"""What is left of what a case says after its initiative has changed its state, or what is required has changed."""
BIDS: Final = 0.75
"""Chance that a rival who sells the line bids."""
OPENED_FOR: Final = 4
"""Quarters in which a refusal without shown value sends a line's next purchase to tender."""
PROVEN_FOR: Final = 6
"""Quarters for which a kept promise is proof enough to refuse."""
PROVEN_WORK: Final = 0.12
"""Engagement with something live of theirs that is proof enough."""
FILLED_ALONE: Final = 0.1
"""Part of what a commitment still lacks that is filled whatever becomes of what it was signed for."""
_SHARE, _LEAD, _RUNS, _TWIST, _START, _BIDDERS = (np.uint64(salt) for salt in range(1, 7))


def start(world: World, params: Params, luck: Luck) -> None:
    """What lies there on the first day: needs that arose before we took over, some way on."""
    _arise(world, params, luck, UNDER_WAY)


def advance(world: World, params: Params, luck: Luck, before: Codes, aided: Lanes) -> None:
    """As a quarter opens, after initiatives have moved. ``before`` (K, L): their states a quarter ago; ``aided``
    (K, L): the force that our help added."""
    at, state = world.opportunities, world.initiatives.state
    if some(at.speaks):
        at.speaks = np.where(state != before, HALVED * at.speaks, at.speaks)
    if some(at.written_for):
        at.written_for = np.where(at.speaks > 0.0, at.written_for, 0).astype(np.int8)
    if not params.opportunities:
        return
    _end(world, params)
    _come_on(world, params, aided)
    _arise(world, params, luck, 0.0)


def _end(world: World, params: Params) -> None:
    """What has run out makes room; what its initiative has left behind ends, decided or not."""
    at, quarter = world.opportunities, world.quarter
    state = world.initiatives.state.take(params.opportunity_initiative, 0)
    over = (at.stage >= WON) & (quarter - at.award_at >= REST)
    at.stage = at.stage.copy()
    at.stage[over] = NO_PURCHASE
    open_ = (at.stage >= NEED) & (at.stage <= DECISION)
    near = (at.stage >= COMPARISON) & (state == COMPLETED)
    dead = open_ & ~alive(state) & ~near
    if some(dead):
        rows, lanes = dead.nonzero()
        reason = np.where(state[rows, lanes] == CANCELLED, _CANCELLED, _NO_NEED)
        note_award(world, rows, lanes, np.full(rows.shape, UNDECIDED), reason, quarter - 1.0)


_CANCELLED, _NO_NEED = REASONS.index("cancelled"), REASONS.index("no_need")


def _come_on(world: World, params: Params, aided: Lanes) -> None:
    """Progress by the initiative's state and our help, twists as offers begin to be compared, windows opening."""
    at, quarter = world.opportunities, world.quarter
    states = world.initiatives.state.take(params.opportunity_initiative, 0)
    # numbers in the arrays as one row, for those alone that are open
    open_ = ((at.stage >= NEED) & (at.stage < DECISION)).ravel().nonzero()[0]
    state, before, stage = states.take(open_), at.progress.take(open_), at.stage.take(open_)
    help_ = aided.take(params.opportunity_initiative, 0).take(open_)
    progress = before + _PACES.take(state) * (ONE + HELPED * help_) / np.maximum(at.lead.take(open_), ONE)
    progress = np.where(state == ANNOUNCED, np.minimum(progress, np.maximum(UNFUNDED, before)), progress)
    progress[state == COMPLETED] = 1.0
    np.minimum(progress, ONE, out=progress)
    at.progress, at.stage = at.progress.copy(), at.stage.copy()
    at.progress.put(open_, progress)
    now = _stage(progress)
    at.stage.put(open_, now)
    compared, opens = (stage < COMPARISON) & (now >= COMPARISON), now == DECISION
    if some(compared):
        _twist(world, params, *np.divmod(open_[compared], world.lanes))
    if some(opens):
        at.window, at.decides = at.window.copy(), at.decides.copy()
        soon = (state[opens] == ACCELERATED) | (state[opens] == COMPLETED)
        at.window.put(open_[opens], quarter)
        at.decides.put(open_[opens], quarter + np.where(soon, 0.0, WINDOW - 1.0))
    waits = (at.stage == DECISION) & (states == DELAYED)
    if some(waits):
        at.decides = np.where(waits, np.maximum(at.decides, quarter + 1.0), at.decides)


def _stage(progress: Lanes) -> Codes:
    """The stage that a purchase is in at some progress."""
    reached = NEED + (progress >= THIRD) + (progress >= 2.0 * THIRD) + (progress >= 1.0)
    return np.asarray(reached, dtype=np.int8)


def _twist(world: World, params: Params, rows: Rows, lanes: Rows) -> None:
    """What comes over purchases ``rows`` in ``lanes`` (n,) as offers begin to be compared; and whether they go to
    tender."""
    at = world.opportunities
    twist = at.twist[rows, lanes]
    at.units[rows, lanes] *= np.where(twist == GROWN, LARGER, np.where(twist == CUT, SMALLER, 1.0))
    changed = twist == CHANGED
    at.bid[rows[changed], lanes[changed]] = 0
    np.multiply.at(at.speaks, (params.opportunity_initiative[rows[changed]], lanes[changed]), HALVED)
    cells = params.opportunity_cell[rows]
    wanted = np.flatnonzero(at.opened[cells, lanes] >= world.quarter)
    first = wanted[np.unique(cells[wanted] * world.lanes + lanes[wanted], return_index=True)[1]]  # one of a line's
    at.tendered[rows[first], lanes[first]], at.opened[cells[first], lanes[first]] = 1, 0.0


def _arise(world: World, params: Params, luck: Luck, most: float) -> None:
    """New needs where an initiative is alive and its slot is free, each with what it draws for itself."""
    if not params.opportunities:
        return
    at, truth, quarter, keys = world.opportunities, world.truth, world.quarter, params.opportunity_keys
    state = world.initiatives.state.take(params.opportunity_initiative, 0)
    free = (at.stage == NO_PURCHASE) & alive(state)
    rows, lanes = (free & (luck.uniform("opportunity", quarter, keys) < truth.opportunity_chance)).nonzero()
    if not rows.size:
        return

    def drawn(salt: np.uint64) -> Lanes:
        return luck.pairs("opportunity", quarter, keys[rows, 0] ^ salt, lanes)

    def between(ends: Lanes, salt: np.uint64) -> Lanes:
        low, high = ends[:, rows, 0]
        reached: Lanes = low + (high - low) * drawn(salt)
        return reached

    cells = params.opportunity_cell[rows]
    wallet = (truth.wallet * truth.growth**quarter)[cells, 0]
    progress = np.minimum(1.0, most * drawn(_START))
    announced = state[rows, lanes] == ANNOUNCED
    progress = np.where(announced, np.minimum(progress, UNFUNDED), progress)
    opens = progress >= 1.0
    made = {
        "units": np.rint(between(truth.opportunity_share, _SHARE) * wallet),
        "lead": between(truth.opportunity_lead, _LEAD),
        "runs": np.rint(between(truth.opportunity_runs, _RUNS)),
        "progress": progress,
        "arose": float(quarter),
        "stage": _stage(progress),
        "twist": _twists(truth.opportunity_twists, rows, drawn(_TWIST)),
        "bidders": _bidders(world, params, luck, rows, lanes),
        "window": np.where(opens, quarter, 0.0),
        "decides": np.where(opens, quarter + WINDOW - 1.0, 0.0),
        **dict.fromkeys(("tendered", "bid", "bid_off", "bid_at"), 0),
    }
    for name, value in made.items():
        getattr(at, name)[rows, lanes] = value


def _twists(allowed: tuple[tuple[int, ...], ...], rows: Rows, draw: Lanes) -> Codes:
    """Which twist purchases ``rows`` take, by their draws (n,)."""
    count = np.array([len(codes) for codes in allowed])[rows]
    table = np.zeros((len(allowed), max(map(len, allowed), default=0) + 1), dtype=np.int8)
    for row, codes in enumerate(allowed):
        table[row, 1 : len(codes) + 1] = codes
    place = np.floor((draw - PLAIN) / (1.0 - PLAIN) * count).astype(np.intp)
    return table[rows, np.where((draw < PLAIN) | (count == 0), 0, place + 1)]


def _bidders(world: World, params: Params, luck: Luck, rows: Rows, lanes: Rows) -> Codes:
    """Which rivals bid for purchases ``rows`` in ``lanes``, one bit each (n,); somebody always does."""
    sells = world.truth.rival_sells[:, params.opportunity_cell[rows], 0]
    made, everybody = np.zeros(rows.shape, dtype=np.int8), np.zeros(rows.shape, dtype=np.int8)
    keys = params.opportunity_keys[rows, 0] ^ _BIDDERS
    for rival, sold in enumerate(sells):
        draw = luck.pairs("opportunity", world.quarter, keys ^ np.uint64(rival << 8), lanes)
        made |= ((draw < BIDS) & sold).astype(np.int8) << np.int8(rival)
        everybody |= sold.astype(np.int8) << np.int8(rival)
    return np.where(made == 0, everybody, made)


def running(world: World, params: Params) -> tuple[Lanes, Lanes, Lanes]:
    """What is delivered this quarter of what was awarded, by cell (C, L): units to anybody, units to us, and our units
    times the points of list that we gave off for them."""
    at = world.opportunities
    runs = at.runs_until >= world.quarter
    made = np.zeros((3, len(params.cells), world.lanes))
    if some(runs):
        units = np.where(runs, at.runs_units, NOUGHT)
        mine = units * at.runs_part
        values = np.array([units, mine, mine * at.runs_off])
        for rows in map(list, params.opportunity_layers):
            made[:, params.opportunity_cell[rows]] += values.take(rows, 1)
    return made[0], made[1], made[2]


def live_need(world: World, params: Params, strength: Lanes) -> Lanes:
    """Factor on the demand for solutions, by account (A, L): the fullest swing of what a customer has under way, 1 at
    most. ``strength``: of initiatives (K, L)."""
    made = np.zeros((len(params.accounts), world.lanes))
    living = np.where(alive(world.initiatives.state), strength, NOUGHT)
    for row, account in enumerate(params.initiative_account.tolist()):
        np.maximum(made[account], living[row], out=made[account])
    np.minimum(ONE, made, out=made)
    return made


def filled(world: World, params: Params, strength: Lanes) -> Lanes:
    """Part of what a commitment still lacks that the customer fills (A, L): all of it where what it was signed for is
    in full swing and the case still speaks to it, `FILLED_ALONE` otherwise."""
    at = world.opportunities
    needed = np.zeros((len(params.accounts), world.lanes))
    owner = params.initiative_account
    served = world.mandates.served.take(owner, 0) == np.arange(1.0, len(owner) + 1.0)[:, None]
    speaks = strength * at.speaks
    for row in rows_where(served):
        np.copyto(needed[owner[row]], speaks[row], where=served[row])
    return filled_part(needed)


def filled_part(needed: Lanes) -> Lanes:
    """Part of what a commitment still lacks that is filled, by how much what it was signed for needs it, 1 in full
    swing."""
    part: Lanes = FILLED_ALONE + (1.0 - FILLED_ALONE) * np.minimum(1.0, needed)
    return part


def note_award(world: World, rows: Rows, lanes: Rows, code: Rows, reason: Codes | Rows, quarter: float) -> None:
    """Write down what became of purchases ``rows`` in ``lanes`` (n,), stages from won on; what they were stays beside
    it: the slot is free for the next."""
    at = world.opportunities
    at.stage[rows, lanes] = code
    noted = {
        "award": code - WON + 1,
        "award_at": quarter,
        "award_winner": 0,
        "award_part": 0.0,
        "award_reason": reason,
        "award_units": at.units[rows, lanes],
        "award_off": at.bid_off[rows, lanes] * (at.bid[rows, lanes] > 0),
        "award_until": quarter + at.runs[rows, lanes],
        "award_arose": at.arose[rows, lanes],
        "award_window": at.window[rows, lanes],
    }
    for name, value in noted.items():
        getattr(at, name)[rows, lanes] = value


def bid(world: World, row: int, off: Lanes, lanes: Where) -> Flags:
    """Lay our bid for a purchase; returns where there is one to bid for (lanes,)."""
    at = world.opportunities
    open_: Flags = (at.stage[row, lanes] >= REQUIREMENTS) & (at.stage[row, lanes] <= DECISION)
    for values, value in ((at.bid, 1), (at.bid_off, off), (at.bid_at, world.quarter)):
        values[row, lanes] = np.where(open_, value, values[row, lanes])
    return open_


def signed(world: World, params: Params, account: int, initiative: Lanes, state: Lanes, lanes: Where) -> None:
    """A case for an ``initiative`` (its row or -1) was signed that takes it to be in ``state`` (lanes,)."""
    at = world.opportunities
    for row in params.account_initiatives[account]:
        here = initiative == row
        true = state == world.initiatives.state[row, lanes]
        at.speaks[row, lanes] = np.where(here, np.where(true, 1.0, HALVED), at.speaks[row, lanes])
        at.written_for[row, lanes] = np.where(here, state + 1.0, at.written_for[row, lanes])


def renew(world: World, row: int, state: Lanes, lanes: Where) -> Flags:
    """What was signed for an initiative is made to speak to the ``state`` that we take it to be in (lanes,); it does
    where that is so. Returns where."""
    at, now = world.opportunities, world.initiatives.state[row, lanes]
    true: Flags = (state == now) & alive(now)
    at.speaks[row, lanes] = np.where(true, 1.0, HALVED * at.speaks[row, lanes])
    at.written_for[row, lanes] = state + 1.0
    return true


def refused(world: World, params: Params, account: int, cells: tuple[int, ...], lanes: Where) -> Flags:
    """A request was refused: without shown value their next purchase on these cells goes to tender. Returns where it
    does (lanes,)."""
    at, kept = world.opportunities, world.promises.kept_at[account, lanes]
    proven: Flags = (kept > 0.0) & (world.quarter - kept <= PROVEN_FOR)
    for row in params.account_initiatives[account]:
        live = alive(world.initiatives.state[row, lanes])
        work = (world.initiatives.engagement[row, lanes] >= PROVEN_WORK) | (at.speaks[row, lanes] >= HALVED)
        proven = proven | live & work
    if params.opportunities:
        for cell in cells:
            at.opened[cell, lanes] = np.where(proven, at.opened[cell, lanes], float(world.quarter + OPENED_FOR))
    return ~proven


def told(world: World, params: Params, rows: Rows | int, lanes: Rows) -> dict[str, Lanes]:
    """What there is to know of purchases ``rows``, or of one, in ``lanes`` (n,), by kind of fact, in the order of
    `facts.OPPORTUNITY_FACTS`.

    ``decides`` is the quarter at whose close it will be decided as things stand, 0 where nobody can say, as while its
    initiative is not funded; ``twist`` what has come over it so far; ``bidder`` 1 + the rival who stands best among
    those who bid, once offers are compared.
    """
    at, places = world.opportunities, rows * world.lanes + lanes  # numbers in the arrays as one row
    stage = at.stage.take(places)
    state = world.initiatives.state[params.opportunity_initiative[rows], lanes]
    pace = np.where(state == ANNOUNCED, NOUGHT, _PACES.take(state))
    missing = (ONE - at.progress.take(places)) * np.maximum(at.lead.take(places), ONE)
    left = np.ceil(missing / np.maximum(pace, 1e-9) - 1e-9)
    open_ = (stage >= NEED) & (stage < DECISION) & (pace > 0.0) & (left < len(world.truth.demand_index))
    foreseen = np.where(open_, world.quarter + left + WINDOW - 1.0, 0.0)
    compared = (stage >= COMPARISON) & (stage <= DECISION)
    likeliest = _likeliest(world, params, rows, lanes) if some(compared) else 0.0
    return {
        "stage": stage.astype(np.float64),
        "amount": at.units.take(places),
        "decides": np.where(stage >= DECISION, at.decides.take(places), foreseen),
        "runs": at.runs.take(places),
        "twist": np.where(stage >= COMPARISON, at.twist.take(places), 0).astype(np.float64),
        "bidder": np.where(compared, likeliest, 0.0),
    }


def _likeliest(world: World, params: Params, rows: Rows | int, lanes: Rows) -> Lanes:
    """1 + the rival who stands best among those who bid for purchases (n,); 0 where nobody does."""
    bidders, cells = world.opportunities.bidders[rows, lanes], params.opportunity_cell[rows]
    likeliest, best = np.zeros(lanes.shape), np.full(lanes.shape, -np.inf)
    for rival, pulls in enumerate(world.truth.rival_attraction):
        value = np.where((bidders >> np.int8(rival)) & 1, pulls[cells, 0], -np.inf)
        likeliest = np.where(value > best, rival + 1.0, likeliest)
        best = np.maximum(best, value)
    return likeliest


def told_of(kind: str) -> Callable[[World, Params, int | slice | Rows, Where], Lanes]:
    """One of these, of a purchase (lanes,) or of all (O, L)."""

    def of(world: World, params: Params, which: int | slice | Rows, lanes: Where) -> Lanes:
        if kind == "stage":
            return world.opportunities.stage[which, lanes].astype(np.float64)
        there = np.arange(world.lanes)[lanes]
        rows = np.arange(len(params.opportunities))[which]
        pairs = told(world, params, np.repeat(rows, len(there)), np.tile(there, rows.size))[kind]
        made: Lanes = pairs.reshape(rows.size, len(there))
        return made if rows.ndim else made[0]

    return of
