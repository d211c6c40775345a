"""Joint initiatives: something that we and a customer build together over a year or more (economics B18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.initiatives import COMPLETED, DELAYED, HELP, UNDERMINED, alive
from kamsim.engine.lanes import Codes, Flags, Lanes, Where, concave, grouped, rows_where, total, unit
from kamsim.engine.ledger import JOINT, Ledger
from kamsim.engine.levers import MOST_GAIN, PROGRAMME_GAIN, SCALE_HOURS
from kamsim.engine.luck import Luck
from kamsim.engine.params import Params
from kamsim.engine.people import REAL_TIE, WELL_MEANING, sponsors

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.engine.world import World

PHASES: Final = ("none", "design", "build", "live", "ended")
NONE, DESIGN, BUILD, LIVE, ENDED = range(len(PHASES))
LOSSES: Final = ("sponsor", "initiative")
"""What it can lose: their sponsor, who left, or the initiative that it serves, undermined or cancelled."""
SPONSOR_LOST, INITIATIVE_LOST = 1, 2
ENDS: Final = ("", "failed", "lost", "left")
"""Why it ended: it did not work, it lost both, or we left it."""
FAILED, LOST, LEFT = range(1, len(ENDS))
SHARES: Final = (0.3, 0.45, 0.6)
"""Parts of the gain that may be asked for."""
ENABLERS: Final = ("willing", "trust", "initiative", "sponsor", "inside", "resources")
"""What a start needs: a customer who thinks in years and works with suppliers, trust, an initiative of theirs that goes
on, somebody there and somebody in our company who wants it, and people or hours of ours that were signed for."""
THINKS_AHEAD: Final = 0.5
WORKS_WITH_US: Final = 0.45
"""Orientation and collaboration from which a customer builds something with a supplier."""
BOSS_BELIEVES: Final = 0.5
"""Credibility of our word in our own company from which our boss puts a name to it."""
WORKS, WORKS_TOGETHER, LACKS = 0.35, 0.5, 0.1
"""Chance that what was built works: without and by collaboration, less for each thing that was missing."""
HALF: Final = 0.5
"""Of its strength that is left once it has lost its sponsor or its initiative."""
YES, YES_TOGETHER, YES_LIKED, YES_LESS = 0.70, 0.5, 0.3, 1.5
"""Chance of a yes: as it is, by collaboration, by their sponsor's stance, less by what we ask above the least."""
PLAN_ERROR: Final = 0.25
"""How far what the design works out may lie from the gain, either way."""
LIVE_HOURS: Final = 0.5
"""Part of the governance that is left once it runs."""


# --- what a start needs -------------------------------------------------------------------------------------------


def enablers(world: World, params: Params, row: int, lanes: Where) -> Lanes:
    """Which of `ENABLERS` there are (6, N), 0 or 1."""
    own, truth = params.own, world.truth
    account, sponsor = int(own.joint_account[row]), int(own.joint_sponsor[row])
    state = world.initiatives.state[own.joint_initiative[row], lanes]
    people, inside = world.people, int(own.joint_inside[row])
    known = (people.tie[sponsor, lanes] > REAL_TIE) | (people.open_until[sponsor, lanes] >= world.quarter)
    word = world.standings.credibility[-1, lanes] >= BOSS_BELIEVES
    wanted = world.standings.desk[inside, lanes] > 0.0 if inside >= 0 else word
    at, lent = world.levers.level, world.team.borrowed[account, lanes] > 0
    there = (
        np.broadcast_to(
            (truth.orientation[account] >= THINKS_AHEAD) & (truth.collaboration[account] > WORKS_WITH_US), state.shape
        ),
        world.relations.trust[account, lanes] >= own.joint_trust[row],
        alive(state) & (state != DELAYED) & (state != UNDERMINED),
        (people.stance[sponsor, lanes] > WELL_MEANING) & known,
        wanted | (world.own.backing[lanes] > 0),
        (at["programme"][account, lanes] > 0) | (at["people"][account, lanes] > 0) | lent,
    )
    return np.array(there, dtype=np.float64)


def known_enablers(seen: Seen, row: int) -> Lanes:
    """The same as far as the player knows (6, L): 1 met, 0 not met, NaN not known; by facts as last seen."""
    own = seen.params.own
    account, sponsor, inside = (int(rows[row]) for rows in (own.joint_account, own.joint_sponsor, own.joint_inside))
    orientation, collaboration, trust = (
        seen.known(kind, account)[0] for kind in ("orientation", "collaboration", "trust")
    )
    state = seen.known("state", int(own.joint_initiative[row]))[0]
    stance, tie = seen.known("stance", sponsor)[0], seen.known("tie", sponsor)[0]
    open_ = seen.open_until[sponsor] >= seen.quarter
    goes_on = (state >= 1) & (state < DELAYED)
    wanted = seen.desk[inside] > 0.0 if inside >= 0 else seen.credibility[-1] >= BOSS_BELIEVES
    signed = (seen.in_force("programme", account) > 0) | (seen.in_force("people", account) > 0)
    signed |= seen.team["borrowed"][account] > 0
    told = (
        _both(_met(orientation, orientation >= THINKS_AHEAD), _met(collaboration, collaboration > WORKS_WITH_US)),
        _met(trust, trust >= own.joint_trust[row]),
        _met(state, goes_on),
        _both(_met(stance, stance > WELL_MEANING), np.where(open_, 1.0, _met(tie, tie > REAL_TIE))),
        wanted | (seen.own["backing"] > 0),
        signed,
    )
    return np.array(told, dtype=np.float64)


def _met(fact: Lanes, holds: Flags) -> Lanes:
    return np.where(np.isnan(fact), np.nan, holds)


def _both(one: Lanes, other: Lanes) -> Lanes:
    """Not met as soon as one is not."""
    return np.where((one == 0.0) | (other == 0.0), 0.0, one * other)


def chance(world: World, params: Params, row: int, missing: Lanes) -> Lanes:
    """That what is built works (N,)."""
    together = world.truth.collaboration[params.own.joint_account[row]]
    return unit(WORKS + WORKS_TOGETHER * together - LACKS * missing)


def agree_chance(world: World, params: Params, row: int, share: float, lanes: Where) -> Lanes:
    """That a willing customer's sponsor says yes to our part of the gain (N,)."""
    together = world.truth.collaboration[params.own.joint_account[row]]
    stance = world.people.stance[params.own.joint_sponsor[row], lanes]
    return unit(YES + YES_TOGETHER * together + YES_LIKED * stance - YES_LESS * (share - SHARES[0]))


# --- the turn -----------------------------------------------------------------------------------------------------


def advance(world: World, params: Params, luck: Luck) -> None:
    """As a quarter opens: what was lost or found again, phases that end, and whether what was built works."""
    if not params.own.joints:
        return
    at = world.joint
    for row in rows_where(_running(at.phase)):
        _lose_or_find(world, params, row)
        over = (at.until[row] < world.quarter) & _running(at.phase[row])
        designed, built = over & (at.phase[row] == DESIGN), over & (at.phase[row] == BUILD)
        if designed.any():
            _work_out(world, params, luck, row, designed)
            _enter(world, row, BUILD, designed, world.quarter + float(params.own.joint_build[row, 0]) - 1.0)
        if built.any():
            _try(world, params, luck, row, built)
        _serve(world, params, row)


def _running(phase: Codes) -> Flags:
    running: Flags = (phase == DESIGN) | (phase == BUILD) | (phase == LIVE)
    return running


def _enter(world: World, row: int, phase: int, where: Flags, until: float = 0.0) -> None:
    at = world.joint
    at.phase[row, where], at.since[row, where], at.until[row, where] = phase, world.quarter, until


def _lose_or_find(world: World, params: Params, row: int) -> None:
    """A sponsor who left, until the successor is won over; an initiative that was undermined or cancelled, until it
    goes on. Without both it ends."""
    at, people, own = world.joint, world.people, params.own
    running = _running(at.phase[row])
    sponsor, state = int(own.joint_sponsor[row]), world.initiatives.state[own.joint_initiative[row]]
    won = sponsors(world, sponsor, slice(None))
    at.holder[row] = np.where(running & won, people.holder[sponsor], at.holder[row])
    gone = people.holder[sponsor] != at.holder[row]
    broken = (state == UNDERMINED) | ~(alive(state) | (state == COMPLETED))
    lost = gone * SPONSOR_LOST + broken * INITIATIVE_LOST
    at.lost[row] = np.where(running, lost, at.lost[row])
    ends = running & gone & broken
    if ends.any():
        _end(world, row, LOST, ends)


def _end(world: World, row: int, why: int, where: Flags) -> None:
    _enter(world, row, ENDED, where)
    world.joint.why[row, where] = why


def _work_out(world: World, params: Params, luck: Luck, row: int, where: Flags) -> None:
    """What the design promises: our part of the gain, as far as anybody can tell before it is built."""
    truth, at = world.truth, world.joint
    error = luck.triangular("joint", world.quarter, params.own.joint_keys[row : row + 1])[0]
    gain = truth.joint_gain[row] * truth.joint_wallet[row] * at.share[row] * (1.0 + PLAN_ERROR * error)
    at.planned[row] = np.where(where, np.rint(gain), at.planned[row])


def _serve(world: World, params: Params, row: int) -> None:
    """Our people and theirs work on what the initiative is about, as a programme of the same hours does."""
    at, initiative = world.initiatives, int(params.own.joint_initiative[row])
    hours = governance(params, world.joint.phase)[params.own.joint_account[row]]
    working = (hours > 0.0) & alive(at.state[initiative])
    gain = np.where(working, np.minimum(MOST_GAIN, PROGRAMME_GAIN * concave(hours, SCALE_HOURS)), 0.0)
    at.engagement[initiative] += gain * (1.0 - at.engagement[initiative])
    at.help[initiative] = np.where(working, HELP, at.help[initiative])


def _try(world: World, params: Params, luck: Luck, row: int, where: Flags) -> None:
    """What was built works, or it does not, and their sponsor has to say so."""
    at, sponsor = world.joint, int(params.own.joint_sponsor[row])
    missing = at.missing[row] + (at.lost[row] > 0)
    draw = luck.uniform("joint", world.quarter, params.own.joint_keys[row : row + 1])[0]
    works = draw < chance(world, params, row, missing)
    _enter(world, row, LIVE, where & works)
    failed = where & ~works
    if failed.any():
        _end(world, row, FAILED, failed)
        cooler = unit(world.people.stance[sponsor] - 0.1, -1.0)
        world.people.stance[sponsor] = np.where(failed, cooler, world.people.stance[sponsor])


def swing(world: World, params: Params) -> Lanes:
    """How far each is in swing (Y, L), 0..1: by its ramp, and half of that once it has lost what carried it."""
    at = world.joint
    ramp = unit((world.quarter - at.since + 1.0) / params.own.joint_ramp)
    strength = np.where(at.lost > 0, HALF, 1.0)
    return np.where(at.phase == LIVE, ramp * strength, 0.0)


def at_work(world: World, params: Params) -> dict[str, Lanes]:
    """What a quarter's trade and books depend on, by the names of `market.Conditions`, by account (A, L)."""
    own, count = params.own, len(params.accounts)
    names = ("joint", "joint_gain", "joint_spending")
    if not own.joints:
        return {name: np.zeros((count, 1)) for name in names}
    far = swing(world, params)
    building = (world.joint.phase == DESIGN) | (world.joint.phase == BUILD)
    rows = (
        far,
        far * world.truth.joint_gain * world.joint.share,
        np.where(building, np.rint(own.joint_cost * world.truth.joint_wallet), 0.0),
    )
    return {name: _by_account(params, values) for name, values in zip(names, rows, strict=True)}


def governance(params: Params, phase: Codes) -> Lanes:
    """Hours a quarter by account (A, L)."""
    own = params.own
    live = 10.0 * np.ceil(own.joint_hours * LIVE_HOURS / 10.0)
    building = (phase == DESIGN) | (phase == BUILD)
    return _by_account(params, np.where(building, own.joint_hours, np.where(phase == LIVE, live, 0.0)))


def _by_account(params: Params, values: Lanes) -> Lanes:
    """(Y, L) to (A, L): one of an account at most."""
    made = np.zeros((len(params.accounts), values.shape[-1]))
    made[params.own.joint_account] = values
    return made


def settle(world: World, params: Params, ledger: Ledger) -> None:
    """The shared scorecard after a close: what it took and brought; and what a design still lacks."""
    if not params.own.joints:
        return
    at, rows = world.joint, params.own.joint_account
    spending, gain = (ledger.line(name)[rows] for name in JOINT)
    at.spent, at.earned, at.latest = at.spent - spending, at.earned + gain, gain
    for row in np.flatnonzero((at.phase == DESIGN).any(axis=1)).tolist():
        lacking = total(1.0 - enablers(world, params, row, slice(None)))
        at.missing[row] = np.where(at.phase[row] == DESIGN, lacking, at.missing[row])


def in_full_swing(world: World, params: Params) -> Lanes:
    """What is live would bring a quarter in full swing at what the customers spent last, by account (A, L), cents."""
    ledger = world.ledger
    if not params.own.joints or ledger is None:
        return np.zeros((len(params.accounts), 1))
    spent = grouped(ledger.wallet * params.list_price, params.account_cells)[params.own.joint_account]
    at = world.joint
    strength = np.where(at.lost > 0, HALF, 1.0)
    full = np.where(at.phase == LIVE, strength * world.truth.joint_gain * at.share * spent, 0.0)
    return _by_account(params, np.rint(full))
