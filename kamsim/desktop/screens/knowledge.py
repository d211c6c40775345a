"""What the player knows: notes with their age, the history of a customer, and why profit moved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Look, Metrics, Node
from kamsim.desktop.kit.words import Drawing, Gap, Rule, Text
from kamsim.desktop.screens.practice import practice_row
from kamsim.desktop.shell import Screen
from kamsim.view.closing import whys
from kamsim.view.history import done_at
from kamsim.view.words.facts import known_facts
from kamsim.view.words.names import MINUS, capital, initiative_named

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.desktop.table import WindowTable
    from kamsim.view.words.books import WhyLine

ALL = "all"


def _pins(shell: Shell) -> list[list[str]]:
    assert shell.play is not None
    pins = shell.config.place(shell.play.session.log_path).get("pins", [])
    return [pin for pin in pins if isinstance(pin, list) and len(pin) == 2]


def toggle_pin(shell: Shell, account: str, text: str) -> None:
    """Pin a note to its customer's page, or take it off."""
    assert shell.play is not None
    pins, pin = _pins(shell), [account, text]
    pins = [other for other in pins if other != pin] if pin in pins else [*pins, pin]
    shell.config.remember(shell.play.session.log_path, pins=pins)
    shell.changed()


def note_rows(shell: Shell, account: str) -> list[Node]:
    """Everything known at a customer, with a pin for each."""
    assert shell.play is not None
    play, pins = shell.play, _pins(shell)
    rows: list[Node] = []
    named = {item.name: initiative_named(play.cast, item.id) for item in play.cast.accounts[account].initiatives}
    for number, (heading, notes) in enumerate(known_facts(play.cast, play.seen, account)):
        own = heading == play.cast.account(account)
        texts = [capital(note) for note in notes]
        text = f"{'' if own else heading + ': '}{'; '.join(texts)}."
        pinned = [account, text] in pins
        known_as = named.get(heading, heading)
        body: list[Node] = [Text(text=known_as, style="strong"), *[Text(text=f"{note}.") for note in texts]]
        pin = Button(
            name=f"pin.{account}.{number}",
            label="Unpin" if pinned else "Pin",
            icon="pin",
            kind="quiet",
            act=partial(toggle_pin, shell, account, text),
        )
        if rows:
            rows.append(Rule())
        rows.append(Row(children=[Column(children=body, gap=2), pin], gap=14, align="middle"))
    return rows or [Text(text="Nothing yet. Meet people about their results, or read up on them.")]


class NotesPage(Screen):
    """Everything that is known, by customer."""

    rail = "notes"
    topic = "notes"

    def __init__(self, shell: Shell, account: str = ALL) -> None:
        super().__init__(shell)
        self.account = account if account in self.play.cast.accounts else ALL

    def key(self) -> str:
        return f"notes/{self.account}"

    def place(self) -> dict[str, Any]:
        return {"page": "notes", "account": self.account}

    def title(self) -> str:
        return "Notes"

    def subtitle(self) -> str:
        return "What you know, how old it is, and where you have it from"

    def body(self) -> Node:
        cast = self.play.cast
        options = [(ALL, "All"), *((name, cast.account(name).split()[0]) for name in self.play.accounts)]
        switch = Segmented(name="customers", value=self.account, options=options, change=self._turn)
        shown = [name for name in self.play.accounts if self.account in (ALL, name)]
        cards: list[Node] = [
            Card(title=cast.account(name), children=note_rows(self.shell, name), gap=9) for name in shown
        ]
        if len(cards) > 1:
            left, right = cards[0::2], cards[1::2]
            return Column(
                children=[
                    switch,
                    Row(
                        children=[Column(children=left, gap=14), Column(children=right, gap=14)], stack=980, align="top"
                    ),
                ],
                gap=12,
            )
        return Column(children=[switch, *cards], gap=12)

    def _turn(self, value: Any) -> None:
        self.account = str(value)
        self.shell.stage.place_key = self.key()
        self.shell.remember()

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.shell.go_desk, icon="back", shortcut="Esc"),)


def history_cards(page: Screen) -> list[Node]:
    """What was done at a customer, quarter by quarter, beside what is known."""
    play, cast, account = page.play, page.play.cast, page.account
    rows: list[Node] = []
    for quarter, lines in done_at(play, account):
        if rows:
            rows.append(Gap(high=2))
        rows.append(Text(text=cast.quarter(quarter), style="strong"))
        rows += [Text(text=line) for line in lines]
    if not rows:
        rows = [Text(text="Nothing was done here yet.")]
    left = Card(title="What happened here", children=[*rows, *practice_row(page.shell)], gap=5)
    right = Card(title="What you know", children=note_rows(page.shell, account), gap=9)
    return [Row(children=[left, right], stack=860, align="top")]


class WhyPage(Screen):
    """Why profit moved at the last close."""

    rail = "why"
    topic = "why"

    def title(self) -> str:
        return "Why profit moved"

    def subtitle(self) -> str:
        last = self.play.chronicle.last
        return (
            f"From {self.play.cast.quarter(int(last['quarter']) - 1)} to {self.play.cast.quarter(int(last['quarter']))}"
            if last and int(last["quarter"]) > 1
            else "Nothing to compare with yet"
        )

    def place(self) -> dict[str, Any]:
        return {"page": "why"}

    def body(self) -> Node:
        quarter = self.play.quarter - 1
        cards = why_cards(self.play, quarter)
        if not cards:
            text = (
                "There is nothing to compare with yet: from the second close on, this says why each "
                "customer's profit moved."
            )
            return Card(children=[Text(text=text)], tone="soft")
        return columns(cards)

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.shell.go_desk, icon="back", shortcut="Esc"),)


def columns(cards: list[Node]) -> Node:
    """Cards in two columns where there is room."""
    return Row(children=[Column(children=cards[0::2], gap=14), Column(children=cards[1::2], gap=14)], stack=900)


def why_cards(play: WindowTable, quarter: int) -> list[Node]:
    """Each account's change and its causes, at most four, as a small waterfall that adds up."""
    notes = whys(play, quarter)
    most = max((abs(float(line.shown)) for note in notes for line in note.lines), default=1.0)
    cards: list[Node] = []
    for note in notes:
        rows: list[Node] = [Text(text=note.head, style="strong")]
        if note.lines:
            rows.append(_cause_bars(play, note.lines, most))
        else:
            rows.append(Text(text="Nothing moved it by as much as a thousand."))
        cards.append(Card(children=rows, gap=10))
    return cards


def _cause_bars(play: WindowTable, lines: Sequence[WhyLine], most: float) -> Drawing:
    """Causes as bars to the left and right of a middle line, each with its words above. ``most`` is the largest of all
    customers: one scale for all."""
    items = tuple((line.text.rpartition(": ")[0], float(line.shown)) for line in lines)

    def say(units: float) -> str:
        return play.money(units * 100, plus=True, exact=True)

    def high(width: float) -> float:
        metrics = Metrics(1.0)
        return sum(_cause_high(metrics, name, width) for name, _ in items) + 2

    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        metrics = Metrics(painter.scale)
        figures = max(painter.wide(say(value), charts.NUMBER) for _, value in items) + 8
        half = max(10.0, (rect.w - 2 * figures) / 2)
        middle, y = rect.x + rect.w / 2, rect.y
        for name, value in items:
            down = painter.paragraph(rect.x, y, name, WHY_NAME, rect.w)
            top = y + down + 3
            wide = max(2.0, abs(value) / most * half * look.motion)
            box = Rect(middle if value > 0 else middle - wide, top, wide, 14)
            if value < 0:
                painter.box(box, 2.5, "neg_soft", "neg")
                painter.hatch(box.inset(1), "neg", 80)
                painter.text(box.x - 8, top + 7, say(value), charts.NUMBER, "r", colour="neg")
            else:
                painter.box(box, 2.5, "pos")
                painter.text(box.right + 8, top + 7, say(value), charts.NUMBER, "l", colour="pos")
            painter.upright(middle, top - 2, 18, "ghost")
            y += _cause_high(metrics, name, rect.w)

    said = "; ".join(f"{name}: {say(value).replace(MINUS, 'minus ')}" for name, value in items)
    return Drawing(draws=(items, most), high=high, brush=brush, says=said, live=True)


WHY_NAME = charts.NAME.like(size=13)


def _cause_high(metrics: Metrics, name: str, width: float) -> float:
    return metrics.high(name, WHY_NAME, width) + 30
