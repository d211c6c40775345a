"""Order-fair shares of a joint result: the Shapley value, exact for a few players, estimated from orders for many."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine.luck import Luck, entity_keys

Coalitions = NDArray[np.bool_]
"""(coalition, player): who takes part."""
Worth = Callable[[Coalitions], NDArray[np.float64]]
"""What each coalition comes to, in whole cents."""
EXACT_UP_TO: Final = 4
"""Players for whom every order is tried."""


@dataclass(frozen=True, eq=False)
class Shares:
    """``share``: by player, whole cents, that sum exactly to what all come to beyond none; ``error``: the standard
    error of each estimate in cents, 0 where every order was tried; ``orders``: how many were."""

    share: NDArray[np.int64]
    error: NDArray[np.float64]
    orders: int
    whole: int
    nobody: int


def shapley(worth: Worth, players: int, lanes: int = 600, seed: int = 1) -> Shares:
    """Shares over orders of joining, each order with its reverse. At most ``lanes`` coalitions are worked out.

    Along one order the gains add up to the whole, so their means do too; cents lost in rounding go to the largest.
    """
    if players == 0:
        one = round(float(worth(np.zeros((1, 0), dtype=bool))[0]))
        return Shares(np.zeros(0, dtype=np.int64), np.zeros(0), 0, one, one)
    if players <= EXACT_UP_TO and math.factorial(players) * (players + 1) <= max(lanes, 120):
        orders = [list(order) for order in permutations(range(players))]
        exact = True
    else:
        pairs = max(2, lanes // (2 * max(1, players - 1)))
        orders, exact = _orders(players, pairs, seed), False
    figures = _along(worth, orders, players)
    gains = np.empty((len(orders), players))
    for row, order in enumerate(orders):
        gains[row, order] = np.diff(figures[row])
    whole, nobody = round(float(figures[0, -1])), round(float(figures[0, 0]))
    mean = gains.mean(axis=0)
    error = np.zeros(players)
    if not exact:
        both = (gains[0::2] + gains[1::2]) / 2.0
        error = both.std(axis=0, ddof=1) / math.sqrt(len(both))
    return Shares(_whole(mean, whole - nobody), error, len(orders), whole, nobody)


def _orders(players: int, pairs: int, seed: int) -> list[list[int]]:
    """Orders by chance, each followed by its reverse; the same for the same seed."""
    made: list[list[int]] = []
    keys = entity_keys([f"thread-{row}" for row in range(players)])
    for pair in range(pairs):
        draws = Luck([seed]).uniform("discovery", pair + 1, keys)[:, 0]
        order = [int(row) for row in np.argsort(draws, kind="stable")]
        made += [order, order[::-1]]
    return made


def _along(worth: Worth, orders: Sequence[Sequence[int]], players: int) -> NDArray[np.float64]:
    """What each beginning of each order comes to: (order, players + 1). Coalitions that repeat are worked out once."""
    places: dict[bytes, int] = {}
    rows: list[Any] = []
    index = np.empty((len(orders), players + 1), dtype=np.intp)
    for at, order in enumerate(orders):
        inside = np.zeros(players, dtype=bool)
        for step in range(players + 1):
            if step:
                inside[order[step - 1]] = True
            key = inside.tobytes()
            if key not in places:
                places[key] = len(rows)
                rows.append(inside.copy())
            index[at, step] = places[key]
    figures: NDArray[np.float64] = np.rint(worth(np.array(rows)))[index]
    return figures


def _whole(mean: NDArray[np.float64], total: int) -> NDArray[np.int64]:
    """Whole cents that sum to the total."""
    cents = np.rint(mean).astype(np.int64)
    order = np.argsort(-np.abs(mean), kind="stable")
    left = total - int(cents.sum())
    for step in range(abs(left)):
        cents[order[step % len(order)]] += 1 if left > 0 else -1
    return cents
