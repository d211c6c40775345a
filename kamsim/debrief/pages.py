"""From files to pages: one player's, a class's, the slides of a lesson with what belongs to them, a what-if. The only
part of the debrief's pages that reads and writes files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kamsim.aside import write_whole
from kamsim.debrief.attribution import terms_from, worths_of
from kamsim.debrief.class_report import class_page
from kamsim.debrief.classroom import entries_of
from kamsim.debrief.drills import class_page as drill_class
from kamsim.debrief.drills import page as drill_page
from kamsim.debrief.drills.reading import apart, trainees
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import read_logs
from kamsim.debrief.front import Front, front_of
from kamsim.debrief.handouts import handouts_page
from kamsim.debrief.lesson.choosing import slides_of
from kamsim.debrief.lesson.deck import deck_page, presenter_page
from kamsim.debrief.lesson.slide import group_of
from kamsim.debrief.otherwise import otherwise
from kamsim.debrief.record import Play, read_play
from kamsim.debrief.report import player_page
from kamsim.debrief.what_if_page import what_if_page
from kamsim.errors import IllegalMove, KamsimError, LogError, LogUnwritable


@dataclass(frozen=True)
class Made:
    """Pages that were written: where (the one that was asked for first), for how many sessions, and what was the matter
    with which files."""

    paths: tuple[Path, ...]
    sessions: int
    faults: tuple[Fault, ...]
    drills: int = 0
    """Situations of drills that are debriefed."""


@dataclass(frozen=True)
class _Found:
    """Sessions to debrief, and what a debriefer should know of the files."""

    plays: list[Play]
    notes: list[str]
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

    ``changes``: (number of a move, "field=value,field=value") to play again, for a single log; the page is then about
    them. Raises KamsimError where there is nothing to debrief or a change cannot be, and LogUnwritable.
    """
    drills, rest = apart(paths)
    if drills:
        return _with_drills(drills, rest, out, changes, projector=projector, as_class=as_class)
    found = _read(rest, [out])
    plays, notes = found.plays, found.notes
    if changes and len(plays) > 1:
        raise IllegalMove("a change is tried on one session; give one log")
    if changes:
        tried = [otherwise(plays[0], number, terms_from(words.split(","))) for number, words in changes]
        html = what_if_page(plays[0], tried, notes=notes)
    elif len(plays) == 1 and not projector and not as_class:
        html = player_page(plays[0], notes=notes)
    else:
        html = class_page(plays, notes=notes, projector=projector)
    return _written(found, {out: html})


def _with_drills(
    drills: Sequence[Path],
    rest: Sequence[str | Path],
    out: Path,
    changes: Sequence[tuple[int, str]],
    *,
    projector: bool,
    as_class: bool,
) -> Made:
    """Pages of drills: the one that was asked for, or, where there are sessions too, beside theirs; of a class with a
    handout for everybody."""
    if changes:
        raise IllegalMove("a change is tried on one session; give one log")
    if out.suffix == ".jsonl":
        raise KamsimError(f"{out} is a log's name; choose another, such as debrief.html")
    played = write_debrief(rest, out, projector=projector, as_class=as_class) if rest else None
    people, faults = trainees(drills)
    if not people:
        if played is not None:
            return replace(played, faults=(*played.faults, *faults))
        told = "".join(f"\n{fault}" for fault in faults[:5])
        raise KamsimError(f"no situation was answered in any drill, so nothing was written{told}")
    notes = [_note(fault) for fault in faults]
    page = out if played is None else out.with_name(f"{out.stem}-drills.html")
    if len(people) == 1 and not projector and not as_class:
        pages = {page: drill_page.player_page(people[0], notes=notes)}
    else:
        pages = {page: drill_class.class_page(people, notes=notes, projector=projector)}
        if not projector:
            pages[page.with_name(f"{page.stem}-handouts.html")] = drill_class.handouts_page(people)
    _write(pages)
    count = sum(len(one.answered) for one in people)
    if played is None:
        return Made(tuple(pages), 0, tuple(faults), count)
    return Made((*played.paths, *pages), played.sessions, (*played.faults, *faults), count)


def write_lesson(paths: Iterable[str | Path], out: Path, *, named: bool = False) -> Made:
    """Read logs and write the slides of a lesson, and beside them the presenter's sheet and the handouts.

    ``named``: whether slides may tell names. Raises KamsimError where there is nothing to debrief, and LogUnwritable.
    """
    sheet, handouts = beside(out)
    found = _read(apart(paths)[1], [out, sheet, handouts])
    entries = entries_of(found.plays)
    if not entries:
        raise KamsimError("no quarter was closed in any session, so there is nothing to show yet")
    group = group_of(entries, named=named)
    other = len(found.plays) - group.size
    if other:
        sessions = "1 session is" if other == 1 else f"{other} sessions are"
        found.notes.append(f"{sessions} not on the slides: another scenario, other rules, or no quarter closed.")
    slides = slides_of(group)
    return _written(found, {
        out: deck_page(group, slides),
        sheet: presenter_page(group, slides, found.notes),
        handouts: handouts_page(entries),
    })  # fmt: skip


def beside(out: Path) -> tuple[Path, Path]:
    """Where the presenter's sheet and the handouts go: beside the slides."""
    return out.with_name(f"{out.stem}-presenter.html"), out.with_name(f"{out.stem}-handouts.html")


def _read(paths: Iterable[str | Path], outs: Sequence[Path]) -> _Found:
    """The sessions of some files. Raises KamsimError where there is none, or where a page would overwrite a log."""
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
    for out in outs:
        if any(_same_file(out, played.path) for played in found.logs) or out.suffix == ".jsonl":
            raise KamsimError(f"{out} is a log's name; choose another, such as debrief.html")
    return _Found(plays, notes, found.faults)


def _written(found: _Found, pages: dict[Path, str]) -> Made:
    _write(pages)
    return Made(tuple(pages), len(found.plays), found.faults)


def write_own_page(log: Path) -> Path:
    """The page of one session beside its log, for the last screen. Raises KamsimError."""
    out = log.with_name(f"{log.stem}-debrief.html")
    _write({out: player_page(read_play(log))})
    return out


def own_front(log: Path) -> Front:
    """What the first page of one session says, for the last screen. Raises KamsimError."""
    play = read_play(log)
    return front_of(play, worths_of(play, shares=False) if play.replayable else None)


def _note(fault: Fault) -> str:
    """A fault without the folders of this machine."""
    return f"{fault.path.name}: {fault.sentence}".replace(str(fault.path), fault.path.name)


def _same_file(one: Path, two: Path) -> bool:
    try:
        return one.resolve() == two.resolve()
    except OSError:
        return False


def _write(pages: Mapping[Path, str]) -> None:
    try:
        write_whole({path: html.encode("utf-8", "replace") for path, html in pages.items()})
    except OSError as error:
        told = ", ".join(map(str, pages))
        raise LogUnwritable(f"{told} cannot be written ({error.strerror}); nothing was changed") from error
