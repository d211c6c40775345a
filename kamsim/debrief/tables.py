"""Tidy tables from logs alone, as `dictionary` describes them.

    tables = tables_of(found.logs, found.faults)
    tables["promises"]["actual"]        # a column: a plain list, None where there is nothing

Money is whole cents. Rows of one log can be had alone with `rows_of`, so that a cohort of thousands is never in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kamsim.debrief.dictionary import BY_NAME, QUARTER_NAME, TABLES, Column, TableSchema
from kamsim.debrief.folder import Fault, Found, PlayedLog
from kamsim.debrief.lookup import Lookup
from kamsim.debrief.pseudonyms import Mask, Names
from kamsim.debrief.rows import ROWS, Row
from kamsim.view.words.names import quarter_name

Rows = dict[str, list[Row]]
Tables = dict[str, dict[str, list[Any]]]


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
    view = Lookup(log)
    made = {name: _named(BY_NAME[name], log, maker(view)) for name, maker in ROWS.items()}
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


def _named(table: TableSchema, log: PlayedLog, rows: Iterable[Row]) -> list[Row]:
    """Rows with the name of the quarter behind its number."""
    if QUARTER_NAME not in table.columns:
        return list(rows)
    place = table.columns.index(QUARTER_NAME) - 2
    names = [quarter_name(log.scenario, quarter) for quarter in range(log.quarter + 2)]
    return [(*row[:place], names[row[place - 1]], *row[place:]) for row in rows]


def _masked(mask: Mask, columns: Sequence[Column], row: Row) -> Row:
    pairs = zip(columns, row, strict=True)
    return tuple(mask.cell(column.name, value) if column.private else value for column, value in pairs)


def fault_row(fault: Fault, session: str | None, names: Names | None = None) -> Row:
    """A fault as a row of the table of faults."""
    file, sentence = str(fault.path), fault.sentence
    if names is not None:
        file, sentence = names.file(fault.path, session), names.told_of(fault)
    return session, file, fault.kind, fault.line, fault.used, sentence
