"""Tables as CSV files, one each, beside their dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from kamsim.debrief.dictionary import TABLES
from kamsim.debrief.exports.sink import DICTIONARY_HEAD, CsvFile, Sink, as_text, close_all, dictionary_rows, guarded
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import PlayedLog
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.tables import rows_of

NOTES: Final = (
    ("", "", "note", "", "files are in UTF-8; an empty cell holds nothing known; money has two decimals"),
    (
        "",
        "",
        "note",
        "",
        "somebody may be called NA or Null: tell your program that only an empty cell is one without a value "
        "(pandas: keep_default_na=False, na_values=['']; R: na.strings='')",
    ),
    (
        "",
        "",
        "note",
        "",
        "a text that begins like a formula (with = + - @) has an apostrophe before it, so that a spreadsheet does not "
        "run it; take the apostrophe off to have the text as it was",
    ),
)


class CsvFiles(Sink):
    """A CSV file for each table."""

    def __init__(self, out: Path, names: Names | None) -> None:
        super().__init__(out, names)
        self._files: dict[str, CsvFile] = {}

    def _file(self, name: str, head: Sequence[str]) -> CsvFile:
        if name not in self._files:
            self._files[name] = CsvFile(self.new(f"{name}.csv"), head)
        return self._files[name]

    def add(self, log: PlayedLog) -> None:
        """Append its rows."""
        for name, rows in rows_of(log, self.names).items():
            self._put(name, rows)

    def _put(self, name: str, rows: Sequence[tuple[object, ...]]) -> None:
        heads = next(table.names for table in TABLES if table.name == name)
        self._file(name, heads).write(as_text(name, rows))

    def finish(self, faults: Sequence[Fault], used: Mapping[Path, str]) -> tuple[Path, ...]:
        """Write faults and dictionary."""
        self._put("faults", self.fault_rows(faults, used))
        rows = [tuple(map(guarded, row)) for row in (*dictionary_rows(), *NOTES)]
        self._file("dictionary", DICTIONARY_HEAD).write(rows)
        self.abandon()
        return self.publish()

    def abandon(self) -> None:
        """Close every file."""
        close_all(self._files.values())
