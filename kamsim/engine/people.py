"""People of the buying centres: ties, stances, turnover (economics B8, B12) and their decision on our Terms (B9)."""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine import knowledge
from kamsim.engine.influence import MODIFIED, NEW, PRICE, say, swayed
from kamsim.engine.lanes import (
    EVERYWHERE,
    Codes,
    Flags,
    Lanes,
    Rows,
    Where,
    cut,
    grouped,
    rows_where,
    some,
    total,
    unit,
)
from kamsim.engine.levers import ASKS, LEVERS
from kamsim.engine.luck import Luck
from kamsim.engine.market import LOSS_AVERSION
from kamsim.engine.params import ACCEPTED, DELAYED, MEASURES, REJECTED, RHYTHMS, Params
from kamsim.engine.truth import service_attribute
from kamsim.engine.world import World

STUBBORN: Final = 0.7
"""Part of a stance that stays from one quarter to the next."""
SUCCESSOR_TIE: Final = 0.15
NEW_BROOM: Final = 0.4
"""Chance that a successor is judged on something else."""
REAL_TIE: Final = 0.5
WELL_MEANING: Final = 0.3
"""Tie and stance above which somebody is a sponsor, who vouches for us inside (economics B10). With a real tie people
also say that they leave."""
FRIENDS_TELL: Final = 0.3
"""Added to the chance of standing contact that a notice comes in time, with a real tie."""
HANDED: Final = 0.5
"""Part of a tie that a warm handover passes on."""
LOST_THREAD: Final = 0.15
"""Part of the trust that goes with a tie of 1 to the only person who knew us (economics B6, B12: the leaver takes the
tie). It falls with the tie, and to nothing where others hold half of our relationship."""
LAST_MONEY: Final = MEASURES.index("cash")
LAST_SERVICE: Final = MEASURES.index("delivery")
"""Measures are ordered: those that price serves, those that delivery serves, then those that fit serves."""
TIE_PACE: Final = 0.10
UNDECIDED: Final = 50.0
"""Score of an offer that neither saves nor costs anything, where fit is middling and trust is 0.4."""
SCORE_PASS: Final = 60.0
SCORE_SPREAD: Final = 25.0
"""tau and the spread of economics C: z = clip((score - tau) / spread)."""
NEW_TASK_BAR: Final = 0.15
SHUT_QUARTERS: Final = 2
"""Quarters for which a no, or anything that wasted an executive's time, shuts a door."""
QUORUM: Final = 0.6
"""Bar, and part of the power that must be in favour, for a new task (economics B9)."""
VETO_BELOW: Final = -0.5
DISPERSION_DELAYS: Final = 0.3
"""Spread of opinions at which an undecided room takes another quarter, once."""
MONEY_POINTS: Final = 500.0
"""Score points for a saving of 100% of the account's sales, so 4% off is worth 20."""
CUSTOMER_MONEY: Final = 0.12
"""What a year of credit is worth to a customer, a year."""
FIT_POINTS: Final = 60.0
TRUST_POINTS: Final = 20.0


def contact(world: World, params: Params) -> Lanes:
    """Power-weighted tie by account (A, L), the breadth of our relationship."""
    return grouped(world.truth.power * world.people.tie, params.account_people)


def turnover(world: World, params: Params, luck: Luck) -> Flags:
    """Some people leave as a quarter opens; the successor brings no tie and a cooler stance, unless the leaver
    introduced us. Who leaves next is settled now, a quarter ahead. Returns whether anybody with an initiative left, by
    account (A, L)."""
    at, truth = world.people, world.truth
    hazard = truth.turnover.take(params.person_account, 0)
    leaves = luck.uniform("turnover", world.quarter, params.person_keys) < hazard
    at.leaving = luck.uniform("turnover", world.quarter + 1, params.person_keys, again=True) < hazard
    owner_left = np.zeros(world.relations.trust.shape, dtype=bool)
    rows, lanes = leaves.nonzero()
    if not rows.size:
        return owner_left
    accounts = params.person_account[rows]
    counts = np.array([len(members) for members in params.account_people], dtype=np.float64)
    mood = grouped(at.stance, params.account_people)[accounts, lanes] / counts[accounts]
    handed = at.handed[rows, lanes] > 0
    _lose_thread(world, params, rows, lanes, handed)
    cooler = unit(mood - 0.1, -1.0)
    warmer = np.maximum(cooler, 0.5 * (cooler + at.stance[rows, lanes]))
    at.tie[rows, lanes] = np.where(handed, HANDED * at.tie[rows, lanes], 0.0)
    at.stance[rows, lanes] = np.where(handed, warmer, cooler)
    at.open_until[rows, lanes] = np.where(handed, at.open_until[rows, lanes], 0.0)
    at.handed[rows, lanes] = 0
    at.shut_until[rows, lanes] = 0.0
    at.holder[rows, lanes] = np.minimum(at.holder[rows, lanes] + 1, 100)
    draw = luck.pairs("successor", world.quarter, params.person_keys[rows, 0], lanes)
    other = np.minimum(draw / NEW_BROOM * len(MEASURES), len(MEASURES) - 1).astype(np.int8)
    at.measure[rows, lanes] = np.where(draw < NEW_BROOM, other, at.measure[rows, lanes])
    _forget(world, params, rows, lanes)
    owns = truth.owns_initiative[rows]
    owner_left[accounts[owns], lanes[owns]] = True
    return owner_left


def _lose_thread(world: World, params: Params, rows: Rows, lanes: Rows, handed: Flags) -> None:
    """Trust falls where whoever leaves held more than half of our relationship, weighted by power; by half as much
    after a handover."""
    accounts, tie = params.person_account[rows], world.people.tie[rows, lanes]
    part = world.truth.power[rows, 0] * tie / np.maximum(contact(world, params)[accounts, lanes], 1e-9)
    loss = LOST_THREAD * tie * np.maximum(0.0, 2.0 * part - 1.0) * np.where(handed, 1.0 - HANDED, 1.0)
    np.multiply.at(world.relations.trust, (accounts, lanes), 1.0 - loss)


def _forget(world: World, params: Params, rows: Rows, lanes: Rows) -> None:
    """The notice has come true, how somebody who is gone stood to us is nobody's, and how well the newcomer knows us is
    plain."""
    known, blocks = world.knowledge, params.fact_blocks
    for kind in ("leaving", "stance"):
        gone = blocks[kind].start + rows
        known.seen_at[gone, lanes] = known.changed_at[gone, lanes] = -1
        known.value[gone, lanes] = known.source[gone, lanes] = 0
    ties = blocks["tie"].start + rows
    known.value[ties, lanes] = world.people.tie[rows, lanes]
    known.seen_at[ties, lanes] = known.changed_at[ties, lanes] = world.quarter
    known.source[ties, lanes] = knowledge.NEWS


def notice(world: World, params: Params, luck: Luck) -> None:
    """Standing contact may bring that somebody leaves: from the leaver, where the tie is real, or by close contact."""
    at = world.people
    rows, lanes = at.leaving.nonzero()
    if not rows.size:
        return
    rhythm = world.work.rhythm[params.person_account[rows], lanes]
    friend = at.tie[rows, lanes] > REAL_TIE
    chance = knowledge.ROUTINE_CHANCE.take(rhythm) + np.where(friend, FRIENDS_TELL, 0.0)
    told = luck.pairs("notice", world.quarter, params.person_keys[rows, 0], lanes) < chance
    heard = told & (friend | (rhythm == RHYTHMS.index("close")))
    if some(heard):
        facts = params.fact_blocks["leaving"].start + rows[heard]
        knowledge.tell(world, facts, lanes[heard], np.ones(facts.shape), knowledge.ROUTINE)


def sponsors(world: World, person: int, lanes: Where) -> Flags:
    """Where somebody vouches for us inside (N,): well-meaning, with a real tie (economics B10)."""
    at = world.people
    vouches: Flags = (at.stance[person, lanes] > WELL_MEANING) & (at.tie[person, lanes] > REAL_TIE)
    return vouches


def outlook(world: World, params: Params) -> Lanes:
    """u of economics B8 (S, L): half what we do for the person's own measure, then service, then the tie."""
    account = params.person_account
    service = 2.0 * service_attribute(world.relations.service) - 1.0
    view = 0.5 * _own_measure(world, params, service) + 0.3 * service.take(account, 0)
    view += 0.4 * world.people.tie - 0.2
    return unit(view, -1.0)


def _own_measure(world: World, params: Params, service: Lanes) -> Lanes:
    """How well we serve what each person is judged on, -1..1 (S, L): price, delivery or fit."""
    account = params.person_account
    price = grouped(world.truth.sales_part * world.market.price, params.account_cells)
    money = unit(-8.0 * price, -1.0)
    fit = 2.0 * world.relations.fit - 1.0
    kind = world.people.measure
    serves: Lanes = fit.take(account, 0)
    np.copyto(serves, service.take(account, 0), where=kind <= LAST_SERVICE)
    np.copyto(serves, money.take(account, 0), where=kind <= LAST_MONEY)
    return serves


def settle(world: World, params: Params, cover: Lanes, felt: Lanes | float = 1.0) -> None:
    """Ties follow coverage and how good whoever looks after a customer is, as it is ``felt`` there (`team.felt`);
    stances follow the outlook and the people one listens to, as a quarter closes:
    ``x <- STUBBORN x + (1 - STUBBORN) ((I - Lambda) u + Lambda W x)``, which rests where Friedkin and Johnsen do
    (economics B8)."""
    at = world.people
    routine = np.maximum(world.truth.start_tie, SUCCESSOR_TIE * (at.holder > 0)) * (
        np.minimum(cover, 1.25) * felt
    ).take(params.person_account, 0)
    at.tie = at.tie + TIE_PACE * (unit(routine) - at.tie)
    heading = swayed(world.truth, range(len(params.people)), outlook(world, params), at.stance)
    at.stance = STUBBORN * at.stance + (1.0 - STUBBORN) * heading


def decide(world: World, params: Params) -> Codes:
    """What the buying centres say to the offers that lie with them (A, L): an index into `params.ANSWERS`.

    A bare offer is judged on fit and money; a business case brings its own judgement (`cases`). Both meet the rule of
    economics B9: a price alone, while a buyer asks for one, is that buyer's; a modified rebuy needs a weighted
    majority; a change of payment or commitment is a new task, which also needs a quorum and no veto; a split room takes
    another quarter.
    """
    offered = world.dealings.offer > 0
    answer = np.zeros_like(world.dealings.answer)
    if not some(offered):
        return answer
    saving, burden = offer_value(world, params)
    for account in rows_where(offered):
        rows = list(params.account_people[account])
        measure = world.people.measure[rows]
        money_first = measure <= LAST_MONEY
        points = (
            UNDECIDED
            + MONEY_POINTS * np.where(money_first, 1.3, 0.8) * (saving[account] - burden[account])
            + FIT_POINTS * np.where(money_first, 0.4, 1.2) * (world.relations.fit[account] - 0.5)
            + TRUST_POINTS * (world.relations.trust[account] - 0.4)
        )
        verdict = unit((points - SCORE_PASS) / SCORE_SPREAD, -1.0)
        opinion = opinions(world, int(account), verdict, rows)
        new_task = (world.dealings.offer_commitment[account] > 0.0) | (
            world.dealings.offer_days[account] != world.dealings.days[account]
        )
        bare = ~new_task
        for name, said in world.levers.offered.items():
            bare = bare & (said[account] == world.levers.level[name][account])
        weight = say(world, params, int(account), MODIFIED)
        if bare.any():
            weight = np.where(bare, say(world, params, int(account), PRICE), weight)
        if new_task.any():
            weight = np.where(new_task, say(world, params, int(account), NEW), weight)
        result, spread, in_favour, vetoed = room(weight, world.truth.veto[rows], opinion)
        yes = np.where(new_task, (result >= NEW_TASK_BAR) & (in_favour >= QUORUM) & ~vetoed, result >= 0.0)
        split = (spread > DISPERSION_DELAYS) & (np.abs(result) < 0.2) & (world.dealings.answer[account] != DELAYED)
        code = np.where(split, DELAYED, np.where(yes, ACCEPTED, REJECTED)).astype(np.int8)
        answer[account] = np.where(offered[account], code, 0)
    return answer


def opinions(world: World, account: int, verdict: Lanes, rows: list[int], lanes: Where = EVERYWHERE) -> Lanes:
    """u' of economics B8 (people, N): half what somebody makes of the paper on the table (``verdict``, -1..1), then
    fit, service and the tie; then once around the table, as each listens to others."""
    at = world.relations
    opinion = 0.5 * verdict + 0.2 * (2.0 * at.fit[account, lanes] - 1.0)
    opinion += 0.2 * (2.0 * service_attribute(at.service[account, lanes]) - 1.0)
    opinion += 0.2 * cut(world.people.tie[rows], lanes) - 0.1
    return swayed(world.truth, rows, opinion, opinion)


def room(power: Lanes, veto: Lanes, opinion: Lanes) -> tuple[Lanes, Lanes, Lanes, Flags]:
    """A buying centre's mind (N,): its weighted mean, how far opinions lie apart, the power in favour, and whether
    somebody who may has said no (economics B9)."""
    mean = total(power * opinion)
    spread = np.sqrt(total(power * (opinion - mean) ** 2))
    in_favour = total(np.where(opinion > 0.0, power, 0.0))
    vetoed = total(np.where((opinion < VETO_BELOW) & (veto > 0), 1.0, 0.0)) > 0
    return mean, spread, in_favour, vetoed


def offer_value(world: World, params: Params) -> tuple[Lanes, Lanes]:
    """What the offers that lie open save the customers and what they ask of them, each as a share of the account's
    sales (A, L). Asks and levers have their burden, and a price above what they have come to expect weighs twice on top
    of its money (economics B4)."""
    dealings = world.dealings
    part, before, offered = world.truth.sales_part, world.market.discount, dealings.offer_price
    saving = grouped(part * (offered - before), params.account_cells)
    price = world.market.price + np.log((1.0 - offered) / (1.0 - before))
    above = np.where(offered < before, price - world.market.reference, 0.0)
    burden = grouped(part * LOSS_AVERSION * np.maximum(0.0, above), params.account_cells)
    saving += (dealings.offer_days - dealings.days) / 360.0 * CUSTOMER_MONEY
    none = np.zeros(1)
    asked: dict[str, Lanes] = {"commitment": dealings.offer_commitment, "length": dealings.offer_length}
    burden += total(np.array([ask.burden(asked[name], none) for name, ask in ASKS.items() if ask.burden]))
    for name, said in world.levers.offered.items():
        taking = LEVERS[name].burden
        burden += 0.0 if taking is None else taking(said, none)
    return saving, burden
