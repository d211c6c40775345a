"""The pipeline: every opportunity as last seen, by customer or by decision, what runs, and what was signed for what."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.grid import Cell, Cursor, Grid, Heading, Line
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.track import track
from kamsim.desktop.kit.words import Chip, Rule, Text
from kamsim.desktop.screens.people import brush, stance
from kamsim.desktop.shell import Screen
from kamsim.desktop.wordbook import tip
from kamsim.view import pipeline
from kamsim.view.portraits import face
from kamsim.view.words.opportunities import STAGE_HELP, STAGES

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.view.pipeline import Prospect, Running, Signed

STACK: Final = 900.0
HEADS: Final = ("What, and for what", "How far it has come, and what speaks for you", "How much", "Decided")
COLUMNS: Final = (312.0, 140.0, 150.0)
"""How wide what stands beside a title is."""
ORDERS: Final = (("customer", "By customer"), ("decision", "By decision"))


class PipelinePage(Screen):
    """All opportunities."""

    rail = "pipeline"
    topic = "pipeline"

    def __init__(self, shell: Shell, order: str = "customer") -> None:
        super().__init__(shell)
        self.order = order if order in dict(ORDERS) else "customer"

    def key(self) -> str:
        return f"pipeline/{self.order}"

    def place(self) -> dict[str, Any]:
        return {"page": "pipeline", "order": self.order}

    def title(self) -> str:
        return "Pipeline"

    def subtitle(self) -> str:
        return "What they are about to buy, as you last saw it"

    def body(self) -> Node:
        play = self.play
        if not pipeline.prospects(play):
            return Column(children=[self._nothing(), *self._rest()], gap=12)
        found = pipeline.summary(play)
        said = Text(text=found, style="ink", name="summary", tip=tip("opportunity"))
        switch = Segmented(name="order", value=self.order, options=ORDERS, change=self._turn, span=270)
        groups = pipeline.by_customer(play) if self.order == "customer" else pipeline.by_decision(play)
        head = Row(children=[said, switch], gap=18, stack=760, stack_gap=8, align="middle")
        rows: list[Node] = [node for title, items in groups for node in self._group(title, items)]
        return Column(children=[head, Card(children=[*self._heads(), *rows[:-1]], gap=8), *self._rest()], gap=12)

    def _turn(self, value: Hashable) -> None:
        self.order = str(value)
        self.shell.stage.place_key = self.key()
        self.shell.changed()
        self.shell.remember()

    def _heads(self) -> list[Node]:
        """What stands in which column, where there are columns."""
        if self.narrow(STACK + 36):
            return []
        widths = (1.0, *COLUMNS)
        heads: list[Node] = [Text(text=text, style="tiny", span=wide) for text, wide in zip(HEADS, widths, strict=True)]
        return [Row(children=heads, gap=16)]

    def _group(self, title: str, items: Sequence[Prospect]) -> list[Node]:
        return [Text(text=title, style="accent"), *(self._row(item) for item in items), Rule()]

    def _row(self, item: Prospect) -> Node:
        play = self.play
        who = face(play.cast, item.decider, stance(play, item.decider))
        lead = Item(
            name=f"opportunity.{item.name}",
            title=item.title,
            text=pipeline.for_what(play, item, alone=self.order == "customer"),
            face=brush(who),
            draws=who,
            tone="warn" if item.closing and item.bid is None else "",
            act=partial(self.shell.open, "opportunity", opportunity=item.name),
        )
        stage = Column(children=[stage_track(self, item), marks(item)], gap=6, span=COLUMNS[0])
        money = Column(
            children=[
                Text(text=f"{play.money(item.worth)} a quarter", style="strong"),
                Text(text=f"{play.money(item.whole)} in all", style="small"),
            ],
            gap=1,
            span=COLUMNS[1],
        )
        when = Column(
            children=[
                Text(text=pipeline.decision_short(play, item), style="warn" if item.closing else "strong"),
                Text(text=f"{play.cast.person(item.decider)} decides", style="small"),
            ],
            gap=1,
            span=COLUMNS[2],
        )
        return Row(children=[lead, stage, money, when], gap=16, align="middle", stack=STACK, stack_gap=8)

    def _rest(self) -> list[Node]:
        """What runs, and what was signed for what."""
        running, signed = pipeline.running(self.play), pipeline.signed(self.play)
        cards: list[Node] = []
        if running:
            cards.append(Card(title="Awarded, and running", children=[self._running(running)]))
        if signed:
            title = "What they signed, and what it still speaks to"
            cards.append(Card(title=title, children=[signed_row(self, one) for one in signed], gap=8))
        return [Row(children=cards, gap=14, stack=STACK, align="top")] if cards else []

    def _running(self, found: Sequence[Running]) -> Grid:
        """Who has what, until when."""
        heads = (
            Heading("What", figures=False, weight=2.2),
            Heading("Whose", figures=False),
            Heading("Until the end of"),
            Heading("Worth"),
        )
        rows = [
            Line((Cell(one.what), Cell(one.whose, tone="good" if one.won else "bad"), Cell(one.end), Cell(one.money)))
            for one in found
        ]
        cursor = self.play.cursors.setdefault("running", Cursor())
        return Grid(name="running", columns=heads, rows=rows, cursor=cursor, label="Awarded, and running")

    def _nothing(self) -> Card:
        """What a pipeline is, where nothing is in it yet."""
        rows: list[Node] = [
            Text(text="Nothing in sight yet", style="title"),
            Text(text=pipeline.NOTHING, style="ink"),
            Rule(),
            *(
                Row(
                    children=[Text(text=f"{number}. {name}", style="strong", span=124), Text(text=said)], align="middle"
                )
                for number, (name, said) in enumerate(zip(STAGES, STAGE_HELP, strict=True), 1)
            ),
            Row(children=[Button(name="customer", label="Go to a customer", act=self.shell.go_account, icon="people")]),
        ]
        return Card(children=rows, tone="soft", gap=10)

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.shell.go_desk, icon="back", shortcut="Esc"),)

    def first(self) -> str:
        found = pipeline.prospects(self.play)
        return f"opportunity.{found[0].name}" if found and self.order == "decision" else ""


def stage_track(page: Screen, item: Prospect, *, full: bool = False) -> Node:
    """How far an opportunity has come, and how old that is; ``full``: with the names of all stages, and what the one
    means."""
    quarter = page.play.quarter
    note = pipeline.stage_line(item, quarter) + (f". {pipeline.stage_help(item)}" if full else "")
    return track(STAGES, item.stage, note, old=item.seen_at < quarter, names=full)


def marks(item: Prospect) -> Node:
    """What can speak for us, with a check where it does, and said where it only perhaps does."""
    chips: list[Node] = [
        Chip(
            text=f"{name}, perhaps" if mark == "perhaps" else name,
            tone="good" if mark == "speaks" else "plain",
            icon="check" if mark == "speaks" else "flat",
        )
        for name, mark in item.marks
    ]
    return Flow(children=chips, gap=5)


def signed_row(page: Screen, item: Signed) -> Node:
    """What was signed for an initiative, and a renewal where it needs one."""
    told = Text(text=item.line, style="ink")
    if not item.renews:
        return told
    hours = page.play.takes("renew_case", account=item.account, initiative=item.initiative)
    act = partial(page.shell.say, item.off) if item.off else partial(_renew, page, item)
    button = Button(name=f"renew.{item.initiative}", label=f"Renew it, {hours:.0f} h", act=act, off=item.off, span=0)
    return Row(children=[told, button], gap=12, align="middle", stack=420, stack_gap=6)


def _renew(page: Screen, item: Signed) -> None:
    told = page.play.do("renew_case", account=item.account, initiative=item.initiative)
    page.shell.sounds.play("no" if told.refused or told.result == "stale" else "done")
    page.shell.say(" ".join(told.lines))
    page.shell.changed()
