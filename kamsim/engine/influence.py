"""Whose word counts in a buying centre: what each member weighs by kind of decision (economics B9), and who listens to
whom (B8).

A straight rebuy (the price alone, while a buyer asks for one) is that buyer's. A modified rebuy goes by the power that
the author gave. A new task (a commitment, payment days, a programme, specialists, work for them alone) goes by the
power for new things, and there the day counts: whoever owns what is being built weighs more, whoever owns what is
losing support weighs less, and in a recession purchasing is heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.lanes import EVERYWHERE, ONE, Lanes, Rows, Where, cut, run, some, total
from kamsim.engine.params import OPEN, STATES, Params

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.engine.truth import Heeds, Truth
    from kamsim.engine.world import World

DECISIONS: Final = ("price", "modified", "new")
PRICE, MODIFIED, NEW = range(len(DECISIONS))
OWNER_RISES, OWNER_FALLS = 1.5, 0.5
"""Factor on the say of whoever owns an initiative that is funded or better, and one that is losing support."""
BUYERS_HOUR: Final = 0.1
"""Added to the say of each purchaser in a recession."""
RISING: Final = tuple(STATES.index(name) for name in ("funded", "executing", "accelerated"))
FALLING: Final = STATES.index("undermined")
PURCHASING: Final = 3
"""Column of a purchaser in ``params.person_column``."""


def swayed(truth: Truth, rows: Sequence[int], views: Lanes, spoken: Lanes) -> Lanes:
    """One Friedkin-Johnsen round among people ``rows``: ``(I - Lambda) views + Lambda W spoken``, both (rows, N). Who
    listens to nobody keeps the own view. The first speaker of all listeners is heard at once, then the second."""
    listeners, sway, rounds = _listening(truth.heeds, tuple(rows))
    if not len(listeners):
        return views
    heard: Lanes = np.zeros((len(listeners), *views.shape[1:]))
    for ears, speakers, weights in rounds:
        heard[ears] += weights * spoken.take(speakers, 0)
    made = views.copy()
    made[listeners] = (ONE - sway) * views.take(listeners, 0) + sway * heard
    return made


@lru_cache(maxsize=256)
def _listening(heeds: Heeds, rows: tuple[int, ...]) -> tuple[Rows, Lanes, list[tuple[slice | Rows, Rows, Lanes]]]:
    """Who of ``rows`` listens to somebody, by place among them, and how much (n, 1); then, speaker by speaker, which of
    these have one, who it is, and with which weight (n, 1)."""
    place = {row: index for index, row in enumerate(rows)}
    entries = [entry for entry in heeds if entry[0] in place]
    rounds = []
    for turn in range(max((len(speakers) for *_, speakers in entries), default=0)):
        ears = tuple(ear for ear, (*_, speakers) in enumerate(entries) if len(speakers) > turn)
        heard = [entries[ear][2][turn] for ear in ears]
        speakers = np.array([place[speaker] for speaker, _ in heard], dtype=np.intp)
        rounds.append((run(ears), speakers, np.array([weight for _, weight in heard])[:, None]))
    listeners = np.array([place[row] for row, *_ in entries], dtype=np.intp)
    return listeners, np.array([sway for _, sway, _ in entries]).reshape(-1, 1), rounds


def say(world: World, params: Params, account: int, kind: int, lanes: Where = EVERYWHERE) -> Lanes:
    """What each member of a buying centre weighs in one kind of decision (people, N) or (people, 1); adds to 1."""
    truth, rows = world.truth, list(params.account_people[account])
    if kind == NEW:
        states = cut(world.initiatives.state[list(params.account_initiatives[account])], lanes)
        recession = truth.recession[min(world.quarter, len(truth.recession) - 1)]
        return _shifted(params, account, truth.power_new[rows], states, recession)
    weights = truth.power[rows]
    if kind == PRICE:
        for request in reversed(params.account_requests[account]):
            asks = world.dealings.request[request, lanes] == OPEN
            if some(asks):
                alone = np.array([float(row == params.request_person[request]) for row in rows])[:, None]
                weights = np.where(asks, alone, weights)
    return weights


def believed_say(seen: Seen, account: int, kind: int = MODIFIED) -> Lanes:
    """The same from what is known (people, L): those of whom nothing is known share what is left of the power, and
    initiatives stand as they were last seen."""
    params = seen.params
    people = params.account_people[account]
    power = np.array([seen.known("power", row)[0] for row in people])
    if kind == NEW:
        fresh = np.array([seen.known("power_new", row)[0] for row in people])
        power = np.where(np.isnan(fresh), power, fresh)
    weights = shared_out(power)
    if kind != NEW:
        return weights
    rows = params.account_initiatives[account]
    states = np.array([np.nan_to_num(seen.known("state", row)[0]) for row in rows]).reshape(len(rows), seen.lanes)
    return _shifted(params, account, weights, states, seen.recession)


def shared_out(power: Lanes) -> Lanes:
    """Power as it is known (people, N), NaN for those of whom nothing is known: they share what is left of it."""
    unknown = np.isnan(power)
    known = np.where(unknown, 0.0, power)
    missing = np.maximum(total(unknown.astype(np.float64)), 1.0)
    weights: Lanes = np.where(unknown, np.maximum(0.0, 1.0 - total(known)) / missing, power)
    return weights


def _shifted(params: Params, account: int, power: Lanes, states: Any, recession: bool) -> Lanes:
    """Power for new things as this quarter has it (people, N), from the states (k, N) of the account's initiatives."""
    people = params.account_people[account]
    weights = np.repeat(power, states.shape[1], axis=1) if states.size and power.shape[1] == 1 else power.copy()
    for place, row in enumerate(people):
        rises, falls = np.zeros(states.shape[1:], dtype=bool), np.zeros(states.shape[1:], dtype=bool)
        owned = [k for k, entry in enumerate(params.account_initiatives[account]) if _owns(params, entry, row)]
        for entry in owned:
            for state in RISING:
                rises |= states[entry] == state
            falls |= states[entry] == FALLING
        if owned:
            weights[place] *= np.where(rises, OWNER_RISES, 1.0) * np.where(falls, OWNER_FALLS, 1.0)
        if recession and params.person_column[row] == PURCHASING:
            weights[place] += BUYERS_HOUR
    made: Lanes = weights / np.maximum(total(weights), 1e-9)
    return made


def _owns(params: Params, initiative: int, person: int) -> bool:
    return bool(params.initiative_owner[initiative] == person)


def heard_rows(params: Params, person: int, value: float) -> tuple[int, ...]:
    """The people whom a fact of that value names."""
    rows = params.account_people[params.person_account[person]]
    mask = max(0, int(value))
    return tuple(row for place, row in enumerate(rows) if mask >> place & 1)
