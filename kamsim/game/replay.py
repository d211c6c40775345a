"""A log played again: to verify it, and to see what would have happened otherwise, one lane for each "what if".

All lanes are one run of the engine. Lane 0 is the session as it was played; in every other lane some commands
are left out or changed, or some luck is replaced by its middle. What was undone never happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kamsim.engine.lanes import Flags, Lanes
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import STREAMS, Luck
from kamsim.engine.moves import Refusal, act
from kamsim.engine.params import Params, compile_params
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.world import World
from kamsim.errors import IllegalMove, LogChanged, LogError, ReplayMismatch
from kamsim.game import records
from kamsim.game.books import differences, ledger_data
from kamsim.game.commands import Command, plain_args
from kamsim.game.course import Course
from kamsim.game.events.closing import cents
from kamsim.game.follow import Follower, scenario_of, stretches
from kamsim.game.log import LogFile, read_log
from kamsim.game.records import RULES
from kamsim.players.scoring import Purses, purses_of
from kamsim.scenario.models import Scenario

Numbers = int | tuple[int, ...]
Change = tuple[int, Mapping[str, Any]]
MOST_LANES = 4096


@dataclass(frozen=True)
class Verdict:
    """Whether a log is what it says. ``sentence`` tells it; ``details`` name every difference found."""

    ok: bool
    sentence: str
    quarters: int = 0
    commands: int = 0
    details: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "ok": self.ok,
            "sentence": self.sentence,
            "quarters": self.quarters,
            "commands": self.commands,
            "details": list(self.details),
        }


@dataclass(frozen=True)
class Edit:
    """How one lane differs from what was played. The first lane's is empty."""

    label: str
    drop: frozenset[int] = frozenset()
    change: tuple[int, dict[str, Any]] | None = None
    neutral: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Replay:
    """A session played again in lanes: lane 0 as played, then one for each edit. Money in cents."""

    edits: tuple[Edit, ...]
    """How each lane differs from what was played."""
    accounts: tuple[str, ...]
    """Ids, in the order of the last axis."""
    nac: Lanes
    """(lane, quarter, account) account profit."""
    revenue: Lanes
    """(lane, quarter, account) pocket sales."""
    volume: Lanes
    """(lane, quarter, account) units valued at list price."""
    trust: Lanes
    """(lane, account) 0..1 at the end."""
    purses: Purses
    """What each lane was worth, (lane,)."""
    refused: tuple[tuple[tuple[int, Refusal], ...], ...]
    """By lane: (command number, why) of moves that could not be made there."""
    scenario: Scenario
    """The scenario that was played, from the log's header."""
    world: World
    """All lanes after the last closed quarter, for a debrief: it holds the truth."""
    ledgers: tuple[Ledger, ...]
    """The books of each closed quarter, in all lanes."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What each lane is, in words."""
        return tuple(edit.label for edit in self.edits)

    @property
    def quarters(self) -> int:
        """Closed quarters played again."""
        return int(self.nac.shape[1])

    @property
    def value(self) -> Lanes:
        """Both purses together by lane, cents."""
        return self.purses.value


def verify(path: Path | str) -> Verdict:
    """Check a log's chain, then play every command again and compare money to the cent and state within 1e-9.

    Raises LogError when there is no log to check, and ScenarioError.
    """
    try:
        found = read_log(path)
        scenario = scenario_of(found)
    except LogChanged as error:
        return Verdict(False, str(error))
    rules = stretches(found.lines)
    course = Course(scenario, found.header.seed, found.header.quarters)
    follower = Follower(course, lambda stretch: rules[stretch] == RULES)
    follower.follow(found)
    details = follower.mismatches + _score_differences(found, course)
    ok = not details
    notes = []
    if found.torn:
        notes.append(f"The last line is cut short ({found.torn} bytes); what it held was never shown.")
    others = sorted({rule for rule in rules if rule != RULES})
    if others:
        told = ", ".join(map(str, others))
        notes.append(f"Quarters played under rules {told} were not computed again: this kamsim has rules {RULES}.")
    quarters, commands = len(course.history), len(course.commands)
    size = f"{_counted(quarters, 'quarter')} and {_counted(commands, 'move')}"
    planned = course.quarters
    if others and not course.finished:
        notes.append(f"It stops after {_counted(quarters, 'quarter')} of {planned}.")
    if not ok:
        sentence = f"The log is unchanged, but {size} played again give other figures: {details[0]}."
    elif others:
        sentence = f"The log is unchanged: {size}, of which those under rules {RULES} give the same figures again."
    elif not course.finished:
        sentence = (
            f"The log is sound: {_counted(quarters, 'quarter')} of {planned}; it stops there"
            f"{', before the score' if quarters == planned else ''}. "
            f"Played again with {_counted(commands, 'move')}, it gives the same figures to the cent."
        )
    else:
        sentence = f"The log is sound: {size} played again give the same figures to the cent."
    return Verdict(ok, sentence, quarters, commands, (*details, *notes))


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _score_differences(found: LogFile, course: Course) -> list[str]:
    """The purses of the last line against the books (its score rests on bots, whose play is not part of the log)."""
    last, worth = found.lines[-1], course.purses
    if not isinstance(last, records.Finished) or worth is None:
        return []
    made = {"banked": cents(worth.banked[0]), "left": cents(worth.left[0]), "value": cents(worth.value[0])}
    return [
        f"the score: {name} is {getattr(last.score, name)} cents in the log and {value} replayed"
        for name, value in made.items()
        if getattr(last.score, name) != value
    ]


def replay(
    log: Path | str | LogFile,
    drop: int | Iterable[Numbers] = (),
    change: Change | Iterable[Change] = (),
    neutral: str | Iterable[str | tuple[str, ...]] = (),
) -> Replay:
    """Play a log again with one more lane for each edit, in this order: ``drop`` (a command's number, or several left
    out together), ``change`` (a number and new values of its arguments), ``neutral`` (a stream of luck, or several).

    Each takes a list, or a single edit as it is; what is to happen together in one lane stands in a tuple. Four lanes,
    the session as played, without move 3, without moves 4 and 5, and with move 1 changed::

        again = kamsim.replay(log, drop=[3, (4, 5)], change=(1, {"rhythm": "light"}))
        print(dict(zip(again.labels, again.value)))

    The `Replay` holds, lane by lane: ``labels`` (what was changed, in words), account profit ``nac``, ``revenue`` and
    ``volume`` by quarter and account, ``trust`` at the end, the ``purses`` and their ``value``, and the moves that were
    ``refused``. Commands are numbered as in ``course.commands``.

    Raises IllegalMove for a command, argument or stream that does not exist, ReplayMismatch when lane 0 is not what
    the log holds or the log was played under other rules, and LogError.
    """
    found = log if isinstance(log, LogFile) else read_log(log)
    if any(rule != RULES for rule in stretches(found.lines)) or len(stretches(found.lines)) > 1:
        raise ReplayMismatch(
            f"{found.path} was played in part under other rules than {RULES}; it cannot be played again"
        )
    scenario = scenario_of(found)
    params = compile_params(scenario)
    played, closed = standing(found.lines), [line for line in found.lines if isinstance(line, records.Closed)]
    if not closed:
        raise LogError(f"{found.path}: no quarter was closed yet, so there is nothing to play again")
    edits = _edits(params, played, drop, change, neutral)
    luck = Luck([found.header.seed] * len(edits))
    for lane, edit in enumerate(edits):
        if edit.neutral:
            luck = luck.neutral(edit.neutral, where=np.arange(len(edits)) == lane)
    world = first_quarter(scenario, params, luck)
    refused: list[list[tuple[int, Refusal]]] = [[] for _ in edits]
    ledgers = []
    for line in closed:
        for command in played:
            if command.quarter == line.quarter:
                for number, lane, reason in _make(world, params, luck, command, edits):
                    refused[lane].append((number, reason))
        if refused[0]:
            number, reason = refused[0][0]
            raise ReplayMismatch(f"{found.path}: move {number} is refused now ({reason.name.lower()})")
        ledger = close_quarter(world, params, luck)
        for difference in differences(line.ledger, ledger_data(ledger.take(np.array([0])))):
            raise ReplayMismatch(f"{found.path}: {difference}")
        ledgers.append(ledger)
    nac = np.array([ledger.contribution for ledger in ledgers])
    return Replay(
        edits=edits,
        accounts=params.accounts,
        nac=_by_lane(nac),
        revenue=_by_lane(np.array([ledger.sales for ledger in ledgers])),
        volume=_by_lane(np.array([ledger.line("list_sales") for ledger in ledgers])),
        trust=_by_lane(world.relations.trust),
        purses=purses_of(ledgers, world, params),
        refused=tuple(tuple(moves) for moves in refused),
        scenario=scenario,
        world=world,
        ledgers=tuple(ledgers),
    )


def _by_lane(values: Lanes) -> Lanes:
    return np.ascontiguousarray(np.moveaxis(values, -1, 0))


def standing(lines: Sequence[records.AnyLine]) -> tuple[Command, ...]:
    """The moves of a log that stand: what was taken back is left out."""
    gone: set[int] = set()
    for line in lines:
        if isinstance(line, records.Undone | records.Reset | records.Resumed):
            gone.update(line.takes_back)
    moves = (line for line in lines if isinstance(line, records.Moved) and line.n not in gone)
    return tuple(Command(line.n, line.quarter, line.move, dict(line.args)) for line in moves)


def _edits(
    params: Params,
    played: Sequence[Command],
    drop: int | Iterable[Numbers],
    change: Change | Iterable[Change],
    neutral: str | Iterable[str | tuple[str, ...]],
) -> tuple[Edit, ...]:
    by_number = {command.number: command for command in played}

    def command(number: Any) -> Command:
        if isinstance(number, bool) or not isinstance(number, int | np.integer):
            raise IllegalMove(f"a move is named by its number in the log, not by {number!r}")
        if number not in by_number:
            raise IllegalMove(f"the log has no move {number} that stands")
        return by_number[int(number)]

    edits = [Edit("as played")]
    for item in _listed("drop", drop, isinstance(drop, int | np.integer)):
        numbers = tuple(command(number).number for number in (item if isinstance(item, tuple | list) else (item,)))
        names = ", ".join(f"{number} ({command(number).move.replace('_', ' ')})" for number in numbers)
        edits.append(Edit(f"without move{'s' if len(numbers) > 1 else ''} {names}", drop=frozenset(numbers)))
    for pair in _listed("change", change, _is_change(change)):
        if not _is_change(pair):
            raise IllegalMove(
                f"a change is a move's number and new values, such as (1, {{'rhythm': 'light'}}), not {pair!r}"
            )
        number, values = pair
        old = command(number)
        args = plain_args(params, old.move, {**old.args, **values})
        what = ", ".join(f"{name} {value}" for name, value in values.items())
        edits.append(Edit(f"move {number} ({old.move.replace('_', ' ')}) with {what}", change=(old.number, args)))
    for streams in _listed("neutral", neutral, isinstance(neutral, str)):
        names_ = tuple(streams) if isinstance(streams, tuple | list) else (streams,)
        for name in names_:
            if name not in STREAMS:
                raise IllegalMove(f"there is no stream of luck {name!r}; known are {', '.join(STREAMS)}")
        edits.append(Edit(f"with middling luck in {', '.join(names_)}", neutral=names_))
    if len(edits) > MOST_LANES:
        raise IllegalMove(f"a replay has at most {MOST_LANES} lanes, not {len(edits)}")
    return tuple(edits)


def _listed(name: str, given: Any, single: bool) -> Iterable[Any]:
    """The edits given, or the only one."""
    if single:
        return (given,)
    if not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping):
        raise IllegalMove(f"{name} takes one edit or a list of them, not {given!r}")
    return given


def _is_change(given: Any) -> bool:
    """Whether this is one change: a move's number, and new values by name."""
    return (
        isinstance(given, tuple | list)
        and len(given) == 2
        and isinstance(given[1], Mapping)
        and all(isinstance(name, str) for name in given[1])
    )


def _make(
    world: World,
    params: Params,
    luck: Luck,
    command: Command,
    edits: Sequence[Edit],
) -> Iterator[tuple[int, int, Refusal]]:
    """One command in the lanes that keep it, and, changed, in the lanes that change it; tells where it was refused."""
    changed = [lane for lane, edit in enumerate(edits) if edit.change is not None and edit.change[0] == command.number]
    kept = np.array([command.number not in edit.drop for edit in edits])
    kept[changed] = False
    ways: list[tuple[dict[str, Any], Flags]] = [(command.args, kept)]
    for lane in changed:
        change = edits[lane].change
        assert change is not None
        ways.append((change[1], np.arange(len(edits)) == lane))
    for args, where in ways:
        if not where.any():
            continue
        outcome = act(world, params, luck, command.move, args, where)
        for lane in np.flatnonzero(outcome.refused > 0).tolist():
            yield command.number, lane, Refusal(int(outcome.refused[lane]))
