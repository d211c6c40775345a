"""Sessions played to their end, page beside page: what no two of them may say differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kamsim.game.session import Session
from kamsim.terminal import closing
from kamsim.view.case import bringing
from tests.view import across, truths, windowed
from tests.view.rendered import AUDIENCES, Reader, pages
from tests.view.truths import Fault


def walk(
    session: Session, play: Callable[[Session], None], *, cases: bool = True, scratch: Path | None = None
) -> Iterator[Fault]:
    """Play a session to its end, and compare its pages before and after the moves of every quarter; in the last one
    those of the window, too, and at the end the debrief's. ``scratch``: where a copy of the log may lie for the window,
    None to leave the window out."""
    close = ""
    while not session.finished:
        reader = Reader(session)
        yield from truths.faults(reader.table, {**pages(reader, cases=False), "close": close})
        play(session)
        reader = Reader(session)
        text = pages(reader, cases=cases)
        yield from truths.faults(reader.table, text)
        if scratch is not None and reader.table.last_quarter:
            window = windowed.pages(session, scratch, cases=cases)
            yield from across.window_faults(reader.table, window, text)
        for name in reader.table.accounts if cases else ():
            for audience in AUDIENCES:
                if not bringing.barred(reader.table.cast, session.seen, name, audience):
                    yield from truths.coached(reader.table, name, audience)
        marks, told = truths.expected(reader.table), len(session.events)
        close = reader.page(closing.end_quarter)
        yield from truths.awarded(reader.table, marks, session.events[told:])
    if scratch is not None:
        yield from across.end_faults(reader.table, close, windowed.end(session, scratch))
