"""Our own deal desk: who is on it and how they stand, who signs what, what was granted, what lies there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from kamsim.desktop.kit import charts, gfx
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Look, Metrics, Node
from kamsim.desktop.kit.words import Chip, Drawing, Rule, Text
from kamsim.desktop.screens.people import brush as face_brush
from kamsim.desktop.screens.people import picture, stance
from kamsim.desktop.shell import Screen
from kamsim.view import open_cases
from kamsim.view.case.basis import word_with
from kamsim.view.portraits import approver_face, face
from kamsim.view.words import letters
from kamsim.view.words.dealdesk import goal_line, mandates
from kamsim.view.words.names import capital, listed
from kamsim.view.words.people import STANCE_CHIPS

MOODS: Final = {"for": 0.6, "leaning": 0.2, "undecided": 0.0, "cool": -0.3, "against": -0.6, "unknown": 0.0}
SIDE: Final = 132.0


class DealDeskPage(Screen):
    """Our own deal desk."""

    rail = "deal"
    topic = "deal"

    def key(self) -> str:
        return "deal"

    def place(self) -> dict[str, Any]:
        return {"page": "deal"}

    def title(self) -> str:
        return "Our deal desk"

    def subtitle(self) -> str:
        return letters.DESK_SUBTITLE

    def body(self) -> Node:
        cast = self.play.cast
        if not cast.approvers:
            return Card(children=[Text(text=letters.NO_DESK, style="ink")], tone="soft")
        left: list[Node] = [self._people(), self._bands()]
        right: list[Node] = [*self._goal(), self._granted(), *self._lying(), *self._ask()]
        return Row(
            children=[Column(children=left, gap=14), Column(children=right, gap=14, span=364)], stack=900, align="top"
        )

    def _people(self) -> Card:
        play, seen = self.play, self.play.seen
        cells: list[Node] = []
        for row, (name, item) in enumerate(play.cast.approvers.items()):
            stands = letters.desk_stand(seen, row)
            words, tone, icon = STANCE_CHIPS[stands]
            cells.append(
                Row(
                    children=[
                        picture(approver_face(play.cast, name, MOODS[stands]), 64, f"portrait of {item.name}"),
                        Column(
                            children=[
                                Text(text=item.name, style="strong"),
                                Text(text=item.role, style="small"),
                                Chip(text=words, tone=tone, icon=icon),
                                Text(text=f"Judged on {item.measure_text}."),
                            ],
                            gap=4,
                        ),
                    ],
                    gap=14,
                    align="top",
                )
            )
        rows: list[Node] = []
        for place in range(0, len(cells), 2):
            if rows:
                rows.append(Rule())
            rows.append(Row(children=cells[place : place + 2], gap=20, stack=560, align="top"))
        rows += [Rule(), Text(text=word_with(play.cast, seen, None))]
        return Card(title=letters.DESK_PEOPLE, children=rows, gap=12)

    def _bands(self) -> Card:
        cast = self.play.cast
        items = tuple((edge, listed(names), capital(when)) for edge, _, names, when in letters.bands(cast))

        def high(width: float) -> float:
            return _bands_high(Metrics(1.0), items, width)

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            paint_bands(painter, rect, items)

        said = "; ".join(f"{edge}: {names}, {when}" for edge, names, when in items)
        chart = Drawing(draws=items, high=high, brush=brush, says=said)
        rows: list[Node] = [Text(text=letters.BANDS_HEAD), chart]
        made = letters.signs_bespoke(cast)
        rows += [Text(text=made, style="ink")] if made else []
        rows.append(Text(text=letters.SPLIT_WARNING, style="small"))
        return Card(title=letters.BANDS_TITLE, children=rows)

    def _goal(self) -> list[Node]:
        goal = goal_line(self.play.cast, self.play.quarter)
        if not goal:
            return []
        head, _, text = goal.partition(": ")
        return [Card(children=[Text(text=head, style="accent"), Text(text=text, style="quote")], tone="soft", gap=6)]

    def _granted(self) -> Card:
        rows: list[Node] = []
        for account in self.play.accounts:
            said = mandates(self.play.cast, self.play.seen, account)
            if not said:
                continue
            if rows:
                rows.append(Rule())
            rows.append(Text(text=self.play.cast.account(account), style="strong"))
            rows += [Text(text=f"{capital(text)}.") for text in said]
        rows = rows or [Text(text=letters.NOTHING_GRANTED)]
        return Card(title=letters.GRANTED, children=rows, gap=5)

    def _lying(self) -> list[Node]:
        play = self.play
        rows: list[Node] = []
        for item in open_cases.all_lying(play.seen):
            if item.audience != "desk":
                continue
            if rows:
                rows.append(Rule())
            if item.conditional:
                rows.append(
                    Item(
                        name=f"condition.{item.account}",
                        title=letters.condition_title(play.cast, item),
                        text=letters.condition_text(play.cast, item, play.quarter),
                        icon="offer",
                        tone="warn" if item.until <= play.quarter else "soft",
                        act=partial(self.shell.open, "letter", account=item.account, audience="desk"),
                    )
                )
                continue
            rows += [
                Text(text=play.cast.account(item.account), style="strong"),
                Text(text=letters.page_terms(play.cast, item), style="ink"),
                Text(text=letters.lying_text(play.cast, item)),
            ]
        return [Card(title=letters.LIES_THERE, children=rows, gap=6)] if rows else []

    def _ask(self) -> list[Node]:
        """An ask about an account."""
        play = self.play
        rows: list[Node] = []
        for account in play.accounts:
            first = play.cast.accounts[account].people[0].id
            who = face(play.cast, first, stance(play, first))
            rows.append(
                Item(
                    name=f"ask.{account}",
                    title=play.cast.account(account),
                    face=face_brush(who),
                    draws=who,
                    face_size=30,
                    act=partial(self.shell.open, "case", account=account, audience="desk"),
                )
            )
        return [Card(title=letters.ASK_ABOUT, children=rows, gap=7)]

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.shell.go_desk, icon="back", shortcut="Esc"),)


def _bands_high(metrics: Metrics, items: Sequence[tuple[str, str, str]], width: float) -> float:
    return sum(_band_high(metrics, names, when, width) for _, names, when in items)


def _band_high(metrics: Metrics, names: str, when: str, width: float) -> float:
    room = max(60.0, width - SIDE - 14)
    return max(48.0, metrics.high(names, gfx.STRONG, room) + metrics.high(when, gfx.SMALL, room) + 14)


def paint_bands(painter: Painter, rect: Rect, items: Sequence[tuple[str, str, str]]) -> None:
    """A staircase: each band a wider step, with how much it gives away on it and who signs beside it."""
    metrics = Metrics(painter.scale)
    y = rect.y
    for place, (edge, names, when) in enumerate(items):
        high = _band_high(metrics, names, when, rect.w)
        wide = (SIDE - 20) * (place + 1) / len(items)
        painter.box(Rect(rect.x, y + 3, SIDE, high - 6), 6, "card2", "line")
        painter.box(Rect(rect.x + 10, y + high / 2 + 9, wide, 5), 2.5, "accent")
        painter.text(rect.x + 10, y + high / 2 - 5, edge, charts.NUMBER.like(size=13), room=SIDE - 16)
        x, room = rect.x + SIDE + 14, max(60.0, rect.w - SIDE - 14)
        down = painter.paragraph(x, y + 6, names, gfx.STRONG, room)
        painter.paragraph(x, y + 6 + down, when, gfx.SMALL, room)
        y += high
