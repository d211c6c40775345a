"""Purchases that initiatives bring: they come on with their initiative, are awarded by what leans, and carve the wallet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from kamsim.engine import awards, opportunities
from kamsim.engine.initiatives import ACCELERATED, ANNOUNCED, CANCELLED, DELAYED, EXECUTING
from kamsim.engine.ledger import post
from kamsim.engine.luck import Luck
from kamsim.engine.market import trade
from kamsim.engine.moves import Refusal, Result, act
from kamsim.engine.opportunities import HALVED
from kamsim.engine.params import Params, compile_params
from kamsim.engine.quarter import close_quarter, first_quarter, gather
from kamsim.engine.sight import observe
from kamsim.engine.terms import COMPARISON, DECISION, LOST, NEED, NO_PURCHASE, REQUIREMENTS, UNDECIDED, WON
from kamsim.engine.world import World
from kamsim.players.policies import named_policy
from kamsim.players.seat import Seat
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from tests.engine.worlds import arrays, bits, halden, minimal, portfolio

LANES = 400


def begun(scenario: Scenario, lanes: int = LANES) -> tuple[World, Params, Luck]:
    """Worlds of the first quarter."""
    params, luck = compile_params(scenario), Luck(range(1, lanes + 1))
    return first_quarter(scenario, params, luck), params, luck


def on_the_table(world: World, params: Params, row: int = 0, **given: Any) -> None:
    """One purchase of 100 units, to be decided at this close, with nothing else open anywhere."""
    at = world.opportunities
    at.stage[...] = NO_PURCHASE
    world.initiatives.state[params.opportunity_initiative[row]] = EXECUTING
    values = {
        "stage": DECISION, "progress": 1.0, "arose": 1.0, "window": world.quarter, "decides": world.quarter,
        "units": 100.0, "runs": 4.0, "twist": 0, "bidders": 3, "tendered": 0, "bid": 0, "bid_off": 0.0, **given,
    }  # fmt: skip
    for name, value in values.items():
        getattr(at, name)[row] = value


def share_won(world: World, params: Params, luck: Luck, row: int = 0) -> float:
    """Mean part of the lots that is ours after the award."""
    awards.award(world, params, luck, gather(world, params, luck))
    bought = (world.opportunities.award[row] == 1) | (world.opportunities.award[row] == 2)
    return float(world.opportunities.award_part[row][bought].mean())


def test_what_leans_to_us_wins_more_and_a_window_left_alone_goes_to_a_rival() -> None:
    """The more speaks for us, the more of the lots are ours; without a bid next to none."""
    parts = {}
    for name, given, speaks, engaged in (
        ("alone", {}, 0.0, 0.0),
        ("bid", {"bid": 1}, 0.0, 0.0),
        ("worked on", {"bid": 1}, 0.0, 0.5),
        ("half a case", {"bid": 1}, HALVED, 0.5),
        ("a case", {"bid": 1}, 1.0, 0.5),
    ):
        world, params, luck = begun(halden())
        on_the_table(world, params, **given)
        initiative = params.opportunity_initiative[0]
        world.opportunities.speaks[initiative], world.initiatives.engagement[initiative] = speaks, engaged
        parts[name] = share_won(world, params, luck)
    assert list(parts.values()) == sorted(parts.values())
    assert parts["alone"] < 0.02
    assert parts["a case"] - parts["worked on"] > 0.15
    assert parts["a case"] - parts["half a case"] > 0.1


def test_a_bid_with_points_off_wins_more_and_earns_less_on_each_unit() -> None:
    """Money by hand: list price less our discount less the points of the bid."""
    parts = {}
    for off in (0.0, 0.10):
        world, params, luck = begun(halden())
        on_the_table(world, params, bid=1, bid_off=off)
        parts[off] = share_won(world, params, luck)
        cell = int(params.opportunity_cell[0])
        world.quarter += 1
        now = gather(world, params, luck)
        bare = replace(now, won_off=0.0 * now.won_off)
        trust = world.relations.trust
        books = [post(params, world.truth, 2, each, trade(params, world.truth, each), trust) for each in (now, bare)]
        given_off = books[1].money[1, cell] - books[0].money[1, cell]
        at = world.opportunities
        units = np.where(at.award[0] != 3, at.award_part[0] * at.award_units[0], 0.0)
        assert np.allclose(given_off, np.rint(units * off * params.list_price[cell]), atol=1.0)
    assert parts[0.10] > parts[0.0]


def test_what_is_awarded_is_carved_from_the_wallet_whoever_has_it() -> None:
    """Usual purchases shrink by what was awarded; what is ours comes on top, the rest is lost."""
    world, params, luck = begun(halden(), 3)
    cell, at = int(params.opportunity_cell[0]), world.opportunities
    plain = trade(params, world.truth, gather(world, params, luck))
    at.runs_units[0], at.runs_until[0], at.runs_part[0] = 1000.0, 9.0, np.array([0.0, 0.5, 1.0])
    made = trade(params, world.truth, gather(world, params, luck))
    share = made.share[cell]
    assert np.array_equal(share, plain.share[cell])
    assert np.allclose(made.volume[cell], plain.volume[cell] - 1000.0 * share + 1000.0 * at.runs_part[0])
    assert np.array_equal(made.wallet, plain.wallet)


def test_it_goes_on_with_its_initiative() -> None:
    """Announced ones are never decided, accelerated ones come on faster, what is cancelled ends undecided."""
    reached = {}
    for state in (ANNOUNCED, DELAYED, EXECUTING, ACCELERATED, CANCELLED):
        world, params, luck = begun(halden())
        on_the_table(world, params, stage=NEED, progress=0.0, decides=0.0, window=0.0, lead=2.5)
        initiative = params.opportunity_initiative[0]
        for _ in range(3):
            world.initiatives.state[initiative] = state
            world.quarter += 1
            opportunities.advance(world, params, luck, world.initiatives.state.copy(), 0.0 * world.initiatives.help)
        reached[state] = world.opportunities.stage[0]
    assert (reached[ANNOUNCED] <= REQUIREMENTS).all()
    assert (reached[ACCELERATED] == DECISION).all()
    assert (reached[DELAYED] < reached[EXECUTING]).all()
    assert (world.opportunities.award[0] == 3).all()


def test_a_change_of_state_halves_what_a_case_says_and_a_true_renewal_restores_it() -> None:
    """A renewal for a state that is no longer so is for nothing, and costs our word."""
    world, params, luck = begun(halden(), 4)
    row, at = int(params.opportunity_initiative[0]), world.opportunities
    account, name = params.accounts[params.initiative_account[row]], params.initiatives[row]
    world.initiatives.state[row] = EXECUTING
    at.speaks[row], at.written_for[row] = 1.0, EXECUTING + 1
    before = world.initiatives.state.copy()
    world.initiatives.state[row] = DELAYED
    opportunities.advance(world, params, luck, before, 0.0 * world.initiatives.help)
    assert (at.speaks[row] == HALVED).all()
    fact = params.fact_blocks["state"][row]
    world.knowledge.seen_at[fact] = world.quarter
    world.knowledge.value[fact] = np.array([EXECUTING, DELAYED, ACCELERATED, CANCELLED], dtype=float)
    word = world.standings.credibility[0].copy()
    made = act(
        world, params, luck, "renew_case", {"account": account, "initiative": name}, None, observe(world, params)
    )
    refused = [Refusal.NO_CHANGE, Refusal.NONE, Refusal.NONE, Refusal.IT_IS_OVER]
    assert made.refused.tolist() == refused
    assert [made.result[1], made.result[2]] == [Result.LANDED, Result.STALE]
    assert at.speaks[row].tolist() == [HALVED, 1.0, HALVED * HALVED, HALVED]
    assert (world.standings.credibility[params.initiative_account[row]] < word).tolist() == [False, False, True, False]


def test_a_refusal_without_shown_value_sends_the_next_purchase_to_tender() -> None:
    """Where something was proven, it does not."""
    world, params, _ = begun(halden(), 2)
    cells = params.account_cells[0]
    world.initiatives.engagement[...] = 0.0
    world.promises.kept_at[0] = np.array([0.0, 1.0])
    opened = opportunities.refused(world, params, 0, cells, np.arange(2))
    assert opened.tolist() == [True, False]
    assert (world.opportunities.opened[list(cells)] > 0).tolist() == [[True, False]] * len(cells)


def test_a_commitment_is_no_floor_under_what_is_bought_by_tender() -> None:
    """Tender units are bought apart: a contract changes usual purchases alone."""
    scenario = halden()
    world, params, luck = begun(scenario, 1)
    world.quarter = int(world.truth.tender_quarter[0])
    now = gather(world, params, luck)
    cell = int(params.tender_cell[0])
    committed = replace(now, committed=np.full(now.committed.shape, 0.45))
    free, bound = (trade(params, world.truth, each) for each in (now, committed))
    usual = {each: each.share[cell] * (each.wallet[cell] - now.tender_units[cell]) for each in (free, bound)}
    by_tender = [each.volume[cell] - usual[each] for each in (free, bound)]
    assert usual[bound] > usual[free]
    assert np.allclose(by_tender[0], by_tender[1], rtol=1e-9)
    assert (by_tender[0] > 0.0).all()


def test_scenarios_may_do_without() -> None:
    """Switched off there is no slot, no move that could be made, and nothing that awards anything."""
    scenario = override(minimal(), {"opportunities": "none"})
    world, params, luck = begun(scenario, 2)
    assert params.opportunities == ()
    assert not np.any(Seat(world, params, luck).legal("bid").options)
    close_quarter(world, params, luck)
    assert not world.ledger or world.opportunities.award.size == 0


@pytest.mark.parametrize("scenario", [halden, portfolio])
def test_what_is_drawn_differs_by_seed_and_by_no_other_lane(scenario: Any) -> None:
    """A lane alone has the purchases that it has among others, and two seeds do not."""
    params = compile_params(scenario())
    together, alone = Luck(range(1, 9)), Luck([5])
    worlds = []
    for luck in (together, alone):
        world, policy = first_quarter(scenario(), params, luck), named_policy("dynamic")
        for _ in range(6):
            policy.play(Seat(world, params, luck))
            close_quarter(world, params, luck)
        worlds.append(world)
    fifth = worlds[0].take(np.array([4]))
    for (name, one), (_, other) in zip(arrays(fifth), arrays(worlds[1]), strict=True):
        assert bits(one) == bits(other), name
    arose = worlds[0].opportunities.award_arose
    assert len({column.tobytes() for column in arose.T}) > 4


def test_awards_and_deliveries_keep_their_books() -> None:
    """Whatever is played: parts between nothing and all, whole lots, stages that exist, amounts that were there."""
    world, params, luck = begun(halden(), 60)
    policy = named_policy("value_seller")
    seen: set[int] = set()
    ends: set[int] = set()
    for _ in range(12):
        policy.play(Seat(world, params, luck))
        close_quarter(world, params, luck)
        at = world.opportunities
        seen |= set(np.unique(at.stage).tolist())
        ends |= set(np.unique(at.award).tolist())
        parts = at.award_part[at.award > 0]
        assert ((parts >= 0.0) & (parts <= 1.0)).all()
        assert (at.award_units[at.award > 0] >= 0.0).all()
        assert ((at.decides >= at.window) | (at.stage != DECISION)).all()
        assert (at.runs_until <= world.quarter + 40).all()
    assert {NEED, REQUIREMENTS, COMPARISON, DECISION} <= seen
    assert ends == {0, *(code - WON + 1 for code in (WON, LOST, UNDECIDED))}
