"""What an initiative brings to be bought: as its author wrote it, or what is usual for its kind."""

from __future__ import annotations

from typing import Final

from kamsim.scenario.customer import Account, Initiative, Opportunity, OpportunitySays
from kamsim.scenario.models import Scenario
from kamsim.scenario.vocabulary import InitiativeKind

USUAL: Final[dict[InitiativeKind, tuple[str, str]]] = {
    "cost_out": ("One supplier for the cost programme", "Standard parts for the lean lines"),
    "growth": ("Parts for the new capacity", "First fit for the launch"),
    "resilience": ("A second source for the critical parts", "Spares held near the plant"),
    "sustainability": ("Parts for the retrofit", "Measured parts for the energy plan"),
    "digital": ("Equipment for the pilot sites", "The roll-out to all sites"),
    "working_capital": ("A call-off order", "Stock that we hold for them"),
    "integration": ("One specification for both houses", "Parts for the merged plants"),
}
"""By kind of initiative: what is bought for it."""
NEED: Final = "They need it for what they have under way, and whoever owns that decides."
SAYS: Final = OpportunitySays(
    won="You are specified in. The order follows.",
    lost="We have placed it elsewhere.",
    none="We shall not buy it after all, not now.",
)
USUAL_SHARE: Final = ((0.12, 0.24), (0.08, 0.18))
"""Part of a cell's wallet that the first and the second usual purchase take while they run."""


def opportunities_of(account: Account, initiative: Initiative) -> tuple[Opportunity, ...]:
    """The purchases of an initiative, at most two, in the order of their slots."""
    if initiative.opportunities is not None:
        return initiative.opportunities
    largest = sorted(account.business, key=lambda item: -item.wallet * item.share)
    served = [item for item in largest if initiative.demand.get(item.line)] or largest
    made = []
    for place, title in enumerate(USUAL[initiative.kind]):
        business = served[min(place, len(served) - 1)]
        made.append(
            Opportunity(
                id=f"{initiative.id[:29]}_{place + 1}",
                title=title,
                need=NEED,
                line=business.line,
                region=business.region,
                share=USUAL_SHARE[place],
                says=SAYS,
            )
        )
    return tuple(made)


def opportunities(scenario: Scenario) -> list[tuple[int, Account, Initiative, Opportunity]]:
    """Every slot of a scenario with its initiative's row among all, in the order of the initiatives; none where the
    scenario switches them off."""
    if scenario.opportunities == "none":
        return []
    rows = [(account, item) for account in scenario.accounts for item in account.initiatives]
    return [
        (row, account, item, bought)
        for row, (account, item) in enumerate(rows)
        for bought in opportunities_of(account, item)
    ]
