"""What a quarter's close tells: answers, tenders, the company's books, why they moved, the yearly review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from kamsim.engine.explain import CAUSES, Recorder, Why
from kamsim.engine.initiatives import FRESH_LIVE
from kamsim.engine.lanes import Lanes, total
from kamsim.engine.ledger import Ledger
from kamsim.engine.levers import LEVERS
from kamsim.engine.params import ANSWERS, STATES, Params
from kamsim.engine.world import World
from kamsim.game.case_events import of_case_close
from kamsim.game.events import Event, incident_name, kept, told
from kamsim.game.talk_events import of_talk_close
from kamsim.scenario.models import Scenario

YEAR: Final = 4
"""Quarters."""
WON: Final = 0.5
"""A tender is won with at least this share of it."""
Guesses = Mapping[str, Sequence[tuple[int, Any]]]
"""By name of the guess: (quarter, value), in the order in which they were made."""


def cents(value: Any) -> int:
    """A whole number of cents as JSON holds it."""
    return round(float(value))


def booked_cost(ledger: Ledger, reviewed: Any) -> Lanes:
    """Cost to serve by account as the company books it (A, L): true where the account was reviewed, else an equal
    share of sales."""
    cost: Lanes = np.where(reviewed, ledger.cost_to_serve, ledger.average_cost)
    return cost


def booked_whys(recorder: Recorder, params: Params, reviewed: Any) -> tuple[Why, ...]:
    """Why each account's booked profit moved, so that nothing hidden shows before a review; the parts sum exactly."""
    books = recorder.books
    if books is None:
        return ()
    profit = books.contribution - books.cost_to_serve + booked_cost(books, np.asarray(reviewed).reshape(-1, 1))
    whys = []
    for row, account in enumerate(params.accounts):
        steps = np.diff(profit[row])
        parts = {cause: float(step) for cause, step in zip(CAUSES, steps, strict=True)}
        whys.append(Why(account, float(profit[row, 0]), float(profit[row, -1]), parts))
    return tuple(whys)


def of_close(
    scenario: Scenario, params: Params, before: World, after: World, ledger: Ledger, whys: Sequence[Why]
) -> tuple[Event, ...]:
    """The events of a close. ``before`` is the world as it was played; ``reviewed`` is what was known then."""
    reviewed = before.knowledge.reviewed[:, 0]
    events = [*_answers(params, before, after), *of_case_close(params, before, after), *_tenders(params, before, after)]
    events += of_talk_close(params, before, after)
    for row in np.flatnonzero((before.dealings.request[:, 0] == 1) & (after.dealings.request[:, 0] == 5)):
        events.append(told("lapsed", request=params.requests[row]))
    for row in np.flatnonzero((before.dealings.incident[:, 0] > 0) & (before.dealings.recovery[:, 0] <= 0.0)):
        name = incident_name(scenario, params, int(before.dealings.incident[row, 0]))
        events.append(told("neglected", account=params.accounts[row], incident=name))
    events.append(_closed(params, ledger, reviewed))
    events.append(_truth(params, ledger, after))
    for why in whys:
        parts = {cause: cents(part) for cause, part in why.parts.items() if part}
        seen = _living(params, before, params.accounts.index(why.account))
        events.append(
            told("why", account=why.account, before=cents(why.before), after=cents(why.after), parts=parts, seen=seen)
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


def _answers(params: Params, before: World, after: World) -> list[Event]:
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
        events.append(told("answered", account=name, answer=answer, offer=offer))
    return events


def _tenders(params: Params, before: World, after: World) -> list[Event]:
    events = []
    for row in np.flatnonzero(before.truth.tender_quarter == before.quarter):
        cell = params.tender_cell[row]
        old, new = float(before.market.share[cell, 0]), float(after.market.share[cell, 0])
        name = params.tenders[row]
        events.append(told("tendered", tender=name, share_before=round(old, 4), share=round(new, 4), won=new >= WON))
    return events


def _closed(params: Params, ledger: Ledger, reviewed: Any) -> Event:
    """The company's books. Where an account was not reviewed, its cost to serve is the equal share of sales, here and
    in its profit; ``unallocated`` is what the accounts' booked profits then miss or exceed the true total by."""
    cost = booked_cost(ledger, reviewed[:, None])
    profit = ledger.contribution - ledger.cost_to_serve + cost
    listed, discount, rebate = ledger.line("list_sales"), ledger.line("on_invoice"), ledger.line("off_invoice")
    accounts = {}
    for row, name in enumerate(params.accounts):
        accounts[name] = {
            "sales": cents(ledger.sales[row, 0]),
            "volume_value": cents(listed[row, 0]),
            "on_invoice": cents(discount[row, 0]),
            "off_invoice": cents(rebate[row, 0]),
            "variable_cost": cents(ledger.line("variable_cost")[row, 0]),
            "margin": cents(ledger.margin[row, 0]),
            "cost_to_serve": cents(cost[row, 0]),
            "cost_booked": cents(cost[row, 0]),
            "team": cents(ledger.line("team")[row, 0]),
            "projects": cents(ledger.line("projects")[row, 0]),
            "credits": cents(ledger.line("credits")[row, 0]),
            "capital": cents(ledger.line("capital")[row, 0]),
            "profit": cents(profit[row, 0]),
            "profit_booked": cents(profit[row, 0]),
            "reviewed": bool(reviewed[row]),
            "on_time": round(float(ledger.delivered[row, 0]), 4),
        }
    whole = total(ledger.contribution)[0]
    return told(
        "closed",
        quarter=ledger.quarter,
        accounts=accounts,
        total=cents(whole),
        unallocated=cents(whole - total(profit)[0]),
        unused=cents(ledger.unused[0]),
        programme=cents(ledger.programme),
        company=cents(ledger.company[0]),
    )


def _truth(params: Params, ledger: Ledger, after: World) -> Event:
    accounts = {}
    bought, wallet = ledger.volume * params.list_price, ledger.wallet * params.list_price
    for row, name in enumerate(params.accounts):
        cells = params.account_cells[row]
        accounts[name] = {
            "trust": round(float(after.relations.trust[row, 0]), 6),
            "share_of_wallet": round(float(total(bought, cells)[0] / max(total(wallet, cells)[0], 1.0)), 6),
            "cost_to_serve": cents(ledger.cost_to_serve[row, 0]),
            "profit": cents(ledger.contribution[row, 0]),
        }
    return kept("truth", quarter=ledger.quarter, accounts=accounts)


def of_year(params: Params, history: Sequence[Ledger], guesses: Guesses) -> tuple[Event, ...]:
    """The reveal and the review, when the last close ended a year; nothing otherwise."""
    if not history or len(history) % YEAR:
        return ()
    year = len(history) // YEAR
    books = history[-YEAR:]
    sales = total(np.array([ledger.sales for ledger in books]))[:, 0]
    profit = total(np.array([ledger.contribution for ledger in books]))[:, 0]
    last = history[-2 * YEAR : -YEAR]
    ranked = [value for _, value in guesses.get("ranking", ())]
    ranges = [(quarter, value) for quarter, value in guesses.get("profit_range", ()) if quarter > len(history) - YEAR]
    review: dict[str, Any] = {
        "year": year,
        "profit": _sum(books),
        "last_year": _sum(last) if last else None,
        "company": sum(cents(ledger.company[0]) for ledger in books),
        "range": None,
        "range_quarter": None,
        "range_profit": None,
    }
    if ranges:
        quarter, value = ranges[-1]
        review |= {"range": list(value), "range_quarter": quarter, "range_profit": _sum([history[quarter - 1]])}
    revealed = told(
        "revealed",
        year=year,
        by_sales=_ranked(params, sales),
        by_profit=_ranked(params, profit),
        guess=list(ranked[-1]) if ranked else None,
        sales={name: cents(sales[row]) for row, name in enumerate(params.accounts)},
        profit={name: cents(profit[row]) for row, name in enumerate(params.accounts)},
    )
    return revealed, told("reviewed", **review)


def _sum(books: Sequence[Ledger]) -> int:
    return sum(cents(total(ledger.contribution)[0]) for ledger in books)


def _ranked(params: Params, values: Any) -> list[str]:
    return [params.accounts[row] for row in np.argsort(-values, kind="stable")]
