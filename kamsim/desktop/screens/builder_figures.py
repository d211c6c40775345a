"""What a business case comes to, beside its page: outcome, futures, lines of profit, readers, what would stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit import case_charts
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.case_charts import Bridge, Futures
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Chip, Drawing, Facts, Figure, Text
from kamsim.desktop.screens.people import picture
from kamsim.desktop.wordbook import tip
from kamsim.look.faces import Face
from kamsim.view.case.basis import maker_line, word_with
from kamsim.view.case.figures import fan_lines, gate_line, waterfall, waterfall_lines
from kamsim.view.case.outcome import outcome, readers
from kamsim.view.portraits import approver_face, face
from kamsim.view.words.names import capital, percent
from kamsim.view.words.people import STANCE_CHIPS

if TYPE_CHECKING:
    from kamsim.desktop.screens.builder_case import CaseScreen
    from kamsim.view.case.outcome import Reader

FAN: Final = (136.0, 330.0)
"""Least and most height of the futures."""


def outcome_card(page: CaseScreen) -> Card:
    """Worth to us and to them, and the figures that qualify it."""
    told = outcome(page.play.cast, page.play.seen, page.work, page.made)
    hurdle = percent(page.play.seen.params.hurdle)
    us = Figure(
        name="fig.us",
        label="Worth to us over three years",
        value=told.us,
        note=told.us_range,
        tone="bad" if told.loses else "good",
        size=25,
        tip=tip("Worth to us over three years", *_worth_lines(hurdle)),
    )
    them = Figure(
        name="fig.them",
        label=told.other_label,
        value=told.other,
        note=told.other_note,
        tone="bad" if told.other_bad else "",
        size=25,
        tip=tip(told.other_label, *_other_lines(page)),
    )
    rows: list[Node] = [
        Row(children=[us, them], gap=24, stack=380, align="top"),
        Row(children=[Facts(rows=told.rows[:3]), Facts(rows=told.rows[3:])], gap=24, stack=400, align="top"),
    ]
    rows += [Text(text=note, style="neg") for note in told.grave]
    rows += [Text(text=told.signs, style="ink")] if told.signs else []
    return Card(children=rows, gap=8)


def _worth_lines(hurdle: str) -> tuple[str, ...]:
    return (
        "What the account leaves with this case, less what it leaves without it.",
        f"Twelve quarters, in today's money at {hurdle} a year. The same imagined futures with and without.",
        "From what you know; what you never asked about is a guess, and widens the range.",
    )


def _other_lines(page: CaseScreen) -> tuple[str, ...]:
    if page.audience == "desk":
        return ("Our desk takes off what your word is worth inside, and adds what other buyers would learn.",)
    return (
        "By their own sums: what it brings them a year if it works, and what it asks of them.",
        "They believe a part of it, as much as your word is worth with them.",
    )


VIEWS: Final = (("added", "What it adds"), ("both", "With and without"))


def futures_card(page: CaseScreen, high: float) -> Card:
    """Cumulative account profit: what the case adds to it, or with the case and without."""
    play, made = page.play, page.made
    quarters = range(play.quarter, play.quarter + made.fan.shape[1])
    names = [play.cast.quarter(quarter) for quarter in quarters]
    years = [name.split(" ")[1] if _year_shown(names, row) else "" for row, name in enumerate(names)]
    fan, without = (made.fan_added, ()) if page.view == "added" else (made.fan, made.fan_without[2])
    middle = "the middle" if page.view == "added" else "with it"
    data = Futures(
        tuple(tuple(float(value) for value in row) for row in fan),
        tuple(float(value) for value in without),
        tuple(name.split(" ")[0] for name in names),
        tuple(years),
        ("1 in 10 above", middle, "1 in 10 below", "without it"),
        "neg" if page.view == "added" and fan[2][-1] < 0 else "accent",
    )

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        case_charts.futures(painter, rect, data, play.money)

    switch = Segmented(
        name="view", options=VIEWS, value=page.view, change=lambda value: page.turn(str(value)), span=252
    )
    head = Row(
        children=[
            Column(
                children=[
                    Text(text="Account profit, added up", style="title"),
                    Text(text="half of the futures dark, 8 in 10 light", style="small"),
                ],
                gap=0,
            ),
            switch,
        ],
        gap=12,
        stack=460,
        stack_gap=6,
        align="middle",
    )
    return Card(
        children=[head, Drawing(draws=data, high=high, brush=brush, says=lambda: " ".join(fan_lines(play.cast, made)))],
        gap=8,
        late="futures",
    )


def _year_shown(names: list[str], row: int) -> bool:
    """Whether a year is named below a quarter: at its first one, and at the very first where there is room."""
    if row:
        return names[row].startswith("Q1")
    return not names[1].startswith("Q1")


def bridge_card(page: CaseScreen) -> Card:
    """A quarter of the second year, line by line, with the case and without."""
    play, made = page.play, page.made
    rows = tuple((capital(name), old, now) for name, old, now in waterfall(made))
    data = Bridge(rows, "A quarter of year 2")

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        case_charts.bridge(painter, rect, data, play.money, lambda cents: play.money(cents, plus=True))

    return Card(
        children=[
            Drawing(
                draws=data,
                high=case_charts.bridge_high(data),
                brush=brush,
                says=lambda: " ".join(waterfall_lines(play.cast, made)),
            )
        ],
        down=14,
        late="bridge",
    )


def comments_card(page: CaseScreen) -> list[Card]:
    """What they missed, on a page that was sent back; none for another."""
    said = page.form.comments()
    head = [Text(text=said[0], style="strong")] if said else []
    return [Card(children=[*head, *[Text(text=line) for line in said[1:]]], tone="soft", gap=6)] if said else []


def warning_card(page: CaseScreen) -> list[Card]:
    """What would stop it, before anybody weighed it; nothing where nothing would."""
    gate = gate_line(page.play.cast, page.account, page.audience, page.made.gate)
    said = [text for text in (gate, page.form.refused) if text]
    if not said:
        return []

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        painter.icon(rect.x + 11, rect.y + 11, "warn", 21, "warn", 1.9)

    texts = Column(children=[Text(text=text, style="warn") for text in said], gap=6)
    sign = Drawing(high=22, wide=22, span=22, brush=brush)
    return [Card(children=[Row(children=[sign, texts], gap=12, align="top")], tone="warn", down=12)]


# --- people -------------------------------------------------------------------------------------------------


def _face(page: CaseScreen, reader: Reader) -> Face:
    cast, mood = page.play.cast, max(-1.0, min(1.0, reader.number))
    if page.audience == "desk":
        return approver_face(cast, reader.id, mood)
    return face(cast, reader.id, mood)


def readers_card(page: CaseScreen, signing: tuple[str, ...]) -> Card:
    """Whoever reads it, and how they stand."""
    play = page.play
    rows: list[Node] = []
    for reader in readers(play.cast, play.seen, page.account, page.audience):
        seen = reader.age or ("must sign" if reader.name in signing else "")
        words, tone, icon = STANCE_CHIPS[reader.stand]
        side: list[Node] = [Chip(text=words, tone=tone, icon=icon)]
        side += [Text(text=seen, style="tiny", align="r")] if seen else []
        rows.append(
            Row(
                children=[
                    Row(
                        children=[
                            picture(_face(page, reader), 34),
                            Column(
                                children=[
                                    Text(text=reader.name, style="strong"),
                                    Text(text=reader.role, style="small"),
                                ],
                                gap=0,
                            ),
                        ],
                        gap=10,
                        align="middle",
                    ),
                    Column(children=side, gap=3, span=0),
                ],
                gap=8,
                align="middle",
            )
        )
    word = word_with(play.cast, play.seen, None if page.audience == "desk" else page.account)
    made = maker_line(play.cast, play.seen, page.account)
    rows += [Text(text=line, style="small") for line in (word, made) if line]
    title = "How our desk stands to you" if page.audience == "desk" else "How they stand to us"
    if page.audience == "customer":
        hours = page.room_hours
        rows.append(
            Button(
                name="room",
                label=f"Read the room, {hours:.0f} h",
                kind="normal",
                shortcut="R",
                icon="search",
                act=page.read_room,
            )
        )
    return Card(title=title, children=rows, gap=9)
