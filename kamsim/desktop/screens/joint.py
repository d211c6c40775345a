"""What is built together with customers: what a start needs, how far it is, the shared scorecard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.track import track
from kamsim.desktop.kit.words import Chip, Drawing, Facts, Rule, Text
from kamsim.desktop.screens.making import just_made, way_button
from kamsim.desktop.screens.people import picture, stance
from kamsim.view import joint, own
from kamsim.view.portraits import face

if TYPE_CHECKING:
    from kamsim.desktop.kit.gfx import Painter, Rect
    from kamsim.desktop.kit.node import Look, Node
    from kamsim.desktop.shell import Screen
    from kamsim.view.joint import Built, Need

SIGNS: Final = {True: ("check", "accent"), False: ("cross", "neg"), None: ("help", "warn")}
"""By whether a need is met: its sign and colour."""


def joint_cards(page: Screen) -> list[Node]:
    """Everything that can be built together, a card each."""
    told = just_made(page.play, joint.KINDS)
    return [*told, Text(text=joint.ONE_AT_A_TIME, style="small"), *(_card(page, one) for one in joint.built(page.play))]


def _card(page: Screen, item: Built) -> Card:
    play, cast = page.play, page.play.cast
    sponsor = cast.joints[item.name].sponsor
    who = picture(face(cast, sponsor, stance(play, sponsor)), 56, cast.person(sponsor))
    half: list[Node] = [Chip(text="By half", tone="bad", icon="down")] if item.halved else []
    head = Column(
        children=[
            Text(text=cast.account(item.account), style="accent"),
            Flow(children=[Text(text=item.title, style="title", span=0), *half]),
            Text(text=item.summary, style="ink"),
            Text(text=joint.stands_for_it(play, item), style="small"),
        ],
        gap=4,
    )
    rows: list[Node] = [Row(children=[who, head], gap=16, align="top"), Rule()]
    if item.step:
        rows.append(track(joint.STEPS, item.step, "", names=True))
    left: list[Node] = [*(Text(text=line, style="ink") for line in item.stands), *_buttons(page, item)]
    right = [*(_score(item) if item.score else []), *(_needs(item) if item.needs else [])]
    rows.append(Row(children=[Column(children=left, gap=9), Column(children=right, gap=5)], gap=26, stack=760,
                    align="top"))  # fmt: skip
    return Card(children=rows, gap=10)


def _needs(item: Built) -> list[Node]:
    rows: list[Node] = [Text(text=joint.needs_title(item), style="accent")]
    rows += [_need(need) for need in item.needs]
    return [*rows, Text(text=joint.UNSURE, style="small")]


def _need(need: Need) -> Node:
    icon, ink = SIGNS[need.met]

    def paint(painter: Painter, rect: Rect, _look: Look) -> None:
        painter.icon(rect.x + 8, rect.y + 10, icon, 15, ink, 2.4)

    sign = Drawing(draws=(icon, ink), high=20, wide=20, span=20, brush=paint, says=joint.MET_WORDS[need.met])
    told: list[Node] = [Text(text=f"{need.title}.", style="ink")]
    told += [] if need.met else [Text(text=f"{joint.MET_WORDS[need.met]}. {need.text}", style="small")]
    return Row(children=[sign, Column(children=told, gap=1)], gap=8, align="top")


def _score(item: Built) -> list[Node]:
    return [Text(text=joint.SCORE, style="accent"), Facts(rows=item.score)]


def _buttons(page: Screen, item: Built) -> list[Node]:
    """A start, or the way out."""
    if item.running:
        ways = own.doable(page.play, "leave_joint", joint=item.name)
        return [Flow(children=[way_button(page.shell, "leave_joint", ways, f"leave.{item.name}", text=joint.LEAVING)])]
    ways = own.doable(page.play, "start_joint", joint=item.name)
    start = way_button(page.shell, "start_joint", ways, f"start.{item.name}", text=joint.ASKING, primary=True)
    go = Button(name=f"to.{item.name}", label="To the customer", icon="people",
                act=partial(page.shell.go_account, item.account))  # fmt: skip
    off: list[Node] = [Text(text=start.off, style="small")] if start.off else []
    return [Flow(children=[start, go]), *off]


def joint_items(page: Screen, account: str) -> list[Node]:
    """What can be built with one customer, as rows that lead there; none where there is nothing."""
    return [
        Item(
            name=f"joint.{item.name}", title=item.title, text=joint.summary(item), icon="joint",
            tone="warn" if item.halved else "soft" if item.running else "", act=partial(page.shell.go_own, "joint"),
        )
        for item in joint.built(page.play, account)
    ]  # fmt: skip
