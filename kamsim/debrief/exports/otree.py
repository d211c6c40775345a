"""Files in the shape in which oTree exports experiments, so that scripts written for those read sessions too.

A participant is a session's player, a round is a quarter, the app is called kam; a session, in oTree's sense, is
everybody who played one scenario on one seed. Empty is nothing known, 1 and 0 are yes and no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from kamsim.debrief.dictionary import BY_NAME
from kamsim.debrief.exports.sink import CsvFile, Sink, clean, guarded
from kamsim.debrief.exports.times import moment_of, times_of
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import PlayedLog
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.rows import Row, thought_of
from kamsim.debrief.tables import rows_of
from kamsim.game import records

APP: Final = "kam"
PARTICIPANT: Final = {
    "participant.id_in_session": "number of the participant within the session, from 1",
    "participant.code": "the session's id as in the other exports; it is the same in every export",
    "participant.label": "the player's name or pseudonym",
    "participant._is_bot": "1 if the player bears the name of a shipped bot",
    "participant._index_in_pages": "how many decisions, guesses, drafts and closes there are",
    "participant._max_page_index": "how many quarters were planned",
    "participant._current_page_name": "Finished, or the quarter that is open",
    "participant.time_started_utc": "when it began",
    "participant.payoff": "both purses together, in currency of the scenario",
}
SESSION: Final = {
    "session.code": "scenario and seed: everybody here met the same luck",
    "session.label": "treatment: the scenario's id",
    "session.is_demo": "always 0",
    "session.config.scenario": "id of the scenario",
    "session.config.scenario_sha256": "checksum of the scenario",
    "session.config.seed": "the luck",
    "session.config.quarters": "how many quarters were planned",
    "session.config.rules": "rules of the game",
    "session.config.kamsim": "version of kamsim",
    "session.config.real_world_currency_per_point": "always 1",
}
PLAYER: Final = {
    "profit": "account profit of the quarter, in currency of the scenario",
    "company": "the company's result of the quarter, in currency of the scenario",
    "list_sales": "volume at list price, in currency of the scenario",
    "sales": "pocket sales, in currency of the scenario",
    "cost_to_serve": "cost to serve, negative, in currency of the scenario",
    "moves": "moves made in the quarter that stand",
    "hours": "hours of the team's time spent by them",
    "thought": "seconds of thought in the quarter",
    "cases": "business cases and asks answered in the quarter",
    "approved": "of these, approved at once or on a condition",
    "promises_signed": "promises signed in the quarter",
    "guess_low": "lowest of the last range guessed for the quarter's profit, in currency of the scenario",
    "guess_high": "highest of it",
    "trust": "mean trust over accounts at the quarter's end, 0 to 1",
    "share_of_wallet": "mean share of wallet over accounts, 0 to 1",
    "closed": "1 if the quarter was closed",
}
EVENTS: Final = BY_NAME["events"].names
PAGES: Final = (
    "session_code",
    "participant_id_in_session",
    "participant_code",
    "page_index",
    "app_name",
    "page_name",
    "epoch_time_completed",
    "round_number",
    "timeout_happened",
    "is_wait_page",
)
_PAGE_MEANING: Final = (
    "as session.code",
    "as participant.id_in_session",
    "as participant.code",
    "number of the entry, from 1",
    "always kam",
    "the move, or Guess, Draft, Coach, Close",
    "when it was done, seconds since 1970: the beginning and thought since; gaps without a sign of life count 120",
    "the quarter",
    "1 if the soft clock of a moment ran out",
    "always 0",
)


class OtreeFiles(Sink):
    """all_apps_wide.csv, kam.csv, kam_custom.csv, PageTimes.csv and a codebook."""

    def __init__(self, out: Path, names: Names | None) -> None:
        super().__init__(out, names)
        self._files: dict[str, CsvFile] = {}
        self._wide: list[tuple[list[Any], list[list[Any]]]] = []
        self._counts: dict[str, int] = {}

    def _file(self, name: str, head: Sequence[str]) -> CsvFile:
        if name not in self._files:
            self._files[name] = CsvFile(self.new(name), head)
        return self._files[name]

    def add(self, log: PlayedLog) -> None:
        """Append what it holds."""
        rows = rows_of(log, self.names)
        code = f"{log.scenario.id}-{log.header.scenario_sha256[:8]}-{log.header.seed}"
        number = self._counts[code] = self._counts.get(code, 0) + 1
        participant, session = _participant(log, rows, number), _session(log, code)
        rounds = [_round(log, rows, quarter) for quarter in range(1, log.header.quarters + 1)]
        self._wide.append(([*participant, *session], rounds))
        head = [*PARTICIPANT, *(f"player.{name}" for name in PLAYER), "subsession.round_number", *SESSION]
        long = self._file(f"{APP}.csv", head)
        long.write(_cells([*participant, *values, quarter, *session]) for quarter, values in enumerate(rounds, start=1))
        self._file(f"{APP}_custom.csv", EVENTS).write(map(_cells, _long_events(rows)))
        self._file("PageTimes.csv", PAGES).write(map(_cells, _page_times(log, code, number)))

    def finish(self, faults: Sequence[Fault], used: Mapping[Path, str]) -> tuple[Path, ...]:
        """Write the wide file, now that the longest session is known, the codebook and the faults."""
        most = max(len(rounds) for _, rounds in self._wide)
        fields = [f"{APP}.{turn}.player.{name}" for turn in range(1, most + 1) for name in PLAYER]
        wide = self._file("all_apps_wide.csv", [*PARTICIPANT, *SESSION, *fields])
        for lead, rounds in self._wide:
            values = [value for one in rounds for value in one]
            wide.write([_cells([*lead, *values, *[None] * (len(fields) - len(values))])])
        self._file("codebook.csv", ("file", "column", "type", "unit", "text")).write(map(_cells, _codebook()))
        self._file("faults.csv", BY_NAME["faults"].names).write(map(_cells, self.fault_rows(faults, used)))
        self.abandon()
        return self.publish()

    def abandon(self) -> None:
        """Close every file."""
        for file in self._files.values():
            file.close()


def _cells(row: Sequence[Any]) -> list[Any]:
    """A row as oTree writes cells."""
    return [
        guarded(clean(cell)) if isinstance(cell, str) else int(cell) if isinstance(cell, bool) else cell for cell in row
    ]


def _amount(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def _of(rows: Mapping[str, list[Row]], table: str, *names: str) -> Iterator[Row]:
    places = [BY_NAME[table].names.index(name) for name in names]
    return (tuple(row[place] for place in places) for row in rows[table])


def _participant(log: PlayedLog, rows: Mapping[str, list[Row]], number: int) -> list[Any]:
    ((player, bot, value),) = _of(rows, "players", "player", "bot", "value")
    started = moment_of(log.header.started)
    return [
        number,
        log.session,
        player,
        bool(bot),
        sum(1 for _ in _entries(log)),
        log.header.quarters,
        "Finished" if log.finished else f"Quarter{log.quarter}",
        None if started is None else started.strftime("%Y-%m-%d %H:%M:%S.%f"),
        None if value is None else _amount(value),
    ]


def _session(log: PlayedLog, code: str) -> list[Any]:
    header = log.header
    return [
        code,
        log.scenario.id,
        False,
        log.scenario.id,
        header.scenario_sha256,
        header.seed,
        header.quarters,
        header.rules,
        header.kamsim,
        1,
    ]


def _round(log: PlayedLog, rows: Mapping[str, list[Row]], quarter: int) -> list[Any]:
    """A quarter's fields, in the order of `PLAYER`; empty where it was never reached."""
    if quarter > log.quarter:
        return [None] * len(PLAYER)

    def here(table: str, *names: str) -> list[Row]:
        return [row[1:] for row in _of(rows, table, "quarter", *names) if row[0] == quarter]

    books = here("quarters", "profit", "list_sales", "sales", "cost_to_serve")
    profit, *others = (_amount(sum(column)) for column in zip(*books, strict=True)) if books else [None] * 4
    company = [_amount(row[0]) for row in here("company", "company")]
    hours = [row[0] or 0.0 for row in here("decisions", "hours", "undone") if not row[1]]
    thought = [thought_of(line) for line in log.lines if getattr(line, "quarter", 0) == quarter]
    outcomes = [row[0] for row in here("cases", "outcome")]
    signed = [row for row in _of(rows, "promises", "signed") if row[0] == quarter]
    ranges = [row for row in here("guesses", "low", "high") if row[0] is not None]
    low, high = map(_amount, ranges[-1]) if ranges else (None, None)
    told = here("quarters", "trust", "share_of_wallet")
    return [
        profit,
        company[0] if company else None,
        *others,
        len(hours),
        sum(hours),
        round(sum(thought), 2),
        len(outcomes),
        sum(outcome in ("approved", "conditional") for outcome in outcomes),
        len(signed),
        low,
        high,
        *(_mean([row[place] for row in told]) for place in (0, 1)),
        bool(books),
    ]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 6) if known else None


def _long_events(rows: Mapping[str, list[Row]]) -> Iterator[Row]:
    """Everything that happened, moves among it, in the order of the log."""
    names = ("session", "player", "line", "quarter", "move", "kind", "args")
    moved = [(*row[:6], "player", row[6]) for row in _of(rows, "decisions", *names)]
    yield from sorted([*moved, *rows["events"]], key=lambda row: row[2])


_PAGE_NAMES: Final[dict[type, str]] = {
    records.Guessed: "Guess",
    records.Drafted: "Draft",
    records.Coached: "Coach",
    records.Closed: "Close",
}


def _entries(log: PlayedLog) -> Iterator[tuple[int, Any, str]]:
    """Lines that a person's decision made: their numbers and names."""
    for number, line in enumerate(log.lines, start=1):
        if isinstance(line, records.Moved):
            yield number, line, line.move
        elif type(line) in _PAGE_NAMES:
            yield number, line, _PAGE_NAMES[type(line)]


def _page_times(log: PlayedLog, code: str, number: int) -> Iterator[list[Any]]:
    seconds = times_of(log)
    late = {
        (line.quarter, line.moment)
        for line in log.lines
        if isinstance(line, records.Clocked) and line.what == "ran_out"
    }
    for index, (place, line, name) in enumerate(_entries(log), start=1):
        when = seconds[place - 1]
        timeout = isinstance(line, records.Moved) and (line.quarter, line.args.get("moment")) in late
        stamp = None if when is None else round(when.timestamp(), 3)
        yield [code, number, log.session, index, APP, name, stamp, line.quarter, timeout, False]


def _codebook() -> Iterator[Row]:
    kinds = {"id_in_session": "whole number", "_is_bot": "0 or 1", "payoff": "amount with two decimals"}
    for file in ("all_apps_wide.csv", f"{APP}.csv"):
        for name, text in {**PARTICIPANT, **SESSION}.items():
            yield file, name, kinds.get(name.split(".")[-1], "text"), "", text
        for name, text in PLAYER.items():
            shown = f"{APP}.<turn>.player.{name}" if file.startswith("all") else f"player.{name}"
            yield file, shown, "0 or 1" if name == "closed" else "number", _unit(text), text
    yield f"{APP}.csv", "subsession.round_number", "whole number", "quarter", "the quarter, from 1"
    for column in BY_NAME["events"].columns:
        yield f"{APP}_custom.csv", column.name, column.type, column.unit, column.meaning
    for name, text in zip(PAGES, _PAGE_MEANING, strict=True):
        yield "PageTimes.csv", name, "number" if name.startswith(("epoch", "page_i", "round")) else "text", "", text


def _unit(text: str) -> str:
    if "currency" in text:
        return "currency of the scenario"
    return next((unit for unit in ("hours", "seconds") if text.startswith(unit)), "")
