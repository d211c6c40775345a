"""A ruler laid on every page; the whole matrix of looks and sizes is in tests/deep."""

from __future__ import annotations

import pytest

from kamsim.desktop.config import Config
from tests.desktop.lint import faults
from tests.desktop.tour import everywhere


@pytest.mark.parametrize(
    ("theme", "size", "zoom"), [("light", (1280, 800), 1.0), ("contrast", (1280, 720), 2.0)], ids=["plain", "large"]
)
def test_nothing_overlaps_is_cut_off_or_too_small(theme, size, zoom, tmp_path):
    """On every page: no two texts over each other, none cut, none below 11 px, contrast at least 4.5."""
    seen = 0
    for name, pilot in everywhere(tmp_path, size, Config(theme=theme, zoom=zoom, motion=False)):
        assert not faults(pilot.app), f"{name}: {faults(pilot.app)}"
        seen += 1
    assert seen > 40


def test_every_page_says_what_it_shows_and_names_what_it_takes(tmp_path):
    """A voice has something to say of every page, and no two things that take the focus have one name."""
    for name, pilot in everywhere(tmp_path):
        names = pilot.names()
        assert len(names) == len(set(names)), f"{name}: {sorted(n for n in names if names.count(n) > 1)}"
        said = pilot.describe()
        assert len(said) > 40, name
        assert "nan" not in said.casefold().split() and "{" not in said, name
        quiet = [n for _, node in pilot.app.stage.order() for n in [node.name] if not node.describe().strip()]
        assert not quiet, f"{name}: {quiet} say nothing"
