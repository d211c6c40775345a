"""Moves that answer what came in: a price request, an incident, a late order."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine import opportunities, regions, service, team
from kamsim.engine.lanes import Flags, Where, cut, run, unit
from kamsim.engine.levers import ASKS, LEVERS, kept
from kamsim.engine.luck import Luck
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Refusal, Result
from kamsim.engine.moves.prices import price_limits
from kamsim.engine.organisation import TECHNICAL
from kamsim.engine.params import DECLINED, GRANTED, OPEN, TRADED, TRADES, Params
from kamsim.engine.quarter import unsettle
from kamsim.engine.sight import Seen
from kamsim.engine.terms import PRICE_STEP
from kamsim.engine.world import World

ANSWER_HOURS: Final = 10.0
GETS: Final = ("none", *TRADES)
TRADED_COMMITMENT: Final = 0.05
"""Share of wallet that a customer commits in a trade; it is filled slowly (economics B5)."""
TRADED_TERM: Final = 8
"""Quarters for which a customer signs what it gives in a trade."""
COMMITTED, SOONER_PAID = ASKS["commitment"].trade, LEVERS["days"].trade
"""What they commit, and when they pay, as gets."""
CORRIDOR_GETS: Final = tuple(ask.trade for ask in ASKS.values())
"""What a headquarters gives for a corridor: it can sign for its regions, not change how they order or pay."""
SOONER: Final = 30.0
"""Days earlier that a customer pays after a trade."""


def traded_part(ask: float) -> float:
    """What a trade concedes of an asked discount: a third, on the grid of prices, and never nothing."""
    return max(1.0, round(ask / 3.0 / PRICE_STEP)) * PRICE_STEP


def answer_hours(_seen: Seen, bound: Bound) -> float:
    """A trade takes a negotiation; yes and no take a call."""
    return ANSWER_HOURS if bound["answer"] == "trade" else 0.0


def _request_cells(params: Params, request: int) -> tuple[int, ...]:
    line = params.request_line[request]
    cells = params.account_cells[params.request_account[request]]
    return tuple(cell for cell in cells if line < 0 or params.cell_line[cell] == line)


def refuse_answer(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """An open request; one trade only; a price within authority and floor."""
    request = bound["request"]
    checks: list[tuple[Any, Refusal]] = [(seen.request[request] != OPEN, Refusal.NO_REQUEST)]
    if bound["answer"] == "trade":
        account = seen.params.request_account[request]
        checks.append(((bound["get"] or "none") == "none", Refusal.NO_CHANGE))
        for lever, _ in kept("offered"):
            if bound["get"] == lever.trade:
                checks.append((seen.level[lever.name][account] > 0, Refusal.ALREADY_AGREED))
        if bound["get"] == SOONER_PAID:
            checks.append((seen.days[account] < seen.params.start_days[account], Refusal.ALREADY_AGREED))
        checks.append((seen.trade_refused[request] > 0, Refusal.TRADE_TRIED))
        one_for_all = _one_for_all(seen, request)
        checks.append((one_for_all and bound["get"] not in CORRIDOR_GETS, Refusal.NOT_FOR_CORRIDOR))
    if bound["answer"] != "decline":
        cells = _request_cells(seen.params, request)
        wanted = _wanted(seen, request, bound["answer"])
        checks += price_limits(seen, cells, np.array([wanted[cell] for cell in cells]), seen.rebate[run(cells)])
    return checks


def _one_for_all(seen: Seen, request: int) -> bool:
    """Whether a request is for one price in all regions, where it was made."""
    return bool((seen.request_global[request] > 0).any())


def _wanted(seen: Seen, request: int, answer_: str) -> dict[int, Any]:
    """The discount (L,) by cell that an answer would give at once, where the request was made."""
    full = float(np.nan_to_num(seen.request_ask[request]).max())
    one_for_all = _one_for_all(seen, request)
    ask = conceded(full, one_for_all, answer_)
    wanted: dict[int, Any] = {cell: seen.discount[cell] for cell in _request_cells(seen.params, request)}
    if one_for_all and answer_ == "grant":
        account, line = int(seen.params.request_account[request]), int(seen.params.request_line[request])
        wanted |= regions.one_price(seen.params, account, line, seen.discount, seen.rebate)
    return {cell: off + ask for cell, off in wanted.items()}


def conceded(full: float, one_for_all: bool, answer_: str) -> float:
    """Points of list that an answer gives off every price, the lowest included."""
    if answer_ == "grant":
        return full
    return 0.0 if one_for_all and full == 0.0 else traded_part(full)


def answer(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Grant a price request, trade a part of it for something, or decline."""
    request, dealings = bound["request"], world.dealings
    person = int(params.request_person[request])
    cells = _request_cells(params, request)
    ask = float(world.truth.request_ask[request, 0])
    stance = world.people.stance
    if bound["answer"] == "decline":
        shaken = unsettle(world, params, luck, request, lanes, 0.0)
        opportunities.refused(world, params, int(params.request_account[request]), cells, lanes)
        dealings.request[request][lanes] = DECLINED
        return np.where(shaken, Result.TURNED_DOWN_BADLY, Result.TURNED_DOWN), NOTHING, None
    one_for_all = bool(world.truth.request_global[request, 0] > 0)
    account = int(params.request_account[request])
    off = conceded(ask, one_for_all, bound["answer"])
    if bound["answer"] == "grant":
        if one_for_all:
            _level(world, params, account, int(params.request_line[request]), lanes)
        _concede(world, params, cells, off, lanes)
        stance[person][lanes] = unit(stance[person][lanes] + 0.15, -1.0)
        dealings.request[request][lanes] = GRANTED
        return Result.GRANTED, NOTHING, None
    need = world.calendar.request_need[request][lanes]
    welcome = world.truth.request_welcomes[need, request, TRADES.index(bound["get"])]
    willing = 0.15 + 0.25 * float(world.truth.collaboration[account, 0])
    chance = np.where(welcome > 0.0, 1.0, willing + 0.20 * world.people.tie[person][lanes])
    draw = luck.uniform("trade", world.quarter, params.request_keys[request : request + 1], lanes)[0]
    agreed = draw < chance
    if one_for_all:
        signed = np.arange(world.lanes)[lanes][agreed]
        regions.sign(world, params, account, signed, regions.CORRIDOR)
    _concede(world, params, cells, off * agreed, lanes)
    _take_get(world, account, cells, bound["get"], agreed, lanes)
    stance[person][lanes] = unit(stance[person][lanes] + np.where(agreed, 0.12, -0.02), -1.0)
    dealings.request[request][lanes] = np.where(agreed, TRADED, dealings.request[request][lanes])
    dealings.trade_refused[request][lanes] = ~agreed
    return np.where(agreed, Result.TRADED, Result.TRADE_REFUSED), NOTHING, None


def _concede(world: World, params: Params, cells: tuple[int, ...], off: Any, lanes: Where) -> None:
    """Lower the price for good: what a customer was granted it holds us to. An offer that lies with them moves along,
    as far as authority and floor allow, or it would have become a price rise."""
    dealings = world.dealings
    for cell in cells:
        lower = world.market.discount[cell][lanes] + off
        kept = 1.0 - params.floor[cell] / (1.0 - world.market.rebate[cell][lanes])
        granted = world.mandates.discount[params.cell_account[cell], lanes]
        top = np.maximum(lower, np.minimum(params.start_discount[cell] + params.authority_discount + granted, kept))
        open_ = dealings.offer[params.cell_account[cell], lanes] > 0
        offered = dealings.offer_price[cell][lanes]
        dealings.offer_price[cell][lanes] = np.where(open_, np.minimum(offered + off, top), offered)
        world.market.discount[cell][lanes] = lower
        given = np.asarray(off) > 0.0
        world.dealings.agreed[cell][lanes] = np.where(given, lower, world.dealings.agreed[cell][lanes])
    world.reprice(params, cells, lanes)


def _level(world: World, params: Params, account: int, line: int, lanes: Where) -> None:
    """One price for all regions, the lowest of each line, and the contract that keeps it so."""
    numbers = np.arange(world.lanes)[lanes]
    regions.sign(world, params, account, numbers, regions.ONE_PRICE)
    market = world.market
    lower = regions.one_price(params, account, line, cut(market.discount, numbers), cut(market.rebate, numbers))
    for cell, discount in lower.items():
        _concede(world, params, (cell,), discount - market.discount[cell, numbers], numbers)


def _take_get(world: World, account: int, cells: tuple[int, ...], get: str, agreed: Flags, lanes: Where) -> None:
    """What the customer gives in a trade."""
    dealings = world.dealings
    for lever, _ in kept("offered"):
        if get == lever.trade:
            world.levers.level[lever.name][account][lanes] |= agreed.astype(np.int8)
    if get == SOONER_PAID:
        days = dealings.days[account][lanes]
        dealings.days[account][lanes] = np.where(agreed, np.maximum(0.0, days - SOONER), days)
    if get != SOONER_PAID:
        until = dealings.contract_until[account][lanes]
        end = world.quarter + TRADED_TERM - 1.0
        dealings.contract_until[account][lanes] = np.where(agreed, np.maximum(until, end), until)
    if get == COMMITTED:
        for cell in cells:
            promised = np.minimum(0.95, world.market.share[cell][lanes] + TRADED_COMMITMENT)
            dealings.committed[cell][lanes] = np.where(agreed, promised, dealings.committed[cell][lanes])


def _owner(bound: Bound) -> str:
    return str(bound.get("owner") or "self")


def incident_hours(_seen: Seen, bound: Bound) -> float:
    """As many as the effort, by who makes it."""
    return service.effort_hours(float(bound["effort"]), _owner(bound))


def refuse_incident(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """An open incident that nobody has taken on yet."""
    account = bound["account"]
    return [(seen.incident[account] == 0, Refusal.NO_INCIDENT), (seen.recovery[account] > 0.0, Refusal.HANDLED)]


def handle(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Put an incident right: hours at once, somebody who owns it, and money for the damage where redress is given."""
    account, dealings = bound["account"], world.dealings
    redress, owner = bound["redress"] == "credit", _owner(bound)
    mended = service.recovery(bound["effort"], redress, owner, world.own.support[lanes])
    craft = team.craft(world, params, TECHNICAL, account, lanes)
    dealings.recovery[account][lanes] = np.minimum(1.0, mended * craft)
    dealings.owner[account][lanes] = service.OWNERS.index(owner)
    if redress:
        sales = np.zeros(world.lanes) if world.ledger is None else world.ledger.sales[account]
        cost = service.CREDIT * dealings.severity[account][lanes] * np.broadcast_to(sales, world.lanes)[lanes]
        dealings.credit[account][lanes] += np.rint(cost)
    return Result.DONE, NOTHING, None


def expedite_hours(_seen: Seen, _bound: Bound) -> float:
    """A day with the plant."""
    return 10.0


def refuse_expedite(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Once a quarter for each account."""
    return [(seen.expedited[bound["account"]] > 0, Refusal.EXPEDITED)]


def expedite(world: World, _params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Put this account's orders first: on time where capacity is short, at rush cost."""
    world.work.expedite[bound["account"], lanes] = 1
    return Result.DONE, NOTHING, None
