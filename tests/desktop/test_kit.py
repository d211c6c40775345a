"""Widgets, layout and charts by themselves."""

from __future__ import annotations

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import numpy as np
import pygame
import pytest

from kamsim.desktop.kit import charts, lettering
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.controls import Segmented, Slider, Stepper, Switch
from kamsim.desktop.kit.faces import portrait
from kamsim.desktop.kit.field import TextField, Typed
from kamsim.desktop.kit.gfx import Painter, Rect, smooth
from kamsim.desktop.kit.grid import Cell, Cursor, Grid, Heading, Line
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Look, Metrics
from kamsim.desktop.kit.pictures import paint
from kamsim.desktop.kit.theme import Theme
from kamsim.desktop.kit.words import Facts, Figure, Text
from kamsim.look.faces import Face
from kamsim.view.portraits import wardrobe

METRICS = Metrics(1.0)


@pytest.fixture(autouse=True)
def display():
    pygame.display.init()
    if pygame.display.get_surface() is None:
        pygame.display.set_mode((1, 1))


def placed(node, wide=400.0):
    node.place(METRICS, Rect(10, 20, wide, node.height(METRICS, wide)))
    return node


def painter(wide=500, high=400, scale=1.0):
    surface = pygame.Surface((wide, high))
    surface.fill((255, 255, 255))
    return Painter(surface, scale, Theme("light"))


def test_a_slider_moves_by_keys_and_pointer_in_its_steps():
    """Left and Right by one step, with Shift by five, Home and End to the ends; the pointer snaps to steps."""
    got = []
    slider = placed(Slider(name="s", label="Price", value=0.0, low=-0.1, high=0.1, step=0.005, change=got.append))
    slider.key(pygame.K_RIGHT, 0)
    slider.key(pygame.K_RIGHT, pygame.KMOD_SHIFT)
    slider.key(pygame.K_HOME, 0)
    slider.key(pygame.K_LEFT, 0)
    slider.press(slider.rect.right - 9, 30)
    slider.drag(slider.rect.x + 9 + (slider.rect.w - 18) * 0.513, 30)
    assert got == [0.005, 0.03, -0.1, 0.1, pytest.approx(0.005)]
    assert "from" in slider.describe()


def test_segments_are_picked_and_stack_where_there_is_no_room():
    """By keys and by pointer; one below the other when narrow."""
    got = []
    made = placed(
        Segmented(
            name="g",
            label="For how long?",
            value=4,
            options=[(4, "1 year"), (8, "2 years"), (12, "3 years")],
            change=got.append,
        )
    )
    made.key(pygame.K_RIGHT, 0)
    made.press(made.rect.right - 10, made.rect.bottom - 8)
    made.press(made.rect.x + 10, made.rect.bottom - 8)
    assert got == [8, 12]
    assert made.height(METRICS, 130.0) > made.height(METRICS, 400.0) + 50


def test_steppers_switches_and_buttons():
    """Ends are ends; what is off says why and does nothing."""
    got = []
    stepper = placed(Stepper(name="n", label="Quarters", value=8, low=8, high=9, change=got.append))
    stepper.key(pygame.K_LEFT, 0)
    stepper.press(stepper.rect.right - 5, 30)
    placed(Switch(name="w", label="Sound", value=False, change=got.append)).activate()
    assert got == [9, True]
    off = Button(name="b", label="Set", act=lambda: got.append("no"), off="that is today's price")
    assert not off.activate() and "no" not in got and "today's price" in off.describe()
    assert Button(name="b", label="Set", act=lambda: got.append("yes")).activate() and got[-1] == "yes"


def test_a_field_takes_text_and_moves_its_caret():
    """Typing, deleting, ends, and only what it accepts; never more than fits a name."""
    typed = Typed()
    made = TextField(name="f", label="Seed", typed=typed, accepts="0123456789")
    made.type("12a3")
    made.key(pygame.K_HOME, 0)
    made.type("9")
    made.key(pygame.K_DELETE, 0)
    made.key(pygame.K_END, 0)
    made.key(pygame.K_BACKSPACE, 0)
    assert typed.text == "92" and typed.caret == 2
    free = TextField(name="f", label="Name", typed=Typed())
    free.type("Zürich 12.5 % \u0007" + "x" * 200)
    assert free.typed.text.startswith("Zürich 12.5 % x") and len(free.typed.text) == 60


def test_a_table_moves_its_cursor_and_becomes_a_list_where_narrow():
    """Arrows stay inside until the edge, where they leave; Enter goes where the row leads."""
    went = []
    rows = [
        Line((Cell(name), Cell("€1.00m"), Cell("12%")), act=lambda name=name: went.append(name)) for name in ("a", "b")
    ]
    table = placed(
        Grid(
            name="t",
            columns=[Heading("Customer", figures=False), Heading("Sales"), Heading("Off")],
            rows=rows,
            cursor=Cursor(),
        )
    )
    assert table.key(pygame.K_DOWN, 0) and table.key(pygame.K_RIGHT, 0)
    assert table.key(pygame.K_DOWN, 0) and table.cursor.row == 1, "the end of the table is no way out of it"
    table.activate()
    table.press(table.rect.x + 5, table._boxes[0][0][1].y + 5)
    assert went == ["b", "a"]
    assert table.height(METRICS, 120.0) > table.height(METRICS, 400.0)
    assert "a: Sales €1.00m, Off 12%" in table.describe()


def test_rows_stack_and_flows_go_on_below():
    """One column where there is less room than a row asks for."""
    row = Row(children=[Text(text="one"), Text(text="two")], stack=300, gap=10)
    wide, narrow = placed(row, 400.0), placed(Row(children=row.children, stack=300, gap=10), 200.0)
    assert wide.height(METRICS, 400.0) < narrow.height(METRICS, 200.0)
    flow = placed(Flow(children=[Button(name=str(n), label="Some button") for n in range(5)]), 300.0)
    assert len({child.rect.y for child in flow.children}) > 1
    assert all(child.rect.right <= flow.rect.right + 0.1 for child in flow.children)


def test_a_long_word_is_broken_and_a_long_line_cut():
    """Nothing runs out of its box, whatever it is called."""
    lines = lettering.broken("Donaudampfschifffahrtsgesellschaftskapitän arrives", "Regular", 14, 120)
    assert all(lettering.width(line, "Regular", 14) <= 120 for line in lines)
    assert lettering.width(lettering.shortened("A very long name of somebody", "Medium", 13, 90), "Medium", 13) <= 90


def test_figures_have_one_width():
    """Columns of figures stand in line: every digit is as wide as every other."""
    widths = {round(lettering.width(digit * 10, "Regular", 14), 3) for digit in "0123456789"}
    assert len(widths) == 1


def test_the_same_person_always_looks_the_same():
    """A portrait depends on the person alone; another person looks different, and a mood changes the face."""

    def pixels(face):
        portrait.cache_clear()
        return pygame.surfarray.array3d(portrait(face, 64))

    one = pixels(Face("aksel", "purchasing", "he"))
    assert (one == pixels(Face("aksel", "purchasing", "he"))).all()
    assert (one != pixels(Face("mireille", "finance", "she"))).any()
    assert (one != pixels(Face("aksel", "purchasing", "he", -1.0))).any()
    assert wardrobe("She asks one question; her desk is empty.") == "she"
    assert wardrobe("A purser. He counts.") == "he" and wardrobe("A desk, a window.") == ""


CHARTS = {
    "waterfall": lambda p, r: charts.waterfall(p, r, [charts.Step("List", 100.0, True), charts.Step("Off", -30.0), charts.Step("Loss", -90.0, True)], str),
    "lying": lambda p, r: charts.waterfall(p, Rect(r.x, r.y, 90, r.h), [charts.Step("List price", 1e6, True), charts.Step("Off", -3e5)], str),
    "pairs": lambda p, r: charts.pairs(p, r, [charts.Pair("Orvik", 3.0, -0.1, "3", "−0.1"), charts.Pair("Mira", 0.0, 0.0, "", "0")]),
    "span": lambda p, r: charts.span(p, r, 1.0, 1.0, 1.0, str, ("You said", "It is")),
    "ranks": lambda p, r: charts.ranks(p, r, [charts.Ranked("A", 0, 1, "1", "2"), charts.Ranked("B", 1, 0, "1", "2")], ("S", "P")),
    "fan": lambda p, r: charts.fan(p, r, charts.Fan(tuple(tuple(q * n / 8 for n in range(1, 9)) for q in (1.0, 2.0, 3.0, 4.0, 5.0)),
                                                    tuple(f"Q{n}" for n in range(1, 9)), 2.5, "floor"), lambda v: f"{v:.1f}"),
    "weeks": lambda p, r: charts.weeks(p, Rect(r.x, r.y, 200, 14), 13, 6.4),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_every_chart_draws_also_at_its_edges(name, scale):
    """Zero, negative, equal and single values included; something is drawn and it stays in its box."""
    made = painter(round(460 * scale), round(360 * scale), scale)
    CHARTS[name](made, Rect(30, 30, 400, 300))
    drawn = (pygame.surfarray.array3d(made.surface) != 255).any(axis=2)
    assert drawn.sum() > 200
    assert not drawn[: round(14 * scale)].any() and not drawn[-round(14 * scale) :].any()


def test_smooth_curves_never_overshoot():
    """Between two points a curve stays between their values."""
    x, y = np.array([0.0, 1.0, 2.0, 3.0, 4.0]), np.array([0.0, 0.0, 5.0, 5.0, 1.0])
    fine = smooth(x, y, np.linspace(0, 4, 400))
    assert fine.min() >= -1e-9 and fine.max() <= 5 + 1e-9


def test_a_card_is_drawn_in_three_looks_with_its_content():
    """Title, figure, facts, item: described by a voice and painted."""
    children = [
        Figure(label="Sales", value="€1.00m"),
        Facts(rows=(("Trust", "42"),)),
        Item(name="i", title="Meet", note="10 h", icon="chat"),
    ]
    card = placed(Card(title="Orvik", children=children))
    assert card.describe() == "Orvik\nSales: €1.00m\nTrust: 42\nChoice: Meet. 10 h"
    for theme in ("light", "dark", "contrast"):
        surface = pygame.Surface((500, 400))
        paint(card, Painter(surface, 1.0, Theme(theme)), Look(focus="i"))
        assert len({tuple(surface.get_at((x, y))) for x in range(10, 400, 3) for y in range(20, 250, 3)}) > 20
    assert isinstance(card.inner, Column)


def test_no_text_closes_the_window():
    """Invisible characters, letters that the fonts lack and control characters are drawn as nothing or as a box."""
    for text in ("\u200b", "a\u200b\nb", "\u0416\u4e2d", "Tom\u2011Tom", "\u00ad", "\ufb01", "\u20b9 5"):
        surface, _ = lettering.picture(text, "Regular", 13.0, (0, 0, 0))
        assert surface.get_width() >= 1
        assert lettering.width(text, "Regular", 13.0) >= 0
        assert lettering.broken(text, "Regular", 13.0, 40.0)
    blank = lettering.picture("\u0416", "Regular", 13.0, (0, 0, 0))[0]
    assert pygame.surfarray.array_alpha(blank).max() > 0, "a letter that the fonts lack leaves a gap"
