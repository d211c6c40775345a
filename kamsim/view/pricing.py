"""Prices and whole offers: what can be set, what today's is, and what a change costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.moves import Refusal
from kamsim.engine.terms import PRICE_STEP
from kamsim.view import offers
from kamsim.view.account import signed_until
from kamsim.view.words import waiting
from kamsim.view.words.prices import Price, beyond_price, change_lines, margin_of, prices

if TYPE_CHECKING:
    from kamsim.view.questions import Part
    from kamsim.view.table import Table

STEP: Final = PRICE_STEP
"""Steps of every price, as a share of list price."""
NAMES: Final = {"set_discount": "discount", "set_rebate": "rebate"}
"""By move: the price that it sets, which is its argument too."""
SMALL: Final = 1e-9


# --- one price --------------------------------------------------------------------------------------------------


def places(table: Table, account: str) -> dict[str, list[Price]]:
    """What can be priced, by name: each line in each region, and a line everywhere where several regions buy it."""
    rows = prices(table.cast, table.seen, account)
    made = {place_name(table, account, row): [row] for row in rows}
    for line in dict.fromkeys(row.line for row in rows):
        same = [row for row in rows if row.line == line]
        if len(same) > 1:
            made[f"{table.cast.line(line)} everywhere"] = same
    return made


def place_name(table: Table, account: str, price: Price) -> str:
    """A line, with its region where the account has several."""
    region = region_name(table, account, price)
    return f"{table.cast.line(price.line)} in {region}" if region else table.cast.line(price.line)


def region_name(table: Table, account: str, price: Price) -> str:
    """The region of a price; '' where the account has only one."""
    found = table.cast.accounts[account].regions
    return next((item.name for item in found if item.id == price.region), "") if len(found) > 1 else ""


@dataclass(frozen=True)
class Change:
    """A new price on some rows: what it gives away and the margin before it, cents a quarter at today's volume, and
    both in words."""

    given: float
    margin: float
    lines: tuple[str, ...]


def arguments(account: str, rows: list[Price]) -> dict[str, Any]:
    """The arguments of a move that names these prices."""
    region = {"region": rows[0].region} if len(rows) == 1 else {}
    return {"account": account, "line": rows[0].line, **region}


def allowed(table: Table, kind: str, account: str, rows: list[Price]) -> tuple[float, float] | None:
    """The lowest and highest discount or rebate that the rules take; None where they take none."""
    ways = table.options(kind, account, line=rows[0].line)
    region = rows[0].region if len(rows) == 1 and len(ways) > 1 else None
    way = next(option for option in ways if option.args.get("region") == region)
    if int(way.refused[0]) not in (int(Refusal.NONE), int(Refusal.NO_CHANGE)):
        return None
    low, high = way.ranges[NAMES[kind]]
    return float(low[0]) + 0.0, float(high[0]) + 0.0


def nothing_allowed(kind: str) -> str:
    """Why no value is."""
    return (
        f"No {NAMES[kind]} can be set there: what one site was promised is beyond what another may have. Set each site."
    )


def today(kind: str, rows: list[Price]) -> float:
    """Today's discount or rebate, the highest of the rows."""
    return max(float(getattr(row, NAMES[kind])) for row in rows)


def is_today(kind: str, rows: list[Price], value: float) -> bool:
    """Whether a value would change nothing."""
    return all(abs(float(getattr(row, NAMES[kind])) - value) <= SMALL for row in rows)


def change(table: Table, kind: str, rows: list[Price], value: float) -> Change:
    """What another discount or rebate costs."""
    given = sum(row.given(**{NAMES[kind]: value}) for row in rows)
    return Change(given, margin_of(rows), tuple(change_lines(table.cast, rows, given)))


# --- a whole offer ----------------------------------------------------------------------------------------------


def offer(table: Table, account: str, terms: dict[str, Any]) -> Part:
    """Everything that an offer says, as questions."""
    low, high = table.options("offer_terms", account)[0].ranges[offers.CHANGE]
    return offers.part(table.cast, table.seen, account, terms, (float(low[0]) + 0.0, float(high[0]) + 0.0))


def offer_off(table: Table, account: str, terms: dict[str, Any]) -> str:
    """Why an offer cannot be made, in a sentence; '' where it can. One that changes nothing is none, unless what is
    signed ends and would be signed again."""
    off = table.why_not("offer_terms", account=account, **terms)
    ends = signed_until(table.seen, account) == table.quarter
    return off or ("" if ends or terms != offers.today(table.seen, account) else waiting.today_is_no_offer())


@dataclass(frozen=True)
class OfferMeaning:
    """What an offer comes to a quarter at today's volume, cents: at list price, today's sales, what it gives away, and
    today's margin; and the same in words."""

    listed: float
    sales: float
    given: float
    margin: float
    lines: tuple[str, ...]


def offer_meaning(table: Table, account: str, terms: dict[str, Any]) -> OfferMeaning:
    """What an offer costs, and what else is in it."""
    cast, seen = table.cast, table.seen
    rows, more = prices(cast, seen, account), float(terms["change"])
    given = sum(row.given(discount=max(0.0, row.discount + more)) for row in rows)
    lines = change_lines(cast, rows, given, beyond_price(cast, seen, account, terms))
    return OfferMeaning(
        sum(row.list_price * row.volume for row in rows),
        sum(row.pocket * row.volume for row in rows),
        given,
        margin_of(rows),
        tuple(lines),
    )
