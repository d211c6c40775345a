"""Speed where people wait: ``pytest tests/bench``. Gates are ratios within one run; absolute figures: tests.bench.report."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from kamsim.players.outcomes import CHUNK
from kamsim.players.simulate import simulate
from tests.bench.growth import by_accounts, by_lanes, steepest
from tests.bench.measures import MEASURES, SLOWER, baseline, kernel, measured, simulated, spent
from tests.bench.workers import alone, together
from tests.engine.worlds import halden


@pytest.mark.parametrize("name", MEASURES)
def test_no_slower_than_its_baseline(name: str, benchmark: Any) -> None:
    """Against the calibration kernel timed in the same run, at most 1.5 times the ratio in baseline.json."""
    seconds, ratio = benchmark.pedantic(measured, args=(name,), rounds=1)
    benchmark.extra_info.update(seconds=seconds, kernels=ratio, baseline=baseline()[name])
    assert ratio <= SLOWER * baseline()[name], f"{ratio:.1f} kernels, baseline {baseline()[name]:.1f}"


def test_calibration_kernel(benchmark: Any) -> None:
    """The yardstick itself, for the record."""
    assert benchmark.pedantic(kernel, rounds=20) > 0


def best_of(repeats: int, policy: str, seeds: int, quarters: int) -> float:
    best = float("inf")
    for _ in range(repeats):
        began = spent()
        simulated(policy, seeds, quarters)()
        best = min(best, spent() - began)
    return best


def test_cost_is_linear_in_lanes() -> None:
    """Four times the lanes, beyond a first chunk, take about four times as long."""
    simulate(halden(), "do_nothing", 10, 2)
    few, many = best_of(3, "do_nothing", CHUNK, 8), best_of(3, "do_nothing", 4 * CHUNK, 8)
    assert 2.8 < many / few < 5.6


def test_a_careful_policy_costs_a_few_times_the_engine() -> None:
    """Decisions of a good bot, through the same seat as a person's, cost less than twenty times the market itself."""
    idle, careful = best_of(2, "do_nothing", 1000, 8), best_of(2, "value_seller", 1000, 8)
    assert careful / idle < 20


def peak(seeds: int) -> float:
    """Most bytes held at once while simulating."""
    tracemalloc.start()
    try:
        simulate(halden(), "typical", seeds, 4)
        return float(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def test_memory_is_bounded_by_the_chunk() -> None:
    """More lanes than a chunk cost the memory of their results only: a few numbers a lane, quarter and account."""
    params_free = peak(8)
    one, four = peak(CHUNK), peak(4 * CHUNK)
    per_lane = (one - params_free) / CHUNK
    results = 7 * 8 * 4 * 5 * 3 * CHUNK * 3  # arrays x bytes x quarters x accounts x lanes, while they are put together
    assert four - one < results * 1.5
    assert four < 2.2 * one, (
        f"{four / 1e6:.0f} MB for four chunks, {one / 1e6:.0f} MB for one ({per_lane:.0f} bytes a lane)"
    )


@pytest.mark.parametrize("policy", ["do_nothing", "value_seller"])
def test_no_lane_and_no_customer_costs_more_than_the_one_before(policy: str) -> None:
    """Ten times the lanes, or twice the customers, cost at most as many times the CPU, and a third for the luck of
    measuring."""
    assert steepest(by_lanes(policy, 10_000)) < 1.33
    assert steepest(by_accounts(policy)) < 1.33


def test_two_processes_do_almost_twice_the_work() -> None:
    """What cannot be shared, and what starting workers costs, is little of a study (see `tests.bench.workers`)."""
    whole, (own, shared) = alone("value_seller"), together("value_seller")
    assert whole / (own + shared / 2.0) > 1.8
