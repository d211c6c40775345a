"""Promises come to a figure within the game: measured by the player, or settled when the session ends."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from kamsim.engine.page import DUE_NOW, OPEN
from kamsim.game.events.cases import PromiseForgotten, PromiseMeasured, PromiseSigned
from kamsim.game.events.declared import of
from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from tests.engine.worlds import halden


@cache
def ended(policy: str, seed: int) -> Session:
    """A session of Halden that a bot has played to its end."""
    with Session.start(halden(), seed=seed, log_dir=Path(mkdtemp(prefix="kamsim-tests-")), quarters=8) as session:
        bot = named_policy(policy)
        while not session.finished:
            bot.play(session.seat)
            session.end_quarter()
    return session


def test_every_promise_comes_to_a_figure_or_was_forgotten() -> None:
    """Of what was signed with a figure, each is measured or settled once, with both figures; those due within the game
    are no early ones, those due at the last close among them, and all else is early."""
    seen = {"early": 0, "at the end": 0}
    for policy, seed in (("retailored", 1), ("dynamic", 7)):
        session = ended(policy, seed)
        signed = {(e.account, e.audience, e.signed): e for e in of(PromiseSigned, session.events) if e.value}
        measured = {(e.account, e.audience, e.signed): e for e in of(PromiseMeasured, session.events)}
        forgotten = {(e.account, e.audience, e.signed) for e in of(PromiseForgotten, session.events)}
        assert signed and measured.keys() | forgotten == signed.keys() and not measured.keys() & forgotten
        for key, found in measured.items():
            assert (found.value, found.low, found.high) == (signed[key].value, signed[key].low, signed[key].high)
            assert found.inside == (found.low <= found.actual <= found.high)
            assert bool(found.early) == (found.due > session.quarters)
            assert not found.early or found.settled
            seen["early"] += bool(found.early)
            seen["at the end"] += bool(found.settled) and not found.early
        assert len(measured) > len(signed) / 2
    assert all(seen.values()), seen


def test_settling_moves_nothing_and_is_played_again() -> None:
    """It is told after the last close: the world, trust and the score are as without it, and a log verifies."""
    session = ended("dynamic", 7)
    at = session.world.promises
    assert np.isin(at.status[:, 0], (OPEN, DUE_NOW)).any(), "what is settled stays open in the world"
    counts = [event.claims for event in of(PromiseMeasured, session.events)]
    assert counts == sorted(counts) and counts[-1] > session.world.standings.claims[0]
    verdict = verify(session.log_path)
    assert verdict.ok, verdict.sentence
