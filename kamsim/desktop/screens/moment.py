"""A moment: a face, one question, two minutes on a soft clock; cards to play, a changed fact, one objection, and how
they took it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.playing import PlayingCard
from kamsim.desktop.kit.words import Chip, Gap, Rule, Text
from kamsim.desktop.screens.clock import ClockFace
from kamsim.desktop.screens.people import picture, stance
from kamsim.desktop.shell import Screen
from kamsim.letters import curled
from kamsim.view import on_the_spot
from kamsim.view.gym.practising import PRACTISE
from kamsim.view.portraits import face
from kamsim.view.softclock import SoftClock
from kamsim.view.table import unquoted
from kamsim.view.words import letters
from kamsim.view.words.names import capital

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell

ENDED: Final = {"won": 0.95, "held": 0.1, "lost": -0.95, "passed": -0.45}
"""How they look in the end."""
SIDE: Final = 420.0
BESIDE: Final = 860.0
"""Logical pixels of the page from which on the cards lie beside whoever asks."""


class MomentPage(Screen):
    """An executive asks on the spot."""

    rail = "desk"
    topic = "moment"
    shows_hours = False

    def __init__(self, shell: Shell, moment: str) -> None:
        super().__init__(shell)
        self.moment = moment
        self.item = self.play.cast.moments[moment]
        self.account = self.play.cast.home[moment]
        self.picks: dict[str, str] = {}
        if not self._open():
            raise KeyError(moment)
        self.clock = self.play.clocks.get(moment) or SoftClock(self.play.session, moment, shell.clock)
        self.play.clocks[moment] = self.clock
        self.clock_face = ClockFace(shell, self.clock, letters.TWO_MINUTES_SOFTLY)

    # --- where it stands ----------------------------------------------------------------------------------------

    def _open(self) -> bool:
        return on_the_spot.is_open(self.play, self.moment)

    def _step(self) -> str:
        """What is to be picked next; '' where it is over."""
        return next((step for step in on_the_spot.picks(self.play, self.moment) if step not in self.picks), "")

    def _said(self) -> dict[str, str]:
        """What was said so far: made moves first, then this half's picks."""
        return on_the_spot.said(self.play, self.moment) | self.picks

    def key(self) -> str:
        return f"moment/{self.moment}/{on_the_spot.phase(self.play, self.moment)}/{len(self.picks)}"

    def place(self) -> dict[str, Any] | None:
        return {"page": "moment", "moment": self.moment} if self._open() else None

    def title(self) -> str:
        name = self.play.cast.person(self.item.person)
        return f"{name} asks, now" if self._step() else name

    def subtitle(self) -> str:
        return f"{self.play.cast.account(self.account)}, on the spot"

    # --- the page -----------------------------------------------------------------------------------------------

    def body(self) -> Node:
        step = self._step()
        if not step:
            return Row(
                children=[
                    Column(children=[self._who()], span=SIDE),
                    Column(children=[self._reaction(), *self._summary()], gap=14),
                ],
                stack=BESIDE, align="top",
            )  # fmt: skip
        said = self._summary()
        right: list[Node] = [self._progress(step), *self._changed(step), self._cards(step)]
        if self.narrow(BESIDE):
            return Column(children=[self._who(), self.clock_face.line(tell=False), *right, *said], gap=12)
        right += said if step == "reply" else []
        left = Column(
            children=[self._who(), self.clock_face.card(), *(said if step != "reply" else [])], gap=14, span=SIDE
        )
        return Row(children=[left, Column(children=right, gap=14)], align="top")

    def _mood(self) -> float:
        first = next(iter(on_the_spot.picks(self.play, self.moment)), "")
        if first == "stand":
            return 0.15 if on_the_spot.twist(self.play, self.moment) == "none" else -0.55
        if first == "reply":
            return -0.3
        return ENDED.get(on_the_spot.took_it(self.play, self.moment), stance(self.play, self.item.person))

    def _who(self) -> Card:
        cast, person = self.play.cast, self.item.person
        left, right = letters.LEFT, letters.RIGHT
        who = face(cast, person, self._mood())
        name = Column(
            children=[Text(text=cast.person(person), style="head"), Text(text=cast.people[person].role)], gap=0
        )
        size = 56 if self.narrow(BESIDE) else 116
        portrait = picture(who, size, f"portrait of {cast.person(person)}")
        rows: list[Node] = [
            Row(children=[portrait, name], gap=18, align="middle", stack=320),
            Text(text=self.item.place, style="accent"),
        ]
        if self._step():
            rows += [Rule(), Text(text=f"{left}{self.item.question}{right}", style="quote")]
        return Card(children=rows, gap=11)

    def _summary(self) -> list[Node]:
        """What was said so far."""
        said, cards = self._said(), self._words()
        cells: list[Node] = []
        for name, head in letters.SAID_HEADS.items():
            if name in said:
                words = f"{capital(cards[name][said[name]])}."
                cells.append(Column(children=[Text(text=head, style="tiny"), Text(text=words, style="ink")], gap=0))
        if not cells:
            return []
        rows = [Row(children=cells[place : place + 2], gap=18, stack=340) for place in range(0, len(cells), 2)]
        if len(cells) % 2:
            rows[-1] = Row(children=[cells[-1], Gap(high=1)], gap=18, stack=340, stack_gap=0)
        return [Card(title=letters.YOU_SAID, children=rows, gap=8, tone="plain")]

    def _words(self) -> dict[str, dict[str, str]]:
        return {
            name: {card.choice: card.text for card in on_the_spot.cards(self.play, self.moment, name)}
            for name in letters.SAID_HEADS
        }

    def _progress(self, step: str) -> Node:
        names = list(letters.MOMENT_STEPS)
        at = names.index(step)
        return Flow(
            children=[
                Chip(
                    text=letters.MOMENT_STEPS[name][0],
                    tone="accent" if name == step else "plain",
                    icon="check" if place < at else "",
                )
                for place, name in enumerate(names)
            ]
        )

    def _changed(self, step: str) -> list[Node]:
        """What has just changed, or what is objected."""
        play = self.play
        if step in on_the_spot.AFTER_THE_TWIST:
            twist = on_the_spot.twist(play, self.moment)
            text = curled(on_the_spot.twist_line(play, self.moment))
            if twist == "none":
                return [Card(name="turned", children=[Text(text=text, style="ink")], tone="soft")]
            head = Chip(text=letters.CHANGED, tone="warn", icon="warn")
            return [Card(name="turned", children=[head, Text(text=text, style="quote")], tone="warn", gap=9)]
        if step == "reply":
            text = unquoted(on_the_spot.objection(play, self.moment))
            left, right = letters.LEFT, letters.RIGHT
            head = Chip(text=letters.OBJECTS, tone="warn", icon="chat")
            said = Text(text=f"{left}{text}{right}", style="quote")
            return [Card(name="turned", children=[head, said], tone="warn", gap=9)]
        return []

    def _cards(self, step: str) -> Card:
        cards: list[Node] = []
        for number, card in enumerate(on_the_spot.cards(self.play, self.moment, step), 1):
            cards.append(
                PlayingCard(
                    name=f"pick.{card.choice}",
                    title=capital(card.text),
                    fact=letters.behind(self.play.cast, self.play.seen, self.moment, step, card),
                    shortcut=str(number),
                    act=partial(self.pick, step, card.choice),
                )
            )
        rows: list[Node] = []
        for place in range(0, len(cards), 2):
            pair = cards[place : place + 2]
            pair += [Gap(high=1)] * (2 - len(pair))
            rows.append(Row(children=pair, gap=10, stack=560, stack_gap=8))
        return Card(name="cards", title=letters.MOMENT_STEPS[step][1], children=rows, gap=10)

    # --- picking ------------------------------------------------------------------------------------------------

    def pick(self, step: str, choice: str) -> None:
        """Play a card; with the last one of a half, it is said."""
        self.clock.go_on()
        self.picks[step] = choice
        if self.picks.get("stand") == on_the_spot.FOR_TIME["stand"]:
            self.picks = dict(on_the_spot.FOR_TIME)
        if not self._step():
            self._say(on_the_spot.move(self.play, self.moment), **self.picks)
        self.shell.replace(self)
        self._into_sight()

    def _into_sight(self) -> None:
        """Scroll to what is new, where the page is higher than the window: what has changed, or the next cards."""
        stage = self.shell.stage
        self.shell.fresh()
        found = stage.find("turned" if self._step() in ("stand", "reply") else "cards")
        if found is not None:
            stage.bring_into_sight(*found)

    def _say(self, kind: str, **picks: str) -> None:
        self.picks = {}
        told = self.play.do(kind, moment=self.moment, **picks)
        if told.refused:
            self.shell.say(" ".join(told.lines))
            return
        if not self._open():
            self.clock.finish()
            good = on_the_spot.took_it(self.play, self.moment) == "won"
            self.shell.sounds.play("done" if good else "no")

    def _reaction(self) -> Card:
        """How they took it, before anything else; then what it meant."""
        reaction, lines = on_the_spot.reaction(self.play, self.moment)
        left, right, said = letters.LEFT, letters.RIGHT, unquoted(reaction)
        words, tone, icon = letters.ENDED_CHIPS[on_the_spot.took_it(self.play, self.moment)]
        rows: list[Node] = [Text(text=f"{left}{said}{right}", style="spoken"), Rule()]
        rows += [Chip(text=words, tone=tone, icon=icon), *[Text(text=line, style="ink") for line in lines]]
        return Card(children=rows, gap=14)

    # --- on and back --------------------------------------------------------------------------------------------

    def tick(self) -> bool:
        """Whether the clock looks different now."""
        return self._open() and self.clock_face.tick()

    def actions(self) -> Sequence[Button]:
        if not self._step():
            return (
                Button(name="account", label=f"To {self.play.cast.account(self.account)}", icon="people",
                       act=partial(self.shell.go_account, self.account), shortcut="A"),
                Button(name="back", label="To the desk", act=self.shell.go_desk, icon="back", kind="primary",
                       shortcut="Enter"),
            )  # fmt: skip
        label = "Take back the last pick" if self.picks else "Say nothing for now"
        back = Button(name="back", label=label, act=self.back, icon="back", shortcut="Esc")
        if self.picks or on_the_spot.said(self.play, self.moment):
            return (back,)
        return (Button(name="practise", label=PRACTISE, act=self._practise, kind="quiet", shortcut="T"), back)

    def _practise(self) -> None:
        """A drill on the spot first; the moment waits as it is."""
        self.clock.rest()
        self.shell.open("practise", kind="moment")

    def hints(self) -> Sequence[tuple[str, str]]:
        if not self._step():
            return (("F1", "help"), ("Enter", "to the desk"))
        return (("F1", "help"), ("1 2 3 4", "say it"), ("P", "pause"), ("Esc", "back"))

    def back(self) -> None:
        if self._step() and self.picks:
            self.picks.popitem()
            self.shell.replace(self)
        else:
            self.shell.go_desk()
