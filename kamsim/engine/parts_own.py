"""The part of a World that is our own company: how it stands behind us, what it knows, and its programme."""

from __future__ import annotations

from dataclasses import dataclass

from kamsim.engine.lanes import Codes, Lanes
from kamsim.engine.state import State, array


@dataclass(eq=False)
class Own(State):
    """Support and information (economics B21), and the programme (B23): of the whole company (L,), or by account
    (A, L). All of it is seen."""

    support: Lanes = array("", lambda params, _: params.support)
    """How far our company stands behind its key accounts, 0..1."""
    quality: Lanes = array("", lambda params, _: params.information_quality)
    """How good what it knows of customers is, 0..1."""
    support_coming: Lanes = array("")
    """Promised by the sales leader, and on its way."""
    quality_coming: Lanes = array("")
    networked: Codes = array("")
    """Functions that we have sat with this quarter, one bit each in the order of `params.DESK_SEATS`."""
    asked: Lanes = array("")
    """Quarter in which the sales leader was last asked; 0 never."""
    backing: Codes = array("")
    """1 once the sales leader stands behind what is built with customers."""
    key: Codes = array("A", lambda params, _: params.own.key)
    """1 where a customer has key status."""
    key_since: Lanes = array("A")
    """Quarter in which it was named; 0 for the first day or never."""
    owed: Lanes = array("A")
    """Cents of naming it that are still to be spent."""
    booked: Lanes = array("A")
    """Cents of the programme booked to an account this quarter."""
    plan: Lanes = array("")
    """Cents of account profit that management expects of this year."""
    earned: Lanes = array("")
    """Cents of it that this year's closed quarters have brought, before what naming key customers cost."""
    past_plan: Lanes = array("")
    """The same of the last year that was reviewed; 0 before the first review."""
    past_earned: Lanes = array("")
    below: Codes = array("")
    """Reviews in a row that found us below plan."""
    reset_at: Lanes = array("")
    """Quarter in which the programme was last rebuilt; 0 never."""
