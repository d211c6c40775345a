"""Where a drill is answered: a short page with its levers, a moment, a talk, or a choice of what to go after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.words import Figure, Text
from kamsim.desktop.screens.asking import Asking
from kamsim.desktop.screens.gym_run import DrillScreen
from kamsim.desktop.screens.gym_situation import SIDE, STACK, situation_card
from kamsim.desktop.screens.moment import MomentPage
from kamsim.desktop.screens.people import brush, stance
from kamsim.desktop.screens.pipeline import marks, stage_track
from kamsim.desktop.screens.table_talks import TablePage
from kamsim.view import on_the_spot, pipeline
from kamsim.view.case import bringing
from kamsim.view.case.form import SLOTS
from kamsim.view.case.outcome import outcome
from kamsim.view.case.short import short_form
from kamsim.view.gym import drilling, pursuing
from kamsim.view.portraits import face

if TYPE_CHECKING:
    from kamsim.desktop.kit.node import Node
    from kamsim.desktop.screens.gym_run import Run

SLOT: Final = 120.0
"""How wide the name of a part of a page is."""
REST: Final = 0.22
"""Seconds after which a page that nobody touches is worked out finely."""


class AnswerScreen(DrillScreen):
    """Answering: the situation small on the left, with the clock; the answer on the right."""

    step = drilling.ANSWER

    def body(self) -> Node:
        left = self.beside(situation_card(self.run))
        return Column(
            children=[
                self.head(),
                Row(
                    children=[Column(children=left, gap=14, span=SIDE), Column(children=self.asks(), gap=14)],
                    stack=STACK, align="top",
                ),
            ],
            gap=12,
        )  # fmt: skip

    def asks(self) -> list[Node]:
        """What is asked."""
        return []

    def beside(self, situation: Node) -> list[Node]:
        """What stands on the left."""
        return [situation]

    def leaving(self) -> Button:
        """The answer that is none."""
        label = drilling.LEAVE[self.run.bout.drill.kind]
        return Button(name="leave", label=label, act=self.run.leave, shortcut="L")

    def made(self, kind: str, **args: Any) -> None:
        """Make a move of the drill, and on."""
        told = self.play.do(kind, **args)
        if told.refused:
            self.shell.say(" ".join(told.lines))
        else:
            self.run.went_on()


class PageAnswer(AnswerScreen):
    """A case, a re-cut or an ask, by the few levers that matter."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.form = short_form(self.play, run.bout.drill)
        self.asking = Asking(self.answer, self.play.money)
        self._touched = -1.0

    def answer(self, name: str, value: Any) -> None:
        """Answer one question; the figures follow."""
        self.form.answer(name, value)
        self._touched = self.shell.clock()
        self.form.moves(True)
        self.shell.changed()

    def tick(self) -> bool:
        """Work the figures out finely once nobody moves anything."""
        if self._touched >= 0 and self.shell.clock() - self._touched >= REST:
            self._touched = -1.0
            self.form.moves(False)
            return True
        return super().tick()

    def asks(self) -> list[Node]:
        rows: list[Node] = []
        for question in self.form.questions():
            rows += [] if question.label else [Text(text=drilling.ASKS[question.name], style="label")]
            rows += self.asking.controls(question)
        return [Card(children=rows, gap=12), self._page()]

    def beside(self, situation: Node) -> list[Node]:
        return [situation, self._outcome()]

    def _page(self) -> Card:
        """The whole page, as they will read it."""
        rows: list[Node] = [
            Row(children=[Text(text=SLOTS[slot], style="tiny", span=SLOT), Text(text=text)], gap=14, stack=380,
                stack_gap=1)
            for slot, text in self.form.texts().items()
        ]  # fmt: skip
        return Card(title=self.form.title, children=rows, gap=6)

    def _outcome(self) -> Card:
        told = outcome(self.play.cast, self.play.seen, self.form.work, self.form.made)
        us = Figure(label="Worth to us over three years", value=told.us, note=told.us_range,
                    tone="bad" if told.loses else "good")  # fmt: skip
        them = Figure(label=told.other_label, value=told.other, note=told.other_note,
                      tone="bad" if told.other_bad else "")  # fmt: skip
        rows: list[Node] = [Row(children=[us, them], gap=24, stack=380, align="top")]
        rows += [Text(text=text, style="neg") for text in (*told.grave, self.form.refused) if text]
        return Card(children=rows, gap=9)

    def hand_in(self) -> None:
        """Bring it."""
        work = self.form.work
        self.made(work.kind, account=work.account, **work.said)

    def actions(self) -> Sequence[Button]:
        return (
            self.later(),
            self.leaving(),
            Button(name="hand_in", label=bringing.VERBS[self.form.work.kind], act=self.hand_in, kind="primary",
                   shortcut="Ctrl Enter", off=self.form.refused),
        )  # fmt: skip

    def first(self) -> str:
        return next((question.name for question in self.form.questions()), "")

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Tab", "next"), ("← →", "change"), ("L", "nothing"), ("Ctrl Enter", "hand it in"))


class PursueAnswer(AnswerScreen):
    """Which purchase to go after, and at what price; or none."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.chosen = ""
        self.off = 0.0
        self.asking = Asking(self._price, self.play.money)

    def asks(self) -> list[Node]:
        drill = self.run.bout.drill
        rows: list[Node] = [Text(text=pursuing.which(self.play, drill, self.chosen).label, style="title")]
        for number, item in enumerate(pursuing.prospects(self.play, drill), 1):
            rows.append(self._prospect(number, item))
        cards: list[Node] = [Card(children=rows, gap=12)]
        if self.chosen:
            asked = pursuing.offs(self.play, self.chosen, self.off)
            cards.append(Card(children=self.asking.controls(asked), gap=10))
        return cards

    def _prospect(self, number: int, item: pipeline.Prospect) -> Node:
        play = self.play
        who = face(play.cast, item.decider, stance(play, item.decider))
        lead = Item(
            name=f"pick.{item.name}", title=f"{play.cast.account(item.account)}: {item.title}",
            text=f"{pipeline.amount_line(play, item)}. {pipeline.decision_line(play, item)}.",
            face=brush(who), draws=who, shortcut=str(number), chosen=item.name == self.chosen,
            act=partial(self.choose, item.name),
        )  # fmt: skip
        beside = Column(children=[stage_track(self, item), marks(item)], gap=7, span=280)
        return Row(children=[lead, beside], gap=16, align="middle", stack=560, stack_gap=8)

    def choose(self, name: str) -> None:
        """Go after this one."""
        self.chosen = name
        asked = pursuing.offs(self.play, name, self.off)
        if asked.chosen is None and asked.options:
            self.off = float(str(asked.options[0].value))
        self.shell.changed()

    def _price(self, _name: str, value: Any) -> None:
        self.off = float(value)
        self.shell.changed()

    def _bid(self) -> None:
        self.made("bid", **pursuing.bid(self.chosen, self.off))

    def actions(self) -> Sequence[Button]:
        off = "" if self.chosen else "choose one first, or none"
        if self.chosen:
            off = self.play.why_not("bid", **pursuing.bid(self.chosen, self.off))
        return (
            self.later(),
            self.leaving(),
            Button(name="bid", label="Go after it", act=self._bid, kind="primary", shortcut="Ctrl Enter", off=off),
        )

    def first(self) -> str:
        found = pursuing.prospects(self.play, self.run.bout.drill)
        return f"pick.{found[0].name}" if found else "leave"

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("1 2 3", "choose"), ("← →", "change"), ("L", "none"), ("Ctrl Enter", "go after it"))


class MomentAnswer(AnswerScreen, MomentPage):
    """On the spot, as in a session, with the situation beside it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        run.table.clocks[run.bout.drill.about] = run.clock.clock
        MomentPage.__init__(self, run.shell, run.bout.drill.about)

    def key(self) -> str:
        return f"{AnswerScreen.key(self)}/{on_the_spot.phase(self.play, self.moment)}/{len(self.picks)}"

    def asks(self) -> list[Node]:
        step = self._step()
        return [self._progress(step), *self._changed(step), self._cards(step)] if step else []

    def beside(self, situation: Node) -> list[Node]:
        return [situation, *self._summary()]

    def pick(self, step: str, choice: str) -> None:
        MomentPage.pick(self, step, choice)
        self.run.went_on()

    def tick(self) -> bool:
        return AnswerScreen.tick(self)

    def actions(self) -> Sequence[Button]:
        if not self.picks:
            return (self.later(), self.leaving())
        return (Button(name="undo", label="Take back the last pick", act=self.back, icon="back", shortcut="Esc"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("1 2 3 4", "say it"), ("P", "pause"), ("L", "say nothing"), ("Esc", "go on later"))

    def back(self) -> None:
        if self.picks:
            MomentPage.back(self)
        else:
            DrillScreen.back(self)


class TalkAnswer(AnswerScreen, TablePage):
    """At the table, as in a session."""

    def __init__(self, run: Run) -> None:
        self.run = run
        TablePage.__init__(self, run.shell, run.bout.drill.about)

    def asks(self) -> list[Node]:
        return [self._table()] if self._open() else []

    def beside(self, _situation: Node) -> list[Node]:
        return [self._they(), situation_card(self.run, shows_face=False)]  # whoever talks has the face already

    def _do(self, kind: str, **args: Any) -> None:
        TablePage._do(self, kind, **args)
        self.run.went_on()

    def actions(self) -> Sequence[Button]:
        propose = TablePage.actions(self)[-1]
        return (self.later(), self.leaving(), propose)

    def hints(self) -> Sequence[tuple[str, str]]:
        return TablePage.hints(self)

    def back(self) -> None:
        DrillScreen.back(self)


ANSWERS: Final[dict[str, Callable[[Run], AnswerScreen]]] = {
    "case": PageAnswer, "recut": PageAnswer, "ask": PageAnswer, "moment": MomentAnswer, "talk": TalkAnswer,
    "pursue": PursueAnswer,
}  # fmt: skip
"""By kind of drill."""


def answer_page(run: Run) -> AnswerScreen:
    """The page on which the open drill is answered."""
    return ANSWERS[run.bout.drill.kind](run)
