"""Arrays of state, each declared with its axes, the lanes (L) last, and with what it holds on the first day.

Axes: A accounts, A+1 those and our own company, B places of cases (the accounts' buying centres, then their places at
our desk), C cells, D approvers, E authored incidents, F facts, G fields of a page, H colleagues, I issues of a talk, J
rivals, K initiatives, M moments, N talks, O purchases, P specialists, Q requests, R readers of cases (people, then
approvers), S people, U forces, V account plans (the accounts where plans are written, else none), W news, X criteria,
Y what can be built together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields
from typing import Any, ClassVar, Final, Self

import numpy as np
from numpy.typing import NDArray

from kamsim.engine.lanes import Where, cut
from kamsim.engine.organisation import SKILLS
from kamsim.engine.page import CRITERIA, FIELDS
from kamsim.engine.params import Params
from kamsim.engine.terms import ISSUES
from kamsim.engine.truth import Truth

Array = NDArray[Any]
"""Of numbers, small codes or flags."""
Start = float | Callable[[Params, Truth], Any]
"""What an array holds on the first day: one value, or an array that broadcasts to its axes, with lanes or without."""
_TYPES: Final = {"Lanes": np.float64, "Codes": np.int8, "Flags": np.bool_}


def array(axes: str, start: Start = 0.0) -> Any:
    """An array of a `State` by these axes."""
    return field(metadata={"axes": tuple(axes.split()), "start": start})


def sizes(params: Params) -> dict[str, int]:
    """How long each axis is."""
    accounts, people, desk = len(params.accounts), len(params.people), len(params.approvers)
    return {
        "A": accounts, "A+1": accounts + 1, "B": 2 * accounts, "C": len(params.cells), "D": desk,
        "E": len(params.incidents),
        "F": len(params.facts), "G": len(FIELDS), "H": len(params.own.colleagues),
        "I": len(ISSUES), "J": len(params.rivals),
        "K": len(params.initiatives), "M": len(params.moments), "N": len(params.talks),
        "O": len(params.opportunities), "P": len(params.own.specialists), "Q": len(params.requests),
        "R": people + desk, "S": people, "U": len(params.forces), "W": len(params.news), "X": len(CRITERIA),
        "Y": len(params.own.joints), "V": accounts if params.own.has("plans") else 0,
        "2": 2, "4": len(SKILLS), "5": 5,
    }  # fmt: skip


class State:
    """A dataclass of arrays that can be copied, cut to some lanes, and restored from plain data."""

    added: ClassVar[frozenset[str]] = frozenset()
    """Arrays that checkpoints of earlier rules lack; they are as on the first day there."""

    @classmethod
    def first(cls, params: Params, truth: Truth, lanes: int) -> Self:
        """As on the first day, in some equal lanes."""
        size, made = sizes(params), {}
        for item in fields(cls):  # type: ignore[arg-type]
            axes, start = item.metadata["axes"], item.metadata["start"]
            values = np.asarray(start(params, truth) if callable(start) else start)
            row: Array = np.empty((*(size[axis] for axis in axes), lanes), dtype=_TYPES[str(item.type)])
            row[...] = values[..., None] if values.ndim == len(axes) else values
            made[item.name] = row
        return cls(**made)

    def copy(self) -> Self:
        """The same values in arrays of their own."""
        return self._of({name: values.copy() for name, values in self.__dict__.items()})

    def take(self, lanes: Where) -> Self:
        """Some lanes only, in arrays of their own; a slice of them shares arrays."""
        return self._of({name: cut(values, lanes) for name, values in self.__dict__.items()})

    @classmethod
    def _of(cls, arrays: dict[str, Array]) -> Self:
        """One of these arrays, without a look at each: a session copies its world at every move."""
        made = cls.__new__(cls)
        made.__dict__.update(arrays)
        return made

    def become(self, other: Self) -> None:
        """Take over another's values, in the same arrays."""
        for name, values in self.__dict__.items():
            values[...] = getattr(other, name)

    def restore(self, data: dict[str, Any]) -> None:
        """Overwrite the arrays with nested lists. Raises KeyError or ValueError when it does not fit.

        A checkpoint of earlier rules may have fewer rows, of fewer kinds of facts or fields; what it lacks stays as it
        is.
        """
        for item in fields(self):  # type: ignore[arg-type]
            if item.name in self.added and item.name not in data:
                continue
            array = getattr(self, item.name)
            found = np.array(data[item.name], dtype=array.dtype)
            if found.ndim == array.ndim and found.shape < array.shape and found.shape[-1] == array.shape[-1]:
                array[tuple(map(slice, found.shape))] = found
            else:
                array[...] = found.reshape(array.shape)
