"""What each lever of a case does: to the customer's own measures, and to our work on its initiatives.

One table for everybody: the engine applies it, forecasts count on it, readers check claims against it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes, concave
from kamsim.engine.market import LOSS_AVERSION
from kamsim.engine.page import AT, METRICS
from kamsim.engine.params import KINDS, MEASURES
from kamsim.engine.people import COMMITTING, CUSTOMER_MONEY, POOLED_BURDEN, TERM_BURDEN
from kamsim.engine.standing import Standing, intensity

ABOUT: Final[dict[str, tuple[str, ...]]] = {
    "cost_out": ("savings", "cash"),
    "growth": ("growth", "launch", "delivery"),
    "resilience": ("uptime", "delivery", "quality"),
    "sustainability": ("footprint", "quality"),
    "digital": ("uptime", "quality", "savings"),
    "working_capital": ("cash", "savings"),
    "integration": ("savings", "delivery"),
}
"""Which measures a kind of initiative is about (ECONOMICS B14)."""
MOVES_MEASURE: Final[dict[str, dict[str, float]]] = {
    "price": {"savings": 1.0, "cash": 0.6, "growth": 0.2},
    "days": {"cash": 0.4, "savings": 0.1},
    "pooled": {"savings": 0.032, "footprint": 0.018, "delivery": 0.012, "cash": -0.006},
    "programme": {"uptime": 0.034, "quality": 0.028, "savings": 0.026, "launch": 0.026, "delivery": 0.022,
                  "growth": 0.022, "cash": 0.020, "footprint": 0.016},
    "people": {"uptime": 0.046, "quality": 0.040, "launch": 0.040, "delivery": 0.028, "growth": 0.026,
               "savings": 0.018},
    "bespoke": {"launch": 0.052, "footprint": 0.052, "quality": 0.042, "growth": 0.034, "uptime": 0.030,
                "savings": 0.018},
    "priority": {"delivery": 0.052, "launch": 0.030, "uptime": 0.028, "growth": 0.022, "cash": -0.006},
}  # fmt: skip
"""Worth to the customer a year, as a share of what it buys from us in a year, when the initiative is in full swing: by
point of price, by year of credit, else for the whole lever (a programme of 20 hours, one specialist)."""
CERTAIN: Final = 2
"""The first levers, price and credit, are money: their worth hangs on no initiative."""
IDLE_WORTH: Final = 0.4
"""Part of a lever's worth that does not depend on the initiative's being in full swing."""
SCALE_HOURS: Final = 20.0
PROGRAMME_GAIN, PEOPLE_GAIN = 0.22, 0.16
"""Engagement with the initiative gained a quarter: by a programme of 20 hours, by each specialist."""
SIGNED_GAIN: Final = 0.35
"""Engagement gained when a customer signs a case for an initiative."""
BESPOKE_UPKEEP: Final = 1.0 / 24.0
"""Of the one-off cost, a quarter (ECONOMICS B19: 12-20% a year)."""


def engagement_gain(programme: Lanes, people: Lanes) -> Lanes:
    """Engagement with an initiative that a programme (hours) and specialists add in a quarter, of what is missing."""
    gain: Lanes = np.minimum(0.9, PROGRAMME_GAIN * concave(programme, SCALE_HOURS) + PEOPLE_GAIN * people)
    return gain


def _table() -> Lanes:
    made = np.zeros((len(MOVES_MEASURE), len(METRICS)))
    for row, worth in enumerate(MOVES_MEASURE.values()):
        for measure, value in worth.items():
            made[row, MEASURES.index(measure)] = value
    return made


_WORTH: Final = _table()


def amounts(standing: Standing, page: Lanes) -> Lanes:
    """How far each lever of a page is pulled, in the units of `MOVES_MEASURE`; shape (7, N)."""
    price = page[AT["price"]]
    region = page[AT["region"]]
    if (region >= 0).any():
        part = standing.volume * standing.list_price
        everything = np.maximum(part[0] * 0.0 + _sum(part), 1e-9)
        here = np.zeros(np.broadcast_shapes(price.shape, everything.shape))
        for cell, row in enumerate(standing.cells):
            code = standing.params.region_codes[row]
            here = here + np.where((region < 0) | (region == code), part[cell] / everything, 0.0)
        price = price * here
    days = np.where(page[AT["days"]] > 0.0, page[AT["days"]] - standing.days, 0.0) / 360.0
    return np.array(
        np.broadcast_arrays(
            price,
            days,
            np.maximum(0.0, page[AT["pooled"]] - standing.pooled),
            concave(page[AT["programme"]], SCALE_HOURS),
            page[AT["people"]],
            page[AT["bespoke"]],
            page[AT["priority"]],
        )
    )


def _sum(values: Lanes) -> Lanes:
    result: Lanes = values[0]
    for row in values[1:]:
        result = result + row
    return result


def worth_by_measure(standing: Standing, page: Lanes) -> Lanes:
    """What a page's levers are worth to the customer a year on each metric, cents at full swing; (metrics, N)."""
    pulled = amounts(standing, page)
    return _measured(pulled) * 4.0 * standing.sales


def _measured(pulled: Lanes) -> Lanes:
    return np.array([_sum(_WORTH[:, metric, None] * pulled) for metric in range(len(METRICS))])


def swing(standing: Standing, page: Lanes) -> Lanes:
    """How much of a lever's worth comes true, by the state of the linked initiative (N,)."""
    strength = linked(standing, page, intensity(standing.state) if standing.state.size else standing.state, 0.0)
    full: Lanes = IDLE_WORTH + (1.0 - IDLE_WORTH) * np.minimum(1.0, strength)
    return full


def linked(standing: Standing, page: Lanes, values: Lanes, otherwise: float) -> Lanes:
    """The value (k, N) of the initiative that a page is linked to, (N,)."""
    chosen = page[AT["initiative"]]
    result: Lanes = np.full(np.broadcast_shapes(chosen.shape, values.shape[1:]), otherwise)
    for place, row in enumerate(standing.initiatives):
        result = np.where(chosen == row, values[place], result)
    return result


def customer_worth(standing: Standing, page: Lanes) -> tuple[Lanes, Lanes]:
    """What the case is worth to the customer a year, cents (N,): on the claimed measure alone, and all in.

    All in it is the money (price and credit, which are certain) and what the other levers do for the two measures of
    the initiative's kind that they serve best, half of the second counted, by the initiative's swing.
    """
    work = amounts(standing, page)
    yearly, full = 4.0 * standing.sales, swing(standing, page)
    work[:CERTAIN] = 0.0
    by_work = _measured(work)
    paid, earned = claimed_parts(standing, page)
    claimed: Lanes = paid + earned * full
    first, second = np.zeros_like(claimed), np.zeros_like(claimed)
    chosen = page[AT["initiative"]]
    for code, measure in enumerate(MEASURES):
        about: Lanes = np.where(chosen < 0, float(measure == "savings"), 0.0)
        for row in standing.initiatives:
            right = measure in ABOUT[KINDS[standing.params.initiative_kind[row]]]
            about = np.where((chosen == row) & right, 1.0, about)
        value = np.maximum(0.0, by_work[code]) * about
        second = np.maximum(second, np.minimum(first, value))
        first = np.maximum(first, value)
    return claimed * yearly, certain_worth(standing, page) + (first + 0.5 * second) * full * yearly


def claimed_parts(standing: Standing, page: Lanes) -> tuple[Lanes, Lanes]:
    """Worth a year on the claimed measure, as shares of what the customer buys in a year (N,): of the money, and of the
    other levers at full swing."""
    pulled, metric = amounts(standing, page), page[AT["metric"]]
    money, work = pulled.copy(), pulled.copy()
    money[CERTAIN:], work[:CERTAIN] = 0.0, 0.0
    by_money, by_work = _measured(money), _measured(work)
    paid, earned = np.zeros(by_work.shape[1:]), np.zeros(by_work.shape[1:])
    for code in range(len(MEASURES)):
        paid = np.where(metric == code, by_money[code], paid)
        earned = np.where(metric == code, by_work[code], earned)
    return paid, earned


def certain_worth(standing: Standing, page: Lanes) -> Lanes:
    """What price and credit alone are worth to the customer a year, cents (N,): money, whatever becomes of the rest."""
    pulled = amounts(standing, page)
    money: Lanes = (pulled[0] + CUSTOMER_MONEY * pulled[1]) * 4.0 * standing.sales
    return money


def customer_burden(standing: Standing, page: Lanes) -> Lanes:
    """What the case asks of the customer a year, cents (N,): commitment, term, larger deliveries (ECONOMICS B26), and
    what a dearer price hurts beyond its money (B4)."""
    part = COMMITTING * page[AT["commitment"]] + TERM_BURDEN * page[AT["length"]] / 4.0
    part = part + POOLED_BURDEN * np.maximum(0.0, page[AT["pooled"]] - standing.pooled)
    part = part + (LOSS_AVERSION - 1.0) * np.maximum(0.0, -page[AT["price"]])
    yearly: Lanes = part * 4.0 * standing.sales
    return yearly
