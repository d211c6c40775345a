"""Figures of a session as every face may show them: the books so far, a price waterfall, lines, shares as known.

All of it is public or was found out. Cost to serve is as booked; last quarter's is the true one as soon as an account
was reviewed, as in `Seen`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.params import TRADES
from kamsim.game.events.closing import ProfitExplained, QuarterClosed
from kamsim.game.events.ending import RanksRevealed
from kamsim.view.words.books import ROUND_TO, rounded
from kamsim.view.words.prices import start_volumes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kamsim.engine.sight import Seen
    from kamsim.game.events.declared import Event
    from kamsim.game.session import Session

Data = Mapping[str, Any]
STEPS: Final = (
    ("List price", "volume_value", True), ("Discount", "on_invoice", False), ("Rebate", "off_invoice", False),
    ("Sales", "sales", True), ("Product cost", "variable_cost", False), ("Margin", "margin", True),
    ("Cost to serve", "cost_to_serve", False), ("Your team", "team", False), ("Waiting for payment", "capital", False),
    ("Credits", "credits", False), ("Account profit", "profit_booked", True),
)  # fmt: skip
"""The waterfall from list price to account profit: name, where its cents stand in the books, whether it is a total."""


@dataclass
class Chronicle:
    """The books of every close and why profit moved, gathered from events as they come."""

    closes: list[dict[str, Any]] = field(default_factory=list)
    whys: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    """By quarter."""
    revealed: list[dict[str, Any]] = field(default_factory=list)

    def note(self, events: Iterable[Event]) -> None:
        """Keep what some events tell of books."""
        for event in events:
            if isinstance(event, QuarterClosed):
                self.closes.append(event.plain())
            elif isinstance(event, ProfitExplained) and self.closes:
                self.whys.setdefault(int(self.closes[-1]["quarter"]), []).append(event.plain())
            elif isinstance(event, RanksRevealed):
                self.revealed.append(event.plain())

    @property
    def last(self) -> dict[str, Any] | None:
        """The books of the last close."""
        return self.closes[-1] if self.closes else None

    def series(self, account: str, name: str) -> tuple[float, ...]:
        """One figure of an account through the quarters."""
        return tuple(float(close["accounts"][account][name]) for close in self.closes)


def books(chronicle: Chronicle, seen: Seen, account: str) -> dict[str, Any] | None:
    """Last quarter's books of an account, with its true cost to serve as soon as that was reviewed."""
    if chronicle.last is None:
        return None
    row = seen.params.accounts.index(account)
    return {
        **chronicle.last["accounts"][account],
        "cost_to_serve": float(seen.cost_to_serve[row, 0]),
        "profit_booked": float(seen.profit[row, 0]),
        "reviewed": bool(seen.reviewed[row, 0]),
    }


def totals(chronicle: Chronicle, seen: Seen) -> dict[str, Any] | None:
    """Last quarter's books of all accounts together, beside the accounts as they are booked now: what a review has
    found since is no longer missing."""
    if chronicle.last is None:
        return None
    shown = [books(chronicle, seen, account) for account in chronicle.last["accounts"]]
    booked = sum(float(now["profit_booked"]) for now in shown if now is not None)
    return {**chronicle.last, "unallocated": float(chronicle.last["total"]) - booked}


def waterfall(now: Data) -> list[tuple[str, float, bool]]:
    """List price to account profit: name, cents in whole thousands, whether it is a total. Every total is the sum of
    what stands before it, as it is shown too. Credits only where there are any."""
    made: list[tuple[str, float, bool]] = []
    between: list[tuple[str, float]] = []
    last = 0
    for name, key, total in STEPS:
        value = float(now[key])
        if not total:
            between.append((name, value))
            continue
        whole = round(value / ROUND_TO)
        shown = rounded([cents for _, cents in between], whole - last)
        made += [(step, units * ROUND_TO, False) for (step, _), units in zip(between, shown, strict=True)]
        made.append((name, whole * ROUND_TO, True))
        last, between = whole, []
    return [step for step in made if step[2] or step[1] or step[0] not in ("Credits", "Rebate")]


@dataclass(frozen=True)
class LineBooks:
    """What one product line did at an account in a quarter, cents."""

    line: str
    listed: float
    sales: float
    cost: float

    @property
    def margin(self) -> float:
        """Sales less product cost."""
        return self.sales + self.cost


def by_line(session: Session, account: str) -> list[LineBooks]:
    """An account's books of the last close by line, down to the margin: cost to serve belongs to the account."""
    if not session.history:
        return []
    ledger, params = session.history[-1], session.params
    listed, discount, rebate, cost = (ledger.money[ledger.names.index(name), :, 0] for name in
                                      ("list_sales", "on_invoice", "off_invoice", "variable_cost"))  # fmt: skip
    made: dict[str, list[float]] = {}
    for cell in params.account_cells[params.accounts.index(account)]:
        line = params.cells[cell][2]
        sums = made.setdefault(line, [0.0, 0.0, 0.0])
        sums[0] += float(listed[cell])
        sums[1] += float(listed[cell] + discount[cell] + rebate[cell])
        sums[2] += float(cost[cell])
    return [LineBooks(line, *sums) for line, sums in made.items()]


def wallet_share(seen: Seen, account: str, listed: float) -> tuple[float, int] | None:
    """Our part of what they buy, as far as we know their wallet, and how many quarters ago that was heard."""
    wallet, ages = seen.known("wallet", seen.params.accounts.index(account))
    if ages[0] != ages[0] or wallet[0] <= 0:
        return None
    return min(1.0, listed / float(wallet[0])), int(ages[0])


def trust_known(seen: Seen, account: str) -> tuple[float, int] | None:
    """Trust as last felt, 0 to 1, and how many quarters ago."""
    trust, ages = seen.known("trust", seen.params.accounts.index(account))
    return None if ages[0] != ages[0] else (float(trust[0]), int(ages[0]))


def trade_wanted(seen: Seen, request: str) -> str | None:
    """What would serve whoever asks, one of `TRADES`, as far as we know; '' where it is known that nothing would, None
    where nothing is known."""
    value, ages = seen.known("interest", seen.params.requests.index(request))
    if ages[0] != ages[0]:
        return None
    return TRADES[int(value[0])] if value[0] >= 0 else ""


def by_first_sales(session: Session) -> list[str]:
    """Accounts by what they bought on the day they were taken over, the largest first: one order on every page."""
    params = session.params
    pocket = params.list_price * (1.0 - params.start_discount) * (1.0 - params.start_rebate)
    sales = dict.fromkeys(params.accounts, 0.0)
    for cell, volume in enumerate(start_volumes(session.scenario, params)):
        sales[params.cells[cell][0]] += float(pocket[cell, 0]) * volume
    return ranking(sales)


def ranking(values: Mapping[str, float]) -> list[str]:
    """Names from the largest value down."""
    return sorted(values, key=lambda name: -values[name])
