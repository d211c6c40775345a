"""Lanes: the last axis of every state array, one world each; and the only sums that the engine may use.

A sum over cells or people adds slices in index order, so a lane's result has the same bits alone and among
any others (numpy's own reductions choose their order by shape). For the same reason nothing here or in the
rest of the engine calls ``@``, ``dot``, ``einsum``, ``sum``, ``mean`` or ``cumsum``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, TypeAlias

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
Groups: TypeAlias = tuple[tuple[int, ...], ...]
"""Which rows belong to each account, each line, and the like."""

EVERYWHERE = slice(None)
LONG: Final = 4000
"""Numbers in a row from which it is not worth a copy to have fewer steps."""
NOUGHT, ONE = np.array(0.0), np.array(1.0)
"""Numbers as arrays without an axis, for what every close does often: numpy is twice as fast with them, on few lanes,
as with numbers of Python's. `take` in place of an index, `some` in place of ``any`` and ``np.zeros(x.shape)`` in place
of ``np.zeros_like`` save as much."""


def cut(values: Any, lanes: Where) -> Any:
    """Some lanes of an array whose last axis they are, side by side in memory, whatever the other axes are (an index
    would lay them out by lane, which takes five times as long, and makes all later work with them slower); the very
    array where ``lanes`` is a slice."""
    return values[..., lanes] if isinstance(lanes, slice) else values.take(lanes, axis=-1)


def some(values: Any) -> bool:
    """Whether anything is so, or is not zero, anywhere."""
    return bool(np.count_nonzero(values))


def rows_where(flags: Flags) -> list[int]:
    """The rows (rows, L) in which something is so in any lane."""
    if not np.count_nonzero(flags):
        return []
    return np.flatnonzero(flags.any(axis=1)).tolist()


def where(flags: Flags) -> Where:
    """The lanes (L,) in which something is so."""
    return EVERYWHERE if np.count_nonzero(flags) == flags.size else np.flatnonzero(flags)


def total(values: Lanes | Flags, rows: Sequence[int] | None = None) -> Lanes:
    """Sum over the first axis (or some of its rows) in index order; shape is the rest."""
    result: Lanes = np.zeros(values.shape[1:])
    for row in values if rows is None else map(values.__getitem__, rows):
        result += row
    return result


def grouped(values: Lanes, groups: Groups, start: float = 0.0) -> Lanes:
    """Sum of rows by group, in index order: (rows, L) becomes (groups, L). ``start`` is added first, where it is not
    nothing.

    The first rows of all groups are taken at once, then the second ones are added, and so on: with few lanes it is the
    number of steps that costs. Long rows are added one by one instead, and nothing is copied.
    """
    layers = _layers(groups)
    if not start and layers and layers[0][0] is None:
        result, layers = values.take(layers[0][1], 0), layers[1:]
    else:
        result = np.full((len(groups), *values.shape[1:]), start)
    long = values.size > LONG * max(len(values), 1)
    for there, rows in layers:
        if long:
            for group, row in zip(np.arange(len(groups))[EVERYWHERE if there is None else there], rows, strict=True):
                result[group] += values[row]
        elif there is None:
            result += values.take(rows, 0)
        else:
            result[there] += values.take(rows, 0)
    return result


@cache
def _layers(groups: Groups) -> list[tuple[slice | Rows | None, Rows]]:
    """The first row of every group that has one, the second ones, and so on: which groups, None for all, and rows."""
    layers: list[tuple[slice | Rows | None, Rows]] = []
    for place in range(max(map(len, groups), default=0)):
        there = tuple(group for group, rows in enumerate(groups) if len(rows) > place)
        taken = np.array([groups[group][place] for group in there], dtype=np.intp)
        layers.append((None if len(there) == len(groups) else run(there), taken))
    return layers


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


def unit(values: Any, low: float | Lanes = NOUGHT, high: float | Lanes = ONE) -> Lanes:
    """Values held inside ``low``..``high``; never NaN for finite input."""
    clipped: Lanes = np.minimum(np.maximum(values, low), high)
    return clipped


def concave(hours: Any, scale: float) -> Lanes:
    """Effect of hours, 1 at ``scale`` hours and levelling off: ``(1 - exp(-h/h0)) / (1 - exp(-1))`` (economics B27)."""
    effect: Lanes = (ONE - np.exp(np.asarray(hours) / -scale)) / _AT_SCALE
    return effect


_AT_SCALE: Final = 1.0 - np.exp(np.array(-1.0))
