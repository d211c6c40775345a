"""The 36 behaviours of the documents' appendix, and how a session rates on those that a simulation can see.

A row needs three occasions, or it says "not enough evidence". High, Medium and Low are cut where cutoffs.json says;
that file is fixed from reference bots before any player is rated, and says how. Ratings by the player and a coach
stand beside and are never merged. One session is weak evidence: for learning, not for hiring or pay.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from kamsim.debrief.behaviours import OCCASIONS
from kamsim.debrief.occasions import Occasion
from kamsim.debrief.record import Play

Level = Literal["High", "Medium", "Low", "not enough evidence", "cannot be seen here"]
Sight = Literal["Y", "P", "N"]
LEAST: Final = 3
"""Occasions for a rating."""
BOTS: Final = 7
"""Reference bots."""
SAME_AS: Final = {12: 4}
"""Rows that repeat another."""


@dataclass(frozen=True)
class Row:
    """A row of the appendix: its number, behaviour and words, and how far a simulation sees it (full, proxy, not)."""

    number: int
    behaviour: str
    words: str
    sight: Sight


_ROWS: Final[tuple[tuple[str, str, Sight], ...]] = (
    ("Customer Understanding", "knows the priorities and metrics of each executive contact", "Y"),
    ("Customer Understanding", "follows how initiatives move, and what that does to the buying cycle", "Y"),
    ("Customer Understanding", "sees what the economy and politics will do to the customer", "P"),
    ("Customer Understanding", "knows the customer's success metrics", "Y"),
    ("Company Understanding", "knows the own company's priorities and metrics", "Y"),
    ("Company Understanding", "knows what drives growth and profitability", "Y"),
    ("Plan", "plans each interaction to serve the account strategy", "P"),
    ("Portfolio", "brings the part of the portfolio that serves the customer's priorities", "Y"),
    ("Discover", "asks results-focused questions", "P"),
    ("Discover", "asks provocative questions from knowledge of the business", "P"),
    ("Discover", "asks about buying process, stakeholders and criteria", "Y"),
    ("Engage", "speaks to the customer's success metrics", "Y"),
    ("Engage", "earns access to several executives", "Y"),
    ("Engage", "brings insights that mean something to them", "Y"),
    ("Engage", "holds financial conversations with executives", "P"),
    ("Engage", "presents cases with strategic fit, cause and effect, and the risk of inaction", "Y"),
    ("Engage", "measures results, and builds on them", "Y"),
    ("Lead", "works from values that reflect the enterprise's capabilities and interests", "N"),
    ("Lead", "has a clear vision for the account and wins others for it", "P"),
    ("Advance", "moves the customer to the next stage of buying", "Y"),
    ("Advance", "helps think through challenges and unseen opportunities", "Y"),
    ("Advance", "negotiates by interests and options", "Y"),
    ("Orchestrate", "keeps one coordinated approach to the account", "Y"),
    ("Orchestrate", "engages the stakeholders who must carry a plan", "Y"),
    ("Orchestrate", "weighs financial drivers and circumstances in decisions", "P"),
    ("Manage", "measures results by a broad set of customer metrics", "Y"),
    ("Manage", "brings the whole team and stakeholders into planning", "Y"),
    ("Manage", "acts on patterns and signals before being asked", "Y"),
    ("Manage", "makes the internal case for customer-inspired innovation", "Y"),
    ("Manage", "qualifies opportunities and routes them", "Y"),
    ("Manage", "assesses risks and opportunities in the account", "Y"),
    ("Execute", "serves the customer's interest and the own company's together", "P"),
    ("Execute", "uses all available data to guide decisions", "P"),
    ("Execute", "keeps a balanced pipeline across accounts", "Y"),
    ("Execute", "looks at profit before volume", "Y"),
    ("Collaborate", "draws on the own organization for the customer", "Y"),
)
ROWS: Final = tuple(Row(number, name, words, sight) for number, (name, words, sight) in enumerate(_ROWS, start=1))
"""All 36 rows, in the order of the appendix."""
NOT_SEEN: Final = {
    18: "Values show in people, not in logs. Ask a coach.",
}
NEEDS: Final = {
    19: (("plans",), "A vision that convinces cannot be heard in a log. Ask a coach."),
    27: (("plans", "team"), "One seat plays the whole team, so who was brought in is not recorded."),
}
"""Rows that are seen only where a scenario has one of these parts of an organisation, and what is said elsewhere."""
BLIND: Final = (
    "What no simulation sees: presence, listening, tone, empathy, courage, values, how well you put a question or an "
    "argument in your own words, and the politics of your own firm."
)


@dataclass(frozen=True)
class Rating:
    """A row's rating with the occasions behind it. ``place``: where the score lies between the cuts, 0 at the lower and
    1 at the upper one; None without enough evidence. ``rare``: the share of others who are not rated High on it, of the
    class or else of the reference bots."""

    row: Row
    level: Level
    occasions: tuple[Occasion, ...]
    place: float | None
    rare: float = 1.0

    @property
    def met(self) -> int:
        """Occasions met."""
        return sum(occasion.met for occasion in self.occasions)


@cache
def cutoffs() -> dict[str, Any]:
    """The data file of the cuts."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("cutoffs.json").read_text(encoding="utf-8"))
    return found


def cuts(number: int) -> tuple[float, float]:
    """Below which a row is Low, and from which it is High."""
    low, high = cutoffs()["rows"].get(str(number), cutoffs()["default"])
    return float(low), float(high)


def bots_high(number: int) -> int:
    """How many of the reference bots are rated High on a row."""
    return len(cutoffs()["shown"].get(str(number), ()))


def unseen(play: Play, number: int) -> str:
    """Why a row cannot be seen in this scenario; '' where it can."""
    parts, why = NEEDS.get(number, ((), ""))
    return NOT_SEEN.get(number, "") if not parts else "" if any(map(play.params.own.has, parts)) else why


def rate(play: Play) -> tuple[Rating, ...]:
    """All 36 rows."""
    return tuple(replace(_rate(play, row), rare=1.0 - bots_high(row.number) / BOTS) for row in ROWS)


def rate_class(plays: Sequence[Play]) -> list[tuple[Rating, ...]]:
    """All 36 rows of each player, and how rare each is among the others; in a class of two the bots are the others."""
    rated = [rate(play) for play in plays]
    others = len(rated) - 1
    if others < 2:
        return rated
    high = [sum(ratings[place].level == "High" for ratings in rated) for place in range(len(ROWS))]
    return [
        tuple(
            replace(one, rare=1.0 - (high[place] - (one.level == "High")) / others) for place, one in enumerate(ratings)
        )
        for ratings in rated
    ]


def _rate(play: Play, row: Row) -> Rating:
    find = OCCASIONS.get(row.number)
    if find is None or unseen(play, row.number):
        return Rating(row, "cannot be seen here", (), None)
    occasions = tuple(sorted(find(play), key=lambda occasion: occasion.quarter))
    if len(occasions) < LEAST:
        return Rating(row, "not enough evidence", occasions, None)
    low, high = cuts(row.number)
    score = sum(occasion.met for occasion in occasions) / len(occasions)
    level: Level = "High" if score >= high else "Low" if score < low else "Medium"
    return Rating(row, level, occasions, (score - low) / max(high - low, 1e-9))


def front(ratings: tuple[Rating, ...]) -> tuple[list[Rating], list[Rating]]:
    """Two strengths and two to practise, each pair from two behaviours. Strengths rank by how rare they are, and what
    most bots show is none; of what is to be practised, what is seen in full goes first."""
    known = [one for one in ratings if one.place is not None and one.row.number not in SAME_AS]
    best = sorted(
        (one for one in known if 2 * bots_high(one.row.number) <= BOTS),
        key=lambda one: (one.level != "High", -one.rare, one.row.sight == "P", -_at(one), one.row.number),
    )
    worst = sorted(known, key=lambda one: (one.level != "Low", one.row.sight == "P", _at(one), one.row.number))
    strong = _two([one for one in best if one.level != "Low"], set())
    return strong, _two([one for one in worst if one.level != "High"], {one.row.number for one in strong})


def _at(one: Rating) -> float:
    return one.place if one.place is not None else 0.0


def _two(ordered: list[Rating], taken: set[int]) -> list[Rating]:
    made: list[Rating] = []
    for one in ordered:
        if one.row.number not in taken and one.row.behaviour not in {other.row.behaviour for other in made}:
            made.append(one)
        if len(made) == 2:
            break
    return made
