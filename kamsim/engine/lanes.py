"""Lanes: the last axis of every state array, one world each; and the only sums that the engine may use.

A sum over cells or people adds slices in index order, so a lane's result has the same bits alone and among
any others (numpy's own reductions choose their order by shape). For the same reason nothing here or in the
rest of the engine calls ``@``, ``dot``, ``einsum``, ``sum``, ``mean`` or ``cumsum``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Lanes: TypeAlias = NDArray[np.float64]
"""Floats whose last axis is the lane: L long, or 1 where all lanes agree."""
Codes: TypeAlias = NDArray[np.int8]
"""Small whole numbers by lane: states, levels, refusals."""
Flags: TypeAlias = NDArray[np.bool_]
Rows: TypeAlias = NDArray[np.intp]
"""Row numbers: which account a cell belongs to, and the like."""
Where: TypeAlias = "slice | NDArray[np.intp]"
"""The lanes that an action touches: all of them, or their numbers."""

EVERYWHERE = slice(None)


def cut(values: Any, lanes: Where) -> Any:
    """Some lanes of an array whose last axis they are, side by side in memory, whatever the other axes are (an index
    would lay them out by lane, which takes five times as long, and makes all later work with them slower); the very
    array where ``lanes`` is a slice."""
    return values[..., lanes] if isinstance(lanes, slice) else values.take(lanes, axis=-1)


def total(values: Lanes, rows: Sequence[int] | None = None) -> Lanes:
    """Sum over the first axis (or some of its rows) in index order; shape is the rest."""
    result: Lanes = np.zeros(values.shape[1:])
    for row in values if rows is None else map(values.__getitem__, rows):
        result += row
    return result


def grouped(values: Lanes, groups: Sequence[Sequence[int]]) -> Lanes:
    """Sum of rows by group, in index order: (rows, L) becomes (groups, L)."""
    result: Lanes = np.empty((len(groups), *values.shape[1:]))
    for group, rows in enumerate(groups):
        out = result[group]
        out[...] = values[rows[0]] if rows else 0.0
        for row in rows[1:]:
            out += values[row]
    return result


@cache
def run(rows: tuple[int, ...]) -> slice | Rows:
    """Rows for an index: those that follow one another in equal steps as a slice, which copies nothing."""
    if not rows:
        return slice(0, 0)
    step = rows[1] - rows[0] if len(rows) > 1 else 1
    if step > 0 and rows == tuple(range(rows[0], rows[-1] + 1, step)):
        return slice(rows[0], rows[-1] + 1, step)
    return np.array(rows, dtype=np.intp)


def across(rows: slice | Rows, lanes: Where) -> slice | Rows:
    """Rows as an index that stands beside one of lanes: ``values[across(rows, lanes), lanes]`` is (rows, lanes)."""
    return rows if isinstance(rows, slice) or isinstance(lanes, slice) else rows[:, None]


def unit(values: Any, low: float = 0.0, high: float = 1.0) -> Lanes:
    """Values held inside ``low``..``high``; never NaN for finite input."""
    clipped: Lanes = np.minimum(np.maximum(values, low), high)
    return clipped


def concave(hours: Any, scale: float) -> Lanes:
    """Effect of hours, 1 at ``scale`` hours and levelling off: ``(1 - exp(-h/h0)) / (1 - exp(-1))`` (economics B27)."""
    effect: Lanes = (1.0 - np.exp(np.asarray(hours) / -scale)) / (1.0 - np.exp(-1.0))
    return effect
