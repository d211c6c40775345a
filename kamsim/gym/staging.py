"""Staging a drill: a bot plays a scenario on a fresh seed until a situation of the kind lies there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kamsim.engine import knowledge, moments
from kamsim.engine.page import ASKED, DUE_NOW, OPEN, PENDING
from kamsim.engine.params import STATES
from kamsim.engine.sight import Seen
from kamsim.engine.terms import DECISION, REQUIREMENTS, TALK_OPEN
from kamsim.engine.truth import TWISTS
from kamsim.errors import KamsimError
from kamsim.game import drafting
from kamsim.game.events.cases import named_page, place_of
from kamsim.gym import pages
from kamsim.gym.bout import Bout
from kamsim.gym.drill import YEAR, Drill
from kamsim.gym.facts import needed
from kamsim.gym.kinds import KINDS, draw, pick, shuffled
from kamsim.gym.rooms import believed_room, gate_of, true_room
from kamsim.players.policies import named_policy
from kamsim.scenario.models import Scenario

BOTS: Final = ("value_seller", "retailored", "canned", "farmer", "steady", "single_thread", "dynamic")
"""Who plays until a drill: all of them find things out, and leave different customers behind."""
FIRST, LAST = 3, 8
"""Quarters in which a drill may stand, where the scenario is long enough."""
ATTEMPTS: Final = 12
"""Worlds that are tried for a situation of a kind."""
WORTH: Final = 6.0
"""Points by which the best page must beat the habitual one, as the facts are, for a drill."""
TRULY: Final = 3.0
"""Points by which it must truly beat it: what cannot be known is no lesson."""
MOST_CHOICES: Final = {1: 2, 2: 3, 3: 4}
"""By level: purchases to choose from."""
MOST_LAID: Final = 3
"""Pages that are laid before a drill in which one is re-cut."""
MOVED: Final = "moved"
"""The twist that is no script: what a page is about has come to another state by itself."""
SHAKES: Final = ("paused", "halved", "rival")
"""What may come over a page that lies with its readers."""
Staged = dict[str, Any]
"""Fields of a `Drill`."""


def can_stage(scenario: Scenario, kind: str) -> bool:
    """Whether a scenario holds what a kind of drill needs."""
    accounts = scenario.accounts
    if scenario.length.longest < FIRST + YEAR:
        return False
    return {
        "moment": any(account.moments for account in accounts),
        "talk": any(account.talks for account in accounts),
        "ask": scenario.desk is not None and bool(scenario.desk.approvers),
    }.get(kind, any(account.initiatives for account in accounts))


def stage(scenario: Scenario, *, number: int, kind: str, seed: int, level: int, skill: str) -> Bout:
    """A bout with a drill of this kind, in the first world from ``seed`` on that holds one. What comes is settled by
    the arguments alone. Raises KamsimError where no such situation comes about."""
    for world_seed in range(seed, seed + ATTEMPTS):
        bout = Bout(scenario, world_seed)
        bot = pick(world_seed, BOTS, "bot")
        found = _played(bout, bot, kind, level, skill)
        if found is None:
            continue
        drill = Drill(
            number=number, kind=kind, scenario=scenario.id, seed=world_seed, level=level, skill=skill, bot=bot,
            quarter=bout.quarter, **found,
        )  # fmt: skip
        bout.pose(replace(drill, facts=needed(bout.seen, drill)))
        return bout
    raise KamsimError(f"{scenario.title} comes to no situation for a drill of this kind ({kind}); choose another kind")


def _played(bout: Bout, bot: str, kind: str, level: int, skill: str) -> Staged | None:
    """Let the bot play until there is a situation; its fields, None for none."""
    policy = named_policy(bot)
    last = min(LAST, bout.quarters - YEAR + 1)
    first = min(int(pick(bout.seed, range(FIRST, FIRST + 4), "quarter")), last)
    while bout.quarter < last + 1:
        if bout.quarter >= first:
            found = STAGES[kind](bout, level, skill)
            if found is not None:
                return found
        if bout.quarter == last:
            return None
        if kind == "recut" and bout.quarter >= first - 1:
            _lay(bout)
        bout.played_by(policy)
    return None


# --- pages ------------------------------------------------------------------------------------------------------


def _writable(seen: Seen, audience: str) -> list[str]:
    """Accounts for which a page could be brought now, with an initiative that is believed to live."""
    params = seen.params
    found = []
    for row, account in enumerate(params.accounts):
        place = place_of(params, account, audience)
        free = not seen.case_stage[place, 0] and seen.promise[place, 0] not in (OPEN, DUE_NOW)
        free &= audience == "desk" or not seen.offer[row, 0]
        if free and _live(seen, account):
            found.append(account)
    return found


def _live(seen: Seen, account: str) -> list[str]:
    params = seen.params
    known = drafting.known_initiatives(seen, account)
    return [one for one in known if pages.believed_alive(seen, params.initiatives.index(one))]


def _write(audience: str) -> Callable[[Bout, int, str], Staged | None]:
    """A page to be written for an audience: the short form of it."""
    kind = "ask_desk" if audience == "desk" else "present_case"

    def staged(bout: Bout, level: int, skill: str) -> Staged | None:
        before = bout.world
        for account in shuffled(bout.seed, _writable(bout.seen, audience), "account"):
            twist = _turned(bout, account, _live(bout.seen, account)[0], level)
            found = _opened(
                bout, kind, account, audience, level, skill, drafting.opening_page(bout.seen, account, audience)
            )
            if found is not None:
                return {**found, "twist": twist}
            bout.changed(before)
        return None

    return staged


def _turned(bout: Bout, account: str, initiative: str, level: int) -> str:
    """What has just changed there, where something has; "none" where nothing."""
    twist = (
        pick(bout.seed, TWISTS[1:], account, "twist") if level > 1 and draw(bout.seed, account, "turns") < 0.5 else ""
    )
    return _shake(bout, twist, initiative) if twist else TWISTS[0]


def _shake(bout: Bout, twist: str, initiative: str) -> str:
    """Let something change in an initiative's surroundings, and the player hear of it."""
    row = bout.params.initiatives.index(initiative)
    owner = int(bout.params.initiative_owner[row])
    world = bout.world.copy()
    moments.turn(world, bout.params, twist, owner, row, np.array([0]))
    bout.changed(world)
    return twist


def _opened(
    bout: Bout, kind: str, account: str, audience: str, level: int, skill: str, usual: dict[str, Any]
) -> Staged | None:
    """A page with a few levers open: the rest says what the facts bear. None where nothing would be won by it."""
    seen = bout.seen
    room = believed_room(seen, account, audience)
    good = pages.best(room, kind, usual)
    lost = pages.weights(room, good, usual)
    levers = pages.levers(lost, skill, level, bout.seed, room)
    page = pages.figured(room, {**good, **{name: usual.get(name) for name in levers}})
    weighed = room.weigh(room.columns([good, page]))
    if weighed.mark[0] < weighed.mark[1] + WORTH or gate_of(weighed, 0) or not pages.legal(seen, kind, account, page):
        return None
    truly = true_room(bout.world, seen, account, audience).weigh(room.columns([good, page]))
    if truly.mark[0] < truly.mark[1] + TRULY:
        return None
    about = str(page.get("initiative") or good["initiative"])
    owner = bout.params.people[int(bout.params.initiative_owner[bout.params.initiatives.index(about)])]
    person = bout.params.approvers[0] if audience == "desk" else owner
    return {"account": account, "person": person, "about": about, "audience": audience, "page": page, "levers": levers}


# --- a page that lies there ---------------------------------------------------------------------------------------


def _lay(bout: Bout) -> None:
    """Lay good pages with customers that sleep on them for a quarter."""
    laid = 0
    for account in shuffled(bout.seed, _writable(bout.seen, "customer"), "lay", bout.quarter):
        room = believed_room(bout.seen, account, "customer")
        page = pages.best(room, "present_case", {**drafting.opening_page(bout.seen, account, "customer")})
        page = pages.figured(room, {**page, "programme": page.get("programme") or 10})
        outcome, _ = bout.make("present_case", {**page, "account": account})
        laid += not int(outcome.refused[0])
        if laid == MOST_LAID:
            return


def _recut(bout: Bout, level: int, skill: str) -> Staged | None:
    """A page that lies with its readers while something has just changed."""
    seen, params = bout.seen, bout.params
    lying = [
        account
        for row, account in enumerate(params.accounts)
        if seen.case_stage[row, 0] == PENDING and seen.case_presented[row, 0] < seen.quarter
    ]
    before = bout.world
    for account in shuffled(bout.seed, lying, "account"):
        place = params.accounts.index(account)
        old = named_page(params, place, bout.seen.case_page[:, place, 0])
        if old.get("initiative") is None:
            continue
        twist = _moved_on(bout, old["initiative"]) or _shake(
            bout, pick(bout.seed, SHAKES, account, "twist"), old["initiative"]
        )
        found = _opened(bout, "recut_case", account, "customer", level, skill, old)
        if found is not None:
            return {**found, "twist": twist}
        bout.changed(before)
    return None


def _moved_on(bout: Bout, initiative: str) -> str:
    """That an initiative has come to another state by itself since a page was written for it, told now; '' where it has
    not."""
    row = bout.params.initiatives.index(initiative)
    state = bout.world.initiatives.state[row, 0]
    if int(state) in (int(bout.seen.known("state", row)[0][0]), STATES.index("cancelled")):
        return ""
    world = bout.world.copy()
    fact = bout.params.fact_blocks["state"][row]
    knowledge.tell(world, fact, np.array([0]), np.array([float(state)]), knowledge.MEETING)
    bout.changed(world)
    return MOVED


# --- people, tables, purchases ------------------------------------------------------------------------------------


def _moment(bout: Bout, level: int, _skill: str) -> Staged | None:
    """Somebody asks on the spot, and perhaps something changes while one speaks."""
    params = bout.params
    row = int(pick(bout.seed, range(len(params.moments)), "moment"))
    plain = level == 1 and draw(bout.seed, "turns") < 0.5
    twist = TWISTS[0] if plain else pick(bout.seed, TWISTS, "twist")
    world = bout.world.copy()
    world.calendar.moment_twist[row] = TWISTS.index(twist)
    world.moments.phase[:, 0] = 0
    world.moments.phase[row, 0] = ASKED
    bout.changed(world)
    person = params.people[int(params.moment_person[row])]
    account = params.accounts[int(params.moment_account[row])]
    return {"account": account, "person": person, "about": params.moments[row], "audience": "", "twist": twist}


WORTHS: Final = (0.6, 1.5)
"""Lowest and highest factor on what an issue is worth to a customer at a drill's table, so that it cannot be learned by
heart."""


def _talk(bout: Bout, _level: int, _skill: str) -> Staged | None:
    """A customer has asked us to the table; what each issue is worth to them differs from world to world."""
    params = bout.params
    row = int(pick(bout.seed, range(len(params.talks)), "talk"))
    world, low, high = bout.world.copy(), *WORTHS
    truth, values = world.truth, world.truth.talk_values.copy()
    factors = [low + (high - low) * draw(bout.seed, "worth", issue) for issue in range(len(values))]
    values[:, row] *= np.array(factors)[:, None]
    world.truth = replace(truth, talk_values=values)
    world.calendar.talk_opens[row] = world.calendar.talk_due[row] = bout.quarter
    world.talks.status[:, 0] = np.where(world.talks.status[:, 0] == TALK_OPEN, 0, world.talks.status[:, 0])
    world.talks.status[row, 0] = TALK_OPEN
    world.talks.round[row, 0] = 0
    bout.changed(world)
    person, account = int(params.talk_person[row]), int(params.talk_account[row])
    return {
        "account": params.accounts[account], "person": params.people[person], "about": params.talks[row],
        "audience": "", "twist": TWISTS[0],
    }  # fmt: skip


def open_purchases(seen: Seen) -> Iterator[int]:
    """Rows of purchases that we know of, may bid for and have not."""
    for row in range(len(seen.params.opportunities)):
        stage = seen.known("stage", row)[0][0]
        if REQUIREMENTS <= stage <= DECISION and not seen.bid[row, 0]:
            yield row


def _pursue(bout: Bout, level: int, _skill: str) -> Staged | None:
    """Several purchases, and hours for one."""
    params = bout.params
    rows = shuffled(bout.seed, list(open_purchases(bout.seen)), "choices")[: MOST_CHOICES[level]]
    if len(rows) < 2:
        return None
    world = bout.world.copy()
    bout.changed(world)
    person = params.people[int(params.opportunity_decider[rows[0]])]
    choices = tuple(params.opportunities[row] for row in rows)
    return {"account": "", "person": person, "about": "", "audience": "", "twist": TWISTS[0], "choices": choices}


STAGES: Final[dict[str, Callable[[Bout, int, str], Staged | None]]] = {
    "case": _write("customer"),
    "recut": _recut,
    "moment": _moment,
    "talk": _talk,
    "ask": _write("desk"),
    "pursue": _pursue,
}
assert tuple(STAGES) == tuple(KINDS)
