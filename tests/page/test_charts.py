"""Charts: each with its numbers, escaped, sound for odd values, telling things apart without colour."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import ClassVar

import pytest

from kamsim.page import charts, charts_bars, charts_spread, charts_time
from kamsim.page.canvas import NARROW, Canvas, apart, scale
from kamsim.page.charts_time import Flag, Series
from tests.debrief.html import Reader

HOSTILE = "<b onclick=x>\"'&"
LONG = "Kestrel Renewables Holding, the service fleet of the northern region"
QUARTERS = [f"Q{n % 4 + 1}\N{NO-BREAK SPACE}{2027 + n // 4}" for n in range(12)]


def show(value):
    return f"{value:.1f}"


def euros(value):
    return f"\N{MINUS SIGN}€{-value:,.0f}" if value < 0 else f"€{value:,.0f}"


DRAWN = {
    "lines": lambda name, v: charts_time.lines(
        name, name, ["a", name[:9]], [Series(name, (v, None)), Series("b", (v, 2.0))], show
    ),
    "flags": lambda name, v: charts_time.flags(
        name, name, ["a", "b"], [(name, "1", 0, 1), ("2028", name, 1, 2)],
        [Flag(name, 0, 1, v, "1"), Flag("b", 0, 0, -v)], show,
    ),
    "fan": lambda name, v: charts_time.fan(
        name, name, ["a", "b"], [[v + n, v + n] for n in range(5)], show, line=Series(name, (v, v))
    ),
    "bars": lambda name, v: charts_bars.bars(name, name, [(name, v, "own"), ("b", -1.0, "")], show),
    "waterfall": lambda name, v: charts_bars.waterfall(
        name, name, [(name, [v, 1.0], True), ("b", [-1.0, 0.0], False)], [name[:20], "now"], show
    ),
    "stacked": lambda name, v: charts_bars.stacked(name, name, [(name, [abs(v), 1.0])], [name, "b"], show),
    "diverging": lambda name, v: charts_bars.diverging(name, name, [(name, v), ("b", -v)], show),
    "ranges": lambda name, v: charts_bars.ranges(name, name, [(name, -1.0, 1.0, 0.0, v)], show),
    "slope": lambda name, _: charts_spread.slope(
        name, name, ["By sales", "Your guess", "By profit"], [(name, (1, None, 2)), ("b", (2, None, 1))], told=["", name]
    ),
    "dots": lambda name, v: charts_spread.dots(name, name, [(name, [("", v), ("", 2.0)])], show, marks=[("x", 1.0)]),
    "whale": lambda name, v: charts_spread.whale(name, name, [(name, v), ("b", -1.0)], show),
}  # fmt: skip


class Watched(Canvas):
    """A canvas that remembers what lay on what."""

    found: ClassVar[list[str]] = []

    def svg(self, label, role=""):
        self.found.extend(f"{label[:30]} at {self.width:.0f}: {fault}" for fault in self.faults())
        return super().svg(label, role)


@pytest.fixture
def watched(monkeypatch):
    monkeypatch.setattr(charts, "Canvas", Watched)
    Watched.found.clear()
    return Watched.found


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("value", [0.0, 1.0, -5e12, 3e14])
def test_charts_are_sound_escaped_and_have_their_numbers(kind, value):
    html = DRAWN[kind](HOSTILE, value)
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    assert "<b onclick" not in html and "nan" not in html.lower().replace("finance", "")
    assert html.count("<svg") == 2 and html.count("<table") == html.count("<figure") == 1
    assert not any(name == "onclick" for _, attributes in reader.attributes for name in attributes)
    for number in re.findall(r'(?:x|y|width|height)="([-\d.e+]+)"', html):
        assert abs(float(number)) < 1e5
    assert all(float(width) >= 0 for width in re.findall(r'width="([-\d.]+)"', html))


def test_no_label_is_clipped_or_lies_on_another(watched):
    """Long names, many rows, crowded quarters, values of any sign: measured, at both widths."""
    for kind, draw in DRAWN.items():
        for value in (0.0, -3.0, 1234.5):
            draw(LONG, value)
            assert not watched, kind
    accounts = [f"{LONG[: 8 + 7 * n]} {n}" for n in range(9)]
    for count in (1, 3, 5, 9):
        some = accounts[:count]
        walk = [
            Series(name, tuple(((n * 7 + step * 3) % 10) / 10 for step in range(12))) for n, name in enumerate(some)
        ]
        charts_time.lines("lines", "", QUARTERS, walk, show, floor=0.0)
        items = [Flag(name, n % 4, (n * 5) % 12, (n - 3) * 10.0**n) for n, name in enumerate(some)]
        years = [("2027", "€4.1m", 0, 4), ("2028", "€4.9m", 4, 8), ("2029 (3 quarters)", "€6.2m", 8, 12)]
        charts_time.flags("flags", "", QUARTERS, years, items, euros)
        ranks = [(name, (n + 1, (n * 2) % count + 1 if count % 2 else None, count - n)) for n, name in enumerate(some)]
        heads = ["By sales", "Your guess", "By profit"]
        charts_spread.slope("slope", "", heads, ranks, told=[euros(1e6 * n) for n in range(count)])
        money = [(name, 1e6 * (4 - n)) for n, name in enumerate(some)]
        charts_spread.whale("whale", "", money, euros)
        charts_bars.diverging("diverging", "", money, euros)
        charts_bars.bars("bars", "", [(name, value, "own") for name, value in money], euros)
        charts_bars.stacked("stacked", "", [(name, [n, 2.0, 3.0]) for n, name in enumerate(some)], accounts[:3], show)
        charts_bars.ranges("ranges", "", [(name, 0.0, 1.0, 0.5, n / 3) for n, name in enumerate(some)], show)
        marks = [("typical", 0.5), ("empty chair", 0.48)]
        charts_spread.dots(
            "dots", "", [(n, [("", (k * 37 % 60) / 60) for k in range(60)]) for n in some], show, marks=marks
        )
        bands = [[scale_ * step for step in range(12)] for scale_ in (0.1, 0.11, 0.12, 0.13, count / 2)]
        charts_time.fan("fan", "", QUARTERS, bands, euros, line=Series("you", tuple(bands[2])))
    assert not watched


def test_every_flag_of_weight_carries_its_words(watched):
    """Six crowded decisions: all but the smallest have their figure on the wide drawing, the largest their name."""
    items = [Flag(f"Account {n}: a case", n, n, 1e6 * (n + 2) * (-1) ** n, str(n + 1)) for n in range(6)]
    html = charts_time.flags("t", "s", QUARTERS, [("2027", "€1m", 0, 12)], items, euros)
    wide = html.split("<svg")[1]
    assert all(f">{euros(one.worth)}<" in wide for one in items[1:])
    assert all(f">Account {n}: a case<" in wide for n in (3, 4, 5)) and not watched


def test_lines_differ_by_more_than_colour():
    html = charts_time.lines("t", "s", ["1", "2"], [Series(str(n), (float(n), n + 1.0)) for n in range(4)], show)
    dashes = re.findall(r'stroke-dasharray="([^"]+)"', html)
    assert len(set(dashes)) == 3


def test_what_costs_is_hatched():
    html = charts_bars.diverging("t", "s", [("a", 1.0), ("b", -1.0)], show)
    assert html.count('class="neg"') == html.count('class="pos"') == 2
    assert ".neg { fill: url(#hatch)" in charts.STYLE


def test_names_are_moved_apart_and_stay_between_their_edges():
    wanted = [(100.0, 15.0)] * 6 + [(10.0, 30.0)]
    tops = apart(wanted, 0.0, 220.0)
    spans = sorted((top, top + tall) for top, (_, tall) in zip(tops, wanted, strict=True))
    assert spans[0][0] >= 0.0 and spans[-1][1] <= 220.0
    assert all(one[1] <= two[0] + 1e-9 for one, two in pairwise(spans))


def test_a_fault_is_seen():
    """The check itself: words beyond the edge and on each other."""
    canvas = Canvas(NARROW)
    canvas.write(NARROW - 5.0, 20.0, "too far")
    canvas.write(10.0, 40.0, "one")
    canvas.write(12.0, 44.0, "two")
    assert [fault.split(":")[0] for fault in canvas.faults()] == ["clipped", "'one' lies on 'two'"]


def test_nothing_to_draw_draws_nothing():
    assert charts_time.lines("t", "s", ["1"], [Series("a", (None,))], show) == ""
    assert charts_spread.dots("t", "s", [("a", [])], show) == ""


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.0), (-3.0, 7.0), (0.0, 1e-4), (1e12, 2e12), (-5.0, -4.0)])
def test_scales_cover_their_range(low, high):
    ticks = scale(low, high)
    assert ticks[0] <= low and ticks[-1] >= high - 1e-9 * abs(high) and 2 <= len(ticks) <= 12


def test_tables_escape_all_but_html():
    html = charts.grid("c", ["a", HOSTILE], [[charts.Html("<bdi>x</bdi>"), HOSTILE]])
    assert "<bdi>x</bdi>" in html and "<b " not in html
