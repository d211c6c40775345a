"""A player who makes legal moves by chance, and what a session's whole state comes to."""

from __future__ import annotations

import hashlib
import random
from typing import Any

from kamsim.engine.moves import MOVES, Refusal
from kamsim.game.parts import Answer
from kamsim.game.records import canonical_text
from kamsim.game.session import Session

LISTED = ("set_rhythm", "meet", "answer_request", "handle_incident", "set_discount", "scan", "review_costs",
          "seek_executive", "offer_terms", "expedite", "set_rebate")  # fmt: skip


def any_move(session: Session, dice: random.Random) -> tuple[str, dict[str, Any]] | None:
    """A legal move by chance, or None when ten kinds in a row have none."""
    for _ in range(10):
        kind = dice.choice(LISTED)
        options = [option for option in session.legal(kind).options if option.refused[0] == 0]
        if not options:
            continue
        option = dice.choice(options)
        args = dict(option.args)
        for field in option.free:
            if field.kind == "number":
                low, high = (float(bound[0]) for bound in option.ranges[field.name])
                steps = round((high - low) / field.step)
                args[field.name] = low + field.step * dice.randint(0, max(0, steps))
            else:
                args[field.name] = dice.choice(field.choices)
        return kind, args
    return None


def try_move(session: Session, dice: random.Random) -> Answer | None:
    """Make a move by chance; None where none was found or it was refused after all."""
    move = any_move(session, dice)
    if move is None:
        return None
    answer = session.do(move[0], **move[1])
    return answer if answer.refusal == Refusal.NONE else None


def play_quarter(session: Session, dice: random.Random, moves: int = 8) -> None:
    """Some moves, now and then taken back; the quarter stays open."""
    for _ in range(moves):
        try_move(session, dice)
        if dice.random() < 0.25:
            session.undo()
        if dice.random() < 0.05:
            session.reset_quarter()


def state(session: Session) -> dict[str, Any]:
    """The present world as plain data."""
    return session.world.plain()  # type: ignore[no-any-return]


def state_digest(state: dict[str, Any]) -> str:
    """What tells one state from another, to the last bit of every float."""
    return hashlib.sha256(canonical_text(state).encode()).hexdigest()


def whole(session: Session) -> dict[str, Any]:
    """Everything that a session is, to compare two of them to the bit."""
    return {
        "state": state_digest(state(session)),
        "undo": [(step.command, state_digest(step.before.plain())) for step in session.stack],
        "commands": list(session.commands),
        "events": list(session.events),
        "inbox": session.inbox,
        "guesses": {name: list(made) for name, made in session.guesses.items()},
        "books": [(ledger.quarter, ledger.money.tolist(), ledger.unused.tolist()) for ledger in session.history],
        "quarter": session.quarter,
        "finished": session.finished,
        "hours": session.seen.hours_left.tolist(),
        "names": (session.player, session.members, session.pace, session.quarters, session.seed),
        "numbered": session.numbered,
    }


assert set(LISTED) <= set(MOVES)
