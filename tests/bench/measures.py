"""What is measured, and against what: seconds mean little on a shared machine, so every figure is also given as a
multiple of a calibration kernel that is timed in between (gates use those ratios).

More measures (sessions, logs, commands) may be added beside `ENGINE`: a name and a function that returns something to
time, having done its preparation.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np

from kamsim.engine.explain import Recorder
from kamsim.players.policies import POLICIES
from kamsim.players.simulate import simulate
from tests.engine.worlds import compiled, halden, start

BASELINE: Final = Path(__file__).with_name("baseline.json")
SLOWER: Final = 1.5
"""How many times its baseline ratio a measure may take."""
Timed = Callable[[], object]


def kernel() -> float:
    """Seconds of a fixed mix of numpy work on (19, 1024) arrays: a little more than cache, like the engine's."""
    rows = np.linspace(0.1, 1.0, 19 * 1024).reshape(19, 1024)
    out, other = np.empty_like(rows), rows + 0.5
    began = perf_counter()
    for _ in range(60):
        np.exp(rows, out=out)
        np.multiply(out, other, out=out)
        np.add(out, rows, out=out)
        np.multiply(out, 0.5, out=other)
    return perf_counter() - began


def closing() -> Timed:
    """Closing a quarter of one lane, explained: what a player waits for."""
    games = [start(halden(), (1,), policy="value_seller", quarters=5) for _ in range(1)]
    first = games[0]
    first.close(Recorder())
    first.play("value_seller")
    copies = [first.copy() for _ in range(20)]
    for copy in copies:
        copy.world.conditions, copy.world.ledger = first.world.conditions, first.world.ledger

    def close_all() -> None:
        for copy in copies:
            copy.close(Recorder())

    return close_all


def moving() -> Timed:
    """A quarter's moves of a careful bot in one lane: what previews and replays cost."""
    first = start(halden(), (1,), policy="value_seller", quarters=5)
    copies = [first.copy() for _ in range(5)]

    def play_all() -> None:
        for copy in copies:
            copy.play("value_seller")

    return play_all


def simulated(policy: str, seeds: int, quarters: int) -> Timed:
    def run() -> object:
        return simulate(halden(), policy, seeds, quarters)

    return run


def study() -> Timed:
    """Eight policy runs of 1,000 seeds and 12 quarters."""
    runs = [*POLICIES, "typical", "value_seller"]

    def run() -> None:
        for policy in runs:
            simulate(halden(), policy, 1000, 12)

    return run


ENGINE: Final[dict[str, tuple[Callable[[], Timed], int]]] = {
    "20 closings of one lane, explained": (closing, 5),
    "5 quarters' moves of value_seller, one lane": (moving, 5),
    "do_nothing, 2,000 seeds x 20 quarters": (lambda: simulated("do_nothing", 2000, 20), 2),
    "value_seller, 1,000 seeds x 12 quarters": (lambda: simulated("value_seller", 1000, 12), 2),
    "8 policy runs x 1,000 seeds x 12 quarters": (study, 1),
}
"""Name: preparation, and how often it is timed; the best counts."""


def measured(name: str) -> tuple[float, float]:
    """Best seconds of a measure, and the same as a multiple of the kernel's best time before, between and after."""
    prepare, repeats = ENGINE[name]
    yardstick = min(kernel() for _ in range(8))
    best = float("inf")
    for _ in range(repeats):
        timed = prepare()
        began = perf_counter()
        timed()
        best = min(best, perf_counter() - began)
        yardstick = min(yardstick, *(kernel() for _ in range(4)))
    return best, best / yardstick


def baseline() -> dict[str, float]:
    """Ratios as they were when somebody last looked."""
    ratios: dict[str, float] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return ratios


def cell_quarters() -> int:
    """Account-line-quarters of the run that does nothing."""
    return 2000 * 20 * len(compiled(halden()).cells)
