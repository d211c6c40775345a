"""No picture takes much longer than it did: ratios to the calibration kernel, within one run."""

from __future__ import annotations

import json

import pytest

from tests.bench.desktop import BASELINE, MEASURES, measured

SLOWER = 1.7
"""How many times its baseline ratio a picture may take; one frame is shorter than what disturbs it."""


@pytest.mark.parametrize("name", MEASURES)
def test_no_slower_than_its_baseline(name: str) -> None:
    """Against the calibration kernel timed in the same run."""
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))[name]
    ratio = min(measured(name)[2] for _ in range(2))
    assert ratio <= SLOWER * baseline, f"{ratio:.2f} kernels, baseline {baseline:.2f}"
