"""Sessions that the debrief is tested on, played once each: bots through the seat, and one by hand."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from kamsim.debrief.record import Play, read_play
from kamsim.game.log import read_log
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.scenario.reader import load_scenario
from tests.scenario.minimal import write_minimal

HOSTILE = "<script>alert(1)</script>\u202eevil\u202c\"'&</title>"


@cache
def folder() -> Path:
    """Where they lie."""
    return Path(tempfile.mkdtemp(prefix="kamsim-debrief-"))


@cache
def bot(policy: str, seed: int = 1, quarters: int = 6, player: str = "") -> Play:
    """A bot's unfinished session on Halden: two quarters are left open, so no reference bots are needed."""
    return read_play(log_of(policy, seed, quarters, player))


@cache
def log_of(policy: str, seed: int = 1, quarters: int = 6, player: str = "") -> Path:
    """Its log."""
    named = named_policy(policy)
    with Session.start("halden", seed=seed, player=player or policy, log_dir=folder(), quarters=8) as session:
        for _ in range(quarters):
            named.play(session.seat)
            session.end_quarter()
        return session.log_path


@cache
def by_hand() -> Path:
    """The smallest scenario, four quarters to the end: a scan, a talk, a price, guesses, a range."""
    scenario = load_scenario(write_minimal(folder() / "minimal"))
    with Session.start(scenario, seed=8, player=HOSTILE, log_dir=folder(), quarters=4) as session:
        session.guess("ranking", sorted(session.params.accounts))
        session.guess("breakeven", 20.0)
        session.do("scan", account="orvik")
        session.do("set_discount", account="orvik", line="bearings", region="north", discount=0.2)
        session.do("meet", person="aune", agenda="buying")
        while not session.finished:
            session.guess("profit_range", [0, 10_000_000_00])
            session.end_quarter()
        return session.log_path


__all__ = ["HOSTILE", "bot", "by_hand", "folder", "log_of", "read_log"]
