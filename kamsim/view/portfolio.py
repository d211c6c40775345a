"""All accounts in figures: one row each, with everything that may be shown of it side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kamsim.view import books
from kamsim.view.words.books import profit_parts
from kamsim.view.words.names import age, listed, percent
from kamsim.view.words.prices import prices

if TYPE_CHECKING:
    from kamsim.view.table import Table


@dataclass(frozen=True)
class Row:
    """An account in figures: cents, and shares from 0 to 1. ``listed`` is its volume at list price, ``off`` what it
    pays below that; ``now`` its last books, None before the first close; ``share`` ours of its wallet and ``trust``,
    each with its age in quarters, None where it is not known; ``ranks`` its places by sales and by profit in the last
    ranking, from 1, and the year of it; None before the first."""

    account: str
    sales: float
    listed: float
    off: float
    now: dict[str, Any] | None
    history: tuple[float, ...]
    """Account profit of every closed quarter, the last as it is booked now."""
    share: tuple[float, int] | None
    trust: tuple[float, int] | None
    ranks: tuple[int, int, int] | None


def rows(table: Table) -> list[Row]:
    """Every account, the largest first as on the first day."""
    return [row(table, account) for account in table.accounts]


def row(table: Table, account: str) -> Row:
    """An account in figures."""
    cast, seen, now = table.cast, table.seen, table.books(account)
    sales = table.sales(account)
    at_list = sum(price.list_price * price.volume for price in prices(cast, seen, account))
    history: tuple[float, ...] = ()
    if now is not None:
        at_list = float(now["volume_value"])
        history = (*table.chronicle.series(account, "profit_booked")[:-1], float(now["profit_booked"]))
    ranks = None
    if table.chronicle.revealed:
        last = table.chronicle.revealed[-1]
        ranks = last["by_sales"].index(account) + 1, last["by_profit"].index(account) + 1, int(last["year"])
    return Row(
        account=account,
        sales=sales,
        listed=at_list,
        off=1.0 - sales / at_list if at_list else 0.0,
        now=now,
        history=history,
        share=books.wallet_share(seen, account, at_list),
        trust=books.trust_known(seen, account),
        ranks=ranks,
    )


def line(table: Table, item: Row) -> str:
    """The same in a sentence."""
    cast = table.cast
    said = [f"sales {cast.money(item.sales)}, {percent(item.off, 1)} below list"]
    if item.now is not None:
        said.append(f"account profit {profit_parts(cast, item.now)}")
    share, trust = item.share, item.trust
    said.append("share of wallet not known" if share is None
                else f"{percent(share[0])} of their wallet, known {age(share[1], 0)}")  # fmt: skip
    said.append(
        "trust not felt yet" if trust is None else f"trust {trust[0] * 100:.0f} of 100, felt {age(trust[1], 0)}"
    )
    if item.ranks is not None:
        by_sales, by_profit, year = item.ranks
        said.append(f"{by_sales} by sales, {by_profit} by profit in year {year}")
    return f"{cast.account(item.account)}: {'; '.join(said)}."


def ranked_line(table: Table) -> str:
    """The last ranking by profit, '' before the first."""
    if not table.chronicle.revealed:
        return ""
    last = table.chronicle.revealed[-1]
    names = listed([table.cast.account(name) for name in last["by_profit"]], "then")
    return f"Year {last['year']} by profit: {names}."


def cost_lines(table: Table) -> list[str]:
    """Whose cost to serve is booked as it is, and whose is spread over all."""
    accounts, seen = table.cast.accounts, table.seen
    reviewed = [name for name in table.accounts if bool(seen.reviewed[seen.params.accounts.index(name), 0])]
    said = []
    if len(reviewed) < len(accounts):
        hours = table.takes("review_costs", account=table.accounts[0])
        said.append(
            "Cost to serve is booked as an equal share of sales, whoever causes it. A review of one customer "
            f"({hours:.0f} hours, on its page) books the true figure."
        )
    told = listed([table.cast.account(name) for name in reviewed])
    return [*said, f"Reviewed so far: {told}." if reviewed else "Nobody is reviewed yet."]
