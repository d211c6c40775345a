"""What each thread was worth: left out on the same luck, and as an order-fair share; what caused a cost line; what if.

A thread left out takes with it every later move that leaned on a fact which only it had brought; a move that the
engine then refuses (a door that was never opened, a promise that was never made) falls away too. Both are named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kamsim.debrief.record import YEAR, Play, read_play
from kamsim.debrief.shares import Shares, shapley
from kamsim.debrief.threads import Lean, Thread, leans_of, threads_of
from kamsim.engine.luck import STREAMS
from kamsim.engine.moves import Refusal
from kamsim.errors import IllegalMove, ReplayMismatch
from kamsim.game.course import Course
from kamsim.game.follow import Follower
from kamsim.game.log import LogFile, read_log
from kamsim.game.records import Moved
from kamsim.game.replay import Replay, replay
from kamsim.view.menu.catalogue import refusal
from kamsim.view.words.names import Cast
from kamsim.view.words.numbers import parse_number

LANES: Final = 480
"""Coalitions worked out for the shares."""
PAIRED: Final = 6
"""Threads whose pairs are tried for what they do together."""
LINEAGE: Final = ("on_invoice", "off_invoice", "order_desk", "logistics", "returns", "support", "team", "projects",
                  "credits")  # fmt: skip
"""Discount and cost-to-serve lines whose origin is traced."""


@dataclass(frozen=True)
class Worth:
    """One thread's worth. Cents; ``alone``: both purses as played less both without it, None for a thread that only
    revealed; ``profit``: the same in account profit of the years played; ``share``: order-fair, with its standard
    ``error``; ``took``: later moves that went with it because they leaned on its facts (or, in ``refused``, could not
    be made without it)."""

    thread: Thread
    alone: int | None
    profit: int | None
    share: int | None
    error: float | None
    took: tuple[int, ...]
    refused: tuple[int, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Together:
    """What two threads do together beyond what each does: cents."""

    first: str
    second: str
    extra: int


@dataclass(frozen=True)
class Origin:
    """A line of the last year's books and the threads that moved it, cents (costs and discounts are negative)."""

    account: str
    line: str
    amount: int
    causes: tuple[tuple[str, int], ...]
    """(key of the thread, cents by which it moved the line), the largest first."""
    rest: int
    """What stood there without any of the player's threads."""


@dataclass(frozen=True)
class Attribution:
    """Everything that a session's decisions were worth, as data."""

    worths: tuple[Worth, ...]
    played: int
    """Both purses as played, cents."""
    nobody: int
    """Both purses on the same luck with no move at all."""
    middling: int
    """Both purses with the same moves, as far as they could be made, and every luck replaced by its middle."""
    together: tuple[Together, ...]
    origins: tuple[Origin, ...]
    orders: int
    """Orders of joining behind the shares; 0 where none were asked for."""

    def worth(self, key: str) -> Worth:
        """A thread's worth by its key. Raises KeyError."""
        for worth in self.worths:
            if worth.thread.key == key:
                return worth
        raise KeyError(key)


def attribute(log: Path | str | LogFile, *, shares: bool = True, lanes: int = LANES) -> Attribution:
    """What each thread of a session was worth, on the session's own luck.

    ``shares``: also the order-fair shares and what pairs of threads do together, from about ``lanes`` coalitions.
    Raises ReplayMismatch for a log of other rules, LogError, and ScenarioError.
    """
    return attribute_play(read_play(log), shares=shares, lanes=lanes)


def attribute_play(play: Play, *, shares: bool = True, lanes: int = LANES) -> Attribution:
    """The same for a session already read."""
    if not play.replayable:
        raise ReplayMismatch(
            "no quarter is closed yet" if not play.quarters else "the session was played under other rules"
        )
    threads = threads_of(play)
    masks = Masks(play, threads)
    count = len(threads)
    alone = ~np.eye(count, dtype=bool)
    coalitions = np.vstack([np.ones((1, count), dtype=bool), np.zeros((1, count), dtype=bool), alone])
    run, kept = masks.run(coalitions, neutral=True)
    value = np.rint(run.value).astype(np.int64)
    profit = np.rint(run.nac.sum(axis=(1, 2))).astype(np.int64)
    players = [row for row, thread in enumerate(threads) if not thread.reveals]
    pairs = _pairs(players, value) if shares else []
    part, both = _shares(masks, players, pairs, lanes) if shares and players else (None, None)
    place = {row: at for at, row in enumerate(players)}
    worths = []
    for row, thread in enumerate(threads):
        lane = row + 2
        took = masks.taken(kept[lane], alone[row])
        refused = tuple(number for number, _ in run.refused[lane])
        silent = thread.reveals
        worths.append(
            Worth(
                thread,
                None if silent else int(value[0] - value[lane]),
                None if silent else int(profit[0] - profit[lane]),
                int(part.share[place[row]]) if part and not silent else None,
                float(part.error[place[row]]) if part and not silent else None,
                took,
                refused,
                masks.facts_behind(took, thread.numbers),
            )
        )
    together = _together(value, both, pairs, threads) if both is not None else ()
    return Attribution(
        tuple(worths),
        int(value[0]),
        int(value[1]),
        int(value[-1]),
        together,
        _origins(run, threads),
        part.orders if part else 0,
    )


def worths_of(play: Play, *, shares: bool = True) -> Attribution | None:
    """The same, or None where the session cannot be played again: other rules, or figures that this kamsim does not
    give. A page then goes without."""
    try:
        return attribute_play(play, shares=shares)
    except (ReplayMismatch, IllegalMove):
        return None


class Masks:
    """Which moves remain when only some threads do."""

    def __init__(self, play: Play, threads: Sequence[Thread]) -> None:
        self.play = play
        self.threads = threads
        self.numbers = [command.number for command in play.commands]
        self._row = {number: row for row, number in enumerate(self.numbers)}
        self._thread = np.zeros(len(self.numbers), dtype=np.intp)
        for place, thread in enumerate(threads):
            self._thread[[self._row[number] for number in thread.numbers]] = place
        self.leans: dict[int, tuple[Lean, ...]] = leans_of(play)

    def kept(self, coalitions: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(coalition, move): what is left of the moves, those that leaned on a fact which is gone left out too."""
        kept: NDArray[np.bool_] = coalitions[:, self._thread].copy()
        for row, number in enumerate(self.numbers):
            for lean in self.leans.get(number, ()):
                kept[:, row] &= kept[:, [self._row[source] for source in lean.sources]].any(axis=1)
        return kept

    def taken(self, kept: NDArray[np.bool_], coalition: NDArray[np.bool_]) -> tuple[int, ...]:
        """Moves of threads that stayed which are gone all the same."""
        gone = coalition[self._thread] & ~kept
        return tuple(self.numbers[row] for row in np.flatnonzero(gone))

    def facts_behind(self, took: Sequence[int], numbers: Sequence[int]) -> tuple[str, ...]:
        """The facts that moves ``took`` had from the moves ``numbers``, or from one another."""
        behind = {*took, *numbers}
        names = [
            fact
            for number in took
            for lean in self.leans.get(number, ())
            if set(lean.sources) <= behind
            for fact in lean.facts
        ]
        return tuple(dict.fromkeys(names))

    def run(self, coalitions: NDArray[np.bool_], *, neutral: bool = False) -> tuple[Replay, NDArray[np.bool_]]:
        """Each coalition played, in one run; with ``neutral`` one lane more, all moves on middling luck."""
        kept = self.kept(coalitions)
        numbers = np.array(self.numbers, dtype=np.intp)
        drops = [tuple(int(number) for number in numbers[~row]) for row in kept]
        first = bool(kept[0].all())
        streams: list[str | tuple[str, ...]] = [tuple(STREAMS)] if neutral else []
        # lane 0 is the session as played; where the first coalition is all of it, it is that lane
        run = replay(self.play.log, drop=[*drops[1:]] if first else drops, neutral=streams)
        return run, kept


def _pairs(players: Sequence[int], value: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Pairs among the threads whose absence changes most."""
    moved = sorted(players, key=lambda row: -abs(int(value[0] - value[row + 2])))
    return list(combinations(sorted(moved[:PAIRED]), 2))


def _shares(
    masks: Masks, players: Sequence[int], pairs: Sequence[tuple[int, int]], lanes: int
) -> tuple[Shares, NDArray[np.int64]]:
    """Shares of the threads that can have one, and the value without each pair. What only reveals comes with whichever
    of them is there first, so that its hours are shared by all and the shares add up to what all decisions changed.

    All in one run, because a run costs much the same with one lane as with a hundred.
    """
    count = len(masks.threads)
    first = np.ones((len(pairs) + 1, count), dtype=bool)
    for lane, pair in enumerate(pairs, start=1):
        first[lane, list(pair)] = False
    without = np.zeros(len(pairs), dtype=np.int64)

    def worth(coalitions: NDArray[np.bool_]) -> NDArray[np.float64]:
        somebody = np.asarray(coalitions.any(axis=1))
        every = np.repeat(somebody[:, None], count, axis=1)
        every[:, players] = coalitions
        run, _ = masks.run(np.vstack([first, every]))
        without[:] = np.rint(run.value[1 : len(first)]).astype(np.int64)
        figures: NDArray[np.float64] = run.value[len(first) :]
        return figures

    return shapley(worth, len(players), lanes), without


def _together(
    value: NDArray[np.int64], both: NDArray[np.int64], pairs: Sequence[tuple[int, int]], threads: Sequence[Thread]
) -> tuple[Together, ...]:
    """What each pair does together: above zero they need each other, below it either could stand in for the other."""
    made = []
    for (one, two), without in zip(pairs, both.tolist(), strict=True):
        alone = int(value[0] - value[one + 2]) + int(value[0] - value[two + 2])
        made.append(Together(threads[one].key, threads[two].key, alone - int(value[0] - without)))
    return tuple(sorted(made, key=lambda pair: -abs(pair.extra)))


def _origins(run: Replay, threads: Sequence[Thread]) -> tuple[Origin, ...]:
    """Where the discount and cost lines of the last year come from."""
    last = run.ledgers[-YEAR:]
    names = last[0].names
    made = []
    for row, account in enumerate(run.accounts):
        for line in LINEAGE:
            if line not in names:
                continue
            at = names.index(line)
            amount = sum(np.rint(ledger.accounts[at, row]).astype(np.int64) for ledger in last)
            moved = [(threads[place].key, int(amount[0] - amount[place + 2])) for place in range(len(threads))]
            causes = sorted((item for item in moved if item[1]), key=lambda item: -abs(item[1]))
            made.append(Origin(account, line, int(amount[0]), tuple(causes[:5]), int(amount[1])))
    return tuple(made)


_BEGINS_A_NUMBER: Final = re.compile(r"[+\-\u2212]?\s*[\u20ac$\u00a3]?\s*[.,]?[0-9]")


@dataclass(frozen=True)
class WhatIf:
    """A past move with one term changed. ``lines``: (ledger line or result, as played, changed), cents, over all closed
    quarters and accounts; the lines before "account profit" sum to it exactly."""

    label: str
    number: int
    lines: tuple[tuple[str, int, int], ...]
    value: tuple[int, int]
    """Both purses."""
    refused: tuple[tuple[int, str], ...]
    """Moves that could then not be made, and why."""


def what_if(log: Path | str | LogFile, number: int, values: Mapping[str, Any]) -> WhatIf:
    """Play a session again with other values for a move's terms. Raises IllegalMove, also where the rules refuse the
    changed move, with their reason; ReplayMismatch and LogError."""
    found = log if isinstance(log, LogFile) else read_log(log)
    run = replay(found, change=[(number, dict(values))])
    if reason := dict(run.refused[1]).get(number):
        raise IllegalMove(
            f"{run.labels[1]} was not possible, so nothing else is shown: {_why(found, number, run, reason)}"
        )
    names = run.ledgers[0].names
    lines = []
    for at, name in enumerate(names):
        old, new = (int(sum(np.rint(ledger.accounts[at, :, lane]).sum() for ledger in run.ledgers)) for lane in (0, 1))
        lines.append((name, old, new))
    lines.append(("account profit", sum(line[1] for line in lines), sum(line[2] for line in lines)))
    value = tuple(round(float(cents)) for cents in run.value)
    refused = tuple((move, reason.name.lower().replace("_", " ")) for move, reason in run.refused[1])
    return WhatIf(run.labels[1], number, tuple(lines), (value[0], value[1]), refused)


def _why(found: LogFile, number: int, run: Replay, reason: Refusal) -> str:
    """Why the changed move was refused, in the words in which a player is told, from what was seen when it was made."""
    place, made = next(
        (row, line) for row, line in enumerate(found.lines) if isinstance(line, Moved) and line.n == number
    )
    course = Course(run.scenario, found.header.seed, found.header.quarters)
    Follower(course, lambda _: True).follow(replace(found, lines=found.lines[:place]))
    change = run.edits[1].change
    assert change is not None
    return refusal(Cast(run.scenario, seed=found.header.words), course.seen, made.move, change[1], reason)


def terms_from(words: Sequence[str]) -> dict[str, Any]:
    """Values from words such as ``discount=0.12``: numbers where they read as such. Raises IllegalMove, also for a
    number that could be two."""
    terms: list[str] = []
    for word in words:
        if terms and "=" not in word and word.strip().rstrip("%\u20ac ").isdecimal():
            terms[-1] += f",{word}"  # 0,12 was cut in two where terms are
        else:
            terms.append(word)
    made: dict[str, Any] = {}
    for term in terms:
        name, sign, text = (part.strip() for part in term.partition("="))
        if not sign or not name or not text:
            raise IllegalMove(f"a change is written field=value, such as discount=0.12, not {term[:40]!r}")
        made[name] = _value(name, text)
    return made


def _value(name: str, text: str) -> Any:
    """What was typed for a term: a number as every prompt reads it, or a word."""
    if not _BEGINS_A_NUMBER.match(text):
        return text
    number = parse_number(text)
    if number is None:
        raise IllegalMove(f"{name}={text[:40]} can be read in two ways, or in none; write it plain, as 300000 or 0.12")
    if "%" in text:
        number /= 100.0
    return int(number) if number.is_integer() else number
