"""The turn (economics B0): a quarter opens with news, is played through moves, and closes with books."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kamsim.engine import (
    awards,
    cases,
    drawing,
    initiatives,
    joint,
    knowledge,
    moments,
    opportunities,
    people,
    plans,
    programme,
    promises,
    regions,
    relations,
    rivals,
    service,
    support,
    talks,
    team,
)
from kamsim.engine.lanes import NOUGHT, ONE, rows_where, some, where
from kamsim.engine.ledger import Ledger, post
from kamsim.engine.levers import KEPT, SERVED
from kamsim.engine.luck import Keys, Luck
from kamsim.engine.market import (
    DEMAND_NOISE,
    RECONSIDERED,
    SHELTER,
    SIGNED_LOSS,
    Conditions,
    expected_price,
    trade,
)
from kamsim.engine.organisation import RELATIONS, TECHNICAL
from kamsim.engine.params import ACCEPTED, DELAYED, LAPSED, OPEN, REJECTED, START_QUARTER, Params
from kamsim.engine.truth import trusting
from kamsim.engine.world import World, first_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kamsim.engine.explain import Recorder
    from kamsim.engine.lanes import Flags, Lanes, Where
    from kamsim.scenario.models import Scenario


SILENCE: Final = 9.0
"""Added to a request's firmness when nobody answered: the account is unsettled at any trust."""
RISE_SEVERITY: Final = 0.3
"""How severe a failure a rejected price rise is."""
SILENCE_SEVERITY: Final = 0.4
"""How severe a failure an unanswered request is."""


def first_quarter(scenario: Scenario, params: Params, luck: Luck) -> World:
    """L worlds with the first quarter's news out, ready to be played."""
    world = first_day(scenario, params, luck.lanes)
    drawing.draw(world, params, luck)
    if params.own.moving:
        programme.expect(world, params, _usual_profit(world, params, luck))
    team.open_quarter(world, params, luck)
    known = np.repeat(world.truth.initiative_known[:, None] > 0, luck.lanes, axis=1)
    if known.size:
        knowledge.note(world, params, "state", known, knowledge.NOTES)
    everybody = np.ones((len(params.people), luck.lanes), dtype=bool)
    knowledge.note(world, params, "tie", everybody, knowledge.NOTES)
    open_quarter(world, params, luck)
    if params.opportunities:
        known = known[params.opportunity_initiative] & (world.opportunities.stage > 0)
        knowledge.purchases(world, params, known, knowledge.NOTES)
    return world


def open_quarter(world: World, params: Params, luck: Luck) -> None:
    """Steps 1 and 2 of the turn: the customers' world moves, then signals reach the player, late and in part."""
    luck.foresee(_draws(params, world.quarter))
    owners = world.people.holder.take(params.initiative_owner, 0)
    owner_left = people.turnover(world, params, luck)
    before, aided = world.initiatives.state.copy(), initiatives.helped(world)
    initiatives.advance(world, params, luck, world.people.holder.take(params.initiative_owner, 0) != owners, aided)
    if world.quarter == START_QUARTER:
        opportunities.start(world, params, luck)
    else:
        opportunities.advance(world, params, luck, before, aided)
    cases.serve(world, params)
    joint.advance(world, params, luck)
    rivals.advance(world, params, luck, owner_left)
    service.strike(world, params, luck)
    world.dealings.request[world.calendar.request_opens == world.quarter] = OPEN
    turned = world.truth.turn_to[world.quarter][:, None]
    scripted = (world.initiatives.state == turned) & (world.initiatives.state != before)
    if some(scripted):
        knowledge.note(world, params, "state", scripted, knowledge.NEWS)
    knowledge.routine(world, params, luck)
    knowledge.invited(world, params)
    people.notice(world, params, luck)
    moments.begin(world, luck, params)
    if params.talks:
        talks.begin(world)
        talks.shares(world, params)


def _draws(params: Params, quarter: int) -> list[tuple[str, int, Keys]]:
    """The luck that is asked for whenever a quarter opens."""
    return [
        ("turnover", quarter, params.person_keys),
        ("turnover", quarter + 1, params.person_keys),
        ("initiative", quarter, params.initiative_keys),
        ("attack", quarter, params.account_keys),
        ("incident", quarter, params.account_keys),
        ("opportunity", quarter, params.opportunity_keys),
        *knowledge.routine_draws(params, quarter),
    ]


def _usual_profit(world: World, params: Params, luck: Luck) -> Lanes:
    """A quarter's account profit as the predecessor left things, without luck or season (A, L), cents."""
    now = gather(world, params, luck)
    usual = replace(
        now, wallet=world.truth.wallet, noise=np.ones_like(now.noise), project_demand=np.ones_like(now.project_demand)
    )
    done = trade(params, world.truth, usual)
    return post(params, world.truth, world.quarter, usual, done, world.relations.trust).contribution


class Close(NamedTuple):
    """What several steps of a close ask for, of worlds as they now stand."""

    strength: Lanes
    """`initiatives.intensity`."""
    contact: Lanes
    """`people.contact`."""
    felt: Lanes | float
    """How much better customers are looked after than by somebody of par skill (`team.felt`)."""

    @classmethod
    def of(cls, world: World, params: Params) -> Close:
        """As the worlds stand."""
        felt = team.felt(world, params, RELATIONS)
        return cls(initiatives.intensity(world), people.contact(world, params), felt)


def gather(world: World, params: Params, luck: Luck, at_close: Close | None = None) -> Conditions:
    """Everything that this quarter's trade depends on, from the world as it now stands."""
    truth, market, at, dealings, quarter = world.truth, world.market, world.relations, world.dealings, world.quarter
    strength, contact, felt = at_close or Close.of(world, params)
    demand, weights, price_shift = initiatives.shifts(world, params, strength)
    account = params.cell_account
    sensitivity = truth.price_sensitivity * (trusting(at.trust) * price_shift).take(account, 0)
    pace = truth.inertia
    if some(at.reconsider):
        pace = np.where(at.reconsider.take(account, 0), np.minimum(1.0, RECONSIDERED * pace), pace)
    tender_units, tender_sensitivity = np.zeros((len(params.cells), 1)), sensitivity
    for row in (truth.tender_quarter == quarter).nonzero()[0].tolist():
        cell = params.tender_cell[row]
        tender_units[cell] = truth.tender_units[row]
        tender_sensitivity = tender_sensitivity.copy()
        tender_sensitivity[cell] = truth.tender_sensitivity[row] * trusting(at.trust[account[cell]])
    signed = dealings.contract_until >= quarter
    committed, loss_pace = np.zeros((len(params.cells), 1)), truth.loss_pace
    if some(signed):
        committed = np.where(signed.take(account, 0), dealings.committed * dealings.compliance, NOUGHT)
        if params.opportunities:
            missing = np.maximum(NOUGHT, committed - market.share)
            committed = committed - missing * (ONE - opportunities.filled(world, params, strength)).take(account, 0)
        loss_pace = np.where(signed, SIGNED_LOSS, 1.0) * truth.loss_pace
    anybody = ours = off = np.zeros((len(params.cells), 1))
    if params.opportunities:
        anybody, ours, off = opportunities.running(world, params)
        if params.solutions:
            live = opportunities.live_need(world, params, strength)
            for cell in params.solutions:
                demand[cell] *= live[account[cell]]
    shelter = SHELTER * (at.trust - 0.5) if truth.recession[quarter] else np.zeros((len(params.accounts), 1))
    return Conditions(
        wallet=truth.demand[quarter],
        project_demand=demand,
        noise=1.0 + DEMAND_NOISE * luck.triangular("demand", quarter, params.cell_keys),
        tender_units=tender_units,
        tender_sensitivity=tender_sensitivity,
        awarded=anybody,
        won=ours,
        won_off=off,
        unit_cost=truth.cost[quarter],
        shelter=shelter,
        rival_price=market.rival_price,
        rival_fit=market.rival_fit,
        price=market.price,
        discount=market.discount,
        rebate=market.rebate,
        reference=market.reference,
        committed=committed,
        loss_pace=loss_pace,
        sensitivity=sensitivity,
        weights=weights,
        service=at.service,
        relationship=0.5 * (at.trust + contact) * felt,
        fit=at.fit,
        share_before=market.share,
        pace=pace,
        expedite=world.work.expedite.astype(np.float64),
        levers={name: world.levers.in_force(name, quarter) for name in SERVED},
        hours=world.work.spent * team.worked(world.work.left, world.work.spent),
        specialists=_added(lever.fee(params) * world.levers.level[lever.name] for lever in KEPT if lever.fee)
        + team.fees(world, params),
        projects=_added(world.levers.booked.values()) + world.own.booked,
        days=dealings.days,
        credit=dealings.credit,
        support=world.own.support,
        key=programme.FIRST * programme.shares(world, params),
        preferred=programme.preferred(world, params),
        **joint.at_work(world, params),
    )


def _added(costs: Iterable[Lanes]) -> Lanes:
    """Their sum, in order."""
    first, *rest = costs
    for cost in rest:
        first = first + cost
    return first


def sign(world: World, params: Params) -> None:
    """Step 4: the buying centres answer the offers that lie with them; a yes changes the contract at once."""
    dealings, market = world.dealings, world.market
    if not some(dealings.offer):
        dealings.answer = np.zeros(dealings.answer.shape, np.int8)
        return
    answer = people.decide(world, params)
    dealings.answer = answer
    for account in rows_where(answer == ACCEPTED):
        lanes = np.flatnonzero(answer[account] == ACCEPTED)
        for cell in params.account_cells[account]:
            market.discount[cell, lanes] = dealings.offer_price[cell, lanes]
            dealings.agreed[cell, lanes] = dealings.offer_price[cell, lanes]
            added = dealings.offer_commitment[account, lanes]
            promised = np.minimum(0.95, market.share[cell, lanes] + added)
            dealings.committed[cell, lanes] = np.where(added > 0.0, promised, 0.0)
        world.reprice(params, params.account_cells[account], lanes)
        dealings.contract_until[account, lanes] = world.quarter + dealings.offer_length[account, lanes] - 1.0
        dealings.days[account, lanes] = dealings.offer_days[account, lanes]
        for name, offered in world.levers.offered.items():
            world.levers.level[name][account, lanes] = offered[account, lanes]
    for account in rows_where(answer == REJECTED):
        _rejected(world, params, account, np.flatnonzero(answer[account] == REJECTED))
    heard = (answer == ACCEPTED) | (answer == DELAYED)
    world.relations.pitched = np.where(heard, float(world.quarter), world.relations.pitched)
    dealings.offer = np.where((answer == ACCEPTED) | (answer == REJECTED), 0, dealings.offer).astype(np.int8)


def _rejected(world: World, params: Params, account: int, lanes: NDArray[np.intp]) -> None:
    """An offer that wasted the buying centre's time costs a little standing; one that asked for a higher price makes
    it look around, as any failure of ours does (economics B4 and B7)."""
    rise = np.zeros(lanes.shape, dtype=bool)
    for cell in params.account_cells[account]:
        rise |= world.dealings.offer_price[cell, lanes] < world.market.discount[cell, lanes] - 1e-9
    for person in params.account_people[account]:
        cooler = world.people.stance[person, lanes] - np.where(rise, 0.10, 0.03)
        world.people.stance[person, lanes] = np.maximum(-1.0, cooler)
    trust = world.relations.trust[account, lanes]
    world.relations.trust[account, lanes] = trust - np.where(rise, relations.TRUST_DOWN * RISE_SEVERITY * trust, 0.0)
    world.relations.reconsider[account, lanes] |= rise


def expire(world: World, params: Params) -> None:
    """Signed Terms that have run out take their promises with them: how we deliver, and committed shares."""
    dealings = world.dealings
    ended = (dealings.contract_until > 0.0) & (dealings.contract_until < world.quarter)
    if some(ended):
        regions.expire(world, params)
        dealings.contract_until = np.where(ended, 0.0, dealings.contract_until)
        for lever in KEPT:
            if lever.ends_with_terms:
                world.levers.level[lever.name][ended] = 0
        dealings.committed = np.where(ended[params.cell_account], 0.0, dealings.committed)


def lapse(world: World, params: Params, luck: Luck) -> None:
    """Requests that fall due unanswered. Silence is worse than a no: it always unsettles, and costs trust as a failure
    of service does (economics B7)."""
    dealings, trust = world.dealings, world.relations.trust
    waiting = (world.calendar.request_due == world.quarter) & (dealings.request == OPEN)
    for row in rows_where(waiting):
        lanes, account = where(waiting[row]), params.request_account[row]
        unsettle(world, params, luck, row, lanes, SILENCE)
        trust[account, lanes] -= relations.TRUST_DOWN * SILENCE_SEVERITY * trust[account, lanes]
        dealings.request[row, lanes] = LAPSED


def unsettle(world: World, params: Params, luck: Luck, row: int, lanes: Where, extra: float) -> Flags:
    """A refused request may make the account look around (economics B7): shares move faster, and the rival that follows
    cuts most readily is asked to quote next quarter. The asker cools. Returns where it did."""
    truth, account = world.truth, params.request_account[row]
    draw = luck.uniform("trade", world.quarter, params.request_keys[row : row + 1] ^ np.uint64(1), lanes)[0]
    trust = world.relations.trust[account, lanes]
    shaken: Flags = draw < (truth.request_firmness[row] + extra) * (1.2 - trust)
    person = params.request_person[row]
    at = world.relations
    at.reconsider[account, lanes] |= shaken
    invited = shaken & (at.attack[account, lanes] == 0.0)
    at.attack[account, lanes] = np.where(invited, world.quarter + 1.0, at.attack[account, lanes])
    rival = np.int8(np.argmax(truth.rival_follow))
    at.attacker[account, lanes] = np.where(invited, rival, at.attacker[account, lanes])
    # whoever is asked to quote quotes, whatever else it likes to bring
    quotes = np.int8(rivals.PRICE if truth.rival_habit[rival] == rivals.IDEAS else truth.rival_habit[rival])
    at.attack_kind[account, lanes] = np.where(invited, quotes, at.attack_kind[account, lanes])
    cooler = np.where(shaken, 0.2, 0.05)
    world.people.stance[person, lanes] = np.maximum(-1.0, world.people.stance[person, lanes] - cooler)
    return shaken


def close_quarter(world: World, params: Params, luck: Luck, why: Recorder | None = None) -> Ledger:
    """Close the quarter (steps 4 to 9) and, unless it was the last possible one, open the next. Changes ``world``.

    ``why`` books the quarter with an explanation of the change of each account's profit.
    """
    plans.settle(world, params)
    sign(world, params)
    cases.decide(world, params)
    moments.pass_by(world, params)
    lapse(world, params, luck)
    if params.talks:
        talks.lapse(world, params)
    cover = relations.coverage(world, params)
    at_close = Close.of(world, params)
    now = gather(world, params, luck, at_close)
    if why is None:
        world.conditions = None
        done = trade(params, world.truth, now)
        ledger = post(params, world.truth, world.quarter, now, done, world.relations.trust)
    else:
        done, ledger = why.book(world, params, now)
    decided = awards.award(world, params, luck, now)
    relations.settle_trust(world, params, cover, at_close.contact, done, at_close.felt)
    relations.settle_service(world, done)
    technical = team.felt(world, params, TECHNICAL)
    heading = initiatives.served_fit(world, params, at_close.strength, technical)
    relations.settle_fit(world, heading + team.fresh_eyes(world, params))
    people.settle(world, params, cover, at_close.felt)
    regions.settle(world, params)
    team.settle(world, params)
    market = world.market
    market.share = done.share
    market.reference = expected_price(market.reference, market.price)
    world.ledger, world.booked = ledger, None
    if params.own.moving:
        programme.review(world, params, ledger)
        support.settle(world, params)
    promises.told(world, params, luck, ledger)
    joint.settle(world, params, ledger)
    if some(decided):
        knowledge.purchases(world, params, decided, knowledge.NEWS)
    if (world.quarter % 4) == 0:
        world.knowledge.reviewed[...] = True
    world.quarter += 1
    expire(world, params)
    cases.new_quarter(world, params)
    if params.own.moving:
        programme.new_quarter(world, params, luck)
    team.open_quarter(world, params, luck)
    _new_time(world, params)
    if world.quarter <= params.longest:
        open_quarter(world, params, luck)
    return ledger


def _new_time(world: World, params: Params) -> None:
    """Hours of the new quarter, standing rhythms already taken from them."""
    work = world.work
    work.spent = params.rhythm_hours.take(work.rhythm)
    for lever in KEPT:
        if lever.hours:
            work.spent = work.spent + world.levers.level[lever.name]
    if params.own.joints:
        work.spent = work.spent + joint.governance(params, world.joint.phase)
    left = world.team.hours.copy()
    if params.own.moving:
        left += support.hours(world, params)
    for row in range(len(params.accounts)):
        left -= work.spent[row]
    work.left = left
    work.expedite = np.zeros(work.expedite.shape, np.int8)
    world.people.met = np.zeros(world.people.met.shape, np.int8)
    world.knowledge.insight = np.zeros(world.knowledge.insight.shape, np.bool_)
