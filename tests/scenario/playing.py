"""What "playable" means: bots play to the end, every page of both faces opens, and the log says what was played."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.scenario.models import Scenario
from tests.desktop.visits import visit_all
from tests.engine.worlds import arrays
from tests.terminal.visits import walk

BOTS = ("value_seller", "discounter", "random_legal", "typical")


def play_out(scenario: Scenario, bots: Iterable[str] = BOTS) -> None:
    """Bots play the longest game, figure by figure finite, and their logs read and replay to the cent."""
    for bot in bots:
        with TemporaryDirectory() as folder, strict():
            with Session.start(scenario, seed=5, log_dir=Path(folder), quarters=scenario.length.longest) as session:
                while not session.finished:
                    named_policy(bot).play(session.seat)
                    session.end_quarter()
                    odd = [name for name, values in arrays(session.world) if not np.isfinite(values).all()]
                    assert not odd, f"{bot}: {odd} in quarter {session.quarter - 1}"
            verdict = verify(session.log_path)
            assert verdict.ok, f"{bot}: {verdict.sentence}"


def look_through(scenario: Scenario, luck: random.Random) -> None:
    """Every page of the window in two quarters, at each close and at the end, and a walk through the text session."""
    with TemporaryDirectory() as folder, strict():
        quarters = scenario.length.shortest
        session = Session.start(scenario, seed=5, log_dir=Path(folder), quarters=quarters)
        visit_all(session, Path(folder), luck.choice(BOTS), (luck.randint(1, quarters), luck.randint(1, quarters)))
        walk(scenario, Path(folder), luck)


def strict() -> np.errstate:
    """No figure is made of nothing divided by nothing, or overflows."""
    return np.errstate(all="raise", under="ignore")
