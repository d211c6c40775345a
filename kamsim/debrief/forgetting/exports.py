"""Exports without a person: her rows go, and in those of her teams her name is replaced."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from kamsim.debrief.dictionary import TABLES
from kamsim.debrief.exports.xapi import identified
from kamsim.debrief.forgetting.person import SOMEONE, Person, Unreadable
from kamsim.debrief.forgetting.workbook import rows_edited

IDS: Final = ("session", "participant.code", "participant_code")
"""Columns that name a session, in tables and in files of oTree's shape."""
PLAYERS: Final = ("player", "participant.label")
PRIVATE: Final = frozenset(column.name for table in TABLES for column in table.columns if column.private) | {
    "participant.label"
}
TEAMS: Final = "members"


@dataclass(frozen=True)
class Edited:
    """A file without her."""

    data: bytes
    sentence: str


class Rows:
    """Takes the rows of one table, the head first; counts what it changes."""

    def __init__(self, person: Person, head: Sequence[str]) -> None:
        self.person, self.head = person, list(head)
        self.dropped = self.masked = self.count = 0
        self._id = next((self.head.index(name) for name in IDS if name in self.head), None)
        self._player = next((self.head.index(name) for name in PLAYERS if name in self.head), None)
        self._private = [place for place, name in enumerate(self.head) if name in PRIVATE]

    @property
    def known(self) -> bool:
        """Whether the table is one of kamsim's."""
        return self._id is not None

    def edited(self, row: Sequence[Any]) -> list[Any] | None:
        """A row without her; None where it goes."""
        self.count += 1
        session, player = self._cell(row, self._id), self._cell(row, self._player)
        together = session in self.person.together
        if session in self.person.alone or (self.person.is_called(player) and not together):
            self.dropped += 1
            return None
        made = list(row)
        for place in self._private:
            if place < len(made) and isinstance(made[place], str):
                made[place] = self._without(self.head[place], made[place], together)
        self.masked += made != list(row)
        return made

    def _without(self, column: str, text: str, together: bool) -> str:
        if column == TEAMS:
            return "; ".join(SOMEONE if self.person.is_called(name) else name for name in text.split("; "))
        return (self.person.parts if together else self.person.whole).text(text)

    def _cell(self, row: Sequence[Any], place: int | None) -> Any:
        return row[place] if place is not None and place < len(row) else None

    def sentence(self, what: str = "rows") -> str | None:
        """What was changed, if anything was."""
        if not self.dropped and not self.masked:
            return None
        return f"{self.dropped} of {self.count} {what} are gone, {self.masked} have {SOMEONE} in her place"


def _csv(_path: Path, data: bytes, person: Person) -> Edited | None:
    try:
        head, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    except (ValueError, csv.Error):
        return None
    rows = Rows(person, head)
    if not rows.known:
        return None
    with io.StringIO(newline="") as made:
        writer = csv.writer(made, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(row for line in lines if (row := rows.edited(line)) is not None)
        said = rows.sentence()
        return None if said is None else Edited(made.getvalue().encode(), said)


def _statements(_path: Path, data: bytes, person: Person) -> Edited | None:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, list) or not all(isinstance(one, dict) and "actor" in one for one in told):
        return None
    kept, changed = [], 0
    for one in told:
        actor = one["actor"]
        if person.is_called(actor.get("account", {}).get("name")) and not actor.get("member"):
            continue
        kept.append(_without(one, person))
        changed += kept[-1] != one
    if len(kept) == len(told) and not changed:
        return None
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, allow_nan=False) for one in kept)
    said = f"{len(told) - len(kept)} of {len(told)} statements are gone, {changed} have {SOMEONE} in her place"
    return Edited(f"[\n{lines}\n]\n".encode(), said)


def _without(statement: dict[str, Any], person: Person) -> dict[str, Any]:
    """A team's statement without her; it says another thing, so it has another id."""
    actor = statement["actor"]
    if not any(person.is_called(one.get("account", {}).get("name")) for one in actor.get("member", ())):
        return statement
    named = person.parts.text(actor["name"])
    actor = {
        **actor,
        "name": named,
        "account": {**actor["account"], "name": named},
        "member": [one for one in actor["member"] if not person.is_called(one.get("account", {}).get("name"))],
    }
    return identified({**statement, "actor": actor}, statement["id"])


def _workbook(_path: Path, data: bytes, person: Person) -> Edited | None:
    tables: list[Rows] = []

    def begun(head: Sequence[str]) -> Rows | None:
        rows = Rows(person, head)
        tables.append(rows)
        return rows if rows.known else None

    made = rows_edited(data, begun)
    whole = Rows(person, ())
    for rows in tables:
        whole.count, whole.dropped = whole.count + rows.count, whole.dropped + rows.dropped
        whole.masked += rows.masked
    said = whole.sentence()
    return None if made is None or said is None else Edited(made, said)


def _parquet(path: Path, _data: bytes, person: Person) -> Edited | None:
    try:
        duckdb = import_module("duckdb")
    except ImportError:
        raise Unreadable("it needs duckdb, which is not installed: pip install 'kamsim[classroom]'") from None
    base = duckdb.connect(config={"threads": "2"})
    try:
        with TemporaryDirectory(prefix="kamsim-") as folder:
            new = Path(folder) / "new.parquet"
            said = _table_edited(base, path, person, new)
            return None if said is None else Edited(new.read_bytes(), said)
    except duckdb.Error as error:
        raise Unreadable(f"it cannot be read: {' '.join(str(error).split())[:200]}") from None
    finally:
        base.close()


def _table_edited(base: Any, path: Path, person: Person, new: Path) -> str | None:
    """Write a Parquet file anew, types and order as they are; what was changed, None for nothing."""
    base.execute("CREATE TEMP SEQUENCE places")
    base.execute("CREATE TEMP TABLE t AS SELECT nextval('places') AS _place, * FROM read_parquet(?)", [str(path)])
    head = [row[0] for row in base.execute("DESCRIBE t").fetchall()][1:]
    rows = Rows(person, head)
    if not rows.known:
        return None
    named = [name for name in head if name in PRIVATE or name in IDS or name in PLAYERS]
    listed = ", ".join(f'"{name}"' for name in named)
    rows = Rows(person, named)
    for place, *row in base.execute(f"SELECT _place, {listed} FROM t ORDER BY _place").fetchall():  # noqa: S608
        made = rows.edited(row)
        if made is None:
            base.execute("DELETE FROM t WHERE _place = ?", [place])
        elif made != row:
            values = ", ".join(f'"{name}" = ?' for name in named)
            base.execute(f"UPDATE t SET {values} WHERE _place = ?", [*made, place])  # noqa: S608
    said = rows.sentence()
    if said is not None:
        target = str(new).replace("'", "''")
        columns = ", ".join(f'"{name}"' for name in head)
        base.execute(
            f"COPY (SELECT {columns} FROM t ORDER BY _place) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608
        )
    return said


EDITORS: Final[dict[str, Callable[[Path, bytes, Person], Edited | None]]] = {
    ".csv": _csv,
    ".json": _statements,
    ".xlsx": _workbook,
    ".parquet": _parquet,
}
"""By the ending of a file: what makes it anew without her. None where she is not in it, or it is none of ours."""
