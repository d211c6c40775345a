"""Whatever is pressed, nothing breaks; 2,000 of each are in tests/deep."""

from __future__ import annotations

from kamsim.game.replay import verify
from tests.desktop.monkeys import legal_inputs, raw_inputs, started


def test_some_hundred_legal_inputs(tmp_path):
    """Anything that the page offers, in any order."""
    with started(tmp_path, 5) as pilot:
        legal_inputs(pilot, 250, 1)
    assert all(verify(log).ok for log in tmp_path.glob("*.jsonl"))


def test_some_hundred_raw_inputs(tmp_path):
    """Keys and clicks without sense."""
    with started(tmp_path, 6) as pilot:
        raw_inputs(pilot, 300, 2)
    assert all(verify(log).ok for log in tmp_path.glob("*.jsonl"))
