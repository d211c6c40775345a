"""A headquarters and its regions (economics B5): what one price costs by hand, what a corridor saves, who complies."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine import regions
from kamsim.engine.luck import STREAMS
from kamsim.engine.moves import Refusal, Result
from kamsim.engine.moves.answers import TRADED_COMMITMENT
from kamsim.engine.params import GRANTED, TRADED
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from tests.engine.worlds import Array, Game, calm, minimal, start

PRICES = {"east": 100.0, "west": 97.0, "north": 93.0, "south": 88.0}
PARTS = {"east": 0.4, "west": 0.3, "north": 0.2, "south": 0.1}
ORVIK = 0
SAYS = {"results": ["So."], "provocative": ["So."], "buying": ["So."]}


def buyer(region: str, *, stance: float = 0.0, tie: float = 0.3, power: float = 0.1) -> dict[str, Any]:
    return {
        "id": f"buyer_{region}", "name": f"Buyer {region}", "role": "Buyer", "function": "purchasing", "level": "buyer",
        "voice": "Plain.", "region": region, "measure": "delivery", "measure_text": "dates", "power": power,
        "stance": stance, "tie": tie, "says": SAYS,
    }  # fmt: skip


def global_request(**more: Any) -> dict[str, Any]:
    return {
        "id": "one_price", "quarter": 1, "due": 3, "person": "chief", "kind": "global_price", "title": "One price",
        "welcomes": ["volume_commitment"], "text": "One price.",
        "replies": dict.fromkeys(("granted", "traded", "trade_refused", "declined", "lapsed"), "So."), **more,
    }  # fmt: skip


@cache
def four() -> Scenario:
    """Orvik buys one line in four regions, list price 100, at the 100/97/93/88 of economics B5; its headquarters in the east asks
    for one price in the first quarter."""
    scenario = calm("minimal")
    chief = {**buyer("east", power=0.6), "id": "chief", "name": "Chief"}
    business = [
        {
            "line": "bearings", "region": name, "wallet": 10_000 * PARTS[name], "share": 0.5,
            "discount": 1 - price / 100,
        }
        for name, price in PRICES.items()
    ]  # fmt: skip
    return override(
        scenario,
        {
            "accounts.orvik.headquarters": "east",
            "accounts.orvik.regions": [{"id": name, "name": name.title()} for name in PRICES],
            "accounts.orvik.business": business,
            "accounts.orvik.people": [chief, buyer("west"), buyer("south")],
            "accounts.orvik.requests": [global_request()],
            "authority.discount": 0.12,
        },
    )


def play(scenario: Scenario | None = None, lanes: int = 1) -> Game:
    return start(scenario or four(), [1] * lanes, STREAMS)


def paid(game: Game) -> Array:
    """Pocket prices at Orvik by region, in the order of `PRICES`, lane 0."""
    cells = list(game.params.account_cells[ORVIK])
    price: Array = 100.0 * regions.prices(game.world, cells, slice(None))[:, 0]
    return price


def mean(prices: Array) -> float:
    return float(sum(part * price for part, price in zip(PARTS.values(), prices, strict=True)))


def sign(game: Game, harmony: int) -> None:
    regions.sign(game.world, game.params, ORVIK, np.arange(game.world.lanes), harmony)


@pytest.mark.parametrize(("h", "lost"), [(0.25, 0.060), (0.5, 0.083)])
def test_what_four_quarters_of_harmonisation_lose(h: float, lost: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Economics B5: prices 100/97/93/88 weighted 40/30/20/10 lose 6.0% in four quarters at h .25 and 8.3% at .5, each
    gap shrinking by h a quarter."""
    monkeypatch.setattr(regions, "LEAK", np.array([0.0, h, h]))
    monkeypatch.setattr(regions, "WIDTH", np.zeros(3))
    game = play()
    sign(game, regions.CORRIDOR)
    before = paid(game)
    assert before == pytest.approx(list(PRICES.values()))
    for quarter in range(1, 5):
        game.close()
        hand = [price - (price - 88.0) * (1 - (1 - h) ** quarter) for price in PRICES.values()]
        assert paid(game) == pytest.approx(hand, rel=1e-12)
    assert 1 - mean(paid(game)) / mean(before) == pytest.approx(lost, abs=0.0005)
    assert (game.world.dealings.agreed[: len(PRICES)] == game.world.market.discount[: len(PRICES)]).all()


def test_a_corridor_gives_up_only_what_stands_outside_it() -> None:
    """Five points of list above the cheapest may stay: 100 comes down toward 93, 97 toward 93, 93 and 88 stay; a quarter
    of what stands outside each quarter. 2.8% in four quarters, where one price costs 8.8% at once."""
    game = play()
    sign(game, regions.CORRIDOR)
    before = mean(paid(game))
    for _ in range(4):
        game.close()
    left = 0.75**4
    assert paid(game) == pytest.approx([93 + 7 * left, 93 + 4 * left, 93, 88])
    assert 1 - mean(paid(game)) / before == pytest.approx(4.0 * (1 - left) / 96.5)
    assert 1 - mean(paid(game)) / before < 0.03 < (96.5 - 88) / 96.5


def test_without_a_contract_nothing_leaks() -> None:
    """Prices differ for twenty quarters, and whoever pays most goes on paying it."""
    game = play()
    for _ in range(8):
        game.close()
    assert paid(game) == pytest.approx(list(PRICES.values()))


def test_a_grant_is_one_price_at_once() -> None:
    """Every region pays the lowest price from the answer on, is held to by it, and a contract of two years runs; a cut in
    one region then travels: half of the gap in each quarter."""
    game = play()
    made = game.do("answer_request", request="one_price", answer="grant")
    assert made.done.all() and made.result[0] == Result.GRANTED and not made.hours.any()
    assert paid(game) == pytest.approx([88.0] * 4)
    world = game.world
    assert world.dealings.agreed[:4, 0] == pytest.approx([0.12] * 4)
    assert world.dealings.harmony[ORVIK, 0] == regions.ONE_PRICE and world.dealings.request[0, 0] == GRANTED
    assert world.dealings.contract_until[ORVIK, 0] == regions.GLOBAL_TERM
    assert game.do("set_discount", account="orvik", line="bearings", region="south", discount=0.16).done.all()
    game.close()
    assert paid(game) == pytest.approx([86.0, 86.0, 86.0, 84.0])
    game.close()
    assert paid(game) == pytest.approx([85.0, 85.0, 85.0, 84.0])


def test_one_price_beyond_our_authority_is_refused() -> None:
    """Twelve points between two regions are more than the ten that we may give: the desk must say so first."""
    game = play(override(four(), {"authority.discount": 0.10}))
    made = game.do("answer_request", request="one_price", answer="grant")
    assert made.refused[0] == Refusal.BEYOND_AUTHORITY
    game.world.mandates.discount[ORVIK] = 0.02
    assert game.do("answer_request", request="one_price", answer="grant").done.all()


def test_a_trade_is_a_corridor_and_a_commitment() -> None:
    """A headquarters that is offered a corridor for volume signs both; what it cannot promise for its regions is not
    taken in return."""
    game = play()
    for get in ("fewer_deliveries", "prompt_payment"):
        made = game.do("answer_request", request="one_price", answer="trade", get=get)
        assert made.refused[0] == Refusal.NOT_FOR_CORRIDOR
    made = game.do("answer_request", request="one_price", answer="trade", get="volume_commitment")
    assert made.done.all() and made.result[0] == Result.TRADED
    dealings = game.world.dealings
    assert dealings.request[0, 0] == TRADED and dealings.harmony[ORVIK, 0] == regions.CORRIDOR
    assert paid(game) == pytest.approx(list(PRICES.values()))
    assert dealings.committed[:4, 0] == pytest.approx([0.5 + TRADED_COMMITMENT] * 4)
    game.close()
    assert paid(game) == pytest.approx([100 - 7 / 4, 97 - 4 / 4, 93, 88])


def test_a_point_more_comes_off_the_lowest_price() -> None:
    """A headquarters may ask for one price and something off it: a grant gives both, a trade a third of it."""
    asked = override(four(), {"accounts.orvik.requests.one_price.ask": 0.03, "authority.discount": 0.16})
    game = play(asked)
    assert game.do("answer_request", request="one_price", answer="grant").done.all()
    assert paid(game) == pytest.approx([85.0] * 4)
    game = play(asked)
    assert game.do("answer_request", request="one_price", answer="trade", get="longer_term").refused[0] == 0
    if game.world.dealings.harmony[ORVIK, 0]:
        assert paid(game) == pytest.approx([99, 96, 92, 87])


def test_declining_changes_no_price() -> None:
    """A no is a no, whatever kind of request it answers."""
    game = play()
    assert game.do("answer_request", request="one_price", answer="decline").done.all()
    assert paid(game) == pytest.approx(list(PRICES.values())) and not game.world.dealings.harmony.any()


def test_compliance_by_hand() -> None:
    """Kappa moves .3 of the way to 1 - 4 x advantage lost - .4 x (1 - voice) + .15 where the buyer was met, and the
    headquarters' own region does what it signed."""
    game = play(lanes=2)
    first = np.array([True, False])
    assert game.do("answer_request", request="one_price", answer="grant").done.all()
    assert game.do("meet", first, person="buyer_west", agenda="results").done[0]
    world = game.world
    east, west, north, south = game.params.account_cells[ORVIK]
    world.people.stance[...], world.people.tie[...] = 0.2, 0.3
    regions.settle(world, game.params)
    kept = world.dealings.compliance
    voice = 0.5 * 1.2 + 0.5 * 0.3
    mean_price = (100 + 97 + 93 + 88) / 4
    assert kept[east] == pytest.approx([1.0, 1.0])
    assert kept[west] == pytest.approx([1 + 0.3 * (min(1, 1 - 0.4 * (1 - voice) + met) - 1) for met in (0.15, 0.0)])
    lost = (mean_price - 88) / 100  # the south bought cheapest, and has no advantage any more
    assert kept[south] == pytest.approx([1 + 0.3 * (-4 * lost - 0.4 * (1 - voice))] * 2)
    lost = (mean_price - 93) / 100
    assert kept[north] == pytest.approx([1 + 0.3 * (-4 * lost - 0.4 * 0.5)] * 2), "nobody speaks for the north"


UNIT = st.floats(0.0, 1.0)


@settings(max_examples=60, deadline=None)
@given(lost=st.floats(0.0, 0.2), more=st.floats(0.0, 0.2), heard=UNIT, louder=UNIT, met=st.sampled_from([0.0, 1.0]))
def test_what_helps_compliance_never_lowers_it(
    lost: float, more: float, heard: float, louder: float, met: float
) -> None:
    """A louder voice and a meeting never lower the target, a lost advantage never raises it, and it stays a share."""
    low, high = min(heard, louder), max(heard, louder)
    args = [np.array(value) for value in (lost, low, 0.0)]
    base = float(regions.target(*args))
    assert float(regions.target(np.array(lost), np.array(high), np.array(met))) >= base
    assert float(regions.target(np.array(lost + more), np.array(low), np.array(0.0))) <= base
    assert 0.0 < base <= 1.0


@settings(max_examples=10, deadline=None)
@given(kept=st.lists(UNIT, min_size=2, max_size=6))
def test_more_compliance_never_sells_less(kept: list[float]) -> None:
    """A region that keeps more of what was signed for it buys no smaller share."""
    game = play(lanes=len(kept))
    assert game.do("answer_request", request="one_price", answer="trade", get="volume_commitment").done.all()
    game.world.dealings.committed[:4] = 0.7
    game.world.dealings.compliance[1] = np.array(sorted(kept))
    game.close()
    assert (np.diff(game.world.market.share[1]) >= 0.0).all()
    assert (np.diff(game.world.market.share[0]) == 0.0).all()


def test_listening_to_the_regions_fills_the_commitment() -> None:
    """Twin runs: the buyers of the regions met each quarter, or never. Where they are met, regions keep more of what was
    signed for them, and buy more; headquarters' own region the same."""
    game = play(lanes=2)
    assert game.do("answer_request", request="one_price", answer="trade", get="volume_commitment").done.all()
    game.world.dealings.committed[:4] = 0.75
    met = np.array([True, False])
    game.world.people.tie[...] = 0.1
    for _ in range(5):
        for person in ("buyer_west", "buyer_south"):
            assert game.do("meet", met, person=person, agenda="provocative").done[0]
        game.close()
    for cell in (1, 3):
        assert game.world.dealings.compliance[cell, 0] > game.world.dealings.compliance[cell, 1] + 0.05
        assert game.world.market.share[cell, 0] > game.world.market.share[cell, 1]
    assert game.world.dealings.compliance[0] == pytest.approx([1.0, 1.0])


def test_a_contract_ends_with_its_term() -> None:
    """After eight quarters nothing leaks any more and nobody complies with anything; prices stay where they are."""
    game = play()
    assert game.do("answer_request", request="one_price", answer="trade", get="volume_commitment").done.all()
    for _ in range(7):
        game.close()
    assert game.world.dealings.harmony[ORVIK, 0] == regions.CORRIDOR
    game.close()
    ended = paid(game)
    assert not game.world.dealings.harmony.any()
    assert (game.world.dealings.compliance == 1.0).all() and not game.world.dealings.edge.any()
    game.close()
    assert paid(game) == pytest.approx(ended)


def test_compliance_is_heard_from_the_region_that_lives_it() -> None:
    """Nobody can tell how a contract is lived before it is signed; afterwards the region's own buyer does."""
    game = play(lanes=1)
    fact = game.params.fact_blocks["compliance"][0]
    assert game.params.bound[0] == (ORVIK, "west") and game.params.facts[fact].name == "orvik/west.compliance"
    game.world.people.tie[...] = 1.0
    game.world.truth.collaboration.flags.writeable = True
    game.world.truth.collaboration[...] = 1.0
    assert game.do("meet", person="buyer_west", agenda="results").done.all()
    assert game.world.knowledge.seen_at[fact, 0] == -1
    assert game.do("answer_request", request="one_price", answer="grant").done.all()
    game.close()
    assert game.do("meet", person="buyer_south", agenda="results").done.all()
    assert game.world.knowledge.seen_at[fact, 0] == -1
    assert game.do("meet", person="buyer_west", agenda="results").done.all()
    value, age = game.seat.seen.known("compliance", 0)
    assert age[0] == 0 and value[0] == pytest.approx(game.world.dealings.compliance[1, 0])


def test_who_has_a_say_in_one_regions_terms() -> None:
    """Over the whole customer power is as authored. Over the west's terms the south's buyer has none, and the west's has
    a tenth of the say over a customer that buys three tenths there: a third of the say there."""
    game = play()
    params, truth = game.params, game.world.truth
    everywhere = regions.local_say(
        params, truth, ORVIK, truth.power[list(params.account_people[ORVIK])], np.array([-1.0])
    )
    assert everywhere[:, 0] == pytest.approx([0.75, 0.125, 0.125])
    west = regions.local_say(
        params, truth, ORVIK, truth.power[list(params.account_people[ORVIK])], np.array([1.0, -1.0])
    )
    part = 0.3 * 97 / 96.5
    own = 0.125 / part
    assert west[:, 0] == pytest.approx([0.75 / (0.75 + own), own / (0.75 + own), 0.0])
    assert west[:, 1] == pytest.approx([0.75, 0.125, 0.125])


def test_old_scenarios_have_no_say_of_regions() -> None:
    """A customer whose people speak for no region decides on a region's terms as it always did."""
    game = start(minimal(), [1])
    assert (game.params.person_bound == -1).all()
    power = regions.local_say(
        game.params,
        game.world.truth,
        ORVIK,
        game.world.truth.power[list(game.params.account_people[ORVIK])],
        np.array([1.0]),
    )
    assert power[:, 0] == pytest.approx([0.4, 0.6])
