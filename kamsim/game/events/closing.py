"""What a quarter's close tells: answers, tenders, the company's books, and why they moved."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from kamsim.engine.explain import STAGES, Recorder, Why, why_by_account
from kamsim.engine.initiatives import FRESH_LIVE
from kamsim.engine.lanes import Flags, Lanes, total
from kamsim.engine.ledger import JOINT, Ledger
from kamsim.engine.levers import LEVERS
from kamsim.engine.params import ANSWERS, STATES, Params
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.cases import of_case_close
from kamsim.game.events.declared import Declared, Event
from kamsim.game.events.moments import of_moment_close
from kamsim.game.events.opening import incident_name
from kamsim.game.events.opportunities import of_opportunity_close, opened
from kamsim.game.events.programme import of_programme_close
from kamsim.game.events.talks import of_talk_close
from kamsim.scenario.models import Scenario

WON: Final = 0.5
"""A tender is won with at least this share of it."""


class OfferAnswered(Event, kind="answered"):
    """Accepted, rejected or delayed."""

    account: may_be.Account
    answer: may_be.Answer
    offer: may_be.Offer


class RequestLapsed(Event, kind="lapsed"):
    """Nobody answered a request."""

    request: may_be.Request


class IncidentNeglected(Event, kind="neglected"):
    """Nobody put an incident right by the close."""

    account: may_be.Account
    incident: may_be.Incident


class TenderDecided(Event, kind="tendered"):
    """Our share of it before and after."""

    tender: may_be.Tender
    share_before: may_be.Share
    share: may_be.Share
    won: bool


class Booked(Declared):
    """An account's books in cents, costs negative. Where it was not reviewed, its cost to serve is the equal share of
    sales, here and in its profit."""

    sales: may_be.Cents
    volume_value: may_be.Cents
    on_invoice: may_be.Cents
    off_invoice: may_be.Cents
    variable_cost: may_be.Cents
    margin: may_be.Cents
    cost_to_serve: may_be.Cents
    cost_booked: may_be.Cents
    team: may_be.Cents
    projects: may_be.Cents | None = None
    credits: may_be.Cents
    joint: may_be.Cents | None = None
    """What is built with them brought, less what it took; only where such a thing can be built at all."""
    capital: may_be.Cents
    profit: may_be.Cents
    profit_booked: may_be.Cents
    reviewed: bool
    on_time: may_be.Share


class QuarterClosed(Event, kind="closed"):
    """The books as the company has them; ``unallocated``: by what the accounts' booked profits miss or exceed the
    true total."""

    quarter: may_be.Quarter
    accounts: dict[may_be.Account, Booked]
    total: may_be.Cents
    unallocated: may_be.Cents
    unused: may_be.Cents
    programme: may_be.Cents
    company: may_be.Cents


class TrueBooks(Declared):
    """An account as it is."""

    trust: may_be.Share
    share_of_wallet: may_be.Share
    cost_to_serve: may_be.Cents
    profit: may_be.Cents


class TruthKept(Event, kind="truth", audience="debrief"):
    """The books as they are."""

    quarter: may_be.Quarter
    accounts: dict[may_be.Account, TrueBooks]


class ProfitExplained(Event, kind="why"):
    """Why an account's booked profit moved, cents by cause; in ``seen`` the state of each initiative there that was
    known to live, as last seen."""

    account: may_be.Account
    before: may_be.Cents
    after: may_be.Cents
    parts: dict[may_be.Cause, may_be.Cents]
    seen: dict[may_be.Initiative, may_be.State] | None = None


def cents(value: Any) -> int:
    """A whole number of cents as JSON holds it."""
    return round(float(value))


def booked_cost(ledger: Ledger, reviewed: Any) -> Lanes:
    """Cost to serve by account as the company books it (A, L): true where the account was reviewed, else an equal
    share of sales."""
    cost: Lanes = np.where(reviewed, ledger.cost_to_serve, ledger.average_cost)
    return cost


def booked_whys(recorder: Recorder, params: Params, reviewed: Flags) -> list[tuple[Why, ...]]:
    """Why each account's booked profit moved, by lane, so that nothing hidden shows before a review (``reviewed``
    (A, L), as the quarter was played); the parts sum exactly."""
    books = recorder.books
    if books is None:
        return [()] * reviewed.shape[-1]
    cost = booked_cost(books, np.repeat(reviewed, STAGES, axis=-1))
    profit = (books.contribution - books.cost_to_serve + cost).reshape(*reviewed.shape, STAGES)
    return [tuple(why_by_account(params.accounts, profit[:, lane])) for lane in range(reviewed.shape[-1])]


def of_close(
    scenario: Scenario, params: Params, before: World, after: World, ledger: Ledger, whys: Sequence[Why]
) -> tuple[Event, ...]:
    """The events of a close. ``before`` is the world as it was played; ``reviewed`` is what was known then."""
    reviewed = before.knowledge.reviewed[:, 0]
    events: list[Event] = [*of_opportunity_close(params, before, after), *opened(params, before, after)]
    events += [*_answers(params, before, after), *of_case_close(params, before, after)]
    events += of_moment_close(params, before, after)
    events += [*_tenders(params, before, after), *of_talk_close(params, before, after)]
    for row in np.flatnonzero((before.dealings.request[:, 0] == 1) & (after.dealings.request[:, 0] == 5)):
        events.append(RequestLapsed(request=params.requests[row]))
    for row in np.flatnonzero((before.dealings.incident[:, 0] > 0) & (before.dealings.recovery[:, 0] <= 0.0)):
        name = incident_name(scenario, params, int(before.dealings.incident[row, 0]))
        events.append(IncidentNeglected(account=params.accounts[row], incident=name))
    events.append(_closed(params, ledger, reviewed))
    events += of_programme_close(params, before, after)
    events.append(_truth(params, ledger, after))
    for why in whys:
        parts = {cause: cents(part) for cause, part in why.parts.items() if part}
        seen = _living(params, before, params.accounts.index(why.account))
        events.append(
            ProfitExplained(
                account=why.account, before=cents(why.before), after=cents(why.after), parts=parts, seen=seen
            )
        )
    return tuple(events)


def _living(params: Params, before: World, account: int) -> dict[str, str]:
    """The initiatives of an account that were known to live, by name: their states as last seen."""
    known, found = before.knowledge, {}
    for row in params.account_initiatives[account]:
        fact = params.fact_blocks["state"][row]
        state = int(known.value[fact, 0])
        if known.seen_at[fact, 0] >= 0 and state in FRESH_LIVE:
            found[params.initiatives[row]] = STATES[state]
    return found


def _answers(params: Params, before: World, after: World) -> list[OfferAnswered]:
    events = []
    for row in np.flatnonzero(before.dealings.offer[:, 0] > 0):
        name = params.accounts[row]
        dealings, market = before.dealings, before.market
        cells = params.account_cells[row]
        changes = [float(dealings.offer_price[cell, 0] - market.discount[cell, 0]) for cell in cells]
        largest: float = max(changes, key=abs)
        offer = {
            "change": round(largest, 6),
            "commitment": float(dealings.offer_commitment[row, 0]),
            "length": int(dealings.offer_length[row, 0]),
            "days": int(dealings.offer_days[row, 0]),
            **{name: LEVERS[name].choices[int(said[row, 0])] for name, said in before.levers.offered.items()},
        }
        answer = ANSWERS[int(after.dealings.answer[row, 0])]
        events.append(OfferAnswered(account=name, answer=answer, offer=offer))
    return events


def _tenders(params: Params, before: World, after: World) -> list[TenderDecided]:
    events = []
    for row in np.flatnonzero(before.truth.tender_quarter == before.quarter):
        cell = params.tender_cell[row]
        old, new = float(before.market.share[cell, 0]), float(after.market.share[cell, 0])
        name = params.tenders[row]
        events.append(TenderDecided(tender=name, share_before=round(old, 4), share=round(new, 4), won=new >= WON))
    return events


def _closed(params: Params, ledger: Ledger, reviewed: Any) -> QuarterClosed:
    """The company's books. Where an account was not reviewed, its cost to serve is the equal share of sales, here and
    in its profit; ``unallocated`` is what the accounts' booked profits then miss or exceed the true total by."""
    cost = booked_cost(ledger, reviewed[:, None])
    profit = ledger.contribution - ledger.cost_to_serve + cost
    listed, discount, rebate = ledger.line("list_sales"), ledger.line("on_invoice"), ledger.line("off_invoice")
    accounts = {}
    for row, name in enumerate(params.accounts):
        accounts[name] = Booked(
            sales=cents(ledger.sales[row, 0]),
            volume_value=cents(listed[row, 0]),
            on_invoice=cents(discount[row, 0]),
            off_invoice=cents(rebate[row, 0]),
            variable_cost=cents(ledger.line("variable_cost")[row, 0]),
            margin=cents(ledger.margin[row, 0]),
            cost_to_serve=cents(cost[row, 0]),
            cost_booked=cents(cost[row, 0]),
            team=cents(ledger.line("team")[row, 0]),
            projects=cents(ledger.line("projects")[row, 0]),
            credits=cents(ledger.line("credits")[row, 0]),
            joint=cents(ledger.line(*JOINT)[row, 0]) if params.own.joints else None,
            capital=cents(ledger.line("capital")[row, 0]),
            profit=cents(profit[row, 0]),
            profit_booked=cents(profit[row, 0]),
            reviewed=bool(reviewed[row]),
            on_time=round(float(ledger.delivered[row, 0]), 4),
        )
    whole = total(ledger.contribution)[0]
    return QuarterClosed(
        quarter=ledger.quarter,
        accounts=accounts,
        total=cents(whole),
        unallocated=cents(whole - total(profit)[0]),
        unused=cents(ledger.unused[0]),
        programme=cents(ledger.programme),
        company=cents(ledger.company[0]),
    )


def _truth(params: Params, ledger: Ledger, after: World) -> TruthKept:
    accounts = {}
    bought, wallet = ledger.volume * params.list_price, ledger.wallet * params.list_price
    for row, name in enumerate(params.accounts):
        cells = params.account_cells[row]
        accounts[name] = TrueBooks(
            trust=round(float(after.relations.trust[row, 0]), 6),
            share_of_wallet=round(float(total(bought, cells)[0] / max(total(wallet, cells)[0], 1.0)), 6),
            cost_to_serve=cents(ledger.cost_to_serve[row, 0]),
            profit=cents(ledger.contribution[row, 0]),
        )
    return TruthKept(quarter=ledger.quarter, accounts=accounts)
