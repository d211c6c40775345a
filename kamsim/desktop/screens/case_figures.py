"""What a page comes to, as far as one knows: a fan with and without it, the lines beside it, a quarter before and
after."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kamsim.desktop import casework
from kamsim.desktop.kit import charts
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Chip, Drawing, Figure, Text
from kamsim.desktop.wordbook import tip
from kamsim.game import wording

if TYPE_CHECKING:
    from kamsim.desktop.play import Play
    from kamsim.desktop.screens.case import CasePage
    from kamsim.engine.preview import Preview


def fan_card(page: CasePage, made: Preview) -> Card:
    """Cumulative account profit with the page, eight times in ten, beside the middle without it."""
    play = page.play
    count = made.fan.shape[1]
    names = tuple(f"Q{(play.quarter + place) % 4 + 1}" for place in range(count))
    rows = tuple(tuple(round(float(value)) for value in row) for row in made.fan)
    data = charts.Fan(rows, names, without=tuple(round(float(value)) for value in made.fan_without[2]))

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        charts.fan(painter, rect, data, play.money)

    gate = wording.gate_line(play.cast, page.account, page.work.audience, made.gate)
    head: list[Node] = [Text(text="Account profit, added up over three years", style="title")]
    chart = Drawing(draws=data, high=186, brush=brush, says=" ".join(wording.fan_lines(play.cast, made)))
    stop: list[Node] = [Text(text=gate, style="warn")] if gate else []
    return Card(children=[*head, chart, *stop], gap=6)


def figures_card(page: CasePage, made: Preview) -> Card:
    """The figures beside the page, money first."""
    play, work = page.play, page.work
    needed = made.break_even
    breaks = "no volume does" if math.isnan(needed) else f"{needed * 100:.0f}% more"
    worth = Figure(
        name="case.npv",
        label="Worth to us",
        value=play.money(float(made.gain[2])),
        size=21,
        tone="good" if float(made.gain[2]) >= 0 else "bad",
        tip=tip("Worth to us", "Three years of account profit with it, less without it, at our hurdle rate."),
    )
    even = Figure(name="case.even", label="Repays if they buy", value=breaks, size=21, tip=tip("breakeven"))
    from kamsim.desktop.kit.layout import Row

    lines = wording.figure_lines(
        play.cast, play.seen, page.account, work.audience, work.page, made, casework.hours(play, work)
    )
    gate = wording.gate_line(play.cast, page.account, work.audience, made.gate)
    texts: list[Node] = [Text(text=line, style="body") for line in lines if line != gate]
    price = wording.price_line(made, work.page)
    if price:
        texts.append(Text(text=price))
    return Card(children=[Row(children=[worth, even], gap=14, stack=240), *texts], gap=8)


def rests_card(page: CasePage) -> Card:
    """What the page rests on, and how people stand."""
    play, work = page.play, page.work
    stands = (
        wording.desk_stances(play.cast, play.seen)
        if work.audience == "desk"
        else wording.stances(play.cast, play.seen, page.account)
    )
    word = wording.word_with(play.cast, play.seen, None if work.audience == "desk" else page.account)
    rows: list[Node] = [Text(text=wording.rests(play.seen, page.account, work.page), style="ink")]
    rows += [Text(text=line) for line in stands]
    return Card(title="What it rests on, and how they stand", children=[*rows, Text(text=word, style="small")], gap=6)


def before_after(play: Play, made: Preview) -> Drawing:
    """A quarter of the second year, line by line: without above, with below."""
    items = []
    for line in wording.waterfall_lines(play.cast, made):
        name, _, rest = line.partition(": ")
        without, _, given = rest.rstrip(".").partition(" without, ")
        items.append((name, without, given))
    keys = [key for key in made.before if made.before[key] or made.after[key]]
    rows = []
    for place, (name, without, given) in enumerate(items):
        key = keys[place] if place < len(keys) else ""
        before = float(made.before[key]) if key else sum(made.before.values())
        after = float(made.after[key]) if key else sum(made.after.values())
        rows.append(charts.Pair(name, before, after, without, given))
    data = tuple(rows)

    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        charts.pairs(painter, rect, data, look.motion)

    return Drawing(
        draws=data, high=charts.pairs_high(data), brush=brush, says=" ".join(wording.waterfall_lines(play.cast, made))
    )


def tier_chip(page: CasePage, made: Preview) -> list[Node]:
    """Who would have to sign, as a chip; nothing for a customer's case."""
    words = {
        "auto": "signed at once",
        "sales": "sales signs",
        "finance": "finance signs too",
        "board": "all of them sign",
    }
    if page.work.audience != "desk":
        return []
    return [Chip(text=words.get(made.tier, made.tier), tone="good" if made.tier == "auto" else "warn", icon="lock")]
