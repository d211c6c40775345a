"""Golden results: what each shipped policy comes to on Halden Drives, pinned (economics D).

A change here is a change of rules or of the scenario: look at it, then ``pytest tests/golden --update-golden``.
Company result and account profit are whole cents; the state is a digest of values rounded to 1e-6, so that last bits
of another processor do not show.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kamsim.players.policies import POLICIES
from tests.engine.worlds import arrays, cents, halden, start

SEEDS = (1, 2, 3)
QUARTERS = 12
OURS = {"own": ("support", "programme")}
"""Parts of a world that stand as on the first day where a scenario has none of these."""


def state_digest(game: Any, lane: int) -> str:
    """One short word for a lane's whole state, without parts of our own side that the scenario has not."""
    said, lacking = hashlib.sha256(), [part for part, of in OURS.items() if not any(map(game.params.own.has, of))]
    for name, values in sorted(arrays(game.world)):
        if name.split(".")[0] not in ("ledger", *lacking) and values.size:
            rounded = np.round(values[..., lane].astype(np.float64), 6) + 0.0
            said.update(name.encode() + np.ascontiguousarray(rounded).tobytes())
    return said.hexdigest()[:16]


def results(policy: str) -> dict[str, Any]:
    """What a policy came to, by seed."""
    game = start(halden(), SEEDS)
    found: dict[str, Any] = {
        str(seed): {"company": [], "profit": {name: [] for name in game.params.accounts}, "state": []} for seed in SEEDS
    }
    for _ in range(QUARTERS):
        game.play(policy)
        ledger = game.close()
        company, profit = cents(ledger.company), cents(ledger.contribution)
        for lane, seed in enumerate(SEEDS):
            entry = found[str(seed)]
            entry["company"].append(int(company[lane]))
            for row, name in enumerate(game.params.accounts):
                entry["profit"][name].append(int(profit[row, lane]))
            entry["state"].append(state_digest(game, lane))
    return found


def written(found: dict[str, Any]) -> str:
    """JSON with one list a line, so that a change reads as a change."""
    lines = json.dumps(found, indent=1)
    compact = []
    inside = False
    for line in lines.splitlines():
        text = line.strip() if inside else line
        if line.rstrip().endswith("["):
            inside = True
        elif line.strip() in ("]", "],"):
            inside = False
            text += "\n"
        elif inside:
            text += " "
        else:
            text += "\n"
        compact.append(text)
    return "".join(compact)


@pytest.mark.parametrize("policy", POLICIES)
def test_results_are_as_pinned(policy: str, request: pytest.FixtureRequest) -> None:
    """Twelve quarters of three seeds: every quarter's company result, every account's profit, and the state."""
    path = Path(__file__).with_name(f"{policy}.json")
    found = results(policy)
    if request.config.getoption("--update-golden"):
        path.write_text(written(found), encoding="utf-8")
        return
    pinned = json.loads(path.read_text(encoding="utf-8"))
    for seed, entry in pinned.items():
        assert found[seed]["company"] == entry["company"], f"company results of seed {seed}"
        assert found[seed]["profit"] == entry["profit"], f"account profits of seed {seed}"
        assert found[seed]["state"] == entry["state"], f"state of seed {seed}"
    assert found.keys() == pinned.keys()
