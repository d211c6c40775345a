"""Sessions of a bot, played in lanes: each log is the one that its session alone would have written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kamsim.game.replay import verify
from kamsim.game.scribe import Scribe
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.scenario.models import Scenario
from tests.engine.worlds import halden

SEEDS, QUARTERS = (3, 8, 11), 8
CLOCKED = {"header": "started", "command": "thought", "quarter": "thought"}
"""What the clock writes into each kind of line."""


def told(log: Path) -> list[dict[str, Any]]:
    """The lines of a log, without what a clock, chance or a name says."""
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        del line["hash"]
        line.pop(CLOCKED.get(line["kind"], ""), None)
        line.pop("id" if line["kind"] == "header" else "", None)
    del lines[-1]["score"]["log"]
    return lines


def logged(scenario: Scenario, policy: str, folder: Path) -> list[Path]:
    bot = named_policy(policy)
    with Scribe(scenario, SEEDS, QUARTERS, bot.name, folder) as scribe:
        while not scribe.finished:
            bot.play(scribe.seat)
            scribe.end_quarter()
    return scribe.logs


@pytest.mark.parametrize("policy", ["random_legal", "value_seller", "retailored"])
def test_each_log_is_that_of_its_session_alone(policy: str, tmp_path: Path) -> None:
    """Line by line, and to the last bit of every checkpoint; and it stands up to a replay."""
    logs = logged(halden(), policy, tmp_path / "lanes")
    for seed, log in zip(SEEDS, logs, strict=True):
        bot = named_policy(policy)
        with Session.start(
            halden(), seed=seed, player=bot.name, policy=bot.name, log_dir=tmp_path, quarters=QUARTERS
        ) as session:
            while not session.finished:
                bot.play(session.seat)
                session.end_quarter()
        assert told(log) == told(session.log_path)
    assert verify(logs[0]).ok
    measured = sum('"measured"' in log.read_text(encoding="utf-8") for log in logs)
    assert measured or policy != "retailored", "promises are measured and their gaps split"


def test_what_is_not_finished_leaves_no_log(tmp_path: Path) -> None:
    """A bot that fails, or a study that is interrupted: no half session is left behind."""
    with pytest.raises(KeyboardInterrupt), Scribe(halden(), SEEDS, QUARTERS, "bot", tmp_path) as scribe:
        scribe.end_quarter()
        assert len(list(tmp_path.iterdir())) == len(SEEDS)
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())
