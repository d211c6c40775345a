"""Why a promise came out as it did: the gap between claim and actual, split by playing the session again.

Each cause is taken away in turn, from the quarter of the signature on, on top of those before: first luck (replaced
by its middle), then what the customer's initiatives did (held as they were), then rivals and the economy (held), then
the player's own later choices at that account (left out). What is left is the estimate itself. So the parts add up to
the gap exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from kamsim.engine.luck import STREAMS, Luck
from kamsim.engine.moves import act
from kamsim.engine.params import Params
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.truth import Truth
from kamsim.engine.world import World
from kamsim.game.commands import Command, account_row
from kamsim.scenario.models import Scenario

PARTS: Final = ("luck", "initiative", "rivals_and_economy", "own_choices", "estimate")
KEPT: Final = ("accept_condition", "measure_promise")
"""Moves that belong to the promise and are never left out."""


def split_gap(
    scenario: Scenario, params: Params, seed: int, commands: Sequence[Command], place: int, signed: int, due: int
) -> dict[str, int]:
    """The parts of (actual - claim) in cents, by `PARTS`; they add up to it exactly."""
    account = place % len(params.accounts)
    world = first_quarter(scenario, params, Luck([seed]))
    for _ in range(1, signed):
        _play(world, params, Luck([seed]), commands, None)
        close_quarter(world, params, Luck([seed]))
    _play(world, params, Luck([seed]), commands, None)
    claim = 0.0
    figures = []
    for taken in range(len(PARTS)):
        one = world.copy()
        luck = Luck([seed]).neutral(STREAMS) if taken >= 1 else Luck([seed])
        if taken >= 3:
            one.truth = _held(one.truth, signed)
        before = one.copy()
        while one.quarter <= due:
            close_quarter(one, params, luck)
            if one.quarter > due:
                break
            if taken >= 2:
                _hold_initiatives(one, before, params, account)
            if taken >= 3:
                _hold_rivals(one, before, params, account)
            _play(one, params, luck, commands, account if taken >= 4 else None)
        claim = float(one.promises.value[place, 0])
        figures.append(round(float(one.promises.actual[place, 0])))
    figures.append(round(claim))
    return {name: figures[row] - figures[row + 1] for row, name in enumerate(PARTS)}


def _play(world: World, params: Params, luck: Luck, commands: Sequence[Command], without: int | None) -> None:
    """A quarter's moves again; ``without`` an account's own ones."""
    for command in commands:
        if command.quarter != world.quarter:
            continue
        if without is not None and command.move not in KEPT and account_row(params, command) == without:
            continue
        act(world, params, luck, command.move, command.args)


def _held(truth: Truth, quarter: int) -> Truth:
    """The economy as it was in a quarter, for good."""

    def held(values: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(values[: quarter + 1]) + (values[quarter],) * (len(values) - quarter - 1)

    recession = truth.recession[: quarter + 1] + (truth.recession[quarter],) * (len(truth.recession) - quarter - 1)
    return replace(truth, demand_index=held(truth.demand_index), materials=held(truth.materials), recession=recession)


def _hold_initiatives(world: World, before: World, params: Params, account: int) -> None:
    for row in params.account_initiatives[account]:
        world.initiatives.state[row] = before.initiatives.state[row]
        world.initiatives.since[row] = before.initiatives.since[row]


def _hold_rivals(world: World, before: World, params: Params, account: int) -> None:
    cells = list(params.account_cells[account])
    world.market.rival_price[:, cells] = before.market.rival_price[:, cells]
    world.market.rival_fit[:, account] = before.market.rival_fit[:, account]
    world.relations.attack[account] = np.zeros_like(world.relations.attack[account])
