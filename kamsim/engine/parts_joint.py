"""The parts of a World about what is planned and built together with customers; see `parts`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from kamsim.engine.lanes import Codes, Flags, Lanes
from kamsim.engine.state import State, array

STATUS: Final = ("none", "open", "kept", "missed", "void")
NONE, OPEN, KEPT, MISSED, VOID = range(len(STATUS))
"""How an account plan stands. Void: what it was written for is over, as far as we know, and nobody holds us to it."""


@dataclass(eq=False)
class Joint(State):
    """Joint initiatives (Y, L), economics B18."""

    phase: Codes = array("Y")
    """Index into `joint.PHASES`."""
    since: Lanes = array("Y")
    """Quarter in which this phase began; 0 before the first."""
    until: Lanes = array("Y")
    """Last quarter of design or build."""
    share: Lanes = array("Y")
    """Our part of the gain, as agreed."""
    asked: Lanes = array("Y")
    """Quarter in which we last asked for it; 0 for never."""
    lost: Codes = array("Y")
    """What it lost and has not found again: one bit each in the order of `joint.LOSSES`."""
    why: Codes = array("Y")
    """Why it ended, an index into `joint.ENDS`."""
    planned: Lanes = array("Y")
    """Cents a quarter that our part should come to in full swing, as worked out in the design; 0 before."""
    spent: Lanes = array("Y")
    """Cents of ours that went into it so far."""
    earned: Lanes = array("Y")
    """Cents of our part so far."""
    latest: Lanes = array("Y")
    """Cents of our part in the last quarter's books."""
    missing: Codes = array("Y")
    """How much of what it needs it lacked when its design was closed last."""
    holder: Codes = array("Y")
    """Which holder of the sponsor's post wants it."""


@dataclass(eq=False)
class Plans(State):
    """Account plans (V, L): one for each customer where plans are written."""

    added: ClassVar[frozenset[str]] = frozenset({"left", "before"})

    status: Codes = array("V")
    """Index into `STATUS`."""
    written: Lanes = array("V")
    """Quarter in which it was written; 0 for never."""
    due: Lanes = array("V")
    """Last quarter for its step."""
    person: Lanes = array("V", -1.0)
    """Row of whom to reach."""
    aim: Codes = array("V")
    """What for, an index into `plans.AIMS`."""
    initiative: Lanes = array("V", -1.0)
    """Row of their initiative that is to bring revenue."""
    step: Codes = array("V")
    """What is to be done, an index into `plans.STEPS`."""
    owner: Codes = array("V", -1)
    """Which colleague sees to it, -1 for the player."""
    shared: Flags = array("V")
    """Whether the customer has written on it."""
    reached: Flags = array("V")
    """Whether its aim was reached when it fell due."""
    left: Flags = array("V")
    """Whether it was missed before its date, since the colleague who saw to it left."""
    before: Codes = array("V")
    """What was done in the quarter in which it was written before it was: bits of `People.met`, and `plans.DONE`."""
