"""Sessions played to their end, page beside page: what no two of them may say differently."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Flags
from kamsim.engine.moves import MOVES, Outcome
from kamsim.game.parts import not_made
from kamsim.game.session import Session
from kamsim.look.faces import Face
from kamsim.players.filling import fill
from kamsim.players.policies import named_policy
from kamsim.players.selective import SeatBehind
from kamsim.terminal import closing
from kamsim.view.case import bringing
from kamsim.view.table import Table
from tests.view import across, figures, truths, windowed
from tests.view.rendered import AUDIENCES, Reader, pages
from tests.view.told import Fault, Pages

TRIES: Final = 14
"""Kinds of move that somebody at random tries in a quarter."""
CLOSER: Final = 2
"""In every so many quarters, and the last, what takes long is looked at, too: cases, and a table that sits down now."""
MOVED_ON: Final = ("opening", "steps", "case", "coach")
"""Pages that are another one to somebody who sits down now: what was read before, and cases that lie open."""
Play = Callable[[Table], None]
"""A quarter's moves, at the table, which stays the same one for the whole session."""


class TableSeat(SeatBehind):
    """A policy's chair whose moves are made at a table, as a face makes them, so that its pages hear of them."""

    def __init__(self, table: Table) -> None:
        super().__init__(table.session.seat)
        self._table = table

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """The move, at the table, unless ``where`` says no."""
        if where is not None and not np.asarray(where).all():
            return not_made(-1)
        return self._table.make(kind, args)[1]


def player(name: str, seed: int) -> Play:
    """Whoever plays: a shipped policy by its name, '' for moves of every kind by chance."""
    if name:
        policy = named_policy(name)
        return lambda table: policy.play(TableSeat(table))
    dice = random.Random(seed)
    return lambda table: any_quarter(table, dice)


def any_quarter(table: Table, dice: random.Random) -> None:
    """Moves of every kind by chance, our own side's too, now and then taken back; in the first quarter a guess."""
    session = table.session
    if session.quarter == 1:
        table.guess("breakeven", dice.randint(10, 90))
    for _ in range(TRIES):
        kind = dice.choice(list(MOVES))
        options = [option for option in session.legal(kind).options if option.refused[0] == 0]
        if options:
            args = fill(session.params, kind, dice.choice(options), lambda _, count: dice.randrange(count),
                        lambda _: np.array([dice.random()]))  # fmt: skip
            table.make(kind, args)
        if dice.random() < 0.15:
            table.undo()


def walk(
    session: Session,
    play: Play,
    *,
    cases: bool = True,
    scratch: Path | None = None,
    visited: Counter[str] | None = None,
) -> Iterator[Fault]:
    """Play a session to its end, and compare its pages before and after the moves of every quarter; in the last one
    those of the window, too, and at the end the debrief's. ``scratch``: where a copy of the log may lie for the window,
    None to leave the window out; ``cases``: business cases and their coach, too; ``visited`` counts the pages read."""
    seen = Counter[str]() if visited is None else visited
    reader, closes = Reader(session), [""]
    table = reader.table
    while not session.finished:
        text = {**pages(reader, cases=False), "close": closes[-1]}
        seen["pages of text"] += len(text)
        yield from truths.faults(table, text)
        play(table)
        last, closer = table.last_quarter, table.last_quarter or not table.quarter % CLOSER
        drafts = cases and closer
        text = pages(reader, cases=drafts)
        seen["pages of text"] += len(text)
        yield from truths.faults(table, text)
        if closer:
            beside = Reader(session)
            fresh = pages(beside, cases=cases and last)
            yield from stale(text, fresh)
            if scratch is not None and last:
                yield from _window(beside, scratch, fresh, seen, cases=cases)
        for name in table.accounts if drafts else ():
            for audience in AUDIENCES:
                if not bringing.barred(table.cast, session.seen, name, audience):
                    yield from truths.coached(table, name, audience)
        marks, told = truths.expected(table), len(session.events)
        closes.append(reader.page(closing.end_quarter))
        yield from truths.awarded(table, marks, session.events[told:])
    if scratch is not None:
        seen["debriefs"] += 1
        yield from across.end_faults(table, closes, windowed.end(session, scratch))


def stale(text: Pages, fresh: Pages) -> Iterator[Fault]:
    """What a table tells that stood there all the while is what one tells that sits down now; but for what lies open
    there."""
    for page, said in fresh.items():
        if page.split(" ")[0] not in MOVED_ON and text.get(page, said) != said:
            at = next(place for place, pair in enumerate(zip(text[page], said, strict=False)) if len(set(pair)) > 1)
            yield "stale", f"{page}: {text[page][max(0, at - 60) : at + 80]}, and {said[max(0, at - 60) : at + 80]}"


def _window(reader: Reader, scratch: Path, text: Pages, seen: Counter[str], *, cases: bool) -> Iterator[Fault]:
    """The pages of the window, and the portraits on them."""
    faces: list[tuple[str, Face]] = []
    window = windowed.pages(reader.table.session, scratch, cases=cases, faces=faces)
    seen["pages of the window"] += len(window)
    yield from figures.portraits(faces)
    yield from across.window_faults(reader.table, window, text)
