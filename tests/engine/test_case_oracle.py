"""The arithmetic of business cases worked out by hand: plain floats and decimals, no function of the engine (economics
A, B3-B5 and C). What is measured against: `appraisal`, `forecast`, `promises`, and the engine itself."""

from __future__ import annotations

from decimal import Decimal, getcontext
from itertools import pairwise
from math import exp, isnan, log, log1p
from typing import Any

import numpy as np
import pytest

from kamsim.engine import appraisal, effects, forecast, initiatives, levers, market, promises, relations, rivals
from kamsim.engine.appraisal import appraise
from kamsim.engine.forecast import HORIZON, MONEY, Noise, project
from kamsim.engine.judgement import forecast_claims
from kamsim.engine.luck import STREAMS
from kamsim.engine.page import PROFIT, VOLUME
from kamsim.engine.standing import Standing, intensity
from kamsim.players.simulate import override
from kamsim.view.words.prices import repays_at
from tests.engine.casebook import (
    EXECUTING,
    KESTREL,
    ORVIK,
    page,
    sign,
    single,
    standing,
    true_of,
    undisturbed,
)
from tests.engine.worlds import Array, Game, calm, halden, start

getcontext().prec = 40


def flows(*values: float) -> Array:
    return np.array(values, dtype=float)[:, None]


def cents(value: Any) -> int:
    return round(float(value))


# --- values over time -------------------------------------------------------------------------------------------


def hand_npv(values: list[int], rate: str) -> Decimal:
    """Sum of CF_t / (1 + r)^(t/4), the first a quarter from now."""
    base = 1 + Decimal(rate)
    return sum((Decimal(value) / base ** (Decimal(t) / 4) for t, value in enumerate(values, 1)), Decimal(0))


@pytest.mark.parametrize("rate", ["0", "0.09", "0.14", "0.18", "1.5"])
@pytest.mark.parametrize(
    "values", [[-5_000_000, 0, 0, 1_500_000] + [900_000] * 8, [100] * 12, [0] * 12, [-1] + [0] * 10 + [3_333_333]]
)
def test_net_present_value_to_the_cent(values: list[int], rate: str) -> None:
    """Economics A, against forty digits of decimal arithmetic."""
    assert cents(appraisal.npv(flows(*values), float(rate))[0]) == round(hand_npv(values, rate))


def test_net_present_value_takes_a_rate_for_each_lane() -> None:
    """Each lane at its own rate."""
    both = np.repeat(flows(-900, *[100] * 11), 2, axis=1)
    value = appraisal.npv(both, np.array([0.09, 0.14]))
    for lane, rate in enumerate(("0.09", "0.14")):
        assert float(value[lane]) == pytest.approx(float(hand_npv([-900] + [100] * 11, rate)), abs=1e-9)


def test_internal_rate_of_return_is_where_the_value_is_nothing() -> None:
    """One change of sign: the one root. 100 now-ish, 120 a year later is 20% exactly."""
    rate, changes = appraisal.irr(flows(-100, 0, 0, 0, 120))
    assert float(rate[0]) == pytest.approx(0.20, abs=1e-9) and changes[0] == 1
    values = [-5_000_000, -200_000, 300_000, *[800_000] * 9]
    rate, changes = appraisal.irr(flows(*values))
    assert changes[0] == 1
    assert abs(hand_npv(values, repr(float(rate[0])))) < 1
    lent, _ = appraisal.irr(flows(100, 0, 0, 0, -120))  # the other way round has the same root
    assert float(lent[0]) == pytest.approx(0.20, abs=1e-9)


@pytest.mark.parametrize(
    ("values", "changes"),
    [
        ([0] * 6, 0),
        ([100] * 6, 0),
        ([-100] * 6, 0),
        ([-100, 230, -132], 2),
        ([-100, 0, 230, 0, -132, 0, 5], 3),
        ([-1_000_000, 0, 0, 1], 1),
    ],
)
def test_no_rate_is_named_where_there_is_none_or_more_than_one(values: list[int], changes: int) -> None:
    """No change of sign, several changes, or a root beyond any rate that is worth a name: told as none."""
    rate, told = appraisal.irr(flows(*values))
    assert told[0] == changes
    if values == [-1_000_000, 0, 0, 1]:
        assert isnan(rate[0]) or float(rate[0]) < -0.99 + 1e-6
    else:
        assert isnan(rate[0])


@pytest.mark.parametrize(
    ("values", "quarter"),
    [
        ([-100, 40, 60, 10], 3.0),
        ([-100, 40, 59, 0], None),
        ([-100, 100], 2.0),
        ([0, 0, 0], 0.0),
        ([50, 50], 0.0),
        ([50, -60, 5, 10], 4.0),
        ([-10, 20, -50, 10, 40], 5.0),
        ([-10, 20, -50, 10, 20], None),
        ([-1] * 12, None),
    ],
)
def test_payback(values: list[int], quarter: float | None) -> None:
    """The quarter by which the money is back for good; 0 where none was ever out, none where it never comes back."""
    found = float(appraisal.payback(flows(*values))[0])
    assert isnan(found) if quarter is None else found == quarter


@pytest.mark.parametrize(("margin", "growth"), [(0.35, "16.7"), (0.25, "25.0"), (0.60, "9.1")])
def test_uplift_that_repays_five_per_cent(margin: float, growth: str) -> None:
    """Economics A: d / (CM - d), with the margins of its table; the break-even of a page agrees where nothing else is
    in play."""
    assert f"{100 * (repays_at(0.05, margin) or 0.0):.1f}" == growth
    cost = 24_000 * (1 - margin)
    made = standing(
        list_price=np.array([[24_000.0]]), unit_cost=cost, floor=0.0, discount=0.0, rebate=0.0, volume=400.0, share=0.2,
        free=4_000.0, service_cost=0.0, days=0.0, growth=0.0, state=8.0,
    )  # fmt: skip
    worked = appraise(made, page(price=0.05, length=12))
    assert float(worked.break_even[0]) == pytest.approx(0.05 / (margin - 0.05), abs=1e-9)


def test_no_volume_repays_a_price_below_cost() -> None:
    """Where the margin is gone there is no such growth, and the reason has a name."""
    assert repays_at(0.30, 0.30) is None
    made = standing(unit_cost=23_500.0, floor=0.0, volume=400.0, share=0.2, free=4_000.0, discount=0.0, rebate=0.0)
    worked = appraise(made, page(price=0.05))
    assert isnan(worked.break_even[0]) and appraisal.NO_BREAK_EVEN[int(worked.no_break_even[0])] == "margin_gone"
    full = appraise(standing(free=0.0, discount=0.0, rebate=0.0, floor=0.0, share=0.2), page(price=0.05))
    assert appraisal.NO_BREAK_EVEN[int(full.no_break_even[0])] == "beyond_capacity"
    whole = appraise(standing(free=9e9, share=0.98, discount=0.0, rebate=0.0, floor=0.0), page(price=0.05))
    assert appraisal.NO_BREAK_EVEN[int(whole.no_break_even[0])] == "beyond_wallet"
    nothing = appraise(standing(), page(metric="profit", claim=1.0))
    assert appraisal.NO_BREAK_EVEN[int(nothing.no_break_even[0])] == "nothing_to_repay"


def test_thirty_days_more_cost_three_quarters_of_a_per_cent() -> None:
    """Economics A: 9% a year / 4 / 90 x 30 of a quarter's sales is 0.75%; a page says the same of its days."""
    assert float(appraisal.receivables_charge(np.array(1_000_000.0), np.array(30.0), 0.09)) == 7_500
    made = standing(days=60.0)
    sales = 24_000 * 540 * (1 - 0.06) * (1 - 0.01)
    made = standing(days=60.0, list_price=np.array([[24_000.0]]), volume=540.0, discount=0.06, rebate=0.01)
    assert cents(appraise(made, page(days=90)).receivables[0]) == round(0.0075 * sales)
    assert cents(appraise(made, page(days=30)).receivables[0]) == -round(0.0075 * sales)
    assert float(appraise(made, page(price=0.02)).receivables[0]) == 0


# --- what others would ask --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["one_price", "corridor", "none"])
def test_harmonisation_spill_of_one_internal_case(kind: str) -> None:
    """Economics B5: Orvik buys bearings in two yards under one contract. Cutting the south by ten points puts it below
    the north, whose buyer then pulls h of the gap a quarter; the gap that was there before is not the case's doing.
    Under a corridor only what stands more than five points of list apart is claimed; without a contract nothing is."""
    contract = {"one_price": (2, 0.5, 0.0), "corridor": (1, 0.25, 0.05 * 10_000), "none": (0, 0.0, 0.0)}
    harmony, h, allowed = contract[kind]
    made = standing(
        ORVIK, harmony=harmony, discount=[0.10, 0.08, 0.0], rebate=[0.02, 0.0, 0.0], volume=[8_400.0, 2_000.0, 270.0],
        list_price=[10_000.0, 10_000.0, 24_000.0], floor=0.0,
    )  # fmt: skip
    assert made.params.global_price[ORVIK] and not made.params.global_price[KESTREL]
    north = 10_000 * (1 - 0.10) * (1 - 0.02)
    before = {"north": north, "south": 10_000 * (1 - 0.08)}
    after = {"north": north, "south": 10_000 * (1 - 0.18)}
    units = {"north": 8_400, "south": 2_000}

    def spill(prices: dict[str, float]) -> list[float]:
        lowest = min(prices.values()) + allowed
        claimed = sum(max(0.0, price - lowest) * units[name] for name, price in prices.items())
        return [(1 - (1 - h) ** t) * claimed for t in range(HORIZON)]

    def caused(prices: dict[str, float]) -> list[float]:
        return [max(0.0, new - old) for new, old in zip(spill(prices), spill(before), strict=True)]

    south = made.params.regions[ORVIK].index("south")
    worked = appraise(made, page(region=south, price=0.10))
    assert float(worked.spill[0]) == pytest.approx(sum(caused(after)) / 3, abs=0.5)
    assert (sum(spill(after)) > sum(spill(before))) == (harmony > 0)
    both = appraise(made, page(price=0.10))  # everywhere: sensors have no second region, bearings move together
    everywhere = {"north": 10_000 * (1 - 0.20) * 0.98, "south": 10_000 * (1 - 0.18)}
    assert float(both.spill[0]) == pytest.approx(sum(caused(everywhere)) / 3, abs=0.5)
    # The desk takes it from the value, quarter by quarter, at its own hurdle:
    free = appraise(standing(ORVIK, discount=[0.10, 0.08, 0.0], rebate=[0.02, 0.0, 0.0], volume=[8_400.0, 2_000.0, 270.0],
                             list_price=[10_000.0, 10_000.0, 24_000.0], floor=0.0, peer_sales=0.0, harmony=harmony),
                    page(region=south, price=0.10))  # fmt: skip
    trust_in_us = 0.5 + 0.5 * float(made.own_credibility[0])
    discounted = sum(-value / (1 + made.params.hurdle) ** (t / 4) for t, value in enumerate(caused(after), 1))
    costs, value = float(free.costs_only[0]), float(free.npv[0])
    assert float(free.judged[0]) == pytest.approx(costs + trust_in_us * (value - costs) + discounted, rel=1e-9)


def test_precedent_is_what_other_buyers_of_the_line_would_ask_for() -> None:
    """Each buyer of the same line who pays more asks for a part of the gap that the case opens; who has more asks for
    nothing, other lines do not care, and a gap that was there is not the case's doing."""
    lines = standing().peer_line
    assert len(lines) == 1, "one other account buys sensors here"
    made = standing(discount=0.06, floor=0.0, peer_sales=np.array([[5_000_000.0]]), peer_discount=np.array([[0.02]]))
    worked = appraise(made, page(price=0.05))
    assert cents(worked.precedent[0]) == round(appraisal.GOSSIP * ((0.11 - 0.02) - (0.06 - 0.02)) * 5_000_000 * 4)
    lost = sum(-float(worked.precedent[0]) / 4 / 1.14 ** (t / 4) for t in range(1, HORIZON + 1))
    costs, value = float(worked.costs_only[0]), float(worked.npv[0])
    believed = 0.5 + 0.5 * float(made.own_credibility[0])
    assert float(worked.judged[0]) == pytest.approx(costs + believed * (value - costs) + lost, rel=1e-9)
    above = standing(discount=0.06, floor=0.0, peer_sales=np.array([[5_000_000.0]]), peer_discount=np.array([[0.09]]))
    assert cents(appraise(above, page(price=0.05)).precedent[0]) == round(appraisal.GOSSIP * 0.02 * 5_000_000 * 4)
    assert cents(appraise(above, page(price=0.03)).precedent[0]) == 0
    other = standing(discount=0.06, floor=0.0, peer_line=np.array([0]))
    assert cents(appraise(other, page(price=0.05)).precedent[0]) == 0


# --- promises ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "score"),
    [(100, 40), (80, 40), (120, 40), (79, 40 + 10), (125, 40 + 50), (0, 40 + 800), (-20, 40 + 1_000)],
)
def test_interval_score(actual: float, score: float) -> None:
    """Width, and 2 / alpha = 10 times how far outside we ended, for a range of 80 to 120."""
    assert promises.LEVEL == 0.2
    assert float(promises.interval_score(np.array(80.0), np.array(120.0), np.array(float(actual)))) == score


def test_the_interval_score_is_proper() -> None:
    """Whoever claims the true 10th and 90th percentile is punished least on average: no other range does better."""
    actual = np.linspace(0.0, 1.0, 20_001)

    def mean(low: float, high: float) -> float:
        return float(np.mean(promises.interval_score(np.full(actual.shape, low), np.full(actual.shape, high), actual)))

    honest = mean(0.1, 0.9)
    for low, high in ((0.0, 1.0), (0.2, 0.8), (0.05, 0.9), (0.1, 0.97), (0.4, 0.6), (0.15, 0.85), (0.05, 0.95)):
        assert mean(low, high) > honest


@pytest.mark.parametrize(
    ("off", "hit"),
    [(0.0, 1.0), (-0.1, 0.8), (-0.25, 0.5), (-0.5, 0.0), (-3.0, 0.0), (0.3, 0.9), (0.6, 0.8), (0.9, 0.7), (5.0, 0.7)],
)
def test_hit(off: float, hit: float) -> None:
    """Economics C: 1 - min(1, |e| / .5) for a shortfall, 1 - min(.3, e / 3) for an overshoot."""
    assert float(promises.hit(np.array(off))) == pytest.approx(hit, abs=1e-12)


def test_error_is_relative_to_the_claim_or_to_its_scale() -> None:
    """(actual - claim) / |claim|; claims near nothing are measured against the scale."""
    assert float(promises.error(np.array(200.0), np.array(150.0), np.array(10.0))) == -0.25
    assert float(promises.error(np.array(-200.0), np.array(-150.0), np.array(10.0))) == 0.25
    assert float(promises.error(np.array(0.0), np.array(5.0), np.array(10.0))) == 0.5


# --- a whole projection -----------------------------------------------------------------------------------------

NUMBERS = {
    "list_price": 24_000.0, "unit_cost": 12_000.0, "discount": 0.06, "rebate": 0.01, "volume": 540.0, "share": 0.45,
    "growth": 0.012, "sensitivity": 3.3, "pace": 0.12, "expected": -0.02, "free": 900.0, "utilisation": 0.93,
    "follow": 0.35, "service_cost": 700_000.0, "variable_service": 0.8, "order_service": 0.6, "days": 60.0,
    "pooled": 0.0, "fit": 0.52, "fit_weight": 0.6, "service_weight": 0.8, "force": 0.0, "engagement": 0.25,
    "programme": 0.0, "people": 0.0, "bespoke": 0.0, "priority": 0.0, "committed": 0.0, "credibility": 0.5,
    "loyalty": 0.92, "compliance": 1.0,
}  # fmt: skip


def by_hand(  # noqa: PLR0915  # an equation a line
    now: dict[str, float], said: dict[str, Any], *, linked: bool, live: float, cost: float
) -> list[dict[str, float]]:
    """Twelve quarters of a single-cell account, an equation a line. ``live``: intensity of its one initiative;
    ``cost``: of bespoke work. An empty page is no case."""
    length = said.get("length", 4) if said else 0
    price = said.get("price", 0.0)
    given = log((1 - now["discount"] - price) / (1 - now["discount"]))
    gap = given - now["expected"]
    started = pull(-now["expected"])
    fit, engaged = now["fit"], now["engagement"] + (effects.SIGNED_GAIN * (1 - now["engagement"]) if linked else 0.0)
    hours, people = max(now["programme"], said.get("programme", 0)), max(now["people"], said.get("people", 0))
    bespoke = 1.0 if said.get("bespoke") else now["bespoke"]
    share, rival, remembered = now["share"], 0.0, 0.0
    held = min(0.95, now["share"] + said["commitment"]) if said.get("commitment") else now["committed"]
    held *= now["compliance"]  # what a region really buys of what was signed for it (B5)
    quarters = []
    for t in range(12):
        runs = t < length
        # attraction: fit (B13), punctuality of who goes first (B16), price (B3), and the price that was expected (B4)
        worth = now["fit_weight"] * (fit - now["fit"]) + now["service_weight"] * remembered
        worth += -now["sensitivity"] * given - (pull(gap) - started)
        # rivals follow a visible cut in part, with the chance that they do, and recover (B15)
        if t > 0:
            rival *= 1 - rivals.RECOVERS
            if given < -rivals.VISIBLE_CUT and given - rival < -rivals.VISIBLE_CUT:
                rival += rivals.CLOSES * (given - rival) * now["follow"]
        ours = now["share"] * exp(worth)
        target = ours / (ours + (1 - now["share"]) * exp(-now["sensitivity"] * rival))
        # inertia and contract (B2)
        pace = now["pace"]
        if runs:
            target = max(target, held)
            if target < share:
                pace *= market.SIGNED_LOSS
        if target < share:
            pace *= now["loyalty"]
        if runs and held > share:
            pace = max(pace, market.COMMITTED_PACE)
        share += pace * (target - share)
        wallet = now["volume"] / now["share"] * (1 + now["growth"]) ** (t + 1)
        volume = min(share * wallet, now["volume"] + now["free"])
        # books
        listed = volume * now["list_price"]
        on = -listed * (now["discount"] + price)
        off = -(listed + on) * now["rebate"]
        moving = now["variable_service"] * volume / now["volume"]
        pooled = 1.0 if said.get("pooled") and runs else now["pooled"]
        saved = 1 - levers.POOLED_SAVING * now["order_service"] * pooled
        new = 1.0 if said.get("bespoke") and not now["bespoke"] else 0.0
        first = 1.0 if said.get("priority") and runs else now["priority"]
        place = 2 * levers.RUSH_PART * levers.RESERVED * now["order_service"]
        saved *= (1 + place * first) / (1 + place * now["priority"])
        serve = -now["service_cost"] * (
            1 - now["variable_service"] + moving * saved + levers.LEVERS["bespoke"].overhead * new
        )
        extra_hours = (hours - now["programme"]) * (1 if runs and t > 0 else 0)
        extra_people = (people - now["people"]) * (1 if runs else 0)
        team = -extra_hours * 10_000 - extra_people * 1_500_000
        projects = -new * (cost if t == 0 else cost * levers.BESPOKE_UPKEEP)
        sales = listed + on + off
        capital = -sales * (said.get("days") or now["days"]) * 0.09 / 4 / 90
        lines = (listed, on, off, -volume * now["unit_cost"], serve, team, projects, capital)
        quarters.append(
            {"share": share, "volume": volume, "profit": sum(lines), **dict(zip(MONEY, lines, strict=True))}
        )
        # what the quarter leaves for the next: fit halves its way, engagement wears and is worked on, prices get usual
        swing = live * forecast.FADE**t
        heading = (
            0.5
            + swing * (initiatives.FIT_GAIN * engaged - initiatives.FIT_WEAR)
            + levers.LEVERS["bespoke"].fit * bespoke
        )
        fit += relations.FIT_PACE * (min(1.0, max(0.0, heading)) - fit)
        works = (linked or not said) and (hours or people)
        gain = levers.PROGRAMME_GAIN * (1 - exp(-hours / 20)) / (1 - exp(-1)) + levers.PEOPLE_GAIN * people
        engaged *= initiatives.ENGAGEMENT_KEPT
        engaged += min(0.9, gain) * (1 - engaged) if works and t + 1 < length else 0.0
        late = 1 - (0.97 - 0.6 * max(0.0, now["utilisation"] - 0.85))
        better = market.FIRST_KEEPS * late / 0.4 if said.get("priority") and runs else 0.0
        remembered = relations.SERVICE_MEMORY * remembered + (1 - relations.SERVICE_MEMORY) * better
        gap *= market.DEARER_SLOWLY if gap > 0 else market.CHEAPER_SOON
    return quarters


def pull(gap: float) -> float:
    """Eta 1; paying more than expected weighs lambda times as much."""
    return market.REFERENCE_WEIGHT * (gap if gap <= 0 else market.LOSS_AVERSION * gap)


CASES: dict[str, tuple[dict[str, Any], dict[str, float]]] = {
    "without": ({}, {}),
    "programme and price for a commitment": (
        {"initiative": 1, "price": 0.03, "programme": 20, "commitment": 0.05, "length": 8, "days": 90}, {},
    ),
    "specialist, own parts, orders first": (
        {"initiative": 1, "people": 1, "bespoke": "yes", "priority": "yes", "length": 4}, {},
    ),
    "a deep cut, linked to nothing": ({"price": 0.08, "length": 12}, {"committed": 0.5}),
    "fewer deliveries, for a year": ({"pooled": "yes", "length": 4}, {}),
    "a commitment lived by half": (
        {"initiative": 1, "price": 0.03, "programme": 20, "commitment": 0.15, "length": 8}, {"compliance": 0.8},
    ),
    "a rise": ({"price": -0.04, "length": 8}, {"expected": 0.03}),
    "more than can be made": ({"initiative": 1, "commitment": 0.15, "length": 12, "programme": 30}, {"free": 25.0}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_whole_projection_by_hand(name: str) -> None:
    """Share, volume and every line of twelve quarters: share recursion, expected price, rivals' expected following, fit
    from a programme, capacity, contract, books; to 1e-6 of the hand's figure (in fact to the last digits)."""
    said, changes = CASES[name]
    now = {**NUMBERS, **changes}
    made = standing(**now, state=float(EXECUTING))
    assert made.initiatives == (1,) and made.params.hourly_cost == 10_000 and made.params.specialist_cost == 1_500_000
    path = project(made, page(**said) if said else None)
    hand = by_hand(now, said, linked="initiative" in said, live=1.0, cost=4_800_000.0)
    for t, quarter in enumerate(hand):
        assert float(path.share[t, 0, 0]) == pytest.approx(quarter["share"], rel=1e-9), f"share, quarter {t + 1}"
        assert float(path.volume[t, 0, 0]) == pytest.approx(quarter["volume"], rel=1e-9)
        for row, line in enumerate(MONEY):
            assert float(path.money[row, t, 0]) == pytest.approx(quarter[line], rel=1e-9, abs=1e-3), f"{line}, {t + 1}"
        assert float(path.profit[t, 0]) == pytest.approx(quarter["profit"], rel=1e-6)
    if name == "more than can be made":
        assert hand[-1]["volume"] == now["volume"] + now["free"]
    if name == "a deep cut, linked to nothing":
        assert hand[-1]["share"] != hand[-2]["share"]


def test_a_case_is_its_path_less_the_path_without() -> None:
    """Flows, NPV, costs alone, payback and the desk's view of the whole, from the two hands' profits."""
    said, _ = CASES["programme and price for a commitment"]
    made = standing(**NUMBERS, state=float(EXECUTING), peer_sales=0.0)
    worked = appraise(made, page(**said))
    given = by_hand(NUMBERS, said, linked=True, live=1.0, cost=4_800_000.0)
    without = by_hand(NUMBERS, {}, linked=False, live=1.0, cost=4_800_000.0)
    change = [one["profit"] - other["profit"] for one, other in zip(given, without, strict=True)]
    value = sum(flow / 1.14 ** (t / 4) for t, flow in enumerate(change, 1))
    assert float(worked.npv[0]) == pytest.approx(value, rel=1e-6)
    # if our share stayed as it is, only price, days and hours are left:
    costs = 0.0
    for t in range(12):
        volume = min(540 * 1.012 ** (t + 1), 540 + 900)
        sales, less = volume * 24_000 * 0.94 * 0.99, volume * 24_000 * 0.91 * 0.99
        bill = (less - sales) - (less * 90 - sales * 60) * 0.09 / 4 / 90 - (200_000 if 0 < t < 8 else 0)
        costs += bill / 1.14 ** ((t + 1) / 4)
    assert float(worked.costs_only[0]) == pytest.approx(costs, rel=1e-6)
    assert float(worked.concession[0]) == pytest.approx(-costs / (4 * 540 * 24_000 * 0.94 * 0.99 * 2), rel=1e-6)
    assert float(worked.judged[0]) == pytest.approx(
        costs + (0.5 + 0.5 * float(made.own_credibility[0])) * (value - costs), rel=1e-6
    )


# --- the projection follows the engine --------------------------------------------------------------------------


def settled(game: Game, account: int) -> Standing:
    """The true standing, its books without the old averages."""
    game.world.knowledge.reviewed[...] = True
    game.world.booked = None
    return true_of(game, account)


@pytest.mark.parametrize(
    "scenario", [calm("halden"), calm("furnished"), undisturbed(single())], ids=["halden", "furnished", "single"]
)
def test_doing_nothing_goes_as_it_is_projected(scenario: Any) -> None:
    """Luck neutral, nothing happens: for twelve quarters sales, profit and share of every account stay within 1% of the
    projection without a case, initiatives' wear included."""
    game = start(scenario, [1], STREAMS, policy="steady", quarters=1)
    count = len(game.params.accounts)
    paths = [project(settled(game, account), None) for account in range(count)]
    for t in range(HORIZON):
        ledger = game.close()
        for account, path in enumerate(paths):
            team = float(ledger.line("team")[account, 0])
            profit = float(ledger.contribution[account, 0]) - team
            listed = float(ledger.line("list_sales")[account, 0])
            assert float(path.list_sales[t, 0]) == pytest.approx(listed, rel=0.01)
            assert float(path.profit[t, 0]) == pytest.approx(profit, rel=0.01, abs=0.01 * listed)
            for place, cell in enumerate(game.params.account_cells[account]):
                assert float(path.share[t, place, 0]) == pytest.approx(float(ledger.share[cell, 0]), abs=0.01)


LEVERS: dict[str, tuple[dict[str, Any], bool]] = {
    "price": ({"initiative": 1, "price": 0.03, "length": 8}, False),
    "programme": ({"initiative": 1, "programme": 20, "length": 8}, False),
    "commitment": ({"commitment": 0.10, "length": 8, "days": 75}, False),
    "pooled": ({"pooled": "yes", "length": 4, "commitment": 0.05}, False),
    "people": ({"initiative": 1, "people": 1, "length": 4}, True),
    "bespoke": ({"initiative": 1, "bespoke": "yes", "people": 2, "length": 8}, True),
    "priority": ({"initiative": 1, "priority": "yes", "people": 1, "length": 4}, True),
}


@pytest.mark.parametrize("name", LEVERS)
def test_a_signed_case_goes_as_it_is_projected(name: str) -> None:
    """Every lever by itself: luck neutral, rivals passive, the initiative in full swing all along. Twelve quarters of sales and
    profit within 2% of the projection made before the yes (shares do not quite rest where
    initiatives shift what matters), and what a lever costs to the cent in the quarters in which
    it is booked, neither one more nor one less."""
    said, desk = LEVERS[name]
    busy = {"lines.sensors.other_load": 3_150} if name == "priority" else {}
    game = start(undisturbed(single(), **busy), [1], STREAMS, policy="steady", quarters=1)
    made = settled(game, KESTREL)
    assert float(intensity(made.state)[0, 0]) == 1.0
    place = KESTREL + (len(game.params.accounts) if desk else 0)
    sign(game, place, said)
    if desk:  # a grant serves nobody by itself: the projection counts on the customer's yes to the same page
        engaged = game.world.initiatives.engagement
        engaged[1] += effects.SIGNED_GAIN * (1 - engaged[1])
        game.world.dealings.contract_until[KESTREL] = game.world.quarter + said["length"] - 1
    ledgers = []
    for _ in range(HORIZON):
        game.world.initiatives.since[...] = 0.0
        ledgers.append(game.close())
    assert (game.world.initiatives.state[1] == EXECUTING).all()
    still = Noise(np.ones((HORIZON, 1, 1)), np.zeros((HORIZON, 1), dtype=bool), np.ones((HORIZON, 1)))
    path, idle = project(made, page(**said), still), float(ledgers[0].line("team")[ORVIK, 0])
    for t, ledger in enumerate(ledgers):
        team = float(ledger.line("team")[KESTREL, 0]) - idle
        profit = float(ledger.contribution[KESTREL, 0]) - idle
        assert float(path.list_sales[t, 0]) == pytest.approx(float(ledger.line("list_sales")[KESTREL, 0]), rel=0.02)
        assert float(path.profit[t, 0]) == pytest.approx(profit, rel=0.02)
        assert cents(path.money[MONEY.index("team"), t, 0]) == round(team), f"team in quarter {t + 1}"
        assert cents(path.money[MONEY.index("projects"), t, 0]) == round(float(ledger.line("projects")[KESTREL, 0]))


@pytest.mark.parametrize("due", [2, 4, 6])
def test_a_claim_is_read_in_the_quarter_whose_books_tell(due: int) -> None:
    """In a wallet that grows by 5% a quarter, what the projection gives for the quarter that a page names is what the
    books of that quarter say: a claim of just that is kept by a hair."""
    scenario = override(undisturbed(single()), {"accounts.kestrel.growth": 0.05})
    game = start(scenario, [1], STREAMS, policy="steady", quarters=1)
    said = {"commitment": 0.05, "length": 8, "due": due, "metric": "volume", "claim": 1.0}
    made = settled(game, KESTREL)
    profit, volume = forecast_claims(appraise(made, page(**said)))
    place = KESTREL + len(game.params.accounts)
    sign(game, KESTREL, {**said, "claim": 0.0})
    for metric, value in ((VOLUME, volume), (PROFIT, profit)):
        one = game.copy()
        sign(
            one,
            place,
            {"metric": "volume" if metric == VOLUME else "profit", "claim": round(float(value[0]) / 1e5), "due": due},
        )
        while one.world.promises.status[place, 0] == 1:
            one.close()
        assert one.world.quarter - 1 == game.world.quarter + due
        assert float(one.world.promises.actual[place, 0]) == pytest.approx(float(value[0]), rel=0.004)


def test_a_gap_after_some_quarters_is_what_expected_prices_leave() -> None:
    """`gap_after` is `expected_price` repeated, both ways, at any size."""
    for price in (-0.2, -0.03, -0.001, 0.0, 0.004, 0.05, 0.3):
        reference = np.zeros(1)
        for quarter in range(13):
            left = market.gap_after(np.array([price]), np.array([float(quarter)]))
            assert float(left[0]) == pytest.approx(price - float(reference[0]), rel=1e-12, abs=1e-15)
            reference = market.expected_price(reference, np.array([price]))


def test_growth_compounds_from_the_first_quarter() -> None:
    """Twelve quarters of 1.2% are 15.4%, and the sales of a share that does not move follow."""
    made = standing(
        **{**NUMBERS, "expected": 0.0, "engagement": initiatives.FIT_WEAR / initiatives.FIT_GAIN}, state=8.0
    )
    path = project(made, None, growth=False)
    sales = [float(value) for value in path.list_sales[:, 0]]
    for before, after in pairwise(sales):
        assert after / before == pytest.approx(1.012, rel=1e-12)
    assert sales[-1] == pytest.approx(540 * 24_000 * exp(12 * log1p(0.012)), rel=1e-12)


def test_halden_is_there() -> None:
    """The shipped scenario's customers with a headquarters have the spill of their regions worked out once they have
    signed one price; others none."""
    game = start(halden(), [1], STREAMS, policy="steady", quarters=1)
    game.world.dealings.harmony[...] = 2
    for account, has in enumerate(game.params.global_price):
        regions = len({game.params.region_codes[cell] for cell in game.params.account_cells[account]})
        worked = appraise(true_of(game, account), page(price=0.05, region=0))
        assert (float(worked.spill[0]) > 0) == (has and regions > 1)
