"""Moves that open a way to people: an executive's door (economics B10), and a warm handover to a successor (B12)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine import knowledge, programme
from kamsim.engine.lanes import Flags, Lanes, Where
from kamsim.engine.luck import Luck
from kamsim.engine.moves.contact import note_tie
from kamsim.engine.moves.insights import has_insight
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.params import EXECUTIVE, Params
from kamsim.engine.people import SHUT_QUARTERS, sponsors
from kamsim.engine.sight import Seen
from kamsim.engine.world import World

SEEK_HOURS: Final = 10.0
HAND_OVER_HOURS: Final = 10.0
DOOR_QUARTERS: Final = 4
APPROACHES: Final = ("cold", "insight", "referral", "both")
VOUCHED: Final = ("referral", "both")
"""Approaches for which somebody of theirs puts in a word."""
COLD, COLD_FRIENDLY, PREPARED, STALE, REFERRED, LIVE, LIVE_REFERRED = 0.10, 0.10, 0.25, 0.10, 0.80, 0.85, 0.95
"""Chance of a meeting (economics B10): asked cold, more of it where a customer is collaborative; cold by somebody who
knows what the executive is judged on; with an insight that is no longer true; by a sponsor; with a live insight; with
both."""
UNTIMELY: Final = 0.05
"""Tie and standing of our word that an insight costs which was true once."""


def seek_hours(_seen: Seen, _bound: Bound) -> float:
    """Preparing the approach."""
    return SEEK_HOURS


def refuse_seek(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Executives only, who are neither in nor out of reach; an insight must have been built, and a word needs somebody
    to say it."""
    person, through = bound["person"], bound["through"]
    params = seen.params
    account = params.person_account[person]
    insight: Any = False
    if bound["approach"] in ("insight", "both"):
        insight = np.ones(seen.lanes, dtype=bool)
        for row in params.account_initiatives[account]:
            insight &= ~has_insight(seen, row)
    referee: Any = False
    if bound["approach"] in VOUCHED:
        there = through is not None and through != person and params.person_account[through] == account
        referee = ~seen.may_meet(through) if there else True
    return [
        (params.person_level[person] != EXECUTIVE, Refusal.NOT_EXECUTIVE),
        (seen.may_meet(person), Refusal.DOOR_OPEN),
        (seen.out_of_reach(person), Refusal.DOOR_SHUT),
        (referee, Refusal.NO_REFEREE),
        (insight, Refusal.NO_INSIGHT),
    ]


def seek(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Ask for an executive's time. One draw decides for every approach, so what opens a door cold opens it with an
    insight too, and with both. Somebody who is asked to put in a word, and will not, says so: the door is not tried."""
    person, through, approach = bound["person"], bound["through"], bound["approach"]
    account = int(params.person_account[person])
    people = world.people
    live = np.zeros(world.work.left[lanes].shape, dtype=bool)
    if approach in ("insight", "both"):
        live = knowledge.live_insight(world, params, account, lanes)
    tried: Flags = np.ones(live.shape, dtype=bool)
    facts, heard = NOTHING, np.zeros((0, live.size), dtype=bool)
    if approach in VOUCHED:
        tried = sponsors(world, through, lanes)
        facts, heard = (params.fact_blocks["stance"][through],), np.ones((1, live.size), dtype=bool)
        knowledge.tell(world, facts[0], lanes, people.stance[through][lanes], knowledge.MEETING)
        note_tie(world, params, through, lanes)
    chance = _chance(world, params, person, approach, live, lanes)
    draw = luck.uniform("door", world.quarter, params.person_keys[person : person + 1], lanes)[0]
    opens = tried & (draw < chance)
    stale = tried & ~live & ~opens & (approach in ("insight", "both"))
    quarter = float(world.quarter)
    people.open_until[person][lanes] = np.where(opens, quarter + DOOR_QUARTERS - 1, people.open_until[person][lanes])
    shut = np.where(tried, quarter + SHUT_QUARTERS, people.shut_until[person][lanes])
    people.shut_until[person][lanes] = np.where(opens, 0.0, shut)
    tie = people.tie[person][lanes]
    people.tie[person][lanes] = np.where(opens, tie + 0.15 * (1.0 - tie), np.maximum(0.0, tie - UNTIMELY * stale))
    word = world.standings.credibility[account][lanes]
    world.standings.credibility[account][lanes] = np.maximum(0.0, word - UNTIMELY * stale)
    refused = np.where(stale, Result.STALE, np.where(tried, Result.DECLINED, Result.NO_REFERRAL))
    return np.where(opens, Result.DOOR_OPENED, refused), facts, heard


def _chance(world: World, params: Params, person: int, approach: str, live: Flags, lanes: Where) -> Lanes:
    """Chance of a meeting by lane (N,), a sponsor's word given where one was asked for; key status opens some of the
    doors that would have stayed shut."""
    chance = _usual_chance(world, params, person, approach, live, lanes)
    if not world.own.key.any():
        return chance
    served = programme.shares(world, params)[params.person_account[person], lanes]
    return chance + programme.OPENS * served * (1.0 - chance)


def _usual_chance(world: World, params: Params, person: int, approach: str, live: Flags, lanes: Where) -> Lanes:
    if approach == "insight":
        return np.where(live, LIVE, STALE)
    if approach == "referral":
        return np.full(live.shape, REFERRED)
    if approach == "both":
        return np.where(live, LIVE_REFERRED, REFERRED)
    known, fact = world.knowledge, params.fact_blocks["measure"][person]
    prepared = (known.seen_at[fact][lanes] >= 0) & (known.value[fact][lanes] == world.people.measure[person][lanes])
    collaboration = float(world.truth.collaboration[params.person_account[person], 0])
    return np.where(prepared, PREPARED, COLD + COLD_FRIENDLY * collaboration)


def hand_over_hours(_seen: Seen, _bound: Bound) -> float:
    """A lunch for three, and what has to be written for it."""
    return HAND_OVER_HOURS


def refuse_hand_over(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Only somebody of whom we know that they leave, and whom we may meet; once."""
    person = bound["person"]
    known, _ = seen.known("leaving", person)
    return [
        (~(known > 0.0), Refusal.NOT_LEAVING),
        (seen.handed[person] > 0, Refusal.HANDED_OVER),
        (~seen.may_meet(person), Refusal.DOOR_CLOSED),
    ]


def hand_over(world: World, _params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Somebody who leaves introduces us to whoever comes: half of the tie passes on, a stance nearer to the old one,
    and a door that was open stays open (`people.turnover`)."""
    world.people.handed[bound["person"], lanes] = 1
    return Result.DONE, NOTHING, None
