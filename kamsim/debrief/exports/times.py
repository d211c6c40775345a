"""When things happened, as far as a log can tell: its beginning, and the thought since. A log holds no clock times of
moves; a gap without a sign of life counts two minutes at most, and a session that is gone on with begins anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from kamsim.debrief.folder import PlayedLog
from kamsim.debrief.rows import thought_of
from kamsim.game import records
from kamsim.game.log import moment


def times_of(log: PlayedLog) -> list[datetime | None]:
    """When each line was written, UTC; None where the log's beginning names no time."""
    made: list[datetime | None] = []
    now = moment(log.header.started)
    for line in log.lines:
        if isinstance(line, records.Resumed):
            again = moment(line.at)
            now = again if now is None or (again is not None and again > now) else now
        if now is not None:
            try:
                now += timedelta(seconds=thought_of(line))
            except OverflowError:
                now = None
        made.append(now)
    return made
