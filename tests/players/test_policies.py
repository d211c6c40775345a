"""The shipped bots do what they say they do, by what a person may see and do."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from kamsim.players.policies import POLICIES
from kamsim.players.sellers import cut_prices, rhythms_by
from kamsim.players.simulate import override, simulate
from kamsim.scenario.vocabulary import Bot
from tests.engine.worlds import Game, differences, halden, minimal, start


@pytest.mark.parametrize("policy", POLICIES)
def test_policies_keep_no_memory(policy: str) -> None:
    """A policy object can be used for one game after another: nothing of the first is left in the second."""
    player = POLICIES[policy]()
    first, second = start(minimal(), (1, 2)), start(minimal(), (1, 2))
    for game in (first, second):
        for _ in range(6):
            player.play(game.seat)
            game.close()
    assert differences(first.world, second.world) == []
    assert player.name == policy


def test_do_nothing_does_nothing() -> None:
    """Not a bit of the world changes."""
    game = start(halden(), (1, 2), policy="typical", quarters=3)
    before = game.copy()
    game.play("do_nothing")
    assert differences(before.world, game.world) == []


def test_the_discounter_gives_eight_points_where_it_may() -> None:
    """8% off every price on the first day, in every region from its own price, as far as authority and floor allow."""
    game = start(halden(), (1,))
    first = game.world.market.discount.copy()
    game.play("discounter")
    given = game.world.market.discount - first
    params = game.params
    for row in range(len(params.cells)):
        room = 1 - params.floor[row, 0] / (1 - params.start_rebate[row, 0]) - first[row, 0]
        assert given[row, 0] == pytest.approx(min(0.08, room), abs=0.0051)
        assert 0 <= given[row, 0] <= 0.0851


def test_the_discounter_says_yes_as_far_as_its_authority_goes() -> None:
    """With room for it every request is granted; without, it can only decline."""
    for authority, status in ((0.2, 2), (0.1, 4)):
        game = start(override(minimal(), {"authority.discount": authority}), (1, 2), policy="discounter", quarters=4)
        assert (game.world.dealings.request == status).all()


def answered(game: Game) -> None:
    assert not (game.world.dealings.request == 1).any()


@pytest.mark.parametrize("policy", ["steady", "discounter", "typical", "value_seller"])
def test_nobody_is_left_without_an_answer(policy: str) -> None:
    """These bots answer every request and put every incident right in its quarter."""
    game = start(halden(), range(30))
    for _ in range(12):
        game.play(policy)
        answered(game)
        open_ = game.world.dealings.incident > 0
        assert (game.world.dealings.recovery[open_] > 0).mean() > 0.98 if open_.any() else True
        game.close()
    assert not (game.world.dealings.request == 5).any()


def test_steady_holds_par_coverage() -> None:
    """Normal rhythm everywhere, no price moved."""
    game = start(halden(), (1,), policy="steady", quarters=3)
    assert (game.world.work.rhythm == 1).all()
    assert np.array_equal(
        game.world.market.discount, np.broadcast_to(game.params.start_discount, game.world.market.discount.shape)
    )


def test_cut_prices_never_raises_one() -> None:
    """Where the price is already lower than asked for, it stays."""
    game = start(halden(), (1, 2))
    cut_prices(game.seat, 0.08)
    before = game.world.market.discount.copy()
    cut_prices(game.seat, 0.03)
    assert np.array_equal(before, game.world.market.discount)


def test_rhythms_follow_the_order_lane_by_lane() -> None:
    """Each lane gives its closest rhythm to its own first account."""
    game = start(halden(), (1, 2, 3))
    order = np.array([[5.0, 1.0, 3.0], [4.0, 2.0, 3.0], [3.0, 3.0, 3.0], [2.0, 4.0, 3.0], [1.0, 5.0, 3.0]])
    rhythms_by(game.seat, order, ("close", "normal", "normal", "light", "light"))
    assert game.world.work.rhythm.T.tolist() == [[2, 1, 1, 0, 0], [0, 0, 1, 1, 2], [2, 1, 1, 0, 0]]


@pytest.mark.parametrize("policy", POLICIES)
def test_policies_manage_with_small_scenarios(policy: str) -> None:
    """One account, no initiatives and hardly any hours: nobody stumbles."""
    bare = {
        f"accounts.{name}.{kind}": []
        for name in ("orvik", "kestrel")
        for kind in ("initiatives", "requests", "tenders")
    }
    for changes in (bare, {"time.quarter": 80}, {"authority.discount": 0.0, "authority.rebate": 0.0}, {"unlocks": []}):
        assert np.isfinite(simulate(override(minimal(), changes), policy, 4, 6).value).all()
    alone = minimal().model_copy(update={"accounts": minimal().accounts[1:], "news": ()})
    assert np.isfinite(simulate(alone, policy, 4, 6).value).all()


def test_authors_may_expect_something_of_every_bot() -> None:
    """The names that a scenario's `expect` takes are those of the policies, in one order."""
    assert get_args(Bot) == tuple(POLICIES)
