"""Cost against lanes and against accounts: ``python -m tests.bench.growth [FOLDER]`` prints both, and draws them there.

Costs are CPU seconds of this process, so that others on the machine do not count.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from math import log10
from pathlib import Path
from time import process_time
from typing import Any, Final

from kamsim.players.simulate import simulate
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import canonical, scenario_from_canonical
from tests.engine.worlds import halden

LANES: Final = {
    "do_nothing": (10, 100, 1_000, 10_000, 100_000, 1_000_000),
    "value_seller": (10, 100, 1_000, 10_000, 100_000),
}
ACCOUNTS: Final = (1, 2, 5, 10, 20, 40)
QUARTERS: Final = 4
Costs = dict[int, float]
"""CPU seconds by how many there are."""


@cache
def customers(count: int) -> Scenario:
    """Halden with so many customers: its own in turn, under other names; what is said of those left out is left out."""
    data = canonical(halden())
    own = data["accounts"]
    data["accounts"] = [_renamed(own[place % len(own)], place // len(own)) for place in range(count)]
    data["time"]["rhythms"] = {"light": 0, "normal": 10, "close": 20}  # so that forty fit into a quarter
    names = _ids(data["accounts"])
    for item in data["news"]:
        item["accounts"] = [name for name in item["accounts"] if name in names]
        item["warns"] = [name for name in item["warns"] if name.split(".")[0] in names]
    data["portraits"] = {}
    for member in data["organisation"]["team"]:
        member["accounts"] = [name for name in member["accounts"] if name in names]
    return scenario_from_canonical(data, f"{count} customers")


def _renamed(account: dict[str, Any], copy: int) -> dict[str, Any]:
    """A customer whose parts have names of their own, those of the first copy as they are. Of moments there is one a
    quarter for everybody, so that copies have none."""
    if not copy:
        return account
    names = _ids(account)

    def renamed(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {renamed(name): renamed(part) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [renamed(part) for part in value]
        return f"{value}_{copy}" if isinstance(value, str) and value in names else value

    made: dict[str, Any] = renamed(account)
    return {**made, "moments": []}


def _ids(value: Any) -> set[str]:
    """Every id in a piece of a scenario."""
    parts: Iterable[Any] = value.values() if isinstance(value, Mapping) else value
    found = {value["id"]} if isinstance(value, Mapping) and "id" in value else set()
    return found.union(*(_ids(part) for part in parts if isinstance(part, Mapping | list | tuple)))


def cost(scenario: Scenario, policy: str, lanes: int) -> float:
    """CPU seconds of a study of `QUARTERS` quarters; the better of two where it is short."""
    spent = []
    for _ in range(2 if lanes < 10_000 else 1):
        began = process_time()
        simulate(scenario, policy, lanes, QUARTERS, keep=("value",))
        spent.append(process_time() - began)
    return min(spent)


def by_lanes(policy: str, most: int) -> Costs:
    """What so many lanes of Halden cost."""
    cost(halden(), policy, 10)
    return {lanes: cost(halden(), policy, lanes) for lanes in LANES[policy] if lanes <= most}


def by_accounts(policy: str, lanes: int = 500) -> Costs:
    """What so many customers cost, of 500 lanes."""
    return {count: cost(customers(count), policy, lanes) for count in ACCOUNTS}


def steepest(costs: Costs) -> float:
    """The largest factor on cost between neighbours, over the factor on size: 1 is linear, less is better."""
    sizes = sorted(costs)
    return max(costs[two] / costs[one] / (two / one) for one, two in pairwise(sizes))


def main() -> None:
    """Measure, print, and draw."""
    rows: dict[str, Costs] = {f"{policy}, by lanes": by_lanes(policy, 10**6) for policy in LANES}
    rows |= {f"{policy}, by customers": by_accounts(policy) for policy in LANES}
    for name, costs in rows.items():
        told = ", ".join(f"{size:,}: {seconds:.3f} s" for size, seconds in costs.items())
        sys.stdout.write(f"{name}: {told}; steepest {steepest(costs):.2f}\n")
    if len(sys.argv) > 1:
        Path(sys.argv[1], "growth.svg").write_text(drawn(rows), encoding="utf-8")


def drawn(rows: Mapping[str, Costs]) -> str:
    """Each row as a panel of an SVG picture, both axes in powers of ten, a grey line for what is linear."""
    panels = [_panel(name, costs, 20 + 330 * place) for place, (name, costs) in enumerate(rows.items())]
    wide = 20 + 330 * len(rows)
    body = "".join(panels)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="300" font-family="sans-serif" font-size="12">'
    )
    return f"{head}{body}</svg>\n"


def _panel(name: str, costs: Costs, left: float) -> str:
    sizes = sorted(costs)
    ratio = [costs[size] / costs[sizes[-1]] for size in sizes]
    linear = [size / sizes[-1] for size in sizes]
    low = min(*ratio, *linear)

    def line(values: list[float], colour: str) -> str:
        across = log10(sizes[-1] / sizes[0])
        points = [
            (left + 40 + 240 * log10(size / sizes[0]) / across, 50 + 200 * log10(value) / log10(low))
            for size, value in zip(sizes, values, strict=True)
        ]
        dots = "".join(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{colour}"/>' for x, y in points)
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'

    ends = f"{sizes[0]:,}: {costs[sizes[0]]:.3f} s; {sizes[-1]:,}: {costs[sizes[-1]]:.2f} s CPU"
    return (
        f'<text x="{left + 40}" y="24">{name}</text>{line(linear, "#bbb")}{line(ratio, "#1f5fa8")}'
        f'<text x="{left + 40}" y="280">{ends}</text>'
    )


if __name__ == "__main__":
    main()
