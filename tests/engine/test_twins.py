"""Twins: one seed under two policies meets the same luck (economics H6), and play can be repeated to the bit."""

from __future__ import annotations

import numpy as np
import pytest

from kamsim.engine.luck import STREAMS
from kamsim.engine.market import Conditions
from kamsim.engine.quarter import gather
from kamsim.engine.world import World
from kamsim.players.policies import POLICIES
from tests.engine.test_lanes import ALONE, NEIGHBOURS
from tests.engine.worlds import SCENARIOS, differences, furnished, halden, start

OTHERS = [name for name in POLICIES if name != "do_nothing"]
LUCK = range(1, 41)


@pytest.fixture(scope="module")
def untouched() -> list[tuple[World, Conditions]]:
    """Twelve quarters of Halden in which nobody does anything: each as it is before its close, and what its trade
    depends on."""
    game = start(halden(), LUCK)
    seen = []
    for _ in range(12):
        seen.append((game.world.copy(), gather(game.world, game.params, game.luck).copy()))
        game.close()
    return seen


@pytest.mark.parametrize("policy", OTHERS)
def test_what_is_not_touched_is_the_same_under_two_policies(
    policy: str, untouched: list[tuple[World, Conditions]]
) -> None:
    """Who leaves and when, what a successor is judged on, how initiatives go until our work has touched them, the
    economy, and every draw of luck: none of it depends on how the other customers are treated."""
    right = start(halden(), LUCK)
    params = right.params
    touched = np.zeros((len(params.initiatives), right.world.lanes), dtype=bool)
    for one, here in untouched:
        other = right.world
        assert np.array_equal(one.people.holder, other.people.holder)
        assert np.array_equal(one.people.measure, other.people.measure)
        same = one.initiatives.state == other.initiatives.state
        assert (same | touched).all()
        before = other.initiatives.state.copy()
        right.play(policy)
        touched |= (other.initiatives.help > 0) | (other.initiatives.backed_until > 0)
        touched |= other.initiatives.state != before
        there = gather(other, params, right.luck)
        for name in ("wallet", "noise", "tender_units", "unit_cost"):
            assert np.array_equal(getattr(here, name), getattr(there, name)), name
        right.close()
    if policy not in ("random_legal", "steady", "decliner", "discounter", "typical", "transactional"):
        assert touched.any(), "this policy should have helped something"
    else:
        assert policy == "random_legal" or not touched.any(), "it talks to no owner of anything"


def test_draws_do_not_depend_on_what_was_asked_before() -> None:
    """Initiative and turnover draws of a twin are the same after a year of moves, because luck has no state."""
    busy, idle = start(halden(), range(9)), start(halden(), range(9))
    for _ in range(4):
        busy.play("random_legal")
        busy.close()
    for stream, keys in (
        ("initiative", busy.params.initiative_keys),
        ("turnover", busy.params.person_keys),
        ("attack", busy.params.account_keys),
    ):
        for quarter in range(1, 21):
            drawn = busy.luck.uniform(stream, quarter, keys)
            assert drawn.tobytes() == idle.luck.uniform(stream, quarter, keys).tobytes()


@pytest.mark.parametrize("policy", [policy for policy in POLICIES if policy not in ALONE])
@pytest.mark.parametrize("name", [name for name in SCENARIOS if name != NEIGHBOURS])
def test_same_seed_and_policy_give_the_same_bits(name: str, policy: str) -> None:
    """A repeated game is equal in every array of its world and books, quarter after quarter. For the others test_lanes
    shows more: that one run is another to the bit even where its neighbours differ."""
    seeds = (1, 2**63 + 5, 77)
    left, right = start(SCENARIOS[name](), seeds), start(SCENARIOS[name](), seeds)
    for _ in range(8):
        left.play(policy)
        right.play(policy)
        left.close()
        right.close()
        assert differences(left.world, right.world) == []


def test_different_seeds_are_different_games() -> None:
    """Lanes differ by their luck, not only by name."""
    game = start(halden(), range(50), policy="do_nothing", quarters=6)
    assert np.unique(game.world.ledger.company).size == 50  # type: ignore[union-attr]


def test_neutral_luck_makes_all_lanes_equal() -> None:
    """With every stream at its middle nothing is left of the seed, where nothing of the calendar is drawn."""
    game = start(furnished(), range(5), STREAMS, policy="value_seller", quarters=6)
    company = game.world.ledger.company  # type: ignore[union-attr]
    assert (company == company[0]).all()


def test_an_undone_move_leaves_no_trace() -> None:
    """A copy taken before a quarter's moves, played again, is the quarter as it was: undo is exact."""
    game = start(halden(), (4, 5), policy="typical", quarters=3)
    kept = game.copy()
    assert differences(kept.world, game.world) == []
    tried = game.copy()
    tried.play("random_legal")
    tried.close()
    assert differences(kept.world, game.world) == [], "playing a copy changed the original"
    game.play("value_seller")
    kept.play("value_seller")
    game.close()
    kept.close()
    assert differences(kept.world, game.world) == []


def test_a_checkpoint_brings_the_state_back() -> None:
    """What `plain` writes, `restore` reads to the bit, also by way of JSON."""
    import json

    from kamsim.engine.world import first_day

    game = start(halden(), (11,), policy="random_legal", quarters=5)
    other = first_day(halden(), game.params, 1)
    other.restore(json.loads(json.dumps(game.world.plain())))
    names = [name for name in differences(game.world, other) if not name.startswith("ledger.")]
    assert names == []
