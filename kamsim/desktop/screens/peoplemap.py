"""The map of people at one customer, as last seen: who weighs what, how they stand, who listens to whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Act, Node
from kamsim.desktop.kit.peoplemap import PeopleMap, Token
from kamsim.desktop.kit.words import Chip, Rule, Text
from kamsim.desktop.screens.people import brush, picture, stance
from kamsim.desktop.shell import Screen
from kamsim.view.centre import Member, legend, members
from kamsim.view.menu.catalogue import MENU
from kamsim.view.portraits import face
from kamsim.view.words import waiting
from kamsim.view.words.names import percent
from kamsim.view.words.people import STANCE_TOLD

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell

STACK: Final = 860.0
AROUND: Final = 350.0
"""What the frame and all else on the page leave of a window's height to the people, taken off it."""
RANKS: Final = (("executive", "Executives"), ("manager", "Managers"), ("buyer", "Buyers"))
KINDS: Final = (("usual", "What they buy again"), ("new", "Something new"))


class PeoplePage(Screen):
    """The people of a customer. ``kind``: whose say is shown, where something is bought again or where it is new."""

    rail = "account"
    topic = "people"

    def __init__(self, shell: Shell, account: str, person: str = "", kind: str = "usual") -> None:
        super().__init__(shell)
        people = [person.id for person in self.play.cast.accounts[account].people]
        self.account, self.kind = account, kind if kind in dict(KINDS) else "usual"
        self.person = person if person in people else people[0]

    def key(self) -> str:
        return f"people/{self.account}"

    def place(self) -> dict[str, Any]:
        return {"page": "people", "account": self.account, "person": self.person, "kind": self.kind}

    def title(self) -> str:
        return f"The people at {self.play.cast.account(self.account)}"

    def subtitle(self) -> str:
        return "The map of people, as last seen"

    def first(self) -> str:
        return "people"

    def body(self) -> Node:
        everybody = members(self.play.cast, self.play.seen, self.account)
        chosen = next(member for member in everybody if member.person == self.person)
        shown = PeopleMap(
            name="people",
            ranks=[
                (title, sorted((self._token(m) for m in everybody if m.level == level), key=_weight))
                for level, title in RANKS
                if any(member.level == level for member in everybody)
            ],
            chosen=self.person,
            choose=self._choose,
            least=0.0 if self.narrow(STACK) else self.room()[1] - AROUND,
        )
        whose = Segmented(
            name="kind",
            label="Their say in",
            options=KINDS,
            value=self.kind,
            change=lambda value: self._turn(str(value)),
        )
        texts = [Text(text=line, style="small") for line in legend()]
        left = [Card(children=[whose, shown, Rule(), *texts], gap=9)]
        right = [self._about(chosen)]
        if self.narrow(STACK):
            return Column(children=[*left, *right], gap=14)
        return Row(children=[Column(children=left), Column(children=right, span=352)], stack=STACK, align="top", gap=14)

    def _token(self, member: Member) -> Token:
        cast = self.play.cast
        who = face(cast, member.person, stance(self.play, member.person))
        say = member.say_new if self.kind == "new" else member.say
        weight = "say not known" if say is None else f"{percent(say)} of the say"
        marks = [word for word, on in (("sponsor", member.sponsor), ("veto", member.veto)) if on]
        if member.level == "executive":
            marks.append("door open" if member.open_now else "door closed")
        lines = [STANCE_TOLD[member.stands], weight, *([", ".join(marks)] if marks else [])]
        if member.leaving:
            lines.append("leaves this quarter")
        return Token(
            name=member.person,
            title=cast.person(member.person),
            lines=tuple(lines),
            say=say,
            rings=member.rings,
            stands=member.stands,
            heeds=member.listens or (),
            brush=brush(who),
            draws=who,
            told=f"{cast.post(member.person)}. {' '.join((*member.lines, *member.asks))}",
        )

    def _about(self, member: Member) -> Card:
        play, cast, person = self.play, self.play.cast, member.person
        who = face(cast, person, stance(play, person))
        names = Column(
            children=[Text(text=cast.person(person), style="head"), Text(text=cast.people[person].role)], gap=0
        )
        chips: list[Node] = []
        for text, tone, icon, on in (
            ("Sponsor", "good", "check", member.sponsor),
            ("Leaves when this quarter closes", "warn", "clock", member.leaving),
            (member.door, "good" if member.open_now else "plain", "door", bool(member.door) and len(member.door) < 40),
        ):
            if on:
                chips.append(Chip(text=text, tone=tone, icon=icon))
        rows: list[Node] = [Row(children=[picture(who, 72), names], align="middle", gap=14)]
        rows += [Flow(children=chips)] if chips else []
        if member.door and len(member.door) >= 40:
            rows.append(Text(text=f"{member.door}."))
        rows += [Rule(), Text(text="In your notes", style="tiny")]
        rows += [Text(text=line, style="ink") for line in member.lines]
        if member.asks:
            rows += [Rule(), Text(text="Not known yet", style="tiny"), *[Text(text=line) for line in member.asks]]
        rows += [Rule(), *self._buttons(member)]
        return Card(children=rows, gap=8)

    def _buttons(self, member: Member) -> list[Node]:
        person = member.person
        made: list[Node] = []
        page, label, icon, key = (
            ("meet", "Meet", "chat", "M") if member.open_now else ("door", "Ask to meet", "door", "D")
        )
        act = partial(self.shell.open, page, person=person)
        made.append(Button(name=page, label=label, icon=icon, shortcut=key, span=1, act=act))
        if member.leaving:
            made.append(hand_over_row(self.shell, person))
        return made

    def _choose(self, person: str) -> None:
        self.person = person
        self.shell.changed()
        self.shell.remember()

    def _turn(self, kind: str) -> None:
        self.kind = kind
        self.shell.changed()
        self.shell.remember()

    def actions(self) -> Sequence[Button]:
        name = self.play.cast.account(self.account)
        return (Button(name="back", label=f"Back to {name}", act=self.back, icon="back", shortcut="Esc"),)

    def back(self) -> None:
        self.shell.go_account(self.account)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("← → ↑ ↓", "people"), ("M", "meet"), ("Ctrl ← →", "customers"), ("Esc", "back"))

    def keys(self) -> dict[str, Act]:
        return {"Ctrl LEFT": partial(self.step, -1), "Ctrl RIGHT": partial(self.step, 1)}

    def step(self, by: int) -> None:
        """To the people of the next customer."""
        names = self.play.accounts
        account = names[(names.index(self.account) + by) % len(names)]
        self.shell.replace(PeoplePage(self.shell, account, kind=self.kind), keep=True)


def _weight(token: Token) -> float:
    return -1.0 if token.say is None else -1.0 - token.say


def hand_over_row(shell: Shell, person: str) -> Item:
    """Be introduced to a successor, for somebody who is known to leave."""
    play = shell.play
    assert play is not None
    account = play.cast.home[person]
    option = play.options("hand_over", account, person=person)[0]
    locked = waiting.not_yet(play.cast, "hand_over", [option])
    off = locked or play.refused("hand_over", option)

    def act() -> None:
        told = play.do("hand_over", person=person)
        shell.sounds.play("no" if told.refused else "done")
        shell.say(" ".join(told.lines))
        shell.changed()

    return Item(
        name="hand_over",
        title=MENU["hand_over"].name,
        text="" if off else MENU["hand_over"].help,
        note="" if off else f"{play.takes('hand_over', person=person):.0f} h",
        icon="people",
        shortcut="I",
        off=off,
        act=act,
    )
