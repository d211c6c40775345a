"""Books and checkpoints as plain data, and whether two of them are the same: whole cents, and state within 1e-9."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.engine.ledger import Ledger, by_account
from kamsim.engine.params import Params
from kamsim.engine.world import World
from kamsim.errors import LogError
from kamsim.game.records import Books, Canonical, Checkpoint, canonical_object, canonical_text

NEAR: Final = 1e-9
"""How far two states may be apart, relative to values above 1: processors differ in the last bits of exp and log."""
_FIGURES: Final = ("volume", "wallet", "share", "utilisation", "delivered", "trust")


def checkpoint(world: World) -> Checkpoint:
    """A one-lane world as a log holds it, every float written exactly. Raises ValueError for a state that is no
    number."""
    state = _state_text(world)
    return Checkpoint(state=state, digest=hashlib.sha256(state.encode()).hexdigest())


def _state_text(world: World) -> Canonical:
    parts = {
        part: canonical_object(
            {name: _array_text(row.dtype.str, row.shape, row.tobytes()) for name, row in rows.items()}
        )
        for part, rows in world.arrays().items()
    }
    return canonical_object({"quarter": world.quarter, **parts})


@lru_cache(maxsize=4096)
def _array_text(kind: str, shape: tuple[int, ...], data: bytes) -> Canonical:
    """An array's canonical text; most arrays of a world are as they were a quarter ago, or as in another lane."""
    return canonical_text(np.frombuffer(data, dtype=kind).reshape(shape).tolist())


def ledger_data(ledger: Ledger) -> Books:
    """A one-lane ledger as a log holds it."""
    figures = {name: _first_lane(getattr(ledger, name)) for name in _FIGURES}
    return Books(
        quarter=ledger.quarter,
        names=list(ledger.names),
        money=[[round(cents) for cents in row] for row in ledger.money[..., 0].tolist()],
        unused=round(float(ledger.unused[0])),
        programme=round(ledger.programme),
        company=round(float(ledger.company[0])),
        **figures,
    )


def _first_lane(values: Lanes) -> list[float]:
    made: list[float] = values[..., 0].tolist()
    return made


def ledger_from(data: Books, params: Params) -> Ledger:
    """The ledger that a log holds. Raises LogError when it does not belong to this scenario."""
    shapes = {"volume": "cells", "wallet": "cells", "share": "cells", "utilisation": "lines", "delivered": "accounts"}
    try:
        money = np.array(data.money, dtype=np.float64)[..., None]
        if money.shape != (len(data.names), len(params.cells), 1):
            raise ValueError
        figures = {name: np.array(getattr(data, name), dtype=np.float64)[:, None] for name in _FIGURES}
        for name, rows in (shapes | {"trust": "accounts"}).items():
            if figures[name].shape[0] != len(getattr(params, rows)):
                raise ValueError
    except (ValueError, OverflowError, IndexError):
        raise LogError(f"the books of quarter {data.quarter} do not belong to the log's scenario") from None
    accounts = by_account(money, params.account_cells)
    unused = np.array([float(data.unused)])
    return Ledger(
        data.quarter, tuple(data.names), money, accounts, **figures, unused=unused, programme=float(data.programme)
    )


def differences(held: Books, made: Books) -> Iterator[str]:
    """What differs between the books in a log and those of a replay, in words."""
    if held.names != made.names or len(held.money) != len(made.money):
        yield f"quarter {held.quarter}: the books have other lines"
        return
    for name, old, new in zip(held.names, held.money, made.money, strict=True):
        if old != new:
            what = f"{name.replace('_', ' ')} is {sum(old)} cents in the log and {sum(new)} replayed"
            yield f"quarter {held.quarter}: {what}"
    for name in ("unused", "programme", "company"):
        if getattr(held, name) != getattr(made, name):
            text = f"{name} is {getattr(held, name)} cents in the log and {getattr(made, name)} replayed"
            yield f"quarter {held.quarter}: {text}"
    for name in _FIGURES:
        if not near(getattr(held, name), getattr(made, name)):
            yield f"quarter {held.quarter}: {name} differs by more than {NEAR:g}"


def state_differences(held: Checkpoint, world: World) -> Iterator[str]:
    """Where a one-lane world is further than `NEAR` from a checkpoint, by name of the array. Raises as
    `Checkpoint.data` does."""
    if held.state == _state_text(world):
        return
    state, data = world.plain(), held.data
    for part, values in state.items():
        old = data.get(part)
        if not isinstance(values, dict):
            if old != values:
                yield f"{part} is {str(old)[:20]} in the log and {values} replayed"
            continue
        for name, array in values.items():
            if not isinstance(old, dict) or not near(old.get(name), array):
                yield f"{part} {name.replace('_', ' ')} differs"


def near(old: Any, new: Any) -> bool:
    """Whether two nested lists of numbers have one shape and lie within `NEAR`."""
    try:
        one, two = np.array(old, dtype=np.float64), np.array(new, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return False
    return one.shape == two.shape and bool(np.all(np.abs(one - two) <= NEAR * np.maximum(1.0, np.abs(two))))
