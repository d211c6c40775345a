"""What a player sees while building a case: money, range, break-even, tier, gate. From Seen alone, and never how
likely a yes is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.engine.appraisal import NO_BREAK_EVEN, Appraisal, npv
from kamsim.engine.belief import believe, believed_standing
from kamsim.engine.forecast import MONEY, Noise, Path, project, without
from kamsim.engine.judgement import implied_claim, stopped, tier_of
from kamsim.engine.lanes import Lanes, total
from kamsim.engine.page import AT, GATES, TIERS
from kamsim.engine.sight import Seen
from kamsim.engine.standing import Standing
from kamsim.engine.terms import PRICE_STEP

QUANTILES: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
AT_REST, DRAGGING = 2000, 256
"""Futures behind a fan: when the page rests, and while a lever moves."""
SAID: Final = [AT[name] for name in ("price", "claim", "width", "due", "inaction_value")]
"""Fields of a page that move with its price, none of which changes how far the price could go."""


@dataclass(frozen=True, eq=False)
class Preview:
    """One page worked out from what the player knows. Money in cents; T quarters from the next one."""

    fan: Lanes
    """(5, T) quantiles of cumulative account profit with the case, at `QUANTILES`."""
    fan_without: Lanes
    """(5, T) the same without it."""
    fan_added: Lanes
    """(5, T) what the case adds to it, future by future."""
    gain: Lanes
    """(5,) quantiles of the case's net present value."""
    chance_of_loss: float
    """Share of futures in which the net present value is below nothing."""
    before: dict[str, float]
    """Waterfall of a quarter without the case, by `forecast.MONEY`: the mean of the second year."""
    after: dict[str, float]
    npv: float
    """At our hurdle, in the middle of the belief."""
    npv_judged: float
    """After the desk's haircut for our word, precedent and spill."""
    payback: float
    """Quarters; 0 where nothing is ever owed, NaN for never."""
    break_even: float
    """Extra volume that repays the case, as a share of today's; NaN where there is none."""
    no_break_even: str
    """Why there is none, a name of `appraisal.NO_BREAK_EVEN`; '' where there is one."""
    price_break_even: float
    """Points of list that could be given in all before the net present value is gone; NaN outside -10..15 points."""
    receivables: float
    """A quarter."""
    load: float
    """Highest utilisation of a line that they buy."""
    precedent: float
    """A year: what other buyers would learn."""
    spill: float
    """A year: what their other regions would claim."""
    concession: float
    """What it gives away, as a share of a year's sales."""
    tier: str
    """Who would have to sign inside our company; '' for a customer's case."""
    gate: str
    """What would stop it before anybody judged it; '' for nothing."""
    worth: float
    """To the customer a year, all in; ``claimed_worth`` on the claimed measure, ``burden`` what it asks of them."""
    claimed_worth: float
    burden: float
    implied: float
    """What our own facts imply for the page's claim, in the claim's own unit."""
    worked: Appraisal
    """The middle of the belief, worked out."""

    @property
    def irr(self) -> float:
        """A year; NaN where there is none or more than one. Worked out where somebody looks."""
        return float(self.worked.irr[0])

    @property
    def sign_changes(self) -> int:
        """How often the flows change sign."""
        return int(self.worked.sign_changes[0])


class Futures:
    """The futures of one account as believed in one quarter: drawn once, so that all offers meet the same ones."""

    def __init__(self, seen: Seen, account: int) -> None:
        self.seen, self.account = seen, account
        self.middle = believed_standing(seen, account)
        self._drawn: dict[int, tuple[Standing, Noise, Path]] = {}
        self._fans: dict[int, Lanes] = {}
        self._even: tuple[bytes, float] = (b"", 0.0)

    def without(self, lanes: int) -> tuple[Standing, Noise, Path]:
        """Standing, luck and the path without any case, kept for the next offer."""
        if lanes not in self._drawn:
            standing, noise = believe(self.seen, self.account, lanes)
            self._drawn[lanes] = standing, noise, project(standing, None, noise)
        return self._drawn[lanes]

    def _fan_without(self, lanes: int) -> Lanes:
        if lanes not in self._fans:
            self._fans[lanes] = _quantiles(_running(self.without(lanes)[2].profit))
        return self._fans[lanes]

    def _price_break_even(self, page: Lanes) -> float:
        """Kept while only what it does not depend on moves: the price, and what is said and does nothing."""
        rest = page.copy()
        rest[SAID] = 0.0
        key = rest.tobytes()
        if self._even[0] != key:
            self._even = key, _price_break_even(self.middle, page)
        return self._even[1]

    def preview(self, page: Lanes, *, desk: bool, lanes: int = AT_REST) -> Preview:
        """Work out a page (G, 1)."""
        standing, noise, bare = self.without(lanes)
        given = project(standing, page, noise)
        hurdle = self.seen.params.hurdle
        added = given.profit - bare.profit
        value = npv(added, hurdle)
        worked, gate = stopped(self.middle, page, desk=desk)
        futures = np.concatenate((_running(given.profit), _running(added), value[None]))
        fans = _quantiles(futures)
        long = len(added)
        return Preview(
            fan=fans[:, :long],
            fan_without=self._fan_without(lanes),
            fan_added=fans[:, long:-1],
            gain=fans[:, -1],
            chance_of_loss=float(np.count_nonzero(value < 0.0)) / lanes,
            before=_waterfall(worked.without),
            after=_waterfall(worked.given),
            no_break_even=_reason(worked),
            price_break_even=self._price_break_even(page),
            tier=TIERS[int(tier_of(self.middle, worked)[0][0])] if desk else "",
            gate=GATES[int(gate[0]) - 1] if gate[0] else "",
            implied=float(implied_claim(worked)[0]),
            load=float(np.max(worked.load)),
            npv_judged=float(worked.judged[0]),
            worked=worked,
            **{name: float(np.atleast_1d(getattr(worked, name))[0]) for name in _PLAIN},
        )


_PLAIN: Final = (
    "npv", "payback", "break_even", "receivables", "precedent", "spill", "concession", "worth",
    "claimed_worth", "burden",
)  # fmt: skip


def _quantiles(values: Lanes) -> Lanes:
    """`QUANTILES` of rows (R, N), straight between the two values that lie around each: (5, R)."""
    rows = np.sort(values, axis=-1)
    made = np.empty((len(QUANTILES), len(rows)))
    for place, part in enumerate(QUANTILES):
        at = part * (rows.shape[-1] - 1)
        below = int(at)
        low, high, way = rows[:, below], rows[:, below + 1], at - below
        made[place] = low + (high - low) * way if way < 0.5 else high - (high - low) * (1.0 - way)
    return made


def _running(profit: Lanes) -> Lanes:
    """Profit so far, quarter by quarter (T, N)."""
    so_far = profit.copy()
    for quarter in range(1, so_far.shape[0]):
        so_far[quarter] += so_far[quarter - 1]
    return so_far


def _reason(worked: Appraisal) -> str:
    return NO_BREAK_EVEN[int(worked.no_break_even[0])]


def _waterfall(path: Path) -> dict[str, float]:
    """A mean quarter of the second year, line by line."""
    year = total(np.swapaxes(path.money[:, 4:8, 0], 0, 1))
    return {name: float(money) / 4.0 for name, money in zip(MONEY, year, strict=True)}


def _price_break_even(standing: Standing, page: Lanes) -> float:
    """How many points of list could be given in all, the rest of the page as it is, before the case earns nothing."""
    steps = np.arange(-20, 31) * PRICE_STEP
    pages = np.repeat(page, len(steps), axis=-1)
    pages[AT["price"]] = steps
    flows = project(standing, pages).profit - without(standing).profit
    earns = npv(flows, standing.params.hurdle) >= 0.0
    if earns.all() or not earns.any():
        return float("nan")
    return float(np.max(np.where(earns, steps, -1.0)))
