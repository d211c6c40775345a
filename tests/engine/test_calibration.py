"""The model means what docs/economics.md says: elasticity, break-even (H3), and a world that rests when nothing happens (H4)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine import market
from kamsim.engine.ledger import post
from kamsim.engine.luck import STREAMS
from kamsim.engine.market import trade
from kamsim.engine.quarter import gather
from tests.engine.worlds import SCENARIOS, Array, Game, calm, spread, start, still

NEUTRAL = [stream for stream in STREAMS if stream != "policy"]


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("trust", [0.0, 0.45, 1.0])
def test_own_elasticity_is_beta_times_what_is_not_ours(name: str, trust: float) -> None:
    """With reference price and inertia off, d ln share / d ln price is -beta (1 - share) within 1%, where beta is the
    customer's own, times 1.25 - 0.5 trust."""
    game = still(calm(name))
    game.world.relations.trust[...] = trust
    now = spread(gather(game.world, game.params, game.luck), 3)
    step = 1e-4
    prices = np.broadcast_to(np.array([-step, 0.0, step]), (now.price.shape[0], 3)).copy()
    done = trade(game.params, game.world.truth, replace(now, price=prices, reference=prices))
    share = done.target[:, 1]
    slope = (np.log(done.target[:, 2]) - np.log(done.target[:, 0])) / (2 * step)
    beta = game.world.truth.price_sensitivity[:, 0] * (1.25 - 0.5 * trust)
    assert np.allclose(slope, -beta * (1.0 - share), rtol=0.01)


def bare_market(game: Game, beta: Array, discount: float, days: float = 0.0) -> tuple[Array, Array]:
    """Pocket margin and volume at today's price and with ``discount`` off it, with what blurs a break-even left out."""
    now = spread(gather(game.world, game.params, game.luck), 2)
    params, truth = game.params, game.world.truth
    off = np.array([0.0, discount])
    prices = np.broadcast_to(np.log1p(-off), (len(params.cells), 2)).copy()
    given = 1.0 - (1.0 - now.discount) * (1.0 - off)
    now = replace(
        now,
        price=prices,
        reference=prices,
        discount=given,
        sensitivity=np.broadcast_to(beta[:, None], prices.shape),
        pace=np.ones_like(now.pace),
        days=np.full_like(now.days, days),
        wallet=now.wallet * 1e6,  # so that rounding to cents does not blur the point
    )
    roomy = replace(params, capacity=np.full_like(params.capacity, 1e18))
    ledger = post(roomy, truth, 1, now, trade(roomy, truth, now), game.world.relations.trust)
    sales = ledger.money[0] + ledger.money[1] + ledger.money[2]
    return sales + ledger.money[3], ledger.volume


@settings(max_examples=15, deadline=None)
@given(discount=st.floats(0.01, 0.12), cell=st.integers(0, 13))
def test_break_even_formula_and_engine_agree(discount: float, cell: int) -> None:
    """The customer's price sensitivity at which a cut of d neither gains nor loses margin lets volume grow by exactly
    d / (CM - d); a more sensitive customer repays it and a calmer one does not."""
    unsteady = market.CATEGORY_ELASTICITY
    market.CATEGORY_ELASTICITY = 0.0  # type: ignore[misc]
    try:
        game = still(calm("halden"))
        truth, params = game.world.truth, game.params
        assert len(params.cells) >= 14
        kept = (1.0 - params.start_discount) * (1.0 - params.start_rebate) * params.list_price
        margin = float(((kept - truth.unit_cost) / kept)[cell, 0])
        if margin - discount < 0.05:
            return
        low, high = 0.0, 400.0
        for _ in range(60):
            beta = (low + high) / 2
            money, _ = bare_market(game, np.full(len(params.cells), beta), discount)
            low, high = (low, beta) if money[cell, 1] > money[cell, 0] else (beta, high)
        if high > 399.0:
            return  # the share cannot grow that far: no sensitivity repays it
        money, volume = bare_market(game, np.full(len(params.cells), beta), discount)
        growth = volume[cell, 1] / volume[cell, 0] - 1.0
        assert growth == pytest.approx(discount / (margin - discount), rel=1e-5)
        keener, _ = bare_market(game, np.full(len(params.cells), beta * 1.05), discount)
        calmer, _ = bare_market(game, np.full(len(params.cells), beta * 0.95), discount)
        assert keener[cell, 1] > keener[cell, 0]
        assert calmer[cell, 1] < calmer[cell, 0]
    finally:
        market.CATEGORY_ELASTICITY = unsteady  # type: ignore[misc]


@pytest.mark.parametrize(("margin", "growth"), [(0.35, 0.167), (0.25, 0.25), (0.60, 0.091)])
def test_five_points_off_need_what_the_table_says(margin: float, growth: float) -> None:
    """Economics A: 5% off needs 16.7% more volume at a margin of 35%, 25% at 25%, 9.1% at 60%, in the engine's books."""
    from kamsim.players.simulate import override

    scenario = override(
        calm("minimal"),
        {
            "lines.bearings.list_price": 1000.0,
            "lines.bearings.unit_cost": 1000.0 * (1.0 - margin),
            "accounts.orvik.business.0.discount": 0.0,
            "accounts.orvik.business.0.rebate": 0.0,
        },
    )
    game = still(scenario)
    params, truth = game.params, game.world.truth
    now = gather(game.world, params, game.luck)
    done = trade(params, truth, now)
    needed = 0.05 / (margin - 0.05)
    assert needed == pytest.approx(growth, abs=0.0005)
    volumes = np.repeat(done.volume, 2, axis=1) * np.array([1.0, 1.0 + needed])
    before = post(params, truth, 1, now, replace(done, volume=volumes[:, :1]), game.world.relations.trust)
    cheaper = replace(now, discount=1.0 - (1.0 - now.discount) * 0.95)
    after = post(params, truth, 1, cheaper, replace(done, volume=volumes[:, 1:]), game.world.relations.trust)
    at = [before.names.index(name) for name in ("list_sales", "on_invoice", "off_invoice", "variable_cost")]
    assert sum(after.money[at, 0, 0]) == pytest.approx(sum(before.money[at, 0, 0]), abs=3)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_world_without_events_rests_for_twenty_quarters(name: str) -> None:
    """Flat economy, no growth, incidents, attacks, turnover or initiatives, neutral luck and `steady` at par coverage:
    shares, trust, fit, service, ties and expected prices stay where they were, so nothing drifts by itself."""
    game = start(calm(name), [1, 2], NEUTRAL)
    before = {
        "share": game.world.market.share.copy(),
        "trust": game.world.relations.trust.copy(),
        "fit": game.world.relations.fit.copy(),
        "service": game.world.relations.service.copy(),
        "tie": game.world.people.tie.copy(),
    }
    profits = []
    for _ in range(20):
        game.play("steady")
        profits.append(game.close().contribution)
        after = {
            "share": game.world.market.share,
            "trust": game.world.relations.trust,
            "fit": game.world.relations.fit,
            "service": game.world.relations.service,
            "tie": game.world.people.tie,
        }
        for what, values in after.items():
            assert np.allclose(values, before[what], rtol=0.01), what
            assert np.allclose(values, before[what], rtol=1e-9), f"{what} drifts"
        assert not game.world.market.rival_price.any()
        assert not game.world.market.reference.any()
    assert np.allclose(profits, profits[0], atol=len(game.params.cells) * 20)


@pytest.mark.parametrize("name", SCENARIOS)
def test_demand_noise_alone_moves_no_share_for_good(name: str) -> None:
    """With real luck in demand only, shares stay within 1% of where they began: chance has no side."""
    game = start(calm(name), range(32), [stream for stream in NEUTRAL if stream != "demand"])
    before = game.world.market.share.copy()
    for _ in range(20):
        game.play("steady")
        game.close()
        assert np.allclose(game.world.market.share, before, rtol=0.01)
