"""What the levers of a page come to for the customer: on its own measures, all in, and what they ask of it.

One account for everybody: the engine applies it, forecasts count on it, readers check claims against it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes, cut
from kamsim.engine.levers import ASKS, CERTAIN, LEVERS
from kamsim.engine.market import LOSS_AVERSION
from kamsim.engine.page import AT, METRICS
from kamsim.engine.params import KINDS, MEASURES
from kamsim.engine.people import CUSTOMER_MONEY
from kamsim.engine.standing import Stake, intensity

ABOUT: Final[dict[str, tuple[str, ...]]] = {
    "cost_out": ("savings", "cash"),
    "growth": ("growth", "launch", "delivery"),
    "resilience": ("uptime", "delivery", "quality"),
    "sustainability": ("footprint", "quality"),
    "digital": ("uptime", "quality", "savings"),
    "working_capital": ("cash", "savings"),
    "integration": ("savings", "delivery"),
}
"""Which measures a kind of initiative is about (economics B14)."""
IDLE_WORTH: Final = 0.4
"""Part of a lever's worth that does not depend on the initiative's being in full swing."""
SIGNED_GAIN: Final = 0.35
"""Engagement gained when a customer signs a case for an initiative."""


_SERVES: Final = tuple(
    (row, MEASURES.index(measure), worth)
    for row, lever in enumerate(LEVERS.values())
    for measure, worth in lever.worth.items()
    if worth
)
"""Which measures each lever serves, by their rows, and its worth there: a tenth of all pairs."""
_NOTHING: Final = np.zeros(1)
_ABOUT: Final = np.array([[float(measure in ABOUT[kind]) for measure in METRICS] for kind in KINDS])
"""By kind of initiative and measure: 1 where such an initiative is about it."""
_UNLINKED: Final = np.array([float(measure == "savings") for measure in METRICS])
"""What a page is about that speaks of no initiative."""


def amounts(standing: Stake, page: Lanes) -> Lanes:
    """How far each lever of a page is pulled, in the units of `Lever.worth`; shape (levers, N). A price counts by the
    part of the account that it is for."""
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
    now = {**standing.now, "days": standing.days}
    pulled = [price if name == "price" else lever.pulled(page[AT[name]], now.get(name, _NOTHING))
              for name, lever in LEVERS.items()]  # fmt: skip
    return np.array(np.broadcast_arrays(*pulled))


def _sum(values: Lanes) -> Lanes:
    result: Lanes = values[0]
    for row in values[1:]:
        result = result + row
    return result


def worth_by_measure(standing: Stake, pulled: Lanes) -> Lanes:
    """What a page's levers are worth to the customer a year on each metric, cents at full swing; (metrics, N).
    ``pulled``: their `amounts`."""
    return _measured(pulled, range(len(LEVERS))) * 4.0 * standing.sales


def _measured(pulled: Lanes, levers: range) -> Lanes:
    """The worth of some of them by metric (metrics, N): levers added in their order."""
    worth: Lanes = np.zeros((len(METRICS), *pulled.shape[1:]))
    for row, measure, value in _SERVES:
        if row in levers:
            worth[measure] += value * pulled[row]
    return worth


def swing(standing: Stake, page: Lanes) -> Lanes:
    """How much of a lever's worth comes true, by the state of the linked initiative (N,)."""
    strength = linked(standing, page, intensity(standing.state) if standing.state.size else standing.state, 0.0)
    full: Lanes = IDLE_WORTH + (1.0 - IDLE_WORTH) * np.minimum(1.0, strength)
    return full


def linked(standing: Stake, page: Lanes, values: Lanes, otherwise: float) -> Lanes:
    """The value (k, N) of the initiative that a page is linked to, (N,)."""
    chosen = page[AT["initiative"]]
    result: Lanes = np.full(np.broadcast_shapes(chosen.shape, values.shape[1:]), otherwise)
    for place, row in enumerate(standing.initiatives):
        result = np.where(chosen == row, values[place], result)
    return result


def subject(standing: Stake, page: Lanes) -> Lanes:
    """Which measures a page is about, by its initiative: 1 or 0, (metrics, N)."""
    kinds = standing.params.initiative_kind
    table = np.zeros((len(kinds) + 1, len(METRICS)))
    for row in standing.initiatives:
        table[row] = _ABOUT[kinds[row]]
    table[-1] = _UNLINKED
    rows = page[AT["initiative"]].astype(np.intp)
    about: Lanes = cut(table.T, np.maximum(rows, -1))
    return about


def customer_worth(standing: Stake, page: Lanes, pulled: Lanes) -> tuple[Lanes, Lanes]:
    """What the case is worth to the customer a year, cents (N,): on the claimed measure alone, and all in. ``pulled``:
    the page's `amounts`.

    All in it is the money (price and credit, which are certain) and what the other levers do for the two measures of
    the initiative's kind that they serve best, half of the second counted, by the initiative's swing.
    """
    yearly, full = 4.0 * standing.sales, swing(standing, page)
    by_money, by_work = _parted(pulled)
    by_claim = of_metric(by_work, page[AT["metric"]])
    claimed: Lanes = of_metric(by_money, page[AT["metric"]]) + by_claim * full
    first, second = np.zeros_like(claimed), np.zeros_like(claimed)
    about = subject(standing, page)
    for metric in np.flatnonzero(about.any(axis=1)).tolist():
        value = np.maximum(0.0, by_work[metric]) * about[metric]
        second = np.maximum(second, np.minimum(first, value))
        first = np.maximum(first, value)
    return claimed * yearly, certain_worth(standing, pulled) + (first + 0.5 * second) * full * yearly


def claimed_parts(standing: Stake, page: Lanes) -> tuple[Lanes, Lanes]:
    """Worth a year on the claimed measure, as shares of what the customer buys in a year (N,): of the money, and of the
    other levers at full swing."""
    by_money, by_work = _parted(amounts(standing, page))
    return of_metric(by_money, page[AT["metric"]]), of_metric(by_work, page[AT["metric"]])


def _parted(pulled: Lanes) -> tuple[Lanes, Lanes]:
    """Worth by metric of the money, and of the other levers, (metrics, N) both."""
    return _measured(pulled, range(CERTAIN)), _measured(pulled, range(CERTAIN, len(LEVERS)))


def of_metric(values: Lanes, metric: Lanes) -> Lanes:
    """The row of ``values`` (metrics, N) for a customer's measure, given by its code (..., N); 0 for others."""
    rows = metric.astype(np.intp)
    lanes = np.arange(values.shape[1]) if values.shape[1] > 1 else 0
    chosen: Lanes = np.where((rows >= 0) & (rows < len(MEASURES)), values[rows, lanes], 0.0)
    return chosen


def certain_worth(standing: Stake, pulled: Lanes) -> Lanes:
    """What price and credit alone are worth to the customer a year, cents (N,): money, whatever becomes of the rest."""
    money: Lanes = (pulled[0] + CUSTOMER_MONEY * pulled[1]) * 4.0 * standing.sales
    return money


def customer_burden(standing: Stake, page: Lanes) -> Lanes:
    """What the case asks of the customer a year, cents (N,): commitment, term, larger deliveries (economics B26), and
    what a dearer price hurts beyond its money (B4)."""
    part: Lanes | float = 0.0
    for name, lever in {**ASKS, **LEVERS}.items():
        if lever.burden is not None:
            part = part + lever.burden(page[AT[name]], standing.now.get(name, _NOTHING))
    part = part + (LOSS_AVERSION - 1.0) * np.maximum(0.0, -page[AT["price"]])
    yearly: Lanes = part * 4.0 * standing.sales
    return yearly
