"""The negotiation table: eight issues with our lever, what each costs us, what is known of its worth to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.controls import Stepper
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Node, Tip
from kamsim.desktop.kit.words import Chip, Rule, Text
from kamsim.desktop.screens.just_now import told_nodes
from kamsim.desktop.screens.people import says, stance
from kamsim.desktop.shell import Dialog, Screen
from kamsim.view.gym.practising import PRACTISE
from kamsim.view.table import Response
from kamsim.view.words import talks
from kamsim.view.words.names import capital

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell

STACK: Final = 1040.0
ISSUE_ROW: Final = 620.0
"""Below which the three parts of an issue stand one below the other."""
LEVER_SPAN, OURS_SPAN, THEIRS_SPAN = 0.50, 0.20, 0.30


@dataclass(kw_only=True, eq=False)
class Level(Stepper):
    """A stepper through the levels of an issue, wide enough for their words."""

    WIDE = 214.0


class TablePage(Screen):
    """One negotiation."""

    rail = "account"
    topic = "talk"

    def __init__(self, shell: Shell, talk: str) -> None:
        super().__init__(shell)
        self.talk = self.play.cast.talks[talk]
        self.account = self.play.cast.home[talk]
        self.draft = talks.last_proposal(self.play.seen, talk)
        self.told: Response | None = None

    def key(self) -> str:
        return f"talk/{self.talk.id}"

    def place(self) -> dict[str, Any] | None:
        return {"page": "talk", "talk": self.talk.id} if self._open() else None

    def _open(self) -> bool:
        return self.talk.id in self.play.talks()

    def title(self) -> str:
        return f"{self.play.cast.account(self.account)}: {self.talk.title}"

    def subtitle(self) -> str:
        play = self.play
        if not self._open():
            return "Settled"
        left = talks.rounds_left(play.seen, self.talk.id)
        return capital(f"{left}, {talks.until(play.cast, play.seen, self.talk.id)}")

    def body(self) -> Node:
        if not self._open():
            return Column(children=[self._they(), *self._signed()], gap=14)
        they, table = self._they(), self._table()
        if self.narrow(STACK):
            return Column(children=[they, table], gap=14)
        they.span, table.span = 0.32, 0.68
        return Row(children=[they, table], align="top")

    def _they(self) -> Card:
        """The person, what they said last, and what it means."""
        play, talk = self.play, self.talk
        rows: list[Node] = []
        size = 56.0
        if self.told is not None:
            rows += told_nodes(play, self.told, size)
        else:
            said = talks.opening(play.cast, play.seen, talk.id)
            rows.append(says(play, talk.person, said, stance(play, talk.person), size))
        if self._open() and self.told is None and not talks.begun(play.seen, talk.id):
            rows += [Rule(), Text(text=talks.FIRST_QUESTION, style="small")]
        if self._open():
            rows.append(Text(text=talks.sole_supply(play.cast, talk.id), style="small"))
        return Card(children=rows, gap=10)

    def _signed(self) -> list[Node]:
        """What holds now, issue by issue; nothing where nothing was signed."""
        if self.told is None or self.told.result != "signed":
            return []
        found = talks.rows(self.play.seen, self.talk.id, self.draft)
        rows: list[Node] = [
            Row(children=[Text(text=item.name, span=0.4), Text(text=item.level, style="strong", span=0.6)])
            for item in found
        ]
        return [Card(title="What holds now", children=rows, gap=6)]

    def _table(self) -> Card:
        play = self.play
        found = talks.rows(play.seen, self.talk.id, self.draft)
        rows: list[Node] = []
        if not self.narrow(ISSUE_ROW):
            rows.append(
                Row(
                    children=[
                        Text(text=talks.LEVER, style="small", span=LEVER_SPAN),
                        Text(text=talks.OUR_SIDE, style="small", span=OURS_SPAN),
                        Text(text=talks.THEIR_SIDE, style="small", span=THEIRS_SPAN),
                    ],
                    gap=18,
                )
            )
        for item in found:
            rows += [Rule(), self._issue(item)]
        give, get = talks.balance(play.cast, found)
        rows += [
            Rule(),
            Flow(
                children=[
                    Text(text=give, style="neg", span=0),
                    Text(text=get, style="pos", span=0),
                    Text(text=talks.known_balance(play.cast, found), style="strong", span=0),
                ],
                gap=26,
            ),
        ]
        return Card(children=rows, gap=7)

    def _issue(self, item: talks.Row) -> Node:
        play, talk = self.play, self.talk.id
        choices = talks.choices(item.issue)
        now = choices.index(self.draft[item.issue])
        lever = Level(
            name=f"set.{item.issue}",
            label=item.name,
            value=now,
            low=0,
            high=len(choices) - 1,
            change=partial(self._set, item.issue),
            format=lambda place: talks.level(item.issue, choices[int(place)]),
            tip=Tip(item.name, (talks.ISSUE_HELP[item.issue],)),
            span=LEVER_SPAN,
        )
        tone = "neg" if item.ours < -50.0 else "pos" if item.ours > 50.0 else "small"
        ours = Text(text=talks.our_side(play.cast, item), style=tone, span=OURS_SPAN)
        theirs: list[Node] = []
        if item.pushed:
            theirs.append(Chip(text=talks.LAST_TIME, tone="warn", icon="chat"))
        if item.theirs is None:
            label = f"{talks.ASK}: {play.takes('ask_table', talk=talk, issue=item.issue):.0f} h"
            theirs.append(
                Button(name=f"ask.{item.issue}", label=label, act=partial(self._ask, item.issue), kind="quiet")
            )
        else:
            theirs.append(Text(text=talks.their_side(play.cast, play.seen, talk, item), style="ink", span=0))
        return Row(
            children=[lever, ours, Flow(children=theirs, gap=8, span=THEIRS_SPAN)],
            gap=18, align="middle", stack=ISSUE_ROW - 60, stack_gap=2,
        )  # fmt: skip

    def _set(self, issue: str, place: float) -> None:
        self.draft[issue] = talks.choices(issue)[int(place)]
        self.shell.changed()

    def _ask(self, issue: str) -> None:
        self._do("ask_table", issue=issue)

    def _refused(self) -> str:
        return self.play.why_not("propose", talk=self.talk.id, **self.draft)

    def _propose(self) -> None:
        off = self._refused()
        if off:
            self.shell.say(off)
        else:
            self._do("propose", **self.draft)

    def _leave(self) -> None:
        self.shell.close_dialog()
        self._do("leave_table")

    def _practise(self) -> None:
        """A drill at a table first; this one waits as it is."""
        self.shell.open("practise", kind="talk")

    def _confirm(self) -> None:
        """Leaving is for good."""
        self.shell.ask(
            Dialog(
                title="Leave the table for good?",
                texts=[
                    "Nothing is signed, and everything stays as it is today.",
                    f"{self.play.cast.person(self.talk.person)} cools a little.",
                ],
                buttons=[
                    Button(name="stay", label="Stay", act=self.shell.close_dialog, kind="normal"),
                    Button(name="leave", label=talks.LEAVE, act=self._leave, kind="primary"),
                ],
                close=self.shell.close_dialog,
            )
        )

    def _do(self, kind: str, **args: Any) -> None:
        told = self.play.do(kind, talk=self.talk.id, **args)
        if told.refused:
            self.shell.say(" ".join(told.lines))
            return
        self.shell.sounds.play("done")
        self.told = told
        self.shell.replace(self, keep=self._open())

    def actions(self) -> Sequence[Button]:
        if not self._open():
            return (
                Button(
                    name="back",
                    label="To the desk",
                    act=self.shell.go_desk,
                    icon="back",
                    kind="primary",
                    shortcut="Esc",
                ),
            )
        return (
            Button(name="back", label="Not now", act=self.shell.back, kind="quiet", shortcut="Esc"),
            Button(name="practise", label=PRACTISE, act=self._practise, kind="quiet", shortcut="T"),
            Button(name="leave_table", label=talks.LEAVE, act=self._confirm, shortcut="L"),
            Button(
                name="propose",
                label=f"{talks.PROPOSE}: {self.play.takes('propose', talk=self.talk.id, **self.draft):.0f} h",
                act=self._propose,
                kind="primary",
                shortcut="Ctrl Enter",
                off=self._refused(),
            ),
        )

    def first(self) -> str:
        return "set.price" if self._open() else "back"

    def hints(self) -> Sequence[tuple[str, str]]:
        if not self._open():
            return (("F1", "help"), ("Esc", "to the desk"))
        return (
            ("F1", "help"),
            ("Tab", "next issue"),
            ("← →", "less, more"),
            ("Ctrl Enter", "propose"),
            ("Esc", "back"),
        )

    def back(self) -> None:
        if self._open():
            self.shell.back()
        else:
            self.shell.go_desk()
