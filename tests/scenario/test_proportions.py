"""What `kamsim check` tells of the first quarter, beside what is usual."""

from __future__ import annotations

import numpy as np
import pytest

from kamsim.engine.params import compile_params, start_shares
from kamsim.scenario.lint import check_paths, render
from kamsim.scenario.proportions import USUAL_SERVICE, first_quarter
from kamsim.scenario.reader import shipped
from tests.engine.worlds import SCENARIOS, minimal
from tests.every import every


@every("name", shipped())
def test_the_first_quarter_is_the_engines(name: str) -> None:
    """Sales are those that the engine starts from, to the unit of money; cost to serve lies where the guide has it."""
    told = SCENARIOS[name]()
    made = first_quarter(told)
    by_cell, _ = start_shares(told, compile_params(told))
    assert made.sales == pytest.approx(float(np.sum(by_cell)) / 100, rel=1e-6)
    assert USUAL_SERVICE[0] <= round(made.serve, 2) <= USUAL_SERVICE[1]
    assert made.told() in render(check_paths([name]))


def test_a_market_that_costs_nothing_to_serve_is_told_as_it_is() -> None:
    """Orvik's and Kestrel's orders by hand: 48 an hour, .6, .1 and 2.5 hours."""
    made = first_quarter(minimal())
    hours = 0.6 * (160 + 30) + 0.1 * (900 + 70) + 2.5 * 22
    assert made.serve == pytest.approx(48 * hours / made.sales)
    assert made.told().endswith(f"cost to serve {made.serve:.1%} of sales (10% to 15% is usual)")
