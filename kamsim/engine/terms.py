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
ISSUES: Final = ("price", "commitment", "length", "service", "days", "exclusive", "data", "help")
"""What a negotiation is about (economics B26), in the order in which a proposal lists it."""
PRICE, COMMITMENT, LENGTH, PLAN, CREDIT, EXCLUSIVE, DATA, HELP = range(len(ISSUES))
DEEPEST: Final = 0.06
"""Points of list that a proposal may give at most."""
HELP_HOURS: Final = (0, 10, 20, 30)
"""Hours a quarter of our team that a proposal may give to put things to work at the customer."""
STAGES_OF_PURCHASE: Final = ("none", "need", "requirements", "comparison", "decision", "won", "lost", "undecided")
"""How far a purchase has come; from won on it is decided."""
NO_PURCHASE, NEED, REQUIREMENTS, COMPARISON, DECISION, WON, LOST, UNDECIDED = range(len(STAGES_OF_PURCHASE))
TWISTS_OF_PURCHASE: Final = ("none", "grown", "cut", "price", "changed")
"""What may come over a purchase while offers are compared."""
_, GROWN, CUT, PRICED, CHANGED = range(len(TWISTS_OF_PURCHASE))
REASONS: Final = (
    "none", "no_bid", "price", "case", "engagement", "access", "word", "tender", "cancelled", "no_need", "luck",
)  # fmt: skip
"""What decided a purchase."""
LARGEST_OFF: Final = 0.10
"""Points of list that a bid may give off for one purchase at most."""
TALK_STATUS: Final = ("future", "open", "signed", "walked", "left", "lapsed")
TALK_OPEN, SIGNED, WALKED, LEFT, TALK_LAPSED = range(1, len(TALK_STATUS))
MOST_ROUNDS: Final = 4
