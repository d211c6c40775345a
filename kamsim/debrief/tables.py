"""Tidy tables from logs alone, as `dictionary` describes them.

    tables = tables_of(found.logs, found.faults)
    tables["promises"]["actual"]        # a column: a plain list, None where there is nothing

Money is whole cents. Rows of one log can be had alone with `rows_of`, so that a cohort of thousands is never in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from kamsim.debrief.course import activities_of
from kamsim.debrief.dictionary import BY_NAME, PAGE, TABLES, Column
from kamsim.debrief.folder import Fault, Found, Happened, PlayedLog
from kamsim.debrief.pseudonyms import Mask, Names
from kamsim.debrief.threads import CASES
from kamsim.engine.ledger import SALES
from kamsim.engine.params import businesses
from kamsim.game import records
from kamsim.game.gap import PARTS
from kamsim.players.policies import POLICIES

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
Tables = dict[str, dict[str, list[Any]]]
YEAR: Final = 4
_BOOKED_ELSEWHERE: Final = frozenset({"moved", "heard", "closed", "truth", "why", "guessed", "finished"})
"""Kinds of events whose data are the rows of other tables."""


def tables_of(logs: Iterable[PlayedLog] | Found, faults: Sequence[Fault] = (), names: Names | None = None) -> Tables:
    """All tables as columns: {table: {column: list}}. ``names`` replaces the names of people, where given."""
    found = logs if isinstance(logs, Found) else Found(tuple(logs), ())
    made: Tables = {table.name: {column: [] for column in table.names} for table in TABLES}
    for log in found.logs:
        for name, rows in rows_of(log, names).items():
            _add(made, name, rows)
    sessions = {log.path: log.session for log in found.logs}
    _add(made, "faults", [fault_row(fault, sessions.get(fault.path), names) for fault in (*found.faults, *faults)])
    return made


def _add(made: Tables, name: str, rows: Sequence[Row]) -> None:
    for place, column in enumerate(made[name].values()):
        column.extend([row[place] for row in rows])


def rows_of(log: PlayedLog, names: Names | None = None) -> Rows:
    """The rows of one log by table, in the order of the dictionary's columns; its faults are not among them."""
    view = _View(log)
    made = {name: list(maker(view)) for name, maker in _MAKERS.items()}
    player = log.name
    if names is not None:
        mask = names.mask(log)
        player = mask.player
        for name, rows in made.items():
            columns = BY_NAME[name].columns[2:]
            if any(column.private for column in columns):
                made[name] = [_masked(mask, columns, row) for row in rows]
    lead = (log.session, player)
    return {name: [lead + row for row in rows] for name, rows in made.items()}


def _masked(mask: Mask, columns: Sequence[Column], row: Row) -> Row:
    pairs = zip(columns, row, strict=True)
    return tuple(mask.cell(column.name, value) if column.private else value for column, value in pairs)


def fault_row(fault: Fault, session: str | None, names: Names | None = None) -> Row:
    """A fault as a row of the table of faults."""
    file, sentence = str(fault.path), fault.sentence
    if names is not None:
        file, sentence = names.file(fault.path, session), names.told_of(fault)
    return session, file, fault.kind, fault.line, fault.used, sentence


# --- what several tables need -------------------------------------------------------------------------------


@dataclass
class _View:
    """A log with what is looked up in it more than once."""

    log: PlayedLog

    @cached_property
    def accounts(self) -> list[str]:
        """Ids in the order of the books."""
        return [account.id for account in self.log.scenario.accounts]

    @cached_property
    def owners(self) -> dict[tuple[str, str], str]:
        """The account of a person, request, moment, talk or initiative: by the name of the argument and the id."""
        made = {}
        for account in self.log.scenario.accounts:
            for kind, items in (
                ("person", account.people),
                ("request", account.requests),
                ("moment", account.moments),
                ("talk", account.talks),
                ("initiative", account.initiatives),
            ):
                for item in items:
                    made[kind, item.id] = account.id
        return made

    @cached_property
    def cells(self) -> list[tuple[str, str, str]]:
        """(account, region, product) in the order of the books."""
        return [(account.id, region, item.line) for account, region, item in businesses(self.log.scenario)]

    @cached_property
    def by_account(self) -> list[dict[str, list[int]]]:
        """For each closed quarter: cents by line of the books and account."""
        made = []
        places = [self.accounts.index(cell[0]) for cell in self.cells]
        for books in self.log.books:
            lines: dict[str, list[int]] = {}
            for name, row in zip(books.names, books.money, strict=True):
                sums = [0] * len(self.accounts)
                for place, cents in zip(places, row, strict=True):
                    sums[place] += cents
                lines[name] = sums
            made.append(lines)
        return made

    @cached_property
    def happened(self) -> dict[str, list[Happened]]:
        """Events by kind."""
        made: dict[str, list[Happened]] = {}
        for event in self.log.events:
            made.setdefault(event.kind, []).append(event)
        return made

    def of(self, *kinds: str) -> Iterator[Happened]:
        """Events of some kinds, in the order of the log."""
        if len(kinds) == 1:
            yield from self.happened.get(kinds[0], ())
        else:
            yield from (event for event in self.log.events if event.kind in kinds)

    def lines(self, kind: type[Any]) -> Iterator[tuple[int, Any]]:
        """Lines of a kind with their numbers."""
        return ((number, line) for number, line in enumerate(self.log.lines, start=1) if isinstance(line, kind))

    def owner(self, args: dict[str, Any]) -> tuple[str | None, str | None]:
        """The account that a move is about, and whom or what in it."""
        kinds = ("person", "request", "moment", "talk", "initiative", "news")
        about = next((str(args[kind]) for kind in kinds if kind in args), None)
        account = args.get("account")
        if account is None:
            account = next((self.owners[key] for key in self.owners.keys() & args.items()), None)
        return (None if account is None else str(account)), about

    @cached_property
    def profits(self) -> list[int]:
        """Total account profit of each closed quarter."""
        return [sum(map(sum, books.money)) for books in self.log.books]


def _json(data: Any) -> str:
    return _ENCODER.encode(data)


_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)


# --- the tables ---------------------------------------------------------------------------------------------


def _players(view: _View) -> Iterator[Row]:
    log, header = view.log, view.log.header
    score = log.score or {}
    discounter, empty = score.get("discounter", {}), score.get("empty_chair", {})
    spent = [event.data["hours"] for event in view.of("moved")]
    thought = sum(map(thought_of, log.lines))
    yield (
        _joined(header.members),
        len(header.members),
        header.player in POLICIES,
        log.scenario.id,
        header.scenario_sha256,
        log.scenario.currency,
        header.seed,
        header.quarters,
        len(log.books),
        log.finished,
        header.pace,
        header.started,
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
        _float(score.get("score")),
        *(score.get(name) for name in ("banked", "left", "value", "typical")),
        discounter.get("profit"),
        discounter.get("volume_value"),
        empty.get("profit"),
        log.path.name,
    )


_THINKING: Final = (records.Moved, records.Guessed, records.Drafted, records.Coached, records.Closed)


def thought_of(line: records.AnyLine) -> float:
    """Seconds of thought that a line tells of, within reason."""
    return min(max(0.0, line.thought), 1e7) if isinstance(line, _THINKING) else 0.0


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _quarters(view: _View) -> Iterator[Row]:
    booked = {event.data["quarter"]: event.data["accounts"] for event in view.of("closed")}
    true = {event.data["quarter"]: event.data["accounts"] for event in view.of("truth")}
    for books, lines in zip(view.log.books, view.by_account, strict=True):
        activities = activities_of(books.names)
        for place, account in enumerate(view.accounts):
            at = {name: sums[place] for name, sums in lines.items()}
            sales = sum(at[name] for name in SALES)
            book = booked.get(books.quarter, {}).get(account, {})
            truth = true.get(books.quarter, {}).get(account, {})
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
                sum(at.values()),
                book.get("cost_to_serve"),
                book.get("profit"),
                book.get("reviewed"),
                truth.get("share_of_wallet"),
                truth.get("trust"),
                books.delivered[place],
            )


def _serving(view: _View) -> Iterator[Row]:
    for books, lines in zip(view.log.books, view.by_account, strict=True):
        for activity in activities_of(books.names):
            for account, cost in zip(view.accounts, lines[activity], strict=True):
                yield books.quarter, account, activity, cost


def _cells(view: _View) -> Iterator[Row]:
    for books in view.log.books:
        listed = books.money[books.names.index("list_sales")]
        sales = [sum(column) for column in zip(*(books.money[books.names.index(name)] for name in SALES), strict=True)]
        profit = [sum(column) for column in zip(*books.money, strict=True)]
        for place, (account, region, product) in enumerate(view.cells):
            figures = (books.volume[place], books.wallet[place], books.share[place])
            yield (books.quarter, account, region, product, *figures, listed[place], sales[place], profit[place])


def _company(view: _View) -> Iterator[Row]:
    thought = {line.quarter: line.thought for _, line in view.lines(records.Closed)}
    for books, profit in zip(view.log.books, view.profits, strict=True):
        yield books.quarter, profit, books.unused, books.programme, books.company, thought[books.quarter]


def _causes(view: _View) -> Iterator[Row]:
    for event in view.of("why"):
        for cause, cents in event.data["parts"].items():
            yield event.quarter, event.data["account"], cause, cents


def _ranks(view: _View) -> Iterator[Row]:
    for event in view.of("revealed"):
        data = event.data
        guess = data["guess"] or []
        sales, profit = data.get("sales", {}), data.get("profit", {})
        for account in view.accounts:
            places = [_rank(ranking, account) for ranking in (data["by_sales"], data["by_profit"], guess)]
            yield (data["year"], account, *places, sales.get(account), profit.get(account))


def _rank(ranking: Sequence[str], account: str) -> int | None:
    return ranking.index(account) + 1 if account in ranking else None


def _decisions(view: _View) -> Iterator[Row]:
    elapsed = 0.0
    for number, line in enumerate(view.log.lines, start=1):
        elapsed += thought_of(line)
        if not isinstance(line, records.Moved):
            continue
        moved: dict[str, Any] = next((told.data for told in line.events if told.kind == "moved"), {})
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
            moved.get("result"),
            _float(moved.get("hours")),
            line.seen.get("hours_left"),
            _whole(line.seen.get("facts")),
            len(moved.get("learned", ())),
            line.n in view.log.undone,
        )


def _whole(value: float | None) -> int | None:
    return None if value is None or abs(value) > 2**53 else int(value)


def _cases(view: _View) -> Iterator[Row]:
    for number, event in enumerate(view.of("case_answered"), start=1):
        data = event.data
        sent = [
            move.n
            for move in view.log.moves
            if CASES.get(move.move) == data["audience"]
            and move.args.get("account") == data["account"]
            and move.quarter <= event.quarter
            and (event.move is None or move.n <= event.move)
        ]
        yield (
            number,
            sent[-1] if sent else None,
            event.line,
            event.quarter,
            data["account"],
            data["audience"],
            data["outcome"],
            data["gate"],
            data["condition"],
            data["speaker"],
            _joined(data["criteria"]),
            data["noticed"],
            *(_on_page(name, data["page"].get(name)) for name in PAGE),
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


def _case_scores(view: _View) -> Iterator[Row]:
    number = 0
    for event in view.of("case_answered", "case_judged"):
        number += event.kind == "case_answered"
        if event.kind != "case_judged":
            continue
        data = event.data
        where = (number, event.quarter, data["account"], data["audience"])
        for name, score in data["scores"].items():
            yield (*where, "reader", name, float(score), None)
        for name, score in data["criteria"].items():
            yield (*where, "criterion", name, float(score), _float(data["loss"].get(name)))


def _promises(view: _View) -> Iterator[Row]:
    key = ("account", "audience", "signed")
    later: dict[tuple[Any, ...], Happened] = {}
    for event in view.of("promise_due", "promise_forgotten", "measured"):
        later[tuple(event.data[name] for name in key)] = event
    words = {"promise_due": "due", "promise_forgotten": "forgotten", "measured": "measured"}
    for event in view.of("signed"):
        data = event.data
        last = later.get(tuple(data[name] for name in key))
        promised = [data[name] for name in ("account", "audience", "metric", "value", "low", "high", "signed", "due")]
        if last is None or last.kind != "measured":
            status = "open" if last is None else words[last.kind]
            yield (*promised, status, *[None] * (5 + len(PARTS)))
            continue
        found, split = last.data, last.data.get("split", {})
        gap = found["actual"] - found["value"]
        came = (found["actual"], gap, found["kept"], found["inside"])
        yield (*promised, "measured", last.quarter, *came, *(split.get(part) for part in PARTS))


def _guesses(view: _View) -> Iterator[Row]:
    by_year = {event.data["year"]: event.data["by_profit"] for event in view.of("revealed")}
    for event in view.of("guessed"):
        guess, value = event.data["guess"], event.data["value"]
        low = high = percent = actual = inside = right = None
        if guess == "profit_range" and isinstance(value, list) and len(value) == 2:
            low, high = value
            if event.quarter <= len(view.profits):
                actual = view.profits[event.quarter - 1]
                inside = low <= actual <= high
        elif guess == "breakeven" and not isinstance(value, list):
            percent = float(value)
        elif guess == "ranking" and isinstance(value, list):
            truth = by_year.get((event.quarter - 1) // YEAR + 1)
            right = None if truth is None else sum(a == b for a, b in zip(value, truth, strict=False))
        yield event.line, event.quarter, guess, _json(value), low, high, percent, actual, inside, right


def _facts(view: _View) -> Iterator[Row]:
    for event in view.of("moved", "heard"):
        source = event.data["move"] if event.kind == "moved" else "routine"
        for fact in event.data["learned"]:
            yield (
                event.line,
                event.quarter,
                event.move,
                source,
                fact["account"],
                fact["fact"],
                fact["kind"],
                fact["about"],
                float(fact["value"]),
                fact.get("label", _joined(fact["names"]) if "names" in fact else None),
                _float(fact.get("was")),
                fact.get("was_at"),
            )


def _moments(view: _View) -> Iterator[Row]:
    later: dict[tuple[str, str], Any] = {}
    for event in view.of("moment_turned", "moment_objected", "moment_ended"):
        for name in ("twist", "criterion", "phase"):
            if name in event.data:
                later[event.data["moment"], name] = event.data[name]
    touched: dict[str, list[records.Clocked]] = {}
    for _, line in view.lines(records.Clocked):
        touched.setdefault(line.moment, []).append(line)
    for event in view.of("moment"):
        name = event.data["moment"]
        clock = touched.get(name, [])
        came = [later.get((name, what)) for what in ("twist", "criterion", "phase")]
        seconds = clock[-1].seconds if clock else None
        owner = view.owners.get(("moment", name))
        yield (event.quarter, name, owner, *came, seconds, _joined(line.what for line in clock))


def _talks(view: _View) -> Iterator[Row]:
    judged = {(event.data["talk"], event.data["round"]): event.data for event in view.of("table_judged")}
    for event in view.of("table"):
        data = event.data
        name = data["talk"]
        asked = sum(
            move.move == "ask_table" and move.args.get("talk") == name and move.n < (event.move or 0)
            for move in view.log.moves
        )
        found = judged.get((name, data["round"]), {})
        yield (
            event.line,
            event.quarter,
            event.move,
            name,
            view.owners.get(("talk", name)),
            data["round"],
            data["status"],
            data["pushed"],
            *(data[what] for what in ("gift", "traded", "took_back")),
            asked,
            _json(data["page"]),
            *(found.get(what) for what in ("ours", "theirs", "best")),
            *(_float(found.get(what)) for what in ("captured", "own")),
            found.get("bar"),
        )


def _clock(view: _View) -> Iterator[Row]:
    for number, line in view.lines(records.Clocked):
        yield number, line.quarter, line.moment, line.what, line.seconds


def _drafts(view: _View) -> Iterator[Row]:
    for number, line in view.lines(records.Drafted):
        yield number, line.quarter, line.name, line.account, line.audience, _json(line.page), line.thought


def _coach(view: _View) -> Iterator[Row]:
    for number, line in view.lines(records.Coached):
        advice = _joined(line.advice)
        yield number, line.quarter, line.account, line.audience, advice, _json(line.page), line.thought


def _events(view: _View) -> Iterator[Row]:
    for event in view.log.events:
        if event.kind not in _BOOKED_ELSEWHERE:
            yield event.line, event.quarter, event.move, event.kind, event.audience, _json(event.data)


def _sittings(view: _View) -> Iterator[Row]:
    header = view.log.header
    yield 1, 1, header.started, header.kamsim, header.rules, False
    for number, line in view.lines(records.Resumed):
        yield number, line.quarter, line.at, line.kamsim, line.rules, line.restored


_MAKERS: Final[dict[str, Callable[[_View], Iterator[Row]]]] = {
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
    "drafts": _drafts,
    "coach": _coach,
    "events": _events,
    "sittings": _sittings,
}
assert [*_MAKERS, "faults"] == [table.name for table in TABLES]
