"""Two purses and a score (economics H8)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.players.scoring import CAP, purses, score
from kamsim.players.simulate import simulate
from tests.engine.worlds import compiled, halden, minimal

MONEY = st.floats(-1e9, 1e9).map(round).map(float)


def test_purses_by_hand() -> None:
    """Two quarters of one account: profit discounted at 9% a year, and m ret / (1 + r - ret) of what runs on."""
    params = compiled(minimal())
    rate = 1.09**-0.25
    profit = np.array([[[100_000.0]] * 1, [[120_000.0]] * 1]).reshape(2, 1, 1)
    found = purses(profit, np.array([[0.6]]), params)
    banked = 100_000 * rate + 120_000 * rate**2
    kept = 0.80 + 0.15 * 0.6
    # The last year's mean is 110,000; the year that ended two quarters ago has only the first quarter, 100,000.
    lifetime = 100_000 * kept / (1 / rate - kept) * rate**2
    assert found.banked[0] == pytest.approx(banked)
    assert found.left[0] == pytest.approx(min(lifetime, banked * CAP / (1 - CAP)))
    assert found.value[0] == found.banked[0] + found.left[0]


@settings(max_examples=40, deadline=None)
@given(profits=st.lists(MONEY, min_size=1, max_size=12), late=MONEY, trust=st.floats(0, 1))
def test_the_successors_purse_is_capped_and_cannot_be_pushed_at_the_end(
    profits: list[float], late: float, trust: float
) -> None:
    """It is at most 40% of the whole, and profit pushed into the last quarter of a year that was
    no worse than the one before adds nothing to it, unless by way of that cap."""
    params = compiled(minimal())
    profit = np.array(profits).reshape(-1, 1, 1)
    found = purses(profit, np.array([[trust]]), params)
    assert np.isfinite(found.value).all()
    assert found.left[0] <= CAP * found.value[0] + 1e-3 or found.left[0] <= 0
    if len(profits) > 6:
        pushed = profit.copy()
        pushed[-1] += abs(late)
        uncapped = purses(pushed, np.array([[trust]]), params)
        steady = purses(profit, np.array([[trust]]), params)
        ceiling = CAP / (1 - CAP) * max(0.0, float(steady.banked[0]))
        if profit[-4:].mean() >= profit[-6:-2].mean() and steady.left[0] < ceiling * (1 - 1e-9) - 1e-6:
            assert uncapped.left[0] == pytest.approx(steady.left[0], rel=1e-9, abs=1.0)


def test_more_trust_leaves_more() -> None:
    """Customers who trust us stay: the successor's purse never falls with trust while profit is positive."""
    params = compiled(minimal())
    profit = np.full((8, 1, 5), 1000.0)
    left = purses(profit, np.linspace(0, 1, 5)[None, :], params).left
    assert (np.diff(left) >= 0).all()


def test_the_score_is_fifty_for_typical_play_and_has_no_ends() -> None:
    """50 + 25 x lead / median lead, lane by lane; without any lead to measure by, 50."""
    value, typical = np.array([100.0, 140.0, 20.0, 900.0]), np.array([100.0, 100.0, 100.0, 100.0])
    assert score(value, typical, np.array([30.0, 40.0, 50.0])).tolist() == [50.0, 75.0, 0.0, 550.0]
    assert score(value, typical, np.array([0.0])).tolist() == [50.0] * 4


def test_scores_compare_on_the_same_luck() -> None:
    """`typical` scores 50 on every seed; play that beats it there scores more."""
    assert np.allclose(simulate(halden(), "typical", 5, 8).score, 50.0)
    assert (simulate(halden(), "value_seller", 5, 8).score > 50.0).all()
