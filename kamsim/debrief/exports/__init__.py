"""Logs written out for others' tools: CSV, XLSX, Parquet, xAPI statements and files in oTree's shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kamsim.debrief.exports.csv_files import CsvFiles
from kamsim.debrief.exports.otree import OtreeFiles
from kamsim.debrief.exports.parquet import ParquetFiles
from kamsim.debrief.exports.sink import Sink
from kamsim.debrief.exports.xapi import XapiFile
from kamsim.debrief.exports.xlsx import Workbook
from kamsim.debrief.folder import Fault, each_log
from kamsim.debrief.pseudonyms import Names
from kamsim.errors import KamsimError

FORMATS: Final[dict[str, Callable[[Path, Names | None], Sink]]] = {
    "csv": CsvFiles,
    "xlsx": Workbook,
    "parquet": ParquetFiles,
    "xapi": XapiFile,
    "otree": OtreeFiles,
}


@dataclass(frozen=True)
class Exported:
    """What an export wrote, of how many sessions, and what was wrong with which files."""

    files: tuple[Path, ...]
    sessions: int
    faults: tuple[Fault, ...]


def export(paths: str | Path | Iterable[str | Path], form: str, out: Path, names: Names | None = None) -> Exported:
    """Write the sessions of some logs, files, folders and globs into a folder, one log at a time.

    ``names``: pseudonyms instead of names. A file there of the same name is replaced once the new one is whole; where
    no session is found, nothing is written. Raises KamsimError for a form that does not exist, a missing extra, and a
    folder that cannot be written.
    """
    if form not in FORMATS:
        raise KamsimError(f"there is no format {form!r}; known are {', '.join(FORMATS)}")
    faults: list[Fault] = []
    used: dict[Path, str] = {}
    with FORMATS[form](Path(out), names) as sink:
        for item in each_log(paths):
            if isinstance(item, Fault):
                faults.append(item)
                continue
            sink.add(item)
            used[item.path] = item.session
            faults.extend(item.faults)
        files = sink.finish(faults, used) if used else ()
    return Exported(tuple(files), len(used), tuple(faults))
