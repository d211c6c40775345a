"""The gym: five situations in ten minutes, what comes next and why, and how it goes so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.controls import Stepper
from kamsim.desktop.kit.field import TextField, Typed
from kamsim.desktop.kit.layout import Card, Centred, Column, Row
from kamsim.desktop.kit.stepping import Stepping
from kamsim.desktop.kit.words import Text
from kamsim.desktop.screens import gym_flow
from kamsim.desktop.screens.gym_progress import ProgressPage, spark_row
from kamsim.desktop.shell import Screen
from kamsim.view.gym import hub, progress

if TYPE_CHECKING:
    from kamsim.desktop.kit.node import Node
    from kamsim.desktop.shell import Shell

DIGITS: Final = "0123456789"
STACK: Final = 860.0


class GymPage(Screen):
    """Before a set: start, go on, choose, look at progress."""

    rail = "locked"
    topic = "gym"
    shows_hours = False
    centred = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.seed = Typed()
        self.kind = hub.ANY
        self.scenario = hub.ANY
        self.count = hub.COUNT
        self.places = hub.scenarios()
        self._read()

    def _read(self) -> None:
        name, folder = self.shell.config.name, self.shell.drill_dir
        self.progress = progress.read(name, folder)
        self.left = hub.left(name, folder)

    def note(self) -> None:
        """What was drilled since counts."""
        self._read()

    def key(self) -> str:
        return "gym"

    def title(self) -> str:
        return hub.TITLE

    def subtitle(self) -> str:
        return progress.summary(self.progress) if self.progress.drills else hub.SUBTITLE

    def body(self) -> Node:
        left: list[Node] = [self._today(), self._choose()]
        row = Row(
            children=[Column(children=left, gap=14, span=0.54), Column(children=[self._so_far()], gap=14, span=0.46)],
            gap=14, stack=STACK, align="top",
        )  # fmt: skip
        return Centred(children=[row], most=1120)

    def _today(self) -> Card:
        rows: list[Node] = [Text(text=hub.HEAD, style="hero"), Text(text=hub.LEAD, style="lead")]
        coming = progress.coming(self.progress)
        if coming:
            rows += [Text(text=progress.NEXT, style="accent"), Text(text=coming, style="ink")]
        if self.left is not None:
            rows.append(Button(name="resume", label=hub.go_on(self.left), act=self._resume, kind="primary", icon="play",
                               shortcut="Enter", span=1))  # fmt: skip
        fresh = self.left is None
        rows.append(
            Button(name="start", label=hub.start(self.count), act=self._start, icon="play", span=1,
                   kind="primary" if fresh else "normal", shortcut="Enter" if fresh else "N")
        )  # fmt: skip
        return Card(children=rows, gap=12, pad=24, down=20)

    def _choose(self) -> Card:
        rows: list[Node] = [
            Stepping(name="kind", label=hub.KIND, options=hub.KINDS, value=self.kind, usual=hub.ANY,
                     change=self._kind),
            Stepping(name="scenario", label=hub.SCENARIO, options=self.places, value=self.scenario, usual=hub.ANY,
                     change=self._scenario),
            Stepper(name="count", label=hub.HOW_MANY, value=self.count, low=1, high=hub.MOST, change=self._count,
                    format=lambda value: f"{value:.0f}"),
            TextField(name="seed", label=hub.SET, typed=self.seed, accepts=DIGITS, hint=hub.SET_HINT,
                      enter=self._start),
        ]  # fmt: skip
        return Card(title=hub.CHOOSE, children=rows, gap=12)

    def _kind(self, value: Any) -> None:
        self.kind = str(value)

    def _scenario(self, value: Any) -> None:
        self.scenario = str(value)

    def _count(self, value: float) -> None:
        self.count = int(value)
        self.shell.changed()

    def _so_far(self) -> Card:
        if not self.progress.drills:
            cells: list[Node] = [
                Column(children=[Text(text=name, style="strong"), Text(text=means)], gap=1)
                for name, means in hub.kinds()
            ]
            return Card(title=hub.KINDS_HEAD, children=cells, gap=14)
        rows: list[Node] = [
            spark_row(line, small=True) for _, lines in progress.groups(self.progress) for line in lines
        ]
        rows.append(Text(text=progress.calibration(self.progress), style="small"))
        return Card(title=hub.SO_FAR, children=rows, gap=5)

    # --- on -----------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        chosen = hub.chosen(self.kind, self.scenario, int(self.count), self.seed.text)
        gym_flow.start(self.shell, **chosen)

    def _resume(self) -> None:
        assert self.left is not None
        gym_flow.resume(self.shell, self.left.path)

    def _progress(self) -> None:
        self.shell.show(ProgressPage(self.shell))

    def actions(self) -> Sequence[Button]:
        away = hub.BACK if self.shell.below() is not None else hub.TO_TITLE
        return (
            Button(name="back", label=away, act=self.back, kind="quiet", icon="back", shortcut="Esc"),
            Button(name="progress", label=hub.PROGRESS, act=self._progress, icon="report", shortcut="G"),
        )

    def back(self) -> None:
        if self.shell.below() is not None:
            self.shell.back()
        else:
            self.shell.leave_session()

    def first(self) -> str:
        return "resume" if self.left is not None else "start"

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("Tab", "next"), ("← →", "change"), ("G", "progress"), ("Enter", "start"))
