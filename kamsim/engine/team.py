"""The team at work: load, strain, resignations, skills and what they do (economics B20). Nothing happens, and nothing
is paid, where a scenario has no team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine.lanes import EVERYWHERE, NOUGHT, Codes, Lanes, Where, cut, rows_where, total, unit
from kamsim.engine.luck import Luck
from kamsim.engine.organisation import SKILLS, USUAL_SUPPORT
from kamsim.engine.params import Params
from kamsim.engine.parts_joint import OPEN
from kamsim.engine.parts_team import PERSONAL, PLAYER

if TYPE_CHECKING:
    from kamsim.engine.parts_joint import Plans
    from kamsim.engine.sight import Seen
    from kamsim.engine.sight_joint import SeenPlans
    from kamsim.engine.world import World

PAR: Final = 0.6
"""Skill at which work goes as it always did; the player's own."""
RETURNS: Final = 0.7
"""Work goes with skill to this power."""
LEAST_SKILL: Final = 0.1
FULL: Final = 0.9
"""Load from which it wears somebody out."""
MOST_LOAD: Final = 1.3
"""Load that anybody carries; what is more falls to the player."""
WEARS, MISFIT, RED_TAPE = 0.8, 0.08, 0.05
"""Strain a quarter: by load above `FULL`, by a quota of one's own, and by red tape."""
COACHED, REVIEWED, RESTS = 0.04, 0.02, 0.05
"""Strain that goes in a quarter: with coaching, with reviews, and by itself."""
RESIGNS, STRAIN_PULL = 0.03, 2.0
"""Chance a quarter to give notice: ``RESIGNS exp(STRAIN_PULL strain)``."""
TIRES: Final = 0.25
"""Part of somebody's hours, and of their skill, that the worst strain takes."""
QUOTA_HOURS: Final = 0.10
"""Hours that a quota of one's own adds to everybody's."""
HALF_HELP: Final = 0.5
"""What coaching does where everybody has a quota of their own, the coach too."""
TIRED, WORN = 0.25, 0.55
"""Strain from which somebody is called tired, and worn."""
LOOKS: Final = np.array([0.0, TIRED, WORN])
"""The least strain of whoever looks calm, tired, worn."""
COMPLAINS: Final = 0.5
"""Chance a quarter that somebody worn says so."""
COACHING_HOURS: Final = 10.0
"""Three hours a month, of the coach and of the colleague each."""
LEARNS, LEARNS_COACHED = 0.10, 0.11
"""Part of what a skill lacks: that work by itself teaches in a quarter, up to par, and that coaching adds, up to 1."""
NEWCOMER: Final = 0.35
"""How far somebody new has found in on the first day."""
FINDS_IN: Final = 0.22
"""By how much more each quarter: three of them to the whole."""
NEW_SKILL: Final = (0.4, 0.7)
"""The least and the most that a newcomer brings of each skill."""
TIES_LEFT: Final = 0.5
"""Part of our ties at a customer that is left when whoever looks after it leaves."""
UNSETTLED: Final = 0.06
"""Part of the trust that is lost with it."""
LOST_SALES: Final = 0.17
"""Part of what they buy from us that goes elsewhere with it, at first."""
FRESH_EYES, FRESH_TRUST, FRESH_QUARTERS = 0.05, 0.6, 4
"""Fit that somebody new brings for some quarters where trust is at least this."""
SEES_TO: Final = 10.0
"""Hours a quarter of their own that an open account plan takes of the colleague who sees to it."""
HELPED: Final = 0.75
"""Part of an account's hours that is left to its lead while a specialist helps."""
FEE: Final = 0.25
"""What a borrowed specialist costs, of what one costs for a whole quarter."""
SEEN_HOURS: Final = 30.0
"""Hours at somebody's accounts in a quarter by which the player comes to see how good they are."""
CRAFT: Final = 0.35
"""How much more a page is believed for each doubling, about, of the skill that made it."""
SCARCE: Final = 1.0
"""How far the chance that a specialist is busy moves with support, from the usual one (economics B21)."""


def there(params: Params) -> bool:
    """Whether anybody but the player does anything."""
    return params.own.has("team") or params.own.has("pool")


# --- what skill does ----------------------------------------------------------------------------------------------


def craft(world: World, params: Params, kind: int, account: int | slice, lanes: Where = EVERYWHERE) -> Lanes | float:
    """Factor on work of a kind at an account (N,), or at all of them (A, N): 1 where somebody of par skill does it, as
    the player does, and without a team."""
    if not there(params):
        return 1.0
    at = world.team
    able = tired(cut(at.skill[kind], lanes), cut(at.strain, lanes))
    return _factor(params, kind, at.lead[account, lanes], at.borrowed[account, lanes], able)


def tired(skill: Lanes, strain: Lanes) -> Lanes:
    """How good somebody is today, for all their skill."""
    return unit(skill * (1.0 - TIRES * strain), LEAST_SKILL)


def seen_craft(seen: Seen, kind: int, account: int, lanes: Where = EVERYWHERE) -> Lanes | float:
    """`craft` at an account as far as the player has seen it (N,): whoever was not seen at work is taken for par, and
    whoever looks tired for as tired as that at least."""
    if not there(seen.params):
        return 1.0
    at = seen.team
    able = np.where(cut(at["seen_at"], lanes) >= 0, cut(at["seen_skill"][kind], lanes), PAR)
    able = tired(able, LOOKS[cut(at["seen_strain"], lanes)])
    return _factor(seen.params, kind, at["lead"][account, lanes], at["borrowed"][account, lanes], able)


def felt(world: World, params: Params, kind: int) -> Lanes | float:
    """How much better a customer is looked after than by somebody of par skill (A, L)."""
    return craft(world, params, kind, slice(None)) if params.own.has("team") else 1.0


def _factor(params: Params, kind: int, lead: Codes, lent: Codes, able: Lanes) -> Lanes:
    anybody = np.concatenate([able, np.full((1, able.shape[1]), PAR)])  # the last is the player
    level = anybody[lead, np.arange(able.shape[1])]
    for row in np.flatnonzero(params.own.specialist_skill == kind).tolist():
        level = np.where(lent == row + 1, np.maximum(level, params.own.specialist_level[row]), level)
    return factor(level)


def factor(level: Lanes) -> Lanes:
    """How much better than at par work goes with skill."""
    better: Lanes = (level / PAR) ** RETURNS
    return better


def page_craft(better: Lanes | float) -> Lanes:
    """How much more, or less, a page is believed for the craft that made it; 0 at par (economics C)."""
    return CRAFT * (np.atleast_1d(better) - 1.0)


# --- load and hours -----------------------------------------------------------------------------------------------


def load(world: World, params: Params) -> Lanes:
    """Hours at the accounts that each colleague leads, and for the plans that they see to, over the hours that they
    have (H, L). What the player's own accounts take beyond the player's hours goes to whoever has time."""
    at = world.team
    spent = world.work.spent * worked(world.work.left, world.work.spent)
    return _load(params, spent, at.lead, at.borrowed, at.ramp, _plans(params, world.plans))


def seen_load(seen: Seen) -> Lanes:
    """The same as the player can work it out (H, L)."""
    at = seen.team
    planned = _plans(seen.params, seen.plans)
    spent = seen.hours_spent * worked(seen.hours_left, seen.hours_spent)
    return _load(seen.params, spent, at["lead"], at["borrowed"], at["ramp"], planned)


def load_with(seen: Seen, account: int, lead: int, hours: float) -> Lanes:
    """The same, had an account another lead, for which it takes some hours more (H, L)."""
    at, spent, leads = seen.team, seen.hours_spent.copy(), seen.team["lead"].copy()
    spent[account] += hours
    leads[account] = lead
    return _load(seen.params, spent, leads, at["borrowed"], at["ramp"], _plans(seen.params, seen.plans))


def _plans(params: Params, at: Plans | SeenPlans) -> Lanes:
    """Hours that open plans take of whoever sees to them (H, L)."""
    owner = np.where(at.status == OPEN, at.owner, PLAYER)
    return SEES_TO * _by_colleague(params, np.ones(owner.shape), owner)


def _by_colleague(params: Params, values: Lanes, lead: Codes) -> Lanes:
    """Sum of some values (n, L) by the colleague whose they are (H, L)."""
    whose = lead[:, None] == np.arange(len(params.own.colleagues))[:, None]
    return total(np.where(whose, values[:, None], NOUGHT))


def _load(params: Params, spent: Lanes, lead: Codes, lent: Codes, ramp: Lanes, planned: Lanes) -> Lanes:
    own = params.own.colleague_hours * ramp
    theirs = np.where(lent > 0, HELPED, 1.0) * spent
    mine = total(np.where(lead == PLAYER, theirs, 0.0))
    beyond = np.maximum(0.0, mine - (params.hours - total(params.own.colleague_hours)))
    carried = planned + _by_colleague(params, theirs, lead)
    free = np.maximum(1.0, own - carried)
    loads: Lanes = np.minimum(MOST_LOAD, (carried + beyond * free / total(free)) / own)
    return loads


def worked(left: Lanes, spent: Lanes) -> Lanes | float:
    """Part of the hours promised to customers that there are: 1 unless standing contact, programmes and what is built
    with them take more than the team has, ``left`` below nothing; then everybody is looked after that much less."""
    if not (left < 0.0).any():
        return 1.0
    return 1.0 + np.minimum(left, 0.0) / np.maximum(total(spent), 1.0)


def capacity(world: World, params: Params) -> Lanes:
    """Hours that the team has (L,), in whole tens, as they were worth on the first day: less where somebody is new or
    tired, more under quotas, and with what somebody has learned beyond par since they came. What skill makes of an hour
    is `craft`."""
    at = world.team
    quota = 1.0 + QUOTA_HOURS * (at.target == PERSONAL)
    learned = (np.maximum(total(at.skill) / len(SKILLS), PAR) / np.maximum(at.brought, PAR)) ** RETURNS
    missing = total(params.own.colleague_hours * (1.0 - at.ramp * (1.0 - TIRES * at.strain) * learned * quota))
    hours: Lanes = params.hours - 10.0 * np.rint(missing / 10.0)
    return hours


def seen_hours(seen: Seen) -> Lanes | float:
    """Hours that the team has this quarter (L,)."""
    return seen.team["hours"] if there(seen.params) else seen.params.hours


# --- a quarter ----------------------------------------------------------------------------------------------------


def settle(world: World, params: Params) -> None:
    """As a quarter closes: what it took out of everybody, and what they learned."""
    at = world.team
    if not params.own.has("team"):
        return
    helped = np.where(at.target == PERSONAL, HALF_HELP, 1.0) * at.coached
    worn = WEARS * np.maximum(0.0, load(world, params) - FULL) + MISFIT * (at.target == PERSONAL)
    worn = worn + RED_TAPE * params.own.red_tape - COACHED * helped - REVIEWED * at.reviewed - RESTS
    at.strain = unit(at.strain + worn)
    by_itself = LEARNS * np.maximum(0.0, PAR - at.skill)
    at.skill = at.skill + by_itself + LEARNS_COACHED * helped * (1.0 - at.skill)
    at.ramp = np.minimum(1.0, at.ramp + FINDS_IN)
    _work_together(world, params)


def _work_together(world: World, params: Params) -> None:
    """Whoever's accounts took many hours, the player has seen at work."""
    at = world.team
    much = _by_colleague(params, world.work.spent, at.lead) >= SEEN_HOURS
    for row in rows_where(much):
        see_skill(world, row, np.flatnonzero(much[row]))


def see_skill(world: World, row: int, lanes: Where) -> None:
    """The player sees how good a colleague is."""
    at = world.team
    at.seen_skill[:, row, lanes] = np.rint(10.0 * at.skill[:, row, lanes]) / 10.0
    at.seen_at[row, lanes] = world.quarter


def see_strain(world: World, row: int, lanes: Where) -> None:
    """The player sees, or hears, how a colleague is."""
    at = world.team
    strain = at.strain[row, lanes]
    at.seen_strain[row, lanes] = (strain >= TIRED).astype(np.int8) + (strain >= WORN)
    at.strain_at[row, lanes] = world.quarter


def open_quarter(world: World, params: Params, luck: Luck) -> None:
    """As a quarter opens: whoever gave notice is gone, somebody else may give it; specialists go home, and some can be
    had; how many hours there are."""
    if not there(params):
        return
    at, own, quarter = world.team, params.own, world.quarter
    at.borrowed = np.zeros(at.borrowed.shape, np.int8)
    at.coached = np.zeros(at.coached.shape, np.bool_)
    at.reviewed = np.zeros(at.reviewed.shape, np.bool_)
    for row in rows_where(at.leaving):
        _succeed(world, params, luck, row, np.flatnonzero(at.leaving[row]))
    hazard = RESIGNS * np.exp(STRAIN_PULL * at.strain) * (quarter > 1)  # nobody greets a new KAM with a letter
    at.leaving = luck.uniform("team", quarter, own.colleague_keys) < hazard
    says = luck.uniform("team", quarter, own.colleague_keys ^ np.uint64(1)) < COMPLAINS
    heard = at.leaving | (says & (at.strain >= WORN))
    for row in rows_where(heard):
        see_strain(world, row, np.flatnonzero(heard[row]))
    busy = own.specialist_busy * (1.0 + SCARCE * (USUAL_SUPPORT - world.own.support))
    at.free = luck.uniform("team", quarter, own.specialist_keys) >= busy
    at.hours = capacity(world, params)


def _succeed(world: World, params: Params, luck: Luck, row: int, lanes: NDArray[np.intp]) -> None:
    """Somebody new in a colleague's place: ties and some trust went with the old one, where trust is high a fresh look
    is welcome (economics B20)."""
    at, relations, quarter = world.team, world.relations, world.quarter
    world.market.share = world.market.share.copy()  # the closed quarter's books hold the other
    for account, people in enumerate(params.account_people):
        here = lanes[at.lead[account, lanes] == row]
        if not here.size:
            continue
        for person in people:
            world.people.tie[person, here] *= TIES_LEFT
        welcome = relations.trust[account, here] >= FRESH_TRUST
        fresh = np.where(welcome, quarter + FRESH_QUARTERS - 1.0, at.fresh_until[account, here])
        at.fresh_until[account, here] = fresh
        relations.trust[account, here] *= 1.0 - UNSETTLED
        for cell in params.account_cells[account]:
            world.market.share[cell, here] *= 1.0 - LOST_SALES
        relations.reconsider[account, here] |= ~welcome
    at.holder[row, lanes] = np.minimum(at.holder[row, lanes] + 1, 100)
    at.strain[row, lanes], at.ramp[row, lanes] = 0.0, NEWCOMER
    at.seen_at[row, lanes] = at.strain_at[row, lanes] = -1
    at.seen_skill[:, row, lanes], at.seen_strain[row, lanes] = 0.0, 0
    (least, most), keys = NEW_SKILL, params.own.colleague_keys[row : row + 1]
    for kind in range(len(SKILLS)):
        draw = luck.uniform("team", quarter, keys ^ np.uint64(2 + kind), lanes)[0]
        at.skill[kind, row, lanes] = least + (most - least) * draw
    at.brought[row, lanes] = total(at.skill[:, row, lanes]) / len(SKILLS)


def fresh_eyes(world: World, params: Params) -> Lanes | float:
    """Fit that somebody new brings (A, L)."""
    if not params.own.has("team"):
        return 0.0
    return np.where(world.team.fresh_until >= world.quarter, FRESH_EYES, 0.0)


def fees(world: World, params: Params) -> Lanes | float:
    """What borrowed specialists cost this quarter by account (A, L), cents."""
    if not params.own.has("pool"):
        return 0.0
    paid: Lanes = np.rint(FEE * params.specialist_cost) * (world.team.borrowed > 0)
    return paid
