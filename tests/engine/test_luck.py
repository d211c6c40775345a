"""Luck has an address and nothing else (docs/design.md, the contract of the engine)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine.luck import STREAMS, Luck, entity_keys
from kamsim.engine.params import compile_params
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import canonical, scenario_from_canonical
from tests.engine.worlds import bits, minimal, start

SEEDS = st.lists(st.integers(-(2**63), 2**64 - 1), min_size=1, max_size=6)
STREAM = st.sampled_from(STREAMS)
NAMES = st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True), min_size=1, max_size=6, unique=True)


@settings(max_examples=60, deadline=None)
@given(seeds=SEEDS, stream=STREAM, names=NAMES, quarter=st.integers(0, 41), data=st.data())
def test_an_address_has_one_draw(
    seeds: list[int], stream: str, names: list[str], quarter: int, data: st.DataObject
) -> None:
    """Alone or among others, in any order, on any lane, by any way of asking: the same address gives the same draw."""
    luck, keys = Luck(seeds), entity_keys(names)
    drawn = luck.uniform(stream, quarter, keys)
    assert drawn.shape == (len(names), len(seeds))
    assert ((drawn >= 0) & (drawn < 1)).all()
    row = data.draw(st.integers(0, len(names) - 1))
    lane = data.draw(st.integers(0, len(seeds) - 1))
    one = drawn[row, lane]
    assert Luck([seeds[lane]]).uniform(stream, quarter, keys[row : row + 1])[0, 0] == one
    assert luck.uniform(stream, quarter, keys[::-1])[len(names) - 1 - row, lane] == one
    assert luck.uniform(stream, quarter, keys, np.array([lane]))[row, 0] == one
    assert luck.pairs(stream, quarter, keys[row], np.array([lane]))[0] == one
    assert luck.take(np.array([lane])).uniform(stream, quarter, keys)[row, 0] == one
    noise = luck.triangular(stream, quarter, keys)
    assert ((noise >= -1) & (noise < 1)).all()
    assert Luck([seeds[lane]]).triangular(stream, quarter, keys[row : row + 1])[0, 0] == noise[row, lane]


@settings(max_examples=40, deadline=None)
@given(stream=STREAM, names=NAMES, quarter=st.integers(1, 20), newcomer=st.from_regex(r"[a-z]{13,16}", fullmatch=True))
def test_a_newcomer_shifts_nobody(stream: str, names: list[str], quarter: int, newcomer: str) -> None:
    """One entity more, wherever it stands in the list, leaves everybody else's draws alone."""
    luck = Luck(range(5))
    before = luck.uniform(stream, quarter, entity_keys(names))
    for place in range(len(names) + 1):
        longer = [*names[:place], newcomer, *names[place:]]
        after = np.delete(luck.uniform(stream, quarter, entity_keys(longer)), place, axis=0)
        assert bits(before) == bits(after)


def longer(scenario: Scenario) -> Scenario:
    """The minimal scenario with a person, an initiative and a whole account more, each put first in its list."""
    data = canonical(scenario)
    orvik, kestrel = data["accounts"]
    person = {**orvik["people"][0], "id": "newcomer", "power": 0.2}
    initiative = {**orvik["initiatives"][0], "id": "another", "owner": "newcomer"}
    account = {**kestrel, "id": "third", "people": [{**kestrel["people"][0], "id": "somebody"}]}
    orvik["people"].insert(0, person)
    orvik["initiatives"].insert(0, initiative)
    data["accounts"].insert(0, account)
    return scenario_from_canonical(data)


def test_a_scenario_with_more_rows_keeps_everybody_elses_luck() -> None:
    """A person, an initiative and an account more: each of the others leaves, turns and is drawn for as before."""
    small, large = start(minimal(), range(200)), start(longer(minimal()), range(200))
    for names in ("people", "initiatives", "requests", "accounts"):
        before, after = getattr(small.params, names), getattr(large.params, names)
        assert set(before) < set(after) or names == "requests"
    people = [large.params.people.index(name) for name in small.params.people]
    initiatives = [large.params.initiatives.index(name) for name in small.params.initiatives]
    for _ in range(12):
        assert np.array_equal(small.world.people.holder, large.world.people.holder[people])
        assert np.array_equal(small.world.people.measure, large.world.people.measure[people])
        assert np.array_equal(small.world.initiatives.state, large.world.initiatives.state[initiatives])
        small.close()
        large.close()


def test_a_longer_game_keeps_the_luck_of_a_shorter_one() -> None:
    """Quarters after the end of one game do not shift its draws in a longer one."""
    short, long = minimal(), override(minimal(), {"length.longest": 20})
    one, other = start(short, range(20)), start(long, range(20))
    for _ in range(11):
        one.close()
        other.close()
    assert bits(one.world.market.share) == bits(other.world.market.share)
    assert bits(one.world.people.holder) == bits(other.world.people.holder)


SEEDS_MANY = range(4096)
KEYS = entity_keys(f"entity_{row}" for row in range(16))


def draws(stream: str, quarter: int) -> np.ndarray:
    return Luck(SEEDS_MANY).uniform(stream, quarter, KEYS)


@pytest.mark.parametrize("stream", STREAMS)
def test_draws_are_even(stream: str) -> None:
    """Mean, spread and every tenth of the unit interval are what 65,536 even draws give, within five deviations."""
    drawn = draws(stream, 3)
    count = drawn.size
    assert abs(drawn.mean() - 0.5) < 5 * (1 / 12 / count) ** 0.5
    assert abs(drawn.var() - 1 / 12) < 5 * (1 / 180 / count) ** 0.5
    tenths = np.bincount((drawn * 10).astype(int).ravel(), minlength=10) / count
    assert np.abs(tenths - 0.1).max() < 5 * (0.09 / count) ** 0.5
    noise = Luck(SEEDS_MANY).triangular(stream, 3, KEYS)
    assert abs(noise.mean()) < 5 * (1 / 6 / count) ** 0.5
    assert abs(noise.var() - 1 / 6) < 5 * (7 / 180 / count) ** 0.5


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def test_draws_are_unrelated() -> None:
    """Neighbouring seeds, entities, quarters and streams tell nothing about each other."""
    drawn = draws("incident", 5)
    bound = 5 / drawn.size**0.5
    assert abs(correlation(drawn[:, :-1], drawn[:, 1:])) < bound * 1.01
    assert abs(correlation(drawn[:-1], drawn[1:])) < bound * 1.05
    for quarter in (4, 6, 7):
        assert abs(correlation(drawn, draws("incident", quarter))) < bound
    for stream in STREAMS:
        if stream != "incident":
            assert abs(correlation(drawn, draws(stream, 5))) < bound
    big = Luck([seed << 32 for seed in SEEDS_MANY]).uniform("incident", 5, KEYS)
    assert abs(big.mean() - 0.5) < 5 * (1 / 12 / big.size) ** 0.5
    for moved in (KEYS ^ np.uint64(1), KEYS ^ np.uint64(2)):
        assert abs(correlation(drawn, Luck(SEEDS_MANY).uniform("incident", 5, moved))) < bound


def test_neutral_luck_is_the_middle_and_only_where_asked() -> None:
    """`neutral` gives 0.5 to what is decided by chance and 0 to noise, in its streams and lanes; the rest stays."""
    luck = Luck(range(6))
    flags = np.array([True, False, True, False, False, False])
    settled = luck.neutral(["demand", "door"], flags)
    for stream in STREAMS:
        before, after = luck.uniform(stream, 2, KEYS), settled.uniform(stream, 2, KEYS)
        expected = np.where(flags & (stream in ("demand", "door")), 0.5, before)
        assert np.array_equal(after, expected)
        noise = settled.triangular(stream, 2, KEYS)
        assert np.array_equal(
            noise, np.where(flags & (stream in ("demand", "door")), 0.0, luck.triangular(stream, 2, KEYS))
        )
    assert (settled.pairs("door", 2, KEYS[:2, 0], np.array([0, 1]))[0]) == 0.5
    assert settled.pairs("door", 2, KEYS[:2, 0], np.array([0, 1]))[1] == luck.uniform("door", 2, KEYS)[1, 1]
    more = settled.neutral(["door"], ~flags)
    assert (more.uniform("door", 1, KEYS) == 0.5).all()
    assert np.array_equal(more.take(np.array([2])).uniform("demand", 1, KEYS), np.full((16, 1), 0.5))
    assert luck.uniform("door", 1, KEYS).tobytes() == Luck(range(6)).uniform("door", 1, KEYS).tobytes()


@pytest.mark.parametrize("lanes", [1, 7, 100])
def test_luck_foreseen_or_kept_is_the_same_luck(lanes: int) -> None:
    """However often it is asked for and whether it was drawn ahead, settled streams and some lanes alone included."""
    some = np.arange(lanes) % 2 == 0
    plain, ahead = (Luck(range(lanes)).neutral(["attack"], some) for _ in range(2))
    keys, other = entity_keys(["a", "b", "c"]), entity_keys(["d"])
    wanted = [("attack", 3, keys), ("turnover", 3, keys), ("turnover", 4, other), ("force", 0, entity_keys([]))]
    ahead.foresee(wanted)
    ahead.foresee(wanted)
    for again in (False, True, True, False, False):
        for stream, quarter, rows in wanted:
            drawn = ahead.uniform(stream, quarter, rows, again=again)
            assert bits(drawn) == bits(plain.uniform(stream, quarter, rows))
            few = np.flatnonzero(some)
            assert bits(ahead.uniform(stream, quarter, rows, few)) == bits(plain.uniform(stream, quarter, rows, few))


def test_an_unknown_stream_is_refused() -> None:
    """A mistyped stream is an error, not new luck."""
    with pytest.raises(ValueError, match="no stream"):
        Luck([1]).uniform("weather", 1, KEYS)
    with pytest.raises(ValueError, match="no stream"):
        Luck([1]).neutral(["weather"])


def test_keys_are_names_only() -> None:
    """The address of a row is its name: the order of a scenario does not matter."""
    data = canonical(minimal())
    data["accounts"].reverse()
    turned = compile_params(scenario_from_canonical(data))
    params = compile_params(minimal())
    for names, keys in (("accounts", "account_keys"), ("people", "person_keys"), ("facts", "fact_keys")):
        there = {
            getattr(name, "name", name): int(key)
            for name, key in zip(getattr(turned, names), getattr(turned, keys)[:, 0], strict=True)
        }
        for name, key in zip(getattr(params, names), getattr(params, keys)[:, 0], strict=True):
            assert there[getattr(name, "name", name)] == int(key)
