"""Promises: a calendar of what was promised to whom, what it came to and why, and what our word is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit import charts, gfx
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Look, Metrics, Node
from kamsim.desktop.kit.words import Chip, Drawing, Rule, Text
from kamsim.desktop.screens.people import picture, stance
from kamsim.desktop.shell import Screen
from kamsim.view import promises
from kamsim.view.portraits import approver_face, face
from kamsim.view.words import letters
from kamsim.view.words.promises import split_units, track_line

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.desktop.table import WindowTable

NAME: Final = gfx.LABEL.like(colour="ink")
UNIT: Final = 100_000
"""Cents in the thousands that a gap is told in."""
METER: Final = 168.0
ORDER: Final = ("initiative", "rivals_and_economy", "luck", "own_choices", "estimate")


@dataclass(frozen=True)
class Bar:
    """A promise on the calendar: whom, what, from and to which quarter, and how it stands."""

    name: str
    text: str
    signed: int
    due: int
    status: str


def bars(play: WindowTable) -> list[Bar]:
    """Every promise, what is to be measured first, then what runs, then what was counted."""
    found: list[promises.Run | promises.Counted] = [*promises.running(play), *promises.counted(play)]
    return [
        Bar(item.title, _figure(play, item.data), int(item.data["signed"]), int(item.data["due"]), item.status)
        for item in found
    ]  # fmt: skip


def _figure(play: WindowTable, data: dict[str, Any]) -> str:
    """What was promised; the calendar has no room for a quarter beyond the end, so that is said."""
    late = ", after your time" if play.cast.over(int(data["due"])) else ""
    return f"{play.money(float(data['value']))}{late}"


ROW: Final = 30.0


def calendar_high(items: Sequence[Bar]) -> Any:
    """How high a calendar is at a width."""

    def high(width: float) -> float:
        metrics = Metrics(1.0)
        return 30.0 + sum(metrics.high(item.name, NAME, width - 120) + ROW for item in items)

    return high


def paint_calendar(
    painter: Painter, rect: Rect, items: Sequence[Bar], names: Sequence[str], first: int, now: int
) -> None:
    """Quarters from left to right; each promise from its signature to the quarter that counts, with a mark."""
    step = rect.w / len(names)
    used = -1e9
    for place, name in enumerate(names):
        x = rect.x + place * step
        on = first + place == now
        style = charts.NAME.like(weight="SemiBold", colour="ink") if on else charts.NAME
        wide = painter.wide(name, style)
        if on:
            painter.fill(Rect(x, rect.y + 24, step, rect.h - 24), "card2")
        if x + step / 2 - wide / 2 > used + 6 and wide <= rect.w:
            at = min(max(rect.x, x + step / 2 - wide / 2), rect.right - wide)
            painter.text(at, rect.y + 10, name, style)
            used = at + wide
        painter.upright(x, rect.y + 24, rect.h - 26, "grid", 3)
    painter.level(rect.x, rect.y + 24, rect.w, "line2")
    y = rect.y + 30
    ink = {"open": "accent", "due": "accent", "kept": "accent", "missed": "neg", "forgotten": "ink3"}
    for item in items:
        figure = painter.wide(item.text, charts.NUMBER)
        down = painter.paragraph(rect.x, y, item.name, NAME, rect.w - 120)
        painter.text(rect.right, y + NAME.size * 0.7, item.text, charts.NUMBER, "r", room=max(40.0, figure))
        start = rect.x + (item.signed - first) * step + step * 0.5
        end = rect.x + (min(item.due, first + len(names) - 1) - first) * step + step * 0.5
        middle = y + down + 10
        colour = ink[item.status]
        bar = Rect(start, middle - 3.5, max(4.0, end - start), 7)
        if item.status in ("open", "due"):
            painter.box(bar, 3.5, "accent_soft", colour)
            reach = rect.x + (now - first) * step + step * 0.5
            done = max(0.0, min(bar.w, reach - start))
            if done > 4:
                painter.box(Rect(bar.x, bar.y, done, bar.h), 3.5, colour)
        else:
            painter.box(bar, 3.5, "track")
        colour = "warn" if item.status == "due" else colour
        painter.disc(end, middle, 8.5, "card" if item.status == "open" else colour, 1.8, colour)
        icon = {"due": "flag", "kept": "check", "missed": "cross", "forgotten": "flat"}.get(item.status)
        if icon:
            painter.icon(end, middle, icon, 10, "card", 3)
        y += down + ROW


def record_dots(claims: int, inside: int) -> Drawing:
    """One dot for each promise counted: full where it landed inside its range, hollow where it did not."""

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        for place in range(claims):
            x = rect.x + 9 + place * min(24.0, (rect.w - 18) / max(1, claims - 1) if claims > 1 else 24.0)
            full = place < inside
            painter.disc(x, rect.y + 11, 8, "accent" if full else "card", 1.8, "accent" if full else "ink3")
            if full:
                painter.icon(x, rect.y + 11, "check", 10, "accent_ink", 3)

    said = f"{inside} of {claims} landed inside their range"
    return Drawing(draws=(claims, inside), high=24, brush=brush, says=said)


def split_drawing(play: WindowTable, data: dict[str, Any]) -> Drawing:
    """From the claim to what it came to, cause by cause, in thousands that add up."""
    claim, units, actual = split_units(data, data["split"])
    steps = [charts.Step("You said", claim * UNIT, total=True)]
    steps += [charts.Step(letters.PART_NAMES[name], units[name] * UNIT) for name in ORDER]
    steps.append(charts.Step("It came to", actual * UNIT, total=True))
    totals = {float(claim * UNIT), float(actual * UNIT)}

    def say(cents: float) -> str:
        return play.money(cents, exact=True) if cents in totals and cents else play.money(cents, plus=True, exact=True)

    def high(width: float) -> float:
        return charts.waterfall_high(steps, Metrics(1.0), width, say)

    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        charts.waterfall(painter, rect, steps, say, look.motion)

    said = "; ".join(f"{step.name} {say(step.value)}" for step in steps)
    return Drawing(draws=tuple(steps), high=high, brush=brush, says=said, live=True)


class PromisesPage(Screen):
    """The calendar of promises."""

    rail = "promises"
    topic = "promises"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.measured = False
        """Whether one was measured here just now: its card then stands first."""

    def key(self) -> str:
        return "promises"

    def place(self) -> dict[str, Any]:
        return {"page": "promises"}

    def title(self) -> str:
        return "Promises"

    def subtitle(self) -> str:
        return "What you promised to whom, and what it came to"

    def body(self) -> Node:
        found = bars(self.play)
        counted = self._counted()
        fresh = counted[:1] if self.measured else []
        left: list[Node] = [*fresh, *self._due(), *self._calendar(found), *self._running(), *counted[len(fresh) :]]
        if not found:
            left = [Card(children=[Text(text=letters.NO_PROMISE, style="ink")], tone="soft"), *left]
        if not counted:
            left.append(self._how())
        right: list[Node] = [*self._record(), self._word()]
        return Row(
            children=[Column(children=left, gap=14), Column(children=right, gap=14, span=364)], stack=900, align="top"
        )

    def _how(self) -> Card:
        """Until a first one was counted: how that goes, and where one is made."""
        cases = Item(
            name="to.cases",
            title="Business cases",
            text="What you write, who signs it",
            icon="case",
            shortcut="W",
            act=self.shell.go_cases,
        )
        rows: list[Node] = [Text(text=line, style="ink") for line in letters.HOW_COUNTED]
        return Card(title=letters.HOW_PROMISED, children=[*rows, cases])

    def _due(self) -> list[Node]:
        """What can be measured now."""
        play, cast = self.play, self.play.cast
        rows: list[Node] = []
        for run in promises.running(play):
            if not run.measurable:
                continue
            account, audience = run.account, run.audience
            hours = play.takes("measure_promise", account=account, audience=audience)
            off = "" if play.hours >= hours else letters.NO_HOURS
            if rows:
                rows.append(Rule())
            who: list[Node] = [
                Text(text=run.title, style="strong"),
                Text(text=run.text, style="ink"),
                Text(text=run.when),
            ]
            button = Button(
                name=f"measure.{account}.{audience}",
                label=f"Measure it, {hours:.0f} h",
                icon="search",
                kind="primary" if not rows else "normal",
                off=off,
                act=partial(self.measure, account, audience),
                shortcut="M" if not rows else "",
            )
            mood = stance(play, cast.accounts[account].people[0].id)
            portrait = picture(face(cast, cast.accounts[account].people[0].id, mood), 48)
            if audience == "desk" and cast.approvers:
                portrait = picture(approver_face(cast, next(iter(cast.approvers))), 48)
            rows.append(
                Row(
                    children=[
                        portrait,
                        Row(
                            children=[Column(children=who, gap=3), button],
                            gap=14, align="middle", stack=420, stack_gap=8,
                        ),
                    ],
                    gap=14, align="top",
                )
            )  # fmt: skip
        if not rows:
            return []
        rows.append(Text(text=letters.WHY_MEASURE, style="small"))
        return [Card(title=letters.TO_MEASURE, children=rows)]

    def _running(self) -> list[Node]:
        """What was promised and is counted later, with its range."""
        rows: list[Node] = []
        for run in promises.running(self.play):
            if run.measurable:
                continue
            if rows:
                rows.append(Rule())
            lines: list[Node] = [
                Text(text=run.title, style="strong"),
                Text(text=run.text, style="ink"),
                Text(text=run.when),
            ]
            rows.append(Column(children=lines, gap=3))
        return [Card(title=letters.RUNNING, children=rows)] if rows else []

    def measure(self, account: str, audience: str) -> None:
        """Show what a promise came to."""
        told = self.play.do("measure_promise", account=account, audience=audience)
        if told.refused:
            self.shell.sounds.play("no")
            self.shell.say(" ".join(told.lines))
            return
        self.shell.sounds.play("done" if told.result == "kept" else "no")
        self.measured = True
        self.shell.replace(self)
        self.shell.stage.offsets[f"{self.key()}/body"] = 0.0
        self.shell.say(told.lines[0] if told.lines else "")

    def _calendar(self, found: list[Bar]) -> list[Node]:
        if not found:
            return []
        play, cast = self.play, self.play.cast
        first = min(item.signed for item in found)
        last = min(max(item.due for item in found), max(play.session.quarters, play.quarter))
        last = max(last, play.quarter, first + 3)
        names = [cast.quarter(number) for number in range(first, last + 1)]
        items = tuple(found)

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            paint_calendar(painter, rect, items, names, first, play.quarter)

        said = "; ".join(
            f"{item.name}: {item.text}, {cast.quarter(item.signed)} to {cast.quarter(item.due)}, "
            f"{letters.STATUS_CHIPS[item.status][0]}"
            for item in items
        )
        chart = Drawing(draws=(items, tuple(names), play.quarter), high=calendar_high(items), brush=brush, says=said)
        chips: list[Node] = []
        for status, (words, tone, icon) in letters.STATUS_CHIPS.items():
            if any(item.status == status for item in items):
                chips.append(Chip(text=words, tone=tone, icon=icon))
        return [Card(title=letters.CALENDAR, children=[chart, Flow(children=chips)])]

    def _counted(self) -> list[Node]:
        play = self.play
        cards: list[Node] = []
        for item in promises.counted(play):
            words, tone, icon = letters.STATUS_CHIPS[item.status]
            rows: list[Node] = [
                Flow(
                    children=[
                        Text(text=item.title, style="title", span=0),
                        Chip(text=words, tone=tone, icon=icon),
                        Text(text=play.cast.quarter(item.quarter), style="tiny", span=0),
                    ],
                    gap=10,
                ),
                *[Text(text=text, style="ink") for text in item.lines],
            ]
            if item.measured:
                rows.append(self._span(item.data))
            if item.data.get("split"):
                rows += [Rule(), Text(text=letters.WHY_GAP, style="tiny"), split_drawing(play, item.data)]
            cards.append(Card(children=rows, gap=10))
        return cards

    def _span(self, data: dict[str, Any]) -> Drawing:
        play = self.play
        low, high, actual = float(data["low"]), float(data["high"]), float(data["actual"])

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            charts.span(painter, rect, low, high, actual, play.money, ("You said", "It came to"))

        return Drawing(draws=(low, high, actual), high=charts.SPAN_HIGH, brush=brush)

    def _record(self) -> list[Node]:
        claims, inside = promises.record(self.play)
        if not claims:
            return []
        line = track_line(claims, inside)
        return [Card(title=letters.RECORD, children=[record_dots(claims, inside), Text(text=line, style="ink")])]

    def _word(self) -> Card:
        """What our word is worth, by audience."""
        rows: list[Node] = []
        for text, alike in groupby(promises.words_worth(self.play), lambda word: word.text):
            if rows:
                rows.append(Rule())
            for word in alike:
                name = Text(text=word.name, style="strong")
                rows.append(Row(children=[name, Column(children=[_meter(word.part)], span=METER)], align="middle"))
            rows.append(Text(text=f"{text}."))
        return Card(title=letters.WORD_HEAD, children=rows, gap=6)

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.shell.go_desk, icon="back", shortcut="Esc"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        due = any(run.measurable for run in promises.running(self.play))
        return (("F1", "help"), *((("M", "measure"),) if due else ()), ("PgDn", "more"), ("Esc", "back"))


def _meter(part: float) -> Drawing:
    """A share of a line, with its figure."""

    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        room = rect.w - 76
        painter.box(Rect(rect.x, rect.y + 6, room, 7), 3.5, "track")
        painter.box(Rect(rect.x, rect.y + 6, max(7.0, room * part * look.motion), 7), 3.5, "accent")
        painter.text(rect.right, rect.y + 9.5, f"{part * 100:.0f} of 100", charts.NUMBER, "r")

    return Drawing(draws=round(part, 3), high=20, brush=brush, says=f"{part * 100:.0f} of 100", live=True)
