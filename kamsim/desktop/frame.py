"""The frame around every page: rail, top with what is left of the quarter, foot with the keys and the next step."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.brand import mark
from kamsim.desktop.kit.buttons import KEYCAP, Button, Control, keycap
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Act, Look, Metrics, Node
from kamsim.desktop.kit.stage import Layer
from kamsim.desktop.kit.words import Chip, Drawing, Text
from kamsim.desktop.screens.practice import ask_leave
from kamsim.desktop.shell import RAIL, SLIM, SLIM_BELOW
from kamsim.desktop.wordbook import tip
from kamsim.view import own
from kamsim.view.desk import weeks_line
from kamsim.view.practice import COUNTS_NOT

if TYPE_CHECKING:
    from kamsim.desktop.shell import Dialog, Shell

MOST_WIDE: Final = 1760.0
BRAND: Final = 60.0
ITEM, LEAST_FULL, SLIM_ITEM, LEAST_ITEM = 54.0, 50.0, 42.0, 27.0
"""How high a place in the rail is, and at least with its name; where the rail is slim, and at least in a low window."""


@dataclass(kw_only=True, eq=False)
class RailItem(Control):
    """A place in the rail."""

    label: str = ""
    icon: str = ""
    act: Act | None = None
    on: bool = False
    slim: bool = False
    badge: int = 0
    high: float = ITEM

    STYLE = Style(11, "Medium", "rail_ink", 1.3)

    def measure(self, _metrics: Metrics, _width: float) -> float:
        return self.high

    def paint(self, painter: Painter, look: Look) -> None:
        rect = self.rect
        hover, focus = look.hover == self.name, look.focus == self.name
        ink = "rail_bright" if self.on or focus or hover else "rail_ink"
        inner = rect.inset(6, 1)
        if self.on or hover or focus:
            painter.box(inner, 10, "rail_on", "rail_bright" if focus else None, 1.6)
        if self.on:
            painter.box(Rect(rect.x, rect.y + rect.h / 2 - 14, 3, 28), 1.5, "#6CA8FF")
        middle, top = rect.x + rect.w / 2, rect.y + (0 if self.slim else (self.high - ITEM) / 2)
        low = self.high < SLIM_ITEM
        painter.icon(middle, top + (rect.h / 2 if self.slim else 22), self.icon, 18 if low else 22, ink)
        if not self.slim:
            painter.text(middle, top + 43, self.label, self.STYLE, "c", colour=ink)
        if self.badge:
            x, y = middle + 13, top + (8.5 if low else 10 if self.slim else 12)
            painter.disc(x, y, 7.5 if low else 8.5, "#FFD27A")
            painter.text(x, y, str(self.badge), Style(11, "Bold", "#2A1A00", 1.2), "c")

    def activate(self) -> bool:
        if self.act is not None:
            self.act()
        return self.act is not None

    def shows(self) -> Hashable:
        return (self.label, self.icon, self.on, self.slim, self.badge, self.high)

    def describe(self) -> str:
        return f"Go to: {self.label}{f' ({self.badge} waiting)' if self.badge else ''}{', here' if self.on else ''}"


@dataclass(kw_only=True, eq=False)
class Hints(Node):
    """The keys that are valid now, as many as there is room for; or a message instead."""

    keys: Sequence[tuple[str, str]] = ()
    message: str = ""

    def natural(self, _metrics: Metrics) -> float:
        return 200.0

    def measure(self, metrics: Metrics, width: float) -> float:
        style = Style(13.5, "Medium", "accent", 1.4)
        return max(38.0, metrics.high(self.message, style, width)) if self.message else 38.0

    def paint(self, painter: Painter, look: Look) -> None:
        middle = self.rect.y + self.rect.h / 2
        if self.message:
            style = Style(13.5, "Medium", "accent", 1.4)
            lines = painter.lines(self.message, style, self.rect.w)
            for row, line in enumerate(lines):
                painter.text(self.rect.x, middle + (row - (len(lines) - 1) / 2) * 19, line, style)
            return
        x, style = self.rect.x, Style(12.5, "Regular", "ink3", 1.3)
        for key, what in self.keys:
            parts = key.split(" ")
            wide = (
                sum(max(22.0, painter.wide(part, KEYCAP) + 12) + 4 for part in parts) + painter.wide(what, style) + 22
            )
            if x + wide > self.rect.right:
                return
            for part in parts:
                cap = max(22.0, painter.wide(part, KEYCAP) + 12)
                keycap(painter, x + cap, middle, part)
                x += cap + 4
            x += painter.text(x + 3, middle, what, style) + 22

    def shows(self) -> Hashable:
        return (tuple(self.keys), self.message)

    def describe(self) -> str:
        return self.message


def _brand(painter: Painter, rect: Rect, _look: Look) -> None:
    mark(painter, rect.x + rect.w / 2 - 16, rect.y + 12, 32)


def rail(shell: Shell, high: float, slim: bool) -> Card:
    """The rail."""
    screen, play = shell.screen, shell.play
    badges = play.badges if play is not None else {}
    places = [
        ("desk", "Desk", "desk", shell.go_desk, "1"),
        ("portfolio", "Portfolio", "portfolio", shell.go_portfolio, "2"),
        ("account", "Customers", "people", shell.go_account, "3"),
        ("pipeline", "Pipeline", "funnel", shell.go_pipeline, "P"),
        ("notes", "Notes", "notes", shell.go_notes, "4"),
        ("why", "Why", "report", shell.go_why, "5"),
        ("cases", "Cases", "case", shell.go_cases, "6"),
        ("promises", "Promises", "calendar", shell.go_promises, "7"),
        ("deal", "Deal desk", "stamp", shell.go_deal, "8"),
        ("radar", "Radar", "radar", shell.go_radar, "9"),
    ]
    if play is not None and own.tabs(play):
        places.insert(4, ("own", "Our side", "team", shell.go_own, "O"))
    count = len(places) + 2
    full = min(ITEM, (high - BRAND) / count)
    slim = slim or full < LEAST_FULL
    branded = BRAND + (SLIM_ITEM if slim else full) * count <= high
    item = full if not slim else SLIM_ITEM if branded else max(LEAST_ITEM, min(SLIM_ITEM, (high - 4) / count))
    items: list[Node] = [
        Drawing(high=BRAND if branded else 4, brush=_brand if branded else lambda _p, _r, _l: None, says="")
    ]
    for name, label, icon, act, key in places:
        items.append(
            RailItem(
                name=f"rail.{name}",
                label=label,
                icon=icon,
                act=act,
                on=screen.rail == name,
                slim=slim,
                high=item,
                badge=badges.get(name, 0),
                tip=tip(label, f"Ctrl+{key}"),
            )
        )
    items.append(
        RailItem(
            name="rail.help",
            label="Help",
            icon="help",
            act=shell.open_help,
            slim=slim,
            high=item,
            tip=tip("Help", "F1"),
        )
    )
    items.append(
        RailItem(
            name="rail.settings",
            label="Settings",
            icon="gear",
            act=shell.open_settings,
            slim=slim,
            high=item,
            tip=tip("Settings", "F2"),
        )
    )
    return Card(children=items, tone="rail", pad=0, gap=0)


def _weeks(shell: Shell) -> Node:
    play = shell.play
    assert play is not None
    free, weeks = play.weeks

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        charts.weeks(painter, Rect(rect.x, rect.y + 2, rect.w, 14), weeks, free)

    said = f"{play.hours:.0f} hours left, {weeks_line(play)}"
    return Column(
        children=[
            Drawing(draws=(free, weeks), high=20, wide=190, brush=brush),
            Text(text=said, style="tiny", colour="ink2"),
        ],
        gap=4,
        span=0,
    )


@dataclass(kw_only=True, eq=False)
class Hinted(Column):
    """A column that explains itself when the pointer rests on it."""


def top(shell: Shell, wide: float, high: float) -> Card:
    """The top: where we are, and what is left of the quarter."""
    screen, roomy = shell.screen, high > 480
    heads: list[Node] = [Text(text=screen.title(), style="head" if roomy else "title")]
    if screen.subtitle() and roomy:
        heads.append(Text(text=screen.subtitle(), style="small"))
    parts: list[Node] = [Column(children=heads, gap=1), *_practice(shell), *_status(shell, roomy=roomy)]
    if screen.rail == "locked":
        help_key = "F1" if wide > 700 else ""
        parts.append(
            Button(name="top.help", label="Help", icon="help", act=shell.open_help, kind="quiet", shortcut=help_key)
        )
    row = Row(children=parts, gap=18, stack=640 if roomy else 0, stack_gap=6, align="middle")
    return Card(children=[row], tone="bar", pad=20, down=11 if roomy else 6)


def _practice(shell: Shell) -> list[Node]:
    """That it is practice, wherever one is."""
    if shell.play is None or not shell.play.session.practised:
        return []
    mark: list[Node] = [Chip(text=COUNTS_NOT, tone="warn", icon="rhythm")]
    if shell.screen.rail != "locked":
        act = partial(ask_leave, shell)
        mark.append(Button(name="top.leave", label="Leave", icon="back", act=act, kind="quiet"))
    return [Row(children=mark, gap=8, align="middle", span=0)]


def _status(shell: Shell, *, roomy: bool) -> list[Node]:
    """What is left of the quarter; in few words where there is little room."""
    play = shell.play
    if play is None or play.session.finished or not shell.screen.shows_hours:
        return []
    name = play.cast.quarter(play.quarter)
    undo: list[Node] = []
    if play.session.can_undo:
        undo = [Button(name="top.undo", label="Undo", icon="undo", act=shell.undo, kind="quiet")]
    if not roomy:
        short = Text(text=f"{play.hours:.0f} h left, {name}", style="strong", span=0)
        return [Row(children=[*undo, short], gap=12, align="middle", span=0)]
    of = Text(text=f"quarter {play.quarter} of {play.session.quarters}", style="tiny")
    quarter = Column(children=[Text(text=name, style="strong"), of], gap=1, span=0)
    hours = Hinted(name="top.hours", children=[_weeks(shell)], tip=tip("hours"), span=0)
    return [Row(children=[*undo, hours, quarter], gap=20, align="middle", span=0)]


def _valid(shell: Shell, nodes: Sequence[Node], long: bool) -> list[tuple[str, str]]:
    """The keys of a page's hints that do something now: a letter or a digit needs what carries it, and not off; PgDn
    a page that is longer than its room."""
    dead = {key for keys, _ in shell.screen.hints() for key in keys.split(" ") if len(key) == 1 and key.isalnum()}
    dead -= set(shell.screen.keys())
    for part in (part for node in nodes for part in node.walk()):
        if not dead:
            break
        if not getattr(part, "off", ""):
            dead.discard(getattr(part, "shortcut", ""))
    undoable = shell.play is not None and shell.play.session.can_undo
    made = []
    for keys, what in shell.screen.hints():
        valid = [key for key in keys.split(" ") if key not in dead]
        together = keys.startswith("Ctrl ")
        if {"Ctrl Z": undoable, "PgDn": long}.get(keys, together or bool(valid)):
            made.append((keys if together else " ".join(valid), what))
    return made


def foot(shell: Shell, wide: float, high: float, content: Node, own: Sequence[Button], *, long: bool) -> Card:
    """The foot: the keys valid now or what was just done, and the page's ``own`` buttons; ``long``: whether the page
    scrolls."""
    actions: list[Node] = list(own)
    keys = _valid(shell, [content, *actions], long) if wide >= 700 and not shell.message else ()
    hints: Node = Hints(keys=keys, message=shell.message)
    if shell.demo is not None:
        actions = list(shell.demo.buttons())
        hints = Text(text=shell.demo.text, style="strong", colour="accent")
    buttons = Flow(children=actions, gap=10, right=True, span=0 if wide >= 700 else 1)
    show: list[Node] = [hints, buttons] if wide >= 700 or shell.message or shell.demo is not None else [buttons]
    return Card(
        children=[Row(children=show, gap=16, stack=700, align="middle", stack_gap=6)],
        tone="foot",
        pad=20,
        down=11 if high > 480 else 6,
    )


def layers(shell: Shell, wide: float, high: float) -> list[Layer]:
    """The page and its frame as layers, from the back to the front."""
    screen = shell.screen
    metrics = Metrics(shell.stage.scale)
    made: list[Layer] = []
    x, y, bottom = 0.0, 0.0, high
    if screen.framed:
        slim = wide < SLIM_BELOW
        if screen.rail != "locked":
            x = SLIM if slim else RAIL
            made.append(Layer("rail", rail(shell, high, slim), Rect(0, 0, x, high), scrolls=True, ground="rail"))
        head = top(shell, wide - x, high)
        y = max(60.0, head.height(metrics, wide - x)) if high > 480 else head.height(metrics, wide - x)
        made.append(Layer("top", head, Rect(x, 0, wide - x, y), ground="card"))
    content = screen.body()
    room = wide - x
    pad = 18.0 if room > 700 else 12.0
    side = max(pad, (room - MOST_WIDE) / 2)
    edge = 16.0 if high > 480 else 10.0
    body = Padded(children=[content], side=side, edge=edge)
    own = screen.actions()
    if own or shell.message or shell.demo is not None:
        tall = body.height(metrics, room)
        tail = foot(shell, room, high, content, own, long=tall > high - y)
        bottom = high - tail.height(metrics, room)
        if bottom - y < tall <= high - y:
            tail = foot(shell, room, high, content, own, long=True)
        made.append(Layer("foot", tail, Rect(x, bottom, room, high - bottom), ground="card"))
    if screen.centred:
        spare = (bottom - y) - body.height(metrics, room)
        body = Padded(children=[content], side=side, edge=edge + max(0.0, spare) * 0.4)
    area = Rect(x, y, room, max(40.0, bottom - y))
    made.insert(0, Layer("body", body, area, scrolls=True))
    return made


def over(dialog: Dialog | None, scale: float, wide: float, high: float) -> list[Layer]:
    """What lies over the page."""
    if dialog is None:
        return []
    box = min(dialog.wide, wide - 24)
    low = high < 480
    panel = Card(children=dialog.nodes(), tone="card", gap=7 if low else 12, pad=14 if low else 22)
    tall = min(panel.height(Metrics(scale), box), high - (12 if low else 24))
    area = Rect((wide - box) / 2, (high - tall) / 2, box, tall)
    return [Layer("dialog", panel, area, scrolls=True, ground="", modal=True)]


@dataclass(kw_only=True, eq=False)
class Padded(Column):
    """A column with space around it."""

    side: float = 18.0
    edge: float = 14.0

    def measure(self, metrics: Metrics, width: float) -> float:
        return super().measure(metrics, width - 2 * self.side) + 2 * self.edge

    def place(self, metrics: Metrics, rect: Rect) -> None:
        inner = rect.inset(self.side, self.edge)
        self._heights[inner.w, metrics.scale] = super().measure(metrics, inner.w)
        super().place(metrics, inner)
        self.rect = rect
