"""How often the bots of the case hear yes, and what re-cutting is worth (economics B24; row 8 of economics E)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from kamsim.engine.page import APPROVED, AT, CONDITIONED, DELAYED, OUTCOMES, PENDING
from kamsim.engine.quarter import close_quarter
from kamsim.players.policies import named_policy
from tests.engine.worlds import Array, halden, start

SELLERS = ("retailored", "canned", "static")


@dataclass
class Answers:
    """What customers said to a bot's cases, over all seeds of a 12-quarter game."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES[1:], 0))
    affected: Array = field(default_factory=lambda: np.zeros(0))
    """By seed: cases whose initiative changed its state between the page and the answer."""
    saved: Array = field(default_factory=lambda: np.zeros(0))
    """By seed: of these, agreed to."""
    profit: Array = field(default_factory=lambda: np.zeros(0))
    """By seed: account profit of all quarters, cents."""

    @property
    def decided(self) -> int:
        """Answers that were one; a room that sleeps on it has not answered."""
        return sum(count for name, count in self.counts.items() if name not in ("delayed", "lapsed"))

    @property
    def agreed(self) -> float:
        """Share of yes and of "yes, if"."""
        return (self.counts["approved"] + self.counts["conditional"]) / max(1, self.decided)


def answers(policy: str, seeds: int) -> Answers:
    """Play a bot over seeds 1 to n and listen."""
    game = start(halden(), range(1, seeds + 1))
    world, params, found = game.world, game.params, Answers()
    accounts = len(params.accounts)
    lanes = np.arange(seeds)
    found.affected, found.saved, found.profit = np.zeros(seeds), np.zeros(seeds), np.zeros(seeds)
    states: dict[int, Array] = {}
    bot = named_policy(policy)
    for quarter in range(1, 13):
        bot.play(game.seat)
        states[quarter] = world.initiatives.state.copy()
        stage, decides = world.cases.stage[:accounts].copy(), world.cases.decides[:accounts].copy()
        linked, presented = (
            world.cases.page[AT["initiative"], :accounts].copy(),
            world.cases.presented[:accounts].copy(),
        )
        ledger = close_quarter(world, params, game.luck)
        found.profit += ledger.contribution.sum(axis=0)
        for account in range(accounts):
            due = (stage[account] == PENDING) & (decides[account] <= quarter)
            outcome = world.cases.outcome[account]
            for code, name in enumerate(OUTCOMES):
                if code:
                    found.counts[name] += int((due & (outcome == code)).sum())
            row = np.maximum(linked[account], 0).astype(int)
            moved = np.zeros(seeds, dtype=bool)
            for earlier in range(1, quarter):
                changed = states[earlier][row, lanes] != states[earlier + 1][row, lanes]
                moved |= (presented[account] <= earlier) & changed
            moved &= due & (outcome != DELAYED) & (linked[account] >= 0)
            found.affected += moved
            found.saved += moved & np.isin(outcome, (APPROVED, CONDITIONED))
    return found
