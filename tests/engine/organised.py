"""A small scenario with every part of an organisation, and the same with some of them alone."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from kamsim.scenario.organisation import PARTS
from tests.engine.worlds import furnished

_SAYS: Final = {
    "strained": ["I answer at midnight, and I answer badly."],
    "leaving": ["I have signed elsewhere. You have me until the end of the quarter."],
    "coached": ["So that is why they never wrote back."],
    "takes_over": ["Give me their file, and a week."],
}
_JOINT_SAYS: Final = {
    "agreed": "Then we both put our people on it.",
    "not_yet": "Not yet. There is nothing here to build on.",
    "live": "It runs. My people ask for more of it.",
    "halved": "We go on with half of it.",
    "failed": "It did not work. We tried it properly.",
}
TEAM: Final[list[dict[str, Any]]] = [
    {
        "id": "ilse", "name": "Ilse Dahl", "role": "Account manager", "voice": "Writes everything down; she is exact.",
        "hours": 130, "skills": {"research": 0.8, "cases": 0.5, "technical": 0.4, "relations": 0.7},
        "accounts": ["kestrel"], "says": _SAYS,
    },
    {
        "id": "bo", "name": "Bo Renn", "role": "Application engineer", "voice": "Says what breaks first. He likes pumps.",
        "hours": 110, "skills": {"research": 0.5, "cases": 0.6, "technical": 0.9, "relations": 0.4}, "says": _SAYS,
    },
]  # fmt: skip
"""Two colleagues: one looks after Kestrel, the other after nobody; 150 of 390 hours are the player's own."""
POOL: Final[list[dict[str, Any]]] = [
    {"id": "mara", "name": "Mara Quint", "role": "Case analyst", "voice": "Asks for the second page.",
     "skill": "cases", "level": 0.9, "busy": 0.3},
    {"id": "tove", "name": "Tove Sand", "role": "Field engineer", "voice": "Has a torch in her pocket.",
     "skill": "technical", "level": 0.95, "busy": 0.4},
]  # fmt: skip
PROGRAMME: Final[dict[str, Any]] = {
    "key": ["orvik"], "cost": 360_000, "span": 1, "growth": 0.04, "patience": 1,
    "questions": [{"year": 1, "text": "What makes a customer of ours a key customer?"}],
}  # fmt: skip
JOINTS: Final[dict[str, dict[str, Any]]] = {
    "orvik": {
        "id": "dry_dock_days", "name": "Fewer days in dock", "summary": "One plan for their docks and our plant.",
        "initiative": "quiet_ships", "sponsor": "brandl", "inside": "operations", "says": _JOINT_SAYS,
    },
    "kestrel": {
        "id": "one_crane", "name": "One crane call", "summary": "Their fitters and ours up one tower, once.",
        "initiative": "longer_life", "sponsor": "moen", "says": _JOINT_SAYS,
    },
}  # fmt: skip
"""With each customer something to build; our boss has to want Kestrel's, an approver Orvik's."""
_LONGER_LIFE: Final[dict[str, Any]] = {
    "id": "longer_life", "name": "Ten more years", "kind": "growth", "owner": "moen", "state": "executing",
    "known": True, "summary": "Every turbine runs ten years longer than it was bought for.",
}  # fmt: skip


@cache
def organised() -> Scenario:
    """The furnished scenario with a team, a pool, a programme, account plans, support to be built, and something to
    build with each of two customers, who are willing to."""
    return only(*PARTS)


@cache
def only(*parts: str) -> Scenario:
    """The same with only some of `PARTS`; with none it is the same scenario of which nobody ever wrote them."""
    whole: dict[str, Any] = {
        "team": TEAM, "pool": POOL, "programme": PROGRAMME, "plans": True, "support": True,
    }  # fmt: skip
    changes: dict[str, Any] = {f"organisation.{name}": value for name, value in whole.items() if name in parts}
    if "team" in parts:
        changes["organisation.red_tape"] = 0.2
    if "joint" in parts:
        changes |= {f"accounts.{account}.joint": joint for account, joint in JOINTS.items()}
    return override(willing(), changes)


@cache
def willing() -> Scenario:
    """The furnished scenario with customers who think in years, and longer sessions."""
    return override(
        furnished(),
        {
            "length.longest": 20,
            "newcomers": ["Ada Falk", "Noor Vang", "Tom Rask", "Ines Holm", "Per Lund", "Mia Skov"],
            "accounts.orvik.traits.collaboration": 0.6,
            "accounts.orvik.traits.orientation": 0.7,
            "accounts.kestrel.initiatives": [_LONGER_LIFE],
        },
    )
