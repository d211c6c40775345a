"""The first page: start, go on, or watch."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kamsim.desktop.kit.brand import mark
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.controls import Segmented, Stepper
from kamsim.desktop.kit.faces import portrait
from kamsim.desktop.kit.field import TextField, Typed
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.layout import Card, Centred, Column, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Drawing, Gap, Text
from kamsim.desktop.screens.places import enter
from kamsim.desktop.shell import Screen
from kamsim.errors import KamsimError
from kamsim.game.session import Session
from kamsim.game.shelf import Kept, kept_sessions
from kamsim.paths import data_folder
from kamsim.scenario.reader import load_scenario
from kamsim.view.portraits import face
from kamsim.view.words.names import Cast

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.scenario.models import Scenario

PURPOSE = "Find out what each customer really leaves you."
DIGITS = "0123456789"
CROWD = 6
"""Customers up to which each shows two faces."""
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class Title(Screen):
    """New, go on, or a demonstration."""

    topic = "title"
    framed = False
    centred = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.scenarios: dict[str, Scenario] = {}
        for name in [shell.scenario, *shipped()]:
            if name not in self.scenarios:
                self.scenarios[name] = load_scenario(name)
        self.chosen = shell.scenario
        self.seed = Typed()
        self.drawn = str(time.time_ns() // 1000 % 1_000_000)
        self.seed.set(self.drawn)
        self.name = Typed()
        self.name.set(shell.config.name)
        self.quarters = self.scenario.length.standard
        self.kept = kept_sessions(shell.log_dir)
        self.trouble = ""

    @property
    def scenario(self) -> Scenario:
        """The scenario chosen."""
        return self.scenarios[self.chosen]

    def body(self) -> Node:
        count = len(self.scenario.accounts)
        customers = "one customer" if count == 1 else f"{COUNTS[count] if count < len(COUNTS) else count} customers"
        lead = (
            f"You take over {customers}, a price list that everybody wants to be below, and not enough hours. "
            "At the end you know which of them you would take again."
        )
        cards: list[Node] = [self._new()]
        going_on = self._going_on()
        if going_on is not None:
            cards.insert(0 if self._fresh() else 1, going_on)
        if self._narrow():
            small = [Text(text=PURPOSE, style="head"), *cards, Text(text=lead), self._gym(), self._others()]
            return Column(children=small, gap=12)
        left: list[Node] = [
            Drawing(high=58, brush=_brand, says="kamsim"),
            Text(text=PURPOSE, style="hero"),
            Text(text=lead, style="lead"),
            Gap(high=2),
            Drawing(draws=self.chosen, high=86, brush=self._crowd, says=""),
            Gap(high=2),
        ]
        hero = Card(children=left, tone="plain", gap=14)
        beside = Column(children=[hero, self._gym(), self._others()], gap=12)
        row = Row(children=[beside, Column(children=cards, gap=14)], gap=56)
        return Centred(children=[row], most=1180)

    def _narrow(self) -> bool:
        """Whether there is room for one column only: what is chosen stands first in it."""
        return self.room()[0] < 900

    def _fresh(self) -> bool:
        return bool(self.kept) and not self.kept[0].finished

    def _crowd(self, painter: Painter, rect: Rect, _look: Look) -> None:
        """The faces of the scenario."""
        cast = Cast(self.scenario)
        names = [account.people[0].id for account in self.scenario.accounts]
        if len(names) <= CROWD:
            names += [account.people[-1].id for account in self.scenario.accounts if len(account.people) > 1]
        size = 76.0
        step = min(62.0, (rect.w - size) / max(1, len(names) - 1))
        for place in reversed(range(len(names))):
            x = rect.x + place * step
            painter.disc(x + size / 2, rect.y + 4 + size / 2, size / 2 + 3, "bg")
            painter.image(portrait(face(cast, names[place], 0.2), painter.length(size)), x, rect.y + 4)

    def _new(self) -> Card:
        length = self.scenario.length
        rows: list[Node] = []
        if len(self.scenarios) > 1:
            rows.append(
                Segmented(
                    name="scenario",
                    label="Scenario",
                    options=[(n, s.title) for n, s in self.scenarios.items()],
                    value=self.chosen,
                    change=lambda value: self._choose(str(value)),
                )
            )
        rows += [
            Text(text=f"{self.scenario.title}. {self.scenario.summary}", style="body"),
            TextField(
                name="name", label="Your name, or your team's", typed=self.name, hint="may stay empty", enter=self.start
            ),
            Stepper(
                name="quarters",
                label=self._length_text(),
                value=self.quarters,
                low=length.shortest,
                high=length.longest,
                change=self._set_quarters,
                format=lambda value: f"{value:.0f}",
            ),
            TextField(
                name="seed",
                label="Luck number (same number, same surprises)",
                typed=self.seed,
                accepts=DIGITS,
                enter=self.start,
            ),
        ]
        if self.trouble:
            rows.append(Text(text=self.trouble, style="warn"))
        if not self._short():
            rows.append(self._start_button())
        return Card(title="New session", children=rows, gap=14)

    def _short(self) -> bool:
        """Whether the way in would lie below the edge of the window: it stands at the foot then."""
        high = self.room()[1]
        return self._narrow() or high < 640 + (60 * min(3, len(self.kept)) + 70 if self.kept else 0)

    def _start_button(self) -> Button:
        return Button(
            name="start",
            label="Start",
            act=self.start,
            kind="primary" if not self._fresh() else "normal",
            shortcut="Ctrl Enter",
            icon="play",
            span=0 if self._short() else 1,
        )

    def _length_text(self) -> str:
        minutes = {8: "an hour", 12: "75 minutes"}.get(int(self.quarters), f"{5 * round(self.quarters * 1.3)} minutes")
        return f"Quarters (about {minutes})"

    def _set_quarters(self, value: float) -> None:
        self.quarters = int(value)

    def _choose(self, name: str) -> None:
        self.chosen = name
        self.quarters = self.scenario.length.standard

    def _going_on(self) -> Card | None:
        if not self.kept:
            return None
        items: list[Node] = []
        for number, kept in enumerate(self.kept[:3]):
            items.append(
                Item(
                    name=f"resume.{number}",
                    title=_kept_title(kept),
                    text=_kept_text(kept),
                    icon="flag" if kept.finished else "play",
                    act=partial(self.resume, kept.path),
                )
            )
        return Card(title="Go on", children=items)

    def _to_the_gym(self) -> None:
        self.shell.aside("The gym opens", lambda: self.shell.page("gym"), self.shell.show)

    def _gym(self) -> Item:
        return Item(
            name="gym",
            title="The gym: five situations, ten minutes",
            text="Short practice with feedback at once. No two are alike, and it remembers what you find hard.",
            icon="gym",
            act=self._to_the_gym,
        )

    def _others(self) -> Node:
        return Row(
            children=[
                Button(name="demo", label="Watch a demonstration", act=self.demo, icon="people"),
                Button(name="help", label="Help", act=self.shell.open_help, icon="help", kind="quiet"),
                Button(name="settings", label="Settings", act=self.shell.open_settings, icon="gear", kind="quiet"),
            ],
            gap=8,
            stack=430,
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("Tab", "next"), ("← →", "change"), ("Enter", "do it"))

    def actions(self) -> Sequence[Button]:
        return (self._start_button(),) if self._short() else ()

    def first(self) -> str:
        return "resume.0" if self._fresh() else "start"

    def back(self) -> None:
        """Esc on the first page does nothing: nobody should lose a window by it."""

    def start(self) -> None:
        """A new session."""
        self.trouble = ""
        text = self.seed.text.strip() or "0"
        self.shell.config.name = self.name.text.strip()
        self.shell.config.save()
        player, quarters = self.name.text.strip(), int(self.quarters)
        scenario, folder = self.scenario, self.shell.log_dir
        seed = scenario.luck(int(text)) if text == self.drawn else int(text)
        self.shell.aside(
            f"{scenario.title} opens",
            lambda: Session.start(scenario, seed=seed, player=player, log_dir=folder, quarters=quarters),
            self._enter,
            self._failed,
        )

    def resume(self, path: Path) -> None:
        """Go on with a session."""
        self.trouble = ""
        self.shell.aside("Your session is read", lambda: Session.resume(path), self._enter, self._failed)

    def _failed(self, error: KamsimError) -> None:
        self.trouble = _sentence(error)
        self.shell.changed()

    def _enter(self, session: Session) -> None:
        self.shell.take(session)
        enter(self.shell)

    def demo(self) -> None:
        """A bot plays, and says why."""
        from kamsim.desktop.demo import start_demo  # bots are needed only here

        start_demo(self.shell)


def shipped() -> list[str]:
    """The scenarios that ship."""
    return sorted(path.parent.name for path in data_folder("scenarios").glob("*/scenario.yaml"))


def _sentence(error: Exception) -> str:
    text = str(error)
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _kept_title(kept: Kept) -> str:
    return f"{kept.title}{', ' + kept.player if kept.player else ''}"


def _kept_text(kept: Kept) -> str:
    when = time.strftime("%d %b, %H:%M", time.localtime(kept.changed))
    if kept.finished:
        return f"Finished, {kept.quarters} quarters. {when}"
    quarter = min(kept.quarter, kept.quarters)
    return f"Q{(quarter - 1) % 4 + 1} {kept.year + (quarter - 1) // 4}, quarter {quarter} of {kept.quarters}. {when}"


def _brand(painter: Painter, rect: Rect, _look: Look) -> None:
    mark(painter, rect.x, rect.y + 4, 46)
    painter.text(rect.x + 60, rect.y + 27, "kamsim", Style(21, "Display"))
