"""Icons and portraits: the window's and the page's are the same shapes."""

from __future__ import annotations

import re

from kamsim.desktop.kit.faces import portrait as painted
from kamsim.look.colours import DARK, LIGHT, PAPER, SERIES, contrast, rgb
from kamsim.look.faces import Face, ground, shapes
from kamsim.look.icons import ICONS
from kamsim.page import drawn, style
from tests.debrief.html import Reader


def test_every_icon_can_be_drawn_on_a_page():
    for name, strokes in ICONS.items():
        reader = Reader()
        reader.feed(drawn.icon(name))
        assert not reader.open and len(reader.tags) == 1 + len(strokes), name
        points = [float(value) for value in re.findall(r"[ML ]([\d.]+)", drawn.icon(name).split("<path", 1)[-1])]
        assert all(0.0 <= value <= 24.0 for value in points), name


def test_a_portrait_is_the_one_of_the_window():
    """The pixel between the eyes, of the coat and of the ground have the colours of the shapes that lie there."""
    for place, wardrobe in enumerate(("she", "he", "")):
        face = Face("somebody", "finance", wardrobe, 0.5, "house", place)
        picture = painted(face, 200, False)
        assert tuple(picture.get_at((8, 60)))[:3] == ground(face)
        coat = next(shape.colour for shape in shapes(face) if shape.kind == "box")
        assert tuple(picture.get_at((30, 196)))[:3] == coat
        svg = drawn.portrait(face)
        assert svg.count("<") - 2 == 1 + len(shapes(face))
        assert "#{:02x}{:02x}{:02x}".format(*coat) in svg and svg == drawn.portrait(face)


def test_pages_have_the_windows_colours():
    """Light, dark and paper are one table; what is drawn in a colour that a page lacks would be black."""
    tokens = style.tokens()
    for theme in (LIGHT, DARK, PAPER):
        assert all(f"--{role.replace('_', '-')}:{theme[role]}" in tokens for role in style.ROLES)
        for ink in ("ink", "ink2", "ink3", "pos", "neg"):
            for back in ("bg", "card", "card2"):
                assert contrast(rgb(theme[ink]), rgb(theme[back])) >= 4.5, (ink, back)
    for name, theme in (("light", LIGHT), ("dark", DARK)):
        assert all(contrast(rgb(colour), rgb(theme["card"])) >= 3.0 for colour in SERIES[name])
