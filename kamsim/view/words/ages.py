"""How far a picture of an initiative still holds by its age, as measured over many sessions in which nobody decides."""

from __future__ import annotations

from typing import Final

HOLDS: Final = (1.0, 0.49, 0.29, 0.20, 0.16)
"""By age in quarters, the last for any older: the part of living initiatives that still stand as they were seen
(`tests/view/test_told_first.py` measures it)."""
STILL_SO: Final = (
    "seen this quarter, so it is so",
    "a quarter old: about half of such pictures still hold",
    "two quarters old: three in ten of such pictures still hold",
    "three quarters old: two in ten of such pictures still hold",
    "a year old: one in six of such pictures still holds",
)
"""The same in words."""
RATES: Final = (
    "What you saw of an initiative this quarter is so. Of ten pictures that are a quarter old, five still hold; of "
    "those that are two quarters old three, three quarters two, a year between one and two."
)
"""All of it, for help."""


def still_so(quarters: float) -> str:
    """How far a picture of that age can be taken to hold."""
    return STILL_SO[min(int(quarters), len(STILL_SO) - 1)]
