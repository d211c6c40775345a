"""What all exports share: files that appear whole or not at all, and cells as files hold them."""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, Self

from kamsim.aside import Aside
from kamsim.debrief.dictionary import BY_NAME, TABLES
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import PlayedLog
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.rows import Row
from kamsim.debrief.tables import fault_row
from kamsim.errors import KamsimError

RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
"""With which a spreadsheet would take a text for a formula."""
_FIRST: Final = frozenset(RISKY)
TYPES: Final = {
    "text": "text",
    "whole": "whole number",
    "number": "number",
    "money": "amount with two decimals",
    "flag": "true or false",
    "code": "whole number that names something; text in a workbook, whose numbers have 15 digits",
    "time": "date and time",
}
DICTIONARY_HEAD: Final = ("table", "column", "type", "unit", "meaning")


class Sink(ABC):
    """An export being written: logs are added one by one; files appear in the folder when it is finished."""

    def __init__(self, out: Path, names: Names | None) -> None:
        self.out, self.names = out, names
        self._aside = Aside(out)

    def __enter__(self) -> Self:
        try:
            self._aside.__enter__()
        except (OSError, ValueError) as error:
            raise unwritable(self.out, error) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        with suppress(OSError):  # what cannot be written is told already, or not needed any more
            self.abandon()
        self._aside.__exit__()
        if isinstance(error, OSError):
            raise unwritable(self.out, error) from None

    @property
    def work(self) -> Path:
        """A folder for what only the making needs."""
        return self._aside.work

    def new(self, name: str) -> Path:
        """Where to write a file that will be called ``name``."""
        return self._aside.new(name)

    def publish(self) -> tuple[Path, ...]:
        """Put every new file in its place."""
        return self._aside.publish()

    def fault_rows(self, faults: Iterable[Fault], used: Mapping[Path, str]) -> list[Row]:
        """Rows of the table of faults."""
        return [fault_row(fault, used.get(fault.path), self.names) for fault in faults]

    @abstractmethod
    def add(self, log: PlayedLog) -> None:
        """Take one session."""

    @abstractmethod
    def finish(self, faults: Sequence[Fault], used: Mapping[Path, str]) -> tuple[Path, ...]:
        """Write the rest, and put the files in their place. ``used``: session ids by file."""

    @abstractmethod
    def abandon(self) -> None:
        """Close what is open."""


def unwritable(out: Path, error: Exception) -> KamsimError:
    """The sentence for a folder that cannot be written."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not possible"
    return KamsimError(
        f"the export cannot be written in {out}: {reason[0].lower()}{reason[1:]}; nothing there was changed"
    )


def needed(module: str, form: str) -> Any:
    """A module of the extra ``classroom``."""
    try:
        return import_module(module)
    except ImportError:
        raise KamsimError(
            f"--format {form} needs {module}, which is not installed: pip install 'kamsim[classroom]'"
        ) from None


def dictionary_rows() -> list[tuple[str, str, str, str, str]]:
    """The data dictionary as rows; a table's own meaning comes first, without a column."""
    rows = []
    for table in TABLES:
        rows.append((table.name, "", "table", "", f"one row for {table.meaning}"))
        rows += [(table.name, column.name, TYPES[column.type], column.unit, column.meaning) for column in table.columns]
    return rows


# --- cells --------------------------------------------------------------------------------------------------


def clean(text: str) -> str:
    """Text on one line, without what no file of text may hold."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else " " for letter in text)


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: where it begins like one, an apostrophe stands before it."""
    return f"'{text}" if text.startswith(RISKY) else text


def amount(cents: int) -> str:
    """Cents as an amount with two decimals, exactly."""
    sign, whole = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def clock(moment: datetime) -> str:
    """A time as every program reads one, UTC."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def as_text(table: str, rows: Sequence[Row], *, raw: bool = False) -> Iterator[Sequence[Any]]:
    """Rows as a file of text holds them: None stays None, money has two decimals, flags are words. ``raw``: for other
    programs only, so money stays in cents, and nothing is guarded against spreadsheets."""
    if not rows:
        return iter(())
    made: list[Sequence[Any]] = []
    for column, values in zip(BY_NAME[table].columns, zip(*rows, strict=True), strict=True):
        if column.type == "money" and not raw:
            made.append([None if value is None else amount(value) for value in values])
        elif column.type == "flag":
            made.append([None if value is None else ("true" if value else "false") for value in values])
        elif column.type == "time":
            made.append([None if value is None else clock(value) for value in values])
        elif column.type == "text":
            made.append(_texts(values, guard=not raw))
        else:
            made.append(values)
    return zip(*made, strict=True)


def _texts(values: Sequence[str | None], *, guard: bool) -> Sequence[str | None]:
    """A column of texts, cleaned where anything in it needs it."""
    if not "".join(filter(None, values)).isprintable():
        values = [text and clean(text) for text in values]
    if guard and not _FIRST.isdisjoint([text[:1] for text in values if text]):
        values = [text and guarded(text) for text in values]
    return values


class CsvFile:
    """One CSV file being written: UTF-8, a header, commas, quotes where needed, a newline after each row."""

    def __init__(self, path: Path, head: Sequence[str]) -> None:
        self._file: TextIOWrapper = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(head)

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows."""
        self._writer.writerows(rows)

    def close(self) -> None:
        """No more rows."""
        self._file.close()


def close_all(files: Iterable[Any]) -> None:
    """Close files, every one of them, also where one cannot be written to its end. Raises the first OSError."""
    faults = []
    for file in files:
        try:
            file.close()
        except OSError as error:
            faults.append(error)
    if faults:
        raise faults[0]
