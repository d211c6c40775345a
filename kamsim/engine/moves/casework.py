"""Moves of the business case: present, ask the desk, re-cut, accept a condition, measure a promise, read the room."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine import cases, knowledge, page, promises, team
from kamsim.engine.appraisal import Worth, appraise
from kamsim.engine.belief import believed_stake, believed_standing
from kamsim.engine.judgement import implied_claim
from kamsim.engine.lanes import EVERYWHERE, Flags, Lanes, Where, run
from kamsim.engine.levers import KEPT, LEVERS, MOST_LEVERS
from kamsim.engine.luck import Luck
from kamsim.engine.moves.contact import promised_hours, taken_hours
from kamsim.engine.moves.kinds import NOTHING, Bound, Effect, Field, Refusal, Result
from kamsim.engine.moves.prices import days_allowed, discount_limit, price_limits
from kamsim.engine.page import AT, CONDITIONAL, DUE_NOW, MOST_PROMISES, OPEN, PENDING, RETURNED
from kamsim.engine.params import MEASURES, Params
from kamsim.engine.sight import Seen, observe
from kamsim.engine.world import World

CASE_HOURS: Final = 20.0
DESK_HOURS: Final = 10.0
STUDY_HOURS: Final = 10.0
"""More for a case whose drivers are worked through with the controller."""
RECUT_HOURS: Final = 10.0
MEASURE_HOURS: Final = 10.0
ROOM_HOURS: Final = 10.0
MOODS: Final = ("trust", "stance")
"""Kinds of fact that are no reason to re-cut a case."""
AUDIENCES: Final = ("customer", "desk")


def _page_fields(metrics: tuple[str, ...], least_claim: float, *, desk: bool) -> tuple[Field, ...]:
    """Everything that a page may say, in the order of its fields; what is left out stays empty."""
    choices = {**page.NUMBERS, **page.CHOICES, "metric": metrics}
    bounds = {name: (*lever.bounds(desk=desk), lever.step) for name, lever in LEVERS.items() if not lever.choices}
    bounds |= {"claim": (least_claim, page.HIGHEST_CLAIM, 1.0), "inaction_value": (0.0, page.HIGHEST_CLAIM, 1.0)}

    def field(name: str) -> Field:
        if name in bounds:
            low, high, step = bounds[name]
            return Field(name, "number", low=low, high=high, step=step, optional=True, free=True)
        kind, said = "choice" if name in choices else name, choices.get(name, ())
        first = page.METRICS.index(said[0]) if name == "metric" else 0
        return Field(name, kind, said, optional=True, free=True, by_lane=name != "region", first=first)

    return tuple(field(name) for name in page.FIELDS if name != "state")


CASE_FIELDS: Final = _page_fields(MEASURES, 0.0, desk=False)
DESK_FIELDS: Final = _page_fields(page.COMPANY_METRICS, -page.HIGHEST_CLAIM, desk=True)


def place_of(params: Params, bound: Bound) -> int:
    """Row of a case among the places (B): the customers', then the desk's."""
    there = bound["account"] if bound["audience"] == "customer" else len(params.accounts) + bound["account"]
    return int(there)


def page_of(params: Params, bound: Bound, lanes: int) -> Lanes:
    """The page (G, lanes) that a move's arguments say."""
    values = {name: bound.get(name) for name in AT}
    if values["region"] is not None:
        values["region"] = params.regions[bound["account"]].index(values["region"])
    return page.coded(values, lanes)


def written_for(seen: Seen, account: int, made: Lanes, lanes: Where = EVERYWHERE) -> Lanes:
    """The page with the state of its initiative as the player last saw it: what it was written for."""
    page_ = made.copy()
    for row in seen.params.account_initiatives[account]:
        fact = seen.params.fact_blocks["state"][row]
        known = np.where(seen.seen_at[fact][lanes] >= 0, seen.fact[fact][lanes], -1.0)
        page_[AT["state"]] = np.where(made[AT["initiative"]] == row, known, page_[AT["state"]])
    return page_


def _study(bound: Bound) -> Any:
    said = bound.get("sensitivity")
    if isinstance(said, np.ndarray):
        return np.where(said == page.SENSITIVITY.index("drivers"), STUDY_HOURS, 0.0)
    return STUDY_HOURS if said == "drivers" else 0.0


def case_hours(seen: Seen, bound: Bound) -> Any:
    """Writing and presenting; more where the drivers are worked through, nothing for a page that is brought again."""
    return _unless_again(seen, bound["account"], bound, CASE_HOURS)


def desk_hours(seen: Seen, bound: Bound) -> Any:
    """An internal page is shorter."""
    return _unless_again(seen, len(seen.params.accounts) + bound["account"], bound, DESK_HOURS)


def _unless_again(seen: Seen, place: int, bound: Bound, hours: float) -> Any:
    """A page about the same initiative that was sent back at the last close is written already; only drivers that it
    had not are still to be studied."""
    last, study = seen.case_page[:, place], _study(bound)
    again = (seen.case_outcome[place] == RETURNED) & (seen.case_decides[place] == seen.quarter - 1)
    again = again & (last[AT["initiative"]] == page_of(seen.params, bound, seen.lanes)[AT["initiative"]])
    if not again.any():
        return hours + study
    studied = last[AT["sensitivity"]] == page.SENSITIVITY.index("drivers")
    return np.where(again, np.where(studied, 0.0, study), hours + study)


def _page_limits(seen: Seen, bound: Bound, made: Lanes) -> list[tuple[Any, Refusal]]:
    """What every page must keep: an initiative of theirs that we know of, at most three levers, something in it."""
    account, linked = bound["account"], made[AT["initiative"]]
    theirs = np.zeros(linked.shape, dtype=bool)
    for row in seen.params.account_initiatives[account]:
        theirs |= linked == row
    used = page.levers_used(made, seen.days[account])
    asks = (made[AT["commitment"]] > 0.0) | (used > 0.0)
    return [
        ((linked >= 0) & ~theirs, Refusal.NOT_THEIRS),
        (seen.quarter == 1, Refusal.NO_BOOKS),
        (theirs & (written_for(seen, account, made)[AT["state"]] < 0), Refusal.NO_INSIGHT),
        (used > MOST_LEVERS, Refusal.TOO_MANY_LEVERS),
        (~asks, Refusal.NO_CHANGE),
    ]


def _promised(seen: Seen, place: int) -> list[tuple[Any, Refusal]]:
    """One promise at a time for each audience, and at most twelve in all, those counted that may come of open cases."""
    running = (seen.promise == OPEN) | (seen.promise == DUE_NOW)
    many = np.zeros(seen.lanes)
    for row in running | (seen.case_stage > 0):
        many = many + row
    return [(running[place], Refusal.PROMISE_OPEN), (many >= MOST_PROMISES, Refusal.PROMISES_FULL)]


def _priced(seen: Seen, bound: Bound, made: Lanes) -> list[tuple[Any, Refusal]]:
    """Prices and days within our authority and what the desk has granted."""
    account = bound["account"]
    cells = [
        cell for cell in seen.params.account_cells[account] if bound.get("region") in (None, seen.params.cells[cell][1])
    ]
    change = made[AT["price"]]
    rows = run(tuple(cells))
    limits = price_limits(seen, cells, np.maximum(0.0, seen.discount[rows] + change), seen.rebate[rows])
    rise = (change < 0.0) & (seen.contract_until[account] >= seen.quarter)
    days = made[AT["days"]]
    return [(rise, Refusal.UNDER_CONTRACT), *limits, (days > days_allowed(seen, account), Refusal.DAYS_BEYOND)]


def refuse_case(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """Nothing else lies with them, no promise runs, the page keeps the rules."""
    account, made = bound["account"], page_of(seen.params, bound, seen.lanes)
    return [
        (seen.case_stage[account] > 0, Refusal.CASE_PENDING),
        (seen.offer[account] > 0, Refusal.OFFER_PENDING),
        *_promised(seen, account),
        *_page_limits(seen, bound, made),
        *_priced(seen, bound, made),
        (_overbooked(seen, account, made), Refusal.NO_HOURS),
    ]


def _overbooked(seen: Seen, account: int, made: Lanes) -> Any:
    """Where a programme would promise hours that standing rhythms and other programmes already take."""
    asked: Lanes = np.zeros(made.shape[1:])
    for lever in KEPT:
        if lever.hours:
            asked = asked + made[AT[lever.name]]
    more = np.maximum(0.0, asked - promised_hours(seen, account))
    return (asked > 0.0) & (taken_hours(seen) + more > team.seen_hours(seen))


def refuse_desk(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """There is a desk, nothing of this account lies before it, no promise to it runs, the page keeps the rules."""
    made = page_of(seen.params, bound, seen.lanes)
    place = len(seen.params.accounts) + bound["account"]
    return [
        (not seen.params.approvers, Refusal.NO_DESK),
        (seen.case_stage[place] > 0, Refusal.CASE_PENDING),
        *_promised(seen, place),
        *_asks(seen, bound, made),
    ]


def _asks(seen: Seen, bound: Bound, made: Lanes) -> list[tuple[Any, Refusal]]:
    """Something that is not ours to give, and can be had."""
    account = bound["account"]
    beyond: Flags = made[AT["days"]] > days_allowed(seen, account)
    nothing: Flags = np.zeros(seen.lanes, dtype=bool)
    for lever in KEPT:
        pulled = made[AT[lever.name]] > 0
        if lever.needs_desk:
            beyond = beyond | pulled
        if lever.one_off is not None:
            nothing = nothing | (pulled & (lever.one_off(seen.params)[account] == 0))
    for cell in seen.params.account_cells[account]:
        here = bound.get("region") in (None, seen.params.cells[cell][1])
        price = seen.discount[cell] + made[AT["price"]]
        beyond = beyond | (here & (made[AT["price"]] > 0) & (price > discount_limit(seen, cell) + 1e-9))
    return [
        (nothing, Refusal.NOTHING_BESPOKE),
        *_page_limits(seen, bound, made),
        (~beyond, Refusal.WITHIN_AUTHORITY),
    ]


def _overreach(seen: Seen, account: int, made: Lanes, lanes: Where) -> Lanes:
    """1 where the claimed range excludes what our own facts imply: confidence that our facts do not carry."""
    if (made[AT["metric"]] < page.PROFIT).all():
        implied = Worth(believed_stake(seen, account, lanes), made).claimed_worth
    else:
        implied = implied_claim(appraise(believed_standing(seen, account, lanes), made))
    claim = made[AT["claim"]]
    margin = made[AT["width"]] * np.abs(claim)
    outside = (implied < claim - margin) | (implied > claim + margin)
    excluded: Lanes = (outside & (claim != 0.0)).astype(np.float64)
    return excluded


def _lay(world: World, params: Params, bound: Bound, place: int, lanes: Where) -> None:
    numbers = np.arange(world.lanes)[lanes]
    seen = observe(world, params)
    made = page_of(params, {name: _cut(value, lanes) for name, value in bound.items()}, len(numbers))
    made = written_for(seen, bound["account"], made, lanes)
    overreach = _overreach(seen, bound["account"], made, lanes)
    cases.present(world, params, place, made, numbers, overreach)


def _cut(value: Any, lanes: Where) -> Any:
    return value[lanes] if isinstance(value, np.ndarray) and value.ndim else value


def present(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Lay a case before a customer's buying centre, which answers when the quarter closes, or sleeps on it first."""
    _lay(world, params, bound, bound["account"], lanes)
    return Result.DONE, NOTHING, None


def ask_desk(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Lay a case before our own desk: signed at once inside the first band, else decided at the close."""
    place = len(params.accounts) + bound["account"]
    _lay(world, params, bound, place, lanes)
    numbers = np.arange(world.lanes)[lanes]
    small = cases.inside_first_band(world, params, bound["account"], numbers)
    if small.any():
        cases.ask(world, params, bound["account"], numbers[small])
    return np.where(small, Result.ANSWERED, Result.DONE), NOTHING, None


def _lies(seen: Seen, bound: Bound) -> Any:
    return seen.case_stage[place_of(seen.params, bound)]


def recut_hours(_seen: Seen, _bound: Bound) -> float:
    """A day and a bit: the page stands, its reasons change."""
    return RECUT_HOURS


def refuse_recut(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A case that still lies with the customer, and a page that keeps the rules and says something else."""
    account, made = bound["account"], page_of(seen.params, bound, seen.lanes)
    return [
        *_another(seen, account, made),
        *_page_limits(seen, bound, made),
        *_priced(seen, bound, made),
        (_overbooked(seen, account, made), Refusal.NO_HOURS),
    ]


def refuse_recut_ask(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A case that still lies with the desk, and a page that keeps the rules and says something else."""
    made = page_of(seen.params, bound, seen.lanes)
    place = len(seen.params.accounts) + bound["account"]
    return [*_another(seen, place, made), *_asks(seen, bound, made)]


def _another(seen: Seen, place: int, made: Lanes) -> list[tuple[Any, Refusal]]:
    made = written_for(seen, place % len(seen.params.accounts), made)
    same = np.ones(seen.lanes, dtype=bool)
    for row in range(made.shape[0]):
        same &= np.abs(made[row] - seen.case_page[row, place]) < 1e-9
    return [(seen.case_stage[place] != PENDING, Refusal.NO_CASE), (same, Refusal.NO_CHANGE)]


def recut(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Replace the customer's page. It costs nothing in confidence where a fact has changed since, and some where none
    has."""
    return _recut(world, params, bound, bound["account"], lanes)


def recut_ask(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Replace the desk's page, likewise."""
    return _recut(world, params, bound, len(params.accounts) + bound["account"], lanes)


def _recut(world: World, params: Params, bound: Bound, place: int, lanes: Where) -> Effect:
    account = bound["account"]
    numbers = np.arange(world.lanes)[lanes]
    seen = observe(world, params)
    made = page_of(params, {name: _cut(value, lanes) for name, value in bound.items()}, len(numbers))
    made = written_for(seen, bound["account"], made, lanes)
    at = world.cases
    changed = facts_changed(seen, account, place)[numbers]
    overreach = _overreach(seen, account, made, lanes)
    at.page[:, place, numbers] = made
    cases.note_craft(world, params, place, numbers, again=True)
    at.wavered[place, numbers] = np.maximum(at.wavered[place, numbers] + ~changed, overreach)
    return Result.DONE, NOTHING, None


def facts_changed(seen: Seen, account: int, place: int) -> Flags:
    """Where what we know of an account has become something else since a case was presented at a place, (L,): then a
    re-cut costs no confidence. Moods do not count: they move a little every quarter."""
    presented = seen.case_presented[place]
    changed: Flags = np.zeros(seen.lanes, dtype=bool)
    for row, fact in enumerate(seen.params.facts):
        if fact.account == account and fact.kind not in MOODS:
            changed = changed | (seen.changed_at[row] > presented)
    return changed


def refuse_condition(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """There must be a "yes, if" on the table."""
    return [(_lies(seen, bound) != CONDITIONAL, Refusal.NO_CONDITION)]


def accept_condition(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Say yes to their "yes, if"."""
    cases.take_condition(world, params, place_of(params, bound), np.arange(world.lanes)[lanes])
    return Result.DONE, NOTHING, None


def measure_hours(_seen: Seen, _bound: Bound) -> float:
    """Collecting figures that hold, and showing them."""
    return MEASURE_HOURS


def refuse_measure(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    """A promise that has fallen due."""
    return [(seen.promise[place_of(seen.params, bound)] != DUE_NOW, Refusal.NOT_DUE)]


def measure(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Show what a promise came to."""
    kept = promises.measure(world, params, place_of(params, bound), np.arange(world.lanes)[lanes])
    return np.where(kept, Result.KEPT, Result.MISSED), NOTHING, None


def room_hours(_seen: Seen, _bound: Bound) -> float:
    """Two days of corridors and telephone."""
    return ROOM_HOURS


def refuse_room(_seen: Seen, _bound: Bound) -> list[tuple[Any, Refusal]]:
    """Always possible."""
    return []


def read_room(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Where each member of the buying centre stands now, as far as they let it be seen."""
    account = bound["account"]
    wanted = [("stance", person, 0.0) for person in params.account_people[account]]
    chance = 0.55 + 0.35 * world.relations.trust[account][lanes]
    facts, heard = knowledge.hear(world, params, luck, wanted, chance, lanes, knowledge.ROUTINE)
    return np.where(heard.any(axis=0), Result.LEARNED, Result.NOTHING_NEW), facts, heard
