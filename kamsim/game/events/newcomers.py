"""Who takes over a post: a card of the scenario's deck of newcomers, shuffled by the session's seed."""

from functools import lru_cache

import numpy as np

from kamsim.engine.luck import Luck, entity_keys
from kamsim.scenario.models import Scenario


def newcomer(scenario: Scenario, seed: int, place: int) -> str:
    """The card at a place of the shuffled deck, counted round; '' where the scenario has no deck."""
    deck = scenario.newcomers
    return deck[_shuffled(deck, seed)[place % len(deck)]] if deck else ""


@lru_cache(maxsize=64)
def _shuffled(deck: tuple[str, ...], seed: int) -> list[int]:
    """The order in which the cards of a deck come."""
    draws = Luck([seed]).uniform("successor", 0, entity_keys(deck))[:, 0]
    order: list[int] = np.argsort(draws, kind="stable").tolist()
    return order
