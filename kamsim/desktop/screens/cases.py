"""Cases and promises: our deal desk, what lies where, what falls due."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kamsim.desktop import casework
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Text
from kamsim.desktop.screens.screen import Screen
from kamsim.engine.page import CONDITIONAL
from kamsim.game import wording

if TYPE_CHECKING:
    from kamsim.desktop.app import App


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
        left: list[Node] = [self._write("customer", "A case for a customer"), self._promises()]
        right: list[Node] = [self._write("desk", "Ask our deal desk")] if self.play.cast.approvers else []
        right += self._desk()
        return Row(children=[Column(children=left, gap=14), Column(children=right, gap=14)], stack=900, align="top")

    def _write(self, audience: str, title: str) -> Card:
        play, rows = self.play, []
        for account in play.cast.accounts and play.accounts:
            rows.append(case_item(self.app, account, audience, title=play.cast.account(account)))
        return Card(title=title, children=rows, gap=7)

    def _promises(self) -> Card:
        play, cast = self.play, self.play.cast
        rows: list[Node] = []
        for _, data, due in wording.calendar(play.seen):
            line = wording.calendar_line(cast, data, due)
            if due:
                rows.append(
                    Item(
                        name=f"measure.{data['account']}.{data['audience']}",
                        title=f"Measure the one to {wording.to_whom(cast, data)}",
                        text=line,
                        note="10 h",
                        icon="search",
                        tone="warn",
                        act=partial(measure, self.app, str(data["account"]), str(data["audience"])),
                    )
                )
            else:
                rows.append(Text(text=line, style="ink"))
        claims, inside = int(play.seen.claims[0]), int(play.seen.claims_inside[0])
        rows = rows or [Text(text="None runs. A signed case with a figure makes one.")]
        if claims:
            rows.append(Text(text=wording.track_line(claims, inside)))
        return Card(title="Promises", children=rows)

    def _desk(self) -> list[Node]:
        cast, seen = self.play.cast, self.play.seen
        if not cast.approvers:
            return []
        goal = wording.goal_line(cast, self.play.quarter)
        rows: list[Node] = [Text(text=line) for line in wording.band_lines(cast)]
        stand: list[Node] = [Text(text=line, style="ink") for line in wording.desk_stances(cast, seen)]
        stand.append(Text(text=wording.word_with(cast, seen, None), style="small"))
        signed: list[Node] = [Text(text=line) for line in wording.mandate_lines(cast, seen)]
        cards: list[Node] = [
            Card(title="Who signs what", children=[*rows, *([Text(text=goal, style="ink")] if goal else [])]),
            Card(title="How they stand to you", children=stand),
            Card(title="What they have signed", children=signed),
        ]
        return cards

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.app.go_desk, icon="back", shortcut="Esc"),)


def measure(app: App, account: str, audience: str) -> None:
    """Measure a promise, and say what came of it."""
    assert app.play is not None
    told = app.play.do("measure_promise", account=account, audience=audience)
    app.sounds.play("no" if told.refused else "done")
    from kamsim.desktop.screens.screen import Dialog

    close = Button(name="measured.close", label="I see", act=app.close_dialog, kind="primary", shortcut="Enter")
    app.ask(Dialog("Not now" if told.refused else "The promise is measured", told.lines, (close,), wide=620))


def case_item(app: App, account: str, audience: str, *, title: str = "", shortcut: str = "") -> Item:
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
            app.open("condition", account=account, audience=audience)
        else:
            app.open("case", account=account, audience=audience)

    note = "" if short or now else f"{casework.opening_hours(play, account, audience):.0f} h"
    return Item(
        name=f"case.{audience}.{account}",
        title=title or name,
        text="" if short else wording.capital(lies) or ("A page already written" if not title else ""),
        note=note,
        off=short,
        icon="lock" if audience == "desk" else "case",
        shortcut=shortcut,
        act=act,
    )
