"""Facts: what the player has found out, when and how (ECONOMICS B11). A fact is what was true when it was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kamsim.engine import regions
from kamsim.engine.initiatives import alive
from kamsim.engine.lanes import Codes, Flags, Lanes, Where
from kamsim.engine.luck import Luck
from kamsim.engine.params import INITIATIVE_FACTS, Params

if TYPE_CHECKING:
    from kamsim.engine.world import World

SOURCES: Final = ("none", "notes", "meeting", "scan", "review", "news", "routine")
NOTES, MEETING, SCAN, REVIEW, NEWS, ROUTINE = range(1, len(SOURCES))
ROUTINE_CHANCE: Final = np.array([0.10, 0.35, 0.65])
"""Chance a quarter that the light, normal or close rhythm brings the news of one initiative, or of a rival's plan."""
PLAN: Final = ("attacker", "attack_kind", "attack_idea")
"""Kinds of fact that tell what a rival plans, heard with the plan itself."""
FRESH: Final = 1
"""Quarters after which a fact about an initiative no longer carries an insight."""


NOTHING_TO_TELL: Final = -1.0
"""Value of a fact about people that nobody mentions: it is as one would expect."""
UNTOLD: Final = ("power_new", "listens", "leaving")
MATTERS: Final = 0.1
"""By how much a value must differ from what was known, as a share of the larger, to be something else."""
Which: TypeAlias = "int | slice"
"""One row of a kind of fact, or all of them."""


def _constant(values: Lanes, world: World, which: Which, lanes: Where) -> Lanes:
    """A hidden trait in the shape that a fact about it has: (lanes,) or (rows, lanes)."""
    chosen = values[which]
    return np.broadcast_to(chosen, (*chosen.shape[:-1], world.work.left[lanes].shape[0]))


def _wallet(world: World, params: Params, which: Which, lanes: Where) -> Lanes:
    """What a customer spends a quarter on our categories with anybody, cents at our list price."""
    units = world.truth.wallet if world.ledger is None else world.ledger.wallet
    width = world.work.left[lanes].shape[0]
    accounts = range(len(params.accounts)) if isinstance(which, slice) else (which,)
    value = np.zeros((len(accounts), width))
    for place, account in enumerate(accounts):
        for cell in params.account_cells[account]:
            value[place] += (units[cell] if units.shape[1] == 1 else units[cell, lanes]) * params.list_price[cell]
    return value if isinstance(which, slice) else value[0]


def _sensitivity(world: World, params: Params, which: Which, lanes: Where) -> Lanes:
    """Price sensitivity of an account, read off its first cell."""
    first = world.truth.price_sensitivity[[cells[0] for cells in params.account_cells]]
    return _constant(first, world, which, lanes)


def _interest(world: World, _params: Params, which: Which, lanes: Where) -> Lanes:
    """First welcome trade of each request, -1 for none."""
    welcomes = world.truth.request_welcomes
    first = np.where(welcomes.any(axis=1), np.argmax(welcomes, axis=1), -1.0) if welcomes.size else np.zeros(0)
    return _constant(first[:, None], world, which, lanes)


def _compliance(world: World, params: Params, which: Which, lanes: Where) -> Lanes:
    """Compliance by bound region: what its people say of it."""
    if not isinstance(which, slice):
        return regions.compliance(world, params, which, lanes)
    rows = [regions.compliance(world, params, row, lanes) for row in range(len(params.bound))]
    return np.array(rows).reshape(len(rows), -1)


TRUTHS: Final[dict[str, Callable[[World, Params, Which, Where], Lanes]]] = {
    "wallet": _wallet,
    "price_sensitivity": _sensitivity,
    "collaboration": lambda world, _, which, lanes: _constant(world.truth.collaboration, world, which, lanes),
    "trust": lambda world, _, which, lanes: world.relations.trust[which, lanes],
    "attack": lambda world, _, which, lanes: world.relations.attack[which, lanes],
    "measure": lambda world, _, which, lanes: world.people.measure[which, lanes].astype(np.float64),
    "stance": lambda world, _, which, lanes: world.people.stance[which, lanes],
    "power": lambda world, _, which, lanes: _constant(world.truth.power, world, which, lanes),
    "veto": lambda world, _, which, lanes: _constant(world.truth.veto, world, which, lanes),
    "state": lambda world, _, which, lanes: world.initiatives.state[which, lanes].astype(np.float64),
    "force": lambda world, _, which, lanes: _constant(world.truth.force[world.quarter], world, which, lanes),
    "interest": _interest,
    "power_new": lambda world, _, which, lanes: _constant(
        np.where(world.truth.power_differs > 0.0, world.truth.power_new, NOTHING_TO_TELL), world, which, lanes
    ),
    "listens": lambda world, _, which, lanes: _constant(world.truth.listens, world, which, lanes),
    "leaving": lambda world, _, which, lanes: np.where(world.people.leaving[which, lanes], 1.0, NOTHING_TO_TELL),
    "tie": lambda world, _, which, lanes: world.people.tie[which, lanes],
    "orientation": lambda world, _, which, lanes: _constant(world.truth.orientation, world, which, lanes),
    "attacker": lambda world, _, which, lanes: world.relations.attacker[which, lanes].astype(np.float64),
    "attack_kind": lambda world, _, which, lanes: world.relations.attack_kind[which, lanes].astype(np.float64),
    "attack_idea": lambda world, _, which, lanes: world.relations.attack_idea[which, lanes].astype(np.float64),
    "compliance": _compliance,
}
"""By kind of fact: its value now for one row (lanes,) or for all (rows, lanes)."""


def hear(
    world: World,
    params: Params,
    luck: Luck,
    wanted: Sequence[tuple[str, int, float]],
    chance: Lanes,
    lanes: Where,
    source: int,
) -> tuple[tuple[int, ...], Flags]:
    """Try to learn facts: (kind, row, bonus on the ``chance`` (lanes,)). Returns the facts tried, and which were heard
    (facts, lanes). The same question in the same quarter meets the same luck."""
    facts = tuple(params.fact_blocks[kind][row] for kind, row, _ in wanted)
    draws = luck.uniform("discovery", world.quarter, params.fact_keys[list(facts)], lanes)
    bonus = np.array([extra for _, _, extra in wanted])[:, None]
    heard: Flags = draws < np.minimum(0.97, chance + bonus)
    told: Lanes = np.empty(heard.shape)
    for place, (kind, row, _) in enumerate(wanted):
        told[place] = TRUTHS[kind](world, params, row, lanes)
        if kind in INITIATIVE_FACTS:
            # nobody talks about what has not begun, so its name does not come up either
            heard[place] &= world.initiatives.state[row, lanes] > 0
        elif kind in UNTOLD:
            heard[place] &= told[place] != NOTHING_TO_TELL
        elif kind == "compliance":
            # nobody can say how a contract is lived that has not been signed
            heard[place] &= world.dealings.harmony[params.bound[row][0], lanes] > 0
    places, hearers = np.nonzero(heard)
    rows, where = np.array(facts)[places], hearers if isinstance(lanes, slice) else lanes[hearers]
    known = world.knowledge
    new = _new(known.value[rows, where], told[places, hearers], known.seen_at[rows, where])
    known.changed_at[rows[new], where[new]] = world.quarter
    known.value[rows, where] = told[places, hearers]
    known.seen_at[rows, where] = world.quarter
    known.source[rows, where] = source
    for place, (kind, row, _) in enumerate(wanted):
        if kind == "attack" and heard[place].any():
            _who_attacks(world, params, row, np.arange(world.lanes)[lanes][heard[place]], source)
    return facts, heard


def _who_attacks(world: World, params: Params, account: int, lanes: NDArray[np.intp], source: int) -> None:
    """Whoever hears of a rival's plan hears whose it is and what it will bring."""
    coming = lanes[world.relations.attack[account, lanes] > 0]
    if coming.size:
        for kind in PLAN:
            told_one(
                world, params.fact_blocks[kind][account], coming, TRUTHS[kind](world, params, account, coming), source
            )


def _new(held: Lanes, told: Lanes, seen_at: Codes) -> Flags:
    """Where what is told was not known, or was known to be otherwise by more than figures move all the time."""
    other: Flags = np.abs(told - held) > MATTERS * np.maximum(np.abs(told), np.abs(held))
    return other | (seen_at < 0)


def told_one(world: World, fact: int, lanes: Where, value: Lanes, source: int) -> None:
    """Note one fact, heard in some lanes."""
    known = world.knowledge
    new = _new(known.value[fact, lanes], value, known.seen_at[fact, lanes])
    known.changed_at[fact, lanes] = np.where(new, np.int8(world.quarter), known.changed_at[fact, lanes])
    known.value[fact, lanes] = value
    known.seen_at[fact, lanes] = world.quarter
    known.source[fact, lanes] = source


def fresh_state(world: World, params: Params, row: int, lanes: Where) -> tuple[Flags, Flags]:
    """Whether the player has a recent fact on initiative ``row``, and whether it is still true and alive (lanes,)."""
    fact = params.fact_blocks["state"][row]
    known = world.knowledge
    seen = known.seen_at[fact, lanes]
    recent = (seen >= 0) & (world.quarter - seen <= FRESH)
    state = world.initiatives.state[row, lanes]
    return recent, recent & (known.value[fact, lanes] == state) & alive(state)


def live_insight(world: World, params: Params, account: int, lanes: Where) -> Flags:
    """Whether what we would bring an executive of this customer is about something true and alive (lanes,)."""
    live = np.zeros(world.work.left[lanes].shape, dtype=bool)
    for row in params.account_initiatives[account]:
        live |= fresh_state(world, params, row, lanes)[1]
    return live


def routine(world: World, params: Params, luck: Luck) -> None:
    """What standing contact brings as a quarter opens: states of initiatives, a rival's plan, the mood."""
    quarter = world.quarter
    chance = ROUTINE_CHANCE[world.work.rhythm]
    for kind, keys, accounts in (
        ("state", params.initiative_keys, params.initiative_account),
        ("attack", params.account_keys, np.arange(len(params.accounts))),
        ("trust", params.account_keys ^ np.uint64(1), np.arange(len(params.accounts))),
    ):
        if not len(accounts):
            continue
        heard = luck.uniform("routine", quarter, keys) < chance[accounts]
        if kind == "state":
            heard &= world.initiatives.state > 0
        if kind == "attack":
            heard &= world.relations.attack > 0
        note(world, params, kind, heard, ROUTINE)
        if kind == "attack" and heard.any():
            for detail in PLAN:
                note(world, params, detail, heard, ROUTINE)


def note(world: World, params: Params, kind: str, heard: Flags, source: int) -> None:
    """Note the present truth of a whole block of facts where ``heard`` (rows, L)."""
    block = params.fact_blocks[kind]
    rows = slice(block.start, block.stop)
    known = world.knowledge
    told = TRUTHS[kind](world, params, slice(None), slice(None))
    new = heard & _new(known.value[rows], told, known.seen_at[rows])
    np.copyto(known.changed_at[rows], np.int8(world.quarter), where=new)
    np.copyto(known.value[rows], told, where=heard)
    np.copyto(known.seen_at[rows], np.int8(world.quarter), where=heard)
    np.copyto(known.source[rows], np.int8(source), where=heard)
