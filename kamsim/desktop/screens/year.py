"""The year as it was, the boss's review, and the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.layout import Card, Centred, Column, Row
from kamsim.desktop.kit.node import Act, Look, Node
from kamsim.desktop.kit.words import Drawing, Figure, Text
from kamsim.desktop.screens.debrief import open_debrief
from kamsim.desktop.screens.people import speech
from kamsim.desktop.screens.practice import offer_button
from kamsim.desktop.shell import Screen
from kamsim.desktop.wordbook import tip
from kamsim.view import closing
from kamsim.view.portraits import boss_face
from kamsim.view.words.year import ordinal

if TYPE_CHECKING:
    from kamsim.desktop.table import WindowTable


AROUND: Final = 322.0
"""What all else on the page of the ranks takes of a window's height, logical."""


def reveal_cards(play: WindowTable, data: dict[str, Any], high: float) -> list[Node]:
    """Sales rank beside profit rank, crossing, in a window of that height; the guess; and what it means."""
    cast, told = play.cast, closing.revealed(play, data)
    guess = data.get("guess") or []
    items = tuple(
        charts.Ranked(
            cast.account(name),
            place,
            data["by_profit"].index(name),
            play.money(data["sales"][name]),
            play.money(data["profit"][name]),
            guess.index(name) if name in guess else -1,
        )
        for place, name in enumerate(data["by_sales"])
    )

    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        charts.ranks(painter, rect, items, ("BY SALES", "BY PROFIT"), look.motion)

    said = "; ".join(told.places)
    head = f"{told.title}: by sales, and by what stays"
    chart = Drawing(draws=items, high=charts.ranks_high(items, high - AROUND), brush=brush, says=said, live=True)
    left = Card(
        children=[Text(text=head, style="title"), *([Text(text=told.intro, style="body")] if told.intro else []), chart]
    )
    meaning = [Text(text=line, style="ink") for line in told.meaning]
    right: list[Node] = [Card(title="What that means", children=meaning, tone="soft")] if meaning else []
    if told.earlier:
        title = "Your ranking, before you started" if told.guess else "Last year's ranking"
        rows: list[Node] = []
        for place, name in enumerate(told.earlier):
            now = data["by_profit"].index(name)
            rows.append(
                Row(
                    children=[
                        Text(text=f"{place + 1}.  {cast.account(name)}", style="ink"),
                        Text(
                            text="right" if now == place else f"it was {ordinal(now)}",
                            style="accent" if now == place else "small",
                            span=0,
                        ),
                    ],
                    gap=8,
                    align="middle",
                )
            )
        right.append(Card(title=title, children=rows, gap=6))
    return [Row(children=[left, Column(children=right, gap=14, span=400)] if right else [left], stack=980)]


def review_card(play: WindowTable, data: dict[str, Any], revealed: dict[str, Any] | None) -> Node:
    """What the boss says about the year: three lines and one question."""
    cast = play.cast
    lines = closing.review(play, data, revealed)
    boss = cast.scenario.company.boss
    said = " ".join(lines).partition('"')[2].rstrip('"')
    paragraphs = [line.partition('"')[2] if place == 0 else line.rstrip('"') for place, line in enumerate(lines)]
    quote = "\n".join(paragraphs) if said else ""
    said_so = Card(children=[speech(boss_face(cast, 0.2), boss.name, boss.role, quote, size=132)])
    return Column(children=[said_so, _quarters(play, int(data["year"]))], gap=14)


def _quarters(play: WindowTable, year: int) -> Card:
    """The year's account profit, quarter by quarter."""
    items = tuple(
        charts.Pair(
            play.cast.quarter(int(book["quarter"])), 0.0, float(book["total"]), "", play.money(float(book["total"]))
        )
        for book in closing.year_books(play, year)
    )

    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        charts.pairs(painter, rect, items, look.motion)

    said = "; ".join(f"{item.name} {item.second_text}" for item in items)
    chart = Drawing(draws=items, high=charts.pairs_high(items), brush=brush, says=said, live=True)
    return Card(title="Account profit, quarter by quarter", children=[chart])


class FinalPage(Screen):
    """The end of a session."""

    rail = "locked"
    topic = "end"
    shows_hours = False
    centred = True

    def title(self) -> str:
        return "The end"

    def subtitle(self) -> str:
        play = self.play
        who = f"{play.session.player}, " if play.session.player else ""
        return f"{who}{play.session.scenario.title}, {play.session.quarters} quarters, seed {play.session.seed}"

    def body(self) -> Node:
        play = self.play
        data, lines, kept = closing.ended(play), closing.score_lines(play), closing.concessions(play)
        banked, left, both = closing.purses(play)
        head = Card(
            children=[
                Text(text="Your score", style="label"),
                self._score(float(data["score"])),
                Text(text=lines[0].partition(". ")[2], style="ink"),
                *[Text(text=line, style="ink") for line in closing.end_lines(play)],
            ],
            gap=6,
        )
        purses = Card(
            children=[
                Figure(
                    name="fig.banked",
                    label="Banked",
                    value=banked,
                    note="counted at what it was worth on the first day",
                    tip=tip("banked"),
                ),
                Figure(
                    name="fig.left",
                    label="Left for your successor",
                    value=left,
                    note="the last two quarters' signatures add nothing",
                    tip=tip("left"),
                ),
                Figure(label="Both together", value=both),
                Figure(
                    label="Concessions that brought something back",
                    value=f"{kept[0]} of {kept[1]}" if kept[1] else "none given",
                ),
            ],
            gap=14,
        )
        rest = closing.others_lines(play)
        same = Card(
            title="The same luck, played by others",
            children=[
                self._others(data),
                Text(text=" ".join(rest[:1]), style="ink"),
                Text(text=" ".join(rest[1:]), style="ink"),
            ],
            gap=10,
        )
        log = Card(
            children=[
                Text(text="Your log, for the debrief", style="label"),
                Text(text=str(play.session.log_path), style="small"),
            ],
            gap=3,
        )
        return Centred(children=[Row(children=[head, purses], stack=760), same, log], gap=14, most=1100)

    def _score(self, score: float) -> Drawing:
        def brush(painter: Painter, rect: Rect, look: Look) -> None:
            painter.text(rect.x, rect.y + 34, f"{score * look.motion:.0f}", Style(64, "Display", "accent"))
            track = Rect(rect.x, rect.y + 84, rect.w, 8)
            painter.box(track, 4, "track")
            low, high = min(0.0, score) - 5, max(100.0, score) + 5

            def at(value: float) -> float:
                return track.x + (value - low) / (high - low) * track.w

            painter.upright(at(50), track.y - 6, 20, "ink3")
            painter.text(at(50), track.y + 26, "50, typical", Style(12, "Medium", "ink2"), "c")
            painter.disc(at(score), track.y + 4, 9, "accent", 2.5, "card")

        return Drawing(draws=score, high=124, brush=brush, says=f"Score {score:.0f}", live=True)

    def _others(self, data: dict[str, Any]) -> Node:
        play = self.play
        rows = []
        for name, key in (
            ("You", "you"),
            ("Somebody who gives everyone 8 points more off", "discounter"),
            ("An empty chair: nobody deciding anything", "empty_chair"),
        ):
            told = data.get(key)
            if told:
                volume, profit = float(told["volume_value"]), float(told["profit"])
                rows.append(
                    charts.Pair(
                        name,
                        volume,
                        profit,
                        f"{play.money(volume)} volume at list price",
                        f"{play.money(profit)} account profit",
                    )
                )
        items = tuple(rows)

        def brush(painter: Painter, rect: Rect, look: Look) -> None:
            charts.pairs(painter, rect, items, look.motion)

        said = "; ".join(f"{item.name}: {item.first_text}, {item.second_text}" for item in items)
        return Drawing(draws=items, high=charts.pairs_high(items), brush=brush, says=said, live=True)

    def actions(self) -> Sequence[Button]:
        return (
            Button(name="quit", label="Close the window", act=self.shell.quit, kind="quiet"),
            Button(name="title", label="To the first page", act=self.shell.leave_session, icon="back", shortcut="Esc"),
            offer_button(self.shell),
            Button(name="debrief", label="Your debrief", act=self.debrief, kind="primary", icon="report",
                   shortcut="Enter"),
        )  # fmt: skip

    def debrief(self) -> None:
        """What the session was played for comes next: Enter, as on every page of the close."""
        open_debrief(self.shell)

    def keys(self) -> dict[str, Act]:
        return {"D": self.debrief}

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("Enter", "debrief"), ("P", "practise"), ("Ctrl Q", "close"))

    def back(self) -> None:
        self.shell.leave_session()
