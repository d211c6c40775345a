"""The ranking of the shipped bots over 200 seeds, with its figures: ``pytest tests/deep/test_ranking.py -s``."""

from __future__ import annotations

import sys

from tests.players.ranking import rankings


def test_ranking_over_two_hundred_seeds() -> None:
    """Random below typical below value seller in 95% of seeds each; the discounter sells more in year 1 in 80%, and
    earns less than the value seller over 8 and over 12 quarters in 90%."""
    found = rankings(200)
    sys.stdout.write("\n" + "\n".join(map(str, found)) + "\n")
    for rank in found:
        assert rank.share >= rank.least, str(rank)
