"""A drill's situation: a face, what is so and how old that is, what is asked; and the player's own range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.controls import Slider
from kamsim.desktop.kit.layout import Card, Centred, Column, Row
from kamsim.desktop.kit.words import Chip, Rule, Text
from kamsim.desktop.screens.gym_run import DrillScreen
from kamsim.desktop.screens.people import picture
from kamsim.view.gym import drilling
from kamsim.view.words import gym as words

if TYPE_CHECKING:
    from kamsim.desktop.kit.node import Node
    from kamsim.desktop.screens.gym_run import Run

STACK: Final = 860.0
FACE, SMALL_FACE = 132.0, 60.0
SIDE: Final = 420.0


class SituationPage(DrillScreen):
    """The situation, before the first choice."""

    step = drilling.SITUATION

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.asked = drilling.asked(self.play, run.bout)
        self.low, self.high = self.asked.low, self.asked.high
        self.set = run.bout.expected is not None

    def body(self) -> Node:
        brief = words.brief(self.play, self.run.bout.drill)
        who = drilling.speaker(self.play, self.run.bout.drill)
        rows: list[Node] = [
            Column(children=[Text(text=who.name, style="head"), Text(text=who.role)], gap=0),
            Rule(),
            Text(text=brief.head, style="title"),
            *(Text(text=line, style="ink") for line in brief.lines),
        ]
        face = picture(who.face, FACE, f"portrait of {who.name}")
        told = Row(children=[face, Column(children=rows, gap=9)], gap=26, stack=520, align="top")
        task = Card(children=[Text(text=brief.task, style="spoken")], tone="soft")
        return Centred(
            children=[self.head(tell=True), Card(children=[told], pad=24, down=22), task, self._range()],
            gap=14,
            most=1080,
        )

    def _range(self) -> Card:
        asked, say = self.asked, self.play.money
        sliders: list[Node] = [
            Slider(name=f"range.{name}", label=label, value=value, low=asked.least, high=asked.most, step=asked.step,
                   change=change, format=say)
            for name, label, value, change in (
                ("low", "Not below", self.low, self._low), ("high", "Not above", self.high, self._high)
            )
        ]  # fmt: skip
        state = Chip(text="counts" if self.set else "not set", tone="good" if self.set else "plain")
        head = Row(children=[Text(text=asked.question, style="strong"), state], gap=12, align="middle")
        return Card(children=[head, Row(children=sliders, gap=30, stack=460), Text(text=asked.help, style="small")])

    def _low(self, value: float) -> None:
        self.low, self.high, self.set = value, max(self.high, value), True

    def _high(self, value: float) -> None:
        self.high, self.low, self.set = value, min(self.low, value), True

    def go_on(self) -> None:
        """Note the range where it was set, and go to the answer."""
        if self.set:
            self.run.bout.expect(round(self.low), round(self.high))
        self.run.go("answer")

    def actions(self) -> Sequence[Button]:
        return (
            self.later(),
            Button(name="answer", label="Answer", act=self.go_on, kind="primary", icon="arrow", shortcut="Enter"),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("Tab", "next"), ("← →", "change"), ("P", "pause"), ("Enter", "answer"))


def situation_card(run: Run, *, shows_face: bool = True) -> Card:
    """What is so, and how old that is, small beside an answer, with the face and the task."""
    brief = words.brief(run.table, run.bout.drill)
    who = drilling.speaker(run.table, run.bout.drill)
    named = Column(children=[Text(text=who.name, style="strong"), Text(text=who.role, style="small")], gap=0)
    face = Row(children=[picture(who.face, SMALL_FACE), named], gap=14, align="middle")
    lines = [Text(text=line) for line in brief.lines]
    head = [face] if shows_face else []
    return Card(children=[*head, Text(text=brief.task, style="strong"), Rule(), *lines], gap=9)
