"""Moves that turn knowing into help: an insight built and brought, work against a named force, news put where it
belongs (economics B10, B11, B13, B27)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine import initiatives, knowledge, team
from kamsim.engine.initiatives import BACKED_QUARTERS, COMING, COMPLETED, HELP, WORKING
from kamsim.engine.lanes import Flags, Lanes, Where, unit
from kamsim.engine.luck import Luck
from kamsim.engine.moves.contact import (
    EXECUTIVE_HOURS,
    MEETING_HOURS,
    OTHERS_GAIN,
    OWNER_GAIN,
)
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.organisation import TECHNICAL
from kamsim.engine.params import LEVELS, Params
from kamsim.engine.people import SHUT_QUARTERS
from kamsim.engine.sight import Seen
from kamsim.engine.world import World

FORMS: Final = ("options", "story")
"""Realistic options with pros and cons; or a story: another customer's documented result (economics B10)."""
BUILD_HOURS: Final = {"options": 20.0, "story": 10.0}
BACK_HOURS: Final = 20.0
LINK_HOURS: Final = 10.0
NEWS_LASTS: Final = 1
"""Quarters after which news is no longer news."""
BROUGHT: Final = 1 << 3
"""The bit of `Seen.met` after those of the agendas: this person has heard an insight this quarter."""
BACKED_GAIN: Final = 0.35
"""How far work against a force moves our engagement with the initiative."""
FITS: Final = 0.04
"""Stance that the fitting kind adds: a story with executives, options with those who do the work."""
KEEN: Final = 0.03
"""Credibility of somebody who saw it in the news before they felt it."""
WASTED: Final = 0.05
"""Tie and credibility that something long over costs (economics B10)."""
EXECUTIVE: Final = LEVELS.index("executive")


def _state(seen: Seen, initiative: int) -> tuple[Lanes, Flags]:
    """The state as last seen, and whether it was ever seen (L,)."""
    fact = seen.params.fact_blocks["state"][initiative]
    return seen.fact[fact], seen.seen_at[fact] >= 0


def has_insight(seen: Seen, initiative: int) -> Flags:
    """Whether an insight on this initiative was built lately enough to be brought (L,)."""
    built = seen.insight_built[initiative]
    lately: Flags = (built > 0.0) & (seen.quarter - built <= knowledge.INSIGHT_LASTS)
    return lately


def has_story(seen: Seen, account: int) -> Flags:
    """Whether a promise to another customer was found kept: a documented result to tell (L,)."""
    told = np.zeros(seen.lanes, dtype=bool)
    for row in range(len(seen.params.accounts)):
        if row != account:
            told |= seen.kept_at[row] > 0.0
    return told


def build_hours(_seen: Seen, bound: Bound) -> float:
    """Options take half a week, a story that happened a day and a bit."""
    return BUILD_HOURS[bound["form"]]


def refuse_build(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A state that we know, of something that we believe to be alive; a story needs a result."""
    row, form = bound["initiative"], bound["form"]
    account = int(seen.params.initiative_account[row])
    state, known = _state(seen, row)
    same = (seen.insight_built[row] == seen.quarter) & (seen.insight_state[row] == state)
    same &= seen.insight_kind[row] == 1 + FORMS.index(form)
    story = ~has_story(seen, account) if form == "story" else np.zeros(seen.lanes, dtype=bool)
    return [
        (~known, Refusal.NO_INSIGHT),
        (state >= COMPLETED, Refusal.IT_IS_OVER),
        (story, Refusal.NO_STORY),
        (same, Refusal.ALREADY_BUILT),
    ]


def build(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """An insight about the initiative as we believe it to be."""
    known, row = world.knowledge, bound["initiative"]
    known.insight_built[row, lanes] = world.quarter
    known.insight_kind[row, lanes] = 1 + FORMS.index(bound["form"])
    known.insight_state[row, lanes] = known.value[params.fact_blocks["state"][row], lanes].astype(np.int8)
    return Result.DONE, NOTHING, None


def bring_hours(seen: Seen, bound: Bound) -> float:
    """As a meeting."""
    return EXECUTIVE_HOURS if seen.params.person_level[bound["person"]] == EXECUTIVE else MEETING_HOURS


def refuse_bring(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Somebody whom we may meet, an insight of theirs, one for each person a quarter."""
    person, row = bound["person"], bound["initiative"]
    if seen.params.person_account[person] != seen.params.initiative_account[row]:
        return [(True, Refusal.NOT_THEIRS)]
    return [
        (~seen.may_meet(person), Refusal.DOOR_CLOSED),
        (~has_insight(seen, row), Refusal.NO_INSIGHT),
        ((seen.met[person] & BROUGHT) > 0, Refusal.BROUGHT),
    ]


def bring(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Something useful that nobody asked for: it serves the initiative while it is true, and costs standing when the
    customer's world has moved on (economics B10, B27)."""
    person, row = bound["person"], bound["initiative"]
    account = int(params.person_account[person])
    people, at = world.people, world.initiatives
    executive = params.person_level[person] == EXECUTIVE
    live = knowledge.insight_live(world, row, lanes)
    people.met[person, lanes] |= np.int8(BROUGHT)
    world.relations.pitched[account, lanes] = world.quarter
    owner = params.initiative_owner[row] == person
    engaged = at.engagement[row, lanes]
    gain = OWNER_GAIN if owner else 2.0 * OTHERS_GAIN
    gained = gain * team.craft(world, params, TECHNICAL, account, lanes)
    at.engagement[row, lanes] = np.where(live, engaged + gained * (1.0 - engaged), engaged)
    if owner:
        initiatives.good_talk(world, row, lanes, live, HELP)
    fitting = world.knowledge.insight_kind[row, lanes] == 1 + FORMS.index("story" if executive else "options")
    stance, tie = people.stance[person, lanes], people.tie[person, lanes]
    people.stance[person, lanes] = unit(stance + np.where(live, 0.08 + FITS * fitting, 0.0), -1.0)
    people.tie[person, lanes] = np.where(live, tie + 0.12 * (1.0 - tie), np.maximum(0.0, tie - WASTED))
    _believed(world, account, lanes, np.where(live, KEEN * _read(world, params, row, lanes), -WASTED))
    if executive:
        people.open_until[person, lanes] = np.where(live, people.open_until[person, lanes], 0.0)
        shut = float(world.quarter + SHUT_QUARTERS)
        people.shut_until[person, lanes] = np.where(live, people.shut_until[person, lanes], shut)
    return np.where(live, Result.LANDED, Result.STALE), NOTHING, None


def back_hours(_seen: Seen, _bound: Bound) -> float:
    """Our people beside theirs."""
    return BACK_HOURS


def refuse_back(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A force on this initiative that we take to be coming or at work, and no help of ours against one yet."""
    row, force = bound["initiative"], bound["force"]
    if seen.params.force_initiative[force] != row:
        return [(True, Refusal.NOT_ITS_FORCE)]
    fact = seen.params.fact_blocks["acts"][force]
    acts = seen.fact[fact]
    known = (seen.seen_at[fact] >= 0) & ((acts == COMING) | (acts == WORKING))
    state, _ = _state(seen, row)
    return [
        (~known, Refusal.FORCE_UNKNOWN),
        (state >= COMPLETED, Refusal.IT_IS_OVER),
        (seen.backed_until[row] > seen.quarter, Refusal.ALREADY_BACKED),
    ]


def back(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Work on what pushes the initiative. With a true picture it changes the odds for two quarters, most of an
    undermined one, since rescues answer to force more than anything else does (economics B13). With an old one it is
    wasted."""
    row, force = bound["initiative"], bound["force"]
    account, owner = int(params.initiative_account[row]), int(params.initiative_owner[row])
    at, people = world.initiatives, world.people
    acts = at.acts[force, lanes]
    true = ((acts == COMING) | (acts == WORKING)) & initiatives.alive(at.state[row, lanes])
    seen_in_news = _read(world, params, row, lanes)
    at.backed_until[row, lanes] = np.where(true, float(world.quarter + BACKED_QUARTERS), at.backed_until[row, lanes])
    at.shaken_until[row, lanes] = np.where(true, 0.0, at.shaken_until[row, lanes])
    engaged = at.engagement[row, lanes]
    gain = BACKED_GAIN * team.craft(world, params, TECHNICAL, account, lanes)
    at.engagement[row, lanes] = np.where(true, engaged + gain * (1.0 - engaged), engaged)
    people.stance[owner, lanes] = unit(people.stance[owner, lanes] + 0.08 * true, -1.0)
    tie = people.tie[owner, lanes]
    people.tie[owner, lanes] = np.where(true, tie + 0.05 * (1.0 - tie), np.maximum(0.0, tie - WASTED))
    _believed(world, account, lanes, np.where(true, KEEN * seen_in_news, -WASTED))
    fact = params.fact_blocks["acts"][force]
    over = np.where(true, acts, initiatives.OVER).astype(np.float64)
    knowledge.tell(world, fact, lanes, over, knowledge.MEETING)
    told = np.ones((1, *true.shape), dtype=bool)
    return np.where(true, Result.BACKED, Result.WASTED), (fact,), told


def _read(world: World, params: Params, row: int, lanes: Where) -> Flags:
    """Where a force on this initiative is known because somebody read the news (lanes,)."""
    read = np.zeros(world.work.left[lanes].shape, dtype=bool)
    for force in params.initiative_forces[row]:
        fact = params.fact_blocks["acts"][force]
        acts = world.initiatives.acts[force, lanes]
        there = (acts == COMING) | (acts == WORKING)
        read |= there & (world.knowledge.source[fact, lanes] == knowledge.NEWS)
    return read


def _believed(world: World, account: int, lanes: Where, change: Lanes) -> None:
    """Move our credibility with a customer."""
    credibility = world.standings.credibility
    credibility[account, lanes] = unit(credibility[account, lanes] + change)


def link_hours(_seen: Seen, _bound: Bound) -> float:
    """A day of reading around it, and two calls."""
    return LINK_HOURS


def refuse_link(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """News of this quarter or the last, once for each account."""
    news, account = bound["news"], bound["account"]
    age = seen.quarter - int(seen.params.news_quarter[news])
    return [
        (age < 0, Refusal.NO_NEWS),
        (age > NEWS_LASTS, Refusal.OLD_NEWS),
        (seen.linked[news, account] > 0, Refusal.ALREADY_LINKED),
    ]


def link(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Ask what a piece of news means for one customer. Where it is the first sign of something there, we know it before
    they feel it; where it is not, a day went by."""
    news, account = bound["news"], bound["account"]
    world.knowledge.linked[news, account, lanes] = 1
    forces = [force for row in params.account_initiatives[account] for force in params.initiative_forces[row]]
    facts = tuple(params.fact_blocks["acts"][force] for force in forces)
    found = np.zeros((len(forces), *world.work.left[lanes].shape), dtype=bool)
    numbers: NDArray[np.intp] = np.arange(world.lanes)[lanes]
    for place, force in enumerate(forces):
        if not world.truth.news_warns[news, force]:
            continue
        acts = world.initiatives.acts[force, lanes]
        found[place] = ((acts == COMING) | (acts == WORKING)) & initiatives.alive(
            world.initiatives.state[params.force_initiative[force], lanes]
        )
        where = numbers[found[place]]
        knowledge.tell(world, facts[place], where, acts[found[place]].astype(np.float64), knowledge.NEWS)
    any_found = found.any(axis=0) if forces else np.zeros(numbers.shape, dtype=bool)
    return np.where(any_found, Result.LINKED, Result.NOTHING_NEW), facts, found
