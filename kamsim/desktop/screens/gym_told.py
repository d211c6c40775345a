"""What came of an answer: first how they took it, alone; then why, what the facts would have borne, the year ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit import charts, met, year_ahead
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.layout import Card, Centred, Column, Row
from kamsim.desktop.kit.words import Chip, Drawing, Rule, Text
from kamsim.desktop.screens.gym_run import DrillScreen
from kamsim.desktop.screens.people import picture
from kamsim.view.gym import drilling, told
from kamsim.view.words import gym as words
from kamsim.view.words import letters

if TYPE_CHECKING:
    from kamsim.desktop.kit.gfx import Painter, Rect
    from kamsim.desktop.kit.node import Look, Node
    from kamsim.desktop.screens.gym_run import Run

STACK: Final = 880.0
FACE, READER = 148.0, 40.0
WAYS: Final = {"yours": "main", "bot": "other", "nothing": "ground"}
"""How each way through the year is drawn."""


class ReactionPage(DrillScreen):
    """A face and their words, and nothing else yet."""

    step = drilling.REACTION
    centred = True

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.reaction = told.reaction(self.play, run.told)
        self.shell.sounds.play("done" if self.reaction.good else "no")

    def body(self) -> Node:
        said = self.reaction
        who = said.speaker
        words_, tone, icon = said.chip
        rows: list[Node] = [Text(text=who.name, style="head"), Text(text=who.role), Rule()]
        if said.quote:
            rows.append(Text(text=f"{letters.LEFT}{said.quote}{letters.RIGHT}", style="spoken"))
        rows += [Chip(text=words_, tone=tone, icon=icon), *(Text(text=line, style="ink") for line in said.lines)]
        face = picture(who.face, FACE, f"portrait of {who.name}")
        row = Row(children=[face, Column(children=rows, gap=12)], gap=28, stack=520, align="top")
        return Centred(children=[self.steps(), Card(children=[row], pad=26, down=24)], gap=14, most=880)

    def actions(self) -> Sequence[Button]:
        return (
            Button(name="why", label="Why, and what it leads to", act=self._why, kind="primary", icon="arrow",
                   shortcut="Enter"),
        )  # fmt: skip

    def _why(self) -> None:
        self.run.go("told")

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("Enter", "why"))


class ToldPage(DrillScreen):
    """Why, what the facts would have borne, the year ahead, and the one thing to do next time."""

    step = drilling.TOLD

    def body(self) -> Node:
        left = [*self._thoughts(), self._weighed()]
        right = [self._ahead(), *self._range()]
        head = Row(children=[self.steps()], gap=12)
        columns = Row(
            children=[Column(children=left, gap=14, span=0.5), Column(children=right, gap=14, span=0.5)],
            stack=STACK, align="top",
        )  # fmt: skip
        return Column(children=[head, self._next(), columns], gap=14)

    def _next(self) -> Card:
        text = words.next_line(self.play, self.run.told)
        rows: list[Node] = [Text(text=told.HEADS["next"], style="accent"), Text(text=text, style="spoken")]
        return Card(children=rows, tone="soft", gap=4)

    def _thoughts(self) -> list[Node]:
        found = told.thoughts(self.play, self.run.told)
        if not found:
            return []
        rows: list[Node] = []
        for one in found:
            text, tone, icon = one.chip
            named = Column(
                children=[Text(text=one.speaker.name, style="strong"), Text(text=one.why, style="ink")], gap=1
            )
            rows.append(
                Row(children=[picture(one.speaker.face, READER), named, Chip(text=text, tone=tone, icon=icon)],
                    gap=12, align="middle")
            )  # fmt: skip
        return [Card(title=told.HEADS["readers"], children=rows, gap=10)]

    def _weighed(self) -> Card:
        """What was weighed as bars, beside what the facts would have borne in words."""
        items = tuple(told.weighed(self.play, self.run.told))

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            met.met_bars(painter, rect, [(item.name, item.met, item.best) for item in items])

        said = "; ".join(f"{item.name} {item.met * 100:.0f} of {item.best * 100:.0f}" for item in items)
        rows: list[Node] = []
        if items:
            rows += [Drawing(draws=items, high=met.ROW * len(items), brush=brush, says=said),
                     Text(text=told.BAR_MEANS, style="tiny"), Rule()]  # fmt: skip
        rows.append(Text(text=told.HEADS["borne"], style="accent"))
        rows += [Text(text=line, style="ink") for line in words.borne_lines(self.play, self.run.told)]
        rows += [Rule(), Text(text=told.mark_line(self.run.told), style="small")]
        return Card(title=told.HEADS["parts"] if items else "", children=rows, gap=7)

    def _ahead(self) -> Card:
        made = told.ways(self.run.told)
        data = year_ahead.YearAhead(
            tuple(year_ahead.Way(WAYS[way.name], way.words, way.values, told.figure(self.play, way)) for way in made),
            told.quarters(self.play, self.run.told),
            told.least_reach(self.run.told),
        )

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            year_ahead.year_ahead(painter, rect, data, self.play.money)

        said = told.ways_line(self.play, self.run.told)
        rows: list[Node] = [Drawing(draws=data, high=year_ahead.HIGH, brush=brush, says=said)]
        rows.append(Text(text=words.ahead_line(self.play, self.run.told), style="ink"))
        return Card(title=told.HEADS["ahead"], children=rows, gap=8)

    def _range(self) -> list[Node]:
        made = self.run.told
        line = told.range_line(self.play, made)
        if made.expected is None:
            return []
        low, high = (float(value) for value in made.expected)
        truth = float(made.truth)

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            charts.span(painter, rect, low, high, truth, self.play.money, ("you said", "it is"))

        chart = Drawing(draws=(low, high, truth), high=charts.SPAN_HIGH, brush=brush, says=line)
        return [Card(title=told.HEADS["range"], children=[chart], gap=4)]

    def actions(self) -> Sequence[Button]:
        label = "Next situation" if self.run.training.left else "What the set came to"
        return (
            self.later(),
            Button(name="next", label=label, act=self.run.on, kind="primary", icon="arrow", shortcut="Enter"),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("Enter", "next"), ("Esc", "go on later"))
