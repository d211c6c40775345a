"""A year on our own side, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kamsim.debrief.record import Play
from kamsim.game.events.declared import Event, of
from kamsim.game.events.programme import PlanReviewed, ProgrammeRebuilt
from kamsim.game.events.team import ColleagueSucceeded
from kamsim.game.events.together import JointMoved, PlanSettled
from kamsim.view.words.names import counted, listed
from kamsim.view.words.our_news import ENDED
from kamsim.view.words.programme import BEFORE_KEYS

PHASES: Final = {"build": "Designed, and being built.", "live": "It ran."}
"""By phase of something built together: what became of it in a year."""


def year_lines(play: Play, inside: Sequence[Event], quarters: range) -> list[str]:
    """A year on our own side in sentences, from what happened in it and what was done: who left us, who is key, what
    came of plans and of what is built together."""
    cast = play.cast
    gone = [f"{item.before} (after whom came {item.name})" for item in of(ColleagueSucceeded, inside)]
    named, ended = (
        [
            cast.account(play.account(command))
            for command in play.commands
            if command.move == move and command.quarter in quarters
        ]
        for move in ("name_key", "end_key")
    )
    told = [
        *([f"Left our team: {listed(gone)}."] if gone else []),
        *([f"Named key: {listed(list(dict.fromkeys(named)))}."] if named else []),
        *([f"Key status ended by us: {listed(ended)}."] if ended else []),
    ]
    for reviewed in of(PlanReviewed, inside):
        came = "met" if reviewed.earned >= reviewed.plan else "missed"
        earned, plan = cast.money(reviewed.earned), cast.money(reviewed.plan)
        told.append(f"Management's plan was {came}: {earned} of {plan}, {BEFORE_KEYS}.")
    told += ["The programme was rebuilt." for _ in of(ProgrammeRebuilt, inside)]
    for moved in of(JointMoved, inside):
        name = f"{cast.joints[moved.joint].name} with {cast.account(cast.home[moved.joint])}"
        told.append(f"{name}. {PHASES.get(moved.phase) or ENDED[str(moved.why)]}")
    settled = [item.status for item in of(PlanSettled, inside)]
    kept, missed = settled.count("kept"), settled.count("missed")
    due = counted(kept + missed, "account plan")
    return [*told, *([f"Of {due} that fell due, {kept or 'none'} kept."] if kept + missed else [])]
