"""Business cases in one place: a page for a customer, an ask to our own desk, and the way to what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kamsim.desktop import casework
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.screens.builder import open_case
from kamsim.desktop.shell import Screen
from kamsim.engine.page import CONDITIONAL
from kamsim.view.words import letters
from kamsim.view.words.names import capital
from kamsim.view.words.promises import calendar

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell


class CasesPage(Screen):
    """Everything about business cases in one place."""

    rail = "cases"
    topic = "cases"

    def title(self) -> str:
        return "Business cases"

    def subtitle(self) -> str:
        return "What you write, who signs it, and what you have promised"

    def place(self) -> dict[str, Any]:
        return {"page": "cases"}

    def body(self) -> Node:
        left: list[Node] = [self._write("customer", "A case for a customer")]
        right: list[Node] = [self._write("desk", "Ask our deal desk")] if self.play.cast.approvers else []
        right.append(self._places())
        return Row(children=[Column(children=left, gap=14), Column(children=right, gap=14)], stack=900, align="top")

    def _write(self, audience: str, title: str) -> Card:
        play, rows = self.play, []
        for account in play.cast.accounts and play.accounts:
            rows.append(case_item(self.app, account, audience, title=play.cast.account(account)))
        return Card(title=title, children=rows, gap=7)

    def _places(self) -> Card:
        """On to promises and to the desk."""
        play = self.play
        due, running = len(casework.due(play)), len(calendar(play.seen))
        rows: list[Node] = [
            Item(
                name="to.promises",
                title="Promises",
                text=letters.promises_text(running, due),
                icon="calendar",
                tone="warn" if due else "",
                shortcut="P",
                act=self.app.go_promises,
            )
        ]
        if play.cast.approvers:
            rows.append(
                Item(
                    name="to.deal",
                    title=letters.INSIDE,
                    text=letters.DESK_SUBTITLE,
                    icon="stamp",
                    shortcut="D",
                    act=self.app.go_deal,
                )
            )
        return Card(title="What became of them, and who signs", children=rows)

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.app.go_desk, icon="back", shortcut="Esc"),)


def case_item(app: Shell, account: str, audience: str, *, title: str = "", shortcut: str = "") -> Item:
    """A way to the page about a customer, or why there is none now."""
    play = app.play
    assert play is not None
    now = casework.stage(play, account, audience)
    short, full = ("", "") if now else casework.barred(play, account, audience)
    name = casework.label(play, account, audience)
    lies = {0: ""}.get(
        now,
        "waits for your word" if now == CONDITIONAL else "lies with them" if audience == "customer" else "lies there",
    )

    def act() -> None:
        if full:
            app.say(full)
        elif now == CONDITIONAL:
            app.open("letter", account=account, audience=audience)
        else:
            open_case(app, audience, account)

    note = "" if short or now else f"{casework.opening_hours(play, account, audience):.0f} h"
    return Item(
        name=f"case.{audience}.{account}",
        title=title or name,
        text="" if short else capital(lies) or ("A page already written" if not title else ""),
        note=note,
        off=short,
        icon="stamp" if audience == "desk" else "case",
        shortcut=shortcut,
        act=act,
    )
