"""How the shipped bots rank, as shares of seeds (economics H5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.players.simulate import simulate
from tests.engine.worlds import halden


@dataclass(frozen=True)
class Rank:
    """One comparison: the share of seeds in which it holds, and the share that is asked for."""

    name: str
    share: float
    least: float

    def __str__(self) -> str:
        return f"{self.name:<66} {self.share:6.1%} (at least {self.least:.0%})"


def rankings(seeds: int) -> list[Rank]:
    """All comparisons on Halden Drives."""
    profit: dict[tuple[str, int], Lanes] = {}
    value: dict[str, Lanes] = {}
    first_year: dict[str, Lanes] = {}
    for policy in ("random_legal", "typical", "value_seller", "discounter"):
        long = simulate(halden(), policy, seeds, 12)
        value[policy] = long.value
        profit[policy, 12] = long.purses.banked
        # the first eight quarters of a longer game are those of a shorter one
        rate = (1 + long.scenario.company.cost_of_capital) ** (-np.arange(1, 9) / 4)
        profit[policy, 8] = (long.nac[:, :8].sum(axis=2) * rate).sum(axis=1)
        first_year[policy] = long.volume[:, :4].sum(axis=(1, 2))

    def holds(name: str, better: Lanes, worse: Lanes, least: float) -> Rank:
        return Rank(name, float((worse < better).mean()), least)

    return [
        holds("random_legal below typical, 12-quarter profit", profit["typical", 12], profit["random_legal", 12], 0.95),
        holds("typical below value_seller, 12-quarter profit", profit["value_seller", 12], profit["typical", 12], 0.95),
        holds("typical below value_seller, both purses", value["value_seller"], value["typical"], 0.95),
        holds(
            "discounter above value_seller, volume of year 1",
            first_year["discounter"],
            first_year["value_seller"],
            0.80,
        ),
        holds(
            "discounter below value_seller, 12-quarter profit",
            profit["value_seller", 12],
            profit["discounter", 12],
            0.90,
        ),
        holds(
            "discounter below value_seller, 8-quarter profit", profit["value_seller", 8], profit["discounter", 8], 0.90
        ),
        holds("random_legal below typical, both purses", value["typical"], value["random_legal"], 0.95),
    ]
