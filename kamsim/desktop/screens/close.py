"""The close of a quarter, told one thing at a time: your decisions with their euros, what was won and lost, people, the
books beside the guess, why they moved, the year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.grid import Cell, Cursor, Grid, Heading, Line
from kamsim.desktop.kit.layout import Card, Centred, Column, Flow, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Chip, Drawing, Rule, Text
from kamsim.desktop.screens.briefing import RangeGuess
from kamsim.desktop.screens.knowledge import columns, why_cards
from kamsim.desktop.screens.letters import letter_rows
from kamsim.desktop.screens.people import speech
from kamsim.desktop.screens.scenes import decisions, staged, working
from kamsim.desktop.screens.scenes import true_costs as cost_cards
from kamsim.desktop.screens.year import FinalPage, reveal_cards, review_card
from kamsim.desktop.shell import Screen
from kamsim.desktop.wordbook import tip
from kamsim.game.events.cases import CaseAnswered, PromiseSigned
from kamsim.game.events.declared import of
from kamsim.game.events.moments import MomentEnded
from kamsim.view import closing, credit, joint
from kamsim.view.portraits import face
from kamsim.view.scenes import scenes, true_costs
from kamsim.view.table import unquoted
from kamsim.view.words import news
from kamsim.view.words.books import profit_parts, totals
from kamsim.view.words.moments import moment_place
from kamsim.view.words.names import capital, percent

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.game.events.declared import Event
    from kamsim.view.closing import Closing

NAMES = {
    "decisions": "Your decisions", "people": "People", "unheard": "Not heard of", "cost": "True cost to serve",
    "volume": "Volume", "profit": "Profit", "why": "Why it moved", "year": "The year as it was",
    "review": "Your review", "range": "Next quarter",
}  # fmt: skip

STAGED = 0.9
"""Seconds that a motion takes which explains something."""
LOW = 600.0
"""Logical pixels of a window's height below which the steps are counted, not shown."""


def close_quarter(shell: Shell) -> None:
    """Close the quarter and tell what came of it; the last one when those beside whom it is scored have played."""
    play = shell.play
    assert play is not None
    if play.last_quarter:
        shell.aside("Others play your luck, to compare", play.session.others_play, lambda _none: _close(shell))
    else:
        _close(shell)


def _close(shell: Shell) -> None:
    play = shell.play
    assert play is not None
    closed = closing.end_quarter(play)
    if play.session.finished and play.has("joint"):
        shell.aside(
            "What could have been built is worked out", partial(joint.end_line, play), lambda _: _tell(shell, closed)
        )
    else:
        _tell(shell, closed)


def _tell(shell: Shell, closed: Closing) -> None:
    shell.stage.offsets.clear()
    shell.sounds.play("close")
    shell.show(ClosePage(shell, closed), over=False)


class ClosePage(Screen):
    """What a quarter came to."""

    rail = "locked"
    topic = "close"
    shows_hours = False

    def __init__(self, shell: Shell, closed: Closing) -> None:
        super().__init__(shell)
        self.closing, self.quarter = closed, closed.quarter
        self.range = RangeGuess(self, closing.range_start(closed))
        self.guessed = False
        self.scenes = {f"scene{place}": scene for place, scene in enumerate(scenes(self.play, closed), 1)}
        self.costs = true_costs(self.play, closed)
        self.known = False
        """Whether what decisions brought is worked out: after the first picture."""
        self.steps = self._steps()
        self.step = self.steps[0]

    def _steps(self) -> list[str]:
        told, play = self.closing.told, self.play
        found = ["decisions"] if credit.decided(play, self.quarter) else []
        found += [*self.scenes, *(["people"] if self._people_events() else [])]
        found += ["unheard"] if closing.unheard(self.closing) else []
        found += ["cost"] if self.costs else []
        found += ["volume", "profit"]
        if closing.whys(play, self.quarter):
            found.append("why")
        if "revealed" in told:
            found.append("year")
        if "reviewed" in told:
            found.append("review")
        if closing.asks_range(play):
            found.append("range")
        return found

    def title(self) -> str:
        return f"{self.play.cast.quarter(self.quarter)} is closed"

    def subtitle(self) -> str:
        place = f", {self.steps.index(self.step) + 1} of {len(self.steps)}" if self._low() else ""
        return self._named(self.step) + place

    def _low(self) -> bool:
        """Whether there is no room for a row of all steps."""
        return self.room()[1] < LOW

    def _named(self, step: str) -> str:
        scene = self.scenes.get(step)
        return NAMES[step] if scene is None else scene.name

    @property
    def motion(self) -> float:  # type: ignore[override]
        """Longer where it explains something."""
        return STAGED if self.step in ("decisions", "cost", "year", *self.scenes) else Screen.motion

    def tick(self) -> bool:
        if self.known or self.step != "decisions" or not self.shell.seen:
            return False
        self.known = credit.follow(self.play, self.quarter)
        if self.known:
            self.shell.start_motion()
        else:
            self.shell.later(0.0)
        return True

    def key(self) -> str:
        return f"close/{self.quarter}/{self.step}"

    def body(self) -> Node:
        build: dict[str, Callable[[], Node]] = {
            "decisions": self._decisions, "people": self._people, "unheard": self._unheard, "cost": self._costs,
            "volume": self._volume, "profit": self._profit, "why": self._why, "year": self._year,
            "review": self._review, "range": self._range,
        }  # fmt: skip
        chips: list[Node] = [
            Chip(
                text=self._named(name),
                tone="accent" if name == self.step else "plain",
                icon="check" if self.steps.index(name) < self.steps.index(self.step) else "",
            )
            for name in self.steps
        ]
        scene = self.scenes.get(self.step)
        told = build[self.step]() if scene is None else staged(self.play, scene)
        return Centred(children=[told] if self._low() else [Flow(children=chips), told], gap=14, most=1120)

    # --- decisions, scenes and people -----------------------------------------------------------------------------

    def _people_events(self) -> list[Event]:
        """What was answered besides what has a scene; what a signature locked stands with its letter."""
        staged = [scene.event for scene in self.scenes.values()]
        return [
            event
            for event in closing.answers(self.play, self.closing)
            if not isinstance(event, PromiseSigned) and event not in staged
        ]

    def _decisions(self) -> Node:
        if not self.known:
            done = self.play.credits.quarters if self.play.credits is not None else 0
            return working(done, self.quarter)
        return decisions(self.play, credit.brought(self.play, self.quarter))

    def _costs(self) -> Node:
        return cost_cards(self.play, self.costs)

    def _people(self) -> Node:
        cast = self.play.cast
        cards: list[Node] = []
        for event in self._people_events():
            if isinstance(event, CaseAnswered):
                cards.append(Card(children=self._letter(event), gap=10))
                continue
            head, lines = news.headline(cast, event), news.body(cast, event, self.quarter)
            person = closing.speaker(cast, event)
            quote = next((unquoted(line) for line in lines if unquoted(line)), "")
            if isinstance(event, MomentEnded):
                head, quote = moment_place(cast, event.moment), unquoted(head)
            rows: list[Node] = [Text(text=head, style="title")]
            if person and quote:
                rows.append(
                    speech(
                        face(cast, person, 0.8 if closing.went_well(event) else -0.6),
                        cast.person(person),
                        cast.people[person].role,
                        quote,
                        size=72,
                    )
                )
            rows += [Text(text=line, style="ink") for line in lines if not (unquoted(line) and person)]
            cards.append(Card(children=rows, gap=10))
        return Column(children=cards, gap=14)

    def _unheard(self) -> Node:
        cast, events = self.play.cast, closing.unheard(self.closing)
        rows: list[Node] = []
        for event in events:
            rows.append(Text(text=news.headline(cast, event), style="strong"))
            rows += [Text(text=line, style="ink") for line in news.body(cast, event, self.quarter)]
        return Card(title=closing.UNHEARD, children=rows, gap=10)

    def _letter(self, event: CaseAnswered) -> list[Node]:
        """A letter, with the promise that it locked."""
        rows = letter_rows(self.play, event, self.quarter)
        for other in of(PromiseSigned, self.closing.report.events):
            if (other.account, other.audience) == (event.account, event.audience):
                rows.append(Text(text=news.headline(self.play.cast, other), style="strong"))
        return rows

    # --- volume and profit --------------------------------------------------------------------------------------

    def _volume(self) -> Node:
        play, found = self.play, closing.volumes(self.play, self.closing)
        items = []
        for item in found:
            now, was = play.money(item.now), play.money(item.was) if item.was else ""
            moved = now if item.change is None else f"{now}  {percent(item.change, plus=True)}"
            items.append(charts.Pair(play.cast.account(item.account), item.was, item.now, was, moved))
        rows = tuple(items)

        def brush(painter: Painter, rect: Rect, look: Look) -> None:
            charts.pairs(painter, rect, rows, look.motion)

        said = "\n".join(item.line for item in found)
        chart = Drawing(draws=rows, high=charts.pairs_high(rows), brush=brush, says=said, live=True)
        how = ": last quarter above, this one below" if self.closing.before else ""
        head = Text(text=f"What they bought, at list price{how}", style="title")
        return Column(children=[Card(children=[head, chart]), self._deliveries()], gap=14)

    def _deliveries(self) -> Card:
        """Sales, how we delivered, and sales so far, a line for each customer."""
        play, rows = self.play, []
        heads = [Heading("Customer", figures=False, weight=1.4), Heading("Sales"), Heading("Delivered on the day")]
        if self.closing.before:
            heads.append(Heading("Sales so far"))
        for account in play.accounts:
            now = self.closing.after["accounts"][account]
            on_time = percent(float(now["on_time"])) if "on_time" in now else "not known"
            cells = [Cell(play.cast.account(account)), Cell(play.money(float(now["sales"])), tip=tip("sales"))]
            cells.append(Cell(on_time))
            if self.closing.before:
                cells.append(Cell(spark=play.chronicle.series(account, "sales"), tip=tip("sales")))
            rows.append(Line(tuple(cells)))
        cursor = play.cursors.setdefault("deliveries", Cursor())
        return Card(children=[Grid(name="deliveries", columns=heads, rows=rows, cursor=cursor, label="Sales")])

    def _profit(self) -> Node:
        play, after, before = self.play, self.closing.after, self.closing.before
        left: list[Node] = [
            self._rolling(float(before["total"]) if before else 0.0, float(after["total"])),
            Text(text=" ".join(totals(play.cast, after)[1:]), style="ink"),
        ]
        guesses = self._guesses()
        head: Node = Card(children=left)
        if guesses:
            beside = Card(title="Your guess beside the truth", children=guesses, gap=12)
            head = Row(children=[head, beside], stack=860)
        return Column(children=[head, self._table(after)], gap=14)

    def _rolling(self, was: float, now: float) -> Drawing:
        play = self.play

        def brush(painter: Painter, rect: Rect, look: Look) -> None:
            painter.text(rect.x, rect.y + 10, "All accounts, account profit", Style(14, "Medium", "ink2"))
            value = was + (now - was) * look.motion
            style = Style(44, "Display", "pos" if now >= 0 else "neg")
            wide = painter.text(rect.x, rect.y + 48, play.money(value), style)
            if was:
                painter.text(
                    rect.x + wide + 16,
                    rect.y + 54,
                    f"{play.money(now - was, plus=True)} on last quarter",
                    Style(14, "Medium", "ink2"),
                    room=max(40, rect.w - wide - 16),
                )

        return Drawing(
            draws=(was, now), high=80, brush=brush, says=f"All accounts: account profit {play.money(now)}", live=True
        )

    def _table(self, after: dict[str, Any]) -> Card:
        play, rows = self.play, []
        for account in play.accounts:
            now = after["accounts"][account]
            earned, how = float(now["profit_booked"]), "reviewed" if now["reviewed"] else "equal share"
            rows.append(
                Line(
                    (
                        Cell(play.cast.account(account)),
                        Cell(play.money(float(now["margin"])), tip=tip("margin")),
                        Cell(play.money(float(now["cost_to_serve"])), how, tip=tip("cost_to_serve")),
                        Cell(play.money(float(now["team"])), tip=tip("hours")),
                        Cell(play.money(float(now["capital"]) + float(now["credits"])), tip=tip("profit")),
                        Cell(
                            play.money(earned),
                            tone="bad" if earned < 0 else "good",
                            tip=tip("profit", capital(profit_parts(play.cast, now)) + "."),
                        ),
                    )
                )
            )
        heads = (
            Heading("Customer", figures=False, weight=1.4),
            Heading("Margin"),
            Heading("Cost to serve"),
            Heading("Team"),
            Heading("Payment, credits"),
            Heading("Account profit"),
        )
        table = Grid(
            name="profits",
            columns=heads,
            rows=rows,
            cursor=play.cursors.setdefault("profits", Cursor()),
            label="Account profit",
        )
        return Card(children=[table])

    def _guesses(self) -> list[Node]:
        play, told = self.play, closing.guessed(self.play, self.closing)
        made: list[Node] = []
        if told.span is not None:
            low, high, total = told.span

            def brush(painter: Painter, rect: Rect, _look: Look) -> None:
                charts.span(painter, rect, low, high, total, play.money, ("You said", "It is"))

            made += [
                Drawing(draws=told.span, high=charts.SPAN_HIGH, brush=brush),
                Text(text=told.range_line, style="ink"),
            ]
        for line in (told.breakeven_line, *told.forecasts):
            if line:
                made += [Rule()] if made else []
                made.append(Text(text=line, style="ink"))
        return made

    # --- why, year, review ---------------------------------------------------------------------------------------

    def _why(self) -> Node:
        return columns(why_cards(self.play, self.quarter))

    def _year(self) -> Node:
        return Column(children=reveal_cards(self.play, self.closing.told["revealed"], self.room()[1]), gap=14)

    def _review(self) -> Node:
        return review_card(self.play, self.closing.told["reviewed"], self.closing.told.get("revealed"))

    def _range(self) -> Node:
        play, after = self.play, self.closing.after
        sales = sum(float(now["sales"]) for now in after["accounts"].values())
        return self.range.card(
            f"{closing.range_question(play)}?",
            f"Be right nine times in ten. Last quarter it was {play.money(float(after['total']))}.",
            sales,
        )

    # --- on -----------------------------------------------------------------------------------------------------

    def actions(self) -> Sequence[Button]:
        if self.step == "range":
            return (
                Button(name="skip", label="Skip", act=self.forward, kind="quiet", shortcut="S"),
                Button(name="guess", label="That is my guess", act=self._guess, kind="primary", shortcut="Enter"),
            )
        last = self.step == self.steps[-1]
        skip = Button(name="skip", label="Skip the rest", act=self.skip, kind="quiet", shortcut="S")
        label = "Go on"
        if last:
            label = (
                "To the last page"
                if self.play.session.finished
                else f"Open {self.play.cast.quarter(self.play.quarter)}"
            )
        on = Button(name="next", label=label, act=self.forward, kind="primary", icon="arrow", shortcut="Enter")
        return (on,) if last else (skip, on)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("Enter", "go on"), ("S", "skip"), ("Esc", "back"), ("PgDn", "more"))

    def first(self) -> str:
        return "range.low" if self.step == "range" else ""

    def _guess(self) -> None:
        self.range.note()
        self.guessed = True
        self.forward()

    def forward(self) -> None:
        """To the next step, or on to the next quarter."""
        place = self.steps.index(self.step)
        if place + 1 < len(self.steps):
            self.step = self.steps[place + 1]
            self.shell.replace(self)
            return
        if self.play.session.finished:
            self.shell.show(final_page(self.shell), over=False)
            return
        self.shell.show(self.shell.page("desk"), over=False)

    def skip(self) -> None:
        """To what is asked at the end, or to the next quarter."""
        self.step = self.steps[-1]
        if self.step == "range":
            self.shell.replace(self)
        else:
            self.forward()

    def slide(self, step: int) -> bool:
        shown, last = self.step, self.step == self.steps[-1]
        if step < 0:
            self.back()
        elif not last and self.step != "range":
            self.forward()
        return self.step != shown

    def back(self) -> None:
        place = self.steps.index(self.step)
        if place > 0 and not self.guessed:
            self.step = self.steps[place - 1]
            self.shell.replace(self)


def final_page(shell: Shell) -> Screen:
    """The last page."""
    return FinalPage(shell)
