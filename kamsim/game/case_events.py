"""Events of business cases, promises and moments: see `events` for their data."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kamsim.engine.page import (
    AT,
    CONDITIONAL,
    CONDITIONS,
    CRITERIA,
    DUE_NOW,
    FIELDS,
    GATES,
    KEPT,
    LAPSED,
    METRICS,
    OUTCOMES,
    PASSED,
    PENDING,
    PHASES,
    UNMEASURED,
    plain,
)
from kamsim.engine.params import Params
from kamsim.engine.truth import TWISTS
from kamsim.engine.world import World
from kamsim.game.events import Event, kept, told

AUDIENCES: Final = ("customer", "desk")
TOLD: Final = 3
"""Costliest criteria that an answer names (economics C)."""


def place_of(params: Params, account: str, audience: str) -> int:
    """Row of a case among the places."""
    return params.accounts.index(account) + (len(params.accounts) if audience == "desk" else 0)


def named(params: Params, place: int) -> dict[str, str]:
    """Account and audience of a place."""
    account = params.accounts[place % len(params.accounts)]
    return {"account": account, "audience": AUDIENCES[place // len(params.accounts)]}


def page_data(params: Params, place: int, world: World) -> dict[str, Any]:
    """A page as plain data, rows by their names."""
    return named_page(params, place % len(params.accounts), world.cases.page[:, place, 0])


def named_page(params: Params, account: int, page: Any) -> dict[str, Any]:
    """A page (G,) as the arguments of a move have it: rows by their names, empty fields left out."""
    made = plain(page)
    row, region = made["initiative"], made["region"]
    made["initiative"] = None if row is None else params.initiatives[row]
    made["region"] = None if region is None else params.regions[account][region]
    return {name: made[name] for name in FIELDS if made.get(name) is not None}


def answer(params: Params, place: int, after: World) -> tuple[Event, Event]:
    """What an audience said to a case, for the player; and what each reader made of it, for a debrief."""
    cases, account = after.cases, place % len(params.accounts)
    outcome = OUTCOMES[int(cases.outcome[place, 0])]
    gate, condition = int(cases.gate[place, 0]), int(cases.condition[place, 0])
    rows = _readers(params, place)
    scores = {name: round(float(cases.reader_score[row, account, 0]), 2) for name, row in rows.items()}
    loss = cases.loss[:, place, 0]
    worst = [CRITERIA[row] for row in np.argsort(-loss, kind="stable")[:TOLD]]
    happened = told(
        "case_answered",
        **named(params, place),
        outcome=outcome,
        gate=GATES[gate - 1] if gate else None,
        condition=CONDITIONS[condition - 1] if condition else None,
        speaker=_speaker(params, place, after, outcome),
        criteria=worst,
        noticed=bool(cases.noticed[place, 0]),
        page=page_data(params, place, after),
    )
    judged = kept(
        "case_judged",
        **named(params, place),
        scores=scores,
        criteria={name: round(float(cases.criteria[row, place, 0]), 4) for row, name in enumerate(CRITERIA)},
        loss={name: round(float(loss[row]), 3) for row, name in enumerate(CRITERIA)},
    )
    return happened, judged


def answered(params: Params, place: int, after: World) -> tuple[Event, ...]:
    """The answer, and with a yes the promise that it locks."""
    told_ = answer(params, place, after)
    if OUTCOMES[int(after.cases.outcome[place, 0])] != "approved":
        return told_
    return (*told_, *_locked(params, place, after))


def _locked(params: Params, place: int, after: World) -> tuple[Event, ...]:
    """The promise that a signature locks; none where the page claimed nothing."""
    if after.cases.page[AT["claim"], place, 0] == 0.0:
        return ()
    return (told("signed", **named(params, place), **promise_data(place, after)),)


def _readers(params: Params, place: int) -> dict[str, int]:
    account = place % len(params.accounts)
    if place < len(params.accounts):
        return {params.people[row]: row for row in params.account_people[account]}
    return {name: len(params.people) + row for row, name in enumerate(params.approvers)}


def _speaker(params: Params, place: int, after: World, outcome: str) -> str:
    """Who answers: the one whose word weighs most among those of that mind."""
    account, rows = place % len(params.accounts), _readers(params, place)
    weight = {name: _power(params, after, place, row) for name, row in rows.items()}
    score = {name: float(after.cases.reader_score[row, account, 0]) for name, row in rows.items()}
    sat = [name for name in rows if score[name] > 0.0] or list(rows)
    if outcome in ("approved", "conditional"):
        return max(sat, key=lambda name: weight[name] * score[name])
    return max(sat, key=lambda name: weight[name] * (100.0 - score[name]))


def _power(params: Params, after: World, place: int, row: int) -> float:
    if place < len(params.accounts):
        return float(after.truth.power[row, 0])
    return float(params.approver_power[row - len(params.people), 0])


def of_case_move(params: Params, after: World, kind: str, args: dict[str, Any]) -> tuple[Event, ...]:
    """What a move of a case, a promise or a moment brought beside ``moved``."""
    if kind == "ask_desk":
        place = place_of(params, args["account"], "desk")
        return answered(params, place, after) if after.cases.stage[place, 0] != PENDING else ()
    if kind == "accept_condition":
        place = place_of(params, args["account"], args["audience"])
        return _locked(params, place, after)
    if kind == "measure_promise":
        return (_measured(params, place_of(params, args["account"], args["audience"]), after),)
    if kind.endswith("_moment"):
        return _of_moment(params, after, params.moments.index(args["moment"]))
    return ()


def promise_data(place: int, world: World) -> dict[str, Any]:
    """What was promised at a place; money in cents."""
    at = world.promises
    return {
        "metric": METRICS[int(at.metric[place, 0])],
        "value": round(float(at.value[place, 0])),
        "low": round(float(at.low[place, 0])),
        "high": round(float(at.high[place, 0])),
        "signed": int(at.signed[place, 0]),
        "due": int(at.due[place, 0]),
    }


def _measured(params: Params, place: int, after: World) -> Event:
    at, standings = after.promises, after.standings
    actual, low, high = (float(values[place, 0]) for values in (at.actual, at.low, at.high))
    return told(
        "measured",
        **named(params, place),
        **promise_data(place, after),
        actual=round(actual),
        kept=int(at.status[place, 0]) == KEPT,
        inside=low <= actual <= high,
        claims=int(standings.claims[0]),
        claims_inside=int(standings.inside[0]),
    )


def _of_moment(params: Params, after: World, row: int) -> tuple[Event, ...]:
    name, phase = params.moments[row], PHASES[int(after.moments.phase[row, 0])]
    if phase == "pressed":
        return (told("moment_turned", moment=name, twist=TWISTS[int(after.truth.moment_twist[row])]),)
    if phase == "closing":
        criterion = CRITERIA[int(after.moments.weakest[row, 0]) - 1]
        return (told("moment_objected", moment=name, criterion=criterion),)
    return (told("moment_ended", moment=name, phase=phase),)


def of_case_opening(params: Params, before: World, after: World) -> list[Event]:
    """Moments that begin as a quarter opens, and promises that can be measured now."""
    begun = np.flatnonzero((after.moments.phase[:, 0] == 1) & (before.moments.phase[:, 0] != 1))
    events = [told("moment", moment=params.moments[row]) for row in begun]
    fresh = (after.promises.status[:, 0] == DUE_NOW) & (before.promises.status[:, 0] != DUE_NOW)
    for place in np.flatnonzero(fresh).tolist():
        events.append(told("promise_due", **named(params, place), **promise_data(place, after)))
    return events


def of_case_close(params: Params, before: World, after: World) -> list[Event]:
    """What audiences answered at a close, conditions that lapsed, promises forgotten, moments let pass."""
    events: list[Event] = []
    places = range(2 * len(params.accounts))
    for place in places:
        lay, now = int(before.cases.stage[place, 0]), int(after.cases.outcome[place, 0])
        if lay == PENDING and now > 0 and before.cases.decides[place, 0] <= before.quarter:
            events += answered(params, place, after)
        if lay == CONDITIONAL and now == LAPSED:
            events.append(told("case_lapsed", **named(params, place)))
        was = int(before.promises.status[place, 0])
        if was == DUE_NOW and int(after.promises.status[place, 0]) == UNMEASURED:
            events.append(told("promise_forgotten", **named(params, place), **promise_data(place, after)))
    was_open = (before.moments.phase[:, 0] > 0) & (before.moments.phase[:, 0] <= PHASES.index("closing"))
    for row in np.flatnonzero(was_open & (after.moments.phase[:, 0] == PASSED)).tolist():
        events.append(told("moment_ended", moment=params.moments[row], phase="passed"))
    return events
