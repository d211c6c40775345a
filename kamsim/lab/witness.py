"""A witness of an experiment: what happened that the books do not tell, counted by lane."""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.ledger import Ledger
from kamsim.engine.page import APPROVED, AT, CONDITIONED, DELAYED, LAPSED, PENDING
from kamsim.engine.params import Params
from kamsim.engine.world import World

SMALL_SHARE: Final = 0.25
"""Starting share of a customer's purchases in a line below which the line is new ground for us there."""


class Witness:
    """Looks at the true worlds of one run, up to `outcomes.CHUNK` lanes. Every count has the lane axis last.

    ``decided``, ``agreed``: answers to our cases and those that were yes or "yes, if"; ``hit``, ``hit_agreed``: of
    these, where the initiative on the page changed its state between page and answer. ``asked``, ``granted``,
    ``waited``: likewise at our own desk, and the quarters it took. ``attacks``: strikes of rivals that came to a close.
    ``new_lines`` (quarters, A, L): list value sold in lines where we had less than a quarter; ``margin`` (quarters, A,
    L): pocket margin, cents. ``scores``: points of a customer's readers for our cases, by their power, added up;
    ``departures``, ``skill``, ``strain`` (quarters, H, L): colleagues who have left so far, skills in the mean, strain.
    """

    def __init__(self, lanes: int) -> None:
        self.decided, self.agreed = np.zeros(lanes), np.zeros(lanes)
        self.hit, self.hit_agreed = np.zeros(lanes), np.zeros(lanes)
        self.asked, self.granted, self.waited = np.zeros(lanes), np.zeros(lanes), np.zeros(lanes)
        self.attacks = np.zeros(lanes)
        self.new_lines: list[Lanes] = []
        self.margin: list[Lanes] = []
        self.scores = np.zeros(lanes)
        self.departures: list[Lanes] = []
        self.skill: list[Lanes] = []
        self.strain: list[Lanes] = []
        self._states: dict[int, Lanes] = {}
        self._pending: Flags = np.zeros(0, dtype=bool)
        self._linked: Lanes = np.zeros(0)
        self._presented: Lanes = np.zeros(0)

    def before_close(self, world: World, params: Params) -> None:
        """Keep what lies before whom, what our desk signed at once, and who strikes next."""
        cases, count = world.cases, len(params.accounts)
        self._states[world.quarter] = world.initiatives.state.astype(np.float64)
        self._pending = (cases.stage == PENDING) & (cases.decides <= world.quarter)
        self._linked = cases.page[AT["initiative"]].copy()
        self._presented = cases.presented.copy()
        at_once = (cases.presented == world.quarter) & (cases.stage != PENDING) & (cases.outcome > 0)
        for place in range(count, 2 * count):
            self.asked += at_once[place]
            self.granted += at_once[place] & np.isin(cases.outcome[place], (APPROVED, CONDITIONED))
        for account in range(count):
            self.attacks += world.relations.attack[account] == world.quarter + 1

    def after_close(self, world: World, params: Params, ledger: Ledger) -> None:
        """Count the answers, and the trade."""
        closed, outcome = world.quarter - 1, world.cases.outcome
        answered = self._pending & (outcome != DELAYED) & (outcome != LAPSED) & (outcome > 0)
        good = answered & np.isin(outcome, (APPROVED, CONDITIONED))
        for place in np.flatnonzero(answered.any(axis=1)):
            if place < len(params.accounts):
                changed = answered[place] & self._changed(int(place), closed)
                self.decided += answered[place]
                self.agreed += good[place]
                self.scores += np.where(answered[place], _score(world, params, int(place)), 0.0)
                self.hit += changed
                self.hit_agreed += changed & good[place]
            else:
                self.asked += answered[place]
                self.granted += good[place]
                self.waited += np.where(answered[place], closed + 1 - self._presented[place], 0.0)
        small = world.truth.start_share < SMALL_SHARE
        sold = ledger.volume * params.list_price * small
        self.new_lines.append(np.stack([sold[list(cells)].sum(axis=0) for cells in params.account_cells]))
        self.margin.append(ledger.margin.copy())
        self.departures.append(world.team.holder.astype(np.float64))
        self.skill.append(world.team.skill.mean(axis=0))
        self.strain.append(world.team.strain.copy())

    def _changed(self, place: int, closed: int) -> Flags:
        """Where the initiative on a page has changed its state since the page was presented, (L,)."""
        lanes = np.arange(self.decided.shape[0])
        row = np.maximum(self._linked[place], 0).astype(int)
        moved: Flags = np.zeros(lanes.shape, dtype=bool)
        for quarter in range(1, closed):
            different = self._states[quarter][row, lanes] != self._states[quarter + 1][row, lanes]
            moved |= (self._presented[place] <= quarter) & different
        linked: Flags = moved & (self._linked[place] >= 0)
        return linked


def _score(world: World, params: Params, account: int) -> Lanes:
    """What a customer's readers gave the last case, 0..100, in the mean by power (L,)."""
    people = list(params.account_people[account])
    points: Lanes = (world.truth.power[people] * world.cases.reader_score[people, account]).sum(axis=0)
    return points
