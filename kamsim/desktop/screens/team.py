"""The team: each colleague with load and mood, who looks after whom, and the specialists of the company."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit.buttons import Item
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.words import Chip, Drawing, Text
from kamsim.desktop.screens.making import just_made, make, way_button
from kamsim.desktop.screens.people import brush, picture
from kamsim.view import own, team
from kamsim.view.portraits import colleague_face, specialist_face
from kamsim.view.words.names import listed
from kamsim.view.words.team import TARGET_TITLES

if TYPE_CHECKING:
    from kamsim.desktop.kit.node import Look, Node
    from kamsim.desktop.shell import Screen
    from kamsim.view.team import Expert, Member

FACE: Final = 76.0
MOST: Final = 1.3
"""Load at which the bar is full."""


def team_cards(page: Screen) -> list[Node]:
    """Everything about the team."""
    left: list[Node] = [*just_made(page.play, team.KINDS), *_members(page)]
    right: list[Node] = [*_leads(page), *_target(page), *_pool(page)]
    sides = [Column(children=side, gap=14, span=span) for side, span in ((left, 1), (right, 400)) if side]
    return [Row(children=sides, stack=900, align="top")]


# --- colleagues ---------------------------------------------------------------------------------------------------


def _members(page: Screen) -> list[Node]:
    cards: list[Node] = [_member(page, member) for member in team.members(page.play)]
    if cards:
        ways = own.doable(page.play, "review_team")
        cards.append(Row(children=[way_button(page.shell, "review_team", ways, "review_team")]))
        hours = team.hours_line(page.play)
        cards += [Text(text=hours, style="small")] if hours else []
    return cards


def _member(page: Screen, member: Member) -> Card:
    cast = page.play.cast
    chips: list[Node] = [Chip(text=team.NOTICE, tone="bad", icon="warn")] if member.leaving else []
    if member.strain:
        words, tone, icon = team.STRAIN_CHIPS[member.strain]
        chips.append(Chip(text=f"{words}, {member.since}", tone=tone, icon=icon))
    led = listed([cast.account(account) for account in member.accounts])
    rows: list[Node] = [
        Text(text=member.who, style="title"),
        Text(text=f"{member.role}{f', looks after {led}' if led else ''}", style="small"),
        *([Flow(children=chips)] if chips else []),
        _load(member),
        Text(text=team.load_line(member), style="warn" if member.overloaded else "ink"),
        *(Text(text=line) for line in ([member.how] if member.worries else [])),
        *(Text(text=line) for line in member.lines),
    ]
    coach = own.doable(page.play, "coach", colleague=member.name)
    rows.append(Flow(children=[way_button(page.shell, "coach", coach, f"coach.{member.name}", f"Coach {member.who}")]))
    who = picture(colleague_face(cast, member.name, member.mood), FACE, f"portrait of {member.who}")
    return Card(children=[Row(children=[who, Column(children=rows, gap=6)], gap=18, align="top", stack=300)])


def _load(member: Member) -> Drawing:
    """How much of their time their customers take, with a mark where it wears them down."""

    def paint(painter: Painter, rect: Rect, _look: Look) -> None:
        bar = Rect(rect.x, rect.y + 5, min(rect.w, 420.0), 9)
        painter.box(bar, 4.5, "track")
        wide = bar.w * min(1.0, member.load / MOST)
        if wide > 1:
            painter.box(Rect(bar.x, bar.y, max(bar.h, wide), bar.h), 4.5, "warn" if member.overloaded else "accent")
        painter.fill(Rect(bar.x + bar.w * team.FULL_LOAD / MOST, bar.y - 4, 2, bar.h + 8), "ink")

    said = f"load {member.load * 100:.0f}%"
    return Drawing(draws=(member.load, member.overloaded), high=19, brush=paint, says=said)


# --- who looks after whom -----------------------------------------------------------------------------------------


def _leads(page: Screen) -> list[Node]:
    play = page.play
    gone = {member.name for member in team.members(play) if member.leaving}
    rows: list[Node] = []
    for account in play.accounts if play.cast.colleagues else ():
        name = team.lead(play, account)
        who = colleague_face(play.cast, name, team.looks(play, name)) if name else None
        rows.append(
            Item(
                name=f"lead.{account}",
                title=play.cast.account(account),
                text=f"{team.leader(play, account)}{team.LAST_QUARTER if name in gone else ''}",
                face=brush(who) if who else _yourself,
                draws=who,
                face_size=34,
                tone="warn" if name in gone else "",
                act=partial(_ask_who, page, account),
            )
        )
    told = [Text(text=text, style="small") for text in (team.LEADS_HELP, team.own_line(play))]
    return [Card(title=team.LEADS, children=[*rows, *told], gap=7)] if rows else []


def _ask_who(page: Screen, account: str) -> None:
    """Who is to look after a customer; the ways are worked out once they are asked for."""
    make(page.shell, "assign", own.doable(page.play, "assign", account=account), team.LEADS_HELP)


def _yourself(painter: Painter, rect: Rect) -> None:
    """The player's own mark, where others have a face."""
    painter.disc(rect.x + rect.w / 2, rect.y + rect.h / 2, rect.w / 2, "accent_soft")
    painter.icon(rect.x + rect.w / 2, rect.y + rect.h / 2, "desk", rect.w * 0.5, "accent", 1.8)


def _target(page: Screen) -> list[Node]:
    """What they are measured on."""
    play = page.play
    if not play.cast.colleagues:
        return []

    def choose(value: Hashable) -> None:
        told = play.do("set_target", target=str(value))
        page.shell.say(" ".join(told.lines))

    switch = Segmented(name="target", value=team.target(play), options=list(TARGET_TITLES.items()), change=choose)
    return [Card(title=team.MEASURED, children=[switch, Text(text=team.target_help(play), style="small")], gap=9)]


# --- specialists --------------------------------------------------------------------------------------------------


def _pool(page: Screen) -> list[Node]:
    rows: list[Node] = [_expert(page, item) for item in team.experts(page.play)]
    return (
        [Card(title=team.POOL, children=[*rows, Text(text=team.fee_line(page.play), style="small")], gap=7)]
        if rows
        else []
    )


def _expert(page: Screen, item: Expert) -> Item:
    play = page.play
    who = specialist_face(play.cast, item.name)
    ways = own.doable(play, "borrow", specialist=item.name)
    off = "" if any(not way.off for way in ways) else ways[0].off if ways else ""
    return Item(
        name=f"borrow.{item.name}", title=item.title, text=team.expert_line(play, item), face=brush(who), draws=who,
        face_size=40, off=off if item.free and not item.account else "", tone="soft" if item.account else "",
        act=partial(page.shell.say, off) if off else partial(make, page.shell, "borrow", ways, team.fee_line(play)),
    )  # fmt: skip
