"""What a session left on the table by building nothing together."""

from __future__ import annotations

from pathlib import Path

from kamsim.engine.joint import NONE
from kamsim.game.forgone import forgone
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from tests.engine.worlds import portfolio


def test_the_session_with_one_question_more_tells_what_was_left_on_the_table(tmp_path: Path) -> None:
    """Somebody who builds nothing hears what a joint builder beside them would have brought; who built hears nothing."""
    with Session.start(portfolio(), seed=3, quarters=16, log_dir=tmp_path) as session:
        bot = named_policy("steady")
        while not session.finished:
            bot.play(session.seat)
            session.end_quarter()
        left = forgone(session)
    assert left and [one.cents for one in left] == sorted((one.cents for one in left), reverse=True)
    assert all(session.params.own.joints.index(one.joint) >= 0 and 2 <= one.quarter <= 12 for one in left)
    assert any(one.cents for one in left)
    session.world.joint.phase[:] = NONE + 1
    assert forgone(session) == []
