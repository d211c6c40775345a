"""A log with a sound chain and values that cannot be: a sentence from every use, and no harm to the class beside it."""

from __future__ import annotations

from pathlib import Path

from tests.game.forging import try_some


def test_some_forged_logs_in_every_use(tmp_path: Path) -> None:
    """Ten of the two thousand of tests/deep/test_log_fuzz.py."""
    faults = try_some(tmp_path, 10, 7)
    assert not faults, "\n".join(faults)
