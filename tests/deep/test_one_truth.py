"""Two hundred sessions of bots and of random play, page beside page: no contradiction. The first ones are in the gate."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

from kamsim.game.session import Session
from kamsim.players.policies import POLICIES, named_policy
from tests.engine.worlds import halden, portfolio
from tests.game.play import play_quarter
from tests.view.walking import walk

SESSIONS = int(os.environ.get("KAMSIM_SESSIONS", "200"))
EVERY = 8
"""Of so many sessions, one is with eight customers, which takes the longest."""


def test_two_hundred_sessions_contradict_themselves_nowhere(tmp_path: Path) -> None:
    """Every policy in turn, and random moves; business cases and the coach in every third."""
    players = [*POLICIES, ""]
    found: Counter[str] = Counter()
    told: dict[str, str] = {}
    for seed in range(SESSIONS):
        scenario = portfolio() if seed % EVERY == EVERY - 1 else halden()
        name, dice = players[seed % len(players)], random.Random(seed)
        policy = named_policy(name) if name else None
        with Session.start(scenario, seed=seed, log_dir=tmp_path, quarters=scenario.length.shortest) as session:

            def play(at: Session, policy: object = policy, dice: random.Random = dice) -> None:
                policy.play(at.seat) if policy else play_quarter(at, dice, 8)  # type: ignore[attr-defined]

            for kind, where in walk(session, play, cases=seed % 3 == 0, scratch=tmp_path / "window"):
                found[kind] += 1
                told.setdefault(kind, f"seed {seed}, {name or 'random moves'}: {where}")
    assert not found, f"{SESSIONS} sessions: {dict(found)}\n" + "\n".join(told.values())
