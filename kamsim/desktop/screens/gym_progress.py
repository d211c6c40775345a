"""Progress in the gym: criteria and behaviours over time, ranges that held, what comes next; export and delete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit import met
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.gfx import Rect
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.words import Chip, Drawing, Text
from kamsim.desktop.shell import Dialog, Screen
from kamsim.view.gym import progress

if TYPE_CHECKING:
    from kamsim.desktop.kit.gfx import Painter
    from kamsim.desktop.kit.node import Look, Node
    from kamsim.desktop.shell import Shell
    from kamsim.view.gym.progress import Line

STACK: Final = 880.0
SPARK: Final = 150.0
NOTE: Final = 132.0
HIGH: Final = 30.0
MARKS: Final = 96.0
TONES: Final = {"better than at first": "good", "strong": "good", "slipping": "bad", "weak": "warn"}


class ProgressPage(Screen):
    """How the gym went so far."""

    rail = "locked"
    topic = "gym_progress"
    shows_hours = False

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.progress = progress.read(shell.config.name, shell.drill_dir)

    def key(self) -> str:
        return "gym/progress"

    def title(self) -> str:
        return progress.TITLE

    def subtitle(self) -> str:
        return progress.summary(self.progress)

    def body(self) -> Node:
        cards = [self._skills(head, lines) for head, lines in progress.groups(self.progress)]
        right: list[Node] = [self._next(), self._ranges(), *cards[1:], self._marks()]
        return Row(
            children=[Column(children=cards[:1], gap=14, span=0.52), Column(children=right, gap=14, span=0.48)],
            stack=STACK, align="top",
        )  # fmt: skip

    def _skills(self, head: str, lines: Sequence[Line]) -> Card:
        return Card(title=head, children=[spark_row(line) for line in lines], gap=9)

    def _next(self) -> Card:
        coming = progress.coming(self.progress)
        return Card(children=[Text(text=progress.NEXT, style="accent"), Text(text=coming, style="ink")], tone="soft",
                    gap=4)  # fmt: skip

    def _ranges(self) -> Card:
        inside, of = self.progress.calibration
        rows: list[Node] = []
        if of:

            def brush(painter: Painter, rect: Rect, _look: Look) -> None:
                met.met_bar(painter, Rect(rect.x, rect.y + 5, rect.w, met.BAR), inside / of, progress.HELD)

            rows.append(Drawing(draws=(inside, of), high=met.BAR + 10, brush=brush, says=f"{inside} of {of}"))
        rows.append(Text(text=progress.calibration(self.progress), style="ink"))
        return Card(title=progress.RANGES, children=rows, gap=7)

    def _marks(self) -> Card:
        marks = tuple(mark / 100.0 for mark in self.progress.marks)

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            met.spark(painter, rect, marks)

        said = ", ".join(f"{mark * 100:.0f}" for mark in marks) or "nothing yet"
        return Card(title=progress.MARKS, children=[Drawing(draws=marks, high=MARKS, brush=brush, says=said)], gap=7)

    # --- export and delete --------------------------------------------------------------------------------------

    def _export(self) -> None:
        where = progress.export(self.shell.config.name, self.shell.drill_dir)
        self.shell.say(f"Written: {where}")

    def _ask_delete(self) -> None:
        self.shell.ask(
            Dialog(
                title=progress.DELETE_ASKED,
                texts=progress.DELETE_MEANS,
                buttons=[
                    Button(name="keep", label="Keep it", act=self.shell.close_dialog, kind="normal"),
                    Button(name="delete.yes", label=progress.DELETE, act=self._delete, kind="primary"),
                ],
                close=self.shell.close_dialog,
                first="keep",
            )
        )

    def _delete(self) -> None:
        self.shell.close_dialog()
        progress.delete(self.shell.config.name, self.shell.drill_dir)
        self.progress = progress.read(self.shell.config.name, self.shell.drill_dir)
        self.shell.say(progress.DELETED)

    def actions(self) -> Sequence[Button]:
        off = "" if self.progress.drills else "there is nothing yet"
        return (
            Button(name="delete", label=f"{progress.DELETE} ...", act=self._ask_delete, kind="quiet", shortcut="D",
                   off=off),
            Button(name="export", label="Export", act=self._export, shortcut="E", off=off),
            Button(name="back", label="To the gym", act=self.shell.back, kind="primary", icon="back", shortcut="Esc"),
        )  # fmt: skip

    def first(self) -> str:
        return "back"

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("E", "export"), ("D", "delete"), ("Esc", "to the gym"))


def spark_row(line: Line, *, small: bool = False) -> Node:
    """One skill: its name, how it went each time, and a word on that; ``small``: without what it means."""

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        met.spark(painter, rect, line.series)

    said = ", ".join(f"{value * 100:.0f}" for value in line.series) or "nothing yet"
    chart = Drawing(draws=line.series, high=HIGH, wide=SPARK, brush=brush, says=said, span=SPARK)
    if small:
        return Row(children=[Text(text=line.name), chart], gap=14, align="middle")
    named = Column(children=[Text(text=line.name, style="strong"), Text(text=line.means, style="small")], gap=0)
    note = Column(children=[Chip(text=line.note, tone=TONES.get(line.note, "plain"))], span=NOTE)
    return Row(children=[named, chart, note], gap=14, align="middle", stack=470, stack_gap=4)
