"""The scenes of a close: your decisions with their euros, what was won and lost, what serving them takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.desktop.kit import charts, gains
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Chip, Drawing, Rule, Text
from kamsim.desktop.screens.people import picture
from kamsim.view import credit
from kamsim.view.portraits import colleague_face, face
from kamsim.view.scenes import TRUE_COST, cost_line, who
from kamsim.view.words.names import inner_quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kamsim.desktop.table import WindowTable
    from kamsim.view.credit import Brought, Decision
    from kamsim.view.scenes import Scene, TrueCost

FACE = 168.0
"""How large whoever tells what was won or lost is drawn."""


# --- your decisions ---------------------------------------------------------------------------------------------


def decisions(play: WindowTable, told: Brought | None) -> Node:
    """What you decided, each with its euros, beside an empty chair."""
    if told is None:
        return Card(children=[Text(text=credit.OTHER_RULES, style="ink")])
    head = Card(children=[_gain(play, told), Text(text=credit.head(play, told), style="ink")], gap=6)
    cards: list[Node] = [_decided(play, credit.NOW, told.made)] if told.made else []
    cards += [_decided(play, credit.EARLIER, told.earlier)] if told.earlier else []
    foot = " ".join(filter(None, (credit.rest(told), credit.EACH_ALONE)))
    return Column(children=[head, Row(children=cards, stack=860, align="top"), Text(text=foot, style="small")], gap=14)


def working(done: int, whole: int) -> Node:
    """The same before it is worked out."""
    said = "What each of your decisions brought is being worked out."
    return Card(children=[Text(text=said, style="ink"), Text(text=f"Quarter {done} of {whole}", style="small")])


def _gain(play: WindowTable, told: Brought) -> Drawing:
    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        painter.text(rect.x, rect.y + 10, "Your decisions, this quarter", Style(14, "Medium", "ink2"))
        style = Style(44, "Display", "pos" if told.gain >= 0 else "neg")
        painter.text(rect.x, rect.y + 48, play.money(told.gain * look.motion, plus=True), style)

    said = f"Your decisions, this quarter: {play.money(told.gain, plus=True)}"
    return Drawing(draws=(told.you, told.nobody), high=78, brush=brush, says=said, live=True)


def _decided(play: WindowTable, title: str, rows: Sequence[Decision]) -> Card:
    items = tuple(gains.Gain(credit.name(play, row), row.now, credit.figure(play, row)) for row in rows)

    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        gains.gains(painter, rect, items, look.motion)

    said = "; ".join(f"{item.name}: {item.text}" for item in items)
    chart = Drawing(draws=items, high=gains.gains_high(items), brush=brush, says=said, live=True)
    return Card(title=title, children=[chart])


# --- won and lost -----------------------------------------------------------------------------------------------


def staged(play: WindowTable, scene: Scene) -> Node:
    """Something won or lost, as whoever decided tells it."""
    cast = play.cast
    tone, icon = ("good", "check") if scene.won else ("bad", "cross")
    chip = Chip(text=scene.head, tone=tone, icon=icon)
    what: list[Node] = [Flow(children=[chip]), Text(text=scene.title, style="hero")]
    if scene.quote and (scene.person or scene.colleague):
        left, right = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
        what.append(Text(text=f"{left}{inner_quotes(scene.quote)}{right}", style="spoken"))
    if scene.person or scene.colleague:
        what.append(Text(text=who(play, scene), style="small"))
    what += [_run(play, scene)] if scene.runs else []
    what += [Rule(), *(Text(text=line, style="ink") for line in scene.lines)]
    beside: list[Node] = []
    mood = 0.9 if scene.won else -0.6
    if scene.person:
        beside = [picture(face(cast, scene.person, mood), FACE, cast.person(scene.person))]
    elif scene.colleague:
        beside = [picture(colleague_face(cast, scene.colleague, mood), FACE, cast.colleague(scene.colleague))]
    row = Row(children=[*beside, Column(children=what, gap=12)], gap=28, align="top", stack=560)
    return Card(children=[row], tone="soft" if scene.won else "card", pad=26, down=24)


def _run(play: WindowTable, scene: Scene) -> Drawing:
    """Its worth, quarter by quarter."""
    until = scene.until
    names = tuple(play.cast.quarter(quarter) for quarter in range(until - scene.runs + 1, until + 1))

    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        gains.run(painter, rect, names, ours=scene.won, say=play.money, each=float(scene.worth), motion=look.motion)

    said = f"{play.money(scene.worth)} a quarter, {play.money(scene.whole)} in all"
    return Drawing(draws=(scene.title, scene.worth), high=gains.RUN_HIGH, brush=brush, says=said, live=True)


# --- true cost to serve -----------------------------------------------------------------------------------------


def true_costs(play: WindowTable, found: Sequence[TrueCost]) -> Node:
    """What serving them takes, beside the equal share that hid it."""
    items = tuple(
        charts.Pair(
            play.cast.account(item.account), item.share, item.took, f"{play.money(item.share)} equal share",
            f"{play.money(item.took)} it took",
        )
        for item in found
    )  # fmt: skip

    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        charts.pairs(painter, rect, items, look.motion)

    said = "; ".join(f"{item.name}: {item.first_text}, {item.second_text}" for item in items)
    chart = Drawing(draws=items, high=charts.pairs_high(items), brush=brush, says=said, live=True)
    lines = [Text(text=cost_line(play, item), style="ink") for item in found]
    return Row(
        children=[Card(title=TRUE_COST, children=[chart]),
                  Card(title="What that means", children=lines, tone="soft")],
        stack=860, align="top",
    )  # fmt: skip
