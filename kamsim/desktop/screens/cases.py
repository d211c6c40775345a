"""Business cases in one place: a page for a customer, an ask to our own desk, and the way to what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Text
from kamsim.desktop.screens.builder import open_case
from kamsim.desktop.shell import Screen
from kamsim.view.case.coach import QUESTIONS
from kamsim.view.case.form import SLOT_OF, SLOTS
from kamsim.view.menu.lines import lines
from kamsim.view.promises import running
from kamsim.view.words import letters

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
        left.append(self._asked())
        return Row(children=[Column(children=left, gap=14), Column(children=right, gap=14)], stack=900, align="top")

    def _write(self, audience: str, title: str) -> Card:
        play, rows = self.play, []
        for account in play.cast.accounts and play.accounts:
            rows.append(case_item(self.shell, account, audience))
        return Card(title=title, children=rows, gap=7)

    def _places(self) -> Card:
        """On to promises and to the desk."""
        play = self.play
        runs = running(play)
        due = sum(run.measurable for run in runs)
        rows: list[Node] = [
            Item(
                name="to.promises",
                title="Promises",
                text=letters.promises_text(len(runs), due),
                icon="calendar",
                tone="warn" if due else "",
                shortcut="P",
                act=self.shell.go_promises,
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
                    act=self.shell.go_deal,
                )
            )
        return Card(title="What became of them, and who signs", children=rows)

    def _asked(self) -> Card:
        """What readers weigh on a page, each with the sentence that answers it, and the way to worked pages."""
        rows: list[Node] = [
            Row(children=[Text(text=question, style="ink"), Text(text=SLOTS[SLOT_OF[name]], style="small", span=0)])
            for name, question in QUESTIONS.items()
        ]
        worked = Item(
            name="to.examples",
            title="Worked cases",
            text="Each written badly first, then so that it was signed",
            icon="read",
            shortcut="E",
            act=partial(self.shell.open, "examples"),
        )
        return Card(title="What everybody asks of a page", children=[*rows, worked], gap=6)

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.shell.go_desk, icon="back", shortcut="Esc"),)


def case_item(shell: Shell, account: str, audience: str) -> Item:
    """A way to the page about a customer, or why there is none now."""
    play = shell.play
    assert play is not None
    found = lines(play.cast, play.seen, account, play.options, {}, "case")
    line, lying = next(line for line in found if line.entry.audience == audience), play.lying(account, audience)
    text = ""
    if lying is not None:
        with_whom = "Lies with them" if audience == "customer" else "Lies there"
        text = "Waits for your word" if lying.conditional else with_whom
    return Item(
        name=f"case.{audience}.{account}",
        title=play.cast.account(account),
        text=text,
        note=line.hours,
        off=line.off,
        icon="stamp" if audience == "desk" else "case",
        act=partial(open_case, shell, audience, account),
    )
