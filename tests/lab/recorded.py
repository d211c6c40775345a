"""Verdicts over 300 seeds as they were last looked at (20001 to 20300). A row may get better; one that gets worse wants
a reason. Since purchases came, whoever only cuts prices sells for less: rows 2 and 18 ask that it sell for more in year
1. In "willing" 79 to 80% of seeds are above where 80% were asked, and row 10 holds by a hair's breadth: which side a
row of either comes to lie on is the luck of the seeds (shown and fragile over 10001 to 10300, before colleagues).

Rows that are not shown are findings about the game, kept in sight: neither they nor their thresholds are moved.
"""

from __future__ import annotations

from typing import Final

RECORDED: Final = {
    "1": "shown",
    "2": "fragile",
    "3": "not shown",
    "4": "shown",
    "6": "not shown",
    "knowledge": "shown",
    "knowledge-portfolio": "shown",
    "agility": "fragile",
    "agility-portfolio": "shown",
    "7": "not shown",
    "8": "not shown",
    "10": "fragile",
    "11": "not shown",
    "18": "not shown",
    "20": "not shown",
    "25": "not shown",
    "tender": "shown",
    "low-touch": "shown",
    "done-right": "shown",
    "lift": "not shown",
    "one-thread": "not shown",
    "regional-voice": "shown",
    "document-value": "not shown",
    "uneven": "shown",
    "willing": "not shown",
    "13": "shown",
    "14": "shown",
    "15": "shown",
    "17": "shown",
    "23": "shown",
    "26": "shown",
    "27": "shown",
    "29": "not shown",
}
QUICK: Final = ("1", "4", "10", "knowledge", "tender", "low-touch", "uneven", "done-right")
"""Rows that are tried on few seeds at every gate: too few for a narrow interval, so fragile will do there."""
