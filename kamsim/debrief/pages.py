"""From files to a page: one player's, or a class's. The only part of the debrief page that reads and writes files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamsim.aside import write_whole
from kamsim.debrief.attribution import WhatIf, terms_from, what_if
from kamsim.debrief.class_report import class_page
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import read_logs
from kamsim.debrief.record import Play, read_play
from kamsim.debrief.report import player_page
from kamsim.errors import IllegalMove, KamsimError, LogError, LogUnwritable


@dataclass(frozen=True)
class Made:
    """A page that was written: where, for how many sessions, and what was the matter with which files."""

    path: Path
    sessions: int
    faults: tuple[Fault, ...]


def write_debrief(
    paths: Iterable[str | Path],
    out: Path,
    *,
    changes: Sequence[tuple[int, str]] = (),
    projector: bool = False,
    as_class: bool = False,
) -> Made:
    """Read logs (files, folders, globs) and write their page: one player's, or with several a class's.

    ``changes``: (number of a move, "field=value,field=value") to play again, for a single log. Raises KamsimError where
    there is nothing to debrief or a change cannot be, and LogUnwritable.
    """
    found = read_logs(list(paths))
    plays: list[Play] = []
    notes = [_note(fault) for fault in found.faults]
    for played in found.logs:
        try:
            plays.append(read_play(played.log_file))
        except LogError as error:
            notes.append(f"{played.path.name}: {error}")
    if not plays:
        faults = "".join(f"\n{fault}" for fault in found.faults[:5])
        raise KamsimError(f"no session was found, so nothing was written{faults}")
    if any(_same_file(out, played.path) for played in found.logs) or out.suffix == ".jsonl":
        raise KamsimError(f"{out} is a log's name; choose another, such as debrief.html")
    if changes and len(plays) > 1:
        raise IllegalMove("a change is tried on one session; give one log")
    if len(plays) == 1 and not projector and not as_class:
        html = player_page(plays[0], notes=notes, what_ifs=[_tried(plays[0], *change) for change in changes])
    else:
        html = class_page(plays, notes=notes, projector=projector)
    _write(out, html)
    return Made(out, len(plays), found.faults)


def write_own_page(log: Path) -> Path:
    """The page of one session beside its log, for the last screen. Raises KamsimError."""
    out = log.with_name(f"{log.stem}-debrief.html")
    _write(out, player_page(read_play(log)))
    return out


def _tried(play: Play, number: int, words: str) -> WhatIf:
    return what_if(play.log, number, terms_from(words.split(",")))


def _note(fault: Fault) -> str:
    """A fault without the folders of this machine."""
    return f"{fault.path.name}: {fault.sentence}".replace(str(fault.path), fault.path.name)


def _same_file(one: Path, two: Path) -> bool:
    try:
        return one.resolve() == two.resolve()
    except OSError:
        return False


def _write(out: Path, html: str) -> None:
    try:
        write_whole(out, html.encode("utf-8", "replace"))
    except OSError as error:
        raise LogUnwritable(f"{out} cannot be written ({error.strerror}); nothing was changed") from error
