"""Going on with a session from its log, as if it had never stopped."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from kamsim.errors import LogError
from kamsim.game import records
from kamsim.game.books import checkpoint, ledger_data
from kamsim.game.follow import Follower, scenario_of, stretches
from kamsim.game.log import LogFile, LogWriter, now, version
from kamsim.game.records import RULES
from kamsim.game.session import Session


def resume(path: Path) -> Session:
    """The session of a log: every command of its last stretch computed again and compared with the checkpoints.

    Where that cannot be (other rules) or gives other figures, it goes on from the last checkpoint, and says so.
    Raises LogError and its kinds, and ScenarioError.
    """
    writer, found = LogWriter.continue_(path)
    try:
        return _resumed(writer, found)
    except BaseException:
        writer.close()
        raise


def _resumed(writer: LogWriter, found: LogFile) -> Session:
    notices = []
    if found.torn:
        notices.append(
            "The last line of the log was cut short when the program stopped. What it held was never shown; "
            "everything before it is here."
        )
    rules = stretches(found.lines)
    session, why = None, f"this session was played under rules {rules[-1]}, and kamsim now has rules {RULES}"
    if rules[-1] == RULES:
        session, mismatches = _followed(writer, found, len(rules) - 1)
        if mismatches:
            session, why = None, f"its moves give other figures on this computer ({mismatches[0]})"
    restored = session is None
    if session is None:
        session, _ = _followed(writer, found, None)
        if not session.finished:
            notices.append(_restart(session, why))
    session.notices = [*filter(None, [writer.notice]), *notices]
    if session.finished:
        return session
    lines: list[records.Line] = [_line(session, notices, restored)]
    if restored:
        session.restart_quarter()
        _rehearse(session)
    finish = None
    if session.quarter > session.quarters:
        finish = session.scored(session.history, session.world, session.log_path.name)
        lines.append(records.Finished(score=finish))
    session.write(*lines)
    if finish is not None:
        session.end(finish)
    return session


def _rehearse(session: Session) -> None:
    """See that the rules of today can play a checkpoint that they did not make. Raises LogError."""
    if session.quarter > session.quarters:
        return
    try:
        with np.errstate(invalid="raise", over="raise", divide="raise"):
            session.open_matters()
            close = session.closing()
            checkpoint(close.world), ledger_data(close.ledger)
    except (ArithmeticError, LookupError, TypeError, ValueError, StopIteration) as error:
        raise LogError(
            f"{session.log_path}: the last checkpoint cannot be played on with this version of kamsim; "
            "install the version that the log's first line names"
        ) from error


def _followed(writer: LogWriter, found: LogFile, replayed: int | None) -> tuple[Session, list[str]]:
    session = Session(scenario_of(found), found.header, found.path, writer)
    follower = Follower(session, lambda stretch: stretch == replayed)
    follower.follow(found)
    return session, follower.mismatches


def _restart(session: Session, why: str) -> str:
    count = len(session.open_moves)
    moves = {0: "No move was lost.", 1: "The move made in it since is taken back."}
    taken = moves.get(count, f"The {count} moves made in it since are taken back.")
    return f"The session goes on from the beginning of quarter {session.quarter}, because {why}. {taken}"


def _line(session: Session, notices: list[str], restored: bool) -> records.Resumed:
    return records.Resumed(
        quarter=session.quarter,
        at=now(),
        rules=RULES,
        kamsim=version(),
        restored=restored,
        takes_back=session.open_moves if restored else [],
        notices=notices,
    )
