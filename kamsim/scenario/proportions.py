"""What a scenario's first quarter comes to, for an author to hold against what is usual."""

from __future__ import annotations

from typing import Final, NamedTuple

from kamsim.scenario.models import Scenario

USUAL_SERVICE: Final = (0.10, 0.15)
"""Cost to serve over all customers as a share of sales (AUTHORING, "Balance")."""


class FirstQuarter(NamedTuple):
    """Money of all customers together: ``sales`` at pocket price, and as shares of them the pocket ``margin`` and the
    cost to ``serve``, before anybody decides anything."""

    sales: float
    margin: float
    serve: float

    def told(self) -> str:
        """In a line."""
        low, high = USUAL_SERVICE
        return (
            f"first quarter: sales of {self.sales:,.0f}, pocket margin {self.margin:.0%}, cost to serve "
            f"{self.serve:.1%} of sales ({low:.0%} to {high:.0%} is usual)"
        )


def first_quarter(scenario: Scenario) -> FirstQuarter:
    """The first quarter as it was taken over: usual wallets and shares, no season, no luck."""
    lines = {line.id: line for line in scenario.lines}
    sales = cost = 0.0
    for item in (item for account in scenario.accounts for item in account.business):
        line, units = lines.get(item.line), item.wallet * item.share
        if line is not None:
            sales += units * line.list_price * (1 - item.discount) * (1 - item.rebate)
            cost += units * line.unit_cost
    loads = [account.service.model_dump() for account in scenario.accounts]
    serve = sum(
        activity.rate * hours * load[driver]
        for activity in scenario.activities
        for driver, hours in activity.hours.items()
        for load in loads
    )
    return FirstQuarter(sales, 1 - cost / sales if sales else 0.0, serve / sales if sales else 0.0)
