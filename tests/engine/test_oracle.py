"""One quarter of two accounts worked out by hand: plain floats, no function of the engine (economics A, B1-B6, B16).

The minimal scenario, its initiative "quiet ships" executing and no force on it, luck neutral. The player sets 5% off
sensors at Orvik, calls on Kestrel at the normal rhythm, and has Orvik scanned. Inputs are read off tests/scenario/minimal.py.
"""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from kamsim.engine import market, service
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import STREAMS
from kamsim.engine.market import reference_pull, under_contract
from kamsim.engine.truth import on_time
from kamsim.players.simulate import override
from tests.engine.worlds import Game, minimal, start

# Cells in the order of the files: list price, unit cost, wallet, share, discount, rebate, rho, beta, trust at start.
NORTH = (10_000, 6_200, 14_000, 0.60, 0.14, 0.02, 0.08, 5.0, 0.55)  # Orvik bearings, a frame contract
SOUTH = (10_000, 6_200, 5_000, 0.40, 0.00, 0.00, 0.12, 5.0, 0.55)  # Orvik bearings
SENSE = (24_000, 12_000, 900, 0.30, 0.00, 0.00, 0.12, 5.0, 0.55)  # Orvik sensors
KEST = (24_000, 12_000, 1_200, 0.45, 0.00, 0.00, 0.12, 3.0, 0.50)  # Kestrel sensors
CELLS = (NORTH, SOUTH, SENSE, KEST)
IN_ORVIK = (True, True, True, False)

# Weights of quality, service, fit, relationship, innovation (defaults of every account), sum 2.6.
WEIGHTS = (0.4, 0.8, 0.6, 0.5, 0.3)
# A resilience initiative at full intensity adds .30 to service; the sum is kept: factor 2.6 / 2.9 (B14).
ORVIK_WEIGHTS = tuple(weight * 2.6 / 2.9 for weight in (0.4, 1.1, 0.6, 0.5, 0.3))
# Bearings: (8,400 + 2,000 + 9,000) / 30,000 = 64.7% booked; sensors (270 + 540 + 800) / 4,000 = 40.3%: both 97% on time.
SERVICE = (0.97 - 0.6) / 0.4  # .925
RIVAL_BEARINGS = (0.5, 0.5, 0.5, 0.4, 0.5)
RIVAL_SENSORS = (0.5, 0.5, 0.5, 0.4, 0.7)


def hand_shares(cut: float) -> list[tuple[float, float]]:
    """(target, share) by cell, with ``cut`` off the pocket price of sensors at Orvik."""
    results = []
    for row, (_, _, _, share, _, _, rho, beta, trust) in enumerate(CELLS):
        sensor = row >= 2
        weights = ORVIK_WEIGHTS if IN_ORVIK[row] else WEIGHTS
        outside = min(0.05, (1 - share) / 4)  # B2, the no-supplier option
        sensitivity = beta * (1.25 - 0.5 * trust)  # B3
        markup = log(1.02 if sensor else 0.94)  # the rival's price over ours
        mean = markup / 2  # market price: mean of ours (0) and the rival's
        relationship = 0.5 * (trust + 0.3)  # trust and ties: everybody starts at .3
        ours = (0.6, SERVICE, 0.5, relationship, 0.5)
        theirs = RIVAL_SENSORS if sensor else RIVAL_BEARINGS
        rival_share = 1 - share - outside
        # Attractions that make today's shares the resting point with today's weights:
        alpha = log(share / outside) - sum(w * x for w, x in zip(WEIGHTS, ours, strict=True)) - sensitivity * mean
        alpha_rival = (
            log(rival_share / outside)
            - sum(w * x for w, x in zip(WEIGHTS, theirs, strict=True))
            + sensitivity * (markup - mean)
        )
        price = log(1 - cut) if row == 2 else 0.0
        gap = price - 0.0  # the expected price is today's
        reference = gap if gap <= 0 else 2.0 * gap  # eta 1, lambda 2
        v = alpha + sum(w * x for w, x in zip(weights, ours, strict=True)) - sensitivity * (price - mean) - reference
        v_rival = alpha_rival + sum(w * x for w, x in zip(weights, theirs, strict=True)) - sensitivity * (markup - mean)
        target = exp(v) / (1 + exp(v) + exp(v_rival))
        results.append((target, share + rho * (target - share)))
    return results


def hand_books(cut: float, orvik_hours: int, kestrel_hours: int) -> list[dict[str, int]]:
    """Every money line by cell, in cents."""
    shares = hand_shares(cut)
    start_sales = [p * w * s * (1 - d) * (1 - r) for p, _, w, s, d, r, _, _, _ in CELLS]
    orvik_sales = sum(start_sales[:3])
    books = []
    for row, (price, cost, wallet, before, discount, rebate, _, _, _) in enumerate(CELLS):
        paid = log(1 - cut) if row == 2 else 0.0
        units = wallet * (1 - 0.2 * before * paid)  # B1: the category follows the mean price, elasticity .2
        if row == 2:
            units *= 1.3  # quiet ships, at full intensity
        volume = units * shares[row][1]
        off = cut if row == 2 else discount
        part = start_sales[row] / orvik_sales if IN_ORVIK[row] else 1.0
        # Order desk, €48 an hour: Orvik 160 x .6 + 900 x .1 + 22 x 2.5 = 241 h; Kestrel 30 x .6 + 70 x .1 = 25 h.
        desk = (241 if IN_ORVIK[row] else 25) * 4_800 * part * volume / (CELLS[row][2] * before)
        listed = round(volume * price)
        on_invoice = round(-listed * off)
        off_invoice = round(-(listed + on_invoice) * rebate)
        books.append(
            {
                "list_sales": listed,
                "on_invoice": on_invoice,
                "off_invoice": off_invoice,
                "variable_cost": round(-volume * cost),
                "order_desk": round(-desk),
                "team": round(-(orvik_hours if IN_ORVIK[row] else kestrel_hours) * 10_000 * part),
                "projects": 0,
                "credits": 0,
                # 60 days at 9% a year: .09 / 4 x 60 / 90 = 1.5% of a quarter's sales
                "capital": round(-(listed + on_invoice + off_invoice) * 0.015),
            }
        )
    return books


@pytest.fixture(scope="module")
def played() -> tuple[Game, Ledger]:
    scenario = override(
        minimal(),
        {
            "accounts.orvik.initiatives.quiet_ships.state": "executing",
            "accounts.orvik.initiatives.quiet_ships.forces": [],
        },
    )
    game = start(scenario, (1,), STREAMS)
    assert game.do("set_discount", account="orvik", line="sensors", discount=0.05).done.all()
    assert game.do("set_rhythm", account="kestrel", rhythm="normal").done.all()
    assert game.do("scan", account="orvik").done.all()
    return game, game.close()


def test_every_ledger_line_is_what_a_hand_makes_it(played: tuple[Game, Ledger]) -> None:
    """All lines of all cells to the cent. Orvik has 40 hours of rhythm and 10 of a scan, Kestrel 40."""
    _, ledger = played
    by_hand = hand_books(0.05, 50, 40)
    assert ledger.names == tuple(by_hand[0])
    for row, lines in enumerate(by_hand):
        for name, value in lines.items():
            assert ledger.money[ledger.names.index(name), row, 0] == value, f"{name} of cell {row}"
    orvik = sum(sum(lines.values()) for lines in by_hand[:3])
    kestrel = sum(by_hand[3].values())
    assert ledger.contribution[:, 0].tolist() == [orvik, kestrel]
    # Paid for: order desk 2,000 h x €48 and the team 390 h x €100; what the accounts used is not "unused".
    paid_for = 2_000 * 4_800 + 390 * 10_000
    used = -sum(lines["order_desk"] + lines["team"] for lines in by_hand)
    assert ledger.unused[0] == used - paid_for
    assert ledger.company[0] == orvik + kestrel + used - paid_for  # no programme cost here


def test_the_same_lines_as_figures(played: tuple[Game, Ledger]) -> None:
    """The hand's own results in figures, so that a change of the hand is seen too: pocket sales and profit in euros."""
    _, ledger = played
    sales = [round(value / 100) for value in ledger.sales[:, 0]]
    profit = [round(value / 100) for value in ledger.contribution[:, 0]]
    assert sales == [993719, 129600]
    assert profit == [271553, 57656]


def test_share_reference_and_trust_after_the_quarter(played: tuple[Game, Ledger]) -> None:
    """Shares move by rho toward their target, the expected price falls 65% of the way, trust by coverage."""
    game, ledger = played
    for row, (_, share) in enumerate(hand_shares(0.05)):
        assert game.world.market.share[row, 0] == pytest.approx(share, abs=1e-12)
        assert ledger.share[row, 0] == pytest.approx(share, abs=1e-12)
    # Reference: theta down .35, so R = .35 x 0 + .65 x ln .95
    assert game.world.market.reference[2, 0] == pytest.approx(0.65 * log(0.95), abs=1e-15)
    assert not game.world.market.reference[[0, 1, 3], 0].any()
    # Trust: + .10 x collaboration x (coverage (1 - T) - (1 - T0)); par delivery and contact.
    coverage = (1 - exp(-45 / 40)) / (1 - exp(-1))  # Orvik: 40 h of rhythm + half of the scan's 10 h
    orvik = 0.55 + 0.10 * 0.4 * (coverage * 0.45 - 0.45)
    kestrel = 0.5 + 0.10 * 0.8 * (1.0 * 0.5 - 0.5)
    assert game.world.relations.trust[:, 0].tolist() == pytest.approx([orvik, kestrel], abs=1e-12)
    # Service: 97% again; ties stay at .3 where coverage is par, and follow 1.25 x .3 at most.
    assert game.world.relations.service[:, 0].tolist() == pytest.approx([0.97, 0.97], abs=1e-12)
    tie = 0.3 + 0.10 * (0.3 * min(coverage, 1.25) - 0.3)
    assert game.world.people.tie[:, 0].tolist() == pytest.approx([tie, tie, 0.3], abs=1e-12)
    # Fit: heads for .5 - .15 x 1.0, as nobody worked on the initiative; half of the way in a quarter.
    assert game.world.relations.fit[:, 0].tolist() == pytest.approx([0.5 - 0.075, 0.5], abs=1e-12)


def test_paying_more_than_expected_weighs_twice_as_much_as_paying_less() -> None:
    """Economics B4: a tenth above the expected price takes two tenths, a tenth below it gives one."""
    assert reference_pull(np.array([0.1, -0.1, 0.0])).tolist() == pytest.approx([0.2, -0.1, 0.0])


def test_while_terms_run_losses_are_slow_and_gains_are_not() -> None:
    """From a share of .5 at a pace of .4: to .3 at seven tenths of it, to .7 at all of it; a commitment of .6 is filled
    at its own pace at least."""
    target, before = np.array([0.3, 0.7, 0.3]), np.full(3, 0.5)
    committed, slowly = np.array([0.0, 0.0, 0.6]), np.full(3, 0.7)
    rests, pace = under_contract(target, np.array([0.4, 0.4, 0.1]), before, committed, slowly)
    assert rests.tolist() == [0.3, 0.7, 0.6]
    assert pace.tolist() == pytest.approx([0.28, 0.4, 0.15])


def test_a_discount_is_absorbed_in_two_quarters_and_forgotten_slowly() -> None:
    """Economics B4: 88% of a discount is expected after 2 quarters, and after it ends half is still expected 3 later."""
    price, reference = np.array([log(0.90)]), np.array([0.0])
    path = []
    for _ in range(2):
        reference = market.expected_price(reference, price)
        path.append(float(reference[0] / price[0]))
    assert path == pytest.approx([0.65, 1 - 0.35**2])  # .8775
    assert round(path[-1], 2) == 0.88
    reference = price.copy()
    left = []
    for _ in range(4):
        reference = market.expected_price(reference, np.array([0.0]))
        left.append(float(reference[0] / price[0]))
    assert left == pytest.approx([0.8, 0.64, 0.512, 0.4096])
    assert left[2] > 0.5 > left[3]


@pytest.mark.parametrize(
    ("utilisation", "share"),
    [(0.0, 0.97), (0.5, 0.97), (0.85, 0.97), (0.90, 0.94), (0.95, 0.91), (1.00, 0.88), (1.10, 0.82), (1.30, 0.70), (3.0, 0.70)],
)  # fmt: skip
def test_delivery_on_time_by_load(utilisation: float, share: float) -> None:
    """Economics B16: 97% up to 85% load, 0.6 points lost per point above, never below 70%."""
    assert float(on_time(np.array(utilisation))) == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize(("hours", "effort"), [(0, 0.0), (10, 0.523), (20, 0.791), (30, 0.929), (40, 1.0)])
def test_recovery_by_hours_and_redress(hours: int, effort: float) -> None:
    """(1 - e^(-h/15)) / (1 - e^(-40/15)), times .8 without money for the damage; 40 hours give all that effort can."""
    by_hand = (1 - exp(-hours / 15)) / (1 - exp(-40 / 15))
    assert by_hand == pytest.approx(effort, abs=0.0005)
    assert float(service.recovery(hours, redress=True)) == pytest.approx(by_hand, abs=1e-12)
    assert float(service.recovery(hours, redress=False)) == pytest.approx(0.8 * by_hand, abs=1e-12)


@pytest.mark.parametrize(
    ("discount", "margin", "growth"), [(0.05, 0.35, 0.167), (0.05, 0.25, 0.25), (0.05, 0.60, 0.091), (0.08, 0.30, 0.364)]
)  # fmt: skip
def test_break_even_by_hand(discount: float, margin: float, growth: float) -> None:
    """Economics A: d / (CM - d), from the margin that is left on each unit."""
    units, price = 1000.0, 100.0
    before = units * price * margin
    left = price * (1 - discount) - price * (1 - margin)
    assert before / left / units - 1 == pytest.approx(discount / (margin - discount))
    assert discount / (margin - discount) == pytest.approx(growth, abs=0.0005)
