"""Why a promise came out as it did: the gap between claim and actual, split by playing the session again.

Each cause is taken away in turn, from the quarter of the signature on, on top of those before: first luck (replaced
by its middle), then what the customer's initiatives did (held as they were), then rivals and the economy (held), then
the player's own later choices at that account (left out). What is left is the estimate itself. So the parts add up to
the gap exactly. Each step of it is a lane; those that share an economy are played together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from kamsim.engine.lanes import Rows
from kamsim.engine.luck import STREAMS, Luck
from kamsim.engine.params import Params
from kamsim.engine.quarter import close_quarter
from kamsim.engine.truth import Truth
from kamsim.engine.world import World
from kamsim.game.commands import Command, account_row
from kamsim.players.seat import Seat

PARTS: Final = ("luck", "initiative", "rivals_and_economy", "own_choices", "estimate")
LUCK, INITIATIVE, RIVALS_AND_ECONOMY, OWN_CHOICES, _ = range(1, 1 + len(PARTS))
"""With how many causes taken away each is among them."""
KEPT: Final = ("accept_condition", "measure_promise")
"""Moves that belong to the promise and are never left out."""


def split_gap(
    params: Params, seed: int, signed: World, commands: Sequence[Command], place: int, due: int
) -> dict[str, int]:
    """The parts of (actual - claim) in cents, by `PARTS`; they add up to it exactly.

    ``signed``: the session's world as the quarter of the signature was closed, its moves made; ``commands``: the moves
    that stand, of which those of later quarters are played again.
    """
    whole = _retold(params, seed, signed, commands, place, due, np.arange(RIVALS_AND_ECONOMY))
    held = _retold(params, seed, signed, commands, place, due, np.arange(RIVALS_AND_ECONOMY, len(PARTS)))
    figures = [round(cents) for world in (whole, held) for cents in world.promises.actual[place].tolist()]
    figures.append(round(float(held.promises.value[place, -1])))
    return {name: figures[row] - figures[row + 1] for row, name in enumerate(PARTS)}


def _retold(
    params: Params, seed: int, signed: World, commands: Sequence[Command], place: int, due: int, taken: Rows
) -> World:
    """The worlds when the promise is due, a lane for each entry of ``taken``: how many causes are taken away there."""
    account = place % len(params.accounts)
    before = signed.take(np.zeros(len(taken), dtype=np.intp))
    world = before.copy()
    if taken[0] >= RIVALS_AND_ECONOMY:
        world.truth = _held(world.truth, signed.quarter)
    luck = Luck([seed] * len(taken)).neutral(STREAMS, where=taken >= LUCK)
    seat = Seat(world, params, luck)
    while world.quarter <= due:
        close_quarter(world, params, luck)
        if world.quarter > due:
            break
        _hold_initiatives(world, before, params, account, np.flatnonzero(taken >= INITIATIVE))
        _hold_rivals(world, before, params, account, np.flatnonzero(taken >= RIVALS_AND_ECONOMY))
        for command in (command for command in commands if command.quarter == world.quarter):
            own = command.move not in KEPT and account_row(params, command) == account
            seat.do(command.move, where=taken < OWN_CHOICES if own else None, **command.args)
    return world


def _held(truth: Truth, quarter: int) -> Truth:
    """The economy as it was in a quarter, for good."""

    def held(values: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(values[: quarter + 1]) + (values[quarter],) * (len(values) - quarter - 1)

    recession = truth.recession[: quarter + 1] + (truth.recession[quarter],) * (len(truth.recession) - quarter - 1)
    return replace(truth, demand_index=held(truth.demand_index), materials=held(truth.materials), recession=recession)


def _hold_initiatives(world: World, before: World, params: Params, account: int, lanes: Rows) -> None:
    for row in params.account_initiatives[account]:
        world.initiatives.state[row, lanes] = before.initiatives.state[row, lanes]
        world.initiatives.since[row, lanes] = before.initiatives.since[row, lanes]


def _hold_rivals(world: World, before: World, params: Params, account: int, lanes: Rows) -> None:
    cells = np.array(params.account_cells[account])[:, None]
    world.market.rival_price[:, cells, lanes] = before.market.rival_price[:, cells, lanes]
    world.market.rival_fit[:, account, lanes] = before.market.rival_fit[:, account, lanes]
    world.relations.attack[account, lanes] = 0.0
