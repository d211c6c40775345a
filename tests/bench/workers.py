"""How much two processes spare: ``python -m tests.bench.workers``.

On a machine that others use, how long a study waits says little. CPU time does: one process needs T for all; with two,
what the first process does itself, P, cannot be shared, and what its workers do between them, W, can. So a quiet
machine takes T the one way, and P + W / 2 the other.
"""

from __future__ import annotations

import resource
import sys
from time import process_time

from joblib.externals.loky import get_reusable_executor

from kamsim.players.simulate import simulate
from tests.engine.worlds import halden

SEEDS, QUARTERS = 40_960, 12


def alone(policy: str) -> float:
    """CPU seconds of one process."""
    began = process_time()
    simulate(halden(), policy, SEEDS, QUARTERS, keep=("value",))
    return process_time() - began


def together(policy: str) -> tuple[float, float]:
    """CPU seconds of the first process, and of its two workers between them, starting included."""
    began, before = process_time(), _children()
    simulate(halden(), policy, SEEDS, QUARTERS, keep=("value",), workers=2)
    own = process_time() - began
    get_reusable_executor().shutdown(wait=True)
    return own, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure, and print."""
    for policy in sys.argv[1:] or ("value_seller",):
        whole = alone(policy)
        own, shared = together(policy)
        gain = whole / (own + shared / 2.0)
        sys.stdout.write(
            f"{policy}, {SEEDS} seeds x {QUARTERS} quarters: T {whole:.2f} s, P {own:.2f} s, W {shared:.2f} s CPU; "
            f"two processes are {gain:.2f} times one\n"
        )


if __name__ == "__main__":
    main()
