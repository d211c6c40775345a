"""Tables as one workbook: a sheet each, and the dictionary first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from traceback import clear_frames
from typing import Any, Final

from kamsim.debrief.dictionary import BY_NAME, TABLES, Column
from kamsim.debrief.exports.sink import (
    DICTIONARY_HEAD,
    RISKY,
    Sink,
    clean,
    clock,
    close_all,
    dictionary_rows,
    needed,
    unwritable,
)
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import PlayedLog
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.rows import Row
from kamsim.debrief.tables import rows_of
from kamsim.errors import KamsimError

NAME: Final = "kamsim.xlsx"
MOST_ROWS: Final = 1_048_575
MOST_TEXT: Final = 32_767
WIDTHS: Final = {"text": 18, "whole": 10, "number": 12, "money": 16, "flag": 10, "code": 20, "time": 20}
FIRST_YEAR: Final = 1900
"""Of the dates that a workbook knows."""


class Workbook(Sink):
    """One workbook, written row by row, so that memory stays small.

    Every text is a cell of text, never a formula or a link; one that begins like a formula is marked as text for good.
    """

    def __init__(self, out: Path, names: Names | None) -> None:
        super().__init__(out, names)
        self._library = needed("xlsxwriter", "xlsx")
        self._book: Any = None
        self._rows = {table.name: 0 for table in TABLES}

    def _start(self) -> None:
        options = {"constant_memory": True, "tmpdir": str(self.work), "strings_to_urls": False}
        self._book = self._library.Workbook(str(self.new(NAME)), options)
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._money = self._book.add_format({"num_format": "#,##0.00"})
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._marked = self._book.add_format({"quote_prefix": True})
        words = self._book.add_worksheet("dictionary")
        self._begin(words, DICTIONARY_HEAD, (14, 24, 24, 22, 100))
        for number, row in enumerate(dictionary_rows(), start=1):
            for place, text in enumerate(row):
                self._text(words, number, place, text)
        self._sheets = {table.name: self._book.add_worksheet(table.name) for table in TABLES}
        for table in TABLES:
            sheet = self._sheets[table.name]
            self._begin(sheet, table.names, [WIDTHS[column.type] for column in table.columns])
            for place, column in enumerate(table.columns):
                if column.type == "code":
                    cells = self._library.utility.xl_range(1, place, MOST_ROWS, place)
                    sheet.ignore_errors({"number_stored_as_text": cells})

    def _begin(self, sheet: Any, head: Sequence[str], widths: Sequence[int]) -> None:
        for place, (name, width) in enumerate(zip(head, widths, strict=True)):
            sheet.set_column(place, place, max(width, len(name) + 2))
        for place, name in enumerate(head):
            sheet.write_string(0, place, name, self._head)
        sheet.freeze_panes(1, 0)

    def add(self, log: PlayedLog) -> None:
        """Append its rows."""
        if self._book is None:
            self._start()
        for name, rows in rows_of(log, self.names).items():
            self._put(name, rows)

    def _put(self, name: str, rows: Sequence[Row]) -> None:
        sheet, columns = self._sheets[name], BY_NAME[name].columns
        if self._rows[name] + len(rows) > MOST_ROWS:
            raise KamsimError(
                f"the table {name} has more rows than a sheet can hold ({MOST_ROWS:,}); "
                f"export fewer logs at a time, or use --format csv or parquet"
            )
        for number, row in enumerate(rows, start=self._rows[name] + 1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                if value is not None:
                    self._cell(sheet, number, place, column, value)
        self._rows[name] += len(rows)

    def _cell(self, sheet: Any, row: int, place: int, column: Column, value: Any) -> None:
        if column.type == "text":
            self._text(sheet, row, place, value)
        elif column.type == "flag":
            sheet.write_boolean(row, place, value)
        elif column.type == "code":
            sheet.write_string(row, place, str(value))
        elif column.type == "time" and value.year > FIRST_YEAR:
            sheet.write_datetime(row, place, value.replace(tzinfo=None), self._time)
        elif column.type == "time":
            sheet.write_string(row, place, clock(value))
        elif column.type == "money":
            sheet.write_number(row, place, value / 100, self._money)
        else:
            sheet.write_number(row, place, value)

    def _text(self, sheet: Any, row: int, place: int, text: str) -> None:
        text = clean(text)[:MOST_TEXT]
        if text:
            sheet.write_string(row, place, text, self._marked if text.startswith(RISKY) else None)

    def finish(self, faults: Sequence[Fault], used: Mapping[Path, str]) -> tuple[Path, ...]:
        """Write the faults, and the workbook."""
        self._put("faults", self.fault_rows(faults, used))
        for name, rows in self._rows.items():
            self._sheets[name].autofilter(0, 0, max(rows, 1), len(BY_NAME[name].columns) - 1)
        try:
            self._book.close()
        except self._library.exceptions.XlsxWriterException as error:
            raise unwritable(self.out, OSError(None, str(error).strip("[]"))) from None
        except OSError as error:
            clear_frames(error.__traceback__)  # the library's own files are held by its calls, open
            raise
        return self.publish()

    def abandon(self) -> None:
        """Close the files in which the library keeps rows: some systems remove no folder in which one is open."""
        sheets = () if self._book is None else self._book.worksheets()
        close_all(filter(None, (getattr(sheet, "row_data_fh", None) for sheet in sheets)))
