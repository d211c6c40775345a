"""Logs written out for others' tools: CSV, XLSX, Parquet, xAPI statements and files in oTree's shape."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kamsim.debrief.drills.reading import Trainee, apart, trainees
from kamsim.debrief.drills.tables import write_tables
from kamsim.debrief.exports.csv_files import CsvFiles
from kamsim.debrief.exports.otree import OtreeFiles
from kamsim.debrief.exports.parquet import ParquetFiles
from kamsim.debrief.exports.part import Used
from kamsim.debrief.exports.sink import Sink
from kamsim.debrief.exports.xapi import Telling, XapiFile
from kamsim.debrief.exports.xlsx import Workbook
from kamsim.debrief.folder import Fault, PlayedLog, each_log, outlines
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
    drills: int = 0
    """Situations of drills that were written out, as CSV whatever the format."""


def export(
    paths: str | Path | Iterable[str | Path],
    form: str,
    out: Path,
    names: Names | None = None,
    telling: Telling | None = None,
) -> Exported:
    """Write the sessions of some logs, files, folders and globs into a folder, one log at a time.

    ``names``: pseudonyms instead of names; ``telling``: home page and language of xAPI statements. Files there of the
    same names are replaced once all new ones are whole, all or none; where no session is found, nothing is written.
    Raises KamsimError for a form that does not exist, a missing extra, and a
    folder that cannot be written.
    """
    if form not in FORMATS:
        raise KamsimError(f"there is no format {form!r}; known are {', '.join(FORMATS)}")
    faults: list[Fault] = []
    used: dict[Path, str] = {}
    drills, paths = apart([paths] if isinstance(paths, str | Path) else paths)
    people, odd = trainees(drills)
    if drills and not paths:
        return _drills(people, odd, out, names, Exported((), 0, ()))
    made = XapiFile(Path(out), names, telling) if form == "xapi" else FORMATS[form](Path(out), names)
    with made as sink, _collector_at_rest():
        for item in _added(sink, paths):
            if isinstance(item, Fault):
                faults.append(item)
                continue
            used[item.path] = item.session
            faults.extend(item.faults)
        files = sink.finish(faults, used) if used else ()
    return _drills(people, odd, out, names, Exported(tuple(files), len(used), tuple(faults)))


def _drills(
    people: Sequence[Trainee], odd: Sequence[Fault], out: Path, names: Names | None, made: Exported
) -> Exported:
    """What was exported, and the tables of drills beside it."""
    if not people:
        return replace(made, faults=(*made.faults, *odd))
    try:
        files = write_tables(people, Path(out), names)
    except OSError as error:
        raise KamsimError(f"the tables of drills cannot be written in {out}: {error.strerror}") from None
    count = sum(len(one.answered) for one in people)
    return Exported((*made.files, *files), made.sessions, (*made.faults, *odd), count)


def _added(sink: Sink, paths: str | Path | Iterable[str | Path]) -> Iterator[PlayedLog | Used | Fault]:
    """Every session, once it has been added, and the faults of files of which nothing is used."""
    if isinstance(sink, ParquetFiles):
        found = list(outlines(paths))
        yield from (item for item in found if isinstance(item, Fault))
        yield from sink.add_all([item for item in found if not isinstance(item, Fault)])
        return
    for item in each_log(paths):
        if isinstance(item, PlayedLog):
            sink.add(item)
        yield item


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Logs hold no rings, so looking for rings in them is an eighth of the time of an export, for nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
