"""All claims over 300 seeds, with the table: ``pytest tests/deep/test_claims.py -s``; and what best play leaves room for."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from kamsim.lab.claims import all_claims
from kamsim.lab.experiments import Laboratory
from kamsim.lab.table import render
from kamsim.lab.verdicts import ORDER
from kamsim.players.policies import POLICIES
from kamsim.players.simulate import simulate
from tests.lab.recorded import RECORDED


def test_no_claim_gets_worse_than_it_was() -> None:
    """Verdicts may rise; whatever falls below the record has lost something."""
    rows = list(Laboratory(300).rows(all_claims()))
    sys.stdout.write("\n" + render(rows, [], 300) + "\n")
    worse = [row.claim.id for row in rows if ORDER.index(row.verdict) > ORDER.index(RECORDED[row.claim.id])]
    assert not worse


@pytest.mark.parametrize("scenario", ["halden", "portfolio"])
def test_what_the_bots_come_to(scenario: str) -> None:
    """Economics H5, with its figures: best play is worth a tenth more than good play, and no bot that does the same
    every quarter comes within a twentieth of the best."""
    value = {name: simulate(scenario, name, 200, 12).value for name in POLICIES}
    good = value["value_seller"]
    lines = [
        f"{name:<14} {np.median(found) / 1e8:7.2f}m  against value_seller {np.median(found / good - 1):+7.1%}, "
        f"above it in {(found > good).mean():.1%}"
        for name, found in sorted(value.items(), key=lambda item: -np.median(item[1]))
    ]
    sys.stdout.write(f"\n{scenario}, 200 seeds, 12 quarters\n" + "\n".join(lines) + "\n")
    assert (value["dynamic"] > good).mean() >= 0.9
    best = max(np.median(found) for found in value.values())
    assert np.median(value["dynamic"]) == best
    assert np.median(value["dynamic"] / good - 1.0) >= 0.10
    assert all(np.median(value[name]) < 0.95 * best for name in ("do_nothing", "steady", "typical", "discounter"))
