"""What the laboratory says of the scenarios that ship, on as many seeds as a facilitator would use."""

from __future__ import annotations

import sys

import pytest

from kamsim.lab.teaching.figures import study
from kamsim.lab.teaching.findings import findings
from kamsim.lab.teaching.text import render
from kamsim.players.workers import Workers
from kamsim.scenario.reader import load_scenario, shipped


@pytest.mark.parametrize("name", shipped())
def test_a_sound_scenario_is_not_accused(name: str) -> None:
    """No fault is found in what ships: it has something to learn, no habit wins, everything that was written comes,
    every purchase that is awarded can be won; and knowledge pays."""
    scenario = load_scenario(name)
    made = study(scenario, range(1, 201), scenario.length.standard, Workers(), lambda _done, _all: None)
    sys.stdout.write(f"\n{render(made)}\n")
    found = findings(made)
    assert not [one.says for one in found if one.mark == "fault"]
    assert {"headroom", "order", "habits", "knowledge", "events", "levers"} <= {one.kind for one in found}
