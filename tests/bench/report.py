"""``python -m tests.bench.report``: absolute figures of this machine; ``--update`` writes the ratios as the baseline."""

from __future__ import annotations

import json
import sys

from tests.bench.measures import BASELINE, BUDGETS, MEASURES, baseline, cell_quarters, measured


def main() -> None:
    """Measure everything once and print a line each."""
    old = baseline() if BASELINE.exists() else {}
    ratios, seconds = {}, {}
    for name in MEASURES:
        seconds[name], ratios[name] = measured(name)
        than = f", {ratios[name] / old[name]:5.2f} of baseline" if name in old else ""
        sys.stdout.write(f"{name:<48} {seconds[name] * 1e3:10.1f} ms, {ratios[name]:10.1f} kernels{than}\n")
    idle = seconds["do_nothing, 2,000 seeds x 20 quarters"]
    careful = seconds["value_seller, 1,000 seeds x 12 quarters"] / (1000 * 12)
    sys.stdout.write(f"{cell_quarters() / idle / 1e6:.2f} million account-line-quarters a second, doing nothing\n")
    sys.stdout.write(
        f"{seconds['20 closings of one lane, explained'] / 20 * 1e3:.2f} ms to close and explain one quarter\n"
    )
    sys.stdout.write(
        f"{careful / (idle / (2000 * 20)):.2f} times as long a quarter with value_seller as with do_nothing\n"
    )
    for name, budget in BUDGETS.items():
        count = float(name.split()[0]) if name.startswith("10 ") else 1.0
        sys.stdout.write(f"{name:<48} {seconds[name] / count * 1e3:10.1f} ms each, budget {budget} ms\n")
    if "--update" in sys.argv:
        kept = {name: round(ratio, 2) for name, ratio in ratios.items()}
        BASELINE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
