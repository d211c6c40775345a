"""Terms: what we ask of and give to a customer, as one value for contracts and offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LENGTHS: Final = (4, 8, 12)
"""Contract lengths on offer, in quarters."""
COMMITMENTS: Final = (0.0, 0.05, 0.10, 0.15)
"""Added share of wallet that a customer may be asked to commit."""
DAYS: Final = (30, 45, 60, 75, 90)
PRICE_STEP: Final = 0.005


@dataclass(frozen=True)
class Terms:
    """An offer to one buying centre.

    ``change`` is added to today's on-invoice discount of every cell (0.02 gives two points more, -0.01 asks
    for one point back); ``commitment`` is added share of wallet; ``length`` is in quarters; ``days`` of
    payment; ``pooled`` deliveries save order-driven cost to serve.
    """

    change: float
    commitment: float
    length: int
    days: int
    pooled: bool
