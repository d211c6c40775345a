"""Verdicts by hand from made-up figures; what is fragile, what is not shown, and what a claim makes of its lines."""

from __future__ import annotations

import numpy as np
import pytest

from kamsim.lab.claims import Claim, Condition
from kamsim.lab.verdicts import FRAGILE, NOT_SHOWN, REPORTED, SHOWN, Finding, Row, judge


def condition(**given: object) -> Condition:
    values = {"says": "a above b", "metric": "trust", "more": "a", "less": "b", **given}
    return Condition(**values)  # type: ignore[arg-type]


def won(wins: int, of: int, by: float = 1.0) -> list[np.ndarray]:
    """Figures where the first side is above in so many seeds of so many, and below in the others."""
    below = np.full(of, 10.0)
    return [below + np.where(np.arange(of) < wins, by, -by), below]


def test_a_table_made_by_hand() -> None:
    """Ten seeds: the first side wins eight, ties one, loses one."""
    above = np.array([2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0, 1.0, 0.0])
    found = judge(condition(share=0.5), [above, np.ones(10)])
    assert found.seeds == 10 and found.share == 0.8
    assert found.effect == pytest.approx(6.0)  # middle of 5 and 7
    assert found.effect_interval == (0.0, 13.0)  # second and ninth
    assert found.verdict == FRAGILE  # the effect may be nothing


@pytest.mark.parametrize(
    ("wins", "verdict"), [(300, SHOWN), (294, SHOWN), (286, FRAGILE), (285, FRAGILE), (284, NOT_SHOWN)]
)
def test_a_share_is_shown_if_its_interval_is_above_the_threshold(wins: int, verdict: str) -> None:
    """Of 300 seeds with 95% asked, 285 are enough and fragile; 294, whose lower end is 95.7%, are shown."""
    assert judge(condition(share=0.95), won(wins, 300)).verdict == verdict


def test_ties_are_no_wins_but_not_above_either() -> None:
    same = np.ones(50)
    assert judge(condition(share=0.8), [same, same]).share == 0.0
    found = judge(condition(share=0.8, test="least"), [same, same])
    assert found.share == 1.0 and found.verdict == SHOWN


def test_seeds_without_a_figure_are_left_out() -> None:
    """A rate of nothing is no figure; where no seed has one, nothing is shown."""
    above, below = np.array([2.0, np.nan, 2.0, 2.0]), np.array([1.0, 1.0, np.nan, 3.0])
    found = judge(condition(share=0.4), [above, below])
    assert found.seeds == 2 and found.share == 0.5
    nothing = judge(condition(share=0.4), [np.full(3, np.nan), np.ones(3)])
    assert nothing.seeds == 0 and nothing.verdict == NOT_SHOWN


def test_money_is_told_as_a_share_of_the_lower_side() -> None:
    found = judge(condition(share=0.5, relative=True), [np.full(20, 55.0), np.full(20, 50.0)])
    assert found.effect == pytest.approx(0.1)


def test_an_order_holds_only_as_a_whole() -> None:
    """Rising a, b, c: the sides come from the top down; one step out of order is a seed lost."""
    rising = condition(test="order", rising=("a", "b", "c"), share=0.5)
    assert rising.sides == ("c", "b", "a")
    top, middle, low = np.array([3.0, 3.0, 3.0]), np.array([2.0, 4.0, 2.0]), np.array([1.0, 1.0, 2.0])
    assert judge(rising, [top, middle, low]).share == pytest.approx(1 / 3)


@pytest.mark.parametrize(("hits", "verdict"), [(90, SHOWN), (76, FRAGILE), (74, NOT_SHOWN)])
def test_a_rate_counts_all_attempts_together(hits: int, verdict: str) -> None:
    """100 attempts in two seeds; 75% asked."""
    wanted = condition(test="rate", arm="a", rate=0.75)
    found = judge(wanted, [np.array([hits - 40.0, 40.0]), np.array([50.0, 50.0])])
    assert found.share == hits / 100 and found.verdict == verdict


@pytest.mark.parametrize(
    ("effects", "verdict"),
    [(np.full(30, 0.05), SHOWN), (np.r_[np.full(16, 0.05), np.full(14, 0.5)], FRAGILE), (np.full(30, 0.5), NOT_SHOWN)],
)
def test_a_band_is_about_the_median_and_its_interval(effects: np.ndarray, verdict: str) -> None:
    wanted = condition(test="band", low=0.0, high=0.1)
    found = judge(wanted, [10.0 + effects, np.full(len(effects), 10.0)])
    assert found.verdict == verdict and found.interval == found.effect_interval


def test_a_line_without_a_threshold_is_only_reported() -> None:
    assert judge(condition(), won(0, 30)).verdict == REPORTED


def test_a_claim_is_as_good_as_its_worst_line() -> None:
    def row(*verdicts: str) -> Row:
        claim = Claim("x", "q", "BTS", "", "halden", 20, {}, (), "", "")
        made = [Finding(condition(says=v), 1, 1.0, 1.0, (0.0, 1.0), (0.0, 1.0), v) for v in verdicts]
        return Row(claim, tuple(made))

    assert row(SHOWN, FRAGILE, REPORTED).verdict == FRAGILE
    assert row(SHOWN, NOT_SHOWN, FRAGILE).deciding.condition.says == NOT_SHOWN
    assert row(SHOWN, REPORTED).verdict == SHOWN
