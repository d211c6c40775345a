"""A part of a large cohort, read by a process of its own: rows go to files, ids and faults come back.

The process gets its work on standard input and answers on standard output, both as JSON.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kamsim.debrief.dictionary import BY_NAME
from kamsim.debrief.exports.sink import CsvFile, as_text
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import Outline, PlayedLog, Scenarios, read_outline
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.tables import rows_of


@dataclass(frozen=True)
class Used:
    """A log that was read elsewhere."""

    path: Path
    session: str
    faults: tuple[Fault, ...]


def elsewhere(parts: Sequence[Sequence[Outline]], rows: Path, key: str | None) -> Iterator[list[Used | Fault] | None]:
    """Have each part read by its own process at the same time; None for a part that could not be."""
    running = [_begun(part, rows, number, key) for number, part in enumerate(parts)]
    try:
        for number, process in enumerate(running):
            answer = process.communicate()[0]
            if process.returncode:
                for file in rows.glob(f"*.part{number}"):
                    file.unlink()
                yield None
            else:
                yield _told(json.loads(answer))
    finally:
        for process in running:
            process.kill()
            process.wait()


def _begun(part: Sequence[Outline], rows: Path, number: int, key: str | None) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "kamsim.debrief.exports.part"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    job = {"outlines": [asdict(one) for one in part], "rows": str(rows.resolve()), "number": number, "key": key}
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps(job, default=str).encode())
        process.stdin.close()
    except OSError:
        process.kill()
    process.stdin = None
    return process


def _told(answer: list[dict[str, Any]]) -> list[Used | Fault]:
    return [
        Used(Path(one["path"]), one["session"], _faults(one["faults"])) if "session" in one else _fault(one)
        for one in answer
    ]


def _faults(told: Sequence[dict[str, Any]]) -> tuple[Fault, ...]:
    return tuple(map(_fault, told))


def _fault(told: dict[str, Any]) -> Fault:
    other = told["other"]
    return Fault(**{**told, "path": Path(told["path"]), "other": None if other is None else Path(other)})


def main() -> None:
    """Do the work that standard input names."""
    gc.disable()  # logs hold no rings
    job = json.load(sys.stdin)
    names = None if job["key"] is None else Names(job["key"])
    files: dict[str, CsvFile] = {}
    answer: list[dict[str, Any]] = []
    scenarios = Scenarios()
    for told in job["outlines"]:
        outline = Outline(**{**told, "path": Path(told["path"]), "faults": _faults(told["faults"])})
        for item in read_outline(outline, scenarios):
            if not isinstance(item, PlayedLog):
                answer.append(asdict(item))
                continue
            for name, rows in rows_of(item, names).items():
                if name not in files:
                    files[name] = CsvFile(Path(job["rows"]) / f"{name}.part{job['number']}", BY_NAME[name].names)
                files[name].write(as_text(name, rows, raw=True))
            faults = [asdict(fault) for fault in item.faults]
            answer.append({"path": item.path, "session": item.session, "faults": faults})
    for file in files.values():
        file.close()
    json.dump(answer, sys.stdout, default=str)


if __name__ == "__main__":
    main()
