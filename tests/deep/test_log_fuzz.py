"""Logs forged by chance behind a sound chain: reading them ends in one of our sentences, never in a traceback."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from kamsim.errors import KamsimError
from kamsim.game.log import read_log
from kamsim.game.replay import replay, verify
from kamsim.game.session import Session
from kamsim.scenario.reader import load_scenario
from tests.game.play import play_quarter
from tests.game.test_log import forge
from tests.scenario.minimal import write_minimal

ODD: list[Any] = [
    None,
    True,
    -1,
    0,
    1,
    2,
    99,
    127,
    128,
    10**12,
    10**40,
    -1.5,
    1e300,
    "",
    "orvik",
    "x" * 300,
    [],
    {},
    [[1]],
    {"a": 1},
]
TRIES = 400


def mutate(lines: list[Any], dice: random.Random) -> None:
    """Change one value somewhere in one line, or take a line away, double it or move it; often in the last checkpoint,
    from which a session of other rules goes on."""
    row = dice.randrange(len(lines))
    if dice.random() < 0.3:
        state = next(line for line in reversed(lines) if line["kind"] == "quarter")["checkpoint"]["state"]
        array = dice.choice([array for part in state.values() if isinstance(part, dict) for array in part.values()])
        if array:
            values = array[0] if isinstance(array[0], list) else array
            values[0] = dice.choice(ODD)
        return
    way = dice.random()
    if way < 0.1:
        del lines[row]
        return
    if way < 0.2:
        lines.insert(dice.randrange(len(lines)), copy.deepcopy(lines[row]))
        return
    place = lines[row]
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = dice.choice(keys)
        inner = place[key]
        if isinstance(inner, dict | list) and inner and dice.random() < 0.9:
            place = inner
            continue
        if dice.random() < 0.15:
            del place[key]
        else:
            place[key] = copy.deepcopy(dice.choice(ODD))
        return


@pytest.mark.parametrize("other_rules", [False, True])
def test_forged_by_chance(tmp_path: Path, other_rules: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of chance changes, under these rules and under others: verify, replay and resume refuse or go on."""
    scenario = load_scenario(write_minimal(tmp_path / "minimal"))
    dice = random.Random(other_rules)
    with Session.start(scenario, seed=3, log_dir=tmp_path, quarters=4) as session:
        for _ in range(2):
            play_quarter(session, dice, 4)
            session.guess("profit_range", [1, 2])
            session.end_quarter()
        play_quarter(session, dice, 4)
    sound = session.log_path.read_text(encoding="utf-8")
    if other_rules:
        for module in ("records", "resume", "replay"):
            monkeypatch.setattr(f"kamsim.game.{module}.RULES", 1000)
    path = tmp_path / "forged.jsonl"
    refused = 0
    for _ in range(TRIES):
        path.write_text(sound, encoding="utf-8")

        def change(lines: list[Any]) -> None:
            mutate(lines, dice)

        forge(path, change)
        for use in (verify, replay, go_on):
            try:
                use(path)  # type: ignore[operator]
            except KamsimError:
                refused += 1
    assert refused > TRIES / 2
    assert json.loads(sound.splitlines()[0])["seed"] == read_log(session.log_path).header.seed


def go_on(path: Path) -> None:
    """Resume, look, and play a quarter."""
    with Session.resume(path) as session:
        session.open_matters()
        if not session.finished:
            session.end_quarter()
