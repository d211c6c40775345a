"""Answers: a price request with what each answer costs beside it, and an incident with the hours that mend it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Chip, Drawing, Rule, Text
from kamsim.desktop.screens.asking import sure
from kamsim.desktop.screens.bearing import decided
from kamsim.desktop.screens.just_now import told_nodes
from kamsim.desktop.screens.people import MOODS, says, stance
from kamsim.desktop.shell import Screen
from kamsim.game.events.declared import of
from kamsim.game.events.opening import IncidentHappened
from kamsim.view import answering
from kamsim.view.menu.catalogue import hours_text
from kamsim.view.table import unquoted
from kamsim.view.words import waiting
from kamsim.view.words.names import OWNER_WORDS, capital, percent
from kamsim.view.words.news import incident_words, request_terms

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.view.table import Response

STACK = 860.0


class RequestPage(Screen):
    """A price request."""

    rail = "account"
    topic = "request"

    def __init__(self, shell: Shell, request: str) -> None:
        super().__init__(shell)
        self.request = self.play.cast.requests[request]
        self.account = self.play.cast.home[request]
        self.trading = False
        self.told: Response | None = None

    def key(self) -> str:
        return f"request/{self.request.id}/{self.trading}/{self.told is not None}"

    def place(self) -> dict[str, Any] | None:
        return {"page": "request", "request": self.request.id} if self._open() else None

    def _open(self) -> bool:
        return self.request.id in self.play.requests()

    def title(self) -> str:
        return f"{self.play.cast.account(self.account)}: {self.request.title}"

    def subtitle(self) -> str:
        if not self._open():
            return "Answered"
        return capital(waiting.due_text(self.play.cast, self.request.due, self.play.quarter))

    def body(self) -> Node:
        if not self._open():
            told, asked = self._outcome(), self._asked()
            cards = [*told, asked] if self.narrow(STACK) else [asked, *told]
            return Column(children=[*cards, decided(self, self.account, (), (), STACK)], gap=14)
        answers = self._trades() if self.trading else self._answers()
        if self.trading and self.narrow(STACK):  # what they said was read on the page before
            return decided(self, self.account, self._outcome(), [answers, self._asked()], STACK)
        return decided(self, self.account, [self._asked(), *self._outcome()], [answers], STACK)

    def _asked(self) -> Card:
        play, cast, request = self.play, self.play.cast, self.request
        mood = MOODS.get(self.told.result, 0.0) if self.told is not None else stance(play, request.person)
        notes = answering.noted(play, request.id)
        said = answering.serves_line(play, request.id)
        words: Node = says(play, request.person, request.text, mood, 52 if self.narrow(STACK) else 84)
        if self.told is not None:  # whoever asked stands beside what they say to it
            left, right = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
            named = Text(text=f"{cast.person(request.person)} asked", style="strong")
            words = Column(children=[named, Text(text=f"{left}{request.text}{right}")], gap=4)
        return Card(
            children=[
                words,
                Rule(),
                Text(text=f"Asked: {request_terms(cast, request.id)}, for good.", style="strong"),
                *([Text(text=said)] if notes or self._open() else []),
                *(
                    []
                    if notes or not self._open() or answering.asked_how_they_buy(play, request.id)
                    else [self._talk_first()]
                ),
            ],
            gap=11,
        )

    def _talk_first(self) -> Node:
        name = self.play.cast.person(self.request.person)
        button = Button(
            name="talk", label=f"Meet {name} first", act=self._talk, icon="chat", kind="normal", shortcut="M"
        )
        return Row(children=[button])

    def _talk(self) -> None:
        self.shell.open("meet", person=self.request.person)

    def _outcome(self) -> list[Node]:
        if self.told is None:
            return []
        return [Card(children=told_nodes(self.play, self.told), tone="soft")]

    def _answers(self) -> Card:
        narrow = self.narrow(STACK)
        rows: list[Node] = [] if narrow else [self._scale()]
        ways = {"grant": ("G", "check"), "trade": ("T", "offer"), "decline": ("D", "cross")}
        for reply in answering.replies(self.play, self.request.id):
            key, icon = ways[reply.answer]
            rows.append(
                Item(
                    name=f"answer.{reply.answer}",
                    title=reply.title,
                    text="" if reply.off else " ".join(reply.lines),
                    off=reply.off,
                    note=hours_text(reply.hours, reply.hours),
                    icon=icon,
                    shortcut=key,
                    act=partial(self._answer, reply.answer, reply.off),
                )
            )
        rows.append(Text(text=answering.FINAL, style="small"))
        rows += [self._scale()] if narrow else []
        return Card(title="Your answer", children=rows)

    def _scale(self) -> Node:
        """How much more they must buy, as a bar for each answer."""
        needed = answering.repaid(self.play, self.request.id)
        if any(value is None for _, value in needed):
            return Text(text="At today's margin no volume repays it.", style="warn")
        items = tuple(
            charts.Pair(
                f"Granted {text}, it repays if they buy",
                0.0,
                float(value or 0.0),
                "",
                f"{percent(float(value or 0.0))} more",
            )
            for text, value in needed
        )

        def brush(painter: Painter, rect: Rect, look: Look) -> None:
            breakeven_bars(painter, rect, items, look.motion)

        said = "; ".join(f"{item.name} {item.second_text}" for item in items)
        return Drawing(draws=items, high=44.0 * len(items), brush=brush, says=said, live=True)

    def _answer(self, answer: str, off: str) -> None:
        if off:
            self.shell.say(off)
        elif answer == "trade":
            self.trading = True
            self.shell.replace(self)
        else:
            self._confirm(answering.answer_title(self.play, self.request.id, answer), answer=answer)

    def _confirm(self, title: str, **args: Any) -> None:
        """What cannot be taken back asks once more."""
        text = answering.last_word(self.play, self.request.id, args["answer"], args.get("get", ""))
        sure(self.shell, f"{title}?", text, "Answer", partial(self._do, **args))

    def _trades(self) -> Card:
        rows: list[Node] = []
        for number, trade in enumerate(answering.trades(self.play, self.request.id), 1):
            wanted = trade.wanted and not trade.off
            rows.append(
                Item(
                    name=f"get.{trade.get}",
                    title=trade.title,
                    note="your notes say so" if wanted else "",
                    tone="soft" if wanted else "",
                    text="" if trade.off else trade.help,
                    off=trade.off,
                    icon="offer",
                    shortcut=str(number),
                    act=partial(
                        self._confirm,
                        answering.traded(self.play, self.request.id, trade.get),
                        answer="trade",
                        get=trade.get,
                    ),
                )
            )
        rows.append(
            Text(
                text="To what serves them they agree. Turned down, a trade cannot be tried again.",
                style="small",
            )
        )
        return Card(title=f"{capital(answering.part_given(self.play, self.request.id))}, for what?", children=rows)

    def _do(self, **args: Any) -> None:
        told = self.play.do("answer_request", request=self.request.id, **args)
        if told.refused:
            self.shell.say(" ".join(told.lines))
            return
        self.shell.sounds.play("done")
        self.told, self.trading = told, False
        self.shell.replace(self)

    def actions(self) -> Sequence[Button]:
        answered = not self._open()
        return (
            Button(
                name="back",
                label="Back" if self.trading else "To the desk" if answered else "Not now",
                act=self.back,
                icon="back",
                kind="primary" if answered else "normal",
                shortcut="Esc",
            ),
        )

    def back(self) -> None:
        if self.trading:
            self.trading = False
            self.shell.replace(self)
        elif not self._open():
            self.shell.go_desk()
        else:
            self.shell.back()

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("D T G", "answer"), ("1 2 3 4", "for what"), ("M", "meet first"), ("Esc", "back"))


def breakeven_bars(painter: Painter, rect: Rect, items: Sequence[charts.Pair], motion: float = 1.0) -> None:
    """How much more volume each needs: a hatched bar beyond today's volume."""
    most = max(0.25, *(item.second for item in items))
    y = rect.y
    for item in items:
        painter.text(rect.x, y + 9, item.name, charts.NAME, room=rect.w)
        books = painter.wide(item.second_text, charts.NUMBER) + 10
        room = rect.w - max(books, 90)
        today = room / (1 + most)
        wide = max(2.0, room * item.second / (1 + most) * motion)
        painter.box(Rect(rect.x, y + 20, today, 12), 2.5, "total")
        painter.box(Rect(rect.x + today + 1, y + 20, wide, 12), 2.5, "neg_soft", "neg")
        painter.hatch(Rect(rect.x + today + 2, y + 21, wide - 2, 10), "neg", 80)
        painter.text(rect.x + today + wide + 9, y + 26, item.second_text, charts.NUMBER, colour="neg")
        y += 44


class IncidentPage(Screen):
    """Something went wrong at a customer."""

    rail = "account"
    topic = "incident"

    def __init__(self, shell: Shell, account: str) -> None:
        super().__init__(shell)
        self.account = account
        self.incident = self.play.incidents()[account]
        self.effort, self.redress, self.owner = 20, "none", "self"
        self.told: Response | None = None

    def key(self) -> str:
        return f"incident/{self.account}/{self.told is not None}"

    def place(self) -> dict[str, Any] | None:
        return {"page": "incident", "account": self.account} if self.told is None else None

    def title(self) -> str:
        return (
            f"{self.play.cast.account(self.account)}: {incident_words(self.play.cast, self.account, self.incident)[0]}"
        )

    def subtitle(self) -> str:
        return "Now, while they look"

    def body(self) -> Node:
        play, cast = self.play, self.play.cast
        event = next(e for e in of(IncidentHappened, play.session.inbox) if e.account == self.account)
        person = cast.voices.contact(self.account, self.incident)
        said = cast.voice(person, "incident", play.quarter)
        left: list[Node] = [
            Chip(text=event.severity_word, tone="bad", icon="warn"),
            Text(text=incident_words(cast, self.account, self.incident)[1], style="ink"),
        ]
        if said:
            left += [Rule(), says(play, person, unquoted(said), -0.7, 84)]
        cards: list[Node] = [Card(children=left, gap=11)]
        if self.told is not None:
            cards.append(Card(children=told_nodes(play, self.told), tone="soft"))
            return Column(children=[*cards, decided(self, self.account, (), (), STACK)], gap=14)
        return decided(self, self.account, cards, [self._mend()], STACK)

    def _mend(self) -> Card:
        rows: list[Node] = [
            Segmented(
                name="owner",
                label="Who puts it right?",
                value=self.owner,
                options=[(name, title) for name, title, _ in OWNER_WORDS],
                change=self._own,
            ),
            Text(text=answering.owner_help(self.owner), style="small"),
            Segmented(
                name="effort",
                label="Hours now. The first ones help most.",
                value=self.effort,
                options=[(h, f"{h} h") for h in answering.EFFORTS],
                change=self._effort,
            ),
            Segmented(
                name="redress",
                label="A credit for the damage?",
                value=self.redress,
                options=[("none", "No credit"), ("credit", "Give the credit")],
                change=self._redress,
            ),
            Text(text=answering.credit_line(self.play, self.account), style="small"),
        ]
        return Card(title="What do you put in?", children=rows, gap=14)

    def _own(self, value: Any) -> None:
        self.owner = str(value)
        self.shell.changed()

    def _effort(self, value: Any) -> None:
        self.effort = int(value)

    def _redress(self, value: Any) -> None:
        self.redress = str(value)

    def actions(self) -> Sequence[Button]:
        if self.told is not None:
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
        paid = " and the credit" if self.redress == "credit" else ""
        ours = answering.mending_hours(self.play, self.account, self.effort, self.owner)
        return (
            Button(name="back", label="Not now", act=self.shell.back, kind="quiet", shortcut="Esc"),
            Button(
                name="mend",
                label=f"Put in {ours:.0f} hours{paid}",
                act=self._do,
                kind="primary",
                shortcut="Ctrl Enter",
            ),
        )

    def first(self) -> str:
        return "owner" if self.told is None else "back"

    def _do(self) -> None:
        told = self.play.do(
            "handle_incident", account=self.account, effort=self.effort, redress=self.redress, owner=self.owner
        )
        if told.refused:
            self.shell.say(" ".join(told.lines))
            return
        self.shell.sounds.play("done")
        self.told = told
        self.shell.replace(self)

    def back(self) -> None:
        if self.told is not None:
            self.shell.go_desk()
        else:
            self.shell.back()
