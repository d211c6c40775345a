"""What is kept of a study chunk by chunk is what the whole of it would give, however it is cut and whoever plays it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest

import kamsim
from kamsim.errors import KamsimError
from kamsim.players import keeping, outcomes
from kamsim.players.keeping import Column, Kept
from kamsim.players.outcomes import Outcomes, reference_leads
from kamsim.players.seat import Seat
from kamsim.players.simulate import simulate
from tests.engine.worlds import bits, minimal

LANES, QUARTERS = 50, 6
ALL = (*outcomes.BOOKS, "value", "score")
SIZES = {"do_nothing": (7, 2048), "typical": (1, 64), "value_seller": (7, 64)}


def kept_bits(kept: Kept) -> list[bytes]:
    columns = kept.figures.values()
    return [bits(np.asarray(c.mean)) for c in columns] + [bits(c.sample) for c in columns if np.ndim(c.mean) == 0]


@pytest.mark.parametrize("policy", SIZES)
@pytest.mark.parametrize("scenario", ["halden", "portfolio"])
def test_bits_do_not_depend_on_chunks_or_workers(scenario: str, policy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process or two, one lane at a time or all: outcomes and figures kept agree to the last bit."""
    reference_leads(kamsim.load_scenario(scenario), QUARTERS)
    whole = simulate(scenario, policy, LANES, QUARTERS)
    kept = kept_bits(simulate(scenario, policy, LANES, QUARTERS, keep=ALL))
    for size in SIZES[policy]:
        monkeypatch.setattr(outcomes, "CHUNK", size)
        cut = simulate(scenario, policy, LANES, QUARTERS)
        assert all(bits(getattr(cut, name)) == bits(getattr(whole, name)) for name in (*outcomes.BOOKS, "value"))
        if size == 7:
            assert kept_bits(simulate(scenario, policy, LANES, QUARTERS, keep=ALL)) == kept
    monkeypatch.setattr(outcomes, "CHUNK", 16)
    shared = simulate(scenario, policy, LANES, QUARTERS, workers=2)
    for name in (*outcomes.BOOKS, "value"):
        assert bits(getattr(shared, name)) == bits(getattr(whole, name))
        assert getattr(shared, name).strides == getattr(whole, name).strides  # so that sums over them agree too
    assert kept_bits(simulate(scenario, policy, LANES, QUARTERS, keep=ALL, workers=2)) == kept


def test_figures_kept_are_those_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Means by quarter and account, a share, quantiles, and a difference on the same luck."""
    whole = simulate(minimal(), "value_seller", 60, 4)
    monkeypatch.setattr(outcomes, "CHUNK", 16)
    kept = simulate(
        minimal(),
        "value_seller",
        60,
        4,
        keep={
            "nac": "nac",
            "value": "value",
            "gains": lambda made: made.value > np.median(whole.value),
            "lead": lambda made: made.value - made.against("typical").value,
        },
    )
    assert kept.complete and kept.count == 60
    assert kept["value"].mean == whole.value.mean() and kept["value"].median == np.median(whole.value)
    for share in (0.0, 0.1, 0.5, 0.99):
        assert kept["value"].quantile(share) == np.quantile(whole.value, share)
    assert kept["gains"].mean == 0.5
    assert np.allclose(kept["nac"].mean, whole.nac.mean(axis=0), rtol=1e-14)
    assert kept["nac"].mean.shape == (4, 2)
    assert kept["lead"].mean == (whole.value - simulate(minimal(), "typical", 60, 4).value).mean()
    with pytest.raises(KamsimError, match="one number by lane"):
        kept["nac"].quantile(0.5)


def filled(values: Iterable[float], sizes: Iterable[int]) -> Column:
    """A column that got its numbers in pieces of these sizes, and then one by one."""
    column, left = Column(), np.array(list(values))
    for size in sizes:
        column.add(left[:size])
        left = left[size:]
    for value in left:
        column.add(np.array([value]))
    return column


def test_beyond_the_bound_the_sample_is_every_nth_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size stays between half the bound and the bound, and does not depend on how the seeds came."""
    monkeypatch.setattr(keeping, "MOST_KEPT", 8)
    monkeypatch.setattr(keeping, "BLOCK", 4)
    rng = np.linspace(-1.0, 1.0, 100) ** 3
    whole = filled(rng, [100])
    assert whole.stride == 16 and np.array_equal(whole.sample, rng[::16])
    for sizes in ([], [3, 30, 1], [9, 9, 9, 9], [99]):
        cut = filled(rng, sizes)
        assert bits(cut.sample) == bits(whole.sample) and cut.mean == whole.mean and cut.count == 100
    for count in range(1, 80):
        column = filled(rng[:count], [])
        assert min(count, 5) <= len(column.sample) <= 8
        assert np.array_equal(column.sample, rng[:count][:: column.stride])


def test_a_mean_is_the_sum_of_blocks_in_order() -> None:
    """Up to one block it is numpy's own mean; beyond, blocks follow each other."""
    values = np.sin(np.arange(3 * keeping.BLOCK + 11.0)) * 1e9
    few, many = filled(values[:2000], [77]), filled(values, [500, 7000])
    assert few.mean == values[:2000].mean()
    blocks = [part.sum() for part in np.split(values, np.arange(keeping.BLOCK, len(values), keeping.BLOCK))]
    assert many.mean == sum(blocks[1:], blocks[0]) / len(values)


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (("worth",), "'worth' cannot be kept"),
        ({"a": "moon"}, "'moon' cannot be kept as 'a'"),
        ((), "at least one"),
        ({"a": lambda made: 1.0}, "not one entry for each lane"),
        ({"a": lambda made: made.nac[0]}, "not one entry for each lane"),
    ],
)
def test_what_cannot_be_kept_is_told(keep: keeping.Keep, said: str) -> None:
    with pytest.raises(KamsimError, match=said):
        simulate(minimal(), "do_nothing", 5, 1, keep=keep)


def test_a_watch_stays_in_this_process() -> None:
    with pytest.raises(KamsimError, match="watch looks on"):
        simulate(minimal(), "do_nothing", 5, 1, watch=object(), workers=2)  # type: ignore[call-overload]
    with pytest.raises(KamsimError, match="workers are a whole number"):
        simulate(minimal(), "do_nothing", 5, 1, workers=0)


def test_chunks_reach_every_worker() -> None:
    """Few seeds are shared out; many come in chunks of the usual size."""
    study = outcomes.Study(minimal(), Quiet(), range(1, 101), 1)
    assert [len(chunk.seeds) for chunk in study.chunks(3)] == [34, 34, 32]
    many = list(outcomes.Study(minimal(), Quiet(), range(10_000), 1).chunks(2))
    assert [len(chunk.seeds) for chunk in many] == [2048, 2048, 2048, 2048, 1808]
    assert all(one.seeds[-1] + 1 == other.seeds[0] for one, other in pairwise(many))


class Quiet:
    """Does nothing."""

    name = "quiet"

    def play(self, seat: Seat) -> None:
        pass


def test_parts_join_in_order() -> None:
    parts: list[Outcomes] = [outcomes.played(outcomes.Study(minimal(), Quiet(), seeds, 2)) for seeds in ([3, 4], [9])]
    joined = outcomes.joined(parts)
    assert joined.seeds == (3, 4, 9)
    assert bits(joined.nac) == bits(simulate(minimal(), Quiet(), (3, 4, 9), 2).nac)
