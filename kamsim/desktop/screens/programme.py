"""The programme: which customer is key, management's plan beside what came, and who helps in our own company."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kamsim.desktop.kit.buttons import Item
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.met import met_bar
from kamsim.desktop.kit.words import Drawing, Figure, Text
from kamsim.desktop.screens.making import just_made, make, way_button
from kamsim.desktop.screens.people import brush, speech
from kamsim.view import own, programme
from kamsim.view.menu.catalogue import MENU
from kamsim.view.portraits import approver_face, boss_face

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kamsim.desktop.kit.gfx import Painter, Rect
    from kamsim.desktop.kit.node import Look, Node
    from kamsim.desktop.shell import Screen
    from kamsim.view.menu.lines import Way
    from kamsim.view.programme import Function, Level, Status


def programme_cards(page: Screen) -> list[Node]:
    """Everything about the programme and our own company."""
    play = page.play
    left: list[Node] = [*just_made(play, programme.KINDS)]
    if programme.there(play):
        left += [_keys(page), _plan(page)]
    right: list[Node] = [*_company(page), *_inside(page), *_leader(page)]
    sides = [Column(children=side, gap=14, span=span) for side, span in ((left, 1), (right, 430)) if side]
    return [Row(children=sides, stack=900, align="top")]


def _keys(page: Screen) -> Card:
    play = page.play
    found = [(item, own.doable(play, _kind(item), account=item.account)) for item in programme.statuses(play)]
    off = own.shared_off([way for _, ways in found for way in ways])
    rows: list[Node] = [Text(text=programme.key_line(play), style="ink")]
    rows += [Text(text=off, style="small")] if off else []
    rows += [_status(page, item, ways) for item, ways in found]
    return Card(title=programme.KEY, children=rows, gap=7)


def _kind(item: Status) -> str:
    """What can be done about a customer's status."""
    return "end_key" if item.key else "name_key"


def _status(page: Screen, item: Status, ways: Sequence[Way]) -> Item:
    kind, text = _kind(item), programme.meaning(page.play, item.account)
    shut = "" if any(not way.off for way in ways) else ways[0].brief if ways else ""
    off = ways[0].off if shut else ""
    return Item(
        name=f"{kind}.{item.account}", title=page.play.cast.account(item.account), text=item.line,
        note="" if shut else MENU[kind].name, icon="flag" if item.key else "flat", tone="soft" if item.key else "",
        off=shut,
        act=partial(page.shell.say, off) if off else partial(make, page.shell, kind, ways, text),
    )  # fmt: skip


def _plan(page: Screen) -> Card:
    play, now = page.play, programme.plan(page.play)
    figures: list[Node] = [
        Figure(label="Planned this year", value=play.money(now.expected)),
        Figure(label="Came so far", value=play.money(now.earned), tone="bad" if now.earned < now.due else "good"),
    ]
    lines: list[Node] = [Text(text=line, style="ink") for line in programme.plan_lines(play)]
    rows: list[Node] = [Row(children=figures, gap=18, stack=360), _reached(now), *lines]
    return Card(title=programme.PLAN, children=rows, gap=9)


def _reached(now: programme.Plan) -> Drawing:
    """What came of the year's plan so far, with a mark where it should be by now."""
    part, due = (value / now.expected if now.expected > 0 else 0.0 for value in (now.earned, now.due))

    def paint(painter: Painter, rect: Rect, _look: Look) -> None:
        met_bar(painter, rect.inset(0, 5), part, due)

    said = f"{part * 100:.0f}% of the year's plan, {due * 100:.0f}% due by now"
    return Drawing(draws=(part, due), high=19, brush=paint, says=said)


# --- our own company ----------------------------------------------------------------------------------------------


def _company(page: Screen) -> list[Node]:
    rows: list[Node] = [node for level in programme.levels(page.play) for node in _level(level)]
    return [Card(title=programme.COMPANY, children=rows, gap=7)] if rows else []


def _level(level: Level) -> list[Node]:
    def paint(painter: Painter, rect: Rect, _look: Look) -> None:
        met_bar(painter, rect.inset(0, 5), level.value, 0.0)

    said = f"{level.title}: {level.value * 100:.0f} of 100"
    return [
        Text(text=said, style="strong"),
        Drawing(draws=(level.title, level.value), high=19, brush=paint, says=""),
        Text(text=level.line),
    ]


def _inside(page: Screen) -> list[Node]:
    """The functions of our own company with which time can be spent."""
    found = programme.functions(page.play, own.doable(page.play, "network"))
    off = own.shared_off([item.way for item in found])
    rows: list[Node] = [*([Text(text=off, style="small")] if off else []), *(_function(page, item) for item in found)]
    return [Card(title=programme.INSIDE, children=rows, gap=7)] if rows else []


def _function(page: Screen, item: Function) -> Item:
    who, way = page.play.cast.approvers[item.name], item.way
    face = approver_face(page.play.cast, item.name)
    return Item(
        name=f"network.{item.name}", title=f"{who.name}, {who.role}", text="" if way.off else item.brings,
        note=way.hours, face=brush(face), draws=face, face_size=34, off=way.brief,
        act=partial(page.shell.say, way.off) if way.off else partial(make, page.shell, "network", [way]),
    )  # fmt: skip


def _leader(page: Screen) -> list[Node]:
    """A case to the sales leader."""
    play, boss = page.play, page.play.cast.scenario.company.boss
    ways = own.doable(play, "ask_leader")
    if not ways:
        return []
    button = way_button(page.shell, "ask_leader", ways, "ask_leader")
    said = speech(boss_face(play.cast), boss.name, boss.role, "", size=48)
    rows: list[Node] = [said, Text(text=f"{MENU['ask_leader'].help}."), Row(children=[button])]
    return [Card(title=programme.LEADER, children=rows, gap=9)]
