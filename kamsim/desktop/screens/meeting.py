"""Meetings and first doors: a face, a voice, three things to ask, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Chip, Rule, Text
from kamsim.desktop.screens.just_now import told_nodes
from kamsim.desktop.screens.people import MOODS, brush, picture, stance
from kamsim.desktop.screens.peoplemap import hand_over_row
from kamsim.desktop.shell import Dialog, Screen
from kamsim.view.account import receives
from kamsim.view.centre import leaves, taken_up
from kamsim.view.portraits import face
from kamsim.view.table import Response
from kamsim.view.words import doors, waiting
from kamsim.view.words.agenda import brings, requires
from kamsim.view.words.names import AGENDA_WORDS, SHORT_AGENDAS, capital, inner_quotes

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell

STACK = 800.0
"""The room that a portrait needs beside the questions."""
SHORT = 760.0
"""A window lower than this has a smaller portrait."""
KEYS = ("R", "W", "B")
"""Results, what could go Wrong, Buying."""
NOBODY_TO_ASK = "There is nobody else whom you can meet"


class PersonPage(Screen):
    """What meetings and doors share: somebody, and others to choose from."""

    rail = "account"

    def __init__(self, shell: Shell, person: str = "", account: str = "") -> None:
        super().__init__(shell)
        cast = self.play.cast
        self.account = account or cast.home[person]
        self.person = person or self.default()
        if self.account not in cast.accounts or (self.person and self.person not in cast.people):
            raise KeyError(person)
        self.told: Response | None = None

    def default(self) -> str:
        """Whom the page opens with."""
        return self.play.cast.accounts[self.account].people[0].id

    def choices(self) -> list[str]:
        """Whom one may choose."""
        return [person.id for person in self.play.cast.accounts[self.account].people]

    def subtitle(self) -> str:
        return self.play.cast.account(self.account)

    def arranged(self, right: list[Node]) -> Node:
        """Who sits there, and what there is to do: beside each other, or what there is to do first."""
        if self.narrow(STACK):
            return Column(children=[*right, self.who(small=True)], gap=14)
        return Row(children=[Column(children=[self.who()], span=352), Column(children=right, gap=14)], stack=STACK)

    def who(self, *, small: bool = False) -> Card:
        """Who sits there."""
        play, cast, person = self.play, self.play.cast, self.person
        mood = MOODS.get(self.told.result, 0.0) if self.told is not None else stance(play, person)
        size = 64.0 if small else 104.0 if self.room()[1] < SHORT else 148.0
        shown = picture(face(cast, person, mood), size, f"portrait of {cast.person(person)}")
        names = Column(
            children=[
                Text(text=cast.person(person), style="head"),
                Text(text=f"{cast.people[person].role}, {cast.account(self.account)}"),
            ],
            gap=0,
        )
        rows: list[Node] = [Row(children=[shown, names], align="middle")] if small else [shown, names]
        if cast.original(person):
            rows += [Rule(), Text(text="A colleague says", style="tiny"), Text(text=cast.people[person].voice)]
        notes = play.notes(self.account).get(cast.post(person), [])
        rows += [Rule(), Text(text="In your notes", style="tiny")]
        rows += [Text(text=f"{capital(note)}.", style="ink") for note in notes] or [Text(text="Nothing yet.")]
        return Card(children=rows, gap=9)

    def others(self, title: str) -> list[Node]:
        """Others to turn to."""
        play, cast = self.play, self.play.cast
        rows: list[Node] = []
        for person in self.choices():
            if person == self.person:
                continue
            who = face(cast, person, stance(play, person))
            shut = "" if receives(play.seen, person) else "Does not receive you yet"
            rows.append(
                Item(
                    name=f"turn.{person}",
                    title=cast.person(person),
                    text=cast.people[person].role,
                    off=shut,
                    face=brush(who),
                    draws=who,
                    face_size=36,
                    act=partial(self.turn, person),
                )
            )
        return [Card(title=title, children=rows, gap=7)] if rows else []

    def turn(self, person: str) -> None:
        """To somebody else."""
        self.shell.replace(type(self)(self.shell, person=person))

    def actions(self) -> Sequence[Button]:
        name = self.below() or self.play.cast.account(self.account)
        done = self.told is not None
        return (
            Button(
                name="back",
                label=f"Back to {name}",
                act=self.leave,
                icon="back",
                kind="primary" if done else "normal",
                shortcut="Esc",
            ),
        )

    def below(self) -> str:
        """The request from which one came here, in a word; '' where one came from elsewhere."""
        screen = self.shell.below()
        return "the request" if screen is not None and screen.topic == "request" else ""

    def leave(self) -> None:
        """To the page from which one came: a request, or the customer."""
        if self.below():
            self.shell.back()
        else:
            self.shell.go_account(self.account)

    def back(self) -> None:
        self.leave()


def ask_whom(shell: Shell, account: str) -> None:
    """Whom to meet, where several receive you; else the page of the one who does."""
    play = shell.play
    assert play is not None
    cast = play.cast
    people = [person for person in cast.accounts[account].people if receives(play.seen, person.id)]
    if len(people) < 2:
        shell.open("meet", account=account)
        return

    def go(person: str) -> None:
        shell.close_dialog()
        shell.open("meet", person=person)

    def more() -> Sequence[Node]:
        rows: list[Node] = []
        for number, person in enumerate(people, 1):
            who = face(cast, person.id, stance(play, person.id))
            hours = play.takes("meet", person=person.id)
            rows.append(
                Item(
                    name=f"whom.{person.id}",
                    title=cast.person(person.id),
                    text=person.role,
                    note=f"{hours:.0f} h",
                    face=brush(who),
                    draws=who,
                    shortcut=str(number),
                    act=partial(go, person.id),
                )
            )
        return rows

    close = Button(name="whom.no", label="Not now", act=shell.close_dialog, kind="quiet", shortcut="Esc")
    shell.ask(Dialog("Whom do you want to meet?", (), (close,), more=more, first=f"whom.{people[0].id}"))


class MeetPage(PersonPage):
    """A meeting."""

    topic = "meet"

    def key(self) -> str:
        return f"meet/{self.person}/{self.told is not None}"

    def place(self) -> dict[str, Any]:
        return {"page": "meet", "person": self.person}

    def default(self) -> str:
        play = self.play
        open_now = [p.id for p in play.cast.accounts[self.account].people if receives(play.seen, p.id)]
        return open_now[0] if open_now else super().default()

    def title(self) -> str:
        return f"Meeting {self.play.cast.person(self.person)}"

    def body(self) -> Node:
        right: list[Node] = []
        if self.told is not None:
            rows = told_nodes(self.play, Response(self.told.kind, self.account, lines=self.told.lines))
            quote = [Text(text=f"“{inner_quotes(self.told.quote)}”", style="quote")] if self.told.quote else []
            right.append(
                Card(children=[Chip(text=f"{self.play.hours:.0f} hours left", icon="clock"), *quote, *rows], gap=11)
            )
        right.append(self._agenda())
        right += self.others("Somebody else")
        return self.arranged(right)

    def _agenda(self) -> Card:
        play, hours = self.play, self.play.takes("meet", person=self.person)
        options = {item.args["agenda"]: item for item in play.options("meet", self.account, person=self.person)}
        rows: list[Node] = []
        for name, key in zip(AGENDA_WORDS, KEYS, strict=True):
            done = taken_up(play.seen, self.person, name)
            off = play.refused("meet", options[name])
            rows.append(
                Item(
                    name=f"ask.{name}",
                    title=SHORT_AGENDAS[name],
                    text="" if off else brings(play.cast, play.seen, self.person, name),
                    off="Taken up this quarter" if done else off,
                    note="" if off else f"{hours:.0f} h",
                    icon="chat",
                    shortcut=key,
                    act=partial(self.ask, name),
                )
            )
        goes: list[Node] = [hand_over_row(self.shell, self.person)] if leaves(play.seen, self.person) else []
        title = "What do you want to know?" if self.told is None else "Ask something else"
        needs = requires(play.cast, play.seen, self.person)
        asks = [Text(text=needs, style="small")] if needs and self.told is None else []
        return Card(title=title, children=[*asks, *rows, *goes])

    def ask(self, agenda: str) -> None:
        """Ask one thing."""
        told = self.play.do("meet", person=self.person, agenda=agenda)
        if told.refused:
            self.shell.sounds.play("no")
            self.shell.say(" ".join(told.lines))
            return
        self.shell.sounds.play("done")
        self.told = told
        self.shell.replace(self)
        self.shell.stage.offsets.pop(f"{self.key()}/body", None)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("R W B", "ask"), ("Tab", "next"), ("Esc", "back"))


class DoorPage(PersonPage):
    """A first meeting with an executive."""

    topic = "door"

    def key(self) -> str:
        return f"door/{self.person}/{self.told is not None}"

    def place(self) -> dict[str, Any]:
        return {"page": "door", "person": self.person}

    def default(self) -> str:
        executives = self.choices()
        return executives[0] if executives else super().default()

    def choices(self) -> list[str]:
        return [person.id for person in self.play.cast.accounts[self.account].people if person.level == "executive"]

    def title(self) -> str:
        return f"A first meeting with {self.play.cast.person(self.person)}"

    def body(self) -> Node:
        right: list[Node] = []
        if self.told is not None:
            quote = [Text(text=f"“{inner_quotes(self.told.quote)}”", style="quote")] if self.told.quote else []
            good = self.told.result == "door_opened"
            chip = Chip(
                text="The door is open" if good else "Not this time", tone="good" if good else "bad", icon="door"
            )
            right.append(
                Card(children=[chip, *quote, *[Text(text=line, style="ink") for line in self.told.lines]], gap=11)
            )
            if good:
                right.append(
                    Card(
                        children=[
                            Item(
                                name="meet",
                                title=f"Meet {self.play.cast.person(self.person)} now",
                                note=f"{self.play.takes('meet', person=self.person):.0f} h",
                                icon="chat",
                                shortcut="M",
                                act=lambda: self.shell.replace(MeetPage(self.shell, person=self.person)),
                            )
                        ]
                    )
                )
        else:
            right.append(self._ways())
        right += self.others("Another door")
        return self.arranged(right)

    def _ways(self) -> Card:
        play, cast = self.play, self.play.cast
        options = play.options("seek_executive", self.account, person=self.person)
        reasons = [play.refused("seek_executive", option) for option in options]
        if reasons and all(reasons) and len(set(reasons)) == 1:
            return Card(title="Not now", children=[Text(text=reasons[0], style="ink")])
        rows: list[Node] = []
        closed: list[Node] = []
        for approach, through, shortcut in self._approaches():
            args = {"person": self.person, "approach": approach} | ({"through": through} if through else {})
            option = next((option for option in options if option.args == args), None)
            off = play.refused("seek_executive", option) if option is not None else NOBODY_TO_ASK
            title = doors.approach_title(cast, play.seen, approach, self.account, through)
            fresh = waiting.fresh_at(play.seen, self.account)
            odds = doors.door_odds(cast, play.seen, approach, self.person, fresh=fresh, through=through)
            if off and approach == "both":
                continue  # the insight alone says why
            (closed if off else rows).append(
                Item(
                    name=f"ask.{approach}{'.' + through if through else ''}",
                    title=title,
                    text="" if off else f"{odds}.",
                    off=off,
                    note="" if off else f"{play.takes('seek_executive', **args):.0f} h",
                    icon="door",
                    shortcut=shortcut,
                    act=partial(self.ask, **args),
                )
            )
            if off and approach == "insight":
                closed.append(
                    Item(
                        name="timeline",
                        title=f"To the timeline of {cast.account(self.account)}",
                        text="Insights are built there",
                        icon="clock",
                        shortcut="E",
                        act=partial(self.shell.open, "account", account=self.account, tab="timeline"),
                    )
                )
        return Card(title="How do you ask?", children=[*rows, *closed])

    def _approaches(self) -> list[tuple[str, str, str]]:
        """Ways to ask, as approach, who puts in a word, and key. Of several who could put in a word, the likeliest two;
        both together where there is something to bring, and with the likelier one."""
        play = self.play
        who = doors.referees(play.cast, play.seen, self.person)[:2]
        made = [("insight", "", "B")]
        if who and waiting.something_to_bring(play.seen, self.account):
            made.insert(0, ("both", who[0], "X"))
        made += [("referral", name, key) for name, key in zip(who, "WV", strict=False)] or [("referral", "", "")]
        return [*made, ("cold", "", "C")]

    def ask(self, **args: str) -> None:
        """Ask for the meeting."""
        told = self.play.do("seek_executive", **args)
        if told.refused:
            self.shell.sounds.play("no")
            self.shell.say(" ".join(told.lines))
            return
        self.shell.sounds.play("done" if told.result == "door_opened" else "no")
        self.told = told
        self.shell.replace(self)
        self.shell.stage.offsets.pop(f"{self.key()}/body", None)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("B", "bring something"), ("W", "a word"), ("C", "ask cold"), ("Esc", "back"))
