"""Logs forged by chance behind a sound chain: whatever is done with them ends in one of our sentences, never in a
traceback, and costs no other log its place."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from kamsim.game.log import read_log
from tests.game.forging import sources, try_some
from tests.game.test_log import forge

TRIES = 2_000
BATCHES = 10


@pytest.mark.parametrize("batch", range(BATCHES))
def test_forged_by_chance(tmp_path: Path, batch: int) -> None:
    """Two thousand of them in verifying, replay, debrief, a class, export and playing on."""
    faults = try_some(tmp_path, TRIES // BATCHES, batch)
    assert not faults, "\n".join(faults)


def test_checkpoints_of_other_rules_forged_by_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session of other rules goes on from its last checkpoint: values in that are refused, or played on."""
    for module in ("records", "log", "session", "replay"):
        monkeypatch.setattr(f"kamsim.game.{module}.RULES", 1000)
    from kamsim.errors import KamsimError
    from tests.game.forging import ODD, play_on

    dice, source = random.Random(4), sources(tmp_path)[1]
    monkeypatch.undo()
    refused = 0
    for _ in range(TRIES // 10):
        path = tmp_path / "forged.jsonl"
        path.write_bytes(source.read_bytes())

        def change(lines: list[Any]) -> None:
            state = next(line for line in reversed(lines) if line["kind"] == "quarter")["checkpoint"]["state"]
            array = dice.choice([array for part in state.values() if isinstance(part, dict) for array in part.values()])
            if array:
                values = array[0] if isinstance(array[0], list) else array
                values[0] = dice.choice(ODD)

        forge(path, change)
        try:
            play_on(path)
        except KamsimError:
            refused += 1
    assert refused > TRIES // 20
    assert read_log(source).header.rules == 1000
