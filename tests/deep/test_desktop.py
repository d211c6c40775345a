"""The desktop under everything: all looks and sizes, and thousands of inputs."""

from __future__ import annotations

import gc
import resource
from itertools import product

import pytest

from kamsim.desktop.config import Config
from kamsim.game.replay import verify
from kamsim.look.colours import THEMES
from tests.desktop.lint import faults
from tests.desktop.monkeys import legal_inputs, raw_inputs, started
from tests.desktop.test_layout import wear
from tests.desktop.tour import everywhere

SIZES = ((1280, 720), (1280, 740), (1920, 1080), (2560, 1440))
ZOOMS = (1.0, 1.5, 2.0)


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_in_every_look_and_size(theme, tmp_path):
    """No overlap, nothing cut, nothing below 11 px, contrast at least 4.5: three looks, four sizes, three zooms."""
    found: dict[str, list[tuple[tuple[int, int], float]]] = {}
    for name, pilot in everywhere(tmp_path):
        for size, zoom in product(SIZES, ZOOMS):
            wear(pilot, theme, size, zoom)
            for fault in faults(pilot.app):
                found.setdefault(f"{name}: {fault}", []).append((size, zoom))
        wear(pilot, "light", (1280, 800), 1.0)
    assert not found, "\n".join(f"{fault}, at {looks}" for fault, looks in found.items())


def memory() -> float:
    """Most megabytes this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("inputs", [legal_inputs, raw_inputs])
def test_two_thousand_inputs_and_flat_memory(inputs, tmp_path):
    """No traceback, a sound log, and no more memory for the last thousand than caches may take."""
    with started(tmp_path, 8) as pilot:
        inputs(pilot, 1000, 3)
        gc.collect()
        half = memory()
        inputs(pilot, 1000, 4)
        gc.collect()
        assert memory() - half < 60, f"{half:.0f} MB, then {memory():.0f} MB"
    assert all(verify(log).ok for log in tmp_path.glob("*.jsonl"))


@pytest.mark.parametrize(("size", "zoom"), [((1280, 800), 1.0), ((1280, 720), 2.0), ((1920, 1080), 1.5)])
def test_the_longest_texts_fit_everywhere(size, zoom, tmp_path):
    """Names of 90 signs, texts of 1,200: nothing is cut off and nothing overlaps."""
    for name, pilot in everywhere(tmp_path, size, Config(zoom=zoom, motion=False), "longest"):
        assert not faults(pilot.app), f"{name}: {faults(pilot.app)}"
