"""A training in the window: from one page of a drill to the next, with whatever takes a while done beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.layout import Card, Centred, Column, Flow, Row
from kamsim.desktop.kit.words import Chip, Text
from kamsim.desktop.screens.clock import ClockFace
from kamsim.desktop.screens.people import picture
from kamsim.desktop.shell import Screen
from kamsim.desktop.table import WindowTable
from kamsim.view.gym import drilling
from kamsim.view.softclock import SoftClock

if TYPE_CHECKING:
    from kamsim.desktop.kit.node import Node
    from kamsim.desktop.shell import Attended, Shell
    from kamsim.errors import KamsimError
    from kamsim.gym.bout import Bout
    from kamsim.gym.drill import Feedback
    from kamsim.gym.training import Training

T = TypeVar("T")
FACE: Final = 116.0


class Run:
    """A training that is played here: the drill that is open, its table, its clock, and what came of it.

    ``pages``: how the pages of a drill are made: situation, answer, reaction, told, end.
    """

    bout: Bout
    table: WindowTable
    clock: ClockFace
    told: Feedback

    def __init__(self, shell: Shell, training: Training, pages: Mapping[str, Callable[[Run], Screen]]) -> None:
        self.shell, self.training, self._pages = shell, training, pages
        self.posed = False
        self.place = drilling.place(training)

    def first(self) -> Screen:
        """The page on which the drill that is open is made."""
        self.posed = False
        return WaitingPage(self, drilling.MAKING, self.training.pose, self._begun)

    def go(self, name: str) -> None:
        """To a page of the drill, by its name."""
        self.shell.replace(self._pages[name](self))

    def again(self) -> Screen:
        """The same for a training that was left: where its last answer was judged and no other drill is open, what came
        of it."""
        return WaitingPage(self, drilling.MAKING, self.training.last, self._left)

    def _left(self, found: tuple[Bout, Feedback] | None) -> None:
        if found is None:
            self.shell.replace(self.first())
            return
        bout, self.told = found
        self._open(bout)
        self.go("reaction")

    def _begun(self, bout: Bout) -> None:
        self._open(bout)
        if bout.answered:
            self.read()
        else:
            self.go("answer" if bout.said else "situation")

    def _open(self, bout: Bout) -> None:
        self.bout, self.table, self.posed = bout, WindowTable(bout), True
        self.place = drilling.place(self.training, bout.drill)
        soft = SoftClock(bout, drilling.CLOCK, self.shell.clock, drilling.LIMIT)
        self.clock = ClockFace(self.shell, soft, drilling.SOFTLY)

    def went_on(self) -> None:
        """A move was made: on to what they say, where it was the last."""
        if self.bout.answered:
            self.read()

    def leave(self) -> None:
        """Give the answer that is none."""
        self.bout.leave()
        self.went_on()

    def read(self) -> None:
        """Let them read the answer, and the year ahead be played."""
        self.clock.clock.finish()
        self.shell.replace(WaitingPage(self, drilling.READING, self.training.feedback, self._read))

    def _read(self, told: Feedback) -> None:
        self.told = told
        self.go("reaction")

    def on(self) -> None:
        """To the next drill, or to what the set came to."""
        if self.training.left:
            self.shell.replace(self.first())
        else:
            self.go("end")

    def close(self) -> None:
        """Let go of the log."""
        self.training.close()


class DrillScreen(Screen):
    """A page of a drill: Esc leaves the drill as it stands, to go on later. ``step``: where in the drill it is."""

    rail = "locked"
    topic = "gym"
    shows_hours = False
    step = drilling.SITUATION

    def __init__(self, run: Run) -> None:
        self.run = run
        super().__init__(run.shell)

    @property
    def play(self) -> WindowTable:
        """The drill's own table, never that of a session below."""
        return self.run.table

    def key(self) -> str:
        return f"drill/{self.run.place}/{type(self).__name__}"

    def title(self) -> str:
        return drilling.heading(self.run.bout.drill) if self.run.posed else drilling.GYM

    def subtitle(self) -> str:
        return self.run.place

    def place(self) -> dict[str, Any] | None:
        return {"page": "drill", "log": self.run.training.log_path.name}

    def attended(self) -> Attended | None:
        return self.run.training

    def note(self) -> None:
        """The page is shown again: so does its clock run."""
        if self.run.posed:
            self.run.clock.clock.shown(True)

    def tick(self) -> bool:
        return self.run.posed and not self.run.bout.answered and self.run.clock.tick()

    def head(self, *, tell: bool = False) -> Node:
        """Where in the drill we are, and the clock in a line; ``tell``: with what it means."""
        clock = self.run.clock.line(tell=tell)
        row = Row(children=[self.steps(), clock], gap=18, align="middle", stack=900, stack_gap=8)
        return Card(children=[row], tone="plain")

    def steps(self) -> Node:
        """Where in the drill we are."""
        return Flow(
            children=[
                Chip(text=name, tone="accent" if place == self.step else "plain",
                     icon="check" if place < self.step else "")
                for place, name in enumerate(drilling.STEPS)
            ]
        )  # fmt: skip

    def later(self) -> Button:
        """The button that leaves the drill as it stands."""
        return Button(name="later", label=drilling.LATER, act=self.back, kind="quiet", shortcut="Esc")

    def back(self) -> None:
        self.let_go()
        self.shell.back()

    def let_go(self) -> None:
        self.run.close()


class WaitingPage(DrillScreen):
    """Something is worked out beside the window, which says what; then it goes on with the result."""

    centred = True

    def __init__(self, run: Run, text: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        super().__init__(run)
        self.text = text
        self._work: Callable[[], T] | None = work
        self._then: Callable[[Any], None] = then

    def key(self) -> str:
        return f"{super().key()}/{self.text[:8]}"

    def note(self) -> None:
        """Its clock does not run."""

    def body(self) -> Node:
        text = Text(text=self.text, style="lead")
        if not self.run.posed:
            return Centred(children=[Card(children=[text], pad=28, down=26)], most=560)
        who = drilling.speaker(self.play, self.run.bout.drill)
        face = picture(who.face, FACE, f"portrait of {who.name}")
        named = Column(children=[Text(text=who.name, style="head"), text], gap=8)
        row = Row(children=[face, named], gap=22, align="middle", stack=420)
        return Centred(children=[Card(children=[row], pad=28, down=26)], most=640)

    def tick(self) -> bool:
        """Begin, once the page is there."""
        if self._work is None:
            return False
        work, self._work = self._work, None
        self.shell.aside(self.text, work, self._then, self._failed)
        return True

    def _failed(self, error: KamsimError) -> None:
        self.back()
        self.shell.trouble(error)

    def attended(self) -> Attended | None:
        """The training is busy: it is left alone."""
        return None

    def hints(self) -> Sequence[tuple[str, str]]:
        return ()
