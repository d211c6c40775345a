"""The first page of the debrief inside the window: the same figures as the page for a browser, from the same data."""

from __future__ import annotations

import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit import charts, gains
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Centred, Column, Flow, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Chip, Drawing, Rule, Text
from kamsim.desktop.screens.people import picture
from kamsim.desktop.shell import Screen
from kamsim.view.words.names import capital
from kamsim.view.words.year import ordinal

if TYPE_CHECKING:
    from kamsim.debrief.decisions import Decision
    from kamsim.debrief.front import Front, Skill
    from kamsim.desktop.shell import Shell
    from kamsim.errors import KamsimError

MOST_FLAGS: Final = 8
"""Decisions in the picture; the page for a browser has more."""


def open_debrief(shell: Shell) -> None:
    """Work the first page out beside the window, then show it."""
    assert shell.play is not None
    log = shell.play.session.log_path

    def work() -> Front:
        from kamsim.debrief.pages import own_front  # only the end needs it, and it takes long to load

        return own_front(log)

    shell.aside(
        "Your debrief is worked out",
        work,
        lambda told: shell.show(DebriefPage(shell, told)),
        lambda error: shell.say(f"Your debrief could not be made: {error}"),
    )


class DebriefPage(Screen):
    """What a session came to, and why."""

    rail = "locked"
    topic = "debrief"
    shows_hours = False
    motion = 0.9

    def __init__(self, shell: Shell, told: Front) -> None:
        super().__init__(shell)
        self.told = told

    def title(self) -> str:
        return f"Debrief: {self.told.name}"

    def subtitle(self) -> str:
        return self.told.under

    def body(self) -> Node:
        left = [*self._years(), *self._decisions(), *self._skills()]
        right = [self._score(), *self._chances(), *self._ranks()]
        return Centred(
            children=[
                Row(children=[Column(children=left, gap=14), Column(children=right, gap=14, span=400)], stack=960)
            ],
            most=1400,
        )

    # --- left ---------------------------------------------------------------------------------------------------

    def _years(self) -> list[Node]:
        from kamsim.debrief.front import LOST  # as above

        years = self.told.years
        if years is None:
            return [Card(title="The years", children=[Text(text=LOST, style="ink")])]
        money = self.play.money
        items = tuple(
            gains.Gain(f"{flag.name} ({years.quarters[flag.first]})", flag.worth, money(flag.worth, plus=True))
            for flag in years.flags[:MOST_FLAGS]
        )

        def brush(painter: Painter, rect: Rect, look: Look) -> None:
            gains.gains(painter, rect, items, look.motion)

        said = "; ".join(f"{item.name}: {item.text}" for item in items)
        chart = Drawing(draws=items, high=gains.gains_high(items), brush=brush, says=said, live=True)
        spans = "  ".join(f"{name}: {earned} account profit." for name, earned, _, _ in years.years)
        rows: list[Node] = [
            Text(text=years.said, style="ink"),
            *([chart] if items else []),
            Text(text=spans, style="small"),
        ]
        return [Card(title="What your decisions were worth", children=rows)]

    def _decisions(self) -> list[Node]:
        found = self.told.decisions
        if not found:
            return []
        rows: list[Node] = []
        for place, one in enumerate(found, start=1):
            rows += [Rule()] if rows else []
            rows.append(self._decision(place, one))
        return [Card(title=self.told.title, children=rows)]

    def _decision(self, place: int, one: Decision) -> Node:
        sum_ = Text(text=f"{place}. {self.play.money(one.worth, plus=True)}", style="pos" if one.worth > 0 else "neg")
        left, right = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
        quote = [Text(text=f"{left}{one.quote}{right} {one.who}", style="quote")] if one.quote else []
        told: list[Node] = [
            sum_, Text(text=one.about, style="strong"), *quote,
            Text(text=f"{capital(one.came)}. {capital(one.when)}. {one.otherwise}"),
        ]  # fmt: skip
        return Row(
            children=[picture(one.face, 64, one.who), Column(children=told, gap=4)], gap=16, align="top", stack=320
        )

    def _skills(self) -> list[Node]:
        told = self.told
        if not told.strong and not told.weak:
            return []
        return [
            Row(
                children=[
                    _skill_card("Strengths", "check", told.strong),
                    _skill_card("To practise", "rhythm", told.weak),
                ],
                stack=620,
                align="top",
            )
        ]

    # --- right --------------------------------------------------------------------------------------------------

    def _score(self) -> Card:
        score, money = self.told.score, self.play.money
        items = tuple(charts.Pair(name, 0.0, value, "", money(value)) for name, value, _ in score.rows)

        def brush(painter: Painter, rect: Rect, look: Look) -> None:
            charts.pairs(painter, rect, items, look.motion)

        says = "; ".join(f"{item.name}: {item.second_text}" for item in items)
        rows: list[Node] = [Text(text=f"{score.points} {score.unit}", style="hero"), Text(text=score.said, style="ink")]
        if items:
            rows.append(Drawing(draws=items, high=charts.pairs_high(items), brush=brush, says=says, live=True))
        return Card(title="On the same luck", children=rows)

    def _chances(self) -> list[Node]:
        rows: list[Node] = []
        for one in self.told.chances:
            tone = {"check": "good", "cross": "bad"}.get(one.sign, "plain")
            rows.append(Flow(children=[Chip(text=one.head, tone=tone, icon=one.sign)]))
            rows += [Text(text=f"Largest: {one.largest}.", style="small")] if one.largest else []
        return [Card(title="What customers came to buy", children=rows, gap=6)] if rows else []

    def _ranks(self) -> list[Node]:
        ranks = self.told.ranks
        if ranks is None:
            return []
        rows: list[Node] = [Text(text=ranks.said, style="ink")]
        for number, (name, places) in enumerate(ranks.rows):
            told = ", ".join(
                f"{ordinal(place - 1)} {head[:1].lower()}{head[1:]}"
                for head, place in zip(ranks.heads, places, strict=True)
                if place is not None
            )
            figure = f", {ranks.told[number]}" if ranks.told else ""
            rows.append(Text(text=f"{name}: {told}{figure}."))
        return [Card(title="Who sells, who earns", children=rows, gap=6)]

    # --- on -----------------------------------------------------------------------------------------------------

    def _browser(self) -> None:
        """Write the whole debrief, and show it in the browser where there is one."""
        from kamsim.debrief.pages import write_own_page  # as above

        log = self.play.session.log_path

        def work() -> tuple[Path, bool]:
            page = write_own_page(log)
            return page, webbrowser.open(page.as_uri())

        self.shell.aside("Your debrief is written", work, self._written, self._unwritten)

    def _written(self, made: tuple[Path, bool]) -> None:
        page, shown = made
        how = "is open in your browser; it" if shown else "is written, but no browser opened; it"
        self.shell.say(f"Your whole debrief {how} lies in {page}.")

    def _unwritten(self, error: KamsimError) -> None:
        self.shell.say(f"Your debrief could not be written: {error}")

    def actions(self) -> Sequence[Button]:
        return (
            Button(
                name="browser", label="The whole of it, in a browser", act=self._browser, icon="report", shortcut="B"
            ),
            Button(name="back", label="Back", act=self.back, kind="primary", icon="back", shortcut="Enter"),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("B", "browser"), ("Esc", "back"), ("PgDn", "more"))


def _skill_card(title: str, sign: str, skills: Sequence[Skill]) -> Card:
    rows: list[Node] = []
    for one in skills:
        rows += [Text(text=f"{one.name}. {one.counts}", style="strong"), *([Text(text=one.proof)] if one.proof else [])]
    return Card(children=[Flow(children=[Chip(text=title, tone="accent", icon=sign)]),
                          *(rows or [Text(text="None stands out.")])], gap=6)  # fmt: skip
