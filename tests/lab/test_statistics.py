"""The intervals are exact: against closed forms and a table made by hand."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamsim.lab.statistics import at_most, median_interval, share_interval


def test_the_chance_of_at_most_k_is_the_binomial_sum() -> None:
    """Four tosses, at most one head: (1 + 4) / 16."""
    assert at_most(1, 4, 0.5) == pytest.approx(5 / 16)
    for chance in (0.1, 0.37, 0.9):
        by_hand = sum(comb(9, k) * chance**k * (1 - chance) ** (9 - k) for k in range(4))
        assert at_most(3, 9, chance) == pytest.approx(by_hand)


def test_intervals_with_a_closed_form() -> None:
    """All of n: the lower end solves p^n = 0.025; none of n: the upper end solves (1 - p)^n = 0.025."""
    for n in (1, 60, 300):
        low, high = share_interval(n, n)
        assert low == pytest.approx(0.025 ** (1 / n)) and high == 1.0
        low, high = share_interval(0, n)
        assert low == 0.0 and high == pytest.approx(1 - 0.025 ** (1 / n))
    assert share_interval(0, 0) == (0.0, 1.0)


def test_five_of_ten_as_the_tables_have_it() -> None:
    """Clopper and Pearson's 95% limits of 5 in 10 are 0.187 and 0.813."""
    assert share_interval(5, 10) == pytest.approx((0.1871, 0.8129), abs=1e-4)


@given(st.integers(1, 200), st.data())
def test_the_ends_leave_a_fortieth_on_either_side(trials: int, data: st.DataObject) -> None:
    """By definition: at the lower end so many or more, at the upper end so few or fewer, come with 2.5%."""
    hits = data.draw(st.integers(0, trials))
    low, high = share_interval(hits, trials)
    assert low <= hits / trials <= high
    if hits:
        assert 1 - at_most(hits - 1, trials, low) == pytest.approx(0.025, abs=1e-6)
    if hits < trials:
        assert at_most(hits, trials, high) == pytest.approx(0.025, abs=1e-6)


def test_the_median_s_interval_is_two_order_statistics() -> None:
    """Of 10 values the 2nd and 9th: P(at most 1 below) is 11 / 1024, under 2.5%; at most 2 would be 5.5%."""
    values = np.array([7.0, 1.0, 3.0, 10.0, 2.0, 9.0, 4.0, 8.0, 5.0, 6.0])
    assert median_interval(values) == (2.0, 9.0)


def test_few_values_say_no_more_than_that_they_were_seen() -> None:
    assert median_interval(np.array([3.0, 1.0, 2.0])) == (1.0, 3.0)
    assert median_interval(np.array([5.0])) == (5.0, 5.0)
