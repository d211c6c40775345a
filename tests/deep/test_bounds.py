"""Accepted means playable, all of it: every number at every bound, and numbers at their bounds together."""

from __future__ import annotations

import random

import pytest

from tests.engine.organised import organised
from tests.engine.worlds import furnished
from tests.scenario.bounds import singly, together
from tests.scenario.playing import BOTS, look_through, play_out

TOGETHER = 1_000


def test_every_number_at_every_bound() -> None:
    """Alone and everywhere at once: four bots, every page, to the end."""
    faults = []
    for told, scenario in singly(organised()):
        try:
            play_out(scenario)
            look_through(scenario, random.Random(told))
        except Exception as fault:
            faults.append(f"{told}: {type(fault).__name__}: {fault}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_numbers_at_their_bounds_together(count: int) -> None:
    """As many as are accepted of a thousand, by two bots each, and every page for one in ten."""
    luck, faults, played = random.Random(count), [], 0
    for number in range(TOGETHER):
        told, scenario = together(furnished(), luck, count)
        if scenario is None:
            continue
        played += 1
        try:
            play_out(scenario, luck.sample(BOTS, 2))
            if number % 10 == 0:
                look_through(scenario, luck)
        except Exception as fault:
            faults.append(f"{told}: {type(fault).__name__}: {fault}")
    assert not faults, "\n".join(faults)
    assert played > TOGETHER // 2
