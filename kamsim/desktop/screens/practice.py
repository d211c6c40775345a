"""A past quarter again, as practice: chosen, played on the same pages, and compared with what was played."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Centred, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Drawing, Text
from kamsim.desktop.shell import Dialog, Screen
from kamsim.view import closing, practice
from kamsim.view.words import news

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.game.practice import Onward
    from kamsim.view.closing import Closing


def choose_quarter(shell: Shell) -> None:
    """Ask which quarter to play again."""
    play = shell.play
    assert play is not None
    close = Button(name="practise.no", label="Not now", act=shell.close_dialog, kind="quiet", shortcut="Esc")
    rows = [
        Item(
            name=f"practise.{quarter}", title=practice.title(play, quarter), icon="rhythm",
            shortcut=str(quarter) if quarter < 10 else "", act=partial(begin, shell, quarter),
        )
        for quarter in practice.quarters(play)
    ]  # fmt: skip
    first = rows[0].name if rows else ""
    shell.ask(Dialog(practice.OFFER, (practice.INTRO,), (close,), more=lambda: rows, first=first))


def practice_row(shell: Shell) -> list[Node]:
    """The way into practice; none before the first close, and within practice."""
    assert shell.play is not None
    if not practice.quarters(shell.play):
        return []
    return [Row(children=[offer_button(shell)])]


def offer_button(shell: Shell) -> Button:
    """The way into practice as a button."""
    act = partial(choose_quarter, shell)
    return Button(name="practise", label=practice.SHORT, act=act, kind="quiet", icon="rhythm", shortcut="P")


def begin(shell: Shell, quarter: int) -> None:
    """Play a quarter again; the session and its page wait."""
    assert shell.play is not None
    session = practice.begin(shell.play, quarter)
    if shell.dialog is not None:
        shell.close_dialog()
    shell.set_aside(session)
    shell.show(shell.page("desk"), over=False)


def ask_leave(shell: Shell) -> None:
    """Whether to leave the practice."""
    stay = Button(name="practice.stay", label="Go on practising", act=shell.close_dialog, shortcut="Esc")
    leave = Button(name="practice.leave", label=practice.LEAVE, act=partial(_leave, shell), kind="primary")
    texts = ("You come back to where you were. Nothing of the practice stays.",)
    shell.ask(Dialog(f"{practice.LEAVE}?", texts, (stay, leave), first="practice.leave"))


def _leave(shell: Shell) -> None:
    shell.close_dialog()
    shell.take_up()


def close_practice(shell: Shell) -> None:
    """Close the practised quarter, and compare."""
    assert shell.play is not None
    closed = closing.end_quarter(shell.play)
    shell.sounds.play("close")
    shell.show(PracticePage(shell, closed), over=False)


class PracticePage(Screen):
    """What a practised quarter came to, beside what was played."""

    rail = "locked"
    topic = "practice"
    shows_hours = False
    motion = 0.9

    def __init__(self, shell: Shell, closed: Closing) -> None:
        super().__init__(shell)
        self.closed, self.told = closed, practice.compare(self.play)
        self._rest = practice.onward(self.play)
        self.onward: Onward | None = None

    def key(self) -> str:
        return f"practice/{self.told.quarter}"

    def title(self) -> str:
        return f"{self.play.cast.quarter(self.told.quarter)}, practised"

    def subtitle(self) -> str:
        return "Beside what you played, on the same luck"

    def tick(self) -> bool:
        """A quarter of the rest at a time."""
        if self.onward is not None or not self.shell.seen:
            return False
        self.onward = next(self._rest)
        self.shell.later(0.0)
        return self.onward is not None

    def body(self) -> Node:
        play = self.play
        wait = "What the rest of your session makes of it is being worked out."
        rest = practice.later(play, self.onward) if self.onward is not None else wait
        head = Card(
            children=[
                Text(text=practice.head(play, self.told), style="title"),
                Text(text=rest, style="ink"),
            ],
            gap=8,
        )
        heads = [news.headline(play.cast, event) for event in closing.answers(play, self.closed)]
        cards: list[Node] = [Card(title="Account profit: as played above, practised below", children=[self._chart()])]
        if heads:
            cards.append(Card(title="What people answered", children=[Text(text=text, style="ink") for text in heads]))
        return Centred(children=[head, Row(children=cards, stack=860, align="top")], gap=14, most=1120)

    def _chart(self) -> Drawing:
        play = self.play
        items = tuple(
            charts.Pair(play.cast.account(row.account), row.was, row.now, play.money(row.was), play.money(row.now))
            for row in self.told.rows
        )

        def brush(painter: Painter, rect: Rect, look: Look) -> None:
            charts.pairs(painter, rect, items, look.motion)

        said = "; ".join(practice.row(play, row) for row in self.told.rows)
        return Drawing(draws=items, high=charts.pairs_high(items), brush=brush, says=said, live=True)

    def actions(self) -> Sequence[Button]:
        return (
            Button(name="again", label=practice.AGAIN, act=self.again, icon="rhythm", shortcut="R"),
            Button(name="leave", label=practice.LEAVE, act=self.shell.take_up, kind="primary", icon="back",
                   shortcut="Enter"),
        )  # fmt: skip

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("R", "once more"), ("Enter", "leave practice"))

    def again(self) -> None:
        """The same quarter once more."""
        quarter = self.told.quarter
        self.shell.take_up()
        begin(self.shell, quarter)

    def back(self) -> None:
        self.shell.take_up()
