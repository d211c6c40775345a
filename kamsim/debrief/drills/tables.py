"""Drills as tables: one row for each, one for each skill that one showed, one for each quarter of a year ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from kamsim.aside import Aside
from kamsim.debrief.dictionary import Column, TableSchema
from kamsim.debrief.drills.reading import NOBODY, Answered, Trainee
from kamsim.debrief.exports.sink import DICTIONARY_HEAD, CsvFile, amount, guarded
from kamsim.debrief.pseudonyms import Names, pseudonym

_LEAD: Final = (
    Column("session", "text", "", "the training, an id of 17 letters, the first a t"),
    Column("player", "text", "", "who trained", private=True),
    Column("drill", "whole", "", "number of the situation in its training, from 1"),
)
TABLES: Final = (
    TableSchema("drills", "one row for each situation that was answered", (
        *_LEAD,
        Column("at", "text", "UTC", "when it was judged"),
        Column("set", "whole", "", "seed of the training"),
        Column("fixed", "flag", "", "whether the set follows from its seed alone"),
        Column("kind", "text", "", "case, recut, moment, talk, ask or pursue"),
        Column("scenario", "text", "", "id of the scenario that it was made of"),
        Column("seed", "whole", "", "seed of its world"),
        Column("account", "text", "", "id of the customer; empty where it is about several"),
        Column("quarter", "whole", "", "quarter in which it stands"),
        Column("twist", "text", "", "what had just changed"),
        Column("level", "whole", "1..3", "how hard it was"),
        Column("skill", "text", "", "what it was chosen for"),
        Column("result", "text", "", "what they answered"),
        Column("mark", "number", "0..100", "how good the answer was, luck apart"),
        Column("habit", "number", "0..100", "how good the habitual answer would have been"),
        Column("borne", "number", "0..100", "how good the best answer would have been that the facts bear"),
        Column("low", "money", "currency of the scenario", "lower end of the range that was named"),
        Column("high", "money", "currency of the scenario", "upper end of it"),
        Column("truth", "money", "currency of the scenario", "account profit of the year ahead with the answer"),
        Column("inside", "flag", "", "whether that lay inside"),
        Column("work_on", "text", "", "the skill that it left to work on"),
        Column("thought", "number", "seconds", "time thought"),
    )),
    TableSchema("drill_skills", "one row for each skill that a situation showed", (
        *_LEAD,
        Column("skill", "text", "", "a criterion of a case, or a behaviour"),
        Column("met", "number", "0..1", "how well it was met, of what the facts let it be met"),
    )),
    TableSchema("drill_years", "one row for each quarter of each year that was played ahead", (
        *_LEAD,
        Column("way", "text", "", "yours, bot or nothing"),
        Column("step", "whole", "quarters", "quarter after the answer, from 1"),
        Column("profit", "money", "currency of the scenario", "account profit on the drill's own luck"),
        Column("usual", "money", "currency of the scenario", "the same in the middle of several lots of luck"),
    )),
)  # fmt: skip
"""What is exported of drills."""


def rows_of(people: Iterable[Trainee], names: Names | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """The rows by table, in the order of their columns; money in cents."""
    made: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in TABLES}
    for one in people:
        for item in one.answered:
            lead = (item.log.begun.id[:17], _named(item, one.name, names), item.drill.number)
            made["drills"].append((*lead, *_drill(item)))
            made["drill_skills"] += [(*lead, name, met) for name, met in item.told.met.items()]
            made["drill_years"] += [
                (*lead, way.name, step, way.profit[step - 1], way.usual[step - 1])
                for way in item.told.ahead
                for step in range(1, min(len(way.profit), len(way.usual)) + 1)
            ]
    return made


def _named(item: Answered, name: str, names: Names | None) -> str:
    if names is None or name == NOBODY:
        return item.log.begun.player
    return pseudonym(names.key or item.log.begun.id, "player", name)


def _drill(item: Answered) -> tuple[Any, ...]:
    drill, told, begun = item.drill, item.told, item.log.begun
    low, high = told.expected or (None, None)
    return (
        item.at, begun.seed, begun.fixed, drill.kind, drill.scenario, drill.seed, drill.account, drill.quarter,
        drill.twist, drill.level, drill.skill, item.result, told.mark, told.habit, told.borne, low, high, told.truth,
        told.inside, told.next_time, told.thought,
    )  # fmt: skip


def write_tables(people: Sequence[Trainee], out: Path, names: Names | None = None) -> tuple[Path, ...]:
    """Write the tables as CSV into a folder, beside their dictionary; all of them or none. Raises OSError."""
    rows = rows_of(people, names)
    with Aside(out) as aside:
        for table in TABLES:
            _write(aside.new(f"{table.name}.csv"), table.names, [_as_text(table, row) for row in rows[table.name]])
        told = [
            (table.name, column.name, column.type, column.unit, column.meaning)
            for table in TABLES
            for column in table.columns
        ]
        _write(aside.new("drills_dictionary.csv"), DICTIONARY_HEAD, told)
        return aside.publish()


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    file = CsvFile(path, head)
    try:
        file.write(rows)
    finally:
        file.close()


def _as_text(table: TableSchema, row: Sequence[Any]) -> list[Any]:
    return [_cell(column, value) for column, value in zip(table.columns, row, strict=True)]


def _cell(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.type == "money":
        return amount(value)
    if column.type == "flag":
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else value
