"""What must never go the wrong way within one quarter, all else equal (economics H2)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine.initiatives import EXECUTING
from kamsim.engine.market import trade
from kamsim.engine.moves import Refusal, Result
from kamsim.engine.quarter import gather
from tests.engine.worlds import SCENARIOS, Array, Game, spread, start, still

UNIT = st.floats(0.0, 1.0)
LOG_PRICE = st.floats(-0.8, 0.8)


@pytest.mark.parametrize("name", SCENARIOS)
@settings(max_examples=25, deadline=None)
@given(prices=st.lists(LOG_PRICE, min_size=2, max_size=6), reference=LOG_PRICE, trust=UNIT, quarter=st.integers(1, 6))
def test_a_lower_own_price_never_lowers_the_target_share(
    name: str, prices: list[float], reference: float, trust: float, quarter: int
) -> None:
    """In every cell, whatever is expected and however far the price moves, cheaper never sells a smaller share."""
    game = still(SCENARIOS[name]())
    game.world.quarter = quarter
    game.world.relations.trust[...] = trust
    lanes = np.array(sorted(prices))
    now = spread(gather(game.world, game.params, game.luck), len(lanes))
    changed = replace(now, price=np.broadcast_to(lanes, now.price.shape), reference=np.full_like(now.price, reference))
    done = trade(game.params, game.world.truth, changed)
    assert (np.diff(done.target, axis=-1) <= 1e-15).all()
    assert (np.diff(done.share, axis=-1) <= 1e-15).all()


@settings(max_examples=25, deadline=None)
@given(trusts=st.lists(UNIT, min_size=2, max_size=6))
def test_trust_never_raises_price_sensitivity(trusts: list[float]) -> None:
    """Who trusts us more looks at the price no harder (economics B3), tenders and initiatives included."""
    for quarter in (1, 5, 9):
        game = start(SCENARIOS["halden"](), [7] * len(trusts), policy="do_nothing", quarters=quarter - 1)
        game.world.relations.trust[...] = np.array(sorted(trusts))
        sensitivity = gather(game.world, game.params, game.luck).sensitivity
        assert (np.diff(sensitivity, axis=-1) <= 1e-15).all()
        assert (sensitivity > 0).all()


@settings(max_examples=25, deadline=None)
@given(trust=UNIT, severity=UNIT, recoveries=st.lists(UNIT, min_size=2, max_size=8), quarter=st.integers(0, 2))
def test_more_recovery_never_lowers_trust(trust: float, severity: float, recoveries: list[float], quarter: int) -> None:
    """Putting an incident right to a larger part never leaves the customer trusting us less, nor more unsettled."""
    game = start(SCENARIOS["minimal"](), [3] * len(recoveries), policy="do_nothing", quarters=quarter)
    world = game.world
    world.relations.trust[...] = trust
    world.dealings.incident[...] = 1
    world.dealings.severity[...] = severity
    world.dealings.recovery[...] = np.array(sorted(recoveries))
    game.close()
    assert (np.diff(world.relations.trust, axis=-1) >= 0).all()
    assert (np.diff(world.relations.reconsider.astype(int), axis=-1) <= 0).all()


@pytest.mark.parametrize("redress", ["none", "credit"])
def test_more_effort_and_redress_put_more_right(redress: str) -> None:
    """More hours on an incident recover more, and money for the damage never recovers less."""
    game = start(SCENARIOS["minimal"]())
    game.world.dealings.incident[...] = 1
    game.world.dealings.severity[...] = 0.5
    recovered = []
    for effort in (10, 20, 30, 40):
        one = game.copy()
        assert one.do("handle_incident", account="orvik", effort=effort, redress=redress).done.all()
        recovered.append(float(one.world.dealings.recovery[0, 0]))
    assert recovered == sorted(recovered)
    assert all(0.0 < value <= 1.0 for value in recovered)
    if redress == "credit":
        assert recovered[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("name", SCENARIOS)
@settings(max_examples=15, deadline=None)
@given(days=st.lists(st.integers(0, 180), min_size=2, max_size=8), seed=st.integers(0, 2**32), played=st.integers(0, 3))
def test_longer_payment_never_raises_profit(name: str, days: list[int], seed: int, played: int) -> None:
    """A customer that pays later costs capital and nothing else."""
    game = start(SCENARIOS[name](), [seed] * len(days), policy="discounter", quarters=played)
    game.world.dealings.days[...] = np.array(sorted(days), dtype=float)
    ledger = game.close()
    assert (np.diff(ledger.contribution, axis=-1) <= 0).all()
    assert (np.diff(ledger.company, axis=-1) <= 0).all()
    assert (np.diff(ledger.sales, axis=-1) == 0).all()


def doors(game: Game, age: int | None, *, true: bool = True, approach: str = "insight") -> Array:
    """In which lanes the minimal scenario's executive opens her door, to an insight on her initiative of some age."""
    one = game.copy()
    world, params = one.world, one.params
    assert params.initiatives[0] == "quiet_ships"
    if age is not None:
        world.knowledge.insight_built[0] = world.quarter - age
        world.knowledge.insight_state[0] = world.initiatives.state[0] if true else 2
    made = one.do("seek_executive", person="brandl", approach=approach)
    assert made.done.all()
    return made.result == Result.DOOR_OPENED


def test_fresher_facts_never_close_a_door() -> None:
    """Lane by lane, a younger insight that is still true opens every door that an older one opens; a true one every
    door that a false one opens; live insight works at the rate of economics B10, and stale insight at that of a cold call."""
    game = start(SCENARIOS["minimal"](), range(4000), policy="do_nothing", quarters=4)
    game.world.initiatives.state[...] = EXECUTING
    game.world.people.shut_until[...] = 0.0
    game.world.people.open_until[...] = 0.0
    by_age = [doors(game, age) for age in range(3)]
    for younger, older in pairwise(by_age):
        assert (younger >= older).all()
    for age in range(3):
        assert (by_age[age] >= doors(game, age, true=False)).all()
    assert by_age[0].mean() == pytest.approx(0.85, abs=0.02)
    assert by_age[1].mean() == pytest.approx(0.85, abs=0.02)
    assert by_age[2].mean() == pytest.approx(0.85, abs=0.02)
    assert doors(game, 0, true=False).mean() == pytest.approx(0.10, abs=0.02)
    built = game.world.knowledge.insight_built
    built[0] = game.world.quarter - 3
    assert (game.do("seek_executive", person="brandl", approach="insight").refused == Refusal.NO_INSIGHT).all()
    cold = doors(game, None, approach="cold")
    assert 0.08 < cold.mean() < 0.22
    assert (by_age[0] >= cold).all()


def test_more_hours_never_cover_less() -> None:
    """Coverage, and with it trust, does not fall when more hours go to an account."""
    game = start(SCENARIOS["minimal"](), [5] * 4)
    for lane, rhythm in enumerate(("light", "normal", "close")):
        where = np.arange(4) == lane
        game.do("set_rhythm", where, account="orvik", rhythm=rhythm)
    game.do("set_rhythm", np.arange(4) == 3, account="orvik", rhythm="close")
    game.do("scan", np.arange(4) == 3, account="orvik")
    game.close()
    assert (np.diff(game.world.relations.trust[0]) > 0).all()
