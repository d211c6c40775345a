"""Sessions played to their end, page beside page: what no two of them may say differently."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from kamsim.engine.moves import MOVES
from kamsim.game.session import Session
from kamsim.players.filling import fill
from kamsim.terminal import closing
from kamsim.view.case import bringing
from tests.view import across, truths, windowed
from tests.view.rendered import AUDIENCES, Reader, pages
from tests.view.told import Fault

TRIES = 14
"""Kinds of move that somebody at random tries in a quarter."""


def any_quarter(session: Session, dice: random.Random) -> None:
    """Moves of every kind by chance, our own side's too, now and then taken back; in the first quarter guesses."""
    if session.quarter == 1:
        session.guess("breakeven", dice.randint(10, 90))
    for _ in range(TRIES):
        kind = dice.choice(list(MOVES))
        options = [option for option in session.legal(kind).options if option.refused[0] == 0]
        if options:
            args = fill(session.params, kind, dice.choice(options), lambda _, count: dice.randrange(count),
                        lambda _: np.array([dice.random()]))  # fmt: skip
            session.make(kind, args)
        if dice.random() < 0.15:
            session.undo()


def walk(
    session: Session,
    play: Callable[[Session], None],
    *,
    cases: bool = True,
    scratch: Path | None = None,
    visited: Counter[str] | None = None,
) -> Iterator[Fault]:
    """Play a session to its end, and compare its pages before and after the moves of every quarter; in the last one
    those of the window, too, and at the end the debrief's. ``scratch``: where a copy of the log may lie for the window,
    None to leave the window out; ``visited`` counts the pages that were read."""
    close, seen = "", Counter[str]() if visited is None else visited
    while not session.finished:
        reader = Reader(session)
        text = {**pages(reader, cases=False), "close": close}
        seen["pages of text"] += len(text)
        yield from truths.faults(reader.table, text)
        play(session)
        reader = Reader(session)
        text = pages(reader, cases=cases)
        seen["pages of text"] += len(text)
        yield from truths.faults(reader.table, text)
        if scratch is not None and reader.table.last_quarter:
            window = windowed.pages(session, scratch, cases=cases)
            seen["pages of the window"] += len(window)
            yield from across.window_faults(reader.table, window, text)
        for name in reader.table.accounts if cases else ():
            for audience in AUDIENCES:
                if not bringing.barred(reader.table.cast, session.seen, name, audience):
                    yield from truths.coached(reader.table, name, audience)
        marks, told = truths.expected(reader.table), len(session.events)
        close = reader.page(closing.end_quarter)
        yield from truths.awarded(reader.table, marks, session.events[told:])
    if scratch is not None:
        seen["debriefs"] += 1
        yield from across.end_faults(reader.table, close, windowed.end(session, scratch))
