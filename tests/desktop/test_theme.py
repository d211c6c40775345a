"""Colours that can be told apart."""

from __future__ import annotations

import pytest

from kamsim.desktop.kit.theme import Theme
from kamsim.look.colours import TEXT_PAIRS, THEMES, contrast


@pytest.mark.parametrize("name", THEMES)
def test_text_stands_out_from_its_ground(name):
    """Every pair of text and ground that the desktop uses has a contrast of at least 4.5."""
    theme = Theme(name)
    faint = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


def test_themes_name_the_same_roles():
    """A look may not forget a colour."""
    roles = [set(theme) for theme in THEMES.values()]
    assert roles[0] == roles[1] == roles[2]


def test_contrast_is_that_of_the_standard():
    """Black on white is 21, equal colours are 1."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((90, 90, 90), (90, 90, 90)) == 1
