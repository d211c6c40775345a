"""A moment: an executive asks on the spot. A face, a voice, a soft clock; two picks, perhaps a changed fact, three
more, one objection, a reaction. Whoever leaves may come back this quarter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Chip, Drawing, Rule, Text
from kamsim.desktop.play import unquoted
from kamsim.desktop.screens.people import face, picture, stance
from kamsim.desktop.screens.screen import Screen
from kamsim.engine.page import ASKED, CLOSING, PRESSED
from kamsim.game import wording

if TYPE_CHECKING:
    from kamsim.desktop.app import App

LIMIT: Final = 120.0
"""Seconds."""
MORE: Final = 60.0
TICK: Final = 5.0
"""Seconds between two looks at the clock."""
What = Literal["start", "pause", "go_on", "extend", "off", "ran_out"]
MOODS: Final = {"won": 0.9, "held": 0.2, "lost": -0.9}


class Clock:
    """Two minutes, softly: it shows how long is left and does nothing. What is done about it is noted in the log."""

    def __init__(self, app: App, moment: str) -> None:
        self._app, self._moment = app, moment
        self._began, self._rested = app.clock(), 0.0
        self._paused_at: float | None = None
        self.limit: float | None = LIMIT
        self._over = False
        self.note("start")

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._paused_at is not None

    def spent(self) -> float:
        """Seconds since it began, pauses left out."""
        now = self._app.clock() if self._paused_at is None else self._paused_at
        return max(0.0, now - self._began - self._rested)

    def note(self, what: What) -> None:
        """Write it down."""
        assert self._app.play is not None
        self._app.play.session.clock(self._moment, what, self.spent())

    def left(self) -> float | None:
        """Seconds left; None without a clock."""
        if self.limit is None:
            return None
        rest = self.limit - self.spent()
        if rest <= 0 and not self._over:
            self._over = True
            self.note("ran_out")
        return max(0.0, rest)

    def toggle(self) -> None:
        """Stand still, or run on."""
        if self._paused_at is None:
            self._paused_at = self._app.clock()
            self.note("pause")
        else:
            self._rested += self._app.clock() - self._paused_at
            self._paused_at = None
            self.note("go_on")

    def more(self) -> None:
        """Another minute."""
        if self.limit is not None:
            self.limit += MORE
            self._over = False
            self.note("extend")

    def off(self) -> None:
        """No clock at all."""
        self.limit = None
        self.note("off")


class MomentPage(Screen):
    """A moment, from where it stands."""

    rail = "cases"
    topic = "moment"

    def __init__(self, app: App, moment: str) -> None:
        super().__init__(app)
        cast = self.play.cast
        self.moment, self.person = moment, cast.moments[moment].person
        self.account = cast.home[moment]
        self.row = self.play.seen.params.moments.index(moment)
        self.picked: dict[str, str] = {}
        self.ended: list[str] = []
        self.result = ""
        self.clock = Clock(app, moment)

    def key(self) -> str:
        return f"moment/{self.moment}/{self._phase()}/{len(self.picked)}"

    def place(self) -> dict[str, Any] | None:
        return {"page": "moment", "moment": self.moment} if self._phase() else None

    def _phase(self) -> int:
        phase = int(self.play.seen.moment[self.row, 0])
        return phase if ASKED <= phase <= CLOSING else 0

    def title(self) -> str:
        return f"{self.play.cast.person(self.person)} asks, now"

    def subtitle(self) -> str:
        return wording.moment_place(self.play.cast, self.moment)

    def body(self) -> Node:
        if self._phase() and not self.clock.paused and self.clock.limit is not None:
            self.app.later(TICK)
        return Row(
            children=[Column(children=[self._who()], span=352), Column(children=self._now(), gap=14)],
            stack=800,
            align="top",
        )

    def _who(self) -> Card:
        play, cast = self.play, self.play.cast
        mood = MOODS.get(self.result, 0.0) if self.result else stance(play, self.person)
        said = wording.asks(cast, self.moment)
        rows: list[Node] = [
            picture(face(cast, self.person, mood), 148, f"portrait of {cast.person(self.person)}"),
            Column(
                children=[Text(text=cast.person(self.person), style="head"), Text(text=cast.people[self.person].role)],
                gap=0,
            ),
            Rule(),
            Text(text=f"“{unquoted(said)}”" if unquoted(said) else said, style="quote"),
        ]
        if self._phase():
            rows += [Rule(), *self._soft_clock()]
        return Card(children=rows, gap=9)

    def _soft_clock(self) -> list[Node]:
        left = self.clock.left()
        if left is None:
            return [Text(text="No clock. Take the time that you need.", style="small")]
        shown = round(left / TICK) * TICK
        limit = self.clock.limit or LIMIT
        text = (
            "The two minutes are over; an answer still counts"
            if left <= 0
            else f"About {int(shown) // 60}:{int(shown) % 60:02d} left"
        )
        if self.clock.paused:
            text = "The clock stands still"

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            painter.box(Rect(rect.x, rect.y + 4, rect.w, 8), 4, "track")
            if shown > 0:
                painter.box(
                    Rect(rect.x, rect.y + 4, max(8.0, rect.w * min(1.0, shown / limit)), 8),
                    4,
                    "ghost" if self.clock.paused else "accent",
                )

        act = [
            Button(
                name="clock.pause",
                label="Run on" if self.clock.paused else "Pause",
                act=self.clock.toggle,
                kind="quiet",
                shortcut="P",
            ),
            Button(name="clock.more", label="A minute more", act=self.clock.more, kind="quiet"),
            Button(name="clock.off", label="No clock", act=self.clock.off, kind="quiet"),
        ]
        return [
            Drawing(draws=(shown, limit, self.clock.paused), high=16, brush=brush, says=text),
            Text(text=text, style="small"),
            Flow(children=act),
        ]

    # --- what can be said ---------------------------------------------------------------------------------------

    def _now(self) -> list[Node]:
        phase = self._phase()
        if not phase:
            first, *rest = self.ended or ["It is over."]
            quote = unquoted(first)
            said: Node = Text(text=f"“{quote}”" if quote else first, style="quote")
            return [Card(children=[said, *[Text(text=line, style="ink") for line in rest]], gap=11, tone="soft")]
        steps: dict[int, Callable[[], tuple[list[Node], str, str, Sequence[wording.Card]]]] = {
            ASKED: self._open,
            PRESSED: self._press,
            CLOSING: self._close,
        }
        before, question, name, cards = steps[phase]()
        rows: list[Node] = [
            Item(
                name=f"say.{card.choice}",
                title=wording.capital(card.text),
                text=wording.capital(card.note),
                note="prepared" if card.prepared else "not prepared",
                tone="soft" if card.prepared else "",
                icon="chat",
                shortcut=str(number),
                act=partial(self._say, name, card.choice),
            )
            for number, card in enumerate(cards, 1)
        ]
        return [*before, Card(title=question, children=rows)]

    def _open(self) -> tuple[list[Node], str, str, Sequence[wording.Card]]:
        cast, seen = self.play.cast, self.play.seen
        if "why" not in self.picked:
            return [], "1 of 5. Why now?", "why", wording.why_cards(cast, seen, self.moment)
        return [], "2 of 5. A number?", "number", wording.number_cards(seen, self.moment)

    def _press(self) -> tuple[list[Node], str, str, Sequence[wording.Card]]:
        cast, seen = self.play.cast, self.play.seen
        twist = self._told("moment_turned", "twist")
        said: list[Node] = [
            Card(
                children=[
                    Chip(text="Something changes", tone="warn", icon="warn"),
                    Text(text=wording.twist_line(cast, self.moment, twist), style="ink"),
                ],
                gap=8,
            )
        ]
        if "stand" not in self.picked:
            return said, "3 of 5. And now?", "stand", wording.stand_cards(twist)
        if "proof" not in self.picked:
            return said, "4 of 5. What proves it?", "proof", wording.proof_cards(seen, self.moment)
        return said, "5 of 5. What do you ask for?", "ask", wording.ask_cards(seen, self.moment)

    def _close(self) -> tuple[list[Node], str, str, Sequence[wording.Card]]:
        line = wording.objection(self.play.cast, self.moment, self._told("moment_objected", "criterion"))
        said: list[Node] = [
            Card(children=[Chip(text="One objection", tone="warn", icon="chat"), Text(text=line, style="quote")], gap=8)
        ]
        return said, "One objection, one answer", "reply", wording.reply_cards(self.play.seen, self.moment)

    def _told(self, kind: str, name: str) -> str:
        """What an event of this moment said."""
        events = reversed(self.play.session.events)
        return next(
            str(event.data[name]) for event in events if event.kind == kind and event.data["moment"] == self.moment
        )

    def _say(self, name: str, choice: str) -> None:
        """One pick; with the last of a phase it is said."""
        if self.clock.paused:
            self.clock.toggle()
        self.picked[name] = choice
        got = self.picked
        if name == "number":
            self._do("answer_moment", why=got["why"], number=choice)
        elif name == "stand" and choice == "time":
            self._do("press_moment", stand=choice, proof="none", ask="nothing")
        elif name == "ask":
            self._do("press_moment", stand=got["stand"], proof=got["proof"], ask=choice)
        elif name == "reply":
            self._do("close_moment", reply=choice)
        else:
            self.app.replace(self)

    def _do(self, kind: str, **args: str) -> None:
        play, quarter = self.play, self.play.quarter
        answer = play.session.do(kind, moment=self.moment, **args)
        self.picked = {}
        play.changed()
        for event in answer.events:
            play.cast.note(event)
            if event.kind == "moment_ended":
                self.result = str(event.data.get("result", event.data.get("phase", "")))
                self.ended = [wording.headline(play.cast, event), *wording.body(play.cast, event, quarter)]
                self.app.sounds.play("done" if self.result == "won" else "turn")
        self.app.replace(self)

    def actions(self) -> Sequence[Button]:
        over = not self._phase()
        return (
            Button(
                name="back",
                label="To the desk" if over else "Say nothing for now",
                act=self.app.go_desk,
                icon="back",
                kind="primary" if over else "quiet",
                shortcut="Esc",
            ),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("1 2 3", "say"), ("P", "pause"), ("Esc", "later"))

    def back(self) -> None:
        self.app.go_desk()
