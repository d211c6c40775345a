"""Logs as a debrief reads them: from any mix of files, folders and globs, each used as far as it is sound.

    found = read_logs(["class/"])
    for log in found.logs: ...        # sound sessions, or the sound beginning of one
    for fault in found.faults: ...    # every file with something wrong, in one sentence

Nothing here is computed again; what a log says is taken as it stands once its chain, its form and its order are sound.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from kamsim.debrief.files import Fault, Scan, find, scan, unwrapped
from kamsim.debrief.reading import Happening, OddLineError, Reading
from kamsim.engine.params import businesses
from kamsim.errors import LogError, ScenarioError
from kamsim.game import records
from kamsim.game.chain import MOST_LINE
from kamsim.game.commands import Command
from kamsim.game.door import Door
from kamsim.game.events.declared import Event
from kamsim.game.events.ending import SessionFinished
from kamsim.game.log import LogFile
from kamsim.game.records import FORMAT, RULES, AnyLine, Books, Header, door_of, parse, validated
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import scenario_from_canonical

__all__ = ["Fault", "Found", "Happening", "PlayedLog", "each_log", "read_logs"]

MOST_VALUES: Final = 300_000
"""Values in one line, a hundred times the busiest; a header's scenario may hold more words, not more values."""
MOST_OF_ALL: Final = 3_000_000
"""Values in one log."""
_STATE: Final = re.compile(rb'"checkpoint":\{"digest":"[0-9a-f]{64}","state":')
_SCENARIO: Final = (b',"scenario":', b',"scenario_sha256":"')
"""What stands before and after the scenario in line 1."""
_HALF: Final = rb"\ud"


@dataclass(frozen=True, eq=False)
class PlayedLog:
    """A session as its log tells it, or as much of it as is sound."""

    path: Path
    session: str
    """An id of 17 letters, the first an s, that stays the same however far the session is played, and wherever its file
    lies."""
    secret: str
    """The whole of that id; nobody can compute it without the log."""
    header: Header
    scenario: Scenario
    """One object for all logs of the same scenario."""
    lines: tuple[AnyLine, ...]
    """The sound lines; their checkpoints are left empty."""
    events: tuple[Happening[Event], ...]
    """What happened and still stands, in order: what was taken back is left out."""
    moves: tuple[records.Moved, ...]
    """The lines of the moves that stand."""
    undone: frozenset[int]
    """Numbers of the moves that were taken back."""
    books: tuple[Books, ...]
    """The closed quarters' ledgers."""
    quarter: int
    """The quarter being played; after the end, one more than were planned."""
    score: SessionFinished | None
    """None where the session is not finished."""
    faults: tuple[Fault, ...]
    size: int
    last_hash: str

    @property
    def finished(self) -> bool:
        """Whether the last planned quarter is closed and scored."""
        return self.score is not None

    @property
    def commands(self) -> tuple[Command, ...]:
        """The moves that stand, as `kamsim.replay` numbers them."""
        return tuple(Command(line.n, line.quarter, line.move, dict(line.args)) for line in self.moves)

    @property
    def same_rules(self) -> bool:
        """Whether all of it was played under the rules of this kamsim, so that it can be played again."""
        resumed = [line.rules for line in self.lines if isinstance(line, records.Resumed) and line.restored]
        return not resumed and self.header.rules == RULES

    @property
    def log_file(self) -> LogFile:
        """The log for `kamsim.replay`, which needs no checkpoints."""
        return LogFile(self.path, self.size, 0, self.last_hash, self.lines)

    @property
    def name(self) -> str:
        """Who played: the player, or the team's members."""
        return self.header.player or ", ".join(self.header.members)


@dataclass(frozen=True)
class Found:
    """Sound logs in the order of their paths, and every fault that was found, those of used logs among them."""

    logs: tuple[PlayedLog, ...]
    faults: tuple[Fault, ...]

    @property
    def left_out(self) -> tuple[Path, ...]:
        """Files of which nothing is used."""
        return tuple(dict.fromkeys(fault.path for fault in self.faults if fault.used == "none"))


def read_logs(paths: str | Path | Iterable[str | Path]) -> Found:
    """Every session in some files, folders and globs. Whatever is in them, this raises nothing."""
    logs: list[PlayedLog] = []
    faults: list[Fault] = []
    for item in each_log(paths):
        if isinstance(item, Fault):
            faults.append(item)
        else:
            logs.append(item)
            faults.extend(item.faults)
    return Found(tuple(logs), tuple(faults))


def each_log(paths: str | Path | Iterable[str | Path]) -> Iterator[PlayedLog | Fault]:
    """The same one by one, so that a large cohort is never in memory at once: logs, which carry their own faults, and
    the faults of files that are not used."""
    scenarios = Scenarios()
    for item in outlines(paths):
        if isinstance(item, Fault):
            yield item
        else:
            yield from read_outline(item, scenarios)


def outlines(paths: str | Path | Iterable[str | Path]) -> Iterator[Outline | Fault]:
    """The files that hold at least the beginning of a session, each session once, and the faults of all others."""
    scans: list[Outline] = []
    for item in find([paths] if isinstance(paths, str | Path) else list(paths)):
        if isinstance(item, Fault):
            yield item
            continue
        found = scan(item)
        if found.sound >= 2:
            own = found.id or f"s{found.hashes[min(2, found.sound - 1)]}"
            scans.append(Outline(item, found.id or found.hashes[0], own, found.sound, tuple(found.faults)))
        else:
            yield from _unusable(found)
    doubles = dict(_doubles(scans))
    yield from (doubles.get(outline.path, outline) for outline in scans)


def _unusable(found: Scan) -> Iterator[Fault]:
    if found.faults:
        yield from (replace(fault, used="none") for fault in found.faults)
    else:
        yield Fault(found.path, "torn", "it ends before its first morning; no session can be taken from it", "none")


# --- the same session twice ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outline:
    """As much of a scan as is kept for a whole cohort."""

    path: Path
    first: str
    """Its id, or the hash of line 1: where two files share it, they may hold one session."""
    session: str
    sound: int
    faults: tuple[Fault, ...]


def _doubles(scans: list[Outline]) -> Iterator[tuple[Path, Fault]]:
    """Of the same session in several files, all but the longest that can be read; of equal ones, all but the first.

    Two sessions of earlier versions may share their first lines where two people began in the same second with the same
    name and luck; they are told apart by their first move. Later ones have an id.
    """
    groups: dict[str, list[Outline]] = {}
    for outline in scans:
        groups.setdefault(outline.first, []).append(outline)
    for group in groups.values():
        if len(group) < 2:
            continue
        kept: list[tuple[Outline, list[str]]] = []
        scenarios = Scenarios()
        for outline in sorted(group, key=lambda outline: -outline.sound):
            if not any(isinstance(item, PlayedLog) for item in read_outline(outline, scenarios)):
                continue  # it says itself what is the matter, and takes no other's place
            hashes = scan(outline.path).hashes
            for other, longer in kept:
                if fault := _double(outline, hashes, other, longer):
                    yield outline.path, fault
                    break
            else:
                kept.append((outline, hashes))


def _double(outline: Outline, hashes: list[str], other: Outline, longer: list[str]) -> Fault | None:
    """Why a file is the same session as another, if it is."""
    parted = None
    if hashes == longer[: len(hashes)]:
        same = "the same session as" if len(hashes) == len(longer) else "an earlier state of the session in"
        sentence = f"it is {same} {other.path}, which is used instead"
    elif outline.session != other.session and hashes[:3] != longer[:3]:
        return None
    elif hashes[0] != longer[0]:
        sentence = f"it has the id of the session in {other.path}, which is used instead"
    else:
        parted = next(n for n, (a, b) in enumerate(zip(hashes, longer, strict=False), 1) if a != b)
        sentence = (
            f"it is the session in {other.path} played on otherwise from line {parted}; the longer one is used instead"
        )
    return Fault(outline.path, "duplicate", sentence, "none", parted, other.path)


# --- reading one log ----------------------------------------------------------------------------------------


@dataclass
class Scenarios:
    """The scenarios of a cohort, each read once; the oldest are let go of, so that memory is bounded."""

    held: dict[str, tuple[dict[str, Any], Scenario, tuple[int, int, int]]] = field(default_factory=dict)

    def get(self, sha: str, text: bytes) -> tuple[dict[str, Any], Scenario, tuple[int, int, int]]:
        """Canonical data, scenario, and how many cells, accounts and lines its books have."""
        if hashlib.sha256(text).hexdigest() != sha:
            raise OddLineError("line 1 holds another scenario than the session was played with")
        if sha not in self.held:
            data = _plain(text, 1)
            try:
                scenario = scenario_from_canonical(data, played=True)
            except ScenarioError as error:
                first = str(error.findings[0]) if error.findings else ""
                raise OddLineError(f"the scenario in it cannot be read by this kamsim ({first[:160]})") from None
            shape = (len(businesses(scenario)), len(scenario.accounts), len(scenario.lines))
            while len(self.held) >= 16:
                del self.held[next(iter(self.held))]
            self.held[sha] = data, scenario, shape
        return self.held[sha]


def _plain(text: bytes, number: int) -> dict[str, Any]:
    """A JSON object through the same checks as a line of a log."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise OddLineError(f"line {number} is not JSON in UTF-8") from None
    if not isinstance(data, dict):
        raise OddLineError(f"line {number} holds no scenario")
    return data


def read_outline(outline: Outline, scenarios: Scenarios) -> Iterator[PlayedLog | Fault]:
    """The session in a file, or its faults where nothing of it can be used."""
    path, faults, last_hash = outline.path, list(outline.faults), ""
    lines: list[AnyLine] = []
    reading: Reading | None = None
    scenario: Scenario | None = None
    at: Door | None = None
    size, values, number = 0, 0, 0
    try:
        for number, (raw, own) in enumerate(_sound(path, outline.sound), start=1):
            values += _values(raw, number)
            if values > MOST_OF_ALL:
                raise OddLineError(f"it holds more than {MOST_OF_ALL:,} values up to line {number}")
            if number == 1:
                header, scenario, shape = _header(raw, scenarios)
                at = door_of(header)
                lines.append(header)
                reading = Reading(scenario, shape, header.quarters)
            else:
                assert reading is not None
                line = _line(raw, number, at)
                reading.follow(line, number)
                lines.append(line)
            size, last_hash = size + len(raw) + 1, own
    except (OSError, OddLineError) as error:
        odd = isinstance(error, OddLineError)  # a chain that holds around what kamsim never wrote: nothing is believed
        sentence = str(error) if odd else "it cannot be read to its end"
        part = len(lines) >= 2 and not odd
        rest = f"the {len(lines)} lines before it are used" if part else "nothing of it can be used"
        kind = "future" if "later kamsim" in sentence else "odd"
        faults = [fault for fault in faults if fault.kind == "line_endings"]
        faults.append(Fault(path, kind, f"{sentence}; {rest}", "part" if part else "none", number))
        lines = lines if part else []
    if len(lines) < 2 or reading is None or scenario is None:
        yield from (replace(fault, used="none") for fault in faults)
        return
    first = lines[0]
    assert isinstance(first, Header)
    faults += _notes(path, lines, reading)
    yield PlayedLog(
        path=path,
        session=outline.session[:17],
        secret=outline.session,
        header=first,
        scenario=scenario,
        lines=tuple(lines),
        events=tuple(reading.events),
        moves=tuple(reading.moves),
        undone=frozenset(reading.undone),
        books=tuple(reading.books),
        quarter=reading.quarter,
        score=reading.score,
        faults=tuple(faults),
        size=size,
        last_hash=last_hash,
    )


def _notes(path: Path, lines: list[AnyLine], reading: Reading) -> Iterator[Fault]:
    """What a debriefer should know of a sound log."""
    others = sorted(
        {line.rules for line in lines if isinstance(line, records.Header | records.Resumed) and line.rules != RULES}
    )
    if others:
        told = ", ".join(map(str, others))
        sentence = f"it was played under rules {told}, this kamsim has rules {RULES}: its figures stand as recorded"
        yield Fault(path, "rules", sentence, "all")
    if reading.score is None:
        closed = len(reading.books)
        count = f"{closed} of {reading.planned} quarters" if closed else "before the first quarter was closed"
        sentence = f"the session is not finished: it stops {'after ' if closed else ''}{count}; what was played is used"
        yield Fault(path, "unfinished", sentence, "all")


def _sound(path: Path, count: int) -> Iterator[tuple[bytes, str]]:
    """The lines that a scan found sound, each with its hash, once more checked."""
    previous = ""
    with path.open("rb") as file:
        for number in range(1, count + 1):
            body, own = unwrapped(file.readline(MOST_LINE + 1), number, previous)
            if own is None:
                raise OddLineError(f"line {number} changed while it was being read")
            previous = own
            yield body, own


def _values(raw: bytes, number: int) -> int:
    """About how many values a line holds, counted before they are made."""
    count = raw.count(b",") + raw.count(b"[") + raw.count(b"{")
    if count > MOST_VALUES:
        raise OddLineError(f"line {number} holds more values than any line of kamsim")
    return count


def _header(raw: bytes, scenarios: Scenarios) -> tuple[Header, Scenario, tuple[int, int, int]]:
    """Line 1. The scenario's part is read once for each scenario, not for each log."""
    start, end = raw.find(_SCENARIO[0]) + len(_SCENARIO[0]), raw.rfind(_SCENARIO[1])
    if not len(_SCENARIO[0]) <= start < end:
        line = _line(raw, 1)  # says why it is no header
        raise OddLineError(f"line 1 is a {line.kind!r} line, not the beginning of a log")
    line = _line(raw[:start] + b"{}" + raw[end:], 1)
    if not isinstance(line, Header):
        raise OddLineError("line 1 is not the beginning of a log")
    data, scenario, shape = scenarios.get(line.scenario_sha256, raw[start:end])
    return line.model_copy(update={"scenario": data}), scenario, shape


def _line(raw: bytes, number: int, at: Door | None = None) -> AnyLine:
    """A line, its checkpoint's state left out where it stands as kamsim writes it."""
    place = _STATE.search(raw, 0, 200)
    if place is not None:
        end = raw.find(b'}},"events":[', place.end())
        if end > 0:
            raw = raw[: place.end()] + b"{" + raw[end:]
    with suppress(ValueError, RecursionError, OverflowError, MemoryError):
        return _quick(raw, at)
    try:
        parse(raw, number, at)
    except LogError as error:
        raise OddLineError(str(error).removesuffix("; kamsim did not write it")) from None
    except (ValueError, RecursionError, OverflowError, MemoryError):
        pass
    raise OddLineError(f"line {number} does not have the form of a log's line")


def _quick(raw: bytes, at: Door | None) -> AnyLine:
    """A line in the form in which kamsim writes it. Raises ValueError for anything else."""
    data = _DECODER.decode(raw.decode())
    if not isinstance(data, dict) or (data.get("kind") == "header" and data.get("format") != FORMAT):
        raise ValueError
    data.pop("hash", None)
    if _HALF in raw.lower():  # half a character, which only a forged line can hold
        records.canonical_text(data).encode()
    return validated(data, at)


def _no_number(text: str) -> float:
    raise ValueError(text)


_DECODER: Final = json.JSONDecoder(parse_constant=_no_number)
