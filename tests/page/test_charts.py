"""Charts: each with its numbers, escaped, sound for odd values, telling things apart without colour."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from kamsim.page import charts, charts_bars
from kamsim.page.charts import Series
from tests.debrief.html import Reader

HOSTILE = "<b onclick=x>\"'&"


def show(value):
    return f"{value:.1f}"


DRAWN = {
    "lines": lambda name, v: charts.lines(
        name, name, ["a", name], [Series(name, (v, None)), Series("b", (v, 2.0))], show
    ),
    "whale": lambda name, v: charts.whale(name, name, [(name, v), ("b", -1.0)], show),
    "waterfall": lambda name, v: charts_bars.waterfall(
        name, name, [(name, [v, 1.0], True), ("b", [-1.0, 0.0], False)], [name, "now"], show
    ),
    "stacked": lambda name, v: charts_bars.stacked(name, name, [(name, [abs(v), 1.0])], [name, "b"], show),
    "diverging": lambda name, v: charts_bars.diverging(name, name, [(name, v), ("b", -v)], show),
    "ranges": lambda name, v: charts_bars.ranges(name, name, [(name, -1.0, 1.0, 0.0, v)], show),
    "dots": lambda name, v: charts_bars.dots(name, name, [(name, [("", v), ("", 2.0)])], show),
}


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("value", [0.0, 1.0, -5e12, 3e14])
def test_charts_are_sound_escaped_and_have_their_numbers(kind, value):
    html = DRAWN[kind](HOSTILE, value)
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    assert "<b onclick" not in html and "nan" not in html.lower().replace("finance", "")
    assert html.count("<svg") == html.count("<table") == 1
    assert not any(name == "onclick" for _, attributes in reader.attributes for name in attributes)
    for number in re.findall(r'(?:x|y|width|height)="([-\d.e+]+)"', html):
        assert abs(float(number)) < 1e5
    assert all(float(width) >= 0 for width in re.findall(r'width="([-\d.]+)"', html))


def test_lines_differ_by_more_than_colour():
    html = charts.lines("t", "s", ["1", "2"], [Series(str(n), (float(n), n + 1.0)) for n in range(4)], show)
    dashes = re.findall(r'stroke-dasharray="([^"]+)"', html)
    assert len(set(dashes)) == 3


def test_names_at_the_end_of_lines_do_not_overlap():
    html = charts.lines("t", "s", ["1", "2"], [Series(f"n{n}", (1.0, 1.0)) for n in range(6)], show)
    ends = sorted(float(y) for y in re.findall(r'<text x="593" y="([\d.]+)">n\d</text>', html))
    assert len(ends) == 6 and all(two - one > 14 for one, two in pairwise(ends))


def test_nothing_to_draw_draws_nothing():
    assert charts.lines("t", "s", ["1"], [Series("a", (None,))], show) == ""
    assert charts_bars.dots("t", "s", [("a", [])], show) == ""


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.0), (-3.0, 7.0), (0.0, 1e-4), (1e12, 2e12), (-5.0, -4.0)])
def test_scales_cover_their_range(low, high):
    ticks = charts.scale(low, high)
    assert ticks[0] <= low and ticks[-1] >= high - 1e-9 * abs(high) and 2 <= len(ticks) <= 12


def test_tables_escape_all_but_html():
    html = charts.grid("c", ["a", HOSTILE], [[charts.Html("<bdi>x</bdi>"), HOSTILE]])
    assert "<bdi>x</bdi>" in html and "<b " not in html
