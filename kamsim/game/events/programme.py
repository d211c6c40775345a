"""What the key-account programme tells: a year against the plan, and that it was rebuilt."""

import numpy as np

from kamsim.engine.params import Params
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.declared import Event

YEAR = 4
"""Quarters."""


class PlanReviewed(Event, kind="against_plan"):
    """A year's account profit against management's plan; ``below``: reviews in a row that found it missed."""

    year: may_be.Year
    plan: may_be.Cents
    earned: may_be.Cents
    below: may_be.Count


class ProgrammeRebuilt(Event, kind="rebuilt"):
    """Patience was at an end: our company helps less, and these customers are no longer key."""

    ended: list[may_be.Account]


def of_programme_close(params: Params, before: World, after: World) -> list[PlanReviewed]:
    """A year that this close ends, where there is a programme."""
    if not params.own.has("programme") or before.quarter % YEAR:
        return []
    own, was = after.own, before.own
    missed = own.past_earned[0] < own.past_plan[0]
    return [
        PlanReviewed(
            year=before.quarter // YEAR,
            plan=round(float(own.past_plan[0])),
            earned=round(float(own.past_earned[0])),
            below=int(was.below[0]) + 1 if missed else 0,
        )
    ]


def of_programme_opening(params: Params, before: World, after: World) -> list[ProgrammeRebuilt]:
    """Whether the programme was rebuilt as the quarter opened; ``before`` is the quarter before, as it was played."""
    if after.own.reset_at[0] != after.quarter or before.own.reset_at[0] == after.quarter:
        return []
    ended = np.flatnonzero((before.own.key[:, 0] > 0) & (after.own.key[:, 0] == 0))
    return [ProgrammeRebuilt(ended=[params.accounts[row] for row in ended])]
