"""The levers of a business case, each declared once: what may be chosen, who must sign, what it does, what it leaves.

A page pulls at most three `LEVERS`, and asks for a commitment and a term in return (`ASKS`). Whatever depends on which
levers there are loops over these declarations: pages and their fields, the moves that carry them, what is kept of them
and seen, books, forecasts, worth to the customer, judgement, explanations, bots. A lever's formulas stand here too, as
functions of plain arrays. To add one, declare it in `LEVERS`, after the others and ``later``, and give it its words in
`view`.

Both tables are read by name, in the order of a page::

    for name, lever in LEVERS.items():
        lever.choices           # ("no", "yes"), (0, 10, 20, 30): what may be said, the one that changes nothing first
        lever.bounds(desk=True)  # (0.0, 0.15): of one without choices: lowest and highest for that audience
        lever.step              # 0.005: the grid of its range
        lever.needs_desk        # whether our own desk must have signed it before a customer can be offered it
        lever.switch            # whether its choices are no and yes: a page holds 0 or 1
        seen.in_force(name, account)   # (L,) how far it is pulled today: 0 or 1, hours, specialists
        seen.until[name]        # (A, L) last quarter of it, where it has one of its own
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np

from kamsim.engine.lanes import Flags, Lanes, concave
from kamsim.engine.params import Params
from kamsim.engine.terms import COMMITMENTS, DAYS, LENGTHS, PRICE_STEP

SWITCH: Final = ("no", "yes")
MOST_LEVERS: Final = 3
"""More than three and nobody can say what the case is."""
RUSH_PART: Final = 0.25
"""Part of the orders that expediting sends by rush, at three times the cost (economics B16)."""
RESERVED: Final = 0.5
"""Of the cost of rushing orders, what reserving a place in the plan for them costs."""
POOLED_SAVING: Final = 0.35
"""Part of the order-driven cost to serve that larger deliveries save."""
COMMITTING, TERM_BURDEN, POOLED_BURDEN = 0.15, 0.003, 0.012
"""What it costs a customer to commit a share of wallet (by share), to sign (a year), to take larger deliveries (stock
and space): as shares of a year's purchases."""
SCALE_HOURS: Final = 20.0
"""Hours a quarter at which a programme has its full effect."""
PROGRAMME_GAIN, PEOPLE_GAIN = 0.22, 0.16
"""Engagement with the initiative gained a quarter: by a programme of 20 hours, by each specialist."""
MOST_GAIN: Final = 0.9
"""Of the engagement that is missing, what a quarter's work can add at most."""
BESPOKE_UPKEEP: Final = 1.0 / 24.0
"""Of the one-off cost, a quarter (economics B19: 12-20% a year)."""

Effect = Callable[[Lanes, Lanes], Lanes]
"""From two arrays that broadcast to what comes of them."""
Kept = Literal["level", "until", "offered", "booked"]
"""What a world keeps of a lever by account (A, L): how far it is pulled, its last quarter, what an open offer of Terms
says, cents booked for it this quarter."""


@dataclass(frozen=True)
class Stored:
    """Where checkpoints keep an array of a lever: part of the world, name there, and whether it holds small codes."""

    part: str
    name: str
    codes: bool = False


def _as_said(value: Lanes, _now: Lanes) -> Lanes:
    return value


@dataclass(frozen=True)
class Lever:
    """One lever, or one ask. Arrays: ``value`` is what a page says (N,), ``now`` or ``level`` what is in force."""

    name: str
    """Its field on a page, its argument in moves."""
    choices: tuple[Any, ...] = ()
    """What may be said, words or numbers; () for a number in a range."""
    ranges: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (0.0, 0.0))
    """Of one without choices: lowest and highest for a customer, and for our desk."""
    step: float = 1.0
    needs_desk: bool = False
    """Whether our own desk must have signed it before a customer can be offered it."""
    replaces: bool = False
    """Whether it replaces what is so today, as payment days do: 0, and the same again, leave things as they are."""
    money: bool = False
    """Whether it is money: its worth to the customer is certain, and hangs on no initiative."""
    new_task: bool = False
    """Whether it makes a decision a new task, on which a buying centre sleeps (economics B9)."""
    returns: bool = False
    """Whether taking it is also something that the customer does for us."""
    carried_by: Literal["", "team", "plant"] = ""
    """Who must find room for it beyond today's work."""
    crowds: bool = False
    """Whether a full plant has no room for it."""
    worth: Mapping[str, float] = field(default_factory=dict)
    """Worth to the customer a year by its own measures, as a share of what it buys from us in a year, when the
    initiative is in full swing: by unit of ``pulled``."""
    pulled: Effect = _as_said
    """How far (value, now) pulls it, in the units of ``worth``."""
    burden: Effect | None = None
    """What (value, now) asks of the customer a year, as a share of a year's purchases (economics B26)."""
    effort: Effect | None = None
    """Factor of (part driven by orders, level) on the cost to serve that moves with volume."""
    overhead: float = 0.0
    """Part of cost to serve that it adds."""
    first: bool = False
    """Whether the account's orders go first, which costs as `rushing` has it."""
    fit: float = 0.0
    """What it adds to fit."""
    gain: Callable[[Lanes], Lanes] | None = None
    """Engagement with the initiative that a level of it adds a quarter, of what is missing."""
    hours: bool = False
    """Whether it is counted in hours a quarter of our own team, from the quarter after the yes."""
    fee: Callable[[Params], float] | None = None
    """Cents a quarter that one of it costs."""
    one_off: Callable[[Params], Lanes] | None = None
    """(A, 1) cents once, and `BESPOKE_UPKEEP` of them in each later quarter; 0 where it cannot be had."""
    capped: float | None = None
    """Most of it that a yes under a cap leaves."""
    trade: str = ""
    """What it is called as a get for a price request, one of `params.TRADES`."""
    ends_with_terms: bool = False
    later: bool = False
    """Whether it was declared after the first checkpoints: they lack it, and its row on a page stands last."""
    rows: Mapping[Kept, Stored] = field(default_factory=dict)
    """What a world keeps of it, and where checkpoints have that."""

    @property
    def switch(self) -> bool:
        """Whether its choices are no and yes; a page holds 0 or 1."""
        return self.choices == SWITCH

    @property
    def served(self) -> bool:
        """Whether a quarter's trade or its books depend on its level."""
        return self.effort is not None or self.first or self.overhead > 0.0

    def bounds(self, *, desk: bool) -> tuple[float, float]:
        """Lowest and highest value of one without choices, for that audience."""
        return self.ranges[desk]

    def used(self, value: Lanes, now: Lanes) -> Flags:
        """Whether a page pulls it at all (N,)."""
        pulls: Flags = value != 0.0
        return pulls & (value != now) if self.replaces else pulls


def _credit(value: Lanes, now: Lanes) -> Lanes:
    years: Lanes = np.where(value > 0.0, value - now, 0.0) / 360.0
    return years


def _more(value: Lanes, now: Lanes) -> Lanes:
    more: Lanes = np.maximum(0.0, value - now)
    return more


def _worked(value: Lanes, _now: Lanes) -> Lanes:
    return concave(value, SCALE_HOURS)


def _larger_lots(value: Lanes, now: Lanes) -> Lanes:
    return POOLED_BURDEN * _more(value, now)


def _fewer_trips(orders: Lanes, level: Lanes) -> Lanes:
    factor: Lanes = 1.0 - (POOLED_SAVING * orders) * level
    return factor


def rushing(orders: Lanes, rushed: Lanes) -> Lanes:
    """Factor on the cost to serve that moves with volume, by the part of it that orders drive and by how far they go
    first: 1 by rush, `RESERVED` by a place in the plan (economics B16)."""
    factor: Lanes = 1.0 + (2.0 * RUSH_PART * orders) * rushed
    return factor


LEVERS: Final[dict[str, Lever]] = {
    lever.name: lever
    for lever in (
        Lever(
            "price",
            ranges=((-0.10, 0.10), (0.0, 0.15)),
            step=PRICE_STEP,
            money=True,
            worth={"savings": 1.0, "cash": 0.6, "growth": 0.2},
        ),
        Lever(
            "days",
            choices=(0, *DAYS, 120),
            replaces=True,
            money=True,
            new_task=True,
            worth={"cash": 0.4, "savings": 0.1},
            pulled=_credit,
            trade="prompt_payment",
        ),
        Lever(
            "pooled",
            choices=SWITCH,
            returns=True,
            worth={"savings": 0.032, "footprint": 0.018, "delivery": 0.012, "cash": -0.006},
            pulled=_more,
            burden=_larger_lots,
            effort=_fewer_trips,
            trade="fewer_deliveries",
            ends_with_terms=True,
            rows={
                "level": Stored("dealings", "pooled", codes=True),
                "offered": Stored("dealings", "offer_pooled", codes=True),
            },
        ),
        Lever(
            "programme",
            choices=(0, 10, 20, 30),
            new_task=True,
            carried_by="team",
            worth={"uptime": 0.034, "quality": 0.028, "savings": 0.026, "launch": 0.026, "delivery": 0.022,
                   "growth": 0.022, "cash": 0.020, "footprint": 0.016},
            pulled=_worked,
            gain=lambda hours: PROGRAMME_GAIN * concave(hours, SCALE_HOURS),
            hours=True,
            rows={"level": Stored("mandates", "programme"), "until": Stored("mandates", "programme_until")},
        ),
        Lever(
            "people",
            choices=(0, 1, 2),
            needs_desk=True,
            new_task=True,
            carried_by="team",
            worth={"uptime": 0.046, "quality": 0.040, "launch": 0.040, "delivery": 0.028, "growth": 0.026,
                   "savings": 0.018},
            gain=lambda specialists: PEOPLE_GAIN * specialists,
            fee=lambda params: params.specialist_cost,
            capped=1.0,
            rows={"level": Stored("mandates", "people"), "until": Stored("mandates", "people_until")},
        ),
        Lever(
            "bespoke",
            choices=SWITCH,
            needs_desk=True,
            new_task=True,
            carried_by="plant",
            worth={"launch": 0.052, "footprint": 0.052, "quality": 0.042, "growth": 0.034, "uptime": 0.030,
                   "savings": 0.018},
            overhead=0.03,  # economics B19: complexity
            fit=0.15,  # economics B19: .1 to .3
            one_off=lambda params: params.bespoke_cost,
            rows={"level": Stored("mandates", "bespoke", codes=True), "booked": Stored("mandates", "bespoke_cost")},
        ),
        Lever(
            "priority",
            choices=SWITCH,
            needs_desk=True,
            new_task=True,
            carried_by="plant",
            crowds=True,
            worth={"delivery": 0.052, "launch": 0.030, "uptime": 0.028, "growth": 0.022, "cash": -0.006},
            first=True,
            rows={"until": Stored("mandates", "priority_until")},
        ),
    )
}  # fmt: skip
"""What a page can give, money first."""
ASKS: Final[dict[str, Lever]] = {
    ask.name: ask
    for ask in (
        Lever(
            "commitment",
            choices=COMMITMENTS,
            new_task=True,
            burden=lambda value, _now: COMMITTING * value,
            trade="volume_commitment",
        ),
        Lever(
            "length",
            choices=LENGTHS,
            burden=lambda value, _now: TERM_BURDEN * value / 4.0,
            trade="longer_term",
        ),
    )
}
"""What it can ask in return: added share of wallet, quarters."""
KEPT: Final = tuple(lever for lever in LEVERS.values() if lever.rows)
"""Those of which a world keeps something of their own; price and days are part of the Terms."""
SERVED: Final = tuple(name for name, lever in LEVERS.items() if lever.served)
"""Those on which a quarter's trade or its books depend."""
FIRST: Final = tuple(name for name, lever in LEVERS.items() if lever.first)
"""Those that put an account's orders first."""
CERTAIN: Final = len([lever for lever in LEVERS.values() if lever.money])
"""How many levers are money; they stand first."""


def kept(row: Kept) -> tuple[tuple[Lever, Stored], ...]:
    """The levers of which that is kept, and where."""
    return tuple((lever, lever.rows[row]) for lever in KEPT if row in lever.rows)


NONE_OFFERED: Final[dict[str, Any]] = {lever.name: lever.choices[0] for lever, _ in kept("offered")}
"""What an offer of Terms says of its levers where it pulls none."""


def engagement_gain(levels: Mapping[str, Lanes]) -> Lanes:
    """Engagement with an initiative that levers at these levels add in a quarter, of what is missing."""
    added: Lanes | float = 0.0
    for name, lever in LEVERS.items():
        if lever.gain is not None:
            added = added + lever.gain(levels[name])
    gained: Lanes = np.minimum(MOST_GAIN, added)
    return gained
