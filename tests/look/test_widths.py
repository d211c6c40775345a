"""Text is as wide as it is said to be."""

from __future__ import annotations

from kamsim.desktop.kit import lettering
from kamsim.look.widths import UNKNOWN, broken, shortened, width

SAID = ("Account profit, last four quarters", "\N{MINUS SIGN}€1,234.5m", "Zürich Łódź", "ILLUMINATION", "W" * 20, "")


def test_widths_are_those_of_the_window():
    """Pages and window have the same letters: what a page measures is what the window measures, kerning aside."""
    for text in SAID:
        for weight in ("Regular", "SemiBold"):
            assert abs(width(text, 13.0, weight) - lettering.width(text, weight, 13.0)) <= 0.03 * len(text) * 13.0 + 0.5


def test_what_the_font_lacks_is_given_room():
    assert width("\N{CJK UNIFIED IDEOGRAPH-4E2D}", 10.0) == 10.0 * UNKNOWN
    assert width("\u2060\u200b", 10.0) == 0.0


def test_texts_are_cut_and_broken_to_fit():
    text = "one two three four five six seven"
    for room in (5.0, 40.0, 90.0, 500.0):
        assert width(shortened(text, 12.0, room), 12.0) <= max(room, width("…", 12.0))
        lines = broken(text, 12.0, room, most=2)
        assert len(lines) <= 2 and all(width(line, 12.0) <= max(room, width("…", 12.0)) for line in lines)
    assert broken(text, 12.0, 500.0) == [text]
    assert " ".join(broken(text, 12.0, 90.0, most=9)) == text
