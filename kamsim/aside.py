"""Files written aside and moved into place: all of them or none.

    with Aside(folder) as aside:
        aside.new("players.csv").write_text(...)
        aside.publish()

Old files stand whole until every new one is whole on disk. Then the old ones are moved aside, and the new ones into
their places, so that a folder never holds files of both; a single file takes the place of the old one at once. Whatever
fails on the way is undone. A process that is killed in the middle leaves a hidden folder with what it needs to be
undone; whoever next writes there undoes it.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from kamsim.errors import KamsimError
from kamsim.owners import has_ended, me
from kamsim.signals import uninterrupted

PREFIX: Final = ".kamsim-"
"""Of folders in which files wait."""
JOURNAL: Final = "names"
"""Which files are being exchanged: there for as long as that takes."""


class Aside:
    """The new files of a folder, being written beside their places. Whatever cannot be written raises OSError, and then
    nothing in the folder was changed; KamsimError says what was, where that could not be undone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: list[str] = []
        self._gone: list[str] = []
        self._folders: list[Path] = []
        self._stuck = False

    def __enter__(self) -> Self:
        with uninterrupted():
            try:
                self._folders = missing(self.folder)
                self.folder.mkdir(parents=True, exist_ok=True)
                tidy(self.folder)
                self.work = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self.folder))
                (self.work / "owner").write_text(me(), encoding="utf-8")
                for name in ("new", "old"):
                    (self.work / name).mkdir()
            except BaseException:
                self._remove()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        with uninterrupted():
            self._remove()

    def _remove(self) -> None:
        """What waits goes, and folders that were made for nothing."""
        if hasattr(self, "work") and not self._stuck:
            shutil.rmtree(self.work, ignore_errors=True)
        drop(self._folders)

    def new(self, name: str) -> Path:
        """Where to write a file that will be called ``name``, a path within the folder."""
        self._made.append(name)
        path = self.work / "new" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def remove(self, name: str) -> None:
        """Let the file ``name`` be gone when the others are in place."""
        self._gone.append(name)

    def publish(self) -> tuple[Path, ...]:
        """Put every new file in its place; returns where they are."""
        for name in self._made:
            _sync(self.work / "new" / name)
        with uninterrupted():
            for name in (*self._made, *self._gone):
                _check(self.folder / name)
            if len(self._made) == 1 and not self._gone:
                (self.work / "new" / self._made[0]).replace(self.folder / self._made[0])
            else:
                self._exchange()
            with suppress(OSError):
                _sync(self.folder, os.O_RDONLY)
        return tuple(self.folder / name for name in self._made)

    def _exchange(self) -> None:
        journal = self.work / JOURNAL
        journal.write_text(json.dumps([self._made, self._gone]), encoding="utf-8")
        _sync(journal)
        try:
            for name in (*self._made, *self._gone):
                if (self.folder / name).exists():
                    _move(self.folder / name, self.work / "old" / name)
            for name in self._made:
                _move(self.work / "new" / name, self.folder / name)
        except OSError as error:
            if left := _undo(self.work, self.folder):
                self._stuck = True
                raise KamsimError(
                    f"{self.folder} could not be brought up to date ({error.strerror}), nor put back as it was: not "
                    f"in place are {', '.join(left)}; the files as they were lie in {self.work / 'old'}"
                ) from None
            raise
        journal.unlink()


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write the files of a folder, all of them or none; what is no file, such as a device or a pipe, is written to as
    it is."""
    named = {path: data for path, data in files.items() if not path.exists() or path.is_file() or path.is_dir()}
    by_folder: dict[Path, dict[str, bytes]] = {}
    for path, data in named.items():
        whole = path.resolve()
        by_folder.setdefault(whole.parent, {})[whole.name] = data
    for folder, group in by_folder.items():
        with Aside(folder) as aside:
            for name, data in group.items():
                aside.new(name).write_bytes(data)
            aside.publish()
    for path in files.keys() - named.keys():
        with path.open("wb") as file:
            file.write(files[path])


def missing(folder: Path) -> list[Path]:
    """Of a folder and those above it the ones that are not there, the deepest first."""
    return [one for one in (folder, *folder.parents) if not os.path.exists(one)]  # noqa: PTH110  # of any name


def drop(folders: list[Path]) -> None:
    """Take folders away that are empty."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def tidy(folder: Path) -> None:
    """Undo and clear away what processes left in a folder that were killed in the middle."""
    for work in folder.glob(f"{PREFIX}*"):
        if has_ended(work / "owner") and not _undo(work, folder):
            shutil.rmtree(work, ignore_errors=True)


def _undo(work: Path, folder: Path) -> list[str]:
    """Put old files back, and new ones away; returns the names of which that could not be done."""
    try:
        made, gone = json.loads((work / JOURNAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError):
        return [JOURNAL]
    left = []
    for name in filter(_within, (*made, *gone)):
        new, old, place = work / "new" / name, work / "old" / name, folder / name
        try:
            if old.exists():
                old.replace(place)
            elif name in made and not new.exists() and place.exists():
                _move(place, new)
        except OSError:
            left.append(name)
    return left


def _within(name: str) -> bool:
    """Whether a name stays in the folder: what lies about in one may come from a stranger."""
    return not Path(name).is_absolute() and ".." not in Path(name).parts


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)


def _check(place: Path) -> None:
    """See that a file may take this place. Raises OSError."""
    if not place.exists():
        return
    if not stat.S_ISREG(place.stat().st_mode):
        raise OSError(None, f"{place.name} is not a file", str(place))
    if not os.access(place, os.W_OK):
        raise PermissionError(None, f"{place.name} is read-only", str(place))


def _sync(path: Path, how: int = os.O_RDWR) -> None:
    """Have a file, or with O_RDONLY the names in a folder, on disk."""
    descriptor = os.open(path, how)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
