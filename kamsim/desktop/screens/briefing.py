"""Before the first quarter: the job, and three guesses, one idea at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.controls import Slider
from kamsim.desktop.kit.layout import Card, Centred, Column, Flow, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Chip, Figure, Gap, Text
from kamsim.desktop.screens.people import speech
from kamsim.desktop.screens.ranking import Hand, RankList
from kamsim.desktop.shell import FIVE, Screen
from kamsim.desktop.wordbook import tip
from kamsim.view.closing import first_range, first_range_line
from kamsim.view.portraits import boss_face
from kamsim.view.table import GUESSES

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell

STEPS: Final = ("job", *GUESSES)
NAMES: Final = {
    "job": "Your job",
    "ranking": "Guess 1 of 3",
    "breakeven": "Guess 2 of 3",
    "profit_range": "Guess 3 of 3",
}
HUNDRED_THOUSAND: Final = 10_000_000
FIFTY_THOUSAND: Final = 5_000_000


class Briefing(Screen):
    """The job, then the guesses that were not made yet."""

    rail = "locked"
    topic = "briefing"
    shows_hours = False
    centred = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.step = "job"
        play = self.play
        self.ranking = list(play.accounts)
        self.percent = 5.0
        self.hand = Hand()
        self.range = RangeGuess(self, first_range(self.play))

    def title(self) -> str:
        return NAMES[self.step]

    def subtitle(self) -> str:
        scenario = self.play.session.scenario
        return f"{scenario.title}, {self.play.session.quarters} quarters"

    def key(self) -> str:
        return f"briefing/{self.step}"

    def body(self) -> Node:
        build: dict[str, Callable[[], Node]] = {
            "job": self._job, "ranking": self._ranking, "breakeven": self._breakeven, "profit_range": self._range,
        }  # fmt: skip
        return Centred(
            children=[self._progress(), build[self.step]()], gap=14, most=1080 if self.step == "job" else 820
        )

    def _progress(self) -> Node:
        chips: list[Node] = []
        for name in STEPS:
            text = {
                "job": "The job",
                "ranking": "Who earns most",
                "breakeven": "What 5% costs",
                "profit_range": "Next quarter",
            }[name]
            done = STEPS.index(name) < STEPS.index(self.step)
            chips.append(Chip(text=text, tone="accent" if name == self.step else "plain", icon="check" if done else ""))
        return Flow(children=chips)

    def _job(self) -> Node:
        scenario = self.play.session.scenario
        company, boss = scenario.company, scenario.company.boss
        text, _, signed = scenario.briefing.rpartition(boss.name)
        letter = text.strip() if text else scenario.briefing
        left = Card(
            children=[
                Text(text=f"You are {company.role} at {company.name}.", style="head"),
                Text(text=company.brief),
                Gap(high=4),
                speech(
                    boss_face(self.play.cast, 0.1),
                    boss.name,
                    boss.role,
                    letter if signed or text else scenario.briefing,
                    size=76,
                ),
            ],
            gap=12,
        )
        rows: list[Node] = []
        for name in self.ranking:
            account = self.play.cast.accounts[name]
            sales = self.play.money(self.play.sales(name))
            rows.append(
                Row(
                    children=[
                        Column(
                            children=[
                                Text(text=account.name, style="strong"),
                                Text(text=account.industry, style="small"),
                            ],
                            gap=0,
                        ),
                        Text(text=sales, style="strong", span=0),
                    ],
                    gap=10,
                    align="middle",
                )
            )
        right = Card(title="Your customers, sales a quarter", children=rows, gap=12)
        return Row(children=[left, Column(children=[right], span=360)], stack=900)

    def _ranking(self) -> Node:
        play = self.play
        notes = {name: f"sales {play.money(play.sales(name))} a quarter" for name in play.cast.accounts}
        return Card(
            children=[
                Text(text="Which customer earns you most, after everybody is paid?", style="head"),
                Text(
                    text="Put them in order, the most profitable first. Nobody marks it; you get it back "
                    "beside the truth after a year."
                ),
                RankList(
                    name="ranking",
                    order=self.ranking,
                    names={n: a.name for n, a in play.cast.accounts.items()},
                    notes=notes,
                    change=self._ranked,
                    hand=self.hand,
                ),
                Text(
                    text="Drag, or use the arrows on the right. With keys: Up and Down choose, Left moves "
                    "up, Right moves down.",
                    style="small",
                ),
            ],
            gap=12,
        )

    def _ranked(self, order: list[str]) -> None:
        self.ranking = order

    def _breakeven(self) -> Node:
        cast = self.play.cast
        account, price = self.play.guess_base()
        return Card(
            children=[
                Text(
                    text=f"You give {cast.account(account)} five points more off {cast.line(price.line)}.", style="head"
                ),
                Text(
                    text="How many per cent more must they then buy, so that you earn what you earned before?",
                    style="lead",
                ),
                Gap(high=6),
                Figure(label="They must buy", value=f"{self.percent:.0f}% more", size=40),
                Slider(
                    name="percent",
                    label="Your guess",
                    value=self.percent,
                    low=0,
                    high=100,
                    step=1,
                    change=self._percent,
                    format=lambda value: f"{value:.0f}% more",
                ),
                Text(text="You get it back when the quarter closes.", style="small"),
            ],
            gap=12,
        )

    def _percent(self, value: float) -> None:
        self.percent = value

    def _range(self) -> Node:
        play = self.play
        sales = sum(play.sales(name) for name in play.accounts)
        return self.range.card(
            f"Between which two figures will all your customers' account profit lie in "
            f"{play.cast.quarter(play.quarter)}?",
            f"Be right nine times in ten. Sales run at {play.money(sales)} a quarter. Account profit is what "
            f"is left of them after product cost, cost to serve the customer, and your team's hours. "
            f"{first_range_line(self.play)}",
            sales,
        )

    def actions(self) -> Sequence[Button]:
        if self.step == "job":
            return (
                Button(name="next", label="Go on", act=self.forward, kind="primary", icon="arrow", shortcut="Enter"),
            )
        return (
            Button(name="skip", label="Skip", act=self.forward, kind="quiet", shortcut="S"),
            Button(name="guess", label="That is my guess", act=self.made, kind="primary", shortcut="Enter"),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        if self.step == "ranking":
            return (("F1", "help"), ("↑ ↓", "choose"), ("← →", "move it up, down"), ("Enter", "go on"))
        if self.step == "job":
            return (("F1", "help"), ("Enter", "go on"))
        return (("F1", "help"), ("Tab", "next"), ("← →", "change"), FIVE, ("Enter", "go on"))

    def first(self) -> str:
        return {"ranking": "ranking", "breakeven": "percent", "profit_range": "range.low"}.get(self.step, "")

    def made(self) -> None:
        """Note the guess, and on."""
        if self.step == "ranking":
            self.play.guess("ranking", self.ranking)
        elif self.step == "breakeven":
            self.play.guess("breakeven", self.percent)
        else:
            self.range.note()
        self.forward()

    def forward(self) -> None:
        """To the next guess that was not made, or to the desk."""
        left = self.play.guesses_left()
        for step in STEPS[STEPS.index(self.step) + 1 :]:
            if step in left:
                self.step = step
                self.shell.replace(self)
                return
        self.shell.config.remember(self.play.session.log_path, started=True)
        self.shell.show(self.shell.page("desk"), over=False)

    def slide(self, step: int) -> bool:
        shown = self.step
        if step < 0:
            self.back()
        elif self.step == "job":
            self.forward()
        return self.step != shown

    def back(self) -> None:
        """One step back, as long as no guess lies between."""
        before = STEPS[: STEPS.index(self.step)]
        left = self.play.guesses_left()
        for step in reversed(before):
            if step == "job" or step in left:
                self.step = step
                self.shell.replace(self)
                return


class RangeGuess:
    """Two figures between which account profit should lie."""

    def __init__(self, screen: Screen, start: tuple[float, float]) -> None:
        self.screen = screen
        self.low, self.high = start

    def card(self, question: str, text: str, sales: float) -> Card:
        """The question with its two sliders. ``sales``: a quarter's sales, which set the reach."""
        most = max(20, round(sales * 0.6 / HUNDRED_THOUSAND)) * HUNDRED_THOUSAND
        least = -5 * HUNDRED_THOUSAND
        say = self.screen.play.money
        width = self.high - self.low
        return Card(
            children=[
                Text(text=question, style="head"),
                Text(text=text, style="lead"),
                Gap(high=4),
                Row(
                    children=[
                        Figure(label="Not below", value=say(self.low), size=32),
                        Figure(label="Not above", value=say(self.high), size=32),
                        Figure(label="Width", value=say(width), size=32, name="range.width", tip=tip("range")),
                    ],
                    stack=460,
                ),
                Slider(
                    name="range.low",
                    label="Not below",
                    value=self.low,
                    low=least,
                    high=most,
                    step=FIFTY_THOUSAND,
                    change=self._low,
                    format=say,
                ),
                Slider(
                    name="range.high",
                    label="Not above",
                    value=self.high,
                    low=least,
                    high=most,
                    step=FIFTY_THOUSAND,
                    change=self._high,
                    format=say,
                ),
                Text(
                    text="You get it back beside the truth when the quarter closes. A very wide range is "
                    "always right, and no plan.",
                    style="small",
                ),
            ],
            gap=14,
        )

    def _low(self, value: float) -> None:
        self.low = value
        self.high = max(self.high, value)

    def _high(self, value: float) -> None:
        self.high = value
        self.low = min(self.low, value)

    def note(self) -> None:
        """Note the guess."""
        self.screen.play.guess("profit_range", [round(self.low), round(self.high)])
