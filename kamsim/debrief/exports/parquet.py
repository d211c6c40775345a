"""Tables as Parquet files, for cohorts of thousands: written by DuckDB from rows on disk, so memory stays small."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from glob import has_magic
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kamsim.debrief.dictionary import BY_NAME, Column
from kamsim.debrief.exports.part import Used, elsewhere
from kamsim.debrief.exports.sink import (
    DICTIONARY_HEAD,
    CsvFile,
    Sink,
    as_text,
    close_all,
    dictionary_rows,
    needed,
    unwritable,
)
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import Outline, PlayedLog, Scenarios, read_outline
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.rows import Row
from kamsim.debrief.tables import rows_of

HELD_TYPES: Final = {
    "text": "VARCHAR",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "money": "BIGINT",
    "flag": "BOOLEAN",
    "code": "BIGINT",
    "time": "TIMESTAMP",
}
"""Of the rows on disk, where money is still in cents."""
DICTIONARY_COLUMNS: Final = tuple(Column(name, "text", "", "") for name in DICTIONARY_HEAD)
MEMORY: Final = "160MB"
MOST_WORKERS: Final = 4
FEWEST: Final = 100
"""Logs for which a process of their own pays."""


class ParquetFiles(Sink):
    """A Parquet file (zstd) for each table. An empty text is NULL, as nothing known is."""

    def __init__(self, out: Path, names: Names | None) -> None:
        super().__init__(out, names)
        self._duckdb = needed("duckdb", "parquet")
        self._files: dict[str, CsvFile] = {}
        self._parts: dict[str, list[Path]] = {}
        self._elsewhere: TemporaryDirectory[str] | None = None

    @cached_property
    def _rows(self) -> Path:
        """Where rows wait: beside the result, unless DuckDB would take its name for a pattern."""
        if not has_magic(str(self.work)):
            return self.work
        self._elsewhere = TemporaryDirectory(prefix="kamsim-")
        return Path(self._elsewhere.name)

    def add(self, log: PlayedLog) -> None:
        """Put its rows aside."""
        for name, rows in rows_of(log, self.names).items():
            self._put(name, rows)

    def add_all(self, found: Sequence[Outline]) -> Iterator[PlayedLog | Fault | Used]:
        """Put the rows of many logs aside, by as many processes as there are processors; of these logs only the ids
        come back. Memory grows with the processes, not with the logs."""
        workers = min(os.cpu_count() or 1, MOST_WORKERS, len(found) // FEWEST)
        if workers < 2 or getattr(sys, "frozen", False):
            yield from self._one_by_one(found)
            return
        size = -(-len(found) // workers)
        parts = [found[start : start + size] for start in range(0, len(found), size)]
        key = None if self.names is None else self.names.key
        for done, part in zip(elsewhere(parts, self._rows, key), parts, strict=True):
            yield from self._one_by_one(part) if done is None else done
        for file in sorted(self._rows.glob("*.part*")):
            self._parts.setdefault(file.name.partition(".")[0], []).append(file)

    def _one_by_one(self, found: Sequence[Outline]) -> Iterator[PlayedLog | Fault]:
        scenarios = Scenarios()
        for outline in found:
            for item in read_outline(outline, scenarios):
                if isinstance(item, PlayedLog):
                    self.add(item)
                yield item

    def _put(self, name: str, rows: Sequence[Row]) -> None:
        if name not in self._files:
            self._files[name] = CsvFile(self._rows / f"{name}.rows", BY_NAME[name].names)
        self._files[name].write(as_text(name, rows, raw=True))

    def finish(self, faults: Sequence[Fault], used: Mapping[Path, str]) -> tuple[Path, ...]:
        """Turn what was put aside into Parquet."""
        self._put("faults", self.fault_rows(faults, used))
        words = CsvFile(self._rows / "dictionary.rows", DICTIONARY_HEAD)
        words.write(dictionary_rows())
        words.close()
        self.abandon()
        try:
            self._convert()
        except (self._duckdb.IOException, self._duckdb.OutOfMemoryException) as error:
            raise unwritable(self.out, OSError(None, " ".join(str(error).split()))) from None
        except RuntimeError as error:  # how DuckDB tells of a signal in the middle of a statement
            if "interrupted" in str(error).lower():
                raise KeyboardInterrupt from None
            raise
        return self.publish()

    def _convert(self) -> None:
        settings = {"memory_limit": MEMORY, "threads": "2", "temp_directory": str(self.work / "spill")}
        base = self._duckdb.connect(config=settings)
        try:
            for name in (*BY_NAME, "dictionary"):
                columns = BY_NAME[name].columns if name in BY_NAME else DICTIONARY_COLUMNS
                files = self._parts.get(name, [])
                if name in self._files or name == "dictionary":
                    files = [*files, self._rows / f"{name}.rows"]
                base.execute(_copying(files, columns, self.new(f"{name}.parquet")))
                for file in files:
                    file.unlink()
        finally:
            base.close()

    def abandon(self) -> None:
        """Close every file."""
        close_all(self._files.values())

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self._elsewhere is not None:
            self._elsewhere.cleanup()
        super().__exit__(kind, error, trace)


def _copying(rows: Sequence[Path], columns: Sequence[Column], parquet: Path) -> str:
    """The statement that turns rows on disk into a Parquet file."""
    selected = ", ".join(map(_selected, columns))
    types = ", ".join(f"{_quoted(column.name)}: '{HELD_TYPES[column.type]}'" for column in columns)
    how = "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', new_line = '\\n'"
    source = f"read_csv([{', '.join(map(_quoted, rows))}], columns = {{{types}}}, {how})"
    return f"COPY (SELECT {selected} FROM {source}) TO {_quoted(parquet)} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608


def _quoted(text: str | Path) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def _selected(column: Column) -> str:
    """A column as the Parquet file has it: money as DECIMAL(18, 2), exactly."""
    if column.type != "money":
        return f'"{column.name}"'
    return f'CAST("{column.name}" * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS "{column.name}"'
