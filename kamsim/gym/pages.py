"""The best page that the facts would bear, found lever by lever; and which levers matter in a situation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from kamsim.engine.levers import ASKS, LEVERS
from kamsim.engine.moves import bind, refusals
from kamsim.engine.page import (
    ALTERNATIVES,
    ANGLES,
    AT,
    BODIES,
    COMPANY_METRICS,
    INACTION,
    PROOFS,
    SENSITIVITY,
    THOUSAND,
)
from kamsim.engine.params import MEASURES
from kamsim.engine.sight import Seen
from kamsim.game.drafting import known_initiatives
from kamsim.gym.kinds import CRITERION_OF, LEVERS_OF, draw, shuffled
from kamsim.gym.rooms import Room
from kamsim.players.pursuing import alive

GIVEN: Final = tuple(name for name, lever in LEVERS.items() if not lever.replaces and lever.carried_by != "plant")
"""Levers that a drill may leave open: neither payment, which is never new, nor what a plant must make room for."""
FIELDS: Final = (
    "initiative", "angle", *GIVEN, *ASKS, "metric", "proof", "alternative", "inaction", "sensitivity", "body",
)  # fmt: skip
"""What the search moves, in the order of a page."""
WORDS: Final[dict[str, tuple[Any, ...]]] = {
    "angle": ANGLES, "proof": PROOFS, "alternative": ALTERNATIVES, "inaction": INACTION, "sensitivity": SENSITIVITY,
    "body": BODIES, "price": (0.0, 0.01, 0.02, 0.03),
}  # fmt: skip
STEPS: Final = 24
"""Levers that the search moves at most."""
GAIN: Final = 0.25
"""Points that a step must bring."""
OPEN: Final = {1: 3, 2: 4, 3: 5}
"""By level: how many levers a drill leaves open."""


def believed_alive(seen: Seen, initiative: int) -> bool:
    """Whether an initiative lives, as it was last seen."""
    return bool(alive(seen.known("state", initiative)[0])[0])


def options(seen: Seen, account: str, audience: str, name: str) -> tuple[Any, ...]:
    """What a field of a page may say in a drill."""
    if name == "initiative":
        params = seen.params
        known = known_initiatives(seen, account)
        live = [one for one in known if believed_alive(seen, params.initiatives.index(one))]
        return tuple(live or known)
    if name == "metric":
        return COMPANY_METRICS if audience == "desk" else MEASURES
    if name in WORDS:
        return WORDS[name]
    if name in LEVERS and LEVERS[name].needs_desk and audience != "desk":
        return ()
    return {**LEVERS, **ASKS}[name].choices


def legal(seen: Seen, kind: str, account: str, page: Mapping[str, Any]) -> bool:
    """Whether a page could be brought as it is, its hours left out."""
    bound = bind(seen.params, kind, {**page, "account": account})
    return int(refusals(seen, kind, bound)[0]) == 0


def figured(room: Room, page: Mapping[str, Any]) -> dict[str, Any]:
    """A page with the figures that the room's facts imply."""
    column = room.columns([page])
    claims = {name: float(column[AT[name], 0] / THOUSAND) for name in ("claim", "inaction_value")}
    return {**page, **claims}


def best(room: Room, kind: str, start: Mapping[str, Any], fields: Sequence[str] = FIELDS) -> dict[str, Any]:
    """The page that the room would like best, moved from ``start`` in ``fields`` alone, one at a time while it helps;
    legal as a ``kind`` of move, with figures that the room's facts imply."""
    page = figured(room, start)
    barred: set[tuple[str, Any]] = set()
    for _ in range(STEPS):
        tries = [other for other in _neighbours(room, page, fields) if other[0] not in barred]
        if not tries:
            break
        weighed = room.weigh(room.columns([page, *(other for _, other in tries)]))
        found = int(np.argmax(weighed.mark[1:]))
        if weighed.mark[1 + found] < weighed.mark[0] + GAIN and legal(room.seen, kind, room.account, page):
            break
        moved = figured(room, tries[found][1])
        if legal(room.seen, kind, room.account, moved):
            page = moved
        else:
            barred.add(tries[found][0])
    return page


def _neighbours(
    room: Room, page: Mapping[str, Any], fields: Sequence[str]
) -> Iterator[tuple[tuple[str, Any], dict[str, Any]]]:
    """Every page that differs in one field."""
    for name in fields:
        for value in options(room.seen, room.account, room.audience, name):
            if page.get(name) != value:
                yield (name, value), {**page, name: value}


def weights(room: Room, good: Mapping[str, Any], usual: Mapping[str, Any]) -> dict[str, float]:
    """By field in which they differ: points that a good page loses where it says what the usual one says."""
    names = [name for name in FIELDS if good.get(name) != usual.get(name)]
    if not names:
        return {}
    marks = room.weigh(room.columns([good, *({**good, name: usual.get(name)} for name in names)])).mark
    return {name: float(marks[0] - marks[1 + place]) for place, name in enumerate(names)}


def levers(
    lost: Mapping[str, float],
    skill: str,
    level: int,
    seed: int,
    room: Room,
) -> tuple[str, ...]:
    """Fields that a drill leaves open: those of the skill that it is for; then, drawn, those that matter here; and from
    the second level on one that is right as it is. ``lost``: what each costs where it says the usual thing."""
    wanted = [name for name in LEVERS_OF.get(skill, ()) if name in lost]
    matter = sorted(
        (name for name in lost if name not in wanted), key=lambda name: -lost[name] * draw(seed, "lever", name)
    )
    right = [
        name for name in FIELDS if name not in lost and len(options(room.seen, room.account, room.audience, name)) > 1
    ]
    herring = shuffled(seed, right, "herring")[: level > 1]
    chosen = {*[*wanted[:2], *matter][: OPEN[level]], *herring}
    return tuple(name for name in FIELDS if name in chosen)


def shown(levers_open: Sequence[str]) -> tuple[str, ...]:
    """The criteria that a page with these fields open shows."""
    return tuple(dict.fromkeys(CRITERION_OF[name] for name in levers_open if name in CRITERION_OF))
