"""What is drawn for each session: when something comes, what it is really about, and how it is put.

Each has an address of its own, so that two sessions on one seed are told the same, and one more way to say a thing
changes nobody else's luck. When and what (stream ``calendar``) are results of the rules; how it is put (stream
``wording``) moves none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.lanes import Rows
from kamsim.engine.luck import Luck, entity_key
from kamsim.engine.params import START_QUARTER, Params

if TYPE_CHECKING:
    from kamsim.engine.world import World

NEED: Final = "need"
TWIST: Final = "twist"
WAY: Final = "way"
_WHEN: Final = "when"


def chosen(luck: Luck, stream: str, what: str, name: str, count: int, quarter: int = 0) -> Rows:
    """Which of ``count`` ways is drawn, each as likely (L,): 0 is the first. ``what`` and ``name`` say of what."""
    if count < 2:
        return np.zeros(luck.lanes, dtype=np.intp)
    key = np.array([[entity_key(f"{what} {name}")]], dtype=np.uint64)
    drawn: Rows = (luck.uniform(stream, quarter, key)[0] * count).astype(np.intp)
    return drawn


def draw(world: World, params: Params, luck: Luck) -> None:
    """Fill the calendar on the first morning: what the author gave ranges for. Luck that was taken away for a study
    stays here, or the moves of the session would meet other questions than it did."""
    truth, at, own = world.truth, world.calendar, Luck(luck.seeds.tolist())
    for row, name in enumerate(params.requests):
        by = moved(own, name, truth.request_opens[row], truth.request_spread[row])
        at.request_opens[row], at.request_due[row] = truth.request_opens[row] + by, truth.request_due[row] + by
        at.request_need[row] = chosen(own, "calendar", NEED, name, int(truth.request_needs[row]))
    for row, name in enumerate(params.incidents):
        quarter = truth.incident_quarter[row]
        at.incident_quarter[row] = quarter + moved(own, name, quarter, truth.incident_spread[row])
    for row, name in enumerate(params.moments):
        quarter, twists = truth.moment_quarter[row], truth.moment_twists[row]
        at.moment_quarter[row] = quarter + moved(own, name, quarter, truth.moment_spread[row])
        at.moment_twist[row] = twists[chosen(own, "calendar", TWIST, name, len(twists))]
    for row, name in enumerate(params.talks):
        by = moved(own, name, truth.talk_opens[row], truth.talk_spread[row])
        at.talk_opens[row], at.talk_due[row] = truth.talk_opens[row] + by, truth.talk_due[row] + by


def moved(luck: Luck, name: str, quarter: int, spread: int) -> Rows:
    """Quarters later (+) or earlier (-) than written (L,), each within the spread as likely; never before the first."""
    spread = int(spread)
    by: Rows = chosen(luck, "calendar", _WHEN, name, 2 * spread + 1) - spread
    return np.maximum(by, START_QUARTER - int(quarter))


def told(ways: Sequence[str], seed: int, name: str, quarter: int = 0) -> str:
    """One of several ways to put a thing, by the luck of one session; '' where there is none."""
    return ways[int(chosen(Luck([seed]), "wording", WAY, name, len(ways), quarter)[0])] if ways else ""
