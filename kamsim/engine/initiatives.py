"""Customers' strategic initiatives: a semi-Markov life pushed by forces (economics B13), and what it shifts (B14)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.lanes import NOUGHT, ONE, Codes, Flags, Lanes, Rows, Where, grouped, rows_where, some, total, unit
from kamsim.engine.levers import KEPT
from kamsim.engine.luck import Luck
from kamsim.engine.params import STATES, Params
from kamsim.engine.truth import SERVICE

if TYPE_CHECKING:
    from kamsim.engine.truth import Truth
    from kamsim.engine.world import World

DORMANT, ANNOUNCED, FUNDED, EXECUTING, ACCELERATED, DELAYED, UNDERMINED, COMPLETED, CANCELLED = range(len(STATES))
BACK: Final = len(STATES)
"""Stands for the state before the delay."""
FUND, SPEED, SLOW, KILL = 0.6, 0.8, -0.6, -0.8
"""How a net force f moves a hazard: ``1 - (1-h)^exp(k f)`` with this k (economics B13)."""
TURN_PULL: Final[dict[int, float]] = {
    FUNDED: FUND, EXECUTING: SPEED, ACCELERATED: SPEED, DELAYED: SLOW, UNDERMINED: KILL, CANCELLED: KILL,
}  # fmt: skip
"""By the state that a scripted turn leads to: how force moves its chance."""
ROUTES: Final[dict[int, tuple[tuple[int, float, float], ...]]] = {
    ANNOUNCED: ((FUNDED, 0.35, FUND), (DELAYED, 0.10, SLOW), (CANCELLED, 0.05, KILL)),
    FUNDED: ((EXECUTING, 0.55, FUND), (DELAYED, 0.12, SLOW), (CANCELLED, 0.02, KILL)),
    EXECUTING: (
        (COMPLETED, 0.0, 0.0),
        (ACCELERATED, 0.06, SPEED),
        (DELAYED, 0.09, SLOW),
        (UNDERMINED, 0.07, KILL),
        (CANCELLED, 0.015, KILL),
    ),
    ACCELERATED: ((COMPLETED, 0.30, 0.0), (EXECUTING, 0.15, SLOW), (DELAYED, 0.04, SLOW), (CANCELLED, 0.005, KILL)),
    DELAYED: ((BACK, 0.35, FUND), (UNDERMINED, 0.10, KILL), (CANCELLED, 0.07, KILL)),
    UNDERMINED: ((EXECUTING, 0.18, SPEED), (DELAYED, 0.15, SLOW), (CANCELLED, 0.18, KILL)),
    COMPLETED: ((ANNOUNCED, 0.35, 0.0),),
    CANCELLED: ((ANNOUNCED, 0.35, 0.0),),
}
"""By state: (to, chance a quarter at neutral force, k). Completion of an executing one is Weibull(2, 6 quarters);
what ended is followed, some quarters later, by its next phase or a second try."""
WEIBULL_SCALE: Final = 6.0
INTENSITY: Final = (0.0, 0.2, 0.5, 1.0, 1.3, 0.4, 0.3, 1.0, 0.0)
"""By state; a completed one fades by half each quarter."""
HELP: Final = 0.3
"""Force that a programme, a specialist, or an insight brought to the owner adds for one quarter."""
TALK_HELP: Final = 0.15
"""The same of a good talk with the owner, who has heard no more than that we know."""
BACKED_HELP: Final = 0.4
"""The same of work against a named force that is truly there, for two quarters (economics B13, the top of +.2..+.4)."""
BACKED_QUARTERS: Final = 2
OWNER_LEFT: Final = -0.4
"""Force of a change of sponsor: in the quarter in which the owner of an initiative leaves, and in the next."""
SHAKEN_QUARTERS: Final = 2
ACTS: Final = ("nothing", "coming", "working", "over")
"""How a force stands in a lane. It can be heard to be coming one quarter ahead."""
NOTHING, COMING, WORKING, OVER = range(len(ACTS))
STEP: Final = 0.05
"""Grid of net forces that the tables of chances know."""
_LEVELS: Final = 41
DELAYED_PRICE, FAST_PRICE, FAST_SERVICE = 0.10, -0.10, 0.10
"""What a state does to buying beside its intensity (economics B13, the right-hand column): while an initiative is
delayed price weighs more, while it is accelerated price weighs less and service more, as a share of price sensitivity
and as a weight."""
AGES: Final = 16
"""Quarters in a state that are told apart."""
_SLOTS: Final = 5
_AGED_STATES: Final = len(STATES) * AGES
ENGAGEMENT_KEPT: Final = 0.85
"""Part of our engagement with an initiative that is left after a quarter without work on it."""
FRESH_LIVE: Final = (ANNOUNCED, FUNDED, EXECUTING, ACCELERATED, DELAYED, UNDERMINED)
"""States in which an initiative is alive."""


def _next_states() -> Codes:
    table = np.empty((len(STATES), _SLOTS + 1), dtype=np.int8)
    for state in range(len(STATES)):
        table[state] = state
        for slot, (to, _, _) in enumerate(ROUTES.get(state, ())):
            table[state, slot] = to
    return table.ravel()


def _intensities() -> Lanes:
    table = np.repeat(np.array(INTENSITY)[:, None], AGES, axis=1)
    table[COMPLETED] = 0.5 ** np.arange(1, AGES + 1)
    return table.ravel()


_NEXT: Final = _next_states()
_INTENSITY: Final = _intensities()
_LIVE_INTENSITY: Final = np.array(INTENSITY) * np.isin(np.arange(len(STATES)), FRESH_LIVE)
"""By state, nothing of what is over."""


def _chances(force: float) -> Lanes:
    """Cumulative chance of each way out at a net force: (slots, states x ages)."""
    table = np.zeros((_SLOTS, len(STATES), AGES))
    for state, routes in ROUTES.items():
        for age in range(AGES):
            reached = 0.0
            for slot in range(_SLOTS):
                if slot < len(routes):
                    to, chance, k = routes[slot]
                    kept = np.log1p(-chance)
                    if state == EXECUTING and to == COMPLETED:
                        kept = -(2.0 * age + 1.0) / WEIBULL_SCALE**2
                    reached += 1.0 - float(np.exp(kept * np.exp(k * force)))
                table[slot, state, age] = reached
    return table.reshape(_SLOTS, -1)


@lru_cache(maxsize=1)
def _tables() -> tuple[Lanes, ...]:
    """By slot, the cumulative chances at every net force on the grid, in turn: (levels x states x ages,)."""
    levels = [_chances(round(STEP * level - 1.0, 2)) for level in range(_LEVELS)]
    return tuple(np.concatenate([table[slot] for table in levels]) for slot in range(_SLOTS))


def _place(world: World) -> Rows:
    """Index into tables of (state, age), (K, L)."""
    at = world.initiatives
    place: Rows = np.minimum(at.since, AGES - 1).astype(np.intp)
    place += at.state * np.intp(AGES)
    return place


def intensity(world: World) -> Lanes:
    """I of economics B13, (K, L)."""
    return _INTENSITY.take(_place(world))


def fullest(world: World, params: Params, account: int, lanes: Where) -> Codes:
    """1 + the live initiative of an account that is in fullest swing, the first of equals; 0 for none (N,)."""
    at = world.initiatives
    most = np.zeros(world.work.left[lanes].shape)
    chosen: Codes = np.zeros(most.shape, dtype=np.int8)
    for row in params.account_initiatives[account]:
        strength = _LIVE_INTENSITY.take(at.state[row][lanes])
        chosen = np.where(strength > most, np.int8(row + 1), chosen)
        most = np.maximum(most, strength)
    return chosen


def alive(state: Codes) -> Flags:
    """Whether an initiative in this state can still be served."""
    return (state >= ANNOUNCED) & (state <= UNDERMINED)


def push(world: World, params: Params, luck: Luck, owner_left: Flags) -> None:
    """What pushes each initiative as a quarter opens: which forces are coming, at work or over in each lane, and their
    sum, with the recession (economics B22) and, for two quarters, the loss of an owner (``owner_left``, (K, L))."""
    at, truth, quarter = world.initiatives, world.truth, world.quarter
    if params.information_quality < 1.0 or params.own.moving:
        for past, now in ((at.past_state, at.state), (at.past_acts, at.acts), (at.past_pressure, at.pressure)):
            past[1], past[0] = past[0], now
    at.acts = _stages(truth, quarter).repeat(world.lanes, 1)
    if some(truth.force_chance < ONE):
        at.acts[luck.uniform("force", 0, params.force_keys, again=True) >= truth.force_chance] = NOTHING
    working = np.where(at.acts == WORKING, truth.force_strength, NOUGHT)
    pressure = grouped(working, params.initiative_forces)
    if truth.recession[min(quarter, len(truth.recession) - 1)]:
        pressure += truth.force_in_recession
    if some(owner_left):
        at.shaken_until = np.where(owner_left, quarter + SHAKEN_QUARTERS - 1.0, at.shaken_until)
    if some(at.shaken_until):
        pressure += np.where(at.shaken_until >= quarter, OWNER_LEFT, 0.0)
    at.pressure = unit(pressure, -1.0)


def _stages(truth: Truth, quarter: int) -> Codes:
    """How each force stands in a quarter where it comes (U, 1)."""
    stage = np.where(quarter <= truth.force_until, WORKING, OVER)
    stage[quarter < truth.force_from] = NOTHING
    stage[quarter == truth.force_from - 1] = COMING
    return stage.astype(np.int8)[:, None]


def helped(world: World) -> Lanes:
    """Force that we add as this quarter opens (K, L): the stronger of plain help and of work against a force."""
    at = world.initiatives
    backed: Lanes = np.where(at.backed_until >= world.quarter, BACKED_HELP, 0.0)
    return np.maximum(at.help, backed)


def good_talk(world: World, row: int, lanes: Where, true: Flags, help_: float) -> None:
    """Where our picture of initiative ``row`` is ``true`` (lanes,), its owner is helped, and a new one is won over."""
    at = world.initiatives
    at.help[row][lanes] = np.where(true, np.maximum(help_, at.help[row][lanes]), at.help[row][lanes])
    at.shaken_until[row][lanes] = np.where(true, 0.0, at.shaken_until[row][lanes])


def _with_help(chance: Lanes, to: Rows, help_: Lanes) -> Lanes:
    """Chances of scripted turns (K, 1 or L) under our help: the author's chance holds the forces already, and what we
    add moves it as it moves any other hazard (economics B13). What is certain stays certain."""
    if not some(help_):
        return chance
    pull = np.array([TURN_PULL.get(int(state), 0.0) for state in to])[:, None]
    moved: Lanes = 1.0 - np.exp(np.log1p(-np.minimum(chance, 1.0 - 1e-12)) * np.exp(pull * help_))
    return np.where((help_ > 0.0) & (pull != 0.0) & (chance < 1.0), moved, chance)


def advance(world: World, params: Params, luck: Luck, owner_left: Flags, aided: Lanes) -> None:
    """Scripted turns, then the semi-Markov step, as a new quarter opens. ``aided`` (K, L): what is `helped`."""
    if not params.initiatives:
        return
    push(world, params, luck, owner_left)
    at, truth, quarter = world.initiatives, world.truth, world.quarter
    tables = _tables()
    place = _place(world)
    level = np.rint((np.minimum(ONE, at.pressure + aided) + ONE) / STEP)
    place += _AGED_STATES * level.astype(np.intp)
    draw = luck.uniform("initiative", quarter, params.initiative_keys)
    after = at.state.copy()
    moved = (draw < tables[-1].take(place)).ravel().nonzero()[0]  # numbers in the arrays as one row
    if moved.size:
        where, met = place.take(moved), draw.take(moved)
        slot = np.zeros(moved.shape, dtype=np.intp)
        for table in tables:
            slot += met >= table.take(where)
        drifted = _NEXT.take(at.state.take(moved).astype(np.intp) * (_SLOTS + 1) + slot)
        after.put(moved, np.where(drifted == BACK, at.before.take(moved), drifted))
    to = truth.turn_to[quarter].astype(np.int8)[:, None]
    if some(to >= 0):
        fits = (to >= 0) & (at.state < COMPLETED) & ((at.state != DORMANT) | (to <= FUNDED))
        chance = _with_help(truth.turn_chance[quarter], truth.turn_to[quarter], aided)
        happens = fits & (luck.uniform("script", quarter, params.initiative_keys) < chance)
        after = np.where(happens & (to != at.state), to, after)
    moved = (after != at.state).ravel().nonzero()[0]
    at.since = at.since + ONE
    if moved.size:
        left = at.state.take(moved)
        moving = (left != DELAYED) & (left != UNDERMINED)
        at.before.put(moved[moving], left[moving])
        at.since.put(moved, 0.0)
    at.state = after
    at.help = np.zeros(at.help.shape)
    at.engagement = at.engagement * ENGAGEMENT_KEPT


def shifts(world: World, params: Params, strength: Lanes) -> tuple[Lanes, Lanes, Lanes]:
    """What live initiatives change at intensity ``strength`` (K, L): demand factor (C, L), weights (5, A, L) and
    the factor on price sensitivity (A, L), economics B1, B13 and B14. Weights keep their sum."""
    truth = world.truth
    lanes = strength.shape[1]
    demand = np.ones((len(params.cells), lanes))
    price = np.ones((len(params.accounts), lanes))
    weights: Lanes = truth.importance.repeat(lanes, 2)
    for rows, cells, effects in truth.initiative_demand:
        demand[cells] *= ONE + effects * strength.take(rows, 0)
    for rows, accounts, effects in truth.initiative_dearer:
        price[accounts] += effects * strength.take(rows, 0)
    flat = weights.reshape(-1, lanes)
    for rows, places, effects in truth.initiative_weights:
        flat[places] += effects * strength.take(rows, 0)
    state = world.initiatives.state
    for row in rows_where((state == DELAYED) | (state == ACCELERATED)):
        account = int(params.initiative_account[row])
        delayed, fast = state[row] == DELAYED, state[row] == ACCELERATED
        price[account] += DELAYED_PRICE * delayed + FAST_PRICE * fast
        weights[SERVICE, account] += FAST_SERVICE * fast
    moved = weights[:, truth.moved_accounts]
    weights[:, truth.moved_accounts] = moved * (truth.moved_importance / total(moved))
    return demand, weights, price


def served_fit(world: World, params: Params, strength: Lanes, craft: Lanes | float) -> Lanes:
    """Where fit is heading (A, L): work on live initiatives raises it, live ones that we ignore wear it down.
    ``craft``: how good our technical work is, by account (economics B20)."""
    skilled = craft if isinstance(craft, float) else craft.take(params.initiative_account, 0)
    pull = strength * (FIT_GAIN * world.initiatives.engagement * skilled - FIT_WEAR)
    heading = grouped(pull, params.account_initiatives, start=0.5)
    for lever in KEPT:
        if lever.fit and some(world.levers.level[lever.name]):
            heading = heading + lever.fit * world.levers.level[lever.name]
    return unit(heading)


FIT_GAIN: Final = 0.70
"""Fit gained from full engagement with an initiative in full swing."""
FIT_WEAR: Final = 0.15
"""Fit lost, at full swing, when nobody works on it: needs move on without us."""
