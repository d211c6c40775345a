"""Customers' strategic initiatives: a semi-Markov life pushed by forces (economics B13), and what it shifts (B14)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.lanes import Codes, Flags, Lanes, Rows, Where, total, unit
from kamsim.engine.levers import KEPT
from kamsim.engine.luck import Luck
from kamsim.engine.params import STATES, Params
from kamsim.engine.truth import SERVICE

if TYPE_CHECKING:
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
    return _INTENSITY[_place(world)]


def fullest(world: World, params: Params, account: int, lanes: Where) -> Codes:
    """1 + the live initiative of an account that is in fullest swing, the first of equals; 0 for none (N,)."""
    at = world.initiatives
    most = np.zeros(world.work.left[lanes].shape)
    chosen: Codes = np.zeros(most.shape, dtype=np.int8)
    for row in params.account_initiatives[account]:
        state = at.state[row][lanes]
        strength = np.where(alive(state), np.array(INTENSITY)[state], 0.0)
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
    stage = np.where(quarter <= truth.force_until, WORKING, OVER)
    stage = np.where(quarter < truth.force_from, np.where(quarter == truth.force_from - 1, COMING, NOTHING), stage)
    at.acts = np.repeat(stage.astype(np.int8)[:, None], world.lanes, axis=1)
    if (truth.force_chance < 1.0).any():
        comes = luck.uniform("force", 0, params.force_keys) < truth.force_chance
        at.acts = np.where(comes, at.acts, NOTHING).astype(np.int8)
    pressure = np.zeros(at.state.shape)
    for force in np.flatnonzero(stage == WORKING):
        pressure[params.force_initiative[force]] += np.where(
            at.acts[force] == WORKING, truth.force_strength[force], 0.0
        )
    if truth.recession[min(quarter, len(truth.recession) - 1)]:
        pressure += truth.force_in_recession
    if owner_left.any():
        at.shaken_until = np.where(owner_left, quarter + SHAKEN_QUARTERS - 1.0, at.shaken_until)
    if at.shaken_until.any():
        pressure += np.where(at.shaken_until >= quarter, OWNER_LEFT, 0.0)
    at.pressure = unit(pressure, -1.0)


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
    if not help_.any():
        return chance
    pull = np.array([TURN_PULL.get(int(state), 0.0) for state in to])[:, None]
    moved: Lanes = 1.0 - np.exp(np.log1p(-np.minimum(chance, 1.0 - 1e-12)) * np.exp(pull * help_))
    return np.where((help_ > 0.0) & (pull != 0.0) & (chance < 1.0), moved, chance)


def advance(world: World, params: Params, luck: Luck, owner_left: Flags) -> None:
    """Scripted turns, then the semi-Markov step, as a new quarter opens."""
    if not params.initiatives:
        return
    push(world, params, luck, owner_left)
    at, truth, quarter = world.initiatives, world.truth, world.quarter
    tables = _tables()
    place = _place(world)
    level = np.rint((np.minimum(1.0, at.pressure + helped(world)) + 1.0) / STEP)
    place += _AGED_STATES * level.astype(np.intp)
    draw = luck.uniform("initiative", quarter, params.initiative_keys)
    after = at.state.copy()
    rows, lanes = np.nonzero(draw < tables[-1][place])
    where, met, state = place[rows, lanes], draw[rows, lanes], at.state[rows, lanes]
    slot = np.zeros(rows.shape, dtype=np.intp)
    for table in tables:
        slot += met >= table[where]
    drifted = _NEXT[state.astype(np.intp) * (_SLOTS + 1) + slot]
    after[rows, lanes] = np.where(drifted == BACK, at.before[rows, lanes], drifted)
    to = truth.turn_to[quarter].astype(np.int8)[:, None]
    if (to >= 0).any():
        fits = (to >= 0) & (at.state < COMPLETED) & ((at.state != DORMANT) | (to <= FUNDED))
        chance = _with_help(truth.turn_chance[quarter], truth.turn_to[quarter], helped(world))
        happens = fits & (luck.uniform("script", quarter, params.initiative_keys) < chance)
        after = np.where(happens & (to != at.state), to, after)
    rows, lanes = np.nonzero(after != at.state)
    left = at.state[rows, lanes]
    moving = (left != DELAYED) & (left != UNDERMINED)
    at.before[rows[moving], lanes[moving]] = left[moving]
    at.since += 1.0
    at.since[rows, lanes] = 0.0
    at.state = after
    at.help = np.zeros_like(at.help)
    at.engagement = at.engagement * ENGAGEMENT_KEPT


def shifts(world: World, params: Params, strength: Lanes) -> tuple[Lanes, Lanes, Lanes]:
    """What live initiatives change at intensity ``strength`` (K, L): demand factor (C, L), weights (5, A, L) and
    the factor on price sensitivity (A, L), economics B1, B13 and B14. Weights keep their sum."""
    truth = world.truth
    lanes = strength.shape[1]
    demand = np.ones((len(params.cells), lanes))
    price = np.ones((len(params.accounts), lanes))
    weights: Lanes = np.repeat(truth.importance, lanes, axis=2)
    for rows, cells, effects in truth.initiative_demand:
        demand[cells] *= 1.0 + effects * strength[rows]
    for row, account, effect in truth.initiative_price:
        price[account] += effect * strength[row]
    for rows, places, effects in truth.initiative_weights:
        weights.reshape(-1, lanes)[places] += effects * strength[rows]
    state = world.initiatives.state
    for row in np.flatnonzero(((state == DELAYED) | (state == ACCELERATED)).any(axis=1)).tolist():
        account = int(params.initiative_account[row])
        delayed, fast = state[row] == DELAYED, state[row] == ACCELERATED
        price[account] += DELAYED_PRICE * delayed + FAST_PRICE * fast
        weights[SERVICE, account] += FAST_SERVICE * fast
    moved = truth.initiative_accounts
    weights[:, moved] *= total(truth.importance[:, moved]) / total(weights[:, moved])
    return demand, weights, price


def served_fit(world: World, params: Params, strength: Lanes, craft: Lanes | float) -> Lanes:
    """Where fit is heading (A, L): work on live initiatives raises it, live ones that we ignore wear it down.
    ``craft``: how good our technical work is, by account (economics B20)."""
    heading = np.full((len(params.accounts), strength.shape[1]), 0.5)
    skilled = np.broadcast_to(craft, heading.shape)[params.initiative_account]
    pull = strength * (FIT_GAIN * world.initiatives.engagement * skilled - FIT_WEAR)
    for row, account in enumerate(params.initiative_account.tolist()):
        heading[account] += pull[row]
    for lever in KEPT:
        if lever.fit and world.levers.level[lever.name].any():
            heading = heading + lever.fit * world.levers.level[lever.name]
    bounded: Lanes = np.minimum(np.maximum(heading, 0.0), 1.0)
    return bounded


FIT_GAIN: Final = 0.70
"""Fit gained from full engagement with an initiative in full swing."""
FIT_WEAR: Final = 0.15
"""Fit lost, at full swing, when nobody works on it: needs move on without us."""
