"""Moves that spend time on people and knowledge: rhythm, meeting, scan, cost review."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, TypeAlias

import numpy as np

from kamsim.engine import initiatives, knowledge, team
from kamsim.engine import people as centre
from kamsim.engine.joint import governance
from kamsim.engine.lanes import Flags, Lanes, Where, across, run, total, unit
from kamsim.engine.levers import KEPT
from kamsim.engine.luck import Luck
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.organisation import RELATIONS, RESEARCH, TECHNICAL
from kamsim.engine.page import AT
from kamsim.engine.params import EXECUTIVE, RHYTHMS, Params
from kamsim.engine.sight import Seen
from kamsim.engine.world import World

MEETING_HOURS: Final = 10.0
EXECUTIVE_HOURS: Final = 20.0
SCAN_HOURS: Final = 10.0
REVIEW_HOURS: Final = 10.0
OWNER_GAIN, OTHERS_GAIN = 0.50, 0.08
"""How far one good talk moves our engagement with an initiative: with its owner, and with anybody else."""
WARMS, VISIT_WARMS = 0.12, 0.06
"""What a meeting adds to a tie, as a part of what is missing from it: one to which we bring a true picture of something
that matters to them now, and a mere visit."""
FRIEND_TELLS: Final = 0.9
"""Chance that somebody with a real tie says, asked for anything, that they leave."""
UNASKED: Final = -1.0
"""Odds of hearing what a request is really about before it was made."""
NEVER: Final = -2.0
"""Bonus on the chance to learn something where this person would not say it."""
AGENDAS: Final = ("results", "provocative", "buying")


def rhythm_hours(seen: Seen, bound: Bound) -> Lanes:
    """The hours that a change of rhythm adds or frees this quarter."""
    hours = seen.params.rhythm_hours
    wanted = RHYTHMS.index(bound["rhythm"])
    more: Lanes = hours[wanted] - hours[seen.rhythm[bound["account"]]]
    return more


def promised_hours(seen: Seen, account: int) -> Lanes:
    """Hours a quarter of our team that run at an account, or are in the case that lies before the customer (L,)."""
    promised: Lanes = np.zeros(seen.lanes)
    for lever in KEPT:
        if lever.hours:
            asked = np.where(seen.case_stage[account] > 0, seen.case_page[AT[lever.name], account], 0.0)
            promised = promised + np.maximum(seen.in_force(lever.name, account), asked)
    return promised


def taken_hours(seen: Seen) -> Lanes:
    """Hours that each of the next quarters begins without: rhythms, programmes that run or may be signed, and what is
    built with customers (L,)."""
    hours = np.zeros(seen.lanes)
    for account in range(len(seen.params.accounts)):
        hours = hours + seen.params.rhythm_hours[seen.rhythm[account]] + promised_hours(seen, account)
    return hours + total(governance(seen.params, seen.joint.phase)) if seen.params.own.joints else hours


def refuse_rhythm(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A real change, for which next quarter has the hours too."""
    more = rhythm_hours(seen, bound)
    return [
        (seen.rhythm[bound["account"]] == RHYTHMS.index(bound["rhythm"]), Refusal.NO_CHANGE),
        ((more > 0.0) & (taken_hours(seen) + more > team.seen_hours(seen)), Refusal.NO_HOURS),
    ]


def set_rhythm(world: World, _params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """A new standing rhythm, from now on."""
    world.work.rhythm[bound["account"], lanes] = RHYTHMS.index(bound["rhythm"])
    return Result.DONE, NOTHING, None


def meeting_hours(seen: Seen, bound: Bound) -> float:
    """An executive's time takes more preparation."""
    return EXECUTIVE_HOURS if seen.params.person_level[bound["person"]] == EXECUTIVE else MEETING_HOURS


def refuse_meeting(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """An executive must have let us in; each topic once a quarter."""
    person = bound["person"]
    taken = (seen.met[person] & (1 << AGENDAS.index(bound["agenda"]))) > 0
    return [(~seen.may_meet(person), Refusal.DOOR_CLOSED), (taken, Refusal.ALREADY_MET)]


def meet(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """A meeting reveals facts by its agenda, warms the tie, and serves the initiatives that we understand. What counts
    is the picture that we came with, not the one that we left with: whoever comes to ask what is going on is told, and
    has helped nobody. An executive who told us nothing, and to whom we brought nothing that is true now, does not see
    us again for a while (economics B10)."""
    person = bound["person"]
    account = int(params.person_account[person])
    people = world.people
    tie = people.tie[person][lanes]
    chance = 0.30 + 0.35 * world.truth.collaboration[account] + 0.25 * tie
    chance = chance * team.craft(world, params, RESEARCH, account, lanes)
    recent, true = knowledge.fresh_states(world, params, account, lanes)
    prepared = knowledge.live_insight(world, params, account, lanes) | true.any(axis=0)
    wanted, odds, silent = _asked(world, params, person, bound["agenda"], chance, lanes)
    facts, heard = knowledge.hear(world, params, luck, wanted, odds, lanes, knowledge.MEETING)
    facts, heard = (*facts, *silent), np.concatenate([heard, np.zeros((len(silent), len(chance)), dtype=bool)])
    any_heard = heard.any(axis=0)
    wasted = np.zeros(any_heard.shape, dtype=bool)
    if params.person_level[person] == EXECUTIVE:
        wasted = ~any_heard & ~prepared
        quarter = float(world.quarter)
        people.open_until[person][lanes] = np.where(wasted, 0.0, people.open_until[person][lanes])
        people.shut_until[person][lanes] = np.where(
            wasted, quarter + centre.SHUT_QUARTERS, people.shut_until[person][lanes]
        )
    people.met[person][lanes] |= np.int8(1 << AGENDAS.index(bound["agenda"]))
    warms = np.where(prepared, WARMS, VISIT_WARMS) * team.craft(world, params, RELATIONS, account, lanes)
    people.tie[person][lanes] = tie + np.where(wasted, 0.0, warms) * (1.0 - tie)
    warmer = people.stance[person][lanes] + np.where(wasted, 0.0, 0.04)
    people.stance[person][lanes] = unit(warmer, -1.0)
    note_tie(world, params, person, lanes)
    if bound["agenda"] != "buying":
        _serve(world, params, person, recent, true, lanes)
    nothing = np.where(wasted, Result.WASTED, Result.NOTHING_NEW)
    return np.where(any_heard, Result.LEARNED, nothing), facts, heard


def note_tie(world: World, params: Params, person: int, lanes: Where) -> None:
    """Whoever sat with somebody knows how well they know each other."""
    known, fact = world.knowledge, params.fact_blocks["tie"][person]
    known.value[fact][lanes] = world.people.tie[person][lanes]
    known.seen_at[fact][lanes] = world.quarter
    known.source[fact][lanes] = knowledge.MEETING


Question: TypeAlias = tuple[str, int, float]
"""A kind of fact, its row, and a bonus on the chance to learn it."""


def _asked(
    world: World, params: Params, person: int, agenda: str, chance: Lanes, lanes: Where
) -> tuple[tuple[Question, ...], Lanes, tuple[int, ...]]:
    """What a talk may bring to light, by its agenda and between the lines, and the chance of all (lanes,) or of each
    (n, lanes). What nobody has to tell in any lane is not drawn; it was asked all the same: its facts come last."""
    theirs = [row for row in params.account_requests[params.person_account[person]] if agenda == "buying"]
    opened = {row: world.calendar.request_opens[row][lanes] <= world.quarter for row in theirs}
    begun = tuple(row for row, here in opened.items() if here.any())
    confided, silent = _confided(world, params, person, lanes, buying=agenda == "buying")
    wanted = (*_questions(params, person, agenda, begun), *confided)
    apart = {("interest", row): np.where(opened[row], chance, UNASKED) for row in begun}
    if confided:
        apart["leaving", person] = np.where(world.people.tie[person][lanes] > centre.REAL_TIE, FRIEND_TELLS, 0.0)
    if not apart:
        return wanted, chance, silent
    return wanted, np.array([apart.get((kind, row), chance) for kind, row, _ in wanted]), silent


def _confided(
    world: World, params: Params, person: int, lanes: Where, *, buying: bool
) -> tuple[list[Question], tuple[int, ...]]:
    """What is said between the lines: who leaves (this person, if the tie is real, and colleagues who confide in this
    person), and in the talk about buying who listens to whom. And facts of which nobody has anything to tell."""
    truth, rows = world.truth, params.account_people[params.person_account[person]]
    confide = [row for row, _, spoken in truth.heeds if person in (speaker for speaker, _ in spoken)]
    going = bool(world.people.leaving[rows[0] : rows[-1] + 1, lanes].any())
    wanted, silent = list[Question](), list[int]()
    for row in rows:
        own = 0.3 if row == person else 0.0
        kinds = [("leaving", going, 0.0 if row == person or row in confide else NEVER)]
        if buying:
            kinds.append(("power_new", bool(truth.power_differs[row, 0]), own))
            kinds.append(("listens", bool(truth.listens[row, 0] >= 0.0), own))
        for kind, told, bonus in kinds:
            if told:
                wanted.append((kind, row, bonus))
            else:
                silent.append(params.fact_blocks[kind][row])
    return wanted, tuple(silent)


@lru_cache(maxsize=1024)
def _questions(params: Params, person: int, agenda: str, begun: tuple[int, ...]) -> tuple[Question, ...]:
    """What an agenda may reveal. ``begun``: requests made in any lane."""
    account = int(params.person_account[person])
    owned = [k for k in params.account_initiatives[account] if params.initiative_owner[k] == person]
    others = [k for k in params.account_initiatives[account] if k not in owned]
    if agenda == "results":
        return (
            ("measure", person, 0.4),
            *(("state", k, 0.4) for k in owned),
            *(("state", k, 0.0) for k in others),
            *_purchases(params, person, account, 0.4, 0.0),
            ("wallet", account, 0.0),
            *(("compliance", region, 0.4) for region in [int(params.person_bound[person])] if region >= 0),
        )
    if agenda == "provocative":
        return (
            ("stance", person, 0.3),
            *(("force", k, 0.3) for k in owned),
            *(("force", k, -0.1) for k in others),
            *(("acts", f, 0.2) for k in owned for f in params.initiative_forces[k]),
            *(("acts", f, -0.2) for k in others for f in params.initiative_forces[k]),
            ("attack", account, 0.1),
            ("trust", account, 0.2),
        )
    members = params.account_people[account]
    return (
        *((kind, member, 0.3 if member == person else 0.0) for member in members for kind in ("power", "veto")),
        ("price_sensitivity", account, 0.1),
        ("collaboration", account, 0.0),
        ("orientation", account, 0.0),
        *(("interest", q, 0.4) for q in begun if params.request_person[q] == person),
        *_purchases(params, person, account, 0.4, 0.2),
    )


def _purchases(params: Params, person: int, account: int, own: float, others: float) -> list[tuple[str, int, float]]:
    """How purchases stand: those that this person decides, or that an initiative of theirs brings, come up soonest."""
    made = []
    for row in params.account_opportunities[account]:
        owner = params.initiative_owner[params.opportunity_initiative[row]]
        made.append(("stage", row, own if person in (params.opportunity_decider[row], owner) else others))
    return made


def _serve(world: World, params: Params, person: int, recent: Flags, true: Flags, lanes: Where) -> None:
    """Talk that rests on a true and recent picture of an initiative (k, lanes) helps it, most of all with its owner; an
    outdated picture costs a little standing (economics B10, B13)."""
    account = int(params.person_account[person])
    initiatives_ = params.account_initiatives[account]
    owned = params.initiative_owner[list(initiatives_)] == person
    gain = np.where(owned, OWNER_GAIN, OTHERS_GAIN)[:, None] * team.craft(world, params, TECHNICAL, account, lanes)
    engagement, rows = world.initiatives.engagement, across(run(initiatives_), lanes)
    engaged = engagement[rows, lanes]
    engagement[rows, lanes] = np.where(true, engaged + gain * (1.0 - engaged), engaged)
    for place in np.flatnonzero(owned).tolist():
        initiatives.good_talk(world, initiatives_[place], lanes, true[place], initiatives.TALK_HELP)
        stance = world.people.stance[person][lanes]
        moved = np.where(true[place], 0.06, np.where(recent[place], -0.05, 0.0))
        world.people.stance[person][lanes] = unit(stance + moved, -1.0)


def scan_hours(_seen: Seen, _bound: Bound) -> float:
    """A working day and a bit."""
    return SCAN_HOURS


def refuse_scan(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Once a quarter for each account."""
    return [(seen.insight[bound["account"]], Refusal.SCANNED)]


def scan(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """A day in the trade press, filings and the sales channel around one customer."""
    account = bound["account"]
    rows = params.account_initiatives[account]
    wanted = [("attack", account, 0.2), ("wallet", account, 0.1)]
    wanted += [("state", row, 0.1) for row in rows] + [("force", row, -0.1) for row in rows]
    wanted += [("stage", row, -0.1) for row in params.account_opportunities[account]]
    wanted += [("acts", force, -0.25) for row in rows for force in params.initiative_forces[row]]
    chance = np.full(world.work.left[lanes].shape, 0.55) * team.craft(world, params, RESEARCH, account, lanes)
    facts, heard = knowledge.hear(world, params, luck, wanted, chance, lanes, knowledge.SCAN)
    world.knowledge.insight[account][lanes] = True
    return np.where(heard.any(axis=0), Result.LEARNED, Result.NOTHING_NEW), facts, heard


def review_hours(_seen: Seen, _bound: Bound) -> float:
    """With the controller, over the order book."""
    return REVIEW_HOURS


def refuse_review(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Once is enough: from then on the true cost is booked."""
    return [(seen.reviewed[bound["account"]], Refusal.REVIEWED)]


def review(world: World, _params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Book this account's true cost to serve from now on."""
    account = bound["account"]
    world.knowledge.reviewed[account][lanes] = True
    if world.ledger is not None and world.booked is not None:
        cost, profit = world.booked
        cost[account][lanes] = world.ledger.cost_to_serve[account][lanes]
        profit[account][lanes] = world.ledger.contribution[account][lanes]
    return Result.LEARNED, NOTHING, None
