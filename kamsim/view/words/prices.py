"""Prices as the player knows them, and what a change of price must bring to repay itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kamsim.engine.params import start_shares
from kamsim.view.words import levers
from kamsim.view.words.names import Cast, counted, percent, points

if TYPE_CHECKING:
    from kamsim.engine.params import Params
    from kamsim.engine.sight import Seen
    from kamsim.scenario.models import Scenario


@dataclass(frozen=True)
class Price:
    """What one customer pays for one line in one region: per unit in cents, ``volume`` in units a quarter."""

    line: str
    region: str
    list_price: float
    discount: float
    rebate: float
    agreed: float
    unit_cost: float
    volume: float

    @property
    def pocket(self) -> float:
        """What is left of the list price after discount and rebate."""
        return self.list_price * (1.0 - self.discount) * (1.0 - self.rebate)

    @property
    def margin(self) -> float:
        """What the pocket price leaves over unit cost, as a share of it."""
        return (self.pocket - self.unit_cost) / self.pocket if self.pocket else 0.0

    def given(self, discount: float | None = None, rebate: float | None = None) -> float:
        """Cents a quarter given away by another discount or rebate at today's volume; negative where we gain."""
        off = self.discount if discount is None else discount
        back = self.rebate if rebate is None else rebate
        return self.volume * (self.pocket - self.list_price * (1.0 - off) * (1.0 - back))


def start_volumes(scenario: Scenario, params: Params) -> tuple[float, ...]:
    """Units a quarter by cell on the first day: our own sales, which we know before any books are closed."""
    sales, _ = start_shares(scenario, params)
    pocket = params.list_price * (1.0 - params.start_discount) * (1.0 - params.start_rebate)
    return tuple(float(value) for value in (sales / pocket)[:, 0])


def _materials(scenario: Scenario, quarter: int) -> float:
    """The materials index of the last quarter whose books we have."""
    index = 1.0
    for entry in sorted(scenario.macro, key=lambda entry: entry.quarter):
        if entry.quarter < max(quarter, 2) and "materials" in entry.model_fields_set:
            index = entry.materials
    return index


def prices(cast: Cast, seen: Seen, account: str) -> list[Price]:
    """The prices of one account, a row for each line and region that it buys."""
    params, made = seen.params, []
    start = start_volumes(cast.scenario, params)
    for cell in params.account_cells[params.accounts.index(account)]:
        line = cast.lines[params.cells[cell][2]]
        unit_cost = line.unit_cost * 100.0 * (1.0 + line.steel * (_materials(cast.scenario, seen.quarter) - 1.0))
        made.append(
            Price(
                line.id,
                params.cells[cell][1],
                float(params.list_price[cell, 0]),
                float(seen.discount[cell, 0]),
                float(seen.rebate[cell, 0]),
                float(seen.agreed[cell, 0]),
                unit_cost,
                float(seen.volume[cell, 0]) if seen.quarter > 1 else start[cell],
            )
        )
    return made


def start_sales(cast: Cast, seen: Seen, account: str) -> float:
    """Sales a quarter in cents: last quarter's books, or before the first close the prices and volumes taken over."""
    if seen.quarter > 1:
        return float(seen.sales[seen.params.accounts.index(account), 0])
    return sum(price.pocket * price.volume for price in prices(cast, seen, account))


def repays_at(given: float, margin: float) -> float | None:
    """How much more volume repays what is given away, as a share of today's (negative: how much may be lost).
    None where no volume does. ``given`` and ``margin`` in cents a quarter at today's volume."""
    left = margin - given
    return given / left if left > 1e-9 else None


def margin_of(rows: Sequence[Price]) -> float:
    """Pocket margin of some rows at today's volume, cents a quarter."""
    return sum((row.pocket - row.unit_cost) * row.volume for row in rows)


def change_lines(cast: Cast, rows: Sequence[Price], given: float, beyond: Sequence[str] = ()) -> list[str]:
    """What a change of price costs at today's volume, and the volume that repays it; then what else is offered and is
    not in that figure (``beyond``)."""
    also = [f"Not in that figure: {'; '.join(beyond)}."] if beyond else []
    if abs(given) < 50 or not rows:
        if beyond:
            return [f"No change in price. Beside it: {'; '.join(beyond)}."]
        return ["At today's volume that changes nothing in money."]
    needed = repays_at(given, margin_of(rows))
    sales = sum(row.pocket * row.volume for row in rows)
    share = percent(margin_of(rows) / sales) if sales else "0%"
    cost = f"That costs {cast.money(given)} a quarter at today's volume."
    if given < 0:
        lost = "" if needed is None else f" It pays unless they buy {percent(-needed)} less."
        return [f"That brings {cast.money(-given)} a quarter at today's volume.{lost}", *also]
    if needed is None:
        return [cost, f"At a margin of {share} no volume repays it: every further unit loses money.", *also]
    return [cost, f"At a margin of {share} it repays only if they buy {percent(needed)} more.", *also]


def beyond_price(cast: Cast, seen: Seen, account: str, offer: Mapping[str, Any]) -> list[str]:
    """What an offer changes besides the price, with its money where we can count it."""
    row, said = seen.params.accounts.index(account), []
    sooner = float(seen.days[row, 0]) - float(offer["days"])
    if abs(sooner) > 0.5:
        worth = start_sales(cast, seen, account) * seen.params.cost_of_capital / 4.0 / 90.0 * abs(sooner)
        way = "sooner saves" if sooner > 0 else "later costs"
        said.append(f"payment {abs(sooner):.0f} days {way} about {cast.money(worth)} a quarter")
    said += levers.changes(seen, row, offer)
    if float(offer.get("commitment", 0.0)) > 0:
        said.append("the volume they commit")
    return said


def start_prices(cast: Cast, params: Params) -> list[tuple[str, Price]]:
    """Every price as it was on the first day, with the account that pays it."""
    volumes, rows = start_volumes(cast.scenario, params), []
    for cell, (account, region, line) in enumerate(params.cells):
        off, back = float(params.start_discount[cell, 0]), float(params.start_rebate[cell, 0])
        price = float(params.list_price[cell, 0])
        cost = cast.lines[line].unit_cost * 100.0
        rows.append((account, Price(line, region, price, off, back, off, cost, volumes[cell])))
    return rows


def guess_base(cast: Cast, params: Params) -> tuple[str, Price]:
    """The price that the guess about break-even is about, as it was on the first day: the largest line of the largest
    account."""
    rows = start_prices(cast, params)
    sales = {name: sum(row.pocket * row.volume for owner, row in rows if owner == name) for name in params.accounts}
    largest = max(params.accounts, key=lambda name: sales[name])
    return largest, max((row for owner, row in rows if owner == largest), key=lambda row: row.pocket * row.volume)


def breakeven_of_five(price: Price) -> float | None:
    """Share of volume that repays five further points of discount on one price."""
    return repays_at(price.given(discount=price.discount + 0.05), margin_of([price]))


def terms(offer: Mapping[str, Any]) -> str:
    """An offer in one line: what changes in price, what they commit, for how long, when they pay, how we deliver."""
    change = float(offer.get("change", 0.0))
    price = f"{points(change)} {'more off' if change > 0 else 'taken back'}" if abs(change) > 1e-9 else "price as it is"
    parts = [price]
    if float(offer.get("commitment", 0.0)) > 0:
        parts.append(f"they commit {percent(float(offer['commitment']), 1)} more of what they buy")
    parts.append(f"{counted(int(offer.get('length', 4)) // 4, 'year')}")
    parts.append(f"{int(offer.get('days', 60))} days to pay")
    return ", ".join([*parts, *levers.offer_terms(offer)])
