"""Business cases in play: laid before an audience, re-cut, decided at a quarter's close, signed (economics B9 and C).

Places: a case lies at row ``account`` of (B, L) with the customer's buying centre, at row A + ``account`` with our
desk.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine import initiatives, opportunities, promises, regions, team
from kamsim.engine.appraisal import appraise
from kamsim.engine.effects import SIGNED_GAIN
from kamsim.engine.influence import MODIFIED, NEW, say
from kamsim.engine.judgement import CUSTOMER_READERS, Judgement, judge_company, judge_customer, tier_of
from kamsim.engine.lanes import Flags, Lanes, cut, some, total, unit
from kamsim.engine.levers import ASKS, BESPOKE_UPKEEP, KEPT, LEVERS, Lever, engagement_gain
from kamsim.engine.organisation import CASES, TECHNICAL, USUAL_SUPPORT
from kamsim.engine.page import (
    APPROVED,
    AT,
    CAP,
    CONDITIONAL,
    CONDITIONED,
    CRITERIA,
    DELAYED,
    GUARANTEE,
    LAPSED,
    PENDING,
    PILOT,
    REJECTED,
    RETURNED,
    STOPPED,
)
from kamsim.engine.params import DESK_SEATS, EXECUTIVE, Params
from kamsim.engine.people import QUORUM, SHUT_QUARTERS, opinions, room
from kamsim.engine.sight import observe
from kamsim.engine.standing import true_standing
from kamsim.engine.terms import PRICE_STEP
from kamsim.engine.world import World

CASE_BAR: Final = 0.28
"""D* of a case: nearly twice that of a bare new task (economics B9), since a room that is served on time starts at half
of it before anybody has read a word. Set so that fresh, canned and static pages are agreed to as often as B24 asks; set
anew when who listens to whom, and what is out of date, began to count."""
YES_IF: Final = 0.165
"""How far below the bar a room may be that says "yes, if" (economics C)."""
COME_BACK: Final = 0.50
"""How far below the bar a case may be that is sent back rather than refused."""
FREE_RETURN: Final = 2
"""Quarters within which the next case counts as the same one, re-tailored; the first is free."""
OUT_OF_DATE: Final = 0.05
"""What a page about something that is no longer so costs, of our word there, and of the owner's tie and stance."""
JOINS_AT: Final = {"sales": 1, "finance": 2, "operations": 1, "product": 3}
"""The lowest tier of an ask at which a seat of the desk decides with the others."""
SLOW_DESK: Final = 0.6
"""Support of our own company below which an ask above the first band takes the desk a quarter longer (B21)."""
WILLING: Final = 0.4
"""How far the desk's bar rises for all of our company's support taken away, from the usual one (economics B21)."""
BOLD_ASK: Final = 0.03
"""Standing with an approver that an ask above the first band costs, and three times that when it is refused."""


def present(world: World, params: Params, place: int, page: Lanes, lanes: NDArray[np.intp], overreach: Lanes) -> None:
    """Lay a page (G, lanes) before an audience. ``overreach``: 1 where its range excludes what our own facts imply."""
    cases, quarter = world.cases, float(world.quarter)
    again = (cases.returned[place][lanes] > 0) & (quarter - cases.returned[place][lanes] <= FREE_RETURN)
    tries = np.where(again, cases.resubmitted[place][lanes] + 1.0, 0.0)
    cases.resubmitted[place][lanes] = tries
    tiresome = tries > 1.0
    if tiresome.any():
        if place < len(params.accounts):
            trust = world.relations.trust
            trust[place][lanes] = np.maximum(0.0, trust[place][lanes] - 0.02 * tiresome)
        else:
            world.standings.desk[:, lanes] = unit(cut(world.standings.desk, lanes) - BOLD_ASK * tiresome, -1.0)
    cases.page[:, place, lanes] = page
    note_craft(world, params, place, lanes)
    cases.stage[place][lanes] = PENDING
    cases.presented[place][lanes] = quarter
    cases.wavered[place][lanes] = overreach
    cases.gate[place][lanes] = 0
    cases.condition[place][lanes] = 0
    cases.outcome[place][lanes] = 0
    big = new_task(page, world.dealings.days[place % len(params.accounts), lanes])
    later = big if place < len(params.accounts) else (world.own.support[lanes] < SLOW_DESK) + 0.0
    cases.decides[place][lanes] = quarter + later
    if place < len(params.accounts):
        world.relations.pitched[place][lanes] = quarter


def note_craft(world: World, params: Params, place: int, lanes: NDArray[np.intp], *, again: bool = False) -> None:
    """Who wrote the page that lies there, and with whose help, shows in it (economics B20); what was well made stays so
    where it is worked on ``again``."""
    craft = team.page_craft(team.craft(world, params, CASES, place % len(params.accounts), lanes))
    before = world.team.page_craft[place][lanes]
    world.team.page_craft[place][lanes] = np.maximum(before, craft) if again else craft


def new_task(page: Lanes, days: Lanes) -> Lanes:
    """1 where a case asks for something new, which a buying centre sleeps on for a quarter (economics B9)."""
    new: Flags = np.zeros(page.shape[1:], dtype=bool)
    for name, lever in {**LEVERS, **ASKS}.items():
        if lever.new_task:
            new = new | lever.used(page[AT[name]], days)
    asked: Lanes = new.astype(np.float64)
    return asked


def _due(world: World, places: range) -> Flags:
    cases = world.cases
    lying = cases.stage[places.start : places.stop] == PENDING
    due: Flags = lying & (cases.decides[places.start : places.stop] <= world.quarter)
    return due


def decide(world: World, params: Params) -> None:
    """Step 4 of the turn: every audience whose quarter has come answers. Conditions that nobody took up lapse first."""
    cases, accounts = world.cases, len(params.accounts)
    left = (cases.stage == CONDITIONAL) & (cases.decides <= world.quarter)
    if some(left):
        cases.stage = np.where(left, 0, cases.stage).astype(np.int8)
        cases.outcome = np.where(left, LAPSED, cases.outcome).astype(np.int8)
    customers, desk = _due(world, range(accounts)), _due(world, range(accounts, 2 * accounts))
    if not some(customers) and not some(desk):
        return
    seen = observe(world, params)
    for account in range(accounts):
        if some(customers[account]):
            lanes = np.flatnonzero(customers[account])
            standing = true_standing(world, seen, account, lanes, account)
            page = cut(cases.page[:, account], lanes)
            verdict = judge_customer(standing, page, cases.wavered[account][lanes])
            _answer_customer(world, params, account, verdict, lanes)
        if some(desk[account]):
            ask(world, params, account, np.flatnonzero(desk[account]))


def _answer_customer(world: World, params: Params, account: int, verdict: Judgement, lanes: NDArray[np.intp]) -> None:
    """The buying centre's rule on what its members made of the case."""
    people = list(params.account_people[account])
    opinion = opinions(world, account, verdict.verdict, people, lanes)
    page = cut(world.cases.page[:, account], lanes)
    asked_new = new_task(page, world.dealings.days[account][lanes]) > 0
    power = say(world, params, account, MODIFIED, lanes)
    if asked_new.any():
        power = np.where(asked_new, say(world, params, account, NEW, lanes), power)
    power = regions.local_say(params, world.truth, account, power, page[AT["region"]])
    mean, spread, favour, vetoed = room(power, world.truth.veto[people], opinion)
    waited = world.cases.outcome[account][lanes] == DELAYED
    enough = favour >= QUORUM
    on_hold = _on_hold(world, params, account, lanes)
    wait = (spread > 0.3) & (np.abs(mean - CASE_BAR) < 0.2) | on_hold
    _remember(world, account, account, verdict, power, people, lanes)
    _settle(world, params, account, verdict, mean, CASE_BAR, enough, vetoed, wait & ~waited, lanes)


def _on_hold(world: World, params: Params, account: int, lanes: NDArray[np.intp]) -> Flags:
    """Where the case serves an initiative that is delayed: nobody hurries such a decision (economics B13)."""
    linked = world.cases.page[AT["initiative"], account, lanes]
    held = np.zeros(lanes.shape, dtype=bool)
    for row in params.account_initiatives[account]:
        held |= (linked == row) & (world.initiatives.state[row][lanes] == initiatives.DELAYED)
    return held


def ask(world: World, params: Params, account: int, lanes: NDArray[np.intp]) -> None:
    """The desk decides on an internal case, in the lanes given."""
    place = len(params.accounts) + account
    seen = observe(world, params)
    standing = true_standing(world, seen, account, lanes, place)
    page = cut(world.cases.page[:, place], lanes)
    verdict = judge_company(standing, page, world.cases.wavered[place][lanes])
    desk = world.standings.desk
    seated = _seats(params, verdict.tier, page)
    weight = params.approver_power * seated
    weight = weight / np.maximum(total(weight), 1e-9)
    view = unit(0.85 * verdict.verdict + 0.15 * cut(desk, lanes), -1.0)
    mean = total(weight * view)
    vetoed = total(np.where((view < -0.6) & (params.approver_veto > 0) & (seated > 0), 1.0, 0.0)) > 0
    readers = [len(params.people) + row for row in range(len(params.approvers))]
    _remember(world, place, account, verdict, weight, readers, lanes)
    world.cases.noticed[place][lanes] = verdict.noticed
    bold = verdict.tier > 0
    desk[:, lanes] = unit(cut(desk, lanes) - BOLD_ASK * bold * seated - 0.10 * verdict.noticed, -1.0)
    certain = np.ones(lanes.shape, dtype=bool)
    bar = WILLING * (USUAL_SUPPORT - world.own.support[lanes])
    _settle(world, params, place, verdict, mean, bar, certain, vetoed, ~certain, lanes)
    refused = np.isin(world.cases.outcome[place][lanes], (REJECTED, STOPPED)) & bold
    desk[:, lanes] = unit(cut(desk, lanes) - 2.0 * BOLD_ASK * refused * seated, -1.0)
    small = (verdict.tier == 0) & (world.cases.outcome[place][lanes] == APPROVED)
    world.mandates.asked[account][lanes] += np.where(small, verdict.appraisal.concession, 0.0)


def inside_first_band(world: World, params: Params, account: int, lanes: NDArray[np.intp]) -> Flags:
    """Where an internal case that lies there costs so little that the first approver signs alone, and nothing suggests
    that a larger one was cut in pieces (N,)."""
    page = cut(world.cases.page[:, len(params.accounts) + account], lanes)
    standing = true_standing(world, observe(world, params), account, lanes)
    small: Flags = tier_of(standing, appraise(standing, page))[0] == 0.0
    return small


def _seats(params: Params, tier: Lanes, page: Lanes) -> Lanes:
    """Which approvers decide, by tier (D, N): the first alone, sales and operations, finance too, everybody; the
    product approver always where something is to be made."""
    seated = np.zeros((len(params.approvers), *tier.shape))
    for row, column in enumerate(params.approver_column.tolist()):
        seat = DESK_SEATS[column - len(CUSTOMER_READERS)]
        seated[row] = (tier >= JOINS_AT[seat]) | (row == 0)
        for lever in KEPT:
            if seat == "product" and lever.one_off is not None:
                seated[row] = np.maximum(seated[row], page[AT[lever.name]] > 0)
    return seated


def _remember(
    world: World, place: int, account: int, verdict: Judgement, power: Lanes, readers: list[int],
    lanes: NDArray[np.intp],
) -> None:  # fmt: skip
    """Keep what the readers made of it, so that the answer can be explained."""
    cases = world.cases
    for reader, row in enumerate(readers):
        cases.reader_score[row, account, lanes] = verdict.score[reader]
    for criterion in range(len(CRITERIA)):
        cases.criteria[criterion, place, lanes] = total(power * verdict.criteria[criterion])
        cases.loss[criterion, place, lanes] = total(power * verdict.loss[criterion])


def _settle(
    world: World, params: Params, place: int, verdict: Judgement, mean: Lanes, bar: Lanes | float, enough: Flags,
    vetoed: Flags, waits: Flags, lanes: NDArray[np.intp],
) -> None:  # fmt: skip
    """From the room's mind to an answer, and what follows from it."""
    cases, quarter = world.cases, float(world.quarter)
    stopped = verdict.gate > 0
    yes = (mean >= bar) & enough & ~vetoed & ~stopped
    wait = waits & ~stopped
    nearly = (mean >= bar - YES_IF) & ~vetoed & ~stopped & ~yes
    back = (mean >= bar - COME_BACK) & ~stopped & ~yes & ~nearly
    outcome = np.select(
        [stopped, wait, yes, nearly, back],
        [STOPPED, DELAYED, APPROVED, CONDITIONED, RETURNED],
        REJECTED,
    ).astype(np.int8)
    cases.outcome[place][lanes] = outcome
    cases.gate[place][lanes] = verdict.gate
    cases.condition[place][lanes] = np.where(outcome == CONDITIONED, _condition(cut(cases.loss[:, place], lanes)), 0)
    cases.decides[place][lanes] = quarter + np.isin(outcome, (DELAYED, CONDITIONED))
    stage = np.where(outcome == DELAYED, PENDING, np.where(outcome == CONDITIONED, CONDITIONAL, 0))
    cases.stage[place][lanes] = stage
    sent_back = np.isin(outcome, (RETURNED, STOPPED))
    cases.returned[place][lanes] = np.where(sent_back, quarter, cases.returned[place][lanes])
    if (outcome == REJECTED).any() and place < len(params.accounts):
        refused = lanes[outcome == REJECTED]
        for person in params.account_people[place]:
            world.people.stance[person, refused] = unit(world.people.stance[person, refused] - 0.03, -1.0)
    if place < len(params.accounts):
        _out_of_date(world, params, place, lanes)
    if yes.any():
        sign(world, params, place, lanes[yes & (outcome == APPROVED)])


def _out_of_date(world: World, params: Params, account: int, lanes: NDArray[np.intp]) -> None:
    """A page that was sent back or stopped, and speaks of an initiative as it no longer is, has wasted the time of
    those who read it, as any stale insight does (economics B10): our word counts for less there, the owner cools, and
    where the initiative is dead the executives do not see us for a while."""
    cases, people = world.cases, world.people
    page, outcome = cut(cases.page[:, account], lanes), cases.outcome[account][lanes]
    sent_back = np.isin(outcome, (RETURNED, STOPPED, REJECTED))
    for row in params.account_initiatives[account]:
        state = world.initiatives.state[row][lanes]
        old = (page[AT["state"]] >= 0) & (page[AT["state"]] != state) | ~initiatives.alive(state)
        old &= sent_back & (page[AT["initiative"]] == row)
        if not old.any():
            continue
        where = lanes[old]
        word = world.standings.credibility
        word[account, where] = np.maximum(0.0, word[account, where] - OUT_OF_DATE)
        owner = int(params.initiative_owner[row])
        people.stance[owner, where] = unit(people.stance[owner, where] - OUT_OF_DATE, -1.0)
        people.tie[owner, where] = np.maximum(0.0, people.tie[owner, where] - OUT_OF_DATE)
        dead = where[~initiatives.alive(world.initiatives.state[row, where])]
        for person in params.account_people[account]:
            if params.person_level[person] == EXECUTIVE:
                people.open_until[person, dead] = 0.0
                people.shut_until[person, dead] = world.quarter + SHUT_QUARTERS


def _condition(loss: Lanes) -> NDArray[np.int8]:
    """What a "yes, if" asks for, by what cost most: proof, money, or anything else."""
    proof = loss[CRITERIA.index("evidence")] + 0.5 * loss[CRITERIA.index("sensitivity")]
    money = loss[CRITERIA.index("finance")]
    rest = loss[CRITERIA.index("delivery")] + 0.5 * loss[CRITERIA.index("cause")]
    most = np.maximum(proof, np.maximum(money, rest))
    return np.where(proof == most, PILOT, np.where(money == most, CAP, GUARANTEE)).astype(np.int8)


def take_condition(world: World, params: Params, place: int, lanes: NDArray[np.intp]) -> None:
    """Agree to a "yes, if": a year only, half of what they commit or the desk grants, or a guarantee."""
    cases = world.cases
    condition = cases.condition[place][lanes]
    page = cut(cases.page[:, place], lanes)
    page[AT["length"]] = np.where(condition == PILOT, 4.0, page[AT["length"]])
    page[AT["commitment"]] = page[AT["commitment"]] * np.where(condition == CAP, 0.5, 1.0)
    if place >= len(params.accounts):
        steps = np.ceil(page[AT["price"]] * np.where(condition == CAP, 0.5, 1.0) / PRICE_STEP - 1e-9) * PRICE_STEP
        page[AT["price"]] = steps
        for lever in KEPT:
            if lever.capped is not None:
                said = page[AT[lever.name]]
                page[AT[lever.name]] = np.where(condition == CAP, np.minimum(lever.capped, said), said)
    cases.page[:, place, lanes] = page
    cases.outcome[place][lanes] = APPROVED
    cases.stage[place][lanes] = 0
    sign(world, params, place, lanes)


def sign(world: World, params: Params, place: int, lanes: NDArray[np.intp]) -> None:
    """A yes takes effect: the promise is locked, and Terms or a mandate begin."""
    if not lanes.size:
        return
    cases = world.cases
    page = cut(cases.page[:, place], lanes)
    account = place % len(params.accounts)
    promises.lock(world, params, place, page, cases.condition[place][lanes], lanes)
    if place < len(params.accounts):
        _sign_terms(world, params, account, page, lanes)
    else:
        _grant(world, params, account, page, lanes)
    cases.stage[place][lanes] = 0


def _sign_terms(world: World, params: Params, account: int, page: Lanes, lanes: NDArray[np.intp]) -> None:
    dealings, market, quarter = world.dealings, world.market, float(world.quarter)
    cells = params.account_cells[account]
    region, change, added = page[AT["region"]], page[AT["price"]], page[AT["commitment"]]
    until = quarter + page[AT["length"]] - 1.0
    for cell in cells:
        here = (region < 0) | (region == params.region_codes[cell])
        before = market.discount[cell][lanes]
        limit = params.start_discount[cell] + params.authority_discount + world.mandates.discount[account][lanes]
        floor = 1.0 - params.floor[cell] / (1.0 - market.rebate[cell][lanes])
        price = np.maximum(0.0, before + np.where(here, change, 0.0))
        price = np.minimum(price, np.maximum(before, np.minimum(limit, floor)))  # what was granted since counts
        dealings.agreed[cell][lanes] = np.where(
            price != market.discount[cell][lanes], price, dealings.agreed[cell][lanes]
        )
        market.discount[cell][lanes] = price
        promised = np.minimum(0.95, market.share[cell][lanes] + added)
        dealings.committed[cell][lanes] = np.where(added > 0, promised, dealings.committed[cell][lanes])
    world.reprice(params, cells, lanes)
    dealings.contract_until[account][lanes] = np.maximum(dealings.contract_until[account][lanes], until)
    days = page[AT["days"]]
    dealings.days[account][lanes] = np.where(days > 0, days, dealings.days[account][lanes])
    for lever in KEPT:
        if not lever.needs_desk:
            _begin(world, params, account, lever, page[AT[lever.name]], until, lanes)
    initiative, served = page[AT["initiative"]], world.mandates.served
    served[account][lanes] = np.where(initiative >= 0, initiative + 1.0, served[account][lanes])
    opportunities.signed(world, params, account, initiative, page[AT["state"]], lanes)
    at = world.initiatives
    for row in params.account_initiatives[account]:
        engaged = at.engagement[row][lanes]
        at.engagement[row][lanes] = np.where(initiative == row, engaged + SIGNED_GAIN * (1.0 - engaged), engaged)
    trust = world.relations.trust[account][lanes]
    world.relations.trust[account][lanes] = trust + 0.03 * (1.0 - trust)
    for person in params.account_people[account]:
        world.people.stance[person][lanes] = unit(world.people.stance[person][lanes] + 0.08, -1.0)


def _grant(world: World, params: Params, account: int, page: Lanes, lanes: NDArray[np.intp]) -> None:
    mandates, quarter = world.mandates, float(world.quarter)
    until = quarter + page[AT["length"]] - 1.0
    granted = mandates.discount[account][lanes]
    for cell in params.account_cells[account]:
        here = (page[AT["region"]] < 0) | (page[AT["region"]] == params.region_codes[cell])
        own = params.start_discount[cell] + params.authority_discount
        beyond = world.market.discount[cell][lanes] + page[AT["price"]] - own
        granted = np.where(here & (page[AT["price"]] > 0), np.maximum(granted, beyond), granted)
    mandates.discount[account][lanes] = granted
    mandates.days[account][lanes] = np.maximum(mandates.days[account][lanes], page[AT["days"]])
    for lever in KEPT:
        if lever.needs_desk:
            _begin(world, params, account, lever, page[AT[lever.name]], until, lanes)
    initiative = page[AT["initiative"]]
    mandates.served[account][lanes] = np.where(initiative >= 0, initiative + 1.0, mandates.served[account][lanes])


def _begin(
    world: World, params: Params, account: int, lever: Lever, value: Lanes, until: Lanes, lanes: NDArray[np.intp]
) -> None:
    """A lever is pulled as far as was signed, to that quarter; what is made once is booked now."""
    at, name = world.levers, lever.name
    if lever.one_off is not None:
        made = (value > 0) & (at.level[name][account][lanes] == 0)
        at.booked[name][account][lanes] += lever.one_off(params)[account] * made
    if name in at.level:
        at.level[name][account][lanes] = np.maximum(at.level[name][account][lanes], value)
    if name in at.until:
        at.until[name][account][lanes] = np.where(value > 0, until, at.until[name][account][lanes])


def serve(world: World, params: Params) -> None:
    """As a quarter opens: programmes and specialists work for the initiative that they were signed for, and help it
    against what holds it back."""
    mandates, at = world.mandates, world.initiatives
    working = {lever.name: world.levers.level[lever.name] for lever in KEPT if lever.gain is not None}
    if not any(map(some, working.values())):
        return
    owner = params.initiative_account
    gain = (engagement_gain(working) * team.craft(world, params, TECHNICAL, slice(None))).take(owner, 0)
    wanted = mandates.served.take(owner, 0) == np.arange(1.0, len(owner) + 1.0)[:, None]
    served = wanted & (gain > 0.0) & initiatives.alive(at.state)
    at.engagement += np.where(served, gain * (1.0 - at.engagement), 0.0)
    at.help[served] = initiatives.HELP


def new_quarter(world: World, params: Params) -> None:
    """What ran out ends; upkeep follows bespoke work; small asks are slowly forgotten."""
    at = world.levers
    world.mandates.asked = world.mandates.asked * 0.75
    for lever in KEPT:
        level = at.level.get(lever.name)
        if level is None:
            continue
        if lever.one_off is not None:
            at.booked[lever.name] = np.rint(lever.one_off(params) * BESPOKE_UPKEEP * level)
        if lever.name in at.until and some(level):
            level[at.until[lever.name] < world.quarter] = 0
