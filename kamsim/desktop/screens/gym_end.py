"""What a set came to: each drill in a line, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit import met
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.gfx import Rect
from kamsim.desktop.kit.layout import Card, Centred, Column, Row
from kamsim.desktop.kit.words import Chip, Drawing, Rule, Text
from kamsim.desktop.screens.gym_run import DrillScreen
from kamsim.view.gym import drilling, hub, practising, progress, told

if TYPE_CHECKING:
    from kamsim.desktop.kit.gfx import Painter
    from kamsim.desktop.kit.node import Look, Node
    from kamsim.desktop.screens.gym_run import Run
    from kamsim.gym.drill import Feedback

BAR: Final = 170.0
CHIP: Final = 130.0


class EndPage(DrillScreen):
    """The end of a set."""

    centred = True

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.progress = run.training.progress()

    def title(self) -> str:
        return drilling.GYM

    def subtitle(self) -> str:
        return told.set_line(self.run.training.done)

    def place(self) -> dict[str, Any] | None:
        return None

    def body(self) -> Node:
        rows: list[Node] = []
        for one in self.run.training.done:
            rows += [self._row(one), Rule()]
        coming = progress.coming(self.progress)
        cards: list[Node] = [Card(title="This set", children=rows[:-1], gap=11)]
        if coming:
            cards.append(
                Card(children=[Text(text="What comes next", style="accent"), Text(text=coming, style="ink")],
                     tone="soft", gap=4)
            )  # fmt: skip
        return Centred(children=cards, gap=14, most=820)

    def _row(self, one: Feedback) -> Node:
        summed = told.summed(one)
        text, tone, icon = summed.chip
        named = Column(children=[Text(text=summed.title, style="strong"), Text(text=summed.line, style="ink")], gap=1)

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            met.met_bar(painter, Rect(rect.x, rect.y + 4, rect.w, met.BAR), summed.mark, summed.borne)

        said = f"{summed.mark * 100:.0f} of 100, {summed.borne * 100:.0f} would have been possible"
        bar = Drawing(draws=summed, high=met.BAR + 8, wide=BAR, brush=brush, says=said, span=BAR)
        chip = Column(children=[Chip(text=text, tone=tone, icon=icon)], span=CHIP)
        return Row(children=[named, chip, bar], gap=18, align="middle", stack=520)

    def actions(self) -> Sequence[Button]:
        label = hub.TO_GYM if self.shell.play is None else practising.TO_SESSION
        return (Button(name="gym", label=label, act=self.back, kind="primary", icon="back", shortcut="Enter"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("Enter", "back"))
