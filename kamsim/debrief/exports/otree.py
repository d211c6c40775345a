"""Files in the shape in which oTree 5 exports experiments, so that scripts written for those read sessions too: all
columns that its own exports have, in their order, and ours behind them.

A participant is a session's player, a round is a quarter, the app is called kam; a session, in oTree's sense, is
everybody who played one scenario on one seed. Empty is nothing known, 1 and 0 are yes and no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from kamsim.debrief.dictionary import BY_NAME
from kamsim.debrief.exports.sink import CsvFile, Sink, clean, close_all, guarded
from kamsim.debrief.exports.times import times_of
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import PlayedLog
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.rows import Row, thought_of
from kamsim.debrief.tables import rows_of
from kamsim.game import records
from kamsim.game.log import moment
from kamsim.view.words.names import quarter_name

APP: Final = "kam"
PARTICIPANT: Final = {
    "participant.id_in_session": "number of the participant within the session, from 1",
    "participant.code": "the session's id as in the other exports; it is the same in every export",
    "participant.label": "the player's name or pseudonym",
    "participant._is_bot": "1 if a policy played; empty in logs of versions that did not say",
    "participant._index_in_pages": "the page that is open: one more than decisions, guesses, drafts and closes so far",
    "participant._max_page_index": "the last page: those so far, and one for each quarter that is not closed",
    "participant._current_app_name": "always kam",
    "participant._current_page_name": "Finished, or the quarter that is open, as in the debrief",
    "participant.time_started_utc": "when it began",
    "participant.visited": "always 1",
    "participant.mturk_worker_id": "always empty",
    "participant.mturk_assignment_id": "always empty",
    "participant.payoff": "both purses together, in currency of the scenario; empty if not finished",
}
SESSION: Final = {
    "session.code": "scenario and seed: everybody here met the same luck",
    "session.label": "treatment: the scenario's id",
    "session.mturk_HITId": "always empty",
    "session.mturk_HITGroupId": "always empty",
    "session.comment": "always empty",
    "session.is_demo": "always 0",
}
CONFIG: Final = {
    "session.config.name": "id of the scenario",
    "session.config.participation_fee": "always 0",
    "session.config.real_world_currency_per_point": "always 1",
    "session.config.scenario": "id of the scenario",
    "session.config.scenario_sha256": "checksum of the scenario",
    "session.config.seed": "the luck",
    "session.config.quarters": "how many quarters were planned",
    "session.config.rules": "rules of the game",
    "session.config.kamsim": "version of kamsim",
}
OWN: Final = {
    "quarter": "the quarter's name as in the debrief",
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
PLAYER: Final = {
    "player.id_in_group": "always 1: everybody plays alone",
    "player.role": "always empty",
    "player.payoff": "both purses in the quarter that ended the session, 0 before, in currency of the scenario",
    **{f"player.{name}": text for name, text in OWN.items()},
}
ROUND: Final = {
    **PLAYER,
    "group.id_in_subsession": "as participant.id_in_session",
    "subsession.round_number": "the quarter, from 1",
}
FIRST_PAGE: Final = "InitializeParticipant"
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
    "number of the entry, from 1; 0 is the beginning",
    "kam; empty for the beginning",
    "the move, or Guess, Draft, Coach, Close; InitializeParticipant for the beginning",
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
        participant, session, config = _participant(log, rows, number), _session(log, code), _config(log)
        rounds = [_round(log, rows, quarter, number) for quarter in range(1, log.header.quarters + 1)]
        self._wide.append(([*participant, *session, *config], rounds))
        long = self._file(f"{APP}.csv", [*PARTICIPANT, *ROUND, *SESSION, *CONFIG])
        long.write(_cells([*participant, *values, *session, *config]) for values in rounds)
        self._file(f"{APP}_custom.csv", EVENTS).write(map(_cells, _long_events(rows)))
        self._file("PageTimes.csv", PAGES).write(map(_cells, _page_times(log, code, number)))

    def finish(self, faults: Sequence[Fault], used: Mapping[Path, str]) -> tuple[Path, ...]:
        """Write the wide file, now that the longest session is known, the codebook and the faults."""
        most = max(len(rounds) for _, rounds in self._wide)
        fields = [f"{APP}.{turn}.{name}" for turn in range(1, most + 1) for name in ROUND]
        wide = self._file("all_apps_wide.csv", [*PARTICIPANT, *SESSION, *CONFIG, *fields])
        for lead, rounds in self._wide:
            values = [value for one in rounds for value in one]
            wide.write([_cells([*lead, *values, *[None] * (len(fields) - len(values))])])
        self._file("codebook.csv", ("file", "column", "type", "unit", "text")).write(map(_cells, _codebook()))
        self._file("faults.csv", BY_NAME["faults"].names).write(map(_cells, self.fault_rows(faults, used)))
        self.abandon()
        return self.publish()

    def abandon(self) -> None:
        """Close every file."""
        close_all(self._files.values())


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
    ((player, bot, value, started),) = _of(rows, "players", "player", "bot", "value", "started")
    done = sum(1 for _ in _entries(log))
    return [
        number,
        log.session,
        player,
        bot,
        done + 1,
        done + log.header.quarters - len(log.books),
        APP,
        "Finished" if log.finished else quarter_name(log.scenario, log.quarter),
        None if started is None else started.strftime("%Y-%m-%d %H:%M:%S.%f"),
        True,
        None,
        None,
        None if value is None else _amount(value),
    ]


def _session(log: PlayedLog, code: str) -> list[Any]:
    return [code, log.scenario.id, None, None, None, False]


def _config(log: PlayedLog) -> list[Any]:
    header, name = log.header, log.scenario.id
    return [name, 0, 1, name, header.scenario_sha256, header.seed, header.quarters, header.rules, header.kamsim]


def _round(log: PlayedLog, rows: Mapping[str, list[Row]], quarter: int, number: int) -> list[Any]:
    """A quarter's fields, in the order of `ROUND`."""
    ending = log.finished and quarter == log.header.quarters
    paid = log.score.value if log.score is not None and ending else 0
    own = [None] * len(OWN) if quarter > log.quarter else _own(log, rows, quarter)
    return [1, None, _amount(paid), *own, number, quarter]


def _own(log: PlayedLog, rows: Mapping[str, list[Row]], quarter: int) -> list[Any]:
    """A quarter's fields in the order of `OWN`."""

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
        quarter_name(log.scenario, quarter),
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
    names = ("session", "player", "line", "quarter", "quarter_name", "move", "kind", "args")
    moved = [(*row[:7], "player", row[7]) for row in _of(rows, "decisions", *names)]
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
    began = moment(log.header.started)
    first = None if began is None else round(began.timestamp(), 3)
    yield [code, number, log.session, 0, "", FIRST_PAGE, first, 1, False, False]
    for index, (place, line, name) in enumerate(_entries(log), start=1):
        when = seconds[place - 1]
        timeout = isinstance(line, records.Moved) and (line.quarter, line.args.get("moment")) in late
        stamp = None if when is None else round(when.timestamp(), 3)
        yield [code, number, log.session, index, APP, name, stamp, line.quarter, timeout, False]


def _codebook() -> Iterator[Row]:
    for file in ("all_apps_wide.csv", f"{APP}.csv"):
        for name, text in {**PARTICIPANT, **SESSION, **CONFIG, **ROUND}.items():
            shown = f"{APP}.<turn>.{name}" if name in ROUND and file.startswith("all") else name
            yield file, shown, _type(name), _unit(text), text
    for column in BY_NAME["events"].columns:
        yield f"{APP}_custom.csv", column.name, column.type, column.unit, column.meaning
    for name, text in zip(PAGES, _PAGE_MEANING, strict=True):
        yield "PageTimes.csv", name, "number" if name.startswith(("epoch", "page_i", "round")) else "text", "", text


def _type(name: str) -> str:
    """The type of a column, in words."""
    last = name.rsplit(".", maxsplit=1)[-1]
    if last in ("_is_bot", "visited", "is_demo", "closed"):
        return "0 or 1"
    if last == "payoff":
        return "amount with two decimals"
    texts = ("role", "quarter", "code", "label", "comment", "name", "scenario", "scenario_sha256", "kamsim")
    if last in texts or last.startswith(("_current", "mturk", "time")):
        return "text"
    return "number"


def _unit(text: str) -> str:
    if "currency" in text:
        return "currency of the scenario"
    return next((unit for unit in ("hours", "seconds") if text.startswith(unit)), "")
