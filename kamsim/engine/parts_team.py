"""The team as state: who looks after whom, how they are, and what the player has seen of it (economics B20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kamsim.engine.lanes import Codes, Flags, Lanes, total
from kamsim.engine.organisation import SKILLS
from kamsim.engine.state import State, array

PLAYER: Final = -1
"""Who leads an account that no colleague does."""
TARGETS: Final = ("team", "personal")
"""What colleagues are measured on: what the team earns, or a quota of one's own."""
STRAIN_WORDS: Final = ("calm", "tired", "worn")
TEAM, PERSONAL = range(len(TARGETS))


@dataclass(eq=False)
class Team(State):
    """The colleagues (H, L), whom they lead (A, L), and the specialists of the pool (P, L)."""

    lead: Codes = array("A", lambda params, _: params.own.start_lead)
    """The colleague who looks after an account, `PLAYER` for nobody but the player."""
    skill: Lanes = array("4 H", lambda _, truth: truth.team_skill)
    """By kind of work (`organisation.SKILLS`), 0..1."""
    brought: Lanes = array("H", lambda _, truth: total(truth.team_skill) / len(SKILLS))
    """Mean skill with which whoever holds the post began."""
    strain: Lanes = array("H")
    """0..1."""
    ramp: Lanes = array("H", 1.0)
    """How far a newcomer has found in, 0..1."""
    holder: Codes = array("H")
    """0 the authored person, 1 the first successor, and so on."""
    leaving: Flags = array("H")
    """Who has given notice, and is gone when the next quarter opens."""
    coached: Flags = array("H")
    """Who was coached this quarter."""
    reviewed: Flags = array("")
    """Whether there are monthly reviews this quarter."""
    target: Codes = array("")
    """Index into `TARGETS`."""
    borrowed: Codes = array("A")
    """1 + the specialist who helps with an account this quarter, 0 for none."""
    free: Flags = array("P", 1.0)
    """Specialists whom no other team has this quarter."""
    hours: Lanes = array("", lambda params, _: params.hours)
    """Hours that the team has this quarter."""
    fresh_until: Lanes = array("A")
    """Last quarter in which somebody new looks at a customer with fresh eyes; 0 for none."""
    page_craft: Lanes = array("B")
    """How much better, or worse, than usual the case that lies at a place was made; see `team.page_craft`."""
    seen_skill: Lanes = array("4 H")
    """As the player last saw it; look at ``seen_at`` first."""
    seen_strain: Codes = array("H")
    """Index into `STRAIN_WORDS`."""
    seen_at: Codes = array("H", -1)
    """Quarter in which the player last saw how good somebody is, -1 never."""
    strain_at: Codes = array("H", -1)
    """Quarter in which the player last saw, or heard, how somebody is, -1 never."""


SHOWN: Final = (
    "lead", "ramp", "holder", "leaving", "coached", "reviewed", "target", "borrowed", "free", "hours", "fresh_until",
    "seen_skill", "seen_strain", "seen_at", "strain_at",
)  # fmt: skip
"""Arrays of `Team` that a player sees as they are, by name in `Seen.team`."""
