"""Moments: an executive asks on the spot. Two picks, perhaps a changed fact, three more, one objection, a reaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine import knowledge
from kamsim.engine.initiatives import DELAYED, UNDERMINED, alive
from kamsim.engine.judgement import STATE_FACTOR
from kamsim.engine.lanes import Codes, Flags, Lanes, cut, rows_where, unit
from kamsim.engine.luck import Luck
from kamsim.engine.page import ASKED, CLOSING, CRITERIA, HELD, LOST, PASSED, PRESSED, PROOFS, WON
from kamsim.engine.params import STATES, Params
from kamsim.engine.relations import TRUST_DOWN
from kamsim.engine.standing import RECENT
from kamsim.engine.truth import TWISTS
from kamsim.engine.world import World

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

WHYS: Final = ("their_goal", "their_measure", "our_product", "our_price")
NUMBERS: Final = ("cautious", "plain", "bold", "none")
STANDS: Final = ("stand", "recut", "time")
ASKS: Final = ("pilot", "meeting", "order", "nothing")
REPLIES: Final = ("figure", "admit", "repeat", "promise")
WEIGHTS: Final = (0.24, 0.16, 0.20, 0.16, 0.10, 0.14)
"""Of why, number, stand, proof, ask and the reply to the objection; they add up to 1."""
OBJECTS: Final = ("alignment", "finance", "sensitivity", "evidence", "delivery")
"""Which criterion an objection speaks for when that pick was the weakest."""
WINS, HOLDS = 0.70, 0.48
DOOR: Final = 4
WON_GAIN: Final = 0.2
"""How far an answer that was taken well moves our engagement with the initiative that it is about."""
SLIGHT: Final = 0.10
"""Stance lost where somebody got no answer at all."""


def begin(world: World, luck: Luck, params: Params) -> None:
    """As a quarter opens: at most one authored moment happens, where its luck and its person allow."""
    truth = world.truth
    taken = np.zeros(world.lanes, dtype=bool)
    comes = world.calendar.moment_quarter == world.quarter
    for row in rows_where(comes):
        happens = luck.uniform("moment", world.quarter, params.moment_keys[row : row + 1])[0] < truth.moment_chance[row]
        happens &= comes[row] & ~taken
        taken |= happens
        world.moments.phase[row] = np.where(happens, ASKED, world.moments.phase[row])


def pass_by(world: World, params: Params) -> None:
    """At a close: whoever got no answer remembers that."""
    waiting = (world.moments.phase >= ASKED) & (world.moments.phase <= CLOSING)
    for row in rows_where(waiting):
        lanes = np.flatnonzero(waiting[row])
        person = params.moment_person[row]
        world.people.stance[person, lanes] = unit(world.people.stance[person, lanes] - SLIGHT, -1.0)
        world.moments.phase[row, lanes] = PASSED


def open_with(world: World, params: Params, row: int, why: str, number: str, lanes: NDArray[np.intp]) -> None:
    """The first two picks; then a fact may change, for good."""
    at = world.moments
    at.picks[0, row, lanes], at.picks[1, row, lanes] = WHYS.index(why), NUMBERS.index(number)
    at.phase[row, lanes] = PRESSED
    person, initiative = int(params.moment_person[row]), initiative_of(params, row)
    for code, twist in enumerate(TWISTS):
        turned = lanes[world.calendar.moment_twist[row, lanes] == code]
        if turned.size:
            turn(world, params, twist, person, initiative, turned)


def turn(world: World, params: Params, twist: str, person: int, initiative: int, lanes: NDArray[np.intp]) -> None:
    """A fact changes, for good, and the player hears of it: an initiative is paused or loses half its money (-1 for
    none), a rival is about to court the person's company, or somebody new stands above the person."""
    account = int(params.person_account[person])
    if twist in ("paused", "halved") and initiative >= 0:
        state = world.initiatives.state[initiative, lanes]
        to = DELAYED if twist == "paused" else UNDERMINED
        moving = alive(state) & (state != to)
        where = lanes[moving]
        going = (state[moving] != DELAYED) & (state[moving] != UNDERMINED)
        world.initiatives.before[initiative, where[going]] = state[moving][going]
        world.initiatives.state[initiative, where] = to
        world.initiatives.since[initiative, where] = 0.0
        fact = params.fact_blocks["state"][initiative]
        now = world.initiatives.state[initiative, lanes].astype(np.float64)
        knowledge.tell(world, fact, lanes, now, knowledge.MEETING)
    elif twist == "rival":
        world.relations.attack[account, lanes] = world.quarter + 1.0
        world.relations.attacker[account, lanes] = int(np.argmax(world.truth.rival_follow))
        fact = params.fact_blocks["attack"][account]
        knowledge.tell(world, fact, lanes, np.full(lanes.shape, world.quarter + 1.0), knowledge.MEETING)
    elif twist == "new_chief":
        world.people.tie[person, lanes] = 0.5 * world.people.tie[person, lanes]
        world.people.stance[person, lanes] = unit(world.people.stance[person, lanes] - 0.10, -1.0)


def initiative_of(params: Params, row: int) -> int:
    """The initiative that a moment is about: its own, or the first that its person owns; -1 for none."""
    if params.moment_initiative[row] >= 0:
        return int(params.moment_initiative[row])
    owned = [k for k, owner in enumerate(params.initiative_owner.tolist()) if owner == params.moment_person[row]]
    return owned[0] if owned else -1


def press(world: World, params: Params, row: int, stand: str, proof: str, ask: str, lanes: NDArray[np.intp]) -> None:
    """Three more picks; an objection follows from the weakest, or the matter is put off."""
    at = world.moments
    for place, value in ((2, STANDS.index(stand)), (3, PROOFS.index(proof)), (4, ASKS.index(ask))):
        at.picks[place, row, lanes] = value
    if stand == "time":
        at.phase[row, lanes] = PASSED
        person = params.moment_person[row]
        world.people.stance[person, lanes] = unit(world.people.stance[person, lanes] - 0.02, -1.0)
        return
    at.phase[row, lanes] = CLOSING
    marks = grades(world, params, row, lanes)
    weakest = np.zeros(lanes.shape, dtype=np.int8)
    least: Lanes = np.full(lanes.shape, 2.0)
    for place, criterion in enumerate(OBJECTS):
        lower = marks[place] < least
        weakest = np.where(lower, np.int8(CRITERIA.index(criterion) + 1), weakest)
        least = np.where(lower, marks[place], least)
    at.weakest[row, lanes] = weakest


def held(seen: Seen, row: int) -> dict[tuple[str, str], bool]:
    """Of what can be said on the spot, by pick and choice, whether the notes hold what it rests on (in one lane); what
    rests on nothing is not named."""
    params = seen.params
    account, person = int(params.moment_account[row]), int(params.moment_person[row])
    initiative = initiative_of(params, row)

    def age(kind: str, of: int) -> float:
        return float(seen.known(kind, of)[1][0])

    state = initiative >= 0 and age("state", initiative) <= RECENT
    others = [place for place in range(len(params.accounts)) if place != account]
    facts = ("wallet", "price_sensitivity", "trust")
    return {
        ("why", "their_goal"): state,
        ("why", "their_measure"): not np.isnan(age("measure", person)),
        ("number", "plain"): state or not np.isnan(age("wallet", account)),
        ("proof", "reference"): any(float(seen.kept_at[place, 0]) > 0 for place in others),
        ("proof", "their_figures"): state,
        ("proof", "pilot"): float(seen.pilot_at[account, 0]) > 0,
        ("proof", "result"): float(seen.kept_at[account, 0]) > 0,
        ("ask", "order"): not np.isnan(age("trust", account)),
        ("reply", "figure"): any(not np.isnan(age(kind, account)) for kind in facts),
    }


def grades(world: World, params: Params, row: int, lanes: NDArray[np.intp]) -> Lanes:
    """How good each of the five picks was, 0..1 (5, N): by what is true and by what the player had found out."""
    picks = cut(world.moments.picks[:, row], lanes)
    account, person = int(params.moment_account[row]), int(params.moment_person[row])
    known, quarter = world.knowledge, world.quarter

    def fresh(kind: str, of: int) -> Flags:
        at = known.seen_at[params.fact_blocks[kind][of], lanes]
        lately: Flags = (at >= 0) & (quarter - at <= RECENT)
        return lately

    initiative = initiative_of(params, row)
    goal: Lanes = np.full(lanes.shape, 0.3)
    own_figures = np.zeros(lanes.shape, dtype=bool)
    if initiative >= 0:
        state = world.initiatives.state[initiative, lanes]
        said = known.value[params.fact_blocks["state"][initiative], lanes]
        factor = np.array([STATE_FACTOR.get(name, 0.0) for name in STATES])[state]
        right = fresh("state", initiative) & (said == state)
        goal = np.where(right, np.maximum(0.75, factor), 0.3 * factor)
        own_figures = fresh("state", initiative)
    told = known.value[params.fact_blocks["measure"][person], lanes]
    knows = known.seen_at[params.fact_blocks["measure"][person], lanes] >= 0
    own = np.where(knows & (told == world.people.measure[person, lanes]), 1.0, 0.35)
    why = np.choose(picks[0].astype(np.intp), [goal, own, np.full(lanes.shape, 0.3), np.full(lanes.shape, 0.2)])
    word = world.standings.credibility[account, lanes]
    bold = unit(2.0 * (word - 0.2))
    wallet = known.seen_at[params.fact_blocks["wallet"][account], lanes] >= 0
    plain = np.where(wallet | own_figures, 0.95, 0.6)
    number = np.choose(picks[1].astype(np.intp), [np.full(lanes.shape, 0.6), plain, bold, np.full(lanes.shape, 0.15)])
    changed = world.calendar.moment_twist[row, lanes] != TWISTS.index("none")
    recut = picks[2] == STANDS.index("recut")
    stand = np.where(recut, np.where(changed, 1.0, 0.6), np.where(changed, 0.15, 1.0))
    at = world.promises
    kept = np.where(at.kept_at[account, lanes] > 0, 0.5 ** ((quarter - at.kept_at[account, lanes]) / 6.0), 0.15)
    piloted = np.where(
        at.pilot_at[account, lanes] > 0, 0.9 * 0.5 ** ((quarter - at.pilot_at[account, lanes]) / 6.0), 0.15
    )
    elsewhere = np.zeros(lanes.shape, dtype=bool)
    for place in range(len(params.accounts)):
        elsewhere |= (place != account) & (at.kept_at[place, lanes] > 0)
    proofs = [
        np.zeros(lanes.shape),
        np.full(lanes.shape, 0.15),
        np.where(elsewhere, 0.7, 0.15),
        np.where(own_figures, 0.8, 0.25),
        piloted,
        kept,
    ]
    proof = np.choose(picks[3].astype(np.intp), proofs)
    trust = world.relations.trust[account, lanes]
    order = np.where(changed, 0.2, unit(2.5 * (trust - 0.35)))
    meeting = np.full(lanes.shape, 0.75)
    pilot = unit(0.6 + trust)
    ask = np.choose(picks[4].astype(np.intp), [pilot, meeting, order, np.full(lanes.shape, 0.2)])
    return np.array([why, number, stand, proof, ask])


def replies(world: World, params: Params, row: int, lanes: NDArray[np.intp]) -> dict[str, Lanes]:
    """How good each answer to the objection would be, 0..1 (N,), by what the player had found out."""
    account = int(params.moment_account[row])
    word = world.standings.credibility[account, lanes]
    found = np.zeros(lanes.shape, dtype=bool)
    for kind in ("wallet", "price_sensitivity", "trust"):
        found |= world.knowledge.seen_at[params.fact_blocks[kind][account], lanes] >= 0
    return {
        "figure": np.where(found, 1.0, 0.25),
        "admit": np.full(lanes.shape, 0.7),
        "repeat": np.full(lanes.shape, 0.15),
        "promise": unit(0.2 + word),
    }


def close(world: World, params: Params, row: int, reply: str, lanes: NDArray[np.intp]) -> Codes:
    """The answer to the objection, and how it ended (N,): phase codes."""
    at, account, person = world.moments, int(params.moment_account[row]), int(params.moment_person[row])
    marks = grades(world, params, row, lanes)
    answers = replies(world, params, row, lanes)
    score = WEIGHTS[5] * answers[reply]
    for weight, mark in zip(WEIGHTS, marks, strict=False):
        score = score + weight * mark
    word = 0.85 + 0.3 * world.standings.credibility[account, lanes]
    score = score * word
    phase = np.where(score >= WINS, WON, np.where(score >= HOLDS, HELD, LOST)).astype(np.int8)
    won, lost = phase == WON, phase == LOST
    at.phase[row, lanes] = phase
    people, relations = world.people, world.relations
    people.stance[person, lanes] = unit(
        people.stance[person, lanes] + np.where(won, 0.20, np.where(lost, -0.12, 0.05)), -1.0
    )
    tie = people.tie[person, lanes]
    people.tie[person, lanes] = tie + np.where(won, 0.12 * (1.0 - tie), 0.0)
    trust = relations.trust[account, lanes]
    relations.trust[account, lanes] = trust + np.where(won, 0.03 * (1.0 - trust), 0.0)
    relations.trust[account, lanes] -= np.where(lost, 0.1 * TRUST_DOWN * trust, 0.0)
    quarter = float(world.quarter)
    open_until = np.maximum(people.open_until[person, lanes], quarter + DOOR - 1.0)
    people.open_until[person, lanes] = np.where(won, open_until, people.open_until[person, lanes])
    people.shut_until[person, lanes] = np.where(won, 0.0, people.shut_until[person, lanes])
    initiative = initiative_of(params, row)
    if initiative >= 0:
        engaged = world.initiatives.engagement[initiative, lanes]
        world.initiatives.engagement[initiative, lanes] = engaged + np.where(won, WON_GAIN * (1.0 - engaged), 0.0)
    return phase
