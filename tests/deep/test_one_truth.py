"""Two hundred sessions of bots and of random play, page beside page: no contradiction. The first ones are in the gate.

KAMSIM_SESSIONS: how many sessions. KAMSIM_SHARD=2/4: only the second of four parts of them, so that several processes or
machines can share them. KAMSIM_KEEP: a folder for the logs of sessions in which something was found.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

from kamsim.game.session import Session
from kamsim.players.policies import POLICIES
from tests.engine.worlds import halden, portfolio
from tests.view.walking import player, walk

SESSIONS = int(os.environ.get("KAMSIM_SESSIONS", "200"))
SHARD, SHARDS = map(int, os.environ.get("KAMSIM_SHARD", "1/1").split("/"))
EVERY = 8
"""Of so many sessions, one is with eight customers, which takes the longest."""


def test_two_hundred_sessions_contradict_themselves_nowhere(tmp_path: Path) -> None:
    """Every policy in turn, and random moves; business cases and the coach in every third."""
    found: Counter[str] = Counter()
    told: dict[str, str] = {}
    visited: Counter[str] = Counter()
    for seed in range(SHARD - 1, SESSIONS, SHARDS):
        began, before = time.process_time(), found.total()
        player, log, faults = _walked(seed, tmp_path, visited)
        for kind, where in faults:
            found[kind] += 1
            told.setdefault(kind, f"seed {seed}, {player}: {where}")
        if found.total() > before and "KAMSIM_KEEP" in os.environ:
            shutil.copy(log, Path(os.environ["KAMSIM_KEEP"]) / f"{seed}.jsonl")
        spent = time.process_time() - began
        _say(f"seed {seed}, {player}: {found.total() - before} faults, {spent:.1f} s of processor time")
    _say(f"shard {SHARD} of {SHARDS}: {dict(visited)}; faults {dict(found)}")
    assert not found, f"{SESSIONS} sessions: {dict(found)}\n" + "\n".join(told.values())


def _walked(seed: int, folder: Path, visited: Counter[str]) -> tuple[str, Path, list[tuple[str, str]]]:
    """One session: who played, its log, and every contradiction in it."""
    players = [*POLICIES, ""]
    scenario, name = portfolio() if seed % EVERY == EVERY - 1 else halden(), players[seed % len(players)]
    with Session.start(scenario, seed=seed, log_dir=folder, quarters=scenario.length.shortest) as session:
        play = player(name, seed)
        faults = list(walk(session, play, cases=seed % 3 == 0, scratch=folder / "window", visited=visited))
        visited["sessions"] += 1
        return f"{name or 'random moves'}, {scenario.id}", session.log_path, faults


def _say(line: str) -> None:
    """Tell how far it is, though pytest may keep the rest (-s shows it)."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
