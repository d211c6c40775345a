"""Business cases and promises: what audiences answered, and what a promise came to."""

from typing import Any, Final

import numpy as np

from kamsim.engine import promises
from kamsim.engine.luck import Luck
from kamsim.engine.moves import casework
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
    PENDING,
    UNMEASURED,
    plain,
)
from kamsim.engine.params import Params
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.declared import Event

AUDIENCES: Final = casework.AUDIENCES
"""Whom a page is for: the customer's committee, or our own deal desk."""
TOLD: Final = 3
"""Costliest criteria that an answer names (economics C)."""


class CaseAnswered(Event, kind="case_answered"):
    """What an audience said to a case."""

    account: may_be.Account
    audience: may_be.Side
    outcome: may_be.Verdict
    gate: may_be.Gate | None
    condition: may_be.Condition | None
    speaker: may_be.Reader
    criteria: list[may_be.Criterion]
    """The costliest, the worst first."""
    noticed: bool
    page: may_be.Page


class CaseJudged(Event, kind="case_judged", audience="debrief"):
    """What each reader made of a case, 0..100; how well each criterion was met, 0..1, and the points that it cost."""

    account: may_be.Account
    audience: may_be.Side
    scores: dict[may_be.Reader, may_be.Points]
    criteria: dict[may_be.Criterion, may_be.Share]
    loss: dict[may_be.Criterion, may_be.Figure]


class CaseLapsed(Event, kind="case_lapsed"):
    """Nobody took up the condition."""

    account: may_be.Account
    audience: may_be.Side


class Promise(Event):
    """Something that happened to a promise; money in cents a quarter, or what the metric counts."""

    account: may_be.Account
    audience: may_be.Side
    metric: may_be.Metric
    value: may_be.Cents
    low: may_be.Cents
    high: may_be.Cents
    signed: may_be.Quarter
    due: may_be.Coming


class PromiseSigned(Promise, kind="signed"):
    """A promise is locked."""


class PromiseDue(Promise, kind="promise_due"):
    """It can be measured now."""


class PromiseForgotten(Promise, kind="promise_forgotten"):
    """Nobody measured it in time."""


class PromiseMeasured(Promise, kind="measured"):
    """What it came to; ``claims`` and ``claims_inside``: of all so far; ``split``: why, cents by `gap.PARTS`."""

    actual: may_be.Cents
    kept: bool
    inside: bool
    claims: may_be.Count
    claims_inside: may_be.Count
    split: dict[may_be.GapPart, may_be.Cents] | None = None
    settled: bool | None = None
    """True where nobody had measured it when the session ended."""
    early: bool | None = None
    """True where it was not due yet, and is what the last quarter's books come to."""


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


def answer(params: Params, place: int, after: World) -> tuple[CaseAnswered, CaseJudged]:
    """What an audience said to a case, for the player; and what each reader made of it, for a debrief."""
    cases, account = after.cases, place % len(params.accounts)
    outcome = OUTCOMES[int(cases.outcome[place, 0])]
    gate, condition = int(cases.gate[place, 0]), int(cases.condition[place, 0])
    rows = _readers(params, place)
    scores = {name: round(float(cases.reader_score[row, account, 0]), 2) for name, row in rows.items()}
    loss = cases.loss[:, place, 0]
    worst = [CRITERIA[row] for row in np.argsort(-loss, kind="stable")[:TOLD]]
    happened = CaseAnswered(
        **named(params, place),
        outcome=outcome,
        gate=GATES[gate - 1] if gate else None,
        condition=CONDITIONS[condition - 1] if condition else None,
        speaker=_speaker(params, place, after, outcome),
        criteria=worst,
        noticed=bool(cases.noticed[place, 0]),
        page=page_data(params, place, after),
    )
    judged = CaseJudged(
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
    return (PromiseSigned(**promise_data(params, place, after)),)


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
    """What a move of a case, or of a promise, brought beside ``moved``."""
    if kind == "ask_desk":
        place = place_of(params, args["account"], "desk")
        return answered(params, place, after) if after.cases.stage[place, 0] != PENDING else ()
    if kind == "accept_condition":
        place = place_of(params, args["account"], args["audience"])
        return _locked(params, place, after)
    if kind == "measure_promise":
        return (_measured(params, place_of(params, args["account"], args["audience"]), after),)
    return ()


def promise_data(params: Params, place: int, world: World) -> dict[str, Any]:
    """What was promised at a place; money in cents."""
    at = world.promises
    return {
        **named(params, place),
        "metric": METRICS[int(at.metric[place, 0])],
        "value": round(float(at.value[place, 0])),
        "low": round(float(at.low[place, 0])),
        "high": round(float(at.high[place, 0])),
        "signed": int(at.signed[place, 0]),
        "due": int(at.due[place, 0]),
    }


def _measured(params: Params, place: int, after: World) -> PromiseMeasured:
    at, standings = after.promises, after.standings
    actual, low, high = (float(values[place, 0]) for values in (at.actual, at.low, at.high))
    return PromiseMeasured(
        **promise_data(params, place, after),
        actual=round(actual),
        kept=int(at.status[place, 0]) == KEPT,
        inside=low <= actual <= high,
        claims=int(standings.claims[0]),
        claims_inside=int(standings.inside[0]),
    )


def of_end(params: Params, luck: Luck, after: World) -> list[PromiseMeasured]:
    """What every promise that is still open comes to as a session ends; ``after`` its last close."""
    standings, made = after.standings, []
    claims, held = int(standings.claims[0]), int(standings.inside[0])
    assert after.ledger is not None
    for found in promises.settle(after, params, luck, after.ledger):
        claims, held = claims + 1, held + found.inside
        promised = promise_data(params, found.place, after)
        made.append(
            PromiseMeasured(
                **promised,
                actual=round(found.actual),
                kept=found.kept,
                inside=found.inside,
                claims=claims,
                claims_inside=held,
                settled=True,
                early=found.early,
            )
        )
    return made


def of_case_opening(params: Params, before: World, after: World) -> list[PromiseDue]:
    """Promises that can be measured as a quarter opens."""
    fresh = (after.promises.status[:, 0] == DUE_NOW) & (before.promises.status[:, 0] != DUE_NOW)
    return [PromiseDue(**promise_data(params, place, after)) for place in np.flatnonzero(fresh).tolist()]


def of_case_close(params: Params, before: World, after: World) -> list[Event]:
    """What audiences answered at a close, conditions that lapsed, promises forgotten."""
    events: list[Event] = []
    places = range(2 * len(params.accounts))
    for place in places:
        lay, now = int(before.cases.stage[place, 0]), int(after.cases.outcome[place, 0])
        if lay == PENDING and now > 0 and before.cases.decides[place, 0] <= before.quarter:
            events += answered(params, place, after)
        if lay == CONDITIONAL and now == LAPSED:
            events.append(CaseLapsed(**named(params, place)))
        was = int(before.promises.status[place, 0])
        if was == DUE_NOW and int(after.promises.status[place, 0]) == UNMEASURED:
            events.append(PromiseForgotten(**promise_data(params, place, after)))
    return events
