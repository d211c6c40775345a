"""Tables as Parquet files, for cohorts of thousands: written by DuckDB from rows on disk, so memory stays small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from kamsim.debrief.dictionary import TABLES
from kamsim.debrief.exports.sink import DICTIONARY_HEAD, CsvFile, Sink, as_text, dictionary_rows, needed
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import PlayedLog
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.tables import Row, rows_of

SQL_TYPES: Final = {
    "text": "VARCHAR",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "money": "DECIMAL(18,2)",
    "flag": "BOOLEAN",
}
MEMORY: Final = "160MB"


class ParquetFiles(Sink):
    """A Parquet file (zstd) for each table. An empty text is NULL, as nothing known is."""

    def __init__(self, out: Path, names: Names | None) -> None:
        super().__init__(out, names)
        self._duckdb = needed("duckdb", "parquet")
        self._files: dict[str, CsvFile] = {}

    def add(self, log: PlayedLog) -> None:
        """Put its rows aside."""
        for name, rows in rows_of(log, self.names).items():
            self._put(name, rows)

    def _put(self, name: str, rows: Sequence[Row]) -> None:
        if name not in self._files:
            head = next(table.names for table in TABLES if table.name == name)
            self._files[name] = CsvFile(self.work / f"{name}.rows", head)
        self._files[name].write(as_text(name, rows, guard=False))

    def finish(self, faults: Sequence[Fault], used: Mapping[Path, str]) -> tuple[Path, ...]:
        """Turn what was put aside into Parquet."""
        self._put("faults", self.fault_rows(faults, used))
        words = CsvFile(self.work / "dictionary.rows", DICTIONARY_HEAD)
        words.write(dictionary_rows())
        words.close()
        self.abandon()
        columns = {table.name: {column.name: SQL_TYPES[column.type] for column in table.columns} for table in TABLES}
        columns["dictionary"] = dict.fromkeys(DICTIONARY_HEAD, "VARCHAR")
        settings = {"memory_limit": MEMORY, "threads": "2", "temp_directory": str(self.work / "spill")}
        with self._duckdb.connect(config=settings) as base:
            for name, types in columns.items():
                base.execute("SET preserve_insertion_order = true")
                base.read_csv(
                    str(self.work / f"{name}.rows"),
                    header=True,
                    columns=types,
                    delimiter=",",
                    quotechar='"',
                    escapechar='"',
                    na_values="",
                    auto_detect=False,
                ).write_parquet(str(self.new(f"{name}.parquet")), compression="zstd")
                (self.work / f"{name}.rows").unlink()
        return self.publish()

    def abandon(self) -> None:
        """Close every file."""
        for file in self._files.values():
            file.close()
