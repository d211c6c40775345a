"""Verdicts over 300 seeds as they were last looked at. A row may get better; one that gets worse wants a reason.

Rows that are not shown are findings about the game, kept in sight: neither they nor their thresholds are moved.
"""

from __future__ import annotations

from typing import Final

RECORDED: Final = {
    "1": "shown",
    "2": "shown",
    "3": "not shown",
    "4": "shown",
    "6": "not shown",
    "7": "not shown",
    "8": "not shown",
    "10": "shown",
    "11": "not shown",
    "18": "shown",
    "20": "not shown",
    "25": "not shown",
    "tender": "not shown",
    "low-touch": "shown",
    "done-right": "shown",
    "lift": "not shown",
    "one-thread": "not shown",
    "regional-voice": "not shown",
    "document-value": "not shown",
    "uneven": "shown",
    "willing": "shown",
}
QUICK: Final = ("1", "2", "4", "10", "low-touch", "uneven", "done-right")
"""Rows that are tried on few seeds at every gate: too few for a narrow interval, so fragile will do there."""
