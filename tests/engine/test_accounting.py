"""The books close, shares are shares, and nobody sells or works more than there is (economics H1)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine import support
from kamsim.engine.joint import governance
from kamsim.engine.ledger import Ledger
from kamsim.engine.levers import KEPT
from kamsim.engine.market import attraction, trade
from kamsim.engine.quarter import gather
from tests.engine.worlds import SCENARIOS, Array, Game, cents, start

SEEDS = st.lists(st.integers(0, 2**64 - 1), min_size=2, max_size=3)


def check_books(game: Game, ledger: Ledger, people: Array) -> None:
    """Every line is whole cents; every sum that a reader could make by hand is the one that is shown. ``people``:
    specialists on each account in that quarter, who are paid by it and are no part of the team's hours."""
    params = game.params
    money = {name: cents(lines) for name, lines in zip(ledger.names, ledger.money, strict=True)}
    account = {name: cents(lines) for name, lines in zip(ledger.names, ledger.accounts, strict=True)}
    for name, lines in money.items():
        assert (lines >= 0).all() if name == "list_sales" else (lines <= 0).all(), name
        for row, cells in enumerate(params.account_cells):
            assert np.array_equal(account[name][row], sum(lines[cell] for cell in cells))
    sales = account["list_sales"] + account["on_invoice"] + account["off_invoice"]
    margin = sales + account["variable_cost"]
    serving = sum(account[name] for name in params.activities)
    contribution = margin + serving + account["team"] + account["projects"] + account["credits"] + account["capital"]
    assert np.array_equal(sales, cents(ledger.sales))
    assert np.array_equal(margin, cents(ledger.margin))
    assert np.array_equal(serving, cents(ledger.cost_to_serve))
    assert np.array_equal(contribution, cents(ledger.contribution))
    unused = cents(ledger.unused)
    paid_for = {name: int(params.activity_capacity[row, 0]) for row, name in enumerate(params.activities)}
    paid_for["team"] = int(params.hourly_cost * params.hours)
    used = {name: -account[name].sum(axis=0) for name in paid_for}
    used["team"] = used["team"] - cents(params.specialist_cost * people).sum(axis=0)
    idle = sum(np.minimum(0, used[name] - capacity) for name, capacity in paid_for.items())
    assert np.array_equal(unused, idle), "unused capacity is what is paid for and not used, pool by pool"
    assert np.array_equal(cents(ledger.company), contribution.sum(axis=0) + unused - int(params.programme_cost))


def check_limits(game: Game, ledger: Ledger) -> None:
    """Nothing is sold beyond capacity."""
    for line, cells in enumerate(game.params.line_cells):
        free = max(0.0, float(game.params.capacity[line, 0] - game.params.other_load[line, 0]))
        assert (ledger.volume[list(cells)].sum(axis=0) <= free * (1 + 1e-12)).all()
    assert ((ledger.share >= 0) & (ledger.share <= 1)).all()


def hours_there_are(game: Game) -> Array:
    """(L,) Hours charged to accounts and hours left, before anything is done in a quarter: those of the team; what stands
    promised beyond them is owed."""
    world, params = game.world, game.params
    hours = world.team.hours + (support.hours(world, params) if params.own.moving else 0.0)
    there = world.work.spent.sum(axis=0) + world.work.left
    assert np.array_equal(there, np.broadcast_to(hours, there.shape))
    if not params.own.parts:
        assert (there == params.hours).all()
    return there


def check_hours(game: Game, there: Array) -> None:
    """Hours charged to accounts and hours left are those that there were; less what was spent on our own side. Hours are
    owed only where what stands promised takes more than there are."""
    work = game.world.work
    used = work.spent.sum(axis=0) + work.left
    standing = game.params.rhythm_hours[work.rhythm] + governance(game.params, game.world.joint.phase)
    for lever in KEPT:
        if lever.hours:
            standing = standing + game.world.levers.level[lever.name]
    assert bool(((work.left >= 0) | (standing.sum(axis=0) > there)).all())
    assert bool((used == there).all()) if not game.params.own.parts else bool((used <= there).all())


def check_shares(game: Game) -> None:
    """Ours, the rivals' and the outside option's targets are 1 together."""
    now = gather(game.world, game.params, game.luck)
    own, rivals = attraction(game.params, game.world.truth, now)
    everything = np.exp(own) + 1.0
    for rival in rivals:
        everything = everything + np.exp(rival)
    ours, outside = np.exp(own) / everything, 1.0 / everything
    assert np.allclose(ours + outside + sum(np.exp(rival) / everything for rival in rivals), 1.0, atol=1e-12)
    target = trade(game.params, game.world.truth, now).target
    promised = np.broadcast_to(now.committed, target.shape)
    assert np.allclose(target, np.maximum(ours, promised), rtol=1e-12)


def check_floor(game: Game) -> None:
    """No pocket price stands below its floor, unless it stood there on the first day."""
    market, params = game.world.market, game.params
    kept = (1.0 - market.discount) * (1.0 - market.rebate)
    first = (1.0 - params.start_discount) * (1.0 - params.start_rebate)
    assert (kept >= np.minimum(params.floor, first) - 1e-9).all()
    assert np.allclose(market.price, np.log(kept / first), atol=1e-12)


@pytest.mark.parametrize("name", SCENARIOS)
@settings(max_examples=4, deadline=None)
@given(seeds=SEEDS)
def test_books_close_under_any_legal_play(name: str, seeds: list[int]) -> None:
    """Whatever is legal, every account closes from list price to account profit to the cent, accounts, unused capacity
    and programme are the company's result, and hours, capacity, floors and shares are kept."""
    game = start(SCENARIOS[name](), seeds)
    for _ in range(6):
        there = hours_there_are(game)
        game.play("random_legal")
        check_hours(game, there)
        check_floor(game)
        check_shares(game)
        people = game.world.levers.level["people"].copy()
        ledger = game.close()
        check_books(game, ledger, people)
        check_limits(game, ledger)


@pytest.mark.parametrize("policy", ["do_nothing", "discounter", "typical", "value_seller"])
def test_books_close_under_shipped_policies(policy: str) -> None:
    """The same for the shipped bots, over a whole long game."""
    game = start(SCENARIOS["halden"](), range(1, 9))
    for _ in range(game.params.longest):
        there = hours_there_are(game)
        game.play(policy)
        check_hours(game, there)
        check_floor(game)
        people = game.world.levers.level["people"].copy()
        ledger = game.close()
        check_books(game, ledger, people)
        check_limits(game, ledger)


def test_a_pending_offer_never_lands_below_the_floor() -> None:
    """An offer within the floor, then a rebate within the floor: together they may not sign below it."""
    game = start(SCENARIOS["halden"](), range(1, 5), policy="do_nothing", quarters=2)
    game.world.relations.trust[...] = 1.0
    game.world.relations.fit[...] = 1.0
    for account in game.params.accounts:
        option = next(o for o in game.seat.legal("offer_terms").options if o.args["account"] == account)
        top = float(option.ranges["change"][1].min())
        game.do("offer_terms", account=account, change=top, commitment=0.0, length=4, days=90, pooled="no")
    for option in game.seat.legal("set_rebate").options:
        game.do("set_rebate", **option.args, rebate=option.ranges["rebate"][1])
    signed = game.copy()
    signed.close()
    assert (signed.world.dealings.answer == 1).any(), "this test needs an accepted offer"
    check_floor(signed)
