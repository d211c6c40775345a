"""The library: worked cases, each as it was sent beside what it should have been."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Chip, Drawing, Text
from kamsim.desktop.shell import Screen
from kamsim.view.case import examples
from kamsim.view.case.verdicts import example_verdict

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.scenario.casework import Example
    from kamsim.view.case.examples import Verdict

FOR_WHOM: Final = {"customer": "For a customer", "company": "For our own desk"}
SCORE: Final = Style(26, "Display", "ink", 1.2)
NOTE: Final = Style(12, "Medium", "ink2", 1.3)
PAGES: Final[tuple[tuple[examples.Which, str], ...]] = (("bad", "As it was sent"), ("good", "As it should have been"))


class ExamplesPage(Screen):
    """One worked case, good and bad beside each other."""

    rail = "cases"
    topic = "case"

    def __init__(self, shell: Shell, example: str = "") -> None:
        super().__init__(shell)
        known = [item.id for item in self.play.session.scenario.examples]
        self.chosen = example if example in known else (known[0] if known else "")

    def key(self) -> str:
        return f"examples/{self.chosen}"

    def place(self) -> dict[str, Any]:
        return {"page": "examples", "example": self.chosen}

    def title(self) -> str:
        return "Worked cases"

    def subtitle(self) -> str:
        return "Each was written badly first, and is judged as yours are"

    def body(self) -> Node:
        found = self.play.session.scenario.examples
        if not found:
            return Card(children=[Text(text="This scenario has no worked examples.")], tone="soft")
        options = [(item.id, item.title) for item in found]
        choice = Segmented(name="example", value=self.chosen, options=options, change=self._turn)
        example = next(item for item in found if item.id == self.chosen)
        story = Card(
            children=[
                Row(
                    children=[
                        Text(text=example.title, style="head"),
                        Chip(text=FOR_WHOM[example.audience], tone="accent"),
                    ],
                    gap=12,
                    stack=420,
                    align="middle",
                ),
                Text(text=example.situation, style="ink"),
            ],
            gap=8,
        )
        pair = Row(children=[self._side(example, which, title) for which, title in PAGES], gap=14, stack=760)
        difference = Card(
            title="What makes the difference", children=[Text(text=example.difference, style="ink")], tone="soft", gap=6
        )
        return Column(children=[choice, story, pair, difference], gap=14)

    def _side(self, example: Example, which: examples.Which, title: str) -> Card:
        page = example.good if which == "good" else example.bad
        verdict = examples.judged(self.play.session.params, example, which)
        said = example_verdict(verdict)
        chip = (
            Chip(text="a yes", tone="good", icon="check")
            if verdict.passes
            else Chip(text="no", tone="bad", icon="cross")
        )
        head = Row(children=[Text(text=title, style="title"), chip], gap=10, align="middle")
        return Card(children=[head, _meter(verdict), Text(text=said), Text(text=page.text, style="quote")], gap=10)

    def _turn(self, value: Any) -> None:
        self.chosen = str(value)
        self.shell.stage.place_key = self.key()

    def first(self) -> str:
        return "example"

    def actions(self) -> Sequence[Button]:
        return (Button(name="back", label="Back", act=self.shell.back, icon="back", shortcut="Esc"),)


def _meter(verdict: Verdict) -> Drawing:
    """Points of a hundred, and the points that a yes takes."""
    score, bar = round(verdict.score), round(verdict.bar)

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        ink = "accent" if verdict.passes else "neg"
        wide = painter.text(rect.x, rect.y + 18, str(score), SCORE, colour=ink)
        painter.text(rect.x + wide + 8, rect.y + 22, "of 100", NOTE)
        y = rect.y + 46
        painter.box(Rect(rect.x, y - 5, rect.w, 10), 5, "track")
        part = Rect(rect.x, y - 5, max(10.0, rect.w * score / 100), 10)
        painter.box(part, 5, ink)
        if not verdict.passes:
            painter.hatch(part.inset(3, 2), "card", 90)
        at = rect.x + rect.w * bar / 100
        painter.fill(Rect(at - 1, y - 10, 2, 20), "ink")
        words = f"a yes takes {bar}"
        told = painter.wide(words, NOTE)
        painter.text(max(rect.x, min(at - told / 2, rect.right - told)), y + 20, words, NOTE)

    says = f"{score} of 100; a yes takes {bar}"
    return Drawing(draws=(score, bar, verdict.passes), high=76, brush=brush, says=says)
