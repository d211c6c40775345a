"""Negotiations over several issues: what the other side said to a proposal, and what it would have been worth."""

from typing import Any

import numpy as np

from kamsim.engine import talks
from kamsim.engine.moves import said
from kamsim.engine.params import Params
from kamsim.engine.terms import ISSUES, LEFT, TALK_LAPSED, TALK_OPEN, TALK_STATUS
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.declared import Event


class TalkAsked(Event, kind="talk"):
    """A customer asks us to the table."""

    talk: may_be.Talk
    due: may_be.Coming


class TalkAnswered(Event, kind="table"):
    """What they said to a proposal."""

    talk: may_be.Talk
    round: may_be.Count
    status: may_be.TableStatus
    pushed: may_be.Issue | None
    """The issue that they named."""
    gift: bool
    """Whether it gave more and asked for nothing."""
    gifts: may_be.Count
    """So far."""
    traded: bool
    took_back: bool
    page: may_be.Proposal


class TalkJudged(Event, kind="table_judged", audience="debrief"):
    """A proposal in cents a year: worth to us, to them, the most for both, and what they would have taken (``bar``);
    the part of the best that it takes up, and the part of that which is ours."""

    talk: may_be.Talk
    round: may_be.Count
    ours: may_be.Cents
    theirs: may_be.Cents
    best: may_be.Cents
    captured: may_be.Figure
    own: may_be.Figure
    bar: may_be.Cents


class TalkLapsed(Event, kind="talk_lapsed"):
    """Nobody came, or it was begun and not finished."""

    talk: may_be.Talk
    begun: bool


def of_talk_opening(params: Params, before: World, after: World) -> list[TalkAsked]:
    """Talks that are asked for as a quarter opens."""
    begun = np.flatnonzero((after.talks.status[:, 0] == TALK_OPEN) & (before.talks.status[:, 0] == 0))
    return [TalkAsked(talk=params.talks[row], due=int(after.calendar.talk_due[row, 0])) for row in begun]


def of_talk_move(params: Params, before: World, after: World, kind: str, args: dict[str, Any]) -> tuple[Event, ...]:
    """What they said to a proposal, for the player; and how much of what the table holds it took up, for a debrief."""
    if kind != "propose":
        return ()
    row = params.talks.index(args["talk"])
    at, was = after.talks, before.talks
    page = at.page[:, row]
    pushed, gifts = int(at.pushed[row, 0]), int(at.gifts[row, 0])
    last = was.page[:, row] if was.round[row, 0] else talks.as_it_stands(before.dealings.days[params.talk_account[row]])
    answer = TalkAnswered(
        talk=args["talk"],
        round=int(at.round[row, 0]),
        status=TALK_STATUS[int(at.status[row, 0])],
        pushed=ISSUES[pushed - 1] if pushed else None,
        gift=gifts > int(was.gifts[row, 0]),
        gifts=gifts,
        traded=int(at.conceded[row, 0]) > int(was.conceded[row, 0]),
        took_back=bool(was.round[row, 0]) and bool(talks.movement(page, last).back[0]),
        page=said(page[:, 0]),
    )
    if before.ledger is None:
        return (answer,)
    found = talks.captured(before, params, row, page)
    ours, theirs, best = (float(values[0]) for values in (found.ours, found.theirs, found.best))
    both, year = ours + theirs, 4.0 * float(before.ledger.sales[params.talk_account[row], 0])
    judged = TalkJudged(
        talk=args["talk"],
        round=int(at.round[row, 0]),
        ours=round(ours),
        theirs=round(theirs),
        best=round(best),
        captured=round(both / best, 4) if best > 0 else 0.0,
        own=round(ours / both, 4) if both > 0 else 0.0,
        bar=round(float(talks.bar(before, row, np.array([0]))[0]) * year),
    )  # fmt: skip
    return (answer, judged)


def of_talk_close(params: Params, before: World, after: World) -> list[TalkLapsed]:
    """Talks that fell due: nobody came, or they were begun and not finished."""
    waiting = before.talks.status[:, 0] == TALK_OPEN
    ended = (after.talks.status[:, 0] == TALK_LAPSED) | (after.talks.status[:, 0] == LEFT)
    rows = np.flatnonzero(waiting & ended)
    return [TalkLapsed(talk=params.talks[row], begun=int(after.talks.status[row, 0]) == LEFT) for row in rows]
