"""Nothing breaks at the edges (economics H10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from kamsim.engine.explain import Recorder
from kamsim.engine.initiatives import CANCELLED, COMPLETED
from kamsim.engine.moves import Refusal
from kamsim.players.simulate import override, simulate
from kamsim.scenario.models import Scenario
from tests.engine.worlds import Game, arrays, furnished, halden, minimal, start


def no_hours(game: Game) -> None:
    game.world.work.left[...] = 0.0


def nobody_left(game: Game) -> None:
    people = game.world.people
    people.tie[...] = 0.0
    people.stance[...] = -1.0
    people.holder[...] = 100
    people.shut_until[...] = 99.0
    game.world.truth = replace(game.world.truth, turnover=np.ones_like(game.world.truth.turnover))


def all_cancelled(game: Game) -> None:
    game.world.initiatives.state[...] = CANCELLED


def all_completed(game: Game) -> None:
    game.world.initiatives.state[...] = COMPLETED
    game.world.initiatives.since[...] = 0.0


def no_wallet(game: Game) -> None:
    truth = game.world.truth
    game.world.truth = replace(truth, wallet=np.zeros_like(truth.wallet))


def tiny_wallet(game: Game) -> None:
    truth = game.world.truth
    game.world.truth = replace(truth, wallet=np.full_like(truth.wallet, 1e-9))


def threefold_load(game: Game) -> None:
    truth = game.world.truth
    game.params = replace(game.params, other_load=game.params.capacity * 1.5)
    game.world.truth = replace(truth, wallet=truth.wallet * 20.0)


def plant_stands(game: Game) -> None:
    game.params = replace(game.params, other_load=game.params.capacity * 3.0)


def at_the_floor(game: Game) -> None:
    for kind, field in (("set_discount", "discount"), ("set_rebate", "rebate")):
        for option in game.seat.legal(kind).options:
            game.do(kind, **option.args, **{field: option.ranges[field][1]})


def no_trust(game: Game) -> None:
    game.world.relations.trust[...] = 0.0


def full_trust(game: Game) -> None:
    game.world.relations.trust[...] = 1.0


def given_away(game: Game) -> None:
    game.world.market.price[...] = -500.0


def priceless(game: Game) -> None:
    game.world.market.price[...] = 500.0


def rivals_give_away(game: Game) -> None:
    game.world.market.rival_price[...] = -500.0


def every_share(game: Game) -> None:
    game.world.market.share[...] = 1.0


def no_share(game: Game) -> None:
    game.world.market.share[...] = 0.0


@cache
def half_a_year(scenario: Callable[[], Scenario]) -> Game:
    """Two quarters of habitual play, to go wrong from."""
    return start(scenario(), (1, 2), policy="typical", quarters=2)


EXTREMES: list[Callable[[Game], None]] = [
    no_hours, nobody_left, all_cancelled, all_completed, no_wallet, tiny_wallet, threefold_load, plant_stands,
    at_the_floor, no_trust, full_trust, given_away, priceless, rivals_give_away, every_share, no_share,
]  # fmt: skip


def sane(game: Game) -> None:
    """Finite everywhere; shares, trust, ties, fit and service are shares of one; stances -1..1."""
    for name, values in arrays(game.world):
        assert np.isfinite(values).all(), f"{name} is not finite"
    world = game.world
    for values in (world.market.share, world.relations.trust, world.people.tie, world.relations.fit):
        assert ((values >= 0) & (values <= 1)).all()
    assert ((world.relations.service >= 0) & (world.relations.service <= 1)).all()
    assert (np.abs(world.people.stance) <= 1).all()
    assert (world.dealings.committed <= 1).all()
    assert world.ledger is not None
    assert ((world.ledger.volume >= 0) & (world.ledger.wallet >= 0)).all()
    assert ((world.ledger.delivered >= 0) & (world.ledger.delivered <= 1)).all()


@pytest.mark.parametrize("extreme", EXTREMES, ids=lambda extreme: extreme.__name__)
@pytest.mark.parametrize("scenario", [minimal, furnished, halden], ids=["minimal", "furnished", "halden"])
def test_extremes_stay_finite_and_in_bounds(scenario: Callable[[], Scenario], extreme: Callable[[Game], None]) -> None:
    """Whatever has gone as wrong as it can, play goes on with sane figures, without a numpy warning."""
    for policy in ("value_seller", "discounter", "random_legal"):
        game = half_a_year(scenario).copy()
        for _ in range(3):
            extreme(game)
            game.play(policy)
            game.close()
            sane(game)


@pytest.mark.parametrize("extreme", EXTREMES, ids=lambda extreme: extreme.__name__)
def test_extremes_are_explained_too(extreme: Callable[[Game], None]) -> None:
    """The parts sum to the change there as well."""
    game, why = start(minimal(), (1,)), Recorder()
    game.close(why)
    extreme(game)
    game.close(why)
    for entry in why.whys:
        assert sum(entry.parts.values()) == entry.change
        assert np.isfinite(entry.change)


def test_without_hours_only_free_moves_remain() -> None:
    """With no hour left every move that costs one is refused for that reason or another, and the rest still work."""
    game = start(halden(), (1,), policy="do_nothing", quarters=4)
    game.world.work.left[...] = 0.0
    seen = game.seat.seen
    for kind in ("meet", "scan", "offer_terms", "expedite", "handle_incident", "review_costs", "seek_executive"):
        assert all((option.refused != 0).all() for option in game.seat.legal(kind).options)
    assert any((option.refused == Refusal.NO_HOURS).all() for option in game.seat.legal("meet").options)
    assert any((option.refused == 0).all() for option in game.seat.legal("set_discount").options)
    assert (seen.hours_left == 0).all()


def test_a_price_cut_beyond_the_floor_is_refused() -> None:
    """No authority is large enough to sell below the floor: 90% off is refused everywhere."""
    scenario = override(halden(), {"authority.discount": 1.0, "authority.rebate": 1.0})
    game = start(scenario, (1,), policy="do_nothing", quarters=3)
    for option in game.seat.legal("set_discount").options:
        made = game.do("set_discount", **option.args, discount=0.9)
        assert (made.refused == Refusal.BELOW_FLOOR).all()


def test_a_rival_may_sell_only_some_lines() -> None:
    """A rival without a line takes no share of it, whatever it does, and everybody's shares still start at rest."""
    data = {"id": "thole", "name": "Thole", "brief": "Bearings only.", "follow": 1.0,
            "lines": [{"line": "bearings", "price": 0.98}]}  # fmt: skip
    first = minimal()
    scenario = first.model_copy(update={"rivals": (*first.rivals, type(first.rivals[0]).model_validate(data))})
    game = start(scenario, (1, 2))
    sensors = [row for row, cell in enumerate(game.params.cells) if cell[2] == "sensors"]
    alone = start(minimal(), (1, 2))
    from kamsim.engine.market import trade
    from kamsim.engine.quarter import gather

    done = trade(game.params, game.world.truth, gather(game.world, game.params, game.luck))
    before = trade(alone.params, alone.world.truth, gather(alone.world, alone.params, alone.luck))
    assert np.allclose(done.target[sensors], before.target[sensors], rtol=1e-12)
    for policy in ("discounter", "random_legal"):
        game = start(scenario, range(20), policy=policy, quarters=8)
        assert not game.world.market.rival_price[1][sensors].any()
        sane(game)


@pytest.mark.parametrize("policy", ["typical", "value_seller", "random_legal"])
def test_empty_lists_are_no_special_case(policy: str) -> None:
    """A scenario without initiatives, requests, incidents or tenders plays like any other."""
    changes: dict[str, object] = {"news": [], "macro": [], "unlocks": []}
    for account in minimal().accounts:
        for kind in ("initiatives", "requests", "incidents", "tenders", "attacks"):
            changes[f"accounts.{account.id}.{kind}"] = []
    played = simulate(override(minimal(), changes), policy, 4)
    assert np.isfinite(played.value).all()
