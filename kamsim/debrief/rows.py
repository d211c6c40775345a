"""The rows of each tidy table, made from one log; `dictionary` has what every column means."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from kamsim.debrief.dictionary import BY_NAME, PAGE, TABLES
from kamsim.debrief.lookup import Lookup
from kamsim.debrief.pursuits import Pursuit, pursuits
from kamsim.debrief.reading import Happening, activities_of
from kamsim.debrief.threads import CASES
from kamsim.engine.ledger import JOINT, SALES
from kamsim.game import records
from kamsim.game.events.cases import (
    CaseAnswered,
    CaseJudged,
    Promise,
    PromiseDue,
    PromiseForgotten,
    PromiseMeasured,
    PromiseSigned,
)
from kamsim.game.events.closing import ProfitExplained, QuarterClosed, TruthKept
from kamsim.game.events.contact import ContactHeard, MoveMade, learned_with
from kamsim.game.events.declared import of
from kamsim.game.events.ending import GuessMade, RanksRevealed, SessionFinished
from kamsim.game.events.moments import MomentBegan, MomentEnded, MomentObjected, MomentTurned
from kamsim.game.events.talks import TalkAnswered, TalkJudged
from kamsim.game.log import moment
from kamsim.game.promise_gap import PARTS

Row = tuple[Any, ...]
YEAR: Final = 4
_TOLD_ELSEWHERE: Final = (
    MoveMade,
    ContactHeard,
    QuarterClosed,
    TruthKept,
    ProfitExplained,
    GuessMade,
    SessionFinished,
)
"""Kinds of events whose data are the rows of other tables."""


def _json(data: Any) -> str:
    return _ENCODER.encode(data)


_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)


# --- the tables ---------------------------------------------------------------------------------------------


def _players(view: Lookup) -> Iterator[Row]:
    log, header = view.log, view.log.header
    score, blank = log.score, (None,) * 8
    spent = [item.event.hours for item in view.of(MoveMade)]
    thought = sum(map(thought_of, log.lines))
    yield (
        _joined(header.members),
        len(header.members),
        None if header.policy is None else bool(header.policy),
        header.policy or "",
        log.scenario.id,
        header.scenario_sha256,
        log.scenario.currency,
        header.seed,
        header.quarters,
        len(log.books),
        log.finished,
        header.pace,
        moment(header.started),
        header.kamsim,
        header.rules,
        log.same_rules,
        len(log.moves),
        len(log.undone),
        float(sum(spent)),
        round(thought, 2),
        sum(view.profits),
        sum(books.company for books in log.books),
        sum(sum(lines["list_sales"]) for lines in view.by_account),
        *(blank if score is None else _of_score(score)),
        log.path.name,
    )


def _of_score(score: SessionFinished) -> Row:
    others = (score.discounter.profit, score.discounter.volume_value, score.empty_chair.profit)
    return (score.score, score.banked, score.left, score.value, score.typical, *others)


_THINKING: Final = (records.Moved, records.Guessed, records.Drafted, records.Coached, records.Closed)


def thought_of(line: records.AnyLine) -> float:
    """Seconds of thought that a line tells of, within reason."""
    return min(max(0.0, line.thought), 1e7) if isinstance(line, _THINKING) else 0.0


def _quarters(view: Lookup) -> Iterator[Row]:
    booked = {item.event.quarter: item.event.accounts for item in view.of(QuarterClosed)}
    true = {item.event.quarter: item.event.accounts for item in view.of(TruthKept)}
    for books, lines in zip(view.log.books, view.by_account, strict=True):
        activities = activities_of(books.names)
        for place, account in enumerate(view.accounts):
            at = {name: sums[place] for name, sums in lines.items()}
            sales = sum(at[name] for name in SALES)
            book = booked.get(books.quarter, {}).get(account)
            truth = true.get(books.quarter, {}).get(account)
            yield (
                books.quarter,
                (books.quarter - 1) // YEAR + 1,
                account,
                at["list_sales"],
                at["on_invoice"],
                at["off_invoice"],
                sales,
                at["variable_cost"],
                sales + at["variable_cost"],
                sum(at[name] for name in activities),
                at.get("team", 0),
                at.get("projects", 0),
                at.get("credits", 0),
                at.get("capital", 0),
                *(at.get(name, 0) for name in JOINT),
                sum(at.values()),
                *((book.cost_to_serve, book.profit, book.reviewed) if book else (None, None, None)),
                *((truth.share_of_wallet, truth.trust) if truth else (None, None)),
                books.delivered[place],
            )


def _serving(view: Lookup) -> Iterator[Row]:
    for books, lines in zip(view.log.books, view.by_account, strict=True):
        for activity in activities_of(books.names):
            for account, cost in zip(view.accounts, lines[activity], strict=True):
                yield books.quarter, account, activity, cost


def _cells(view: Lookup) -> Iterator[Row]:
    for books in view.log.books:
        listed = books.money[books.names.index("list_sales")]
        sales = [sum(column) for column in zip(*(books.money[books.names.index(name)] for name in SALES), strict=True)]
        profit = [sum(column) for column in zip(*books.money, strict=True)]
        for place, (account, region, product) in enumerate(view.cells):
            figures = (books.volume[place], books.wallet[place], books.share[place])
            yield (books.quarter, account, region, product, *figures, listed[place], sales[place], profit[place])


def _company(view: Lookup) -> Iterator[Row]:
    thought = {line.quarter: line.thought for _, line in view.lines(records.Closed)}
    for books, profit in zip(view.log.books, view.profits, strict=True):
        yield books.quarter, profit, books.unused, books.programme, books.company, thought[books.quarter]


def _causes(view: Lookup) -> Iterator[Row]:
    for item in view.of(ProfitExplained):
        for cause, cents in item.event.parts.items():
            yield item.quarter, item.event.account, cause, cents


def _ranks(view: Lookup) -> Iterator[Row]:
    for item in view.of(RanksRevealed):
        event = item.event
        sales, profit = event.sales or {}, event.profit or {}
        for account in view.accounts:
            places = [_rank(ranking, account) for ranking in (event.by_sales, event.by_profit, event.guess or [])]
            yield (event.year, account, *places, sales.get(account), profit.get(account))


def _rank(ranking: Sequence[str], account: str) -> int | None:
    return ranking.index(account) + 1 if account in ranking else None


def _decisions(view: Lookup) -> Iterator[Row]:
    elapsed = 0.0
    for number, line in enumerate(view.log.lines, start=1):
        elapsed += thought_of(line)
        if not isinstance(line, records.Moved):
            continue
        moved = next(iter(of(MoveMade, line.events)), None)
        account, about = view.owner(line.args)
        yield (
            line.n,
            number,
            line.quarter,
            round(elapsed, 2),
            line.thought,
            line.move,
            account,
            about,
            _json(line.args),
            moved.result if moved else None,
            moved.hours if moved else None,
            line.seen.get("hours_left"),
            _whole(line.seen.get("facts")),
            len(moved.learned) if moved else 0,
            line.n in view.log.undone,
        )


def _whole(value: float | None) -> int | None:
    return None if value is None or abs(value) > 2**53 else int(value)


def _cases(view: Lookup) -> Iterator[Row]:
    for number, item in enumerate(view.of(CaseAnswered), start=1):
        event = item.event
        sent = [
            move.n
            for move in view.log.moves
            if CASES.get(move.move) == event.audience
            and move.args.get("account") == event.account
            and move.quarter <= item.quarter
            and (item.number is None or move.n <= item.number)
        ]
        yield (
            number,
            sent[-1] if sent else None,
            item.line,
            item.quarter,
            event.account,
            event.audience,
            event.outcome,
            event.gate,
            event.condition,
            event.speaker,
            _joined(event.criteria),
            event.noticed,
            *(_on_page(name, event.page.get(name)) for name in PAGE),
        )


_WORDS: Final = frozenset(
    column.name.removeprefix("page_")
    for column in BY_NAME["cases"].columns
    if column.name.startswith("page_") and column.type == "text"
)


def _on_page(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _WORDS:
        return str(value)
    return float(value) if isinstance(value, int | float) else None


def _case_scores(view: Lookup) -> Iterator[Row]:
    number = 0
    for item in view.log.events:
        number += isinstance(item.event, CaseAnswered)
        if not isinstance(item.event, CaseJudged):
            continue
        event = item.event
        where = (number, item.quarter, event.account, event.audience)
        for name, score in event.scores.items():
            yield (*where, "reader", name, score, None)
        for name, score in event.criteria.items():
            yield (*where, "criterion", name, score, event.loss.get(name))


def _promises(view: Lookup) -> Iterator[Row]:
    later: dict[tuple[Any, ...], Happening[Promise]] = {}
    for item in view.of(PromiseDue, PromiseForgotten, PromiseMeasured):
        later[_signature(item.event)] = item
    for item in view.of(PromiseSigned):
        signed = item.event
        last = later.get(_signature(signed))
        promised = [getattr(signed, name) for name in Promise.fields]
        if last is None or not isinstance(last.event, PromiseMeasured):
            status = "open" if last is None else "due" if isinstance(last.event, PromiseDue) else "forgotten"
            yield (*promised, status, *[None] * (5 + len(PARTS)))
            continue
        found, split = last.event, last.event.split or {}
        came = (found.actual, found.actual - found.value, found.kept, found.inside)
        status = "early" if found.early else "settled" if found.settled else "measured"
        yield (*promised, status, last.quarter, *came, *(split.get(part) for part in PARTS))


def _signature(event: Promise) -> tuple[Any, ...]:
    """What a promise is known by."""
    return event.account, event.audience, event.signed


def _guesses(view: Lookup) -> Iterator[Row]:
    by_year = {item.event.year: item.event.by_profit for item in view.of(RanksRevealed)}
    for item in view.of(GuessMade):
        guess, value, quarter = item.event.guess, item.event.value, item.quarter
        low = high = percent = actual = inside = right = None
        if guess == "profit_range":
            low, high = value
            if quarter <= len(view.profits):
                actual = view.profits[quarter - 1]
                inside = low <= actual <= high
        elif guess == "breakeven":
            percent = float(value)
        elif guess == "ranking":
            truth = by_year.get((quarter - 1) // YEAR + 1)
            right = None if truth is None else sum(a == b for a, b in zip(value, truth, strict=False))
        yield item.line, quarter, guess, _json(value), low, high, percent, actual, inside, right


def _facts(view: Lookup) -> Iterator[Row]:
    for item in view.log.events:
        source = item.event.move if isinstance(item.event, MoveMade) else "routine"
        for fact in learned_with(item.event):
            yield (
                item.line,
                item.quarter,
                item.number,
                source,
                fact.account,
                fact.fact,
                fact.kind,
                fact.about,
                fact.value,
                fact.label or (None if fact.names is None else _joined(fact.names)),
                fact.was,
                fact.was_at,
            )


def _moments(view: Lookup) -> Iterator[Row]:
    later: dict[tuple[str, str], Any] = {}
    for item in view.of(MomentTurned, MomentObjected, MomentEnded):
        data = item.event.plain()
        later |= {(data["moment"], name): value for name, value in data.items()}
    touched: dict[str, list[records.Clocked]] = {}
    for _, line in view.lines(records.Clocked):
        touched.setdefault(line.moment, []).append(line)
    for begun in view.of(MomentBegan):
        name = begun.event.moment
        clock = touched.get(name, [])
        came = [later.get((name, what)) for what in ("twist", "criterion", "phase")]
        seconds = clock[-1].seconds if clock else None
        owner = view.owners.get(("moment", name))
        yield (begun.quarter, name, owner, *came, seconds, _joined(line.what for line in clock))


def _talks(view: Lookup) -> Iterator[Row]:
    judged = {(item.event.talk, item.event.round): item.event for item in view.of(TalkJudged)}
    for item in view.of(TalkAnswered):
        event = item.event
        name = event.talk
        asked = sum(
            move.move == "ask_table" and move.args.get("talk") == name and move.n < (item.number or 0)
            for move in view.log.moves
        )
        found = judged.get((name, event.round))
        yield (
            item.line,
            item.quarter,
            item.number,
            name,
            view.owners.get(("talk", name)),
            event.round,
            event.status,
            event.pushed,
            event.gift,
            event.traded,
            event.took_back,
            asked,
            _json(event.page),
            *(getattr(found, what) if found else None for what in _JUDGED),
        )


_JUDGED: Final = tuple(name for name in TalkJudged.fields if name not in ("talk", "round"))


def _pursued(view: Lookup) -> list[Pursuit]:
    forecasts = [(item.quarter, item.event.value) for item in view.of(GuessMade) if item.event.guess == "forecast"]
    return pursuits(view.log.events, forecasts)


def _opportunities(view: Lookup) -> Iterator[Row]:
    for item in _pursued(view):
        account, about, bought = view.opportunities[item.opportunity]
        award, said, seen = item.award, item.forecast, sorted(item.seen)
        bid_at, bid = item.bids[-1] if item.bids else (None, None)
        _, last = item.stages[-1]
        yield (
            item.opportunity,
            item.number,
            bought.title,
            account.id,
            about.id,
            bought.line,
            bought.region or account.regions[0].id,
            item.arose,
            (award.window or None) if award else next((q for q, at in item.stages if at.stage == "decision"), None),
            item.decided,
            last.stage,
            item.outcome,
            award.reason if award else None,
            award.rival if award else None,
            award.units if award else last.units,
            item.worth,
            award.runs if award else last.runs,
            award.until or None if award else None,
            len(item.bids),
            bid,
            bid_at,
            seen[0] if seen else None,
            seen[-1] if seen else None,
            not seen,
            said[1]["outcome"] if said else None,
            said[0] if said else None,
            said[1]["amount"] if said else None,
            item.foreseen,
            item.gap,
        )


def _opportunity_stages(view: Lookup) -> Iterator[Row]:
    for item in _pursued(view):
        for quarter, at in item.stages:
            heard = max((when for when in item.seen if when <= quarter), default=None)
            figures = (at.stage, at.units, at.runs, at.decides or None, at.twist, _joined(at.rivals))
            seen = None if heard is None else item.seen[heard]
            yield (item.opportunity, item.number, quarter, *figures, seen, heard)


def _clock(view: Lookup) -> Iterator[Row]:
    for number, line in view.lines(records.Clocked):
        yield number, line.quarter, line.moment, line.what, line.seconds


def _drafts(view: Lookup) -> Iterator[Row]:
    for number, line in view.lines(records.Drafted):
        yield number, line.quarter, line.name, line.account, line.audience, _json(line.page), line.thought


def _coach(view: Lookup) -> Iterator[Row]:
    for number, line in view.lines(records.Coached):
        advice = _joined(line.advice)
        yield number, line.quarter, line.account, line.audience, advice, _json(line.page), line.thought


def _events(view: Lookup) -> Iterator[Row]:
    for item in view.log.events:
        event = item.event
        if not isinstance(event, _TOLD_ELSEWHERE):
            yield item.line, item.quarter, item.number, event.kind, event.told_to, _json(event.plain())


def _sittings(view: Lookup) -> Iterator[Row]:
    header = view.log.header
    yield 1, 1, moment(header.started), header.kamsim, header.rules, False
    for number, line in view.lines(records.Resumed):
        yield number, line.quarter, moment(line.at), line.kamsim, line.rules, line.restored


ROWS: Final[dict[str, Callable[[Lookup], Iterator[Row]]]] = {
    "players": _players,
    "quarters": _quarters,
    "serving": _serving,
    "cells": _cells,
    "company": _company,
    "causes": _causes,
    "ranks": _ranks,
    "decisions": _decisions,
    "cases": _cases,
    "case_scores": _case_scores,
    "promises": _promises,
    "guesses": _guesses,
    "facts": _facts,
    "moments": _moments,
    "clock": _clock,
    "talks": _talks,
    "opportunities": _opportunities,
    "opportunity_stages": _opportunity_stages,
    "drafts": _drafts,
    "coach": _coach,
    "events": _events,
    "sittings": _sittings,
}
assert [*ROWS, "faults"] == [table.name for table in TABLES]
