"""The shipped policies by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kamsim.errors import KamsimError
from kamsim.players.building import JointBuilder, Transactional
from kamsim.players.case_sellers import Canned, Retailored, Static
from kamsim.players.coaching import PlayerCoach
from kamsim.players.designating import OverDesignator
from kamsim.players.dynamics import Dynamic
from kamsim.players.narrow import Farmer, HqOnly, SingleThread
from kamsim.players.seat import Policy
from kamsim.players.sellers import Decliner, Discounter, DoNothing, RandomLegal, Steady, Typical, ValueSeller

POLICIES: Final[dict[str, Callable[[], Policy]]] = {
    "random_legal": RandomLegal,
    "do_nothing": DoNothing,
    "steady": Steady,
    "decliner": Decliner,
    "discounter": Discounter,
    "typical": Typical,
    "value_seller": ValueSeller,
    "canned": Canned,
    "retailored": Retailored,
    "static": Static,
    "dynamic": Dynamic,
    "hq_only": HqOnly,
    "single_thread": SingleThread,
    "farmer": Farmer,
    "joint_builder": JointBuilder,
    "transactional": Transactional,
    "player_coach": PlayerCoach,
    "over_designator": OverDesignator,
}
"""The shipped policies by name."""


def named_policy(name: str) -> Policy:
    """A shipped policy. Raises KamsimError that lists the known ones."""
    if name not in POLICIES:
        raise KamsimError(f"there is no policy {name!r}; known are {', '.join(POLICIES)}")
    return POLICIES[name]()
