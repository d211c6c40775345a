"""The model earns its lesson: better play ranks above worse (the whole check is tests/deep/test_ranking.py)."""

from __future__ import annotations

from tests.players.ranking import rankings


def test_better_play_earns_more_in_nearly_every_seed() -> None:
    """Random below typical below value seller, and the discounter ahead in volume and behind in profit, over 60 seeds."""
    for rank in rankings(60):
        assert rank.share >= rank.least, str(rank)
