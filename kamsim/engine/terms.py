"""Terms: the steps in which what we ask of and give to a customer can be set."""

from __future__ import annotations

from typing import Final

LENGTHS: Final = (4, 8, 12)
"""Contract lengths on offer, in quarters."""
COMMITMENTS: Final = (0.0, 0.05, 0.10, 0.15)
"""Added share of wallet that a customer may be asked to commit."""
DAYS: Final = (30, 45, 60, 75, 90)
"""Payment days on offer."""
PRICE_STEP: Final = 0.005
"""Prices move by half a point of list."""
