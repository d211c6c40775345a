"""The key-account programme (economics B23): what key status costs and brings, management's plan and its patience."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.lanes import Flags, Lanes, Where, some, total, unit
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck, entity_keys
from kamsim.engine.params import CENTS, Params

if TYPE_CHECKING:
    from kamsim.engine.world import World

AT_ONCE: Final = 0.6
"""Part of what naming a customer key costs that is spent at once, and sunk (economics B23)."""
SPREAD: Final = 8
"""Quarters over which the rest is spent."""
EARNS_TRUST: Final = 0.6
"""How much more a key customer that thinks in years makes of good work, than one without the status."""
OPENS: Final = 0.3
"""Part of closed doors that key status opens (economics B10)."""
PREFERRED: Final = 0.7
"""Attraction to a supplier by whom a customer that thinks in years is treated as key: it comes to be preferred."""
SETTLES: Final = 4
"""Quarters until it is."""
FIRST: Final = 0.5
"""How far a key customer's orders go first."""
EXPECTS: Final = 0.6
"""Coverage below which a key customer counts as neglected; any other is content with less."""
DISAPPOINTED: Final = 3.0
"""How much more neglect costs there."""
DEMOTED: Final = 0.1
"""Trust that it costs to take the status away (economics B23)."""
RESET: Final = 0.055
"""Chance a quarter that a programme is rebuilt once patience is at an end (economics D)."""
RESET_SUPPORT: Final = 0.15
"""Support of our company that goes with it."""
SPARED: Final = 2
"""Key customers that keep the status: those with the largest sales, as ever."""
_KEY: Final = entity_keys(("programme",))


def shares(world: World, params: Params) -> Lanes:
    """What key status brings each account (A, L), or (A, 1) where nobody has it: 1, less where more are key than the
    programme serves well, 0 where there is none."""
    if not some(world.own.key):
        return np.zeros((len(params.accounts), 1))
    key = world.own.key.astype(np.float64)
    served: Lanes = key * np.minimum(1.0, params.own.span / np.maximum(total(key), 1.0))
    return served


def preferred(world: World, params: Params) -> Lanes:
    """How much more attractive key status makes us (A, L): nothing where a customer thinks in quotations."""
    own = world.own
    if not some(own.key):
        return np.zeros((len(params.accounts), 1))
    settled = unit((world.quarter - own.key_since) / SETTLES)
    pull: Lanes = PREFERRED * world.truth.orientation * shares(world, params) * settled
    return pull


def name(world: World, params: Params, account: int, lanes: Where) -> None:
    """Key status, and what it costs."""
    own, cost = world.own, float(np.rint(CENTS * params.own.key_cost))
    at_once = float(np.rint(AT_ONCE * cost))
    own.key[account, lanes] = 1
    own.key_since[account, lanes] = world.quarter
    own.booked[account, lanes] += at_once
    own.owed[account, lanes] = cost - at_once


def end(world: World, account: int, lanes: Where) -> None:
    """The status taken away: what was not spent yet is saved, and they remember it."""
    own, trust = world.own, world.relations.trust
    own.key[account, lanes] = 0
    own.owed[account, lanes] = 0.0
    trust[account, lanes] = np.maximum(0.0, trust[account, lanes] - DEMOTED)


def expect(world: World, params: Params, contribution: Lanes) -> None:
    """Management's plan for the first year, from a quarter's account profit (A, L) as the predecessor left things."""
    world.own.plan = np.rint(4.0 * total(contribution) * (1.0 + params.own.growth))


def review(world: World, params: Params, ledger: Ledger) -> None:
    """At a close: what the year has brought so far, before what naming key customers cost; at the fourth, against the
    plan."""
    own = world.own
    own.earned = own.earned + total(ledger.contribution) + total(own.booked)
    if ledger.quarter % 4:
        return
    own.past_plan, own.past_earned = own.plan, own.earned
    own.below = np.where(own.earned < own.plan, own.below + 1, 0).astype(np.int8)
    own.plan = np.rint(own.plan * (1.0 + params.own.growth))
    own.earned = np.zeros_like(own.earned)


def new_quarter(world: World, params: Params, luck: Luck) -> None:
    """As a quarter opens: what is still to be spent on key customers is spent on, and patience may be at an end."""
    own = world.own
    left = np.maximum(1.0, own.key_since + SPREAD + 1.0 - world.quarter)
    own.booked = np.rint(own.owed / left)
    own.owed = own.owed - own.booked
    tired = own.below >= params.own.patience
    if params.own.has("programme") and some(tired):
        draw = luck.uniform("programme", world.quarter, _KEY)[0]
        _reset(world, tired & (draw < RESET))


def _reset(world: World, where: Flags) -> None:
    """The programme is rebuilt: less support, and the status ends for all but the largest."""
    own, ledger = world.own, world.ledger
    if not where.any() or ledger is None:
        return
    own.support = np.where(where, unit(own.support - RESET_SUPPORT), own.support)
    own.support_coming = np.where(where, 0.0, own.support_coming)
    own.backing = np.where(where, 0, own.backing).astype(np.int8)
    own.below = np.where(where, 0, own.below).astype(np.int8)
    own.reset_at = np.where(where, float(world.quarter), own.reset_at)
    sales = np.where(own.key > 0, ledger.sales, -np.inf)
    rank = np.argsort(np.argsort(-sales, axis=0, kind="stable"), axis=0, kind="stable")
    ended = where & (own.key > 0) & (rank >= SPARED)
    for account in np.flatnonzero(ended.any(axis=1)).tolist():
        end(world, account, np.flatnonzero(ended[account]))
