"""The page of a business case: its fields and what each may hold, and the codes of all that can come of it.

A page is a column of numbers, (G, ...) with G = ``len(FIELDS)``: so thousands of cases are judged in one call, and a
case travels through lanes, logs and previews as plain numbers. Words are for the faces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from kamsim.engine import params
from kamsim.engine.lanes import Lanes
from kamsim.engine.levers import ASKS, LEVERS
from kamsim.engine.params import MEASURES

FIELDS: Final = (
    "initiative", "state", "angle", "region", *(name for name, lever in LEVERS.items() if not lever.later), *ASKS,
    "metric", "claim", "width", "due", "proof", "alternative", "inaction", "inaction_value", "sensitivity", "body",
    *(name for name, lever in LEVERS.items() if lever.later),
)  # fmt: skip
"""``state`` is nobody's choice: the state of the initiative that the page was written for, -1 for none."""
AT: Final = {name: row for row, name in enumerate(FIELDS)}
"""Row of each field."""
COMPANY_METRICS: Final = ("profit", "volume")
METRICS: Final = (*MEASURES, *COMPANY_METRICS)
PROFIT, VOLUME = (METRICS.index(name) for name in COMPANY_METRICS)
ANGLES: Final = ("goal", "obstacle")
"""Why now: for what the initiative wants, or against what holds it back."""
PROOFS: Final = ("none", "brochure", "reference", "their_figures", "pilot", "result")
ALTERNATIVES: Final = ("none", "do_nothing", "pilot", "price_only", "rival")
INACTION: Final = ("none", "said", "dated")
SENSITIVITY: Final = ("none", "break_even", "downside", "drivers")
BODIES: Final = ("one_page", "three_pages", "deck")
WIDTHS: Final = (0.1, 0.25, 0.5)
"""Half of a claimed range, as a share of the claim."""
DUE: Final = (2, 4, 6)
"""Quarters after the yes at whose end a promise is measured."""
THOUSAND: Final = 100_000.0
"""Cents in a thousand: claims are stated in thousands."""
TIERS: Final = ("auto", "sales", "finance", "board")

CRITERIA: Final = params.CRITERIA
GATES: Final = params.GATES
CONDITIONS: Final = ("pilot", "cap", "guarantee")
PILOT, CAP, GUARANTEE = range(1, 4)
STAGES: Final = ("none", "pending", "conditional")
PENDING, CONDITIONAL = range(1, len(STAGES))
OUTCOMES: Final = ("none", "approved", "conditional", "returned", "rejected", "delayed", "stopped", "lapsed")
APPROVED, CONDITIONED, RETURNED, REJECTED, DELAYED, STOPPED, LAPSED = range(1, len(OUTCOMES))
PROMISE_STATUS: Final = ("none", "open", "due", "kept", "missed", "unmeasured")
OPEN, DUE_NOW, KEPT, MISSED, UNMEASURED = range(1, len(PROMISE_STATUS))
MOST_PROMISES: Final = 12
PHASES: Final = ("none", "asked", "pressed", "closing", "won", "held", "lost", "passed")
ASKED, PRESSED, CLOSING, WON, HELD, LOST, PASSED = range(1, len(PHASES))

CHOICES: Final[dict[str, tuple[Any, ...]]] = {
    "angle": ANGLES,
    **{name: lever.choices for name, lever in LEVERS.items() if lever.switch},
    "metric": METRICS,
    "proof": PROOFS,
    "alternative": ALTERNATIVES,
    "inaction": INACTION,
    "sensitivity": SENSITIVITY,
    "body": BODIES,
}
"""Fields whose number is the place of a word."""
NUMBERS: Final[dict[str, tuple[float, ...]]] = {
    **{name: lever.choices for name, lever in {**LEVERS, **ASKS}.items() if lever.choices and not lever.switch},
    "width": WIDTHS,
    "due": DUE,
}
"""Fields that hold one of a few numbers."""
HIGHEST_CLAIM: Final = 20_000.0
"""Thousands."""
EMPTY: Final[dict[str, Any]] = {
    "initiative": -1.0, "state": -1.0, "region": -1.0, "length": 4.0, "width": 0.25, "due": 4.0, "body": 1.0,
}  # fmt: skip
"""What fields hold where they are not 0."""


def blank(*shape: int) -> Lanes:
    """Empty pages (G, *shape)."""
    page: Lanes = np.zeros((len(FIELDS), *shape))
    for name, value in EMPTY.items():
        page[AT[name]] = value
    return page


def coded(values: Mapping[str, Any], lanes: int) -> Lanes:
    """A page (G, lanes) from words and numbers by field: choices as words, ``initiative`` and ``region`` as row
    numbers (None for none), ``claim`` and ``inaction_value`` in thousands; or arrays (lanes,) of numbers, and of the
    places of words."""
    page = blank(lanes)
    for name, value in values.items():
        if value is None or name not in AT:
            continue
        if name in CHOICES and not isinstance(value, np.ndarray):
            page[AT[name]] = CHOICES[name].index(value)
        elif name in ("claim", "inaction_value"):
            page[AT[name]] = np.asarray(value) * THOUSAND
        else:
            page[AT[name]] = value
    return page


def plain(page: Lanes) -> dict[str, Any]:
    """One page (G,) as words and numbers by field, what was chosen only; the inverse of `coded`."""
    made: dict[str, Any] = {}
    for name, row in AT.items():
        value = float(page[row])
        if name == "state":
            continue
        if name in CHOICES:
            made[name] = CHOICES[name][int(value)]
        elif name in ("initiative", "region"):
            made[name] = None if value < 0 else int(value)
        elif name in ("claim", "inaction_value"):
            made[name] = value / THOUSAND
        elif name in NUMBERS and name not in ("commitment", "width"):
            made[name] = int(value)
        else:
            made[name] = value
    return made


def levers_used(page: Lanes, days_now: Lanes) -> Lanes:
    """How many levers a page pulls, (...)."""
    used: Lanes = np.zeros(page.shape[1:])
    for name, lever in LEVERS.items():
        used += lever.used(page[AT[name]], days_now)
    return used
